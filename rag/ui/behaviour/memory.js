// The conversation of this tab, and what is being written, are there again after a reload and when the page was started
// anew. The browser keeps what the questions were taken to mean, and the answers are found again.
(() => {
  const { triggers, whenChanged, write } = window.whosaid;
  const [TALK, DRAFT] = ["whosaid-talk", "whosaid-draft"];
  const MILLISECONDS_BETWEEN_TRIES = 2000;
  const keep = (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* a private window */ } };
  const kept = (name) => { try { return sessionStorage.getItem(name); } catch { return null; } };
  const before = (() => { try { return JSON.parse(kept(TALK)) || []; } catch { return []; } })();
  const draft = kept(DRAFT);
  let recalling = before.length > 0;
  let [known, last] = [before, before.length ? Infinity : 0];
  let tries = 300;

  const recall = () => {
    if (!recalling || (tries -= 1) < 0) return;
    triggers.thread("click", { recall: before });
    setTimeout(recall, MILLISECONDS_BETWEEN_TRIES);
  };

  let first = true;
  whenChanged("thread", (element) => {
    const exchanges = [...element.querySelectorAll("[data-kept]")].map((each) => each.dataset.kept);
    const number = Math.max(0, ...[...element.querySelectorAll("[data-exchange]")].map((each) => Number(each.dataset.exchange)));
    if (exchanges.length) recalling = false;
    if (number && number <= last && exchanges[0] !== known[0]) {
      if (!exchanges.length) return; // its answer is still to come
      // The program knows only what was asked since it, or the page, was started anew: tell it what was asked before.
      [known, last] = [[...known, ...exchanges], 0];
      triggers.thread("click", { recall: known, forgotten: true });
    } else if (!recalling) {
      [known, last] = [exchanges, number];
    }
    if (!recalling) keep(TALK, JSON.stringify(known));
    if (first) {
      first = false;
      recall();
      if (draft) requestAnimationFrame(() => write(draft));
    }
    keepDraft();
  });

  // A question that was sent is no draft any more; the box is emptied without an event.
  const box = () => document.querySelector("#question textarea, #question input");
  const keepDraft = () => { if (!first && box()) setTimeout(() => keep(DRAFT, box().value), 300); };
  document.addEventListener("input", (event) => { if (event.target === box()) keep(DRAFT, box().value); });
})();

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

  const recall = () => {
    if (!recalling) return;
    triggers.thread("click", { recall: before });
    setTimeout(recall, MILLISECONDS_BETWEEN_TRIES);
  };

  let first = true;
  whenChanged("thread", (element) => {
    const exchanges = [...element.querySelectorAll("[data-kept]")].map((each) => each.dataset.kept);
    if (exchanges.length) recalling = false;
    if (!recalling) keep(TALK, JSON.stringify(exchanges));
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

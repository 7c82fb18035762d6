// The conversation of this tab, and what is being written, are there again after a reload and when the page was started
// anew. The browser keeps what the questions were taken to mean, and the answers are found again.
(() => {
  const { whenChanged, write } = window.whosaid;
  const [TALK, DRAFT] = ["whosaid-talk", "whosaid-draft"];
  const keep = (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* full, or forbidden */ } };
  const kept = (name) => { try { return sessionStorage.getItem(name) || ""; } catch { return ""; } };
  const draft = kept(DRAFT);
  let talk = kept(TALK);

  // What every question is sent with, for a server that was started anew, or has forgotten.
  window.whosaid.talk = () => talk;
  const remember = (exchanges) => keep(TALK, talk = exchanges.length ? JSON.stringify(exchanges) : "");

  // A question is sent as it was when Ask or Enter was pressed, though it may have to wait until another is answered and
  // the next one is being written by then. A second press, with nothing written in between, sends nothing.
  const MILLISECONDS_OF_A_DOUBLE_CLICK = 1000;
  let [waiting, written, when] = [null, true, 0];
  const press = () => {
    const again = !written && Date.now() - when < MILLISECONDS_OF_A_DOUBLE_CLICK;
    waiting = again ? "" : box().value;
    [written, when] = [false, Date.now()];
  };
  window.whosaid.pressed = (text) => {
    const asked = waiting ?? text;
    waiting = null;
    return asked;
  };
  document.addEventListener("click", (event) => { if (event.target.closest("#send")) press(); }, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && event.target === box()) press();
  }, true);

  let first = true;
  whenChanged("thread", (element) => {
    const exchanges = [...element.querySelectorAll("[data-kept]")].map((each) => each.dataset.kept);
    if (exchanges.length) remember(exchanges);
    if (first && draft) requestAnimationFrame(() => write(draft));
    first = false;
    keepDraft();
  });

  // Only "New conversation" forgets; a page that shows nothing may not have got it back yet.
  document.addEventListener("click", (event) => { if (event.target.closest("#clear")) remember([]); }, true);

  // A question that was sent is no draft any more; the box is emptied without an event.
  const box = () => document.querySelector("#question textarea, #question input");
  const keepDraft = () => { if (!first && box()) setTimeout(() => keep(DRAFT, box().value), 300); };
  document.addEventListener("input", (event) => {
    if (event.target !== box()) return;
    written = true;
    keep(DRAFT, box().value);
  });
})();

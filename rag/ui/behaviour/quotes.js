// Quotes and the interviews they stand in: from a number to its card, from a card into the interview, and back.
(() => {
  const { reveal, showTab, triggers, whenPressed, whenSeen } = window.whosaid;

  // The card, or whatever else an interview was opened from, and its tab: where "Back" leads.
  let leftTab = null;
  const goBack = () => {
    (leftTab?.isConnected ? leftTab : document.querySelector('#tabs button[role="tab"]')).click();
    whenSeen(() => document.querySelector(".card.left, .place.left") || document.querySelector("#quotes .scroll"),
      (left) => { reveal(left, left.closest(".scroll"), 0.04); left.focus({ preventScroll: true }); });
  };

  const openPassage = (button) => {
    document.querySelectorAll(".card.left, .place.left").forEach((left) => left.classList.remove("left"));
    button.closest(".card, .place")?.classList.add("left");
    leftTab = document.querySelector('#tabs button[role="tab"][aria-selected="true"]');
    triggers.quotes("click", { ...button.dataset });
  };

  // Cards stand beside the conversation; in one column under the reply (see folding.js).
  const bringUp = (card, set) => {
    for (let fold = card.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    const quotes = card.closest("#quotes");
    if (!quotes) return;
    document.querySelector('#tabs button[role="tab"]')?.click();
    quotes.querySelectorAll(".set").forEach((other) => { other.hidden = other !== set; });
    quotes.querySelectorAll(".empty").forEach((note) => { note.hidden = true; });
  };

  const showQuote = (id) => {
    const card = document.getElementById(id);
    if (!card) return;
    const set = card.closest(".set");
    bringUp(card, set);
    whenSeen(() => card, () => {
      const first = set.querySelector(".card") === card;
      reveal(first ? set : card, card.closest(".scroll"), 0.04);
      card.focus({ preventScroll: true });
      card.classList.remove("flash");
      void card.offsetWidth;
      card.classList.add("flash");
    });
  };

  whenPressed("data-cite", (link) => showQuote(link.getAttribute("href").slice(1)));
  whenPressed("data-tab", (button) => showTab(button.dataset.tab));
  whenPressed("data-source", openPassage);
  whenPressed("data-back", goBack);
})();

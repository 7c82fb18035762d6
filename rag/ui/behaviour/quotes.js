// Quotes and the interviews they stand in: from a number to its card, from a card into the interview, and back.
(() => {
  const { reveal, showTab, triggers, whenPressed, whenSeen } = window.whosaid;

  const backToQuotes = () => {
    document.querySelector('#tabs button[role="tab"]').click();
    whenSeen(() => document.querySelector("#quotes .set:not([hidden]) .card.left") || document.querySelector("#quotes .scroll"),
      (card) => { reveal(card, card.closest(".scroll"), 0.04); card.focus({ preventScroll: true }); });
  };

  const openPassage = (button) => {
    document.querySelectorAll(".card.left").forEach((card) => card.classList.remove("left"));
    button.closest(".card")?.classList.add("left");
    triggers.quotes("click", { ...button.dataset });
  };

  const showQuote = (id) => {
    const card = document.getElementById(id);
    if (!card) return;
    const quotes = card.closest("#quotes");
    const set = card.closest(".set");
    document.querySelector('#tabs button[role="tab"]')?.click();
    quotes.querySelectorAll(".set").forEach((other) => { other.hidden = other !== set; });
    quotes.querySelectorAll(".empty").forEach((note) => { note.hidden = true; });
    whenSeen(() => card, () => {
      const first = !card.previousElementSibling?.matches(".card");
      reveal(first ? set : card, quotes.querySelector(".scroll"), 0.04);
      card.focus({ preventScroll: true });
      card.classList.remove("flash");
      void card.offsetWidth;
      card.classList.add("flash");
    });
  };

  whenPressed("data-cite", (link) => showQuote(link.getAttribute("href").slice(1)));
  whenPressed("data-tab", (button) => showTab(button.dataset.tab));
  whenPressed("data-source", openPassage);
  whenPressed("data-back", backToQuotes);
})();

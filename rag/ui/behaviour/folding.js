// In one column the cards of an answer stand under its reply, folded; in two, beside the conversation.
(() => {
  const { whenChanged } = window.whosaid;
  const oneColumn = window.matchMedia("(max-width: 899px)");
  let sets = [];

  const homeOf = (set) => (oneColumn.matches
    ? document.querySelector(`.exchange[data-exchange="${CSS.escape(set.dataset.set)}"] .held`)
    : document.querySelector("#quotes .scroll"));

  const settle = () => sets.forEach((set) => {
    const home = homeOf(set);
    if (home && set.parentElement !== home) home.append(set);
  });

  // What stands in replies goes when the conversation is drawn anew: the sets are remembered, and put back.
  whenChanged("quotes", (element) => {
    const drawn = [...element.querySelectorAll(".set")];
    sets.filter((set) => !drawn.includes(set)).forEach((set) => set.remove());
    sets = drawn;
    settle();
  });
  whenChanged("thread", settle);
  oneColumn.addEventListener("change", settle);
})();

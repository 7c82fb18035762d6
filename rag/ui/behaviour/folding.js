// On a phone the cards of an answer stand under its reply, folded; on wider windows beside the conversation.
(() => {
  const { whenChanged } = window.whosaid;
  const phone = window.matchMedia("(max-width: 640px)");
  let sets = [];

  const homeOf = (set) => (phone.matches
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
  phone.addEventListener("change", settle);
})();

// Chips: a part of what was understood, or of what narrows the search, is clicked away.
(() => {
  const { announce, triggers, whenChanged, whenPressed } = window.whosaid;

  whenPressed("data-without", (button) => triggers.thread("click", { of: button.dataset.of, without: button.dataset.without }));

  // The button that was pressed is gone afterwards: go on with the next one, or with the lists to choose from.
  let widening = false;
  whenPressed("data-widen", (button) => {
    widening = true;
    announce(button.getAttribute("aria-label"));
    triggers.scope("click", { what: button.dataset.widen, name: button.dataset.name });
  });
  whenChanged("scope", (element) => {
    if (!widening) return;
    widening = false;
    (element.querySelector("button") || document.querySelector("#filters > button")).focus();
  });
})();

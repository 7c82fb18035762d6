// "Check a quote": a quotation from the conversation is put into the form; what was found is read out.
(() => {
  const { announce, showTab, whenChanged, whenPressed, whenSeen, write } = window.whosaid;

  whenPressed("data-check", (button) => {
    showTab("Check a quote");
    whenSeen(() => document.querySelector("#quotation textarea"), () => {
      write(button.dataset.check, "quotation");
      document.getElementById("check").focus();
    });
  });

  whenChanged("proof", (element) => {
    const found = element.querySelector(".proof h2, .told");
    if (!found) return;
    announce(found.textContent.trim());
    found.scrollIntoView({ block: "nearest" });
  });
})();

// Light and dark, as it was chosen last.
(() => {
  const { whenChanged, whenPressed } = window.whosaid;
  const remember = (mode) => { try { localStorage.setItem("whosaid-light", mode); } catch { /* a private window */ } };
  const remembered = () => { try { return localStorage.getItem("whosaid-light"); } catch { return null; } };
  const paint = (mode) => document.body.classList.toggle("dark", mode === "dark");

  let first = true;
  whenChanged("thread", () => {
    if (first && remembered() && !location.search.includes("__theme")) paint(remembered());
    first = false;
  });

  whenPressed("data-theme", () => {
    const mode = document.body.classList.contains("dark") ? "light" : "dark";
    paint(mode);
    remember(mode);
  });
})();

// Copying a quote, in the form that was chosen last; its words are those that the card carries, character for character.
(() => {
  const { announce, copy, whenPressed } = window.whosaid;
  const KEY = "whosaid-copying";
  let chosen = { form: "plain" };
  try { chosen = { ...chosen, ...JSON.parse(localStorage.getItem(KEY)) }; } catch { /* a private window, or nothing kept */ }

  const quotation = ({ dataset }) => {
    const markdown = chosen.form === "markdown";
    const of = (name) => dataset[`${markdown ? "markdown" : "plain"}${name}`];
    const words = chosen.marked ? of("Marked") : of("");
    const by = [of("By"), chosen.where && of("Where"), chosen.when && dataset.when].filter(Boolean).join(", ");
    return markdown ? `${words}\n>\n> — ${by}` : `“${words}” — ${by}`;
  };

  const done = (button, label, told) => {
    button.dataset.label ||= button.textContent;
    button.textContent = label;
    announce(told);
    setTimeout(() => { button.textContent = button.dataset.label; }, 1800);
  };

  const put = (button, text, label, told) => copy(text).then(
    () => done(button, label, told),
    () => announce("The browser did not allow copying."),
  );

  const copyQuotation = (button) => {
    const form = chosen.form === "markdown" ? " as Markdown" : "";
    const what = chosen.marked && button.dataset.plain !== button.dataset.plainMarked ? "The marked sentence" : "The quotation";
    put(button, quotation(button), `Copied${form}`, `${what} is copied${form}.`);
  };

  const copyLink = (button) => {
    const address = `${location.origin}${location.pathname}?quote=${button.dataset.link}`;
    put(button, address, "Copied", "The link is copied. It opens on this machine, while whosaid runs.");
  };

  const show = (form) => {
    for (const input of form.querySelectorAll("input")) {
      input.checked = input.type === "radio" ? chosen[input.name] === input.value : Boolean(chosen[input.name]);
    }
    form.querySelector(".preview").textContent = quotation(form.closest(".actions").querySelector("[data-copy]"));
  };

  const choose = (input) => {
    chosen[input.name] = input.type === "radio" ? input.value : input.checked;
    try { localStorage.setItem(KEY, JSON.stringify(chosen)); } catch { /* a private window */ }
    document.querySelectorAll(".copying[open] form").forEach(show);
  };

  whenPressed("data-copy", copyQuotation);
  whenPressed("data-link", copyLink);

  document.addEventListener("change", (event) => { if (event.target.closest(".copying form")) choose(event.target); });
  document.addEventListener("submit", (event) => { if (event.target.closest(".copying")) event.preventDefault(); });
  document.addEventListener("toggle", (event) => {
    if (event.target instanceof Element && event.target.matches(".copying[open]")) show(event.target.querySelector("form"));
  }, true);
  document.addEventListener("keydown", (event) => {
    const open = event.key === "Escape" && event.target instanceof Element && event.target.closest(".copying[open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
})();

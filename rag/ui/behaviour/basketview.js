// The basket as it is shown: its entries with what can be done with each, the buttons on quotes, and its exports.
(() => {
  const { announce, basket, whenChanged, whenPressed } = window.whosaid;
  const FORMATS = { docx: "Word", md: "Markdown", csv: "Table (CSV)", json: "Data (JSON)" };
  const EMPTY = "Collect quotes here: press “Add to basket” on a quote. They keep their order and your notes, are still "
    + "here when you reload the page, and can be saved as a Word document, Markdown, a table, or data.";
  const WAITING = "The basket is there as soon as the collection is open.";
  const UNKEPT = "The browser does not keep the basket: this is a private window, or its storage is full. Export the "
    + "basket before you close or reload this page.";
  const GONE = "Not in the collection any more: these are the words as they were collected.";
  let home;
  let said = ""; // what went wrong, until the next change

  const make = (tag, attributes, ...content) => {
    const element = document.createElement(tag);
    Object.entries(attributes).forEach(([name, value]) => {
      if (value === true) element.setAttribute(name, "");
      else if (value !== false && value !== undefined) element.setAttribute(name, value);
    });
    element.append(...content.filter(Boolean));
    return element;
  };
  const button = (label, attributes) => make("button", { type: "button", ...attributes }, label);
  const count = (number) => (number === 1 ? "1 quote" : `${number.toLocaleString("en")} quotes`);
  const chosen = (entry) => entry.quotes.find((quote) => quote.id === entry.id);
  const who = (quote) => quote.speaker || "Printed with the interview";

  // Each run of line breaks, still there, is drawn as the space between two paragraphs.
  const paragraphs = (words) => words.split(/((?:\r?\n)+)/)
    .map((piece, odd) => (odd % 2 ? make("span", { class: "gap" }, piece) : piece));

  const head = (quote, number) => make("header", {},
    make("span", { class: `disc tone-${quote.tone}`, "aria-hidden": "true" }, quote.initials),
    make("div", { class: "who" }, make("h3", { dir: "auto" }, who(quote)), make("p", { class: "where", dir: "auto" }, quote.title)),
    make("span", { class: "number", "aria-label": `Number ${number}` }, String(number)));

  const choice = (entry, number) => entry.quotes.length > 1 && make("fieldset", { class: "choice" },
    make("legend", { class: "unseen" }, "Which words"),
    ...["Whole passage", "Only the marked sentence"].map((label, which) => {
      const { id } = entry.quotes[which];
      const radio = make("input", { type: "radio", name: `words-${number}`, value: id, "data-choose": true });
      radio.checked = id === entry.id;
      return make("label", {}, radio, label);
    }));

  const note = (entry, number) => {
    const box = make("textarea", { rows: "1", dir: "auto", "data-note": true, placeholder: "Why it matters, where it goes", "aria-label": `Note on number ${number}` });
    box.value = entry.note;
    return make("label", { class: "note-on" }, make("span", { class: "label" }, "Note"), box);
  };

  const acts = (entry, number, last) => {
    const quote = chosen(entry);
    const about = `number ${number}, ${who(quote)}`;
    return make("div", { class: "actions" },
      button("↑ Up", { "data-basket": "up", disabled: number === 1, "aria-label": `Up: ${about}` }),
      button("↓ Down", { "data-basket": "down", disabled: number === last, "aria-label": `Down: ${about}` }),
      !quote.gone && button("Open in interview", {
        "data-source": quote.file, "data-passage": entry.quotes[0].span, "data-sentence": entry.quotes[entry.quotes.length - 1].span,
        "aria-label": `Open in interview: ${about}`,
      }),
      button("Remove", { "data-basket": "remove", "aria-label": `Remove: ${about}` }));
  };

  const item = (entry, at, all) => {
    const quote = chosen(entry);
    const number = at + 1;
    return make("li", { class: `entry-of tone-${quote.tone}`, "data-entry": entry.id },
      head(quote, number),
      quote.gone && make("p", { class: "told wrong" }, GONE),
      make("blockquote", { dir: "auto", class: "words" }, ...paragraphs(quote.words)),
      make("p", { class: "source" }, make("span", { class: "file" }, quote.file), ...quote.where.map((each) => ` · ${each}`)),
      choice(entry, number), note(entry, number), acts(entry, number, all.length));
  };

  const removed = (gone) => {
    const what = gone.length === 1 ? `The quote of ${who(chosen(gone[0].entry))} is removed.` : `${count(gone.length)} are removed.`;
    return make("li", { class: "told undo" }, what, button("Undo", { "data-basket": "undo" }));
  };

  const listed = () => {
    const items = basket.entries.map(item);
    if (basket.removed.length) items.splice(basket.removed[0].at, 0, removed(basket.removed));
    return make("ol", {}, ...items);
  };

  const top = () => make("div", { class: "top" },
    make("h2", { class: "set-title" }, count(basket.entries.length)),
    button("Empty the basket", { "data-basket": "empty" }),
    make("div", { role: "group", "aria-labelledby": "export-as", class: "formats" },
      make("span", { class: "label", id: "export-as" }, "Export as"),
      ...Object.entries(FORMATS).map(([ending, label]) => button(label, { "data-export": ending }))));

  const badge = () => document.querySelectorAll("#tabs .tab-wrapper button").forEach((tab) => {
    if (tab.textContent.trim() !== "Basket") return;
    if (basket.entries.length) {
      tab.dataset.count = basket.entries.length;
      tab.setAttribute("aria-label", `Basket, ${count(basket.entries.length)}`);
    } else {
      delete tab.dataset.count;
      tab.removeAttribute("aria-label");
    }
  });

  const mark = () => document.querySelectorAll("[data-collect]").forEach((each) => {
    const holds = Boolean(basket.find(JSON.parse(each.dataset.collect)[0].id));
    each.textContent = holds ? "✓ In basket" : "Add to basket";
    each.setAttribute("aria-label", holds ? `✓ In basket: take out the quote${each.dataset.about}` : `Add to basket: the quote${each.dataset.about}`);
    each.classList.toggle("collected", holds);
  });

  const draw = () => {
    badge();
    mark();
    if (!home) return;
    const writing = document.activeElement?.matches("#basket [data-note]") && document.activeElement;
    const at = home.querySelector(".basket")?.scrollTop || 0;
    const list = make("div", { class: "basket scroll", tabindex: "0", role: "region", "aria-label": "Basket" },
      !basket.kept && make("p", { class: "told wrong", role: "alert" }, UNKEPT),
      said && make("p", { class: "told wrong", role: "alert" }, said),
      basket.entries.length ? top() : make("p", { class: "empty" }, basket.ready ? EMPTY : WAITING),
      listed());
    home.replaceChildren(list);
    list.scrollTop = at;
    list.querySelectorAll("[data-note]").forEach(fit);
    if (writing) goOnWriting(writing);
  };

  const goOnWriting = (before) => {
    const box = entryOf(before) && home.querySelector(within(entryOf(before), "[data-note]"));
    box?.focus({ preventScroll: true });
    box?.setSelectionRange(before.selectionStart, before.selectionEnd);
  };

  const fit = (box) => {
    box.style.height = "auto";
    if (box.scrollHeight) box.style.height = `${box.scrollHeight + 2}px`;
  };

  const tell = (text) => {
    said = text;
    draw();
  };

  const entryOf = (element) => basket.entries.find((entry) => entry.id === element.closest("[data-entry]")?.dataset.entry);

  const goTo = (...selectors) => {
    const target = selectors.map((each) => home.querySelector(each)).find((each) => each && !each.disabled);
    target?.focus({ preventScroll: true });
    target?.closest("li")?.scrollIntoView({ block: "nearest" });
  };

  const within = (entry, selector) => `[data-entry="${CSS.escape(entry.id)}"] ${selector}`;

  const move = (entry, by) => {
    basket.move(entry, by);
    const [there, back] = by < 0 ? ["up", "down"] : ["down", "up"];
    goTo(within(entry, `[data-basket=${there}]`), within(entry, `[data-basket=${back}]`));
    announce(`Number ${basket.entries.indexOf(entry) + 1} of ${basket.entries.length} now.`);
  };

  const remove = (entries) => {
    basket.remove(entries);
    goTo("[data-basket=undo]");
    announce(entries.length === 1 ? "The quote is removed from the basket." : "The basket is empty.");
  };

  const act = async (pressed) => {
    said = "";
    const entry = entryOf(pressed);
    const what = pressed.dataset.basket;
    if (what === "undo") {
      const [first] = basket.removed;
      basket.restore();
      goTo(within(first.entry, "[data-note]"));
      announce("It is in the basket again.");
    } else if (what === "empty") remove([...basket.entries]);
    else if (what === "remove") remove([entry]);
    else move(entry, what === "up" ? -1 : 1);
  };

  const collect = async (pressed) => {
    await basket.open;
    said = "";
    const quotes = JSON.parse(pressed.dataset.collect);
    const entry = basket.find(quotes[0].id);
    if (entry) basket.remove([entry]);
    else basket.add(quotes);
    announce(`${entry ? "Taken out of" : "Added to"} the basket, which holds ${count(basket.entries.length)}.`);
  };

  const sent = () => JSON.stringify({
    quotes: basket.entries.map((entry) => {
      const { id, words, speaker, title } = chosen(entry);
      return { id, note: entry.note, words, speaker, title, printed: !speaker };
    }),
  });

  const post = (address, body) => fetch(address, { method: "POST", headers: { "content-type": "application/json" }, body });

  const save = async (pressed) => {
    said = "";
    const reply = await post(`exports?${new URLSearchParams({ format: pressed.dataset.export })}`, sent()).catch(() => null);
    if (!reply?.ok) {
      tell(reply ? await reply.text() : "The program behind this page does not answer. Start it again; the basket stays as it is.");
      return;
    }
    const [, name] = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition"));
    const address = URL.createObjectURL(await reply.blob());
    make("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
    announce(`${name} is saved, with ${count(basket.entries.length)}.`);
  };

  // Names may have been corrected since, and files may be gone.
  const renew = async () => {
    await basket.open;
    if (!basket.entries.length) return;
    const quotes = basket.entries.flatMap((entry) => entry.quotes.map(({ id }) => ({ id })));
    const reply = await post("quotes", JSON.stringify({ quotes })).catch(() => null);
    if (reply?.ok) basket.renew(await reply.json());
  };

  basket.whenBasketChanges(draw);
  basket.open.then(draw);
  whenChanged("quotes", mark);
  whenChanged("masthead", renew);
  whenChanged("basket", (element) => {
    home = element;
    draw();
    renew();
  });
  whenPressed("data-collect", collect);
  whenPressed("data-basket", act);
  whenPressed("data-export", save);

  document.addEventListener("input", (event) => {
    if (!event.target.matches("[data-note]")) return;
    basket.note(entryOf(event.target), event.target.value);
    fit(event.target);
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-choose]")) return;
    const entry = entryOf(event.target);
    basket.choose(entry, event.target.value);
    goTo(within(entry, "[data-choose]:checked"));
  });
})();

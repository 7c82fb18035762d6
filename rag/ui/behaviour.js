// What the page does in the browser: following numbers to quotes, opening passages, copying, light and dark.
// Words of transcripts reach it only as data in attributes and text; nothing here turns them into markup.
(() => {
  const triggers = {};
  const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  const smoothly = () => (calm() ? "auto" : "smooth");

  const announce = (text) => {
    let announcer = document.getElementById("announcer");
    if (!announcer) {
      announcer = document.createElement("div");
      announcer.id = "announcer";
      announcer.className = "unseen";
      announcer.setAttribute("role", "status");
      announcer.setAttribute("aria-live", "polite");
      (document.querySelector("main") || document.body).append(announcer);
    }
    announcer.textContent = text;
  };

  // Put an element into view within its own scrolling list on wide windows, and within the page on narrow ones.
  const reveal = (target, list, share) => {
    const scrolls = list && list.scrollHeight > list.clientHeight + 1 && getComputedStyle(list).overflowY !== "visible";
    if (scrolls) {
      const top = target.getBoundingClientRect().top - list.getBoundingClientRect().top + list.scrollTop;
      list.scrollTo({ top: top - list.clientHeight * share, behavior: smoothly() });
    } else {
      target.scrollIntoView({ block: share > 0.1 ? "center" : "start", behavior: smoothly() });
    }
  };

  const whenSeen = (find, act, tries = 60) => {
    const target = find();
    if (target && target.offsetParent !== null) act(target);
    else if (tries > 0) requestAnimationFrame(() => whenSeen(find, act, tries - 1));
  };

  const changed = {
    thread(element) {
      const last = [...element.querySelectorAll(".exchange")].pop();
      if (!last) return;
      const list = element.querySelector(".scroll");
      list.scrollTop = list.scrollHeight;
      whenSeen(() => last, () => reveal(last, list, 0.02));
      const reply = last.querySelector(".reply");
      if (document.activeElement === document.body) list.focus({ preventScroll: true });
      announce([...reply.querySelectorAll(".lead, .notice p, .people strong, .silent")].map((part) => part.textContent.trim()).join(" "));
    },
    reader(element) {
      const find = () => element.querySelector("mark.sentence") || element.querySelector("mark");
      if (!find()) return;
      whenSeen(find, (mark) => {
        reveal(mark, element.querySelector(".interview"), 0.3);
        mark.tabIndex = -1;
        mark.focus({ preventScroll: true });
        announce("The interview is open at the quote.");
      });
    },
  };

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

  const copy = async (text) => {
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  };

  const copyFrom = (button) => copy(button.dataset.copy).then(
    () => {
      const label = button.textContent;
      button.textContent = "Copied";
      announce("The quotation is copied.");
      setTimeout(() => { button.textContent = label; }, 1800);
    },
    () => announce("The browser did not allow copying."),
  );

  const write = (text) => {
    const box = document.querySelector("#question textarea, #question input");
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  };

  const remember = (mode) => { try { localStorage.setItem("whosaid-light", mode); } catch { /* a private window */ } };
  const remembered = () => { try { return localStorage.getItem("whosaid-light"); } catch { return null; } };
  const paint = (mode) => document.body.classList.toggle("dark", mode === "dark");

  const pressed = [
    ["data-copy", copyFrom],
    ["data-source", openPassage],
    ["data-back", backToQuotes],
    ["data-ask", (button) => triggers.thread("click", { ask: button.dataset.ask })],
    ["data-fresh", (button) => triggers.thread("click", { ask: button.dataset.fresh, alone: true })],
    ["data-edit", (button) => write(button.dataset.edit)],
    ["data-theme", () => {
      const mode = document.body.classList.contains("dark") ? "light" : "dark";
      paint(mode);
      remember(mode);
    }],
  ];

  document.addEventListener("click", (event) => {
    const cite = event.target.closest("a.cite");
    if (cite) {
      event.preventDefault();
      showQuote(cite.getAttribute("href").slice(1));
      return;
    }
    const button = event.target.closest("button");
    const found = button && pressed.find(([attribute]) => button.hasAttribute(attribute));
    if (found) found[1](button);
  });

  window.whosaid = {
    part(name, element, trigger, watch) {
      triggers[name] = trigger;
      if (changed[name]) {
        watch("value", () => changed[name](element));
        changed[name](element);
      }
      if (name === "thread" && remembered() && !location.search.includes("__theme")) paint(remembered());
    },
  };
})();

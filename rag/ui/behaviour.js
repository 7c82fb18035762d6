// What the page does in the browser: following numbers to quotes, opening passages, copying, playing recordings,
// sending files, light and dark.
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

  // After a change within "Your interviews": say what came of it, and go on from where the reader was.
  let acting = false;
  const goOn = (element) => {
    const told = element.querySelector("[data-tell], [data-focus].outcome");
    if (told) announce(told.textContent.trim());
    const target = element.querySelector("[data-focus]");
    if (!target || !acting) return;
    target.focus({ preventScroll: true });
    requestAnimationFrame(() => target.scrollIntoView({ block: "start" }));
  };

  const settle = (element) => {
    goOn(element);
    if (!element.querySelector(".working")) document.querySelectorAll("#kept [disabled]").forEach((each) => { each.disabled = false; });
  };

  const changed = {
    adding: () => {},
    outcome: settle,
    kept: goOn,
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

  const showTab = (name) => {
    const tab = [...document.querySelectorAll('#tabs button[role="tab"]')].find((each) => each.textContent.trim() === name);
    if (!tab) return;
    tab.click();
    tab.focus();
    whenSeen(() => document.querySelector("#adding"), (panel) => {
      if (window.innerWidth < 900) tab.scrollIntoView({ block: "start", behavior: smoothly() });
    });
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

  // One player at a time, made where it is asked for; it begins at the second named in the address.
  const play = (button) => {
    document.querySelectorAll(".player").forEach((player) => { player.pause(); player.remove(); });
    const player = document.createElement(button.dataset.kind === "video" ? "video" : "audio");
    player.className = "player";
    player.controls = true;
    player.src = button.dataset.play;
    player.setAttribute("aria-label", "Recording");
    player.addEventListener("error", () => announce("The recording cannot be played."));
    (button.closest(".card, .turn, header, .details") || button.parentElement).append(player);
    player.play().catch(() => {});
    player.focus({ preventScroll: true });
  };

  const act = (button) => {
    acting = true;
    triggers.kept("click", { act: button.dataset.act, name: button.dataset.name });
  };

  const submit = (form, submitter) => {
    acting = true;
    triggers.kept("click", { act: submitter.value, name: form.dataset.name, typed: [...new FormData(form)] });
    document.querySelectorAll("#kept form button, #kept [data-act=remove]").forEach((each) => { each.disabled = true; });
  };

  const find = (box) => {
    const wanted = box.value.trim().toLowerCase();
    box.closest(".kept").querySelectorAll("li[data-words]").forEach((row) => {
      row.hidden = !row.dataset.words.includes(wanted);
    });
  };

  const sendOne = (file, batch, tell) => new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("PUT", `arrivals?${new URLSearchParams({ batch, name: file.name })}`);
    request.upload.addEventListener("progress", (event) => tell(event.loaded));
    request.addEventListener("loadend", () => done(request.status === 201));
    request.send(file);
  });

  const send = async (files, chooser) => {
    if (!files.length) return;
    const panel = document.getElementById("adding");
    const sending = panel.querySelector(".sending");
    const bar = sending.querySelector("[role=progressbar]");
    const batch = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const { largest, largestArchive } = chooser.dataset;
    const fits = (file) => file.size <= Number(/\.zip$/i.test(file.name) ? largestArchive : largest);
    const fitting = files.filter(fits);
    const left = files.filter((file) => !fits(file)).map((file) => file.name);
    const whole = Math.max(1, fitting.reduce((sum, file) => sum + file.size, 0));
    const tell = (sent) => {
      const share = Math.min(100, Math.round((100 * sent) / whole));
      bar.firstElementChild.style.width = `${share}%`;
      bar.setAttribute("aria-valuenow", share);
    };
    acting = true;
    chooser.disabled = true;
    sending.hidden = false;
    let sent = 0;
    const failed = [];
    for (const file of fitting) {
      tell(sent);
      if (!(await sendOne(file, batch, (part) => tell(sent + part)))) failed.push(file.name);
      sent += file.size;
    }
    sending.hidden = true;
    chooser.disabled = false;
    chooser.value = "";
    triggers.adding("click", { batch, left, failed });
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
    ["data-tab", (button) => showTab(button.dataset.tab)],
    ["data-play", play],
    ["data-act", act],
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

  document.addEventListener("submit", (event) => {
    const form = event.target.closest("#kept form");
    if (!form) return;
    event.preventDefault();
    if (event.submitter) submit(form, event.submitter);
  });

  document.addEventListener("input", (event) => { if (event.target.matches("[data-find]")) find(event.target); });

  document.addEventListener("change", (event) => {
    if (event.target.matches("#adding input[type=file]")) send([...event.target.files], event.target);
  });

  // Files may be dropped on their place only; elsewhere a browser would leave the page to show them.
  const zone = (event) => event.target instanceof Element && event.target.closest("#adding .drop");
  const carriesFiles = (event) => event.dataTransfer && [...event.dataTransfer.types].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = zone(event) ? "copy" : "none";
    document.querySelector("#adding .drop")?.classList.toggle("over", Boolean(zone(event)));
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    document.querySelector("#adding .drop")?.classList.remove("over");
    const chooser = zone(event)?.querySelector("input");
    if (chooser && !chooser.disabled) send([...event.dataTransfer.files], chooser);
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

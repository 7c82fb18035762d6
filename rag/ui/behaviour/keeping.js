// "Your interviews": files are sent, corrections are made, and what came of it is told.
(() => {
  const { announce, triggers, whenChanged, whenPressed } = window.whosaid;

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

  whenChanged("outcome", settle);
  whenChanged("kept", goOn);

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

  whenPressed("data-act", act);

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
})();

// The conversation: the newest reply comes into view and is read out; questions can be asked again or changed.
(() => {
  const { announce, reveal, whenChanged, whenPressed, whenSeen, triggers, write } = window.whosaid;

  whenChanged("thread", (element) => {
    const last = [...element.querySelectorAll(".exchange")].pop();
    if (!last) return;
    const list = element.querySelector(".scroll");
    list.scrollTop = list.scrollHeight;
    whenSeen(() => last, () => reveal(last, list, 0.02));
    const reply = last.querySelector(".reply");
    if (document.activeElement === document.body) list.focus({ preventScroll: true });
    announce([...reply.querySelectorAll(".lead, .notice p, .people strong, .silent")].map((part) => part.textContent.trim()).join(" "));
  });

  whenPressed("data-ask", (button) => triggers.thread("click", { ask: button.dataset.ask }));
  whenPressed("data-fresh", (button) => triggers.thread("click", { ask: button.dataset.fresh, alone: true }));
  whenPressed("data-edit", (button) => write(button.dataset.edit));
})();

// What all behaviour of the page rests on: parts of the page as they change, buttons by their attributes, saying
// things to those who listen. Words of transcripts reach the browser only as data in attributes and text; nothing here
// or in the files beside turns them into markup.
(() => {
  const triggers = {};
  const changed = {};
  const pressed = [];
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

  const showTab = (name) => {
    const tab = [...document.querySelectorAll('#tabs button[role="tab"], #tabs .overflow-dropdown button')].find((each) => each.textContent.trim() === name);
    if (!tab) return;
    tab.click();
    tab.focus();
    whenSeen(() => document.querySelector("#adding"), (panel) => {
      if (window.innerWidth < 900) tab.scrollIntoView({ block: "start", behavior: smoothly() });
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

  const write = (text) => {
    const box = document.querySelector("#question textarea, #question input");
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(box), "value").set.call(box, text);
    box.dispatchEvent(new Event("input", { bubbles: true }));
    box.focus();
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button, a");
    const found = button && pressed.find(([attribute]) => button.hasAttribute(attribute));
    if (!found) return;
    if (button.matches("a")) event.preventDefault();
    found[1](button);
  });

  window.whosaid = {
    announce, reveal, whenSeen, showTab, copy, write, triggers,

    // A part of the page (see parts.py) has appeared: hear when its content changes.
    part(name, element, trigger, watch) {
      triggers[name] = trigger;
      const tell = () => (changed[name] || []).forEach((act) => act(element));
      watch("value", tell);
      tell();
    },

    // Do something whenever a part of the page has changed.
    whenChanged(name, act) { (changed[name] ||= []).push(act); },

    // Do something when a button, or a link, with this attribute is pressed.
    whenPressed(attribute, act) { pressed.push([attribute, act]); },
  };
})();

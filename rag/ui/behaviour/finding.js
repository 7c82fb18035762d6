// Finding words in the interview that is open. Nothing of its text is touched: places are highlighted where they stand.
(() => {
  const { whenChanged, whenPressed, reveal } = window.whosaid;
  const BLOCKS = "h2, h3, p, dt, dd, .name, .line";
  const highlights = window.CSS && CSS.highlights;
  let places = [];
  let at = -1;
  let wanted = "";

  const SAME = { "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"' };
  const folded = (character) => {
    if (/\s/.test(character)) return " ";
    const lower = (SAME[character] || character).toLowerCase();
    return lower.length === character.length ? lower : character;
  };
  const fold = (text) => [...text].map(folded).join("");

  // The text of an interview, with the nodes it stands in; what stands in other blocks does not run together.
  const read = (interview) => {
    const walker = document.createTreeWalker(interview, NodeFilter.SHOW_TEXT);
    const nodes = [];
    let text = "";
    let block = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement.closest(".finding, .unseen, .disc, button")) continue;
      const own = node.parentElement.closest(BLOCKS);
      if (own !== block) text += "\n";
      block = own;
      nodes.push([text.length, node]);
      text += fold(node.data);
    }
    return { text, nodes };
  };

  const within = (nodes, offset) => {
    let low = 0;
    let high = nodes.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (nodes[middle][0] <= offset) low = middle; else high = middle - 1;
    }
    return [nodes[low][1], offset - nodes[low][0]];
  };

  const search = (interview, words) => {
    const sought = fold(words).trim();
    if (!sought) return [];
    const { text, nodes } = read(interview);
    const pattern = new RegExp(sought.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/ +/g, " +"), "gu");
    return [...text.matchAll(pattern)].map((match) => {
      const range = document.createRange();
      const [last, end] = within(nodes, match.index + match[0].length - 1);
      range.setStart(...within(nodes, match.index));
      range.setEnd(last, end + 1);
      return range;
    });
  };

  const paint = () => {
    if (!highlights) {
      const selection = getSelection();
      selection.removeAllRanges();
      if (places[at]) selection.addRange(places[at]);
      return;
    }
    highlights.set("found", new Highlight(...places));
    highlights.set("found-here", new Highlight(...places.slice(at, at + 1)));
  };

  const tell = (interview) => {
    const bar = interview.querySelector(".within");
    const count = places.length ? `${at + 1} of ${places.length}` : "Not found";
    bar.querySelector(".place").textContent = wanted.trim() ? count : "";
    bar.querySelectorAll("button").forEach((button) => { button.disabled = places.length === 0; });
  };

  const show = (interview) => {
    paint();
    tell(interview);
    if (!places[at]) return;
    const scrolls = getComputedStyle(interview).overflowY !== "visible";
    if (scrolls) reveal(places[at], interview, 0.3);
    else window.scrollBy({ top: places[at].getBoundingClientRect().top - window.innerHeight / 3 });
  };

  const begin = (interview) => {
    places = search(interview, wanted);
    const top = interview.querySelector(".finding").getBoundingClientRect().bottom;
    at = places.length ? Math.max(0, places.findIndex((range) => range.getBoundingClientRect().top >= top)) : -1;
  };

  const step = (interview, direction) => {
    if (!places.length) return;
    at = (at + direction + places.length) % places.length;
    show(interview);
  };

  const find = (box) => {
    wanted = box.value;
    begin(box.closest(".interview"));
    show(box.closest(".interview"));
  };

  whenChanged("reader", (element) => {
    const interview = element.querySelector(".interview");
    places = [];
    at = -1;
    if (interview) {
      interview.querySelector("[data-within]").value = wanted;
      begin(interview);
      tell(interview);
    }
    paint();
  });

  whenPressed("data-found", (button) => step(button.closest(".interview"), Number(button.dataset.found)));

  document.addEventListener("input", (event) => { if (event.target.matches("[data-within]")) find(event.target); });
  document.addEventListener("keydown", (event) => {
    const box = event.target instanceof Element && event.target.closest("[data-within]");
    if (!box || event.isComposing) return;
    if (event.key === "Enter") step(box.closest(".interview"), event.shiftKey ? -1 : 1);
    if (event.key === "Escape") { box.value = ""; find(box); }
    if (event.key === "Enter" || event.key === "Escape") event.preventDefault();
  });
})();

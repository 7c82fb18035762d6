// The basket: quotes that are collected across questions, in an order, with notes; and how the browser keeps them.
// Each tab has a basket of its own, for each collection: while the tab lives it holds a lock on it, so that no other tab
// writes into it. A new tab takes up the basket that was used last and that nobody holds.
(() => {
  const { whenChanged } = window.whosaid;
  let home = ""; // where the baskets of this collection are kept
  let name = ""; // which of them is this tab's
  let basket = { entries: [], removed: [] };
  let kept = true; // whether the browser keeps it
  let opened;
  const heard = [];
  const open = new Promise((settle) => { opened = settle; });

  const read = (storage, key) => { try { return window[storage].getItem(key); } catch { return null; } };
  const write = (storage, key, value) => {
    try {
      if (value === null) window[storage].removeItem(key);
      else window[storage].setItem(key, value);
      return true;
    } catch { return false; } // a private window, or no room
  };
  const place = (which) => `${home}:${which}`;
  const fresh = () => crypto.getRandomValues(new Uint32Array(4)).join("-");

  const isQuote = (quote) => typeof quote?.id === "string" && typeof quote.words === "string" && Array.isArray(quote.where);
  const isEntry = (entry) => Array.isArray(entry?.quotes) && entry.quotes.length > 0 && entry.quotes.every(isQuote)
    && entry.quotes.some((quote) => quote.id === entry.id) && typeof entry.note === "string";

  // What is kept under a name; none if nothing is, or nothing that can be understood.
  const load = (which) => {
    try {
      const { entries, removed, used } = JSON.parse(read("localStorage", place(which)));
      const whole = entries.every(isEntry) && removed.every((each) => isEntry(each.entry));
      return whole ? { entries, removed, used } : null;
    } catch { return null; }
  };

  const save = () => {
    const empty = !basket.entries.length && !basket.removed.length;
    const text = JSON.stringify({ ...basket, used: Date.now() });
    kept = write("localStorage", place(name), empty ? null : text) && write("sessionStorage", home, name);
  };

  // Hold a basket for as long as this tab lives; the promise tells whether nobody else does.
  const hold = (which, how) => new Promise((settle) => {
    if (!navigator.locks) { settle(true); return; }
    navigator.locks.request(place(which), how, (lock) => {
      settle(Boolean(lock));
      return lock ? new Promise(() => {}) : undefined;
    }).catch(() => settle(false));
  });

  const others = () => {
    try {
      const names = Object.keys(localStorage).filter((key) => key.startsWith(`${home}:`)).map((key) => key.slice(home.length + 1));
      return names.map((each) => [each, load(each)]).filter(([, found]) => found).sort(([, one], [, other]) => other.used - one.used);
    } catch { return []; }
  };

  const begin = async (which, found) => {
    name = which || fresh();
    basket = { entries: found?.entries || [], removed: found?.removed || [] };
    if (!which) await hold(name, {});
  };

  const takeUp = async () => {
    const own = read("sessionStorage", home);
    if (own) {
      // The page before a reload may not have let go yet; a tab that this one is a copy of never will.
      const mine = await hold(own, { signal: AbortSignal.timeout(800) });
      const found = load(own);
      const unreadable = !found && read("localStorage", place(own)) !== null; // is left as it is
      await begin(mine && !unreadable ? own : "", found);
    } else {
      const waiting = others();
      let taken;
      while (!taken && waiting.length) {
        const next = waiting.shift();
        if (await hold(next[0], { ifAvailable: true })) taken = next;
      }
      await begin(taken?.[0], taken && load(taken[0]));
    }
    save();
    opened();
  };

  const change = (act) => {
    act();
    save();
    heard.forEach((hear) => hear());
  };

  const find = (id) => basket.entries.find((entry) => entry.quotes.some((quote) => quote.id === id));

  whenChanged("masthead", (element) => {
    const collection = element.querySelector("[data-collection]")?.dataset.collection;
    if (!collection || home) return;
    home = `whosaid-basket:${collection}`;
    takeUp();
  });

  window.whosaid.basket = {
    open, find,
    get entries() { return basket.entries; },
    get removed() { return basket.removed; },
    get kept() { return kept; },
    get ready() { return Boolean(name); },

    // Be told whenever something has changed, but for notes.
    whenBasketChanges(hear) { heard.push(hear); },

    // A passage and the sentence in it; one that was removed comes back with its note.
    add(quotes) {
      change(() => {
        const before = basket.removed.find(({ entry }) => entry.quotes[0].id === quotes[0].id);
        basket.removed = basket.removed.filter((each) => each !== before);
        basket.entries.push(before ? { ...before.entry, quotes } : { id: quotes[0].id, quotes, note: "" });
        const added = basket.entries[basket.entries.length - 1];
        if (!quotes.some((quote) => quote.id === added.id)) added.id = quotes[0].id;
      });
    },

    remove(entries) {
      change(() => {
        basket.removed = entries.map((entry) => ({ entry, at: basket.entries.indexOf(entry) }));
        basket.entries = basket.entries.filter((entry) => !entries.includes(entry));
      });
    },

    // Bring back what was removed last, to where it was.
    restore() {
      change(() => {
        basket.removed.forEach(({ entry, at }) => { if (!find(entry.quotes[0].id)) basket.entries.splice(at, 0, entry); });
        basket.removed = [];
      });
    },

    move(entry, by) {
      change(() => {
        const at = basket.entries.indexOf(entry);
        basket.entries.splice(at, 1);
        basket.entries.splice(at + by, 0, entry);
      });
    },

    choose(entry, id) { change(() => { entry.id = id; }); },

    note(entry, text) {
      const before = kept;
      entry.note = text;
      save();
      if (kept !== before) heard.forEach((hear) => hear());
    },

    // What is known of the quotes by now: by their names, as they are, or null where they are gone.
    renew(known) {
      const renewed = (quote) => {
        const now = known[quote.id];
        if (now === undefined) return quote;
        return now?.words === quote.words ? now : { ...quote, gone: true };
      };
      change(() => basket.entries.forEach((entry) => { entry.quotes = entry.quotes.map(renewed); }));
    },
  };
})();

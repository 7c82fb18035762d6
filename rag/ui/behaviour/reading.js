// Reading an interview: it opens at the quote, whose name becomes the page's address; from hit to hit of the answer.
(() => {
  const { announce, reveal, whenChanged, whenPressed, whenSeen } = window.whosaid;
  let step = 0;

  const address = (name) => {
    const url = new URL(location.href);
    if (name) url.searchParams.set("quote", name); else url.searchParams.delete("quote");
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  };

  // The buttons that open the hits of the answer that is shown: those of one interview together, in the order of its text.
  const hits = () => {
    const sets = [...document.querySelectorAll(".set[data-set]")];
    const set = sets.find((each) => !each.hidden) || sets.pop();
    const all = set ? [...set.querySelectorAll("[data-hit]")] : [];
    const sources = [...new Set(all.map((hit) => hit.dataset.source))];
    const interview = (hit) => sources.indexOf(hit.dataset.source);
    const start = (hit) => Number(hit.dataset.passage.split("-")[0]);
    return all.sort((one, other) => interview(one) - interview(other) || start(one) - start(other));
  };

  // Where in that order the reader is: at a hit, or (half a step) before the first one of the interview that is open.
  const placeAmong = (all, interview) => {
    const at = all.findIndex((hit) => hit.dataset.hit === interview.dataset.opened);
    if (at >= 0) return at;
    const first = all.findIndex((hit) => hit.dataset.source === interview.dataset.interview);
    return Math.max(first, 0) - 0.5;
  };

  const next = (all, interview, direction) => {
    const place = placeAmong(all, interview);
    return all[direction > 0 ? Math.floor(place + 1) : Math.ceil(place - 1)];
  };

  const fillSteps = (interview) => {
    const bar = interview.querySelector(".steps");
    const all = hits();
    const place = placeAmong(all, interview);
    bar.hidden = all.length === 0;
    bar.querySelector(".place").textContent = Number.isInteger(place) ? `${place + 1} of ${all.length}` : `${all.length} in all`;
    bar.querySelectorAll("[data-step]").forEach((button) => {
      button.setAttribute("aria-disabled", String(!next(all, interview, Number(button.dataset.step))));
    });
  };

  const goOn = (button) => {
    const hit = next(hits(), button.closest(".interview"), Number(button.dataset.step));
    if (!hit) return;
    step = Number(button.dataset.step);
    hit.click();
  };

  const arrive = (interview, mark) => {
    reveal(mark, interview, 0.3);
    const button = step && interview.querySelector(`[data-step="${step}"]`);
    step = 0;
    if (button) {
      button.focus({ preventScroll: true });
      announce(`Hit ${interview.querySelector(".steps .place").textContent}.`);
    } else {
      mark.tabIndex = -1;
      mark.focus({ preventScroll: true });
      announce("The interview is open at the quote.");
    }
  };

  whenChanged("reader", (element) => {
    const interview = element.querySelector(".interview");
    if (!interview) return;
    address(interview.dataset.opened);
    fillSteps(interview);
    const find = () => interview.querySelector("mark.sentence") || interview.querySelector("mark");
    if (find()) whenSeen(find, (mark) => arrive(interview, mark));
  });

  // A new answer has other hits, and is what the page shows from now on; one that is only back again may not be.
  whenChanged("quotes", (element) => {
    const interview = document.querySelector("#reader .interview");
    if (interview) fillSteps(interview);
    if (element.querySelector(".set:not([hidden])")) whenSeen(() => element, () => address(""));
  });

  whenPressed("data-step", goOn);
})();

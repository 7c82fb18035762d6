"""A strip for each interview, from its first character to its last: who speaks where, and where the quotes stand.

Whoever answers is a broad band in the colour of the cards, whoever asks a thin line.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.records import Hit, Interview
from rag.ui.markup import Html, element
from rag.ui.shelf import Shelf

STEPS = 600
"""How finely a strip is drawn; what is shorter than half a step is not seen."""
_BROAD, _THIN = (0, 20), (8, 4)
"""Top and height of the bands."""
_NEAR = 7.5
"""Marks that stand nearer, in hundredths of the strip, would cover one another, and get lanes of their own."""

Numbered = tuple[int, Hit]
"""A hit with the number that its card has."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a hit stands: hundredths of the interview from its beginning, and the lane above the strip."""

    number: int
    hit: Hit
    at: float
    lane: int


def strip(interview: Interview, shelf: Shelf, hits: Sequence[Numbered], exchange: int, *, said: bool) -> Html:
    """The strip of one interview; each mark is a button that opens the interview at the quote."""
    found = spots(hits, len(interview.source.text))
    lanes = max((spot.lane for spot in found), default=-1) + 1
    paths = [element("path", d="".join(pieces), class_=look) for look, pieces in bands(interview, shelf).items()]
    size = f"0 0 {STEPS} {_BROAD[1]}"
    drawn = element("svg", *paths, viewBox=size, preserveAspectRatio="none", aria_hidden="true", focusable="false")
    marks = [_mark(spot, shelf, exchange, said=said) for spot in found]
    return element("div", drawn, *marks, class_="track", style=f"--lanes:{lanes}")


def bands(interview: Interview, shelf: Shelf) -> Mapping[str, list[str]]:
    """All turns as pieces of SVG paths, by the style classes of their looks."""
    whole = max(1, len(interview.source.text))
    paths: defaultdict[str, list[str]] = defaultdict(list)
    for turn in interview.turns:
        left, right = (round(STEPS * at / whole) for at in (turn.span.start, turn.span.end))
        asks = turn.role == "interviewer"
        top, height = _THIN if asks else _BROAD
        if left < right:
            look = "asks" if asks else shelf.tone(turn.speaker)
            paths[look].append(f"M{left} {top}h{right - left}v{height}h{left - right}z")
    return paths


def spots(hits: Sequence[Numbered], length: int) -> list[Spot]:
    """The hits of one interview from left to right, each in the first lane in which it covers no other."""
    ends: list[float] = []
    found = []
    for number, hit in sorted(hits, key=lambda each: (each[1].sentence.start, each[0])):
        at = round(100 * hit.sentence.start / max(1, length), 1)
        lane = next((lane for lane, end in enumerate(ends) if end <= at), len(ends))
        ends[lane : lane + 1] = [at + _NEAR]
        found.append(Spot(number, hit, at, lane))
    return found


def _mark(spot: Spot, shelf: Shelf, exchange: int, *, said: bool) -> Html:
    hit = spot.hit
    what = f"Quote {spot.number}" if said else f"Nearest passage {spot.number}, not an answer"
    label = f"{what}, {hit.speaker}, at {spot.at:.0f} % of {shelf.title(hit.source)}"
    return element(
        "button",
        str(spot.number),
        type="button",
        class_="spot" if said else "spot nearest",
        style=f"left:{spot.at}%;--lane:{spot.lane}",
        title=f"{hit.speaker}: {hit.marked}",
        aria_label=f"{label}: open the interview there",
        data_source=hit.source,
        data_passage=f"{hit.span.start}-{hit.span.end}",
        data_sentence=f"{hit.sentence.start}-{hit.sentence.end}",
        data_exchange=exchange,
    )

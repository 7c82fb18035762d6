"""At a glance: who speaks how much in the collection, and where in each interview the latest quotes stand.

Whatever is drawn stands in tables as well.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.records import UNKNOWN_SPEAKER, Answer, Role
from rag.ui.conversation import History
from rag.ui.markup import Html, element, together
from rag.ui.shelf import Shelf
from rag.ui.strips import Numbered, spots, strip
from rag.wording import count

if TYPE_CHECKING:
    from rag.library import Share

BARS = 12
"""People who get a bar each."""
STRIPS = 8
MOST_STRIPS = 12
"""Strips where the quotes stand in more interviews than ``STRIPS``."""

Voice = tuple[str, Role]
"""A name and a role."""


@dataclass(frozen=True)
class _Scene:
    """What all of the picture is drawn from; ``hits`` are the latest answer's, by interview."""

    shelf: Shelf
    ranked: Sequence[tuple[Voice, int]]
    """Everybody with the number of words in all interviews, those who say most first."""
    words: Mapping[str, Counter[Voice]]
    """How many words everybody says, by interview."""
    exchange: int
    answer: Answer | None
    hits: Mapping[str, list[Numbered]]

    @property
    def whole(self) -> int:
        """All words together."""
        return sum(words for _, words in self.ranked)

    def of(self, source: str) -> Counter[Voice]:
        """How many words everybody says in one interview."""
        return self.words.get(source, Counter())


def glance(history: History, shelf: Shelf, shares: "Sequence[Share]") -> Html:
    """The whole picture, as of the latest question."""
    if not shelf.interviews:
        return element("p", "As soon as there are interviews, a picture of them appears here.", class_="empty")
    scene = _scene(history, shelf, shares)
    shown = _shown(scene)
    parts = [_strips(scene, shown), _who(scene), _tables(scene, shown)]
    return element("div", *parts, class_="scroll glance", tabindex="0", role="region", aria_label="At a glance")


def _scene(history: History, shelf: Shelf, shares: "Sequence[Share]") -> _Scene:
    words: defaultdict[str, Counter[Voice]] = defaultdict(Counter)
    total: Counter[Voice] = Counter()
    for share in shares:
        words[share.source][share.speaker, share.role] += share.words
        total[share.speaker, share.role] += share.words
    ranked = sorted(total.items(), key=lambda each: (-each[1], each[0]))
    exchange, answer = (history[-1].number, history[-1].answer) if history else (0, None)
    hits: defaultdict[str, list[Numbered]] = defaultdict(list)
    for number, hit in enumerate(answer.hits if answer else (), start=1):
        if hit.source in shelf.interviews:
            hits[hit.source].append((number, hit))
    return _Scene(shelf, ranked, words, exchange, answer, hits)


def _shown(scene: _Scene) -> list[str]:
    """The interviews that get a strip: those with hits first, the best first."""
    found = list(scene.hits)[:MOST_STRIPS]
    others = (source for source in scene.shelf.interviews if source not in scene.hits)
    return [*found, *(source for source, _ in zip(others, range(STRIPS - len(found)), strict=False))]


def _strips(scene: _Scene, shown: Sequence[str]) -> Html:
    left = len(scene.shelf.interviews) - len(shown)
    unseen = len(scene.hits) - sum(source in scene.hits for source in shown)
    with_quotes = f", {unseen:,} of them with quotes" if unseen else ""
    rest = element("p", f"and {count(left, 'other')}{with_quotes}", class_="more") if left else ""
    rows = [_strip(source, scene) for source in shown]
    return element(
        "section",
        element("h2", "From beginning to end", class_="set-title"),
        element("p", *_found(scene), class_="hint"),
        element("ul", *rows, class_="strips"),
        rest,
    )


def _found(scene: _Scene) -> list[str]:
    """What the marks are."""
    answer = scene.answer
    if not answer or not scene.hits:
        return ["Each strip is an interview: broad where somebody answers, thin where somebody asks."]
    hits = sum(map(len, scene.hits.values()))
    what = count(hits, "quote") if answer.said else f"{count(hits, 'nearest passage')}, not an answer,"
    asked = element("span", answer.understood.text, dir="auto")
    return [f"{what} for “", asked, "”, each at its place. Press a number to read it there."]


def _strip(source: str, scene: _Scene) -> Html:
    interview, shelf = scene.shelf.interviews[source], scene.shelf
    read = element("button", shelf.title(source), type="button", data_source=source, class_="title")
    said = scene.answer is not None and scene.answer.said
    hits = scene.hits.get(source, [])
    drawn = strip(interview, shelf, hits, scene.exchange, said=said)
    return element("li", element("h3", read), element("p", *_voices(source, scene), class_="about"), drawn)


def _voices(source: str, scene: _Scene) -> Iterator[Html]:
    """Who speaks in an interview, with the colour of each and the share of its words; of many the first three."""
    of_each = scene.of(source)
    whole = max(1, sum(of_each.values()))
    for (name, role), words in of_each.most_common(3):
        look = "asks" if role == "interviewer" else scene.shelf.tone(name)
        called = "Interviewer" if (name, role) == (UNKNOWN_SPEAKER, "interviewer") else name
        label = together([element("span", class_=f"swatch {look}"), f"{called} {_share(words, whole)} "])
        yield element("span", label, class_="voice")
    if len(of_each) > 3:
        yield element("span", f"and {count(len(of_each) - 3, 'other')}", class_="voice")


def _who(scene: _Scene) -> Html:
    ranked, whole = scene.ranked, scene.whole
    longest = max((words for _, words in ranked[:BARS]), default=1)
    bars = [_bar(voice, words, longest, whole, scene.shelf) for voice, words in ranked[:BARS]]
    others = sum(words for _, words in ranked[BARS:])
    rest = f"and {count(len(ranked) - BARS, 'other')}: {count(others, 'word')}, {_share(others, whole)}"
    said = f"{count(whole, 'word')} in {count(len(scene.shelf.interviews), 'interview')}; interviewers are hatched."
    return element(
        "section",
        element("h2", "Who speaks how much", class_="set-title"),
        element("p", said, class_="hint"),
        element("ol", *bars, class_="bars"),
        element("p", rest, class_="more") if len(ranked) > BARS else "",
    )


def _bar(voice: Voice, words: int, longest: int, whole: int, shelf: Shelf) -> Html:
    name, role = voice
    width = f"width:{100 * words / max(1, longest):.1f}%"
    look = "asks" if role == "interviewer" else shelf.tone(name)
    return element(
        "li",
        element("span", _called(name, role), class_="name", dir="auto"),
        element("span", element("span", class_=f"length {look}", style=width), class_="room", aria_hidden="true"),
        element("span", f"{count(words, 'word')}, {_share(words, whole)}", class_="figure"),
    )


def _tables(scene: _Scene, shown: Sequence[str]) -> Html:
    ranked, whole = scene.ranked, scene.whole
    voices = [(_called(*voice), voice[1], f"{words:,}", _share(words, whole)) for voice, words in ranked[:BARS]]
    interviews = [
        (scene.shelf.title(source), f"{scene.of(source).total():,}", _places(source, scene)) for source in shown
    ]
    return element(
        "details",
        element("summary", "The same as tables"),
        _table("Who speaks how much", ("Speaker", "Role", "Words", "Share"), voices),
        _table("Where the quotes stand", ("Interview", "Words", "Quotes"), interviews),
        class_="tables",
    )


def _table(caption: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Html:
    head = element("tr", *(element("th", name, scope="col") for name in heads))
    body = [
        element("tr", element("th", row[0], scope="row", dir="auto"), *(element("td", cell) for cell in row[1:]))
        for row in rows
    ]
    return element(
        "table", element("caption", caption), element("thead", head), element("tbody", *body), class_="parts"
    )


def _places(source: str, scene: _Scene) -> str:
    """The quotes of the latest answer in an interview, each with its place."""
    found = spots(scene.hits.get(source, []), len(scene.shelf.interviews[source].source.text))
    return ", ".join(f"{spot.number} at {spot.at:.0f} %" for spot in found) or "none"


def _called(name: str, role: Role) -> str:
    """A name, or whose it is that nobody knows; these may be several people."""
    if name != UNKNOWN_SPEAKER:
        return name
    return "Interviewers without a name" if role == "interviewer" else "Speakers without a name"


def _share(words: int, whole: int) -> str:
    part = 100 * words / max(1, whole)
    return f"{part:.0f} %" if part >= 1 or not words else "under 1 %"

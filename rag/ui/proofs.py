"""A checked quotation as the page shows it: the verdict, what differs word by word, and where the words stand.

Its sentences are those of `rag.judging`.
The quotation is shown as it was pasted, and the source by its own characters: both are whole, and only marked.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rag.judging import judged, minded, said_by
from rag.records import Hit, Span
from rag.ui.markup import Html, element, paragraphs, together
from rag.ui.shelf import Shelf
from rag.ui.standing import source_line, way_in
from rag.wording import count

if TYPE_CHECKING:
    from rag.library import CheckedQuote, Difference, FoundPlace

SIGNS = {
    "exact": ("✓", "good"),
    "altered": ("≠", "mind"),
    "stitched": ("+", "mind"),
    "other speaker": ("≠", "mind"),
    "asked": ("?", "mind"),
    "printed": ("¶", "mind"),
    "not found": ("×", "none"),
    "cannot check": ("–", "none"),
}
"""The sign of each verdict, and the class that colours it."""
PLACES_SHOWN, PLACES_FOLDED = 3, 100
DIFFERING = ("changed", "left out", "added")
"""Kinds of differences that no editor's mark tells."""


def proof(made: "CheckedQuote", nearest: Sequence[Hit], shelf: Shelf) -> Html:
    """All that is found of a quotation; ``nearest`` are passages near in meaning, where it was not found."""
    sign, look = SIGNS[made.verdict]
    verdict = judged(made, interviews=len(shelf.interviews))
    heading = element("h2", element("span", sign, class_="sign", aria_hidden="true"), element("span", verdict))
    parts = [heading, _remarks(made), _compared(made), _places(made, shelf), _nearest(nearest, shelf)]
    return element("section", *parts, class_=f"proof {look}", data_verdict=made.verdict, aria_label="What was found")


def _remarks(made: "CheckedQuote") -> Html:
    sentences = minded(made)
    if not sentences:
        return Html()
    items = [element("li", each) for each in sentences]
    return element("div", element("h3", "Please mind"), element("ul", *items), class_="remarks")


def _compared(made: "CheckedQuote") -> Html:
    """The quotation above the source's words, with what differs marked in both; nothing where nothing differs."""
    if not _differs(made):
        return Html()
    quoted = [(each.quoted, _mark("del", each)) for each in made.differences if each.quoted]
    said = [(each.said, _mark("ins", each)) for each in made.differences if each.said]
    place = made.places[0]
    ours = _marked(made.quotation, Span(0, len(made.quotation)), quoted)
    theirs = _marked(place.origin.text, place.span, said)
    return element(
        "dl",
        element("div", element("dt", "As quoted"), element("dd", ours, class_="words", dir="auto")),
        element("div", element("dt", "As it stands in the source"), element("dd", theirs, class_="words", dir="auto")),
        class_="compared",
    )


def _differs(made: "CheckedQuote") -> bool:
    return any(each.kind != "same" for each in made.differences)


def _mark(name: str, difference: "Difference") -> str:
    """The element in which a difference stands; none for what is the same or marked by an editor."""
    return name if difference.kind in DIFFERING else "" if difference.kind == "same" else "span"


def _marked(text: str, within: Span, marks: Sequence[tuple[Span, str]]) -> Html:
    """A stretch of a text, every character of it, with some stretches of it in elements of their own."""
    return together(_pieces(text, within, marks))


def _pieces(text: str, within: Span, marks: Sequence[tuple[Span, str]]) -> Iterator[Html]:
    at = within.start
    for span, name in marks:
        words = span.of(text)
        end = span.start + len(words.rstrip())
        yield paragraphs(text[at : span.start])
        shown = paragraphs(text[span.start : end])
        yield element(name, shown, class_="editors" if name == "span" else None) if name and shown else shown
        at = end
    yield paragraphs(text[at : within.end])


def _places(made: "CheckedQuote", shelf: Shelf) -> Html:
    """Where the words stand; of very many places the first, and how many more there are."""
    told = made.places[: PLACES_SHOWN + PLACES_FOLDED]
    compared = _differs(made)
    places = [_place(place, shelf, words=bool(number) or not compared) for number, place in enumerate(told)]
    if made.verdict == "stitched":
        return element("ol", *places, class_="places")
    shown, folded = places[:PLACES_SHOWN], places[PLACES_SHOWN:]
    further = Html()
    if folded:
        summary = element("summary", count(len(made.places) - PLACES_SHOWN, "more place"))
        untold = len(made.places) - len(places)
        rest = element("p", f"and {untold:,} others, which whosaid check --json tells") if untold else ""
        further = element("details", summary, element("ul", *folded, class_="places"), rest, class_="unfold")
    return together([element("ul", *shown, class_="places"), further]) if shown else Html()


def _place(place: "FoundPlace", shelf: Shelf, *, words: bool) -> Html:
    """One place, with its ``words`` unless they stand above."""
    asked = Html()
    if place.question and place.role != "interviewer":
        label, question = element("span", "Asked ", class_="label"), element("span", place.question, dir="auto")
        asked = element("details", element("summary", label, question), class_="asked")
    shown = element("blockquote", paragraphs(place.text), class_="words", dir="auto") if words else Html()
    return _standing(place, said_by(place), (place.span, place.span), together([asked, shown]), shelf)


def _nearest(hits: Sequence[Hit], shelf: Shelf) -> Html:
    if not hits:
        return Html()
    places = [_near(hit, shelf) for hit in hits]
    return together(
        [element("h3", "Nearest in meaning, and not this quotation"), element("ul", *places, class_="places")]
    )


def _near(hit: Hit, shelf: Shelf) -> Html:
    words = element("blockquote", paragraphs(hit.marked), class_="words", dir="auto")
    return _standing(hit, hit.speaker, (hit.span, hit.sentence), words, shelf)


def _standing(
    found: "FoundPlace | Hit", who: str, passage_and_sentence: tuple[Span, Span], words: Html, shelf: Shelf
) -> Html:
    title = element("span", shelf.title(found.source), class_="tally")
    head = element("p", shelf.disc(found.speaker), element("strong", who), title, class_="speaker")
    way = way_in(found, *passage_and_sentence, who)
    foot = element("div", source_line(found, who, shelf), way, class_="foot")
    return element("li", head, words, foot, class_=f"place {shelf.tone(found.speaker)}", tabindex="-1")

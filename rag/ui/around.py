"""What stands around a quote: the sentences before and after it, and warnings where the cut may change its meaning."""

from typing import TYPE_CHECKING

from rag.records import Hit, Span
from rag.ui.markup import Html, element, paragraphs, together
from rag.ui.shelf import Shelf
from rag.wording import lost

if TYPE_CHECKING:
    from rag.library import Guard, Loss

_LONGEST = 160
"""Characters of what would be lost that a warning repeats; all of it stands around the quote."""


def around(hit: Hit, shelf: Shelf) -> Html:
    """Warnings, and what unfolds; nothing around what was only printed, or where the file has changed meanwhile."""
    interview = shelf.interviews.get(hit.source)
    if not hit.aloud or interview is None or interview.source.sha256 != hit.origin.sha256:
        return Html()
    from rag.library import guard

    quote, sentence = guard(interview, hit.span), guard(interview, hit.sentence)
    alone = [loss for loss in sentence.losses if loss not in quote.losses]
    warnings = [_warning(loss, "this quote", hit) for loss in quote.losses]
    warnings += [_warning(loss, "the marked sentence", hit) for loss in alone]
    return together([*warnings, _surroundings(quote, hit)])


def _warning(loss: "Loss", what: str, hit: Hit) -> Html:
    words = loss.words.of(hit.origin.text)
    near = _nearest_part(words, from_end=loss.side == "before")
    more = "" if near == words else " …"
    sign = element("span", "!", class_="sign", aria_hidden="true")
    sentence = element("span", f"{lost(loss, what)} “", element("bdi", near), "”", more)
    return element("p", sign, sentence, class_="loss", role="note")


def _nearest_part(words: str, *, from_end: bool) -> str:
    """As much of some words as a warning repeats, next to the cut."""
    if len(words) <= _LONGEST:
        return words
    return words[-_LONGEST:].partition(" ")[2] if from_end else words[:_LONGEST].rpartition(" ")[0]


def _surroundings(guard: "Guard", hit: Hit) -> Html:
    begins = "The speaker begins with this quote."
    ends = "The speaker ends with this quote."
    return element(
        "details",
        element("summary", "Show what stands around it"),
        _sentence("Just before ", guard.before, hit, begins),
        _sentence("Right after ", guard.after, hit, ends),
        class_="around",
    )


def _sentence(label: str, span: Span | None, hit: Hit, nothing: str) -> Html:
    if span is None:
        return element("p", nothing, class_="edge")
    words = element("span", paragraphs(span.of(hit.origin.text)), class_="words", dir="auto")
    return element("p", element("span", label, class_="label"), words)

"""Where something stands: file, line, page and time as a reader is told them, and the way into the interview."""

from rag.records import Located, Span, quote_id
from rag.ui.markup import Html, element
from rag.ui.recordings import moment
from rag.ui.shelf import Shelf
from rag.wording import clock


def source_line(found: Located, who: str, shelf: Shelf) -> Html:
    """File, line, page and time, as far as they are known; a time leads into the recording."""
    when = moment(found.seconds, found.source, shelf, about=f", {who}")
    places = [part for place in (_line(found), found.place, when) if place for part in (" · ", place)]
    return element("p", element("span", found.source, class_="file"), *places, class_="source")


def way_in(found: Located, passage: Span, sentence: Span, who: str) -> Html:
    """The button that opens the interview at a passage, with a sentence in it marked more strongly."""
    return element(
        "button",
        "Open in interview",
        type="button",
        data_source=found.source,
        data_passage=f"{passage.start}-{passage.end}",
        data_sentence=f"{sentence.start}-{sentence.end}",
        data_hit=quote_id(found.origin, passage),
        aria_label=f"Open in interview{told_apart(found, who)}",
    )


def told_apart(found: Located, who: str) -> str:
    """What tells the button of one quote from those of others, to those who hear it."""
    time = f"at {clock(found.seconds)}" if found.seconds is not None else ""
    return ", ".join(filter(None, (f" of {who}", _line(found) or found.place or time)))


def _line(found: Located) -> str:
    return f"line {found.line}" if found.line is not None else ""

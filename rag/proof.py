"""A checked quotation as a person reads it in a terminal: the verdict, and the source's own words with what differs."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from rag.judging import judged, minded, said_by
from rag.terminal import Screen, Style, clean, one_line, place_line
from rag.wording import count

if TYPE_CHECKING:
    from rag.library import CheckedQuote, Difference, FoundPlace

MOST_PLACES = 5
MOST_REMARKS = 8
_REMOVED, _ADDED, _END = "\x03", "\x04", "\x05"
"""They stand for signs and colours while lines are broken; by then no transcript has any of its own left."""


def checked(made: "CheckedQuote", screen: Screen, *, interviews: int) -> str:
    """What was found of a quotation in that many interviews."""
    blocks = [screen.lay_out(one_line(judged(made, interviews=interviews)))]
    numbered = made.verdict == "stitched"
    for number, place in enumerate(made.places[: None if numbered else MOST_PLACES], start=1):
        words = _compared(made) if number == 1 and made.differences else f"“{clean(place.text)}”"
        lead = f"{number}. " if numbered else "  "
        blocks.append(_place(place, words, lead, screen))
    if not numbered and len(made.places) > MOST_PLACES:
        blocks.append(f"  {count(len(made.places) - MOST_PLACES, 'more place')}: see --json")
    blocks += _remarks(made, screen)
    return "\n\n".join(blocks)


def _place(place: "FoundPlace", words: str, lead: str, screen: Screen) -> str:
    indent = " " * len(lead)
    lines = [f"{lead}{screen.paint('name', one_line(said_by(place)))}"]
    if place.question and place.role != "interviewer":
        asked = screen.lay_out(f"Asked: {one_line(place.question)}", first=indent, indent=indent)
        lines.append(screen.paint("quiet", asked))
    lines.append(_coloured(screen.lay_out(words, first=indent, indent=indent), screen))
    lines.append(screen.paint("quiet", f"{indent}{place_line(place.origin, place.span.start)}"))
    return "\n".join(lines)


def _compared(made: "CheckedQuote") -> str:
    """The source's words at the first place, with the quotation's own beside them where they are others."""
    shown = ""
    for each in made.differences:
        apart = each.said is None or each.kind in ("omitted", "inserted")
        space = " " if apart and shown and not shown[-1].isspace() else ""
        shown += f"{space}{_shown(made, each)}"
    return f"“{shown.rstrip()}”"


def _shown(made: "CheckedQuote", difference: "Difference") -> str:
    said, quoted = clean(made.said(difference)), clean(made.quoted(difference)).strip()
    if difference.kind == "same":
        return said
    if difference.kind == "omitted":
        return "[…] "
    words, space = said.rstrip(), said[len(said.rstrip()) :]
    removed = f"{_REMOVED}{words}{_END}" if words else ""
    added = f"{_ADDED}{quoted}{_END}" if quoted else ""
    return f"{removed}{' ' if removed and added else ''}{added}{space or ' '}"


def _coloured(laid_out: str, screen: Screen) -> str:
    """What differs between signs, and in colour where there is any."""
    signs: tuple[tuple[str, Style, str, str], ...] = ((_REMOVED, "removed", "[-", "-]"), (_ADDED, "added", "{+", "+}"))
    for sign, style, opens, closes in signs:
        while sign in laid_out:
            before, _, rest = laid_out.partition(sign)
            differs, _, after = rest.partition(_END)
            laid_out = f"{before}{screen.paint(style, f'{opens}{differs}{closes}')}{after}"
    return laid_out


def _remarks(made: "CheckedQuote", screen: Screen) -> Iterator[str]:
    sentences = minded(made)
    lines = [screen.lay_out(one_line(each), first="  ", indent="  ") for each in sentences[:MOST_REMARKS]]
    if len(sentences) > MOST_REMARKS:
        lines.append(f"  {count(len(sentences) - MOST_REMARKS, 'more remark')}: see --json")
    if lines:
        yield "\n".join(["Please mind:", *lines])

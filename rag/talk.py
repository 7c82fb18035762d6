"""A text in which nobody asks: one turn from the first line that is said to the last one."""

import re
from collections.abc import Sequence

from rag.asides import find_asides
from rag.dialogue import Dialogue
from rag.furniture import Furniture, inside
from rag.header import Header
from rag.matter import is_byline, is_caption, is_note, is_only_links
from rag.records import UNKNOWN_SPEAKER, Source, Span, Speaker, Turn

_FEWEST_WORDS = 60
_LONGEST_TITLE = 20
_WORD = re.compile(r"\w+")
_ENDS_SENTENCE = re.compile(r"[.?!…。？！][\"”’»')\]*_]*\Z")


def find_talk(source: Source, lines: Sequence[Span], furniture: Sequence[Furniture], header: Header) -> Dialogue:
    """The one turn of a text without questions; none where it is too short to be what somebody said.

    A file with times is a transcript however short it is. Who speaks is known where the file states one person.
    """
    text = source.text
    asides = find_asides(text, lines)
    pieces = sorted(piece.span for piece in furniture)
    said = [
        line
        for line in lines
        if not (
            line in header.lines or line in asides.spans or inside(line.start, pieces) or _is_nobodys(line.of(text))
        )
    ]
    while said and not source.moments and _is_title(said[0].of(text)):
        said.pop(0)
    ends = min((span.start for span in asides.spans if said and span.start > said[0].start), default=len(text))
    said = [line for line in said if line.start < ends]
    words = sum(len(_WORD.findall(line.of(text))) for line in said)
    if not words or (words < _FEWEST_WORDS and not source.moments):
        return Dialogue()
    turn, heard = Span(said[0].start, said[-1].end), frozenset(said)
    apart = tuple(line for line in lines if turn.holds(line) and line not in heard)
    stated = [*header.stated.guests, *header.stated.people]
    name = stated[0] if len(set(stated)) == 1 and not header.stated.hosts else UNKNOWN_SPEAKER
    speakers = () if name == UNKNOWN_SPEAKER else (Speaker(name, "unknown"),)
    return Dialogue((Turn(name, "unknown", turn),), speakers, apart, asides.contacts, asides.credits, turn.start)


def _is_nobodys(words: str) -> bool:
    return is_caption(words) or is_note(words) or is_byline(words) or is_only_links(words)


def _is_title(words: str) -> bool:
    return len(words.split()) <= _LONGEST_TITLE and not _ENDS_SENTENCE.search(words)

"""Turns without labels that begin with a sign: a dash, as in printed dialogue, or ``>>``, as in captions.

The sign tells that the speaker changes, and not who speaks: everybody stays unknown.
"""

import re
from collections.abc import Sequence

from rag.dialogue import Dialogue
from rag.furniture import Furniture
from rag.questions import is_question
from rag.records import UNKNOWN_SPEAKER, Role, Span, Turn

_SIGN = re.compile(r"(?:>{2,3}|&gt;&gt;|[-–—―])[ \t\u00a0]*(?=[^\s\-–—>])")
_ASKS = re.compile(
    r"(?:\[[^\]]{1,30}\] )?(?:(?:so|and|but|okay|ok|right|well|yeah) )*(?:what|how|why|when|where|who|which|do you|"
    r"did you|does|did|are you|is it|is that|is there|was it|was that|were you|can you|could you|would you|will you|"
    r"have you|tell me|tell us)\b",
    re.IGNORECASE,
)
_FEWEST = 4
_SHARE = 0.3
"""Of all lines, those that must begin with the sign: fewer are entries of a list."""


def find_changes(text: str, lines: Sequence[Span], furniture: Sequence[Furniture]) -> Dialogue:
    """Turns that begin with a sign; none where too few do, or where they read like a list."""
    skipped = {piece.span for piece in furniture}
    spoken = [line for line in lines if line not in skipped]
    starts = [(line, match.end()) for line in spoken if (match := _SIGN.match(text, line.start, line.end))]
    asked = sum(is_question(text[at : line.end]) for line, at in starts)
    arrows = all(text[line.start] in ">&" for line, _ in starts)
    asks = 0.2 * len(starts) <= asked <= 0.8 * len(starts)
    if len(starts) < max(_FEWEST, _SHARE * len(spoken)) or not (arrows or asks):
        return Dialogue()
    ends = [*(line.start for line, _ in starts[1:]), len(text)]
    turns: list[Turn] = []
    for (_, at), end in zip(starts, ends, strict=True):
        words = text[at:end].rstrip()
        role: Role = "interviewer" if is_question(words) or _ASKS.match(words) else "interviewee"
        turns.append(Turn(UNKNOWN_SPEAKER, role, Span(at, at + len(words))))
    return Dialogue(tuple(turns), start=starts[0][0].start)

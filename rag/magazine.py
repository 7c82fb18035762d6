"""The unlabelled magazine page: a question as a paragraph of its own, then an answer of many paragraphs.

Nothing but the wording tells a question from an answer, so each paragraph is weighed on several signs at once.
"""

import re
from collections.abc import Sequence

from rag.names import introduced
from rag.records import UNKNOWN_SPEAKER, Span, Speaker, Turn

_SIGNS: tuple[tuple[re.Pattern[str], float], ...] = (
    (re.compile(r"\?[\"”’')\]*_\s]*\Z"), 3.0),
    (re.compile(r"\?"), 0.5),
    (re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE), 1.5),
    (re.compile(r"\b(?:us|our readers|our audience|our listeners)\b", re.IGNORECASE), 1.0),
    (
        re.compile(
            r"\b(?:can|could|would|will) you\b|\bplease (?:share|introduce|tell|describe|talk)\b|"
            r"\A[#*_\s]*(?:tell|describe|share|introduce|talk|walk|please|explain|name)\b",
            re.IGNORECASE,
        ),
        2.0,
    ),
    (
        re.compile(
            r"\A[*_\s]*(?:hi|hello|hey|alright|great|awesome|amazing|wonderful|appreciate|thanks|perfect)\b", re.I
        ),
        1.0,
    ),
    (re.compile(r"\A\s*(?:#{1,6}\s|\*\*.*\*\*\s*\Z|__.*__\s*\Z)", re.DOTALL), 2.0),
    (
        re.compile(
            r"\b(?:I|I[’'](?:m|ve|d|ll)|my|myself|(?<!\btell )(?<!\bto )(?<!\bwith )(?<!\bgive )(?<!\bwalk )me)\b"
        ),
        -3.0,
    ),
)
_ENOUGH = 3.0
_LONG, _TOO_LONG = 90, 150


def is_question(paragraph: str, guest: str | None = None) -> bool:
    """Whether a paragraph, by its wording, is the interviewer's."""
    weight = sum(weight for sign, weight in _SIGNS if sign.search(paragraph))
    words = len(paragraph.split())
    weight -= 1.5 * (words > _LONG) + 2.0 * (words > _TOO_LONG)
    if guest and re.search(rf"(?:\A|[,.!] |\b(?i:hi|hello|hey) ){re.escape(guest.split()[0])}\b", paragraph[:200]):
        weight += 1.5
    return weight >= _ENOUGH


def find_magazine_turns(text: str, paragraphs: Sequence[Span], title: str) -> tuple[list[Turn], list[Speaker]]:
    """Turns of an unlabelled interview; none where no question is found.

    Paragraphs before the first question are its introduction and belong to no turn.
    The guest is whom the introduction presents, else unknown; the interviewer has no name here.
    """
    first = next((at for at, span in enumerate(paragraphs) if is_question(span.of(text))), None)
    if first is None:
        return [], []
    opening = paragraphs[first]
    guest = introduced(f"{title}\n{text[: opening.start]}", text)
    turns: list[Turn] = []
    for span in paragraphs[first:]:
        asked = span is opening or is_question(span.of(text), guest)
        _say(turns, Turn(UNKNOWN_SPEAKER, "interviewer", span) if asked else _answer(guest, span), text)
    return turns, [Speaker(guest, "interviewee")] if guest else []


def _answer(guest: str | None, span: Span) -> Turn:
    return Turn(guest or UNKNOWN_SPEAKER, "interviewee", span)


def _say(turns: list[Turn], turn: Turn, text: str) -> None:
    """Go on with the last turn if the same side speaks with nothing between, else begin a new one."""
    if turns and turns[-1].role == turn.role and not text[turns[-1].span.end : turn.span.start].strip():
        turn = Turn(turn.speaker, turn.role, Span(turns.pop().span.start, turn.span.end))
    turns.append(turn)

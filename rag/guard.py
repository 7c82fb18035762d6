"""What stands around quoted words, and what would be lost if they were quoted without it.

A cut can turn a meaning round: "I don't think that" just before it, "not any more" or "he said" just after it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from rag.chunker import sentences_of
from rag.nearby import LossKind, lost_after, lost_before, torn_after, torn_before
from rag.records import Interview, Source, Span

_QUOTATION_MARK = re.compile(r"(?P<opens>[“«]|(?<![^\s(\[])\"(?=\S))|[”»]|(?<=\S)\"(?!\w)")
_BLANK_LINE = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Loss:
    """Something near a cut that changes what is said; ``words`` say it, on that ``side`` of the cut."""

    kind: LossKind
    side: Literal["before", "after"]
    words: Span


@dataclass(frozen=True)
class Guard:
    """The sentences just before and after some words, and what would be lost without them.

    Where the words begin or end within a sentence, the rest of that sentence stands for the one before or after.
    ``before`` and ``after`` are none where the speaker begins or ends with these words.
    """

    origin: Source = field(repr=False)
    before: Span | None = None
    after: Span | None = None
    losses: tuple[Loss, ...] = ()


def guard(interview: Interview, words: Span) -> Guard:
    """What stands around words of one turn; around those that nobody says stands nothing."""
    turn = next((turn.span for turn in interview.turns if turn.span.holds(words)), None)
    sentences = sentences_of(interview, turn) if turn else []
    touched = [place for place, each in enumerate(sentences) if each.start < words.end and words.start < each.end]
    if not touched:
        return Guard(interview.source)
    text, first, last = interview.source.text, touched[0], touched[-1]
    rest_before = _rest(text, sentences[first].start, words.start)
    rest_after = _rest(text, words.end, sentences[last].end)
    before = rest_before or next(reversed(sentences[:first]), None)
    after = rest_after or next(iter(sentences[last + 1 :]), None)
    losses = (
        _quotation_opened(text, words.start, sentences)
        or _before(text, before, _common(sentences[first], words), torn=rest_before is not None),
        _after(text, _common(sentences[last], words), after, torn=rest_after is not None),
    )
    return Guard(interview.source, before, after, tuple(loss for loss in losses if loss))


def _before(text: str, before: Span | None, first: Span, *, torn: bool) -> Loss | None:
    if not before:
        return None
    kind = torn_before(before.of(text)) if torn else lost_before(before.of(text), first.of(text))
    return Loss(kind, "before", before) if kind else None


def _after(text: str, last: Span, after: Span | None, *, torn: bool) -> Loss | None:
    if not after:
        return None
    kind = torn_after(after.of(text)) if torn else lost_after(last.of(text), after.of(text))
    return Loss(kind, "after", after) if kind else None


def _common(sentence: Span, words: Span) -> Span:
    """What of a sentence lies within the words."""
    return Span(max(sentence.start, words.start), min(sentence.end, words.end))


def _rest(text: str, start: int, end: int) -> Span | None:
    """What a cut leaves of a sentence; nothing where that is only punctuation."""
    piece = text[start:end]
    if not any(map(str.isalnum, piece)):
        return None
    return Span(start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip()))


def _quotation_opened(text: str, cut: int, sentences: Sequence[Span]) -> Loss | None:
    """That a quotation begins before the cut and ends after it, so that it is another's words that are cut."""
    begin, end = sentences[0].start, sentences[-1].end
    for blank in _BLANK_LINE.finditer(text, begin, cut):
        begin = blank.end()
    before = next(reversed([*_QUOTATION_MARK.finditer(text, begin, cut)]), None)
    after = _QUOTATION_MARK.search(text, cut, end)
    if not (before and before["opens"] and after) or after["opens"] or not _rest(text, cut, after.start()):
        return None
    opening = next((each for each in sentences if each.start <= before.start() < each.end), None)
    words = opening and _rest(text, opening.start, min(opening.end, cut))
    return Loss("report", "before", words) if words else None

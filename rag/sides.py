"""Speech without a label whose speaker is clear all the same: the other side of a conversation.

A question that is bold as a whole ends with its mark; where only one side has labels, the other begins at the next
paragraph; and an answer may have lost its label.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rag.casting import Cue, regions
from rag.questions import ENDS_IN_MARK, is_question

ANSWER, QUESTION = "(answer)", "(question)"
"""Labels that stand for a side which has none in the text."""

_BLANK = re.compile(r"(?:\r?\n|\r)[ \t]*(?:\r?\n|\r)[ \t\r\n]*(?=\S)")
_BREAK = re.compile(r"(?:\r?\n|\r)[ \t\r\n]*(?=\S)")
_BOLD_QUESTION = re.compile(r"(?<=\n)(?:\*\*|__)(?P<words>[^*_\r\n][^*\r\n]{0,400}\?)(?:\*\*|__)[ \t]*(?=[\r\n]|\Z)")
_MARKS = " \t\r\n*_\u00a0"
_FEWEST = 4


def find_sides(text: str, cues: Sequence[Cue], people: Mapping[str, str]) -> list[Cue]:
    """The cues, and further ones where the side without a label begins to speak; ``people`` are labels' people."""
    cues = list(_closed(text, cues))
    speaking = Counter(people[cue.label] for cue in cues if cue.label not in ("", ANSWER, QUESTION))
    if len(speaking) == 1 and not any(cue.label in (ANSWER, QUESTION) for cue in cues):
        return _one_sided(text, cues)
    if len(speaking) == 2:
        return list(_lost(text, cues, speaking, people))
    return cues


def _closed(text: str, cues: Sequence[Cue]) -> Iterator[Cue]:
    """After a question that is bold as a whole somebody answers; another bold one without a label asks, too."""
    closed = sum(cue.closes > cue.words for cue in cues)
    if not closed:
        yield from cues
        return
    several = closed > 1
    for cue, end in regions(text, cues):
        yield cue
        if several and cue.label and not cue.closes:
            for bold in _BOLD_QUESTION.finditer(text, cue.words, end):
                yield Cue(QUESTION, bold.start("words"), bold.start("words"), bold.end("words"))
        if cue.label and cue.closes > cue.words:
            rest = re.compile(r"(?:\*{1,3}|__?|</\w+>)?").match(text, cue.closes)
            at = rest.end() if rest else cue.closes
            if _has_words(text[at:end]):
                yield Cue(ANSWER, at, at)


def _one_sided(text: str, cues: Sequence[Cue]) -> list[Cue]:
    """Only questions are labelled, or only answers."""
    first = [_BREAK.split(text[cue.words : end].strip(), maxsplit=1) for cue, end in regions(text, cues)]
    asked = sum(is_question(parts[0]) for parts in first)
    if asked > 0.6 * len(first):
        return [each for cue, end in regions(text, cues) for each in _question_then_answer(text, cue, end)]
    return list(_answer_then_question(text, cues))


def _question_then_answer(text: str, cue: Cue, end: int) -> Iterator[Cue]:
    yield cue
    gap = _BLANK.search(text, cue.words, end) or _BREAK.search(text, cue.words, end)
    if gap and _has_words(text[gap.end() : end]):
        yield Cue(ANSWER, gap.end(), gap.end())


def _answer_then_question(text: str, cues: Sequence[Cue]) -> Iterator[Cue]:
    """Before each labelled answer its question stands alone: a last paragraph that asks."""
    starts = [0, *(cue.words for cue in cues)]
    for begin, cue in zip(starts, cues, strict=False):
        gaps = [match.end() for match in _BLANK.finditer(text, begin, cue.start)]
        at = gaps[-1] if gaps else 0 if begin == 0 else None
        if at is not None and begin <= at < cue.start and is_question(text[at : cue.start].strip(_MARKS)):
            yield Cue(QUESTION, at, at + len(text[at : cue.start]) - len(text[at : cue.start].lstrip(_MARKS)))
        yield cue


def _lost(text: str, cues: Sequence[Cue], speaking: Counter[str], people: Mapping[str, str]) -> Iterator[Cue]:
    """Of two people, one asks in single paragraphs: what follows such a question unlabelled is the other's answer."""
    heard = list(regions(text, cues))
    several = dict.fromkeys(speaking, 0)
    asking = dict.fromkeys(speaking, 0)
    for cue, end in heard:
        parts = _BLANK.split(text[cue.words : end].strip(), maxsplit=1)
        if (person := people.get(cue.label, "")) in several:
            several[person] += len(parts) > 1
            asking[person] += bool(ENDS_IN_MARK.search(parts[0]))
    for cue, end in heard:
        yield cue
        person = people.get(cue.label, "")
        single = person in several and several[person] <= max(1, 0.25 * speaking[person])
        if not single or speaking[person] < _FEWEST or asking[person] < 0.6 * speaking[person]:
            continue
        gap = _BLANK.search(text, cue.words, end)
        if gap and ENDS_IN_MARK.search(text[cue.words : gap.start()]) and _has_words(text[gap.end() : end]):
            yield cue._replace(label=ANSWER, start=gap.end(), words=gap.end(), closes=0)


def _has_words(text: str) -> bool:
    return any(re.search(r"\w", line) and not line.lstrip().startswith(("#", "[", "<")) for line in text.splitlines())

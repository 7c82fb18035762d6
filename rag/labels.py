"""Labelled transcripts: a turn begins with its speaker's name and a colon.

Not every ``Word:`` at the start of a line is a label; that it recurs, and that others like it do, tells.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from rag.names import NAME, fullest, introduced, same_person
from rag.records import UNKNOWN_SPEAKER, Role, Span, Speaker, Turn

_TIME = r"[\[(]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?[\])]?"
_LABEL = re.compile(
    rf"(?:[-•>]\s{{1,3}})?(?:{_TIME}\s*[-–]?\s*)?(?P<mark>\*\*|__|\*|)(?:{_TIME}\s*)?"
    rf"(?P<name>[^\W_][^\r\n:*\[\](){{}}<>|?!]{{0,39}}?)\s*(?:\({_TIME}\)|{_TIME}|[(\[][^)\]\n]{{1,40}}[)\]])?\s*"
    r"(?P<colon>:\s*(?P=mark)|(?P=mark)\s*:|:)\s*(?=\S)"
)
_FURNITURE = re.compile(
    r"""\#{1,6}\s.* | \[[^\]]+\]:\s*\S+.* | <[^>]*> |
    [*_\s]*(?:this|the)\ (?:interview|conversation)\ (?:has\ been|was)\ .{0,80}(?:edited|condensed).{0,80} |
    [\W_]*(?:break|sponsor|music|jingle|outro)[\W_]*[\d:\\\]\[().\s-]*""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
"""Headings, link definitions, lone tags and announcements: they stand between turns and belong to none."""
_QUESTION_LABELS = frozenset({"q", "question", "int", "interviewer"})
_ANSWER_LABELS = frozenset({"a", "answer", "interviewee", "respondent"})
_NO_SPEAKER = frozenset(
    "note notes website instagram linkedin twitter facebook youtube email phone other contact source sources music "
    "sponsor break jingle outro http https title date author layout tags link image photo credits transcript "
    "example pros cons lesson tip step update me".split()
)
_LONGEST_LABEL = 140
"""Characters in which a label is looked for, with its time and whatever is in brackets."""
_SOMEBODY = ""
_MOST_WORDS = 5
_FEWEST_TURNS = 3


@dataclass(frozen=True, slots=True)
class _Labelled:
    """One paragraph that begins with something like a label; ``words`` are what is said.

    A ``closed`` one is bold as a whole: what follows it without a label is said by somebody else.
    """

    label: str
    paragraph: Span
    words: Span
    bold: bool
    closed: bool


def find_labelled_turns(text: str, paragraphs: Sequence[Span]) -> tuple[list[Turn], list[Speaker]]:
    """Turns of a labelled transcript; none where the text has no labels.

    A paragraph without a label goes on with the turn before it, or, after a question that is bold as a whole, is
    somebody's answer; paragraphs before the first label belong to nobody.
    """
    paragraphs = [paragraph for paragraph in paragraphs if not _FURNITURE.fullmatch(paragraph.of(text))]
    candidates = {paragraph: found for paragraph in paragraphs if (found := _label(text, paragraph))}
    first = next((paragraph.start for paragraph in paragraphs if paragraph in candidates), 0)
    labels = _speaking(list(candidates.values()), text[:first])
    if not labels:
        return [], []
    start = next(span.start for span in paragraphs if span in candidates and candidates[span].label in labels)
    names = _names(labels, text[:start], text) | {_SOMEBODY: UNKNOWN_SPEAKER}
    said: list[tuple[str, Span]] = []
    closed = False
    for paragraph in (span for span in paragraphs if span.start >= start):
        found = candidates.get(paragraph)
        if found and found.label in labels:
            said.append((found.label, found.words))
        elif found and _is_said(found.words.of(text)):
            said.append((_SOMEBODY, found.words))
        elif closed or text[said[-1][1].end : paragraph.start].strip(" \t\r\n*_"):
            said.append((_SOMEBODY if closed else said[-1][0], paragraph))
        else:
            said[-1] = (said[-1][0], Span(said[-1][1].start, paragraph.end))
        closed = bool(found and found.label in labels and found.closed)
    roles = _roles(text, said)
    turns = [Turn(names[label], roles[label], span) for label, span in said]
    return turns, _speakers(names, roles)


def _label(text: str, paragraph: Span) -> _Labelled | None:
    match = _LABEL.match(text, paragraph.start, min(paragraph.end, paragraph.start + _LONGEST_LABEL))
    if not match:
        return None
    name, mark = match["name"].strip(), match["mark"]
    if name.casefold() in _NO_SPEAKER or len(name.split()) > _MOST_WORDS:
        return None
    if not mark and not text[match.end() - 1].isspace():
        return None
    closed = bool(mark) and match["colon"].strip() == ":" and text.endswith(mark, paragraph.start, paragraph.end)
    if mark and match["colon"].strip() == ":" and not closed:
        return None
    end = paragraph.end - len(mark) if closed else paragraph.end
    return _Labelled(name, paragraph, Span(match.end(), end), bool(mark), closed) if match.end() < end else None


def _is_said(words: str) -> bool:
    """Whether words after an unknown label read like speech rather than like an entry of a list."""
    return words.rstrip("\"”’')*_ ").endswith((".", "?", "!", "…"))


def _speaking(candidates: Collection[_Labelled], introduction: str) -> frozenset[str]:
    """The labels that stand for speakers: those that recur, full or bold names beside them, and a short form of those.

    A question label with an answer label is enough by itself.
    """
    counts = Counter(candidate.label for candidate in candidates)
    simple = {_simple(label) for label in counts}
    if simple & _QUESTION_LABELS and simple & _ANSWER_LABELS:
        return frozenset(label for label in counts if _simple(label) in _QUESTION_LABELS | _ANSWER_LABELS)
    recurring = {label for label, count in counts.items() if count > 1 and _like_a_label(label)}
    named = [label for label in counts if label not in recurring and re.fullmatch(NAME, label)]
    bold = {candidate.label for candidate in candidates if candidate.bold} if recurring else set()
    known = {label for label in named if label in introduction or any(same_person(short, label) for short in counts)}
    whole = recurring | {label for label in named if label in known | bold or len(recurring) == len(named) == 1}
    if sum(counts[label] for label in whole) < _FEWEST_TURNS or len(whole) < 2:
        return frozenset()
    return frozenset(whole | {label for label in counts if fullest(label, whole) != label})


def _simple(label: str) -> str:
    """A label without case and full stop, as the labels of questions and answers are known."""
    return label.casefold().rstrip(".")


def _like_a_label(label: str) -> bool:
    words = label.split()
    return len(words) == 1 or all(word[0].isupper() or word[0].isdigit() for word in words if len(word) > 3)


def _names(labels: Iterable[str], introduction: str, text: str) -> dict[str, str]:
    """The name to show for each label: the fullest form met in the file; unknown where a label names nobody."""
    labels = sorted(labels)
    guest = introduced(introduction, text)
    names = {}
    for label in labels:
        if _simple(label) in _QUESTION_LABELS:
            names[label] = UNKNOWN_SPEAKER
        elif _simple(label) in _ANSWER_LABELS:
            names[label] = guest or UNKNOWN_SPEAKER
        else:
            names[label] = fullest(label, [*labels, *([guest] if guest else [])])
    return names


def _roles(text: str, said: Sequence[tuple[str, Span]]) -> dict[str, Role]:
    """Who asks and who answers: those most of whose turns ask, while others' do not; unknown where it is not clear."""
    turns: Counter[str] = Counter(label for label, _ in said)
    asking: Counter[str] = Counter(label for label, span in said if "?" in span.of(text))
    share = {label: asking[label] / turns[label] for label in turns}
    clear = max(share.values()) >= 0.4 and max(share.values()) > 2 * min(share.values())
    middle = (max(share.values()) + min(share.values())) / 2
    roles: dict[str, Role] = {}
    for label in turns:
        if label == _SOMEBODY:
            roles[label] = "interviewee"
        elif _simple(label) in _QUESTION_LABELS | _ANSWER_LABELS:
            roles[label] = "interviewer" if _simple(label) in _QUESTION_LABELS else "interviewee"
        else:
            roles[label] = "unknown" if not clear else "interviewer" if share[label] > middle else "interviewee"
    return roles


def _speakers(names: dict[str, str], roles: dict[str, Role]) -> list[Speaker]:
    people: dict[str, list[str]] = {}
    for label, name in names.items():
        people.setdefault(name, []).append(label)
    return [
        Speaker(name, roles[labels[0]], tuple(label for label in labels if label != name))
        for name, labels in people.items()
        if name != UNKNOWN_SPEAKER
    ]

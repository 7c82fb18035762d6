"""Which labels stand for speakers: those of the family that a transcript uses throughout, and damaged forms of these.

That a label recurs, that others are set like it, and that the file names the person elsewhere, tells.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from rag.labels import Candidate, Family
from rag.names import NAME, misspelt, same_person, simple
from rag.plausible import GENERIC, PAIRS, is_nobody, plausible

_MOST_ONCE, _LONGEST_HEAD = 4, 6
_MOST_PEOPLE = 300
_LONGEST_SHORT = 8
_FEWEST_TURNS = 3
_WEIGHTS: dict[Family, float] = {
    "stated": 1000.0,
    "own line": 1.2,
    "colon": 1.0,
    "point": 1.1,
    "heading": 0.9,
    "alone": 0.9,
    "bracket": 0.8,
    "tab": 0.8,
    "dash": 0.7,
    "bare": 0.5,
    "loose": 0.3,
}
_NEED_TWO: frozenset[Family] = frozenset({"heading", "alone", "bracket", "tab", "dash", "bare", "loose"})
"""Families that prose uses too: only two labels that recur tell a transcript."""


class Cue(NamedTuple):
    """Where a speaker begins; without a label, where nobody does (a break, a note)."""

    label: str
    start: int
    words: int
    closes: int = 0
    note: str = ""


def regions(text: str, cues: Sequence[Cue]) -> Iterator[tuple[Cue, int]]:
    """Each cue with where its speaker ends: at the next cue, or with the text."""
    yield from zip(cues, [*(cue.start for cue in cues[1:]), len(text)], strict=True)


def find_cues(text: str, candidates: Sequence[Candidate], known: Collection[str]) -> list[Cue]:
    """Where each speaker begins, in order; none where the text is no labelled transcript.

    ``known`` are the people whom the file names outside the conversation.
    """
    candidates = _with_points(candidates)
    family = _family(candidates)
    if family is None:
        return [_cue(each) for each in _lone_exchange(text, candidates)]
    members = [each for each in candidates if each.family == family]
    accepted = _accepted(text, members, known)
    if not accepted:
        return []
    speakers = {label for label in {each.label for each in members} if simple(label) in accepted}
    spoken = [each for each in members if each.label in speakers]
    cues = [_cue(each) for each in spoken]
    if len(spoken) < len(members):
        style = _Style.of(spoken)
        others = [each for each in members if each.label not in speakers]
        cues += [Cue("", each.start, each.words) for each in others if _is_break(each, style)]
    if len(members) < len(candidates):
        others = [each for each in candidates if each.family != family]
        cues += [_cue(each) for each in others if _another_form(each, family, accepted)]
    return _in_order(cues)


def _lone_exchange(text: str, candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """A question and its answers and no more, under names that come once each."""
    members = [each for each in candidates if each.family in ("colon", "own line")]
    names = {simple(each.label) for each in members if plausible(each.label) and re.fullmatch(NAME, each.label)}
    if not 2 <= len(members) <= _MOST_ONCE or len(names) != len(members):
        return []
    asked = text[members[0].words : members[1].start].rstrip("\"”’')]*_ \t\r\n")
    is_head = text[: members[0].start].count("\n") <= _LONGEST_HEAD
    return members if is_head and asked.endswith(("?", "？")) and _speaks(text, members[-1]) else []


def _with_points(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Read "Q." and "A." as "Q:" and "A:" where both recur; else a letter with a point is an entry of a list."""
    counts = Counter(simple(each.label) for each in candidates if each.family == "point")
    if not counts:
        return list(candidates)
    both = any(min(counts[ask], counts[reply]) > 1 for ask, reply in PAIRS) and counts.most_common(1)[0][1] > 2
    letters = {letter for pair in PAIRS for letter in pair}
    return [
        each._replace(family="colon")
        if both and each.family in ("point", "tab") and simple(each.label) in letters
        else each
        for each in candidates
        if each.family != "point" or (both and simple(each.label) in letters)
    ]


def _family(candidates: Sequence[Candidate]) -> Family | None:
    """The family in which the most labels recur; none where none does."""
    by_family: dict[Family, list[str]] = {}
    for candidate in candidates:
        if plausible(candidate.label):
            by_family.setdefault(candidate.family, []).append(simple(candidate.label))
    strengths = {family: _strength(family, labels) for family, labels in by_family.items()}
    best = max(strengths, key=lambda family: (strengths[family], family), default=None)
    return best if best is not None and strengths[best] > 0 else None


def _strength(family: Family, labels: Sequence[str]) -> float:
    counts = Counter(labels)
    recurring = [label for label, count in counts.items() if count > 1]
    if family == "stated":
        return _WEIGHTS[family] * len(labels)
    if len(recurring) < (2 if family in _NEED_TWO else 1) and not _short_dialogue(family, counts):
        return 0.0
    if family in ("bare", "dash", "tab") and sum(counts[label] for label in recurring) < 0.5 * len(labels):
        return 0.0
    return _WEIGHTS[family] * max(sum(counts[label] for label in recurring), _FEWEST_TURNS)


def _short_dialogue(family: Family, counts: Counter[str]) -> bool:
    """A question with its answer and no more: labels that can mean nothing else."""
    return family in ("colon", "point", "own line") and any(
        set(pair) <= set(counts) for pair in (*PAIRS, ("question", "answer"), ("interviewer", "interviewee"))
    )


def _accepted(text: str, members: Sequence[Candidate], known: Collection[str]) -> frozenset[str]:
    """The labels of one family that stand for speakers, folded."""
    if members[0].family == "stated":
        return frozenset(simple(each.label) for each in members if not is_nobody(each.label))
    counts = Counter(simple(each.label) for each in members if plausible(each.label))
    pair = next((pair for pair in (*PAIRS, ("question", "answer")) if all(counts[label] for label in pair)), None)
    if pair:
        return frozenset(pair) | _beside_pair(members, pair, known)
    recurring = frozenset(label for label, count in counts.items() if count > 1)
    if len(counts) > _MOST_PEOPLE:
        return recurring
    whole = recurring | _seldom(text, members, recurring, known)
    whole |= {label for label in counts if any(same_person(label, other) for other in whole - recurring)}
    return whole if sum(counts[label] for label in whole) >= _FEWEST_TURNS else frozenset()


def _beside_pair(members: Sequence[Candidate], pair: tuple[str, str], known: Collection[str]) -> frozenset[str]:
    """Who else speaks between "Q:" and "A:": labels in capitals, like "THE COURT", and people whom the file names."""
    first = min(each.start for each in members if simple(each.label) in pair)
    return frozenset(
        simple(each.label)
        for each in members
        if each.start > first
        and plausible(each.label)
        and (
            each.label.isupper()
            or GENERIC.match(simple(each.label))
            or any(_related(simple(each.label), name) for name in known)
        )
    )


def _seldom(
    text: str, members: Sequence[Candidate], recurring: frozenset[str], known: Collection[str]
) -> frozenset[str]:
    """Labels that occur once and stand for somebody all the same."""
    style = _Style.of([each for each in members if simple(each.label) in recurring])
    rare = [each for each in members if simple(each.label) not in recurring]
    plain = [each for each in rare if not (style.bold and each.bold) and not (style.capitals and each.label.isupper())]
    strange = [each for each in plain if not any(same_person(other, each.label) for other in recurring)]
    listed = _listed(text, members, strange)
    return frozenset(
        simple(each.label) for each in rare if each.start not in listed and _once(text, each, style, known, recurring)
    )


@dataclass(frozen=True, slots=True)
class _Style:
    """How most labels of a transcript are set."""

    bold: bool
    stamped: bool
    capitals: bool

    @classmethod
    def of(cls, members: Sequence[Candidate]) -> "_Style":
        def most(signs: Sequence[bool]) -> bool:
            return sum(signs) > 0.7 * len(signs)

        return cls(
            most([each.bold for each in members]),
            most([each.stamped for each in members]),
            most([each.label.isupper() and len(each.label) > 2 for each in members]),
        )


def _once(text: str, each: Candidate, style: _Style, known: Collection[str], recurring: Collection[str]) -> bool:
    """Whether a label that occurs once stands for somebody, too."""
    label = simple(each.label)
    if not plausible(each.label):
        return False
    if (GENERIC.match(label) and len(label) > 2) or any(_related(label, name) for name in known):
        return True
    if any(same_person(other, each.label) or same_person(each.label, other) for other in recurring):
        return True
    if not any(character.isdigit() for character in label) and misspelt(label, recurring):
        return True
    is_headline = each.label.isupper() and " " in label and not style.capitals and len(label) > _LONGEST_SHORT
    named = not each.label.islower() and not is_headline
    if each.family in ("own line", "heading", "alone", "bare", "bracket"):
        return named and (each.stamped or each.family in ("alone", "bare", "bracket"))
    wanting = (style.stamped and not each.stamped) or (style.bold and not each.bold)
    if not wanting and (style.bold or style.stamped or (style.capitals and each.label.isupper())):
        return named
    if style.bold or style.stamped or style.capitals:
        return False
    return not is_headline and _like_a_name(text, each)


def _listed(text: str, members: Sequence[Candidate], rare: Sequence[Candidate]) -> frozenset[int]:
    """Where labels that occur once follow one another, or a line that ends in a colon: the entries of a list."""
    found = {
        each.start for each in rare if text[max(0, each.start - 400) : each.start].rstrip("* _\r\n\t").endswith(":")
    }
    order = {each.start: number for number, each in enumerate(members)}
    for before, after in pairwise(rare):
        if order[after.start] == order[before.start] + 1 and not before.bold and not before.stamped:
            found |= {before.start, after.start}
    return frozenset(found)


def _related(label: str, name: str) -> bool:
    return simple(name) == label or same_person(label, name)


def _like_a_name(text: str, each: Candidate) -> bool:
    """A plain label that occurs once: two capitalised words, or one that is no common word of this text."""
    if not re.fullmatch(NAME, each.label) or not _speaks(text, each):
        return False
    if " " in each.label:
        return True
    words = text[each.words : each.words + 400].split("\n", 1)[0].split()
    return len(words) > 3 and not re.search(rf"(?<!\w){re.escape(each.label.casefold())}(?!\w)", text)


def _speaks(text: str, each: Candidate) -> bool:
    """Whether the line reads like speech rather than like an entry of a list."""
    line = text[each.words : each.words + 2000].split("\n", 1)[0]
    return line.rstrip("\"”’')*_ \r").endswith((".", "?", "!", "…", "-", "—"))


def _is_break(each: Candidate, style: _Style) -> bool:
    """A label like "Break" or "Music" that is set as the speakers' are."""
    if not is_nobody(each.label):
        return False
    return (style.bold and each.bold) or (style.stamped and each.stamped) or each.family in ("stated", "own line")


def _another_form(each: Candidate, family: Family, accepted: Collection[str]) -> bool:
    """A known label set in another way: its colon or its time stamp is missing."""
    if simple(each.label) not in accepted:
        return False
    if each.family == "bare":
        return family == "own line" or (family in ("heading", "alone") and " " in each.label)
    if each.family == "colon":
        return len(simple(each.label)) > 2 or each.bold
    return each.family in ("loose", "own line", "alone") or (
        each.family == "heading" and family in ("own line", "alone")
    )


def _cue(each: Candidate) -> Cue:
    return Cue(each.label, each.start, each.words, each.closes, each.note)


def _in_order(cues: Sequence[Cue]) -> list[Cue]:
    """In the order of the text, one for each line."""
    by_start: dict[int, Cue] = {}
    for cue in cues:
        by_start.setdefault(cue.start, cue)
    return [by_start[start] for start in sorted(by_start)]

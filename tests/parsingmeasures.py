"""How far a parser's reading of an interview is from gold, as pure functions over turns.

*Gold* is what a careful reader says who speaks where. A *place* is the number of letters and digits before an offset,
those of tags and entities left out: two offsets with the same place begin the same words.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import groupby

NOWHERE = -1
"""The place of a gold turn whose words are not in the text; no predicted turn stands there."""
ROLES = ("interviewer", "interviewee", "unknown")
SHORT = 16
"""Letters and digits; fewer than these may stand by chance in the turn before, so the start of a line is preferred."""
MARKUP = re.compile(r"<[^<>\n]*>|<[a-zA-Z/!][^<>]*>|&(?:#\w+|[a-zA-Z]\w*);")
"""Tags and entities: their letters are not words, whether a reader shows them or not."""
NEAR = 20
OPENING = re.compile(r"(?:^|[:\])>.?!])[^\w:\])>.?!]*\Z", re.MULTILINE)
"""What stands, within ``NEAR`` characters, before a turn: a line's start, or the end of a label or a time stamp."""


@dataclass(frozen=True, slots=True)
class Heard:
    """One turn: who speaks (``None``: nobody knows), in which role, and the place of the first word."""

    name: str | None
    role: str
    place: int

    def __post_init__(self) -> None:
        if self.role not in ROLES:
            raise ValueError(f"not a role: {self.role!r}, expected one of {', '.join(ROLES)}")


@dataclass(frozen=True, slots=True)
class Person:
    """A speaker; ``accepted`` are other display names that are right, ``aliases`` forms that the file itself uses."""

    name: str
    role: str
    aliases: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()

    def is_named(self, name: str) -> bool:
        """Whether ``name`` is a right display name of this person."""
        return _same(name, (self.name, *self.accepted))

    def is_known_as(self, name: str) -> bool:
        """Whether ``name`` is any form of this person's name."""
        return self.is_named(name) or _same(name, self.aliases)


@dataclass(frozen=True, slots=True)
class Reading:
    """One file as somebody read it: its turns in order, and the speakers."""

    turns: tuple[Heard, ...]
    people: tuple[Person, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of those who have turns, each once, in the order in which they first speak."""
        return tuple(dict.fromkeys(turn.name for turn in self.turns if turn.name is not None))

    def person(self, name: str) -> Person:
        """The one with exactly this name."""
        return next((person for person in self.people if person.name == name), Person(name, "unknown"))


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares, 0 to 1, over one file; ``None`` where a measure says nothing about it."""

    boundaries: float
    speaker: float
    speakers: float
    pairs: float | None
    roles: float | None

    @property
    def known(self) -> tuple[float, ...]:
        """The measures that say something."""
        values = (self.boundaries, self.speaker, self.speakers, self.pairs, self.roles)
        return tuple(value for value in values if value is not None)


def places(text: str) -> list[int]:
    """The place of each offset of ``text``, its end included."""
    found, place = [0], 0
    for character in _words_alone(text):
        place += character.isalnum()
        found.append(place)
    return found


def letters(text: str) -> str:
    """The letters and digits of the words, as they stand: texts that share them share their places."""
    return "".join(filter(str.isalnum, _words_alone(text)))


def fold(text: str) -> tuple[str, list[int]]:
    """The lower-case letters and digits of the words, and for each the offset in ``text`` it comes from."""
    folded, offsets = [], []
    for offset, character in enumerate(_words_alone(text)):
        for piece in character.casefold() if character.isalnum() else "":
            folded.append(piece)
            offsets.append(offset)
    return "".join(folded), offsets


def _words_alone(text: str) -> str:
    """The text, as long as before, with blanks for tags and entities."""
    return MARKUP.sub(lambda markup: " " * len(markup[0]), text)


def locate(text: str, openings: Iterable[str]) -> list[int | None]:
    """The offset at which each turn's first words stand, each searched for behind those before; ``None``: nowhere.

    Case, white space, mark-up and quotes do not count. Words start and end where words of the text do.
    """
    folded, offsets = fold(text)
    found: list[int | None] = []
    behind = 0
    for opening in openings:
        # An entity stands for a letter only where the text is shown decoded.
        for wanted in (fold(opening)[0], fold(unescape(opening))[0]):
            if matches := _matches(text, folded, offsets, wanted, behind):
                found.append(offsets[matches[0]])
                behind = matches[0] + len(wanted)
                break
        else:
            found.append(None)
    return found


def _matches(text: str, folded: str, offsets: Sequence[int], wanted: str, behind: int) -> list[int]:
    """Where whole words are the ``wanted`` ones, the best first."""
    found = []
    at = folded.find(wanted, behind) if wanted else -1
    while at >= 0:
        first, last = offsets[at], offsets[at + len(wanted) - 1]
        if not text[max(first - 1, 0) : first].isalnum() and not text[last + 1 : last + 2].isalnum():
            found.append(at)
        at = folded.find(wanted, at + 1)
    if len(wanted) < SHORT:
        found.sort(key=lambda at: OPENING.search(text, max(offsets[at] - NEAR, 0), offsets[at]) is None)
    return found


def merged(turns: Iterable[Heard]) -> tuple[Heard, ...]:
    """Turns where the speaker changes; those that nobody knows are one speaker for each role."""
    runs = groupby(turns, key=lambda turn: (turn.name or "", turn.role if turn.name is None else ""))
    return tuple(next(run) for _, run in runs)


def f1(right: int, predicted: int, gold: int) -> float:
    """The harmonic mean of precision and recall; 1 where neither side has anything."""
    return 2 * right / (predicted + gold) if predicted + gold else 1.0


def matched(predicted: Reading, gold: Reading) -> list[tuple[Heard, Heard]]:
    """The turns, predicted and gold, that begin at one place."""
    by_place = {turn.place: turn for turn in merged(predicted.turns)}
    return [(by_place[turn.place], turn) for turn in merged(gold.turns) if turn.place in by_place]


def boundary_f1(predicted: Reading, gold: Reading) -> float:
    """F1 over the places where the speaker changes."""
    return f1(len(matched(predicted, gold)), len(merged(predicted.turns)), len(merged(gold.turns)))


def is_right(predicted: Heard, gold: Heard, people: Reading) -> bool:
    """Whether a turn is given to whom gold gives it; nobody to nobody."""
    if predicted.name is None or gold.name is None:
        return predicted.name is gold.name
    return people.person(gold.name).is_named(predicted.name)


def right_speakers(predicted: Reading, gold: Reading) -> float:
    """The share of matched boundaries that have the right speaker; 0 where none matched but some should have."""
    both = matched(predicted, gold)
    if not both:
        return float(not predicted.turns and not gold.turns)
    return sum(is_right(one, other, gold) for one, other in both) / len(both)


def speaker_set_f1(predicted: Reading, gold: Reading) -> float:
    """F1 over the names of those who speak, however much each says."""
    found = sum(any(gold.person(name).is_named(other) for other in predicted.names) for name in gold.names)
    return f1(found, len(predicted.names), len(gold.names))


def pairs(turns: Iterable[Heard]) -> set[tuple[int, int, int | None]]:
    """Where each question starts, its answer starts, and the answer ends: the next question, ``None`` behind the last.

    A pair is all that interviewers say in a row, and all that interviewees then say in a row.
    """
    runs = [(role, next(run).place) for role, run in groupby(turns, key=lambda turn: turn.role)]
    ends: list[int | None] = [place for _, place in runs[2:]]
    return {
        (asked, answered, end)
        for (asking, asked), (answering, answered), end in zip(runs, runs[1:], [*ends, None], strict=False)
        if asking == "interviewer" and answering == "interviewee"
    }


def pair_f1(predicted: Reading, gold: Reading) -> float:
    """F1 over Q/A pairs; a pair is right only whole."""
    ours, theirs = pairs(predicted.turns), pairs(gold.turns)
    return f1(len(ours & theirs), len(ours), len(theirs))


def invented(predicted: Reading, gold: Reading) -> tuple[str, ...]:
    """Predicted names that are no form of the name of anybody in the gold."""
    names = dict.fromkeys([*predicted.names, *(person.name for person in predicted.people)])
    return tuple(name for name in names if not any(person.is_known_as(name) for person in gold.people))


def role_share(predicted: Reading, gold: Reading) -> float | None:
    """The share of gold speakers with turns whose role is right, under whichever form of the name; ``None``: none."""
    right = [_has_role(predicted, gold.person(name)) for name in gold.names]
    return sum(right) / len(right) if right else None


def _has_role(predicted: Reading, person: Person) -> bool:
    return any(person.is_known_as(other.name) and person.role == other.role for other in predicted.people)


def measure(predicted: Reading | None, gold: Reading, *, with_pairs: bool) -> Scores:
    """All measures of one file; a file that could not be read (``None``) is worth nothing."""
    if predicted is None:
        return Scores(0.0, 0.0, 0.0, 0.0 if with_pairs else None, 0.0 if gold.names else None)
    return Scores(
        boundary_f1(predicted, gold),
        right_speakers(predicted, gold),
        speaker_set_f1(predicted, gold),
        pair_f1(predicted, gold) if with_pairs else None,
        role_share(predicted, gold),
    )


def placed(turns: Sequence[Heard], offsets: Sequence[int | None], text: str) -> tuple[Heard, ...]:
    """The same turns at the places of ``offsets`` in ``text``."""
    place = places(text)
    return tuple(
        replace(turn, place=NOWHERE if offset is None else place[offset])
        for turn, offset in zip(turns, offsets, strict=True)
    )


def _same(name: str, forms: Iterable[str]) -> bool:
    return name.casefold() in (form.casefold() for form in forms)

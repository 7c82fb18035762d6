"""Where the words of a quotation stand, word for word: in one speech, across several, or where nobody speaks."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.quotation import Joint, Pieces
from rag.spoken import NOBODY, Spoken, Words

ROOM_FOR_INSERTION = 4
"""Words that an insertion may stand for, beside as many as it has itself."""
MOST_OMITTED = 300
"""Words that one mark of omission may stand for; what is farther apart is no one quotation."""
_ROOM = 200
"""Characters, such as of names, that may stand among words which follow one another."""
Stretch = tuple[int, int]
"""Words ``first`` up to, not including, ``last``."""


@dataclass(frozen=True)
class Found:
    """Words of one source that belong to one speech (or to nobody), one stretch for each piece of a quotation."""

    spoken: Spoken
    owner: int
    words: Words
    stretches: tuple[Stretch, ...]

    @property
    def length(self) -> int:
        """Words from the first to the last that is quoted."""
        return self.stretches[-1][1] - self.stretches[0][0]


def find_said(pieces: Pieces, spoken: Spoken) -> Iterator[Found]:
    """Each speech in which all pieces stand in their order; one piece wherever it stands, several where closest."""
    for number in spoken.speeches_with([run.folded for run in pieces.runs]):
        words = spoken.said_in(number)
        starts = [list(words.starts(run.folded)) for run in pieces.runs]
        chains = [chain for first in starts[0] if (chain := _chain(pieces, starts, first))]
        found = [Found(spoken, number, words, chain) for chain in chains]
        yield from found if len(pieces.runs) == 1 else sorted(found, key=lambda each: each.length)[:1]


def _chain(pieces: Pieces, starts: Sequence[list[int]], first: int) -> tuple[Stretch, ...]:
    """The pieces from one place on, each at its next place; none if one of them is missing or too far away."""
    at = first + len(pieces.runs[0])
    stretches = [(first, at)]
    for joint, run, places in zip(pieces.joints, pieces.runs[1:], starts[1:], strict=True):
        nearest = bisect_left(places, at)
        if nearest == len(places) or not _fits(joint, places[nearest] - at):
            return ()
        at = places[nearest] + len(run)
        stretches.append((places[nearest], at))
    return tuple(stretches)


def _fits(joint: Joint, gap: int) -> bool:
    return gap <= (MOST_OMITTED if joint.kind == "omitted" else len(joint.words) + ROOM_FOR_INSERTION)


def find_across(run: Words, spoken: Spoken) -> Iterator[tuple[Found, ...]]:
    """Each place where the words stand next to one another, in stretches of one owner each.

    What stands between two turns, such as a name, may be among the words or not.
    """
    length = run.places[-1][1] - run.places[0][0]
    if not spoken.may_hold_across(run.folded, reach=2 * length + _ROOM):
        return
    seen = set()
    for words, owners in ((spoken.said, spoken.speakers), (spoken.whole, spoken.owners)):
        for first in words.starts(run.folded):
            if words.places[first] not in seen:
                seen.add(words.places[first])
                yield tuple(_parted(spoken, words, owners, first, first + len(run)))


def _parted(spoken: Spoken, words: Words, owners: Sequence[int], first: int, last: int) -> Iterator[Found]:
    at = first
    for end in range(first + 1, last + 1):
        if end == last or owners[end] != owners[at]:
            yield Found(spoken, owners[at], words, ((at, end),))
            at = end


def is_nobodys(parts: Sequence[Found]) -> bool:
    """Whether all of it is printed, and nobody says it."""
    return all(part.owner == NOBODY for part in parts)


def longest_run(folded: Sequence[str], words: Words) -> int:
    """How many of the first of some compared words stand together in a speech; 0 if even the first is missing."""
    best, at = 0, -1
    while True:
        try:
            at = words.folded.index(folded[0], at + 1)
        except ValueError:
            return best
        length, most = 0, min(len(folded), len(words) - at)
        while length < most and folded[length] == words.folded[at + length]:
            length += 1
        best = max(best, length)

"""The passage that is nearest to a quotation which nobody says word for word.

Nearness is the edit distance between words (Levenshtein, 1966) to any stretch of one speech (Sellers, 1980): how many
words of the quotation are changed, left out or added.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import LCSseq, Levenshtein

from rag.locating import Found, Stretch
from rag.quotation import Pieces
from rag.spoken import Spoken, Words, fragment, stands
from rag.words import is_content

MOST_CHANGED = 0.4
"""The largest share of a quotation's words by which an altered one differs; beyond it, it is not found."""
FEWEST_TELLING = 2
"""Different words that carry meaning in a quotation that can be altered; with fewer, likeness is chance."""
LONGEST = 2_000
"""Words of the longest quotation that is compared with what is nearly the same."""


Distances = npt.NDArray[np.int32]
_MOST_TRIED = 2_000
_ENDS_SENTENCE = re.compile(r"[.?!…。？！]")


@dataclass(frozen=True)
class Near:
    """A passage, and by how many words the quotation differs from it."""

    found: Found
    distance: int
    of: int

    @property
    def similarity(self) -> float:
        """The share of the quotation's words, 0 to 1, that are as said."""
        return 1 - self.distance / self.of


def nearest(pieces: Pieces, interviews: Iterable[Spoken], only: Sequence[str] = ()) -> Near | None:
    """The nearest passage in one speech, ``only`` of some speakers if any are given; of equal ones the first."""
    length, best = len(pieces), None
    if len({word for run in pieces.runs for word in run.folded if is_content(word)}) < FEWEST_TELLING:
        return None
    most = int(length * MOST_CHANGED)
    sieve = _Sieve(pieces, most)
    for spoken in interviews:
        for number in sieve.speeches(spoken, only):
            near = _align(pieces, spoken, number, most)
            if near:
                best, most = near, near.distance - 1
                if most < 0:
                    return best
    return best


class _Sieve:
    """Tells, without looking at words one by one, which texts may have enough of the words of a quotation."""

    def __init__(self, pieces: Pieces, most: int) -> None:
        folded = [word for run in pieces.runs for word in run.folded]
        self.fragments = [fragment(word) for word in folded]
        self.content = [fragment(word) for word in folded if is_content(word)]
        self.fewest = len(folded) - most
        size = len(folded) // (most + 1)
        self.parts = (
            [folded[at : at + size] for at in range(0, size * (most + 1), size)] if len(pieces.runs) == 1 else []
        )

    def speeches(self, spoken: Spoken, only: Sequence[str]) -> Iterator[int]:
        """The numbers of the speeches from which the quotation may differ by few enough words."""
        if not spoken.reshaped and not self._passes(spoken.lowered):
            return
        text = spoken.source.text
        for number, speech in enumerate(spoken.speeches):
            if only and speech.speaker not in only:
                continue
            lowered = speech.span.of(text).lower()
            if spoken.reshaped or (self._passes(lowered) and (spoken.is_broken(speech) or self._has_part(lowered))):
                yield number

    def _passes(self, lowered: str) -> bool:
        return (
            2 * sum(each in lowered for each in self.content) >= len(self.content)
            and sum(each in lowered for each in self.fragments) >= self.fewest
        )

    def _has_part(self, lowered: str) -> bool:
        """Whether one part is there as it is: of one part more than words may differ, one must be."""
        return not self.parts or any(stands(part, lowered) for part in self.parts)


def _align(pieces: Pieces, spoken: Spoken, number: int, most: int) -> Near | None:
    """The stretches of one speech that are nearest to the pieces, in their order; none if they differ by too much."""
    words = spoken.said_in(number)
    distances = [_distances(run.folded, words.folded) for run in pieces.runs]
    distance = sum(int(ends.min()) for ends in distances)
    if distance > most or any(ends.min() >= len(run) for ends, run in zip(distances, pieces.runs, strict=True)):
        return None

    def breaks(first: int, last: int) -> int:
        return len(_ENDS_SENTENCE.findall(words.text, words.places[first][0], words.places[last - 1][0]))

    stretches = [
        _nearest_of(run.folded, words.folded, ends, breaks) for run, ends in zip(pieces.runs, distances, strict=True)
    ]
    if any(before[1] > after[0] for before, after in pairwise(stretches)):
        return None
    if not _is_likeness(pieces, words, stretches, distance):
        return None
    return Near(Found(spoken, number, words, tuple(stretches)), distance, len(pieces))


def _is_likeness(pieces: Pieces, words: Words, stretches: Sequence[Stretch], distance: int) -> bool:
    """Whether the words that carry meaning are alike: most of several are there, or half if one word differs."""
    there = {word for first, last in stretches for word in words.folded[first:last]}
    content = {word for run in pieces.runs for word in run.folded if is_content(word)}
    shared = len(content & there)
    return 2 * shared > len(content) or (2 * shared == len(content) and distance <= 1)


def nearest_stretch(
    quoted: Sequence[str], said: Sequence[str], breaks: Callable[[int, int], int] = lambda first, last: 0
) -> tuple[int, Stretch] | None:
    """The edit distance to the nearest stretch of some words, and that stretch; none if all words differ.

    Of equally near ones it is the one with the fewest ``breaks`` in it, then with the most words in common, then the
    nearest in length, then the first.
    """
    ends = _distances(quoted, said)
    if ends.min() >= len(quoted):
        return None
    return int(ends.min()), _nearest_of(quoted, said, ends, breaks)


def _nearest_of(
    quoted: Sequence[str], said: Sequence[str], ends: Distances, breaks: Callable[[int, int], int]
) -> Stretch:
    least, length = int(ends.min()), len(quoted)
    nearest_ends = np.flatnonzero(ends == least)[: max(2, _MOST_TRIED // (2 * least + 1))].tolist()
    stretches = [
        (start, end)
        for end in nearest_ends
        for start in range(max(0, end - length - least), min(end, end - length + least + 1))
        if Levenshtein.distance(quoted, said[start:end], score_cutoff=least) == least
    ]

    def rank(stretch: Stretch) -> tuple[int, int, int, Stretch]:
        start, end = stretch
        common = LCSseq.similarity(quoted, said[start:end])
        return breaks(start, end), -common, abs(end - start - length), stretch

    return min(stretches, key=rank)


def _distances(quoted: Sequence[str], said: Sequence[str]) -> Distances:
    """For each number of words said, the distance to the nearest stretch that ends there."""
    numbers = {word: number for number, word in enumerate(dict.fromkeys(quoted))}
    heard = np.array([numbers.get(word, -1) for word in said], np.int32)
    steps = np.arange(len(said) + 1, dtype=np.int32)
    row = np.zeros(len(said) + 1, np.int32)
    for number, word in enumerate(quoted, start=1):
        below = np.empty_like(row)
        below[0] = number
        np.minimum(row[:-1] + (heard != numbers[word]), row[1:] + 1, out=below[1:])
        row = np.minimum.accumulate(below - steps) + steps
    return row

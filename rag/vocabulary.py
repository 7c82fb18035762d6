"""The words of a collection, each with its stem and a vector of what it means where it is said.

So "homeland" finds "country" though they share no letter. A word's vector is taken from one of the sentences that say
it: from the one whose text has the lowest number (``number_of``). Which one that is depends on what is said, and
neither on the order in which interviews came nor on their names; and only for it a sentence has to be read again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from rag.embedder import Embedder, Reading, Vectors, normalise
from rag.meanings import word_vectors
from rag.vectors import Rows
from rag.windows import pool
from rag.words import stem

SentenceNumbers = npt.NDArray[np.uint64]
_AT_ONCE = 2048


@dataclass(frozen=True)
class Vocabulary:
    """Folded content words, each once, with their vectors (words × dimensions).

    ``heard_in`` has the number of the sentence that each vector is taken from.
    """

    words: tuple[str, ...]
    vectors: Rows
    heard_in: SentenceNumbers

    def __post_init__(self) -> None:
        if not len(self.words) == len(self.vectors) == len(self.heard_in):
            raise ValueError(f"{len(self.words)} words have {len(self.vectors)} vectors")

    @classmethod
    def empty(cls, dimensions: int) -> "Vocabulary":
        """No words."""
        return cls((), Rows.empty(dimensions), np.empty(0, np.uint64))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each word."""
        return {word: number for number, word in enumerate(self.words)}

    @cached_property
    def stems(self) -> tuple[str, ...]:
        """All stems, each once, in the order of their first words."""
        return tuple(dict.fromkeys(map(stem, self.words)))

    @cached_property
    def stem_numbers(self) -> Mapping[str, int]:
        """The number of each stem."""
        return {each: number for number, each in enumerate(self.stems)}

    @cached_property
    def stem_of(self) -> npt.NDArray[np.int32]:
        """The number of each word's stem."""
        return np.array([self.stem_numbers[stem(word)] for word in self.words], np.int32)

    def row_of(self, word: str, sentence: int) -> int:
        """The row of a word whose vector is taken from this sentence; -1 if there is none."""
        row = self.numbers.get(word, -1)
        return row if row >= 0 and int(self.heard_in[row]) == sentence else -1


def number_of(sentence: str) -> int:
    """A number below 2 to the power of 64 that depends on nothing but the text."""
    return int.from_bytes(blake2b(sentence.encode(), digest_size=8).digest(), "big")


def meanings_in(text: str, reading: Reading, wanted: Iterable[str]) -> dict[str, Vectors]:
    """The vector, of length 1, of each wanted word that the model found in a text; the mean, if it is there twice."""
    found: dict[str, list[Vectors]] = {word: [] for word in wanted}
    for word, vector in word_vectors(text, reading):
        if word in found:
            found[word].append(vector)
    return {word: normalise(np.mean(some, axis=0, keepdims=True))[0] for word, some in found.items() if some}


def meanings(words: Sequence[str], embedder: Embedder) -> Vectors:
    """The vectors of words, each read alone, words × dimensions; one word at least."""
    parts = []
    for start in range(0, len(words), _AT_ONCE):
        some = words[start : start + _AT_ONCE]
        parts += [pool(read, [(0, len(word))]) for word, read in zip(some, embedder.read(some), strict=True)]
    return np.concatenate(parts)

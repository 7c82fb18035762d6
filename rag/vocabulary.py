"""The words of a collection, each with its stem and a vector of what it means.

So "homeland" finds "country" though they share no letter. A word's vector is that of the word alone: it is the same
in every collection, and costs next to nothing, since each word is read once however often it is said.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rag.embedder import Embedder
from rag.vectors import Numbers, Rows
from rag.windows import pool
from rag.words import stem

_AT_ONCE = 2048


@dataclass(frozen=True)
class Vocabulary:
    """Folded content words, each once, with their vectors (words × dimensions)."""

    words: tuple[str, ...]
    vectors: Rows

    def __post_init__(self) -> None:
        if len(self.words) != len(self.vectors):
            raise ValueError(f"{len(self.words)} words have {len(self.vectors)} vectors")

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

    def grown(self, words: Iterable[str], embedder: Embedder) -> "Vocabulary":
        """This vocabulary with further words, of which only those that are new are read."""
        new = [word for word in dict.fromkeys(words) if word not in self.numbers]
        if not new:
            return self
        return Vocabulary((*self.words, *new), Rows.joined([self.vectors, meanings(new, embedder)]))

    def kept(self, numbers: Numbers) -> "Vocabulary":
        """Only the words of these numbers, in their order."""
        return Vocabulary(tuple(self.words[number] for number in numbers.tolist()), self.vectors.take(numbers))


def meanings(words: Sequence[str], embedder: Embedder) -> Rows:
    """The vectors of words, each read alone; one word at least."""
    parts = []
    for start in range(0, len(words), _AT_ONCE):
        some = words[start : start + _AT_ONCE]
        pooled = [pool(read, [(0, len(word))]) for word, read in zip(some, embedder.read(some), strict=True)]
        parts.append(Rows.of(np.concatenate(pooled)))
    return Rows.joined(parts)

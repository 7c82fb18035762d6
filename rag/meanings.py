"""What each word of a text means where it stands: the mean of its pieces' vectors in one reading of the text."""

import re

import numpy as np

from rag.embedder import Reading, Vectors, normalise
from rag.words import is_content, stem, words

_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")


def term_vectors(text: str, reading: Reading) -> list[tuple[str, Vectors]]:
    """The terms of a text in order, each with the vector, of length 1, of the word that stands there."""
    return [(stem(word), vector) for word, vector in word_vectors(text, reading)]


def word_vectors(text: str, reading: Reading) -> list[tuple[str, Vectors]]:
    """The content words of a text in order, folded, each with its vector, of length 1, where it stands."""
    found: list[tuple[str, Vectors]] = []
    starts = np.array([start for start, _ in reading.spans], np.int64)
    ends = np.array([end for _, end in reading.spans], np.int64)
    for match in _WORD.finditer(text):
        word = next(iter(words(match.group())), "")
        own = (starts < match.end()) & (ends > match.start())
        if own.any() and is_content(word):
            found.append((word, normalise(reading.pieces[own].mean(axis=0, keepdims=True))[0]))
    return found

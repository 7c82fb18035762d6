"""What words mean in these interviews: a vector for each term, from the places where it is said.

The embedder reads a sentence piece by piece; the vector of a word is the mean of its pieces' vectors there,
and the vector of a term the mean over all its places. So "homeland" finds "country" though they share no letter.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rag.embedder import Reading, Vectors, normalise
from rag.words import is_content, stem, words

Halves = npt.NDArray[np.float16]
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)*")


@dataclass(frozen=True)
class Lexicon:
    """The terms of one interview, how often each is said, and its vector there (terms × dimensions, half precision)."""

    terms: tuple[str, ...]
    counts: npt.NDArray[np.int32]
    vectors: Halves

    def __post_init__(self) -> None:
        if not len(self.terms) == len(self.counts) == len(self.vectors):
            raise ValueError("each term needs one count and one vector")


def compile_lexicon(texts: Sequence[str], readings: Iterable[Reading], dimensions: int) -> Lexicon:
    """The lexicon of an interview from its sentences and what the embedder made of them."""
    sums: dict[str, npt.NDArray[np.float64]] = {}
    counts: dict[str, int] = {}
    for text, reading in zip(texts, readings, strict=True):
        for term, vector in term_vectors(text, reading):
            sums[term] = sums.get(term, 0.0) + vector.astype(np.float64)
            counts[term] = counts.get(term, 0) + 1
    terms = tuple(sorted(sums))
    means = np.array([sums[term] / counts[term] for term in terms], np.float16).reshape(-1, dimensions)
    return Lexicon(terms, np.array([counts[term] for term in terms], np.int32), means)


def amend(
    lexicon: Lexicon, gone: Sequence[str], added: Sequence[str], readings: Sequence[Reading], dimensions: int
) -> Lexicon:
    """The lexicon without the sentences ``gone`` and with those ``added``, of which alone there are ``readings``.

    A term that is still said keeps the vector it had: what it means here was learned from the sentences gone, too.
    """
    old = dict(zip(lexicon.terms, lexicon.counts.tolist(), strict=True))
    new = compile_lexicon(added, readings, dimensions)
    for text in gone:
        for term in _terms(text):
            old[term] = old.get(term, 0) - 1
    rows = [row for row, term in enumerate(lexicon.terms) if old[term] > 0]
    counts = np.array([old[lexicon.terms[row]] for row in rows], np.int32)
    kept = Lexicon(tuple(lexicon.terms[row] for row in rows), counts, lexicon.vectors[rows])
    return _together(kept, new, dimensions)


def _together(one: Lexicon, other: Lexicon, dimensions: int) -> Lexicon:
    """Two lexicons as one: counts are added, and vectors averaged by them."""
    terms = tuple(sorted({*one.terms, *other.terms}))
    row_of = {term: row for row, term in enumerate(terms)}
    counts, sums = np.zeros(len(terms), np.int32), np.zeros((len(terms), dimensions))
    for lexicon in (one, other):
        rows = [row_of[term] for term in lexicon.terms]
        counts[rows] += lexicon.counts
        sums[rows] += lexicon.vectors.astype(np.float64) * lexicon.counts[:, np.newaxis]
    return Lexicon(terms, counts, (sums / counts[:, np.newaxis]).astype(np.float16))


def merge(lexicons: Sequence[Lexicon]) -> tuple[Mapping[str, int], Vectors]:
    """The terms of all interviews with their rows, and one vector for each, terms × dimensions, of length 1."""
    rows: dict[str, int] = {}
    for lexicon in lexicons:
        for term in lexicon.terms:
            rows.setdefault(term, len(rows))
    width = lexicons[0].vectors.shape[1] if lexicons else 0
    total = np.zeros((len(rows), width), np.float64)
    for lexicon in lexicons:
        at = [rows[term] for term in lexicon.terms]
        total[at] += lexicon.vectors.astype(np.float64) * lexicon.counts[:, np.newaxis]
    return rows, normalise(total)


def term_vectors(text: str, reading: Reading) -> list[tuple[str, Vectors]]:
    """The terms of a text in order, each with the vector, of length 1, of the word that stands there."""
    found: list[tuple[str, Vectors]] = []
    for match in _WORD.finditer(text):
        word = next(iter(words(match.group())), "")
        pieces = [at for at, (start, end) in enumerate(reading.spans) if start < match.end() and end > match.start()]
        if pieces and is_content(word):
            found.append((stem(word), normalise(reading.pieces[pieces].mean(axis=0, keepdims=True))[0]))
    return found


def _terms(text: str) -> list[str]:
    """The terms of a text in order, as ``term_vectors`` finds them."""
    found = (next(iter(words(match.group())), "") for match in _WORD.finditer(text))
    return [stem(word) for word in found if is_content(word)]

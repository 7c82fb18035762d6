"""What speaks for each passage, for one question: closeness in meaning, shared words, and where else they occur."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from rag import ranking
from rag.embedder import Reading, Vectors
from rag.index import Index, Postings
from rag.lexical import LexicalIndex
from rag.lexicon import term_vectors
from rag.ranking import Floats, Mask
from rag.records import Understood
from rag.spelling import english
from rag.words import is_content, stem, words

_COVERAGE_SHARE = 0.3
"""What sharing all words of the question adds to a sentence's cosine when the one to mark is chosen."""


class Signals:
    """One question's scores over all passages of an index; every array has one value a passage."""

    def __init__(self, index: Index, understood: Understood, reading: Reading) -> None:
        self._index, self._vector = index, reading.vector[np.newaxis]
        content = list(dict.fromkeys(word for word in words(understood.topic) if is_content(word)))
        by_stem = {stem(word): word for word in content or words(understood.topic)[:5]}
        self.terms = tuple(by_stem)
        self._rarity = np.array([index.lexical.rarity(term) for term in self.terms])
        self._kinship = _kinship(index, self.terms, dict(reversed(term_vectors(understood.topic, reading))))
        self._informative = np.array([_informative(word) for word in by_stem.values()])
        self._present = _presence(index.lexical, self.terms, len(index.entries))
        self._present_or_asked = self._present | self._asked(_presence(index.question_lexical, self.terms, -1))

    @cached_property
    def passage_meaning(self) -> Floats:
        """Cosine with the passage."""
        return _cosines(self._index.passages, self._vector)

    @cached_property
    def sentence_meaning(self) -> Floats:
        """Cosine with the passage's closest sentence."""
        return ranking.best_by_owner(self._sentences, self._index.sentence_owner, len(self._index.entries))[0]

    @cached_property
    def best_sentence(self) -> ranking.Integers:
        """The row of the sentence to mark: close in meaning, and rich in words of the question."""
        liking = self._sentences + _COVERAGE_SHARE * self._sentence_coverage
        return ranking.best_by_owner(liking, self._index.sentence_owner, len(self._index.entries))[1]

    @cached_property
    def bm25(self) -> Floats:
        """BM25 of the passage, as a share of what a passage full of the question's words would reach."""
        return self._share(self._index.lexical)

    @cached_property
    def sentence_bm25(self) -> Floats:
        """The same for the passage's best sentence."""
        scores = self._share(self._index.sentence_lexical)
        return ranking.best_by_owner(scores, self._index.sentence_owner, len(self._index.entries))[0]

    @cached_property
    def asked_bm25(self) -> Floats:
        """The same for the question that the passage answers; 0 where nothing was asked."""
        return self._asked(self._share(self._index.question_lexical))

    @cached_property
    def coverage(self) -> Floats:
        """The share of the question's words, weighted by rarity here, that the passage holds."""
        return ranking.coverage(self._rarity, self._present)

    @cached_property
    def sentence_coverage(self) -> Floats:
        """The same for its best sentence."""
        return ranking.best_by_owner(self._sentence_coverage, self._index.sentence_owner, len(self._index.entries))[0]

    @cached_property
    def asked_coverage(self) -> Floats:
        """The same for the passage and the question it answers together."""
        return ranking.coverage(self._rarity, self._present_or_asked)

    @cached_property
    def word_meaning(self) -> Floats:
        """How near the passage's words come to each of the question's (1: the same), weighted by rarity here."""
        return ranking.coverage(self._rarity, self._nearness)

    @cached_property
    def sentence_word_meaning(self) -> Floats:
        """The same for its best sentence."""
        nearness = _nearest(self._kinship, self._index.sentence_postings, len(self._index.sentence_owner))
        scores = ranking.coverage(self._rarity, nearness)
        return ranking.best_by_owner(scores, self._index.sentence_owner, len(self._index.entries))[0]

    @cached_property
    def mean_nearness(self) -> Floats:
        """The same for the passage, each word of the question counting alike."""
        return np.asarray(self._nearness.mean(axis=0)) if self.terms else np.zeros(len(self._index.entries))

    @cached_property
    def least_nearness(self) -> Floats:
        """How near the passage's words come to the question's word that is farthest from them."""
        return np.asarray(self._nearness.min(axis=0)) if self.terms else np.zeros(len(self._index.entries))

    @cached_property
    def missing_nearness(self) -> Floats:
        """How near they come to the words that the passage lacks, in the mean; 1 where it has them all."""
        lacking = (~self._present).sum(axis=0)
        near = np.where(self._present, 0.0, self._nearness).sum(axis=0)
        return np.where(lacking == 0, 1.0, near / np.maximum(lacking, 1))

    @cached_property
    def greatest_lack(self) -> Floats:
        """The rarity here of the word that is lacking most, by how far the passage's words are from it."""
        lack = self._rarity[:, np.newaxis] * (1 - self._nearness)
        return np.asarray(lack.max(axis=0)) if self.terms else np.zeros(len(self._index.entries))

    @cached_property
    def _nearness(self) -> Floats:
        """The nearest of each passage's words to each term, terms × passages: a cosine, or 1 for the term itself."""
        return _nearest(self._kinship, self._index.postings, len(self._index.entries))

    @cached_property
    def unseen(self) -> float:
        """The share of the question's words, weighted by rarity in English, that nobody says."""
        nowhere = np.asarray(~self._present.any(axis=1))[:, np.newaxis]
        return float(ranking.coverage(self._informative, nowhere)[0])

    @cached_property
    def _sentences(self) -> Floats:
        return _cosines(self._index.sentences, self._vector)

    @cached_property
    def _sentence_coverage(self) -> Floats:
        size = len(self._index.sentence_owner)
        return ranking.coverage(self._rarity, _presence(self._index.sentence_lexical, self.terms, size))

    def _share(self, lexical: LexicalIndex) -> Floats:
        attainable = sum(lexical.rarity(term) for term in self.terms)
        return lexical.scores(self.terms).astype(np.float64) / (attainable or 1.0)

    def _asked(self, of_questions: npt.NDArray[Any]) -> npt.NDArray[Any]:
        """Values of the questions asked, spread over the passages that answer them."""
        nothing = np.zeros((*of_questions.shape[:-1], 1), of_questions.dtype)
        return np.concatenate([of_questions, nothing], axis=-1)[..., self._index.question_of]


def _cosines(store: faiss.IndexFlatIP, vector: Vectors) -> Floats:
    """The cosine of every row of a store with one vector (1 × dimensions)."""
    result = np.zeros(store.ntotal)
    if store.ntotal:
        scores, rows = store.search(vector, store.ntotal)
        result[rows[0]] = scores[0]
    return result


def _kinship(index: Index, terms: tuple[str, ...], vectors: Mapping[str, Vectors]) -> Floats:
    """The cosine of each of the terms with every term of the collection, 1 with itself, terms × terms."""
    rows, known = index.lexicon
    kinship = np.zeros((len(terms), len(rows)))
    for at, term in enumerate(terms):
        if term in vectors:
            kinship[at] = known @ vectors[term]
        if term in rows:
            kinship[at, rows[term]] = 1.0
    return kinship


def _nearest(kinship: Floats, postings: Postings, size: int) -> Floats:
    """The greatest kinship that any term of a text has with each term of the question, terms × ``size`` texts."""
    nearest = np.zeros((len(kinship), size))
    for at, row in enumerate(kinship):
        np.maximum.at(nearest[at], postings.texts, row[postings.terms])
    return nearest


def _presence(lexical: LexicalIndex, terms: tuple[str, ...], size: int) -> Mask:
    """Whether each of ``size`` texts holds each term, terms × texts."""
    present = np.zeros((len(terms), lexical.size if size < 0 else size), dtype=bool)
    for row, term in enumerate(terms):
        present[row, lexical.rows(term)] = True
    return present


def _informative(word: str) -> float:
    """How much a word tells in general: about 0 for the most frequent English words, 3 for rare ones."""
    return float(np.log1p(english().get(word, len(english())) / 1500))

"""What speaks for each passage, for one question: closeness in meaning, shared words, and where else they occur."""

import re
from functools import cached_property
from typing import Any

import faiss
import numpy as np
import numpy.typing as npt

from rag import ranking
from rag.embedder import Vectors
from rag.index import Index
from rag.lexical import LexicalIndex
from rag.ranking import Floats, Mask
from rag.records import Understood
from rag.spelling import english
from rag.words import fold, is_content, stem, words

_COVERAGE_SHARE = 0.3
"""What sharing all words of the question adds to a sentence's cosine when the one to mark is chosen."""
_NAME = re.compile(r"(?<=[^\s.?!] )[A-Z][\w’'-]+")


class Signals:
    """One question's scores over all passages of an index; every array has one value a passage."""

    def __init__(self, index: Index, understood: Understood, vector: Vectors) -> None:
        self._index, self._understood, self._vector = index, understood, vector
        content = list(dict.fromkeys(word for word in words(understood.topic) if is_content(word)))
        by_stem = {stem(word): word for word in content or words(understood.topic)[:5]}
        self.terms = tuple(by_stem)
        self._rarity = np.array([index.lexical.rarity(term) for term in self.terms])
        self._commonness = np.array([_informative(word) for word in by_stem.values()])
        self._present = _presence(index.lexical, self.terms, len(index.entries))
        self._present_or_asked = self._present | self._asked(_presence(index.question_lexical, self.terms, -1))

    @cached_property
    def passage_meaning(self) -> Floats:
        """Cosine with the passage."""
        return _cosines(self._index.passages, self._vector)

    @cached_property
    def asked_meaning(self) -> Floats:
        """Cosine with the question that the passage answers; 0 where nothing was asked."""
        return self._asked(_cosines(self._index.questions, self._vector))

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
        """BM25 of the passage's words."""
        return self._index.lexical.scores(self.terms).astype(np.float64)

    @cached_property
    def sentence_bm25(self) -> Floats:
        """BM25 of the passage's best sentence."""
        scores = self._index.sentence_lexical.scores(self.terms).astype(np.float64)
        return ranking.best_by_owner(scores, self._index.sentence_owner, len(self._index.entries))[0]

    @cached_property
    def asked_bm25(self) -> Floats:
        """BM25 of the question that the passage answers."""
        return self._asked(self._index.question_lexical.scores(self.terms).astype(np.float64))

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
    def common_coverage(self) -> Floats:
        """The share of the question's words, weighted by rarity in English, that the passage holds."""
        return ranking.coverage(self._commonness, self._present)

    @cached_property
    def person_coverage(self) -> Floats:
        """The same for all that the passage's speaker says."""
        speakers = self._index.speaker_of
        said = np.array([np.bincount(speakers, weights=row)[speakers] > 0 for row in self._present], dtype=bool)
        return ranking.coverage(self._commonness, said.reshape(self._present.shape))

    @cached_property
    def elsewhere(self) -> Floats:
        """The share of the question's words, by rarity here, that others say but this passage does not."""
        known = self._present.any(axis=1, keepdims=True)
        return ranking.coverage(self._rarity, known & ~self._present)

    @cached_property
    def missing(self) -> Floats:
        """How many of the question's words the passage lacks."""
        return (~self._present).sum(axis=0).astype(np.float64)

    @cached_property
    def missing_names(self) -> Floats:
        """1 where a name in the question is neither in the passage nor in what was asked."""
        names = {stem(fold(name)) for name in _NAME.findall(self._understood.topic)}
        rows = [row for term, row in zip(self.terms, self._present_or_asked, strict=True) if term in names]
        return 1.0 - np.all(rows, axis=0) if rows else np.zeros(len(self._index.entries))

    @cached_property
    def unseen(self) -> float:
        """The share of the question's words, by rarity here, that nobody says."""
        return float(ranking.coverage(self._rarity, ~self._present.any(axis=1, keepdims=True))[0])

    @cached_property
    def unseen_common(self) -> float:
        """The same, by rarity in English."""
        return float(ranking.coverage(self._commonness, ~self._present.any(axis=1, keepdims=True))[0])

    @cached_property
    def _sentences(self) -> Floats:
        return _cosines(self._index.sentences, self._vector)

    @cached_property
    def _sentence_coverage(self) -> Floats:
        size = len(self._index.sentence_owner)
        return ranking.coverage(self._rarity, _presence(self._index.sentence_lexical, self.terms, size))

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


def _presence(lexical: LexicalIndex, terms: tuple[str, ...], size: int) -> Mask:
    """Whether each of ``size`` texts holds each term, terms × texts."""
    present = np.zeros((len(terms), lexical.size if size < 0 else size), dtype=bool)
    for row, term in enumerate(terms):
        present[row, lexical.rows(term)] = True
    return present


def _informative(word: str) -> float:
    """How much a word tells in general: about 0 for the most frequent English words, 3 for rare ones."""
    return float(np.log1p(english().get(word, len(english())) / 1500))

"""What speaks for each candidate, for one question: closeness in meaning, shared words, and what stands around it."""

from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np

from rag import ranking
from rag.candidates import ranges
from rag.embedder import Reading, Vectors
from rag.index import Index
from rag.meanings import term_vectors
from rag.ranking import Floats, Integers, Mask
from rag.spelling import english
from rag.vectors import Numbers
from rag.words import is_content, stem, words

_WORDS_SHARE = 0.5
"""What having all words of the question adds to a sentence's cosine when the one to mark is chosen."""
_SATURATION, _LENGTH = 1.5, 0.75
"""BM25's k1 and b, with their customary values."""
_LEAST_INFORMATIVE = 0.05
"""How much the most frequent English words tell at the least."""
AROUND = (100, 350, 850)
"""Words before and after a passage whose signals are averaged: the exchange it stands in, the topic, the chapter."""


def asked_terms(topic: str) -> dict[str, str]:
    """The stems that a topic is looked for by, each with its word: of the content words, or of any if it has none."""
    content = list(dict.fromkeys(word for word in words(topic) if is_content(word)))
    return {stem(word): word for word in content or words(topic)[:5]}


class Signals:
    """One question's scores over some candidates; every array has one value for each of ``rows``, which ascend.

    The question's words count by how rare they are here; where it is said that they are weighted, also by how much they
    tell in English, since where little is said "comes" is as rare as "Regensburg".
    """

    def __init__(self, index: Index, topic: str, reading: Reading, rows: Numbers, speakers: Sequence[str] = ()) -> None:
        self._index, self._vector, self.rows, self._speakers = index, reading.vector, rows, frozenset(speakers)
        by_stem = asked_terms(topic)
        self.terms = tuple(by_stem)
        self._informative = np.array([_informative(word) for word in by_stem.values()])
        self._rarity = np.array([index.rarity(term) for term in self.terms])
        self._weight = self._rarity * np.sqrt(np.maximum(self._informative, _LEAST_INFORMATIVE))
        self._meanings = dict(reversed(term_vectors(topic, reading)))
        first = index.first_sentence
        self._sentences = ranges(first[rows], first[rows + 1])
        self._lengths = first[rows + 1] - first[rows]
        self._starts = np.cumsum(self._lengths) - self._lengths
        self._of_sentence = np.repeat(np.arange(len(rows)), self._lengths)
        starts = index.said.starts
        spots = ranges(starts[self._sentences], starts[self._sentences + 1])
        self._words = index.said.words[spots]
        self._of_word = np.repeat(np.arange(len(self._sentences)), np.diff(starts)[self._sentences])

    @property
    def sizes(self) -> Floats:
        """How many words each passage has."""
        return np.asarray(self._index.sizes[self.rows], np.float64)

    @property
    def usual_size(self) -> float:
        """How many words the passage has in which a word of this collection's answers stands on average."""
        return self._index.usual_size

    @cached_property
    def passage_meaning(self) -> Floats:
        """Cosine with the passage."""
        return _cosines(self._index.passages.take(self.rows).cosines(self._vector[np.newaxis]))

    @cached_property
    def sentence_meaning(self) -> Floats:
        """Cosine with the passage's closest sentence."""
        return self._best_sentence(self._sentence_meanings)

    @cached_property
    def window_meaning(self) -> Floats:
        """Cosine with the window that the passage was read in."""
        return self._index.window_meanings(self._vector, self._windows).astype(np.float64)[self._of_window]

    @cached_property
    def best_sentence(self) -> Integers:
        """The row of the sentence to mark: close in meaning, and rich in words near those of the question."""
        liking = self._sentence_meanings + _WORDS_SHARE * ranking.coverage(self._weight, self._sentence_nearness)
        best = ranking.best_by_owner(liking, self._of_sentence, len(self.rows))[1]
        return np.asarray(self._sentences[best])

    @cached_property
    def bm25(self) -> Floats:
        """BM25 of the passage, weighted, as a share of what a passage full of the question's words would reach."""
        lengths = self._index.lengths
        usual = float(lengths.mean()) or 1.0
        norm = _SATURATION * (1 - _LENGTH + _LENGTH * lengths[self.rows] / usual)
        return ranking.coverage(self._weight, self._in_row / (self._in_row + norm))

    @cached_property
    def window_bm25(self) -> Floats:
        """BM25 of the window that the passage stands in, as such a share."""
        attainable = float(self._rarity.sum()) or 1.0
        scores = self._index.lexical.scores(self.terms)[self._windows] / attainable
        return np.asarray(scores, np.float64)[self._of_window]

    @cached_property
    def coverage(self) -> Floats:
        """The share of the question's words, by rarity here, that the passage holds."""
        return ranking.coverage(self._rarity, self.present)

    @cached_property
    def sentence_coverage(self) -> Floats:
        """The same for its best sentence."""
        return self._best_sentence(ranking.coverage(self._rarity, self._counts > 0))

    @cached_property
    def asked_coverage(self) -> Floats:
        """The same for the passage and the question it answers together."""
        return ranking.coverage(self._rarity, self.present | (self._asked(self.present.astype(np.float64)) > 0))

    @cached_property
    def asked_bm25(self) -> Floats:
        """BM25 of the question that the passage answers, as a share; 0 where nothing was asked."""
        return np.asarray(self._asked(self.bm25[np.newaxis])[0])

    @cached_property
    def asked_meaning(self) -> Floats:
        """Cosine with that question."""
        return np.asarray(self._asked(self.sentence_meaning[np.newaxis])[0])

    @cached_property
    def named(self) -> Floats:
        """1 where one of those speaks whom the question is about, else 0."""
        numbers = [at for at, name in enumerate(self._index.names) if name in self._speakers]
        return np.isin(self._index.speaker_of[self.rows], numbers).astype(np.float64)

    @cached_property
    def word_meaning(self) -> Floats:
        """How near the passage's words come to each of the question's (1: the same), weighted."""
        return ranking.coverage(self._weight, self._nearness)

    @cached_property
    def sentence_word_meaning(self) -> Floats:
        """The same for its best sentence."""
        return self._best_sentence(ranking.coverage(self._weight, self._sentence_nearness))

    @cached_property
    def window_word_meaning(self) -> Floats:
        """The same for the window that it stands in."""
        nearness = np.zeros((len(self.terms), len(self._windows)), np.float32)
        for at, values in enumerate(self._nearness):
            np.maximum.at(nearness[at], self._of_window, values)
        return ranking.coverage(self._weight, nearness)[self._of_window]

    @cached_property
    def mean_nearness(self) -> Floats:
        """How near the passage's words come to those of the question, each counting alike."""
        return self._nearness.mean(axis=0, dtype=np.float64) if self.terms else np.zeros(len(self.rows))

    @cached_property
    def least_nearness(self) -> Floats:
        """How near the passage's words come to the question's word that is farthest from them."""
        return self._nearness.min(axis=0).astype(np.float64) if self.terms else np.zeros(len(self.rows))

    @cached_property
    def missing_nearness(self) -> Floats:
        """How near they come to the words that the passage lacks, in the mean; 1 where it has them all."""
        lacking = (~self.present).sum(axis=0)
        near = np.where(self.present, 0.0, self._nearness).sum(axis=0, dtype=np.float64)
        return np.where(lacking == 0, 1.0, near / np.maximum(lacking, 1))

    @cached_property
    def greatest_lack(self) -> Floats:
        """The rarity here of the word that is lacking most, by how far the passage's words are from it."""
        lack = self._rarity[:, np.newaxis] * (1 - self._nearness)
        return np.asarray(lack.max(axis=0)) if self.terms else np.zeros(len(self.rows))

    @cached_property
    def unseen(self) -> float:
        """The share of the question's words, weighted by rarity in English, that nobody says."""
        nowhere = np.array([[term not in self._index.lexical] for term in self.terms], bool).reshape(-1, 1)
        return float(ranking.coverage(self._informative, nowhere)[0])

    @cached_property
    def present(self) -> Mask:
        """Whether each passage holds each term, terms × rows."""
        return np.asarray(self._in_row > 0)

    def around(self, values: Mapping[str, Floats]) -> dict[str, Floats]:
        """The means of signals over the words around each row, for each of the distances ``AROUND``."""
        places, sizes = self._index.places[self.rows], self._index.sizes[self.rows].astype(np.float64)
        stacked = np.stack(list(values.values()))
        return {
            f"{name}_within_{words}": smoothed
            for words in AROUND
            for name, smoothed in zip(values, ranking.around(stacked, places, sizes, words), strict=True)
        }

    @cached_property
    def _sentence_meanings(self) -> Floats:
        return _cosines(self._index.sentences.take(self._sentences).cosines(self._vector[np.newaxis]))

    @cached_property
    def _counts(self) -> Floats:
        """How often each sentence holds each term, terms × sentences."""
        counts = np.zeros((len(self.terms), len(self._sentences)))
        stems = self._index.vocabulary.stem_of[self._words]
        for at, term in enumerate(self.terms):
            number = self._index.vocabulary.stem_numbers.get(term)
            if number is not None:
                counts[at] = np.bincount(self._of_word[stems == number], minlength=len(self._sentences))
        return counts

    @cached_property
    def _in_row(self) -> Floats:
        """How often each row holds each term, terms × rows."""
        return np.asarray(np.add.reduceat(self._counts, self._starts, axis=1))

    @cached_property
    def _sentence_nearness(self) -> Vectors:
        """The nearest of each sentence's words to each term, terms × sentences: a cosine, or 1 for the term itself."""
        nearness = np.zeros((len(self._sentences), len(self.terms)), np.float32)
        heard = np.zeros(len(self._index.vocabulary.words), bool)
        heard[self._words] = True
        known = np.flatnonzero(heard)
        kinship = np.maximum(self._kinship(known), 0)
        counts = np.bincount(self._of_word, minlength=len(self._sentences))
        full = np.flatnonzero(counts)
        if len(full):
            starts = (np.cumsum(counts) - counts)[full]
            of_words = np.ascontiguousarray(kinship.T)[(np.cumsum(heard) - 1)[self._words]]
            nearness[full] = ranking.maxima(of_words, starts, counts[full])
        return nearness.T

    @cached_property
    def _nearness(self) -> Vectors:
        return ranking.maxima(self._sentence_nearness.T, self._starts, self._lengths).T

    def _kinship(self, known: Numbers) -> Vectors:
        """The cosine of each term with each of some words of the vocabulary, 1 with its own forms, terms × words."""
        vocabulary = self._index.vocabulary
        kinship = np.zeros((len(self.terms), len(known)), np.float32)
        meant = [at for at, term in enumerate(self.terms) if term in self._meanings]
        if meant:
            vectors = np.stack([self._meanings[self.terms[at]] for at in meant])
            kinship[meant] = vocabulary.vectors.take(known).cosines(vectors).T
        stems = vocabulary.stem_of[known]
        for at, term in enumerate(self.terms):
            kinship[at, stems == vocabulary.stem_numbers.get(term, -1)] = 1.0
        return kinship

    @cached_property
    def _windows(self) -> Numbers:
        return np.unique(self._index.window_of[self.rows]).astype(np.int64)

    @cached_property
    def _of_window(self) -> Numbers:
        return np.searchsorted(self._windows, self._index.window_of[self.rows])

    def _best_sentence(self, of_sentences: Floats) -> Floats:
        return np.asarray(np.maximum.reduceat(of_sentences, self._starts))

    def _asked(self, values: Floats) -> Floats:
        """The greatest value among the rows of the question that each row answers; 0 where nothing was asked."""
        first, end = self._index.asked
        starts, ends = np.searchsorted(self.rows, first[self.rows]), np.searchsorted(self.rows, end[self.rows])
        spread = np.zeros_like(values)
        answering = np.flatnonzero(ends > starts)
        if len(answering):
            spots = ranges(starts[answering], ends[answering])
            counts = (ends - starts)[answering]
            begin = np.cumsum(counts) - counts
            spread[:, answering] = np.maximum(np.maximum.reduceat(values[:, spots], begin, axis=1), 0)
        return spread


def _cosines(found: Vectors) -> Floats:
    return found[:, 0].astype(np.float64)


def _informative(word: str) -> float:
    """How much a word tells in general: about 0 for the most frequent English words, 3 for rare ones."""
    return float(np.log1p(english().get(word, len(english())) / 1500))

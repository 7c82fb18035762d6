"""From an understood question to passages in order, each with the probability that it says what was asked.

What the interviewee said is the evidence; the question that was asked only helps to find it.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from rag import ranking
from rag.calibration import Calibration
from rag.embedder import Reading
from rag.index import Index
from rag.ranking import Floats, Mask
from rag.records import Hit, Understood, Why
from rag.signals import Signals
from rag.words import is_content, stem, words

DEPTH = 200
"""Passages that are looked at more closely for one question."""

RANKED_BY = (
    "passage_meaning", "sentence_meaning", "bm25", "sentence_bm25", "asked_bm25",
    "word_meaning", "sentence_word_meaning",
)  # fmt: skip
"""The signals by which passages are put in order."""

_COMPLETE, _ONE_WORD = 0.999, 0.75


class Retriever:
    """Ranks the passages of one index; ``calibration`` holds the weights."""

    def __init__(self, index: Index, calibration: Calibration) -> None:
        self._index, self._calibration = index, calibration

    def rank(self, understood: Understood, reading: Reading, allowed: Mask) -> list[Hit]:
        """The best allowed passages, at most ``DEPTH``, best first; ``reading`` is the topic's."""
        signals = Signals(self._index, understood, reading)
        return [
            self._hit(row, signals, ranking.probability(features, self._calibration.said))
            for row, features in self.examine(understood, signals, allowed)
        ]

    def examine(
        self, understood: Understood, signals: Signals, allowed: Mask
    ) -> Iterable[tuple[int, Mapping[str, float]]]:
        """The rows of the best allowed passages, best first, each with the features that the decision weighs."""
        fused = ranking.fuse({name: getattr(signals, name) for name in RANKED_BY}, self._calibration.rank)
        fused = ranking.lend(fused, self._index.answer_of, self._calibration.neighbour_share)
        rows = ranking.order(fused, allowed)[:DEPTH]
        if not rows:
            return []
        shared = _shared_features(understood, signals)
        return [(row, {**shared, **_features(row, signals, fused)}) for row in rows]

    def _hit(self, row: int, signals: Signals, probability: float) -> Hit:
        entry = self._index.entries[row]
        sentence = entry.sentences[int(signals.best_sentence[row] - self._index.first_sentence[row])]
        text = self._index.text_of(entry)
        why = Why(shared_words(signals.terms, text), round(float(signals.sentence_meaning[row]), 4))
        return Hit(entry, self._index.by_name[entry.source].source, sentence, round(probability, 4), why)


def shared_words(terms: Iterable[str], text: str) -> tuple[str, ...]:
    """The words of a text, as it has them but folded, that are forms of the terms."""
    forms = _words_by_term(text)
    return tuple(word for term in terms for word in forms.get(term, ()))


@lru_cache(maxsize=20_000)
def _words_by_term(text: str) -> Mapping[str, tuple[str, ...]]:
    """The content words of a text by their stems; kept, since the same passages are looked at again and again."""
    forms: dict[str, tuple[str, ...]] = {}
    for word in dict.fromkeys(words(text)):
        if is_content(word):
            forms[stem(word)] = (*forms.get(stem(word), ()), word)
    return forms


def only(index: Index, speakers: Sequence[str], interviews: Sequence[str], kinds: Sequence[str]) -> Mask:
    """The passages that a filter lets through; an empty filter lets all through."""
    return np.asarray(
        [
            (not speakers or entry.speaker in speakers)
            and (not interviews or entry.source in interviews)
            and entry.kind in kinds
            for entry in index.entries
        ],
        dtype=bool,
    )


def _shared_features(understood: Understood, signals: Signals) -> dict[str, float]:
    """Features of the question, the same for every passage."""
    size = float(np.log1p(len(signals.terms)))
    return {
        "terms": size,
        "one_word": float(size < _ONE_WORD),
        "unseen": signals.unseen,
        "named": float(bool(understood.speakers)),
        "who": float(understood.kind in ("who", "count")),
    }


def _features(row: int, signals: Signals, fused: Floats) -> dict[str, float]:
    """Features of one passage: how close it is, how many of the words it has, and how it stands among all passages."""
    return {
        "passage_meaning": float(signals.passage_meaning[row]),
        "sentence_meaning": float(signals.sentence_meaning[row]),
        "coverage": float(signals.coverage[row]),
        "sentence_coverage": float(signals.sentence_coverage[row]),
        "whole_sentence": float(signals.sentence_coverage[row] > _COMPLETE),
        "asked_coverage": float(signals.asked_coverage[row]),
        "no_words": float(signals.asked_coverage[row] == 0),
        "word_meaning": float(signals.word_meaning[row]),
        "sentence_word_meaning": float(signals.sentence_word_meaning[row]),
        "mean_nearness": float(signals.mean_nearness[row]),
        "least_nearness": float(signals.least_nearness[row]),
        "missing_nearness": float(signals.missing_nearness[row]),
        "greatest_lack": float(signals.greatest_lack[row]),
        "standing": float(fused[row]),
        "behind_anybody": float(fused.max() - fused[row]),
        "closer_anywhere": float(signals.sentence_meaning.max() - signals.sentence_meaning[row]),
    }

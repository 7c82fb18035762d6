"""From an understood question to passages in order, each with the probability that it says what was asked.

What the interviewee said is the evidence; the question that was asked only helps to find it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np

from rag import candidates, ranking
from rag.calibration import Calibration
from rag.embedder import Reading
from rag.index import Index
from rag.ranker import Ranker, behind_best
from rag.ranking import Floats, Mask
from rag.records import Hit, Understood, Why, quote_id
from rag.reranker import MOST_READ, Reranker
from rag.signals import Signals, asked_terms
from rag.vectors import Numbers
from rag.words import is_content, stem, words

DEPTH = 200
"""Passages that are looked at more closely for one question."""

OWN = (
    "passage_meaning", "sentence_meaning", "window_meaning", "bm25", "window_bm25",
    "word_meaning", "window_word_meaning", "named",
)  # fmt: skip
"""Signals of a passage that count for those around it, too."""
FURTHER = ("sentence_word_meaning", "asked_bm25", "asked_meaning")
"""Signals that count for the passage alone."""

CLOSENESS = {
    "passage_meaning": 0.2, "sentence_meaning": 0.2, "word_meaning": 0.2, "sentence_word_meaning": 0.2,
    "asked_bm25": 0.1, "bm25": 0.1,
}  # fmt: skip
"""How signals add up to how close a passage is by itself, whatever stands around it."""
COMPARED = tuple(
    f"{name}{around}"
    for name in (*OWN[:-1], "sentence_word_meaning")
    for around in ("", "_within_100", "_within_350")
    if name in OWN or not around
)
"""Signals of which it counts, too, how far a passage is behind the best one."""

JUDGED_ALONE = (
    "coverage", "sentence_coverage", "asked_coverage",
    "mean_nearness", "least_nearness", "missing_nearness", "greatest_lack",
)  # fmt: skip
"""Signals that only the decision weighs."""

_COMPLETE, _ONE_WORD = 0.999, 0.75
_LOOKED_AT_FOR_REPEATS, _REPEATED, _SHARED = 50, 0.95, 0.8
"""Passages compared with one another, the cosine from which two may be repeats, and the words they must share then."""


@dataclass(frozen=True)
class Ranked:
    """Passages in order, best first: their rows, and the probability of each that it says what was asked."""

    index: Index
    signals: Signals
    places: Numbers
    scores: Floats

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def rows(self) -> Numbers:
        """The rows of the passages in the index."""
        return np.asarray(self.signals.rows[self.places])

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Who says each."""
        return tuple(self.index.names[number] for number in self.index.speaker_of[self.rows])

    @property
    def ids(self) -> list[str]:
        """The name of each, as its hit has it."""
        entries = (self.index.entries[row] for row in self.rows.tolist())
        return [quote_id(self.index.by_name[entry.source].source, entry.span) for entry in entries]

    def only(self, chosen: Sequence[int]) -> "Ranked":
        """Some of the passages, by their places in the order."""
        return Ranked(self.index, self.signals, self.places[list(chosen)], self.scores[list(chosen)])

    def without_repeats(self) -> "Ranked":
        """The same with passages that say what a better one says already, nearly word for word, moved to the end."""
        first = min(len(self), _LOOKED_AT_FOR_REPEATS)
        rows = self.index.passages.take(self.rows[:first])
        alike = rows.cosines(rows.vectors()) >= _REPEATED
        repeated = [
            at for at in range(first) if alike[at, :at].any() and self._repeats(at, np.flatnonzero(alike[at, :at]))
        ]
        kept = np.setdiff1d(np.arange(len(self)), repeated)
        return self.only([*kept.tolist(), *repeated]) if repeated else self

    def _repeats(self, at: int, earlier: Numbers) -> bool:
        """Whether a passage has the words of an earlier one; what two people say alike is said twice."""
        own = set(words(self.index.text_of(self.index.entries[int(self.rows[at])])))
        for other in earlier.tolist():
            if self.speakers[other] == self.speakers[at]:
                theirs = set(words(self.index.text_of(self.index.entries[int(self.rows[other])])))
                if len(own & theirs) >= _SHARED * len(own | theirs):
                    return True
        return False

    def reread(self, question: str, reranker: Reranker) -> "Ranked":
        """The same with the best passages in the order that a reranker gives them; of equal ones the better first."""
        first = min(len(self), MOST_READ)
        texts = [self.index.text_of(self.index.entries[int(row)]) for row in self.rows[:first]]
        scores = np.round(reranker.score(question, texts), 6) if texts else np.empty(0)
        order = np.argsort(-scores, kind="stable")
        return self.only([*order.tolist(), *range(first, len(self))])

    def hit(self, at: int) -> Hit:
        """One of the passages, with all that is shown of it."""
        place, row = int(self.places[at]), int(self.rows[at])
        entry = self.index.entries[row]
        sentence = entry.sentences[int(self.signals.best_sentence[place] - self.index.first_sentence[row])]
        why = Why(
            shared_words(self.signals.terms, self.index.text_of(entry)),
            round(float(self.signals.sentence_meaning[place]), 4),
        )
        return Hit(entry, self.index.by_name[entry.source].source, sentence, round(float(self.scores[at]), 4), why)

    def hits(self, most: int | None = None) -> list[Hit]:
        """The passages themselves, best first."""
        return [self.hit(at) for at in range(min(len(self), len(self) if most is None else most))]


class Retriever:
    """Ranks the passages of one index by what was learned: how to order them, and what their probabilities are."""

    def __init__(self, index: Index, ranker: Ranker, calibration: Calibration) -> None:
        self._index, self._ranker, self._calibration = index, ranker, calibration

    def rank(self, understood: Understood, reading: Reading, allowed: Mask) -> Ranked:
        """The best allowed passages, at most ``DEPTH``, best first; ``reading`` is the topic's."""
        signals, places, features = self.examine(understood, reading, allowed)
        people = int(np.count_nonzero(np.bincount(self._index.speaker_of[allowed])))
        return Ranked(self._index, signals, places, self._calibration.probability(features, people))

    def examine(
        self, understood: Understood, reading: Reading, allowed: Mask
    ) -> tuple[Signals, Numbers, dict[str, Floats]]:
        """The signals, the places in them of the best allowed passages, and what the decision weighs of each."""
        signals = self.signals(understood, reading, allowed)
        told = ranked_by(understood, signals, allowed[signals.rows])
        scores = self._ranker.score(told)
        places = _best(scores, allowed[signals.rows])
        return signals, places, {name: values[places] for name, values in judged_by(told, scores, signals).items()}

    def rank_mentions(self, understood: Understood, reading: Reading, allowed: Mask) -> Ranked:
        """The passages that hold every content word of the topic, best first; those that hold them are sure to do so.

        If there is none, the nearest passages, with no probability.
        """
        signals = self.signals(understood, reading, allowed)
        holding = np.zeros(len(self._index.entries), bool)
        holding[signals.rows] = signals.present.all(axis=0) & bool(signals.terms)
        found = holding & allowed
        among = (found if found.any() else allowed)[signals.rows]
        places = _best(self._ranker.score(ranked_by(understood, signals, among)), among)
        return Ranked(self._index, signals, places, np.full(len(places), float(found.any())))

    def rank_answers(self, understood: Understood, reading: Reading, asking: Mask, allowed: Mask) -> Ranked:
        """The first allowed passage of the answers to the questions that ask it, the question that does most first."""
        asked = self.rank(understood, reading, asking)
        answers = [self._index.answer_to(row, allowed) for row in asked.rows.tolist()]
        chosen = [at for at, row in enumerate(answers) if row >= 0 and row not in answers[:at]]
        rows = np.array([answers[at] for at in chosen], np.int64)
        signals = Signals(self._index, understood.topic, reading, np.union1d(asked.signals.rows, rows))
        return Ranked(self._index, signals, np.searchsorted(signals.rows, rows), asked.scores[chosen])

    def signals(self, understood: Understood, reading: Reading, allowed: Mask) -> Signals:
        """The signals over all passages that are worth a closer look."""
        terms = tuple(asked_terms(understood.topic))
        rows = candidates.find(self._index, reading.vector, terms, allowed)
        if understood.sought == "mentioned":
            rows = np.union1d(rows, candidates.holding(self._index, terms))
        return Signals(self._index, understood.topic, reading, rows, understood.speakers)


def ranked_by(understood: Understood, signals: Signals, among: Mask) -> dict[str, Floats]:
    """What the ranker is told of all candidates; ``among`` are those that may be the answer."""
    own = {name: getattr(signals, name) for name in OWN}
    values = {**own, **signals.around(own), **{name: getattr(signals, name) for name in FURTHER}}
    of_question = {
        "usual_size": float(np.log(signals.usual_size)),
        "topic_size": float(np.log1p(len(understood.topic.split()))),
        "who": float(understood.kind in ("who", "count")),
        "about_somebody": float(bool(understood.speakers)),
    }
    shared = {name: np.full(len(signals.rows), value) for name, value in of_question.items()}
    return {**values, "size": np.log1p(signals.sizes), **shared, **behind_best(values, COMPARED, among)}


def judged_by(told: Mapping[str, Floats], scores: Floats, signals: Signals) -> dict[str, Floats]:
    """What the decision weighs of all candidates: what the ranker was ``told``, what it made of it, and more."""
    close = ranking.fuse({name: told[name] for name in CLOSENESS}, CLOSENESS)
    size = float(np.log1p(len(signals.terms)))
    of_question = {"terms": size, "one_word": float(size < _ONE_WORD), "unseen": signals.unseen}
    return {
        **told,
        **{name: np.full(len(scores), value) for name, value in of_question.items()},
        **{name: np.asarray(getattr(signals, name)) for name in JUDGED_ALONE},
        "whole_sentence": (signals.sentence_coverage > _COMPLETE).astype(np.float64),
        "no_words": (signals.asked_coverage == 0).astype(np.float64),
        "score": scores,
        "score_behind": scores - scores.max(initial=-np.inf),
        "closeness": close,
        "closeness_behind": close - close.max(initial=-np.inf),
        "sentence_meaning_behind_anybody": told["sentence_meaning"] - told["sentence_meaning"].max(initial=-np.inf),
    }


def _best(scores: Floats, among: Mask) -> Numbers:
    """The places of the best of some candidates, best first."""
    return np.array(ranking.order(scores, among)[:DEPTH], np.int64)


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

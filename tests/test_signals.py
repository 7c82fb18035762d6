"""Signals: each agrees with a twin that reads the texts themselves, word by word and sentence by sentence."""

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.embedder import Reading, Vectors, normalise
from rag.index import Index
from rag.meanings import term_vectors
from rag.records import Interview
from rag.signals import AROUND, Signals, asked_terms
from rag.spelling import english
from rag.words import stem, words
from tests.small import (
    WORDS,
    LettersEmbedder,
    collections,
    content_words,
    conversation,
    index_of_all,
    members,
    rows,
    text_of_window,
)

PER_ROW = (
    "passage_meaning", "sentence_meaning", "window_meaning", "bm25", "window_bm25", "coverage", "sentence_coverage",
    "asked_coverage", "asked_bm25", "asked_meaning", "word_meaning", "sentence_word_meaning", "window_word_meaning",
    "mean_nearness", "least_nearness", "missing_nearness", "greatest_lack",
)  # fmt: skip
"""Signals with one number for each passage."""
topics = st.lists(st.sampled_from((*WORDS, "zebra", "sails", "?")), max_size=5).map(" ".join)


def signals_of(index: Index, topic: str, chosen: Sequence[int] | None = None) -> Signals:
    """The signals over all rows of an index, or some."""
    every = range(len(index.entries)) if chosen is None else chosen
    return Signals(index, topic, LettersEmbedder().read([topic])[0], np.array(every, np.int64))


@dataclass(frozen=True)
class Twin:
    """The same signals, one passage at a time; only the vectors are the index's own."""

    index: Index
    topic: str

    @cached_property
    def question(self) -> Vectors:
        """The vector of the topic."""
        return np.asarray(LettersEmbedder().encode([self.topic])[0])

    @cached_property
    def terms(self) -> list[str]:
        """The stems of the words that mean something, or of the first few where none does."""
        asked = content_words(self.topic) or words(self.topic)[:5]
        return list(dict.fromkeys(stem(word) for word in asked))

    @cached_property
    def meanings(self) -> dict[str, Vectors]:
        """What each term means where it first stands in the topic."""
        found: dict[str, Vectors] = {}
        for token in self.topic.split():
            for word in content_words(token):
                found.setdefault(stem(word), LettersEmbedder().encode([token])[0])
        return found

    @cached_property
    def bags(self) -> list[Counter[str]]:
        """The stems of each window."""
        windows = range(self.index.windows.ntotal)
        return [Counter(map(stem, content_words(text_of_window(self.index, window)))) for window in windows]

    @cached_property
    def rarity(self) -> dict[str, float]:
        """The inverse document frequency of each term among the passages of answers."""
        answers = [row for row, entry in enumerate(self.index.entries) if entry.kind == "answer"]
        return self.rarity_among([Counter(map(stem, content_words(" ".join(self.sentences(row))))) for row in answers])

    def rarity_among(self, bags: Sequence[Counter[str]]) -> dict[str, float]:
        """The inverse document frequency of each term among some bags of stems."""
        held = {term: sum(1 for bag in bags if bag[term]) for term in self.terms}
        return {term: math.log(1 + (len(bags) - count + 0.5) / (count + 0.5)) for term, count in held.items()}

    @cached_property
    def weights(self) -> dict[str, float]:
        """The same times the root of how much the word tells in English: the more, the later it comes by frequency."""
        said = dict.fromkeys(content_words(self.topic)) or words(self.topic)[:5]
        asked = {stem(word): word for word in said}
        ranks = {term: english().get(asked[term], len(english())) for term in self.terms}
        return {term: self.rarity[term] * math.sqrt(max(math.log(1 + ranks[term] / 1500), 0.05)) for term in self.terms}

    def share(self, values: dict[str, float], weights: dict[str, float] | None = None) -> float:
        """The mean over the terms, each by its rarity or by other weights."""
        weights = weights or self.rarity
        total = sum(weights.values())
        return sum(weights[term] * values[term] for term in self.terms) / total if total else 0.0

    def sentences(self, row: int) -> list[str]:
        """The sentences of a passage."""
        entry = self.index.entries[row]
        return [span.of(self.index.texts[entry.source]) for span in entry.sentences]

    def asked(self, row: int) -> list[int]:
        """The passages of the question that a passage answers."""
        own = self.index.entries[row]
        return [
            other
            for other, each in enumerate(self.index.entries)
            if each.kind == "question" and each.source == own.source and own.question and own.question.holds(each.span)
        ]

    def nearness(self, heard: Sequence[str]) -> dict[str, float]:
        """How near some words come to each term: 1 where one is a form of it, else the best cosine above 0."""
        vectors, numbers = self.index.vocabulary.vectors.vectors(), self.index.vocabulary.numbers
        near = dict.fromkeys(self.terms, 0.0)
        for term in self.terms:
            for word in heard:
                alike = float(vectors[numbers[word]] @ self.meanings[term]) if term in self.meanings else 0.0
                near[term] = max(near[term], 1.0 if stem(word) == term else alike)
        return near

    def covered(self, heard: Sequence[str]) -> float:
        """The share of the terms that are among some words."""
        return self.share({term: float(term in map(stem, heard)) for term in self.terms})

    def bm25(self, row: int) -> float:
        """BM25 of a passage among passages, as a share of what is attainable."""
        lengths = [len(content_words(" ".join(self.sentences(each)))) for each in range(len(self.index.entries))]
        usual = sum(lengths) / len(lengths) or 1.0
        bag = Counter(map(stem, content_words(" ".join(self.sentences(row)))))
        norm = 1.5 * (1 - 0.75 + 0.75 * lengths[row] / usual)
        return self.share({term: bag[term] / (bag[term] + norm) for term in self.terms}, self.weights)

    def window_bm25(self, window: int) -> float:
        """BM25 of a window among windows, as a share of what would be attainable among answers."""
        usual = sum(bag.total() for bag in self.bags) / len(self.bags) or 1.0
        bag = self.bags[window]
        norm = 1.5 * (1 - 0.75 + 0.75 * bag.total() / usual)
        rarity = self.rarity_among(self.bags)
        score = sum(rarity[term] * bag[term] / (bag[term] + norm) for term in self.terms)
        return score / (sum(self.rarity.values()) or 1.0)

    def meaning(self, row: int) -> float:
        """The cosine of a passage's closest sentence."""
        return max(self.cosines(row))

    def cosines(self, row: int) -> list[float]:
        """The cosine of each sentence of a passage."""
        first = sum(len(entry.sentences) for entry in self.index.entries[:row])
        own = self.index.sentences.vectors()[first : first + len(self.sentences(row))]
        return [float(cosine) for cosine in own @ self.question]

    def values(self, row: int) -> dict[str, float]:
        """All signals of a passage."""
        asked, window = self.asked(row), int(self.index.window_of[row])
        sentences = [content_words(sentence) for sentence in self.sentences(row)]
        heard = [word for sentence in sentences for word in sentence]
        of_question = [word for other in asked for word in content_words(" ".join(self.sentences(other)))]
        near = self.nearness(heard)
        lacking = [term for term in self.terms if term not in map(stem, heard)]
        return {
            "passage_meaning": float(self.index.passages.vectors()[row] @ self.question),
            "sentence_meaning": self.meaning(row),
            "window_meaning": float(rows(self.index.windows)[window] @ self.question),
            "bm25": self.bm25(row),
            "window_bm25": self.window_bm25(window),
            "coverage": self.covered(heard),
            "sentence_coverage": max(map(self.covered, sentences)),
            "asked_coverage": self.covered([*heard, *of_question]),
            "asked_bm25": max((self.bm25(other) for other in asked), default=0.0),
            "asked_meaning": max([0.0, *map(self.meaning, asked)]),
            "word_meaning": self.share(near, self.weights),
            "sentence_word_meaning": max(self.share(self.nearness(sentence), self.weights) for sentence in sentences),
            "window_word_meaning": self.share(
                self.nearness(content_words(text_of_window(self.index, window))), self.weights
            ),
            "mean_nearness": sum(near.values()) / len(near) if near else 0.0,
            "least_nearness": min(near.values(), default=0.0),
            "missing_nearness": sum(near[term] for term in lacking) / len(lacking) if lacking else 1.0,
            "greatest_lack": max((self.rarity[term] * (1 - near[term]) for term in self.terms), default=0.0),
        }


@settings(deadline=None, max_examples=60)
@given(collections(), topics)
def test_every_signal_is_that_of_its_twin(interviews: list[Interview], topic: str) -> None:
    """Each number of each passage is what its texts say."""
    index = index_of_all(interviews)
    signals, twin = signals_of(index, topic), Twin(index, topic)
    assert list(signals.terms) == twin.terms
    for row in range(len(index.entries)):
        expected = twin.values(row)
        assert {name: float(getattr(signals, name)[row]) for name in PER_ROW} == pytest.approx(expected, abs=2e-5)
        heard = set(map(stem, content_words(" ".join(twin.sentences(row)))))
        assert signals.present[:, row].tolist() == [term in heard for term in twin.terms]


@settings(deadline=None)
@given(collections(), topics)
def test_the_sentence_to_mark_is_near_and_rich_in_words(interviews: list[Interview], topic: str) -> None:
    """It is one of the passage's own, and none of them has more of both together."""
    index = index_of_all(interviews)
    signals, twin = signals_of(index, topic), Twin(index, topic)
    for row in range(len(index.entries)):
        sentences = zip(twin.cosines(row), twin.sentences(row), strict=True)
        near = [(cosine, twin.nearness(content_words(sentence))) for cosine, sentence in sentences]
        liking = [cosine + 0.5 * twin.share(nearness, twin.weights) for cosine, nearness in near]
        chosen = int(signals.best_sentence[row] - index.first_sentence[row])
        assert 0 <= chosen < len(liking)
        assert liking[chosen] == pytest.approx(max(liking), abs=2e-5)


def test_of_equal_sentences_the_first_is_marked() -> None:
    """The same question gives the same mark every time."""
    index = index_of_all([conversation("a.txt", [("Bo", "A river. A boat. A boat. A boat.")])])
    assert signals_of(index, "boat").best_sentence.tolist() == [1]


@settings(deadline=None)
@given(collections(), topics, st.data())
def test_signals_do_not_depend_on_what_else_is_looked_at(
    interviews: list[Interview], topic: str, data: st.DataObject
) -> None:
    """A passage has the same signals among few candidates, whole windows with what they answer, as among all."""
    index = index_of_all(interviews)
    windows = data.draw(st.sets(st.integers(0, index.windows.ntotal - 1), min_size=1))
    own = {row for window in windows for row in members(index, window)}
    twin = Twin(index, topic)
    chosen = sorted(own | {other for row in own for other in twin.asked(row)})
    some, every = signals_of(index, topic, chosen), signals_of(index, topic)
    whole = [at for at, row in enumerate(chosen) if row in own]
    for name in PER_ROW:
        places = whole if name == "window_word_meaning" else range(len(chosen))
        expected = [getattr(every, name)[chosen[at]] for at in places]
        assert [getattr(some, name)[at] for at in places] == pytest.approx(expected, abs=1e-6)
    assert some.best_sentence.tolist() == every.best_sentence[chosen].tolist()
    assert some.unseen == every.unseen


@settings(deadline=None)
@given(collections(), st.data())
def test_around_is_the_mean_over_the_words_near_by(interviews: list[Interview], data: st.DataObject) -> None:
    """Over the candidates of the same interview and kind whose middle is near enough, by their words."""
    index = index_of_all(interviews)
    chosen = sorted(data.draw(st.sets(st.integers(0, len(index.entries) - 1), min_size=1)))
    values = np.array(data.draw(st.lists(st.floats(-1, 1), min_size=len(chosen), max_size=len(chosen))))
    found = signals_of(index, "boat", chosen).around({"a": values, "b": -values})
    assert set(found) == {f"{name}_within_{distance}" for name in "ab" for distance in AROUND}
    middles = {row: _middle(index, row) for row in chosen}
    for distance in AROUND:
        for at, row in enumerate(chosen):
            near = [other for other in chosen if abs(middles[other] - middles[row]) <= distance]
            weights = [len(index.text_of(index.entries[other]).split()) + 1e-3 for other in near]
            expected = np.average([values[chosen.index(other)] for other in near], weights=weights)
            assert found[f"a_within_{distance}"][at] == pytest.approx(expected, abs=1e-5)
            assert found[f"b_within_{distance}"][at] == pytest.approx(-expected, abs=1e-5)


def _middle(index: Index, row: int) -> float:
    """Where the middle of a passage stands in the words of its kind; what is of another series is far away."""
    own = index.entries[row]
    series = [each for each in index.entries if (each.source, each.kind) == (own.source, own.kind)]
    before = sum(len(index.text_of(each).split()) for each in series[: series.index(own)])
    far = 1e6 * sorted({(each.source, each.kind) for each in index.entries}).index((own.source, own.kind))
    return far + before + len(index.text_of(own).split()) / 2


@settings(deadline=None)
@given(collections(), topics)
def test_unseen_is_the_share_that_nobody_says(interviews: list[Interview], topic: str) -> None:
    """Words that are rare in English weigh more; 0 where all are said, and where nothing is asked."""
    index = index_of_all(interviews)
    last = {stem(word): word for word in content_words(topic) or words(topic)[:5]}
    weights = {term: math.log1p(english().get(word, len(english())) / 1500) for term, word in last.items()}
    said = {term for bag in Twin(index, topic).bags for term in bag}
    total = sum(weights.values())
    expected = sum(weight for term, weight in weights.items() if term not in said) / total if total else 0.0
    assert signals_of(index, topic).unseen == pytest.approx(expected, abs=1e-9)


def test_a_topic_of_function_words_is_looked_for_by_them() -> None:
    """Asking "who am I" has words after all, though none says much; a topic of signs has none."""
    assert asked_terms("who am I") == {"who": "who", "am": "am", "i": "i"}
    assert asked_terms("the boats and a boat") == {"boat": "boat"}
    assert asked_terms("?!") == {}


def test_a_term_asked_twice_means_what_it_means_first() -> None:
    """Of two forms of a word in the question the first one's meaning counts."""
    index = index_of_all([conversation("a.txt", [("Bo", "A sail.")])])
    for topic, first in (("boat boats", "boat"), ("boats boat", "boats")):
        expected = float(LettersEmbedder().encode(["sail"])[0] @ LettersEmbedder().encode([first])[0])
        assert signals_of(index, topic).word_meaning.tolist() == pytest.approx([expected], abs=0.01)


split_words = st.tuples(st.sampled_from(("boats", "river", "the", "Zoë’s", "14")), st.integers(1, 3))


@given(st.lists(st.tuples(split_words, st.sampled_from((" ", "-", ", "))), max_size=6), st.randoms())
def test_a_term_means_the_mean_of_its_own_pieces(drawn: list[tuple[tuple[str, int], str]], chosen: Random) -> None:
    """Each content word has the vector of the pieces that it is made of; a sign that touches it is none of them."""
    text, spans, vectors = "", list[tuple[int, int]](), list[list[float]]()
    expected: list[tuple[str, Vectors]] = []
    for (word, cut), between in drawn:
        own = []
        for piece in (word[:cut], word[cut:], between):
            if piece.strip():
                spans.append((len(text), len(text) + len(piece)))
                vectors.append([chosen.uniform(0.1, 1) for _ in range(3)])
                own += [vectors[-1]] if piece != between else []
            text += piece
        if word != "the":
            expected.append((stem(words(word)[0]), normalise(np.mean(own, axis=0, keepdims=True))[0]))
    reading = Reading(np.zeros(3, np.float32), tuple(spans), np.array(vectors, np.float32).reshape(-1, 3))
    found = term_vectors(text, reading)
    assert [term for term, _ in found] == [term for term, _ in expected]
    for (_, vector), (_, mean) in zip(found, expected, strict=True):
        np.testing.assert_allclose(vector, mean, atol=1e-5)


@pytest.mark.parametrize("topic", ["boat", "", "the of"])
def test_no_candidates_have_no_signals(topic: str) -> None:
    """Where nothing is worth a closer look, every signal is empty and none is an error."""
    index = index_of_all([conversation("a.txt", [("Ann", "Boats?"), ("Bo", "A boat.")])])
    signals = signals_of(index, topic, [])
    assert [getattr(signals, name).tolist() for name in (*PER_ROW, "best_sentence")] == [[]] * (len(PER_ROW) + 1)


def test_an_answer_without_a_question_has_nothing_asked() -> None:
    """What stands before the first question gets 0 from it, not somebody else's."""
    index = index_of_all([conversation("a.txt", [("Bo", "Hello."), ("Ann", "A boat?"), ("Bo", "Yes.")])])
    signals = signals_of(index, "boat")
    assert [value > 0 for value in signals.asked_bm25] == [False, False, True]
    assert [value > 0 for value in signals.asked_meaning] == [False, False, True]
    assert signals.asked_coverage.tolist() == pytest.approx([0, 1, 1])

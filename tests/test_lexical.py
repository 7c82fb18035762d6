"""BM25: agrees with the formula written out, and comes back from disk as it went."""

import io
import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.lexical import LexicalIndex
from rag.words import terms
from tests.small import assert_same_terms

SATURATION, LENGTH_WEIGHT = 1.5, 0.75
"""k1 and b of BM25."""

VOCABULARY = ("river", "boat", "bridge", "grandmother", "unlearning", "the", "of", "Zürich", "café", "河流", "it’s")
TEXTS = st.lists(st.lists(st.sampled_from(VOCABULARY), max_size=12).map(" ".join), max_size=8)
QUESTIONS = st.lists(st.sampled_from((*VOCABULARY, "absent")), max_size=5).map(" ".join)


def naive_scores(texts: Sequence[str], question: str) -> list[float]:
    """BM25 as Lucene has it, term by term and text by text."""
    bags = [Counter(terms(text)) for text in texts]
    mean = sum(bag.total() for bag in bags) / max(1, len(bags))
    return [sum(_naive_score(term, bag, bags, mean) for term in set(terms(question))) for bag in bags]


def _naive_score(term: str, bag: Counter[str], bags: Sequence[Counter[str]], mean: float) -> float:
    if not bag[term]:
        return 0.0
    length = 1 - LENGTH_WEIGHT + LENGTH_WEIGHT * bag.total() / mean
    return naive_rarity(term, bags) * bag[term] / (bag[term] + SATURATION * length)


def index_of(texts: Sequence[str]) -> LexicalIndex:
    """The index of the terms of some texts."""
    return LexicalIndex.build([terms(text) for text in texts])


def naive_rarity(term: str, bags: Sequence[Counter[str]]) -> float:
    """The inverse document frequency."""
    holding = sum(1 for bag in bags if bag[term])
    return math.log(1 + (len(bags) - holding + 0.5) / (holding + 0.5))


@given(TEXTS, QUESTIONS)
def test_scores_are_bm25(texts: list[str], question: str) -> None:
    """Every text has the score of the formula; a term asked twice counts once."""
    scores = index_of(texts).scores(terms(f"{question} {question}"))
    assert scores.tolist() == pytest.approx(naive_scores(texts, question), rel=1e-4, abs=1e-6)


@given(TEXTS)
def test_rows_and_rarity_are_those_of_the_texts(texts: list[str]) -> None:
    """The rows of a term are the texts that hold it, and the fewer they are, the rarer it is."""
    index = index_of(texts)
    bags = [Counter(terms(text)) for text in texts]
    for term in {term for word in (*VOCABULARY, "absent") for term in terms(word)}:
        holding = [row for row, bag in enumerate(bags) if bag[term]]
        assert sorted(index.rows(term).tolist()) == holding
        assert (term in index) == bool(holding)
        assert index.rarity(term) == pytest.approx(naive_rarity(term, bags), rel=1e-6)


@settings(max_examples=50)
@given(TEXTS, QUESTIONS)
def test_saved_index_comes_back_the_same(texts: list[str], question: str) -> None:
    """What is loaded scores exactly as what was saved, and writes the same bytes again."""
    index = index_of(texts)
    loaded = LexicalIndex.from_bytes(index.to_bytes())
    np.testing.assert_array_equal(loaded.scores(terms(question)), index.scores(terms(question)))
    for term in terms(question):
        assert sorted(loaded.rows(term).tolist()) == sorted(index.rows(term).tolist())
    assert_same_terms(index, loaded)


def test_forms_of_a_word_find_one_another() -> None:
    """Case, accents, plurals and possessives do not hide a word."""
    index = index_of(["My Grandmother’s boats", "a café in Zürich", "nothing of the kind"])
    for asked, row in (("grandmothers", 0), ("BOAT", 0), ("cafe", 1), ("zurich", 1)):
        assert np.flatnonzero(index.scores(terms(asked))).tolist() == [row]


def test_texts_without_words_are_indexed_and_never_found() -> None:
    """A collection of nothing but stop words or signs has scores, all of them 0."""
    index = index_of(["", "the of", "🎬"])
    assert index.scores(terms("river the 🎬")).tolist() == [0.0, 0.0, 0.0]


def test_written_index_holds_no_pickle() -> None:
    """Every array in it is plain numbers."""
    with np.load(io.BytesIO(index_of(["a river", "a boat"]).to_bytes()), allow_pickle=False) as arrays:
        assert {arrays[name].dtype.kind for name in arrays} <= {"i", "u", "f"}


def test_pickle_in_its_place_is_refused() -> None:
    """Content with a pickled object in it is an error and is never executed."""
    file = io.BytesIO()
    np.savez(file, vocabulary=np.array([{"river": 0}], dtype=object), size=np.int64(1))
    with pytest.raises(ValueError, match="allow_pickle"):
        LexicalIndex.from_bytes(file.getvalue())

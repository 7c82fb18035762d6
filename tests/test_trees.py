"""The decision's trees: each path is followed as it is written, and what was learned is kept whole."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.calibration import learned
from rag.library import Library
from rag.trees import DEPTH, Trees

numbers = st.integers(-3, 3)
QUESTIONS, ENDS = 2**DEPTH - 1, 2**DEPTH
one_tree = st.tuples(
    st.lists(st.integers(0, 1), min_size=QUESTIONS, max_size=QUESTIONS),
    st.lists(numbers, min_size=QUESTIONS, max_size=QUESTIONS),
    st.lists(numbers, min_size=ENDS, max_size=ENDS),
)
Drawn = list[tuple[list[int], list[int], list[int]]]


def planted(drawn: Drawn, start: float = 0.0) -> Trees:
    """Trees that ask for "one" and "two"."""
    asked, limits, ends = zip(*drawn, strict=True)
    return Trees(("one", "two"), np.array(asked), np.array(limits, np.float32), np.array(ends, np.float32), start)


def end_of(asked: list[int], limits: list[int], ends: list[int], values: tuple[int, int]) -> int:
    """Where one path ends, halving the ends from question to question: the naive twin."""
    at = 0
    while len(ends) > 1:
        above = values[asked[at]] > limits[at]
        ends = ends[len(ends) // 2 :] if above else ends[: len(ends) // 2]
        at = 2 * at + (2 if above else 1)
    return ends[0]


@given(st.lists(one_tree, min_size=1, max_size=4), st.lists(st.tuples(numbers, numbers), max_size=5), numbers)
def test_each_row_has_the_sum_of_the_ends_it_comes_to(drawn: Drawn, rows: list[tuple[int, int]], start: int) -> None:
    """Whichever way the answers lead, and whatever else is told of a row."""
    features = {name: np.array([row[at] for row in rows], float) for at, name in enumerate(("one", "two"))}
    found = planted(drawn, start).log_odds({**features, "three": np.zeros(len(rows))})
    assert found.tolist() == [start + sum(end_of(*tree, row) for tree in drawn) for row in rows]


@given(st.lists(one_tree, min_size=1, max_size=3), numbers)
def test_they_survive_being_written(drawn: Drawn, start: int) -> None:
    """Numbers and back are the same trees."""
    trees = planted(drawn, start)
    again = Trees.from_numbers(trees.to_numbers())
    assert (again.inputs, again.start) == (trees.inputs, trees.start)
    for name in ("asked", "limits", "ends"):
        np.testing.assert_array_equal(getattr(again, name), getattr(trees, name))


def test_trees_that_could_not_be_asked_are_refused() -> None:
    """Neither of another depth, nor with questions for what nobody tells."""
    tree = ([0] * QUESTIONS, [0] * QUESTIONS, [0] * ENDS)
    with pytest.raises(ValueError, match="cannot have the shapes"):
        planted([(tree[0], tree[1], tree[2][:-1])])
    with pytest.raises(ValueError, match="a feature that there is not"):
        planted([([0] * (QUESTIONS - 1) + [2], tree[1], tree[2])])


def test_the_learned_trees_ask_for_what_is_told(library: Library) -> None:
    """Every input is told of each candidate, in this version of both, and each gets a probability."""
    understood = library.understand("who talks about unlearning?")
    reading = library.embedder.read([understood.topic])[0]
    retriever = library.inquiry.retriever
    _, places, features = retriever.examine(understood, reading, library.inquiry.allowed(understood))
    assert set(learned().trees.inputs) <= set(features)
    found = learned().trees.probability(features)
    assert len(found) == len(places)
    assert ((found > 0) & (found < 1)).all()


def test_what_speaks_for_a_passage_never_counts_against_it() -> None:
    """With more of what speaks for it a passage is never less probable, whatever else is told of it."""
    trees, chance = learned().trees, np.random.default_rng(0)
    rows = {name: chance.normal(0.3, 0.5, 200) for name in trees.inputs}
    for name in {"sentence_meaning", "coverage", "word_meaning", "score_behind"} & set(trees.inputs):
        more = trees.log_odds({**rows, name: rows[name] + chance.uniform(0, 1, 200)})
        assert (more >= trees.log_odds(rows) - 1e-5).all(), name


def test_the_more_people_are_searched_the_surer_a_passage_must_be() -> None:
    """Few people change nothing; of many, somebody comes close by chance. The order stays."""
    calibration = learned()
    names = {*calibration.trees.inputs, *calibration.weights}
    features = {name: np.random.default_rng(3).normal(size=40) for name in names}
    few, some, many = (calibration.probability(features, people) for people in (1, 100, 2_000))
    assert np.array_equal(few, calibration.probability(features, 13))
    assert (many < some).all()
    assert (some < few).all()
    assert np.array_equal(np.argsort(many, kind="stable"), np.argsort(few, kind="stable"))

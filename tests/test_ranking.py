"""Ranking: every function agrees with a twin that is slow and obvious."""

import math
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import ranking

NUMBERS = st.floats(-100, 100, allow_subnormal=False)
FEW = st.integers(-3, 3).map(float)
"""So few different values that ties are common."""


@st.composite
def scored_groups(draw: st.DrawFn) -> tuple[list[float], list[int]]:
    """Scores, each with the number of its group."""
    scores = draw(st.lists(NUMBERS | FEW, min_size=1, max_size=12))
    groups = draw(st.lists(st.integers(0, 3), min_size=len(scores), max_size=len(scores)))
    return scores, groups


@given(
    st.integers(1, 8).flatmap(
        lambda size: st.dictionaries(
            st.sampled_from("abcd"), st.lists(NUMBERS, min_size=size, max_size=size), min_size=4, max_size=4
        )
    ),
    st.dictionaries(st.sampled_from("abc"), NUMBERS, min_size=1),
)
def test_fuse_is_the_weighted_sum(signals: dict[str, list[float]], weights: dict[str, float]) -> None:
    """Each passage gets the weighted sum of its own signals; what has no weight does not count."""
    size = len(signals["a"])
    sums = [sum(weight * signals[name][row] for name, weight in weights.items()) for row in range(size)]
    fused = ranking.fuse({name: np.array(values) for name, values in signals.items()}, weights)
    assert fused.tolist() == pytest.approx(sums, abs=1e-6)


def test_fuse_leaves_a_silent_signal_silent() -> None:
    """Where no passage shares words with the question, words do not change the order."""
    meaning, words = np.array([0.1, 0.5, 0.3]), np.zeros(3)
    with_words = ranking.fuse({"meaning": meaning, "words": words}, {"meaning": 1.0, "words": 5.0})
    np.testing.assert_allclose(with_words, ranking.fuse({"meaning": meaning}, {"meaning": 1.0}))


PLACED = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20), NUMBERS, NUMBERS), min_size=1, max_size=12)
"""Where a row's middle stands, how long it is, and what two signals say of it."""


@given(PLACED, st.integers(0, 40))
def test_around_is_the_mean_of_what_stands_near(drawn: list[tuple[int, int, float, float]], distance: int) -> None:
    """Of the rows whose middle is within the distance, those at its very end included, each weighs by its length."""
    places, sizes = (np.array([each[at] for each in drawn], np.float64) for at in (0, 1))
    values = np.array([[each[at] for each in drawn] for at in (2, 3)])
    found = ranking.around(values, places, sizes, distance)
    assert found.shape == values.shape
    for row, (place, *_) in enumerate(drawn):
        near = [each for each in drawn if abs(each[0] - place) <= distance]
        weights = [size + 1e-3 for _, size, _, _ in near]
        for signal in (0, 1):
            total = sum(weight * each[2 + signal] for weight, each in zip(weights, near, strict=True))
            assert found[signal, row] == pytest.approx(total / sum(weights), abs=1e-5)


@given(PLACED, st.randoms())
def test_around_does_not_depend_on_the_order_of_the_rows(
    drawn: list[tuple[int, int, float, float]], chosen: Random
) -> None:
    """Shuffled rows have the same means, each under its own number."""
    order = list(range(len(drawn)))
    chosen.shuffle(order)
    places, sizes, *values = (np.array([each[at] for each in drawn], np.float64) for at in range(4))
    found = ranking.around(np.stack(values), places, sizes, 10)
    shuffled = ranking.around(np.stack(values)[:, order], places[order], sizes[order], 10)
    np.testing.assert_allclose(shuffled, found[:, order], atol=1e-5)


def test_rows_without_length_are_averaged_alike() -> None:
    """Where nothing has a length, as in a list of signs, each row counts as much as any other."""
    found = ranking.around(np.array([[1.0, 3.0]]), np.array([0.0, 1.0]), np.zeros(2), 5)
    assert found[0].tolist() == pytest.approx([2.0, 2.0])


@given(scored_groups())
def test_best_by_owner_is_the_first_best_row(drawn: tuple[list[float], list[int]]) -> None:
    """Each owner has its highest score and the first row that reaches it; one without rows has 0 and no row."""
    scores, owners = drawn
    best, winners = ranking.best_by_owner(np.array(scores), np.array(owners, np.int64), 5)
    for owner in range(5):
        own = [row for row, its in enumerate(owners) if its == owner]
        first = min(own, key=lambda row: (-scores[row], row), default=-1)
        assert winners[owner] == first
        assert best[owner] == (scores[first] if own else 0.0)


@given(st.lists(st.tuples(FEW, st.sampled_from([0.0, 1e-12, -1e-12]), st.booleans()), max_size=15))
def test_order_is_best_first_and_ties_keep_the_rows(drawn: list[tuple[float, float, bool]]) -> None:
    """Only allowed rows come, best first; on a tie, noise below nine digits included, the lower row comes first."""
    scores = np.array([score + noise for score, noise, _ in drawn])
    allowed = np.array([may for _, _, may in drawn], dtype=bool)
    expected = sorted((row for row in range(len(drawn)) if allowed[row]), key=lambda row: (-drawn[row][0], row))
    assert ranking.order(scores, allowed) == expected


@pytest.mark.parametrize(("log_odds", "expected"), [(1e9, 1.0), (-1e9, 0.0), (0.0, 0.5), (math.log(3), 0.75)])
def test_probability_is_logistic_and_stays_between_0_and_1(log_odds: float, expected: float) -> None:
    """However strong the evidence, the result is a probability; the odds of 0.75 are three to one."""
    (found,) = ranking.probability(np.array([log_odds])).tolist()
    assert 0 <= found <= 1
    assert found == pytest.approx(expected)


def test_probability_of_nothing_is_nothing() -> None:
    """Where no passage was found, there is none whose probability could be told."""
    assert ranking.probability(np.empty(0)).tolist() == []


@given(
    st.lists(st.tuples(st.floats(0, 9), st.lists(st.booleans(), min_size=4, max_size=4)), min_size=1, max_size=6),
)
def test_coverage_is_the_share_of_what_the_terms_weigh(drawn: list[tuple[float, list[bool]]]) -> None:
    """The terms that a text has, by weight, of all terms; 0 where no term weighs anything."""
    total = sum(weight for weight, _ in drawn)
    found = ranking.coverage(np.array([weight for weight, _ in drawn]), np.array([has for _, has in drawn]))
    for text in range(4):
        held = sum(weight for weight, has in drawn if has[text])
        assert found[text] == pytest.approx(held / total if total else 0.0)


def test_coverage_counts_by_halves_what_is_half_there() -> None:
    """A term to which a text comes near counts as far as it does."""
    found = ranking.coverage(np.array([3.0, 1.0]), np.array([[1.0, 0.5], [0.0, 0.5]]))
    assert found.tolist() == pytest.approx([0.75, 0.5])


def test_coverage_without_terms_is_0_for_every_text() -> None:
    """A question without content words is covered by nothing."""
    assert ranking.coverage(np.empty(0), np.empty((0, 3), dtype=bool)).tolist() == [0.0, 0.0, 0.0]


@given(st.lists(st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=5), max_size=6))
def test_maxima_are_those_of_each_run(runs: list[list[tuple[int, int]]]) -> None:
    """Column by column, the greatest value of each run's own rows."""
    rows = np.array([row for run in runs for row in run], float).reshape(-1, 2)
    counts = np.array([len(run) for run in runs], np.int64)
    found = ranking.maxima(rows, np.cumsum(counts) - counts, counts)
    assert found.tolist() == [[max(row[at] for row in run) for at in range(2)] for run in runs]

"""Every measure against a naive twin, or against what can be counted by hand; and none where nothing can."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.measures import (
    BINS,
    FEWEST,
    Measure,
    calibration_error,
    coverages,
    first_hits,
    hits,
    ratio,
    reciprocal_rank,
    reliability,
    separation,
    share,
)

RANKS = [1, 2, 0, 4, 1, 11]
VERDICTS = st.lists(st.tuples(st.sampled_from([number / 20 for number in range(21)]), st.booleans()), max_size=40)
Verdicts = list[tuple[float, bool]]


def split(verdicts: Verdicts) -> tuple[list[float], list[bool]]:
    """Confidences and truths, each by itself."""
    return [each for each, _ in verdicts], [true for _, true in verdicts]


@pytest.mark.parametrize(("depth", "value"), [(1, 2 / 6), (3, 3 / 6), (5, 4 / 6), (10, 4 / 6)])
def test_hits_are_right_passages_near_the_top(depth: int, value: float) -> None:
    """A right passage counts from its rank on; one that was not found never does."""
    assert hits(RANKS, depth, looked=11) == Measure(value, 6)


def test_what_was_not_looked_at_is_not_measured() -> None:
    """A ranking of five passages does not tell what is among the first ten."""
    assert hits([1, 0], 10, looked=5) == reciprocal_rank([1, 0], 10, looked=5) == Measure(None, 2)
    assert hits([1, 0], 5, looked=5) == Measure(0.5, 2)


def test_reciprocal_rank_counts_ranks_up_to_its_depth() -> None:
    """By hand: (1 + 1/2 + 0 + 1/4 + 1 + 0) / 6, since the eleventh is beyond the first ten."""
    found = reciprocal_rank(RANKS, 10, looked=11)
    assert found.value == pytest.approx(2.75 / 6)
    assert found.questions == 6


def test_shares_and_ratios() -> None:
    """A share counts questions; a ratio counts parts of other things, but stands over questions all the same."""
    assert share([True, False, False, True]) == Measure(0.5, 4)
    assert ratio(3, 4, 2) == Measure(0.75, 2)


def test_nothing_is_made_up_where_nothing_can_be_counted() -> None:
    """Without any question there is no value, not 0 or 1; nor for names where none was given."""
    nothing = Measure(None, 0)
    assert share([]) == first_hits([]) == hits([], 3, looked=10) == reciprocal_rank([], 10, looked=10) == nothing
    assert separation([], []) == calibration_error(reliability([], [])) == nothing
    assert ratio(0, 0, 5) == Measure(None, 5)
    assert separation([0.5, 0.7], [True, True]) == Measure(None, 2)
    assert coverages([], []) == ()


@given(VERDICTS)
def test_separation_is_the_share_of_pairs_in_order(verdicts: Verdicts) -> None:
    """Of all pairs of a true and an untrue question, those with the true one surer, ties as half (naive twin)."""
    sure = [each for each, true in verdicts if true]
    unsure = [each for each, true in verdicts if not true]
    pairs = [(one > other) + (one == other) / 2 for one in sure for other in unsure]
    found = separation(*split(verdicts))
    assert found.questions == len(verdicts)
    assert found.value == (pytest.approx(sum(pairs) / len(pairs)) if pairs else None)


def test_separation_of_ties_is_chance() -> None:
    """Who is always equally sure tells nothing apart; who is always right tells everything."""
    assert separation([0.5] * 4, [True, False, True, False]).value == 0.5
    assert separation([0.9, 0.1, 0.8, 0.2], [True, False, True, False]).value == 1


@given(VERDICTS)
def test_bins_hold_what_a_naive_count_finds(verdicts: Verdicts) -> None:
    """Each bin is above its lower edge and up to its upper one, the first one from 0; together they hold everything."""
    bins = reliability(*split(verdicts))
    assert sum(each.questions for each in bins) == len(verdicts)
    for number, each in enumerate(bins):
        assert (each.low, each.high) == (number / BINS, (number + 1) / BINS)
        held = [one for one in verdicts if each.low < one[0] <= each.high or (number == 0 and one[0] == 0)]
        assert each.questions == len(held)
        assert each.confidence == (pytest.approx(sum(one[0] for one in held) / len(held)) if held else None)
        assert each.true == (pytest.approx(sum(one[1] for one in held) / len(held)) if held else None)


@given(VERDICTS.filter(bool))
def test_calibration_error_is_the_mean_gap(verdicts: Verdicts) -> None:
    """Each question counts with the gap between its bin's confidence and its bin's truth (naive twin)."""
    gaps = []
    for confidence, _ in verdicts:
        number = max(math.ceil(round(confidence * BINS, 6)), 1)
        held = [one for one in verdicts if max(math.ceil(round(one[0] * BINS, 6)), 1) == number]
        gaps.append(abs(sum(one[0] for one in held) - sum(one[1] for one in held)) / len(held))
    found = calibration_error(reliability(*split(verdicts)))
    assert found.value == pytest.approx(sum(gaps) / len(gaps))
    assert found.questions == len(verdicts)


def test_calibration_error_by_hand() -> None:
    """Two questions at 0.75, one of them true, and one true at 1: (2 × 0.25 + 1 × 0) / 3."""
    bins = reliability([0.75, 0.75, 1.0], [True, False, True])
    assert calibration_error(bins).value == pytest.approx(0.5 / 3)


@given(VERDICTS)
def test_coverages_are_what_their_thresholds_give(verdicts: Verdicts) -> None:
    """Each threshold answers the questions from it on, and of these the told share is true; at last, all of them."""
    found = coverages(*split(verdicts))
    for each in found:
        held = [true for confidence, true in verdicts if confidence >= each.threshold]
        assert each.answered == pytest.approx(len(held) / len(verdicts))
        assert each.true == pytest.approx(sum(held) / len(held))
    thresholds = [each.threshold for each in found]
    assert thresholds == sorted(set(thresholds), reverse=True)
    assert not verdicts or found[-1].answered == 1


def test_coverages_by_hand() -> None:
    """Of five questions the surest one, two, three, four and all; three of them are true."""
    found = coverages([0.9, 0.8, 0.7, 0.6, 0.5], [True, True, False, True, False])
    assert [each.threshold for each in found] == [0.9, 0.8, 0.7, 0.6, 0.5]
    assert [each.answered for each in found] == pytest.approx([0.2, 0.4, 0.6, 0.8, 1])
    assert [each.true for each in found] == pytest.approx([1, 1, 2 / 3, 3 / 4, 3 / 5])


def test_intervals_are_the_same_every_time_and_hold_the_value() -> None:
    """The draws are fixed, and the interval of 40 of 60 is about that of a binomial share: 1.96 standard errors."""
    ranks = [1] * 40 + [2] * 20
    found = first_hits(ranks)
    assert found == first_hits(ranks)
    assert found.value == pytest.approx(2 / 3)
    error = 1.96 * math.sqrt(2 / 3 * 1 / 3 / 60)
    assert found.low == pytest.approx(2 / 3 - error, abs=0.03)
    assert found.high == pytest.approx(2 / 3 + error, abs=0.03)
    told = separation([number / 40 for number in range(40)], [number % 3 > 0 for number in range(40)])
    assert told.low is not None
    assert told.high is not None
    assert told.value is not None
    assert told.low < told.value < told.high


def test_few_questions_have_no_interval() -> None:
    """Neither do questions that are all alike: chance is not known there, and nothing is made up."""
    assert first_hits([1, 2] * (FEWEST // 2 - 1)).low is None
    assert separation([0.1] * 50 + [0.9, 0.8], [False] * 50 + [True] * 2).low is None
    assert first_hits([1] * 50) == Measure(1.0, 50)

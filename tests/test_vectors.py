"""Vectors in one byte a number: what rounding costs is known, and nothing else changes."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rag.embedder import Vectors, normalise
from rag.vectors import Codes, Rows, Scales
from tests.small import assert_same_rows

DIMENSIONS = 6
NUMBERS = st.floats(-1, 1, width=32).filter(lambda number: number == 0 or abs(number) > 1e-3)


def unit_vectors(*, least: int = 0) -> st.SearchStrategy[Vectors]:
    """Vectors of length 1 or 0."""
    shapes = st.tuples(st.integers(least, 12), st.just(DIMENSIONS))
    return arrays(np.float32, shapes, elements=NUMBERS).map(normalise)


@given(unit_vectors(), unit_vectors())
def test_cosines_err_by_no_more_than_the_rounding(vectors: Vectors, others: Vectors) -> None:
    """Each number is off by half a step at the most, so a cosine by that times the root of the dimensions."""
    steps = np.abs(vectors).max(axis=1, initial=0) / 127
    error = np.abs(Rows.of(vectors).cosines(others) - vectors @ others.T)
    assert error.shape == (len(vectors), len(others))
    assert (error <= steps[:, np.newaxis] / 2 * DIMENSIONS**0.5 + 1e-6).all()


def test_cosines_of_many_dimensions_are_right_to_two_thousandths() -> None:
    """With as many numbers as the packaged model has, the loss is far below any difference between two passages."""
    chosen = np.random.default_rng(1)
    vectors, others = (normalise(chosen.standard_normal((300, 384))) for _ in range(2))
    assert np.abs(Rows.of(vectors).cosines(others) - vectors @ others.T).max() < 0.002


@given(unit_vectors())
def test_vectors_come_back_rounded(vectors: Vectors) -> None:
    """Each number is the nearest step to what it was, and the sign is kept."""
    rows = Rows.of(vectors)
    assert len(rows) == len(vectors)
    assert (np.abs(rows.vectors() - vectors) <= rows.scales[:, np.newaxis] / 2 + 1e-7).all()
    assert (np.sign(rows.vectors()) * np.sign(vectors) >= 0).all()


@given(unit_vectors())
def test_rounding_twice_changes_nothing(vectors: Vectors) -> None:
    """What was rounded stays as it is, so an index may be saved and built upon as often as one likes."""
    rows = Rows.of(vectors)
    np.testing.assert_array_equal(Rows.of(rows.vectors()).codes, rows.codes)


def test_rows_of_zeros_stay_zero() -> None:
    """A text without a direction is like nothing, before and after."""
    rows = Rows.of(np.array([[0, 0], [0, 1]], np.float32))
    assert rows.vectors().tolist() == [[0, 0], [0, 1]]
    assert rows.cosines(np.array([[0.6, 0.8]], np.float32))[:, 0].tolist() == pytest.approx([0, 0.8])


@given(st.lists(unit_vectors(), min_size=1, max_size=4))
def test_joined_rows_are_those_of_the_parts_in_order(parts: Sequence[Vectors]) -> None:
    """Rounding the parts and joining them is joining them and rounding."""
    assert_same_rows(Rows.joined([Rows.of(part) for part in parts]), Rows.of(np.concatenate(parts)))


@given(unit_vectors(least=1), st.data())
def test_taken_rows_are_those_that_were_asked_for(vectors: Vectors, data: st.DataObject) -> None:
    """In the order in which they were asked for, as often as they were."""
    chosen = np.array(data.draw(st.lists(st.integers(0, len(vectors) - 1))), np.int64)
    assert_same_rows(Rows.of(vectors).take(chosen), Rows.of(vectors[chosen]))
    assert_same_rows(Rows.of(vectors).take(slice(1, None)), Rows.of(vectors[1:]))


def test_no_rows_have_their_dimensions() -> None:
    """Where nothing is kept yet, more can be joined to it."""
    rows = Rows.of(np.eye(3, dtype=np.float32))
    assert_same_rows(Rows.joined([Rows.empty(3), rows]), rows)


@pytest.mark.parametrize(
    ("codes", "scales"),
    [(np.zeros((2, 3), np.int8), np.ones(1, np.float32)), (np.zeros(2, np.int8), np.ones(2, np.float32))],
)
def test_what_does_not_fit_together_is_refused(codes: Codes, scales: Scales) -> None:
    """A scale for each row, and rows of dimensions: nothing else can be vectors."""
    with pytest.raises(ValueError, match="scales for vectors"):
        Rows(codes, scales)

"""The measure of growth itself: it tells what is in proportion from what is not."""

import pytest

from tests.growth import grows_in_proportion

pytestmark = pytest.mark.timed


def test_work_in_proportion_is_told_from_work_by_the_square() -> None:
    """Going through a list once grows in proportion; comparing each of its entries with each other does not."""
    assert grows_in_proportion(lambda size: sum(range(size)), 200_000)
    assert not grows_in_proportion(lambda size: sum(1 for one in range(size) for other in range(size)), 300)

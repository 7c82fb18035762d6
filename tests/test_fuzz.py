"""Hostile content comes to nothing worse than a documented error, soon; many more cases: ``tests.benchmarks.fuzz``."""

import pytest

from tests.fuzzing import SLOWEST, HangError, attempt, case, fuzz, smallest
from tests.fuzztargets import TARGETS, Target

CASES = 200
"""For each target."""
SEED = 11


def refuse(content: bytes) -> None:
    """Raise what is documented for "a", something else for "b", and never end for "c"."""
    if b"a" in content:
        raise KeyError
    if b"b" in content:
        raise IndexError
    if b"c" in content:
        raise HangError


REFUSING = Target("refusing", lambda random: random.choice((b"xax", b"xxbxx", b"xcx", b"x")), refuse, (KeyError,))


@pytest.mark.parametrize("target", TARGETS, ids=lambda target: target.name)
def test_hostile_content_is_taken_or_refused(target: Target) -> None:
    """Whatever comes in, nothing but a documented error comes out, and nothing hangs."""
    outcome = fuzz(target, range(CASES), SEED)
    assert outcome.cases == CASES
    assert {failure: example for failure, example in outcome.failures.items() if failure != "slow"} == {}


def test_a_failure_is_told_with_its_smallest_example() -> None:
    """An error that is not documented, or none for too long, is a failure; what is documented is none."""
    outcome = fuzz(REFUSING, range(50), SEED)
    assert {name.split()[0]: example for name, example in outcome.failures.items()} == {
        "IndexError": b"b",
        "HangError": b"xcx",
    }
    assert attempt(REFUSING, b"a")[1] == attempt(REFUSING, b"")[1] == ""
    assert smallest(REFUSING, b"x" * 100 + b"b", attempt(REFUSING, b"b")[1]) == b"b"
    assert outcome.slowest < SLOWEST


def test_a_case_is_made_of_its_number_alone() -> None:
    """The same number gives the same case, whatever was made before, so that a failure can be looked at again."""
    for target in TARGETS:
        again = [case(target, SEED, number) for number in (3, 4, 3)]
        assert again[0] == again[2], target.name

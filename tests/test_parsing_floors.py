"""How well interviews are read must not fall: floors a little below what ``tests.benchmarks.parsing`` prints.

The transcripts below ``unread`` were scored once before anybody who tunes had read them; their figures then are told in
the README. Since then they are tuned on like any others.
"""

from pathlib import Path
from statistics import fmean

import pytest

from tests.benchmarks.parsing import Outcome, scored
from tests.parsingmeasures import invented

TESTS = Path(__file__).parent
FLOORS = {
    ("interviews", "labelled"): (0.98, 0.99, 0.98),
    ("interviews", "magazine"): (0.99, 0.99, 0.99),
    ("unread/first", "labelled"): (0.97, 0.98, 0.98),
    ("unread/first", "magazine"): (0.98, 0.98, 0.98),
    ("unread/second", "labelled"): (0.97, 0.87, 0.88),
    ("unread/second", "magazine"): (0.90, 0.65, 0.52),
    ("unread/third", "labelled"): (0.98, 0.91, 0.90),
    ("unread/third", "magazine"): (0.98, 0.98, 0.98),
    ("unread/fourth", "labelled"): (0.98, 0.89, 0.90),
    ("unread/fourth", "magazine"): (0.98, 0.98, 0.98),
}
"""Boundaries, right speaker, speaker set."""


@pytest.fixture(scope="module")
def outcomes() -> dict[str, list[Outcome]]:
    """All folders, scored."""
    return {folder: scored(TESTS / folder) for folder in {folder for folder, _ in FLOORS}}


@pytest.mark.parametrize(("folder", "kind"), FLOORS)
def test_reading_is_as_good_as_it_was(folder: str, kind: str, outcomes: dict[str, list[Outcome]]) -> None:
    """The mean of each measure over the files of one kind is at its floor or above."""
    scores = [outcome.scores for outcome in outcomes[folder] if outcome.gold.kind == kind]
    assert len(scores) > 10
    means = [fmean(getattr(each, name) for each in scores) for name in ("boundaries", "speaker", "speakers")]
    assert all(mean >= floor for mean, floor in zip(means, FLOORS[folder, kind], strict=True)), means


def test_no_name_is_invented_where_the_file_gives_none(outcomes: dict[str, list[Outcome]]) -> None:
    """In our own interviews nobody is called what the file does not call him."""
    assert [outcome.gold.file for outcome in outcomes["interviews"] if outcome.problem] == []
    read = [(each.found, each.wanted) for each in outcomes["interviews"] if each.found and each.wanted]
    assert [name for found, wanted in read for name in invented(found, wanted)] == []

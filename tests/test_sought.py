"""Said, mentioned, left out: who counts as an answer, and who does not."""

from pathlib import Path

import pytest

from rag.library import Library
from tests.small import LettersEmbedder

TALK = """Ann: What do you think of grandmothers? Mine came from Canada.
Bo: I paint boats, every day, in the harbour of our town.

Ann: And what do you eat?
Bo: Bread with salt, and on Sundays soup, as my neighbour Cleo taught me.
"""
OTHER = """Dan: Where did you learn to sail?
Eve: In Canada, on a lake so wide that no shore was to be seen.

Dan: Who taught you?
Eve: My grandmother did, and her grandmother had taught her.
"""


@pytest.fixture
def asked(tmp_path: Path) -> Library:
    """Two interviews, with letters for meaning."""
    folder = tmp_path / "interviews"
    folder.mkdir()
    (folder / "boats.txt").write_text(TALK, encoding="utf-8")
    (folder / "lakes.txt").write_text(OTHER, encoding="utf-8")
    return Library.open(folder, index=tmp_path / "index", embedder=LettersEmbedder())


def test_who_mentions_a_word_is_who_says_it(asked: Library) -> None:
    """Not who is mentioned, and not the interviewer who asked."""
    answer = asked.ask("who mentions Canada?")
    assert (answer.said, answer.speakers, answer.silent) == (True, ("Eve",), ("Bo",))
    assert "Canada" in answer.hits[0].quote
    assert asked.ask("who mentions Cleo?").speakers == ("Bo",)


def test_a_form_of_the_word_is_the_word(asked: Library) -> None:
    """One grandmother is a mention of grandmothers."""
    assert asked.ask("who mentions grandmothers?").speakers == ("Eve",)


def test_what_nobody_mentions_is_mentioned_by_nobody(asked: Library) -> None:
    """The word itself has to be there, however near in meaning another is; the nearest passages are shown."""
    answer = asked.ask("who mentions Norway?")
    assert (answer.said, answer.speakers, answer.confidence) == (False, (), 0.0)
    assert answer.hits


def test_those_left_out_are_not_searched(asked: Library) -> None:
    """Neither are they named, nor listed as silent."""
    answer = asked.ask("who besides Eve mentions Canada?")
    assert (answer.said, answer.speakers, answer.silent) == (False, (), ("Bo",))
    assert all(hit.speaker != "Eve" for hit in asked.retrieve("everyone except Eve on lakes", k=20))

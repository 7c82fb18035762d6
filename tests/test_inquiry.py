"""Said, mentioned, asked: three things, and who did which."""

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
    assert (answer.said, answer.speakers) == (True, ("Eve",))
    assert "Canada" in answer.hits[0].quote
    assert asked.ask("who mentions Cleo?").speakers == ("Bo",)


def test_what_nobody_mentions_is_mentioned_by_nobody(asked: Library) -> None:
    """The word itself has to be there, however near in meaning another is."""
    answer = asked.ask("who mentions Norway?")
    assert (answer.said, answer.speakers, answer.confidence) == (False, (), 0.0)
    assert answer.hits


def test_who_was_asked_is_who_answers_the_question(asked: Library) -> None:
    """The quotes are answers, whatever they say; each was given to a question that asks it."""
    understood = asked.understand("who was asked about grandmothers?")
    assert understood.sought == "asked"
    found = asked.inquiry.rank(understood).hits()
    assert found[0].speaker == "Bo"
    assert found[0].question is not None
    assert "grandmothers" in found[0].question
    assert all(hit.kind == "answer" for hit in found)


def test_who_asked_is_an_interviewer(asked: Library) -> None:
    """The quotes are questions, and their speakers those who put them."""
    understood = asked.understand("who asked about grandmothers?")
    assert understood.sought == "asker"
    found = asked.inquiry.rank(understood).hits()
    assert found[0].speaker == "Ann"
    assert all(hit.kind == "question" for hit in found)
    assert set(asked.ask("who asked about grandmothers?").silent) <= {"Ann", "Dan"}


def test_interviewers_are_no_speakers_of_what_they_ask(asked: Library) -> None:
    """Neither among those who say something, nor among those who are searched for it."""
    answer = asked.ask("who talks about grandmothers?")
    assert not {"Ann", "Dan"} & {*answer.speakers, *answer.silent}
    assert asked.speakers == ("Bo", "Eve")


def test_those_left_out_are_not_searched(asked: Library) -> None:
    """Neither are they named, nor listed as silent."""
    answer = asked.ask("who besides Eve mentions Canada?")
    assert (answer.said, answer.speakers, answer.silent) == (False, (), ("Bo",))

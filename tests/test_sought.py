"""Said, mentioned, left out: who counts as an answer, and who does not."""

from pathlib import Path
from typing import get_args

import pytest

from rag import terminal
from rag.errors import UnknownNameError
from rag.library import Library
from rag.records import (
    UNKNOWN_SPEAKER,
    Answer,
    Hit,
    Passage,
    QuestionKind,
    Sought,
    Span,
    Understood,
    Voices,
    Why,
)
from rag.wording import understood_as, verdict
from tests.small import library_of, source

PLAIN = terminal.Screen()

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
    return library_of({"boats.txt": TALK, "lakes.txt": OTHER}, tmp_path)


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


def test_role_tells_whose_words_count(asked: Library) -> None:
    """Only what interviewers say, only what those say who answer, or both; nothing else is searched."""
    spoken = {role: {hit.kind for hit in asked.retrieve("Canada", k=50, role=role)} for role in get_args(Voices)}
    assert spoken == {"interviewee": {"answer"}, "interviewer": {"question"}, "anybody": {"answer", "question"}}
    asking = asked.ask("who mentions Canada?", role="interviewer")
    assert (asking.speakers, asking.silent) == (("Ann",), ("Dan",))
    anybody = asked.ask("who mentions Canada?", role="anybody")
    assert (set(anybody.speakers), set(anybody.silent)) == ({"Ann", "Eve"}, {"Bo", "Dan"})
    assert anybody.understood.role == "anybody"


def test_question_that_says_whose_words_count_is_right(asked: Library) -> None:
    """Whoever was asked answered, and whoever asked is an interviewer, whatever role is set beside."""
    assert asked.ask("who was asked about grandmothers?", role="interviewer").understood.role == "interviewee"
    assert asked.ask("who asked about grandmothers?", role="anybody").understood.role == "interviewer"


def test_filter_knows_the_names_of_its_role(asked: Library) -> None:
    """An interviewer can be chosen where interviewers are searched, and only there."""
    assert {hit.speaker for hit in asked.retrieve("Canada", k=50, speakers=["ann"], role="anybody")} == {"Ann"}
    with pytest.raises(UnknownNameError, match="There are: Bo, Eve"):
        asked.ask("Canada", speakers=["Ann"])
    with pytest.raises(UnknownNameError, match="There are: Ann, Dan"):
        asked.ask("Canada", speakers=["Bo"], role="interviewer")


@pytest.mark.parametrize(
    ("question", "role", "understood", "outcome"),
    [
        (
            "who mentions Canada?",
            "interviewer",
            ", only in what interviewers say",
            "One interviewer mentions this: Ann.",
        ),
        ("who mentions Canada?", "anybody", ", also in what interviewers say", "Two people mention this: "),
        (
            "who mentions Norway?",
            "interviewer",
            "mentions “Norway”, only in",
            "No interviewer in these 2 interviews says",
        ),
        ("what does Bo mention about Canada?", "interviewer", "“", "Bo does not say that when asking questions."),
        ("who asked about grandmothers?", "anybody", "who asked about “grandmothers”\n", "One interviewer asked about"),
    ],
)
def test_reader_is_told_whose_words_count(
    asked: Library, question: str, role: Voices, understood: str, outcome: str
) -> None:
    """The line and the verdict say so, and say no more than was searched."""
    told = terminal.answer(asked.ask(question, role=role), PLAIN, everyone=asked.speakers, interviews=2)
    assert understood in told
    assert outcome in told


def test_people_without_names_are_not_counted() -> None:
    """Two whose names are not known look like one, so that one is the least there are."""
    text = "A river. "
    origin = source("a.txt", text)
    whole = Span(0, 8)
    hit = Hit(Passage("a.txt", whole, UNKNOWN_SPEAKER, (whole,), kind="question"), origin, whole, 0.9, Why((), 0.5))
    understood = Understood("?", "who", "rivers", role="interviewer")
    answer = Answer(understood, True, 0.9, (UNKNOWN_SPEAKER,), (), (hit,))
    assert verdict(answer, everyone=(), interviews=2) == "At least one interviewer talks about this: unknown speaker."


@pytest.mark.parametrize(
    ("question", "understood", "outcome"),
    [
        ("who mentions Canada?", "who mentions “Canada”", "One person mentions this: Eve."),
        (
            "how many of them mention grandmothers?",
            "how many people mention “grandmothers”",
            "One person mentions this",
        ),
        ("who besides Eve mentions Canada?", "who mentions “Canada”, leaving out Eve", "Nobody else in these 2"),
        ("who was asked about grandmothers?", "who was asked about “grandmothers”", "asked about this: Bo"),
        ("who asked about grandmothers?", "who asked about “grandmothers”", "asked about this: Ann"),
    ],
)
def test_reader_is_told_what_was_understood(asked: Library, question: str, understood: str, outcome: str) -> None:
    """Every kind of question has its own words, in the line that says how it was taken and in the verdict."""
    found = asked.ask(question)
    told = terminal.answer(found, PLAIN, everyone=asked.speakers, interviews=2)
    assert f"Understood as: {understood}" in told
    assert outcome in told


@pytest.mark.parametrize("kind", get_args(QuestionKind))
@pytest.mark.parametrize("sought", get_args(Sought))
@pytest.mark.parametrize("topic", ["rivers", ""])
def test_there_are_words_for_every_kind_of_question(kind: QuestionKind, sought: Sought, topic: str) -> None:
    """Whatever a question is taken to be, it can be told."""
    for speakers in ((), ("Eve",), ("Bo", "Eve")):
        told = understood_as(Understood("?", kind, topic, speakers, sought=sought, excluded=("Dan",)))
        assert told.startswith("Understood as: ")
        assert "None" not in told
        assert "“”" not in told

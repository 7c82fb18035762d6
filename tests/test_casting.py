"""Which labels stand for speakers: those that recur, and those that the file names elsewhere."""

import pytest

from rag.plausible import is_nobody, plausible
from tests.samples import interview_of, said

TALK = "Ana: How are you?\n\nBen: Fine.\n\nAna: Really?\n\nBen: Yes.\n\nAna: Why?\n\nBen: So.\n\n"


@pytest.mark.parametrize(
    "label",
    [
        "Ana",
        "Ana Lee",
        "ANA",
        "Speaker 1",
        "Man in audience",
        "int",
        "P2",
        "María del Mar",
        "ana_lee7",
        "Siân Lee AM",
        "Ana Lee MP",
    ],
)
def test_a_name_can_be_a_label(label: str) -> None:
    """Names, handles and words for people who are not named can stand for somebody."""
    assert plausible(label)


@pytest.mark.parametrize(
    "label", ["", "12", "I said", "One thing that I know is", "https", "What is it", "Note", "Website", "Music"]
)
def test_a_phrase_can_be_no_label(label: str) -> None:
    """Sentences, keys and addresses cannot."""
    assert not plausible(label)


@pytest.mark.parametrize("label", ["Break", "music", "Sponsor", "Transcript completed by", "End of tape", "Photo"])
def test_a_break_is_nobody(label: str) -> None:
    """Labels that say of themselves that no person speaks."""
    assert is_nobody(label)


@pytest.mark.parametrize("label", ["Ana", "MC", "PS", "Mark"])
def test_a_person_is_somebody(label: str) -> None:
    """Names and initials in capitals are people."""
    assert not is_nobody(label)


@pytest.mark.parametrize("label", ["Cora Dahl", "Man in audience", "Speaker 3"])
def test_somebody_may_speak_once(label: str) -> None:
    """Two names, or words for a person, label a turn even if they come once."""
    text = TALK + f"{label}: May I add something to this, please?\n\nAna: Yes?\n\nBen: Yes.\n"
    assert (label, "May I add something to this, please?") in said(interview_of(text))


@pytest.mark.parametrize("label", ["Salt", "Second", "Result"])
def test_an_entry_of_a_list_speaks_never(label: str) -> None:
    """A single word with a short entry behind it is no speaker."""
    text = TALK + f"Ana: What is in it?\n\nBen: This.\n\n{label}: two spoons\n\nAna: Good?\n\nBen: Yes.\n"
    assert label not in {name for name, _ in said(interview_of(text))}


def test_a_person_of_the_introduction_may_speak_once() -> None:
    """Whom the introduction names is somebody, even with a single turn."""
    text = f"With us is Cora Dahl.\n\n{TALK}Cora: Me, too.\n\nAna: Yes?\n\nBen: Yes.\n"
    assert ("Cora Dahl", "Me, too.") in said(interview_of(text))


def test_music_and_breaks_are_nobodys() -> None:
    """What is set like a speaker and is none ends a turn, and its words are nobody's."""
    text = "".join(f"**{name}:** {words}\n\n" for name, words in [
        ("Ana", "How are you?"), ("Ben", "Fine."), ("Break", "Buy this soap."), ("Ana", "Back again. Well?"),
        ("Ben", "Well."), ("Ana", "Why?"), ("Ben", "So."),
    ])  # fmt: skip
    words = said(interview_of(text))
    assert ("Ben", "Fine.") in words
    assert not any("soap" in each for _, each in words)


def test_two_labels_that_come_once_each_make_no_transcript_of_prose() -> None:
    """A page with two colons is no conversation of two people."""
    text = "What do you do?\n\nI paint.\n\nFirst: I draw.\n\nThen: I wait.\n\nWhy do you do it?\n\nI like it.\n"
    names = {name for name, _ in said(interview_of(text))}
    assert not names & {"First", "Then"}


def test_who_is_quoted_within_an_answer_does_not_speak() -> None:
    """A quoted "name: words" within a sentence begins no turn."""
    text = TALK.replace("Ben: So.", "Ben: He told me “Carl: sit down”, and I sat.")
    assert {name for name, _ in said(interview_of(text))} == {"Ana", "Ben"}


def test_a_question_and_its_answer_need_no_label_twice() -> None:
    """Vox pops have one question and one answer: two names that come once each are speakers."""
    asked = "Ines Roth: How cold was the hut?\nPer Holm: So cold that the ink froze, and we wrote with soot.\n"
    assert said(interview_of(asked)) == [
        ("Ines Roth", "How cold was the hut?"),
        ("Per Holm", "So cold that the ink froze, and we wrote with soot."),
    ]

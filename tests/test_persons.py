"""All forms under which one file names a person, and the fullest of them."""

import pytest

from rag.records import UNKNOWN_SPEAKER
from tests.samples import interview_of, said


def conversation(host: str, *guests: str) -> str:
    """A host and guests in turn, each guest's label used twice."""
    rows = [row for guest in guests for row in (f"{host}: What is next?", f"{guest}: I paint.")]
    return "\n\n".join(rows * 2) + "\n"


@pytest.mark.parametrize(
    "form", ["Maria", "Lopez", "ML", "M. Lopez", "Dr. Lopez", "MARIA LOPEZ", "Maria L.", "Dr. Maria Lopez"]
)
def test_forms_of_one_name_are_one_person(form: str) -> None:
    """First name, surname, initials, capitals and titles are forms of the full name."""
    interview = interview_of(conversation("Host", "Maria Lopez", form))
    guests = [speaker.name for speaker in interview.speakers if speaker.role == "interviewee"]
    assert len(guests) == 1
    assert "lopez" in guests[0].casefold()
    assert "maria" in guests[0].casefold()


@pytest.mark.parametrize(
    "introduction",
    [
        "Maria Lopez (ML) paints boats.",
        "ML: Maria Lopez",
        "ML = Maria Lopez",
        "Interviewee: Maria Lopez (ML)",
        "Today Maria Lopez is with us.",
    ],
)
def test_initials_are_read_as_the_introduction_ties_them(introduction: str) -> None:
    """Initials are shown as the name that the file gives for them."""
    interview = interview_of(f"{introduction}\n\n{conversation('INT', 'ML')}")
    assert said(interview)[1] == ("Maria Lopez", "I paint.")


@pytest.mark.parametrize("label", ["ML", "Speaker 2", "P1", "Interviewee", "mlo_77"])
def test_who_is_never_introduced_keeps_the_label(label: str) -> None:
    """Nobody is given a name that the file does not tie to the label."""
    interview = interview_of(f"We met by the harbour.\n\n{conversation('INT', label)}")
    assert said(interview)[1] == (label, "I paint.")


def test_two_people_of_one_surname_are_two() -> None:
    """A shared surname does not make one person of two."""
    interview = interview_of(conversation("Host", "Ann Lee", "Bob Lee"))
    assert [speaker.name for speaker in interview.speakers if speaker.role == "interviewee"] == ["Ann Lee", "Bob Lee"]


def test_numbered_speakers_are_not_one() -> None:
    """Speaker 1 and Speaker 2 stay two."""
    interview = interview_of(conversation("Speaker 1", "Speaker 2", "Speaker 3"))
    assert {speaker.name for speaker in interview.speakers} == {"Speaker 1", "Speaker 2", "Speaker 3"}


def test_an_unknown_speaker_stays_unknown() -> None:
    """Where a file says that it does not know who speaks, nobody is named."""
    interview = interview_of("We met Ann Lee and Bob Day.\n\nQ: How?\n\nA: So.\n\nQ: Why?\n\nA: Because.\n")
    assert {turn.speaker for turn in interview.turns} == {UNKNOWN_SPEAKER}


@pytest.mark.parametrize(("label", "word"), [("NK", "No."), ("YL", "Yes."), ("S1", "So."), ("OD", "Oh.")])
def test_a_reply_of_one_word_is_nobodys_name(label: str, word: str) -> None:
    """Initials whose speaker says a single word with the same first letter are not tied to that word."""
    text = f"INT: How?\n{label}: I paint.\nINT: Really?\n{label}: {word}\nINT: Why?\n{label}: I like it.\n"
    assert said(interview_of(text))[1] == (label, "I paint.")

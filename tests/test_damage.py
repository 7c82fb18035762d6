"""Damaged labels: without their colon, with another sign, in the middle of a line."""

import pytest

from tests.samples import interview_of, said

BEFORE = "Ana: How are you?\n\nBen: Fine.\n\nAna: Really?\n\nBen: Yes.\n\nAna: Where do you live?\n\n"
AFTER = "\n\nAna: And why?\n\nBen: So.\n\nAna: Well?\n\nBen: Well.\n"


@pytest.mark.parametrize(
    ("damaged", "words"),
    [
        ("Ben I live here.", "I live here."),
        ("Ben; I live here.", "I live here."),
        ("Ben:: I live here.", "I live here."),
        ("Ben : I live here.", "I live here."),
        ("Ben:I live here.", "I live here."),
        ("**Ben:** I live here.", "I live here."),
        ("**Ben** I live here.", "I live here."),
        ("Ben [00:01:02] I live here.", "I live here."),
        ("BEN: I live here.", "I live here."),
        ("ben: I live here.", "I live here."),
    ],
)
def test_a_damaged_label_begins_a_turn(damaged: str, words: str) -> None:
    """A known name at the head of a paragraph that reads like speech begins a turn all the same."""
    assert said(interview_of(BEFORE + damaged + AFTER))[5] == ("Ben", words)


def test_a_label_in_the_middle_of_a_line_begins_a_turn() -> None:
    """Behind the end of a sentence a known label with its colon is one."""
    text = BEFORE.rstrip() + " Ben: I live here." + AFTER
    assert said(interview_of(text))[4:6] == [("Ana", "Where do you live?"), ("Ben", "I live here.")]


@pytest.mark.parametrize(
    "line",
    [
        "Ana is my neighbour.",
        "Ana and I met here.",
        "Ana told me so.",
        "Ana's house is near.",
        "Ana, you know it.",
        "I know Ana: she is here.",
        "Anabel: a fine name for a boat, is it not",
    ],
)
def test_a_name_in_a_sentence_begins_none(line: str) -> None:
    """Somebody may be spoken of or to without speaking."""
    text = f"{BEFORE}Ben: I live here.\n\n{line}{AFTER}"
    assert said(interview_of(text))[5] == ("Ben", f"I live here.\n\n{line}")


@pytest.mark.parametrize("slip", ["Benjamni", "Benjmain", "Benjaminn"])
def test_a_misspelt_label_is_whom_it_means(slip: str) -> None:
    """A slip of typing in a longer name is no other person."""
    text = (BEFORE + f"{slip}: I live here." + AFTER).replace("Ben:", "Benjamin:")
    interview = interview_of(text)
    assert said(interview)[5] == ("Benjamin", "I live here.")
    assert len(interview.speakers) == 2

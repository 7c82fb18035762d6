"""Turns of a labelled transcript: from one label to the next."""

from itertools import product

import pytest

from tests.samples import interview_of, said

TALK = [("Ana", "How are you?"), ("Ben", "Fine."), ("Ana", "Why?"), ("Ben", "So.")]


def test_a_label_repeated_begins_no_turn() -> None:
    """Whoever speaks already goes on; the label stands apart."""
    text = "Ana: How are you?\nBen: Fine.\nBen: Really.\nAna: Why?\nBen: So.\n"
    interview = interview_of(text)
    assert said(interview)[1] == ("Ben", "Fine.\nBen: Really.")
    assert [span.of(text) for span in interview.apart] == ["Ben:"]


@pytest.mark.parametrize("note", ["(laughing)", "[pause]"])
def test_a_direction_at_the_head_of_a_turn_is_not_said(note: str) -> None:
    """A line in brackets below a label tells how, not what."""
    text = f"Ana:\nHow are you?\n\nBen:\n{note}\nFine.\n\nAna:\nWhy?\n\nBen:\nSo.\n"
    assert said(interview_of(text)) == TALK


def test_a_label_without_words_says_nothing() -> None:
    """An empty label makes no turn."""
    text = "Ana: How are you?\n\nBen:\n\nAna: Hello?\n\nBen: Fine.\n\nAna: Why?\n\nBen: So.\n"
    assert said(interview_of(text))[:2] == [("Ana", "How are you?\n\nBen:\n\nAna: Hello?"), ("Ben", "Fine.")]


@pytest.mark.parametrize(("before", "end"), list(product(["# A day\n\n", "It rained.\n\n", ""], ["", "\n\n\n"])))
def test_what_stands_around_is_in_no_turn(before: str, end: str) -> None:
    """A title, an introduction and blanks are nobody's."""
    text = before + "\n\n".join(f"{name}: {words}" for name, words in TALK) + end
    assert said(interview_of(text)) == TALK

"""Turns that begin with a sign and no name."""

import pytest

from rag.records import UNKNOWN_SPEAKER
from tests.samples import interview_of, said

WORDS = ["How are you?", "Fine, thanks.", "What do you do?", "I paint.", "And why?", "I like it."]


@pytest.mark.parametrize("sign", [">> ", ">>", "&gt;&gt; ", "– ", "— ", "- ", "―"])
def test_a_sign_begins_a_turn(sign: str) -> None:
    """A dash or arrows tell that the speaker changes, and nobody is named."""
    interview = interview_of("\n".join(sign + words for words in WORDS))
    assert said(interview) == [(UNKNOWN_SPEAKER, words) for words in WORDS]
    assert [turn.role for turn in interview.turns] == ["interviewer", "interviewee"] * 3
    assert interview.speakers == ()


def test_a_line_without_a_sign_goes_on() -> None:
    """Only the sign begins a turn."""
    text = ">> How are you?\n>> Fine,\nthanks.\n>> And why?\n>> I sleep.\n>> Really?\n>> Yes.\n"
    assert said(interview_of(text))[1] == (UNKNOWN_SPEAKER, "Fine,\nthanks.")


def test_a_list_is_no_dialogue() -> None:
    """Entries that ask nothing are not said in turn."""
    text = "What do you pack?\n\nI pack these:\n\n- rope\n- bread\n- soap\n- oil\n- salt\n\nAnd why?\n\nI like it.\n"
    assert "- bread" in said(interview_of(text))[1][1]

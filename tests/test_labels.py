"""Labels in every way in which transcripts set them, and what only looks like one."""

import pytest

from rag.records import UNKNOWN_SPEAKER
from tests.samples import interview_of, said

TALK = [("Ana Lee", "How are you?"), ("Ben Fox", "Fine."), ("Ana Lee", "And the cat?"), ("Ben Fox", "She sleeps.")]
LAYOUTS = {
    "name": "{name}: {words}\n",
    "capitals with a blank line": "{name}: {words}\n\n",
    "bold, colon inside": "**{name}:** {words}\n\n",
    "bold, colon outside": "**{name}**: {words}\n\n",
    "underscores, colon inside": "__{name}:__ {words}\n\n",
    "underscores, colon outside": "__{name}__: {words}\n\n",
    "time before": "[00:01:02] {name}: {words}\n",
    "round time before": "(00:01:02) {name}: {words}\n",
    "bare time before": "00:01:02 {name}: {words}\n",
    "bold with time": "**[00:04] {name}:** {words}\n\n",
    "time behind, own line": "{name} (00:01:15):\n{words}\n\n",
    "bare time behind, own line": "{name}  0:03\n{words}\n\n",
    "bold, time behind, own line": "**{name}** 00:01:15\n{words}\n\n",
    "time on the line below": "{name}\n0:03\n{words}\n\n",
    "heading": "#### {name}\n\n{words}\n\n",
    "bold, own line": "**{name}**\n\n{words}\n\n",
    "escaped time": "{name}: \\[00:01:02\\] {words}\n\n",
    "brackets": "[{name}] {words}\n\n",
    "long dash": "{name} — {words}\n\n",
    "tab": "{name}\t{words}\n",
    "wide colon": "{name}：{words}\n",
    "doubled colon": "{name}:: {words}\n",
    "quote sign": "> {name}: {words}\n\n",
    "list": "- {name}: {words}\n",
    "line number": "12  {name}: {words}\n",
    "indented": "    {name}: {words}\n",
    "cite": "<cite>{name}:</cite> {words}\n\n",
    "class": '<div class="name">{name}:</div> {words}\n\n',
    "paragraph": "<P>{name}: {words}\n\n",
    "role behind a comma": "{name}, painter: {words}\n\n",
    "note in brackets": "{name} (laughing): {words}\n\n",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_layout_is_read(layout: str) -> None:
    """Whoever speaks is named without time, marks and colon, and says no more than the words."""
    text = "".join(layout.format(name=name, words=words) for name, words in TALK)
    assert said(interview_of(text)) == TALK


@pytest.mark.parametrize(
    "label",
    ["Speaker 1", "SPEAKER_01", "M1", "P2", "zz_top99", "tall_paul77", "J.R.", "Łukasz", "O’Neil", "Jean-Luc", "佐藤"],
)
def test_a_label_that_names_nobody_in_full_stays_as_written(label: str) -> None:
    """Numbers, handles, initials and names of any script are shown as the file writes them."""
    text = f"Ana: How are you?\n{label}: Fine.\nAna: Really?\n{label}: Yes.\nAna: Why?\n{label}: So.\n"
    assert said(interview_of(text))[1] == (label, "Fine.")


@pytest.mark.parametrize(
    "line",
    [
        "The rule is this: never stop.",
        "Three things: salt, sugar, time.",
        "At 10:30 we left.",
        "https://harbour.example/a: b",
        "Warning: hot.",
        "I said: no.",
        "My answer is: yes.",
        "- Eggs: two",
        "Psalm 23:1 is short.",
    ],
)
def test_a_colon_in_an_answer_begins_no_turn(line: str) -> None:
    """What merely holds a colon stays within the answer."""
    text = f"Ana: What?\n\nBen: This.\n\n{line}\n\nAna: All?\n\nBen: Yes.\n\nAna: So?\n\nBen: So.\n"
    assert said(interview_of(text))[1] == ("Ben", f"This.\n\n{line}")


@pytest.mark.parametrize("label", ["Q", "A"])
def test_letters_that_ask_and_answer_name_nobody(label: str) -> None:
    """Q and A, with a colon or a full stop, are sides and not people."""
    for sign in (":", "."):
        text = f"Q{sign} How are you?\n\nA{sign} Fine.\n\nQ{sign} Really?\n\nA{sign} Yes.\n\n"
        interview = interview_of(text)
        assert {name for name, _ in said(interview)} == {UNKNOWN_SPEAKER}
        assert [turn.role for turn in interview.turns] == ["interviewer", "interviewee"] * 2
        assert label not in {words for _, words in said(interview)}


def test_hanging_indents_belong_to_the_words() -> None:
    """Lines that are set in below a label go on with what is said."""
    text = "ANA:   How are\n       you?\nBEN:   Fine, and\n       happy.\nANA:   Why?\nBEN:   So.\n"
    assert said(interview_of(text))[:2] == [("ANA", "How are\n       you?"), ("BEN", "Fine, and\n       happy.")]


def test_hard_wrapped_lines_belong_together() -> None:
    """A line that is broken by hand begins no turn."""
    text = "Ana: How are you\ntoday?\nBen: I am fine and\nI sleep a lot\nat sea.\nAna: Why?\nBen: So.\n"
    assert said(interview_of(text))[:2] == [
        ("Ana", "How are you\ntoday?"),
        ("Ben", "I am fine and\nI sleep a lot\nat sea."),
    ]

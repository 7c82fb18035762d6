"""The magazine page: questions in every dress, one guest, and what the page says itself."""

import pytest

from rag.records import UNKNOWN_SPEAKER
from tests.samples import asked_and_answered, interview_of, said

PAIRS = [
    ("What do you do?", "I paint boats."),
    ("Why do you paint them?", "I like my harbour."),
    ("And now?", "I rest."),
]
DRESSES = {
    "plain": "{}\n\n{}\n\n", "bold": "**{}**\n\n{}\n\n", "underscores": "__{}__\n\n{}\n\n", "h2": "## {}\n\n{}\n\n",
    "h3": "### {}\n\n{}\n\n", "bold heading": "## **{}**\n\n{}\n\n", "answer on the next line": "**{}**\n{}\n\n",
    "answer in the line": "**{}** {}\n\n", "no blank lines": "{}\n{}\n", "html": "<b>{}</b>\n\n{}\n\n",
    "italic": "*{}*\n\n{}\n\n", "numbered": "1. {}\n\n{}\n\n",
}  # fmt: skip


@pytest.mark.parametrize("dress", DRESSES.values(), ids=DRESSES)
def test_questions_in_every_dress(dress: str) -> None:
    """Headings, bold and plain paragraphs ask, and what follows answers."""
    interview = interview_of("".join(dress.format(*pair) for pair in PAIRS))
    assert [(question.strip("*_#<>/b1. "), answer) for question, answer in asked_and_answered(interview)] == PAIRS


@pytest.mark.parametrize(
    "before", ["We spoke to Ann Lee.\n\n", "# Interview with Ann Lee\n\n", "# Ann Lee on boats\n\n"]
)
def test_the_guest_is_whom_the_page_presents(before: str) -> None:
    """Title or introduction name who answers; who asks is nobody that is named."""
    interview = interview_of(before + "".join("**{}**\n\n{}\n\n".format(*pair) for pair in PAIRS))
    assert [name for name, _ in said(interview)] == [UNKNOWN_SPEAKER, "Ann Lee"] * 3


@pytest.mark.parametrize("before", ["", "It rained all day.\n\n", "# On boats\n\n"])
def test_where_nobody_is_presented_nobody_is_named(before: str) -> None:
    """Without a name the guest is unknown."""
    interview = interview_of(before + "".join("**{}**\n\n{}\n\n".format(*pair) for pair in PAIRS))
    assert {name for name, _ in said(interview)} == {UNKNOWN_SPEAKER}


@pytest.mark.parametrize(
    "question",
    ["Tell us about your boat.", "Describe your day.", "Your favourite colour is…", "You grew up by the sea."],
)
def test_a_bold_prompt_asks(question: str) -> None:
    """A question that is set as the others are needs no question mark."""
    pairs = [*PAIRS, (question, "I like it, my boat."), ("And then?", "I sleep.")]
    interview = interview_of("".join("**{}**\n\n{}\n\n".format(*pair) for pair in pairs))
    assert [asked.strip("*") for asked, _ in asked_and_answered(interview)] == [asked for asked, _ in pairs]


@pytest.mark.parametrize(
    "behind", ["Photo by Bob Day", "## Conclusion\n\nAnn lives in Barrow.", "Subscribe to our letter."]
)
def test_what_closes_a_page_is_said_by_nobody(behind: str) -> None:
    """Credits, a conclusion and invitations are no answer."""
    text = "".join("**{}**\n\n{}\n\n".format(*pair) for pair in PAIRS) + behind + "\n"
    assert said(interview_of(text))[-1][1] == "I rest."


def test_contacts_are_nobodys_where_a_question_calls_the_guest_by_name() -> None:
    """Knowing the guest's name, a page is read again; what follows the contacts is in no answer all the same."""
    text = (
        "# A talk with Ana Lee\n\nWe spoke to Ana Lee about kites.\n\nWhat do you do, Ana?\n\nI paint.\n\n"
        "Ana, what would you tell our readers?\n\nLook up.\n\nContact Info\nInstagram: @kites\nPhone 555 0142\n"
    )
    assert said(interview_of(text))[-1] == ("Ana Lee", "Look up.")

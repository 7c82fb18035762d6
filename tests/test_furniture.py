"""What stands in a transcript and nobody says."""

import pytest

from rag.furniture import Furniture, find_furniture
from rag.paragraphs import find_lines
from tests.samples import interview_of, said


def furniture(text: str) -> list[Furniture]:
    """All pieces of a text."""
    return find_furniture(text, find_lines(text), ())


@pytest.mark.parametrize(
    "line",
    [
        "## A heading", "00:01:02", "[01:02]", "\\[01:02\\]", "0:01 --> 0:05", "[1]: https://a.b", "<div>", "---",
        "* * *",
        "page 3 of 9", "12", "![a boat](b.png)", "This interview has been edited for length.", "Read more: The lock",
        "Related stories: The lock", "[Music plays]", "Transcript completed by Ann Lee",
    ],
)  # fmt: skip
def test_lines_that_nobody_says(line: str) -> None:
    """Such a line within an answer is apart: whoever speaks goes on after it."""
    assert [piece.span.of(line) for piece in furniture(line)] == [line]


@pytest.mark.parametrize(
    "line", ["The music was loud.", "I read more now.", "12 boats.", "At 10:30 we left.", "This is the interview."]
)
def test_words_that_somebody_says(line: str) -> None:
    """Sentences are none."""
    assert furniture(line) == []


@pytest.mark.parametrize("line", ["## The harbour", "00:01:02", "---", "page 3", "![a boat](b.png)"])
def test_whoever_speaks_goes_on_after_it(line: str) -> None:
    """The answer is one turn, and the piece stands apart in it."""
    text = f"Ana: How?\n\nBen: First.\n\n{line}\n\nThen.\n\nAna: Why?\n\nBen: So.\n\nAna: So?\n\nBen: So.\n"
    interview = interview_of(text)
    assert said(interview)[1] == ("Ben", f"First.\n\n{line}\n\nThen.")
    assert [span.of(text) for span in interview.apart] == [line]


@pytest.mark.parametrize("line", ["## Show notes", "## Links", "End of interview", "## References"])
def test_what_closes_a_transcript_ends_the_last_turn(line: str) -> None:
    """Behind it nothing is said."""
    text = f"Ana: How?\n\nBen: So.\n\nAna: Why?\n\nBen: So.\n\nAna: So?\n\nBen: Yes.\n\n{line}\n\nThe lock, a film.\n"
    assert said(interview_of(text))[-1] == ("Ben", "Yes.")


@pytest.mark.parametrize("block", ["<!-- a\nb -->", "<style>\na\n</style>", "```\na\nb\n```"])
def test_a_block_is_one_piece(block: str) -> None:
    """Comments, styles and code are taken out whole."""
    assert furniture(f"One.\n{block}\nTwo.")[0].span.of(f"One.\n{block}\nTwo.") == block

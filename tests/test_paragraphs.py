"""Paragraphs: a line each, or a block of lines each where lines are wrapped by hand."""

import pytest
from hypothesis import given

from rag.paragraphs import find_paragraphs
from tests.samples import texts

WRAPPED = """\
It was a long way from the village to the town, and we walked it every
day in winter and in summer, because there was no bus and nobody in the
family had a car or even a horse that could have taken us there. My
brother carried the books and I carried the bread

When I was ten the road was paved, and a year later the first bus came,
which changed everything for us, although my mother went on walking to
the town, as she said that the bus was for people who had no legs of
their own and that she had two of them
"""


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, as text."""
    return [span.of(text) for span in find_paragraphs(text)]


@given(texts())
def test_paragraphs_hold_every_character_but_white_space(text: str) -> None:
    """Paragraphs are stripped, in order, and only white space lies between them."""
    at = 0
    for span in find_paragraphs(text):
        assert not text[at : span.start].strip()
        assert span.of(text) == span.of(text).strip()
        at = span.end
    assert not text[at:].strip()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\n\n", " \n\t\n  "])
def test_each_line_is_a_paragraph(end: str) -> None:
    """Lines are paragraphs, whatever ends them and however many empty ones lie between."""
    assert paragraphs(end.join(["How are you?", "Fine.", "Good."])) == ["How are you?", "Fine.", "Good."]


def test_wrapped_lines_are_joined() -> None:
    """Where lines are wrapped by hand, a paragraph goes on to the next empty line, line ends included."""
    first, second = WRAPPED.strip().split("\n\n")
    assert paragraphs(WRAPPED) == [first, second]


def test_wrapped_lines_with_windows_line_ends_are_joined() -> None:
    """The same with carriage returns."""
    text = WRAPPED.replace("\n", "\r\n")
    assert paragraphs(text) == text.strip().split("\r\n\r\n")


def test_short_lines_are_not_joined() -> None:
    """A dialogue of short lines is no wrapped text, even if it has no full stops."""
    lines = ["Ana: how are you", "Ben: fine", "Ana: and the cat", "Ben: fine too"] * 3
    assert paragraphs("\n".join(lines)) == lines

"""Copied as Markdown, a quote shows exactly its characters wherever it is pasted."""

from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.exports.markdown import block_quote, in_a_line, in_paragraphs

WORDS = [
    "I said *no* and _yes_ and `maybe`, <b>now</b> & then &amp; 3 > 2 | ~~x~~ [a](b) ![c](d) $x$ \\ \\* back\\slash",
    "# not a heading\n- not a list\n+ nor this\n1. nor that\n2) nor\n> nor a quotation\n=== nor\n--- a rule",
    "first line\nsecond line\r\nthird line\rfourth",
    "one paragraph\n\n\nanother one",
    "    four spaces are no code\n\tand no tab",
    "1986. A great year.\n* * *",
    "“Curly” — and שלום \u202eright to left\u202c",
    "line that ends with a backslash\\\nand goes on",
]


class Shown(HTMLParser):
    """The words that a browser shows, and the elements in which."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words, self.elements = "", set[str]()
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element; a line break is a space between words."""
        self.elements.add(tag)
        self.words += "\n" if tag in ("br", "p") else ""

    def handle_data(self, data: str) -> None:
        """Note words."""
        self.words += data


def rendered(text: str) -> Shown:
    """The text as Markdown shows it, with the usual extensions."""
    renderer = pytest.importorskip("markdown_it", reason="needs a renderer of Markdown")
    return Shown(renderer.MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(text))


@pytest.mark.parametrize("words", WORDS)
def test_quotation_in_markdown_shows_the_words_themselves(words: str) -> None:
    """Nothing in the words is taken as markup; the block quotation is the only form that is added."""
    shown = rendered(block_quote(in_paragraphs(words)))
    assert shown.words.split() == words.split()
    assert shown.elements <= {"blockquote", "p", "br"}


@given(st.text("ab .\n\r\t\\`*_{}[]<>()#+-.!|~&$=:;1\"'", min_size=1, max_size=40).filter(str.strip))
def test_any_words_survive_markdown(words: str) -> None:
    """Whatever signs there are, they are shown, line for line."""
    shown = rendered(block_quote(in_paragraphs(words)))
    assert shown.words.split() == words.split()
    assert shown.elements <= {"blockquote", "p", "br"}


def test_lines_stay_lines() -> None:
    """A line break of the source is one of the quotation, and a blank line begins a paragraph."""
    assert block_quote(in_paragraphs("one\ntwo\n\nthree")) == "> one\\\n> two\n>\n> three"


def test_ordinary_words_stay_readable() -> None:
    """What means nothing to Markdown is not touched."""
    plain = "Well, it’s not that easy: 3.5 of 10 (about a third) - say - don't!"
    assert in_a_line(plain) == plain

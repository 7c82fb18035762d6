"""Collected quotes as files: read back by other programs they have the words of the source, and say who said them."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from rag.errors import UnknownNameError
from rag.exports import FORMATS, Kept, export
from rag.exports.entries import GONE
from rag.library import Library, Quote
from rag.records import Interview, Moment, Place, Source, Span

PAGE = "http://127.0.0.1:7860/"
NAME = f"{'a' * 12}-0-1"
HOSTILE = (
    "=HYPERLINK(1) <img src=x onerror=alert(1)> [x](javascript:alert(1)) ![](https://e.org/x) *a* _b_ `c` ~~d~~ $x$\n"
    "# no heading\n- no list\n1. none\n> none\n===\n\n    no code\n\n\n| a | b |\n"
    "--- \t&amp; &copy; R&D \\ \u202eright\u202c\n"
)


def holding(words: str, **known: object) -> Library:
    """A library in which a speaker with a hostile name says just these words."""
    source = Source("a|b.txt", words, "a" * 64, moments=(Moment(0, 754.9),), places=(Place(0, "page 3"),))
    quote = Quote(source, Span(0, len(words)), "=Ada *B*", "interviewee", "answer")
    quote = replace(quote, **known)  # type: ignore[arg-type] # any of its fields
    interview = Interview(source, "On <b>\u202eboats</b>", (), (), (), date="2024-05-01")

    def find(name: str) -> Quote:
        if name != NAME:
            raise UnknownNameError("quote", name, ())
        return quote

    return cast(Library, SimpleNamespace(quote=find, interview=lambda name: interview))


def rendered(document: bytes) -> Iterator[Token]:
    """The tokens that a reader of Markdown makes of a document, with the extensions that are on by default."""
    return iter(MarkdownIt("gfm-like", {"linkify": False}).parse(document.decode()))


def shown(inline: Token) -> str:
    """The characters that an inline token shows; it holds no image, code or markup of its own."""
    texts = []
    for child in inline.children or ():
        assert child.type in (
            "text",
            "text_special",
            "hardbreak",
            "strong_open",
            "strong_close",
            "link_open",
            "link_close",
        )
        texts.append("\n" if child.type == "hardbreak" else child.content)
    return "".join(texts)


def of_markdown(document: bytes) -> list[str]:
    """The words of each block quote, without their attribution."""
    tokens = rendered(document)
    found = []
    for token in tokens:
        assert token.type not in ("html_block", "code_block", "fence", "bullet_list_open", "table_open")
        if token.type == "blockquote_open":
            until = iter(lambda: next(tokens), None)
            inner = []
            for each in until:
                if each.type == "blockquote_close":
                    break
                assert each.type in ("paragraph_open", "inline", "paragraph_close")
                if each.type == "inline":
                    inner.append(shown(each))
            found.append("\n\n".join(inner[:-1]))
    return found


def of_word(document: bytes) -> list[str]:
    """The words of each paragraph in the style of quotes."""
    paragraphs = Document(io.BytesIO(document)).paragraphs
    return [paragraph.text for paragraph in paragraphs if paragraph.style and paragraph.style.name == "Quote"]


def rows(document: bytes) -> list[dict[str, str]]:
    """The rows of a table, with cells as they were before they were defused."""
    assert document.startswith(b"\xef\xbb\xbf")
    table = csv.DictReader(io.StringIO(document.decode("utf-8-sig"), newline=""), strict=True)
    return [{key: re.sub(r"\A'('*[=+\-@\t\r\n＝＋－＠])", r"\1", cell) for key, cell in row.items()} for row in table]


def of_table(document: bytes) -> list[str]:
    """The words of each row."""
    return [row["words"] for row in rows(document)]


def of_data(document: bytes) -> list[str]:
    """The words of each object."""
    return [quote["words"] for quote in json.loads(document)["quotes"]]


READERS = {"md": of_markdown, "docx": of_word, "csv": of_table, "json": of_data}
EXACT = ("csv", "json")


def test_every_format_has_its_reader_here() -> None:
    """The tests below are about all formats there are."""
    assert READERS.keys() == FORMATS.keys()


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize("words", [HOSTILE, f"\n {HOSTILE}", "a\n\nb\n\n\nc", "a\r\nb\rc", "1) a", "  +a ", "מה נשמע?"])
def test_words_are_read_back_as_they_stand(ending: str, words: str) -> None:
    """Signs, breaks, spaces and marks of direction are those of the source."""
    kept = [Kept(NAME, note=HOSTILE), Kept(NAME)]
    expected = words if ending in EXACT else re.sub(r"\r\n?", "\n", words)
    assert READERS[ending](export(holding(words), kept, ending, page=PAGE)) == [expected, expected]


@pytest.mark.parametrize("ending", ["md", "docx", "csv"])
@given(
    words=st.text(st.sampled_from("ab1 \n\t.)-+=*_`#>[]()!<&;|~:\\'\"%{}^$\u202e\u00a0@é\U0001f642")).filter(str.strip)
)
def test_any_words_are_read_back(ending: str, words: str) -> None:
    """Whatever signs come together, nothing in a quote is taken for markup or lost."""
    assert READERS[ending](export(holding(words), [Kept(NAME)], ending)) == [words]


def told(ending: str, document: bytes) -> str:
    """All that a document of prose shows, line by line."""
    if ending == "docx":
        return "\n".join(paragraph.text for paragraph in Document(io.BytesIO(document)).paragraphs)
    return "\n".join(shown(token) for token in rendered(document) if token.type == "inline")


@pytest.mark.parametrize("ending", ["md", "docx"])
def test_prose_tells_who_and_where(ending: str) -> None:
    """Beside a quote stand speaker, interview, file, date, page, time, question and note, each as it is."""
    words = "Where do you sail?I sail *here*."
    library = holding(words, span=Span(18, len(words)), asked=Span(0, 18))
    text = told(ending, export(library, [Kept(NAME, note="Use\n_this_.")], ending, page=PAGE))
    assert "— =Ada *B*\nOn <b>\u202eboats</b>\na|b.txt\n2024-05-01, line 1, page 3, at 0:12:34" in text
    assert "Asked: Where do you sail?" in text
    assert "Note: Use\n_this_." in text


def test_prose_links_to_the_quote_on_the_page() -> None:
    """The link of a quote holds its name; without the page's address there is none."""
    address = f"{PAGE}?quote={NAME}"
    links = [child.attrs["href"] for token in rendered(export(holding("a"), [Kept(NAME)], "md", page=PAGE))
             for child in token.children or () if child.type == "link_open"]  # fmt: skip
    assert links == [address]
    document = Document(io.BytesIO(export(holding("a"), [Kept("gone"), Kept(NAME)], "docx", page=PAGE)))
    assert [link.address for paragraph in document.paragraphs for link in paragraph.hyperlinks] == [address]
    assert PAGE.encode() not in export(holding("a"), [Kept(NAME)], "json")


@pytest.mark.parametrize("ending", ["md", "docx"])
def test_interviewers_and_what_was_printed_are_told(ending: str) -> None:
    """Who asks is called the interviewer, and what was only printed is put into nobody's mouth."""
    asking = told(ending, export(holding("a", role="interviewer", kind="question"), [Kept(NAME)], ending))
    assert "— Interviewer: =Ada *B*" in asking
    printed = told(ending, export(holding("a", role="unknown", kind="contact"), [Kept(NAME)], ending))
    assert "— printed with the interview\n" in printed
    assert "=Ada" not in printed


@pytest.mark.parametrize("ending", FORMATS)
@pytest.mark.parametrize(
    "kept", [Kept("gone", "", "as *collected*", "Bo", "T"), Kept(NAME, "", "as *collected*", "Bo", "T")]
)
def test_what_is_gone_is_exported_and_marked(ending: str, kept: Kept) -> None:
    """A quote of a file that is gone, or that reads otherwise now, is there as it was collected, and says so."""
    document = export(holding("a"), [kept, Kept(NAME)], ending, page=PAGE)
    assert READERS[ending](document) == ["as *collected*", "a"]
    if ending in ("md", "docx"):
        assert told(ending, document).count(GONE) == 1
        assert "— Bo\nT\n" in told(ending, document)
    elif ending == "csv":
        assert [row["in the collection"] for row in rows(document)] == ["no", "yes"]
        assert [row["speaker"] for row in rows(document)] == ["Bo", "=Ada *B*"]
    else:
        first, second = json.loads(document)["quotes"]
        assert (first["in_collection"], first["permalink"], first["start"]) == (False, None, None)
        assert second["in_collection"]


def test_nobody_is_named_where_nobody_is_known() -> None:
    """A quote that is gone, and of which only the name is known, has an unknown speaker and no words."""
    (quote,) = json.loads(export(holding("a"), [Kept("gone")], "json"))["quotes"]
    assert (quote["speaker"], quote["words"], quote["id"]) == ("unknown speaker", "", "gone")


@pytest.mark.parametrize("beginning", ["=", "+", "-", "@", "\t=", "\r=", "'=", "＝"])
def test_no_cell_is_a_formula(beginning: str) -> None:
    """No cell, whatever stands in it, begins as a formula does."""
    document = export(holding(f"{beginning}1+1"), [Kept(NAME, note=f"{beginning}2")], "csv", page=PAGE)
    first, row = csv.reader(io.StringIO(document.decode("utf-8-sig"), newline=""), strict=True)
    assert row[first.index("words")] == f"'{beginning}1+1"
    assert row[first.index("note")] == f"'{beginning}2"
    assert row[first.index("speaker")] == "'=Ada *B*"
    assert not [cell for cell in row if cell[:1] in ("=", "+", "-", "@", "\t", "\r")]


def test_data_leads_back_to_the_characters() -> None:
    """Offsets and hash say where in which file the words stand."""
    library = holding("zero 🙂 one", span=Span(7, 10))
    (quote,) = json.loads(export(library, [Kept(NAME, "n")], "json", page=PAGE))["quotes"]
    assert quote["words"] == "zero 🙂 one"[quote["start"] : quote["end"]]
    assert (quote["sha256"], quote["file"], quote["seconds"]) == ("a" * 64, "a|b.txt", 754.9)
    assert (quote["line"], quote["place"], quote["date"], quote["note"]) == (1, "page 3", "2024-05-01", "n")
    assert quote["permalink"] == f"{PAGE}?quote={NAME}"


def test_characters_that_cannot_be_held_are_told() -> None:
    """A sign stands for a control character that XML or Markdown has no way to write, and a sentence says so."""
    for ending, what in (("docx", "a Word document"), ("md", "Markdown")):
        document = export(holding("a\0b"), [Kept(NAME)], ending)
        assert READERS[ending](document) == ["a\ufffdb"]
        assert f"A control character that {what} cannot hold" in told(ending, document)
    assert of_data(export(holding("a\0b"), [Kept(NAME)], "json")) == ["a\0b"]
    assert of_table(export(holding("a\0b"), [Kept(NAME)], "csv")) == ["a\0b"]


def test_words_from_right_to_left_are_set_so() -> None:
    """The paragraph of a Hebrew quote begins at the right."""
    document = Document(io.BytesIO(export(holding("«מה» נשמע? ok"), [Kept(NAME)], "docx")))
    (quote,) = (each for each in document.paragraphs if each.style and each.style.name == "Quote")
    assert "w:bidi" in quote._p.xml


def test_quotes_of_a_collection_are_its_own_words(library: Library) -> None:
    """What was found for a question is, in every format, a slice of its file, in the order that was asked for."""
    hits = library.ask("who talks about unlearning?").hits[:3]
    for ending, read in READERS.items():
        words = read(export(library, [Kept(hit.id) for hit in reversed(hits)], ending))
        assert words == [hit.quote for hit in reversed(hits)]

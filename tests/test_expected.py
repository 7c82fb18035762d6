"""Files of questions: what a line means, and what is said of one that is not as it should be."""

import json
from pathlib import Path

import pytest

from rag.errors import ReadError
from rag.expected import Collection, Expected, Stretch, read_questions
from rag.library import Library
from rag.records import Hit, Passage, Span, Why
from tests.small import BRIDGES, RIVERS, library_of, source

NEARLY = "nearly right” is wrong"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Two interviews."""
    return library_of({"rivers.txt": RIVERS, "bridges.txt": BRIDGES}, tmp_path_factory.mktemp("small"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where questions are written."""
    return tmp_path / "questions.jsonl"


def expected(file: Path, library: Library, **fields: object) -> Expected:
    """One question, written to a file, read and looked up."""
    file.write_text(json.dumps({"question": "who?", **fields}), "utf-8")
    (row,) = read_questions(file)
    return Collection(library).look_up(row)


def complaint(file: Path, library: Library, **fields: object) -> str:
    """What is said of a line that is not as it should be."""
    with pytest.raises(ReadError) as raised:
        expected(file, library, **fields)
    assert raised.value.path == file
    assert raised.value.reason.startswith("line 1: ")
    assert raised.value.remedy
    return str(raised.value)


def hit(start: int, end: int, name: str = "bridges.txt") -> Hit:
    """A hit that shows some characters of a source."""
    span = Span(start, end)
    return Hit(Passage(name, span, "Cy", (span,)), source(name, BRIDGES), span, 0.5, Why((), 0.5))


def test_a_line_says_what_should_be_found(file: Path, small: Library) -> None:
    """All fields are read; names are given in the collection's spelling, and quotes as places in its texts."""
    fields = {"id": 7, "kind": "who", "speakers": ["CY"], "interviews": ["Bridges.txt"], "note": ["anything"]}
    found = expected(file, small, quotes=['NEARLY RIGHT" is  wrong'], **fields)
    assert (found.id, found.kind, found.question, found.answerable) == ("7", "who", "who?", True)
    assert (found.speakers, found.interviews) == (frozenset(["Cy"]), ("bridges.txt",))
    assert [(each.source, each.span.of(BRIDGES)) for each in found.wanted] == [("bridges.txt", NEARLY)]


def test_only_the_question_and_what_is_expected_are_needed(file: Path, small: Library) -> None:
    """Without an id the line's number stands for it, also after a byte-order mark, blank lines and odd line ends."""
    lines = ['{"question": "who?", "speakers": []}', "", '{"question": "a\u2028b?", "quotes": ["river"], "id": null}']
    file.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode())
    rows = read_questions(file)
    assert [(row.id, row.kind, row.question) for row in rows] == [("1", "", "who?"), ("3", "", "a\u2028b?")]
    assert [Collection(small).look_up(row).interviews for row in rows] == [(), ()]


@pytest.mark.parametrize(
    ("fields", "answerable"),
    [
        ({"speakers": ["Bo"]}, True),
        ({"quotes": ["a boat is a promise"]}, True),
        ({"quotes": ["a boat is a promise"], "speakers": []}, True),
        ({"answerable": True}, True),
        ({"answerable": False}, False),
        ({"speakers": []}, False),
        ({"speakers": [], "quotes": []}, False),
        ({"speakers": [], "quotes": [], "answerable": False}, False),
    ],
)
def test_nobody_says_it_where_that_is_stated(
    fields: dict[str, object], answerable: bool, file: Path, small: Library
) -> None:
    """It is said by somebody if there are speakers or quotes, and by nobody if that or an empty list is stated."""
    assert expected(file, small, **fields).answerable == answerable


def test_every_place_of_a_quote_counts(file: Path, small: Library) -> None:
    """A quote that stands in several interviews is right in each, and only in those that are searched."""
    everywhere = expected(file, small, quotes=["Ann: What do you"])
    assert [each.source for each in everywhere.wanted] == ["bridges.txt", "rivers.txt"]
    within = expected(file, small, quotes=["Ann: What do you"], interviews=["rivers.txt"])
    assert [each.source for each in within.wanted] == ["rivers.txt"]


@pytest.mark.parametrize(
    ("start", "end", "right"),
    [
        (100, 120, True),  # the quote itself
        (0, 200, True),  # a passage around it
        (90, 110, True),  # half of it
        (90, 109, False),  # less than half of it
        (104, 108, True),  # a passage within it
        (97, 102, False),  # a short passage of which less than half is in it
        (120, 140, False),  # the passage behind it
    ],
)
def test_a_hit_is_right_if_it_shares_half_of_the_quote(start: int, end: int, right: bool) -> None:
    """Half of the quote is enough, or half of the passage where that is shorter; in another file nothing is right."""
    wanted = Stretch("bridges.txt", Span(100, 120))
    assert wanted.is_in(hit(start, end)) == right
    assert not wanted.is_in(hit(start, end, "rivers.txt"))


def test_the_rank_is_that_of_the_first_right_hit(file: Path, small: Library) -> None:
    """Ranks begin with 1, several quotes are each as good, and 0 says that no hit is right."""
    span = {"source": "bridges.txt", "start": 100, "end": 120}
    found = expected(file, small, quotes=[span, {"source": "BRIDGES.txt", "start": 20, "end": 40}])
    assert found.rank([hit(60, 80), hit(100, 120), hit(20, 40)]) == 2
    assert found.rank([hit(20, 40), hit(100, 120)]) == 1
    assert found.rank([hit(60, 80)]) == found.rank([]) == 0


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"speakers": ["Bob"]}, "no speaker is called 'Bob'. There are: Bo, Cy."),
        (
            {"speakers": ["Bo"], "interviews": ["sea.txt"]},
            "no interview is called 'sea.txt'. There are: bridges.txt, riv",
        ),
        ({"quotes": ["an ocean"]}, "'an ocean' stands nowhere in this collection"),
        ({"quotes": ["bridges"], "interviews": ["rivers.txt"]}, "'bridges' stands nowhere in its interviews"),
        ({"quotes": [{"source": "sea.txt", "start": 0, "end": 1}]}, "no interview is called 'sea.txt'"),
        ({"quotes": [{"source": "rivers.txt", "start": 0, "end": 9999}]}, "nothing ends at 9,999"),
        (
            {"quotes": [{"source": "rivers.txt", "start": 0, "end": 9}], "interviews": ["bridges.txt"]},
            "rivers.txt, which is not searched",
        ),
        ({}, "does not say what should be found"),
        ({"quotes": []}, "does not say what should be found"),
        ({"answerable": False, "speakers": ["Bo"]}, "not answerable"),
        ({"answerable": "no"}, '"answerable" is neither true nor false'),
        ({"speaker": "Bo"}, "'speaker' means nothing here. There are: question, id, kind, speakers"),
        ({"speakers": "Bo"}, '"speakers" is not a list'),
        ({"speakers": [7]}, '"speakers" holds something that is not a name'),
        ({"speakers": [" "]}, '"speakers" holds something that is not a name'),
        ({"speakers": [], "question": 7}, '"question" is not a text'),
        ({"speakers": [], "question": "  "}, "there is no question"),
        ({"speakers": [], "question": None}, "there is no question"),
        ({"speakers": [], "id": [1]}, '"id" is not a text'),
        ({"speakers": [], "id": True}, '"id" is not a text'),
        ({"speakers": [], "kind": 1}, '"kind" is not a text'),
        ({"quotes": "river"}, '"quotes" is not a list'),
        ({"quotes": [""]}, "neither a text nor a span"),
        ({"quotes": [5]}, "neither a text nor a span"),
        ({"quotes": [{"source": "rivers.txt", "start": 0}]}, "neither a text nor a span"),
        ({"quotes": [{"source": "rivers.txt", "start": 5, "end": 5}]}, "neither a text nor a span"),
        ({"quotes": [{"source": "rivers.txt", "start": -1, "end": 5}]}, "neither a text nor a span"),
        ({"quotes": [{"source": "rivers.txt", "start": False, "end": True}]}, "neither a text nor a span"),
    ],
)
def test_what_is_wrong_is_told_with_the_line(fields: dict[str, object], told: str, file: Path, small: Library) -> None:
    """A line that is not as it should be is refused, with its number, the reason, and what to do."""
    assert told in complaint(file, small, **fields)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (b'{"question": "who?"', "line 2: it is not JSON (Expecting"),
        (b"who talks about rivers?", "line 2: it is not JSON"),
        (b"[" * 100_000, "line 2: it is not JSON"),
        (b'{"question": ' + b"9" * 5000 + b"}", "line 2: it is not JSON"),
        (b'["who?"]', "line 2: it is not a JSON object"),
        (b'{"question": "caf\xe9?"}', "it is not text in UTF-8"),
    ],
    ids=["cut", "words", "deep", "long", "list", "latin"],
)
def test_what_is_no_json_is_told(line: bytes, told: str, file: Path) -> None:
    """Whatever stands in a file, the complaint names it, and the line where there is one."""
    file.write_bytes(b'{"question": "who?", "speakers": []}\n' + line + b"\n")
    with pytest.raises(ReadError) as raised:
        read_questions(file)
    assert str(raised.value).startswith(f"{file}: {told}")


@pytest.mark.parametrize("content", [b"", b"\n \n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(content: bytes, file: Path) -> None:
    """A file without a question is told to be one, with an example that would do."""
    file.write_bytes(content)
    with pytest.raises(ReadError, match="it holds no question") as raised:
        read_questions(file)
    file.write_text(raised.value.remedy.split("such as ")[1], "utf-8")
    assert read_questions(file)[0].speakers == ("Ann Lee",)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A path that leads nowhere, or to a folder, is named."""
    for path in (tmp_path, tmp_path / "nowhere.jsonl"):
        with pytest.raises(ReadError, match="it cannot be read"):
            read_questions(path)

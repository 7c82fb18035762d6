"""Tables of turns: which column holds what, whose turn each row is, and where in the file it stands."""

import csv
import io
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.readers.sheets import read_table
from rag.source import Transcript
from tests.growth import grows_in_proportion

FRAGMENTS = [
    "speaker", "text", "question", "answer", "start", ",", ";", "\t", "|", "\n", "\r\n", '"', '""', "Ada", "Ben",
    "0:01", "12", "Why do you ask me that?", "sep=;\n", " ", "\x00", "é", "ms", "\n\n",
]  # fmt: skip


def table(text: str, name: str = "talk.csv") -> Transcript:
    """Read a made-up table."""
    return read_table(text.encode(), Path(name))


def labels(read: Transcript) -> list[str]:
    """The names that are marked as labels."""
    return [mark.span.of(read.text) for mark in read.marks if mark.kind == "label"]


def nobodys(read: Transcript) -> list[str]:
    """The words that are marked as nobody's."""
    return [mark.span.of(read.text) for mark in read.marks if mark.kind == "nobody"]


def places(read: Transcript) -> dict[str, str]:
    """Where in the file the word at each place's offset stands."""
    return {read.text[place.offset :].split(maxsplit=1)[0]: place.where for place in read.places}


def said_at(read: Transcript) -> list[tuple[float, str]]:
    """Each moment with the word at its offset."""
    return [(moment.seconds, read.text[moment.offset :].split(maxsplit=1)[0]) for moment in read.moments]


def test_rows_become_turns_with_places_and_times() -> None:
    """Rows of one speaker are the paragraphs of one turn; each keeps its row and its time, blank rows counted."""
    read = table(
        'start,speaker,text\n0:01,Ada,"Why, pray, rain?"\n\n0:04,Ada,Tell us.\n0:09,Ben,"It falls.\n\nAlways."\n'
    )
    assert read.text == "Ada: Why, pray, rain?\n\nTell us.\n\nBen: It falls.\n\nAlways."
    assert labels(read) == ["Ada", "Ben"]
    assert places(read) == {"Why,": "row 2", "Tell": "row 4", "It": "row 5"}
    assert said_at(read) == [(1.0, "Why,"), (4.0, "Tell"), (9.0, "It")]
    assert read.format == "CSV table"


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Speaker", "Transcript"),
        ("who", "Utterance"),
        ("Sprecher", "Äußerung"),
        ("Hablante", "Texto"),
        ("Locuteur", "Énoncé"),
        ("SPEAKER_NAME", "Message"),
        ("nobody knows", "what this is"),
    ],
)
def test_columns_are_known_by_heading_or_by_what_they_hold(delimiter: str, name: str, words: str) -> None:
    """Headings in several languages, any delimiter, or none: the names and the words are found, and no heading said."""
    turns = [("Ada", "Why does it rain so often?"), ("Ben", "Because we live up in the hills.")] * 2
    rows = [(str(number), who, said) for number, (who, said) in enumerate(turns)]
    text = "\n".join(delimiter.join(row) for row in [("no", name, words), *rows])
    read = table(text)
    assert read.text == "\n\n".join(f"{who}: {said}" for who, said in turns)
    assert labels(read) == ["Ada", "Ben", "Ada", "Ben"]


def test_a_table_without_headings_loses_no_row() -> None:
    """A first row that is a turn is one, at its place."""
    read = table("Ada;Why does it rain?\nBen;Because we live in the hills.\nAda;And there it must?\n")
    assert read.text == "Ada: Why does it rain?\n\nBen: Because we live in the hills.\n\nAda: And there it must?"
    assert places(read)["Why"] == "row 1"


def test_rows_above_the_headings_are_the_head() -> None:
    """A title and a date above the table are told beside the words."""
    read = table("sep=;\nTalk about rain;;\nDate;2 May 2026;\n\nWho;Said;Note\nAda;Why?;x\nBen;So.;\n")
    assert read.text == "Ada: Why?\n\nBen: So."
    assert (read.stated.title, read.stated.date) == ("Talk about rain", "2 May 2026")
    assert places(read) == {"Why?": "row 6", "So.": "row 7"}


def test_questions_and_answers_are_two_turns_a_row() -> None:
    """A row with a question and an answer says both; the answer is by the row's speaker where one is named."""
    read = table("question,answer\nWhy rain?,It falls from the sky.\nAnd snow?,\n")
    assert read.text == "Q: Why rain?\n\nA: It falls from the sky.\n\nQ: And snow?"
    assert labels(read) == ["Q", "A", "Q"]
    named = table("participant,question,answer\n7,Why rain?,It falls.\n8,Why rain?,No idea.\n")
    assert labels(named) == ["Q", "Speaker 7", "Q", "Speaker 8"]


def test_one_word_a_row_is_joined() -> None:
    """Words in rows of their own become sentences; names given only where they change go on."""
    rows = ["A,0.5,Why", ",0.7,rain", ",0.8,?", "B,2.0,It", ",2.2,falls", ",2.4,."]
    read = table("speaker,time,word\n" + "\n".join(rows))
    assert read.text == "A: Why rain?\n\nB: It falls."
    assert said_at(read) == [(0.5, "Why"), (2.0, "It")]
    assert places(read) == {"Why": "row 2", "It": "row 5"}


def test_an_empty_name_goes_on_or_is_nobodys() -> None:
    """Where most names are left out they stand where they change; a few that are missing are nobody's."""
    rare = table("speaker,text\nAda,Why does it rain?\n,A door falls shut.\nBen,It falls for us.\n")
    assert nobodys(rare) == ["A door falls shut."]
    most = table(
        "speaker,text\nAda,Why does it rain?\n,Tell us more.\n,All of it.\nBen,It falls for us.\n,That is it.\n"
    )
    assert most.text == "Ada: Why does it rain?\n\nTell us more.\n\nAll of it.\n\nBen: It falls for us.\n\nThat is it."
    assert not nobodys(most)


def test_a_table_without_names_invents_none() -> None:
    """Whisper's table has times in milliseconds and no speakers."""
    read = table("start\tend\ttext\n0\t1500\tWhy rain?\n2000\t4000\tIt falls.\n", "talk.tsv")
    assert read.text == "Why rain?\n\nIt falls."
    assert not read.marks
    assert said_at(read) == [(0.0, "Why"), (2.0, "It")]
    assert read.format == "TSV table"


def test_commas_without_quotation_marks_lose_no_words() -> None:
    """Where the words come last, what stands beyond them is theirs; elsewhere the reader is warned."""
    assert table("speaker,text\nAda,Yes, I do, sir.\nBen,No.\n").text == "Ada: Yes, I do, sir.\n\nBen: No."
    assert table("text\nYes, I do, sir.\nNo.\n").text == "Yes, I do, sir.\n\nNo."
    read = table("speaker,text,start\nAda,Yes, I do,0:01\nBen,No.,0:03\n")
    assert "row 2" in read.warnings[0]


def test_an_open_quotation_mark_swallows_no_rows() -> None:
    """A mark that is never closed is taken for a character, and the reader is warned."""
    rows = [f"{'Ada' if number % 2 else 'Ben'},Number {number}" for number in range(9)]
    read = table('speaker,text\nAda,"Well\n' + "\n".join(rows) + '\nBen,"Quite so, yes"\n')
    assert "Ben: Number 0\n\nAda: Number 1" in read.text
    assert read.text.endswith("Quite so, yes")
    assert "not closed" in read.warnings[0]


def test_a_cell_may_be_long() -> None:
    """A turn longer than what the csv module takes by itself is read whole."""
    words = "word " * 60_000
    assert table(f'speaker,text\nAda,"{words}"\n').text == f"Ada: {words.strip()}"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"id,price\n1,2\n2,4\n", "'id', 'price'"),
        (b"speaker,text\n", "no words"),
        (b"speaker,text\nAda,\n", "no words"),
        (b",,,\n,,\n", "no column"),
        (b"Some letter\n\nto nobody\n", "no column"),
        (bytes(range(256)), "not text"),
    ],
)
def test_what_is_no_table_of_speech_is_refused(content: bytes, reason: str) -> None:
    """The error names the columns that were found, and the headings that are expected."""
    with pytest.raises(ReadError, match=reason) as caught:
        read_table(content, Path("talk.csv"))
    assert caught.value.path == Path("talk.csv")
    assert caught.value.remedy.endswith(".")


@given(st.lists(st.tuples(st.sampled_from(["Ada", "Ben", "Cy"]), st.integers(2, 9)), min_size=1, max_size=20))
def test_every_row_is_its_speakers_and_at_its_place(turns: list[tuple[str, int]]) -> None:
    """The words of each row stand, in order, behind the label of its speaker, at the number of the row."""
    said = [
        (who, " ".join(f"w{at}, x{at}\n“{number}”" for number in range(count))) for at, (who, count) in enumerate(turns)
    ]
    sheet = io.StringIO()
    csv.writer(sheet).writerows([("speaker", "text"), *said])
    read = table(sheet.getvalue())
    found = []
    for number, place in enumerate(read.places):
        end = read.places[number + 1].offset if number + 1 < len(read.places) else len(read.text)
        name = next(mark for mark in reversed(read.marks) if mark.span.end <= place.offset).span.of(read.text)
        found.append((place.where, name, read.text[place.offset : end].split("\n\n")[0]))
    assert found == [(f"row {at}", who, " ".join(words.split())) for at, (who, words) in enumerate(said, start=2)]


@given(st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=4), max_size=60).map("".join))
def test_any_text_is_read_or_refused(text: str) -> None:
    """Whatever the file, the answer is a transcript with words or an error that names the file."""
    for name in ("a.csv", "a.tsv"):
        with suppress(ReadError):
            read = read_table(text.encode("utf-8", "surrogatepass"), Path(name))
            assert read.text.strip()
            assert "\r" not in read.text
            assert all(moment.offset < len(read.text) for moment in read.moments)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    """No bytes end in anything but a transcript with words or the error for a file that cannot be read."""
    with suppress(ReadError):
        assert read_table(content, Path("a.csv")).text.strip()


@pytest.mark.parametrize("unit", ["Ada,Some words of hers.\n", ",", '"', '",\n', "\n", "Ada,", ' "'])
def test_reading_takes_time_in_proportion_to_the_file(unit: str) -> None:
    """A larger file takes longer in proportion, not by the square, whatever is repeated in it."""

    @pytest.mark.timed
    def work(count: int) -> None:
        with suppress(ReadError):
            table("speaker,text\n" + unit * count)

    assert grows_in_proportion(work, 5_000)

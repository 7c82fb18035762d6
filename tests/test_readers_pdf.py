"""From PDF files to transcripts: paragraphs out of lines, pages, and files that are damaged or made to do harm.

The files are made here, with one standard font whose words stand where a test says.
"""

import time
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.readers import pdf
from rag.readers.pages import Layout, Line, without_heads
from rag.readers.pdf import read_pdf

PATH = Path("talk.pdf")
TOP, LEFT, DISTANCE = 720, 72, 14
LONG = "This line of the talk goes on to the very right of its page, as lines do"
PICTURE = b"/XObject << /I 4 0 R >>"
IMAGE = b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>"

Placed = tuple[str, float, float]
"""A line of words, how far it stands from the left and from the foot of its page, in points."""


def column(*lines: str, top: float = TOP) -> list[Placed]:
    """Lines below one another; an empty one leaves room, and each space before one moves it in."""
    return [
        (line.strip(), LEFT + 9 * (len(line) - len(line.lstrip())), top - DISTANCE * at)
        for at, line in enumerate(lines)
        if line
    ]


def content_of(lines: Sequence[Placed], size: int = 11) -> bytes:
    """The content of a page, one piece of text for each line."""
    pieces = [f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({escaped(text)}) Tj ET" for text, x, y in lines]
    return "\n".join(pieces).encode("cp1252")


def escaped(text: str) -> str:
    """Words as a string of PDF."""
    return text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def document(contents: Sequence[bytes], *, title: str = "", resources: bytes = b"", filters: bytes = b"") -> bytes:
    """A PDF file whose pages have these contents (ISO 32000-1, 7.5)."""
    kids = b" ".join(b"%d 0 R" % (6 + 2 * number) for number in range(len(contents)))
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(contents), kids),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: IMAGE + b"\nstream\n0\nendstream",
        5: b"<< /Title (%s) >>" % escaped(title).encode("cp1252"),
    }
    for number, content in enumerate(contents):
        objects[6 + 2 * number] = (
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> %s >> >>" % (7 + 2 * number, resources)
        )
        objects[7 + 2 * number] = b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content)
    written, offsets = b"%PDF-1.4\n", []
    for number, body in objects.items():
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info 5 0 R >>" % (len(objects) + 1)
    start = len(written)
    return written + b"xref\n0 %d\n0000000000 65535 f \n%s%s\nstartxref\n%d\n%%%%EOF" % (
        len(objects) + 1,
        table,
        trailer,
        start,
    )


def paragraphs(*pages: Sequence[Placed]) -> list[str]:
    """The paragraphs of a document with these pages."""
    return read_pdf(document([content_of(page) for page in pages]), PATH).text.split("\n\n")


def test_lines_are_joined_into_paragraphs() -> None:
    """A line that runs to the right goes on with the next; a wide distance begins a paragraph."""
    assert paragraphs(column("A talk", "", LONG, LONG, "and ends.", "", LONG, "and ends.")) == [
        "A talk",
        f"{LONG} {LONG} and ends.",
        f"{LONG} and ends.",
    ]


@pytest.mark.parametrize("opening", ["Ana:", "Ben Ito (host):", "Q.", "A:", "[00:01] Ana:", "0:05", "•"])
def test_a_line_that_begins_as_a_turn_begins_a_paragraph(opening: str) -> None:
    """Labels, question marks of interviews, times and items of lists are not joined to the line before."""
    assert paragraphs(column(LONG, f"{opening} {LONG}", "and on.")) == [LONG, f"{opening} {LONG} and on."]


def test_words_with_a_colon_are_no_turn() -> None:
    """A colon after words that are written small belongs to the sentence, unless the words recur as a label."""
    assert paragraphs(column(LONG, "so I said: out to sea.")) == [f"{LONG} so I said: out to sea."]
    lines = ["host: Where to?", "ben: Out.", "host: Why?", "ben: So.", "host: And?", "ben: " + LONG]
    assert paragraphs(column(*lines)) == lines


def test_a_short_line_ends_what_it_says() -> None:
    """Where the next word had room, a sentence that ends is a paragraph, and anything else is a line of its own."""
    assert paragraphs(column(LONG, "and so on.", LONG)) == [f"{LONG} and so on.", LONG]
    assert paragraphs(column(LONG, "ANA RUIZ", LONG, "and on.")) == [f"{LONG} ANA RUIZ\n{LONG} and on."]


def test_indents_begin_paragraphs_and_hanging_ones_do_not() -> None:
    """A line that is moved in begins a paragraph; lines below a label that are all moved in do not."""
    assert paragraphs(column(LONG, LONG + ".", "  " + LONG, LONG)) == [f"{LONG} {LONG}.", f"{LONG} {LONG}"]
    hanging = [f"Ana: {LONG}.", f"    {LONG}", f"    {LONG}.", f"Ben: {LONG}", f"    {LONG}"]
    assert paragraphs(column(*hanging)) == [f"Ana: {LONG}. {LONG} {LONG}.", f"Ben: {LONG} {LONG}"]


def test_a_paragraph_goes_on_over_the_page() -> None:
    """The turn of a page does not end a sentence, and each page's words begin at its place."""
    pages = [column(LONG, f"{LONG} and"), column("on.", "", f"Then {LONG}")]
    transcript = read_pdf(document([content_of(page) for page in pages]), PATH)
    assert transcript.text == f"{LONG} {LONG} and on.\n\nThen {LONG}"
    assert [(place.where, transcript.text[place.offset :][:7]) for place in transcript.places] == [
        ("page 1", LONG[:7]),
        ("page 2", "on.\n\nTh"),
    ]


def test_running_heads_and_feet_and_page_numbers_are_dropped() -> None:
    """What recurs at the top and bottom of most pages is no part of the talk, wherever in the file it was drawn."""
    body = ["One", "is", "42", "of", "them"]
    pages = [
        [("Talks at Sea 2024", 72, 770), *column(f"Said {word}", *body, word), (f"Page {number} of 4", 300, 30)]
        for number, word in enumerate(("once", "twice", "often", "never"), start=1)
    ]
    text = " ".join(paragraphs(*pages))
    assert "Talks" not in text
    assert "Page" not in text
    assert all(f"Said {word}" in text for word in ("once", "twice", "often", "never"))
    assert text.count("42") == 4


def test_labels_that_recur_are_no_running_heads() -> None:
    """A speaker's name on a line of its own at the top of each page stays, and so does what stands mid-page too."""
    pages = [column("Ana:", LONG, "Yes.", "Ben:", f"{LONG} {number}.", "Yes.") for number in "abcd"]
    text = "\n".join(paragraphs(*pages))
    assert (text.count("Ana:"), text.count("Yes.")) == (4, 8)


@given(
    st.lists(st.lists(st.sampled_from(["Sea talk", "Ana: Hi.", "Page 7", "Oh", "So it goes."]), max_size=6), max_size=6)
)
def test_heads_that_are_dropped_recur_at_the_edges(pages: list[list[str]]) -> None:
    """Only lines at the edges of pages are ever dropped, at most three from each, and the others keep their order."""
    set_pages = [[Line(text, 72, 700 - 14 * at, 11) for at, text in enumerate(page)] for page in pages]
    for before, after in zip(set_pages, without_heads(set_pages), strict=True):
        assert [line for line in before if line in after] == list(after)
        assert all(line in after for line in before[3:-3])


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("we went to the har-", "bour.", "we went to the harbour."),
        ("it is a well-", "known talk.", "it is a well-known talk."),
        ("the years 2010-", "2012 were good.", "the years 2010-2012 were good."),
        ("the Anglo-", "Saxon boat.", "the Anglo-Saxon boat."),
        ("a wind - or -", "a storm.", "a wind - or - a storm."),
    ],
)
def test_a_hyphen_at_the_end_of_a_line(first: str, second: str, joined: str) -> None:
    """A word cut in two is whole again where the document knows the whole word; else its hyphen stays."""
    assert paragraphs(column(f"The harbour, {LONG} {first}", second)) == [f"The harbour, {LONG} {joined}"]


def test_pieces_of_one_line_stand_on_one_line() -> None:
    """A line drawn in several pieces, as with a bold name, is one line; ligatures are the letters they show."""
    page = b"BT /F1 11 Tf 72 700 Td (Ana: ) Tj ET BT /F1 11 Tf 100 700 Td (Where) Tj 5 0 Td ( to?) Tj ET"
    assert read_pdf(document([page]), PATH).text.split() == ["Ana:", "Where", "to?"]
    assert pdf._LIGATURES[ord("ﬁ")] == "fi"


@pytest.mark.parametrize(
    ("title", "stated"),
    [
        ("A talk with Ben", "A talk with Ben"),
        ("Microsoft Word - talk", ""),
        ("talk_final.docx", ""),
        ("C:\\talks\\ben", ""),
        ("Talk.PDF", ""),
        ("Untitled", ""),
        ("untitled document", ""),
        ("Document1", ""),
        ("about:blank", ""),
        ("talk with ben.docx - Google Docs", ""),
        ("talk with ben (2).webarchive", ""),
        ("https://example.org/talk?id=1", ""),
        ("file:///C:/My talks/ben talk", ""),
        ("localhost:8000", ""),
        ("About: blank verse", "About: blank verse"),
        ("Data: a talk at 10:30", "Data: a talk at 10:30"),
        ("", ""),
    ],
)
def test_a_title_that_is_a_files_name_is_none(title: str, stated: str) -> None:
    """Programs put the name of a file, or an address, where the title belongs; that says nothing."""
    assert read_pdf(document([content_of(column("Ana: Hi."))], title=title), PATH).stated.title == stated


def test_a_scan_is_refused() -> None:
    """A document of pictures says so, with the way out, even where a stamp of a few letters stands on each."""
    for contents in (
        [b"q /I Do Q"] * 3,
        [b"q /I Do Q " + content_of(column(f"Scan {number}")) for number in "abc"],
        [b""],
    ):
        with pytest.raises(ReadError, match="pictures of pages, no text") as caught:
            read_pdf(document(contents, resources=PICTURE), PATH)
        assert "OCR" in caught.value.remedy


def test_a_page_that_is_a_picture_is_told() -> None:
    """Where single pages hold no text, the warning names them."""
    contents = [content_of(column(*[LONG] * 4)), b"q /I Do Q", content_of(column(*[LONG] * 4))]
    assert read_pdf(document(contents, resources=PICTURE), PATH).warnings == (
        "These pages hold a picture, no text: 2.",
    )


def test_a_short_document_is_no_scan() -> None:
    """Few words without a picture are few words."""
    assert read_pdf(document([content_of(column("Ana: Hi."))]), PATH).text == "Ana: Hi."


def locked(password: str) -> bytes:
    """A document that asks for a password."""
    import io

    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(PdfReader(io.BytesIO(document([content_of(column("Ana: Hi."))]))))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_locked_document_is_refused_and_a_protected_one_is_read() -> None:
    """What asks for a password is refused; what only forbids printing is read."""
    assert read_pdf(locked(""), PATH).text == "Ana: Hi."
    with pytest.raises(ReadError, match="password"):
        read_pdf(locked("secret"), PATH)


def test_too_many_pages_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document of far more pages than any interview is told to be split."""
    monkeypatch.setattr(pdf, "MOST_PAGES", 3)
    with pytest.raises(ReadError, match="more than 3 pages"):
        read_pdf(document([content_of(column("Ana: Hi."))] * 4), PATH)


def test_reading_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A single page that would take for ever is given up when the time is up."""
    monkeypatch.setattr(pdf, "LONGEST", 0.5)
    content = zlib.compress(b"BT /F1 11 Tf " + b"(Ana: where to and why) Tj " * 200_000 + b" ET")
    began = time.monotonic()
    with pytest.raises(ReadError, match="takes more than"):
        read_pdf(document([content], filters=b"/Filter /FlateDecode"), PATH)
    assert time.monotonic() - began < 30


def test_a_bomb_is_not_unpacked() -> None:
    """A page whose content unpacks to far more than any page has is not read."""
    content = zlib.compress(b" " * (pdf.LARGEST_CONTENT + 2**20), 9)
    with pytest.raises(ReadError, match="damaged"):
        read_pdf(document([content], filters=b"/Filter /FlateDecode"), PATH)


def test_more_characters_than_any_interview_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are counted while they are read."""
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 50)
    with pytest.raises(ReadError, match="more than 50 characters"):
        read_pdf(document([content_of(column(LONG))]), PATH)


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.4", b"no document", b"%PDF-1.7\n" + b"[" * 5000, document([b"BT (x) Tj ET"])[:200], b"PK\x03\x04"],
)
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    """Half a document, or none, is refused with what to do."""
    with pytest.raises(ReadError, match=r"damaged|no words") as caught:
        read_pdf(content, PATH)
    assert caught.value.path == PATH
    assert caught.value.remedy.endswith(".")


def test_a_document_that_holds_itself_is_refused() -> None:
    """Pages that are their own parents are not followed round and round."""
    whole = document([content_of(column("Ana: Hi."))])
    with pytest.raises(ReadError):
        read_pdf(whole.replace(b"/Kids [6 0 R]", b"/Kids [2 0 R]"), PATH)


@given(
    st.binary(max_size=60), st.integers(0, 1400), st.sampled_from([b"", b"/Filter /FlateDecode", b"/Filter /LZWDecode"])
)
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_a_transcript_or_an_error(noise: bytes, at: int, filters: bytes) -> None:
    """Whatever is called a PDF is read or refused, and nothing else happens."""
    whole = document([content_of(column("Ana: Hi.", LONG))], title="A talk")
    for content in (
        noise,
        b"%PDF-1.4" + noise,
        whole[:at] + noise + whole[at + len(noise) :],
        whole[:at],
        document([noise], filters=filters),
    ):
        try:
            transcript = read_pdf(content, PATH)
        except ReadError:
            continue
        transcript.text.encode()
        assert all(0 <= place.offset <= len(transcript.text) for place in transcript.places)


def test_the_usual_setting_of_no_lines_is_nothing() -> None:
    """A document without lines has a layout too."""
    assert Layout.of([]).length == 0

"""From Word and OpenDocument files to transcripts: paragraphs, marks, tables of turns, and files made to do harm."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.readers import packages
from rag.readers.opendocument import read_opendocument
from rag.readers.word import read_word
from rag.source import Transcript

PATH = Path("talk.docx")
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DUBLIN = "http://purl.org/dc/elements/1.1/"
ODF = "urn:oasis:names:tc:opendocument:xmlns:{}:1.0"
NAMES = " ".join(f'xmlns:{name}="{ODF.format(name)}"' for name in ("office", "text", "table", "style"))
ODT_HEAD = f'<office:document-content {NAMES} xmlns:fo="{ODF.format("xsl-fo-compatible")}">'
STYLES = """<w:style w:styleId="berschrift1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:styleId="Mine"><w:name w:val="Mine"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:styleId="Question"><w:name w:val="Question"/><w:rPr><w:b w:val="true"/></w:rPr></w:style>
<w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>"""


def packed(parts: dict[str, str]) -> bytes:
    """A package of these parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx(body: str, *, styles: str = STYLES, title: str = "", head: str = "", name: str = "word/document.xml") -> bytes:
    """A Word document with this body, as small as one can be."""
    relation = '<Relationship Id="r{0}" Type="' + OFFICE + '/{0}" Target="{1}"/>'
    core = f'<c xmlns:dc="{DUBLIN}"><dc:title>{title}</dc:title><dc:creator>Ty Pist</dc:creator></c>'
    return packed(
        {
            "_rels/.rels": f'<Relationships xmlns="{RELATIONS}">{relation.format("officeDocument", name)}'
            f"{relation.format('metadata/core-properties', '/docProps/core.xml')}</Relationships>",
            name: f'{head}<w:document xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            f"<w:body>{body}</w:body></w:document>",
            "word/_rels/" + name.rpartition("/")[2] + ".rels": f'<Relationships xmlns="{RELATIONS}">'
            f"{relation.format('styles', 'styles.xml')}</Relationships>",
            "word/styles.xml": f'<w:styles xmlns:w="{W}">{styles}</w:styles>',
            "docProps/core.xml": core,
        }
    )


def odt(body: str, *, styles: str = "", title: str = "", manifest: str = "<m/>") -> bytes:
    """An OpenDocument text with this body."""
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    content = f"<office:automatic-styles>{styles}</office:automatic-styles>{text}"
    meta = f'<m xmlns:dc="{DUBLIN}"><dc:title>{title}</dc:title></m>'
    return packed(
        {
            "content.xml": f"{ODT_HEAD}{content}</office:document-content>",
            "meta.xml": meta,
            "META-INF/manifest.xml": manifest,
        }
    )


def run(text: str, properties: str = "") -> str:
    """A run of words with these properties."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*runs: str, style: str = "") -> str:
    """A paragraph of runs."""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


def table(*rows: tuple[str, ...]) -> str:
    """A table of cells with one paragraph each."""
    cells = ["".join(f"<w:tc>{paragraph(run(text))}</w:tc>" for text in row) for row in rows]
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def marked(transcript: Transcript, kind: str) -> list[str]:
    """The words of the marks of one kind."""
    return [mark.span.of(transcript.text) for mark in transcript.marks if mark.kind == kind]


def test_paragraphs_are_separated_by_blank_lines() -> None:
    """Runs are joined as they stand, empty paragraphs are nothing, and lines and tabs are kept."""
    body = paragraph(run("Ana: Whe"), run("re "), run("to? ")) + paragraph(run("   ")) + paragraph()
    body += "<w:p><w:r><w:t>Ben:</w:t><w:tab/><w:t>Out to</w:t><w:br/><w:t>sea\u00a0\u00ad– I</w:t>"
    body += "<w:noBreakHyphen/><w:t>A</w:t></w:r></w:p>"
    assert read_word(docx(body), PATH).text == "Ana: Where to?\n\nBen:\tOut to\nsea – I-A"


def test_headings_and_bold_words_are_marked() -> None:
    """Bold stands in runs, in their style or in the paragraph's, and can be turned off; headings are headings."""
    body = paragraph(run("A talk"), style="berschrift1") + paragraph(run("On boats"), style="Mine")
    body += paragraph(run("Why", "<w:b/>"), run(" "), run("boats?", "<w:b/>"), run(" So.", '<w:b w:val="0"/>'))
    body += paragraph(run("And sails?"), run(" Well.", '<w:b w:val="false"/>'), style="Question")
    body += paragraph(run("Round."), style="Loop") + paragraph(run("Oars?", '<w:rStyle w:val="Question"/>'))
    transcript = read_word(docx(body), PATH)
    assert marked(transcript, "heading") == ["A talk", "On boats"]
    assert marked(transcript, "bold") == ["Why boats?", "And sails?", "Oars?"]


def test_what_was_inserted_is_read_and_what_was_deleted_is_not() -> None:
    """Insertions, links, forms and text boxes hold words; deletions, hidden words, notes and field codes do not."""
    box = f"<w:txbxContent>{paragraph(run('In a box.'))}</w:txbxContent>"
    body = f"""<w:p><w:ins>{run("Ana: ")}</w:ins><w:del><w:r><w:delText>Bea: </w:delText></w:r></w:del>
    <w:hyperlink>{run("Where")}</w:hyperlink><w:moveFrom>{run("no")}</w:moveFrom>{run(" no", "<w:vanish/>")}
    <w:r><w:footnoteReference/><w:instrText>PAGE</w:instrText></w:r><w:smartTag>{run(" to?")}</w:smartTag>
    <w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>
    </w:p>
    <w:sdt><w:sdtPr/><w:sdtContent>{paragraph(run("In a form."))}</w:sdtContent></w:sdt>"""
    assert read_word(docx(body), PATH).text == "Ana: Where to?\n\nIn a box.\n\nIn a form."


def test_a_table_of_turns_is_a_conversation() -> None:
    """Rows of a recurring name and words become turns, with the time before the name, in order with the paragraphs."""
    rows = [
        ("Ana", "00:01", "Where do you sail these days, and why?"),
        ("Ben", "00:05", "Out to sea."),
        ("Ana", "00:09", "Oh."),
    ]
    transcript = read_word(docx(paragraph(run("Before.")) + table(*rows) + paragraph(run("After."))), PATH)
    assert transcript.text.split("\n\n") == [
        "Before.",
        "00:01 Ana: Where do you sail these days, and why?",
        "00:05 Ben: Out to sea.",
        "00:09 Ana: Oh.",
        "After.",
    ]
    assert marked(transcript, "label") == ["Ana", "Ben", "Ana"]


def test_a_table_with_titles_needs_no_name_twice() -> None:
    """Where the column says that it holds speakers, two turns are enough; row numbers are left out."""
    rows = [
        ("No.", "Speaker", "Text"),
        ("1", "Ana:", "Where to?"),
        ("2", "Ben:", "Out to sea."),
        ("3", "", "And back."),
    ]
    transcript = read_word(docx(table(*rows)), PATH)
    assert transcript.text == "No.\tSpeaker\tText\n\nAna: Where to?\n\nBen: Out to sea.\n\nAnd back."
    assert marked(transcript, "label") == ["Ana", "Ben"]


def test_other_tables_are_rows_with_tabs() -> None:
    """A profile or a list is no conversation, and keeps its rows."""
    transcript = read_word(docx(table(("Name", "Ben"), ("Boat", "red")) + paragraph(run("Ana: Hi."))), PATH)
    assert transcript.text == "Name\tBen\nBoat\tred\n\nAna: Hi."
    assert marked(transcript, "label") == []


def test_a_layout_table_is_read_as_paragraphs() -> None:
    """Tables that only arrange paragraphs or other tables do not join them."""
    inner = table(("a", "b"))
    cells = f"<w:tc>{paragraph(run('One.'))}{paragraph(run('Two.'))}</w:tc><w:tc>{paragraph(run('Three.'))}</w:tc>"
    body = f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"
    assert read_word(docx(body), PATH).text == "One.\n\nTwo.\n\nThree."
    assert (
        read_word(docx(f"<w:tbl><w:tr><w:tc>{inner}{paragraph(run('c'))}</w:tc></w:tr></w:tbl>"), PATH).text
        == "a\tb\n\nc"
    )


def test_the_title_is_stated_and_the_typist_is_nobody() -> None:
    """The core properties give the title; their author is whoever typed."""
    transcript = read_word(docx(paragraph(run("Ana: Hi.")), title=" A  talk "), PATH)
    assert transcript.stated.title == "A talk"
    assert "Pist" not in repr(transcript.stated)


def test_the_main_part_may_have_another_name() -> None:
    """The package says which of its parts is the document."""
    assert read_word(docx(paragraph(run("Ana: Hi.")), name="word/document2.xml"), PATH).text == "Ana: Hi."


def test_an_opendocument_text_is_read() -> None:
    """Paragraphs, headings, bold words, tables and white space of LibreOffice come out; notes and deletions do not."""
    styles = '<style:style style:name="T1"><style:text-properties fo:font-weight="bold"/></style:style>'
    cells = [("Ana", "Where do you sail these days, and why?"), ("Ben", "Out to sea."), ("Ana", "Oh.")]
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in row)
        + "</table:table-row>"
        for row in cells
    )
    body = f"""<text:tracked-changes><text:p>gone</text:p></text:tracked-changes><text:h>A talk</text:h>
    <text:p><text:span text:style-name="T1">Ana:</text:span> Where
      to?<text:s text:c="2"/>Or<text:line-break/>not<text:note><text:p>note</text:p></text:note>.</text:p>
    <table:table>{rows}</table:table><text:list><text:list-item><text:p>One</text:p></text:list-item></text:list>"""
    transcript = read_opendocument(odt(body, styles=styles, title="A talk"), Path("talk.odt"))
    assert transcript.text.split("\n\n") == [
        "A talk",
        "Ana: Where to?  Or\nnot.",
        "Ana: Where do you sail these days, and why?",
        "Ben: Out to sea.",
        "Ana: Oh.",
        "One",
    ]
    assert (marked(transcript, "heading"), marked(transcript, "bold")) == (["A talk"], ["Ana:"])
    assert marked(transcript, "label") == ["Ana", "Ben", "Ana"]
    assert transcript.stated.title == "A talk"


def test_a_locked_opendocument_text_is_refused() -> None:
    """A password is told from the list of parts."""
    manifest = '<m:manifest xmlns:m="urn:x"><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    with pytest.raises(ReadError, match="password"):
        read_opendocument(odt("<text:p>x</text:p>", manifest=manifest), Path("talk.odt"))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "no .docx document"),
        (b"{\\rtf1 Ana}", "no .docx document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Word 2003"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
        (docx(paragraph(run("Ana: Hi.")))[:-40], "damaged"),
        (docx(paragraph(run("Ana: Hi.")))[:99] + docx(paragraph(run("Ana: Hi.")))[120:], "damaged"),
        (packed({"mimetype": "application/epub+zip"}), "no .docx document"),
        (packed({"word/document.xml": "<w:document"}), "damaged"),
        (docx(paragraph()), "no words"),
    ],
)
def test_what_is_no_word_document_is_refused(content: bytes, reason: str) -> None:
    """Old, locked, cut and empty documents are refused with their reason, and with what to do."""
    with pytest.raises(ReadError, match=reason) as caught:
        read_word(content, PATH)
    assert caught.value.path == PATH
    assert caught.value.remedy.endswith(".")


def test_entities_are_not_expanded() -> None:
    """A document that defines entities, as a bomb of laughter does, is refused before one is read."""
    laughs = "".join(f'<!ENTITY l{number} "{f"&l{number - 1};" * 10}">' for number in range(1, 12))
    head = f'<!DOCTYPE x [<!ENTITY l0 "ha">{laughs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    for body in (paragraph(run("&l11;")), paragraph(run("&f;"))):
        with pytest.raises(ReadError, match="entities"):
            read_word(docx(body, head=head), PATH)


def test_a_bomb_is_refused_unpacked_by_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A document that declares far more than any document has is refused by its list."""
    monkeypatch.setattr(packages, "LARGEST_PACKAGE", 10_000)
    with pytest.raises(ReadError, match="unpacks to more"):
        read_word(docx(paragraph(run("ha" * 10_000))), PATH)


def test_a_document_that_unpacks_to_far_more_than_itself_is_refused() -> None:
    """Small files of which very much comes out are made to do harm; a document of that size on disk is read."""
    with pytest.raises(ReadError, match="more than 200 times its size"):
        read_word(docx("<w:p/>" * 2_000_000), PATH)
    assert "Ana" in read_word(docx(paragraph(run("Ana: ha. " * 50_000))), PATH).text


def test_a_part_that_is_more_than_it_declares_is_refused() -> None:
    """What a part unpacks to is not believed, but counted."""
    content = bytearray(docx(paragraph(run("ha" * 10_000))))
    at = content.index(b"word/document.xml", content.index(b"PK\x01\x02")) - 46
    content[at + 24 : at + 28] = (500).to_bytes(4, "little")
    with pytest.raises(ReadError, match="damaged"):
        read_word(bytes(content), PATH)


@pytest.mark.parametrize("body", ["<w:sdt>" * 400 + "</w:sdt>" * 400, "<w:ins/>" * 400])
def test_endless_and_bottomless_documents_are_refused(monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """Neither elements without end nor elements without bottom exhaust the machine."""
    monkeypatch.setattr(packages, "MOST_ELEMENTS", 300)
    with pytest.raises(ReadError, match="too large or too deep"):
        read_word(docx(body), PATH)


@given(st.binary(max_size=200), st.integers(0, 1500), st.integers(0, 255))
def test_any_bytes_give_a_transcript_or_an_error(noise: bytes, at: int, byte: int) -> None:
    """Whatever is called a document is read or refused, and nothing else happens."""
    whole = docx(paragraph(run("Ana: Hi.", "<w:b/>")) + table(("Ana", "Hi."), ("Ben", "Ho.")), title="A talk")
    parts = packed({"word/document.xml": noise.decode("latin-1"), "content.xml": noise.decode("latin-1")})
    for content in (noise, b"PK" + noise, whole[:at] + bytes([byte]) + whole[at + 1 :], whole[:at] + noise, parts):
        for reader in (read_word, read_opendocument):
            try:
                assert reader(content, PATH).text.strip()
            except ReadError:
                continue


TAGS = st.sampled_from("p r tbl tr tc sdt sdtContent txbxContent pPr rPr hyperlink".split())


@given(
    st.recursive(
        st.sampled_from(["<w:t>Ana: </w:t>", "<w:tab/>", "<w:br/>", "<w:b/>"]),
        lambda inner: st.builds(lambda tag, parts: f"<w:{tag}>{''.join(parts)}</w:{tag}>", TAGS, st.lists(inner)),
    )
)
def test_any_elements_give_a_transcript_or_an_error(body: str) -> None:
    """Elements where they do not belong are read or refused, and every mark stands within the text."""
    try:
        transcript = read_word(docx(body), PATH)
    except ReadError:
        return
    assert all(mark.span.of(transcript.text).strip() for mark in transcript.marks)

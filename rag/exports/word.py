"""Quotes as a Word document (ECMA-376): a paragraph for each quote, for who says it, and for what is told beside it.

Line breaks stay where they are, of whichever kind they were. The few control characters that XML cannot hold
(XML 1.0, 2.2) are shown as a sign that says so. Words that are written from right to left are set so.
"""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, tostring

from rag.exports.entries import GONE, Entry
from rag.exports.holding import in_one_line, lines, printable, told_lost

_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_WHEN = (1980, 1, 1, 0, 0, 0)
"""The date of every part, so that the same quotes make the same bytes."""

_CONTENT_TYPES = f"""<Types xmlns="{_PACKAGE}/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="{_TYPE}.document.main+xml"/>
<Override PartName="/word/styles.xml" ContentType="{_TYPE}.styles+xml"/>
</Types>"""
_STYLES = f"""<w:styles xmlns:w="{_MAIN}">
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Georgia" w:hAnsi="Georgia" w:cs="Times New Roman"/>
<w:sz w:val="22"/><w:szCs w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>
<w:pPr><w:spacing w:after="80" w:line="276" w:lineRule="auto"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:after="240"/></w:pPr><w:rPr><w:sz w:val="40"/><w:szCs w:val="40"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/>
<w:pPr><w:keepNext/><w:spacing w:before="360"/><w:outlineLvl w:val="0"/></w:pPr>
<w:rPr><w:b/><w:bCs/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Quote"><w:name w:val="Quote"/><w:basedOn w:val="Normal"/>
<w:pPr><w:pBdr><w:left w:val="single" w:sz="12" w:space="12" w:color="8C2B18"/></w:pBdr>
<w:ind w:left="567" w:right="567"/></w:pPr><w:rPr><w:sz w:val="24"/><w:szCs w:val="24"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Attribution"><w:name w:val="Attribution"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:after="0"/><w:ind w:left="567" w:right="567"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Note"><w:name w:val="Note"/><w:basedOn w:val="Normal"/>
<w:pPr><w:spacing w:before="120"/></w:pPr><w:rPr><w:i/><w:iCs/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>
<w:rPr><w:color w:val="1D5B8F"/><w:u w:val="single"/></w:rPr></w:style>
</w:styles>"""


def write_word(entries: Sequence[Entry]) -> bytes:
    """The quotes, one after the other, as a .docx package."""
    links = [entry.link for entry in entries if entry.link]
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relations([("officeDocument", "word/document.xml", "")]),
        "word/document.xml": _document(entries),
        "word/styles.xml": _STYLES,
        "word/_rels/document.xml.rels": _relations(
            [("styles", "styles.xml", ""), *(("hyperlink", link, "External") for link in links)]
        ),
    }
    package = io.BytesIO()
    with zipfile.ZipFile(package, "w") as archive:
        for name, part in parts.items():
            head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            archive.writestr(zipfile.ZipInfo(name, _WHEN), f"{head}{part}", zipfile.ZIP_DEFLATED)
    return package.getvalue()


def _document(entries: Sequence[Entry]) -> str:
    numbers = iter(range(2, len(entries) + 2))
    body = _element("w:body", _paragraph("Title", _run("Quotes")))
    for entry in entries:
        body.extend(_entry(entry, f"r{next(numbers)}" if entry.link else ""))
    document = _element("w:document", body)
    document.set("xmlns:w", _MAIN)
    document.set("xmlns:r", _OFFICE)
    return tostring(document, encoding="unicode")


def _entry(entry: Entry, link: str) -> Iterator[Element]:
    yield _paragraph("Heading1", _run(str(entry.number)))
    if not entry.quote:
        yield _paragraph("Normal", _run(GONE, "w:b"))
    yield _text("Quote", "", entry.words)
    yield from _attribution(entry, link)
    if entry.question:
        yield _text("Normal", "Asked: ", entry.question)
    if entry.kept.note:
        yield _text("Note", "Note: ", entry.kept.note)
    if lost := told_lost(entry, _UNHELD, "a Word document"):
        yield _paragraph("Normal", _run(lost))


def _attribution(entry: Entry, link: str) -> Iterator[Element]:
    """Who says it and where; each name has a paragraph of its own, so that marks of direction reach no further."""
    dash = _run("— Interviewer: " if entry.asks else "— ")
    by = _run("printed with the interview") if entry.printed else _run(in_one_line(entry.speaker), "w:b")
    yield _paragraph("Attribution", dash, by)
    for told in (entry.title, entry.file, entry.where):
        if told:
            yield _paragraph("Attribution", _run(in_one_line(told)))
    if link:
        style = _element("w:rStyle", w_val="Hyperlink")
        words = _element("w:r", _element("w:rPr", style), _words("Open on this machine"))
        yield _paragraph("Attribution", _element("w:hyperlink", words, r_id=link))


def _text(style: str, label: str, text: str) -> Element:
    """A paragraph with the lines of a text, set in its own direction."""
    leftwards = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "L") != "L"
    properties = ["w:rtl"] if leftwards else []
    runs = [_run(label)] if label else []
    for number, line in enumerate(lines(text)):
        if number:
            runs.append(_element("w:r", _element("w:br")))
        runs.append(_run(line, *properties))
    return _paragraph(style, *runs, leftwards=leftwards)


def _paragraph(style: str, *content: Element, leftwards: bool = False) -> Element:
    directed = [_element("w:bidi")] if leftwards else []
    return _element("w:p", _element("w:pPr", _element("w:pStyle", w_val=style), *directed), *content)


def _run(text: str, *properties: str) -> Element:
    """Words with these properties; tabs are elements of their own."""
    content = [part for piece in text.split("\t") for part in (_element("w:tab"), _words(piece))][1:]
    return _element("w:r", _element("w:rPr", *map(_element, properties)), *content)


def _words(text: str) -> Element:
    words = _element("w:t", xml_space="preserve")
    words.text = printable(text, _UNHELD)
    return words


def _element(name: str, *content: Element, **attributes: str) -> Element:
    """An element; its attribute ``w_val`` is ``w:val``."""
    made = Element(name, {key.replace("_", ":", 1): value for key, value in attributes.items()})
    made.extend(content)
    return made


def _relations(targets: Sequence[tuple[str, str, str]]) -> str:
    root = Element("Relationships", {"xmlns": f"{_PACKAGE}/relationships"})
    for number, (kind, target, mode) in enumerate(targets, start=1):
        relation = {"Id": f"r{number}", "Type": f"{_OFFICE}/{kind}", "Target": target}
        root.append(Element("Relationship", relation | ({"TargetMode": mode} if mode else {})))
    return tostring(root, encoding="unicode")

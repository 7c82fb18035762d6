"""Quotes as a Word document, by python-docx: a paragraph for each quote, for who says it, and for what is told beside.

Line breaks stay where they are, of whichever kind they were. The few control characters that XML cannot hold
(XML 1.0, 2.2) are shown as a sign that says so. Words that are written from right to left are set so.
"""

import io
import re
import unicodedata
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rag.exports.entries import GONE, Entry
from rag.exports.holding import in_one_line, lines, printable, told_lost

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

_UNHELD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FONT = "Georgia"
_INDENT = 1.0
"""Centimetres by which a quote and its attribution are set in from both sides."""


def write_word(entries: Sequence[Entry]) -> bytes:
    """The quotes, one after the other, as a .docx package."""
    document = _empty()
    document.add_paragraph("Quotes", "Title")
    for entry in entries:
        _add(document, entry)
    package = io.BytesIO()
    document.save(package)
    return package.getvalue()


def _empty() -> "Document":
    from docx import Document
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Cm, Pt

    document = Document()
    about = document.core_properties
    about.title, about.author, about.comments = "Quotes", "", ""
    styles = document.styles
    styles.add_style("Attribution", WD_STYLE_TYPE.PARAGRAPH)
    for name, size, italic in (("Normal", 11, False), ("Quote", 12, False), ("Attribution", 11, False)):
        style = styles[name]
        style.font.name, style.font.size, style.font.italic = _FONT, Pt(size), italic
    for name, after in (("Quote", 4), ("Attribution", 0)):
        form = styles[name].paragraph_format
        form.left_indent = form.right_indent = Cm(_INDENT)
        form.space_after = Pt(after)
    return document


def _add(document: "Document", entry: Entry) -> None:
    document.add_paragraph(str(entry.number), "Heading 1")
    if not entry.quote:
        document.add_paragraph().add_run(GONE).bold = True
    _add_text(document, "Quote", "", entry.words)
    _add_attribution(document, entry)
    if entry.question:
        _add_text(document, "Normal", "Asked: ", entry.question)
    if entry.kept.note:
        _add_text(document, "Normal", "Note: ", entry.kept.note)
    if lost := told_lost(entry, _UNHELD, "a Word document"):
        document.add_paragraph(lost)


def _add_attribution(document: "Document", entry: Entry) -> None:
    """Who says it and where; each name has a paragraph of its own, so that marks of direction reach no further."""
    who = document.add_paragraph("— Interviewer: " if entry.asks else "— ", "Attribution")
    by = "printed with the interview" if entry.printed else _line(entry.speaker)
    who.add_run(by).bold = not entry.printed
    for told in filter(None, (entry.title, entry.file, entry.where)):
        document.add_paragraph(_line(told), "Attribution")
    if entry.link:
        _add_link(document.add_paragraph(style="Attribution"), "Open on this machine", entry.link)


def _line(text: str) -> str:
    return in_one_line(printable(text, _UNHELD))


def _add_text(document: "Document", style: str, label: str, text: str) -> None:
    """A paragraph with the lines of a text, set in its own direction."""
    from docx.oxml import OxmlElement

    paragraph = document.add_paragraph(label, style)
    words = paragraph.add_run("\n".join(lines(printable(text, _UNHELD))))
    if next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "L") != "L":
        paragraph.paragraph_format.element.get_or_add_pPr().append(OxmlElement("w:bidi"))
        words.font.rtl = True


def _add_link(paragraph: "Paragraph", text: str, address: str) -> None:
    """A run that opens an address; python-docx has links only as what it can read (1.2)."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    run = paragraph.add_run(text)
    run.font.underline = True
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    link.append(run._r)
    paragraph._p.append(link)

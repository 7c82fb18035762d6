"""Word documents (.docx, ECMA-376): paragraphs and tables in order, with headings and bold words marked.

Inserted text, links, text boxes and forms are read; deleted and hidden text is not. Comments, footnotes, and the heads
and feet of pages stand outside of the conversation and are left out. A table of turns becomes ``Name: words``.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from rag.readers.composing import Composition, Gap, readable
from rag.readers.packages import Package, check_text, descend, line_of
from rag.readers.tables import Cell, write_table
from rag.source import Stated, Transcript

FORMAT = "Word document"

_HEADING = re.compile(r"(?:heading \d|title|subtitle)", re.IGNORECASE)
_UNREAD = frozenset({"w:del", "w:moveFrom", "w:pPr", "w:rPr", "w:tblPr", "w:trPr", "w:tcPr", "w:sdtPr", "mc:Fallback"})
_SIGNS = {"w:tab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-", "w:ptab": "\t"}
_OFF = frozenset({"0", "false", "off"})
_LONGEST_CHAIN = 20
"""Styles based on styles."""


@dataclass(frozen=True, slots=True)
class Style:
    """How a style sets words: whether it is a heading's, and whether they are bold (none: as its base has it)."""

    base: str
    is_heading: bool
    bold: bool | None


def read_word(content: bytes, path: Path) -> Transcript:
    """The words of a Word document; ``path`` is only for the error's sake.

    Raises:
        ReadError: it is damaged, locked, in the format of Word 2003, unpacks to far too much, or holds no words.
    """
    package = Package(content, path, ".docx")
    body = package.related("", "officeDocument") or "word/document.xml"
    styles = package.related(body, "styles")
    document = _Document(_styles(package.read(styles)) if styles else {})
    document.write(package.read(body))
    check_text(document.composition.text, path)
    core = package.related("", "core-properties")
    title = descend(package.read(core), "dc:title") if core else None
    return document.composition.transcript(FORMAT, stated=Stated(title=line_of(title)))


def _styles(part: Element) -> dict[str, Style]:
    styles: dict[str, Style] = {}
    for style in part.iter("w:style"):
        is_heading = _HEADING.fullmatch(_value(style, "w:name")) is not None or _is_outlined(style)
        styles[style.get("w:styleId", "")] = Style(_value(style, "w:basedOn"), is_heading, _bold(style))
    return styles


def _value(element: Element, *tags: str) -> str:
    found = descend(element, *tags)
    return found.get("w:val", "") if found is not None else ""


def _is_outlined(element: Element) -> bool:
    """Whether this paragraph, or style of one, stands in the document's outline; level 9 is that of plain words."""
    return _value(element, "w:pPr", "w:outlineLvl") in tuple("012345678")


def _bold(element: Element, name: str = "w:b") -> bool | None:
    """Whether the element's own properties turn bold (or another property) on or off; none if they say neither."""
    said = descend(element, "w:rPr", name)
    return said.get("w:val", "1") not in _OFF if said is not None else None


class _Document:
    """The words of one document on their way into a composition."""

    def __init__(self, styles: Mapping[str, Style]) -> None:
        self.composition = Composition()
        self._styles = styles
        self._boxes: list[Element] = []

    def write(self, element: Element) -> None:
        """Add the paragraphs and tables in this element, in order."""
        for child in element:
            if child.tag == "w:p":
                self._write_paragraph(child)
            elif child.tag == "w:tbl":
                self._write_table(child)
            elif child.tag not in _UNREAD:
                self.write(child)

    def _write_paragraph(self, paragraph: Element) -> None:
        self.composition.gap(Gap.PARAGRAPH)
        style = _value(paragraph, "w:pPr", "w:pStyle")
        since = self.composition.length
        bold = self._is_bold(style)
        is_heading = self._is_heading(style) or _is_outlined(paragraph)
        self._write_runs(paragraph, bold and not is_heading)
        if is_heading:
            self.composition.mark("heading", since)
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.write(box)
        self.composition.gap(Gap.PARAGRAPH)

    def _write_runs(self, element: Element, bold: bool) -> None:
        for child in element:
            if child.tag == "w:r":
                self._write_run(child, bold)
            elif child.tag not in _UNREAD:
                self._write_runs(child, bold)

    def _write_run(self, run: Element, bold: bool) -> None:
        if _bold(run, "w:vanish"):
            return
        own = _bold(run)
        since = self.composition.length
        self._write_content(run)
        if own if own is not None else bold or self._is_bold(_value(run, "w:rPr", "w:rStyle")):
            self.composition.mark("bold", since)
        if _bold(run, "w:i"):
            self.composition.mark("italic", since)

    def _write_content(self, element: Element) -> None:
        for child in element:
            if child.tag == "w:t":
                self.composition.write_exactly(readable(child.text or ""))
            elif child.tag in _SIGNS:
                self.composition.write_exactly(_SIGNS[child.tag])
            elif child.tag == "w:txbxContent":
                self._boxes.append(child)
            elif child.tag not in _UNREAD:
                self._write_content(child)

    def _write_table(self, table: Element) -> None:
        self.composition.gap(Gap.PARAGRAPH)
        rows = [_inner(row, "w:tc") for row in _inner(table, "w:tr")]
        if any(inner.tag == "w:tbl" for row in rows for cell in row for inner in cell.iter()):
            for cell in (cell for row in rows for cell in row):
                self.write(cell)
        else:
            write_table(self.composition, [[self._cell(cell) for cell in row] for row in rows])
        self.composition.gap(Gap.PARAGRAPH)

    def _cell(self, cell: Element) -> Cell:
        paragraphs = ["".join(text.text or "" for text in part.iter("w:t")) for part in cell.iter("w:p")]
        text = " ".join(" ".join(map(readable, paragraphs)).split())
        return Cell(text, sum(bool(paragraph.strip()) for paragraph in paragraphs), lambda: self.write(cell))

    def _is_heading(self, style: str) -> bool:
        return any(one.is_heading for one in self._chain(style))

    def _is_bold(self, style: str) -> bool:
        return next((one.bold for one in self._chain(style) if one.bold is not None), False)

    def _chain(self, name: str) -> list[Style]:
        """A style, the one it is based on, and so on."""
        chain: list[Style] = []
        while name in self._styles and len(chain) < _LONGEST_CHAIN:
            chain.append(self._styles[name])
            name = chain[-1].base
        return chain


def _inner(element: Element, tag: str) -> list[Element]:
    """The rows of a table or the cells of a row, those in forms and in insertions too."""
    found: list[Element] = []
    for child in element:
        if child.tag == tag:
            found.append(child)
        elif child.tag not in _UNREAD and child.tag not in ("w:tbl", "w:p"):
            found.extend(_inner(child, tag))
    return found

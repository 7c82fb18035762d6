"""OpenDocument texts (.odt): paragraphs, headings and tables in order, with headings and bold words marked.

Comments, footnotes and deleted text are left out; the heads and feet of pages stand in another part.
"""

import re
from pathlib import Path
from xml.etree.ElementTree import Element

from rag.errors import ReadError
from rag.readers.composing import Composition, Gap, readable
from rag.readers.packages import Package, check_text, line_of
from rag.readers.tables import Cell, write_table
from rag.source import Stated, Transcript

FORMAT = "OpenDocument text"

_UNREAD = frozenset({"text:note", "office:annotation", "text:tracked-changes", "text:table-of-content"})
_WHITE = re.compile(r"\s+")
_PARAGRAPHS = frozenset({"text:p", "text:h"})
_MOST_SPACES = 1000


def read_opendocument(content: bytes, path: Path) -> Transcript:
    """The words of an OpenDocument text; ``path`` is only for the error's sake.

    Raises:
        ReadError: it is damaged, locked, unpacks to far too much, or holds no words.
    """
    package = Package(content, path, ".odt")
    if "META-INF/manifest.xml" in package:
        manifest = package.read("META-INF/manifest.xml")
        if any(element.tag.endswith("}encryption-data") for element in manifest.iter()):
            raise ReadError(path, "the document is locked with a password", "Save it without a password.")
    root = package.read("content.xml")
    document = _Document(root)
    for body in root.iter("office:text"):
        document.write(body)
    check_text(document.composition.text, path)
    title = next(package.read("meta.xml").iter("dc:title"), None) if "meta.xml" in package else None
    return document.composition.transcript(FORMAT, stated=Stated(title=line_of(title)))


def _styles(root: Element, name: str, value: str) -> frozenset[str]:
    """The names of the styles, made while typing, that set words in a way, such as bold."""
    return frozenset(
        style.get("style:name", "")
        for style in root.iter("style:style")
        for words in style.iter("style:text-properties")
        if words.get(name) == value
    )


class _Document:
    """The words of one document on their way into a composition."""

    def __init__(self, root: Element) -> None:
        self.composition = Composition()
        self._bold_styles = _styles(root, "fo:font-weight", "bold")
        self._italic_styles = _styles(root, "fo:font-style", "italic")

    def write(self, element: Element) -> None:
        """Add the paragraphs and tables in this element, in order."""
        for child in element:
            if child.tag in _PARAGRAPHS:
                self._write_paragraph(child)
            elif child.tag == "table:table":
                self._write_table(child)
            elif child.tag not in _UNREAD:
                self.write(child)

    def _write_paragraph(self, paragraph: Element) -> None:
        self.composition.gap(Gap.PARAGRAPH)
        since = self.composition.length
        self._write_words(paragraph)
        if paragraph.tag == "text:h":
            self.composition.mark("heading", since)
        self.composition.gap(Gap.PARAGRAPH)

    def _write_words(self, element: Element) -> None:
        since = self.composition.length
        self._write_text(element.text)
        for child in element:
            if child.tag == "text:s":
                self.composition.write_exactly(" " * min(_number(child.get("text:c", "1")), _MOST_SPACES))
            elif child.tag in ("text:tab", "text:line-break"):
                self.composition.write_exactly("\t" if child.tag == "text:tab" else "\n")
            elif child.tag == "draw:text-box":
                self.write(child)
            elif child.tag not in _UNREAD:
                self._write_words(child)
            self._write_text(child.tail)
        if element.get("text:style-name") in self._bold_styles:
            self.composition.mark("bold", since)
        if element.get("text:style-name") in self._italic_styles:
            self.composition.mark("italic", since)

    def _write_text(self, text: str | None) -> None:
        """Add words whose white space means no more than a space (OpenDocument 1.3, part 3, 6.1.2)."""
        self.composition.write_exactly(_WHITE.sub(" ", readable(text or "")))

    def _write_table(self, table: Element) -> None:
        self.composition.gap(Gap.PARAGRAPH)
        rows = [list(row.iter("table:table-cell")) for row in table.iter("table:table-row")]
        if any(table is not inner for inner in table.iter("table:table")):
            self.write(table)
        else:
            write_table(self.composition, [[self._cell(cell) for cell in row] for row in rows])
        self.composition.gap(Gap.PARAGRAPH)

    def _cell(self, cell: Element) -> Cell:
        text = " ".join(readable(" ".join(cell.itertext())).split())
        paragraphs = sum(inner.tag in _PARAGRAPHS for inner in cell.iter())
        return Cell(text, paragraphs, lambda: self.write(cell))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 1

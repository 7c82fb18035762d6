"""Web pages: what a person would read, in paragraphs, with headings, bold words and the names of speakers marked.

Menus, page heads and feet, asides, forms and hidden elements are left out, unless most of the words stand in them.
Where the page says what its main part is, and most of the words stand there, only that is read.
"""

import re
from pathlib import Path

from rag.errors import ReadError
from rag.readers import plain
from rag.readers.composing import Composition, Gap, only_times, readable
from rag.readers.elements import BLOCKS, Element, parse
from rag.readers.nameplates import find_nameplates
from rag.readers.pagehead import find_stated
from rag.readers.pageparts import UNREAD, find_left_out, find_main
from rag.readers.tables import Cell, write_table
from rag.source import Transcript

FORMAT = "web page (HTML)"

_DECLARED = re.compile(
    rb"""(?:<meta[^>]{0,200}?charset|<\?xml[^>]{0,100}?encoding)\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]{1,40})""",
    re.IGNORECASE,
)
_ENCODINGS = re.compile("(?:iso-?8859|latin|windows-|cp125|koi8|mac|gb|big5|shift|sjis|euc|iso-2022|us-ascii)")
_HEAD = 4096
"""Bytes of a page in which its encoding is looked for."""
_AS_WINDOWS = frozenset({"iso-8859-1", "iso8859-1", "latin1", "us-ascii"})
"""Encodings that are read as windows-1252, as browsers do (Encoding Standard, 4.2)."""
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_APART = frozenset({"td", "th", "time"})
_CELLS = frozenset({"td", "th", "caption"})
_WEIGHT = re.compile(r"font-weight\s*+:\s*+(bold|[6-9]00)?+", re.IGNORECASE)
_ASKING_CLASS = re.compile(r"(?:[\w-]+[-_])?(?:question|frage|pregunta|domanda)(?:[-_]text)?", re.IGNORECASE)
"""A class of questions is as good as bold type."""
_BOLD_CLASSES = frozenset({"bold", "strong"})
_RULE = re.compile(r"\.([\w-]++)\s*+\{([^{}]*+)\}")
_KEEPS_LINES = re.compile(r"white-space\s*+:\s*+(?:pre|break-spaces)", re.IGNORECASE)


def read_hypertext(content: bytes, path: Path) -> Transcript:
    """The words of a web page; ``path`` is only for the error's sake.

    Raises:
        ReadError: the bytes are no text, or the page holds no words or far too many elements.
    """
    text = _decoded(content, path)
    root = parse(text, path, xml=path.suffix.casefold() == ".xhtml" or text.lstrip().startswith("<?xml"))
    left_out = find_left_out(root)
    main = find_main(root, left_out)
    page = _Page(left_out, find_nameplates(main, left_out), _bold_classes(root))
    page.write(main)
    if not any(map(str.isalnum, page.composition.text)):
        raise ReadError(
            path, "the page holds no words (a script may put them there)", "Copy its text from the browser into a file."
        )
    return page.composition.transcript(FORMAT, stated=find_stated(root, main))


def _decoded(content: bytes, path: Path) -> str:
    """The page's characters: UTF-8 where the bytes are that, else as declared, else as ``plain.decode`` does it."""
    declared = _DECLARED.search(content[:_HEAD])
    name = declared[1].decode("ascii", "replace").lower() if declared else ""
    is_ascii_only = name.startswith("iso-2022")
    if _ENCODINGS.match(name) and (is_ascii_only or not _is_utf8(content)):
        try:
            return content.decode("windows-1252" if name in _AS_WINDOWS else name)
        except (UnicodeDecodeError, LookupError):
            pass
    return plain.decode(content, path)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _bold_classes(root: Element) -> frozenset[str]:
    """The classes which the page's own styles set in bold, as exported documents have them."""
    styles = [child for element in root.within() if element.tag == "style" for child in element.children]
    rules = [rule for style in styles if isinstance(style, str) for rule in _RULE.findall(style)]
    return _BOLD_CLASSES | {name for name, rule in rules if (weight := _WEIGHT.search(rule)) and weight[1]}


def _has_stray_words(table: Element) -> bool:
    """Whether words stand in a table, but in none of its cells."""
    return sum(inner.weight for inner in table.within() if inner.tag in _CELLS) < table.weight


class _Page:
    """The words of one page on their way into a composition."""

    def __init__(
        self, left_out: frozenset[Element], nameplates: frozenset[Element], bold_classes: frozenset[str]
    ) -> None:
        self.composition = Composition()
        self._left_out, self._nameplates, self._bold_classes = left_out, nameplates, bold_classes
        self._keeps_lines = 0

    def write(self, element: Element) -> None:
        """Add what a person would read of this element."""
        if element in self._left_out or element.tag in UNREAD:
            return
        if element.tag == "br":
            self.composition.new_line()
        elif element.tag == "table":
            self._write_table(element)
        else:
            self._write_whole(element)

    def _write_whole(self, element: Element) -> None:
        attributes = element.attributes()
        around = self._gap_around(element)
        self.composition.gap(around)
        names = element in self._nameplates and self.composition.opens_line
        lines = element.tag == "pre" or _KEEPS_LINES.search(attributes.get("style", "")) is not None
        self._keeps_lines += lines
        since = self.composition.length
        self._write_children(element)
        self._keeps_lines -= lines
        if element.tag in _HEADINGS:
            self.composition.mark("heading", since)
        if self._is_bold(element.tag, attributes):
            self.composition.mark("bold", since)
        if element.tag in ("em", "i"):
            self.composition.mark("italic", since)
        if names:
            self.composition.named(since)
        self.composition.gap(around)

    def _write_children(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, Element):
                self.write(child)
            elif self._keeps_lines:
                self._write_lines(child)
            else:
                self._write_words(child)

    def _write_words(self, text: str) -> None:
        """Add text whose white space means no more than a space."""
        words = readable(text).split()
        if text[:1].isspace():
            self.composition.gap(Gap.SPACE)
        self.composition.write(" ".join(words))
        if text[-1:].isspace():
            self.composition.gap(Gap.SPACE)

    def _write_lines(self, text: str) -> None:
        """Add text whose lines are lines."""
        for number, line in enumerate(readable(text).split("\n")):
            if number:
                self.composition.new_line()
            self.composition.write(line.rstrip())
            if line != line.rstrip():
                self.composition.gap(Gap.SPACE)

    def _gap_around(self, element: Element) -> Gap:
        if element.tag in BLOCKS:
            return Gap.PARAGRAPH
        only = element.children[0] if len(element.children) == 1 else ""
        is_time = isinstance(only, str) and only_times(only.strip())
        return Gap.SPACE if is_time or element in self._nameplates or element.tag in _APART else Gap.NONE

    def _is_bold(self, tag: str, attributes: dict[str, str]) -> bool:
        if weight := _WEIGHT.search(attributes.get("style", "")):
            return weight[1] is not None
        classes = attributes.get("class", "").split()
        asks = tag in BLOCKS and any(_ASKING_CLASS.fullmatch(each) for each in classes)
        return tag in ("b", "strong") or asks or not self._bold_classes.isdisjoint(classes)

    def _write_table(self, table: Element) -> None:
        self.composition.gap(Gap.PARAGRAPH)
        if any(child.holds_table for child in table.children if isinstance(child, Element)) or _has_stray_words(table):
            self._write_children(table)
        else:
            for part in table.children:
                if isinstance(part, Element) and part.tag == "caption":
                    self.write(part)
            write_table(self.composition, [self._cells(row) for row in table.within() if row.tag == "tr"])
        self.composition.gap(Gap.PARAGRAPH)

    def _cells(self, row: Element) -> list[Cell]:
        return [self._cell(cell) for cell in row.children if isinstance(cell, Element) and cell.tag in ("td", "th")]

    def _cell(self, cell: Element) -> Cell:
        paragraphs = sum(inner.tag in BLOCKS and inner.weight > 0 for inner in cell.within())
        return Cell(" ".join(readable(cell.text()).split()), paragraphs, lambda: self.write(cell))

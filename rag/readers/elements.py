"""The elements of a web page, from mark-up that need not be well formed.

A small part of what browsers do (HTML Living Standard, 13.2): elements whose end tag may be left out, unknown and
crossed end tags, comments, and elements whose content is no mark-up. Every step consumes what it looked at, so that
the time is in proportion to the length of the page, whatever stands in it.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from rag.errors import ReadError

MOST_ELEMENTS = 1_000_000
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol p pre section summary table tbody tfoot "
    "thead tr ul".split()
)
"""Elements that stand in paragraphs of their own."""
DEEPEST = 200
"""Elements within elements; those deeper are taken for children of the last one that is not."""

_MARKUP = re.compile(
    r"<(?:(?P<comment>!--)|(?P<data>!\[CDATA\[)|(?P<other>[!?])|(?P<end>/)?(?P<tag>[A-Za-z][^\s/>]*+))"
)
_ATTRIBUTES = re.compile(r"""(?:[^>"'=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+|["'])*+""")
_ATTRIBUTE = re.compile(r"""([^\s/>="']++)(?:\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]*+)))?+""")
_LONG_NUMBER = re.compile("&#[0-9]{9,}+;?")
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_RAW = {tag: re.compile(rf"</{tag}(?=[\s/>])", re.IGNORECASE) for tag in ("script", "style", "title", "textarea")}
_CELLS = frozenset({"td", "th", "caption"})
_APART = BLOCKS | _CELLS | {"br"}
_ROWS = frozenset({"thead", "tbody", "tfoot"})
_TABLE = _CELLS | _ROWS | {"tr", "table"}
_ENDED_BY: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    **dict.fromkeys(BLOCKS - _TABLE | {"table"}, (frozenset({"p"}), _CELLS | {"table"})),
    "li": (frozenset({"li"}), _CELLS | {"ul", "ol", "menu", "dir", "table"}),
    **dict.fromkeys(("dt", "dd"), (frozenset({"dt", "dd"}), _CELLS | {"dl", "table"})),
    **dict.fromkeys(_CELLS, (_CELLS, frozenset({"tr", "table"}))),
    "tr": (frozenset({"tr"}), frozenset({"table"})),
    **dict.fromkeys(_ROWS, (_ROWS, frozenset({"table"}))),
}
"""By tag, which open elements its start ends, and which ones shield those outside of them."""


@dataclass(slots=True, eq=False)
class Element:
    """One element: its tag in small letters, its attributes as written, and what stands in it."""

    tag: str
    source: str = ""
    children: list["Element | str"] = field(default_factory=list)
    weight: int = 0
    """Characters of text within it, but for white space at the edges of each piece."""
    holds_table: bool = False

    def attributes(self) -> dict[str, str]:
        """The attributes by name in small letters; of two with one name the first counts."""
        found: dict[str, str] = {}
        if not self.source:
            return found
        for name, double, single, bare in _ATTRIBUTE.findall(self.source):
            found.setdefault(name.lower(), unescaped(double or single or bare))
        return found

    def within(self) -> Iterator["Element"]:
        """This element and all within it, in the order of the page."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def text(self) -> str:
        """All the text within it, with single spaces."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        waiting: list[Element | str] = [self]
        while waiting:
            child = waiting.pop()
            if isinstance(child, str):
                yield child
                continue
            waiting.extend((" ", *reversed(child.children), " ") if child.tag in _APART else reversed(child.children))


def unescaped(text: str) -> str:
    """The text with its character references resolved (``html.unescape`` fails on very long numbers)."""
    return html.unescape(_LONG_NUMBER.sub("\ufffd", text)) if "&" in text else text


def parse(text: str, path: Path, *, xml: bool = False) -> Element:
    """The page as a tree; in ``xml`` a tag that ends in a slash has no content. ``path`` is for the error's sake.

    Raises:
        ReadError: the page has more elements than any interview.
    """
    tree = _Tree(path)
    at, never_ended = 0, set[str]()
    while markup := _MARKUP.search(text, at):
        tree.add(unescaped(text[at : markup.start()]))
        if markup["tag"] is None:
            at = _after_aside(text, markup, tree)
            continue
        tag, attributes = markup["tag"].lower(), _ATTRIBUTES.match(text, markup.end())
        if attributes is None or attributes.end() == len(text):
            at = markup.start()
            break
        at = attributes.end() + 1
        if markup["end"]:
            tree.end(tag)
            continue
        slash = xml and attributes[0].endswith("/")
        tree.start(tag, attributes[0].strip("/ \t\r\n"), is_empty=slash or tag in _VOID or tag in _RAW)
        if tag in _RAW and not slash and tag not in never_ended:
            if closing := _RAW[tag].search(text, at):
                tree.keep(text[at : closing.start()])
                at = text.find(">", closing.end()) + 1 or len(text)
            else:
                never_ended.add(tag)
    tree.add(unescaped(text[at:]))
    return tree.whole()


def _after_aside(text: str, markup: re.Match[str], tree: "_Tree") -> int:
    """Where the text goes on after a comment, a declaration or a section of data, whose characters are text."""
    if markup["comment"]:
        end = text.find("-->", markup.end() - 2)
    elif markup["data"]:
        end = text.find("]]>", markup.end())
        tree.add(text[markup.end() : end if end >= 0 else len(text)])
    else:
        return text.find(">", markup.end()) + 1 or len(text)
    return end + 3 if end >= 0 else len(text)


class _Tree:
    """A page in the making."""

    def __init__(self, path: Path) -> None:
        self._open = [Element("html")]
        self._last = self._open[0]
        self._path, self._count = path, 0

    def add(self, text: str) -> None:
        if text:
            self._open[-1].children.append(text)
            self._open[-1].weight += len(text.strip())

    def keep(self, text: str) -> None:
        """Content of the last element that is no text of the page, such as a style."""
        self._last.children.append(text)

    def start(self, tag: str, source: str, *, is_empty: bool) -> None:
        self._count += 1
        if self._count > MOST_ELEMENTS:
            raise ReadError(self._path, f"the page has more than {MOST_ELEMENTS:,} elements", "Save it as plain text.")
        if tag in _ENDED_BY:
            self._end_open(*_ENDED_BY[tag])
        element = self._last = Element(tag, source)
        self._open[-1].children.append(element)
        if tag == "table":
            self._tell_of_table()
        if not is_empty and len(self._open) < DEEPEST:
            self._open.append(element)

    def end(self, tag: str) -> None:
        self._end_open(frozenset({tag}), frozenset({"table"}) if tag in _TABLE else _CELLS | {"table"})

    def whole(self) -> Element:
        while len(self._open) > 1:
            self._close()
        return self._open[0]

    def _end_open(self, tags: frozenset[str], shields: frozenset[str]) -> None:
        for depth in range(len(self._open) - 1, 0, -1):
            tag = self._open[depth].tag
            if tag in tags:
                while len(self._open) > depth:
                    self._close()
                return
            if tag in shields:
                return

    def _close(self) -> None:
        closed = self._open.pop()
        self._open[-1].weight += closed.weight

    def _tell_of_table(self) -> None:
        for element in reversed(self._open):
            if element.holds_table:
                return
            element.holds_table = True

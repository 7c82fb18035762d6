"""From the lines of pages to paragraphs: without running heads and feet, with words and paragraphs joined again.

A printed line says nothing about where a paragraph ends. It is told from the distance to the next line, from
indents, from letters of another size, from lines that begin as turns do, and from lines on which the next word would
still have found room.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.readers.composing import STAMP, Composition, Gap

Page = Sequence["Line"]

_EDGE = 3
"""Lines at the top of a page, and at its bottom, that may be running heads and feet."""
_FEW_PAGES = 4
"""In a document of fewer pages only the outermost lines may be."""
_MOST = 0.4
"""The share of pages on which such a line recurs; those of left and right pages may differ."""
_WIDE = 1.25
"""How much wider than usual the distance before a new paragraph is."""
_ROOM = 0.75
"""The share of the usual length of a line up to which there would surely have been room for another word."""
_OTHER_SIZE = 0.15
_DIGITS = re.compile(r"\d+")
_NUMBER = re.compile(r"\W*(?:page\s*)?(\d{1,4})(?:\s*(?:of|/)\s*\d{1,4})?\W*", re.IGNORECASE)
_OPENING = re.compile(rf"(?:{STAMP}|[QA]\d{{0,3}}[.:)](?=\s)|[•▪●◦‣]|>>)", re.IGNORECASE)
_LABEL = re.compile(r"([^\W\d_][^:?!;\"“”]{0,39}):(?=\s|\Z)")
_BRACKETED = re.compile(r"\([^()]*\)")
_SMALL_WORDS = frozenset("and da de del den der di do dos du el la le of the van von und y".split())
_SENTENCE_END = re.compile(r"[.?!…:][\"'”’»)\]]*\Z")
_LAST_WORD = re.compile(r"[^\W\d_]+\Z")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: where it begins, how high it stands on its page, and its letters' size, all in points."""

    text: str
    left: float
    height: float
    size: float


@dataclass(frozen=True, slots=True)
class Layout:
    """How lines are set in a whole document: usual distance in points and length in characters, labels and words."""

    distance: float
    length: float
    labels: frozenset[str]
    words: frozenset[str]

    @classmethod
    def of(cls, pages: Sequence[Page]) -> "Layout":
        """The usual setting of these pages."""
        lines = [line for page in pages for line in page]
        drops = [above.height - below.height for page in pages for above, below in pairwise(page)]
        labels = Counter(label[1] for line in lines if (label := _LABEL.match(line.text)))
        return cls(
            distance=_share([drop for drop in drops if drop > 0], 3),
            length=_share([len(line.text) for line in lines], 9),
            labels=frozenset(label for label, times in labels.items() if times > 2 or _is_named(label)),
            words=frozenset(word.casefold() for line in lines for word in _WORD.findall(line.text)),
        )

    def opens(self, text: str) -> bool:
        """Whether a line begins as a turn or an item of a list does."""
        label = _LABEL.match(text)
        return _OPENING.match(text) is not None or (label is not None and label[1] in self.labels)


def without_heads(pages: Sequence[Page]) -> list[Page]:
    """The pages without what recurs at the top or the bottom of most of them, whatever numbers stand in it."""
    edges = [_edges(page, _EDGE if len(pages) >= _FEW_PAGES else 1) for page in pages]
    seen = Counter(key for edge in edges for key in edge)
    everywhere = Counter(_form(line) for page in pages for line in page)
    recurring = {
        (where, form)
        for (where, form), times in seen.items()
        if times >= max(2, _MOST * len(pages)) and everywhere[form] <= 1 + 1.25 * times and not _LABEL.fullmatch(form)
    }
    kept: list[Page] = []
    for number, (page, edge) in enumerate(zip(pages, edges, strict=True), start=1):
        heads = {at for key, at in edge.items() if key in recurring or _is_number(page[at], number)}
        kept.append([line for at, line in enumerate(page) if at not in heads])
    return kept


def write_pages(composition: Composition, pages: Sequence[Page]) -> None:
    """Add the words of the pages in paragraphs, with the place of each page."""
    layout = Layout.of(pages)
    numbered = [(number, line) for number, page in enumerate(pages, start=1) for line in page]
    margins = [_margin(page) for page in pages]
    placed = 0
    for at, (number, line) in enumerate(numbered):
        if number != placed:
            composition.place(f"page {number}")
            placed = number
        if at + 1 == len(numbered):
            composition.write(line.text)
            break
        following, after = numbered[at + 1]
        gap = _gap(line, after, margins[following - 1], layout, turns_page=following != number)
        text, gap = _joint(line.text, after.text, gap, layout)
        composition.write(text)
        composition.gap(gap)


def _gap(before: Line, after: Line, margin: float, layout: Layout, *, turns_page: bool) -> Gap:
    """What stands between two lines that follow each other."""
    slack = 0.6 * after.size
    is_whole = _SENTENCE_END.search(before.text[-10:]) is not None
    is_moved = abs(after.left - margin) > slack and (turns_page or abs(after.left - before.left) > slack)
    is_hanging = after.left > before.left and not turns_page and (layout.opens(before.text) or not is_whole)
    is_apart = not turns_page and before.height - after.height > _WIDE * layout.distance > 0
    is_larger = abs(after.size - before.size) > _OTHER_SIZE * before.size
    if (is_moved and not is_hanging) or is_apart or is_larger or layout.opens(after.text):
        return Gap.PARAGRAPH
    if len(before.text) + 1 + len(after.text.split()[0]) < _ROOM * layout.length:
        return Gap.PARAGRAPH if is_whole else Gap.LINE
    return Gap.SPACE


def _joint(before: str, after: str, gap: Gap, layout: Layout) -> tuple[str, Gap]:
    """How a line ends, and what stands before the next: a hyphen goes where the whole word occurs elsewhere."""
    if gap != Gap.SPACE or len(before) < 2 or not before[-2].isalnum() or not after[0].isalnum():
        return before, gap
    if before[-1] in "-\u2010":
        head, tail = _LAST_WORD.search(before[-61:-1]), _WORD.match(after[:60])
        whole = head[0] + tail[0] if head and tail and after[0].islower() else ""
        return (before[:-1] if whole.casefold() in layout.words else before), Gap.NONE
    return before, Gap.NONE if before[-1] in "—/" else gap


def _edges(page: Page, depth: int) -> dict[tuple[str, str], int]:
    """The highest and the lowest lines by what recurs of them, the outermost first, each with its place in the page."""
    found: dict[tuple[str, str], int] = {}
    order = sorted(range(len(page)), key=lambda at: -page[at].height)
    for where, outermost in (("top", order[:depth]), ("bottom", order[::-1][:depth])):
        for at in outermost:
            found.setdefault((where, _form(page[at])), at)
    return found


def _form(line: Line) -> str:
    return " ".join(_DIGITS.sub("#", line.text[:200].casefold()).split())


def _is_number(line: Line, number: int) -> bool:
    """Whether nothing but the page's own number stands here."""
    said = _NUMBER.fullmatch(line.text[:30])
    return said is not None and int(said[1]) == number


def _margin(page: Page) -> float:
    """Where most lines of a page begin, in points from the left."""
    return Counter(round(line.left) for line in page).most_common(1)[0][0] if page else 0


def _is_named(label: str) -> bool:
    """Whether a label is written as a name is, with capitals."""
    words = _BRACKETED.sub("", label).split()
    return len(words) <= 5 and all(not word[0].islower() or word in _SMALL_WORDS for word in words)


def _share(values: Sequence[float], tenths: int) -> float:
    """The value below which so many tenths of the values lie; 0 without values."""
    return sorted(values)[min(len(values) * tenths // 10, len(values) - 1)] if values else 0

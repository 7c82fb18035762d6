"""The paragraphs of a text: a line each, or, where lines are wrapped by hand, a block of lines each."""

import re
from collections.abc import Sequence
from statistics import median

from rag.records import Span

_CONTENT = re.compile(r"\S(?:[^\r\n]*\S)?")
_LINE_END = r"(?:\r\n|\r(?!\n)|\n)"
_BLANK_LINE = re.compile(rf"{_LINE_END}[^\S\r\n]*{_LINE_END}")
_SENTENCE_END = (".", "?", "!", ":", "”", '"', "’", ")", "*", "…")
_WIDEST_WRAPPED_LINE = 100


def find_paragraphs(text: str) -> list[Span]:
    """Every paragraph, stripped of surrounding blanks, in order; only white space lies between them."""
    lines = find_lines(text)
    if not _hard_wrapped(text, lines):
        return lines
    paragraphs: list[Span] = []
    for line in lines:
        if paragraphs and not _BLANK_LINE.search(text, paragraphs[-1].end, line.start):
            paragraphs[-1] = Span(paragraphs[-1].start, line.end)
        else:
            paragraphs.append(line)
    return paragraphs


def find_lines(text: str) -> list[Span]:
    """Every line that is not blank, stripped of surrounding blanks, in order."""
    return [Span(*match.span()) for match in _CONTENT.finditer(text)]


def _hard_wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Lines of even, small width, most of which stop in the middle of a sentence."""
    if len(lines) < 8 or median(len(line) for line in lines) < 45:
        return False
    widths = sorted(len(line) for line in lines)
    open_ended = sum(not line.of(text).endswith(_SENTENCE_END) for line in lines)
    return widths[len(widths) * 9 // 10] <= _WIDEST_WRAPPED_LINE and open_ended > len(lines) // 2

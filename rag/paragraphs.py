"""The paragraphs of a text: a line each, or, where lines are wrapped by hand, a block of lines each."""

import re
from collections.abc import Sequence
from statistics import median

from rag.records import Span

_LINE = re.compile(r"[^\r\n]+")
_LINE_END = r"(?:\r\n|\r(?!\n)|\n)"
_BLANK_LINE = re.compile(rf"{_LINE_END}[^\S\r\n]*{_LINE_END}")
_SENTENCE_END = (".", "?", "!", ":", "”", '"', "’", ")", "*", "…")
_WIDEST_WRAPPED_LINE = 100


def find_paragraphs(text: str) -> list[Span]:
    """Every paragraph, stripped of surrounding blanks, in order; only white space lies between them."""
    lines = [_stripped(text, match.start(), match.end()) for match in _LINE.finditer(text) if match.group().strip()]
    if not _hard_wrapped(text, lines):
        return lines
    paragraphs: list[Span] = []
    for line in lines:
        if paragraphs and not _BLANK_LINE.search(text, paragraphs[-1].end, line.start):
            paragraphs[-1] = Span(paragraphs[-1].start, line.end)
        else:
            paragraphs.append(line)
    return paragraphs


def _stripped(text: str, start: int, end: int) -> Span:
    content = text[start:end]
    return Span(start + len(content) - len(content.lstrip()), start + len(content.rstrip()))


def _hard_wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Lines of even, small width, most of which stop in the middle of a sentence."""
    if len(lines) < 8 or median(len(line) for line in lines) < 45:
        return False
    widths = sorted(len(line) for line in lines)
    open_ended = sum(not line.of(text).endswith(_SENTENCE_END) for line in lines)
    return widths[len(widths) * 9 // 10] <= _WIDEST_WRAPPED_LINE and open_ended > len(lines) // 2

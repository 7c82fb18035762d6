"""A page as a row of blocks, and how each of them is set: as a heading, in bold, in italics, with a number, plainly.

A *block* is a paragraph, or the part of one that is set alike: a bold sentence that opens a paragraph is a block of its
own, and what follows it another one.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal, cast

from rag.furniture import Furniture, inside
from rag.matter import is_byline
from rag.paragraphs import find_lines
from rag.records import Mark, Span

Dress = Literal[
    "h1", "h2", "h3", "h4", "h5", "h6", "heading", "bold", "italic", "caps", "number", "dash", "quote", "plain"
]
"""How a block is set; a ``heading`` is one whose level the format does not tell."""

_HEADING = re.compile(r"(#{1,6})[ \t]+")
_TAIL = re.compile(r"(?<![ \t])(?:[ \t]*+\{[#:.][^{}\r\n]{0,80}\}|[ \t]++#{1,6})\Z")
_NUMBER = re.compile(
    r"(?:(?:question|pregunta|frage|domanda|pergunta)[ ]?\d{1,2}\b[.:)]?|Q[ ]?\d{0,2}[.:)]|\(?\d{1,2}[.)]|#\d{1,2}\b)"
    r"(?:[ \t\u00a0]+|(?=[^\W\d_]|[*¿]))",
    re.IGNORECASE,
)
_DASH = re.compile(r"[-–—•·▪◦][ \t]*(?=\S)|\*[ \t]+(?=\S)")
_QUOTED = re.compile(r"(?:>[ \t]?)+")
_SIGN = re.compile(r"\*\*\*?|(?<!\w)__(?=\S)|(?<=\S)__(?!\w)|</?(?:b|strong)>", re.IGNORECASE)
_ITALIC = re.compile(
    r"(?:\*(?![*\s])[^*]*(?:\*\*[^*]*\*\*[^*]*)*\*|_(?![_\s])[^_]*_|<(em|i)>[^<]*</\1>)[.:!?…\s]*\Z", re.IGNORECASE
)
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_TAG = re.compile(r"</?(?:b|strong|em|i|u)>", re.IGNORECASE)
_LAST_TAG = re.compile(r"</?(?:b|strong|em|i|u)>\Z", re.IGNORECASE)
_CLOSING = re.compile(r"[*_\s]*[?!.…:]+[*_]*")
_MARKS = "*_# \t\r\n>\u00a0"
_WORD = re.compile(r"[^\W_]")
_LETTER = re.compile(r"[^\W\d_]")
_ENDS = frozenset('.?!…:”"»*_')


@dataclass(frozen=True, slots=True)
class Block:
    """``words`` are the block's without numbers and marks around them.

    ``follows_blank`` says that an empty line stands before it; ``opens`` that more of its paragraph stands after it.
    ``quoted`` are words set apart by a margin, as a pull quote is; ``furniture`` is what nobody says.
    """

    span: Span
    words: Span
    dress: Dress = "plain"
    follows_blank: bool = True
    opens: bool = False
    quoted: bool = False
    numbered: bool = False
    furniture: bool = False


def find_blocks(
    text: str, paragraphs: Sequence[Span], furniture: Sequence[Furniture], marks: Sequence[Mark]
) -> list[Block]:
    """Every block of the paragraphs, in order."""
    pieces = [piece.span for piece in furniture if not piece.heading]
    headings = sorted(mark.span for mark in marks if mark.kind == "heading")
    bold = sorted(mark.span for mark in marks if mark.kind == "bold")
    italic = sorted(mark.span for mark in marks if mark.kind == "italic")
    blocks: list[Block] = []
    end, is_bold = 0, False
    for line in (part for paragraph in paragraphs for part in _parts(text, paragraph)):
        follows_blank = not blocks or len(text[end : line.start].replace("\r\n", "\n").strip(" \t")) > 1
        end = line.end
        if inside(line.start, pieces) or not _WORD.search(text, line.start, line.end):
            if not follows_blank and _UNDERLINE.fullmatch(text, line.start, line.end):
                _raise(text, blocks, line)
            new = [Block(line, line, furniture=True)]
        elif inside(line.start, headings):
            new = [_bare(text, Block(line, line, "heading"))]
        else:
            spans, is_bold = _signed(text, line, is_bold=is_bold)
            new = list(_dressed(text, line, [*_marked(bold, line), *spans]))
            if new[0].dress == "plain" and _is_whole(text, line, _marked(italic, line)):
                new = [replace(new[0], dress="italic")]
        if blocks and not follows_blank and _goes_on(text, blocks[-1], new[0]):
            whole = Span(blocks[-1].span.start, line.end)
            blocks[-1] = replace(blocks[-1], span=whole, words=Span(blocks[-1].words.start, new[0].words.end))
        else:
            blocks += [replace(new[0], follows_blank=follows_blank), *new[1:]]
    return blocks


def _goes_on(text: str, before: Block, after: Block) -> bool:
    """Whether a line goes on with the sentence of the line above it."""
    if before.furniture or after.furniture or text[before.span.end - 1] in _ENDS or text[before.span.end - 1] in ",;)]":
        return text[before.span.end - 1] == "," and after.dress == "plain" and text[after.span.start].islower()
    if before.dress == "caps":
        return after.dress == "caps"
    goes_on = after.dress == "plain" and before.dress in ("plain", "number", "dash")
    return goes_on and text[after.span.start].islower() and not is_byline(after.span.of(text))


def _parts(text: str, paragraph: Span) -> Iterator[Span]:
    """The paragraph; where it holds several lines, cut where a line is a heading, is bold, or ends early."""
    lines = [Span(paragraph.start + line.start, paragraph.start + line.end) for line in find_lines(paragraph.of(text))]
    width = max(len(line) for line in lines)
    start = lines[0].start
    for line, after in pairwise(lines):
        first_word = len(after.of(text).split(None, 1)[0])
        ends_early = text[line.end - 1] in _ENDS and len(line) + first_word + 6 < width
        if ends_early or _stands_alone(text, line) or _stands_alone(text, after):
            yield Span(start, line.end)
            start = after.start
    yield Span(start, lines[-1].end)


def _stands_alone(text: str, line: Span) -> bool:
    words = line.of(text)
    is_bold = words.startswith(("**", "__")) and words.endswith(("**", "__"))
    return is_bold or bool(_HEADING.match(words) or _UNDERLINE.fullmatch(words))


def _raise(text: str, blocks: list[Block], line: Span) -> None:
    """A line of dashes right below a short line makes that a heading."""
    if blocks[-1].dress == "plain" and not blocks[-1].furniture and len(blocks[-1].span) <= 200:
        level: Dress = "h1" if text[line.start] == "=" else "h2"
        blocks[-1] = _bare(text, replace(blocks[-1], dress=level))


def _marked(bold: Sequence[Span], line: Span) -> list[Span]:
    """What the format's marks set in bold, or in italics, in a line."""
    first = max(0, bisect_right(bold, line.start, key=lambda span: span.start) - 1)
    last = bisect_left(bold, line.end, key=lambda span: span.start)
    overlaps = [(max(span.start, line.start), min(span.end, line.end)) for span in bold[first:last]]
    return [Span(start, end) for start, end in overlaps if start < end]


def _is_whole(text: str, line: Span, marked: Sequence[Span]) -> bool:
    """Whether nothing but signs stands in a line beside what is marked."""
    ends = [line.start, *(span.end for span in marked)]
    starts = [*(span.start for span in marked), line.end]
    return bool(marked) and not any(_LETTER.search(text, end, start) for end, start in zip(ends, starts, strict=True))


def _signed(text: str, line: Span, *, is_bold: bool) -> tuple[list[Span], bool]:
    """What signs set in bold in a line, and whether the next line goes on in bold.

    Bold words may run over two lines, but only from a line's very beginning to a line's very end.
    """
    signs = [match.span() for match in _SIGN.finditer(text, line.start, line.end)]
    closes = is_bold and len(signs) == 1 and signs[0][1] == line.end
    opens = not is_bold and len(signs) == 1 and signs[0][0] == line.start
    if closes or opens:
        return [line], opens
    return [Span(start, end) for (start, _), (_, end) in zip(signs[::2], signs[1::2], strict=False)], False


def _dressed(text: str, line: Span, bold: Sequence[Span]) -> Iterator[Block]:
    """The line as one block, or, where bold words open it, as two."""
    heading = _HEADING.match(text, line.start, line.end)
    start, lead = _lead(text, line)
    end = None if heading else _end_of_bold(text, start, line.end, bold)
    quoted = text[line.start] == ">"
    if end is None:
        dress = (
            cast(Dress, f"h{len(heading[1])}")
            if heading
            else lead or _plain_dress(start, line.end, text, quoted=quoted)
        )
        block = Block(line, line, dress, quoted=quoted)
        yield block if dress == "plain" else _bare(text, block)
    elif not _LETTER.search(text, end, line.end):
        yield _bare(text, Block(line, line, "bold", quoted=quoted))
    else:
        opening = Span(line.start, end)
        yield _bare(text, Block(opening, opening, "bold", opens=True, quoted=quoted))
        rest = Span(end + len(text[end : line.end]) - len(text[end : line.end].lstrip()), line.end)
        yield Block(rest, rest, follows_blank=False)


def _lead(text: str, line: Span) -> tuple[int, Dress | None]:
    """Where the line begins behind quote marks, numbers and dashes, and which of the two it has."""
    quoted = _QUOTED.match(text, line.start, line.end)
    at = quoted.end() if quoted else line.start
    if match := _NUMBER.match(text, at, line.end):
        return match.end(), "number"
    if match := _DASH.match(text, at, line.end):
        return match.end(), "dash"
    return at, None


def _end_of_bold(text: str, start: int, end: int, bold: Sequence[Span]) -> int | None:
    """Where the bold words end with which a line begins; none where it begins otherwise."""
    reached = None
    at = start
    for span in sorted(bold):
        if _LETTER.search(text, at, max(at, span.start)):
            break
        if span.end > at:
            reached = at = span.end
    if reached is None:
        return None
    closing = _CLOSING.match(text, reached, end)
    return closing.end() if closing else reached


def _plain_dress(start: int, end: int, text: str, *, quoted: bool) -> Dress:
    if text[start] in "*_<" and _ITALIC.match(text, start, end):
        return "italic"
    if quoted:
        return "quote"
    is_short = end - start < 300 and " " in text[start:end]
    return "caps" if is_short and text[start:end].isupper() else "plain"


def _bare(text: str, block: Block) -> Block:
    """The block with its words taken out of marks, dashes and numbers."""
    start, end = block.span.start, block.span.end
    if tail := _TAIL.search(block.span.of(text)):
        end -= len(tail.group())
    numbered = False
    for _ in range(6):
        while start < end and text[start] in _MARKS:
            start += 1
        number = _NUMBER.match(text, start, end)
        match = number or _TAG.match(text, start, end) or _DASH.match(text, start, end)
        if not match:
            break
        numbered = numbered or number is not None
        start = match.end()
    words = text[start:end].rstrip()
    while tag := _LAST_TAG.search(words):
        words = words[: tag.start()].rstrip(_MARKS)
    words = words.rstrip(_MARKS)
    if not _LETTER.search(words):
        return replace(block, numbered=numbered)
    return replace(block, words=Span(start, start + len(words)), numbered=numbered)

"""What stands in a transcript and is said by nobody: headings, lone time stamps, link definitions, breaks, notes.

Whoever speaks goes on after it, except after a break or the list of links, which end a turn.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rag.records import Mark, Span

TIME = r"\\?[\[(<{]?(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,:;]\d{1,3})?\\?[\])>}]?"
"""A time stamp such as 0:03, 00:01:02.500, [01:02] or (12:03), square brackets escaped or not."""
STAMP = rf"{TIME}(?:[ \t]{{0,2}}(?:-->|[-–—]|to)[ \t]{{0,2}}{TIME})?"
"""A time stamp, or two with a dash between."""

_LONGEST = 300
_BEGINS = frozenset("#[<!-–—_=~*•.\\(&") | frozenset("0123456789")
_LETTER_AFTER_SIGNS = re.compile(r"[*_]{1,4}(?=[^\W\d_])")
_FIRST_WORD = re.compile(
    r"(?:this|the|transcript\w*|transcribed|edited|captions|subtitles|interview|sponsor\w*|break|music|jingle|outro|"
    r"page|mid|pre|post|ad|advertisement|commercial|soundbite|end|start|beginning|tape|side|part|read|see|watch|"
    r"listen|related|share|subscribe|sign|get|follow|photo\w*|image\w*|picture\w*|illustration\w*|time|by)\b",
    re.IGNORECASE,
)
_BREAK = (
    rf"[\W_]*(?:(?:mid|pre|post)-?roll|ad|ads|advertisement|break|(?:our[ ])?sponsors?(?:[ ]break)?|"
    rf"music|jingle|outro|commercial[ ]break|"
    rf"soundbite\b[^\r\n]{{0,60}}|tape[ ]\w+,?[ ]side[ ]\w+|(?:side|tape|part)[ ][A-D\d]{{1,2}}|"
    rf"(?:end|start|beginning)[ ]of[ ](?:tape|side|recording|interview|transcript|audio|file|part)\b[^\r\n]{{0,30}})"
    rf"(?:[ ](?:break|plays|playing|ends))?[\W_]*(?:{TIME})?[\W_]*"
)
_SAID_BY_NOBODY = re.compile(
    rf"""(?P<heading>\#{{1,6}}[ \t][^\r\n]*) |
    (?P<break>{_BREAK}) |
    (?P<stamp>(?:\*\*|__)?(?:time:?[ ])?{STAMP}[ \t]*:?(?:\*\*|__)?) |
    \[[^\]\r\n]{{1,80}}\]:[ \t]*\S[^\r\n]* |
    (?:<[^<>\r\n]*>[ \t]*)+ |
    (?:\[?!\[[^\]\r\n]{{0,200}}\]\([^)\r\n]{{1,400}}\)(?:\]\([^)\r\n]*\))?(?:\{{[^}}\r\n]{{0,80}}\}})?[ \t]*)+ |
    [-–—_=~*•.·\#\\ \t]{{3,}} |
    (?:page[ ])?\d{{1,4}}(?:[ ]?(?:of|/)[ ]?\d{{1,4}})? |
    [*_(\[]*(?:this|the)[ ](?:interview|conversation|transcript|text)[ ](?:has[ ]been|was|is|may)[ ][^\r\n]{{0,200}}
        (?:edited|condensed|transcribed|recorded|conducted|translated|machine|generated|errors|length)[^\r\n]{{0,100}} |
    [*_(\[]*(?:transcript(?:ion)?|transcribed|edited|captions|subtitles|interview(?:ed)?)[ ](?:was[ ])?
        (?:completed|provided|prepared|edited|by|made|conducted|condensed)\b[^\r\n]{{0,120}} |
    (?:read|see|watch|listen)[ ](?:also|more|next|now)\b:?[^\r\n]{{0,150}} |
    related(?:[ ](?:articles?|stories|reading))?:[^\r\n]{{0,150}} |
    (?:share[ ]this|sign[ ]up[ ]|subscribe[ ]to|get[ ]our[ ]newsletter)[^\r\n]{{0,200}}
    """,
    re.IGNORECASE | re.VERBOSE,
)
_BLOCK = re.compile(
    r"<(style|script|iframe|svg|nav)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)|(?<![^\n])```.*?(?:\n```|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ENDS = re.compile(
    r"[#*_\s\d.]*(?:(?:show )?resources|show ?notes|(?:show )?links|references|further (?:reading|links)|"
    r"about the (?:author|interview|guest|speaker)s?|"
    r"credits|acknowledge?ments|footnotes|endnotes|bibliography|glossary|transcript(?:ion)? notes?|"
    r"contact|newsletter|subscribe|comments|appendix)\b[*_:\s]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Furniture:
    """One piece; ``ends`` says that what follows it belongs to nobody until the next speaker's label."""

    span: Span
    heading: bool = False
    stamp: bool = False
    ends: bool = False


def find_furniture(text: str, lines: Sequence[Span], marks: Sequence[Mark]) -> list[Furniture]:
    """Every piece, in order: blocks of other matter, what the format calls a heading, and lines said by nobody."""
    blocks = [Span(*match.span()) for match in _BLOCK.finditer(text)] if "<" in text or "```" in text else []
    blocks += [mark.span for mark in marks if mark.kind == "matter"]
    headings = sorted(mark.span for mark in marks if mark.kind == "heading")
    found = [Furniture(span) for span in blocks]
    found += [Furniture(span, heading=True, ends=bool(_ENDS.fullmatch(span.of(text)))) for span in headings]
    taken = _apart(sorted([*blocks, *headings]))
    found += [piece for line in lines if (piece := _piece(text, line)) and not inside(line.start, taken)]
    return sorted(found, key=lambda piece: piece.span)


def _apart(spans: Iterable[Span]) -> list[Span]:
    """The spans without those that begin within another one."""
    kept: list[Span] = []
    for span in spans:
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


def inside(offset: int, spans: Sequence[Span]) -> bool:
    """Whether a character lies within one of ``spans``, which are in order and apart."""
    at = bisect_right(spans, offset, key=lambda span: span.start) - 1
    return at >= 0 and offset < spans[at].end


def _piece(text: str, line: Span) -> Furniture | None:
    if line.end - line.start > _LONGEST or not (text[line.start] in _BEGINS or _FIRST_WORD.match(text, line.start)):
        return None
    word = _LETTER_AFTER_SIGNS.match(text, line.start) if text[line.start] in "*_" else None
    if word and not _FIRST_WORD.match(text, word.end()):
        return None
    match = _SAID_BY_NOBODY.fullmatch(text, line.start, line.end)
    if not match:
        return None
    heading = bool(match["heading"])
    ends = bool(match["break"]) or (heading and bool(_ENDS.fullmatch(match["heading"]) or _is_break(match["heading"])))
    return Furniture(line, heading=heading, stamp=bool(match["stamp"]), ends=ends)


def _is_break(heading: str) -> bool:
    return bool(re.fullmatch(_BREAK, heading, re.IGNORECASE | re.VERBOSE))


def without(region: Span, pieces: Sequence[Furniture], text: str) -> Iterator[Span]:
    """The stretches of ``region`` that are not furniture, stripped of white space."""
    at = region.start
    for piece in pieces:
        yield from _stretch(text, at, min(piece.span.start, region.end))
        at = max(at, piece.span.end)
    yield from _stretch(text, at, region.end)


def _stretch(text: str, start: int, end: int) -> Iterator[Span]:
    content = text[start:end]
    if kept := content.strip():
        lead = len(content) - len(content.lstrip())
        yield Span(start + lead, start + lead + len(kept))

"""Time stamps in a plain transcript: when the words after them are said."""

import re

from rag.source import Moment

_STAMP = re.compile(r"(?<![\d:.,/-])(?:(\d{1,2}):)?(\d{1,3}):(\d{2})(?:[.,](\d{1,3}))?(?![\d:/])")
_AT_START = re.compile(
    r"(?:^|\n)[ \t>*_#\[(<-]{0,12}(?:[^\W\d_][^\r\n:]{0,60}?[:\s*_\])(|,@-]{1,8})?(?=[\[(<{]?\d{1,3}:\d{2})"
)
_BRACKETED = re.compile(r"[\[(<{]\\?(?=\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?\\?[\])>}])")
_FEWEST = 3
_MOST_BACKWARDS = 0.1


def find_moments(text: str) -> tuple[Moment, ...]:
    """The stamps of a transcript, in order; none where there are few, or where their times do not go forward.

    A stamp stands at the start of a line, beside a label there, or in brackets anywhere; a clock time in a sentence
    is none.
    """
    starts = sorted({match.end() for pattern in (_AT_START, _BRACKETED) for match in pattern.finditer(text)})
    found: list[Moment] = []
    end = -1
    for start in starts:
        match = _STAMP.match(text, start)
        if match and start >= end and int(match[3]) < 60:
            end = match.end()
            found.append(Moment(end, _seconds(match)))
    return _forward(found)


def _seconds(match: re.Match[str]) -> float:
    hours, minutes, seconds, fraction = match.groups()
    return int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds) + (float(f"0.{fraction}") if fraction else 0.0)


def _forward(found: list[Moment]) -> tuple[Moment, ...]:
    """Those that go on in time; none at all where too many do not."""
    kept: list[Moment] = []
    for moment in found:
        if not kept or moment.seconds >= kept[-1].seconds:
            kept.append(moment)
    if len(kept) < _FEWEST or len(found) - len(kept) > _MOST_BACKWARDS * len(found):
        return ()
    return tuple(kept)

"""A transcript in the making, for formats whose text must be put together from parts.

A *gap* stands between two parts that are written: nothing, a space, a new line or a blank line. It is only asked for
here, and becomes characters when words follow; of several gaps that are asked for, the widest stands.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from enum import IntEnum
from typing import Literal

from rag.readers.stamps import find_moments
from rag.source import Mark, MarkKind, Place, Span, Stated, Transcript

STAMP = r"[\[(]?\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:[ \t]?[ap]\.?m\.?)?[\])]?"
"""A time such as 1:02, 00:01:02.5, [01:02] or 11:58 am, as a regular expression."""

_STAMPS = re.compile(rf"(?:{STAMP}|[-–—\s])+", re.IGNORECASE)

_UNREADABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff]")
"""Control characters, and those that only say where a line may break."""
_HALF = re.compile("[\ud800-\udfff]")
_EDGE = rf"(?:{STAMP}|[-–—\s:：|,])*+"
_NAME = re.compile(rf"\A{_EDGE}(\S.*?){_EDGE}\Z", re.IGNORECASE | re.DOTALL)
_STRETCH = re.compile(r"\S[^\n]*(?:\n(?![^\S\n]*\n)[^\n]+)*")
_MOST_WHITE = 1000
"""Characters of white space between two words; more are left out."""
_LINE_HEAD = 60
"""Characters of a line that are looked at to see whether only times stand there."""


class Gap(IntEnum):
    """What stands between two parts, from narrow to wide."""

    NONE = 0
    SPACE = 1
    TAB = 2
    LINE = 3
    PARAGRAPH = 4


_CHARACTERS = {Gap.NONE: "", Gap.SPACE: " ", Gap.TAB: "\t", Gap.LINE: "\n", Gap.PARAGRAPH: "\n\n"}


def readable(text: str) -> str:
    """The text without control characters and invisible ones; a no-break space is a plain one."""
    text = _UNREADABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00a0", " "))
    return _HALF.sub("\ufffd", text)


def only_times(text: str) -> bool:
    """Whether nothing but one or more times stands here, as in "00:01 - 00:03"."""
    return _STAMPS.fullmatch(text) is not None and any(map(str.isdigit, text))


class Composition:
    """Text that grows at its end, with the marks and places of what was written."""

    def __init__(self) -> None:
        self.length = 0
        """Characters written so far."""
        self._parts: list[str] = []
        self._starts: list[int] = []
        self._gap = Gap.NONE
        self._line = ""
        self._white = ""
        self._held: Gap | None = None
        self._named: Literal["", "bare", "closed"] = ""
        self._marks: list[tuple[MarkKind, int, int]] = []
        self._places: list[Place] = []

    def gap(self, wanted: Gap) -> None:
        """Ask for a gap of at least this width before the next words."""
        self._gap = max(self._gap, wanted)

    def hold(self, gap: Gap) -> None:
        """Whatever is asked for until then, exactly this gap stands before the next words."""
        self._held = gap

    def new_line(self) -> None:
        """Ask for a new line; asked for twice, it is a blank line."""
        self.gap(Gap.LINE if self._gap < Gap.LINE else Gap.PARAGRAPH)

    def write(self, text: str) -> None:
        """Add words after the gap that was asked for."""
        if not text:
            return
        self._white = ""
        if self._held is not None:
            self._gap, self._held, self._named = self._held, None, ""
        elif self._named:
            self._follow_name(text)
        if self.length and self._gap:
            self._append(_CHARACTERS[self._gap])
        self._gap = Gap.NONE
        self._append(text)

    def write_exactly(self, text: str) -> None:
        """Add words whose white space counts, but for that at the edges of a paragraph."""
        words = text.strip()
        before = (self._white + text[: len(text) - len(text.lstrip())])[:_MOST_WHITE]
        if not words:
            self._white = before
            return
        if before and self.length and not self._gap and self._held is None:
            self._append(before)
        self.write(words)
        self._white = text[len(text.rstrip()) :]

    def mark(self, kind: MarkKind, since: int) -> None:
        """Mark what was written since the text had the length ``since``, if anything was."""
        if (first := self._first(since)) < len(self._parts):
            self._marks.append((kind, self._starts[first], self.length))

    def place(self, where: str) -> None:
        """The next words stand in ``where`` of the file."""
        self._places.append(Place(self.length + (len(_CHARACTERS[self._gap]) if self.length else 0), where))

    @property
    def text(self) -> str:
        """All that was written so far."""
        return "".join(self._parts)

    @property
    def opens_line(self) -> bool:
        """Whether the next words would stand at the head of a line, but for times."""
        return self._gap >= Gap.LINE or not self._line or only_times(self._line)

    def name(self, name: str) -> None:
        """Write ``name:`` as the label of whatever is written next, which stands on the same line."""
        since = self.length
        self.write(name.rstrip(" :："))
        self.mark("label", since)
        self._append(":")
        self.hold(Gap.SPACE)

    def named(self, since: int) -> None:
        """What was written since ``since`` is the label of what follows, after a colon or on the next line."""
        first = self._first(since)
        text = "".join(self._parts[first:])
        name = _NAME.search(text)
        if name:
            at = self._starts[first]
            self._marks.append(("label", at + name.start(1), at + name.end(1)))
            self._named = "closed" if text.rstrip().endswith((":", "：")) else "bare"

    def transcript(self, kind: str, *, stated: Stated | None = None, warnings: tuple[str, ...] = ()) -> Transcript:
        """All that was written; ``kind`` names the file's format in a person's words."""
        text = self.text
        spans = sorted(_joined(text, self._marks), key=lambda mark: (mark.span, mark.kind))
        return Transcript(
            text, kind, tuple(spans), find_moments(text), tuple(self._places), stated or Stated(), warnings
        )

    def _first(self, since: int) -> int:
        """The first part, white space left out, that was written since the text had this length."""
        at = bisect_left(self._starts, since)
        while at < len(self._parts) and not self._parts[at].strip():
            at += 1
        return at

    def _append(self, part: str) -> None:
        self._parts.append(part)
        self._starts.append(self.length)
        self.length += len(part)
        _, broken, tail = part.rpartition("\n")
        self._line = (tail if broken else self._line + tail)[:_LINE_HEAD]

    def _follow_name(self, text: str) -> None:
        if only_times(text):
            self._gap = Gap.SPACE
            return
        if self._gap >= Gap.LINE:
            self._gap = Gap.LINE
        elif self._named == "bare" and text[0] not in ":：–—-([,":
            self._append(":")
            self._gap = Gap.SPACE
        self._named = ""


def _joined(text: str, marks: list[tuple[MarkKind, int, int]]) -> Iterator[Mark]:
    """The marks, bold and italic ones as one where only spaces stand between; none runs over a blank line."""
    for kind in sorted({kind for kind, _, _ in marks}):
        spans = sorted((start, end) for one, start, end in marks if one == kind)
        for start, end in _runs(text, spans) if kind in ("bold", "italic") else spans:
            for stretch in _STRETCH.finditer(text, start, end):
                if any(map(str.isalnum, stretch[0])):
                    yield Mark(kind, Span(stretch.start(), stretch.start() + len(stretch[0].rstrip())))


def _runs(text: str, spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    run: tuple[int, int] | None = None
    for start, end in spans:
        if run and not text[run[1] : start].strip(" "):
            run = run[0], max(run[1], end)
            continue
        if run:
            yield run
        run = start, end
    if run:
        yield run

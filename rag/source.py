"""One interview as text, with what its file's format tells beside the words.

A *source* is that text; a *span* is a stretch of its characters.
A format that is not plain text (captions, a Word document, a table) becomes the transcript that a person would read;
*marks* say what the format states about stretches of it, *moments* when something is said, and *places* where in the
file it stood.
"""

from abc import ABC, abstractmethod
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

MarkKind = Literal["heading", "bold", "italic", "label", "nobody", "matter"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters ``start`` up to, not including, ``end`` of one source, counted in Unicode code points."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"empty or backwards span {self.start}..{self.end}")

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The characters themselves."""
        if self.end > len(text):
            raise ValueError(f"span {self.start}..{self.end} runs past the end of a text of {len(text)} characters")
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether ``other`` lies wholly within this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Mark:
    """What the format states about a stretch of the text.

    A ``label`` is the name of who says what follows it, up to the next label; ``nobody`` are words which the format
    gives to no speaker although it gives others; ``heading``, ``bold`` and ``italic`` are how words are set;
    ``matter`` is front matter, which is no part of the conversation.
    """

    kind: MarkKind
    span: Span


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """The words from character ``offset`` on are said ``seconds`` after the recording's beginning."""

    offset: int
    seconds: float

    def __post_init__(self) -> None:
        if self.offset < 0 or not 0 <= self.seconds < float("inf"):
            raise ValueError(f"no moment: character {self.offset}, second {self.seconds}")


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """The words from character ``offset`` on stand in ``where`` of the file, such as "page 3" or "row 17"."""

    offset: int
    where: str


@dataclass(frozen=True, slots=True)
class Stated:
    """What a file says about its interview outside of the conversation; empty where it says nothing.

    ``recording`` is a link or a path to the recording; ``hosts`` and ``guests`` are names with that role, ``people``
    names without one; ``forms`` ties a label to its name, as a map of speakers does.
    """

    title: str = ""
    date: str = ""
    link: str = ""
    recording: str = ""
    hosts: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    forms: tuple[tuple[str, str], ...] = ()


PLAIN = ("plain text", "Markdown")
"""Formats of which the text is that of the file."""


@dataclass(frozen=True, slots=True)
class Transcript:
    """What a reader makes of the bytes of one file; ``format`` names the kind in a person's words, such as "WebVTT"."""

    text: str = field(repr=False)
    format: str = "plain text"
    marks: tuple[Mark, ...] = ()
    moments: tuple[Moment, ...] = ()
    places: tuple[Place, ...] = ()
    stated: Stated = Stated()
    warnings: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for offsets in ([each.offset for each in self.moments], [each.offset for each in self.places]):
            if offsets != sorted(offsets):
                raise ValueError("moments and places are in the order of the text")
        if any(mark.span.end > len(self.text) for mark in self.marks):
            raise ValueError("a mark runs past the end of the text")


@dataclass(frozen=True)
class Source:
    """One interview as text: ``name`` is its file's path within the collection, ``sha256`` that of the file's bytes."""

    name: str
    text: str = field(repr=False)
    sha256: str
    format: str = "plain text"
    marks: tuple[Mark, ...] = field(default=(), repr=False)
    moments: tuple[Moment, ...] = field(default=(), repr=False)
    places: tuple[Place, ...] = field(default=(), repr=False)
    stated: Stated = Stated()
    warnings: tuple[str, ...] = ()

    @classmethod
    def of(cls, name: str, sha256: str, read: Transcript) -> "Source":
        """What a reader made of a file's bytes, with the file's name and hash."""
        return cls(
            name, read.text, sha256, read.format, read.marks, read.moments, read.places, read.stated, read.warnings
        )

    def __post_init__(self) -> None:
        if not self.name or not self.text.strip():
            raise ValueError(f"a source needs a name and words (name {self.name!r})")
        if len(self.sha256) != 64:
            raise ValueError(f"not a sha256: {self.sha256!r}")

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        starts.extend(at + 1 for at, character in enumerate(self.text) if character == "\n")
        return starts

    @property
    def is_the_file(self) -> bool:
        """Whether the text is the file's, line for line, rather than what a reader made of it."""
        return self.format in PLAIN

    def line_of(self, offset: int) -> int:
        """The line, counted from 1, in which the character at ``offset`` stands."""
        return bisect_right(self._line_starts, offset)

    def seconds_at(self, offset: int) -> float | None:
        """When the words at ``offset`` are said, in seconds; none where the file tells no time before them."""
        at = bisect_right(self.moments, offset, key=lambda moment: moment.offset)
        return self.moments[at - 1].seconds if at else None

    def place_of(self, offset: int) -> str | None:
        """The page or row of the file where the words at ``offset`` stand; none where it has neither."""
        at = bisect_right(self.places, offset, key=lambda place: place.offset)
        return self.places[at - 1].where if at else None


class Located(ABC):
    """Something that stands in a source: which file that is, and where its words begin there."""

    origin: Source

    @property
    @abstractmethod
    def start(self) -> int:
        """The character of the source at which it begins."""

    @property
    def source(self) -> str:
        """The name of the file."""
        return self.origin.name

    @property
    def line(self) -> int | None:
        """The line of the file, from 1, on which the words begin; none where the file is not plain text."""
        return self.origin.line_of(self.start) if self.origin.is_the_file else None

    @property
    def seconds(self) -> float | None:
        """When the words begin, in seconds from the recording's beginning; none where the file tells no times."""
        return self.origin.seconds_at(self.start)

    @property
    def place(self) -> str | None:
        """The page or row of the file on which the words begin; none where it has neither."""
        return self.origin.place_of(self.start)


def quote_id(source: Source, span: Span) -> str:
    """The name of a quote; made of the file's hash and the span, so that it survives re-indexing."""
    return f"{source.sha256[:12]}-{span.start}-{span.end}"

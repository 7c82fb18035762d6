"""From segments to the transcript that a person would read.

A *segment* is a stretch of speech as a file gives it: a caption, an entry of a list, a row of a table, a word.
Segments of one speaker that follow one another become one paragraph, and the first of them carries the name.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from rag.source import Mark, Moment, Place, Span, Stated, Transcript

_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff]")
"""Control characters, and those that only say where a line may break."""
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile("[ \t\n\r\f\v\x85\u2028\u2029]+")
_CLOSING = "\"”’'»)]*_ "
_SENTENCE_ENDS = frozenset(".?!…。？！")
_NAME_WORD = r"[^\W_][\w.'’\-]{0,24}"
_OPENING = re.compile(
    rf"(?P<sign>>{{2,3}}\s*|[-–—‐]\s?(?=[^\s\-]))?"
    rf"(?P<label>(?P<name>\[[^\]\[:]{{1,40}}\]|{_NAME_WORD}(?:\ {_NAME_WORD}){{0,3}}"
    rf"(?:\ \([^()]{{1,30}}\))?)[\ \u00a0]?:(?=\s|$)\s*)?"
)
_PARTICLES = frozenset("da de del der di du la le van von y".split())


@dataclass(frozen=True, slots=True)
class Segment:
    """Words on one line, with the name of who says them, when (seconds), and where in the file they stand.

    ``nobody`` says that the file gives them to no speaker although it gives others; ``opens`` that a paragraph begins
    here though the speaker goes on; ``glued`` that no space stands before them.
    """

    words: str
    speaker: str = ""
    nobody: bool = False
    start: float | None = None
    end: float | None = None
    where: str = ""
    opens: bool = False
    glued: bool = False

    def __post_init__(self) -> None:
        if not self.words or (self.nobody and self.speaker):
            raise ValueError(f"a segment has words, and a speaker or nobody (words {self.words!r})")

    @property
    def voice(self) -> tuple[str, bool]:
        """Who says it: the speaker's name, and whether it is nobody."""
        return self.speaker, self.nobody


@dataclass(frozen=True, slots=True)
class Opening:
    """How a line begins: with a sign that the speaker changes (``>>`` or a dash), with what looks like a label, or not.

    ``words`` is the line without sign and label.
    """

    sign: str
    name: str
    words: str


class _Page:
    """A transcript while it is written."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.voice: tuple[str, bool] | None = None
        self.marks: list[Mark] = []
        self.moments: list[Moment] = []
        self.places: list[Place] = []

    def write(self, words: str) -> Span:
        start = self.length
        self.parts.append(words)
        self.length += len(words)
        return Span(start, self.length)

    def add(self, segment: Segment) -> None:
        goes_on = segment.voice == self.voice
        if segment.opens or not goes_on:
            self._begin_paragraph("" if goes_on else segment.speaker)
        elif not segment.glued:
            self.write(" ")
        span = self.write(segment.words)
        self.voice = segment.voice
        if segment.nobody:
            start = self.marks.pop().span.start if goes_on else span.start
            self.marks.append(Mark("nobody", Span(start, span.end)))
        if segment.start is not None:
            self.moments.append(Moment(span.start, segment.start))
        if segment.where:
            self.places.append(Place(span.start, segment.where))

    def _begin_paragraph(self, name: str) -> None:
        if self.length:
            self.write("\n\n")
        if name:
            self.marks.append(Mark("label", self.write(name)))
            self.write(": ")


def lay_out(
    segments: Iterable[Segment], *, kind: str, stated: Stated | None = None, warnings: tuple[str, ...] = ()
) -> Transcript:
    """Write segments as paragraphs, ``Name: words`` where the speaker changes; ``kind`` names the file's format.

    Moments and places stand at the first character of a segment's words, behind the name.
    """
    page = _Page()
    for segment in segments:
        page.add(segment)
    return Transcript(
        "".join(page.parts),
        kind,
        tuple(page.marks),
        tuple(page.moments),
        tuple(page.places),
        stated or Stated(),
        warnings,
    )


def in_paragraphs(segments: Iterable[Segment], *, pause: float, most_words: float = float("inf")) -> Iterator[Segment]:
    """Open a paragraph after a sentence's end where nobody speaks for ``pause`` seconds, or after ``most_words``."""
    words = 0
    before: Segment | None = None
    for segment in segments:
        rested = before is not None and _gap(before, segment) > pause
        if before and ends_sentence(before.words) and (rested or words >= most_words):
            segment = replace(segment, opens=True)
        if before is None or segment.opens or segment.voice != before.voice:
            words = 0
        words += segment.words.count(" ") + 1
        yield segment
        before = segment


def _gap(before: Segment, segment: Segment) -> float:
    return 0 if before.end is None or segment.start is None else segment.start - before.end


def ends_sentence(words: str) -> bool:
    """Whether a sentence ends with these words."""
    return words.rstrip(_CLOSING)[-1:] in _SENTENCE_ENDS


def opening(line: str) -> Opening:
    """How a line begins; a name is one to four short words before a colon, capitalised or in square brackets."""
    match = _OPENING.match(line)
    if match is None or not match.group():
        return Opening("", "", line)
    sign, name = (match["sign"] or "").strip(), match["name"] or ""
    numbered = name.partition(" (")[0].rpartition(" ")[2].isdigit()
    if not (name.startswith("[") or numbered) and not all(map(_capitalised, name.partition(" (")[0].split())):
        name = ""
    return Opening(sign, name.strip("[] "), line[match.end() if name else match.end("sign") if sign else 0 :])


def _capitalised(word: str) -> bool:
    return not word.islower() or word in _PARTICLES


def clean(text: str) -> str:
    """``text`` on one line: runs of white space become one space, control characters go, half surrogates are shown."""
    plain = text.isprintable() and "  " not in text
    return (text if plain else _SPACE.sub(" ", visible(text))).strip()


def visible(text: str) -> str:
    """``text`` with its lines, but without control characters; half of a surrogate pair becomes U+FFFD."""
    return _SURROGATE.sub("\ufffd", _CONTROL.sub("", text))

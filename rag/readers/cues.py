"""Caption files taken apart: SubRip (.srt), WebVTT (.vtt) and YouTube's own (.sbv).

A *cue* is the lines shown from one second to another.
webvtt-py and its kind refuse a whole file for one missing number or blank line, or take what is none for zero captions;
here a line with two times begins a cue wherever it stands, and no words are lost.
Formats: WebVTT (W3C, https://www.w3.org/TR/webvtt1/); SubRip has no standard.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from rag.readers.clocks import read_clock

_LINE_END = re.compile(r"\r\n?|\n")
_TIMING = re.compile(r"([0-9][^<>\-–—→]{0,24})?(?:-{1,3}\s?>|[–—]\s?>|→)\s*([0-9][0-9:.,;]{0,20})?(?=\s|$)(.*)")
_SBV_TIMING = re.compile(r"([0-9]+:[0-9]{2}:[0-9]{2}\.[0-9]{1,3}),([0-9]+:[0-9]{2}:[0-9]{2}\.[0-9]{1,3})")
_LONGEST_TIMING = 300
_ASIDE = re.compile(r"(?:NOTE(?=\s|$)|STYLE\s*$|REGION\s*$)")
_NUMBER = re.compile(r"\s*([0-9]{1,7})\s*")


@dataclass(slots=True)
class Cue:
    """Lines as they stand in the file, and when they are shown, in seconds; none where the time is damaged."""

    start: float | None = None
    end: float | None = None
    lines: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CaptionFile:
    """What a caption file holds: its cues, and the lines of its header and notes."""

    kind: str
    cues: Sequence[Cue]
    notes: Sequence[str]


class _Parser:
    """Goes over the lines once; ``cues[0]`` has no time and takes what stands before the first cue.

    Cues may be ``named`` by more than a number; a ``headed`` file begins with what is no cue.
    """

    def __init__(self, *, named: bool, headed: bool) -> None:
        self.named = named
        self.cues = [Cue()]
        self.notes: list[str] = []
        self.aside = headed
        self.blanks = [True, True]
        self.number = 0

    def take(self, line: str) -> None:
        """Take the next line of the file."""
        timing = _timing(line)
        if timing:
            self._drop_identifier()
            self.cues.append(timing)
            self.aside = False
        elif not line.strip():
            self.aside = False
        elif self.aside or (self.blanks[-1] and _ASIDE.match(line)):
            self.aside = True
            self.notes.append(line)
        else:
            self.cues[-1].lines.append(line)
        self.blanks = [self.blanks[-1], not line.strip()]

    def _drop_identifier(self) -> None:
        """Take back the line before a timing if it is a cue's number, or in WebVTT, after a blank line, its name."""
        lines = self.cues[-1].lines
        if self.aside or self.blanks[-1] or not lines:
            return
        number = _NUMBER.fullmatch(lines[-1])
        if number and (self.blanks[0] or 0 < int(number[1]) - self.number <= 2):
            self.number = int(number[1])
            lines.pop()
        elif self.blanks[0] and self.named:
            lines.pop()


def read_cues(text: str, suffix: str) -> CaptionFile:
    """The cues of a file with the ending ``suffix``, in the file's order; without cues if it has no line of times."""
    text, suffix = text.lstrip(), suffix.casefold()
    headed = text.startswith("WEBVTT")
    parser = _Parser(named=headed or suffix == ".vtt", headed=headed)
    for line in _LINE_END.split(text):
        parser.take(line)
    kind = "WebVTT captions" if parser.named else "YouTube captions" if suffix == ".sbv" else "SubRip captions"
    cues = parser.cues if parser.cues[0].lines else parser.cues[1:]
    return CaptionFile(kind, cues if len(parser.cues) > 1 else (), parser.notes)


def _timing(line: str) -> Cue | None:
    """A cue without lines as yet, if this is a line of times; one of the two may be damaged."""
    line = line.strip() if len(line) < _LONGEST_TIMING else ""
    match = _TIMING.fullmatch(line) or _SBV_TIMING.fullmatch(line)
    if not match:
        return None
    start, end = (read_clock((time or "").replace(" ", "")) for time in match.group(1, 2))
    settings = match[3] if match.re is _TIMING else ""
    return None if start is end is None or not all(":" in part for part in settings.split()) else Cue(start, end)

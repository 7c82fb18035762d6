"""The words of an interview one by one: as they are compared letter for letter, where each stands, and whose it is.

Compared words have no capitals, straight apostrophes and no ligatures, but all their accents: "cafe" is not "café".
Symbols are parts of words, so that "$5", "5%" and "5" are three; a stop or comma within a number is part of it.
All other marks, dashes and spaces part words, and are not compared.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rag.records import UNKNOWN_SPEAKER, Interview, Role, Source, Span, Turn

NOBODY = -1
"""The speech to which words belong that nobody says."""
APOSTROPHES = "'’‘ʼ′＇"
DASHES = "-‐‑‒–—―−﹣－"
INVISIBLE = "\u00ad\u200c\u200d\u2060\ufeff"
_MARKS = (
    r"\s\x00-\x1f\x7f-\x9f!\"'()*,./:;<>?\[\\\]^_`{|}~"
    r"¡§«¶·»¿\u037e\u0387\u1fef\u0589\u05be\u05c0\u05c3\u060c\u061b\u061f\u06d4\u0964\u0965\u200b\u200e\u200f\u2010-\u202f\u2032-\u205f"
    r"\u2066-\u2069\u2e00-\u2e5d\u3000-\u3003\u3008-\u3011\u3014-\u301f\u30fb\ufe30-\ufe44\uff01\uff07-\uff0a\uff0c-\uff0f"
    r"\uff1a\uff1b\uff1f\uff3b\uff3d\uff5b\uff5d\uff5f-\uff65\u2212ʼ\-"
)
_UNSPACED = r"\u0e00-\u0eff\u3040-\u30fa\u30fc-\u30ff\u3400-\u9fff"
_WORD = re.compile(
    rf"[{_UNSPACED}]"
    rf"|(?:(?:(?<=\S\s)|\A)[-−](?=\d))?"
    rf"[^{_MARKS}{_UNSPACED}]"
    rf"(?:[^{_MARKS}{_UNSPACED}]|(?<=\d)[.,:](?=\d)|(?<=[^\W\d_])[{APOSTROPHES}](?=[^\W\d_]))*"
)
_FOLDED = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(DASHES, "-") | dict.fromkeys(INVISIBLE, ""))
_LIGATURE = re.compile("[\ufb00-\ufb06]")
_RESHAPED = re.compile(f"[{INVISIBLE}\ufb00-\ufb06\u0300-\u036f]")


class Words:
    """The words of some stretches of a text, in order, with the characters from which each comes."""

    def __init__(self, text: str, places: Iterable[tuple[int, int]]) -> None:
        self.text = text
        self.places = list(places)

    @classmethod
    def of(cls, text: str, start: int = 0, end: int | None = None) -> "Words":
        """All words of a stretch of a text, to its end if none is given."""
        return cls(text, _places(text, start, len(text) if end is None else end))

    def __len__(self) -> int:
        return len(self.places)

    @cached_property
    def folded(self) -> list[str]:
        """Each word as it is compared."""
        return [fold_word(self.text[start:end]) for start, end in self.places]

    def span(self, first: int, last: int) -> Span:
        """The characters of the words ``first`` up to, not including, ``last``."""
        return Span(self.places[first][0], self.places[last - 1][1])

    def starts(self, wanted: Sequence[str]) -> Iterator[int]:
        """Every word at which these compared words begin; no two places overlap."""
        length, at = len(wanted), 0
        while wanted:
            try:
                at = self.folded.index(wanted[0], at)
            except ValueError:
                return
            if self.folded[at : at + length] == wanted:
                yield at
                at += length
            else:
                at += 1


def _places(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _WORD.finditer(text, start, end):
        if fold_word(match.group()):
            yield match.span()


@lru_cache(maxsize=100_000)
def fold_word(word: str) -> str:
    """A word as it is compared.

    >>> fold_word("Don’t"), fold_word("ﬁlm"), fold_word("CAFÉ") == fold_word("cafe\u0301"), fold_word("café")
    ('don't', 'film', True, 'café')
    """
    return unicodedata.normalize("NFC", shape_word(word).lower()).replace("ς", "σ")


def shape_word(word: str) -> str:
    """A word as it is compared, but with its capitals."""
    plain = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), word.translate(_FOLDED))
    return unicodedata.normalize("NFC", plain)


@dataclass(frozen=True, slots=True)
class Speech:
    """What one speaker says, in one turn or in several with nobody's between them."""

    speaker: str
    role: Role
    turns: tuple[Turn, ...]

    @property
    def span(self) -> Span:
        """From its first to its last character."""
        return Span(self.turns[0].span.start, self.turns[-1].span.end)


class Spoken:
    """One interview as words. They are found in it only when they are looked for."""

    def __init__(self, interview: Interview) -> None:
        self.interview = interview
        self.lowered = interview.source.text.lower()
        self.speeches = tuple(_speeches(interview.turns))

    @property
    def source(self) -> Source:
        """The text, with what its file tells."""
        return self.interview.source

    @cached_property
    def reshaped(self) -> bool:
        """Whether the text has words that are written in other characters than those which are compared."""
        return not self.lowered.isascii() and bool(_RESHAPED.search(self.lowered))

    @cached_property
    def _owned(self) -> list[tuple[tuple[int, int], int]]:
        regions = _regions(self.interview, self.speeches)
        return [(place, owner) for start, end, owner in regions for place in _places(self.source.text, start, end)]

    @cached_property
    def whole(self) -> Words:
        """All words of the file, also those that nobody says."""
        return Words(self.source.text, (place for place, _ in self._owned))

    @cached_property
    def owners(self) -> list[int]:
        """The number of the speech to which each word of the ``whole`` belongs."""
        return [owner for _, owner in self._owned]

    @cached_property
    def said(self) -> Words:
        """All words that somebody says."""
        return Words(self.source.text, (place for place, owner in self._owned if owner != NOBODY))

    @cached_property
    def speakers(self) -> list[int]:
        """The number of the speech to which each word that is ``said`` belongs."""
        return [owner for _, owner in self._owned if owner != NOBODY]

    def said_in(self, number: int) -> Words:
        """The words of one speech."""
        text, span, apart = self.source.text, self.speeches[number].span, self.interview.apart
        if "_owned" in self.__dict__ or any(span.holds(each) for each in apart) or len(self.speeches[number].turns) > 1:
            first, last = bisect_left(self.speakers, number), bisect_left(self.speakers, number + 1)
            return Words(text, self.said.places[first:last])
        return Words.of(text, span.start, span.end)

    def may_hold(self, fragments: Iterable[str]) -> bool:
        """Whether the text can have these words, by their unmistakable letters; seen without looking at its words."""
        return self.reshaped or all(fragment in self.lowered for fragment in fragments)


def fragment(folded: str) -> str:
    """Letters of a compared word that stand in any text which has it, whatever the shape of its other characters."""
    return max(re.split(r"[^\x00-\x7f]|['\-]", folded), key=len)


def _speeches(turns: Sequence[Turn]) -> Iterator[Speech]:
    run: list[Turn] = []
    for turn in turns:
        if run and (turn.speaker != run[-1].speaker or turn.role != run[-1].role or turn.speaker == UNKNOWN_SPEAKER):
            yield Speech(run[0].speaker, run[0].role, tuple(run))
            run = []
        run.append(turn)
    if run:
        yield Speech(run[0].speaker, run[0].role, tuple(run))


def _regions(interview: Interview, speeches: Sequence[Speech]) -> Iterator[tuple[int, int, int]]:
    """The text in stretches of one owner each, in order; they tile it."""
    turns = [(turn.span, number) for number, speech in enumerate(speeches) for turn in speech.turns]
    apart = sorted(interview.apart)
    at = nearest = 0
    for span, number in turns:
        if at < span.start:
            yield at, span.start, NOBODY
        at = span.start
        while nearest < len(apart) and apart[nearest].start < span.end:
            aside = apart[nearest]
            nearest += 1
            if at < aside.start:
                yield at, aside.start, number
            if at < (end := min(aside.end, span.end)):
                yield max(at, aside.start), end, NOBODY
                at = end
        if at < span.end:
            yield at, span.end, number
        at = span.end
    if at < len(interview.source.text):
        yield at, len(interview.source.text), NOBODY

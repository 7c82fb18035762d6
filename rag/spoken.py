"""The words of an interview one by one: as they are compared letter for letter, where each stands, and whose it is.

Compared words have no capitals, straight apostrophes and no ligatures, but all their accents: "cafe" is not "café".
Symbols are parts of words, so that "$5", "5%" and "5" are three; a stop or comma within a number is part of it.
All other marks, dashes and spaces part words, and are not compared.
"""

import re
import unicodedata
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby, pairwise

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
_MOST_SIFTED = 200
"""Words of a quotation by whose neighbours texts are sifted before each of their words is looked at."""
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

    >>> fold_word("Don’t"), fold_word("ﬁlm"), fold_word("CAFÉ"), fold_word("cafe")
    ("don't", 'film', 'café', 'cafe')
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
    def apart(self) -> list[Span]:
        """What nobody says within turns, in order."""
        return sorted(self.interview.apart)

    @cached_property
    def _owned(self) -> list[tuple[tuple[int, int], int]]:
        text, at = self.source.text, 0
        owned: list[tuple[tuple[int, int], int]] = []
        spoken = [
            region
            for number, speech in enumerate(self.speeches)
            for region in _regions(speech.turns, self.apart, number)
        ]
        for start, end, owner in (*spoken, (len(text), len(text), NOBODY)):
            owned += [(place, NOBODY) for place in _places(text, at, start)]
            owned += [(place, owner) for place in _places(text, start, end)]
            at = end
        return owned

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
        regions = _regions(self.speeches[number].turns, self.apart, number)
        text = self.source.text
        return Words(text, (place for start, end, _ in regions for place in _places(text, start, end)))

    def may_hold(self, fragments: Collection[str]) -> bool:
        """Whether the text can have these words, by their unmistakable letters; seen without looking at its words."""
        return self.reshaped or all(fragment in self.lowered for fragment in fragments)

    def speeches_with(self, runs: Sequence[Sequence[str]]) -> Iterator[int]:
        """The numbers of the speeches in which each of these runs of compared words can stand."""
        fragments = {fragment(word) for run in runs for word in run}
        if not self.may_hold(fragments):
            return
        for number, speech in enumerate(self.speeches):
            lowered = "" if self.reshaped else speech.span.of(self.source.text).lower()
            whole = self.reshaped or all(fragment in lowered for fragment in fragments)
            if whole and (self.is_broken(speech) or all(stands(run, lowered) for run in runs)):
                yield number

    def may_hold_across(self, run: Sequence[str], reach: int) -> bool:
        """Whether these words can stand, within ``reach`` characters, where a turn ends or where nobody speaks.

        Turns may part at most half of the neighbours among them, unless they are very many.
        """
        fragments = {fragment(word) for word in run}
        if self.reshaped or len(run) > _MOST_SIFTED or not self.may_hold(fragments):
            return self.may_hold(fragments)
        text, ends = self.source.text, [0, *(speech.span.end for speech in self.speeches)]
        starts = [*(speech.span.start for speech in self.speeches), len(text)]
        aside = ((span.start, span.end) for span in self.apart)
        for start, end in (*zip(ends, starts, strict=True), *aside):
            around = text[max(0, start - reach) : end + reach].lower()
            if all(fragment in around for fragment in fragments) and _mostly_stands(run, around):
                return True
        return False

    def is_broken(self, speech: Speech) -> bool:
        """Whether something that nobody says can stand between the words of a speech."""
        nearest = bisect_left(self.apart, speech.span.start, key=lambda aside: aside.end)
        aside = nearest < len(self.apart) and self.apart[nearest].start < speech.span.end
        return self.reshaped or len(speech.turns) > 1 or aside


def stands(run: Sequence[str], lowered: str) -> bool:
    """Whether a text in small letters, in which nothing is apart, can have these compared words one after another.

    Of very many only the first are looked for.
    """
    return all(phrase.search(lowered) for phrase in _phrases(tuple(run[:_MOST_SIFTED])))


def _mostly_stands(run: Sequence[str], lowered: str) -> bool:
    """Whether at least half of the neighbours in a run are neighbours in a text, too."""
    return 2 * sum(stands(pair, lowered) for pair in pairwise(run)) >= len(run) - 1


@lru_cache(maxsize=1_000)
def _phrases(run: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """Patterns for the words of a run that stand in any text as they are compared, as far as they are neighbours."""
    neighbours = [list(words) for is_plain, words in groupby(run, key=_is_plain) if is_plain]
    patterns = (rf"[{_MARKS}]+".join(map(_shapes, words)) for words in neighbours if len(words) > 1)
    return tuple(map(re.compile, patterns))


def _shapes(folded: str) -> str:
    return folded.replace("'", f"[{APOSTROPHES}]")


def _is_plain(folded: str) -> bool:
    return folded.isascii() and folded.replace("'", "").isalnum()


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


def _regions(turns: Sequence[Turn], apart: Sequence[Span], number: int) -> Iterator[tuple[int, int, int]]:
    """The stretches of some turns that are said, each with the number of their speech."""
    for turn in turns:
        at, end = turn.span.start, turn.span.end
        nearest = bisect_left(apart, at, key=lambda aside: aside.end)
        for aside in apart[nearest:]:
            if aside.start >= end:
                break
            if at < aside.start:
                yield at, aside.start, number
            at = max(at, aside.end)
        if at < end:
            yield at, end, number

"""Slips of typing in a question, corrected towards words that were said, or else towards English."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA
from spellchecker import SpellChecker

from rag.embedder import packaged_model
from rag.words import fold, stem

_WORD = re.compile(r"[^\W\d_]{4,}")


@cache
def english() -> Mapping[str, int]:
    """Whole words of the packaged model's vocabulary with their ranks; lower is more frequent."""
    lines = (packaged_model() / "vocab.txt").read_text("utf-8").splitlines()
    return {line: rank for rank, line in enumerate(lines) if line.isalpha()}


@cache
def _dictionary() -> SpellChecker:
    """A list of English words with their forms; it comes with its package."""
    return SpellChecker(language="en")


def is_word(word: str) -> bool:
    """Whether a folded word is an ordinary English one (or a well-known name)."""
    return word in english() or word in _dictionary()


def correct(text: str, said: frozenset[str]) -> str:
    """``text`` with its unknown words replaced by the nearest word that was ``said``, or the nearest English one.

    A word counts as near within one slip (a letter added, left out, changed or swapped), two from eight letters on.
    Words in capitals in the middle of the text are names and stay as they are.
    """

    def mend(match: re.Match[str]) -> str:
        word = fold(match.group())
        named = match.group()[0].isupper() and match.start() > 0
        if named or is_word(word) or word in said or stem(word) in _stems(said):
            return match.group()
        return _nearest(word, said) or _nearest(word, _english_words()) or match.group()

    return _WORD.sub(mend, text)


def meant(word: str, known: Iterable[str]) -> str | None:
    """The one of ``known`` that a word, which is no English one, is with a single slip between its first and last.

    In four letters that is two swapped: other slips make other words of so short a one.
    """
    if len(word) < 4 or is_word(fold(word)):
        return None
    alike = [other for other in known if (other[0], other[-1]) == (word[0], word[-1])]
    if len(word) == 4:
        alike = [other for other in alike if sorted(other) == sorted(word)]
    return next((other for other in alike if OSA.distance(word, other, score_cutoff=1) <= 1), None)


@lru_cache(maxsize=8)
def _stems(said: frozenset[str]) -> frozenset[str]:
    """The stems of all words of a collection; wanted only once a word is unknown, then kept."""
    return frozenset(stem(word) for word in said)


@lru_cache(maxsize=10_000)
def _nearest(word: str, known: frozenset[str]) -> str | None:
    slips = 1 if len(word) < 8 else 2
    lengths = range(len(word) - slips, len(word) + slips + 1)
    alike = [other for length in lengths for other in _grouped(known).get((word[0], length), ())]
    found = process.extract(word, alike, scorer=OSA.distance, score_cutoff=slips, limit=None)
    if not found:
        return None
    return str(min((distance, english().get(other, 1 << 20), other) for other, distance, _ in found)[2])


@lru_cache(maxsize=8)
def _grouped(known: frozenset[str]) -> Mapping[tuple[str, int], Sequence[str]]:
    """Words of four letters or more, by their first letter and their length."""
    groups: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for word in known:
        if len(word) > 3:
            groups[word[0], len(word)].append(word)
    return groups


@cache
def _english_words() -> frozenset[str]:
    return frozenset(english())

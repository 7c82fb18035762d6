"""A quotation as it was pasted: its pieces, and what its editor says was left out or put in between them.

Omissions are marked by "…", "..." or either of them in brackets; insertions are other words in square brackets.
"[T]he" is the word "The", and "[sic]" says nothing.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from rag.spoken import INVISIBLE, Words

_DOTS = r"(?:…|\.(?:\s?\.){2,})"
_JOINT = re.compile(rf"\[\s*{_DOTS}\s*\]|\(\s*{_DOTS}\s*\)|{_DOTS}|\[(?P<inserted>[^\[\]]*)\]")
_LETTER = re.compile(r"\[(?P<letter>\w)\](?=\w)")
_SIC = re.compile(r"(?:(?<!\s)\s+)?[\[(]\s*sic[.!]?\s*[\])]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Joint:
    """What stands between two pieces: a mark of omission, or an insertion, at ``start`` up to ``end``."""

    kind: Literal["omitted", "inserted"]
    start: int
    end: int
    words: Words


@dataclass(frozen=True, slots=True)
class Pieces:
    """Runs of quoted words, and the joints between them (one fewer); ``loose`` joints stand before or after all."""

    runs: tuple[Words, ...]
    joints: tuple[Joint, ...] = ()
    loose: tuple[Joint, ...] = ()

    def __len__(self) -> int:
        return sum(map(len, self.runs))


@dataclass(frozen=True)
class Quotation:
    """A quotation; ``text`` is all of it as it was typed."""

    text: str

    @cached_property
    def literal(self) -> Pieces:
        """All its words in one run, as if no mark in it were an editor's."""
        return Pieces((Words.of(self.text),))

    @cached_property
    def edited(self) -> Pieces:
        """Its pieces between the marks of an editor."""
        text = _SIC.sub(_blank, _LETTER.sub(_bare, self.text))
        runs: list[Words] = []
        joints: list[Joint] = []
        loose: list[Joint] = []
        pending: list[Joint] = []
        for words, joint in _stretches(text):
            if len(words):
                kept = _weightiest(pending) if runs else []
                joints += kept
                loose += [each for each in pending if each not in kept]
                pending = []
                runs.append(words)
            pending += [joint] if joint else []
        return Pieces(tuple(runs), tuple(joints), (*loose, *pending))


def _stretches(text: str) -> Iterator[tuple[Words, Joint | None]]:
    """Each stretch of words with the joint after it."""
    at = 0
    for match in _JOINT.finditer(text):
        kind: Literal["omitted", "inserted"] = "omitted" if match["inserted"] is None else "inserted"
        yield (
            Words.of(text, at, match.start()),
            Joint(kind, match.start(), match.end(), Words.of(text, match.start(), match.end())),
        )
        at = match.end()
    yield Words.of(text, at), None


def _weightiest(joints: list[Joint]) -> list[Joint]:
    """Of several joints in one place the one that allows most: an omission."""
    return sorted(joints, key=lambda joint: joint.kind != "omitted")[:1]


def _bare(match: re.Match[str]) -> str:
    """A bracketed letter without its brackets, at the same place."""
    return f"{INVISIBLE[3]}{match['letter']}{INVISIBLE[3]}"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())

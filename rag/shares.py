"""How much everybody says: words and passages of each person, in each interview and role.

A word counts where it stands in a passage, so these are the words that are searched.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from rag.records import SPOKEN, Passage, Role


@dataclass(frozen=True, slots=True)
class Share:
    """What one person says in one interview, as the one who asks or as one who answers."""

    source: str
    speaker: str
    role: Role
    passages: int
    words: int


def shares(entries: Sequence[Passage], sizes: Sequence[int]) -> tuple[Share, ...]:
    """The shares of all who speak, in the order in which they first do; ``sizes`` are the words of each passage."""
    passages: Counter[tuple[str, str, Role]] = Counter()
    words: Counter[tuple[str, str, Role]] = Counter()
    for entry, size in zip(entries, sizes, strict=True):
        if entry.kind in SPOKEN:
            voice = (entry.source, entry.speaker, _role(entry))
            passages[voice] += 1
            words[voice] += size
    return tuple(Share(*voice, passages[voice], words[voice]) for voice in passages)


def _role(entry: Passage) -> Role:
    return "interviewer" if entry.kind == "question" else "interviewee"

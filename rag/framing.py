"""A question taken apart into its frame and its topic, and how patterns of frames are written.

Patterns ignore case and the line breaks in them; a question is read with single blanks between its words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count

from rag import phrases as p
from rag.records import QuestionKind, Sought
from rag.words import is_content, words

_ASKING_BACK = frozenset({"why", "how", "come", "elaborate"})
"""Words that ask for more of what was said."""


@dataclass(frozen=True)
class Frame:
    """What the frame of a question tells, and the ``topic`` it leaves; in that, each name is a character ``NAME``.

    ``subject`` says that the frame tells who is asked about, so that names in the topic are no more than a part of it;
    ``found`` that there was any frame.
    """

    topic: str
    kind: QuestionKind = "what"
    sought: Sought = "said"
    subject: bool = False
    negated: bool = False
    found: bool = True

    @property
    def bare(self) -> bool:
        """Whether the question is all frame and names, such as "tell me more" or "who else talks about that?"."""
        named = self.subject and NAMED.search(self.topic)
        return not named and not any(
            is_content(word) and word not in _ASKING_BACK for word in words(without(self.topic))
        )

    def named(self) -> frozenset[int]:
        """The numbers, from 0, of the names that are a part of the topic."""
        found = re.findall(p.NAME, self.topic) if self.subject else []
        return frozenset(ord(character) - p.FIRST_NAME for character in found)

    def spoken(self, written: Sequence[str]) -> str:
        """The topic as text: names that are a part of it as they are ``written``, others taken out."""
        if not self.subject:
            return without(self.topic)
        return re.sub(p.NAME, lambda match: written[ord(match.group()) - p.FIRST_NAME], self.topic)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern for a frame: of any case, written over as many lines as it likes; its blanks count."""
    return re.compile(re.sub(r"\s*\n\s*", "", pattern), re.IGNORECASE)


NAMED = compiled(rf"{p.NAMES}(?!\w)")
"""One name or several of a question."""


def numbered(marked: str) -> str:
    """A question whose names are NULs with a character of its own for each, and with single blanks."""
    numbers = count(p.FIRST_NAME)
    clean = re.sub(p.NAME, " ", " ".join(marked.split()))
    return re.sub("\0", lambda _: chr(next(numbers)), clean)


def without(text: str) -> str:
    """The text without names."""
    return NAMED.sub(" ", text)


def holds(text: str) -> bool:
    """Whether there is a word or a name in a text."""
    return bool(words(NAMED.sub("name", text)))

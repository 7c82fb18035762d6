"""Quotations found in a text though they were typed with other capitals, quotation marks, dashes or white space.

Folding is for finding only: what is found is a span of the text as it is.
"""

from collections.abc import Iterator
from functools import cached_property, lru_cache

from rag.records import Span
from rag.words import fold

_MARKS = str.maketrans(dict.fromkeys("“”„‟«»″", '"') | dict.fromkeys("−―‒", "-"))


def flatten(text: str) -> str:
    """A text as it is compared: folded, on one line, with single spaces.

    >>> flatten("“Nearly  right” — or WRONG")
    '"nearly right" - or wrong'
    """
    return " ".join(_loosened(text).split())


class Folded:
    """One text in which quotations are looked for."""

    def __init__(self, text: str) -> None:
        self.text, self._flat = text, flatten(text)

    def find(self, quote: str) -> Iterator[Span]:
        """Every place where a quotation stands, in characters of the text, in order; none overlap."""
        wanted = flatten(quote)
        at = self._flat.find(wanted) if wanted else -1
        while at >= 0:
            end = at + len(wanted)
            yield Span(self._origins[at], self._origins[end - 1] + 1)
            at = self._flat.find(wanted, end)

    @cached_property
    def _origins(self) -> list[int]:
        """Where each flattened character comes from; made only for texts in which something is found."""
        origins, spaced = [], True
        for at, character in enumerate(self.text):
            for piece in _piece(character):
                if not (spaced and piece.isspace()):
                    origins.append(at)
                spaced = piece.isspace()
        return origins


def _loosened(text: str) -> str:
    return fold(text).translate(_MARKS)


@lru_cache(maxsize=10_000)
def _piece(character: str) -> str:
    return _loosened(character)

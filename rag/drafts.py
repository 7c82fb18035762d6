"""What a build has learned so far, put down now and then: one that is broken off goes on from there the next time.

A *draft* holds what reading some texts gave, each under a key that is made of the model's name and all that was read,
so that a changed interview never gets what belongs to another. A draft that is damaged is passed over, and its texts
are read again. Where drafts are kept, and until when, is the shelf's business (``store``).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from typing import Protocol, TypeVar
from zipfile import BadZipFile

import numpy as np

from rag.codec import decode_arrays, encode_arrays
from rag.embedder import Vectors
from rag.vectors import Numbers, Rows

TAKING_OVER = "Taking over what was learned before"
"""What is done, as those who wait are told."""
_VERSION = "1"
"""Of what is put down; another one has other keys, so that what an older whosaid left is not taken for it."""
_KEY_BYTES = 16
_UNFIT = (KeyError, TypeError, ValueError, IndexError, EOFError, BadZipFile)

Key = bytes
Text = TypeVar("Text")
Progress = Callable[[str, int, int], None]


class Shelf(Protocol):
    """Where drafts are kept until they are of no use any more."""

    def put(self, content: bytes) -> None:
        """Keep one more draft."""

    def contents(self) -> Iterator[bytes]:
        """The drafts that are kept, one after the other, whole."""


class NoShelf:
    """Keeps nothing."""

    def put(self, content: bytes) -> None:
        """Forget it."""

    def contents(self) -> Iterator[bytes]:
        """Nothing."""
        return iter(())


NOWHERE = NoShelf()


@dataclass(frozen=True)
class Learned:
    """What reading some texts gave: for each so many vectors as they are, and so many rounded ones."""

    exact: Vectors
    exact_of: Numbers
    rounded: Rows
    rounded_of: Numbers

    def __post_init__(self) -> None:
        found = (len(self.exact), len(self.rounded), len(self.rounded_of))
        expected = (self.exact_of.sum(), self.rounded_of.sum(), len(self.exact_of))
        if found != expected:
            raise ValueError(f"{found} vectors and texts, not {expected}")

    def take(self, texts: Sequence[int]) -> "Learned":
        """What some of the texts gave, by their numbers."""
        chosen = np.array(texts, np.int64)
        exact, rounded = _rows(self.exact_of, chosen), _rows(self.rounded_of, chosen)
        return Learned(self.exact[exact], self.exact_of[chosen], self.rounded.take(rounded), self.rounded_of[chosen])

    def each(self) -> Iterator[tuple[Vectors, Rows]]:
        """What each text gave."""
        exact, rounded = np.cumsum(self.exact_of), np.cumsum(self.rounded_of)
        parts = zip(self.exact_of, exact, self.rounded_of, rounded, strict=True)
        for exact_size, exact_end, rounded_size, rounded_end in parts:
            mine = slice(int(rounded_end - rounded_size), int(rounded_end))
            yield self.exact[exact_end - exact_size : exact_end], self.rounded.take(mine)


class Drafts:
    """Learns texts with a model, and puts down what was learned; what was put down before is not learned again."""

    def __init__(self, shelf: Shelf, model: str) -> None:
        self._shelf, self._model = shelf, model

    def key(self, kind: str, *read: object) -> Key:
        """What tells this text, read in this way with this model, from all others."""
        told = repr((_VERSION, self._model, kind, read))
        return blake2b(told.encode(), digest_size=_KEY_BYTES).digest()

    def learn(
        self, wanted: Mapping[Key, Text], read: Callable[[Sequence[Text]], Learned], at_once: int, told: "Told"
    ) -> Iterator[tuple[Sequence[Text], Learned]]:
        """What all texts give, some at a time: first what was put down before, then the others in their order."""
        left = dict(wanted)
        for keys, learned in self._put_down(left):
            told.taken(len(keys))
            yield [left.pop(key) for key in keys], learned
        rest = iter(left.items())
        while some := dict(islice(rest, at_once)):
            told.reading()
            texts = [*some.values()]
            learned = read(texts)
            self._shelf.put(_encoded([*some], learned))
            told.read(len(texts))
            yield texts, learned

    def _put_down(self, wanted: Mapping[Key, Text]) -> Iterator[tuple[list[Key], Learned]]:
        """What stands in the drafts of what is ``wanted``, which may become less meanwhile."""
        for content in self._shelf.contents() if wanted else ():
            decoded = _decoded(content)
            if not decoded:
                continue
            keys, learned = decoded
            numbers = {key: number for number, key in enumerate(keys) if key in wanted}
            if numbers:
                yield [*numbers], learned.take([*numbers.values()])


class Told:
    """Tells those who wait how far a step is; what was taken over counts as done."""

    def __init__(self, doing: str, total: int, progress: Progress) -> None:
        self._doing, self._done, self._total, self._progress = doing, 0, total, progress

    def taken(self, texts: int) -> None:
        """So many texts need not be read again."""
        self._done += texts
        self._progress(TAKING_OVER, self._done, self._total)

    def reading(self) -> None:
        """More texts are being read."""
        self._progress(self._doing, self._done, self._total)

    def read(self, texts: int) -> None:
        """So many texts were read."""
        self._done += texts

    def end(self) -> None:
        """All is done."""
        self._progress(self._doing, self._total, self._total)


def _rows(counts: Numbers, texts: Numbers) -> Numbers:
    """The rows of some texts, of which each has as many as ``counts`` says."""
    ends = np.cumsum(counts)
    parts = [np.arange(ends[text] - counts[text], ends[text]) for text in texts]
    return np.concatenate([np.empty(0, np.int64), *parts])


def _encoded(keys: Sequence[Key], learned: Learned) -> bytes:
    return encode_arrays(
        keys=np.frombuffer(b"".join(keys), np.uint8),
        exact=learned.exact,
        exact_of=learned.exact_of,
        codes=learned.rounded.codes,
        scales=learned.rounded.scales,
        rounded_of=learned.rounded_of,
    )


def _decoded(content: bytes) -> tuple[list[Key], Learned] | None:
    """What stands in a draft; nothing if it is none."""
    try:
        arrays = decode_arrays(content)
        joined = arrays["keys"].tobytes()
        rounded = Rows(arrays["codes"], arrays["scales"])
        learned = Learned(arrays["exact"], arrays["exact_of"], rounded, arrays["rounded_of"])
    except _UNFIT:
        return None
    keys = [joined[at : at + _KEY_BYTES] for at in range(0, len(joined), _KEY_BYTES)]
    return (keys, learned) if len(keys) == len(learned.exact_of) else None

"""What the embedder reads at once: neighbouring passages, as many as fit.

Read together, passages lend each other context ("it" is what the sentence before names): one reading gives the vectors
of the window and of its passages, each the mean of its own word pieces' vectors. This is late chunking (Günther et al.,
2024), with windows as the long texts.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from rag.embedder import Embedder, Reading, Vectors, normalise
from rag.records import Passage, PassageKind
from rag.vectors import Rows

MOST_WORDS = 170
"""Words in a window at the most; the mean over more of them says little of each."""
KINDS: tuple[PassageKind, ...] = ("answer", "question", "contact", "credits")
"""In this order the windows of an interview are counted; a window holds passages of one kind."""
_BETWEEN = "\n"
_AT_ONCE = 512

Stretch = tuple[int, int]
"""Characters of a window, from the first up to, not including, the last."""


@dataclass(frozen=True)
class Window:
    """One text to be read, with the stretches of its passages."""

    text: str
    passages: tuple[Stretch, ...]


@dataclass(frozen=True)
class Read:
    """What a reading gives: one vector for the window, and one for each passage."""

    window: Vectors
    passages: Rows


def group(entries: Sequence[Passage], words: Sequence[int], tokens: Sequence[int], most_tokens: int) -> list[int]:
    """The number of each passage's window, for the passages of one interview in the order of its text.

    Args:
        entries: the passages.
        words: how many words each has.
        tokens: how many word pieces each has, special tokens included.
        most_tokens: what the embedder reads at once.
    """
    numbers, window = [-1] * len(entries), -1
    for kind in KINDS:
        held_words = held_tokens = 0
        opened = False
        for at, entry in enumerate(entries):
            if entry.kind != kind:
                continue
            if not opened or held_words + words[at] > MOST_WORDS or held_tokens + tokens[at] > most_tokens:
                window, held_words, held_tokens, opened = window + 1, 0, 0, True
            numbers[at] = window
            held_words, held_tokens = held_words + words[at], held_tokens + tokens[at]
    return numbers


def compose(entries: Sequence[Passage], text: str) -> Window:
    """The window that some passages of a source's text make up."""
    passages: list[Stretch] = []
    at = 0
    for entry in entries:
        passages.append((at, at + len(entry.span)))
        at += len(entry.span) + len(_BETWEEN)
    return Window(_BETWEEN.join(entry.span.of(text) for entry in entries), tuple(passages))


def read(windows: Sequence[Window], embedder: Embedder) -> Iterator[Read]:
    """Read each window, in order; many at once, which takes less time."""
    for start in range(0, len(windows), _AT_ONCE):
        some = windows[start : start + _AT_ONCE]
        for window, reading in zip(some, embedder.read([window.text for window in some]), strict=True):
            yield Read(reading.vector, _passages(window, reading, embedder))


def pool(reading: Reading, stretches: Sequence[Stretch]) -> Vectors:
    """For each stretch the mean over its own word pieces, of length 1; the whole text's vector where it has none."""
    starts = np.array([start for start, _ in reading.spans], np.int64)
    ends = np.array([end for _, end in reading.spans], np.int64)
    means = np.empty((len(stretches), len(reading.vector)), np.float32)
    for row, (start, end) in enumerate(stretches):
        own = (starts >= start) & (ends <= end) & (ends > starts)
        means[row] = reading.pieces[own].mean(axis=0) if own.any() else reading.vector
    return normalise(means)


def _passages(window: Window, reading: Reading, embedder: Embedder) -> Rows:
    if reading.spans:
        return Rows.of(pool(reading, window.passages))
    # the model does not tell where its pieces stand
    return Rows.of(embedder.encode([window.text[start:end] for start, end in window.passages]))

"""A sum of small decision trees over named features: how the decision was learned, kept as plain numbers.

Each tree asks whether a feature is above a limit, ``DEPTH`` times, and adds what stands at the end of its path. Where
the answer came sooner when it was learned, the rest of its questions lead to the same end.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from rag.ranking import Floats, probability

DEPTH = 3
Ends = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Trees:
    """The trees: ``asked`` and ``limits`` are trees × questions, of a tree's questions the upper ones first.

    ``asked`` are places in ``inputs``, ``ends`` are trees × ends from left (never above) to right (always above), and
    ``start`` is what their sum begins with: log-odds.
    """

    inputs: tuple[str, ...]
    asked: npt.NDArray[np.int64]
    limits: npt.NDArray[np.float32]
    ends: Ends
    start: float

    def __post_init__(self) -> None:
        count, questions = len(self.asked), 2**DEPTH - 1
        shapes = (self.asked.shape, self.limits.shape, self.ends.shape)
        if shapes != ((count, questions), (count, questions), (count, questions + 1)):
            raise ValueError(f"trees of depth {DEPTH} cannot have the shapes {shapes}")
        if not ((self.asked >= 0) & (self.asked < len(self.inputs))).all():
            raise ValueError("a tree asks for a feature that there is not")

    def log_odds(self, features: Mapping[str, Floats]) -> Floats:
        """One number for each row, from named features with one value a row."""
        values = np.stack([features[name] for name in self.inputs], axis=1).astype(np.float32)
        rows, trees = np.arange(len(values))[:, np.newaxis], np.arange(len(self.asked))
        at = np.zeros((len(values), len(trees)), np.int64)
        for _ in range(DEPTH):
            at = 2 * at + 1 + (values[rows, self.asked[trees, at]] > self.limits[trees, at])
        ends = self.ends[trees, at - self.asked.shape[1]].astype(np.float64)
        return np.asarray(self.start + ends.sum(axis=1))

    def probability(self, features: Mapping[str, Floats]) -> Floats:
        """The same as a probability, 0 to 1."""
        return probability(self.log_odds(features))

    def to_numbers(self) -> dict[str, Any]:
        """As what JSON can hold."""
        return {
            "inputs": list(self.inputs),
            "asked": self.asked.tolist(),
            "limits": [[float(f"{limit:.6g}") for limit in tree] for tree in self.limits.tolist()],
            "ends": [[float(f"{end:.5g}") for end in tree] for tree in self.ends.tolist()],
            "start": round(self.start, 5),
        }

    @classmethod
    def from_numbers(cls, numbers: Mapping[str, Any]) -> "Trees":
        """What ``to_numbers`` gave."""
        return cls(
            tuple(numbers["inputs"]),
            np.array(numbers["asked"], np.int64),
            np.array(numbers["limits"], np.float32),
            np.array(numbers["ends"], np.float32),
            float(numbers["start"]),
        )

"""Vectors kept in one byte a number: a quarter of the memory, and no loss that can be measured."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rag.embedder import Vectors

Codes = npt.NDArray[np.int8]
Scales = npt.NDArray[np.float32]
Numbers = npt.NDArray[np.int64]
_LARGEST = 127


@dataclass(frozen=True)
class Rows:
    """Vectors of length 1 (or 0), rows × dimensions: whole numbers from -127 to 127, and a scale for each row."""

    codes: Codes
    scales: Scales

    def __post_init__(self) -> None:
        if self.codes.ndim != 2 or len(self.codes) != len(self.scales):
            raise ValueError(f"{len(self.scales)} scales for vectors of the shape {self.codes.shape}")

    def __len__(self) -> int:
        return len(self.codes)

    @classmethod
    def of(cls, vectors: Vectors) -> "Rows":
        """These vectors, rounded."""
        scales = np.abs(vectors).max(axis=1, initial=0).astype(np.float32) / np.float32(_LARGEST)
        scales[scales == 0] = 1
        return cls(np.rint(vectors / scales[:, np.newaxis]).astype(np.int8), scales)

    @classmethod
    def empty(cls, dimensions: int) -> "Rows":
        """No vectors."""
        return cls(np.empty((0, dimensions), np.int8), np.empty(0, np.float32))

    @classmethod
    def joined(cls, parts: Sequence["Rows"]) -> "Rows":
        """The vectors of all parts, which are one at least, in order."""
        return cls(np.concatenate([part.codes for part in parts]), np.concatenate([part.scales for part in parts]))

    def take(self, rows: Numbers | slice) -> "Rows":
        """Some of the vectors."""
        return Rows(self.codes[rows], self.scales[rows])

    def vectors(self) -> Vectors:
        """The vectors as numbers, rows × dimensions."""
        return np.asarray(self.codes * self.scales[:, np.newaxis], np.float32)

    def cosines(self, vectors: Vectors) -> Vectors:
        """The cosine of each row with each of some vectors of length 1, rows × vectors."""
        return np.asarray((self.codes.astype(np.float32) @ vectors.T) * self.scales[:, np.newaxis], np.float32)

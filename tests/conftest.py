"""What many tests share: the real model, and a library over the real interviews."""

from pathlib import Path

import pytest

from rag.embedder import SentenceTransformerEmbedder
from rag.library import Library

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def embedder() -> SentenceTransformerEmbedder:
    """The packaged model, loaded at its first use."""
    return SentenceTransformerEmbedder()


@pytest.fixture(scope="session")
def library(embedder: SentenceTransformerEmbedder, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The seeds, open for questions, with an index of their own."""
    return Library.open(SEEDS, index=tmp_path_factory.mktemp("index"), embedder=embedder)

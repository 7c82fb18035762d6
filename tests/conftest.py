"""What many tests share: the real model, and a library over the real interviews."""

from pathlib import Path

import pytest
from hypothesis import settings

from rag.compiled import PackagedEmbedder
from rag.embedder import Embedder
from rag.library import Library

# A busy machine misses deadlines; what takes too long is found by the tests marked "timed".
settings.register_profile("without deadlines", deadline=None)
settings.load_profile("without deadlines")

SEEDS = Path(__file__).parent.parent / "seeds"


@pytest.fixture(scope="session")
def embedder() -> Embedder:
    """The packaged model, loaded at its first use."""
    return PackagedEmbedder()


@pytest.fixture(scope="session")
def library(embedder: Embedder, tmp_path_factory: pytest.TempPathFactory) -> Library:
    """The seeds, open for questions, with an index of their own."""
    return Library.open(SEEDS, index=tmp_path_factory.mktemp("index"), embedder=embedder)

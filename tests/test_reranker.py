"""The reranker: a second opinion on the order, where somebody sets one."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ModelError
from rag.library import RERANKER_VARIABLE, Library
from rag.ranking import Floats
from rag.reranker import MOST_READ, CrossEncoderReranker
from tests.conftest import SEEDS

QUESTION = "who talks about films?"


class Backwards:
    """Likes the shortest texts best, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []

    def score(self, question: str, texts: Sequence[str]) -> Floats:
        """The shorter the better."""
        self.asked.append((question, len(texts)))
        return np.array([-len(text) for text in texts], np.float64)


def reranked(library: Library, reranker: Backwards) -> Library:
    """The same library with a reranker."""
    return Library(library.path, library.index_path, library.index, library.embedder, (), reranker)


def test_the_best_passages_come_in_its_order(library: Library) -> None:
    """What is found is the same; the reranker puts the best of it in another order."""
    reranker = Backwards()
    before = library.retrieve(QUESTION, k=MOST_READ)
    after = reranked(library, reranker).retrieve(QUESTION, k=MOST_READ)
    assert [hit.id for hit in after] == [hit.id for hit in sorted(before, key=lambda hit: len(hit.quote))]
    assert reranker.asked == [(QUESTION, MOST_READ)]
    assert {hit.id: hit.score for hit in after} == {hit.id: hit.score for hit in before}


def test_it_is_off_by_default(library: Library) -> None:
    """Nobody reads anything twice unless it is set."""
    assert library.reranker is None


def test_it_is_set_by_a_name(library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The variable names a cross-encoder; it is loaded at the first question, and an unknown one is told."""
    monkeypatch.setenv(RERANKER_VARIABLE, str(tmp_path / "no-model"))
    opened = Library.open(SEEDS, index=library.index_path, embedder=library.embedder)
    assert isinstance(opened.reranker, CrossEncoderReranker)
    with pytest.raises(ModelError, match="reranker cannot be loaded"):
        opened.retrieve(QUESTION)


def test_a_cross_encoder_gives_one_number_a_text(tmp_path: Path) -> None:
    """A model of the sentence-transformers family is read from its folder; here one that has learned nothing."""
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    from rag.embedder import packaged_model

    config = BertConfig(hidden_size=8, num_hidden_layers=1, num_attention_heads=1, intermediate_size=8)
    config.num_labels = 1
    folder = tmp_path / "model"
    BertForSequenceClassification(config).save_pretrained(folder)
    AutoTokenizer.from_pretrained(packaged_model()).save_pretrained(folder)
    scores = CrossEncoderReranker(str(folder)).score("who swims?", ["I swim.", "I paint.", "I swim."])
    assert scores.shape == (3,)
    assert scores[0] == pytest.approx(scores[2])
    assert CrossEncoderReranker(str(folder)).score("who swims?", []).shape == (0,)

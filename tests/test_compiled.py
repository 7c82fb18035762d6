"""The compiled model: the reference's vectors, whatever the company of a text; and no trust in what differs."""

import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.compiled import FAITHFUL, CompiledEmbedder, PackagedEmbedder, batches, embedder_of, reference
from rag.embedder import DEFAULT_MODEL, SentenceTransformerEmbedder, Vectors, packaged_model

TEXTS = (
    "I grew up beside a river.",
    "我在河边长大。",
    "The lesson I had to unlearn was the belief that saying “yes” to every opportunity would lead to growth.",
    "river " * 400,
    "",
    "caf\udce9 \0 🎬",
    "#" * 3000,
)


@pytest.fixture(scope="module")
def compiled() -> PackagedEmbedder:
    """The packaged model; its compiled form, since the machines that test have what it needs."""
    embedder = PackagedEmbedder()
    assert embedder.compiled
    return embedder


@pytest.fixture(scope="module")
def plain() -> SentenceTransformerEmbedder:
    """The same as sentence-transformers reads it."""
    return SentenceTransformerEmbedder()


def cosines(some: Vectors, others: Vectors) -> Vectors:
    """The cosine of each row with its counterpart."""
    return np.asarray((some * others).sum(axis=1), np.float32)


def test_single_text_has_the_vector_of_the_reference(
    compiled: PackagedEmbedder, plain: SentenceTransformerEmbedder
) -> None:
    """A question's vector, and those of its word pieces, are those of sentence-transformers."""
    for text in TEXTS:
        (read,), (expected,) = compiled.read([text]), plain.read([text])
        np.testing.assert_allclose(read.vector, expected.vector, atol=1e-5)
        np.testing.assert_allclose(read.pieces, expected.pieces, atol=2e-4)
        assert read.spans == expected.spans
        np.testing.assert_allclose(compiled.encode([text])[0], read.vector, atol=1e-6)


def test_many_texts_have_nearly_the_vectors_of_the_reference(
    compiled: PackagedEmbedder, plain: SentenceTransformerEmbedder
) -> None:
    """Also in half the precision each text keeps its vector, in the order of the texts, whatever stands beside it."""
    texts = [f"{text} {number}" for number in range(40) for text in TEXTS]
    expected = plain.encode(texts)
    assert cosines(compiled.encode(texts), expected).min() > FAITHFUL["bf16"]
    read = compiled.read(texts)
    assert cosines(np.stack([each.vector for each in read]), expected).min() > FAITHFUL["bf16"]
    assert all(len(each.pieces) == len(each.spans) for each in read)


def test_counting_progress_and_nothing(compiled: PackagedEmbedder, plain: SentenceTransformerEmbedder) -> None:
    """Word pieces are counted beyond the window; progress ends with all texts; no texts give no rows."""
    for text in TEXTS:
        assert compiled.count_tokens(text) == plain.count_tokens(text)
    assert compiled.window == plain.window
    assert compiled.name == plain.name
    heard: list[int] = []
    compiled.encode(["river"] * 1100, heard.append)
    assert heard == sorted(set(heard))
    assert heard[-1] == 1100
    assert compiled.encode([]).shape == (0, 384)
    assert compiled.read([]) == []


def test_shipped_vectors_are_those_of_the_reference(plain: SentenceTransformerEmbedder) -> None:
    """What the compiled model is checked by is what sentence-transformers gives."""
    texts, vectors = reference()
    assert len(texts) > 5
    np.testing.assert_allclose(plain.encode(texts), vectors, atol=1e-5)


def fails(*_: object) -> object:
    """As OpenVINO does on a machine that it cannot use."""
    raise RuntimeError("no such processor")


def other_weights(tensors: Callable[[Path], dict[str, Vectors]]) -> Callable[[Path], dict[str, Vectors]]:
    """The model with one layer's weights slightly wrong."""

    def read(weights: Path) -> dict[str, Vectors]:
        found = dict(tensors(weights))
        name = "encoder.layer.3.output.dense.weight"
        found[name] = found[name] * np.float32(1.05)
        return found

    return read


def test_what_differs_from_the_reference_is_not_trusted(
    monkeypatch: pytest.MonkeyPatch, plain: SentenceTransformerEmbedder
) -> None:
    """A model that gives other vectors is not used; sentence-transformers does the work, under the same name."""
    from rag import minilm

    monkeypatch.setattr(minilm, "_tensors", other_weights(minilm._tensors))
    embedder = PackagedEmbedder()
    assert not embedder.compiled
    np.testing.assert_allclose(embedder.encode(TEXTS[:2]), plain.encode(TEXTS[:2]), atol=1e-6)
    assert embedder.name == plain.name


def test_without_openvino_sentence_transformers_does_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it is not installed, or fails, nothing is missing but speed."""
    monkeypatch.setitem(sys.modules, "openvino", None)
    assert not PackagedEmbedder().compiled
    monkeypatch.undo()
    monkeypatch.setattr("rag.compiled.CompiledEmbedder._compile", fails)
    assert not PackagedEmbedder().compiled


def test_where_the_quick_form_fails_the_exact_one_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    """A processor may promise what it does not hold; a build goes on all the same."""
    make = CompiledEmbedder._compile
    monkeypatch.setattr(CompiledEmbedder, "_compile", lambda self, how: make(self, how) if how == "f32" else fails())
    embedder = PackagedEmbedder()
    assert embedder.compiled
    np.testing.assert_allclose(embedder.encode(TEXTS[:3])[0], embedder.encode(TEXTS[:1])[0], atol=1e-5)


def test_another_model_is_read_by_sentence_transformers() -> None:
    """Only the packaged weights are compiled; any other model is one setting."""
    assert isinstance(embedder_of(None), PackagedEmbedder)
    assert isinstance(embedder_of(DEFAULT_MODEL), PackagedEmbedder)
    assert isinstance(embedder_of(str(packaged_model())), SentenceTransformerEmbedder)


@given(st.lists(st.integers(1, 256), max_size=300))
def test_batches_hold_every_text_once_and_are_bounded(lengths: list[int]) -> None:
    """Each place comes once, and no batch is larger than it may be."""
    found = list(batches(lengths))
    assert sorted(at for batch in found for at in batch) == list(range(len(lengths)))
    assert all(len(batch) * max(lengths[at] for at in batch) <= 2048 for batch in found)

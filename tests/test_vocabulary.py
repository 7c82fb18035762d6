"""The words of a collection: each has the vector of the word alone, its stem, and is read once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import vocabulary
from rag.embedder import SentenceTransformerEmbedder
from rag.vectors import Rows
from rag.vocabulary import Vocabulary, meanings
from rag.words import stem
from tests.small import LettersEmbedder, assert_close, assert_same_rows

WORDS = ("river", "rivers", "boat", "boats", "boating", "bridge", "painting", "painted", "cafe", "42", "我喜")
word_lists = st.lists(st.sampled_from(WORDS), max_size=12)
NONE = Vocabulary((), Rows.empty(26))


@given(word_lists, word_lists)
def test_growing_reads_only_new_words(first: list[str], further: list[str]) -> None:
    """A word is read when it is first heard, and never again; each has its own vector."""
    embedder = LettersEmbedder()
    before = NONE.grown(first, embedder)
    assert embedder.encoded == list(dict.fromkeys(first))
    embedder.encoded.clear()
    grown = before.grown(further, embedder)
    assert embedder.encoded == [word for word in dict.fromkeys(further) if word not in first]
    assert grown.words == tuple(dict.fromkeys([*first, *further]))
    assert_close(grown.vectors, LettersEmbedder().encode(grown.words))


@given(word_lists, word_lists)
def test_what_was_known_keeps_its_number_and_vector(first: list[str], further: list[str]) -> None:
    """Growing adds at the end, to the last digit."""
    before = NONE.grown(first, LettersEmbedder())
    grown = before.grown(further, LettersEmbedder())
    assert grown.words[: len(before.words)] == before.words
    assert_same_rows(grown.vectors.take(slice(len(before.words))), before.vectors)


@given(word_lists.filter(bool), st.data())
def test_only_the_words_that_are_kept_stay(words: list[str], data: st.DataObject) -> None:
    """Of what is not kept neither the word nor its vector remains."""
    whole = NONE.grown(words, LettersEmbedder())
    kept = sorted(data.draw(st.sets(st.integers(0, len(whole.words) - 1))))
    left = whole.kept(np.array(kept, np.int64))
    assert left.words == tuple(whole.words[number] for number in kept)
    assert_same_rows(left.vectors, whole.vectors.take(np.array(kept, np.int64)))


@given(word_lists)
def test_every_word_has_its_number_and_its_stem(words: list[str]) -> None:
    """Forms of one word share a stem, each stem is there once, and numbers lead back to words."""
    known = NONE.grown(words, LettersEmbedder())
    assert {word: known.words[number] for word, number in known.numbers.items()} == {word: word for word in words}
    assert [known.stems[number] for number in known.stem_of] == [stem(word) for word in known.words]
    assert len(set(known.stems)) == len(known.stems) == len(known.stem_numbers)
    assert all(known.stems[number] == each for each, number in known.stem_numbers.items())


@pytest.mark.parametrize("at_once", [1, 3, 100])
def test_many_words_are_read_in_parts(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """However many are read together, each word has its own vector."""
    monkeypatch.setattr(vocabulary, "_AT_ONCE", at_once)
    assert_close(meanings(WORDS, LettersEmbedder()), LettersEmbedder().encode(WORDS))


def test_words_without_vectors_are_refused() -> None:
    """A vocabulary in which a word has no vector, or a vector no word, cannot be built."""
    with pytest.raises(ValueError, match="1 words have 0 vectors"):
        Vocabulary(("river",), Rows.empty(3))


def test_words_of_like_meaning_are_near_one_another(embedder: SentenceTransformerEmbedder) -> None:
    """With the packaged model "homeland" is nearer to "country" than to "saxophone", though they share no letters."""
    known = Vocabulary((), Rows.empty(384)).grown(["homeland", "country", "saxophone"], embedder)
    vectors = known.vectors.vectors()
    cosines = known.vectors.cosines(vectors)
    assert cosines[0, 1] > cosines[0, 2] + 0.1

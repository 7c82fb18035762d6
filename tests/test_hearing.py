"""What is said: sentences and words have the vectors of their own texts, whatever was known before."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import hearing
from rag.embedder import Embedder, Reading
from rag.hearing import LEARNING, learn, listen
from rag.records import Interview
from rag.vocabulary import number_of
from tests.small import (
    LettersEmbedder,
    assert_close,
    assert_same_rows,
    collections,
    content_words,
    conversation,
    index_of_all,
    quiet,
    sentences_of,
)

sentences = st.lists(
    st.sampled_from(
        ["A boat.", "A river, a boat.", "Boats!", "?!", "The of and.", "Grandmothers paint boats.", "我喜欢"]
    ),
    max_size=8,
)


@given(sentences)
def test_each_word_is_heard_in_the_sentence_with_the_lowest_number(texts: list[str]) -> None:
    """Of all that say it; and the words of each sentence stand there in order, as often as they are said."""
    spoken = listen(texts)
    heard = [[spoken.words[number] for number in spoken.said.words[a:b]] for a, b in pairwise(spoken.said.starts)]
    assert heard == [content_words(text) for text in texts]
    assert len(set(spoken.words)) == len(spoken.words)
    for word, number in zip(spoken.words, spoken.heard_in.tolist(), strict=True):
        assert number == min(number_of(text) for text in texts if word in content_words(text))


@settings(deadline=None)
@given(collections(), st.data())
def test_the_order_in_which_interviews_come_makes_no_difference(
    interviews: list[Interview], data: st.DataObject
) -> None:
    """On top of whatever index, every sentence and every word has the vector that it has without one."""
    old = index_of_all(data.draw(st.lists(st.sampled_from(interviews), min_size=1, unique=True)))
    spoken = listen(sentences_of(index_of_all(interviews)))
    fresh, words = learn(spoken, LettersEmbedder(), None, quiet)
    grown, same_words = learn(spoken, LettersEmbedder(), old, quiet)
    assert_same_rows(grown, fresh)
    assert same_words.words == words.words
    assert_same_rows(same_words.vectors, words.vectors)
    np.testing.assert_array_equal(same_words.heard_in, words.heard_in)
    assert_close(fresh, LettersEmbedder().encode(spoken.texts))


@given(sentences.filter(bool))
def test_each_sentence_is_read_once(texts: list[str]) -> None:
    """Its vector and those of its words come from one reading."""
    embedder = LettersEmbedder()
    learn(listen(texts), embedder, None, quiet)
    assert sorted(text for text in embedder.encoded if text in texts) == sorted(set(texts))


@given(sentences.filter(bool), sentences.filter(bool))
def test_only_what_is_new_is_read(before: list[str], after: list[str]) -> None:
    """New sentences, and those that tell what a word means of which another one told it."""
    old = index_of_all([conversation("a.txt", [("Bo", text) for text in before])])
    embedder, spoken = LettersEmbedder(), listen(after)
    _, words = learn(spoken, embedder, old, quiet)
    new = {text for text in after if text not in sentences_of(old)}
    for word, number in zip(words.words, words.heard_in.tolist(), strict=True):
        if old.vocabulary.row_of(word, number) < 0:
            new |= {text for text in after if number_of(text) == number}
    assert {text for text in embedder.encoded if text in after} == new


class ShortSighted(LettersEmbedder):
    """A model that sees only the first word of a text."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Embed texts, with one piece each."""
        return [Reading(each.vector, each.spans[:1], each.pieces[:1]) for each in super().read(texts)]


def test_a_word_that_the_model_does_not_reach_is_read_alone() -> None:
    """What stands beyond the model's window means what it means by itself."""
    embedder = ShortSighted()
    _, words = learn(listen(["Boats cross rivers."]), embedder, None, quiet)
    assert words.words == ("boats", "cross", "rivers")
    assert embedder.encoded == ["Boats cross rivers.", "cross", "rivers"]
    assert_close(words.vectors, LettersEmbedder().encode(words.words))


@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_sentences_are_read_in_parts(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """However many are read together, each gets what belongs to it, and the progress ends at its total."""
    monkeypatch.setattr(hearing, "_AT_ONCE", at_once)
    texts = ["A boat.", "A river and a boat.", "A bridge.", "A boat.", "To be."]
    told: list[tuple[str, int, int]] = []
    rows, _ = learn(listen(texts), LettersEmbedder(), None, lambda *step: told.append(step))
    assert_close(rows, LettersEmbedder().encode(texts))
    assert told[-1] == (LEARNING, 4, 4)
    assert [done for _, done, _ in told] == sorted(done for _, done, _ in told)


def test_words_of_like_meaning_are_near_one_another(embedder: Embedder) -> None:
    """With the packaged model "homeland" is nearer to "country" than to "saxophone", though they share no letters."""
    texts = ["I left my homeland.", "It is a small country.", "He plays the saxophone."]
    _, words = learn(listen(texts), embedder, None, quiet)
    near = dict(
        zip(words.words, words.vectors.cosines(words.vectors.vectors())[words.numbers["homeland"]], strict=True)
    )
    assert near["country"] > near["saxophone"] + 0.1

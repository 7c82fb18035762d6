"""The nearest passage is the one that a search through all stretches finds."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from rag.locating import longest_run
from rag.nearest import nearest, nearest_stretch
from rag.quotation import Quotation
from rag.spoken import Spoken, Words, fold_word, fragment
from tests.small import conversation

few_words = st.lists(st.sampled_from("abcd"), max_size=9)
some_words = st.lists(st.sampled_from("abcde"), min_size=1, max_size=5)


def naive_distance(quoted: Sequence[str], said: Sequence[str]) -> int:
    """The least edit distance to any stretch: the naive twin."""
    ends = range(len(said) + 1)
    return min(Levenshtein.distance(quoted, said[start:end]) for end in ends for start in range(end + 1))


@given(some_words, few_words)
def test_nothing_is_nearer(quoted: list[str], said: list[str]) -> None:
    """No other stretch is nearer, and the stretch that is given is as near as it says."""
    found = nearest_stretch(quoted, said)
    least = naive_distance(quoted, said)
    assert (found is None) == (least >= len(quoted))
    if found:
        distance, (start, end) = found
        assert distance == least == Levenshtein.distance(quoted, said[start:end])


@given(some_words, few_words)
def test_longest_run_is_that_of_a_naive_search(quoted: list[str], said: list[str]) -> None:
    """As many of the first words as stand together anywhere."""
    words = Words(" ".join(said), [(2 * at, 2 * at + 1) for at in range(len(said))])
    longest = max(
        length
        for length in range(len(quoted) + 1)
        if not length or any(said[at : at + length] == quoted[:length] for at in range(len(said) - length + 1))
    )
    assert longest_run(quoted, words) == longest


@pytest.mark.parametrize(
    ("quoted", "stretch"),
    [
        ("a bridge needs money", "A bridge needs patience"),
        ("I was born in Shenzhen", "Born in Shenzhen"),
        ("in Shenzhen, with quirky energy", "in Shenzhen, with a quirky, playful energy"),
    ],
)
def test_of_equal_ones_the_one_that_reads_best(quoted: str, stretch: str) -> None:
    """Of equally near passages the one within a sentence, with most words in common, and as long, is taken."""
    said = "I know. A bridge needs patience. I am shaped by cultures. Born in Shenzhen, with a quirky, playful energy."
    near = nearest(Quotation(quoted).literal, [Spoken(conversation("a.txt", [("Bo", said)]))])
    assert near
    assert near.found.words.span(*near.found.stretches[0]).of(said) == stretch


@given(st.text(max_size=30))
def test_words_are_found_by_their_fragments(text: str) -> None:
    """The letters by which texts are sieved stand in every text that has the word, unless it is told to be reshaped."""
    words = Words.of(text)
    if text.strip():
        spoken = Spoken(conversation("a.txt", [("Bo", text)]))
        assert spoken.may_hold([fragment(word) for word in words.folded])
    assert all(fold_word(word) == word for word in words.folded)

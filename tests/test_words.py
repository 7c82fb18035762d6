"""Text to the terms by which it is found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.words import fold, is_content, stem, terms, words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“It’s” — CAFÉ, naïve!", ["it's", "cafe", "naive"]),
        ("Weiqi’s film, the director's cut", ["weiqi", "film", "the", "director", "cut"]),
        ("don’t", ["don't"]),
        ("rock-and-roll, o’clock", ["rock", "and", "roll", "o'clock"]),
        ("at 14, in 2022", ["at", "14", "in", "2022"]),
        ("snake_case", ["snake", "case"]),
        ("?! 😀 …", []),
        ("", []),
    ],
)
def test_words_are_folded_and_lose_possessive_endings(text: str, found: list[str]) -> None:
    """Case, accents and curly quotes are folded; "Weiqi’s" is Weiqi, while "it’s" stays itself."""
    assert words(text) == found


def test_text_without_spaces_gives_overlapping_pairs() -> None:
    """Scripts without spaces are found by pairs of characters; a single character is one term."""
    assert words("我喜欢") == ["我喜", "喜欢"]
    assert words("我") == ["我"]
    assert set(words("喜欢")) <= set(words("我喜欢电影"))


def test_terms_are_stems_of_content_words() -> None:
    """Forms of one word share a term, and words without a meaning of their own give none."""
    assert terms("She was unlearning it") == terms("unlearned") == terms("to unlearn")
    assert terms("the of and who says") == []


@pytest.mark.parametrize("word", ["who", "say", "don't", "about", "something"])
def test_function_words_carry_no_content(word: str) -> None:
    """Words that frame a question are no content."""
    assert not is_content(word)
    assert is_content(f"{word}x")


@given(st.text())
def test_folding_is_done_once(text: str) -> None:
    """Words are folded already: folding them again changes nothing, and none of them is empty."""
    assert fold(fold(text)) == fold(text)
    assert all(word and word == fold(word) for word in words(text))


@given(st.text(), st.text())
def test_texts_are_read_word_by_word(one: str, other: str) -> None:
    """The words of two paragraphs are those of the one and those of the other."""
    assert words(f"{one}\n{other}") == words(one) + words(other)
    assert terms(f"{one}\n{other}") == terms(one) + terms(other)


@given(st.from_regex(r"[a-z]{1,12}", fullmatch=True))
def test_a_term_is_the_stem_of_its_word(word: str) -> None:
    """The naive twin: what carries content gives its stem, anything else nothing."""
    assert terms(word) == ([stem(word)] if is_content(word) else [])

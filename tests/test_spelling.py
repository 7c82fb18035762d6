"""Slips of typing in a question."""

import time
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.spelling import correct, english, is_word

SAID = frozenset("unlearning grandmother festival filmmaking paradiddles blooming".split())


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("unlerning", "unlearning"),
        ("grandmotehr", "grandmother"),
        ("festivl", "festival"),
        ("paradidles", "paradiddles"),
        ("about filmaking?", "about filmmaking?"),
        ("moeny", "money"),
        ("wrold", "world"),
    ],
)
def test_a_slip_is_corrected(typed: str, meant: str) -> None:
    """A letter added, left out, changed or swapped: towards what was said, else towards English."""
    assert correct(typed, SAID) == meant


def test_what_was_said_comes_before_english() -> None:
    """A word of the interviews is nearer than an English one at the same distance."""
    assert correct("blomoing", SAID) == "blooming"
    assert correct("festivbl", frozenset()) == "festival"


@pytest.mark.parametrize(
    "text", ["the", "teh", "xqzt", "unlearning", "unlearned", "movies", "who said it?", "你好", "", "a b"]
)
def test_words_that_are_known_or_like_nothing_stay(text: str) -> None:
    """English words, words that were said, their forms, short words and nonsense are left alone."""
    assert correct(text, SAID) == text


def test_a_name_within_the_question_stays() -> None:
    """A capital in the middle marks a name, which is no slip; at the start it marks nothing."""
    assert correct("about Festivl", SAID) == "about Festivl"
    assert correct("Festivl", SAID) == "festival"


def test_known_words_are_english_words() -> None:
    """Ordinary words are known, with the more frequent first; pieces of words and slips are not."""
    assert is_word("film")
    assert not is_word("unlerning")
    assert not is_word("##ing")
    assert english()["the"] < english()["cinematography"]


@given(st.text())
def test_correction_only_touches_words(text: str) -> None:
    """What stands between the words stays, and correcting twice is correcting once where words are known after."""
    assert len(correct(text, SAID).split()) == len(text.split())
    assert correct(correct(text, SAID), SAID) == correct(text, SAID)


def test_many_unknown_words_are_looked_up_soon() -> None:
    """A pasted page of words that nobody knows, each another one, takes no longer than a page of known ones may."""
    random = Random(3)
    page = " ".join("".join(random.choices("bcdfghjklm", k=9)) for _ in range(2_000))
    begun = time.process_time()
    assert correct(page, frozenset({"river"})) == page
    assert time.process_time() - begun < 5


def test_of_equally_near_words_the_commonest_is_taken_whatever_the_order() -> None:
    """What a slip is taken for does not depend on the order in which words are kept."""
    assert correct("abour", frozenset()) == "about"
    assert correct("qxarn", frozenset({"qxark", "qxarm", "qxarp", "qxart", "qxarv", "qxara"})) == "qxara"

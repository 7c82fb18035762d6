"""What a transcript says about its people before anybody speaks."""

import pytest

from rag.header import find_header, find_ties, named_people
from rag.paragraphs import find_lines
from rag.records import Stated


def stated(text: str) -> Stated:
    """What the header of a text states."""
    return find_header(text, find_lines(text), Stated()).stated


@pytest.mark.parametrize(
    ("line", "hosts", "guests", "people"),
    [
        ("Interviewer: Ann Lee", ("Ann Lee",), (), ()),
        ("Hosts: Ann Lee and Bob Day", ("Ann Lee", "Bob Day"), (), ()),
        ("**Interviewee:** Ann Lee", (), ("Ann Lee",), ()),
        ("Guests: Ann Lee, Bob Day", (), ("Ann Lee", "Bob Day"), ()),
        ("Speakers: Ann Lee, Bob Day", (), (), ("Ann Lee", "Bob Day")),
        ("Interviewed by: Ann Lee", ("Ann Lee",), (), ()),
        ("Entrevistadora: Ana Gil", ("Ana Gil",), (), ()),
        ("聞き手：佐藤 美咲", ("佐藤 美咲",), (), ()),
    ],
)
def test_header_lines_name_people(
    line: str, hosts: tuple[str, ...], guests: tuple[str, ...], people: tuple[str, ...]
) -> None:
    """A key and names give people with or without a role."""
    found = stated(f"{line}\n\nA long day.\n")
    assert (found.hosts, found.guests, found.people) == (hosts, guests, people)


@pytest.mark.parametrize("line", ["Host: How are you today?", "Guest: I am fine, thanks.", "Interviewer: Why?"])
def test_a_turn_is_no_header_line(line: str) -> None:
    """What reads like speech behind a key is said."""
    assert find_header(line, find_lines(line), Stated()).lines == frozenset()


def test_title_and_date_are_kept() -> None:
    """Lines with these keys give them."""
    found = stated("Title: The lock\nDate: 3 May 2001\nPlace: Barrow\n")
    assert (found.title, found.date) == ("The lock", "3 May 2001")


@pytest.mark.parametrize(
    ("text", "form"),
    [("Ann Lee (AL) sings.", "AL"), ("Ann Lee [AL] sings.", "AL"), ("Ann Lee (hereafter AL) sings.", "AL"),
     ("Ann Lee (annlee) sings.", "annlee")],
)  # fmt: skip
def test_brackets_tie_short_forms(text: str, form: str) -> None:
    """Initials or a handle behind a name stand for it."""
    assert find_ties(text)[form] == "Ann Lee"


@pytest.mark.parametrize("text", ["Ann Lee (laughs) sings.", "Ann Lee (2001) sings.", "Ann Lee (the singer) sings."])
def test_other_words_in_brackets_tie_nothing(text: str) -> None:
    """A word, a year or a trade is no short form."""
    assert find_ties(text) == {}


def test_full_names_are_met_in_an_introduction() -> None:
    """Names of two words and more, once each."""
    assert named_people("Ann Lee met Bob van Dahl. Ann Lee sings.") == ["Ann Lee", "Bob van Dahl"]


def test_a_full_stop_ends_a_short_name() -> None:
    """A sentence that ends with a name of three letters does not run on into the next name."""
    assert named_people("Ann Lee met Bob Day. Cora Dahl sings.") == ["Ann Lee", "Bob Day", "Cora Dahl"]

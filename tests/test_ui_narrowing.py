"""What narrows the search, and chips, without a browser: what they say is so, and what they take away is gone."""

import pytest

from rag.library import Library
from rag.records import Understood
from rag.ui.chips import KINDS, understood_chips
from rag.ui.conversation import Exchange, thread, widen
from rag.ui.narrowing import EVERYTHING, FEW, Filters, choices, narrowed, widened
from rag.ui.opening import Opening
from rag.ui.shelf import Shelf
from tests.test_ui_html import HIT, HOSTILE, SHELF, answer_of, parsed

WEIQI = "001_2b08463e1ddb55f8.txt"
ONE: Filters = (["Ada Lovelace"], ["ada.txt"], "anybody")


@pytest.fixture
def opening(library: Library) -> Opening:
    """The seeds, open and warm."""
    opening = Opening(lambda progress: library)
    opening.start()
    assert opening.wait(60)
    return opening


def test_lists_tell_how_much_there_is(library: Library) -> None:
    """Each name stands with the passages that would be searched; all together are those of the collection."""
    shelf = Shelf.of_library(library)
    speakers, interviews = choices(library, shelf, "interviewee")
    assert [name for _, name in speakers] == list(library.speakers)
    assert [source for _, source in interviews] == list(shelf.interviews)
    counts = [int(label.rpartition(" · ")[2].split()[0]) for label, _ in interviews]
    assert sum(counts) == library.passages
    weiqi = len({hit.id for hit in library.retrieve("film", k=500, speakers=["Weiqi Cai"])})
    assert (f"Weiqi Cai · {weiqi} passages", "Weiqi Cai") in speakers


def test_interviewers_without_a_name_cannot_be_chosen(library: Library) -> None:
    """What nobody is called can be no filter; their words are counted with the interviews."""
    speakers, interviews = choices(library, Shelf.of_library(library), "interviewer")
    assert not speakers
    assert interviews[0][0].endswith(" · 4 passages")


def test_what_is_narrowed_is_told_and_can_be_taken_away() -> None:
    """Each chip says what it takes away, which is then gone, and all else is left."""
    page = parsed(narrowed(ONE, SHELF))
    assert page.all("li") == ["Only Ada Lovelace✕", "Only in Ada <b>Lovelace</b>✕", "Interviewers’ words, too✕"]
    buttons = page.attributes("button")
    assert buttons[0]["aria-label"] == "No longer: Only Ada Lovelace"
    left = [widened(ONE, str(each["data-widen"]), str(each["data-name"])) for each in buttons]
    assert left == [
        ([], ["ada.txt"], "anybody"),
        (["Ada Lovelace"], [], "anybody"),
        (["Ada Lovelace"], ["ada.txt"], "interviewee"),
    ]
    assert narrowed(EVERYTHING, SHELF) == ""


def test_of_many_names_the_number_is_told() -> None:
    """They are taken away together."""
    many: Filters = ([f"Person {number}" for number in range(FEW + 1)], [], "interviewee")
    page = parsed(narrowed(many, SHELF))
    assert page.all("li") == [f"Only {FEW + 1} speakers✕"]
    assert widened(many, "speakers", str(page.attributes("button")[0]["data-name"])) == EVERYTHING


def test_every_part_of_what_was_understood_is_a_chip() -> None:
    """Kind, person, topic, limits and past; those that a question can do without have a button that says so."""
    understood = Understood(
        "?",
        "who",
        "rivers",
        ("Ada Lovelace",),
        ("Zed",),
        ("ada.txt",),
        True,
        ("id",),
        "mentioned",
        True,
        ("Bo Li",),
        "anybody",
    )
    page = parsed(understood_chips(understood, 7, SHELF))
    assert [label.removesuffix("✕") for label in page.all("li")] == [
        "People who mention it",
        "Ada Lovelace",
        "Zed, who is not interviewed here",
        "“rivers”",
        "In the negative",
        "Leaving out Bo Li",
        "Only in Ada <b>Lovelace</b>",
        "Interviewers’ words, too",
        "Continued from the question before",
        "Only what was not shown before",
    ]
    assert [each["aria-label"] for each in page.attributes("button")] == [
        "Ask for words instead of people",
        "Ask without Ada Lovelace",
        "Ask without Zed",
        "Ask with Bo Li as well",
        "Ask in all interviews",
        "Ask for the words of those interviewed only",
        "Ask it on its own",
        "Ask with what was shown before as well",
    ]
    assert {each.get("data-of") for each in page.attributes("button")} == {"7", None}


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_names_in_chips_stay_text(kind: str) -> None:
    """Whatever a name or a topic holds, it is shown, and does nothing."""
    understood = Understood("?", kind, HOSTILE, (HOSTILE,), interviews=(HOSTILE,))  # type: ignore[arg-type]
    page = parsed(understood_chips(understood, 1, SHELF))
    assert f"“{HOSTILE}”" in page.all("span")
    assert {name for name, _, _ in page.elements} == {"ul", "li", "span", "button"}


def test_of_many_people_the_first_are_chips() -> None:
    """The others are counted, so that a long list does not bury the reply."""
    understood = Understood("?", "compare", "rivers", tuple(f"Person {number}" for number in range(11)))
    labels = parsed(understood_chips(understood, 1, SHELF)).all("li")
    assert sum(label.startswith("Person") for label in labels) == 8
    assert "and 3 others" in labels


def test_part_that_is_clicked_away_gives_the_wider_answer(opening: Opening, library: Library) -> None:
    """The question is asked again without it, which the new exchange says; the old one stays."""
    question = "What does Weiqi say about unlearning a lesson?"
    history = (Exchange(3, question, library.ask(question)),)
    place = next(
        int(str(each["data-without"]))
        for each in parsed(thread(history, Shelf.of_library(library))).attributes("button")
        if each.get("aria-label") == "Ask without Weiqi Cai"
    )
    wider = widen(opening, history, 3, place)
    assert wider[0] == history[0]
    assert (wider[1].number, wider[1].question, wider[1].otherwise) == (4, question, "without Weiqi Cai")
    assert wider[1].answer is not None
    assert wider[1].answer.speakers == ("Caiyu Song",)
    assert "Asked again without Weiqi Cai." in parsed(thread(wider, Shelf.of_library(library))).all(
        "p", class_="left-out"
    )


@pytest.mark.parametrize(("number", "place"), [(9, 0), (1, 99), (1, 1)])
def test_what_is_no_part_takes_nothing_away(opening: Opening, number: int, place: int) -> None:
    """An exchange or a part that is not there, or that cannot be left out, changes nothing."""
    history = (Exchange(1, "who?", answer_of(HIT)),)
    assert widen(opening, history, number, place) == history

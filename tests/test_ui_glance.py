"""At a glance, without a browser: what is drawn adds up, and stands where the words stand."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from rag.library import Share
from rag.records import UNKNOWN_SPEAKER, Span
from rag.ui.conversation import Exchange
from rag.ui.glance import BARS, MOST_STRIPS, STRIPS, glance
from rag.ui.shelf import Shelf
from rag.ui.strips import STEPS, bands, spots
from tests.samples import interview_of
from tests.test_ui_html import ANSWER, HIT, HOSTILE, INTERVIEW, SHELF, TEXT, answer_of, hit_of, parsed

SHARES = (
    Share("ada.txt", UNKNOWN_SPEAKER, "interviewer", 1, 100),
    Share("ada.txt", "Ada Lovelace", "interviewee", 4, 300),
    Share("bo.txt", "Bo Li", "interviewee", 9, 600),
)
ASKED = (Exchange(1, "who?", answer_of(HIT)),)


def test_bars_are_as_long_as_people_speak() -> None:
    """The longest is whoever says most; numbers and tables tell the same."""
    page = parsed(glance((), SHELF, SHARES))
    assert [each["style"] for each in page.attributes("span") if "length" in (each.get("class") or "")] == [
        "width:100.0%",
        "width:50.0%",
        "width:16.7%",
    ]
    figures = ["600 words, 60 %", "300 words, 30 %", "100 words, 10 %"]
    assert page.all("span", class_="figure") == figures
    assert page.all("ol") == [
        "".join(map("".join, zip(["Bo Li", "Ada Lovelace", "Interviewers without a name"], figures, strict=True)))
    ]
    assert [row for row in page.all("tr") if row.startswith("Bo Li")] == ["Bo Liinterviewee60060 %"]
    assert "1,000 words in 1 interview;" in page.text


def test_of_many_people_the_others_are_summed_up() -> None:
    """Nobody's words are lost."""
    shares = [Share("ada.txt", f"Person {number:02}", "interviewee", 1, 10) for number in range(BARS + 8)]
    page = parsed(glance((), SHELF, shares))
    assert len(page.all("li")) == BARS + 1
    assert "and 8 others: 80 words, 40 %" in page.text


def test_bands_are_as_wide_as_turns_are_long() -> None:
    """From the first character to the last, each turn at its place; whoever asks is drawn thin."""
    drawn = {
        (look, *(int(number) for number in re.findall(r"-?\d+", piece)))
        for look, pieces in bands(INTERVIEW, SHELF).items()
        for piece in pieces
    }
    for turn, look, top, height in zip(INTERVIEW.turns, ("asks", "tone-0"), (8, 0), (4, 20), strict=True):
        left, right = (round(STEPS * at / len(TEXT)) for at in (turn.span.start, turn.span.end))
        assert (look, left, top, right - left, height, left - right) in drawn
    assert len(drawn) == len(INTERVIEW.turns)


def test_marks_stand_where_the_quotes_stand() -> None:
    """A mark opens the interview at its quote, and says whose it is and where."""
    page = parsed(glance(ASKED, SHELF, SHARES))
    (mark,) = [each for each in page.attributes("button") if each.get("class") == "spot"]
    at = 100 * HIT.sentence.start / len(TEXT)
    assert mark["style"] == f"left:{at:.1f}%;--lane:0"
    assert mark["aria-label"] == (
        f"Quote 1, Ada Lovelace, at {at:.0f} % of Ada <b>Lovelace</b>: open the interview there"
    )
    start = TEXT.index(ANSWER)
    assert (mark["data-source"], mark["data-passage"]) == ("ada.txt", f"{start}-{start + len(ANSWER)}")
    assert mark["data-sentence"] == f"{HIT.sentence.start}-{HIT.sentence.end}"
    assert "1 quote for “who talks about unlearning?”" in page.text
    assert f"1 at {at:.0f} %" in page.text


def test_nearest_passages_are_no_quotes() -> None:
    """Where nobody said it, the marks say so."""
    page = parsed(glance((Exchange(1, "who?", answer_of(HIT, said=False)),), SHELF, SHARES))
    (mark,) = [each for each in page.attributes("button") if (each.get("class") or "").startswith("spot")]
    assert mark["class"] == "spot nearest"
    assert (mark["aria-label"] or "").startswith("Nearest passage 1, not an answer, Ada Lovelace")
    assert "1 nearest passage, not an answer" in page.text


def test_marks_never_cover_one_another() -> None:
    """Those that are near get lanes of their own; none is left out."""
    hit = hit_of(ANSWER, ANSWER)
    hits = [
        (number, replace(hit, sentence=Span(hit.span.start + step, hit.span.end)))
        for number, step in enumerate(range(0, 60, 3))
    ]
    found = spots(hits, 200)
    assert sorted(spot.number for spot in found) == list(range(20))
    for lane in {spot.lane for spot in found}:
        places = [spot.at for spot in found if spot.lane == lane]
        assert all(after - before >= 7.5 for before, after in pairwise(places))


def test_interviews_with_quotes_come_first() -> None:
    """Of a large collection a few strips are drawn, and the others are counted."""
    interviews = [interview_of(f"Ann: Why?\nBo: Number {number}.\n", f"{number:04}.txt") for number in range(50)]
    shelf = Shelf.of([*interviews, INTERVIEW], ["Bo"])
    page = parsed(glance(ASKED, shelf, SHARES))
    titles = [each["data-source"] for each in page.attributes("button") if each.get("class") == "title"]
    assert titles == ["ada.txt", *(f"{number:04}.txt" for number in range(STRIPS - 1))]
    assert f"and {51 - STRIPS} others" in page.text
    assert MOST_STRIPS > STRIPS


def test_words_of_a_transcript_stay_words() -> None:
    """Markup in names, titles and quotes is text in the picture, too."""
    hostile = replace(INTERVIEW, title=HOSTILE)
    shares = [Share("ada.txt", HOSTILE, "interviewee", 1, 5)]
    page = parsed(glance(ASKED, Shelf.of([hostile], [HOSTILE]), shares))
    assert not page.all("img")
    assert HOSTILE in page.text


@pytest.mark.parametrize("history", [(), (Exchange(1, "who?"),), (Exchange(1, "?", answer_of(said=False)),)])
def test_without_quotes_the_strips_are_explained(history: tuple[Exchange, ...]) -> None:
    """Before the first question, or where nothing was found, there is a picture without marks."""
    page = parsed(glance(history, SHELF, SHARES))
    assert "Each strip is an interview" in page.text
    assert not [each for each in page.attributes("button") if "spot" in (each.get("class") or "")]


def test_nothing_is_drawn_of_nothing() -> None:
    """Where there is no interview, it is said."""
    assert "As soon as there are interviews" in glance((), Shelf({}, {}), ())

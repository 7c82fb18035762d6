"""Who is one person across interviews: a full name tells, and nothing less does."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.amending import merge, rename
from rag.corrections import Correction, apply
from rag.records import Interview
from rag.roster import gather, restore
from tests.samples import interview_of
from tests.test_turns import TALK


def talk(guest: str, *, host: str = "Ivy West", about: str = "the sea") -> str:
    """A short interview of somebody by somebody."""
    return f"{host}: What do you love?\n{guest}: I love {about}, as I always did.\n{host}: Why?\n{guest}: It is wide.\n"


def gathered(texts: Mapping[str, str]) -> dict[str, Interview]:
    """The interviews among themselves, by their files."""
    found = gather([interview_of(text, name) for name, text in texts.items()])
    return {interview.source.name: interview for interview in found}


def guests(interviews: Mapping[str, Interview]) -> dict[str, str]:
    """Who is interviewed in each file."""
    return {name: " and ".join(interview.interviewees) for name, interview in interviews.items()}


@pytest.mark.parametrize(
    ("one", "other"), [("Bo Chen", "BO CHEN"), ("Dr. Bo Chen", "Bo Chen"), ("J.K. Day", "J. K. Day")]
)
def test_the_same_full_name_is_one_person(one: str, other: str) -> None:
    """However a full name is written, its bearer has one name in the whole collection."""
    shown = guests(gathered({"a.txt": talk(one), "b.txt": talk(other)}))
    assert shown["a.txt"] == shown["b.txt"]


def test_the_spelling_that_is_shown_is_not_in_capitals() -> None:
    """Of several spellings the one is shown that a person would write, even where capitals are more frequent."""
    shown = guests(gathered({"a.txt": talk("BO CHEN"), "b.txt": talk("BO CHEN"), "c.txt": talk("Bo Chen")}))
    assert set(shown.values()) == {"Bo Chen"}


@pytest.mark.parametrize("name", ["Bo", "Speaker 1", "Guest", "SPEAKER_01", "B. Chen", "Bo C."])
def test_less_than_a_full_name_is_nobody_else(name: str) -> None:
    """Two files with the same first name, label or initial have two people, told apart by their files."""
    shown = guests(gathered({"first/talk.txt": talk(name), "second/talk.txt": talk(name)}))
    plain = interview_of(talk(name)).interviewees[0]
    assert shown == {"first/talk.txt": f"{plain} (first/talk)", "second/talk.txt": f"{plain} (second/talk)"}


def test_a_first_name_is_not_the_full_name_in_another_file() -> None:
    """Bo in one file is not taken for Bo Chen in another."""
    shown = guests(gathered({"a.txt": talk("Bo"), "b.txt": talk("Bo Chen")}))
    assert shown == {"a.txt": "Bo", "b.txt": "Bo Chen"}


@pytest.mark.parametrize("name", ["Bo", "Speaker 9"])
def test_a_first_name_that_the_user_gave_is_no_full_name_either(name: str) -> None:
    """Who renames or merges within one interview says nothing about another interview."""
    found = [interview_of(talk("Cy"), "a.txt"), interview_of(talk("Di"), "b.txt"), interview_of(talk(name), "c.txt")]
    corrected = [
        apply(found[0], rename(Correction(), found[0], "Cy", name)),
        apply(found[1], merge(Correction(), found[1], ["Di", name])),
        found[2],
    ]
    shown = [interview.interviewees[0] for interview in gather(corrected)]
    assert shown == [f"{name} (a)", f"{name} (b)", f"{name} (c)"]


def test_the_users_spelling_goes_before_a_more_frequent_one() -> None:
    """Where somebody corrects a full name, that spelling is shown everywhere."""
    found = [interview_of(talk("Bo Chen"), f"{name}.txt") for name in "abc"]
    corrected = apply(found[0], rename(Correction(), found[0], "Bo Chen", "bo chen"))
    assert {interview.interviewees for interview in gather([corrected, *found[1:]])} == {("bo chen",)}


def test_names_in_turns_pairs_and_speakers_are_the_same() -> None:
    """A name that is changed for the collection is changed throughout its interview, and its own name is kept."""
    interview = gathered({"a.txt": talk("Bo"), "b.txt": talk("Bo")})["a.txt"]
    assert {turn.speaker for turn in interview.turns} == {"Ivy West", "Bo (a)"}
    assert {name for pair in interview.pairs for name in pair.interviewees} == {"Bo (a)"}
    assert {speaker.name: speaker.plain for speaker in interview.speakers} == {"Ivy West": "", "Bo (a)": "Bo"}


def test_two_speakers_of_one_interview_are_never_made_one() -> None:
    """Where two spellings of one name stand in one interview as two speakers, both stay."""
    both = talk("Bo Chen") + talk("Bo Chen", host="BO  CHEN")
    found = gathered({"a.txt": both, "b.txt": talk("Bo Chen")})
    for name, interview in found.items():
        assert len({speaker.name for speaker in interview.speakers}) == len(interview.speakers), name
        assert {turn.speaker for turn in interview.turns} <= {speaker.name for speaker in interview.speakers}


@given(
    st.lists(st.sampled_from(["Bo", "Bo Chen", "BO CHEN", "Speaker 1", "Cy Day", "Dr. Cy Day"]), min_size=1, max_size=6)
)
def test_gathering_is_undone_and_done_again_alike(names: list[str]) -> None:
    """An interview restored is as it was by itself, and gathering what was gathered changes nothing."""
    alone = [interview_of(talk(name), f"{number}.txt") for number, name in enumerate(names)]
    once = gather(alone)
    assert [restore(interview) for interview in once] == alone
    assert gather(once) == once


def test_a_lone_interview_keeps_its_names() -> None:
    """Where nobody else has the name, nothing stands in brackets."""
    alone = interview_of("\n".join(f"{name}: {words}" for name, words in TALK))
    assert gather([alone]) == (alone,)

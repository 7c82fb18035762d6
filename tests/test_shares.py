"""How much everybody says: nothing is counted twice, and nothing is left out."""

from pathlib import Path

from hypothesis import given

from rag.chunker import count_words
from rag.library import Library
from rag.records import Interview
from rag.shares import shares
from tests.small import collections, index_of_all, library_of
from tests.test_sought import OTHER, TALK


def test_everybody_has_the_words_they_say(tmp_path: Path) -> None:
    """Each person in each interview and role, with as many words as a reader counts."""
    library = library_of({"boats.txt": TALK, "lakes.txt": OTHER}, tmp_path)
    found = {(each.source, each.speaker, each.role): each.words for each in library.shares}
    assert found == {
        ("boats.txt", "Ann", "interviewer"): 15,
        ("boats.txt", "Bo", "interviewee"): 24,
        ("lakes.txt", "Dan", "interviewer"): 9,
        ("lakes.txt", "Eve", "interviewee"): 23,
    }


@given(collections())
def test_shares_add_up(interviews: list[Interview]) -> None:
    """All shares of one who asks or answers are, together, the words of that person's turns: the naive twin."""
    index = index_of_all(interviews)
    by_turn: dict[tuple[str, str, str], int] = {}
    for interview in interviews:
        for turn in interview.turns:
            voice = (interview.source.name, turn.speaker, turn.role)
            by_turn[voice] = by_turn.get(voice, 0) + count_words(turn.span.of(interview.source.text))
    found = shares(index.entries, index.sizes.tolist())
    assert {(each.source, each.speaker, each.role): each.words for each in found} == by_turn
    assert sum(each.passages for each in found) == sum(entry.kind in ("answer", "question") for entry in index.entries)


def test_seeds_are_mostly_answers(library: Library) -> None:
    """In the seeds those interviewed say far more than those who ask."""
    words = {
        role: sum(each.words for each in library.shares if each.role == role) for role in ("interviewer", "interviewee")
    }
    assert words["interviewee"] > 5 * words["interviewer"] > 0

"""What a question means, part by part, and the same question without one of them."""

from dataclasses import replace

import pytest

from rag.errors import UnknownNameError
from rag.library import Library
from rag.records import Understood
from rag.widening import Meant, understood_parts

ASKED = Understood("who of Ana and Bo fears rivers?", "compare", "fears rivers", ("Ana", "Bo"))
WEIQI = "Weiqi Cai"


def part(understood: Understood, kind: str, name: str = "") -> Meant:
    """The part of this kind."""
    return next(each for each in understood_parts(understood) if (each.kind, each.name) == (kind, name))


def test_each_part_can_be_left_out_by_itself() -> None:
    """All else stays as it is; without one of two people nobody is compared any more."""
    assert part(ASKED, "speaker", "Ana").without == replace(ASKED, speakers=("Bo",), kind="what")
    whole = replace(
        ASKED, kind="who", speakers=("Ana",), excluded=("Bo", "Cy"), interviews=("a.txt", "b.txt"), role="anybody"
    )
    assert part(whole, "kind").without == replace(whole, kind="what")
    assert part(whole, "speaker", "Ana").without == replace(whole, speakers=())
    assert part(whole, "excluded", "Bo").without == replace(whole, excluded=("Cy",))
    assert part(whole, "interviews").without == replace(whole, interviews=())
    assert part(whole, "role", "anybody").without == replace(whole, role="interviewee")


@pytest.mark.parametrize(
    ("understood", "kind"),
    [
        (ASKED, "topic"),
        (replace(ASKED, negated=True), "negated"),
        (replace(ASKED, carried=True), "carried"),
        (replace(ASKED, kind="count"), "kind"),
        (replace(ASKED, role="interviewer", sought="asker"), "role"),
        (replace(ASKED, topic="", speakers=("Ana",)), "speaker"),
    ],
)
def test_nothing_is_left_out_that_a_question_needs(understood: Understood, kind: str) -> None:
    """A question without its topic would be none; "who asked" without interviewers would be another."""
    assert [each.without for each in understood_parts(understood) if each.kind == kind] == [None]


def test_question_without_its_person_is_answered_by_anybody(library: Library) -> None:
    """What one person does not say is found once the person is left out."""
    narrow = library.ask("What does Weiqi say about unlearning a lesson?")
    assert not narrow.said
    wider = part(narrow.understood, "speaker", WEIQI).without
    assert wider is not None
    assert library.answer(wider).speakers == ("Caiyu Song",)


def test_question_about_what_is_gone_is_refused(library: Library) -> None:
    """A person or an interview that is not there any more is named, with those that are."""
    with pytest.raises(UnknownNameError, match="Gone"):
        library.answer(replace(ASKED, speakers=("Gone",)))
    with pytest.raises(UnknownNameError, match=r"gone\.txt"):
        library.answer(replace(ASKED, speakers=(), interviews=("gone.txt",)))

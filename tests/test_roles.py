"""Who asks and who answers, decided from what people do unless the file says so."""

import pytest

from rag.records import Role
from tests.samples import interview_of


def roles(text: str) -> dict[str, Role]:
    """The role of each speaker."""
    return {speaker.name: speaker.role for speaker in interview_of(text).speakers}


@pytest.mark.parametrize("label", ["Interviewer", "Host", "Moderator", "The interviewer", "Entrevistador", "INT"])
def test_a_label_can_give_the_role(label: str) -> None:
    """Words for who asks give the role even to somebody who asks nothing."""
    text = f"{label}: Go on.\n\nBen: I paint.\n\n" * 3
    assert next(iter(interview_of(text).turns)).role == "interviewer"


def test_several_hosts_and_guests() -> None:
    """All who mostly ask are interviewers, and all who mostly tell are not."""
    text = "".join(
        f"Ana: What is that, number {at}?\n\nBen: I paint it for a long time, and slowly, each day.\n\n"
        f"Cora: And how was it then?\n\nDov: We went out and came back with a lot of fish and stories.\n\n"
        for at in range(4)
    )
    assert roles(text) == {"Ana": "interviewer", "Ben": "interviewee", "Cora": "interviewer", "Dov": "interviewee"}


@pytest.mark.parametrize("header", ["Host: Ben", "Interviewer: Ben", "Moderated by: Ben", "Interviewed by: Ben"])
def test_a_header_gives_the_role(header: str) -> None:
    """What the header says goes before what people do."""
    text = f"{header}\n\n" + "Ana: How so?\n\nBen: I see. Go on, please, tell it all.\n\n" * 3
    assert roles(text)["Ben"] == "interviewer"


def test_a_note_beside_a_label_gives_the_role() -> None:
    """A role in brackets beside the name is the file's own word."""
    text = "Ana (host): Go on.\n\nBen (guest): I paint.\n\n" * 3
    assert roles(text) == {"Ana": "interviewer", "Ben": "interviewee"}


def test_the_first_to_speak_need_not_ask() -> None:
    """Who answers may speak first, as in a cold open."""
    text = "Ben: I never wanted that boat.\n\n" + "Ana: How so?\n\nBen: I like the shore.\n\n" * 3
    assert roles(text) == {"Ben": "interviewee", "Ana": "interviewer"}


def test_where_all_ask_alike_nobody_has_a_role() -> None:
    """Two who ask each other in turn are neither."""
    text = "Ana: And how are you?\n\nBen: Well, and how are you?\n\n" * 4
    assert set(roles(text).values()) == {"unknown"}

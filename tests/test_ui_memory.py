"""What a browser keeps of a conversation leads to the same answers, and nothing else it could send does harm."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.library import Library
from rag.records import Understood
from rag.ui.conversation import History, converse, restore
from rag.ui.memory import MOST_RECALLED, Kept, Steps, recall, to_keep
from rag.ui.opening import Opening

ASKED = ("who talks about unlearning?", "what else does she say about that?", "who won an Oscar?")
PLAIN = Understood("who?", "who", "unlearning")


@pytest.fixture
def opening(library: Library) -> Opening:
    """The collection, open already."""
    opened = Opening(lambda progress: library)
    opened.start()
    opened.wait(60)
    return opened


def test_conversation_is_found_again(opening: Opening) -> None:
    """Each question has the answer that it had, follow-ups included, and a new follow-up goes on from there."""
    history: History = ()
    for question in ASKED:
        *_, history = converse(opening, question, history=history)
    kept = [to_keep(Kept(each.question, each.answer.understood)) for each in history if each.answer]
    restored = restore(opening, json.dumps(kept))
    assert [each.question for each in restored] == list(ASKED)
    assert [each.answer for each in restored] == [each.answer for each in history]


def test_question_after_a_restart_goes_on_from_what_the_browser_keeps(opening: Opening) -> None:
    """Where the page knows nothing of the conversation any more, it is whole again with the next question."""
    *_, history = converse(opening, ASKED[0])
    kept = [to_keep(Kept(each.question, each.answer.understood)) for each in history if each.answer]
    *_, lost = converse(opening, "What does Rosa say about that?", kept=json.dumps(kept))
    *_, told = converse(opening, "What does Rosa say about that?", history=history)
    assert [each.answer for each in lost] == [each.answer for each in told]
    assert [each.number for each in lost] == [1, 2]


def test_only_the_latest_questions_are_asked_again() -> None:
    """A long conversation does not make a reload slow."""
    kept = [to_keep(Kept(str(number), PLAIN)) for number in range(MOST_RECALLED + 3)]
    assert [each.question for each in recall(json.dumps(kept))] == [
        str(number) for number in range(3, MOST_RECALLED + 3)
    ]


def test_who_is_gone_is_told(opening: Opening) -> None:
    """A question about somebody who is not there any more has no answer, and says so."""
    kept = to_keep(Kept("What does Nora say?", Understood("x", "what", "sea", ("Nora Vale",))))
    (exchange,) = restore(opening, json.dumps([kept]))
    assert exchange.answer is None
    assert "Nora Vale" in exchange.note


BROKEN: list[object] = [
    None, "x", {}, [1], ["{"], ["[]"], ['{"question": "a"}'], ["[" * 50_000], ["x" * 200_000],
    [to_keep(Kept("a", PLAIN)).replace('"who"', '"nonsense"')],
    [to_keep(Kept("a", PLAIN)).replace('"unlearning"', '["unlearning"]')],
    [to_keep(Kept("a", PLAIN)).replace("false", '"no"')],
    [json.dumps({"question": 3, "otherwise": "", "understood": json.loads(to_keep(Kept("a", PLAIN)))["understood"]})],
]  # fmt: skip


@pytest.mark.parametrize("kept", BROKEN)
def test_what_was_not_kept_so_is_passed_over(kept: object) -> None:
    """A browser can send anything."""
    assert recall(json.dumps(kept)) == []


@pytest.mark.parametrize("kept", ["", "{", "[" * 50_000, "nonsense"])
def test_what_is_no_list_is_passed_over(kept: str) -> None:
    """A browser that keeps nothing sends nothing, and one can send anything."""
    assert recall(kept) == []


@given(st.text(), st.text(), st.sampled_from(["who", "what", "compare"]), st.text(), st.lists(st.text()), st.booleans())
def test_everything_kept_is_recalled(
    question: str, left: str, kind: str, topic: str, names: list[str], carried: bool
) -> None:
    """Whatever a question means comes back as it was."""
    meant = Understood(question, kind, topic, tuple(names), carried=carried, skip=tuple(names))  # type: ignore[arg-type]
    assert recall(json.dumps([to_keep(Kept(question, meant, left))])) == [Kept(question, meant, left)]


def test_what_comes_late_is_known_as_late() -> None:
    """Only the latest step of a visitor counts; beginning anew is one, and others have steps of their own."""
    steps = Steps()
    assert (steps.latest("ann"), steps.asked("ann")) == (-1, False)
    first = steps.ask("ann")
    assert (steps.latest("ann"), steps.asked("ann")) == (first, True)
    assert steps.ask("bo") != first
    assert steps.latest("ann") == first
    steps.forget("ann")
    assert steps.latest("ann") not in (-1, first)
    assert not steps.asked("ann")
    assert steps.asked("bo")
    steps.leave("bo")
    assert steps.latest("bo") == -1

"""The side of a conversation that has no label."""

from rag.records import UNKNOWN_SPEAKER
from tests.samples import asked_and_answered, interview_of, said


def test_what_follows_a_bold_question_is_the_answer() -> None:
    """Where label and question are bold together, the plain paragraph behind them is answered."""
    text = "**Ana: How are you?**\n\nFine.\n\n**Ana: Really?**\n\nYes.\n\n**Ana: Why?**\n\nSo.\n"
    assert asked_and_answered(interview_of(text)) == [("How are you?", "Fine."), ("Really?", "Yes."), ("Why?", "So.")]


def test_where_only_questions_have_labels_paragraphs_answer() -> None:
    """The next paragraph is the other's."""
    text = "Q: How are you?\n\nFine.\n\nQ: Really?\n\nYes.\n\nAlways.\n\nQ: Why?\n\nSo.\n"
    pairs = [("How are you?", "Fine."), ("Really?", "Yes.\n\nAlways."), ("Why?", "So.")]
    assert asked_and_answered(interview_of(text)) == pairs


def test_where_only_answers_have_labels_the_paragraph_before_asks() -> None:
    """A paragraph that asks stands before each answer."""
    text = "How are you?\n\nBen: Fine.\n\nReally?\n\nBen: Yes.\n\nWhy is that?\n\nBen: So.\n"
    assert said(interview_of(text)) == [
        (UNKNOWN_SPEAKER, "How are you?"), ("Ben", "Fine."), (UNKNOWN_SPEAKER, "Really?"), ("Ben", "Yes."),
        (UNKNOWN_SPEAKER, "Why is that?"), ("Ben", "So."),
    ]  # fmt: skip


def test_a_lost_answer_label_is_made_good() -> None:
    """Where one of two always asks in one paragraph, an unlabelled paragraph behind a question is the other's."""
    rows = [("Ana: How are you?", "Ben: Fine."), ("Ana: Really?", "Ben: Yes."), ("Ana: Why?", "Ben: So.")]
    rows += [("Ana: Where?", "Here, by the sea."), ("Ana: And now?", "Ben: Now I go.")]
    interview = interview_of("\n\n".join(line for row in rows for line in row) + "\n")
    assert said(interview)[6:8] == [("Ana", "Where?"), ("Ben", "Here, by the sea.")]

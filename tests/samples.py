"""Made-up interviews for the tests: short ones to read, and generated ones to break things with."""

from hypothesis import strategies as st

from rag.errors import ReadError
from rag.records import Interview, Source
from rag.turns import understand

_LABELS = (
    "Ana: ",
    "Ben: ",
    "**Ana:** ",
    "[00:01:02] Ben: ",
    "Q: ",
    "A: ",
    "Contact Info:",
    "Image Credits",
    "- Site: ",
)
_WORDS = ("How are you?", "I paint", "“Why?”", "Well.", "你好。", "e\u0301", "\u00a0", "🙂", "a b c", "#", "http://a.b")
_ENDS = ("\n", "\n\n", "\r\n", "\r", "\t", " ", "")


def source_of(text: str, name: str = "talk.txt") -> Source:
    """A source with this text."""
    return Source(name, text, "0" * 64)


def interview_of(text: str, name: str = "talk.txt") -> Interview:
    """The interview in this text."""
    return understand(source_of(text, name))


def interview_or_none(text: str) -> Interview | None:
    """The interview in this text, if there is one."""
    try:
        return interview_of(text)
    except ReadError:
        return None


def said(interview: Interview) -> list[tuple[str, str]]:
    """Who says what, turn for turn."""
    return [(turn.speaker, turn.span.of(interview.source.text)) for turn in interview.turns]


def asked_and_answered(interview: Interview) -> list[tuple[str, str]]:
    """The question and the answer of every pair."""
    text = interview.source.text
    return [(pair.question_span.of(text) if pair.question_span else "", pair.answer_span.of(text))
            for pair in interview.pairs]  # fmt: skip


def texts() -> st.SearchStrategy[str]:
    """Any text with something in it, and texts that look a little like interviews."""
    pieces = st.sampled_from(_LABELS + _WORDS + _ENDS) | st.text(max_size=8)
    return (st.lists(pieces, max_size=60).map("".join) | st.text()).filter(lambda text: bool(text.strip()))

"""The values: what cannot be, cannot be built."""

from dataclasses import FrozenInstanceError
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import EmptyCollectionError, ReadError, UnknownNameError
from rag.records import Answer, Hit, Passage, QAPair, Source, Span, Speaker, Turn, Understood, Why
from tests.samples import source_of

SOURCE = source_of("Ana: Who?\nBen: Me. Only me.\r\nAna: Why?", "talks/ana.txt")
QUESTION, SAID, FIRST, SECOND = Span(5, 9), Span(15, 27), Span(15, 18), Span(19, 27)
PASSAGE = Passage(SOURCE.name, SAID, "Ben", (FIRST, SECOND), QUESTION)
HIT = Hit(PASSAGE, SOURCE, SECOND, 0.9, Why(("me",), 0.5))
ASKED = Understood("who?", "who", "me")


@pytest.mark.parametrize(("start", "end"), [(0, 0), (5, 5), (5, 4), (-1, 4), (-2, -1)])
def test_a_span_holds_something(start: int, end: int) -> None:
    """A span is neither empty nor backwards, and begins in the text."""
    with pytest.raises(ValueError, match="empty or backwards"):
        Span(start, end)


@given(st.text(min_size=1), st.integers(0, 50), st.integers(1, 50))
def test_a_span_is_a_slice_of_its_text_or_an_error(text: str, start: int, length: int) -> None:
    """A span gives exactly its characters; where the text is too short it gives an error, never fewer."""
    span = Span(start, start + length)
    if span.end > len(text):
        with pytest.raises(ValueError, match="past the end"):
            span.of(text)
    else:
        assert span.of(text) == text[start : start + length]
        assert len(span.of(text)) == len(span) == length


def test_a_span_holds_what_lies_wholly_within() -> None:
    """Also itself; not what sticks out on either side."""
    assert Span(2, 5).holds(Span(2, 5))
    assert Span(2, 5).holds(Span(3, 4))
    assert not Span(2, 5).holds(Span(1, 3))
    assert not Span(2, 5).holds(Span(4, 6))


@pytest.mark.parametrize(
    ("name", "text", "sha256"), [("", "Hi.", "0" * 64), ("a.txt", " \n", "0" * 64), ("a.txt", "Hi.", "0" * 63)]
)
def test_a_source_has_a_name_words_and_a_hash(name: str, text: str, sha256: str) -> None:
    """A source without any of them cannot be built."""
    with pytest.raises(ValueError, match=r"source needs|not a sha256"):
        Source(name, text, sha256)


@given(st.text(st.sampled_from("ab\r\n"), min_size=1), st.data())
def test_lines_are_counted_as_by_hand(text: str, data: st.DataObject) -> None:
    """The naive twin: one more than the line feeds before."""
    source = source_of(f"x{text}")
    offset = data.draw(st.integers(0, len(text)))
    assert source.line_of(offset) == 1 + source.text[:offset].count("\n")


@pytest.mark.parametrize("name", ["", " ", "\n"])
def test_a_speaker_has_a_name(name: str) -> None:
    """Nobody is called nothing."""
    with pytest.raises(ValueError, match="needs a name"):
        Speaker(name)


def test_a_pair_has_an_answer() -> None:
    """A question alone is no pair; an answer alone is one, of which nobody asked."""
    asked, said = Turn("Ana", "interviewer", QUESTION), Turn("Ben", "interviewee", SAID)
    with pytest.raises(ValueError, match="needs an answer"):
        QAPair((asked,), ())
    alone = QAPair((), (said,))
    assert (alone.question_span, alone.interviewer, alone.interviewees) == (None, None, ("Ben",))
    assert QAPair((asked,), (said,)).question_span == QUESTION


@pytest.mark.parametrize("sentences", [(), (Span(14, 18),), (FIRST, Span(19, 28))])
def test_sentences_lie_within_their_passage(sentences: tuple[Span, ...]) -> None:
    """A passage has sentences, and none sticks out of it."""
    with pytest.raises(ValueError, match="sentences outside"):
        Passage(SOURCE.name, SAID, "Ben", sentences)


def test_all_that_a_hit_shows_is_cut_from_its_source() -> None:
    """Quote, best sentence and question are slices; the line is where the quote begins."""
    assert (HIT.quote, HIT.marked, HIT.question) == ("Me. Only me.", "Only me.", "Who?")
    assert (HIT.speaker, HIT.source, HIT.line, HIT.kind) == ("Ben", "talks/ana.txt", 2, "answer")
    assert HIT.quote == SOURCE.text[HIT.span.start : HIT.span.end]


def test_the_id_of_a_hit_comes_from_file_and_place() -> None:
    """The same words of the same file have the same id, however they were found."""
    found_otherwise = Hit(PASSAGE, SOURCE, FIRST, 0.1, Why((), 0.0))
    assert HIT.id == found_otherwise.id == f"{'0' * 12}-15-27"


def test_an_answer_that_somebody_said_it_shows_the_quotes() -> None:
    """Without quotes nobody said it."""
    with pytest.raises(ValueError, match="needs the quotes"):
        Answer(ASKED, True, 0.9, ("Ben",), (), ())


def test_where_nobody_said_it_nobody_is_named() -> None:
    """The nearest passages may be shown, but nobody is said to have said it."""
    with pytest.raises(ValueError, match="nobody can be named"):
        Answer(ASKED, False, 0.1, ("Ben",), (), (HIT,))


def test_quotes_are_grouped_by_speaker_best_first() -> None:
    """Speakers come in the order of their best quote, each with all of theirs in order."""
    other = Hit(Passage(SOURCE.name, QUESTION, "Ana", (QUESTION,)), SOURCE, QUESTION, 0.8, Why((), 0.1))
    last = Hit(Passage(SOURCE.name, FIRST, "Ben", (FIRST,)), SOURCE, FIRST, 0.7, Why((), 0.1))
    answer = Answer(ASKED, True, 0.9, ("Ben", "Ana"), (), (HIT, other, last))
    assert list(answer.by_speaker()) == [("Ben", (HIT, last)), ("Ana", (other,))]


@pytest.mark.parametrize(
    ("value", "field"), [(QUESTION, "start"), (SOURCE, "text"), (PASSAGE, "speaker"), (HIT, "score"), (ASKED, "topic")]
)
def test_values_do_not_change(value: Any, field: str) -> None:
    """What was found stays as it was found."""
    with pytest.raises(FrozenInstanceError):
        setattr(value, field, getattr(value, field))


def test_errors_say_what_was_found_and_what_to_do() -> None:
    """A message names the file or the name, the reason and the remedy, and lists what else is wrong."""
    problem = ReadError("a.txt", "the file is empty", "Remove it.")
    assert str(problem) == "a.txt: the file is empty. Remove it."
    collection = EmptyCollectionError("talks", "nothing can be read", "See each file.", [problem])
    assert str(problem) in str(collection)
    assert collection.problems == (problem,)
    unknown = UnknownNameError("speaker", "Bob", ["Ann", "Ben"])
    assert str(unknown) == "No speaker is called 'Bob'. There are: Ann, Ben."
    assert "none" in str(UnknownNameError("speaker", "Bob", []))

"""Records to JSON and arrays, and back: nothing that an index holds is lost on the way."""

import io
import json
from collections.abc import Callable
from dataclasses import MISSING, Field, fields
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.codec import (
    decode_arrays,
    decode_interview,
    decode_rows,
    decode_vocabulary,
    encode_arrays,
    encode_interview,
    encode_rows,
    encode_vocabulary,
)
from rag.records import (
    Contact,
    Interview,
    Mark,
    Moment,
    Passage,
    Place,
    QAPair,
    Source,
    Span,
    Speaker,
    Stated,
    Turn,
)
from rag.vectors import Rows
from rag.vocabulary import Vocabulary
from tests.small import assert_same_rows

TEXT = "On rivers\nAna: Where to?\nBen: Out to sea, 🙂 always.\nInstagram: ana\nPictures by Di."
ASKS = Turn("Ana Lee", "interviewer", Span(15, 24))
SAYS = Turn("Ben (talk)", "interviewee", Span(30, 51))
STATED = Stated(
    title="On rivers",
    date="2024-05-01",
    link="https://a.b/c",
    recording="talk.mp3",
    hosts=("Ana Lee",),
    guests=("Ben",),
    people=("Di",),
    forms=(("AL", "Ana Lee"), ("B", "Ben")),
)
SOURCE = Source(
    name="a.zip/talk.txt",
    text=TEXT,
    sha256="0" * 64,
    format="WebVTT captions",
    marks=(Mark("heading", Span(0, 9)), Mark("label", Span(10, 13))),
    moments=(Moment(10, 0.0), Moment(30, 12.345)),
    places=(Place(0, "page 1"), Place(30, "row 17")),
    stated=STATED,
    warnings=("a page is missing",),
)
INTERVIEW = Interview(
    source=SOURCE,
    title="On rivers",
    speakers=(
        Speaker("Ana Lee", "interviewer", ("Ana", "AL")),
        Speaker("Ben (talk)", "interviewee", ("B",), plain="Ben", given=True),
    ),
    turns=(ASKS, SAYS),
    pairs=(QAPair((ASKS,), (SAYS,)),),
    introduction=(Span(0, 9),),
    contacts=(Contact("Instagram", "ana", Span(52, 66)),),
    credits=(Span(67, 82),),
    warnings=("look at line 3",),
    apart=(Span(43, 44),),
    layout="labels",
    date="2024-05-01",
    link="https://a.b/c",
    recording="talk.mp3",
    corrected="f" * 64,
)
PASSAGES = (
    Passage("a.zip/talk.txt", Span(30, 51), "Ben (talk)", (Span(30, 40), Span(41, 51)), Span(15, 24), "answer"),
    Passage("a.zip/talk.txt", Span(67, 82), "unknown speaker", (Span(67, 82),), None, "credits"),
)

numbers = st.integers(-128, 127)
scales = st.floats(0, 1, width=32)
codes = st.lists(st.lists(numbers, min_size=4, max_size=4), max_size=6)


@st.composite
def rounded_vectors(draw: st.DrawFn) -> Rows:
    """A few vectors, as they are kept."""
    drawn = draw(codes)
    steps = draw(st.lists(scales, min_size=len(drawn), max_size=len(drawn)))
    return Rows(np.array(drawn, np.int8).reshape(-1, 4), np.array(steps, np.float32))


def test_an_interview_comes_back_as_it_went() -> None:
    """Through JSON text and back, the interview and its passages are equal to what they were."""
    through = json.loads(json.dumps(encode_interview(INTERVIEW, PASSAGES)))
    assert decode_interview(through) == (INTERVIEW, PASSAGES)


def default(field: "Field[Any]") -> object:
    """What a field is where nobody sets it."""
    return field.default if field.default is not MISSING else None


@pytest.mark.parametrize("record", [INTERVIEW, SOURCE, STATED, INTERVIEW.speakers[1]])
def test_every_field_is_tried(record: Any) -> None:
    """The interview above sets every field there is, so that none can be forgotten in what is written."""
    assert [field.name for field in fields(record) if getattr(record, field.name) == default(field)] == []


@pytest.mark.parametrize("missing", ["source", "turns", "pairs", "passages", "layout", "apart"])
def test_what_is_something_else_is_an_error(missing: str) -> None:
    """A value without one of its parts is refused, not read as an interview without it."""
    value = encode_interview(INTERVIEW, PASSAGES)
    del value[missing]
    with pytest.raises(KeyError, match=missing):
        decode_interview(value)


@given(rounded_vectors())
def test_vectors_come_back_to_the_last_digit(rounded: Rows) -> None:
    """Their numbers and their scales are those that went."""
    assert_same_rows(decode_rows(encode_rows(rounded)), rounded)


@given(rounded_vectors(), st.data())
def test_a_vocabulary_comes_back_word_for_word(rounded: Rows, data: st.DataObject) -> None:
    """Words of any script are there in their order, each with its vector."""
    words = st.text(st.characters(codec="utf-8"), min_size=1)
    size = len(rounded)
    drawn = tuple(data.draw(st.lists(words, min_size=size, max_size=size, unique=True)))
    heard_in = np.array(data.draw(st.lists(st.integers(0, 2**64 - 1), min_size=size, max_size=size)), np.uint64)
    decoded = decode_vocabulary(encode_vocabulary(Vocabulary(drawn, rounded, heard_in)))
    assert decoded.words == drawn
    assert_same_rows(decoded.vectors, rounded)
    np.testing.assert_array_equal(decoded.heard_in, heard_in)
    assert decoded.heard_in.dtype == np.uint64


def test_arrays_come_back_by_their_names() -> None:
    """With their kinds of numbers and their shapes."""
    arrays: dict[str, npt.NDArray[Any]] = {
        "words": np.arange(3, dtype=np.int32),
        "starts": np.zeros((2, 0)),
        "none": np.empty(0, np.int64),
    }
    decoded = decode_arrays(encode_arrays(**arrays))
    assert decoded.keys() == arrays.keys()
    for name, array in arrays.items():
        np.testing.assert_array_equal(decoded[name], array)
        assert decoded[name].dtype == array.dtype


def test_pickles_are_neither_written_nor_read() -> None:
    """An array of objects is refused on its way out, and one that lies there is never executed."""
    objects = np.array([{"river": 0}], dtype=object)
    with pytest.raises(ValueError, match="allow_pickle"):
        encode_arrays(words=objects)
    file = io.BytesIO()
    np.savez(file, codes=objects, scales=np.ones(1))
    for decode in (decode_rows, decode_arrays):
        with pytest.raises(ValueError, match="allow_pickle"):
            decode(file.getvalue())


@pytest.mark.parametrize("decode", [decode_rows, decode_vocabulary])
def test_arrays_of_something_else_are_an_error(decode: Callable[[bytes], object]) -> None:
    """Arrays of other names are no vectors."""
    with pytest.raises(KeyError):
        decode(encode_arrays(starts=np.zeros(2)))

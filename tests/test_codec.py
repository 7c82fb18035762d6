"""Records to JSON and back: nothing that an interview holds is lost on the way."""

import json
from dataclasses import MISSING, Field, fields
from typing import Any

import pytest

from rag.codec import decode_interview, encode_interview
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

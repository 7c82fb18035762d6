"""Records to JSON and arrays, and back, for the index on disk; nothing is pickled."""

import io
import json
import zlib
from dataclasses import asdict
from typing import Any
from zipfile import BadZipFile

import numpy as np
import numpy.typing as npt

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

Json = dict[str, Any]

UNFIT = (
    KeyError, TypeError, ValueError, RuntimeError, AttributeError, IndexError, OverflowError, EOFError, BadZipFile,
    zlib.error,
)  # fmt: skip
"""What reading something that is no index can raise; a RecursionError is a RuntimeError."""
_LINES = ("title", "layout", "date", "link", "recording", "corrected")
"""Texts of an interview that are kept as they are."""


def encode_interview(interview: Interview, passages: tuple[Passage, ...]) -> Json:
    """One interview with its passages as JSON values."""
    return {
        "source": _source(interview.source),
        **{name: getattr(interview, name) for name in _LINES},
        "speakers": [_speaker(speaker) for speaker in interview.speakers],
        "turns": [_turn(turn) for turn in interview.turns],
        "pairs": [{"question": _turns(pair.question), "answer": _turns(pair.answer)} for pair in interview.pairs],
        "introduction": [_span(span) for span in interview.introduction],
        "contacts": [[contact.label, contact.value, _span(contact.span)] for contact in interview.contacts],
        "credits": [_span(span) for span in interview.credits],
        "apart": [_span(span) for span in interview.apart],
        "warnings": list(interview.warnings),
        "passages": [_passage(passage) for passage in passages],
    }


def decode_interview(value: Json) -> tuple[Interview, tuple[Passage, ...]]:
    """What ``encode_interview`` gave.

    Raises:
        one of ``UNFIT``: the value is something else.
    """
    source = _decoded_source(value["source"])
    interview = Interview(
        source=source,
        **{name: value[name] for name in _LINES},
        speakers=tuple(_decoded_speaker(speaker) for speaker in value["speakers"]),
        turns=_decoded_turns(value["turns"]),
        pairs=tuple(
            QAPair(_decoded_turns(pair["question"]), _decoded_turns(pair["answer"])) for pair in value["pairs"]
        ),
        introduction=tuple(Span(*span) for span in value["introduction"]),
        contacts=tuple(Contact(label, text, Span(*span)) for label, text, span in value["contacts"]),
        credits=tuple(Span(*span) for span in value["credits"]),
        apart=tuple(Span(*span) for span in value["apart"]),
        warnings=tuple(value["warnings"]),
    )
    return interview, tuple(_decoded_passage(source.name, passage) for passage in value["passages"])


def encode_arrays(**arrays: npt.NDArray[Any]) -> bytes:
    """Arrays by their names."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def decode_arrays(content: bytes) -> dict[str, npt.NDArray[Any]]:
    """What ``encode_arrays`` gave.

    Raises:
        one of ``UNFIT``: the content is something else.
    """
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        return {name: arrays[name] for name in arrays.files}


def encode_rows(rows: Rows) -> bytes:
    """Vectors and their scales."""
    return encode_arrays(codes=rows.codes, scales=rows.scales)


def decode_rows(content: bytes) -> Rows:
    """What ``encode_rows`` gave.

    Raises:
        one of ``UNFIT``: the content is something else.
    """
    arrays = decode_arrays(content)
    return Rows(arrays["codes"], arrays["scales"])


def encode_vocabulary(vocabulary: Vocabulary) -> bytes:
    """Words, their vectors, and where these are from."""
    words = np.frombuffer(json.dumps(vocabulary.words, ensure_ascii=False).encode(), np.uint8)
    vectors, heard_in = vocabulary.vectors, vocabulary.heard_in
    return encode_arrays(words=words, codes=vectors.codes, scales=vectors.scales, heard_in=heard_in)


def decode_vocabulary(content: bytes) -> Vocabulary:
    """What ``encode_vocabulary`` gave.

    Raises:
        one of ``UNFIT``: the content is something else.
    """
    arrays = decode_arrays(content)
    words = tuple(json.loads(arrays["words"].tobytes()))
    return Vocabulary(words, Rows(arrays["codes"], arrays["scales"]), arrays["heard_in"])


def _source(source: Source) -> Json:
    return {
        "name": source.name,
        "text": source.text,
        "sha256": source.sha256,
        "format": source.format,
        "marks": [[mark.kind, *_span(mark.span)] for mark in source.marks],
        "moments": [[moment.offset, moment.seconds] for moment in source.moments],
        "places": [[place.offset, place.where] for place in source.places],
        "stated": asdict(source.stated),
        "warnings": list(source.warnings),
    }


def _decoded_source(value: Json) -> Source:
    stated = {name: _frozen(stated) for name, stated in value["stated"].items()}
    return Source(
        name=value["name"],
        text=value["text"],
        sha256=value["sha256"],
        format=value["format"],
        marks=tuple(Mark(kind, Span(start, end)) for kind, start, end in value["marks"]),
        moments=tuple(Moment(offset, seconds) for offset, seconds in value["moments"]),
        places=tuple(Place(offset, where) for offset, where in value["places"]),
        stated=Stated(**stated),
        warnings=tuple(value["warnings"]),
    )


def _frozen(value: Any) -> Any:
    """Lists as the tuples that they were."""
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


def _speaker(speaker: Speaker) -> list[Any]:
    return [speaker.name, speaker.role, list(speaker.aliases), speaker.plain, speaker.given]


def _decoded_speaker(value: list[Any]) -> Speaker:
    name, role, aliases, plain, given = value
    return Speaker(name, role, tuple(aliases), plain, given)


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _turn(turn: Turn) -> list[Any]:
    return [turn.speaker, turn.role, turn.span.start, turn.span.end]


def _turns(turns: tuple[Turn, ...]) -> list[list[Any]]:
    return [_turn(turn) for turn in turns]


def _decoded_turns(value: list[list[Any]]) -> tuple[Turn, ...]:
    return tuple(Turn(speaker, role, Span(start, end)) for speaker, role, start, end in value)


def _passage(passage: Passage) -> Json:
    return {
        "span": _span(passage.span),
        "speaker": passage.speaker,
        "sentences": [_span(sentence) for sentence in passage.sentences],
        "question": _span(passage.question) if passage.question else None,
        "kind": passage.kind,
    }


def _decoded_passage(source: str, value: Json) -> Passage:
    return Passage(
        source=source,
        span=Span(*value["span"]),
        speaker=value["speaker"],
        sentences=tuple(Span(*sentence) for sentence in value["sentences"]),
        question=Span(*value["question"]) if value["question"] else None,
        kind=value["kind"],
    )

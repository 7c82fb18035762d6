"""Records to JSON and arrays, and back, for the index on disk; nothing is pickled."""

import io
import json
from collections.abc import Sequence
from typing import Any

import numpy as np

from rag.lexicon import Lexicon
from rag.records import Contact, Interview, Passage, QAPair, Source, Span, Speaker, Turn

Json = dict[str, Any]


def encode_interview(interview: Interview, passages: tuple[Passage, ...]) -> Json:
    """One interview with its passages as JSON values."""
    return {
        "source": {"name": interview.source.name, "text": interview.source.text, "sha256": interview.source.sha256},
        "title": interview.title,
        "speakers": [[speaker.name, speaker.role, list(speaker.aliases)] for speaker in interview.speakers],
        "turns": [_turn(turn) for turn in interview.turns],
        "pairs": [{"question": _turns(pair.question), "answer": _turns(pair.answer)} for pair in interview.pairs],
        "introduction": [_span(span) for span in interview.introduction],
        "contacts": [[contact.label, contact.value, _span(contact.span)] for contact in interview.contacts],
        "credits": [_span(span) for span in interview.credits],
        "warnings": list(interview.warnings),
        "passages": [_passage(passage) for passage in passages],
    }


def decode_interview(value: Json) -> tuple[Interview, tuple[Passage, ...]]:
    """What ``encode_interview`` gave.

    Raises:
        KeyError, TypeError, ValueError: the value is something else.
    """
    source = Source(**value["source"])
    interview = Interview(
        source=source,
        title=value["title"],
        speakers=tuple(Speaker(name, role, tuple(aliases)) for name, role, aliases in value["speakers"]),
        turns=_decoded_turns(value["turns"]),
        pairs=tuple(
            QAPair(_decoded_turns(pair["question"]), _decoded_turns(pair["answer"])) for pair in value["pairs"]
        ),
        introduction=tuple(Span(*span) for span in value["introduction"]),
        contacts=tuple(Contact(label, text, Span(*span)) for label, text, span in value["contacts"]),
        credits=tuple(Span(*span) for span in value["credits"]),
        warnings=tuple(value["warnings"]),
    )
    return interview, tuple(_decoded_passage(source.name, passage) for passage in value["passages"])


def encode_lexicons(lexicons: Sequence[Lexicon]) -> bytes:
    """The lexicons of all interviews as arrays."""
    terms = json.dumps([lexicon.terms for lexicon in lexicons], ensure_ascii=False).encode()
    file = io.BytesIO()
    np.savez(
        file,
        terms=np.frombuffer(terms, np.uint8),
        counts=np.concatenate([lexicon.counts for lexicon in lexicons]),
        vectors=np.concatenate([lexicon.vectors for lexicon in lexicons]),
    )
    return file.getvalue()


def decode_lexicons(content: bytes) -> tuple[Lexicon, ...]:
    """What ``encode_lexicons`` gave.

    Raises:
        KeyError, TypeError, ValueError: the content is something else.
    """
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        terms = [tuple(each) for each in json.loads(arrays["terms"].tobytes())]
        counts, vectors = arrays["counts"], arrays["vectors"]
    ends = np.cumsum([len(each) for each in terms])
    starts = [0, *ends[:-1]]
    return tuple(
        Lexicon(each, counts[start:end], vectors[start:end])
        for each, start, end in zip(terms, starts, ends, strict=True)
    )


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

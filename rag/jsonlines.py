"""What ``--json`` prints: answers and interviews as plain values, one object a line.

Every text is cut from its source by offsets, which stand beside it and count Unicode code points.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from rag.errors import EmptyCollectionError, ReadError
from rag.records import Answer, Hit, Interview, QAPair, Span, Turn, Understood

Shape = dict[str, object]


def line(shape: Shape) -> str:
    """One JSON object on one line, with letters of all scripts as they are."""
    return json.dumps(shape, ensure_ascii=False)


def answer(question: str, found: Answer) -> Shape:
    """The reply to one question; where ``said`` is false, ``quotes`` are merely the nearest passages."""
    return {
        "question": question,
        "said": found.said,
        "confidence": round(found.confidence, 4),
        "speakers": list(found.speakers),
        "quotes": [_quote(hit) for hit in found.hits],
        "understood": _understood(found.understood),
        "silent": list(found.silent),
    }


def interview(shown: Interview) -> Shape:
    """One interview: who speaks, every turn, every Q/A pair, and what belongs to no answer."""
    text = shown.source.text
    return {
        "source": shown.source.name,
        "title": shown.title,
        "speakers": [
            {"name": speaker.name, "role": speaker.role, "aliases": list(speaker.aliases)} for speaker in shown.speakers
        ],
        "turns": [_turn(shown, turn) for turn in shown.turns],
        "pairs": [_pair(shown, pair) for pair in shown.pairs],
        "introduction": [span.of(text) for span in shown.introduction],
        "contacts": [
            {"label": contact.label, "value": contact.value, "link": contact.link} for contact in shown.contacts
        ],
        "credits": [span.of(text) for span in shown.credits],
        "warnings": list(shown.warnings),
    }


def problem(path: Path, error: ReadError | EmptyCollectionError) -> Shape:
    """A file that could not be read, named as its interview would be, and what to do about it."""
    within = error.path.relative_to(path).as_posix() if path in error.path.parents else error.path.name
    return {"source": within, "error": f"{error.reason}. {error.remedy}"}


def _quote(hit: Hit) -> Shape:
    return {
        "id": hit.id,
        "speaker": hit.speaker,
        "text": hit.quote,
        "source": hit.source,
        "start": hit.span.start,
        "end": hit.span.end,
        "line": hit.line,
        "question": hit.question,
        "score": round(hit.score, 4),
        "sentence": {"start": hit.sentence.start, "end": hit.sentence.end, "text": hit.marked},
        "kind": hit.kind,
        "why": {"words": list(hit.why.words), "meaning": round(hit.why.meaning, 4)},
    }


def _understood(understood: Understood) -> Shape:
    return {
        "kind": understood.kind,
        "topic": understood.topic,
        "speakers": list(understood.speakers),
        "strangers": list(understood.strangers),
    }


def _turn(shown: Interview, turn: Turn) -> Shape:
    return {"speaker": turn.speaker, "role": turn.role, "text": turn.span.of(shown.source.text)} | _place(
        shown, turn.span
    )


def _pair(shown: Interview, pair: QAPair) -> Shape:
    return {
        "question": _words(shown, pair.question) if pair.question else None,
        "answer": _words(shown, pair.answer),
        "interviewer": pair.interviewer,
        "interviewee": pair.interviewees[0],
        "interviewees": list(pair.interviewees),
        "question_at": _place(shown, pair.question_span) if pair.question_span else None,
        "answer_at": _place(shown, pair.answer_span),
    }


def _words(shown: Interview, turns: Sequence[Turn]) -> str:
    return "\n\n".join(turn.span.of(shown.source.text) for turn in turns)


def _place(shown: Interview, span: Span) -> Shape:
    return {"start": span.start, "end": span.end, "line": shown.source.line_of(span.start)}

"""What ``--json`` prints: answers, interviews and evaluations as plain values, one object a line.

Every text is cut from its source by offsets, which stand beside it and count Unicode code points.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import EmptyCollectionError, ReadError
from rag.records import Answer, Hit, Interview, QAPair, Span, Turn, Understood
from rag.wording import timed_link

if TYPE_CHECKING:
    from rag.evaluation import Evaluation, Outcome
    from rag.library import CheckedQuote, Correction, FoundPlace, Part, Report

Shape = dict[str, object]


def line(shape: Shape) -> str:
    """One JSON object on one line, with letters of all scripts as they are."""
    return json.dumps(shape, ensure_ascii=False)


def answer(question: str, found: Answer, about: Callable[[str], Interview], recording: Callable[[str], str]) -> Shape:
    """The reply to one question; where ``said`` is false, ``quotes`` are merely the nearest passages.

    ``about`` gives an interview by its name, ``recording`` where its recording is.
    """
    return {
        "question": question,
        "said": found.said,
        "confidence": round(found.confidence, 4),
        "speakers": list(found.speakers),
        "quotes": [
            _quote(hit) | _origin(hit, about(hit.source), recording(hit.source)) | _around(hit, about(hit.source))
            for hit in found.hits
        ],
        "understood": _understood(found.understood),
        "silent": list(found.silent),
    }


def checked(made: "CheckedQuote") -> Shape:
    """A quotation that was checked; ``differences`` compare it with the first of the ``places``, word by word."""
    return {
        "quotation": made.quotation,
        "named": list(made.named),
        "verdict": made.verdict,
        "reason": made.reason or None,
        "exact": made.exact,
        "similarity": round(made.similarity, 4),
        "speakers": list(made.speakers),
        "places": [_found(place) for place in made.places],
        "differences": [{"kind": kind, "quoted": quoted, "said": said} for kind, quoted, said in made.words],
        "remarks": [asdict(remark) for remark in made.remarks],
        "losses": [
            {"kind": loss.kind, "side": loss.side, **_stretch(loss.words, made.places[0].origin.text)}
            for loss in made.losses
        ],
    }


def _found(place: "FoundPlace") -> Shape:
    return {
        "speaker": place.speaker or None,
        "role": place.role,
        "text": place.text,
        "quoted": place.quoted,
        "source": place.source,
        "start": place.span.start,
        "end": place.span.end,
        "parts": [{"start": part.start, "end": part.end} for part in place.parts],
        "line": place.line,
        "time": place.seconds,
        "place": place.place,
        "question": place.question,
    }


def interview(shown: Interview) -> Shape:
    """One interview: who speaks, every turn, every Q/A pair, and what belongs to no answer."""
    text = shown.source.text
    return {
        "source": shown.source.name,
        "format": shown.source.format,
        "layout": shown.layout,
        **_lines(shown),
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


def report(made: "Report") -> Shape:
    """What was recognised in one file, and what should be looked at."""
    return {
        "source": made.source,
        "format": made.format,
        "layout": made.layout,
        **_lines(made),
        "speakers": [part(each) for each in made.speakers],
        "pairs": made.pairs,
        "words": made.words,
        "unattributed_words": made.nobodys_words,
        "unattributed": list(made.nobodys),
        "timed": made.timed,
        "corrected": made.corrected,
        "warnings": list(made.warnings),
    }


def _lines(told: "Interview | Report") -> Shape:
    return {
        "title": told.title,
        "date": told.date or None,
        "link": told.link or None,
        "recording": told.recording or None,
    }


def part(each: "Part") -> Shape:
    """One speaker with the number of turns and words."""
    return {
        "name": each.name,
        "role": each.role,
        "aliases": list(each.aliases),
        "turns": each.turns,
        "words": each.words,
    }


def speakers(made: "Report", sidecar: Path, correction: "Correction") -> Shape:
    """Who speaks in one interview, what the user corrected of it, and where that is or will be written."""
    return {
        "source": made.source,
        **_lines(made),
        "speakers": [part(each) for each in made.speakers],
        "sidecar": str(sidecar),
        "corrected": {"speakers": dict(correction.speakers), "roles": dict(correction.roles)},
        "warnings": list(made.warnings),
    }


def evaluation(made: "Evaluation") -> Shape:
    """All measures of an evaluation, over all questions and by kind, and every question with its outcome.

    A measure has ``value`` (null where nothing can be counted), ``questions`` (over which it stands), and ``low`` and
    ``high`` (its 95 % interval; null where there is none).
    """
    return {
        "questions": len(made.outcomes),
        "k": made.k,
        "measures": asdict(made.overall),
        "kinds": {kind: asdict(scores) for kind, scores in made.by_kind.items()},
        "reliability": [asdict(each) for each in made.reliability],
        "coverages": [asdict(each) for each in made.coverages],
        "results": [_outcome(outcome) for outcome in made.outcomes],
    }


def already(file: str, same: str) -> Shape:
    """A file that was not added, since an interview there is the same letter for letter."""
    return {"source": file, "same_as": same}


def problem(path: Path, error: ReadError | EmptyCollectionError) -> Shape:
    """A file that could not be read, named as its interview would be, and what to do about it."""
    within = error.path.relative_to(path).as_posix() if path in error.path.parents else error.path.name
    return {"source": within, "error": f"{error.reason}. {error.remedy}"}


def _outcome(outcome: "Outcome") -> Shape:
    """One question with what was wanted and what came; ``rank`` is null where the right passage was not found."""
    wanted, answer = outcome.expected, outcome.answer
    return {
        "id": wanted.id,
        "kind": wanted.kind,
        "question": wanted.question,
        "interviews": list(wanted.interviews),
        "answerable": wanted.answerable,
        "speakers": sorted(wanted.speakers),
        "quotes": [{"source": each.source, "start": each.span.start, "end": each.span.end} for each in wanted.wanted],
        "said": answer.said,
        "named": list(answer.speakers),
        "confidence": round(answer.confidence, 4),
        "rank": outcome.rank or None,
        "missed": outcome.missed,
    }


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


def _origin(hit: Hit, interview: Interview, recording: str) -> Shape:
    """Where and when a quote was said; null where that is not known. ``time`` counts seconds of the recording."""
    return {
        "time": hit.seconds,
        "place": hit.place,
        "title": interview.title or None,
        "date": interview.date or None,
        "link": interview.link or None,
        "recording": recording or None,
        "recording_at": timed_link(recording, hit.seconds) or None,
    }


def _around(hit: Hit, interview: Interview) -> Shape:
    """What stands just before and after a quote; ``losses`` are what it, or its best sentence, would lose alone."""
    from rag.library import guard  # it is heavy, and asking has loaded it

    text = hit.origin.text
    whole, sentence = guard(interview, hit.span), guard(interview, hit.sentence)
    losses = [("quote", loss) for loss in whole.losses]
    losses += [("sentence", loss) for loss in sentence.losses if loss not in whole.losses]
    return {
        "before": _stretch(whole.before, text) if whole.before else None,
        "after": _stretch(whole.after, text) if whole.after else None,
        "losses": [
            {"of": what, "kind": loss.kind, "side": loss.side, **_stretch(loss.words, text)} for what, loss in losses
        ],
    }


def _stretch(span: Span, text: str) -> Shape:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _understood(understood: Understood) -> Shape:
    return {
        "kind": understood.kind,
        "topic": understood.topic,
        "speakers": list(understood.speakers),
        "strangers": list(understood.strangers),
        "excluded": list(understood.excluded),
        "sought": understood.sought,
        "negated": understood.negated,
        "role": understood.role,
    }


def _turn(shown: Interview, turn: Turn) -> Shape:
    said = {"speaker": turn.speaker, "role": turn.role, "text": turn.span.of(shown.source.text)}
    return said | _place(shown, turn.span) | {"time": shown.source.seconds_at(turn.span.start)}


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
    line = shown.source.line_of(span.start) if shown.source.is_the_file else None
    return {"start": span.start, "end": span.end, "line": line}

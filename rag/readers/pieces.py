"""Speech as lists and tables give it, in segments, rows or single words, joined as a person would write it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rag.readers.clocks import Reading, seconds_of, unit_of
from rag.readers.segments import Segment, clean, ends_sentence, in_paragraphs, opening

PAUSE = 2.0
"""Seconds without a word that end a paragraph where no speaker is given."""
MOST_WORDS = 120
"""Words after which such a paragraph ends with its sentence."""

_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\s*")
_CLOSES = re.compile(r"[,.;:!?…%)\]}»”。、，！？]+|['’](?:s|m|re|ve|ll|d|t)|n['’]t", re.IGNORECASE)
_OPENS = re.compile(r"[(\[{«“¿¡$#]+")
_SPACELESS = re.compile("[\u0e00-\u0e7f\u3001-\u30ff\u3400-\u9fff\uff01-\uffef]")
_FEW_WORDS = 4
_MOSTLY = 0.8
_SENTENCES = 0.6
_SPOKEN_FOR = 10.0
_SHORT_RUN = 3
_BARE = re.compile(r"[0-9]{1,3}|[A-Za-z]")


@dataclass(frozen=True, slots=True)
class Piece:
    """What one entry of a list or row of a table holds, as it stands there; ``speaker`` is empty for none."""

    text: str
    speaker: str = ""
    start: Reading | None = None
    end: Reading | None = None
    where: str = ""


def labels_of(speakers: Iterable[str], *, letters: bool = True) -> dict[str, str]:
    """The label for each speaker that a file names: a bare number, or a bare letter, is no name ("Speaker 0").

    Letters stay as they are where one of them is Q, for question.
    """
    speakers = set(speakers)
    letters = letters and not speakers & {"Q", "q"}
    return {
        speaker: f"Speaker {speaker}"
        if _BARE.fullmatch(speaker) and (letters or speaker.isdigit())
        else clean(speaker).rstrip(": ")
        for speaker in speakers
    }


def word_by_word(pieces: Sequence[Piece]) -> bool:
    """Whether pieces are single words rather than something said."""
    filled = [words for piece in pieces if (words := piece.text.strip())]
    single = sum(1 for words in filled if len(words.split(maxsplit=1)) == 1)
    sentences = sum(1 for words in filled if ends_sentence(words))
    return single >= _MOSTLY * len(filled) and sentences <= _SENTENCES * len(filled)


def letters_in(pieces: Iterable[Piece]) -> int:
    """How many characters other than spaces the pieces hold."""
    return sum(len(part) for piece in pieces for part in piece.text.split())


def joined(
    pieces: Sequence[Piece], *, continues: bool, apart: bool = False, milliseconds: bool = False
) -> list[Segment]:
    """Pieces as segments that can be laid out.

    A piece without speaker among others with one goes on with the speaker before it if the format ``continues``,
    else it is nobody's.
    Pieces ``apart`` are paragraphs each; times without unit may be known to be ``milliseconds``.
    """
    wordwise = word_by_word(pieces)
    times = (time for piece in pieces for time in (piece.start, piece.end))
    unit = 0.001 if milliseconds else unit_of(times, letters_in(pieces))
    segments: Iterable[Segment] = _segments(pieces, unit, wordwise)
    if apart and not wordwise:
        segments = [replace(segment, opens=True) for segment in segments]
    if any(piece.speaker for piece in pieces):
        segments = _attributed(list(segments), continues=continues, most=_SHORT_RUN if wordwise else 0)
    else:
        segments = in_paragraphs(_by_labels(segments), pause=PAUSE, most_words=MOST_WORDS)
    return _thinned(list(segments))


def _segments(pieces: Iterable[Piece], unit: float, wordwise: bool) -> Iterator[Segment]:
    """Segments with the white space between them made out, and a further one for each paragraph within a piece."""
    pieces = list(pieces)
    spaces = sum(1 for piece in pieces if piece.text[:1].isspace() or piece.text[-1:].isspace())
    spaced = wordwise and 4 * spaces > len(pieces)
    before = " "
    for piece in pieces:
        start, end = seconds_of(piece.start, unit), seconds_of(piece.end, unit)
        paragraphs = [words for part in _BLANK_LINE.split(piece.text) if (words := clean(part))]
        for at, words in enumerate(paragraphs):
            glued = not at and _glued(before, piece.text, spaced)
            where = piece.where if not at else ""
            begins = start if not at else None
            yield Segment(words, piece.speaker, start=begins, end=end, where=where, opens=at > 0, glued=glued)
        before = piece.text if paragraphs else f"{before} "


def _glued(before: str, after: str, spaced: bool) -> bool:
    """Whether no space stands between two pieces; in a ``spaced`` file they bring their spaces with them."""
    if before[-1:].isspace() or after[:1].isspace():
        return False
    if (spaced and " " not in after) or _CLOSES.fullmatch(after.rstrip()) or _OPENS.fullmatch(before.lstrip()):
        return True
    return bool(_SPACELESS.match(before[-1:]) and _SPACELESS.match(after[:1]))


def _attributed(segments: Sequence[Segment], *, continues: bool, most: int) -> Iterator[Segment]:
    """Speakers for the segments without one: the one before, or nobody; up to ``most`` at a time always go on."""
    speaker = ""
    for without, run in groupby(segments, key=lambda segment: not segment.speaker):
        group = list(run)
        if not without:
            speaker = group[-1].speaker
            yield from group
            continue
        goes_on = bool(speaker) and (continues or len(group) <= most or not any(map(_is_said, group)))
        yield from (replace(segment, speaker=speaker if goes_on else "", nobody=not goes_on) for segment in group)


def _is_said(segment: Segment) -> bool:
    return any(character.isalnum() for character in segment.words)


def _by_labels(segments: Iterable[Segment]) -> Iterator[Segment]:
    """Open a paragraph where the words themselves begin with a label or a sign that the speaker changes."""
    for segment in segments:
        found = opening(segment.words)
        opens = bool(found.words and (found.name or found.sign.startswith(">")))
        yield replace(segment, opens=True) if opens else segment


def _thinned(segments: Sequence[Segment]) -> list[Segment]:
    """Where segments are few words each, only those that begin a turn, a sentence or ten seconds keep their time."""
    if sum(segment.words.count(" ") + 1 for segment in segments) > _FEW_WORDS * len(segments):
        return list(segments)
    kept: list[Segment] = []
    told = float("-inf")
    for segment in segments:
        before = kept[-1] if kept else None
        begins = before is None or segment.opens or segment.voice != before.voice or ends_sentence(before.words)
        if begins or (segment.start is not None and segment.start - told >= _SPOKEN_FOR):
            told = segment.start if segment.start is not None else told
            kept.append(segment)
        else:
            kept.append(replace(segment, start=None, where=""))
    return kept

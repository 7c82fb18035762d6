"""JSON transcripts: Whisper and its kin, Podcasting 2.0, speech services, editors, and lists of the same shape.

The speech is found by the names of the fields that hold words, speakers and times, not by the maker of the file.
Where a file gives no speaker, none is invented.
Formats: https://github.com/Podcastindex-org/podcast-namespace (transcripts); the services' own documentation.
"""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path

from rag.errors import ReadError
from rag.readers.about import stated_by
from rag.readers.layers import speech
from rag.readers.pieces import Piece, joined, labels_of
from rag.readers.plain import decode
from rag.readers.segments import lay_out, visible
from rag.source import Moment, Stated, Transcript

Top = Mapping[str, object]

_REMEDY = "Export the transcript again, or save its words as a .txt file."
_EXPECTED = 'Expected is a list of segments, each with "text" and, if known, "speaker" and "start".'
_MARKUP = re.compile(r"<(?:p|br|div|span|b|i|em|strong)\b[^<>]*>", re.IGNORECASE)
_STAMP = re.compile(r"<span[^<>]*data-timestamp=[\"']?([0-9]{1,6}(?:\.[0-9]{1,9})?)[^<>]*>[^<>]*</span>", re.IGNORECASE)
_LINE_TAG = re.compile(r"<br\b[^<>]*>|</(?:p|div|h[1-6]|li)\s*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n{3,}")


def _has(data: object, *keys: str) -> bool:
    return isinstance(data, dict) and all(key in data for key in keys)


def _first(top: Top, key: str) -> object:
    found = top.get(key)
    return found[0] if isinstance(found, list) and found else None


_KINDS: tuple[tuple[str, Callable[[Top], bool]], ...] = (
    ("Podcasting 2.0 JSON", lambda top: _has(_first(top, "segments"), "body")),
    ("whisper.cpp JSON", lambda top: _has(_first(top, "transcription"), "offsets")),
    ("WhisperX JSON", lambda top: "word_segments" in top),
    ("Whisper JSON", lambda top: _has(_first(top, "segments"), "text") and ("language" in top or "text" in top)),
    ("AssemblyAI JSON", lambda top: "audio_url" in top and ("utterances" in top or "words" in top)),
    ("Deepgram JSON", lambda top: _has(top.get("results"), "channels")),
    ("Amazon Transcribe JSON", lambda top: _has(top.get("results"), "transcripts")),
    ("Azure Speech JSON", lambda top: "recognizedPhrases" in top or "combinedPhrases" in top),
    ("Google Speech JSON", lambda top: _has(_first(top, "results"), "alternatives")),
    ("Rev.ai JSON", lambda top: "monologues" in top),
    ("oTranscribe JSON", lambda top: "media-time" in top),
)


def read_data(content: bytes, path: Path) -> Transcript:
    """Read a JSON transcript, or one with a JSON value on each line; a moment stands at each segment or sentence.

    Raises:
        ReadError: the file is no text or no JSON, a time in it is no number, or no words are found in it.
    """
    data = _loaded(decode(content, path), path)
    top: Top = data if isinstance(data, dict) else {}
    kind = next((name for name, fits in _KINDS if fits(top)), "JSON transcript")
    try:
        pieces = speech(data)
    except ValueError as error:
        raise ReadError(path, f"one of its times is no number ({error})", _REMEDY) from error
    if kind == "Google Speech JSON":
        pieces = [piece for piece in pieces if piece.speaker] or pieces
    stated = stated_by(top)
    if len(pieces) == 1 and not pieces[0].speaker:
        read = _document(pieces[0], kind, stated)
    else:
        read = _conversation(pieces, kind, stated)
    if not read.text.strip():
        raise ReadError(path, f"no words were found in it ({_shape(data)})", _EXPECTED)
    return read


def _loaded(text: str, path: Path) -> object:
    """The value that a text holds, or the values of its lines."""
    if not text.strip():
        raise ReadError(path, "the file is empty", "Export the transcript again, or remove the file.")
    lines = [line for line in text.split("\n") if line.strip()]
    try:
        if len(lines) > 1 and path.suffix.casefold() in (".jsonl", ".ndjson"):
            return [json.loads(line) for line in lines]
        whole = json.loads(text)
        return [whole] if path.suffix.casefold() in (".jsonl", ".ndjson") else whole
    except RecursionError as error:
        raise ReadError(path, "its lists and objects are nested too deep", _REMEDY) from error
    except ValueError as error:
        values = _values(lines)
        if values is None:
            raise ReadError(path, f"it is not valid JSON ({_fault(error)})", _REMEDY) from error
        return values


def _fault(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}, column {error.colno}: {error.msg}"
    return "a number in it is too long"


def _values(lines: Sequence[str]) -> list[object] | None:
    """One value a line, in a file that is called .json all the same; none where a line is no value."""
    try:
        return [json.loads(line) for line in lines] if len(lines) > 1 else None
    except (ValueError, RecursionError):
        return None


def _conversation(pieces: Sequence[Piece], kind: str, stated: Stated) -> Transcript:
    """Pieces with the names that the file's map of speakers gives them, laid out."""
    speakers = {piece.speaker for piece in pieces if piece.speaker}
    names = {form: name for form, name in stated.forms if form in speakers}
    labels = labels_of(speakers) | names
    named = [replace(piece, speaker=labels.get(piece.speaker, "")) for piece in pieces]
    continues, milliseconds = kind == "Podcasting 2.0 JSON", kind == "AssemblyAI JSON"
    segments = joined(named, continues=continues, milliseconds=milliseconds)
    return lay_out(segments, kind=kind, stated=replace(stated, forms=tuple(sorted(names.items()))))


def _document(piece: Piece, kind: str, stated: Stated) -> Transcript:
    """A whole transcript in one text, with its lines as they stand, and without its mark-up if it has any."""
    if not _MARKUP.search(piece.text):
        return Transcript(_lines(piece.text).strip(), kind, stated=stated)
    moments = []
    first, *stamped = _STAMP.split(piece.text)
    parts = [_words(first).lstrip()]
    length = len(parts[0])
    for seconds, words in zip(stamped[::2], stamped[1::2], strict=True):
        parts.append(_words(words))
        moments.append(Moment(length, float(seconds)))
        length += len(parts[-1])
    text = "".join(parts).rstrip()
    told = tuple(moment for moment in moments if moment.offset < len(text))
    return Transcript(text, kind, moments=told, stated=stated)


def _words(markup: str) -> str:
    return _lines(unescape(_TAG.sub("", _LINE_TAG.sub("\n\n", markup)))).replace("\xa0", " ")


def _lines(text: str) -> str:
    lines = visible(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _BLANK_LINES.sub("\n\n", "\n".join(line.rstrip() for line in lines))


def _shape(data: object) -> str:
    """What a file holds at its top, in a person's words."""
    if isinstance(data, dict):
        return "it holds " + (", ".join(ascii(key)[:40] for key in list(data)[:8]) or "nothing")
    return f"it is a list of {len(data)}" if isinstance(data, list) else "it is a single value"

"""Quotes as data (JSON, RFC 8259), in UTF-8: every character exact, with offsets and the hash of the file.

``start`` and ``end`` count Unicode code points of the interview as text; ``sha256`` is that of the file's bytes.
"""

import json
from collections.abc import Sequence

from rag.exports.entries import Entry

Shape = dict[str, object]


def write_data(entries: Sequence[Entry]) -> bytes:
    """One object that holds all ``quotes``; what is not known is null."""
    return json.dumps({"quotes": [_entry(entry) for entry in entries]}, ensure_ascii=False, indent=2).encode() + b"\n"


def _entry(entry: Entry) -> Shape:
    return {
        "number": entry.number,
        "id": entry.kept.name,
        "words": entry.words,
        "speaker": entry.speaker or None,
        "interview": entry.title or None,
        "date": entry.date or None,
        **_found(entry),
        "printed": entry.printed,
        "in_collection": entry.quote is not None,
        "note": entry.kept.note or None,
        "permalink": entry.link or None,
    }


def _found(entry: Entry) -> Shape:
    quote = entry.quote
    return {
        "role": quote.role if quote and quote.aloud else None,
        "question": entry.question or None,
        "file": entry.file or None,
        "sha256": quote.origin.sha256 if quote else None,
        "start": quote.span.start if quote else None,
        "end": quote.span.end if quote else None,
        "line": quote.line if quote else None,
        "place": quote.place if quote else None,
        "seconds": quote.seconds if quote else None,
    }

"""Plain text and Markdown: the text of the file is the source, character for character.

Decoding is pinned: UTF-16 where its byte-order mark says so, else UTF-8, else windows-1252.
A byte-order mark is no character of the text; line ends stay as they are.
"""

import codecs
import hashlib
import re
from pathlib import Path

from rag.errors import ReadError
from rag.records import Source

LARGEST_FILE = 64 * 2**20
"""Bytes; a longer text is no interview (it would be some ten million words)."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_REMEDY = "Save it as plain text in UTF-8."


def read_plain(name: str, path: Path) -> Source:
    """Read a text file.

    Raises:
        ReadError: the file is unreadable, too large, empty or not text.
    """
    content = _content(path)
    text = decode(content, path)
    if not text.strip():
        raise ReadError(path, "the file is empty", "Put the interview's text into it or remove it.")
    return Source(name, text, hashlib.sha256(content).hexdigest())


def decode(content: bytes, path: Path) -> str:
    """The text of ``content``; ``path`` is only for the error's sake.

    Raises:
        ReadError: the bytes are no text in any of the encodings.
    """
    text = _decoded(content)
    if text is None or len(_CONTROL.findall(text)) > len(text) // 1000:
        raise ReadError(path, "the file is not text (binary content)", _REMEDY)
    return text


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise ReadError(path, f"the file is larger than {LARGEST_FILE >> 20} MB", "Split it into its interviews.")
        return path.read_bytes()
    except OSError as error:
        raise ReadError(path, f"the file cannot be read ({error.strerror})", "Check its permissions.") from error


def _decoded(content: bytes) -> str | None:
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "windows-1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None

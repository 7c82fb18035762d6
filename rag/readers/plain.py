"""Plain text and Markdown: the text of the file is the source, character for character.

Decoding is pinned: UTF-16 where its byte-order mark says so, else UTF-8, else windows-1252.
A byte-order mark is no character of the text; line ends stay as they are.
"""

import codecs
import re
from pathlib import Path

from rag.errors import ReadError
from rag.readers.frontmatter import find_front_matter
from rag.source import Mark, Span, Transcript

LARGEST_FILE = 64 * 2**20
"""Bytes; a longer text is no interview (it would be some ten million words)."""

_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_REMEDY = "Save it as plain text in UTF-8."


def read_plain(content: bytes, path: Path) -> Transcript:
    """The text of a plain or Markdown file, with what its front matter states; ``path`` is for the error's sake.

    Raises:
        ReadError: the bytes are no text.
    """
    text = decode(content, path)
    end, stated = find_front_matter(text)
    marks = (Mark("matter", Span(0, end)),) if end else ()
    kind = "Markdown" if path.suffix.casefold() in (".md", ".markdown") else "plain text"
    return Transcript(text, kind, marks, stated=stated)


def decode(content: bytes, path: Path) -> str:
    """The text of ``content``; ``path`` is only for the error's sake.

    Raises:
        ReadError: the bytes are no text in any of the encodings.
    """
    text = _decoded(content)
    if text is None or len(_CONTROL.findall(text)) > len(text) // 1000:
        raise ReadError(path, "the file is not text (binary content)", _REMEDY)
    return text


def _decoded(content: bytes) -> str | None:
    marked = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "windows-1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None

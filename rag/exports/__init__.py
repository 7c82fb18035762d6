"""Collected quotes as a file to work on: Markdown, a Word document, a table (CSV), or data (JSON).

>>> from rag import Library  # doctest: +SKIP
>>> from rag.exports import Kept, export  # doctest: +SKIP
>>> library = Library.open("seeds")  # doctest: +SKIP
>>> hits = library.ask("who talks about unlearning?").hits  # doctest: +SKIP
>>> document = export(library, [Kept(hit.id) for hit in hits], "docx")  # doctest: +SKIP
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.exports.data import write_data
from rag.exports.entries import Entry, Kept, look_up
from rag.exports.markdown import write_markdown
from rag.exports.tables import write_table
from rag.exports.word import write_word

if TYPE_CHECKING:
    from rag.library import Library

__all__ = ["FORMATS", "Format", "Kept", "export"]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its media type (RFC 6838), and what writes it."""

    media_type: str
    write: Callable[[Sequence[Entry]], bytes]


FORMATS: Mapping[str, Format] = {
    "docx": Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", write_word),
    "md": Format("text/markdown; charset=utf-8", write_markdown),
    "csv": Format("text/csv; charset=utf-8", write_table),
    "json": Format("application/json", write_data),
}
"""By the endings of their files."""


def export(library: "Library | None", kept: Sequence[Kept], ending: str, *, page: str = "") -> bytes:
    """The content of a file with these quotes, in this order; their words are cut anew from the interviews.

    A quote that is not in the collection any more, with these words, is exported as it was collected, and marked so.

    Args:
        library: the collection; none where no interview is left in it.
        kept: the quotes by their names, with notes.
        ending: one of ``FORMATS``.
        page: the address of the page, for links to the quotes; no links without it.

    Raises:
        KeyError: there is no such format.
    """
    return FORMATS[ending].write(look_up(library, kept, page))

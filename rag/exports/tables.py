"""Quotes as a table (CSV, RFC 4180), in UTF-8 with a byte-order mark, by which Excel knows it.

A program that opens the table would take a cell for a formula that begins with ``=``, ``+``, ``-`` or ``@``, or with a
tab or a line break before one of them. Such a cell gets an apostrophe before it, which these programs take for "text";
so does a cell that begins with apostrophes before one of them. Whoever wants the exact characters takes away the first
apostrophe of cells that begin so, or takes the JSON.
"""

import csv
import io
import re
from collections.abc import Sequence

from rag.exports.entries import Entry
from rag.wording import clock

COLUMNS = (
    "number", "words", "speaker", "role", "question", "interview", "file", "date", "line", "place", "time", "printed",
    "in the collection", "note", "permalink", "id",
)  # fmt: skip
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""How a cell begins that could be taken for a formula; the last four are those of East Asian keyboards."""

Cell = str | int | None


def write_table(entries: Sequence[Entry]) -> bytes:
    """The quotes as rows under a row of names."""
    table = io.StringIO(newline="")
    rows = csv.writer(table)
    rows.writerow(COLUMNS)
    rows.writerows([_defused(cell) for cell in _row(entry)] for entry in entries)
    return table.getvalue().encode("utf-8-sig")


def _row(entry: Entry) -> tuple[Cell, ...]:
    quote = entry.quote
    return (
        entry.number,
        entry.words,
        entry.speaker,
        quote.role if quote and quote.aloud else "",
        entry.question,
        entry.title,
        entry.file,
        entry.date,
        quote.line if quote else None,
        quote.place if quote else None,
        clock(quote.seconds) if quote and quote.seconds is not None else None,
        "yes" if entry.printed else "no",
        "yes" if quote else "no",
        entry.kept.note,
        entry.link,
        entry.kept.name,
    )


def _defused(cell: Cell) -> Cell:
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell

"""Tables of turns (.csv, .tsv): a row for each turn, question, sentence or word.

Columns are known by their heading, in several languages; without headings one column of names and one of words is
enough.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import StringIO
from pathlib import Path

from rag.errors import ReadError
from rag.readers.about import plain_key, stated_by
from rag.readers.clocks import read_time
from rag.readers.pieces import Piece, joined, labels_of
from rag.readers.plain import decode
from rag.readers.segments import clean, ends_sentence, lay_out
from rag.source import Transcript

_ROLES = {
    "question": "question questions frage fragen pregunta demande domanda pergunta",
    "answer": "answer answers response antwort antworten respuesta réponse reponse risposta resposta",
    "speaker": "speaker speakername speakerlabel spokenby saidby who participant name voice person interlocutor "
    "interlocutora interlocuteur interlocutrice sprecher sprecherin person sprechende hablante orador oradora "
    "locuteur locutrice intervenant persona parlante falante nom nombre nome character author from user speakerid "
    "interviewee respondent role rolle",
    "text": "text transcript transcription utterance content words message said speech quote body dialogue dialog "
    "sentence verbatim caption line statement word response comment texte texto testo tekst äußerung aussage "
    "transkript énoncé enonce paroles contenu contenido inhalt parola mot wort palabra",
    "start": "start starttime startms starts timestart timecode timestamp begin begintime timein in from tmin offset "
    "time ts tc beginn anfang zeit debut début inicio inizio tempo hora heure",
    "end": "end endtime endms ends timeend timeout stop to out tmax ende fin fine fim",
}
"""Headings of columns in small letters without spaces, those that say most first."""
_RANKS = {role: {name: rank for rank, name in enumerate(names.split())} for role, names in _ROLES.items()}
_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 2**16
_HEAD = 12
"""Filled rows at the top of a table among which its headings stand."""
_MOST_COLUMNS = 40
_LONGEST_NAME = 60
_FEWEST_WORDS = 2.5
_NUMBER = re.compile(r"[\W\d_]*")
_EXPECTED = 'Give the column with the words the heading "text" and, if there is one, that with the names "speaker".'


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, and its number in the file, counted from 1 as spreadsheets do."""

    number: int
    cells: Sequence[str]

    def cell(self, column: int | None) -> str:
        """The text of one column; empty where the row is too short or the table has no such column."""
        return self.cells[column] if column is not None and column < len(self.cells) else ""

    def goes_beyond(self, width: int) -> bool:
        """Whether something stands in a cell beyond so many."""
        return any(cell.strip() for cell in self.cells[width:])


@dataclass(frozen=True, slots=True)
class Table:
    """Which column stands for what, counted from 0, and under which heading; how many there are; the rows.

    The rows ``above`` the headings are a title, or names with values.
    """

    columns: dict[str, int]
    headings: dict[str, str]
    width: int
    rows: Sequence[Row]
    above: Sequence[Row] = ()

    @property
    def too_wide(self) -> list[Row]:
        """The rows that have more filled cells than there are columns."""
        return [row for row in self.rows if row.goes_beyond(self.width)]

    def closed(self, delimiter: str) -> "Table":
        """The table with what stands beyond the last column put back into it, if that column holds the words.

        So it is where commas in a sentence were not put into quotation marks.
        """
        last = self.width - 1
        if last not in (self.columns.get("text"), self.columns.get("answer")):
            return self
        rows = [
            Row(row.number, [*row.cells[:last], delimiter.join(row.cells[last:])])
            if row.goes_beyond(self.width)
            else row
            for row in self.rows
        ]
        return replace(self, rows=rows)


def read_table(content: bytes, path: Path) -> Transcript:
    """Read a table of turns; each row keeps its place ("row 17"), and its time if it has one.

    Raises:
        ReadError: the file is no text or no table, or no column of it holds what is said.
    """
    text = decode(content, path).replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise ReadError(path, "the file is empty", "Export the table again, or remove the file.")
    delimiter, text = _delimiter(text, path)
    rows, warnings = _whole_rows(text, delimiter, path)
    table = _table(rows, path).closed(delimiter)
    if wide := table.too_wide:
        warnings += (f"rows with more cells than there are headings: {len(wide)}, the first is row {wide[0].number}",)
    pieces = _pieces(table)
    if not any(clean(piece.text) for piece in pieces):
        raise ReadError(path, "the rows below its headings hold no words", _EXPECTED)
    continues = 2 * sum(1 for piece in pieces if not piece.speaker) > len(pieces)
    segments = joined(pieces, continues=continues, apart=True)
    kind = "TSV table" if delimiter == "\t" else "CSV table"
    return lay_out(segments, kind=kind, stated=stated_by(_head(table.above)), warnings=warnings)


def _delimiter(text: str, path: Path) -> tuple[str, str]:
    """What stands between cells, and the text without the line by which Excel says so."""
    first, _, rest = text.partition("\n")
    if first.casefold().startswith("sep=") and len(first) == 5 and first[4] in _DELIMITERS:
        return first[4], "\n" + rest
    if path.suffix.casefold() == ".tsv" and "\t" in text:
        return "\t", text
    sample = text[:_SAMPLE]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(sample, delimiter)), text


def _evenness(sample: str, delimiter: str) -> tuple[bool, float]:
    """Whether the table has known headings with this delimiter, and the share of rows with equally many cells."""
    try:
        rows = [row for row in _rows(sample, delimiter, quoted=True) if any(row.cells)]
    except csv.Error:
        return False, 0.0
    widths = Counter(len(row.cells) for row in rows)
    width, count = widths.most_common(1)[0] if widths else (1, 0)
    headed = any(len(_headings(row.cells)) > 1 for row in rows[:_HEAD])
    return headed, count / len(rows) if width > 1 else 0.0


def _whole_rows(text: str, delimiter: str, path: Path) -> tuple[list[Row], tuple[str, ...]]:
    """All rows, with a warning where a quotation mark that is never closed would swallow some of them."""
    try:
        rows = _rows(text, delimiter, quoted=True)
        if text.count('"') % 2 == 0 or not any(_swallows(cell, delimiter) for row in rows for cell in row.cells):
            return rows, ()
        return _rows(text, delimiter, quoted=False), ("a quotation mark is not closed, so each line is read as a row",)
    except csv.Error as error:
        raise ReadError(path, f"it is no table ({error})", "Export it again as CSV in UTF-8.") from error


def _rows(text: str, delimiter: str, *, quoted: bool) -> list[Row]:
    """Rows by the marks that quote their cells or line by line, blank ones too; a cell may be as long as the file."""
    csv.field_size_limit(max(csv.field_size_limit(), len(text) + 1))
    if quoted:
        lines = csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=f'{delimiter} "' in text)
        return [Row(number, cells) for number, cells in enumerate(lines, start=1)]
    return [Row(number, _cells(line, delimiter)) for number, line in enumerate(text.split("\n"), start=1)]


def _cells(line: str, delimiter: str) -> list[str]:
    """The cells of one line; where its quotation marks do not pair, they are characters as any other."""
    if line.count('"') % 2:
        return line.split(delimiter)
    return next(csv.reader([line], delimiter=delimiter), [])


def _swallows(cell: str, delimiter: str) -> bool:
    """Whether a cell holds further rows, as the cell with a quotation mark that is never closed does."""
    lines = cell.count("\n")
    return lines > 2 and cell.count(delimiter) >= lines - 1


def _headings(cells: Sequence[str]) -> dict[str, list[int]]:
    """The columns that each role could be taken from, those whose heading says most first."""
    keys = [plain_key(cell) for cell in cells]
    found = {
        role: sorted((at for at, key in enumerate(keys) if key in ranks), key=lambda at: (ranks[keys[at]], at))
        for role, ranks in _RANKS.items()
    }
    return {role: columns for role, columns in found.items() if columns}


def _table(rows: Sequence[Row], path: Path) -> Table:
    """The columns by their headings, else by what stands in them."""
    filled = [row for row in rows if any(cell.strip() for cell in row.cells)]
    for at, row in enumerate(filled[:_HEAD]):
        found = _headings(row.cells)
        if ("text" in found or {"question", "answer"} <= found.keys()) and _heads(row, found):
            below = filled[at + 1 :]
            columns = _chosen(found, below)
            headings = {role: plain_key(row.cell(column)) for role, column in columns.items()}
            return Table(columns, headings, _width(row), below, filled[:at])
    guessed = _guessed(filled)
    if guessed is None:
        shown = ", ".join(ascii(cell.strip())[:40] for cell in (filled[0].cells[:8] if filled else ()))
        raise ReadError(path, f"no column with what is said was found (its columns are {shown})", _EXPECTED)
    return guessed


def _width(row: Row) -> int:
    """How many columns a row has, without empty ones at its end."""
    return max((at for at, cell in enumerate(row.cells, start=1) if cell.strip()), default=0)


def _heads(row: Row, found: dict[str, list[int]]) -> bool:
    """Whether a row is one of headings: more than one is known, or it holds nothing else."""
    return len(found) > 1 or sum(1 for cell in row.cells if cell.strip()) <= 2


def _chosen(found: dict[str, list[int]], rows: Sequence[Row]) -> dict[str, int]:
    """One column a role; of several for the words, the one that holds most."""
    if not {"question", "answer"} <= found.keys():
        found = {role: columns for role, columns in found.items() if role not in ("question", "answer")}
    if "text" in found:
        lengths = {at: sum(len(row.cell(at)) for row in rows) for at in found["text"]}
        found["text"] = sorted(found["text"], key=lambda at: -lengths[at])
    return {role: columns[0] for role, columns in found.items()}


def _guessed(rows: Sequence[Row]) -> Table | None:
    """A table without known headings: one column of long texts, and left of it one of short texts that recur."""
    width = Counter(map(_width, rows)).most_common(1)[0][0] if rows else 0
    columns = [[row.cell(at).strip() for row in rows] for at in range(min(width, _MOST_COLUMNS))]
    text = max(range(len(columns)), key=lambda at: sum(map(len, columns[at])), default=0)
    name = next((at for at in range(text) if _recur(columns[at])), None)
    if name is None or sum(len(cell.split()) for cell in columns[text]) < _FEWEST_WORDS * len(rows):
        return None
    timed = [at for at, column in enumerate(columns) if 2 * sum(map(_is_time, column)) > len(rows)]
    headed = columns[name].count(columns[name][0]) == 1 and _is_heading(columns[text][0])
    found = {"speaker": name, "text": text} | dict(zip(("start", "end"), timed, strict=False))
    return Table(found, {}, width, rows[headed:])


def _recur(column: Sequence[str]) -> bool:
    """Whether a column holds names: short, no mere numbers, and fewer than there are rows."""
    filled = [cell for cell in column if cell]
    short = all(len(cell) <= _LONGEST_NAME for cell in filled)
    return short and 0 < len(set(filled)) < len(filled) and not any(_NUMBER.fullmatch(cell) for cell in filled)


def _is_time(cell: str) -> bool:
    return ":" in cell and read_time(cell) is not None


def _is_heading(cell: str) -> bool:
    return len(cell.split()) <= 3 and not ends_sentence(cell)


def _pieces(table: Table) -> list[Piece]:
    """What each row says; a row of a question and an answer says both, the answer by its speaker if one is named."""
    pieces = [piece for row in table.rows for piece in _said(row, table)]
    labels = labels_of((piece.speaker for piece in pieces if piece.speaker), letters=False)
    return [replace(piece, speaker=labels.get(piece.speaker, "")) for piece in pieces]


def _said(row: Row, table: Table) -> Iterator[Piece]:
    columns = table.columns
    start, end = (read_time(row.cell(columns.get(at)), table.headings.get(at, "")) for at in ("start", "end"))
    speaker = clean(row.cell(columns.get("speaker")))
    says = [(speaker, "text")] if "question" not in columns else [("Q", "question"), (speaker or "A", "answer")]
    for name, role in says:
        words = row.cell(columns.get(role))
        if clean(words):
            yield Piece(words, name, start, end, where=f"row {row.number}")
            start = None


def _head(above: Sequence[Row]) -> dict[str, object]:
    """What the rows above the headings say: a title alone in its row, or a name and its value."""
    entries: dict[str, object] = {}
    for row in above:
        filled = [cell for cell in row.cells if cell.strip()]
        if len(filled) == 1:
            entries.setdefault("title", filled[0])
        elif len(filled) == 2:
            entries.setdefault(filled[0].strip(" :"), filled[1])
    return entries

"""Tables in documents: a conversation whose speakers stand in a column of their own, or any other table.

In a table of turns one column holds names, which are short and recur, and one the words; columns of times may stand
beside them. Such a row becomes ``00:01 Name: words``. Columns that only count the rows are left out.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain

from rag.readers.composing import Composition, Gap, only_times

LONGEST_NAME = 60
"""Characters; what is longer is no speaker's name."""
_MOST = 0.8
"""The share of a column's filled cells that must be what the column is taken for."""
_SHORT_WORDS = 10
"""Characters; where the cells of the longest column have fewer on average, a table holds no conversation."""
_HEADINGS = frozenset({"speaker", "speakers", "name", "who", "participant", "person", "sprecher", "intervenant"})
"""What stands above a column of names, in small letters."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text with single spaces, how many paragraphs it holds, and what adds it to a composition."""

    text: str
    paragraphs: int
    write: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Columns:
    """Where names, words and times stand in a table of turns, counted from 0."""

    name: int
    words: int
    times: tuple[int, ...]


def is_name(text: str) -> bool:
    """Whether this could be how a speaker is called: short, with a letter, and no sentence."""
    return 0 < len(text) <= LONGEST_NAME and any(map(str.isalpha, text)) and text[-1] not in "?!;"


def find_columns(rows: Sequence[Sequence[str]]) -> Columns | None:
    """The columns of a table of turns; none if the table holds something else."""
    width, of_this_width = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
    if not 2 <= width <= 6 or of_this_width < _MOST * len(rows):
        return None
    even = [row for row in rows if len(row) == width]
    titled = any(map(_is_title, even[0]))
    sure = any(
        _is_title(cell) and cell.strip(" :").casefold() != "name" for cell in even[0]
    )  # so begins a profile, too
    columns = [[row[at] for row in even[titled:] if row[at]] for at in range(width)]
    words = max(range(width), key=lambda at: (sum(map(len, columns[at])), at))
    times = tuple(at for at in range(width) if _mostly(only_times, columns[at]))
    names = [at for at in range(width) if at not in (words, *times) and not _mostly(_counts, columns[at])]
    if len(names) != 1 or names[0] > words or not _are_names(columns[names[0]], recur=not sure):
        return None
    if not titled and sum(map(len, columns[words])) < _SHORT_WORDS * len(columns[words]):
        return None
    return Columns(names[0], words, times)


def write_table(composition: Composition, rows: Sequence[Sequence[Cell]]) -> None:
    """Add a table: as turns, else row by row with tabs, or as paragraphs where a cell holds several."""
    columns = find_columns([[cell.text for cell in row] for row in rows])
    whole = columns is None and any(cell.paragraphs > 1 for cell in chain.from_iterable(rows))
    for number, row in enumerate(rows):
        if number:
            composition.hold(Gap.PARAGRAPH if columns or whole else Gap.LINE)
        titles = number == 0 and any(_is_title(cell.text) for cell in row)
        if columns and not titles and len(row) > max(columns.name, columns.words):
            _write_turn(composition, row, columns)
        else:
            _write_row(composition, row, Gap.PARAGRAPH if whole else Gap.TAB)
    composition.hold(Gap.PARAGRAPH)


def _write_turn(composition: Composition, row: Sequence[Cell], columns: Columns) -> None:
    name, words = row[columns.name], row[columns.words]
    for at in columns.times:
        if at < len(row) and row[at].text:
            composition.write(row[at].text)
            composition.hold(Gap.SPACE)
    if is_name(name.text) and words.text:
        composition.name(name.text)
    elif name.text:
        name.write()
        composition.hold(Gap.TAB)
    words.write()


def _write_row(composition: Composition, row: Sequence[Cell], between: Gap) -> None:
    filled = [cell for cell in row if cell.text]
    for number, cell in enumerate(filled):
        if number:
            composition.hold(between)
        cell.write()


def _are_names(column: Sequence[str], *, recur: bool) -> bool:
    """Whether a column holds speakers: fewer different names than cells, unless its heading says so already."""
    different = {name.strip(" :").casefold() for name in column}
    return _mostly(is_name, column) and (len(different) < len(column) or not recur)


def _is_title(text: str) -> bool:
    return text.strip(" :").casefold() in _HEADINGS


def _mostly(test: Callable[[str], bool], column: Sequence[str]) -> bool:
    return bool(column) and sum(map(test, column)) >= _MOST * len(column)


def _counts(text: str) -> bool:
    return text.strip(" .)#").isdecimal()

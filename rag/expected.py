"""Questions with what should be found for each: as a file states them, and where in a collection that stands.

The file has one JSON object on each line.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rag.errors import ReadError, UnknownNameError
from rag.folded import Folded, flatten
from rag.library import Library
from rag.records import UNKNOWN_SPEAKER, Hit, Span

EXAMPLE = '{"question": "who talks about rivers?", "speakers": ["Ann Lee"], "quotes": ["beside a river"]}'
FIELDS = ("question", "id", "kind", "speakers", "quotes", "interviews", "answerable", "note")
"""All that a line can hold; ``note`` is for its author and is not read."""
_SPAN = ("source", "start", "end")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file, for saying what is wrong with it."""

    path: Path
    number: int

    def wrong(self, reason: str, remedy: str) -> ReadError:
        """The error that names the file and the line."""
        return ReadError(self.path, f"line {self.number}: {reason}", remedy)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters of one source that should be found."""

    source: str
    span: Span

    def is_in(self, hit: Hit) -> bool:
        """Whether a hit shares at least half of the quote, or half of the hit where that is the shorter one."""
        shared = min(self.span.end, hit.span.end) - max(self.span.start, hit.span.start)
        shorter = min(self.span.end - self.span.start, hit.span.end - hit.span.start)
        return self.source == hit.source and 2 * shared >= shorter


@dataclass(frozen=True)
class Row:
    """One question as a file states it; whether its names and quotes are known is seen when it is looked up."""

    line: Line
    id: str
    kind: str
    question: str
    answerable: bool
    speakers: tuple[str, ...]
    quotes: tuple[str | Stretch, ...]
    interviews: tuple[str, ...]


@dataclass(frozen=True)
class Expected:
    """One question, and what should be found in a collection.

    ``speakers`` are exactly those who say it (empty: nobody does, or it is not told who); ``wanted`` are all places at
    which the quotes stand (empty: none are told); ``interviews`` restrict the search.
    """

    id: str
    kind: str
    question: str
    answerable: bool
    speakers: frozenset[str]
    wanted: tuple[Stretch, ...]
    interviews: tuple[str, ...]

    def rank(self, hits: Sequence[Hit]) -> int:
        """The rank of the first right hit, from 1; 0 if there is none."""
        right = (number for number, hit in enumerate(hits, start=1) if any(each.is_in(hit) for each in self.wanted))
        return next(right, 0)


def read_questions(path: Path | str) -> tuple[Row, ...]:
    """The questions in a file, in order; blank lines are none.

    Raises:
        ReadError: the file cannot be read, holds no question, or a line is not as it should be.
    """
    path = Path(path)
    lines = enumerate(_text(path).split("\n"), start=1)
    rows = tuple(_row(Line(path, number), line) for number, line in lines if line.strip())
    if not rows:
        raise ReadError(path, "it holds no question", f"Write one on each line, such as {EXAMPLE}")
    return rows


class Collection:
    """The names and texts of a library, in which questions are looked up."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._speakers = {flatten(name): name for name in (UNKNOWN_SPEAKER, *library.speakers)}
        self._texts = {each.source.name: Folded(each.source.text) for each in library.interviews}

    def look_up(self, row: Row) -> Expected:
        """What a question expects, by the names and places of the library.

        Raises:
            ReadError: a speaker, an interview or a quote is not in the library.
        """
        try:
            within = tuple(self._library.interview(name).source.name for name in row.interviews)
            speakers = frozenset(self._speaker(name) for name in row.speakers)
            wanted = [each for quote in row.quotes for each in self._places(row.line, quote, within or self._texts)]
        except UnknownNameError as error:
            reason = f"no {error.what} is called {error.asked!r}"
            raise row.line.wrong(reason, str(error).split(f"{error.asked!r}. ", 1)[1]) from error
        return Expected(row.id, row.kind, row.question, row.answerable, speakers, tuple(wanted), within)

    def _speaker(self, name: str) -> str:
        if name in self._library.speakers:
            return name
        if flatten(name) not in self._speakers:
            raise UnknownNameError("speaker", name, self._library.speakers)
        return self._speakers[flatten(name)]

    def _places(self, line: Line, quote: str | Stretch, within: Sequence[str] | dict[str, Folded]) -> list[Stretch]:
        if isinstance(quote, Stretch):
            return [self._checked(line, quote, within)]
        places = [Stretch(name, span) for name in within for span in self._texts[name].find(quote)]
        if not places:
            where = "this collection" if within is self._texts else "its interviews"
            raise line.wrong(f"the quote {quote!r} stands nowhere in {where}", "Copy it from the interview anew.")
        return places

    def _checked(self, line: Line, stretch: Stretch, within: Sequence[str] | dict[str, Folded]) -> Stretch:
        name = self._library.interview(stretch.source).source.name
        length = len(self._texts[name].text)
        if stretch.span.end > length:
            reason = f"{name} has {length:,} characters, so nothing ends at {stretch.span.end:,}"
            raise line.wrong(reason, "Count from 0, in characters of the text.")
        if name not in within:
            raise line.wrong(f"a quote is from {name}, which is not searched", 'Name it in "interviews", too.')
        return Stretch(name, stretch.span)


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ReadError(path, f"it cannot be read ({error.strerror})", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise ReadError(path, "it is not text in UTF-8", "Save it as UTF-8.") from error


def _row(line: Line, text: str) -> Row:
    fields = _fields(line, text)
    question, speakers = _string(line, fields, "question"), _strings(line, fields, "speakers")
    if not question.strip():
        raise line.wrong("there is no question", f'Write it as "question", such as {EXAMPLE}')
    quotes = tuple(_quote(line, each) for each in _list(line, fields, "quotes", "texts or spans"))
    told = bool(speakers or quotes)
    return Row(
        line,
        id=_string(line, fields, "id") or str(line.number),
        kind=_string(line, fields, "kind"),
        question=question,
        answerable=_answerable(line, fields, told=told),
        speakers=speakers,
        quotes=quotes,
        interviews=_strings(line, fields, "interviews"),
    )


def _fields(line: Line, text: str) -> dict[str, Any]:
    """The fields of a line that are not null."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError) as error:
        what = f"it is not JSON ({getattr(error, 'msg', 'it cannot be read')})"
        raise line.wrong(what, f"Write one object on one line, such as {EXAMPLE}") from error
    if not isinstance(held, dict):
        raise line.wrong("it is not a JSON object", f"Write one in braces, such as {EXAMPLE}")
    if strange := [name for name in held if name not in FIELDS]:
        raise line.wrong(f"{strange[0]!r} means nothing here", f"There are: {', '.join(FIELDS)}.")
    return {name: value for name, value in held.items() if value is not None}


def _string(line: Line, fields: dict[str, Any], name: str) -> str:
    value = fields.get(name, "")
    if name == "id" and isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if not isinstance(value, str):
        raise line.wrong(f'"{name}" is not a text', "Put it into quotation marks.")
    return value


def _list(line: Line, fields: dict[str, Any], name: str, what: str) -> list[Any]:
    value = fields.get(name, [])
    if not isinstance(value, list):
        raise line.wrong(f'"{name}" is not a list', f"Put {what} into square brackets, even if there is only one.")
    return value


def _strings(line: Line, fields: dict[str, Any], name: str) -> tuple[str, ...]:
    values = _list(line, fields, name, "names")
    if not all(isinstance(value, str) and value.strip() for value in values):
        raise line.wrong(f'"{name}" holds something that is not a name', "Put each name into quotation marks.")
    return tuple(values)


def _quote(line: Line, value: object) -> str | Stretch:
    if isinstance(value, str) and flatten(value):
        return value
    if isinstance(value, dict) and sorted(value) == sorted(_SPAN):
        source, start, end = (value[name] for name in _SPAN)
        if isinstance(source, str) and type(start) is int and type(end) is int and 0 <= start < end:
            return Stretch(source, Span(start, end))
    remedy = 'Copy a text from an interview, or write {"source": "talk.txt", "start": 0, "end": 10}.'
    raise line.wrong("a quote is neither a text nor a span", remedy)


def _answerable(line: Line, fields: dict[str, Any], *, told: bool) -> bool:
    """Whether somebody says it; where that is not stated, by what is ``told`` to be found."""
    stated = fields.get("answerable", told)
    if not isinstance(stated, bool):
        raise line.wrong('"answerable" is neither true nor false', "Write true or false without quotation marks.")
    if told and not stated:
        raise line.wrong("it has speakers or quotes, but is not answerable", "Leave one of the two out.")
    if not told and not {"answerable", "speakers"} & fields.keys():
        remedy = 'Give "speakers" or "quotes"; where nobody says it, write "answerable": false.'
        raise line.wrong("it does not say what should be found", remedy)
    return stated

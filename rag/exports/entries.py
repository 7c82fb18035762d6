"""The entries of an export: quotes that were collected, looked up anew, each with all that is told beside its words.

The words are cut from the interviews at the moment of the export. Where that cannot be done any more, an entry holds
the words as they were collected, and says so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from rag.errors import UnknownNameError
from rag.records import UNKNOWN_SPEAKER
from rag.wording import standing

if TYPE_CHECKING:
    from rag.library import Library, Quote

GONE = "Not in the collection any more: these are the words as they were collected, and they could not be checked."


@dataclass(frozen=True, slots=True)
class Kept:
    """A quote that was collected: its ``name``, which is its ``id``, and what the user noted beside it.

    The rest is what was shown when it was collected, in case that it is gone by now.
    """

    name: str
    note: str = ""
    words: str = ""
    speaker: str = ""
    title: str = ""
    printed: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """One quote of an export, numbered from 1; ``quote`` is none where it is not in the collection any more.

    ``title`` and ``date`` are those of the interview, ``link`` leads to the quote on the page; empty if unknown.
    """

    number: int
    kept: Kept
    quote: "Quote | None"
    title: str
    date: str = ""
    link: str = ""

    @property
    def words(self) -> str:
        """The words: an exact slice of the source, or as they were collected."""
        return self.quote.quote if self.quote else self.kept.words

    @property
    def printed(self) -> bool:
        """Whether the words were printed with the interview, and nobody said them."""
        return not self.quote.aloud if self.quote else self.kept.printed

    @property
    def speaker(self) -> str:
        """Who says it; empty where nobody does."""
        if self.printed:
            return ""
        return self.quote.speaker if self.quote else self.kept.speaker or UNKNOWN_SPEAKER

    @property
    def asks(self) -> bool:
        """Whether these are words of the interviewer."""
        return self.quote is not None and self.quote.role == "interviewer"

    @property
    def question(self) -> str:
        """What had been asked, an exact slice of the source; empty where nothing had."""
        return self.quote.question or "" if self.quote else ""

    @property
    def file(self) -> str:
        """The file of the interview; empty where the quote is gone."""
        return self.quote.source if self.quote else ""

    @property
    def where(self) -> str:
        """The date of the interview, and where in it these words stand, as a person writes it."""
        standing_in = standing(self.quote) if self.quote else []
        return ", ".join(filter(None, (self.date, *standing_in)))


def look_up(library: "Library | None", kept: Sequence[Kept], page: str) -> list[Entry]:
    """The entries of an export, in the order of ``kept``; none is left out.

    ``library`` is none where no interview is left in the collection;
    ``page`` is the address of the page, for the links to the quotes; empty for none.
    """
    return [_entry(number, each, library, page) for number, each in enumerate(kept, start=1)]


def _entry(number: int, kept: Kept, library: "Library | None", page: str) -> Entry:
    quote = _found(kept, library.quote) if library else None
    if not library or not quote:
        return Entry(number, kept, None, kept.title)
    interview = library.interview(quote.source)
    title = interview.title if interview.title.strip() else quote.source
    link = f"{page}?{urlencode({'quote': kept.name})}" if page else ""
    return Entry(number, kept, quote, title, interview.date, link)


def _found(kept: Kept, find: "Callable[[str], Quote]") -> "Quote | None":
    """The quote, if it has the words with which it was collected: another version may read its file otherwise."""
    try:
        quote = find(kept.name)
    except UnknownNameError:
        return None
    return quote if quote.quote == kept.words or not kept.words else None

"""PDF documents: the text layer of each page, joined into paragraphs, with the page where they stand.

Running heads and feet, and the numbers of pages, are left out (see ``pages``). Bold words are not told apart. What is
only a picture of a page is not read: a document of such pages is refused, and single ones are named in a warning.
"""

import logging
import re
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import ReadError
from rag.readers.composing import Composition, readable
from rag.readers.pages import Line, Page, without_heads, write_pages
from rag.source import Stated, Transcript

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

FORMAT = "PDF"
MOST_PAGES = 3000
LONGEST = 120.0
"""Seconds that reading one document may take."""
MOST_CHARACTERS = 20_000_000

MOST_OPERATIONS = 1_000_000
"""Operands and operators in the content of one page."""
LARGEST_CONTENT = 32 * 2**20
"""Bytes of the content of one page, unpacked."""

_FEW_LETTERS = 25
"""Letters on a page; where there are fewer on average, and pictures, the document is a scan."""
_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_FILE_NAME = re.compile(
    r"microsoft word\s?-|microsoft powerpoint\s?-|untitled|(?:document|presentation)\d*\Z|.*\.\w{2,5}\Z|"
    r".*\.(?:docx?|odt|rtf|txt|pdf|html?|pages|indd|markdown|webarchive)(?:\s+[-–(].*)?\Z|\S*[_\\/]\S*\Z|"
    r"(?:about|blob|chrome|content|data|edge|file|ftp|https?|view-source):\S|localhost\b",
    re.IGNORECASE,
)
"""A title that is none, but the name of a file, or an address such as "about:blank"."""
_UNLOCK = "Save it without a password, or print it into a new PDF."
_SAVE = "Open it in a PDF viewer and save or print it anew, or save its text as .txt."

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what it mends is no news for whoever asks a question


def read_pdf(content: bytes, path: Path) -> Transcript:
    """The words of a PDF document; ``path`` is only for the error's sake.

    Raises:
        ReadError: it is damaged, locked, far too long, or holds pictures of pages instead of text.
    """
    from pypdf import Configuration, PdfReader, apply_configuration
    from pypdf.errors import DependencyError

    limits = Configuration(
        stream_parsing_work_maximum_count=MOST_OPERATIONS,
        zlib_maximum_output_length=LARGEST_CONTENT,
        lzw_maximum_output_length=LARGEST_CONTENT,
        run_length_maximum_output_length=LARGEST_CONTENT,
        array_based_stream_maximum_output_length=LARGEST_CONTENT,
    )
    watch = _Watch(path)
    try:
        with apply_configuration(limits):
            reader = PdfReader(BytesIO(content))
            if reader.is_encrypted and not reader.decrypt(""):
                raise ReadError(path, "the document is locked with a password", _UNLOCK)
            if len(reader.pages) > MOST_PAGES:
                raise ReadError(path, f"the document has more than {MOST_PAGES:,} pages", "Split it.")
            return _transcript(reader, watch)
    except ReadError:
        raise
    except DependencyError as error:
        raise ReadError(path, "the document is protected (AES encryption)", _UNLOCK) from error
    except Exception as error:  # pypdf stumbles over damaged files in every way there is
        raise ReadError(path, f"the document is damaged ({type(error).__name__})", _SAVE) from error


def _transcript(reader: "PdfReader", watch: "_Watch") -> Transcript:
    pages, unread, pictures = list[Page](), list[int](), list[int]()
    for number, page in enumerate(reader.pages, start=1):
        watch.look()
        try:
            pages.append(_lines(page, watch))
        except ReadError:
            raise
        except Exception:  # as above; the other pages can still be read
            pages.append([])
            unread.append(number)
        if not pages[-1] and number not in unread and _holds_picture(page):
            pictures.append(number)
    kept = without_heads(pages)
    letters = sum(map(str.isalpha, "".join(line.text for page in kept for line in page)))
    if not letters and unread:
        raise ReadError(watch.path, "the document is damaged (no page of it can be read)", _SAVE)
    if letters < _FEW_LETTERS * len(pages) and any(map(_holds_picture, reader.pages)):
        raise ReadError(
            watch.path,
            "the document holds pictures of pages, no text",
            "Have its text recognised (OCR); save it as text.",
        )
    if not letters:
        raise ReadError(watch.path, "the document holds no words", "Put the interview's text into it or remove it.")
    composition = Composition()
    write_pages(composition, kept)
    warnings = (*_warning("cannot be read", unread), *_warning("hold a picture, no text", pictures))
    return composition.transcript(FORMAT, stated=Stated(title=_title(reader)), warnings=warnings)


class _Watch:
    """Sees to it that reading a document comes to an end."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._end = time.monotonic() + LONGEST
        self._characters = 0

    def look(self, *_: object) -> None:
        """Raise a ReadError if the time is up."""
        if time.monotonic() > self._end:
            raise ReadError(self.path, f"reading the document takes more than {LONGEST:.0f} seconds", _SAVE)

    def count(self, characters: int) -> None:
        """Raise a ReadError if these characters are too many."""
        self._characters += characters
        if self._characters > MOST_CHARACTERS:
            raise ReadError(self.path, f"the document has more than {MOST_CHARACTERS:,} characters", "Split it.")


def _lines(page: "PageObject", watch: _Watch) -> list[Line]:
    """The lines of a page, in the order in which the document gives them."""
    lines = _Lines(watch)
    page.extract_text(visitor_text=lines.add, visitor_operand_before=watch.look)
    return lines.whole()


class _Lines:
    """The lines of one page in the making, from pieces of text and where they stand."""

    def __init__(self, watch: _Watch) -> None:
        self._watch = watch
        self._lines: list[Line] = []
        self._pieces: list[str] = []
        self._left = self._height = self._size = 0.0

    def add(self, text: str, outer: Sequence[float], matrix: Sequence[float], font: Any, size: float) -> None:
        """Take a piece that begins where the two matrices say (ISO 32000-1, 9.4.4)."""
        self._watch.count(len(text))
        if text.strip():
            left, height, scale = _position(outer, matrix)
            if abs(height - self._height) > 0.5 * max(size * scale, self._size):
                self._end_line()
            if not self._pieces:
                self._left, self._height, self._size = left, height, size * scale
        for number, part in enumerate(text.split("\n")):
            if number:
                self._end_line()
            if part and (self._pieces or not part.isspace()):
                self._pieces.append(part)

    def whole(self) -> list[Line]:
        """All the lines."""
        self._end_line()
        return self._lines

    def _end_line(self) -> None:
        raw = "".join(self._pieces).rstrip()
        raw = raw[:-1] + "-" if raw.endswith("\u00ad") else raw
        if text := " ".join(readable(raw).translate(_LIGATURES).split()):
            self._lines.append(Line(text, self._left, self._height, self._size))
        self._pieces = []


def _position(outer: Sequence[float], matrix: Sequence[float]) -> tuple[float, float, float]:
    """How far along its line and how high on its page text begins, in points, and how much larger it is drawn."""
    along = matrix[0] * outer[0] + matrix[1] * outer[2], matrix[0] * outer[1] + matrix[1] * outer[3]
    x = matrix[4] * outer[0] + matrix[5] * outer[2] + outer[4]
    y = matrix[4] * outer[1] + matrix[5] * outer[3] + outer[5]
    if abs(along[0]) >= abs(along[1]):
        return x, y, abs(along[0])
    return (y, -x, along[1]) if along[1] > 0 else (-y, x, -along[1])


def _holds_picture(page: "PageObject") -> bool:
    with suppress(Exception):  # a page whose resources are damaged shows nothing
        pieces: Callable[[], Sequence[Any]] = page["/Resources"]["/XObject"].values  # type: ignore[index]
        return any(piece.get_object().get("/Subtype") == "/Image" for piece in pieces())
    return False


def _warning(what: str, numbers: Sequence[int]) -> list[str]:
    listed = ", ".join(map(str, numbers[:10])) + (" and others" if len(numbers) > 10 else "")
    return [f"These pages {what}: {listed}."] if numbers else []


def _title(reader: "PdfReader") -> str:
    """The document's title, unless a program made it from the name of a file or an address."""
    title = reader.metadata.title if reader.metadata else None
    line = " ".join(readable(title or "").split())
    return "" if _FILE_NAME.match(line) else line

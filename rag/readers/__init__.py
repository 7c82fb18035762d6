"""From the bytes of files to sources: text, with the file's name and hash, and what its format states.

A *collection* is a folder of interviews, an archive of them, or one file.
This room knows nothing about speakers, beyond passing on labels that a format states.
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

from rag.errors import ReadError
from rag.readers.captions import read_captions
from rag.readers.data import read_data
from rag.readers.files import File, find_files
from rag.readers.hypertext import read_hypertext
from rag.readers.kinds import ending_of
from rag.readers.opendocument import read_opendocument
from rag.readers.pdf import read_pdf
from rag.readers.plain import read_plain
from rag.readers.sheets import read_table
from rag.readers.stamps import find_moments
from rag.readers.word import read_word
from rag.source import Source, Transcript

Reader = Callable[[bytes, Path], Transcript]
"""From the bytes of a file to its transcript; the path names the file in errors."""

READERS: dict[str, Reader] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".log": read_plain,
    ".md": read_plain,
    ".markdown": read_plain,
    ".html": read_hypertext,
    ".htm": read_hypertext,
    ".xhtml": read_hypertext,
    ".docx": read_word,
    ".odt": read_opendocument,
    ".pdf": read_pdf,
    ".srt": read_captions,
    ".vtt": read_captions,
    ".sbv": read_captions,
    ".json": read_data,
    ".jsonl": read_data,
    ".ndjson": read_data,
    ".csv": read_table,
    ".tsv": read_table,
}
SUFFIXES = tuple(READERS)
LONGEST_TEXT = 8 * 2**20
"""Characters of one interview; more are the speech of a hundred hours, which is no single interview."""

__all__ = ["READERS", "SUFFIXES", "File", "find_files", "read"]


def read(file: File) -> Source:
    """Read one file of a collection.

    Raises:
        ReadError: the file is unreadable, empty, damaged, or of a kind that is not understood.
    """
    reader = READERS.get(file.path.suffix.casefold())
    if reader is None:
        kind = file.path.suffix or "without an ending"
        raise ReadError(file.path, f"files {kind} are not understood", f"Save the interview as one of {_kinds()}.")
    content = file.content()
    try:
        transcript = reader(content, file.path)
    except ReadError as error:
        raise _named_by_its_content(content, file, error) from error
    if not transcript.moments:
        transcript = replace(transcript, moments=find_moments(transcript.text))
    if not transcript.text.strip():
        raise ReadError(file.path, "the file is empty", "Put the interview's text into it or remove it.")
    if len(transcript.text) > LONGEST_TEXT:
        reason = f"it holds more than {LONGEST_TEXT:,} characters, far too many for one interview"
        raise ReadError(file.path, reason, "Split it into its interviews.")
    return Source.of(file.name, sha256(content).hexdigest(), transcript)


def _named_by_its_content(content: bytes, file: File, error: ReadError) -> ReadError:
    """The error for a file that cannot be read as what it is called; another one where it is something else."""
    ending, called = ending_of(content), file.path.suffix.casefold()
    if not ending or READERS.get(ending) is READERS[called] or (ending == ".doc" and called == ".docx"):
        return error
    no_such = "not text" if READERS[called] is read_plain else f"no {called} file"
    understood = ending in READERS or ending == ".zip"
    remedy = f"Give it a name that ends in {ending}." if understood else f"Save the interview as one of {_kinds()}."
    return ReadError(file.path, f"the file is {no_such}, but a {ending} file by its content", remedy)


def _kinds() -> str:
    return ", ".join(SUFFIXES)

"""From the bytes of files to sources: text, with the file's name and hash.

A *collection* is a folder of interviews, or one file.
This room knows nothing about speakers.
"""

from collections.abc import Iterator
from pathlib import Path

from rag.errors import EmptyCollectionError, ReadError
from rag.readers.plain import read_plain
from rag.records import Source

SUFFIXES = (".txt", ".text", ".md", ".markdown")

__all__ = ["SUFFIXES", "find_files", "read"]


def find_files(path: Path) -> list[tuple[str, Path]]:
    """The files of a collection as (name within it, path), in name order; hidden files are passed over.

    A name is the path below the folder with forward slashes, the same on every system.

    Raises:
        EmptyCollectionError: there is no such folder or file, or nothing stands in it.
    """
    try:
        single, folder = path.is_file(), path.is_dir()
    except OSError as error:
        raise EmptyCollectionError(path, f"it cannot be looked at ({error.strerror})", "Check the path.") from error
    if single:
        return [(path.name, path)]
    if not folder:
        raise EmptyCollectionError(path, "there is no such folder or file", "Check the spelling of the path.")
    files = sorted((file.relative_to(path).as_posix(), file) for file in _visible_files(path))
    if not files:
        raise EmptyCollectionError(path, "the folder holds no files", f"Put interviews ({_kinds()}) into it.")
    return files


def read(name: str, path: Path) -> Source:
    """Read one file of a collection.

    Raises:
        ReadError: the file is unreadable, empty, binary, or of a kind that is not understood.
    """
    if not name.isprintable():
        raise ReadError(ascii(str(path)), "the file's name is not readable text", "Give it a name in plain letters.")
    if path.suffix.casefold() not in SUFFIXES:
        kind = path.suffix or "without an ending"
        raise ReadError(path, f"files {kind} are not understood", f"Save the interview as plain text ({_kinds()}).")
    return read_plain(name, path)


def _visible_files(folder: Path) -> Iterator[Path]:
    for file in folder.rglob("*"):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield file


def _kinds() -> str:
    return ", ".join(SUFFIXES)

"""Writing a file whole or not at all: it is written under another name beside its place, then put there in one step."""

import errno
import os
import re
import shutil
import time
from contextlib import suppress
from pathlib import Path
from threading import get_ident

_NOT_FOR_FOLDERS = (errno.EINVAL, errno.ENOTSUP)
"""What file systems say that cannot flush the names in a folder."""
_PART = re.compile(r"\..+\.\d+(?:-\d+)?\.part")
_LONGEST_WRITING = 3600
"""Seconds after which a file that is still being written is one that nobody finishes."""


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, or replace it, in one step.

    Raises:
        OSError: it cannot be written; what stood there still does, and nothing else is left.
    """
    part = _part(path)
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError:
        _give_up(part)
        raise


def copy_new(file: Path, place: Path) -> None:
    """Copy a file to where nothing stands yet, in one step.

    Raises:
        FileExistsError: something stands there, perhaps since a moment ago.
        OSError: it cannot be copied; nothing of it is left.
    """
    part = _part(place)
    try:
        shutil.copyfile(file, part)
        with part.open("rb+") as written:
            os.fsync(written.fileno())
        _name(part, place)
    except OSError:
        _give_up(part)
        raise


def flush_names(folder: Path) -> None:
    """See to it that the names of files in a folder outlast a power cut, where the system lets us.

    Raises:
        OSError: they cannot be written.
    """
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NOT_FOR_FOLDERS:
            raise
    finally:
        os.close(descriptor)


def clear_unfinished(folder: Path) -> None:
    """Remove what was left in a folder, and in those below it, by writers that were stopped long ago.

    Raises:
        OSError: it cannot be removed.
    """
    latest = time.time() - _LONGEST_WRITING
    for path in folder.rglob(".*.part"):
        with suppress(FileNotFoundError):  # whoever wrote it has ended just now
            if _PART.fullmatch(path.name) and path.is_file() and path.stat().st_mtime < latest:
                path.unlink()


def _part(path: Path) -> Path:
    """Where a file is written; no other process or thread writes there."""
    return path.with_name(f".{path.name}.{os.getpid()}-{get_ident()}.part")


def _give_up(part: Path) -> None:
    with suppress(OSError):  # what went wrong with the writing is what is told
        part.unlink(missing_ok=True)


def _name(part: Path, place: Path) -> None:
    """Give a file its name, but never that of another one."""
    try:
        os.link(part, place)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, as on many memory sticks
        place.touch(exist_ok=False)
        _replace_empty(part, place)
    else:
        _give_up(part)


def _replace_empty(part: Path, place: Path) -> None:
    try:
        part.replace(place)
    except OSError:
        _give_up(place)
        raise

"""Files on their way into the collection: a batch waits in a temporary folder until it is added, and then goes.

The folder is named after the process, so that what was left by one that was killed is known, and cleared.
"""

import os
import re
import shutil
import stat
import tempfile
import time
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from rag.errors import RagError

HOURS_KEPT = 6
"""How long a batch is kept that nobody adds, as when a visitor goes away."""
LARGEST_ARCHIVE = 2**30
"""Bytes of an archive; what comes out of it is limited by the reader."""
MOST_BATCHES, MOST_FILES, LARGEST_WAITING = 1_000, 10_000, 8 * 2**30
"""Batches, files, and their bytes, that may wait at once for all visitors together, so that none fills the disk."""
MOST_REFUSALS = 100
"""Refused files of a batch of which the reason is told."""

_HOME = re.compile(r"whosaid-(?P<process>[0-9]+)-\w+")
_BATCH = re.compile(r"[0-9a-f]{32}")
_LONGEST_NAME = 240
_RESERVED = re.compile(r"[\x00-\x1f/\\\\]")


class UploadError(RagError):
    """A file that is not taken; ``status`` is the code of the refusal in HTTP (RFC 9110)."""

    def __init__(self, status: int, reason: str, remedy: str) -> None:
        super().__init__(f"{reason[0].upper()}{reason[1:]}. {remedy}")
        self.status, self.reason, self.remedy = status, reason, remedy


@dataclass
class Batch:
    """The files that one visitor sends together, each under its own name, and why others were refused."""

    folder: Path
    begun: float = field(default_factory=time.monotonic)
    files: list[Path] = field(default_factory=list)
    size: int = 0
    refused: dict[str, UploadError] = field(default_factory=dict)

    @property
    def interviews(self) -> list[Path]:
        """What is to be added; a correction ("talk.txt.toml") comes along with the interview that it lies beside."""
        return [file for file in self.files if file.suffix.casefold() != ".toml"]

    def place(self, name: str) -> Path:
        """Where a file goes; a second one of the same name gets a folder of its own."""
        place = self.folder / name
        if place.exists():
            place = self.folder / f".{len(self.files)}" / name
            place.parent.mkdir(exist_ok=True)
        return place

    def named(self, path: Path) -> str:
        """A file, or one within an archive, as the visitor knows it."""
        if not path.is_relative_to(self.folder):
            return str(path)
        parts = path.relative_to(self.folder).parts
        return "/".join(parts[1:] if len(parts) > 1 and parts[0].startswith(".") else parts)


class Uploads:
    """All batches on their way; nothing is left of them when the program ends."""

    def __init__(self) -> None:
        self._home = Path(tempfile.mkdtemp(prefix=f"whosaid-{os.getpid()}-"))
        self._end = weakref.finalize(self, shutil.rmtree, self._home, ignore_errors=True)
        self._batches: dict[str, Batch] = {}

    def clear(self) -> None:
        """Take everything away for good."""
        self._end()

    @contextmanager
    def receiving(self, key: str, name: str) -> Iterator["Arrival"]:
        """Take a file into the batch of this key, to be written piece by piece; nothing stays of one that fails.

        Raises:
            UploadError: the key or the name is none, or the file is too large, or too many wait already.
        """
        if not _BATCH.fullmatch(key):
            raise UploadError(400, "this is no batch of files", "Load the page anew.")
        if _RESERVED.search(name) or name in ("", ".", "..") or len(name.encode(errors="replace")) > _LONGEST_NAME:
            raise UploadError(400, "the file’s name cannot be used", "Give it a shorter name in plain letters.")
        batch = self._batches.get(key) or self._begin(key)
        try:
            with self._placing(batch, name) as arrival:
                yield arrival
        except UploadError as error:
            if len(batch.refused) < MOST_REFUSALS:
                batch.refused[name] = error
            raise

    @contextmanager
    def _placing(self, batch: Batch, name: str) -> Iterator["Arrival"]:
        if sum(len(each.files) for each in list(self._batches.values())) >= MOST_FILES:
            raise UploadError(413, f"{MOST_FILES:,} files wait to be added", "Add these first, or pack them as .zip.")
        place = batch.place(name)
        with place.open("xb") as file:
            arrival = Arrival(partial(self._keep, batch, file.write), largest(name))
            try:
                yield arrival
            except BaseException:
                file.close()  # some systems take no open file away
                place.unlink(missing_ok=True)
                batch.size -= arrival.size
                raise
        batch.files.append(place)

    def _keep(self, batch: Batch, write: Callable[[bytes], object], piece: bytes) -> None:
        if sum(each.size for each in list(self._batches.values())) + len(piece) > LARGEST_WAITING:
            reason = f"more than {LARGEST_WAITING >> 20:,} MB wait to be added"
            raise UploadError(413, reason, "Add fewer files at once, or wait until others have added theirs.")
        write(piece)
        batch.size += len(piece)

    @contextmanager
    def taking(self, key: str) -> Iterator[Batch]:
        """The batch of this key, which is gone afterwards; an empty one where there is none."""
        batch = self._batches.pop(key, None) or Batch(self._home)
        try:
            yield batch
        finally:
            if batch.files:
                shutil.rmtree(batch.folder, ignore_errors=True)

    def _begin(self, key: str) -> Batch:
        for old in [each for each, batch in self._batches.items() if _forgotten(batch)]:
            shutil.rmtree(self._batches.pop(old).folder, ignore_errors=True)
        if len(self._batches) >= MOST_BATCHES:
            raise UploadError(413, f"{MOST_BATCHES:,} people add files already", "Wait until they have, and try again.")
        batch = self._batches[key] = Batch(Path(tempfile.mkdtemp(dir=self._home)))
        return batch


@dataclass
class Arrival:
    """A file that is being received, of at most ``largest`` bytes."""

    keep: Callable[[bytes], object]
    largest: int
    size: int = 0

    def write(self, piece: bytes) -> None:
        """Keep some more bytes.

        Raises:
            UploadError: that is too much.
        """
        if self.size + len(piece) > self.largest:
            raise UploadError(413, *too_large(self.largest))
        self.keep(piece)
        self.size += len(piece)


def clear_stale() -> None:
    """Take away what the page left in the temporary folder when it was killed before; nothing of a running one."""
    if os.name != "posix":
        return  # elsewhere nobody can ask whether a process lives without disturbing it
    for home in Path(tempfile.gettempdir()).iterdir():
        match = _HOME.fullmatch(home.name)
        if match and _is_my_folder(home) and not _lives(int(match["process"])):
            shutil.rmtree(home, ignore_errors=True)


def _is_my_folder(path: Path) -> bool:
    try:
        found = path.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)  # asks, and sends nothing
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def largest(name: str) -> int:
    """How many bytes a file of this name may have: what the readers take, and more for an archive."""
    from rag.library import LARGEST_FILE

    return LARGEST_ARCHIVE if Path(name).suffix.casefold() == ".zip" else LARGEST_FILE


def too_large(size: int) -> tuple[str, str]:
    """Why a file is not taken, and what to do."""
    return f"the file is larger than {size >> 20:,} MB", "Split it into its interviews."


def _forgotten(batch: Batch) -> bool:
    return time.monotonic() - batch.begun > HOURS_KEPT * 3600

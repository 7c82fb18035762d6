"""The files of a collection: on disk, in folders of any depth, and inside archives, nested or not.

A path is never followed out of its folder or archive, and an archive that unpacks to more than it should is refused.
What is plainly no interview (hidden files, what systems leave behind, notes about interviews) is passed over.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from os import DirEntry, scandir
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from rag.errors import EmptyCollectionError, ReadError
from rag.readers.archives import STEEPEST, Member, is_steep, list_members, unpack
from rag.readers.plain import LARGEST_FILE

MOST_MEMBERS = 20_000
"""Files in one archive, with those in archives within it."""
LARGEST_TOTAL = 2**30
"""Bytes of all of them, unpacked."""
DEEPEST = 3
"""Archives within archives."""

_RECORDINGS = frozenset(".mp3 .wav .m4a .mp4 .mov .flac .ogg .aac .mkv .webm .opus .wma .avi .m4v".split())
_PICTURES = frozenset(".jpg .jpeg .png .gif .webp .svg .tif .tiff .bmp .heic .avif .ico".split())
_ARCHIVES = frozenset(".7z .rar .tar .tgz .gz .bz2 .xz".split())
_DOCUMENTS = frozenset(
    ".doc .dot .rtf .pages .wpd .wps .abw .epub .mobi .ppt .pptx .odp .key .one .tex .eml .msg".split()
)
_SHEETS = frozenset(".xls .xlsx .xlsm .ods .numbers".split())
_LEFT_BEHIND = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini", "__macosx", "icon\r"})
_REMEDIES = {
    **dict.fromkeys(_RECORDINGS, ("is a recording, not a transcript", "Have it transcribed first.")),
    **dict.fromkeys(_PICTURES, ("is a picture, not a transcript", "Save its words as text, or take it away.")),
    **dict.fromkeys(_ARCHIVES, ("is an archive of a kind that is not understood", "Unpack it, or pack it as .zip.")),
    **dict.fromkeys(
        _DOCUMENTS,
        (
            "is a document of a kind that is not understood",
            "Open it in its program and save it as .docx, .pdf or .txt.",
        ),
    ),
    **dict.fromkeys(
        _SHEETS, ("is a spreadsheet of a kind that is not understood", "Open it in its program and save it as .csv.")
    ),
}


class NoteError(ReadError, Warning):
    """What is told of a file although nothing has to be done about it."""


@dataclass(frozen=True)
class File:
    """One file of a collection.

    ``name`` is its path within the collection with forward slashes, as in "archive.zip/inner/talk.txt"; ``path`` is
    for messages. Where it lies in an ``archive``, ``members`` lead to it: the last one is the file, those before it
    are archives within archives.
    """

    name: str
    path: Path
    archive: Path | None = None
    members: tuple[Member, ...] = ()

    def content(self) -> bytes:
        """The bytes of the file, unpacked.

        Raises:
            ReadError: it is unreadable, or too large; within an archive: encrypted or damaged.
        """
        try:
            if self.archive is None:
                return _read(self.path)
            if len(self.members) > 1:
                return unpack(BytesIO(self._innermost_archive()), self.members[-1], self.path, LARGEST_FILE)
            with self.archive.open("rb") as archive:
                return unpack(archive, self.members[-1], self.path, LARGEST_FILE)
        except OSError as error:
            raise ReadError(
                self.path, f"the file cannot be read ({error.strerror})", "Check its permissions."
            ) from error

    def _innermost_archive(self) -> bytes:
        assert self.archive is not None
        return _unpack_inner(self.archive, self.archive.stat().st_mtime_ns, self.members[:-1])


@dataclass
class _Found:
    """What was found so far, and what is wrong with some of it."""

    files: dict[str, File] = field(default_factory=dict)
    problems: list[ReadError] = field(default_factory=list)

    def add(self, file: File) -> None:
        if not file.name.isprintable():
            self._refuse(
                ascii(str(file.path)), "the file's name is not readable text", "Give it a name in plain letters."
            )
        elif file.name in self.files:
            self._refuse(file.path, "there are two files of this name in the archive", "Pack the archive anew.")
        else:
            self.files[file.name] = file

    def _refuse(self, path: Path | str, reason: str, remedy: str) -> None:
        self.problems.append(ReadError(path, reason, remedy))


@dataclass
class _Allowance:
    """How much may still come out of one archive and those within it."""

    members: int = field(default_factory=lambda: MOST_MEMBERS)
    total: int = field(default_factory=lambda: LARGEST_TOTAL)

    def take(self, members: list[Member], size: int, path: Path) -> None:
        """Count an archive of ``size`` bytes with these members.

        Raises:
            ReadError: that is more than may come out; nothing is counted then.
        """
        total = sum(member.unpacked for member in members)
        if len(members) > self.members:
            raise ReadError(path, f"the archive holds more than {MOST_MEMBERS:,} files", "Split the archive.")
        if total > self.total:
            raise ReadError(path, f"the archive unpacks to more than {LARGEST_TOTAL >> 20} MB", "Split the archive.")
        if is_steep(total, size):
            raise ReadError(
                path,
                f"the archive unpacks to more than {STEEPEST} times its size",
                "Unpack it yourself if you trust it.",
            )
        self.members -= len(members)
        self.total -= total


def find_files(path: Path) -> tuple[list[File], list[ReadError]]:
    """The files of a collection in the order of their names, and what cannot be one of them.

    ``path`` is one file, an archive or a folder. Where there are interviews, pictures are passed over, and so are
    recordings that lie beside an interview of the same name; for others there is a `NoteError`.

    Raises:
        EmptyCollectionError: there is no such folder or file, or nothing stands in it.
    """
    try:
        single, folder = path.is_file(), path.is_dir()
    except OSError as error:
        raise EmptyCollectionError(path, f"it cannot be looked at ({error.strerror})", "Check the path.") from error
    if not single and not folder:
        raise EmptyCollectionError(path, "there is no such folder or file", "Check the spelling of the path.")
    found = _Found()
    for file in [File(path.name, path)] if single else _in_folder(path, found):
        if _suffix(file.name) == ".zip":
            _add_archive(file, found)
        else:
            found.add(file)
    files, problems = _sorted_out(found)
    if not files and not problems:
        what = "archive" if single else "folder"
        raise EmptyCollectionError(path, f"the {what} holds no files", "Put interviews into it.")
    return files, problems


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise ReadError(path, f"the file is larger than {LARGEST_FILE >> 20} MB", "Split it into its interviews.")
    return content


@lru_cache(maxsize=1)  # members of one archive are read one after the other
def _unpack_inner(archive: Path, modified: int, members: tuple[Member, ...]) -> bytes:
    """The bytes of an archive within an archive, which was last ``modified`` at this time."""
    content, name = b"", str(archive)
    with archive.open("rb") as outermost:
        file: BinaryIO = outermost
        for member in members:
            name = f"{name}/{member.name}"
            content = unpack(file, member, Path(name), LARGEST_FILE)
            file = BytesIO(content)
    return content


def _in_folder(root: Path, found: _Found) -> Iterator[File]:
    """The files of a folder and of those within it, but for what is plainly no interview."""
    waiting = [root]
    while waiting:
        folder = waiting.pop()
        try:
            with scandir(folder) as entries:
                inside = [entry for entry in entries if not _is_passed_over(entry.name)]
        except OSError as error:
            found.problems.append(
                ReadError(folder, f"the folder cannot be listed ({error.strerror})", "Check its permissions.")
            )
            continue
        for entry in inside:
            path = Path(entry.path)
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif _is_file(entry):
                yield File(path.relative_to(root).as_posix(), path)
            else:
                found.problems.extend(_not_followed(path, root))


def _is_file(entry: "DirEntry[str]") -> bool:
    try:
        return entry.is_file()
    except OSError:  # links that lead to one another
        return False


def _not_followed(path: Path, root: Path) -> Iterator[ReadError]:
    """What is wrong with what is no file; nothing with a link to a folder that is read anyway."""
    if not path.is_dir():
        yield ReadError(path, "is no file that can be read", "Take it away, or put the file itself there.")
    elif not path.resolve().is_relative_to(root.resolve()):
        yield ReadError(path, "is a link out of the folder, which is not followed", "Put the folder itself there.")


def _add_archive(archive: File, found: _Found) -> None:
    allowance = _Allowance()
    try:
        with archive.path.open("rb") as file:
            _add_members(file, archive, found, allowance)
    except ReadError as error:
        found.problems.append(error)
    except OSError as error:
        found.problems.append(
            ReadError(archive.path, f"the file cannot be read ({error.strerror})", "Check its permissions.")
        )


def _add_members(opened: BinaryIO, archive: File, found: _Found, allowance: _Allowance) -> None:
    """Add what is in an archive: files, and the files of archives within it."""
    members = list_members(opened, archive.path)
    size = opened.seek(0, 2)
    allowance.take(members, size, archive.path)
    for member in members:
        if any(map(_is_passed_over, member.name.split("/"))):
            continue
        name = f"{archive.name}/{member.name}"
        path = Path(f"{archive.path}/{member.name}")
        file = File(name, path, archive.archive or archive.path, (*archive.members, member))
        if member.leads_out or member.is_link or not member.name:
            found.problems.append(ReadError(path, "leads out of its archive", "Unpack the archive if you trust it."))
        elif _suffix(name) == ".zip":
            _add_inner_archive(opened, file, found, allowance)
        else:
            found.add(file)


def _add_inner_archive(opened: BinaryIO, archive: File, found: _Found, allowance: _Allowance) -> None:
    try:
        if len(archive.members) >= DEEPEST:
            raise ReadError(archive.path, f"archives lie more than {DEEPEST} deep in one another", "Unpack them.")
        content = unpack(opened, archive.members[-1], archive.path, LARGEST_FILE)
        _add_members(BytesIO(content), archive, found, allowance)
    except ReadError as error:
        found.problems.append(error)


def _sorted_out(found: _Found) -> tuple[list[File], list[ReadError]]:
    """The files that may be interviews and the problems, each in the order of their names."""
    problems = list(found.problems)
    interviews = {name for name in found.files if _suffix(name) not in _REMEDIES}
    beside = set(_stems(interviews))
    for name, file in found.files.items():
        stem = name.removesuffix(PurePosixPath(name).suffix).casefold()
        if name in interviews or (interviews and _suffix(name) in _PICTURES):
            continue
        if stem not in beside or _suffix(name) not in _RECORDINGS:
            kind = NoteError if interviews and _suffix(name) in _RECORDINGS else ReadError
            problems.append(kind(file.path, *_REMEDIES[_suffix(name)]))
    return [found.files[name] for name in sorted(interviews)], sorted(problems, key=lambda error: str(error.path))


def _stems(names: Iterable[str]) -> Iterator[str]:
    """Every name without its ending, and without each of several endings ("talk.en.vtt" lies beside "talk.mp4")."""
    for name in names:
        folder, slash, last = name.casefold().rpartition("/")
        parts = last.split(".")
        yield from (folder + slash + ".".join(parts[:end]) for end in range(1, len(parts)))


def _is_passed_over(part: str) -> bool:
    """Whether a file or folder of this name is plainly no interview."""
    name = part.casefold()
    return (name.startswith((".", "~$")) and name != "..") or name.endswith(".toml") or name in _LEFT_BEHIND


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.casefold()

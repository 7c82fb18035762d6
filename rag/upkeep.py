"""Adding files to a folder of interviews and taking them out of it; nothing is overwritten, and nothing is lost.

A file is copied under another name first and gets its own in one step. What is removed lies in ``.removed``.
"""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from rag import readers
from rag.collection import Progress, be_quiet, read_collection
from rag.errors import ChangeError, EmptyCollectionError, ReadError
from rag.readers import File
from rag.sidecars import Sidecar, Sidecars, beside, make_particular
from rag.turns import understand
from rag.writing import clear_unfinished, copy_new

REMOVED = ".removed"
"""The folder, within a collection's, of what was removed; being hidden, it is no part of the collection."""


@dataclass(frozen=True)
class Added:
    """What became of files that were to be added.

    ``added`` are the names that the interviews have in the collection; ``already`` are pairs of what was to be added
    and the interview that is there already, the same letter for letter; ``problems`` tell why others were left out.
    """

    added: tuple[str, ...] = ()
    already: tuple[tuple[str, str], ...] = ()
    problems: tuple[ReadError, ...] = ()


@dataclass
class _Adding:
    """What was added so far; ``known`` are the interviews that the collection has, by their hash."""

    folder: Path
    known: dict[str, str]
    added: list[str] = field(default_factory=list)
    already: list[tuple[str, str]] = field(default_factory=list)
    problems: list[ReadError] = field(default_factory=list)
    sidecars: Sidecars = field(default_factory=Sidecars)


def add_files(folder: Path, paths: Sequence[Path], *, progress: Progress = be_quiet) -> Added:
    """Copy interviews into a collection's folder: files, archives, and folders with all in them.

    A file that cannot be read as an interview is not kept. One whose name is taken gets a number.

    Raises:
        ChangeError: the collection is one file, or its folder cannot be written.
    """
    if folder.is_file():
        raise ChangeError(folder, "it is a single file, to which none can be added", "Add to a folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        clear_unfinished(folder)
    except OSError as error:
        raise ChangeError(folder, f"the folder cannot be written ({error.strerror})", "Name another folder.") from error
    adding = _Adding(folder, _known(folder))
    units = list(_units(paths, adding.problems))
    for number, (file, within) in enumerate(units, start=1):
        progress("Adding the interviews", number, len(units))
        try:
            _add(file, within, adding)
        except ReadError as error:
            adding.problems.append(error)
    return Added(tuple(adding.added), tuple(adding.already), tuple(adding.problems))


def remove_file(folder: Path, file: File, sidecar: Sidecar) -> None:
    """Move an interview's file, and its correction, out of a collection's folder into ``.removed`` within it.

    A correction that may come to fit another interview gets a name first that fits only this one. So wherever this is
    broken off, the interview is there with its correction, or is removed, and no other one is corrected by it.

    Raises:
        ChangeError: it lies in an archive, is the whole collection, or cannot be moved.
    """
    if file.archive is not None:
        remedy = f"Take it out of the archive yourself, or move {file.archive.name} out of the folder."
        raise ChangeError(file.path, "what lies in an archive cannot be removed", remedy)
    if not folder.is_dir():
        raise ChangeError(file.path, "it is the whole collection", "Open the folder in which it lies.")
    place = _free(folder / REMOVED / file.path.relative_to(folder))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        own = beside(file.path)
        if sidecar.path.is_file() and sidecar.path != own:
            sidecar.path.replace(own)
        file.path.replace(place)
        if own.is_file():
            _follow(own, place, file.path)
    except FileNotFoundError as error:
        raise ChangeError(file.path, "the file is gone", "Open the interviews again.") from error
    except OSError as error:
        remedy = "Give the folder write permission."
        raise ChangeError(file.path, f"it cannot be removed ({error.strerror})", remedy) from error


def _follow(correction: Path, removed: Path, before: Path) -> None:
    """Move a correction after its interview, which is moved back where that cannot be done."""
    try:
        correction.replace(beside(removed))
    except OSError:
        with suppress(OSError):  # what went wrong first is what is told
            removed.replace(before)
        raise


def _known(folder: Path) -> dict[str, str]:
    try:
        held = [each for each in read_collection(folder, be_quiet) if not isinstance(each, ReadError)]
    except EmptyCollectionError:
        return {}
    return {each.source.sha256: each.source.name for each in held}


def _units(paths: Sequence[Path], problems: list[ReadError]) -> Iterator[tuple[Path, Path]]:
    """Every file on disk that is to be added, once, with its place within the collection's folder."""
    seen: set[Path] = set()
    for path in paths:
        try:
            files, unusable = readers.find_files(path)
        except EmptyCollectionError as error:
            problems.append(ReadError(path, error.reason, error.remedy))
            continue
        if path.is_file():
            units = [(path, Path(path.name))]
        else:
            problems.extend(unusable)
            on_disk = dict.fromkeys(file.archive or file.path for file in files)
            units = [(file, Path(path.resolve().name, file.relative_to(path))) for file in on_disk]
        for file, within in units:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file, within


def _add(file: Path, within: Path, adding: _Adding) -> None:
    """Add one file on disk: an interview, or an archive of some."""
    found = list(_read(file, adding.problems))
    new = [each for each, digest in found if digest not in adding.known]
    for each, digest in found:
        if digest in adding.known:
            adding.already.append((_named(within, each), adding.known[digest]))
    if not new:
        return
    adding.problems.extend(adding.sidecars.astray(found[0][0]))
    sidecar = adding.sidecars.place(found[0][0]).path
    place = _copy(file, sidecar if sidecar.is_file() else None, adding.folder / within)
    for each, digest in found:
        name = _named(place.relative_to(adding.folder), each)
        if each in new and adding.known.setdefault(digest, name) == name:
            adding.added.append(name)


def _read(file: Path, problems: list[ReadError]) -> Iterator[tuple[File, str]]:
    """The interviews in one file on disk, each with the hash of its bytes; others are told in ``problems``."""
    files, unusable = readers.find_files(file)
    problems.extend(unusable)
    for each in files:
        try:
            source = readers.read(each)
            understand(source)
            yield each, source.sha256
        except ReadError as error:
            problems.append(ReadError(each.path, error.reason, error.remedy))


def _named(within: Path, file: File) -> str:
    """What a file is called within the collection, where it or its archive lies at ``within``."""
    return "/".join([within.as_posix(), *(member.name for member in file.members)])


def _free(path: Path) -> Path:
    """``path``, or the first of its name with a number that nothing is called."""
    return next(free for free in _numbered(path) if not (free.exists() or beside(free).exists()))


def _numbered(path: Path) -> Iterator[Path]:
    yield path
    yield from (path.with_name(f"{path.stem} ({number}){path.suffix}") for number in count(2))


def _copy(file: Path, sidecar: Path | None, place: Path) -> Path:
    """Copy a file with its correction to a place, or the first with a number, where nothing stands yet.

    The correction comes first, so that the interview is never there without it.

    Raises:
        ReadError: they cannot be copied; nothing of them is left.
    """
    if place.name.startswith((".", "~$")):
        raise ReadError(file, "hidden files are no interviews", "Give it another name.")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        return next(free for free in _numbered(place) if _copied(file, sidecar, free))
    except OSError as error:
        raise ReadError(
            file, f"it cannot be copied to {place} ({error.strerror})", "Make room, then try again."
        ) from error


def _copied(file: Path, sidecar: Path | None, place: Path) -> bool:
    """Copy a file with its correction, unless something else stands there; whether they are there now."""
    own = beside(place)
    if place.exists() or (own.exists() and not _same(own, sidecar)):
        return _same(place, file)
    make_particular(place)
    try:
        _copy_all([(sidecar, own), (file, place)] if sidecar else [(file, place)])
    except FileExistsError:
        return False  # somebody else was quicker, with another one
    return True


def _copy_all(copies: Sequence[tuple[Path, Path]]) -> None:
    """Copy files to where nothing stands, or just the same; if one cannot be copied, those copied before it go.

    Raises:
        FileExistsError: something else stands there.
        OSError: one cannot be copied.
    """
    made: list[Path] = []
    try:
        for source, copy in copies:
            if _made(source, copy):
                made.append(copy)
    except OSError:
        for copy in made:
            with suppress(OSError):  # what went wrong first is what is told
                copy.unlink()
        raise


def _made(source: Path, copy: Path) -> bool:
    """Copy a file, unless somebody else did so just now."""
    try:
        copy_new(source, copy)
    except FileExistsError:
        if not _same(copy, source):
            raise
        return False
    return True


def _same(one: Path, other: Path | None) -> bool:
    return other is not None and one.is_file() and one.read_bytes() == other.read_bytes()

"""Where corrections are kept: a small TOML file (TOML 1.0.0) beside the interview, which a person may write, too.

For ``talk.txt`` that is ``talk.txt.toml``, or ``talk.toml`` where no other interview there is called talk, or
``interview.toml`` where it is the only interview in its folder. In an archive it may lie beside the member, but is
never written there: corrections of what is in ``a.zip`` are written to ``a.zip.toml``, a table for each member.
"""

import os
import tomllib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from io import BytesIO
from itertools import islice
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from rag.corrections import LINES, TABLES, Correction
from rag.errors import ChangeError, ReadError
from rag.readers import SUFFIXES, File
from rag.readers.archives import Member, list_members
from rag.writing import write_whole

LARGEST = 2**20
"""Bytes of a sidecar."""
LONGEST_LINE = 5_000
"""Bytes; a key with very many dots, which can only stand on one line, takes time by the square of its length."""
_FOR_ALL = "interview.toml"
_MOST_NAMED, _LONGEST_WORD = 3, 60
"""Names that a remedy lists and words that are not known, and characters of one."""
_RENAME = "Give the folder another name."
_MEND = "Mend it or take it away; until then the interview is read without it."


@dataclass(frozen=True, slots=True)
class Sidecar:
    """Where one interview's correction is written: a file and, for a member of an archive, the table in it."""

    path: Path
    member: str = ""


class Sidecars:
    """Finds the sidecars of one collection's files; what it has seen of folders and archives is kept."""

    def __init__(self) -> None:
        self._folders: dict[Path, frozenset[str]] = {}
        self._archives: dict[tuple[Path, tuple[Member, ...]], dict[str, Member]] = {}
        self._told: set[Path] = set()

    def place(self, file: File) -> Sidecar:
        """Where the correction of a file is written: the sidecar there is, or the one there will be."""
        if file.archive is not None:
            return Sidecar(beside(file.archive), "/".join(member.name for member in file.members))
        names = self._folder(file.path.parent)
        known = (name for name in _candidates(file.path.name, names) if name in names)
        return Sidecar(file.path.with_name(next(known, f"{file.path.name}.toml")))

    def read(self, file: File) -> Correction:
        """What is corrected of a file; the empty correction where it has no sidecar.

        Raises:
            ReadError: the sidecar is not what it should be.
        """
        place = self.place(file)
        if place.path.is_dir():
            raise ReadError(place.path, "it is a folder, where a file with corrections belongs", _RENAME)
        if place.path.is_file():
            values = _parsed(_content(place.path), place.path)
            if not place.member:
                return _correction(values, place.path)
            if (table := _table(values, place)) is not None:
                return _correction(table, place.path)
        return self._within(file) if place.member else Correction()

    def astray(self, file: File) -> Iterator[ReadError]:
        """What is wrong with sidecars around a file that are no single interview's; each is told once."""
        if file.archive is not None:
            place = self.place(file)
            beside = {place.path: _foreign(place)} if place.path not in self._told else {}
        else:
            names = self._folder(file.path.parent)
            general = (file.path.with_name(name) for name in _general(file.path.name) if name in names)
            beside = {path: _fits_none(path, names) for path in general if path not in self._told}
        self._told |= beside.keys()
        yield from filter(None, beside.values())

    def _within(self, file: File) -> Correction:
        """What is corrected beside a file in its archive, which may not lead out of the archive's folder."""
        folder = PurePosixPath(file.members[-1].name).parent
        members = self._members(file)
        possible = (f"{file.path.name}.toml", *_general(file.path.name))
        if not any((folder / name).as_posix() in members for name in possible):
            return Correction()
        names = frozenset(PurePosixPath(name).name for name in members if PurePosixPath(name).parent == folder)
        for name in _candidates(file.path.name, names):
            if member := members.get((folder / name).as_posix()):
                path = file.path.with_name(name)
                inner = File(f"{file.name}.toml", path, file.archive, (*file.members[:-1], member))
                correction = _correction(_parsed(_limited(inner.content(), path), path), path)
                _check_stays(correction.recording, path, self.place(file))
                return correction
        return Correction()

    def _folder(self, folder: Path) -> frozenset[str]:
        if folder not in self._folders:
            self._folders[folder] = _files(folder)
        return self._folders[folder]

    def _members(self, file: File) -> dict[str, Member]:
        """The files of the archive in which ``file`` lies, by their names."""
        assert file.archive is not None
        key = (file.archive, file.members[:-1])
        if key not in self._archives:
            content = File(file.name, file.path, file.archive, key[1]).content() if key[1] else None
            with BytesIO(content) if content is not None else file.archive.open("rb") as archive:
                members = list_members(archive, file.archive)
            self._archives[key] = {member.name: member for member in members if not member.leads_out}
        return self._archives[key]


def write_correction(place: Sidecar, correction: Correction) -> None:
    """Write a correction, and leave comments and whatever else stands in its file; one step replaces the file.

    Raises:
        ReadError: what stands there is no TOML, so that it cannot be kept.
        ChangeError: the file cannot be written.
    """
    if place.path.is_dir():
        raise ChangeError(place.path, "a folder has this name, so that no correction can be written", _RENAME)
    try:
        old = _content(place.path).decode("utf-8-sig") if place.path.is_file() else ""
        document = tomlkit.parse(old)
        table: Any = document
        if place.member:
            interviews = document.setdefault("interviews", tomlkit.table(is_super_table=True))
            table = interviews.setdefault(place.member, tomlkit.table())
        _fill(table, correction)
        new = tomlkit.dumps(document)
    except (TOMLKitError, UnicodeDecodeError, TypeError, AttributeError, ValueError) as error:
        raise ReadError(place.path, f"it cannot be kept, since it is not as it should be ({error})", _MEND) from error
    if new != old:
        _replace(place.path, new.encode())


def make_particular(new: Path) -> None:
    """Rename sidecars that would fit their interview no more once ``new`` lies beside it, so that only that one fits.

    Raises:
        ReadError: one cannot be renamed.
    """
    names = _files(new.parent) if new.parent.is_dir() else frozenset[str]()
    interviews = _interviews(names)
    touched = [name for name in interviews if len(interviews) == 1 or PurePosixPath(name).stem == new.stem]
    for name in touched:
        sidecar = next((each for each in _candidates(name, names) if each in names), None)
        if sidecar and not _is_archive(name) and sidecar not in _candidates(name, names | {new.name}):
            old = new.with_name(sidecar)
            try:
                old.rename(beside(new.with_name(name)))
            except OSError as error:
                reason = f"it cannot be renamed to {name}.toml ({error.strerror}), and would correct nothing any more"
                raise ReadError(old, reason, "Rename it yourself, then add the interview.") from error


def _fill(table: Any, correction: Correction) -> None:
    """Bring a TOML table in line with a correction, entry by entry."""
    for key in LINES:
        _set(table, key, getattr(correction, key))
    for key in TABLES:
        entries = dict(getattr(correction, key))
        if entries and key not in table:
            table[key] = tomlkit.table()
        within = table.get(key, {})
        for name in [*within]:
            if name not in entries:
                del within[name]
        for name, to in entries.items():
            _set(within, name, to)
        if key in table and not entries:
            del table[key]


def _set(table: Any, key: str, value: str) -> None:
    if not value:
        table.pop(key, None)
    elif key not in table or _line(table[key]) != value:
        table[key] = value


def _replace(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as error:
        remedy = "Give its folder write permission, or make room."
        raise ChangeError(path, f"the correction cannot be written ({error.strerror})", remedy) from error


def beside(path: Path) -> Path:
    """The sidecar that can be of one file only."""
    return path.with_name(f"{path.name}.toml")


def _files(folder: Path) -> frozenset[str]:
    return frozenset(entry.name for entry in os.scandir(folder) if entry.is_file())


def _candidates(name: str, beside: frozenset[str]) -> list[str]:
    """The names that a sidecar of ``name`` can have among the files ``beside`` it, the most particular first."""
    stems = _stems(beside)
    own, for_all = _general(name)
    fits = ((f"{name}.toml", True), (own, stems[PurePosixPath(name).stem] == 1), (for_all, stems.total() == 1))
    return [candidate for candidate, does_fit in fits if does_fit]


@lru_cache(maxsize=8)  # the files of one folder are asked about one after the other
def _stems(names: frozenset[str]) -> Counter[str]:
    """How many interviews among these files there are of each name without its ending."""
    return Counter(PurePosixPath(name).stem for name in _interviews(names))


def _general(name: str) -> tuple[str, str]:
    """The names that a sidecar of ``name`` can have only as long as they can be no other interview's."""
    return f"{PurePosixPath(name).stem}.toml", _FOR_ALL


def _interviews(names: Iterable[str]) -> list[str]:
    """Those that may be interviews, or archives of some."""
    kinds = (*SUFFIXES, ".zip")
    return [
        name for name in names if not name.startswith((".", "~$")) and PurePosixPath(name).suffix.casefold() in kinds
    ]


def _is_archive(name: str) -> bool:
    return name.casefold().endswith(".zip")


def _fits_none(path: Path, names: Collection[str]) -> ReadError | None:
    """What is wrong with a general sidecar that is the correction of none of the interviews among ``names``."""
    interviews = sorted(_interviews(names))
    meant = [name for name in interviews if PurePosixPath(name).stem == path.stem] or interviews
    if len(meant) == 1 or path.stem in interviews:
        return None
    free = [f"{name}.toml" for name in meant if f"{name}.toml" not in names and not _is_archive(name)]
    if not free:
        remedy = "Each of them has its own: take this one away."
    elif len(free) > _MOST_NAMED:
        remedy = f"Call it after the one that it corrects, as in {free[0]}."
    else:
        remedy = f"Call it {' or '.join(free)}{', after the one that it corrects' if len(free) > 1 else ''}."
    return ReadError(path, f"it could be the correction of {len(meant):,} interviews, and so it is of none", remedy)


def _foreign(place: Sidecar) -> ReadError | None:
    """What stands in an archive's sidecar outside of the tables for its members; what is no TOML is told elsewhere."""
    try:
        values = _parsed(_content(place.path), place.path) if place.path.is_file() else {}
    except ReadError:
        return None
    if not (unknown := _unknown(values, ("interviews",))):
        return None
    known = f'What is corrected in an archive stands in tables such as [interviews."{place.member}"].'
    return ReadError(place.path, f"it says “{unknown[0]}”, which means nothing there", known)


def _unknown(values: Mapping[str, Any], known: Iterable[str]) -> tuple[str, ...]:
    """The first words of a table that are none of those that are known."""
    return tuple(key[:_LONGEST_WORD] for key in islice((key for key in values if key not in known), _MOST_NAMED))


def _check_stays(recording: str, path: Path, outside: Sidecar) -> None:
    """Refuse a recording that leads out of the folder in which the archive lies; links may lead anywhere.

    Raises:
        ReadError: it does; ``path`` is where it stands, and ``outside`` where the user could say so.
    """
    inside = PureWindowsPath(recording)  # which knows both kinds of slashes
    if recording.startswith(("http://", "https://")):
        return
    if inside.anchor or ".." in inside.parts or "://" in recording:
        reason = f"its recording “{recording}” leads out of the archive's folder"
        raise ReadError(
            path, reason, f"If you trust it, say so in {outside.path.name}; until then nothing of it counts."
        )


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return _limited(file.read(LARGEST + 1), path)
    except OSError as error:
        raise ReadError(path, f"it cannot be read ({error.strerror})", "Check its permissions.") from error


def _limited(content: bytes, path: Path) -> bytes:
    if len(content) > LARGEST or max(map(len, content.split(b"\n"))) > LONGEST_LINE:
        raise ReadError(path, "it is far too large for a correction, or a line in it is", _MEND)
    return content


def _parsed(content: bytes, path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:  # what is no TOML or no UTF-8, or a number that is far too long
        raise ReadError(path, f"it is not TOML ({error})", _MEND) from error


def _table(values: Mapping[str, Any], place: Sidecar) -> Mapping[str, Any] | None:
    """The table of one member of an archive, where there is one."""
    interviews = values.get("interviews", {})
    table = interviews.get(place.member) if isinstance(interviews, dict) else interviews
    if table is not None and not isinstance(table, dict):
        raise ReadError(place.path, f'[interviews."{place.member}"] is no table', _MEND)
    return table


def _correction(values: Mapping[str, Any], path: Path) -> Correction:
    try:
        lines = {key: _line(values.get(key, "")) for key in LINES}
        tables = {key: tuple(_entries(values.get(key, {}), key)) for key in TABLES}
        unknown = _unknown(values, (*LINES, *TABLES))
        return Correction(**lines, **tables, unknown=unknown)  # type: ignore[arg-type] # it checks the roles itself
    except (TypeError, ValueError) as error:
        raise ReadError(path, f"it is not a correction: {error}", _MEND) from error


def _entries(table: object, key: str) -> Iterable[tuple[str, str]]:
    if not isinstance(table, dict):
        raise TypeError(f"[{key}] is no table")
    return [(name, _line(to)) for name, to in table.items()]


def _line(value: object) -> str:
    """A text of TOML, or one of its dates."""
    if isinstance(value, date | datetime):
        return value.isoformat()
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text; put it in quotation marks")
    return str(value)

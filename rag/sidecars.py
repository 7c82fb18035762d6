"""Where corrections are kept: a small TOML file (TOML 1.0.0) beside the interview, which a person may write, too.

For ``talk.txt`` that is ``talk.txt.toml``, or ``talk.toml`` where no other interview there is called talk, or
``interview.toml`` where it is the only interview in its folder. In an archive it may lie beside the member, but is
never written there: corrections of what is in ``a.zip`` are written to ``a.zip.toml``, a table for each member.
"""

import os
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError

from rag.corrections import Correction
from rag.errors import ChangeError, ReadError
from rag.readers import SUFFIXES, File
from rag.readers.archives import Member, list_members

LARGEST = 2**20
"""Bytes of a sidecar."""
_LINES = ("title", "date", "link", "recording")
_TABLES = ("speakers", "roles")
_MEND = "Mend it or take it away; until then the interview is read without it."


@dataclass(frozen=True, slots=True)
class Sidecar:
    """Where one interview's correction is written: a file and, for a member of an archive, the table in it."""

    path: Path
    member: str = ""


class Sidecars:
    """Finds the sidecars of one collection's files; what it has seen of folders and archives is kept."""

    def __init__(self) -> None:
        self._folders: dict[Path, list[str]] = {}
        self._archives: dict[tuple[Path, tuple[Member, ...]], dict[str, Member]] = {}

    def place(self, file: File) -> Sidecar:
        """Where the correction of a file is written: the sidecar there is, or the one there will be."""
        if file.archive is not None:
            return Sidecar(_beside(file.archive), "/".join(member.name for member in file.members))
        names = self._folder(file.path.parent)
        known = (name for name in _candidates(file.path.name, names) if name in names)
        return Sidecar(file.path.with_name(next(known, f"{file.path.name}.toml")))

    def read(self, file: File) -> Correction:
        """What is corrected of a file; the empty correction where it has no sidecar.

        Raises:
            ReadError: the sidecar is not what it should be.
        """
        place = self.place(file)
        if place.path.is_file():
            values = _parsed(_content(place.path), place.path)
            if not place.member:
                return _correction(values, place.path)
            if (table := _table(values, place)) is not None:
                return _correction(table, place.path)
        return self._within(file) if place.member else Correction()

    def _within(self, file: File) -> Correction:
        """What is corrected beside a file in its archive."""
        folder = PurePosixPath(file.members[-1].name).parent
        members = self._members(file)
        names = [PurePosixPath(name).name for name in members if PurePosixPath(name).parent == folder]
        for name in _candidates(file.path.name, names):
            if member := members.get((folder / name).as_posix()):
                path = file.path.with_name(name)
                inner = File(f"{file.name}.toml", path, file.archive, (*file.members[:-1], member))
                return _correction(_parsed(inner.content(), path), path)
        return Correction()

    def _folder(self, folder: Path) -> list[str]:
        if folder not in self._folders:
            self._folders[folder] = [entry.name for entry in os.scandir(folder) if entry.is_file()]
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


def _fill(table: Any, correction: Correction) -> None:
    """Bring a TOML table in line with a correction, entry by entry."""
    for key in _LINES:
        _set(table, key, getattr(correction, key))
    for key in _TABLES:
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
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with temporary.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        remedy = "Give its folder write permission, or make room."
        raise ChangeError(path, f"the correction cannot be written ({error.strerror})", remedy) from error


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.toml")


def _candidates(name: str, beside: Iterable[str]) -> list[str]:
    """The names that a sidecar of ``name`` can have among the files ``beside`` it, the most particular first."""
    stem = PurePosixPath(name).stem
    interviews = {other for other in beside if _may_be_interview(other)} | {name}
    found = [f"{name}.toml"]
    if sum(PurePosixPath(other).stem == stem for other in interviews) == 1:
        found.append(f"{stem}.toml")
    if len(interviews) == 1:
        found.append("interview.toml")
    return found


def _may_be_interview(name: str) -> bool:
    suffix = PurePosixPath(name).suffix.casefold()
    return not name.startswith((".", "~$")) and (suffix in SUFFIXES or suffix == ".zip")


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise ReadError(path, f"it cannot be read ({error.strerror})", "Check its permissions.") from error
    if len(content) > LARGEST:
        raise ReadError(path, "it is far too large for a correction", _MEND)
    return content


def _parsed(content: bytes, path: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
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
        lines = {key: _line(values.get(key, "")) for key in _LINES}
        tables = {key: tuple(_entries(values.get(key, {}), key)) for key in _TABLES}
        return Correction(**lines, **tables)  # type: ignore[arg-type] # roles are checked by the value itself
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

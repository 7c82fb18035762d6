"""The members of ZIP archives, read without trusting what the archive says about itself.

A *member* is one file within an archive. No more of it is unpacked than it declares, and no more than the limit that
the caller gives; where its bytes are not what was declared, it is refused (PKWARE, APPNOTE.TXT 6.3.10).
"""

import re
import stat
import struct
import zlib
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from rag.errors import ReadError

LARGEST_DIRECTORY = 8 * 2**20
"""Bytes of the list of an archive's members; a longer one is refused unread."""
STEEPEST, STEEP_FROM = 200, 10 * 2**20
"""How many times larger than itself an archive may unpack to, from this many unpacked bytes on."""

_HEADER = struct.Struct("<4s22xHH")
_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED, _UTF8 = 0x1, 0x800
_DRIVE = re.compile(r"[A-Za-z]:")
_DAMAGED = "Get the archive again, or unpack it yourself."


@dataclass(frozen=True, slots=True)
class Member:
    """One file in an archive, as the archive's list declares it: sizes in bytes, ``checksum`` its CRC-32."""

    name: str
    offset: int
    packed: int
    unpacked: int
    checksum: int
    method: int
    is_encrypted: bool
    is_link: bool

    @property
    def leads_out(self) -> bool:
        """Whether the name is a path that would lead out of the archive's folder."""
        return self.name.startswith("/") or _DRIVE.match(self.name) is not None or ".." in self.name.split("/")


def is_steep(unpacked: int, packed: int) -> bool:
    """Whether an archive of ``packed`` bytes declares so many more that it is made to do harm."""
    return unpacked > max(STEEP_FROM, STEEPEST * packed)


def list_members(file: BinaryIO, path: Path) -> list[Member]:
    """The files of an archive, in the order of its own list; ``path`` is only for the error's sake.

    Raises:
        ReadError: this is no archive, or its list is damaged or far too long.
    """
    try:
        with ZipFile(cast(BinaryIO, _Guarded(file))) as archive:
            return [_member(entry) for entry in archive.infolist() if not entry.filename.endswith(("/", "\\"))]
    except _TooLongError as error:
        raise ReadError(path, "the archive holds far too many files", "Unpack it and keep the interviews.") from error
    except (BadZipFile, NotImplementedError, OSError, ValueError, OverflowError, struct.error) as error:
        raise ReadError(path, f"the archive is damaged ({error})", _DAMAGED) from error


def unpack(file: BinaryIO, member: Member, path: Path, limit: int) -> bytes:
    """The bytes of one member, at most ``limit`` of them; ``path`` is only for the error's sake.

    Raises:
        ReadError: the member is encrypted, damaged, too large, or packed in a way that is not understood.
    """
    if member.is_encrypted:
        raise ReadError(path, "it is locked with a password", "Unpack the archive with its password.")
    if member.method not in (ZIP_STORED, ZIP_DEFLATED):
        raise ReadError(path, "it is packed in a way that is not understood", "Unpack the archive, or pack it anew.")
    if max(member.unpacked, member.packed - limit // 1000 - 1024) > limit:
        raise ReadError(path, f"the file is larger than {limit >> 20} MB", "Split it into its interviews.")
    try:
        content = _unpacked(_packed(file, member), member)
    except (zlib.error, struct.error, OSError, ValueError) as error:
        raise ReadError(path, f"it is damaged within its archive ({error})", _DAMAGED) from error
    if content is None:
        raise ReadError(path, "it is damaged within its archive (its bytes are not those declared)", _DAMAGED)
    return content


def _member(entry: ZipInfo) -> Member:
    return Member(
        name=_name(entry),
        offset=entry.header_offset,
        packed=entry.compress_size,
        unpacked=entry.file_size,
        checksum=entry.CRC,
        method=entry.compress_type,
        is_encrypted=bool(entry.flag_bits & _ENCRYPTED),
        is_link=stat.S_ISLNK(entry.external_attr >> 16),
    )


def _name(entry: ZipInfo) -> str:
    """The member's name with forward slashes; many packers write UTF-8 without saying so."""
    name = entry.filename
    if not entry.flag_bits & _UTF8:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    name = name.replace("\\", "/")
    parts = [part for part in name.split("/") if part not in ("", ".")]
    return "/" * name.startswith("/") + "/".join(parts)


def _packed(file: BinaryIO, member: Member) -> bytes:
    file.seek(member.offset)
    signature, name, extra = _HEADER.unpack(file.read(_HEADER.size))
    if signature != _SIGNATURE:
        raise ValueError("no file where one should begin")
    file.seek(name + extra, 1)
    return file.read(member.packed)


def _unpacked(packed: bytes, member: Member) -> bytes | None:
    """The member's bytes; none where they are not what was declared."""
    content = packed
    if member.method == ZIP_DEFLATED:
        content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, member.unpacked + 1)
    whole = len(content) == member.unpacked and zlib.crc32(content) == member.checksum
    return content if whole else None


class _TooLongError(Exception):
    """An archive's list is longer than that of any collection."""


class _Guarded:
    """A file of which no long piece is read at once, as ``zipfile`` does with the list of members."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        content = self._file.read(size if 0 <= size <= LARGEST_DIRECTORY else LARGEST_DIRECTORY + 1)
        if len(content) > LARGEST_DIRECTORY:
            raise _TooLongError
        return content

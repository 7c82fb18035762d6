"""Writing: a file is there whole or not at all, and never takes the place of another one unasked."""

import errno
import os
import time
from pathlib import Path
from typing import NoReturn

import pytest

from rag.writing import clear_unfinished, copy_new, flush_names, write_whole


def names(folder: Path) -> set[str]:
    """All that lies in a folder."""
    return {path.name for path in folder.iterdir()}


def refuse(*_: object) -> NoReturn:
    """A file system that does not do this."""
    raise OSError(errno.EPERM, "Operation not permitted")


def test_a_file_is_replaced(tmp_path: Path) -> None:
    """What stood there before is gone, and nothing else is left."""
    for content in (b"old", b"new"):
        write_whole(tmp_path / "file", content)
    assert (tmp_path / "file").read_bytes() == b"new"
    assert names(tmp_path) == {"file"}


@pytest.mark.parametrize("links", [True, False])
def test_a_copy_takes_nobodys_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool) -> None:
    """Whether or not the file system knows links, what stands there stays."""
    if not links:
        monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "file").write_bytes(b"new")
    copy_new(tmp_path / "file", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"new"
    (tmp_path / "copy").write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        copy_new(tmp_path / "file", tmp_path / "copy")
    assert (tmp_path / "copy").read_bytes() == b"mine"
    assert names(tmp_path) == {"file", "copy"}


def test_a_copy_that_cannot_be_named_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither under its name nor under another."""
    (tmp_path / "file").write_bytes(b"new")
    monkeypatch.setattr(os, "link", refuse)
    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(OSError, match="not permitted"):
        copy_new(tmp_path / "file", tmp_path / "copy")
    assert names(tmp_path) == {"file"}


def test_only_what_nobody_finishes_is_removed(tmp_path: Path) -> None:
    """What is being written now stays, and so does whatever is called otherwise."""
    (tmp_path / "deep").mkdir()
    for name in (".talk.txt.12-34.part", "deep/.talk.txt.toml.12.part", "talk.part", ".talk.part", ".now.txt.1-2.part"):
        (tmp_path / name).write_bytes(b"half")
        if "now" not in name:
            os.utime(tmp_path / name, (time.time() - 7200,) * 2)
    clear_unfinished(tmp_path)
    assert names(tmp_path) == {"deep", "talk.part", ".talk.part", ".now.txt.1-2.part"}
    assert names(tmp_path / "deep") == set()


def test_names_that_cannot_be_flushed_are_told_only_where_that_is_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system that knows no such thing is none; a full disk is."""

    def fail(number: int) -> None:
        def flush(_: int) -> NoReturn:
            raise OSError(number, os.strerror(number))

        monkeypatch.setattr(os, "fsync", flush)

    fail(errno.EINVAL)
    flush_names(tmp_path)
    if os.name == "posix":
        fail(errno.ENOSPC)
        with pytest.raises(OSError, match="No space left"):
            flush_names(tmp_path)

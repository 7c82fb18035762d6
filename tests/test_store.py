"""The index on disk: it comes back as it went, no damage goes unnoticed, and no crash costs the index before it."""

import errno
import hashlib
import io
import json
import os
import random
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NoReturn

import faiss
import numpy as np
import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import store
from rag.errors import DamagedIndexError, ForeignIndexError, IndexFileError
from rag.index import Index
from rag.library import Library
from tests.small import BRIDGES, RIVERS, LettersEmbedder, assert_same, index_of

MODEL = "letters@1"
OLD = index_of({"rivers.txt": RIVERS})
NEW = index_of({"bridges.txt": BRIDGES, "rivers.txt": RIVERS})
ROLES = ("interviews", "windows", "lexical", "passages", "sentences", "vocabulary", "said")
WRITES = len(ROLES) + 1
"""Files that one save writes: one for each role, and the manifest."""
FLIPS = 60
"""Bytes of each file that are flipped, beside the first and the last."""


def _kept() -> dict[str, bytes]:
    with TemporaryDirectory() as name:
        store.save(NEW, Path(name))
        return {path.name: path.read_bytes() for path in Path(name).iterdir()}


_KEPT = _kept()
"""The files of the new index."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the old index in it."""
    store.save(OLD, tmp_path / "index")
    return tmp_path / "index"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the new index, for tests that leave it as it was."""
    path = tmp_path_factory.mktemp("kept")
    store.save(NEW, path)
    return path


def file_of(folder: Path, role: str) -> Path:
    """The file that the manifest names for a role, or the manifest itself."""
    manifest = json.loads((folder / store.MANIFEST).read_bytes())
    return folder / (store.MANIFEST if role == "manifest" else manifest["files"][role]["name"])


def loaded(folder: Path, model: str = MODEL) -> Index:
    """The index in a folder, which must be there."""
    index = store.load(folder, model)
    assert index is not None
    return index


def files(folder: Path) -> set[str]:
    """Names of all files but the lock."""
    return {path.name for path in folder.iterdir()} - {".lock"}


def test_saved_index_comes_back_the_same(kept: Path) -> None:
    """Texts, spans, vectors and terms are those that were saved."""
    assert_same(loaded(kept), NEW)


def test_folder_without_an_index_holds_none(tmp_path: Path) -> None:
    """Where nothing was saved yet, there is no index and no error."""
    assert store.load(tmp_path, MODEL) is None
    assert store.load(tmp_path / "absent", MODEL) is None


def _flipped(content: bytes, seed: str) -> Iterator[bytes]:
    chosen = random.Random(seed)
    places = {0, len(content) - 1, *chosen.sample(range(len(content)), min(FLIPS, len(content)))}
    for at in sorted(places):
        changed = content[at] ^ (1 << chosen.randrange(8))
        yield content[:at] + bytes([changed]) + content[at + 1 :]


@pytest.mark.parametrize("role", [*ROLES, "manifest"])
def test_flipped_byte_is_always_caught(kept: Path, role: str) -> None:
    """One changed bit anywhere in any file is an error that names the file and the remedy."""
    path = file_of(kept, role)
    content = path.read_bytes()
    try:
        for damaged in _flipped(content, role):
            path.write_bytes(damaged)
            with pytest.raises(DamagedIndexError, match="whosaid index") as caught:
                store.load(kept, MODEL)
            assert caught.value.path == path
    finally:
        path.write_bytes(content)
    assert_same(loaded(kept), NEW)


@pytest.mark.parametrize("role", [*ROLES, "manifest"])
@pytest.mark.parametrize("damage", ["cut", "emptied", "lengthened"])
def test_file_of_another_length_is_caught(folder: Path, role: str, damage: str) -> None:
    """A file that was cut short, emptied or appended to is named."""
    path = file_of(folder, role)
    content = path.read_bytes()
    path.write_bytes({"cut": content[: len(content) // 2], "emptied": b"", "lengthened": content + b"\n"}[damage])
    with pytest.raises(DamagedIndexError) as caught:
        store.load(folder, MODEL)
    assert caught.value.path == path


@pytest.mark.parametrize("role", ROLES)
def test_missing_file_is_named(folder: Path, role: str) -> None:
    """A file that is not there is an error with its name."""
    path = file_of(folder, role)
    path.unlink()
    with pytest.raises(DamagedIndexError, match="missing") as caught:
        store.load(folder, MODEL)
    assert caught.value.path == path


@pytest.mark.parametrize("role", [*ROLES, "manifest"])
def test_file_that_cannot_be_opened_is_named(folder: Path, role: str) -> None:
    """Whatever stands in a file's place, here a folder, is an error of the index and no stack trace."""
    path = file_of(folder, role)
    path.unlink()
    path.mkdir()
    with pytest.raises(DamagedIndexError, match="cannot be read") as caught:
        store.load(folder, MODEL)
    assert caught.value.path == path


@pytest.mark.parametrize("role", ROLES)
def test_files_of_two_indexes_do_not_mix(folder: Path, kept: Path, role: str) -> None:
    """A whole file of another index in the place of one's own is caught."""
    file_of(folder, role).write_bytes(file_of(kept, role).read_bytes())
    with pytest.raises(DamagedIndexError):
        store.load(folder, MODEL)


@settings(max_examples=150)
@given(st.sampled_from([*ROLES, "manifest"]), st.sampled_from(["flip", "cut", "drop", "double", "swap"]), st.data())
def test_any_damage_anywhere_is_caught(role: str, damage: str, data: st.DataObject) -> None:
    """Bits flipped, bytes cut off, left out, doubled or swapped: the file and the remedy are told."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for file, content in _KEPT.items():
            (folder / file).write_bytes(content)
        path = file_of(folder, role)
        content = path.read_bytes()
        at = data.draw(st.one_of(st.sampled_from([0, len(content) - 1]), st.integers(0, len(content) - 1)))
        other = data.draw(st.integers(0, len(content) - 1))
        damaged = _damaged(content, damage, at, other)
        if damaged == content:
            return
        path.write_bytes(damaged)
        with pytest.raises(DamagedIndexError, match="Delete this folder and run `whosaid index` again") as caught:
            store.load(folder, MODEL)
        assert caught.value.path == path


def _damaged(content: bytes, damage: str, at: int, other: int) -> bytes:
    low, high = sorted((at, other))
    return {
        "flip": content[:at] + bytes([content[at] ^ 1 << other % 8]) + content[at + 1 :],
        "cut": content[:at],
        "drop": content[:at] + content[at + 1 :],
        "double": content[:at] + content[at : at + 1] + content[at:],
        "swap": content[:low] + content[high : high + 1] + content[low + 1 : high] + content[low : low + 1]
        + content[high + 1 :],
    }[damage]  # fmt: skip


@pytest.mark.parametrize("one", ROLES)
def test_files_of_one_index_do_not_change_places(folder: Path, one: str) -> None:
    """Two files of the same index, each whole, in the place of one another are caught."""
    for other in {*ROLES} - {one}:
        paths = file_of(folder, one), file_of(folder, other)
        contents = [path.read_bytes() for path in paths]
        for path, content in zip(paths, reversed(contents), strict=True):
            path.write_bytes(content)
        with pytest.raises(DamagedIndexError) as caught:
            store.load(folder, MODEL)
        assert caught.value.path in paths
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)


@pytest.mark.parametrize("role", ROLES)
def test_sealed_files_that_do_not_fit_together_are_caught(folder: Path, tmp_path: Path, role: str) -> None:
    """A smaller index's file among those of a larger one, seal and all, is told not to fit."""
    mixed = tmp_path / "mixed"
    store.save(NEW, mixed)
    path = file_of(folder, role)
    (mixed / path.name).write_bytes(path.read_bytes())
    manifest = json.loads((mixed / store.MANIFEST).read_bytes())
    manifest["files"][role] = json.loads((folder / store.MANIFEST).read_bytes())["files"][role]
    del manifest["sha256"]
    manifest["sha256"] = hashlib.sha256(json.dumps(manifest, ensure_ascii=False, indent=1).encode()).hexdigest()
    (mixed / store.MANIFEST).write_bytes(json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n")
    with pytest.raises(DamagedIndexError, match="does not fit together"):
        store.load(mixed, MODEL)


def test_other_format_is_foreign(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index of another format version is told apart from a damaged one."""
    with monkeypatch.context() as patched:
        patched.setattr(store, "FORMAT", store.FORMAT + 1)
        store.save(OLD, tmp_path)
    with pytest.raises(ForeignIndexError, match=f"format {store.FORMAT + 1}.*format {store.FORMAT}"):
        store.load(tmp_path, MODEL)


def test_index_of_the_format_before_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever has an index of an older whosaid gets a new one in its place, without a word and without an error."""
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "talk.txt").write_text(RIVERS)
    with monkeypatch.context() as patched:
        patched.setattr(store, "FORMAT", 2)
        Library.open(tmp_path / "talks", index=tmp_path / "index", embedder=LettersEmbedder())
    with pytest.raises(ForeignIndexError, match="format 2"):
        store.load(tmp_path / "index", MODEL)
    embedder = LettersEmbedder()
    library = Library.open(tmp_path / "talks", index=tmp_path / "index", embedder=embedder)
    assert library.problems == ()
    assert embedder.encoded
    assert json.loads((tmp_path / "index" / store.MANIFEST).read_text())["format"] == store.FORMAT
    assert_same(library.index, loaded(tmp_path / "index"))
    assert files(tmp_path / "index") == {file_of(tmp_path / "index", role).name for role in (*ROLES, "manifest")}


def test_other_model_is_foreign(kept: Path) -> None:
    """Vectors of one model are never used with another; the message names both."""
    with pytest.raises(ForeignIndexError, match="letters@1, not letters@2"):
        store.load(kept, "letters@2")


def test_nothing_but_plain_arrays_json_and_faiss_lies_there(kept: Path) -> None:
    """Every file is one that the manifest names, and opens without pickle as what its ending says."""
    assert files(kept) == {file_of(kept, role).name for role in (*ROLES, "manifest")}
    for path in map(kept.joinpath, files(kept)):
        _OPEN[path.suffix](path.read_bytes())


def _open_arrays(content: bytes) -> None:
    with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
        assert all(arrays[name].dtype.kind in "iuf" for name in arrays.files)


def _open_vectors(content: bytes) -> None:
    assert faiss.deserialize_index(np.frombuffer(content, np.uint8)).ntotal > 0


_OPEN: dict[str, Callable[[bytes], Any]] = {".npz": _open_arrays, ".faiss": _open_vectors, ".json": json.loads}


def test_files_of_the_old_index_are_removed(folder: Path) -> None:
    """After a save only the files of the new index lie there; leavings of a crash are gone as well."""
    left = folder / f".{store.MANIFEST}.123.part"
    left.write_bytes(b"half")
    store.save(NEW, folder)
    assert files(folder) == {file_of(folder, role).name for role in (*ROLES, "manifest")}


def test_files_of_others_are_left_alone(folder: Path) -> None:
    """Whatever else somebody keeps in the folder survives, whatever its ending."""
    others = ("notes.json", "vectors.npz", "mine.faiss", "download.part", "interview.txt")
    for name in others:
        (folder / name).write_text("mine")
    store.save(NEW, folder)
    assert files(folder) >= set(others)


def test_an_erased_index_is_gone_and_what_is_not_its_own_stays(folder: Path) -> None:
    """Nothing of the index is left to read, and a file of somebody else is not touched."""
    (folder / "notes.txt").write_text("mine")
    store.erase(folder)
    assert (files(folder), store.load(folder, MODEL)) == ({"notes.txt"}, None)


def test_a_crash_while_erasing_leaves_no_half_of_an_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever erasing is interrupted, there is no index to read, and the next save works and cleans up."""
    for at in range(2, WRITES + 1):
        store.save(OLD, folder)
        with monkeypatch.context() as patched:
            cut_power(patched, Path, "unlink", at, PowerCutError())
            with pytest.raises(PowerCutError):
                store.erase(folder)
        assert store.load(folder, MODEL) is None
    store.save(NEW, folder)
    assert_same(loaded(folder), NEW)
    assert files(folder) == {file_of(folder, role).name for role in (*ROLES, "manifest")}


def test_what_a_killed_writer_left_is_removed(folder: Path) -> None:
    """Files of no index go, whoever was writing them; those of the index and of others stay."""
    before = files(folder)
    for name in (f"{'0' * 32}.npz", f"{'0' * 32}.draft", f".{'0' * 32}.npz.123-4.part", "notes.npz"):
        (folder / name).write_bytes(b"left")
    store.tidy(folder)
    assert files(folder) == before | {"notes.npz"}
    assert_same(loaded(folder), OLD)


class PowerCutError(BaseException):
    """Nothing after it is done; no ordinary handler catches it."""


def cut_power(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, at: int, error: BaseException) -> None:
    """Make the ``at``-th call of a function fail."""
    calls = iter(range(1, 100))
    original = getattr(owner, name)

    def fail_once(*arguments: Any, **options: Any) -> Any:
        if next(calls) == at:
            raise error
        return original(*arguments, **options)

    monkeypatch.setattr(owner, name, fail_once)


@pytest.mark.parametrize("at", range(1, WRITES + 1))
@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize("error", [PowerCutError(), OSError(errno.ENOSPC, "No space left on device")])
def test_crash_while_writing_leaves_the_old_index(
    folder: Path, monkeypatch: pytest.MonkeyPatch, step: str, at: int, error: BaseException
) -> None:
    """Wherever a save is interrupted, the old index can be read, and the next save works and cleans up."""
    with monkeypatch.context() as patched:
        cut_power(patched, os if step == "fsync" else Path, step, at, error)
        with pytest.raises((PowerCutError, IndexFileError)):
            store.save(NEW, folder)
    assert_same(loaded(folder), OLD)
    store.save(NEW, folder)
    assert_same(loaded(folder), NEW)
    assert files(folder) == {file_of(folder, role).name for role in (*ROLES, "manifest")}


def test_crash_while_cleaning_leaves_the_new_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the manifest is replaced the new index counts, whatever could not be removed."""
    with monkeypatch.context() as patched:
        cut_power(patched, Path, "unlink", 1, PowerCutError())
        with pytest.raises(PowerCutError):
            store.save(NEW, folder)
    assert_same(loaded(folder), NEW)


def test_full_disk_is_told_with_a_remedy(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the folder, the system's reason and what to do."""
    cut_power(monkeypatch, os, "fsync", 1, OSError(errno.ENOSPC, "No space left on device"))
    with pytest.raises(IndexFileError, match=r"No space left.* --index") as caught:
        store.save(NEW, folder)
    assert caught.value.path == folder


def test_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    """Where a file stands in the folder's place, the error says that the index cannot be written."""
    (tmp_path / "file").write_text("in the way")
    for place in (tmp_path / "file", tmp_path / "file" / "index"):
        with pytest.raises(IndexFileError, match="cannot be written"):
            store.save(OLD, place)


def test_folder_without_write_permission_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that may only be read gives a clear error, and its index stays readable."""

    def refuse(*_: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "open", refuse)  # as root even a folder without permissions can be written
        with pytest.raises(IndexFileError, match=r"Permission denied.* give it write permission"):
            store.save(NEW, folder)
    assert_same(loaded(folder), OLD)


def test_reader_overtaken_by_a_writer_gets_the_new_index(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A save between reading the manifest and its files leads to the new index, never to a mixture."""
    read = Path.read_bytes
    overtaken = threading.Event()

    def overtake(path: Path) -> bytes:
        if path.name != store.MANIFEST and not overtaken.is_set():
            overtaken.set()
            store.save(NEW, folder)
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", overtake)
    assert_same(loaded(folder), NEW)
    assert overtaken.is_set()


@pytest.fixture
def busy(folder: Path) -> Iterator[Callable[[], None]]:
    """Another writer holds the folder; calling this makes it finish."""
    held, finish = threading.Event(), threading.Event()

    def write() -> None:
        with FileLock(folder / ".lock"):
            held.set()
            finish.wait(30)

    writer = threading.Thread(target=write)
    writer.start()
    assert held.wait(30)
    yield finish.set
    finish.set()
    writer.join()


@pytest.mark.usefixtures("busy")
def test_second_writer_is_told_in_the_end(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waits too long for another writer gets a clear error, and the index is untouched."""
    monkeypatch.setattr(store, "_LOCK_SECONDS", 0.2)
    with pytest.raises(IndexFileError, match="another whosaid is writing"):
        store.save(NEW, folder)
    assert_same(loaded(folder), OLD)


def test_second_writer_waits_for_the_first(folder: Path, busy: Callable[[], None]) -> None:
    """A save that finds another one at work begins when that is done."""
    begun = time.monotonic()
    timer = threading.Timer(0.4, busy)
    timer.start()
    store.save(NEW, folder)
    assert time.monotonic() - begun >= 0.4
    assert_same(loaded(folder), NEW)


def test_too_little_memory_is_no_damage(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where memory does not suffice for an index, that is told, and nobody is asked to delete it."""

    def fail(content: object) -> NoReturn:
        raise MemoryError

    monkeypatch.setattr(faiss, "deserialize_index", fail)
    with pytest.raises(IndexFileError, match="not enough memory") as caught:
        loaded(folder)
    assert "Delete" not in caught.value.remedy

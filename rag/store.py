"""The index on disk: files named by their content's hash, and one manifest that is replaced atomically.

A reader sees the old index or the new one, never a mixture; every file is checked by its hash before it is used.
The format is described in ``embeddings/README.md``.
"""

import gc
import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import faiss
import numpy as np
from filelock import FileLock, Timeout

from rag.codec import (
    UNFIT,
    decode_arrays,
    decode_interview,
    decode_rows,
    decode_vocabulary,
    encode_arrays,
    encode_interview,
    encode_rows,
    encode_vocabulary,
)
from rag.errors import DamagedIndexError, ForeignIndexError, IndexFileError
from rag.index import Index, Said
from rag.lexical import LexicalIndex
from rag.writing import flush_names, write_whole

FORMAT = 3
MANIFEST = "manifest.json"
_REBUILD = "Delete this folder and run `whosaid index` again."
_LOCK_SECONDS = 120
_ROLES = {
    "interviews": ".json",
    "windows": ".faiss",
    "lexical": ".npz",
    "passages": ".npz",
    "sentences": ".npz",
    "vocabulary": ".npz",
    "said": ".npz",
}

_DRAFT = ".draft"
_PART = r"\.(?:[0-9a-f]{32}|manifest)\.\w+\.\d+(?:-\d+)?\.part"
_OURS = re.compile(rf"[0-9a-f]{{32}}\.(?:json|faiss|npz|draft)|{_PART}")
"""Names of files that this module makes; whatever else lies in the folder is somebody else's."""


def save(index: Index, folder: Path) -> None:
    """Write the index and publish it by replacing the manifest; then remove files of the one before.

    Raises:
        IndexFileError: the folder cannot be written, or another process keeps writing to it.
    """
    with _writing(folder):
        contents = _contents(index)
        with _all_or_nothing(folder):
            files = {role: _put(folder, content, _ROLES[role]) for role, content in contents.items()}
            manifest = {
                "format": FORMAT,
                "model": index.model,
                "dimensions": index.windows.d,
                "files": files,
                "sources": {interview.source.name: interview.source.sha256 for interview in index.interviews},
            }
            flush_names(folder)
            write_whole(folder / MANIFEST, _sealed(manifest))
        flush_names(folder)  # before anything is removed, so that a power cut never finds the old manifest alone
        _clean(folder, {file["name"] for file in files.values()})


def load(folder: Path, model: str) -> Index | None:
    """Open the index in ``folder``; none where there is no index yet.

    Raises:
        DamagedIndexError: a file is missing, cut or altered.
        ForeignIndexError: made by another format version or for another model than ``model``.
        IndexFileError: there is not enough memory for it.
    """
    for _ in range(3):
        content = _manifest_bytes(folder)
        if content is None:
            return None
        manifest = _unsealed(folder, content)
        _check_origin(folder, manifest, model)
        try:
            with _uncollected():
                return _assembled(folder, manifest)
        except FileNotFoundError as error:
            if _manifest_bytes(folder) == content:
                raise DamagedIndexError(error.filename, "a file of the index is missing", _REBUILD) from error
    raise DamagedIndexError(folder, "the index changes faster than it can be read", "Try again.")


def erase(folder: Path) -> None:
    """Remove every file of the index in ``folder``; the manifest first, so that no half of it is ever read.

    Raises:
        IndexFileError: the folder cannot be written, or another process keeps writing to it.
    """
    if not folder.is_dir():
        return
    with _writing(folder):
        (folder / MANIFEST).unlink(missing_ok=True)
        _clean(folder, set())


def tidy(folder: Path) -> None:
    """Remove what a writer that was stopped left in a folder; what belongs to the index stays, and so does its peace.

    Nothing is done while somebody writes, who will do it, nor where nothing can be removed.
    """
    with suppress(IndexFileError, OSError):
        if _strays(folder):
            with _writing(folder, seconds=0):
                _clean(folder, _named(folder))


@dataclass(frozen=True)
class DraftShelf:
    """Keeps the drafts of a build in its index's folder; whatever is published there next removes them."""

    folder: Path

    def put(self, content: bytes) -> None:
        """Keep one more draft.

        Raises:
            IndexFileError: the folder cannot be written, or another process keeps writing to it.
        """
        with _writing(self.folder):
            _put(self.folder, content, _DRAFT)

    def contents(self) -> Iterator[bytes]:
        """The drafts that are whole, which their names tell."""
        for path in sorted(self.folder.glob(f"*{_DRAFT}")):
            with suppress(OSError):  # one that cannot be read is of no more use than one that is damaged
                content = path.read_bytes()
                if path.name == _name(content, _DRAFT):
                    yield content


def _contents(index: Index) -> dict[str, bytes]:
    by_source: dict[str, list[Any]] = {interview.source.name: [] for interview in index.interviews}
    for entry in index.entries:
        by_source[entry.source].append(entry)
    interviews = [
        encode_interview(interview, tuple(by_source[interview.source.name])) for interview in index.interviews
    ]
    return {
        "interviews": json.dumps(interviews, ensure_ascii=False).encode(),
        "windows": faiss.serialize_index(index.windows).tobytes(),
        "lexical": index.lexical.to_bytes(),
        "passages": encode_rows(index.passages),
        "sentences": encode_rows(index.sentences),
        "vocabulary": encode_vocabulary(index.vocabulary),
        "said": encode_arrays(
            words=index.said.words, starts=index.said.starts, window_of=index.window_of, sizes=index.sizes
        ),
    }


@contextmanager
def _uncollected() -> Iterator[None]:
    """Within it nothing is looked for that could be thrown away: among new objects, all kept, that takes long."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def _assembled(folder: Path, manifest: dict[str, Any]) -> Index:
    try:
        contents = {role: _get(folder, manifest["files"][role]) for role in _ROLES}
        decoded = [decode_interview(value) for value in json.loads(contents["interviews"])]
        said = decode_arrays(contents["said"])
        return Index(
            model=manifest["model"],
            interviews=tuple(interview for interview, _ in decoded),
            entries=tuple(passage for _, passages in decoded for passage in passages),
            window_of=said["window_of"],
            sizes=said["sizes"],
            windows=faiss.deserialize_index(np.frombuffer(contents["windows"], np.uint8)),
            passages=decode_rows(contents["passages"]),
            sentences=decode_rows(contents["sentences"]),
            vocabulary=decode_vocabulary(contents["vocabulary"]),
            said=Said(said["words"], said["starts"]),
            lexical=LexicalIndex.from_bytes(contents["lexical"]),
        )
    except UNFIT as error:
        raise DamagedIndexError(folder / MANIFEST, f"the index does not fit together ({error})", _REBUILD) from error
    except MemoryError as error:
        remedy = "Close other programs, or split the collection."
        raise IndexFileError(folder, "there is not enough memory to open the index", remedy) from error


def _check_origin(folder: Path, manifest: dict[str, Any], model: str) -> None:
    if manifest.get("format") != FORMAT:
        found = manifest.get("format")
        raise ForeignIndexError(folder, f"the index has format {found}, this whosaid reads format {FORMAT}", _REBUILD)
    if manifest.get("model") != model:
        found = manifest.get("model")
        raise ForeignIndexError(folder, f"the index was made with the model {found}, not {model}", _REBUILD)


def _manifest_bytes(folder: Path) -> bytes | None:
    try:
        return (folder / MANIFEST).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DamagedIndexError(folder / MANIFEST, f"it cannot be read ({error.strerror})", _REBUILD) from error


def _sealed(manifest: dict[str, Any]) -> bytes:
    """The manifest with its own hash as its last line, so that no altered byte of it goes unnoticed."""
    content = json.dumps(manifest, ensure_ascii=False, indent=1).encode()
    seal = json.dumps({**manifest, "sha256": hashlib.sha256(content).hexdigest()}, ensure_ascii=False, indent=1)
    return seal.encode() + b"\n"


def _unsealed(folder: Path, content: bytes) -> dict[str, Any]:
    try:
        manifest = json.loads(content)
        manifest.pop("sha256")
        whole = _sealed(manifest) == content
    except UNFIT:
        whole = False
    if not whole:
        raise DamagedIndexError(folder / MANIFEST, "the manifest is damaged", _REBUILD)
    return dict(manifest)


def _put(folder: Path, content: bytes, ending: str) -> dict[str, Any]:
    name = _name(content, ending)
    if not (folder / name).exists() or (folder / name).read_bytes() != content:
        write_whole(folder / name, content)
    return {"name": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def _name(content: bytes, ending: str) -> str:
    return f"{hashlib.sha256(content).hexdigest()[:32]}{ending}"


def _get(folder: Path, file: dict[str, Any]) -> bytes:
    path = folder / Path(file["name"]).name
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise DamagedIndexError(path, f"it cannot be read ({error.strerror})", _REBUILD) from error
    if hashlib.sha256(content).hexdigest() != file["sha256"]:
        raise DamagedIndexError(path, "its content is not what the manifest promises", _REBUILD)
    return content


@contextmanager
def _all_or_nothing(folder: Path) -> Iterator[None]:
    """Within it files are written; if one of them cannot be, those before it are removed."""
    before = _ours(folder)
    try:
        yield
    except OSError:
        with suppress(OSError):  # what went wrong with the writing is what is told
            _clean(folder, before)
        raise


def _clean(folder: Path, keep: set[str]) -> None:
    for name in _ours(folder) - keep:
        (folder / name).unlink(missing_ok=True)


def _ours(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if _OURS.fullmatch(path.name) and path.is_file()}


def _strays(folder: Path) -> set[str]:
    """Files in the folder of an index that do not belong to it."""
    return _ours(folder) - _named(folder)


def _named(folder: Path) -> set[str]:
    """The files that the manifest names."""
    content = _manifest_bytes(folder)
    return {file["name"] for file in _unsealed(folder, content)["files"].values()} if content else set()


@contextmanager
def _writing(folder: Path, *, seconds: float | None = None) -> Iterator[None]:
    """Within it nobody else writes; files that somebody was writing who was stopped are removed first."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock", timeout=_LOCK_SECONDS if seconds is None else seconds):
            _clean(folder, {name for name in _ours(folder) if not re.fullmatch(_PART, name)})
            yield
    except Timeout as error:
        raise IndexFileError(folder, "another whosaid is writing this index", "Wait for it, then try again.") from error
    except OSError as error:
        remedy = "Make room or give it write permission, or put the index elsewhere with --index."
        raise IndexFileError(folder, f"the index cannot be written ({error.strerror})", remedy) from error

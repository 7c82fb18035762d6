"""What two windows or commands do to one collection at the same time: nothing is lost, and nothing stays behind."""

import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from filelock import FileLock

from rag.library import Library
from rag.updating import bring_up_to_date
from rag.upkeep import add_files
from tests.small import LettersEmbedder

TALK = "Ana: How are {0}?\nBen: The {0} are fine.\nAna: Why the {0}?\nBen: Because of the rain on the {0}.\n"


def test_two_files_of_one_name_added_at_once_are_both_kept(tmp_path: Path) -> None:
    """Whoever is second gets a number; nobody's file takes the place of another's."""
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "talk.txt").write_text(TALK.format(folder), encoding="utf-8")
    together = Barrier(2)

    def add(folder: str) -> tuple[str, ...]:
        together.wait()
        return add_files(tmp_path / "home", [tmp_path / folder / "talk.txt"]).added

    with ThreadPoolExecutor(2) as pool:
        added = [name for names in pool.map(add, ("one", "two")) for name in names]
    assert sorted(added) == ["talk (2).txt", "talk.txt"]
    kept = {path.read_text("utf-8") for path in (tmp_path / "home").glob("*.txt")}
    assert kept == {TALK.format("one"), TALK.format("two")}


@pytest.mark.parametrize("corrected", [False, True])
def test_one_file_that_two_add_at_once_is_there_once(tmp_path: Path, corrected: bool) -> None:
    """Neither doubles what the other one brings, and its correction stays with it."""
    (tmp_path / "talk.txt").write_text(TALK.format("songs"), encoding="utf-8")
    expected = {"talk.txt"}
    if corrected:
        (tmp_path / "talk.toml").write_text('title = "Songs"\n', encoding="utf-8")
        expected |= {"talk.txt.toml"}
    for number in range(20):
        home, together = tmp_path / f"home{number}", Barrier(2)

        def add(_: int, home: Path = home, together: Barrier = together) -> None:
            together.wait()
            assert not add_files(home, [tmp_path / "talk.txt"]).problems

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(add, range(2)))
        assert {path.name for path in home.iterdir()} == expected


def test_what_belongs_to_no_index_is_left_to_whoever_writes(tmp_path: Path) -> None:
    """Somebody who only reads does not wait for a writer: what a stopped one left is removed another time."""
    home, index = tmp_path / "home", tmp_path / "index"
    home.mkdir()
    (home / "talk.txt").write_text(TALK.format("songs"), encoding="utf-8")
    Library.open(home, index=index, embedder=LettersEmbedder())
    left = index / f"{'0' * 32}.npz"
    left.write_bytes(b"left")
    with FileLock(index / ".lock"):
        begun = time.monotonic()
        assert Library.open(home, index=index, embedder=LettersEmbedder()).problems == ()
        assert time.monotonic() - begun < 30
        assert left.exists()
    Library.open(home, index=index, embedder=LettersEmbedder())
    assert not left.exists()


def test_what_is_removed_while_the_index_is_made_leaves_no_trace(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another window removes an interview after this one has read it: the index that is written does not have it."""
    home = tmp_path / "home"
    home.mkdir()
    for name in ("rivers", "meadows"):
        (home / f"{name}.txt").write_text(TALK.format(name), encoding="utf-8")
    calls: list[int] = []

    def removed_meanwhile(*arguments: object) -> object:
        calls.append(1)
        (home / "rivers.txt").unlink(missing_ok=True)
        return bring_up_to_date(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr("rag.library.bring_up_to_date", removed_meanwhile)
    opened = Library.open(home, index=tmp_path / "index", embedder=LettersEmbedder())
    assert [interview.source.name for interview in opened.interviews] == ["meadows.txt"]
    assert len(calls) == 2
    content = b"".join(path.read_bytes() for path in (tmp_path / "index").rglob("*") if path.is_file())
    assert b"meadows" in content
    assert b"rivers" not in content

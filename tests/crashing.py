"""Stops work on a small collection at every step of it, and checks that nothing is lost and the next run completes.

A step is whatever touches the disk (opening to write, flushing, renaming, linking, removing, making a folder) or
embeds. Work is killed there, or told that the disk is full, or that it can only be read from there on.
It is a program of its own, since it forks: ``python -m tests.crashing FOLDER kill``, and prints a count for each work.
"""

import argparse
import errno
import json
import os
import random
import shutil
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

from rag import building, hearing, store
from rag.collection import be_quiet, read_interviews
from rag.corrections import Correction
from rag.embedder import Reading, Vectors
from rag.errors import EmptyCollectionError, RagError
from rag.index import Index
from rag.library import Library
from tests.small import BRIDGES, RIVERS, LettersEmbedder, assert_same

SONGS = "Ann: What do you sing?\nDee: Nothing but lullabies, every night. My mother sang them.\n"
MODEL = "letters@1"
_FILES = 8
"""That one save writes; no more is left behind, however often it fails."""
_TWICE = 5
_LONG = 5.0
"""Seconds in which a small index is read, also on a busy machine."""
_CHANGES = frozenset(("os.rename", "os.link", "os.remove", "os.mkdir"))
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass
class Steps:
    """Counts the steps below a folder; at number ``at``, and at all later ones if ``ever_after``, it acts."""

    home: str
    at: int = sys.maxsize
    act: Callable[[], None] = lambda: None
    ever_after: bool = False
    names: list[str] = field(default_factory=list)

    def take(self, name: str) -> None:
        """One step."""
        happens = self._comes
        self.names.append(name)
        if happens:
            self.act()

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        """One event of Python's own reporting (PEP 578); those that change nothing here are no steps."""
        if event in _CHANGES or (event == "open" and _writes(arguments)):
            path = os.fspath(arguments[0]) if not isinstance(arguments[0], int) else ""
            if str(path).startswith(self.home):
                self.take(f"{event} {Path(path).name}")

    def flush(self, descriptor: int) -> None:
        """In place of flushing a file, of which only the first half is on the disk if it is stopped here."""
        if self._comes and stat.S_ISREG(os.fstat(descriptor).st_mode):
            os.ftruncate(descriptor, os.fstat(descriptor).st_size // 2)
        self.take("flush")

    @property
    def _comes(self) -> bool:
        """Whether the next step is one at which something happens."""
        return len(self.names) + 1 == self.at or (self.ever_after and len(self.names) >= self.at)


_counting: list[Steps] = []


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    for steps in _counting:
        steps.hear(event, arguments)


def _writes(arguments: tuple[Any, ...]) -> bool:
    _, mode, flags = arguments
    return bool(set(mode) & set("wax+")) if isinstance(mode, str) else bool((flags or 0) & _WRITES)


@contextmanager
def counting(steps: Steps) -> Iterator[Steps]:
    """Within it the steps are taken."""
    flush, os.fsync = os.fsync, steps.flush  # type: ignore[assignment] # descriptors are numbers here
    _counting.append(steps)
    try:
        yield steps
    finally:
        _counting.remove(steps)
        os.fsync = flush


class SteppingEmbedder(LettersEmbedder):
    """Every call is a step."""

    def encode(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Count the letters of each text."""
        self._step()
        return super().encode(texts, on_progress)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """The same with one piece for each word."""
        self._step()
        return super().read(texts)

    def _step(self) -> None:
        for steps in _counting:
            if not steps.ever_after and steps.act is kill:
                steps.take("embed")


def kill() -> None:
    """Stop this process as if the power went."""
    os.kill(os.getpid(), signal.SIGKILL)


def _open(root: Path) -> Library:
    return Library.open(root / "home", index=root / "index", embedder=SteppingEmbedder())


def _add(root: Path) -> None:
    files = [root / "outside" / "songs.txt"]
    _, added = Library.add_to(root / "home", files, index=root / "index", embedder=SteppingEmbedder())
    for problem in added.problems:
        raise problem


def _remove(name: str) -> Callable[[Path], None]:
    def remove(root: Path) -> None:
        try:
            library = _open(root)
        except EmptyCollectionError:
            store.erase(root / "index")  # as the removal before would have done
            return
        if name in [each.source.name for each in library.interviews]:
            library.remove(name)

    return remove


def _correct(root: Path) -> None:
    _open(root).correct("rivers.txt", Correction(title="On rivers", speakers=(("Bo", "Beau"),)))


def _build(root: Path) -> None:
    _open(root)


WORKS: Mapping[str, Callable[[Path], None]] = {
    "build": _build,
    "add": _add,
    "remove": _remove("bridges.txt"),
    "correct": _correct,
    "remove the last": _remove("rivers.txt"),
}


def prepare(root: Path, work: str) -> None:
    """A collection as it is before some work, with its index."""
    (root / "home").mkdir(parents=True)
    (root / "outside").mkdir()
    (root / "outside" / "songs.txt").write_text(SONGS, encoding="utf-8")
    (root / "outside" / "songs.toml").write_text('title = "Songs"\n', encoding="utf-8")
    (root / "home" / "rivers.txt").write_text(RIVERS, encoding="utf-8")
    if work != "remove the last":
        (root / "home" / "bridges.txt").write_text(BRIDGES, encoding="utf-8")
        (root / "home" / "bridges.toml").write_text('[speakers]\nCy = "Cyril Day"\n', encoding="utf-8")
    if work == "build":
        shutil.copytree(root / "outside", root / "home" / "songs")
    else:
        _open(root)


@dataclass(frozen=True)
class State:
    """What a collection is: each interview with its correction, and the index."""

    interviews: tuple[tuple[str, str, str], ...]
    index: Index | None


def state(root: Path) -> State:
    """What is there now; a damaged index raises its error."""
    try:
        read, problems = read_interviews(root / "home", be_quiet)
    except EmptyCollectionError:
        read, problems = (), ()
    assert not problems, problems
    interviews = tuple((each.source.name, each.source.sha256, each.corrected) for each in read)
    return State(interviews, store.load(root / "index", MODEL))


def same_index(one: Index | None, other: Index | None) -> bool:
    """Whether two indexes hold the same, to the last number."""
    if one is None or other is None:
        return one is other
    try:
        assert_same(one, other)
    except AssertionError:
        return False
    return True


def contents(folder: Path) -> set[bytes]:
    """What stands in the files of a folder, wherever they lie in it."""
    return {path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.suffix != ".part"}


def owned(root: Path) -> set[str]:
    """The names of the files in the folder of the index."""
    return {path.name for path in (root / "index").glob("*")} | {path.name for path in (root / "index").glob(".*")}


def expected(root: Path) -> set[str]:
    """The names that should be there, and no others."""
    manifest = root / "index" / store.MANIFEST
    if not manifest.exists():
        return {".lock"}
    return {".lock", store.MANIFEST, *(each["name"] for each in json.loads(manifest.read_bytes())["files"].values())}


@dataclass
class Trial:
    """One work, with what it begins from and what it should come to."""

    folder: Path
    work: str
    numbers: Iterator[int] = field(default_factory=count)

    def __post_init__(self) -> None:
        self.template, whole = self.folder / "before", self.folder / "after"
        prepare(self.template, self.work)
        self.before = state(self.template)
        shutil.copytree(self.template, whole)
        steps = Steps(str(whole), act=kill)
        with counting(steps):
            WORKS[self.work](whole)
        self.steps, self.after = steps.names, state(whole)
        assert expected(whole) == owned(whole)

    def begin(self) -> Path:
        """A fresh copy of what it begins from."""
        root = self.folder / str(next(self.numbers))
        shutil.copytree(self.template, root)
        return root

    def check(self, root: Path, point: str) -> None:
        """What is there is as before or as it should be, nothing is lost, and the next run completes the work."""
        now = state(root)
        assert now.interviews in (self.before.interviews, self.after.interviews), (point, now.interviews)
        assert same_index(now.index, self.before.index) or same_index(now.index, self.after.index), point
        assert contents(root / "home") >= contents(self.template / "home") or self.work == "correct", point
        for left in (root / "home").rglob(".*.part"):
            os.utime(left, (0, 0))
        WORKS[self.work](root)
        then = state(root)
        assert then.interviews == self.after.interviews, (point, then.interviews)
        assert same_index(then.index, self.after.index), point
        assert owned(root) == expected(root), (point, owned(root) - expected(root))
        assert self.work != "add" or not [*(root / "home").rglob(".*.part")], point
        shutil.rmtree(root)


def _forked(work: Callable[[Path], None], root: Path, steps: Steps) -> int:
    """Do some work in another process; its number, which is there at once."""
    child = os.fork()
    if child:
        return child
    try:
        with counting(steps):
            work(root)
    except BaseException as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        os._exit(1)
    os._exit(0)


def kill_at_every_step(trial: Trial, stride: int) -> int:
    """Once, and at some steps twice, with which nothing more is left behind; how many steps were tried."""
    tried = range(1, len(trial.steps) + 1, stride)
    for at in tried:
        root, left = trial.begin(), []
        for _ in range(1 + (at % _TWICE == 0)):
            child = _forked(WORKS[trial.work], root, Steps(str(root), at, kill))
            assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) in (-signal.SIGKILL, 0)
            left.append(len([name for name in owned(root) if name.endswith(".part")]))
        assert left[-1] <= 1, (trial.steps[at - 1], owned(root))
        trial.check(root, f"killed at {at}: {trial.steps[at - 1]}")
    return len(tried)


def kill_at_any_time(trial: Trial, times: int) -> int:
    """After a part of the time that the work takes, chosen by chance."""
    chosen = random.Random(trial.work)
    root, begun = trial.begin(), time.monotonic()
    os.waitpid(_forked(WORKS[trial.work], root, Steps(str(root))), 0)
    seconds = time.monotonic() - begun
    for number in range(times):
        root = trial.begin()
        child = _forked(WORKS[trial.work], root, Steps(str(root)))
        wait = chosen.uniform(0, seconds)
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        trial.check(root, f"killed at time {number}: {wait:.4f} s of {seconds:.4f} s")
    return times


def race(trial: Trial, times: int) -> int:
    """Two processes do the same work at once, while a third reads: each ends well, and the index is never a mixture."""
    for number in range(times):
        root = trial.begin()
        running = {_forked(WORKS[trial.work], root, Steps(str(root))) for _ in range(2)}
        while running:
            begun, found = time.monotonic(), store.load(root / "index", MODEL)
            assert time.monotonic() - begun < _LONG, "a reader waited"
            assert same_index(found, trial.before.index) or same_index(found, trial.after.index), (trial.work, number)
            ended, status = os.waitpid(-1, os.WNOHANG)
            running.discard(ended)
            assert not ended or status == 0 or trial.work.startswith("remove"), (trial.work, status)
        trial.check(root, f"race {number}")
    return times


def refuse_at_every_step(trial: Trial, number: int, stride: int, *, ever_after: bool) -> int:
    """The system refuses one step, or all from there on: an error with its remedy, or none where it is not felt."""
    reason = os.strerror(number)

    def refuse() -> None:
        raise OSError(number, reason)

    tried = range(1, len([name for name in trial.steps if name != "embed"]) + 1, stride)
    for at in tried:
        root, point = trial.begin(), f"{reason} at {at}"
        left: list[set[str]] = []
        for _ in range(2):
            told = _told(trial, root, Steps(str(root), at, refuse, ever_after))
            assert all(reason in each and str(root) in each and each.rstrip().endswith(".") for each in told), told
            left.append(owned(root))
        litter = [name for name in left[1] - expected(root) if not name.endswith(".draft")]
        published = not same_index(store.load(root / "index", MODEL), trial.before.index)
        assert len(litter) <= (_FILES if ever_after or published else 0), (point, litter)
        trial.check(root, point)
    return len(tried)


def _told(trial: Trial, root: Path, steps: Steps) -> list[str]:
    """The error that some work ends with."""
    try:
        with counting(steps):
            WORKS[trial.work](root)
    except RagError as error:
        return [str(error)]
    return []


def main() -> None:
    """Try one way of failing on every work."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("way", choices=["kill", "time", "full", "readonly", "forbidden", "race"])
    parser.add_argument("--stride", type=int, default=1, help="every how manyth step is tried")
    parser.add_argument("--times", type=int, default=8, help="how often each work is killed at any time")
    options = parser.parse_args()
    building._AT_ONCE, hearing._AT_ONCE = 2, 3
    os.fsync = lambda fd: None  # this machine stays on
    sys.addaudithook(_hear)
    total = 0
    for work in WORKS:
        trial = Trial(options.folder / options.way / work, work)
        tried = {
            "kill": lambda trial: kill_at_every_step(trial, options.stride),
            "time": lambda trial: kill_at_any_time(trial, options.times),
            "full": lambda trial: refuse_at_every_step(trial, errno.ENOSPC, options.stride, ever_after=False),
            "readonly": lambda trial: refuse_at_every_step(trial, errno.EROFS, options.stride, ever_after=True),
            "race": lambda trial: race(trial, options.times),
            "forbidden": lambda trial: refuse_at_every_step(trial, errno.EACCES, options.stride, ever_after=True),
        }[options.way](trial)
        total += tried
        print(f"{work:<18}{len(trial.steps):>6} steps{tried:>6} tried")  # noqa: T201 # it is a program
    print(total)  # noqa: T201


if __name__ == "__main__":
    main()

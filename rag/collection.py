"""A collection on disk: its files, read and understood, each with what the user corrected of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag import readers
from rag.amending import changed
from rag.corrections import Correction, apply
from rag.errors import ChangeError, EmptyCollectionError, ReadError
from rag.places import path_of
from rag.readers import File
from rag.records import Interview, Source
from rag.roster import gather
from rag.sidecars import Sidecar, Sidecars
from rag.turns import understand

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is (0: unknown)."""


@dataclass(frozen=True)
class Filed:
    """One interview as its file gives it (``found``), what is corrected of it, and where that is or will be written."""

    file: File
    found: Interview
    correction: Correction
    sidecar: Sidecar

    @property
    def interview(self) -> Interview:
        """The interview as the user has it.

        Raises:
            ReadError: the correction leaves nobody who answers.
        """
        return apply(self.found, self.correction, sidecar=self.sidecar.path.name)

    def corrected(self, correction: Correction) -> Interview:
        """The interview with another correction, which is not written yet.

        Raises:
            ReadError: it leaves nobody who answers, or nobody who asks though nobody was said not to ask.
        """
        if correction == self.correction:
            return self.interview
        try:
            return changed(self.found, self.correction, correction, sidecar=self.sidecar.path.name)
        except ReadError as error:
            raise ReadError(self.file.path, error.reason, error.remedy) from error


@dataclass(frozen=True)
class Held:
    """One file that was read, not yet understood, with its correction."""

    file: File
    source: Source
    correction: Correction
    sidecar: Sidecar

    @property
    def key(self) -> tuple[str, str, str]:
        """What changes whenever the file, its name or its correction does."""
        return self.source.name, self.source.sha256, self.correction.digest

    def understood(self) -> Filed:
        """The interview in it.

        Raises:
            ReadError: nothing in it reads like an interview.
        """
        try:
            return Filed(self.file, understand(self.source), self.correction, self.sidecar)
        except ReadError as error:
            raise ReadError(self.file.path, error.reason, error.remedy) from error


def read_collection(
    path: Path, progress: Progress, *, passed_over: Path | None = None, only: str | None = None
) -> Iterator[Held | ReadError]:
    """Every file of a collection that can be read, once, and the reasons for those that cannot, in order of names.

    What lies in the folder ``passed_over`` is not looked at, nor, if ``only`` is given, any other file.
    A broken correction is told before its interview, which is then read without it; so is one that could be the
    correction of several interviews.

    Raises:
        EmptyCollectionError: there is no such path, or nothing stands in it.
    """
    files, problems = readers.find_files(path)
    yield from problems
    files = [file for file in files if passed_over is None or not file.path.is_relative_to(passed_over)]
    files = [file for file in files if only is None or file.name == only]
    sidecars = Sidecars()
    first: dict[str, str] = {}
    for number, file in enumerate(files, start=1):
        progress("Reading the interviews", number, len(files))
        yield from sidecars.astray(file) if only is None else ()
        try:
            source = readers.read(file)
        except ReadError as error:
            yield error
            continue
        if (same := first.setdefault(source.sha256, source.name)) != source.name:
            yield ReadError(file.path, f"it is the same as {same}, letter for letter", "Take one of the two away.")
            continue
        yield from _held(file, source, sidecars)


def _held(file: File, source: Source, sidecars: Sidecars) -> Iterator[Held | ReadError]:
    correction = Correction()
    try:
        correction = sidecars.read(file)
    except ReadError as error:
        yield error
    yield Held(file, source, correction, sidecars.place(file))


def understand_all(
    held: Sequence[Held], kept: Mapping[tuple[str, str, str], Interview]
) -> Iterator[Interview | ReadError]:
    """The interview in each file, with what is corrected of it; those ``kept`` are not understood again."""
    for each in held:
        if each.key in kept:
            yield kept[each.key]
        else:
            yield from corrected(each)


def corrected(held: Held) -> Iterator[Interview | ReadError]:
    """The interview in one file, after an error where its correction is of no use; or only the error."""
    try:
        filed = held.understood()
    except ReadError as error:
        yield error
        return
    try:
        interview = filed.interview
    except ReadError as error:
        yield ReadError(filed.sidecar.path, error.reason, error.remedy)
        interview = filed.found
    yield interview


def file_interview(path: Path) -> Filed:
    """The one interview at ``path``, which may lead into an archive ("talks.zip/inner/talk.txt").

    Raises:
        EmptyCollectionError: there is nothing at this path.
        ReadError: it cannot be read, or its correction cannot.
        ChangeError: there are several interviews.
    """
    outermost = next((above for above in (path, *path.parents) if above.exists()), path)
    files, problems = readers.find_files(path if outermost.is_dir() else outermost)
    files = [file for file in files if outermost == path or file.path == path]
    for problem in () if files else problems:
        if path in (outermost, problem.path):
            raise problem
    if len(files) != 1:
        what = "there is no such interview" if not files else "this holds several interviews"
        raise ChangeError(path, what, "Name one file, as in: whosaid speakers FOLDER/talk.txt")
    sidecars = Sidecars()
    source, correction = readers.read(files[0]), sidecars.read(files[0])
    return Held(files[0], source, correction, sidecars.place(files[0])).understood()


def read_interviews(path: Path, progress: Progress) -> tuple[tuple[Interview, ...], tuple[ReadError, ...]]:
    """All interviews of a collection, with the names that tell people apart, and what cannot be read; no index.

    Raises:
        EmptyCollectionError: there is nothing that can be read.
    """
    interviews: list[Interview] = []
    problems: list[ReadError] = []
    for held in read_collection(path, progress):
        for each in [held] if isinstance(held, ReadError) else corrected(held):
            if isinstance(each, ReadError):
                problems.append(each)
            else:
                interviews.append(each)
    if not interviews:
        raise EmptyCollectionError(path, "no interview in it can be read", "See the reason of each file.", problems)
    return gather(interviews), tuple(problems)


def look_up(path: Path, name: str) -> tuple[Held, list[ReadError]]:
    """One file of a collection by its name, and what is wrong with its correction.

    Raises:
        ReadError: the file cannot be read.
    """
    read = list(read_collection(path, be_quiet, only=name))
    held = next((each for each in read if isinstance(each, Held)), None)
    problems = [each for each in read if isinstance(each, ReadError)]
    if held is None:
        mine = [problem for problem in problems if problem.path == path_of(path, name)]
        raise next(iter(mine), ReadError(path_of(path, name), "the file is gone", "Open the interviews again."))
    return held, [problem for problem in problems if problem.path.suffix == ".toml"]


def be_quiet(what: str, done: int, total: int) -> None:
    """Say nothing: progress that nobody hears."""


def examine(path: Path | str) -> Iterator[Interview | ReadError]:
    """Read and understand one file, or each file of a folder, without any index; corrections of the user are made.

    Raises:
        EmptyCollectionError: there is no such path, or nothing stands in it.
    """
    for held in read_collection(Path(path).expanduser(), be_quiet):
        if isinstance(held, ReadError):
            yield held
        else:
            yield from corrected(held)

"""Opening the collection in the background, so that the page is there at once and tells what is being done.

Once open it may be changed, by one visitor at a time; all see the old collection or the new one, never a mixture.
"""

import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rag.errors import ChangeError, RagError
from rag.wording import OPENING, WARMING

if TYPE_CHECKING:
    from rag.library import Added, Library, Progress

Told = TypeVar("Told")

SECONDS_BETWEEN_LOOKS = 0.15


@dataclass(frozen=True, slots=True)
class Stage:
    """What is being done now, and how much of it; a ``total`` of 0 means that nobody can tell."""

    doing: str
    done: int = 0
    total: int = 0


class Opening:
    """A library that is being opened, then warmed, by a thread of its own; afterwards it may be changed.

    ``library`` is there once it is open, ``problem`` if it cannot be; ``settled`` tells that the opening has ended.
    ``version`` counts the changes. ``begin`` makes a library of files where none could be opened.
    """

    def __init__(
        self,
        open_library: "Callable[[Progress], Library]",
        begin: "Callable[[Sequence[Path], Progress], tuple[Library, Added]] | None" = None,
    ) -> None:
        self.stage = Stage(OPENING)
        self.library: Library | None = None
        self.problem: str | None = None
        self.version = 0
        self._settled = threading.Event()
        self._changing = threading.Lock()
        self._open_library, self._begin = open_library, begin

    @property
    def settled(self) -> bool:
        """Whether questions can be answered, or never will be."""
        return self._settled.is_set()

    @property
    def emptied(self) -> bool:
        """Whether the last interview was removed."""
        return self.library is None and self.version > 0

    def start(self) -> None:
        """Begin in the background; the thread does not keep a stopped program alive."""
        threading.Thread(target=self._run, name="open-library", daemon=True).start()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until all is settled, but no longer than this."""
        return self._settled.wait(seconds)

    def add(self, paths: Sequence[Path], progress: "Progress") -> "Added":
        """Add interviews to the collection; it is begun with them where there is none. Errors as for `Library.add`."""
        with self._changing:
            self._settled.wait()
            if self.library:
                library, added = self.library.add(paths, progress=progress)
            elif self._begin:
                library, added = self._begin(paths, progress)
                library.warm()
            else:
                raise ChangeError("the collection", "it is not open", "Name a folder when you start the page.")
            self._replace(library)
        return added

    def change(self, make: "Callable[[Library], Library | None]") -> None:
        """Replace the library by the one that ``make`` makes of it; by none where no interview is left.

        Raises:
            ChangeError: there is no library.
            RagError: as ``make`` does; nothing is replaced then.
        """
        with self._changing:
            self._settled.wait()
            if not self.library:
                raise ChangeError("the collection", "it is not open", "Add an interview first.")
            self._replace(make(self.library))

    def _replace(self, library: "Library | None") -> None:
        if self.library is None:
            self.problem = None
        self.library = library
        self.version += 1

    def _run(self) -> None:
        try:
            library = self._open_library(self._progress)
            self.library, self.stage = library, Stage(WARMING)
            library.warm()
        except RagError as error:
            self.problem = str(error)
        except Exception as error:
            self.problem = f"Something happened that should not: {type(error).__name__}: {error}"
            raise
        finally:
            self._settled.set()

    def _progress(self, doing: str, done: int, total: int) -> None:
        self.stage = Stage(doing, done, total)


def stages(work: "Callable[[Progress], Told]") -> Generator[Stage, None, Told]:
    """Do long work in a thread of its own: gives what is being done, again and again, and returns what comes of it.

    Work that was begun is ended, also where nobody looks any more.
    """
    done: Future[Told] = Future()
    latest = [Stage("Waiting for another change to end")]

    def hear(doing: str, part: int, whole: int) -> None:
        latest[0] = Stage(doing, part, whole)

    def run() -> None:
        try:
            done.set_result(work(hear))
        except BaseException as error:  # told where the result is asked for
            done.set_exception(error)

    worker = threading.Thread(target=run, name="change-library", daemon=True)
    worker.start()
    while worker.is_alive():
        yield latest[0]
        worker.join(SECONDS_BETWEEN_LOOKS)
    return done.result()

"""Opening the collection in the background, so that the page is there at once and tells what is being done."""

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rag.errors import RagError
from rag.wording import OPENING, WARMING

if TYPE_CHECKING:
    from rag.library import Library, Progress


@dataclass(frozen=True, slots=True)
class Stage:
    """What is being done now, and how much of it; a ``total`` of 0 means that nobody can tell."""

    doing: str
    done: int = 0
    total: int = 0


class Opening:
    """A library that is being opened, then warmed, by a thread of its own.

    ``library`` is there once it is open, ``problem`` if it never will be; ``settled`` tells that either is final.
    """

    def __init__(self, open_library: "Callable[[Progress], Library]") -> None:
        self.stage = Stage(OPENING)
        self.library: Library | None = None
        self.problem: str | None = None
        self._settled = threading.Event()
        self._open_library = open_library

    @property
    def settled(self) -> bool:
        """Whether questions can be answered, or never will be."""
        return self._settled.is_set()

    def start(self) -> None:
        """Begin in the background; the thread does not keep a stopped program alive."""
        threading.Thread(target=self._run, name="open-library", daemon=True).start()

    def wait(self, seconds: float) -> bool:
        """Wait until all is settled, but no longer than this."""
        return self._settled.wait(seconds)

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

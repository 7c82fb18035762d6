"""The panel "Your interviews" as parts of the page: what they show, and what happens when somebody uses them."""

from collections.abc import Callable, Generator, Iterator, Mapping
from typing import Any

import gradio as gr

from rag.errors import RagError
from rag.records import Voices
from rag.ui import keeping
from rag.ui.collection import adding, details, kept, told
from rag.ui.markup import Html
from rag.ui.narrowing import Filters
from rag.ui.notices import progress
from rag.ui.opening import Opening, stages
from rag.ui.parts import Updates, live_html, quietly
from rag.ui.shelf import Shelf
from rag.ui.uploads import Uploads

Hear = Callable[[str, int, int], None]
"""Progress: what is being done, how much of it is done, and how much there is."""
Refresh = Callable[[Filters], Updates]
"""What the rest of the page shows of a changed collection, given the filters that are set."""


class Panel:
    """Where files are added, what came of it, and the list of interviews; it is laid out where it is made."""

    def __init__(self, opening: Opening, uploads: Uploads) -> None:
        self.opening, self.uploads = opening, uploads
        self.adding = live_html(adding(opening), "adding")
        self.outcome = live_html("", "outcome")
        self.kept = live_html(kept(Shelf.of_library(opening.library)), "kept")

    def connect(self, filters: list[Any], collection: list[Any], refresh: Refresh) -> None:
        """Let the panel act; ``collection`` are the parts outside of it that show the collection."""
        self._refresh = refresh
        outputs = [*collection, *self.parts]
        quietly(self.adding.click, self._add, filters, outputs, concurrency_limit=None)
        quietly(self.kept.click, self._keep, filters, outputs, concurrency_limit=None)

    @property
    def parts(self) -> list[Any]:
        """All parts of the panel."""
        return [self.adding, self.outcome, self.kept]

    def show(self, *, opened: str = "", note: Html | None = None) -> Updates:
        """The panel as the collection is now; one interview may be opened, with a note above."""
        library = self.opening.library
        shelf = Shelf.of_library(library)
        within = details(library, opened, shelf, note) if library and opened in shelf.interviews else None
        return {self.adding: adding(self.opening), self.kept: kept(shelf, opened=opened, details=within)}

    def _add(self, speakers: list[str], interviews: list[str], role: Voices, event: gr.EventData) -> Iterator[Updates]:
        left, failed = (tuple(map(str, event._data.get(what, []))) for what in ("left", "failed"))
        sent = keeping.Sent(str(event._data.get("batch", "")), left, failed)
        shown = yield from self._work(lambda hear: keeping.add(self.opening, self.uploads, sent, hear))
        yield {self.outcome: shown, **self._refresh((speakers, interviews, role)), **self.show()}

    def _keep(self, speakers: list[str], interviews: list[str], role: Voices, event: gr.EventData) -> Iterator[Updates]:
        asked: Mapping[str, Any] = event._data
        act, name = str(asked.get("act", "")), str(asked.get("name", ""))
        if act in ("open", "close"):
            yield self.show(opened=name if act == "open" else "")
            return
        typed = {str(field): str(value) for field, value in asked.get("typed", [])}
        note = yield from self._work(lambda hear: told(self._change(act, name, typed, hear)))
        gone = self.opening.library is None or name not in Shelf.of_library(self.opening.library).interviews
        panel = self.show() if gone else self.show(opened=name, note=note)
        yield {**self._refresh((speakers, interviews, role)), **panel, self.outcome: note if gone else ""}

    def _work(self, work: Callable[[Hear], Html]) -> Generator[Updates, None, Html]:
        """Do long work, showing how far it is; returns what came of it, or what was wrong."""
        doing = stages(work)
        try:
            while True:
                yield {self.outcome: progress(next(doing))}
        except StopIteration as done:
            return Html(done.value)
        except RagError as error:
            return told(str(error), wrong=True)
        except ValueError as error:
            return told(_sentence(str(error)), wrong=True)
        except Exception as error:
            yield {self.outcome: told(f"Something happened that should not: {type(error).__name__}.", wrong=True)}
            raise

    def _change(self, act: str, name: str, typed: Mapping[str, str], hear: Hear) -> str:
        if act == "remove":
            return keeping.remove(self.opening, name, hear)
        if act == "set-aside":
            return keeping.set_aside(self.opening, name, hear)
        return keeping.correct(self.opening, name, act, typed, hear)


def _sentence(message: str) -> str:
    return f"{message[:1].upper()}{message[1:]}"

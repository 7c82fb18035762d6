"""The page, built but not launched: the parts on it and which event changes which part."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import gradio as gr

from rag.errors import UnknownNameError
from rag.records import Interview, Span, Voices
from rag.ui.checks import Checks
from rag.ui.conversation import History, converse, evidence, restore, thread, widen
from rag.ui.glance import glance
from rag.ui.markup import Html
from rag.ui.memory import Steps
from rag.ui.narrowing import Filters, Narrowing
from rag.ui.notices import masthead, notice
from rag.ui.opening import Opening
from rag.ui.panel import Panel
from rag.ui.parts import Updates, live_html, quietly
from rag.ui.reader import awaiting_quote, contents, empty_reader, lost_quote, read_interview
from rag.ui.shelf import Shelf
from rag.ui.uploads import Uploads

if TYPE_CHECKING:
    from rag.library import Share

LONGEST_QUESTION = 20_000
HOURS_KEPT = 12
MOST_WAITING = 512
"""Questions and clicks of all visitors together that wait for their turn; what comes beyond is refused."""
SECONDS_BETWEEN_LOOKS = 0.25
WITH_KEPT = "(...values) => [...values.slice(0, -1), window.whosaid.talk()]"
"""Gives an event, as its last value, what the browser keeps of the conversation (see ``memory.js``)."""
AS_PRESSED = "(text, ...values) => [window.whosaid.pressed(text), ...values.slice(0, -1), window.whosaid.talk()]"
"""The same; its first value is the question as it was when it was sent, which may have had to wait for another."""


class Page:
    """The parts of the page and what they do; the opening is shared by all visitors, nothing else is."""

    def __init__(self, opening: Opening, uploads: Uploads) -> None:
        self.opening, self.uploads = opening, uploads
        with gr.Blocks(title="whosaid", analytics_enabled=False, fill_width=True, fill_height=True) as self.blocks:
            self.history = gr.State((), time_to_live=HOURS_KEPT * 3600)
            self.seen = gr.State(-1, time_to_live=HOURS_KEPT * 3600)
            self.kept = gr.Textbox(visible=False)
            self._steps = Steps()
            self.masthead = live_html(masthead(opening), "masthead")
            self.notice = gr.HTML(notice(opening), elem_id="notice")
            with gr.Row(elem_id="room"):
                with gr.Column(elem_id="talk", scale=11, min_width=320):
                    self._lay_out_conversation()
                with gr.Column(elem_id="evidence", scale=10, min_width=320):
                    self._lay_out_evidence()
            self._connect()
        self.blocks.queue(default_concurrency_limit=4, max_size=MOST_WAITING, api_open=False)

    @property
    def shelf(self) -> Shelf:
        """The collection as the page shows it; empty until it is open."""
        return Shelf.of_library(self.opening.library)

    @property
    def shares(self) -> "Sequence[Share]":
        """How much everybody says; nothing until the collection is open."""
        return self.opening.library.shares if self.opening.library else ()

    def _lay_out_conversation(self) -> None:
        self.thread = live_html(thread((), self.shelf), "thread")
        with gr.Row(elem_id="composer"):
            self.question = gr.Textbox(
                label="Your question",
                show_label=False,
                placeholder="Ask who said what",
                max_lines=5,
                max_length=LONGEST_QUESTION,
                autofocus=True,
                elem_id="question",
                container=False,
                scale=1,
            )
            self.send = gr.Button("Ask", variant="primary", elem_id="send", scale=0, min_width=88)
        self.narrowing = Narrowing(self.opening)
        with gr.Row(elem_id="below"):
            self.narrowing.lay_out()
            self.clear = gr.Button("New conversation", elem_id="clear", size="sm", scale=0, min_width=150)

    def _lay_out_evidence(self) -> None:
        with gr.Tabs(selected="quotes", overflow_behavior="wrap", elem_id="tabs") as self.tabs:
            with gr.Tab("Quotes", id="quotes"):
                self.quotes = live_html(evidence((), self.shelf), "quotes")
                self.contents = gr.HTML(contents(self.shelf), elem_id="contents", apply_default_css=False)
            with gr.Tab("Interview", id="interview"):
                self.chosen = gr.Dropdown([], label="Interview to read", value=None, elem_id="chosen")
                self.reader = live_html(empty_reader(), "reader")
            with gr.Tab("At a glance", id="glance"):
                self.glance = live_html(glance((), self.shelf, self.shares), "glance")
            with gr.Tab("Check a quote", id="checks", elem_id="checks"):
                self.checks = Checks(self.opening)
            with gr.Tab("Basket", id="basket"):
                live_html("", "basket")
            with gr.Tab("Your interviews", id="collection", elem_id="keeping") as self.keeping:
                self.panel = Panel(self.opening, self.uploads)

    def _connect(self) -> None:
        filters = self.narrowing.filters
        collection = [
            self.masthead,
            self.notice,
            self.contents,
            *self.narrowing.parts,
            self.chosen,
            self.reader,
            self.checks.speaker,
            self.seen,
        ]
        told = [self.thread, self.quotes, self.glance, self.history, self.question, self.tabs, *collection]
        asked = [self.question, *filters, self.seen, self.history, self.kept]
        ways = [self.question.submit, self.send.click]
        quietly(partial(gr.on, ways), self._ask, asked, told, trigger_mode="always_last", js=AS_PRESSED)
        quietly(self.thread.click, self._ask_again, asked[1:], told, js=WITH_KEPT)
        quietly(self.clear.click, self._forget, [], told)
        quietly(self.quotes.click, self._open_passage, [], [self.tabs, self.chosen, self.reader])
        quietly(self.chosen.input, self._open_interview, [self.chosen], [self.reader])
        shown = [self.thread, self.quotes, self.glance, self.history]
        quietly(self.seen.change, self._greet, [self.history, self.kept], shown, js=WITH_KEPT, concurrency_limit=None)
        self.blocks.unload(self._leave)
        everything = [*collection, *self.panel.parts]
        quietly(self.blocks.load, self._tell_opening, [], [*everything, self.tabs], concurrency_limit=None)
        quietly(self.keeping.select, self._look_again, [*filters, self.seen], everything)
        self.panel.connect(filters, collection, self._collection)
        self.narrowing.connect()
        self.checks.connect()

    def _tell_opening(self, request: gr.Request) -> Iterator[Updates]:
        quote = request.query_params.get("quote", "")
        if quote and not self.opening.settled:
            yield {self.tabs: _select("interview"), self.reader: awaiting_quote()}
        while not self.opening.settled:
            yield self._collection()
            self.opening.wait(SECONDS_BETWEEN_LOOKS)
        yield {**self._collection(), **self.panel.show(), **(self._open_quote(quote) if quote else {})}

    def _greet(self, history: History, kept: str, request: gr.Request) -> Iterator[Updates]:
        """Draw the collection as it is now; where nothing was asked yet, what was asked before, or what to ask."""
        drawn = {self.glance: glance(history, self.shelf, self.shares)}
        visitor, latest = request.session_hash, self._steps.latest(request.session_hash)
        if history or self._steps.asked(visitor):
            yield drawn if history else {self.seen: gr.skip()}
            return
        yield {**drawn, self.thread: thread((), self.shelf)}
        self.opening.wait()
        restored = restore(self.opening, kept)
        if restored and self._steps.latest(visitor) == latest:
            yield self._show(restored)

    def _leave(self, request: gr.Request) -> None:
        self._steps.leave(request.session_hash)

    def _look_again(self, speakers: list[str], interviews: list[str], role: Voices, seen: int) -> Updates:
        """Show what another visitor has changed."""
        if seen == self.opening.version:
            return {self.seen: seen}
        return {**self._collection((speakers, interviews, role)), **self.panel.show()}

    def _collection(self, filters: Filters | None = None) -> Updates:
        """What the page shows of the collection; filters that are given stay set as far as they are still there."""
        library, shelf, version = self.opening.library, self.shelf, self.opening.version
        updates = {self.masthead: masthead(self.opening), self.notice: notice(self.opening)}
        if not library and not version:
            return updates
        titles = shelf.titles()
        return {
            **updates,
            self.contents: contents(shelf),
            **(self.narrowing.show(filters) if filters else self.narrowing.offer()),
            self.chosen: gr.update(choices=titles, value=None) if version else gr.update(choices=titles),
            **({self.reader: empty_reader()} if version else {}),
            **self.checks.show(library.speakers if library else ()),
            self.seen: version,
        }

    def _ask(
        self,
        question: str,
        speakers: list[str],
        interviews: list[str],
        role: Voices,
        seen: int,
        history: History,
        kept: str,
        request: gr.Request,
        *,
        alone: bool = False,
    ) -> Iterator[Updates]:
        if history and not question.strip():  # pressed twice
            yield {self.seen: gr.skip()}
            return
        step = self._steps.ask(request.session_hash)
        told = converse(
            self.opening,
            question,
            speakers=speakers,
            interviews=interviews,
            role=role,
            history=history,
            kept=kept,
            alone=alone,
        )
        for place, exchanges in enumerate(told):
            if self._steps.latest(request.session_hash) != step:
                return
            yield {**self._show(exchanges), **({} if place else {self.question: "", self.tabs: _select("quotes")})}
        if seen != self.opening.version:
            yield self._collection((speakers, interviews, role))

    def _ask_again(
        self,
        speakers: list[str],
        interviews: list[str],
        role: Voices,
        seen: int,
        history: History,
        kept: str,
        request: gr.Request,
        event: gr.EventData,
    ) -> Iterator[Updates]:
        if "without" in event._data:
            history = history or restore(self.opening, kept)
            number, place = (_number(event._data.get(name)) for name in ("of", "without"))
            yield {**self._show(widen(self.opening, history, number, place)), self.tabs: _select("quotes")}
            return
        question = str(event._data.get("ask", ""))[:LONGEST_QUESTION]
        alone = bool(event._data.get("alone"))
        yield from self._ask(question, speakers, interviews, role, seen, history, kept, request, alone=alone)

    def _forget(self, request: gr.Request) -> Updates:
        self._steps.forget(request.session_hash)
        return {**self._show(()), self.question: ""}

    def _show(self, history: History) -> Updates:
        shelf = self.shelf
        return {
            self.thread: thread(history, shelf),
            self.quotes: evidence(history, shelf),
            self.glance: glance(history, shelf, self.shares),
            self.history: history,
        }

    def _open_quote(self, name: str) -> Updates:
        """The interview at the quote to which an address leads, or that it leads nowhere."""
        library, select = self.opening.library, {self.tabs: _select("interview")}
        if self.opening.problem:
            return {self.reader: empty_reader()}
        try:
            quote = library.quote(name) if library else None
        except UnknownNameError:
            quote = None
        if not library or not quote:
            return {**select, self.reader: lost_quote()}
        interview = library.interview(quote.source)
        chosen = gr.update(choices=self.shelf.titles(), value=quote.source)
        return {**select, self.chosen: chosen, self.reader: read_interview(interview, self.shelf, passage=quote.span)}

    def _open_passage(self, event: gr.EventData) -> Updates:
        interview = self._interview(str(event._data.get("source", "")))
        hit = str(event._data.get("hit", ""))
        if hit and not interview.source.sha256.startswith(hit.partition("-")[0]):
            return {self.tabs: _select("interview"), self.reader: lost_quote()}
        passage, sentence = (_span(str(event._data.get(name, "")), interview) for name in ("passage", "sentence"))
        return {
            self.tabs: _select("interview"),
            self.chosen: interview.source.name,
            self.reader: read_interview(interview, self.shelf, passage=passage, sentence=sentence),
        }

    def _open_interview(self, name: str | None) -> Html:
        return read_interview(self._interview(name), self.shelf) if name else empty_reader()

    def _interview(self, name: str) -> Interview:
        if not self.opening.library:
            raise gr.Error("The interviews are not open yet.")
        try:
            return self.opening.library.interview(name)
        except UnknownNameError as error:
            raise gr.Error(str(error)) from error


def build_page(opening: Opening, uploads: Uploads) -> gr.Blocks:
    """The page over a collection that is being opened, or is open already; ``uploads`` are files sent to it."""
    blocks: gr.Blocks = Page(opening, uploads).blocks
    return blocks


def _number(written: object) -> int:
    """A number as a button carries it; 0 where it is none."""
    return int(str(written)) if str(written).isdecimal() else 0


def _select(tab: str) -> Any:
    return gr.update(selected=tab)


def _span(written: str, interview: Interview) -> Span | None:
    """A span as a button carries it, "start-end"; nothing where it does not lie in this interview."""
    start, _, end = written.partition("-")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(interview.source.text)):
        return None
    return Span(int(start), int(end))

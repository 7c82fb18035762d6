"""The page, built but not launched: the parts on it and which event changes which part."""

from collections.abc import Iterator
from typing import Any

import gradio as gr

from rag.errors import UnknownNameError
from rag.records import Interview, Span
from rag.ui.conversation import History, converse, evidence, thread
from rag.ui.markup import Html
from rag.ui.notices import masthead, notice
from rag.ui.opening import Opening
from rag.ui.reader import contents, empty_reader, read_interview
from rag.ui.shelf import Shelf

Updates = dict[Any, Any]

LONGEST_QUESTION = 20_000
HOURS_KEPT = 12
SECONDS_BETWEEN_LOOKS = 0.25


class Page:
    """The parts of the page and what they do; the opening is shared by all visitors, nothing else is."""

    def __init__(self, opening: Opening) -> None:
        self.opening = opening
        with gr.Blocks(title="whosaid", analytics_enabled=False, fill_width=True, fill_height=True) as self.blocks:
            self.history = gr.State((), time_to_live=HOURS_KEPT * 3600)
            self.masthead = gr.HTML(masthead(opening), elem_id="masthead")
            self.notice = gr.HTML(notice(opening), elem_id="notice")
            with gr.Row(elem_id="room"):
                with gr.Column(elem_id="talk", scale=11, min_width=320):
                    self._lay_out_conversation()
                with gr.Column(elem_id="evidence", scale=10, min_width=320):
                    self._lay_out_evidence()
            self._connect()
        self.blocks.queue(default_concurrency_limit=4, max_size=64, api_open=False)

    @property
    def shelf(self) -> Shelf:
        """The collection as the page shows it; empty until it is open."""
        library = self.opening.library
        return Shelf.of(library.interviews, library.speakers) if library else Shelf({}, {})

    def _lay_out_conversation(self) -> None:
        self.thread = _live_html(thread((), self.shelf), "thread")
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
        with gr.Row(elem_id="below"):
            with gr.Accordion("Narrow the search", open=False, elem_id="filters"):
                self.speakers = gr.Dropdown([], label="Speakers", multiselect=True, value=[])
                self.interviews = gr.Dropdown([], label="Interviews", multiselect=True, value=[])
            self.clear = gr.Button("New conversation", elem_id="clear", size="sm", scale=0, min_width=150)

    def _lay_out_evidence(self) -> None:
        with gr.Tabs(selected="quotes", elem_id="tabs") as self.tabs:
            with gr.Tab("Quotes", id="quotes"):
                self.contents = gr.HTML(contents(self.shelf), elem_id="contents", apply_default_css=False)
                self.quotes = _live_html(evidence((), self.shelf), "quotes")
            with gr.Tab("Interview", id="interview"):
                self.chosen = gr.Dropdown([], label="Interview to read", value=None, elem_id="chosen")
                self.reader = _live_html(empty_reader(), "reader")

    def _connect(self) -> None:
        told = [self.thread, self.quotes, self.history, self.question, self.tabs]
        asked = [self.question, self.speakers, self.interviews, self.history]
        ways = [self.question.submit, self.send.click]
        gr.on(ways, self._ask, asked, told, trigger_mode="once", show_progress="hidden", api_visibility="private")
        _quietly(self.thread.click, self._ask_again, asked[1:], told)
        _quietly(self.clear.click, self._forget, [], told)
        _quietly(self.quotes.click, self._open_passage, [], [self.tabs, self.chosen, self.reader])
        _quietly(self.chosen.input, self._open_interview, [self.chosen], [self.reader])
        filters = [self.speakers, self.interviews, self.chosen]
        collection = [self.masthead, self.notice, self.contents, *filters]
        _quietly(self.blocks.load, self._tell_opening, [], collection, concurrency_limit=None)

    def _tell_opening(self) -> Iterator[Updates]:
        while not self.opening.settled:
            yield self._collection()
            self.opening.wait(SECONDS_BETWEEN_LOOKS)
        yield self._collection()

    def _collection(self) -> Updates:
        if not self.opening.library:
            return {self.notice: notice(self.opening)}
        titles = self.shelf.titles()
        return {
            self.masthead: masthead(self.opening),
            self.notice: notice(self.opening),
            self.contents: contents(self.shelf),
            self.speakers: gr.update(choices=list(self.opening.library.speakers)),
            self.interviews: gr.update(choices=titles),
            self.chosen: gr.update(choices=titles),
        }

    def _ask(
        self,
        question: str,
        speakers: list[str],
        interviews: list[str],
        history: History,
        *,
        alone: bool = False,
    ) -> Iterator[Updates]:
        told = converse(self.opening, question, speakers=speakers, interviews=interviews, history=history, alone=alone)
        for place, exchanges in enumerate(told):
            yield {**self._show(exchanges), **({} if place else {self.question: "", self.tabs: _select("quotes")})}

    def _ask_again(
        self, speakers: list[str], interviews: list[str], history: History, event: gr.EventData
    ) -> Iterator[Updates]:
        question = str(event._data.get("ask", ""))[:LONGEST_QUESTION]
        alone = bool(event._data.get("alone"))
        yield from self._ask(question, speakers, interviews, history, alone=alone)

    def _forget(self) -> Updates:
        return {**self._show(()), self.question: ""}

    def _show(self, history: History) -> Updates:
        return {
            self.thread: thread(history, self.shelf),
            self.quotes: evidence(history, self.shelf),
            self.history: history,
        }

    def _open_passage(self, event: gr.EventData) -> Updates:
        interview = self._interview(str(event._data.get("source", "")))
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


def build_page(opening: Opening) -> gr.Blocks:
    """The page over a collection that is being opened, or is open already."""
    blocks: gr.Blocks = Page(opening).blocks
    return blocks


def _live_html(value: str, name: str) -> gr.HTML:
    """A part that the browser's behaviour is told of when it appears and whenever it changes."""
    script = f"window.whosaid.part({name!r}, element, trigger, watch);"
    return gr.HTML(value, elem_id=name, js_on_load=script, apply_default_css=False)


def _quietly(listen: Any, act: Any, inputs: list[Any], outputs: list[Any], **options: Any) -> None:
    listen(act, inputs, outputs, show_progress="hidden", api_visibility="private", **options)


def _select(tab: str) -> Any:
    return gr.update(selected=tab)


def _span(written: str, interview: Interview) -> Span | None:
    """A span as a button carries it, "start-end"; nothing where it does not lie in this interview."""
    start, _, end = written.partition("-")
    if not (start.isdecimal() and end.isdecimal() and int(start) < int(end) <= len(interview.source.text)):
        return None
    return Span(int(start), int(end))

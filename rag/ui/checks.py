"""The tab "Check a quote" as parts of the page: where a quotation is pasted, and what is found of it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import gradio as gr

from rag.errors import RagError
from rag.records import Hit
from rag.ui.collection import told
from rag.ui.markup import Html, element
from rag.ui.notices import NONE_LEFT
from rag.ui.opening import Opening
from rag.ui.parts import Updates, live_html, quietly
from rag.ui.proofs import proof
from rag.ui.shelf import Shelf
from rag.wording import count

if TYPE_CHECKING:
    from rag.library import CheckedQuote, Library

NOT_OPEN = "The interviews are not open yet. Check again when they are."
LONGEST_QUOTATION = 100_000
MANY = 100
"""Interviews of which looking through all takes so long that it is said."""
NEAREST = 3


class Checks:
    """The form and what came of it; it is laid out where it is made."""

    def __init__(self, opening: Opening) -> None:
        self.opening = opening
        self.quotation = gr.Textbox(
            label="Quotation, as it is to be printed",
            lines=4,
            max_lines=12,
            max_length=LONGEST_QUOTATION,
            elem_id="quotation",
        )
        with gr.Row(elem_id="claim"):
            self.speaker = gr.Dropdown(
                [], label="Said by (may stay empty)", value=None, allow_custom_value=True, elem_id="by", scale=1
            )
            self.button = gr.Button("Check", variant="primary", elem_id="check", scale=0, min_width=100)
        self.proof = live_html(_invitation(), "proof")

    def connect(self) -> None:
        """Let the form act."""
        for way in (self.button.click, self.quotation.submit):
            quietly(way, self._check, [self.quotation, self.speaker], [self.proof])

    def show(self, speakers: Sequence[str]) -> Updates:
        """The names to choose from; any other may be typed."""
        return {self.speaker: gr.update(choices=list(speakers))}

    def _check(self, quotation: str, speaker: str | None) -> Iterator[Html]:
        yield from look_for(quotation, speaker, self.opening)


def look_for(quotation: str, speaker: str | None, opening: Opening) -> Iterator[Html]:
    """What is shown of a quotation: in the end what was found, or a sentence that says what is in the way."""
    library = opening.library
    if not library:
        yield told(NONE_LEFT if opening.emptied else NOT_OPEN, wrong=True)
        return
    if len(library.interviews) > MANY:
        yield element("p", f"Looking through {count(len(library.interviews), 'interview')} …", class_="empty")
    try:
        made = library.check_quote(quotation, (speaker or "").strip() or None)
        yield proof(made, _nearest(made, library), Shelf.of_library(library))
    except RagError as error:
        yield told(str(error), wrong=True)


def _nearest(made: "CheckedQuote", library: "Library") -> Sequence[Hit]:
    """Passages that somebody says, near in meaning to a quotation that nobody says."""
    found = library.retrieve(made.quotation, k=2 * NEAREST) if made.verdict == "not found" else []
    return [hit for hit in found if hit.aloud][:NEAREST]


def _invitation() -> Html:
    text = "Paste a quotation to see whether somebody says it word for word, who that is, and what differs."
    return element("p", text, class_="empty")

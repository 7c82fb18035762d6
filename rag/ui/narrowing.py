"""Narrowing the search: whose words, of whom, in which interviews; and a line that says what is narrowed.

Lists to choose from tell how much there is of each; what is chosen are names alone.
"""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr

from rag.records import UNKNOWN_SPEAKER, Voices
from rag.ui.chips import ROLES, chip, only_in
from rag.ui.markup import Html, element
from rag.ui.parts import Updates, live_html, quietly
from rag.ui.shelf import Shelf
from rag.wording import count

if TYPE_CHECKING:
    from rag.library import Library, Share
    from rag.ui.opening import Opening

Filters = tuple[list[str], list[str], Voices]
"""The speakers and the interviews that are chosen (all, if none are), and whose words count."""
Choice = tuple[str, str]
"""A name as the list shows it, and the name itself."""
EVERYTHING: Filters = ([], [], "interviewee")
WHOSE = [("Those interviewed", "interviewee"), ("Interviewers", "interviewer"), ("Everybody", "anybody")]
FEW = 3
"""Up to so many names stand in the line, each to be taken away by itself."""


class Narrowing:
    """The line, which is laid out where this is made, and the lists to choose from, laid out later."""

    def __init__(self, opening: "Opening") -> None:
        self.opening = opening
        self.line = live_html("", "scope")

    def lay_out(self) -> None:
        """Place the lists."""
        with gr.Accordion("Narrow the search", open=False, elem_id="filters"):
            self.role = gr.Radio(WHOSE, value="interviewee", label="Whose words", elem_id="whose")
            with gr.Row(elem_id="names"):
                self.speakers = gr.Dropdown([], label="Speakers", multiselect=True, value=[])
                self.interviews = gr.Dropdown([], label="Interviews", multiselect=True, value=[])

    @property
    def filters(self) -> list[Any]:
        """The parts of the page that hold what is chosen."""
        return [self.speakers, self.interviews, self.role]

    @property
    def parts(self) -> list[Any]:
        """All parts that show the collection."""
        return [self.line, *self.filters]

    def connect(self) -> None:
        """Keep the line and the lists as what is chosen, and let what the line says be taken away."""
        for chosen in (self.speakers, self.interviews):
            quietly(chosen.change, self._tell, self.filters, [self.line])
        quietly(self.role.input, self._show_role, self.filters, self.parts)
        quietly(self.line.click, self._widen, self.filters, self.parts)

    def offer(self) -> Updates:
        """What can be chosen of a collection that has just been opened; what somebody has chosen already stays so."""
        speakers, interviews = self._choices("interviewee")
        return {self.speakers: gr.update(choices=speakers), self.interviews: gr.update(choices=interviews)}

    def show(self, filters: Filters) -> Updates:
        """What can be chosen of the collection as it is now; what is chosen stays so as far as it is still there."""
        speakers, interviews = self._choices(filters[2])
        held: Filters = (_there(filters[0], speakers), _there(filters[1], interviews), filters[2])
        return {
            self.speakers: gr.update(choices=speakers, value=held[0]),
            self.interviews: gr.update(choices=interviews, value=held[1]),
            self.role: filters[2],
            self.line: narrowed(held, Shelf.of_library(self.opening.library)),
        }

    def _choices(self, role: Voices) -> tuple[list[Choice], list[Choice]]:
        library = self.opening.library
        return choices(library, Shelf.of_library(library), role) if library else ([], [])

    def _tell(self, speakers: list[str], interviews: list[str], role: Voices) -> Html:
        return narrowed((speakers, interviews, role), Shelf.of_library(self.opening.library))

    def _show_role(self, speakers: list[str], interviews: list[str], role: Voices) -> Updates:
        return self.show((speakers, interviews, role))

    def _widen(self, speakers: list[str], interviews: list[str], role: Voices, event: gr.EventData) -> Updates:
        return self.show(widened((speakers, interviews, role), **_asked(event._data)))


def choices(library: "Library", shelf: Shelf, role: Voices) -> tuple[list[Choice], list[Choice]]:
    """The speakers and the interviews to choose from, each with the number of passages that would be searched."""
    heard = [share for share in library.shares if role in ("anybody", share.role)]
    of_speaker, of_interview = passages(heard)
    speakers = sorted({share.speaker for share in heard} - {UNKNOWN_SPEAKER})
    return (
        [(f"{name} · {count(of_speaker[name], 'passage')}", name) for name in speakers],
        [(f"{title} · {count(of_interview[source], 'passage')}", source) for title, source in shelf.titles()],
    )


def passages(shares: "Sequence[Share]") -> tuple[Counter[str], Counter[str]]:
    """How many passages there are of each speaker, and in each interview."""
    of_speaker: Counter[str] = Counter()
    of_interview: Counter[str] = Counter()
    for share in shares:
        of_speaker[share.speaker] += share.passages
        of_interview[share.source] += share.passages
    return of_speaker, of_interview


def narrowed(filters: Filters, shelf: Shelf) -> Html:
    """What the next question will be limited to, each to be taken away; nothing where all is searched."""
    speakers, interviews, role = filters
    chips: list[Html] = []
    if len(speakers) > FEW:
        chips += [_removable(f"Only {count(len(speakers), 'speaker')}", "speakers")]
    else:
        chips += [_removable(f"Only {name}", "speakers", name) for name in speakers]
    if len(interviews) > FEW:
        chips += [_removable(only_in(tuple(interviews), shelf), "interviews")]
    else:
        chips += [_removable(only_in((name,), shelf), "interviews", name) for name in interviews]
    if role != "interviewee":
        chips += [_removable(ROLES[role], "role")]
    if not chips:
        return Html()
    return element("ul", *chips, class_="chips", aria_label="How the search is narrowed")


def _removable(label: str, what: str, name: str = "") -> Html:
    return chip(label, f"No longer: {label}", what, data_widen=what, data_name=name)


def widened(filters: Filters, what: str, name: str) -> Filters:
    """The filters without one name, or without all of its kind where none is given."""
    speakers, interviews, role = filters
    if what == "speakers":
        return _without(speakers, name), interviews, role
    if what == "interviews":
        return speakers, _without(interviews, name), role
    return speakers, interviews, "interviewee"


def _without(names: list[str], name: str) -> list[str]:
    return [each for each in names if name and each != name]


def _there(chosen: Sequence[str], choices: Sequence[Choice]) -> list[str]:
    there = {name for _, name in choices}
    return [name for name in chosen if name in there]


def _asked(data: dict[str, object]) -> dict[str, str]:
    return {what: str(data.get(what, "")) for what in ("what", "name")}

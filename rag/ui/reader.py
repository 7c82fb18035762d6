"""The interview panel: a whole interview set as a dialogue, with the passage that was found marked in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rag.records import Contact, Interview, Span, Turn, quote_id
from rag.ui.cards import contact_value
from rag.ui.markup import Html, element, paragraphs, together
from rag.ui.recordings import moment, whole_recording
from rag.ui.shelf import Shelf
from rag.wording import count, heard_as, listed

Block = tuple[int, Html]

ROWS_SHOWN = 7


@dataclass(frozen=True)
class _Found:
    """The passage and, within it, the sentence that were found in a text, to be marked wherever they are shown."""

    text: str
    passage: Span | None
    sentence: Span | None

    def show(self, span: Span) -> Html:
        edges = {span.start, span.end}
        for other in filter(None, (self.passage, self.sentence)):
            edges |= {edge for edge in (other.start, other.end) if span.start < edge < span.end}
        cuts = sorted(edges)
        return together(self._piece(Span(start, end)) for start, end in pairwise(cuts))

    def _piece(self, piece: Span) -> Html:
        words = paragraphs(piece.of(self.text))
        if not self.passage or not self.passage.holds(piece):
            return words
        strong = self.sentence is not None and self.sentence.holds(piece)
        return element("mark", words, class_="sentence" if strong else "passage")

    def mark(self, span: Span, shown: Html) -> Html:
        """The shown form of a span, marked as a whole when it touches the passage."""
        touched = self.passage and span.start < self.passage.end and self.passage.start < span.end
        return element("mark", shown, class_="sentence") if touched else shown


def read_interview(
    interview: Interview, shelf: Shelf, *, passage: Span | None = None, sentence: Span | None = None
) -> Html:
    """Introduction, dialogue, contact details and credits in the order of the source.

    ``passage`` is marked, and ``sentence`` within it more strongly; the passage's name is the page's address then.
    """
    found = _Found(interview.source.text, passage, sentence)
    blocks = [(turn.span.start, _turn(turn, interview, shelf, found)) for turn in interview.turns]
    blocks += _notes("Introduction", interview.introduction, found)
    blocks += _notes("Image credits", interview.credits, found)
    blocks += _contacts(interview.contacts, found)
    return element(
        "div",
        _finding(),
        _head(interview, shelf),
        *(block for _, block in sorted(blocks, key=lambda block: block[0])),
        element("button", "Back", type="button", data_back=True, class_="back") if passage else "",
        class_="interview",
        data_interview=interview.source.name,
        data_opened=quote_id(interview.source, passage) if passage else None,
        tabindex="0",
        role="region",
        aria_label=f"Interview: {shelf.title(interview.source.name)}",
    )


def empty_reader() -> Html:
    """What stands in the panel before an interview is opened."""
    return element("p", "Choose an interview above, or press “Open in interview” on a quote.", class_="empty")


def awaiting_quote() -> Html:
    """What stands in the panel while the collection opens, for who came by the link to a quote."""
    return element("p", "The quote is shown as soon as the interviews are open.", class_="empty")


def lost_quote() -> Html:
    """What stands in the panel where the link to a quote leads nowhere."""
    gone = "This quote is not in the collection any more: its file was changed or removed, or the link is not whole."
    return element("p", gone, class_="empty", role="alert")


def contents(shelf: Shelf) -> Html:
    """The interviews of the collection, each to be opened; of a large collection the first few."""
    rows = [_row(interview, shelf) for interview in list(shelf.interviews.values())[:ROWS_SHOWN]]
    if not rows:
        return Html()
    more = len(shelf.interviews) - len(rows)
    rest = element("p", f"and {count(more, 'other')}, under Interview", class_="more") if more else ""
    return element("nav", element("h2", "In this collection"), element("ul", *rows), rest, aria_label="Interviews")


def _row(interview: Interview, shelf: Shelf) -> Html:
    source, people = interview.source.name, interview.interviewees
    pairs = count(len(interview.pairs), "question")
    title = element("span", shelf.title(source), class_="title")
    about = element("span", f"{listed(people)}, {pairs}" if people else pairs, class_="about")
    open_it = element(
        "button", shelf.disc(people[0] if people else "?"), title, about, type="button", data_source=source
    )
    return element("li", open_it)


def _finding() -> Html:
    """The bar on top: from hit to hit of the latest answer, and a search for words; the browser fills it."""
    hits = element(
        "div",
        element("button", "‹ Previous hit", type="button", data_step="-1"),
        element("span", class_="place"),
        element("button", "Next hit ›", type="button", data_step="1"),
        class_="steps",
        hidden=True,
    )
    box = element("input", type="search", data_within=True, placeholder="Find in this interview", spellcheck="false")
    found = element(
        "div",
        element("label", element("span", "Find in this interview", class_="unseen"), box),
        element("span", class_="place", role="status"),
        element("button", "↑", type="button", data_found="-1", aria_label="Previous place", disabled=True),
        element("button", "↓", type="button", data_found="1", aria_label="Next place", disabled=True),
        class_="within",
    )
    return element("div", hits, found, class_="finding")


def _head(interview: Interview, shelf: Shelf) -> Html:
    speakers = listed([speaker.name for speaker in interview.speakers])
    origin = _origin(interview, shelf)
    warnings = [element("p", warning, class_="warning") for warning in interview.warnings]
    return element(
        "header",
        element("h2", interview.title or interview.source.name),
        element("p", f"{speakers} · " if speakers else "", element("span", interview.source.name, class_="file")),
        element("p", *origin, class_="origin") if origin else "",
        *warnings,
    )


def _origin(interview: Interview, shelf: Shelf) -> list[str]:
    """Date, link and recording of an interview, as far as they are known."""
    link = Html()
    if interview.link.startswith(("https://", "http://")):
        link = element("a", "Source", href=interview.link, target="_blank", rel="noopener noreferrer")
    known = [part for part in (interview.date, link, whole_recording(interview.source.name, shelf)) if part]
    return [part for each in known for part in (" · ", each)][1:]


def _turn(turn: Turn, interview: Interview, shelf: Shelf, found: _Found) -> Html:
    source, start = interview.source, turn.span.start
    place = source.place_of(start)
    when = moment(source.seconds_at(start), source.name, shelf, about=f", {heard_as(turn)}")
    line = f"line {source.line_of(start)}" if source.is_the_file else ""
    where = [part for each in (line, place, when) if each for part in (" · ", each)][1:]
    asks = turn.role == "interviewer"
    name = heard_as(turn)
    return element(
        "section",
        element("h3", Html() if asks else shelf.disc(name), element("span", name), class_="name"),
        element("span", *where, class_="line") if where else "",
        element("p", found.show(turn.span), class_="words", dir="auto"),
        class_=f"turn {turn.role} {shelf.tone(turn.speaker)}",
    )


def _notes(heading: str, spans: Sequence[Span], found: _Found) -> list[Block]:
    paragraphs = [element("p", found.show(span), class_="words", dir="auto") for span in spans]
    return _aside(heading, spans[0].start, paragraphs) if spans else []


def _contacts(contacts: Sequence[Contact], found: _Found) -> list[Block]:
    rows = [
        together([element("dt", entry.label), element("dd", found.mark(entry.span, contact_value(entry)))])
        for entry in contacts
    ]
    return _aside("Contact", contacts[0].span.start, [element("dl", *rows, class_="contacts")]) if rows else []


def _aside(heading: str, start: int, content: Sequence[Html]) -> list[Block]:
    return [(start, element("section", element("h3", heading), *content, class_="note"))]

"""Quote cards: who says it, what was asked, the words with the matching sentence marked, where they stand.

The words are cut from the source by spans; nothing is added to or left out of a quote.
"""

from collections.abc import Iterator, Sequence

from rag.records import Answer, Contact, Hit, Why
from rag.ui.around import around
from rag.ui.basket import collecting
from rag.ui.copying import copying
from rag.ui.markup import Html, element, paragraphs, together
from rag.ui.shelf import Shelf
from rag.ui.standing import source_line, told_apart, way_in
from rag.wording import ASKING_FOR_PEOPLE, count, listed

CLOSENESS = ((0.5, "very close in meaning"), (0.35, "close in meaning"), (0.2, "somewhat close in meaning"))


def anchor(exchange: int, number: int) -> str:
    """The address, within the page, of one quote card of one exchange."""
    return f"quote-{exchange}-{number}"


def cite(exchange: int, number: int, name: str) -> Html:
    """The number of a quote in a reply, which leads to its card."""
    href = f"#{anchor(exchange, number)}"
    return element("a", f"[{number}]", href=href, class_="cite", data_cite=True, aria_label=f"Quote {number}, {name}")


def best_sentence(hit: Hit) -> list[str]:
    """The sentence that matched, as a reply tells it; in quotation marks only what somebody said."""
    words = element("span", hit.marked, class_="said")
    return ["“", words, "”"] if hit.aloud else [words]


def card_set(answer: Answer, exchange: int, shelf: Shelf, *, shown: bool) -> Html:
    """All cards of one answer under a heading; sets of earlier answers wait unseen until they are asked for."""
    cards = [_card(hit, number, answer, exchange, shelf) for number, hit in enumerate(answer.hits, start=1)]
    if answer.said and answer.understood.kind in ASKING_FOR_PEOPLE:
        cards = list(_by_speaker(answer, cards))
    heading = element("h2", set_title(answer), class_="set-title")
    asked = element("p", "for “", element("span", answer.understood.text), "”", class_="set-question")
    return element("section", heading, asked, *cards, class_="set", data_set=exchange, hidden=not shown)


def _by_speaker(answer: Answer, cards: Sequence[Html]) -> Iterator[Html]:
    """The best card of each person, with the others by the same person folded under it."""
    for name, _ in answer.by_speaker():
        best, *further = (card for hit, card in zip(answer.hits, cards, strict=True) if hit.speaker == name)
        yield best
        if further:
            summary = element("summary", f"{count(len(further), 'more quote')} by {name}")
            yield element("details", summary, *further, class_="further")


def set_title(answer: Answer) -> str:
    """What the cards are: quotes, entries that were printed with an interview, or merely the nearest passages."""
    if not answer.said:
        return f"{count(len(answer.hits), 'nearest passage')}, not an answer"
    if not answer.hits[0].aloud:
        return f"{count(len(answer.hits), 'entry', 'entries')} printed with the interviews"
    people = len({hit.speaker for hit in answer.hits})
    return f"{count(len(answer.hits), 'quote')} from {count(people, 'speaker')}"


def _card(hit: Hit, number: int, answer: Answer, exchange: int, shelf: Shelf) -> Html:
    name = anchor(exchange, number)
    parts = [_banner(answer), _head(hit, number, name, shelf), _asked(hit), _words(hit, shelf), around(hit, shelf)]
    return element(
        "article",
        *parts,
        _reasons(hit.why),
        _foot(hit, shelf),
        id=name,
        class_=f"card {shelf.tone(hit.speaker)}{'' if answer.said else ' nearest'}",
        tabindex="-1",
        aria_labelledby=f"{name}-who",
    )


def _banner(answer: Answer) -> Html:
    return Html() if answer.said else element("p", "Nearest passage – not an answer", class_="banner")


def _head(hit: Hit, number: int, name: str, shelf: Shelf) -> Html:
    who = element("h3", hit.speaker, id=f"{name}-who")
    where = element("p", shelf.title(hit.source), class_="where")
    return element(
        "header",
        shelf.disc(hit.speaker),
        element("div", who, where, class_="who"),
        element("span", str(number), class_="number", aria_label=f"Quote {number}"),
    )


def _asked(hit: Hit) -> Html:
    if not hit.aloud:
        printed = "Contact details printed with the interview" if hit.kind == "contact" else "Image credits"
        return element("p", printed, class_="printed")
    if hit.kind == "question":
        return element("p", "Asked or said by an interviewer", class_="printed")
    if hit.question is None:
        return Html()
    label = element("span", "Asked ", class_="label")
    return element("details", element("summary", label, element("span", hit.question, dir="auto")), class_="asked")


def _words(hit: Hit, shelf: Shelf) -> Html:
    if hit.kind == "contact" and (entries := contacts_within(hit, shelf)):
        return contact_list(entries)
    return element("blockquote", marked_quote(hit), dir="auto", class_="words" if hit.aloud else "entry")


def marked_quote(hit: Hit) -> Html:
    """The quote with the sentence that matched best inside ``<mark>``."""
    start = hit.sentence.start - hit.span.start
    end = hit.sentence.end - hit.span.start
    before, matched, after = (paragraphs(part) for part in (hit.quote[:start], hit.quote[start:end], hit.quote[end:]))
    return together([before, element("mark", matched), after])


def contacts_within(hit: Hit, shelf: Shelf) -> list[Contact]:
    """The contact entries that stand in the passage that was found."""
    interview = shelf.interviews.get(hit.source)
    return [entry for entry in interview.contacts if hit.span.holds(entry.span)] if interview else []


def contact_list(entries: Sequence[Contact]) -> Html:
    """Contact entries with links that open beside the page and tell the other side nothing about it."""
    rows = (together([element("dt", entry.label), element("dd", contact_value(entry))]) for entry in entries)
    return element("dl", *rows, class_="contacts")


def contact_value(entry: Contact) -> Html:
    """The value of a contact entry, as a link where it leads somewhere."""
    if not entry.link or not entry.link.startswith(("https://", "http://")):
        return element("span", entry.value)
    return element("a", entry.value, href=entry.link, target="_blank", rel="noopener noreferrer")


def _reasons(why: Why) -> Html:
    words = listed([f"“{word}”" for word in why.words])
    shared = [f"shares the word{'s' if len(why.words) > 1 else ''} {words}"] if why.words else []
    near = next((label for least, label in CLOSENESS if why.meaning >= least), "far in meaning")
    reasons = ", ".join([*shared, f"{near} ({why.meaning:.2f} of 1)"])
    return element("p", element("span", "Why ", class_="label"), reasons, class_="why")


def _foot(hit: Hit, shelf: Shelf) -> Html:
    about = told_apart(hit, hit.speaker)
    look, collect = way_in(hit, hit.span, hit.sentence, hit.speaker), collecting(hit, shelf, about)
    return element("footer", source_line(hit, hit.speaker, shelf), copying(hit, shelf, look, collect, about=about))

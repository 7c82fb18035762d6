"""The reply in the conversation: people and their best words, with numbers that lead to the cards.

Its sentences are those of `rag.wording`; everything in quotation marks is cut from the source.
"""

from collections.abc import Sequence

from rag.records import Answer, Hit, Understood
from rag.ui.cards import anchor, contact_list, contacts_within
from rag.ui.chips import understood_chips
from rag.ui.markup import Html, element, together
from rag.ui.shelf import Shelf
from rag.wording import ASKING_FOR_PEOPLE, NEAREST, also_searched, understood_as, verdict


def reply(answer: Answer, exchange: int, shelf: Shelf) -> Html:
    """The whole reply to one question, with chips that say how the question was understood."""
    outcome = verdict(answer, everyone=list(shelf.tones), interviews=len(shelf.interviews), title=shelf.title)
    lead = element("p", outcome, class_="lead" if answer.said else "lead none")
    if answer.understood.kind == "empty":
        return lead
    body = _found(answer, exchange, shelf) if answer.said else _nearest(answer, exchange)
    return together([lead, body, _understood(answer.understood, exchange, shelf)])


def _understood(understood: Understood, exchange: int, shelf: Shelf) -> Html:
    """What was understood: as a sentence for those who listen, in chips for those who look."""
    sentence = element("p", understood_as(understood, shelf.title), class_="unseen")
    change = element("button", "Change", type="button", data_edit=understood.text, aria_label="Change this question")
    lead = element("span", "Understood as", class_="label", aria_hidden="true")
    return element("div", sentence, lead, understood_chips(understood, exchange, shelf), change, class_="understood")


def _found(answer: Answer, exchange: int, shelf: Shelf) -> Html:
    if answer.understood.kind == "contact":
        return together(_reachable(answer, exchange, shelf))
    best_only = answer.understood.kind in ASKING_FOR_PEOPLE and answer.understood.role == "interviewee"
    people = [
        _person(name, _numbered(answer, name)[: 1 if best_only else None], exchange, shelf)
        for name, _ in answer.by_speaker()
        if name in answer.speakers or not best_only
    ]
    return together([element("ul", *people, class_="people"), _silent(answer)])


def _numbered(answer: Answer, name: str) -> list[tuple[int, Hit]]:
    return [(number, hit) for number, hit in enumerate(answer.hits, start=1) if hit.speaker == name]


def _person(name: str, hits: Sequence[tuple[int, Hit]], exchange: int, shelf: Shelf) -> Html:
    words = [element("p", *_words(hit), " ", _cite(exchange, number, name)) for number, hit in hits]
    asks = element("span", " asks", class_="aside") if all(hit.kind == "question" for _, hit in hits) else ""
    return element("li", shelf.disc(name), element("div", element("strong", name), asks, *words))


def _words(hit: Hit) -> list[str]:
    """The best sentence; in quotation marks only what somebody said."""
    words = element("span", hit.marked, class_="said")
    return ["“", words, "”"] if hit.aloud else [words]


def _reachable(answer: Answer, exchange: int, shelf: Shelf) -> list[Html]:
    return [
        element(
            "div",
            element("p", element("strong", hit.speaker), " ", _cite(exchange, number, hit.speaker)),
            contact_list(contacts_within(hit, shelf)) if contacts_within(hit, shelf) else hit.quote,
            class_="reachable",
        )
        for number, hit in enumerate(answer.hits, start=1)
        if hit.kind == "contact"
    ]


def _silent(answer: Answer) -> Html:
    silent = also_searched(answer)
    return element("p", silent, class_="silent") if silent else Html()


def _nearest(answer: Answer, exchange: int) -> Html:
    if not answer.hits:
        return Html()
    cites = [_cite(exchange, number, hit.speaker) for number, hit in enumerate(answer.hits, start=1)]
    return element("p", NEAREST, *(part for cite in cites for part in (" ", cite)), class_="silent")


def _cite(exchange: int, number: int, name: str) -> Html:
    href = f"#{anchor(exchange, number)}"
    return element("a", f"[{number}]", href=href, class_="cite", data_cite=True, aria_label=f"Quote {number}, {name}")

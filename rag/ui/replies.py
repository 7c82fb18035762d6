"""The reply in the conversation: people and their best words, with numbers that lead to the cards.

Its sentences are those of `rag.wording`; everything in quotation marks is cut from the source.
"""

from rag.records import Answer, Understood
from rag.ui.cards import best_sentence, cite, contact_list, contacts_within
from rag.ui.chips import understood_chips
from rag.ui.markup import Html, element, together
from rag.ui.shelf import Shelf
from rag.ui.whotable import Numbered, numbered, silent, who_table
from rag.wording import ASKING_FOR_PEOPLE, NEAREST, understood_as, verdict


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
    kind = answer.understood.kind
    if kind == "contact":
        return together(_reachable(answer, exchange, shelf))
    if kind in ASKING_FOR_PEOPLE:
        return together([who_table(answer, exchange, shelf), silent(answer)])
    people = [_person(name, numbered(answer, name), exchange, shelf) for name, _ in answer.by_speaker()]
    return together([element("ul", *people, class_="people"), silent(answer)])


def _person(name: str, hits: Numbered, exchange: int, shelf: Shelf) -> Html:
    words = [element("p", *best_sentence(hit), " ", cite(exchange, number, name)) for number, hit in hits]
    return element("li", shelf.disc(name), element("div", element("strong", name), *words))


def _reachable(answer: Answer, exchange: int, shelf: Shelf) -> list[Html]:
    return [
        element(
            "div",
            element("p", element("strong", hit.speaker), " ", cite(exchange, number, hit.speaker)),
            contact_list(contacts_within(hit, shelf)) if contacts_within(hit, shelf) else hit.quote,
            class_="reachable",
        )
        for number, hit in enumerate(answer.hits, start=1)
        if hit.kind == "contact"
    ]


def _nearest(answer: Answer, exchange: int) -> Html:
    if not answer.hits:
        return Html()
    cites = [cite(exchange, number, hit.speaker) for number, hit in enumerate(answer.hits, start=1)]
    return element("p", NEAREST, *(part for cite in cites for part in (" ", cite)), class_="silent")

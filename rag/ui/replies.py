"""The reply in the conversation: people and their best words, with numbers that lead to the cards.

Every sentence about the collection is written here; everything in quotation marks is cut from the source.
"""

from collections.abc import Sequence
from dataclasses import replace

from rag.records import Answer, Hit, Understood
from rag.ui.cards import anchor, contact_list, contacts_within
from rag.ui.markup import Html, element, together
from rag.ui.shelf import Shelf, in_words, listing
from rag.wording import nobody, understood_as

EXAMPLES = (
    "Who talks about unlearning?",
    "What does Weiqi say about her grandmother?",
    "Who moved to another country?",
    "How can I reach Sitong?",
    "Who won an Oscar?",
)
LONG_TOPIC = 120
WHAT_A_QUESTION_IS = "I found no words to look for. Ask in a few words who said something, or what somebody said."


def reply(answer: Answer, exchange: int, shelf: Shelf) -> Html:
    """The whole reply to one question, with a line that says how the question was understood."""
    if answer.understood.kind == "empty":
        return element("p", WHAT_A_QUESTION_IS, class_="lead")
    body = _found(answer, exchange, shelf) if answer.said else _nothing_found(answer, exchange, shelf)
    return together([_strangers(answer.understood, shelf), body, _understood(answer.understood, shelf)])


def _understood(understood: Understood, shelf: Shelf) -> Html:
    topic = understood.topic if len(understood.topic) <= LONG_TOPIC else f"{understood.topic[:LONG_TOPIC]}…"
    phrase = understood_as(replace(understood, topic=topic), shelf.title)
    carried = " · continued from the question before" if understood.carried else ""
    change = element("button", "Change", type="button", data_edit=understood.text, aria_label="Change this question")
    alone = element("button", "Ask it on its own", type="button", data_fresh=understood.text)
    return element(
        "p",
        element("span", f"Understood as: {phrase}{carried} "),
        change,
        alone if understood.carried else "",
        class_="understood",
    )


def _strangers(understood: Understood, shelf: Shelf) -> Html:
    if not understood.strangers:
        return Html()
    strangers, known = listing(understood.strangers, "or"), listing(list(shelf.tones))
    text = f"Nobody called {strangers} is interviewed here. Those who are: {known}."
    return element("p", text, class_="lead")


def _found(answer: Answer, exchange: int, shelf: Shelf) -> Html:
    lead = element("p", _lead(answer), class_="lead")
    if answer.understood.kind == "contact":
        return together([lead, *_reachable(answer, exchange, shelf)])
    best_only = answer.understood.kind == "who"
    people = [
        _person(name, _numbered(answer, name)[: 1 if best_only else None], exchange, shelf)
        for name, _ in answer.by_speaker()
        if name in answer.speakers or not best_only
    ]
    return together([lead, element("ul", *people, class_="people"), _silent(answer)])


def _lead(answer: Answer) -> str:
    kind, people = answer.understood.kind, len(answer.speakers)
    if kind == "contact":
        return "These details were printed with the interview:"
    if kind == "credits":
        return "This was printed with the interview about its pictures:"
    if kind == "who":
        return f"{in_words(people)} {'person talks' if people == 1 else 'people talk'} about this:"
    return f"In the words of {listing(answer.speakers)}:"


def _numbered(answer: Answer, name: str) -> list[tuple[int, Hit]]:
    return [(number, hit) for number, hit in enumerate(answer.hits, start=1) if hit.speaker == name]


def _person(name: str, hits: Sequence[tuple[int, Hit]], exchange: int, shelf: Shelf) -> Html:
    words = [
        element("p", "“", element("span", hit.marked, class_="said"), "” ", _cite(exchange, number, name))
        for number, hit in hits
    ]
    return element("li", shelf.disc(name), element("div", element("strong", name), *words))


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
    if not answer.silent:
        return Html()
    return element("p", f"Also searched, and has nothing on this: {listing(answer.silent)}.", class_="silent")


def _nothing_found(answer: Answer, exchange: int, shelf: Shelf) -> Html:
    plainly = nobody(answer.understood, interviews=len(shelf.interviews), title=shelf.title)
    if answer.understood.skip:
        plainly = "Nothing more is said on this than what was shown before."
    lead = element("p", plainly, class_="lead none")
    if not answer.hits:
        return lead
    cites = [_cite(exchange, number, hit.speaker) for number, hit in enumerate(answer.hits, start=1)]
    spaced = [part for cite in cites for part in (cite, " ")]
    nearest = element("p", "The nearest passages, which are not an answer: ", *spaced, class_="silent")
    return together([lead, nearest])


def _cite(exchange: int, number: int, name: str) -> Html:
    href = f"#{anchor(exchange, number)}"
    return element("a", f"[{number}]", href=href, class_="cite", aria_label=f"Quote {number}, {name}")

"""The who-table: one row for each person who says it, best first, and at its end those who say nothing of it.

A row tells how many passages there are, and unfolds into all of that person's quotes.
"""

from collections.abc import Sequence

from rag.records import Answer, Hit
from rag.ui.cards import best_sentence, cite
from rag.ui.markup import Html, element, together
from rag.ui.shelf import Shelf
from rag.wording import NAMES_SHOWN, also_searched, count, listed

ROWS_SHOWN = 12
"""People who stand in the table at once; the others are folded."""
MOST_COUNTED = 200
"""Passages that are looked for where people are asked for, so that what a row counts is all there is of them."""
Numbered = Sequence[tuple[int, Hit]]


def who_table(answer: Answer, exchange: int, shelf: Shelf) -> Html:
    """The rows of all who are named."""
    rows = [_row(name, numbered(answer, name), exchange, shelf) for name in answer.speakers]
    first, rest = rows[:ROWS_SHOWN], rows[ROWS_SHOWN:]
    people = [element("ul", *first, class_="people")]
    if rest:
        summary = element("summary", f"Show {count(len(rest), 'more person', 'more people')}")
        people.append(element("details", summary, element("ul", *rest, class_="people"), class_="unfold rest"))
    if len(answer.hits) >= MOST_COUNTED:
        limit = f"Counted are the {MOST_COUNTED} passages that answer best; there may be more."
        people.append(element("p", limit, class_="silent"))
    return together(people)


def silent(answer: Answer) -> Html:
    """Those who were searched and say nothing of it; where they are many, their names unfold."""
    sentence = also_searched(answer)
    if len(answer.silent) <= NAMES_SHOWN:
        return element("p", sentence, class_="silent") if sentence else Html()
    names = listed(answer.silent, most=len(answer.silent))
    return (
        element("details", element("summary", sentence), element("p", names), class_="silent") if sentence else Html()
    )


def numbered(answer: Answer, name: str) -> Numbered:
    """The quotes of one person, each with its number in the answer."""
    return [(number, hit) for number, hit in enumerate(answer.hits, start=1) if hit.speaker == name]


def _aside(hits: Numbered) -> Html:
    """What sort of words these are, where they are not what somebody answers."""
    if all(hit.kind == "question" for _, hit in hits):
        return element("span", " asks", class_="aside")
    return Html() if any(hit.aloud for _, hit in hits) else element("span", " in print, not said", class_="aside")


def _row(name: str, hits: Numbered, exchange: int, shelf: Shelf) -> Html:
    (number, best), *further = hits
    interviews = len({hit.source for _, hit in hits})
    tally = f"{count(len(hits), 'passage')} in {count(interviews, 'interview')}"
    head = element(
        "div", element("strong", name), _aside(hits), " ", element("span", tally, class_="tally"), class_="name"
    )
    words = element("p", *best_sentence(best), " ", cite(exchange, number, name))
    fold = _further(name, further, exchange, shelf if interviews > 1 else None)
    return element("li", shelf.disc(name), element("div", head, words, fold))


def _further(name: str, hits: Numbered, exchange: int, shelf: Shelf | None) -> Html:
    """All other quotes of a person; with a shelf, each tells which interview it is from."""
    if not hits:
        return Html()
    quotes = [element("li", _quote(name, number, hit, exchange, shelf)) for number, hit in hits]
    of_whom = element("span", f" by {name}", class_="unseen")
    summary = element("summary", count(len(hits), "more quote"), of_whom)
    return element("details", summary, element("ul", *quotes), class_="unfold")


def _quote(name: str, number: int, hit: Hit, exchange: int, shelf: Shelf | None) -> Html:
    origin = element("span", shelf.title(hit.source), class_="tally") if shelf else ""
    return element("p", *best_sentence(hit), " ", cite(exchange, number, name), " ", origin)

"""Chips: small labels, each with a button that takes away what it says.

Under a reply they are the parts of what the question was taken to mean; beside the question, what narrows the search.
"""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from rag.records import Understood
from rag.ui.markup import Attribute, Html, element
from rag.ui.shelf import Shelf
from rag.wording import NAMES_SHOWN, count

if TYPE_CHECKING:
    from rag.library import Meant

KINDS = {
    "who": "People",
    "what": "Words",
    "compare": "Comparison",
    "count": "Number of people",
    "contact": "Contact details",
    "credits": "Image credits",
    "empty": "No question",
}
SOUGHT = {
    "said": "",
    "mentioned": " who mention it",
    "asked": " who were asked about it",
    "asker": " who asked about it",
}
ROLES = {"interviewer": "Only interviewers’ words", "anybody": "Interviewers’ words, too"}
_ANSWERED_WITH_PEOPLE = ("who", "count")


def chip(label: str, drop: str = "", kind: str = "", **data: Attribute) -> Html:
    """One chip; where it can be taken away, ``drop`` says what its button does, and ``data`` is what that carries."""
    cross = element("button", "✕", type="button", aria_label=drop, title=drop, **data) if drop else ""
    return element("li", element("span", label, dir="auto"), cross, class_=f"chip {kind}".strip())


def understood_chips(understood: Understood, exchange: int, shelf: Shelf) -> Html:
    """What the question of an exchange was taken to mean; of many names the first ones."""
    from rag.library import understood_parts

    chips = list(_chips(understood_parts(understood), understood, exchange, shelf))
    return element("ul", *chips, class_="chips", aria_label="What was understood")


def _chips(meant: "list[Meant]", understood: Understood, exchange: int, shelf: Shelf) -> Iterator[Html]:
    seen: Counter[str] = Counter()
    for place, part in enumerate(meant):
        seen[part.kind] += 1
        if seen[part.kind] <= NAMES_SHOWN:
            yield _chip(part, place, understood, exchange, shelf)
    for kind, number in seen.items():
        if number > NAMES_SHOWN:
            yield chip(f"and {count(number - NAMES_SHOWN, 'other')}", kind=kind)


def _chip(part: "Meant", place: int, understood: Understood, exchange: int, shelf: Shelf) -> Html:
    label = _label(part, understood, shelf)
    if part.kind == "carried":
        return chip(label, "Ask it on its own", part.kind, data_fresh=understood.text)
    if part.without is None:
        return chip(label, kind=part.kind)
    return chip(label, f"Ask {otherwise(part)}", part.kind, data_without=place, data_of=exchange)


def otherwise(part: "Meant") -> str:
    """How a question is asked without one of its parts, after the word "ask"."""
    ways = {
        "kind": "for words instead of people",
        "excluded": f"with {part.name} as well",
        "interviews": "in all interviews",
        "role": "for the words of those interviewed only",
        "new": "with what was shown before as well",
    }
    return ways.get(part.kind, f"without {part.name}")


def _label(part: "Meant", understood: Understood, shelf: Shelf) -> str:
    labels = {
        "kind": _kind(understood),
        "stranger": f"{part.name}, who is not interviewed here",
        "topic": f"“{part.name}”",
        "negated": "In the negative",
        "excluded": f"Leaving out {part.name}",
        "interviews": only_in(understood.interviews, shelf),
        "role": ROLES.get(part.name, ""),
        "carried": "Continued from the question before",
        "new": "Only what was not shown before",
    }
    return labels.get(part.kind, part.name)


def _kind(understood: Understood) -> str:
    """What kind of answer is wanted, and where the topic should stand."""
    people = SOUGHT[understood.sought] if understood.kind in _ANSWERED_WITH_PEOPLE else ""
    return f"{KINDS[understood.kind]}{people}"


def only_in(interviews: tuple[str, ...], shelf: Shelf) -> str:
    """What a search is limited to."""
    return f"Only in {shelf.title(interviews[0]) if len(interviews) == 1 else count(len(interviews), 'interview')}"

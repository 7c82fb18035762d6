"""What the browser keeps of a quote that goes into the basket, and for which collection.

The basket itself is in the browser: which quotes, in which order, with which notes. The words that are kept with them
are for showing; an export cuts them anew.
"""

import json
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from rag.records import Hit
from rag.ui.markup import Html, element
from rag.ui.shelf import TONES, Shelf, initials
from rag.wording import standing

if TYPE_CHECKING:
    from rag.library import Library, Quote

Collected = dict[str, object]


def collected(quote: "Hit | Quote", shelf: Shelf) -> Collected:
    """All that the basket shows of a quote; nobody's name where it was only printed."""
    return {
        "id": quote.id,
        "words": quote.quote,
        "speaker": quote.speaker if quote.aloud else "",
        "initials": initials(quote.speaker),
        "tone": shelf.tones.get(quote.speaker, TONES - 1),
        "title": shelf.title(quote.source),
        "file": quote.source,
        "where": standing(quote),
        "span": f"{quote.span.start}-{quote.span.end}",
    }


def collecting(hit: Hit, shelf: Shelf, about: str) -> Html:
    """The button that puts a hit into the basket: the passage, and the sentence in it that matched best.

    ``about`` says for screen readers which quote it is.
    """
    sentence = replace(hit, passage=replace(hit.passage, span=hit.sentence, sentences=(hit.sentence,)))
    choice = [collected(each, shelf) for each in ((hit,) if hit.sentence == hit.span else (hit, sentence))]
    return element(
        "button",
        "Add to basket",
        type="button",
        data_collect=json.dumps(choice, ensure_ascii=False),
        data_about=about,
        aria_label=f"Add to basket: the quote{about}",
    )


def identity(library: "Library") -> str:
    """A name for a collection, the same whatever changes in it, that tells nothing of its path."""
    return sha256(str(library.path.resolve()).encode(errors="surrogateescape")).hexdigest()[:12]

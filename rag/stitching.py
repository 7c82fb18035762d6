"""Quotations put together of pieces that stand, each word for word, in several places."""

from collections.abc import Sequence
from itertools import chain

from rag.differences import ending
from rag.locating import Found, find_said, longest_run
from rag.quotation import Pieces
from rag.spoken import Spoken, Words
from rag.words import is_content

SHORTEST_PIECE = 4
"""Words of the shortest piece that no mark of omission sets apart; fewer stand together somewhere by chance.

Where a sentence ends with them, one less is enough.
"""
FEWEST_TELLING = 2
"""Words in such a piece that carry meaning."""
MOST_PIECES = 8
Part = tuple[Found, str]
"""A place, and the words of the quotation that stand there."""


def stitch(pieces: Pieces, interviews: Sequence[Spoken], named: Sequence[str]) -> list[Part]:
    """A place for every piece, in the order of the quotation; none if there is a word without one.

    Of several places for one piece the one is taken that is nearest to the pieces before it: in the same speech, by
    the same person, in the same interview.
    """
    torn = [_torn(run, interviews) for run in pieces.runs]
    if not all(torn) or not 1 < sum(map(len, torn)) <= MOST_PIECES:
        return []
    parts: list[Part] = []
    for piece in chain.from_iterable(torn):
        places = [found for spoken in interviews for found in find_said(Pieces((piece,)), spoken)]
        taken = min(places, key=lambda found: _distance(found, parts, named))
        parts.append((taken, piece.span(0, len(piece)).of(piece.text)))
    return parts


def _torn(run: Words, interviews: Sequence[Spoken]) -> list[Words]:
    """The pieces of a run, each as long as it stands together somewhere; none if one stands there by chance at most."""
    torn: list[Words] = []
    at = 0
    while at < len(run):
        rest = run.folded[at:]
        length = max((_longest(rest, spoken) for spoken in interviews), default=0)
        if length < len(run) and not _is_piece(run, at, at + length):
            return []
        torn.append(Words(run.text, run.places[at : at + length]))
        at += length
    return torn


def _is_piece(run: Words, first: int, last: int) -> bool:
    """Whether some words are too many and too telling to stand together by chance."""
    if first == last:
        return False
    shortest = SHORTEST_PIECE - bool(ending(run.text, run.places[last - 1][1]))
    return last - first >= shortest and sum(map(is_content, run.folded[first:last])) >= FEWEST_TELLING


def _longest(folded: Sequence[str], spoken: Spoken) -> int:
    """How many of the first words stand together in one speech of an interview."""
    first = [folded[: SHORTEST_PIECE - 1]]
    speeches = (spoken.said_in(number) for number in spoken.speeches_with(first))
    return max((longest_run(folded, words) for words in speeches), default=0)


def _distance(found: Found, parts: Sequence[Part], named: Sequence[str]) -> tuple[bool, ...]:
    speech = found.spoken.speeches[found.owner]
    before = [each for each, _ in parts]
    return (
        bool(named) and speech.speaker not in named,
        not any(each.spoken is found.spoken and each.owner == found.owner for each in before),
        not any(each.spoken.speeches[each.owner].speaker == speech.speaker for each in before),
        not any(each.spoken is found.spoken for each in before),
    )

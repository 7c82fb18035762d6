"""What checking a quotation tells: the verdict, every place where its words stand, and what differs there.

A *place* is a stretch of one source with the words of a quotation, or of one piece of it.
"""

from dataclasses import dataclass, field
from typing import Literal

from rag.guard import Loss
from rag.records import UNKNOWN_SPEAKER, Located, Role, Source, Span

Verdict = Literal["exact", "altered", "stitched", "other speaker", "asked", "printed", "not found", "cannot check"]
Reason = Literal["", "empty", "short", "long", "no interviews", "unknown speaker"]
DifferenceKind = Literal["same", "changed", "left out", "added", "omitted", "inserted"]
RemarkKind = Literal["capitals", "punctuation", "negation", "number", "denial", "omission", "insertion"]


@dataclass(frozen=True)
class FoundPlace(Located):
    """Where the words of a quotation stand; ``quoted`` are those of its words that stand here.

    ``parts`` are the stretches of ``span`` that are quoted: one, or several with something left out between them.
    ``speaker`` is empty, and ``role`` unknown, for what is printed in the file and nobody says.
    """

    origin: Source = field(repr=False)
    span: Span
    speaker: str
    role: Role
    quoted: str
    parts: tuple[Span, ...]
    asked: Span | None = None

    def __post_init__(self) -> None:
        if not self.parts or not all(self.span.holds(part) for part in self.parts):
            raise ValueError(f"quoted parts outside their place {self.span}")

    @property
    def text(self) -> str:
        """The source's own characters, from the first to the last word that is quoted."""
        return self.span.of(self.origin.text)

    @property
    def question(self) -> str | None:
        """What the interviewer had asked, an exact slice of the source."""
        return self.asked.of(self.origin.text) if self.asked else None

    @property
    def start(self) -> int:
        """The first character of these words."""
        return self.span.start

    @property
    def aloud(self) -> bool:
        """Whether somebody says it."""
        return bool(self.speaker)

    @property
    def attributed(self) -> bool:
        """Whether the file tells who says it."""
        return self.speaker not in ("", UNKNOWN_SPEAKER)


@dataclass(frozen=True, slots=True)
class Difference:
    """One stretch of a quotation beside the source: ``quoted`` in the quotation, ``said`` in the source.

    ``same``: the same words; ``changed``: others; ``left out``: the quotation lacks what was said; ``added``: nobody
    said it there; ``omitted``: left out, and marked as such by "..."; ``inserted``: an editor's words in brackets,
    beside what they stand for, if anything.
    """

    kind: DifferenceKind
    quoted: Span | None
    said: Span | None

    def __post_init__(self) -> None:
        if not (self.quoted or self.said):
            raise ValueError("a difference between nothing and nothing")


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader should know beside the verdict: the words of the quotation (``quoted``) and of the source.

    ``capitals`` and ``punctuation`` differ although the words do not; a ``negation`` or a ``number`` differs;
    something is left out at an ``omission`` mark; an ``insertion`` in brackets is an editor's; what an editor's mark
    hides, such as a ``denial``, can turn the meaning round.
    """

    kind: RemarkKind
    quoted: str
    said: str


@dataclass(frozen=True)
class CheckedQuote:
    """A quotation that was looked for.

    ``exact``: word for word by one speaker; ``altered``: nearly so, and ``differences`` tell the first place word by
    word; ``stitched``: its pieces stand in several places, which are told in the order of the quotation; ``other
    speaker``: exact, but not by the one who is named; ``asked``: exact, but the interviewer's; ``printed``: it stands
    in a file, and nobody says it; ``not found``; ``cannot check``, with the ``reason``.

    ``named`` is who is said to say it (several namesakes; nobody if empty). But for ``stitched``, ``places`` are all
    places with these words, those of the named first. ``similarity`` is the share of the words that are as said,
    0 to 1, at the first place; ``losses`` tell what stands near it there and would be lost without it.
    """

    quotation: str
    named: tuple[str, ...]
    verdict: Verdict
    reason: Reason = ""
    places: tuple[FoundPlace, ...] = ()
    differences: tuple[Difference, ...] = ()
    remarks: tuple[Remark, ...] = ()
    similarity: float = 0.0
    losses: tuple[Loss, ...] = ()

    def __post_init__(self) -> None:
        if not self.places and self.verdict not in ("not found", "cannot check"):
            raise ValueError(f"what is {self.verdict} stands somewhere")
        if self.differences and not self.places:
            raise ValueError("differences need a place")

    @property
    def exact(self) -> bool:
        """Whether it can be printed as it is, as said by the one who is named, if anybody is."""
        return self.verdict == "exact"

    @property
    def speakers(self) -> tuple[str, ...]:
        """Who says these words, in the order of the places."""
        return tuple(dict.fromkeys(place.speaker for place in self.places if place.aloud))

    @property
    def words(self) -> tuple[tuple[DifferenceKind, str, str], ...]:
        """The differences as words: kind, those of the quotation, those of the source."""
        return tuple((each.kind, self.quoted(each), self.said(each)) for each in self.differences)

    def quoted(self, difference: Difference) -> str:
        """The quotation's words in a difference."""
        return difference.quoted.of(self.quotation) if difference.quoted else ""

    def said(self, difference: Difference) -> str:
        """The source's words in a difference, an exact slice."""
        return difference.said.of(self.places[0].origin.text) if difference.said else ""

"""Finding a quote again by its name: the same words of the same file, whatever became of the index meanwhile."""

import re
from dataclasses import dataclass, field

from rag.errors import UnknownNameError
from rag.index import Index
from rag.records import SPOKEN, Interview, Located, PassageKind, Role, Source, Span, Turn, quote_id

_NAME = re.compile(r"(?P<file>[0-9a-f]{12})-(?P<start>[0-9]{1,12})-(?P<end>[0-9]{1,12})")
_PRINTED = ("contact", "credits")


@dataclass(frozen=True)
class Quote(Located):
    """Words of one turn, or of what is printed with an interview, that were looked up again by their ``id``.

    ``asked`` is what the interviewer had asked before.
    """

    origin: Source = field(repr=False)
    span: Span
    speaker: str
    role: Role
    kind: PassageKind
    asked: Span | None = None

    @property
    def start(self) -> int:
        """The first character of these words."""
        return self.span.start

    @property
    def id(self) -> str:
        """The name of the quote, which survives re-indexing."""
        return quote_id(self.origin, self.span)

    @property
    def quote(self) -> str:
        """The words, an exact slice of the source."""
        return self.span.of(self.origin.text)

    @property
    def question(self) -> str | None:
        """What the interviewer had asked, an exact slice of the source."""
        return self.asked.of(self.origin.text) if self.asked else None

    @property
    def aloud(self) -> bool:
        """Whether somebody said it, and it was not merely printed with the interview."""
        return self.kind in SPOKEN


def find_quote(name: str, index: Index) -> Quote:
    """Some words of one turn, or of what is printed with an interview, by the name that ``quote_id`` gives.

    Raises:
        UnknownNameError: no interview here has the content of this file, or these are not words of one turn.
    """
    match = _NAME.fullmatch(name)
    if match and int(match["start"]) < int(match["end"]):
        span = Span(int(match["start"]), int(match["end"]))
        for interview in index.interviews:
            if interview.source.sha256.startswith(match["file"]) and (quote := _quote(interview, span, index)):
                return quote
    raise UnknownNameError("quote", name, ())


def _quote(interview: Interview, span: Span, index: Index) -> Quote | None:
    turn = next((turn for turn in interview.turns if turn.span.holds(span)), None)
    if turn:
        kind: PassageKind = "question" if turn.role == "interviewer" else "answer"
        return Quote(interview.source, span, turn.speaker, turn.role, kind, _asked(interview, turn))
    own = (entry for entry in index.entries if entry.source == interview.source.name and entry.kind in _PRINTED)
    entry = next((entry for entry in own if entry.span.holds(span)), None)
    return Quote(interview.source, span, entry.speaker, "unknown", entry.kind) if entry else None


def _asked(interview: Interview, turn: Turn) -> Span | None:
    """What had been asked before a turn."""
    return next((pair.question_span for pair in interview.pairs if turn in pair.answer), None)

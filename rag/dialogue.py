"""What both ways of reading find: the turns of a conversation, and who takes part in it."""

from dataclasses import dataclass

from rag.records import Contact, Span, Speaker, Turn


@dataclass(frozen=True, slots=True)
class Dialogue:
    """The turns of a transcript and its people; ``apart`` are stretches within turns which nobody says.

    ``start`` is where the conversation begins: with the first speaker's label, where there is one.
    """

    turns: tuple[Turn, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    apart: tuple[Span, ...] = ()
    contacts: tuple[Contact, ...] = ()
    credits: tuple[Span, ...] = ()
    start: int = 0

"""Names by which a person narrows a search: of speakers and of interviews, whatever their case."""

from collections.abc import Mapping, Sequence

from rag.errors import UnknownNameError
from rag.records import UNKNOWN_SPEAKER, Understood


def one_of(asked: str, known: Sequence[str], what: str) -> str:
    """The known name that is asked for.

    Raises:
        UnknownNameError: there is none.
    """
    for name in known:
        if name.casefold() == asked.strip().casefold():
            return name
    raise UnknownNameError(what, asked, known)


def namesakes(asked: str, known: Sequence[str], plain: Mapping[str, str], what: str) -> tuple[str, ...]:
    """The known name that is asked for, or all those whose bearers are called so in their interviews.

    Args:
        asked: what was typed.
        known: the names of the collection.
        plain: what those are called in their interviews who have another name in the collection.
        what: what is looked for, for the error.

    Raises:
        UnknownNameError: there is none.
    """
    folded = asked.strip().casefold()
    alike = tuple(name for name in known if plain.get(name, "").casefold() == folded)
    return alike or (one_of(asked, known, what),)


def asked_about(understood: Understood, speakers: Sequence[str]) -> tuple[str, ...]:
    """Those of the ``speakers`` whose words count for a question; none in particular means everybody."""
    if understood.speakers or not understood.excluded:
        return understood.speakers
    return tuple(name for name in (*speakers, UNKNOWN_SPEAKER) if name not in understood.excluded)

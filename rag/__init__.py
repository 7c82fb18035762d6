"""whosaid: questions about a collection of interviews, answered with the exact words and who said them.

>>> from rag import retrieve  # doctest: +SKIP
>>> retrieve("who talks about unlearning?", k=1)[0].speaker  # doctest: +SKIP
'Caiyu Song'
"""

from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from rag.checked import CheckedQuote
from rag.errors import RagError
from rag.records import Answer, Hit, Interview, Passage, Source, Span, Understood, Voices

__all__ = [
    "Answer", "CheckedQuote", "Hit", "Interview", "Library", "Passage", "RagError", "Source", "Span", "Understood",
    "ask", "check_quote", "evaluate", "retrieve",
]  # fmt: skip
__version__ = "0.1.0"

if TYPE_CHECKING:
    from rag.evaluation import evaluate
    from rag.library import Library

_LATE = {"Library": "rag.library", "evaluate": "rag.evaluation"}
"""What needs heavy packages, and the module that has it."""


def __getattr__(name: str) -> object:
    """Import the library, and the heavy packages it needs, only when it is asked for."""
    if name not in _LATE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_LATE[name]), name)


def retrieve(
    question: str,
    k: int = 5,
    *,
    speakers: Sequence[str] = (),
    interviews: Sequence[str] = (),
    role: Voices = "interviewee",
) -> list[Hit]:
    """Find what was said about something in the default collection.

    The collection is the folder named by the environment variable ``WHOSAID_INTERVIEWS``, else ``seeds``.
    Its index is built at the first call (seconds for three interviews) and kept; for several collections,
    open a :class:`Library` for each.

    Args:
        question: in plain words, such as ``"who talks about unlearning?"`` or ``"what does Ana say about rivers"``.
            Speakers named in it, also by first name or mistyped, are understood as a filter.
        k: the number of hits at most.
        speakers: only what these people say (display names, whatever their case).
        interviews: only these interviews (names of their files).
        role: whose words: of those interviewed ("interviewee"), of those who ask ("interviewer"), or "anybody". Order
            and scores were learned from answers, so they are less sure of what interviewers say.

    Returns:
        Hits, best first; ties in the order of the files. A hit has ``speaker``, ``quote`` (an exact slice of the
        source), ``marked`` (its best sentence), ``question`` (what was asked), ``source`` (the file's name), ``span``
        (characters), ``line`` (from 1), ``score`` (0 to 1, the probability that it says what was asked) and ``why``.
        These are the nearest passages, also where nobody says it: ``ask`` tells.

    Raises:
        UnknownNameError: a filter names nobody here; the message lists the names there are.
        RagError: the collection, the index or the model cannot be opened; the message says what to do.
    """
    return _default_library().retrieve(question, k=k, speakers=speakers, interviews=interviews, role=role)


def ask(
    question: str,
    k: int = 5,
    *,
    speakers: Sequence[str] = (),
    interviews: Sequence[str] = (),
    role: Voices = "interviewee",
) -> Answer:
    """Like :func:`retrieve`, with the decision: who says it, or that nobody does. See :meth:`Library.ask`."""
    return _default_library().ask(question, k=k, speakers=speakers, interviews=interviews, role=role)


def check_quote(
    quotation: str, collection: "Library | Path | str | None" = None, *, speaker: str | None = None
) -> CheckedQuote:
    """Look whether somebody says a quotation word for word, and who; no index and no language model are needed.

    Every word must be as said, with all its letters and accents, by one speaker. Shapes of quotation marks and dashes,
    spaces, line breaks and ligatures count for nothing; other capitals and punctuation are remarked on. "…", "..."
    and either in brackets mark what is left out, and square brackets what is put in; "[T]he" is the word "The".

    Args:
        quotation: as it was pasted, three words or more.
        collection: a folder or a file of interviews, or an open :class:`Library`; the default collection if not given.
        speaker: who is said to say it: a name as it is shown here, or a part of it that only one person has.

    Returns:
        A :class:`CheckedQuote`. Its ``verdict`` is "exact", "altered", "stitched", "other speaker", "asked",
        "printed", "not found" or "cannot check" (then with a ``reason``). ``places`` tell where it stands: each has
        ``text`` (an exact slice of the source), ``span`` (characters), ``speaker``, ``role``, ``source`` (the file's
        name), ``line`` (from 1), ``seconds`` and ``question``. ``words`` compare the first place word by word, and
        ``remarks`` are what to mind, such as a negation. ``similarity`` is the share of words as said, 0 to 1.

    Raises:
        UnknownNameError: nobody who speaks here is called so; the message lists the names there are.
        EmptyCollectionError: there is nothing that can be read.
    """
    from rag.library import Library, be_quiet, check, default_interviews, read_interviews

    if isinstance(collection, Library):
        return collection.check_quote(quotation, speaker)
    path = Path(collection).expanduser() if collection else default_interviews()
    return check(quotation, read_interviews(path, be_quiet)[0], speaker)


def _default_library() -> "Library":
    from rag.library import default_interviews

    return _opened(default_interviews().resolve())


@cache
def _opened(interviews: Path) -> "Library":
    from rag.library import Library

    return Library.open(interviews)

"""Asking one open collection, whatever files it comes from: questions, quotations, and who says how much."""

from collections.abc import Sequence
from functools import cached_property

from rag.checked import CheckedQuote
from rag.checking import check
from rag.embedder import Embedder
from rag.filters import one_of
from rag.guard import Guard, guard
from rag.index import Index
from rag.inquiry import Inquiry
from rag.quotes import Quote, find_quote
from rag.records import Answer, Hit, Interview, Understood, Voices
from rag.reranker import Reranker
from rag.shares import Share, shares


class Answering:
    """An index that is open for questions."""

    def __init__(self, index: Index, embedder: Embedder, reranker: Reranker | None) -> None:
        self.index, self.embedder, self.reranker = index, embedder, reranker
        self.inquiry = Inquiry(index, embedder, reranker)

    @property
    def interviews(self) -> tuple[Interview, ...]:
        """All interviews, in the order of their names."""
        return self.index.interviews

    @property
    def speakers(self) -> tuple[str, ...]:
        """The names of those interviewed, in alphabetical order."""
        return self.inquiry.speakers

    @property
    def passages(self) -> int:
        """How many passages the answers were cut into."""
        return sum(entry.kind == "answer" for entry in self.index.entries)

    @property
    def warmed(self) -> bool:
        """Whether the embedding model is in memory."""
        return getattr(self.embedder, "loaded", True)

    def warm(self) -> None:
        """Load now, rather than at the first question, the embedding model and what else answering takes.

        Raises:
            ModelError: it cannot be loaded.
        """
        self.retrieve("What is said about warmth?")

    def interview(self, name: str) -> Interview:
        """One interview by its file's name.

        Raises:
            UnknownNameError: there is no such interview.
        """
        return self.index.by_name[one_of(name, tuple(self.index.by_name), "interview")]

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """How much everybody says in each interview, in the order of the interviews and of who first speaks."""
        return shares(self.index.entries, self.index.sizes.tolist())

    def retrieve(
        self,
        question: str,
        *,
        k: int = 5,
        speakers: Sequence[str] = (),
        interviews: Sequence[str] = (),
        role: Voices = "interviewee",
    ) -> list[Hit]:
        """The ``k`` best passages for a question, best first, whoever says them; see ``rag.retrieve``."""
        _check(k)
        understood = self.understand(question, speakers=speakers, interviews=interviews, role=role)
        return [] if understood.kind == "empty" else self.inquiry.rank(understood).hits(k)

    def ask(
        self,
        question: str,
        *,
        k: int = 5,
        speakers: Sequence[str] = (),
        interviews: Sequence[str] = (),
        role: Voices = "interviewee",
        previous: Answer | None = None,
    ) -> Answer:
        """Who says it, with quotes; or that nobody does, with the nearest passages.

        Args:
            question: in plain words, of any length.
            k: the number of quotes at most (one for each speaker named, if those are more).
            speakers: only these people (display names), all if empty.
            interviews: only these interviews (file names), all if empty.
            role: whose words count: of those interviewed ("interviewee"), of those who ask ("interviewer"), or of
                both ("anybody"). Whether somebody said it was learned from answers, so it is less sure of questions.
            previous: the answer before, for follow-ups such as "what else does she say about that?".

        Raises:
            UnknownNameError: a filter names somebody or something that is not there.
            ValueError: ``k`` is below 1.
        """
        _check(k)
        understood = self.understand(question, speakers=speakers, interviews=interviews, role=role, previous=previous)
        return self.inquiry.ask(understood, k)

    def answer(self, understood: Understood, *, k: int = 5) -> Answer:
        """The answer to a question that is understood already, such as one without one of its parts; see ``ask``.

        Raises:
            UnknownNameError: it is about somebody or something that is not there any more.
        """
        _check(k)
        self.inquiry.check(understood)
        return self.inquiry.ask(understood, k)

    def check_quote(self, quotation: str, speaker: str | None = None) -> CheckedQuote:
        """Whether somebody says this word for word, and who; see ``rag.check_quote``.

        Raises:
            UnknownNameError: nobody who speaks here is called like ``speaker``.
        """
        return check(quotation, self.interviews, speaker)

    def quote(self, name: str) -> Quote:
        """A quote by the ``id`` that a hit had once, as long as its file has the same content.

        Raises:
            UnknownNameError: there is no such file, or these are not words of one turn.
        """
        return find_quote(name, self.index)

    def guard(self, words: Hit | Quote) -> Guard:
        """The sentences just before and after a quote, and what near it would be lost if it were quoted without them.

        Raises:
            UnknownNameError: its interview is not here any more.
        """
        return guard(self.interview(words.source), words.span)

    def understand(
        self,
        question: str,
        *,
        speakers: Sequence[str] = (),
        interviews: Sequence[str] = (),
        role: Voices = "interviewee",
        previous: Answer | None = None,
    ) -> Understood:
        """What a question is taken to ask, before anything is looked up; arguments and errors as for ``ask``."""
        return self.inquiry.understand(question, speakers, interviews, previous, role)


def _check(k: int) -> None:
    if k < 1:
        raise ValueError(f"k is the number of quotes, 1 or more, not {k}")

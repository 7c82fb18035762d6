"""Questions with what should be found for them, and how well a library does on them.

A set is a file as ``whosaid eval`` reads it, which measures more, and over any collection.
Here is what tuning needs besides: halves of a set, and right passages by the pieces of text they hold.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rag.expected import Stretch, read_questions
from rag.library import Library
from rag.measures import share
from rag.records import Answer

QUESTIONS = Path(__file__).parent / "questions"


@dataclass(frozen=True)
class Asked:
    """One question and what should be found."""

    id: str
    kind: str
    question: str
    speakers: frozenset[str]
    quotes: tuple[str, ...]

    @property
    def answerable(self) -> bool:
        """Whether somebody says it."""
        return bool(self.speakers)

    @property
    def half(self) -> str:
        """``tune`` or ``test``, by a hash of the question."""
        return "test" if hashlib.sha256(self.question.encode()).digest()[0] % 2 else "tune"

    def is_right(self, quote: str) -> bool:
        """Whether a passage holds one of the pieces looked for."""
        return any(piece in quote for piece in self.quotes)


@dataclass(frozen=True)
class Result:
    """What a library said to one question: ``rank`` is that of the first right quote, from 1; 0 if there is none."""

    asked: Asked
    answer: Answer
    rank: int


@dataclass(frozen=True)
class Scores:
    """Shares, 0 to 1, over a set of questions."""

    questions: int
    first: float
    among_three: float
    speakers: float
    recognised: float
    refused: float


def load(path: Path, texts: dict[str, str] | None = None) -> list[Asked]:
    """Read a set; ``texts`` are the sources, by name, that its spans point into."""
    return [
        Asked(
            row.id,
            row.kind,
            row.question,
            frozenset(row.speakers),
            tuple(_piece(quote, texts or {}) for quote in row.quotes),
        )
        for row in read_questions(path)
    ]


def run(library: Library, questions: Iterable[Asked], *, k: int = 10) -> list[Result]:
    """Ask every question, each on its own."""
    results = []
    for asked in questions:
        answer = library.ask(asked.question, k=k)
        right = [number for number, hit in enumerate(answer.hits, start=1) if asked.is_right(hit.quote)]
        results.append(Result(asked, answer, right[0] if right else 0))
    return results


def score(results: Sequence[Result]) -> Scores:
    """The shares that count: right passage first and among three, speakers exact, unanswerable told apart."""
    answerable = [result for result in results if result.asked.answerable]
    others = [result for result in results if not result.asked.answerable]
    return Scores(
        questions=len(results),
        first=_share(result.rank == 1 for result in answerable),
        among_three=_share(1 <= result.rank <= 3 for result in answerable),
        speakers=_share(frozenset(result.answer.speakers) == result.asked.speakers for result in answerable),
        recognised=_share(not result.answer.said for result in others),
        refused=_share(not result.answer.said for result in answerable),
    )


def _share(found: Iterable[bool]) -> float:
    return share(list(found)).value or 0.0


def _piece(quote: str | Stretch, texts: dict[str, str]) -> str:
    return quote if isinstance(quote, str) else quote.span.of(texts[quote.source])

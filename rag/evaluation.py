"""How well a library answers questions of which it is known what should be found."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rag.collection import Progress, be_quiet
from rag.expected import Collection, Expected, Row, read_questions
from rag.library import Library
from rag.measures import (
    Bin,
    Coverage,
    Measure,
    calibration_error,
    coverages,
    first_hits,
    hits,
    ratio,
    reciprocal_rank,
    reliability,
    separation,
    share,
)
from rag.records import Answer

__all__ = [
    "DEPTH", "Bin", "Coverage", "Evaluation", "Expected", "Measure", "Outcome", "Scores", "evaluate", "read_questions",
    "scores",
]  # fmt: skip

DEPTH = 10
"""Passages of each ranking that are looked at, if not told otherwise."""


@dataclass(frozen=True)
class Outcome:
    """What a library said to one question; ``rank`` is that of the right passage, from 1, 0 if it was not found."""

    expected: Expected
    answer: Answer
    rank: int

    @property
    def named_exactly(self) -> bool:
        """Whether those who say it are named, and nobody else."""
        return frozenset(self.answer.speakers) == self.expected.speakers

    @property
    def missed(self) -> bool:
        """Whether the verdict, a name, or the first passage is wrong, as far as it is told what is right."""
        wanted = self.expected
        verdict = self.answer.said != wanted.answerable
        return verdict or bool(wanted.speakers and not self.named_exactly) or bool(wanted.wanted and self.rank != 1)


@dataclass(frozen=True)
class Scores:
    """All measures over some questions; each is counted over those that tell enough for it.

    ``speaker_*`` count questions with speakers; ``named_precision`` also counts names given where nobody says it.
    ``said_precision`` is how often it is true where it says that somebody said it.
    """

    questions: int
    hit_at_1: Measure
    hit_at_3: Measure
    hit_at_5: Measure
    hit_at_10: Measure
    mrr_at_10: Measure
    speakers_exact: Measure
    speaker_precision: Measure
    speaker_recall: Measure
    named_precision: Measure
    unanswerable_recognised: Measure
    answerable_refused: Measure
    said_precision: Measure
    auroc: Measure
    calibration_error: Measure


@dataclass(frozen=True)
class Evaluation:
    """Every question with its outcome, in order, and what follows from them; ``k`` passages were looked at for each."""

    outcomes: tuple[Outcome, ...]
    k: int

    @cached_property
    def overall(self) -> Scores:
        """The measures over all questions."""
        return scores(self.outcomes, k=self.k)

    @cached_property
    def by_kind(self) -> dict[str, Scores]:
        """The measures over the questions of each kind, kinds in alphabetical order."""
        kinds = sorted({outcome.expected.kind for outcome in self.outcomes})
        return {kind: scores(self._of(kind), k=self.k) for kind in kinds}

    @cached_property
    def reliability(self) -> tuple[Bin, ...]:
        """How often somebody really says it, by confidence."""
        return reliability(*_verdicts(self.outcomes))

    @cached_property
    def coverages(self) -> tuple[Coverage, ...]:
        """What there would be if only the surest questions were answered."""
        return coverages(*_verdicts(self.outcomes))

    @property
    def misses(self) -> tuple[Outcome, ...]:
        """The outcomes that are not as they should be."""
        return tuple(outcome for outcome in self.outcomes if outcome.missed)

    def _of(self, kind: str) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.expected.kind == kind]


def evaluate(
    library: Library,
    questions: Path | str | Sequence[Row],
    *,
    k: int = DEPTH,
    progress: Progress | None = None,
) -> Evaluation:
    """Ask a library every question of a file, each on its own, and compare with what should be found.

    Args:
        library: the collection that is asked.
        questions: a JSONL file, or what ``read_questions`` made of it; the README says what a line holds.
        k: how many passages of each ranking are looked at; hit@10 and MRR@10 need 10.
        progress: hears how far it is.

    Raises:
        ReadError: the file is not as it should be, or names what is not in the library; it tells the line.
        ValueError: ``k`` is below 1.
    """
    if k < 1:
        raise ValueError(f"k is the number of passages, 1 or more, not {k}")
    rows = read_questions(questions) if isinstance(questions, (Path, str)) else questions
    collection, progress = Collection(library), progress or be_quiet
    expected = [collection.look_up(row) for row in rows]
    outcomes = []
    for number, each in enumerate(expected):
        progress("Asking the questions", number, len(expected))
        ranked = library.retrieve(each.question, k=k, interviews=each.interviews) if each.wanted else []
        answer = library.ask(each.question, interviews=each.interviews)
        outcomes.append(Outcome(each, answer, each.rank(ranked)))
    return Evaluation(tuple(outcomes), k)


def scores(outcomes: Sequence[Outcome], *, k: int = DEPTH) -> Scores:
    """All measures over some outcomes, of which ``k`` passages each were looked at."""
    ranks = [each.rank for each in outcomes if each.expected.wanted]
    answerable = [each for each in outcomes if each.expected.answerable]
    unanswerable = [each for each in outcomes if not each.expected.answerable]
    with_speakers = [each for each in answerable if each.expected.speakers]
    confidences, truths = _verdicts(outcomes)
    return Scores(
        questions=len(outcomes),
        hit_at_1=first_hits(ranks),
        hit_at_3=hits(ranks, 3, looked=k),
        hit_at_5=hits(ranks, 5, looked=k),
        hit_at_10=hits(ranks, 10, looked=k),
        mrr_at_10=reciprocal_rank(ranks, 10, looked=k),
        speakers_exact=share([each.named_exactly for each in with_speakers]),
        speaker_precision=_precision(with_speakers),
        speaker_recall=_recall(with_speakers),
        named_precision=_precision([*with_speakers, *unanswerable]),
        unanswerable_recognised=share([not each.answer.said for each in unanswerable]),
        answerable_refused=share([not each.answer.said for each in answerable]),
        said_precision=share([each.expected.answerable for each in outcomes if each.answer.said]),
        auroc=separation(confidences, truths),
        calibration_error=calibration_error(reliability(confidences, truths)),
    )


def _precision(outcomes: Sequence[Outcome]) -> Measure:
    """Of all names that were given, the share of those that are right."""
    return ratio(_named_rightly(outcomes), sum(len(each.answer.speakers) for each in outcomes), len(outcomes))


def _recall(outcomes: Sequence[Outcome]) -> Measure:
    """Of all who say it, the share of those who were named."""
    return ratio(_named_rightly(outcomes), sum(len(each.expected.speakers) for each in outcomes), len(outcomes))


def _named_rightly(outcomes: Sequence[Outcome]) -> int:
    return sum(len(each.expected.speakers & set(each.answer.speakers)) for each in outcomes)


def _verdicts(outcomes: Sequence[Outcome]) -> tuple[list[float], list[bool]]:
    """The confidence of each answer, and whether somebody really says it."""
    return [each.answer.confidence for each in outcomes], [each.expected.answerable for each in outcomes]

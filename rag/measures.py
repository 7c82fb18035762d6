"""How good answers are: pure measures over ranks, confidences and truths. Where nothing can be counted, none is given.

A *truth* says of one question whether somebody really says it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

BINS = 10
COVERAGES = (0.2, 0.4, 0.6, 0.8, 1.0)
DRAWS = 1000
FEWEST = 10
"""Questions below which an interval would promise more than so few can tell."""
_SEED = 20260101

Numbers = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Measure:
    """A value from 0 to 1, or none where nothing can be counted, and over how many questions it stands.

    ``low`` to ``high`` is its 95 % interval, where one was made.
    """

    value: float | None
    questions: int
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions with a confidence above ``low`` and up to ``high``, and how many of them somebody really says."""

    low: float
    high: float
    questions: int
    confidence: float | None
    true: float | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What there would be if only questions with at least this confidence were answered; shares from 0 to 1."""

    threshold: float
    answered: float
    true: float


def share(found: Sequence[bool]) -> Measure:
    """The share of questions for which something holds."""
    return ratio(sum(found), len(found), len(found))


def ratio(part: int, whole: int, questions: int) -> Measure:
    """A part of things that are counted over questions, such as the names given in them."""
    return Measure(part / whole if whole else None, questions)


def hits(ranks: Sequence[int], depth: int, *, looked: int) -> Measure:
    """The share of questions whose right passage is among the first ``depth``; ranks from 1, 0 for none.

    None where fewer than ``depth`` passages were looked at.
    """
    return share([0 < rank <= depth for rank in ranks]) if looked >= depth else Measure(None, len(ranks))


def first_hits(ranks: Sequence[int]) -> Measure:
    """The share of questions whose right passage stands first, with its interval."""
    right = np.array(ranks) == 1
    return _bounded(share(right.tolist()), len(ranks), lambda draw: float(draw.choice(right, len(right)).mean()))


def reciprocal_rank(ranks: Sequence[int], depth: int, *, looked: int) -> Measure:
    """The mean of 1 / rank of the first right passage, 0 where it is not among the first ``depth``."""
    if not ranks or looked < depth:
        return Measure(None, len(ranks))
    return Measure(sum(1 / rank for rank in ranks if 0 < rank <= depth) / len(ranks), len(ranks))


def separation(confidences: Sequence[float], truths: Sequence[bool]) -> Measure:
    """How often a question that somebody answers has more confidence than one that nobody does (AUROC).

    Ties count half. The interval draws both sorts of questions apart, so that none is ever missing.
    """
    asserted, true = np.array(confidences, float), np.array(truths, bool)
    sure, unsure = asserted[true], asserted[~true]
    if not len(sure) or not len(unsure):
        return Measure(None, len(true))
    return _bounded(
        Measure(_auroc(sure, unsure), len(true)),
        min(len(sure), len(unsure)),
        lambda draw: _auroc(draw.choice(sure, len(sure)), draw.choice(unsure, len(unsure))),
    )


def reliability(confidences: Sequence[float], truths: Sequence[bool]) -> tuple[Bin, ...]:
    """Ten bins of equal width, each with its mean confidence and its share of truths (as in Guo et al., 2017)."""
    asserted, true = np.array(confidences, float), np.array(truths, bool)
    edges = [number / BINS for number in range(BINS + 1)]
    places = np.searchsorted(edges[1:-1], asserted, side="left")
    return tuple(_bin(edges[at], edges[at + 1], asserted[places == at], true[places == at]) for at in range(BINS))


def calibration_error(bins: Sequence[Bin]) -> Measure:
    """How far confidence is from the truth, on average over questions (ECE: Naeini et al., 2015; Guo et al., 2017)."""
    total = sum(each.questions for each in bins)
    gaps = (
        each.questions * abs(each.confidence - each.true)
        for each in bins
        if each.confidence is not None and each.true is not None
    )
    return Measure(sum(gaps) / total if total else None, total)


def coverages(confidences: Sequence[float], truths: Sequence[bool]) -> tuple[Coverage, ...]:
    """What there would be if only the surest questions were answered, for some shares of them.

    Those with the same confidence are answered together, so the share can be larger than the one aimed at.
    """
    asserted, true = np.array(confidences, float), np.array(truths, bool)
    falling = np.sort(asserted)[::-1]
    thresholds = [float(falling[max(round(aim * len(falling)), 1) - 1]) for aim in COVERAGES if len(falling)]
    return tuple(
        Coverage(threshold, float((asserted >= threshold).mean()), float(true[asserted >= threshold].mean()))
        for threshold in dict.fromkeys(thresholds)
    )


def _auroc(sure: Numbers, unsure: Numbers) -> float:
    ordered = np.sort(unsure)
    below = np.searchsorted(ordered, sure, side="left") + np.searchsorted(ordered, sure, side="right")
    return float(below.mean() / 2 / len(unsure))


def _bin(low: float, high: float, asserted: Numbers, true: Truths) -> Bin:
    if not len(asserted):
        return Bin(low, high, 0, None, None)
    return Bin(low, high, len(asserted), float(asserted.mean()), float(true.mean()))


def _bounded(measure: Measure, counted: int, drawn: Callable[[np.random.Generator], float]) -> Measure:
    """The measure with its 95 % interval by bootstrap percentiles (Efron, 1979), if enough questions are counted.

    Where all questions are alike, every draw is, too; an interval without width would promise what it cannot know.
    """
    if counted < FEWEST:
        return measure
    draw = np.random.default_rng(_SEED)
    low, high = np.percentile([drawn(draw) for _ in range(DRAWS)], (2.5, 97.5))
    return Measure(measure.value, measure.questions, float(low), float(high)) if low < high else measure

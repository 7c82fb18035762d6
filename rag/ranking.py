"""From signals to an order and a probability: pure functions over arrays, ties in a stated order.

A *signal* is one score for every passage, such as closeness in meaning or BM25.
"""

from collections.abc import Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Numbers = TypeVar("Numbers", Floats, Singles)
Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]
_LEAST_WEIGHT = 1e-3


def fuse(signals: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """The weighted sum of the signals; one without a weight does not count.

    The signals keep their own scale: where no passage shares words with the question, words decide nothing.
    """
    total = np.zeros(len(next(iter(signals.values()))))
    for name, weight in weights.items():
        total += weight * signals[name]
    return total


def around(values: Floats, places: Floats, sizes: Floats, distance: float) -> Floats:
    """The mean of signals over the rows within a ``distance`` of each, each weighing as much as it is long.

    Args:
        values: signals × rows.
        places: where the middle of each row stands.
        sizes: how long each row is, in the unit of ``places``; a row without length weighs a little all the same.
        distance: how far the middle of another row may be.
    """
    order = np.argsort(places, kind="stable")
    sorted_places, weights = places[order], sizes[order] + _LEAST_WEIGHT
    first = np.searchsorted(sorted_places, places - distance, side="left")
    after = np.searchsorted(sorted_places, places + distance, side="right")
    sums = np.concatenate([np.zeros((len(values), 1)), np.cumsum(values[:, order] * weights, axis=1)], axis=1)
    totals = np.concatenate([[0.0], np.cumsum(weights)])
    return np.asarray((sums[:, after] - sums[:, first]) / (totals[after] - totals[first]))


def best_by_owner(scores: Floats, owners: Integers, size: int) -> tuple[Floats, Integers]:
    """For each of ``size`` owners its best score and the row that has it (the first on a tie; -1 where it has none)."""
    best = np.full(size, -np.inf)
    np.maximum.at(best, owners, scores)
    rows = np.full(size, -1, dtype=np.int64)
    winners = np.flatnonzero(scores == best[owners])[::-1]
    rows[owners[winners]] = winners
    return np.where(np.isfinite(best), best, 0.0), rows


def maxima(values: Numbers, starts: Integers, counts: Integers) -> Numbers:
    """The greatest values of runs of rows, runs × columns, where runs are many and short.

    All first rows are looked at at once, then all second ones, and so on.

    Args:
        values: rows × columns.
        starts: the first row of each run.
        counts: how many rows it has, at least one.
    """
    longest = np.argsort(-counts, kind="stable")
    lengths, first = counts[longest], starts[longest]
    found = values[first]
    for step in range(1, int(lengths.max(initial=0))):
        going = int(np.searchsorted(-lengths, -step))  # so many runs are longer
        np.maximum(found[:going], values[first[:going] + step], out=found[:going])
    inverse = np.empty_like(longest)
    inverse[longest] = np.arange(len(longest))
    return found[inverse]


def order(scores: Floats, allowed: Mask) -> list[int]:
    """The allowed rows, best first; on a tie the lower row first. Scores equal to nine digits are a tie."""
    rows = np.flatnonzero(allowed)
    return [int(row) for row in rows[np.argsort(-np.round(scores[rows], 9), kind="stable")]]


def probability(log_odds: Floats) -> Floats:
    """Probabilities, 0 to 1, whose odds have these logarithms."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -50, 50))))


def logit(probabilities: Floats) -> Floats:
    """The logarithm of the odds; certainties are taken for one in a million less."""
    likely = np.clip(probabilities, 1e-6, 1 - 1e-6)
    return np.asarray(np.log(likely / (1 - likely)))


def anybody(best: Floats, weights: Mapping[str, float]) -> Floats:
    """From the best speaker's probability to that of anybody at all: ``weights`` are a ``bias`` and a ``slope``."""
    return probability(weights["bias"] + weights["slope"] * logit(best))


def coverage(weights: Floats, present: Mask | Floats | Singles) -> Floats:
    """The share, by weight, of the terms that are present (or how far they are) in each text; terms × texts."""
    total = float(weights.sum())
    return (weights @ present) / total if total else np.zeros(present.shape[1])

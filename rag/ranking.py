"""From signals to an order and a probability: pure functions over arrays, ties in a stated order.

A *signal* is one score for every passage, such as closeness in meaning or BM25.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def fuse(signals: Mapping[str, Floats], weights: Mapping[str, float]) -> Floats:
    """The weighted sum of the signals, less its mean; a signal without a weight does not count.

    The signals keep their own scale: where no passage shares words with the question, words decide nothing.
    """
    size = len(next(iter(signals.values())))
    total = np.zeros(size)
    for name, weight in weights.items():
        total += weight * signals[name]
    return np.asarray(total - total.mean())


def lend(scores: Floats, groups: Integers, share: float) -> Floats:
    """Add to each score a ``share`` of the better of its two neighbours' in the same group, if that is above zero."""
    lent = np.zeros_like(scores)
    for step in (1, -1):
        neighbour = np.roll(scores, step)
        same = np.roll(groups, step) == groups
        same[0 if step == 1 else -1] = False
        lent = np.maximum(lent, np.where(same, neighbour, 0.0))
    return scores + share * lent


def best_by_owner(scores: Floats, owners: Integers, size: int) -> tuple[Floats, Integers]:
    """For each of ``size`` owners its best score and the row that has it (the first on a tie; -1 where it has none)."""
    best = np.full(size, -np.inf)
    np.maximum.at(best, owners, scores)
    rows = np.full(size, -1, dtype=np.int64)
    winners = np.flatnonzero(scores == best[owners])[::-1]
    rows[owners[winners]] = winners
    return np.where(np.isfinite(best), best, 0.0), rows


def order(scores: Floats, allowed: Mask) -> list[int]:
    """The allowed rows, best first; on a tie the lower row first. Scores equal to nine digits are a tie."""
    rows = np.flatnonzero(allowed)
    return [int(row) for row in rows[np.argsort(-np.round(scores[rows], 9), kind="stable")]]


def probability(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """Logistic regression: the probability, 0 to 1, for named features; ``weights`` has one called ``bias``."""
    log_odds = weights["bias"] + sum(weight * features[name] for name, weight in weights.items() if name != "bias")
    return float(1 / (1 + np.exp(-np.clip(log_odds, -50, 50))))


def coverage(weights: Floats, present: Mask | Floats) -> Floats:
    """The share, by weight, of the terms that are present (or how far they are) in each text; terms × texts."""
    total = float(weights.sum())
    return (weights @ present) / total if total else np.zeros(present.shape[1])

"""From signals to an order and a probability: pure functions over arrays, ties in a stated order.

A *signal* is one score for every passage, such as closeness in meaning or BM25.
"""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def standardise(scores: Floats, among: Mask) -> Floats:
    """Distance of every score from the mean, in standard deviations, both taken ``among`` some of the rows."""
    chosen = scores[among] if among.any() else scores
    spread = float(chosen.std())
    return (scores - chosen.mean()) / spread if spread > 1e-9 else np.zeros_like(scores)


def fuse(signals: Mapping[str, Floats], weights: Mapping[str, float], among: Mask) -> Floats:
    """The weighted sum of the standardised signals; a signal without a weight does not count."""
    size = len(next(iter(signals.values())))
    total = np.zeros(size)
    for name, weight in weights.items():
        total += weight * standardise(signals[name], among)
    return total


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


def coverage(weights: Floats, present: Mask) -> Floats:
    """The share, by weight, of the terms that are present in each text; ``present`` is terms × texts."""
    total = float(weights.sum())
    return (weights @ present) / total if total else np.zeros(present.shape[1])

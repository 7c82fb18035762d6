"""The first look at a question: which passages are worth a closer one.

Small collections are looked at whole. In larger ones the windows nearest in meaning, those richest in the question's
words, and those that answer a question like it are taken, with their neighbours.
"""

import numpy as np
import numpy.typing as npt

from rag.embedder import Vectors
from rag.index import Index
from rag.ranking import Mask
from rag.vectors import Numbers
from rag.windows import KINDS

FEW = 1000
"""Windows that are looked at whole."""
BY_MEANING, BY_WORDS, BY_QUESTION, BY_ANYBODY = 200, 200, 60, 20
"""Windows that are taken, where there are more."""
NEIGHBOURS = 2
"""Windows before and after each one taken that are looked at for its context."""
_MOST_SEARCHED = 2000
_NEAR = 8
"""Rows after a question's within which its answers are looked for."""
_QUESTION = KINDS.index("question")


def find(index: Index, vector: Vectors, terms: tuple[str, ...], allowed: Mask) -> Numbers:
    """Rows that are worth a closer look, in order: of the allowed ones, with their neighbours and questions asked.

    Some of the nearest are among them whether they are allowed or not: how others speak of it tells how clear it is
    that those who may answer do.

    Args:
        index: where to look.
        vector: the question's, of length 1.
        terms: the question's.
        allowed: the passages that may be an answer.
    """
    size = index.windows.ntotal
    if size <= FEW:
        return np.arange(len(index.entries), dtype=np.int64)
    words = index.lexical.scores(terms)
    anywhere = np.ones(size, bool)
    found = [_nearest(index, vector, anywhere, BY_ANYBODY), _richest(words, anywhere, BY_ANYBODY)]
    open_windows = np.bincount(index.window_of[allowed], minlength=size) > 0
    if open_windows.sum() <= FEW:
        found.append(np.flatnonzero(open_windows))
    else:
        answering = _answering(index, vector, words)
        found.append(_nearest(index, vector, open_windows, BY_MEANING))
        found.append(_richest(words, open_windows, BY_WORDS))
        found.append(answering[open_windows[answering]])
    return _with_questions(index, _rows(index, _with_neighbours(index, np.unique(np.concatenate(found)))))


def holding(index: Index, terms: tuple[str, ...]) -> Numbers:
    """Rows of the windows that hold every one of the terms, in order; those richest in them where there are many."""
    if not terms:
        return np.empty(0, np.int64)
    windows = index.lexical.rows(terms[0])
    for term in terms[1:]:
        windows = np.intersect1d(windows, index.lexical.rows(term))
    if len(windows) > FEW:
        windows = np.sort(windows[_best(index.lexical.scores(terms)[windows], FEW)])
    return _with_questions(index, _rows(index, windows))


def _nearest(index: Index, vector: Vectors, open_windows: Mask, most: int) -> Numbers:
    """The open windows nearest in meaning."""
    count = int(open_windows.sum())
    searched = -(-most * len(open_windows) // max(count, 1))
    if searched <= _MOST_SEARCHED:
        found = index.search(vector, min(searched, len(open_windows)))
        found = found[open_windows[found]][:most]
        if len(found) == min(most, count):
            return np.asarray(found)
    chosen = np.flatnonzero(open_windows)  # others are nearer than most of the open ones
    return np.asarray(chosen[_best(index.window_meanings(vector, chosen), most)])


def _richest(words: npt.NDArray[np.float32], open_windows: Mask, most: int) -> Numbers:
    """The open windows richest in the question's words."""
    found = np.flatnonzero((words > 0) & open_windows)
    return found[_best(words[found], most)]


def _answering(index: Index, vector: Vectors, words: npt.NDArray[np.float32]) -> Numbers:
    """The windows of answers to questions that are like the one asked now."""
    asking = index.kinds_of_windows == _QUESTION
    if not asking.any():
        return np.empty(0, np.int64)
    half = BY_QUESTION // 2
    like = np.unique(np.concatenate([_nearest(index, vector, asking, half), _richest(words, asking, half)]))
    first, end = index.asked
    rows = (_rows(index, like)[:, np.newaxis] + np.arange(1, _NEAR)).ravel()
    rows = np.unique(rows[rows < len(first)])
    asked = np.zeros(len(first) + 1, bool)
    asked[_rows(index, like)] = True
    answers = rows[(end[rows] > first[rows]) & (asked[first[rows]] | asked[np.maximum(end[rows] - 1, 0)])]
    return np.unique(index.window_of[answers]).astype(np.int64)


def _with_neighbours(index: Index, windows: Numbers) -> Numbers:
    series, size = index.series_of_window, index.windows.ntotal
    found = [windows]
    for step in range(-NEIGHBOURS, NEIGHBOURS + 1):
        beside = windows + step
        within = (beside >= 0) & (beside < size)
        beside, own = beside[within], windows[within]
        found.append(beside[series[beside] == series[own]])
    return np.unique(np.concatenate(found))


def _with_questions(index: Index, rows: Numbers) -> Numbers:
    """The rows with those of the questions that they answer."""
    first, end = index.asked
    return np.unique(np.concatenate([rows, ranges(first[rows], end[rows])]))


def _rows(index: Index, windows: Numbers) -> Numbers:
    rows, starts = index.rows_of_window
    return np.sort(rows[ranges(starts[windows], starts[windows + 1])])


def ranges(starts: Numbers, ends: Numbers) -> Numbers:
    """All numbers from each start up to, not including, its end, one range after another."""
    counts = ends - starts
    before = np.cumsum(counts) - counts
    return np.asarray(np.arange(int(counts.sum()), dtype=np.int64) + np.repeat(starts - before, counts))


def _best(scores: npt.NDArray[np.float32], most: int) -> Numbers:
    """The places of the greatest scores; of equal ones the first."""
    if len(scores) > 4 * most:
        least = np.partition(scores, len(scores) - most)[len(scores) - most]
        places = np.flatnonzero(scores >= least)
    else:
        places = np.arange(len(scores))
    best: Numbers = places[np.argsort(-scores[places], kind="stable")][:most]
    return best

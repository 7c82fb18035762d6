"""The index of one collection: vectors, words, texts and spans, in memory.

Its rows are passages, in the order of the interviews and, within one, of the text.
Windows (see ``rag.windows``), passages and sentences have vectors.
"""

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property

import faiss
import numpy as np
import numpy.typing as npt

from rag.embedder import Vectors
from rag.lexical import LexicalIndex
from rag.records import Interview, Passage, PassageKind
from rag.vectors import Numbers, Rows
from rag.vocabulary import Vocabulary
from rag.windows import KINDS

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is (0: unknown)."""
_FAR = 1e8
"""Words between one interview and the next, or between answers and questions: they are no neighbours."""
_LONGEST_QUESTION = 50
"""Rows after a question's first within which its answer begins."""
_CHEAP = 10_000
"""Windows that are searched exactly."""
_LOOKED_AT = 6.0
"""How many times the vectors wanted are compared exactly after the quick search."""


@dataclass(frozen=True)
class Said:
    """The content words of each sentence: numbers in the vocabulary, and where each sentence's begin (with the end)."""

    words: npt.NDArray[np.int32]
    starts: Numbers

    def __post_init__(self) -> None:
        if not len(self.starts) or self.starts[0] != 0 or self.starts[-1] != len(self.words):
            raise ValueError("the sentences' words do not tile")

    def __len__(self) -> int:
        return len(self.starts) - 1


@dataclass(frozen=True)
class Index:
    """All of a collection that answering needs.

    ``windows`` is a FAISS inner-product index over unit vectors, so that its scores are cosines; ``lexical`` has the
    same rows. ``passages`` has a row for each of ``entries``; ``sentences`` and ``said`` have one for each of their
    sentences, in order. ``window_of`` and ``sizes`` tell each passage's window and number of words.
    """

    model: str
    interviews: tuple[Interview, ...]
    entries: tuple[Passage, ...]
    window_of: npt.NDArray[np.int32]
    sizes: npt.NDArray[np.int32]
    windows: faiss.Index
    passages: Rows
    sentences: Rows
    vocabulary: Vocabulary
    said: Said
    lexical: LexicalIndex

    def __post_init__(self) -> None:
        sentences = sum(len(entry.sentences) for entry in self.entries)
        windows = int(self.window_of.max(initial=-1)) + 1
        rows = (self.windows.ntotal, self.lexical.size, len(self.passages), len(self.sentences), len(self.said))
        expected = (windows, windows, len(self.entries), sentences, sentences)
        if rows != expected or not len(self.window_of) == len(self.sizes) == len(self.entries):
            raise ValueError(f"vectors and words {rows} and texts {expected} do not belong together")
        if int(self.said.words.max(initial=-1)) >= len(self.vocabulary.words):
            raise ValueError("the words said and the vocabulary do not belong together")

    @cached_property
    def texts(self) -> dict[str, str]:
        """Source texts by name."""
        return {interview.source.name: interview.source.text for interview in self.interviews}

    @cached_property
    def by_name(self) -> dict[str, Interview]:
        """Interviews by source name."""
        return {interview.source.name: interview for interview in self.interviews}

    @cached_property
    def first_sentence(self) -> Numbers:
        """The row of each passage's first sentence, with the total appended."""
        return _starts([len(entry.sentences) for entry in self.entries])

    @cached_property
    def kinds(self) -> npt.NDArray[np.int8]:
        """The kind of each passage, as a number: its place in ``KINDS``."""
        number = {kind: at for at, kind in enumerate(KINDS)}
        return np.array([number[entry.kind] for entry in self.entries], np.int8)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All who speak, in the order in which they first do."""
        return tuple(dict.fromkeys(entry.speaker for entry in self.entries))

    @cached_property
    def speaker_of(self) -> Numbers:
        """The number of each passage's speaker in ``names``."""
        return _numbered([entry.speaker for entry in self.entries])

    @cached_property
    def interview_of(self) -> Numbers:
        """The number of each passage's interview."""
        number = {interview.source.name: at for at, interview in enumerate(self.interviews)}
        return np.array([number[entry.source] for entry in self.entries], np.int64)

    @cached_property
    def lengths(self) -> Numbers:
        """How many content words each passage has."""
        return np.diff(self.said.starts[self.first_sentence])

    def rarity(self, stem: str) -> float:
        """The inverse document frequency of a stem in the passages of answers (natural logarithm).

        That of a stem that no answer holds is the largest.
        """
        number = self.vocabulary.stem_numbers.get(stem)
        frequency = 0 if number is None else int(self._frequencies[number])
        return float(np.log1p((self._answers - frequency + 0.5) / (frequency + 0.5)))

    @cached_property
    def _answers(self) -> int:
        """How many passages are of answers."""
        return int((self.kinds == KINDS.index("answer")).sum())

    @cached_property
    def _frequencies(self) -> Numbers:
        """In how many passages of answers each stem stands."""
        rows = np.repeat(np.arange(len(self.entries), dtype=np.int64), self.lengths)
        answering = self.kinds[rows] == KINDS.index("answer")
        stems = self.vocabulary.stem_of[self.said.words].astype(np.int64)
        size = len(self.vocabulary.stems)
        pairs = np.sort(rows[answering] * max(size, 1) + stems[answering])
        once = pairs[np.flatnonzero(np.diff(pairs, prepend=-1))]
        return np.asarray(np.bincount(once % max(size, 1), minlength=size), np.int64)

    @cached_property
    def usual_size(self) -> float:
        """How many words the passage has in which a word of the answers stands, on average; 1 at least."""
        sizes = self.sizes[self.kinds == KINDS.index("answer")].astype(np.float64)
        return max(1.0, float((sizes * sizes).sum() / max(sizes.sum(), 1.0)))

    @cached_property
    def places(self) -> npt.NDArray[np.float64]:
        """Where the middle of each passage stands, in words; what is of another interview or kind is far away."""
        series = self.interview_of * len(KINDS) + self.kinds
        places = np.empty(len(self.entries))
        for number in range(len(KINDS)):
            rows = np.flatnonzero(self.kinds == number)
            places[rows] = np.cumsum(self.sizes[rows], dtype=np.float64) - self.sizes[rows] / 2
        return places + _FAR * series

    @cached_property
    def asked(self) -> tuple[Numbers, Numbers]:
        """For each passage the first row of the question it answers, and the row after the last; equal where none."""
        asking: dict[str, tuple[list[int], list[int]]] = {}
        for row, entry in enumerate(self.entries):
            if entry.kind == "question":
                rows, starts = asking.setdefault(entry.source, ([], []))
                rows.append(row)
                starts.append(entry.span.start)
        first, end = np.zeros(len(self.entries), np.int64), np.zeros(len(self.entries), np.int64)
        for row, entry in enumerate(self.entries):
            if entry.question is not None and entry.source in asking:
                rows, starts = asking[entry.source]
                own = rows[bisect_left(starts, entry.question.start) : bisect_left(starts, entry.question.end)]
                first[row], end[row] = (own[0], own[-1] + 1) if own else (0, 0)
        return first, end

    @cached_property
    def rows_of_window(self) -> tuple[Numbers, Numbers]:
        """All rows, window by window, and where each window's begin (with the end)."""
        rows = np.argsort(self.window_of, kind="stable").astype(np.int64)
        return rows, _starts(np.bincount(self.window_of, minlength=self.windows.ntotal))

    @cached_property
    def series_of_window(self) -> Numbers:
        """A number for each window's interview and kind: within one, windows are neighbours in the text's order."""
        rows, starts = self.rows_of_window
        return np.asarray(self.interview_of[rows[starts[:-1]]] * len(KINDS) + self.kinds_of_windows)

    @cached_property
    def kinds_of_windows(self) -> npt.NDArray[np.int8]:
        """The kind of each window's passages."""
        rows, starts = self.rows_of_window
        return np.asarray(self.kinds[rows[starts[:-1]]])

    def search(self, vector: Vectors, most: int) -> Numbers:
        """The windows nearest in meaning, nearest first; in large collections nearly so."""
        _, found = self._quick.search(vector[np.newaxis], most)
        return np.asarray(found[0][found[0] >= 0], np.int64)

    def window_meanings(self, vector: Vectors, windows: Numbers) -> npt.NDArray[np.float32]:
        """The cosine of each of some windows with a vector of length 1."""
        return np.asarray(self.windows.reconstruct_batch(windows) @ vector, np.float32)

    @cached_property
    def _quick(self) -> faiss.Index:
        """Exact search while that is cheap; else bits of each vector (RaBitQ, Gao and Long, 2024), then the vectors."""
        if self.windows.ntotal <= _CHEAP:
            return self.windows
        bits = faiss.IndexRaBitQFastScan(self.windows.d, faiss.METRIC_INNER_PRODUCT)
        vectors = self.windows.reconstruct_n(0, self.windows.ntotal)
        bits.train(vectors)
        bits.add(vectors)
        quick = faiss.IndexRefine(bits, self.windows)
        quick.k_factor = _LOOKED_AT
        return quick

    def answer_to(self, row: int, allowed: npt.NDArray[np.bool_]) -> int:
        """The first allowed row of those that answer the question in a row; -1 where there is none."""
        first, end = self.asked
        after = min(len(first), row + _LONGEST_QUESTION)
        answering = np.flatnonzero(allowed[row:after] & (first[row:after] <= row) & (row < end[row:after]))
        return row + int(answering[0]) if len(answering) else -1

    def text_of(self, entry: Passage) -> str:
        """The passage's own words."""
        return entry.span.of(self.texts[entry.source])

    def only(
        self, speakers: Sequence[str], interviews: Sequence[str], kinds: Sequence[PassageKind]
    ) -> npt.NDArray[np.bool_]:
        """The passages that a filter lets through; an empty filter lets all through."""
        allowed = np.isin(self.kinds, [KINDS.index(kind) for kind in kinds])
        if speakers:
            allowed &= np.isin(self.speaker_of, [at for at, name in enumerate(self.names) if name in speakers])
        if interviews:
            numbers = [at for at, each in enumerate(self.interviews) if each.source.name in interviews]
            allowed &= np.isin(self.interview_of, numbers)
        return np.asarray(allowed)


def flat(vectors: Vectors) -> faiss.IndexFlatIP:
    """An exact FAISS index over unit vectors, rows × dimensions."""
    store = faiss.IndexFlatIP(vectors.shape[1])
    store.add(vectors)
    return store


def _starts(counts: Sequence[int] | npt.NDArray[np.int64]) -> Numbers:
    return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))


def _numbered(keys: Sequence[Hashable]) -> Numbers:
    numbers: dict[Hashable, int] = {}
    return np.asarray([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)

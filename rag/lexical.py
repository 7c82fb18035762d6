"""BM25 over windows, by bm25s, on the terms of ``rag.words``."""

import io
import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
_ARRAYS = ("data", "indices", "indptr")


class LexicalIndex:
    """Scores every text of a collection against the terms of a question (BM25, Robertson; Lucene's variant).

    ``columns`` numbers the terms; ``data``, ``indices`` and ``indptr`` hold for each its scores and their texts, as a
    matrix in compressed columns.
    """

    def __init__(self, columns: dict[str, int], arrays: dict[str, npt.NDArray[Any]], size: int) -> None:
        self._columns, self._arrays, self.size = columns, arrays, size

    @classmethod
    def build(cls, texts: Sequence[list[str]]) -> "LexicalIndex":
        """Index texts, each given as its terms, in order."""
        if not any(texts):
            return cls({}, {}, len(texts))
        import bm25s

        bm25 = bm25s.BM25(method="lucene")
        bm25.index(texts, show_progress=False)
        return cls(bm25.vocab_dict, {name: bm25.scores[name] for name in _ARRAYS}, len(texts))

    def scores(self, question_terms: Sequence[str]) -> Scores:
        """One score a text, 0 where no term occurs."""
        scores = np.zeros(self.size, np.float32)
        for term in dict.fromkeys(question_terms):
            if term in self._columns:
                held = self._column(term)
                scores[self._arrays["indices"][held]] += self._arrays["data"][held]
        return scores

    def rows(self, term: str) -> npt.NDArray[np.int64]:
        """The texts that hold a term."""
        if term not in self._columns:
            return np.empty(0, np.int64)
        return np.asarray(self._arrays["indices"][self._column(term)], np.int64)

    def _column(self, term: str) -> slice:
        start, end = self._arrays["indptr"][self._columns[term] :][:2]
        return slice(int(start), int(end))

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term (natural logarithm); that of one no text holds is the largest."""
        return float(np.log1p((self.size - self._frequency(term) + 0.5) / (self._frequency(term) + 0.5)))

    def __contains__(self, term: str) -> bool:
        return self._frequency(term) > 0

    def _frequency(self, term: str) -> int:
        return len(self.rows(term))

    def to_bytes(self) -> bytes:
        """As arrays, without pickle."""
        vocabulary = json.dumps(self._columns, ensure_ascii=False).encode()
        arrays: dict[str, Any] = {"vocabulary": np.frombuffer(vocabulary, np.uint8), "size": np.int64(self.size)}
        file = io.BytesIO()
        np.savez(file, allow_pickle=False, **arrays, **self._arrays)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> "LexicalIndex":
        """What ``to_bytes`` gave.

        Raises:
            what ``rag.codec.decode_arrays`` raises: the content is something else.
        """
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            columns = json.loads(arrays["vocabulary"].tobytes())
            return cls(columns, {name: arrays[name] for name in _ARRAYS if columns}, int(arrays["size"]))

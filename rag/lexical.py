"""BM25 over windows, by bm25s, on the terms of ``rag.words``."""

import io
import json
from collections.abc import Sequence

import bm25s
import numpy as np
import numpy.typing as npt

Scores = npt.NDArray[np.float32]
_ARRAYS = ("data", "indices", "indptr")


class LexicalIndex:
    """Scores every text of a collection against the terms of a question (BM25, Robertson; Lucene's variant)."""

    def __init__(self, bm25: bm25s.BM25 | None, size: int) -> None:
        self._bm25, self.size = bm25, size

    @classmethod
    def build(cls, texts: Sequence[list[str]]) -> "LexicalIndex":
        """Index texts, each given as its terms, in order."""
        if not any(texts):
            return cls(None, len(texts))
        bm25 = bm25s.BM25(method="lucene")
        bm25.index(texts, show_progress=False)
        return cls(bm25, len(texts))

    def scores(self, question_terms: Sequence[str]) -> Scores:
        """One score a text, 0 where no term occurs."""
        known = [term for term in dict.fromkeys(question_terms) if self._bm25 and term in self._bm25.vocab_dict]
        if not self._bm25 or not known:
            return np.zeros(self.size, np.float32)
        return np.asarray(self._bm25.get_scores(known), np.float32)

    def rows(self, term: str) -> npt.NDArray[np.int64]:
        """The texts that hold a term."""
        if not self._bm25 or term not in self._bm25.vocab_dict:
            return np.empty(0, np.int64)
        column = self._bm25.vocab_dict[term]
        start, end = self._bm25.scores["indptr"][column : column + 2]
        return np.asarray(self._bm25.scores["indices"][start:end], np.int64)

    def rarity(self, term: str) -> float:
        """The inverse document frequency of a term (natural logarithm); that of one no text holds is the largest."""
        return float(np.log1p((self.size - self._frequency(term) + 0.5) / (self._frequency(term) + 0.5)))

    def __contains__(self, term: str) -> bool:
        return self._frequency(term) > 0

    def _frequency(self, term: str) -> int:
        return len(self.rows(term))

    def to_bytes(self) -> bytes:
        """As arrays, without pickle."""
        vocabulary = json.dumps(self._bm25.vocab_dict if self._bm25 else {}, ensure_ascii=False).encode()
        arrays = {name: self._bm25.scores[name] for name in _ARRAYS} if self._bm25 else {}
        file = io.BytesIO()
        np.savez(file, vocabulary=np.frombuffer(vocabulary, np.uint8), size=np.int64(self.size), **arrays)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> "LexicalIndex":
        """What ``to_bytes`` gave.

        Raises:
            what ``rag.codec.decode_arrays`` raises: the content is something else.
        """
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            vocabulary = json.loads(arrays["vocabulary"].tobytes())
            size = int(arrays["size"])
            if not vocabulary:
                return cls(None, size)
            bm25 = bm25s.BM25(method="lucene")
            bm25.scores = {**{name: arrays[name] for name in _ARRAYS}, "num_docs": size}
        bm25.vocab_dict, bm25.nonoccurrence_array = vocabulary, None
        bm25.unique_token_ids_set = set(vocabulary.values())
        return cls(bm25, size)

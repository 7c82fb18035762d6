"""Interviews small enough to check by hand, and an embedder that needs no model: for tests of everything around it."""

import re
import string
from collections.abc import Callable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np

from rag import chunker
from rag.embedder import Reading, Vectors, normalise
from rag.index import Index, build
from rag.lexical import LexicalIndex
from rag.library import Library
from rag.records import Interview, Passage, Source
from rag.turns import understand

RIVERS = """Ann: Where did you grow up?
Bo: I grew up beside a river. My grandmother taught me to swim in it.

Ann: What do you paint?
Bo: Boats, mostly. A boat is a promise — it says that there is another shore.
"""
BRIDGES = """Ann: What do you build?
Cy: I build bridges. The first one fell down.

Ann: What did you learn from it?
Cy: That a bridge needs patience, and that “nearly right” is wrong.
"""


class LettersEmbedder:
    """Texts with the same letters point the same way; remembers every text that it was given."""

    window = 64

    def __init__(self, name: str = "letters@1") -> None:
        self.name = name
        self.encoded: list[str] = []

    def count_tokens(self, text: str) -> int:
        """One piece a word, and two that frame the text."""
        return len(text.split()) + 2

    def encode(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Count the letters of each text."""
        self.encoded.extend(texts)
        if on_progress:
            on_progress(len(texts))
        return self._vectors(texts)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """The same with one piece for each word."""
        self.encoded.extend(texts)
        return [self._reading(text) for text in texts]

    def _reading(self, text: str) -> Reading:
        spans = tuple(match.span() for match in re.finditer(r"\S+", text))
        pieces = self._vectors([text[start:end] for start, end in spans])
        return Reading(self._vectors([text])[0], spans, pieces)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        counts = [[text.casefold().count(letter) for letter in string.ascii_lowercase] for text in texts]
        return normalise(np.array(counts, np.float64).reshape(-1, len(string.ascii_lowercase)))


def source(name: str, text: str) -> Source:
    """A text as if read from a file."""
    return Source(name, text, sha256(text.encode()).hexdigest())


def cut(texts: Mapping[str, str], embedder: LettersEmbedder) -> list[tuple[Interview, tuple[Passage, ...]]]:
    """The interviews among ``texts`` (by name), each with its passages."""
    interviews = [understand(source(name, text)) for name, text in texts.items()]
    return [
        (each, tuple(chunker.cut(each, window=embedder.window, count_tokens=embedder.count_tokens)))
        for each in interviews
    ]


def library_of(texts: Mapping[str, str], folder: Path) -> Library:
    """The interviews in ``texts``, by name, written below a folder and open for questions."""
    interviews = folder / "interviews"
    interviews.mkdir()
    for name, text in texts.items():
        (interviews / name).write_text(text, encoding="utf-8")
    return Library.open(interviews, index=folder / "index", embedder=LettersEmbedder())


def index_of(texts: Mapping[str, str], embedder: LettersEmbedder | None = None) -> Index:
    """The index of the interviews in ``texts``, by name."""
    embedder = embedder or LettersEmbedder()
    return build(cut(texts, embedder), embedder, None, quiet)


def rows(store: object) -> Vectors:
    """All vectors of one FAISS index, rows × dimensions."""
    return np.asarray(store.reconstruct_n(0, store.ntotal))  # type: ignore[attr-defined]


def assert_same(one: Index, other: Index) -> None:
    """Check that two indexes answer every question alike: the same texts, spans, vectors and terms."""
    assert (one.model, one.interviews, one.entries) == (other.model, other.interviews, other.entries)
    for name in ("passages", "sentences", "questions"):
        np.testing.assert_array_equal(rows(getattr(one, name)), rows(getattr(other, name)))
    for name in ("lexical", "sentence_lexical", "question_lexical"):
        assert_same_terms(getattr(one, name), getattr(other, name))
    for first, second in zip(one.lexicons, other.lexicons, strict=True):
        assert first.terms == second.terms
        np.testing.assert_array_equal(first.counts, second.counts)
        np.testing.assert_array_equal(first.vectors, second.vectors)


def assert_same_terms(one: LexicalIndex, other: LexicalIndex) -> None:
    """Check that two lexical indexes know the same terms and score them alike, by what they write."""
    assert one.size == other.size
    assert one.to_bytes() == other.to_bytes()


def quiet(what: str, done: int, total: int) -> None:
    """Progress that nobody hears."""

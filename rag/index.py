"""The index of one collection: vectors, terms, texts and spans, in memory.

Three kinds of texts have vectors: passages, their sentences, and the questions that were asked.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import faiss
import numpy as np
import numpy.typing as npt

from rag.embedder import Embedder, Reading, Vectors
from rag.lexical import LexicalIndex
from rag.lexicon import Lexicon, amend, compile_lexicon, merge
from rag.records import Interview, Passage, Span

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is (0: unknown)."""


@dataclass(frozen=True)
class Postings:
    """Every occurrence of a term in a text: the term's row in the lexicon, and the text's."""

    terms: npt.NDArray[np.int64]
    texts: npt.NDArray[np.int64]


@dataclass(frozen=True)
class Index:
    """All of a collection that answering needs.

    ``passages``, ``sentences`` and ``questions`` are FAISS inner-product indexes over unit vectors, so that
    scores are cosines; row ``i`` of the first is ``entries[i]``, rows of the others are found through
    ``sentence_owner`` and ``question_of``. The three lexical indexes have the same rows.
    ``lexicons`` are those of the interviews, in their order.
    """

    model: str
    interviews: tuple[Interview, ...]
    entries: tuple[Passage, ...]
    passages: faiss.IndexFlatIP
    sentences: faiss.IndexFlatIP
    questions: faiss.IndexFlatIP
    lexical: LexicalIndex
    sentence_lexical: LexicalIndex
    question_lexical: LexicalIndex
    lexicons: tuple[Lexicon, ...]

    def __post_init__(self) -> None:
        rows = (self.passages.ntotal, self.sentences.ntotal, self.questions.ntotal)
        expected = (len(self.entries), len(self.sentence_owner), len(set(self.question_of) - {-1}))
        if rows != expected:
            raise ValueError(f"vectors {rows} and texts {expected} do not belong together")

    @cached_property
    def lexicon(self) -> tuple[Mapping[str, int], Vectors]:
        """Rows by term, and the vector of each term over all interviews."""
        return merge(self.lexicons)

    @cached_property
    def postings(self) -> Postings:
        """Which terms of the lexicon each passage holds."""
        return _postings(self.lexical, self.lexicon[0])

    @cached_property
    def sentence_postings(self) -> Postings:
        """Which terms of the lexicon each sentence holds."""
        return _postings(self.sentence_lexical, self.lexicon[0])

    @cached_property
    def texts(self) -> dict[str, str]:
        """Source texts by name."""
        return {interview.source.name: interview.source.text for interview in self.interviews}

    @cached_property
    def by_name(self) -> dict[str, Interview]:
        """Interviews by source name."""
        return {interview.source.name: interview for interview in self.interviews}

    @cached_property
    def sentence_owner(self) -> npt.NDArray[np.int64]:
        """The passage of each sentence."""
        counts = [len(entry.sentences) for entry in self.entries]
        return np.repeat(np.arange(len(self.entries), dtype=np.int64), counts)

    @cached_property
    def first_sentence(self) -> npt.NDArray[np.int64]:
        """The row of each passage's first sentence, with the total appended."""
        counts = [len(entry.sentences) for entry in self.entries]
        return np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))

    @cached_property
    def question_of(self) -> npt.NDArray[np.int64]:
        """The row, among the questions asked, of each passage's question; -1 where nothing was asked."""
        return _question_rows(self.entries)

    @cached_property
    def speaker_of(self) -> npt.NDArray[np.int64]:
        """A number for the speaker of each passage."""
        return _numbered([entry.speaker for entry in self.entries])

    @cached_property
    def answer_of(self) -> npt.NDArray[np.int64]:
        """A number for the answer that each passage is a part of."""
        return _numbered([(entry.source, entry.question, entry.speaker, entry.kind) for entry in self.entries])

    def text_of(self, entry: Passage) -> str:
        """The passage's own words."""
        return entry.span.of(self.texts[entry.source])

    def vectors(self) -> dict[str, npt.NDArray[np.float32]]:
        """Every embedded text with its vector, for building the next index without embedding anything twice."""
        known: dict[str, npt.NDArray[np.float32]] = {}
        stores = (self.passages, self.sentences, self.questions)
        for texts, store in zip(_texts(self.entries, self.texts), stores, strict=True):
            known.update(zip(texts, store.reconstruct_n(0, store.ntotal), strict=True) if texts else ())
        return known


def build(
    cut: Sequence[tuple[Interview, tuple[Passage, ...]]], embedder: Embedder, old: Index | None, progress: Progress
) -> Index:
    """Put the index together; interviews are in order of their names. What ``old`` holds is not embedded again."""
    interviews = tuple(interview for interview, _ in cut)
    entries = tuple(entry for _, passages in cut for entry in passages)
    sources = {interview.source.name: interview.source.text for interview in interviews}
    known = old.vectors() if old else {}
    lexicons = tuple(_lexicons(cut, embedder, old, known, progress))
    kinds = _texts(entries, sources)
    new = list(dict.fromkeys(text for texts in kinds for text in texts if text not in known))
    encoded = embedder.encode(new, lambda done: progress("Learning the passages", done, len(new)))
    known.update(zip(new, encoded, strict=True))
    width = len(next(iter(known.values())))
    vectors = [np.array([known[text] for text in texts], np.float32).reshape(-1, width) for texts in kinds]
    passages, sentences, questions = (flat(rows) for rows in vectors)
    words, sentence_words, question_words = (LexicalIndex.build(texts) for texts in kinds)
    return Index(
        embedder.name,
        interviews,
        entries,
        passages,
        sentences,
        questions,
        words,
        sentence_words,
        question_words,
        lexicons,
    )


def _lexicons(
    cut: Sequence[tuple[Interview, tuple[Passage, ...]]],
    embedder: Embedder,
    old: Index | None,
    known: dict[str, npt.NDArray[np.float32]],
    progress: Progress,
) -> Iterator[Lexicon]:
    """The lexicon of each interview; the sentences that are read for it become ``known`` on the way."""
    kept = _searched(old) if old else {}
    for number, (interview, entries) in enumerate(cut, start=1):
        text = interview.source.text
        spans = [sentence for entry in entries for sentence in entry.sentences]
        before, lexicon = kept.get(interview.source.sha256, (frozenset(), None))
        if lexicon is None or before != set(spans):
            sentences = [span.of(text) for span in spans if span not in before]
            readings = embedder.read(sentences) if sentences else []
            known.update((sentence, reading.vector) for sentence, reading in zip(sentences, readings, strict=True))
            gone = [span.of(text) for span in sorted(before.difference(spans))]
            lexicon = _brought_up_to_date(lexicon, gone, sentences, readings)
            kept[interview.source.sha256] = frozenset(spans), lexicon
        progress("Learning the words of each interview", number, len(cut))
        yield lexicon


def _searched(old: Index) -> dict[str, tuple[frozenset[Span], Lexicon]]:
    """The sentences of each interview that its lexicon was made of, by the hash of its file."""
    spans: dict[str, list[Span]] = {interview.source.name: [] for interview in old.interviews}
    for entry in old.entries:
        spans[entry.source].extend(entry.sentences)
    return {
        each.source.sha256: (frozenset(spans[each.source.name]), lexicon)
        for each, lexicon in zip(old.interviews, old.lexicons, strict=True)
    }


def _brought_up_to_date(
    lexicon: Lexicon | None, gone: Sequence[str], sentences: Sequence[str], readings: Sequence[Reading]
) -> Lexicon:
    if lexicon is None:
        return compile_lexicon(sentences, readings, len(readings[0].vector))
    return amend(lexicon, gone, sentences, readings, lexicon.vectors.shape[1])


def flat(vectors: Vectors) -> faiss.IndexFlatIP:
    """An exact FAISS index over unit vectors, rows × dimensions."""
    store = faiss.IndexFlatIP(vectors.shape[1])
    store.add(vectors)
    return store


def _postings(lexical: LexicalIndex, rows: Mapping[str, int]) -> Postings:
    terms, numbers, texts = lexical.postings()
    row_of = np.array([rows.get(term, -1) for term in terms], np.int64)
    occurring = row_of[numbers] if len(numbers) else numbers
    return Postings(occurring[occurring >= 0], texts[occurring >= 0])


def _numbered(keys: Sequence[Hashable]) -> npt.NDArray[np.int64]:
    numbers: dict[Hashable, int] = {}
    return np.asarray([numbers.setdefault(key, len(numbers)) for key in keys], dtype=np.int64)


def _question_rows(entries: Sequence[Passage]) -> npt.NDArray[np.int64]:
    rows: dict[tuple[str, Span], int] = {}
    found = [rows.setdefault((entry.source, entry.question), len(rows)) if entry.question else -1 for entry in entries]
    return np.asarray(found, dtype=np.int64)


def _texts(entries: Sequence[Passage], sources: dict[str, str]) -> tuple[list[str], list[str], list[str]]:
    """The texts of all passages, all sentences and all distinct questions, in the order of their rows."""
    passages = [entry.span.of(sources[entry.source]) for entry in entries]
    sentences = [span.of(sources[entry.source]) for entry in entries for span in entry.sentences]
    asked = dict.fromkeys((entry.source, entry.question) for entry in entries if entry.question)
    return passages, sentences, [span.of(sources[name]) for name, span in asked if span]

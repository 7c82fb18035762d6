"""Ask what the host asked, find what the guest answered: ``python -m tests.benchmarks.dialogues [FOLDER]``.

The answers of many transcripts are one collection in which no question stands. Each question that was asked is asked
again, and the rank of its own answer, of 30 words at least, is what counts. Which transcripts are taken is told by a
hash of their names: those of the part ``exam`` are never tuned on.
"""

import argparse
import hashlib
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from rag import chunker, store
from rag.building import build
from rag.candidates import FEW
from rag.compiled import PackagedEmbedder
from rag.embedder import Embedder
from rag.lexical import LexicalIndex
from rag.library import Library, examine
from rag.measures import Measure, hits, reciprocal_rank
from rag.ranking import Floats
from rag.records import Hit, Interview, Passage, Span
from rag.tokens import window_counter
from rag.words import terms

DATA = Path(__file__).parents[3] / "shared" / "data" / "transcripts"
PARTS = {"exam": (0, 300), "tune": (300, 360), "train": (360, 480)}
LEAST_WORDS = 30
DEPTH = 50
_MOST_ASKED = 1000
"""Questions, evenly spread over the collection: enough for a figure within a point or two."""


@dataclass(frozen=True)
class Asked:
    """A question as the host put it, and where its answer stands."""

    question: str
    source: str
    answers: tuple[Span, ...]

    def rank(self, found: Sequence[Hit]) -> int:
        """The rank of the first passage of the answer, from 1; 0 if it is not found."""
        right = (
            number
            for number, hit in enumerate(found, start=1)
            if hit.source == self.source and any(span.holds(hit.span) for span in self.answers)
        )
        return next(right, 0)


def files(folder: Path, part: str) -> list[Path]:
    """The transcripts of a part."""
    start, end = PARTS[part]
    paths = [path for path in folder.rglob("*.md") if path.name != "README.md"]
    return sorted(paths, key=lambda path: hashlib.sha256(path.name.encode()).digest())[start:end]


def understood(paths: Sequence[Path]) -> list[Interview]:
    """The interviews that can be read, each named after its path."""
    found = []
    for path in paths:
        for each in examine(path):
            if isinstance(each, Interview):
                source = replace(each.source, name=f"{path.parent.name}/{path.name}")
                found.append(replace(each, source=source))
    return sorted(found, key=lambda each: each.source.name)


def questions(interviews: Sequence[Interview]) -> list[Asked]:
    """Every question with a long enough answer."""
    return [
        Asked(pair.question_span.of(each.source.text), each.source.name, tuple(turn.span for turn in pair.answer))
        for each in interviews
        for pair in each.pairs
        if pair.question_span
        and sum(len(turn.span.of(each.source.text).split()) for turn in pair.answer) >= LEAST_WORDS
    ]


def open_answers(interviews: Sequence[Interview], index: Path, embedder: Embedder) -> Library:
    """The answers alone, without any question, as a library; its index is kept in a folder."""
    found = store.load(index, embedder.name)
    if found is None:
        count = window_counter(embedder)
        cut = [(each, _answers(each, embedder.window, count)) for each in interviews]
        found = build(cut, embedder, None, _told, count)
        store.save(found, index)
    return Library(index, index, found, embedder, ())


def _answers(interview: Interview, window: int, count: Callable[[str], int]) -> tuple[Passage, ...]:
    passages = chunker.cut(interview, window=window, count_tokens=count)
    return tuple(replace(each, question=None) for each in passages if each.kind == "answer")


def ranks(asked: Sequence[Asked], ask: Callable[[str], Sequence[Hit]]) -> list[int]:
    """The rank of each question's own answer, 0 where it is not found."""
    return [each.rank(ask(each.question)) for each in asked]


def spread(asked: Sequence[Asked], most: int = _MOST_ASKED) -> list[Asked]:
    """At most so many questions, evenly spread."""
    chosen = np.linspace(0, len(asked) - 1, min(most, len(asked))).round().astype(int)
    return [asked[at] for at in chosen.tolist()]


class Plain:
    """What plain rankers find in the same passages, for comparison: scores of all passages for a question."""

    def __init__(self, library: Library) -> None:
        self._index, self._embedder = library.index, library.embedder
        texts = [library.index.text_of(entry) for entry in library.index.entries]
        self._bm25 = LexicalIndex.build([terms(text) for text in texts])

    def rankers(self) -> dict[str, Callable[[str], Floats]]:
        """Each ranker by its name."""
        return {
            "passage vectors": self.passages,
            "sentence vectors": self.sentences,
            "BM25": self.words,
            "vectors + BM25 (0 to 1)": lambda question: (
                _scaled(self.passages(question)) + _scaled(self.words(question))
            ),
        }

    def passages(self, question: str) -> Floats:
        """The cosine with each passage."""
        return np.asarray(self._index.passages.cosines(self._embedder.encode([question]))[:, 0], np.float64)

    def sentences(self, question: str) -> Floats:
        """The cosine with the closest sentence of each passage."""
        cosines = self._index.sentences.cosines(self._embedder.encode([question]))[:, 0]
        return np.asarray(np.maximum.reduceat(cosines, self._index.first_sentence[:-1]), np.float64)

    def words(self, question: str) -> Floats:
        """BM25 of each passage."""
        return np.asarray(self._bm25.scores(terms(question)), np.float64)

    def rank(self, asked: Asked, scores: Floats) -> int:
        """The rank of the question's own answer."""
        found = [self._index.entries[row] for row in np.argsort(-scores, kind="stable")[:DEPTH].tolist()]
        right = (
            number
            for number, entry in enumerate(found, start=1)
            if entry.source == asked.source and any(span.holds(entry.span) for span in asked.answers)
        )
        return next(right, 0)


def _scaled(scores: Floats) -> Floats:
    return np.asarray((scores - scores.min()) / (np.ptp(scores) or 1))


def _row(name: str, found: Sequence[int]) -> None:
    values: list[Measure] = [
        reciprocal_rank(found, 10, looked=DEPTH),
        *(hits(found, k, looked=DEPTH) for k in (1, 5, 10)),
    ]
    print(f"{name:24}" + "".join(f"{value.value or 0:10.3f}" for value in values), flush=True)


def _told(what: str, done: int, total: int) -> None:
    if total and done % 1000 == 0:
        print(f"{what}: {done} of {total}", file=sys.stderr)


def main() -> None:
    """Print a row for each ranker."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?", default=DATA)
    parser.add_argument("--part", choices=PARTS, default="exam")
    parser.add_argument("--index", type=Path, help="where the index is kept for the next time")
    chosen = parser.parse_args()
    interviews = understood(files(chosen.folder, chosen.part))
    asked = spread(questions(interviews))
    with tempfile.TemporaryDirectory() as temporary:
        library = open_answers(interviews, chosen.index or Path(temporary) / "index", PackagedEmbedder())
        print(f"{len(asked)} questions, {len(interviews)} transcripts, {library.passages} passages; exact up to {FEW}")
        print(f"{'':24}{'MRR@10':>10}{'hit@1':>10}{'hit@5':>10}{'hit@10':>10}")
        plain = Plain(library)
        for name, ranker in plain.rankers().items():
            _row(name, [plain.rank(each, ranker(each.question)) for each in asked])
        _row("whosaid", ranks(asked, lambda question: library.retrieve(question, k=DEPTH)))


if __name__ == "__main__":
    main()

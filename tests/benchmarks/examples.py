"""Questions with known answers to learn from: what the ranker is told of each candidate, and which are right.

They come from four sources: the tuning half of the questions over the seeds, the questions over other interviews
(``tests/questions``), the training split of QMSum, and what hosts asked in 120 podcasts. All but the first need the
shared data; nothing of it is kept.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
import numpy.typing as npt

from rag.embedder import Embedder
from rag.library import Library
from rag.ranking import Mask
from rag.retriever import ranked_by
from rag.vectors import Numbers
from tests.benchmarks import dialogues, qmsum
from tests.questionsets import QUESTIONS, Asked, load

SEEDS = Path(__file__).parents[2] / "seeds"
OTHERS = {
    "kubernetes": (
        "kubernetes/sig-cli-spotlight",
        "kubernetes/sig-network-spotlight",
        "kubernetes/sig-arch-code-spotlight",
    ),
    "bitcoin": (
        "bitcointranscripts/2019-04-11-james-obeirne",
        "bitcointranscripts/2020-02-11-jeremy-rubin-ctv",
        "bitcointranscripts/assumeutxo",
    ),
    "podcasts": ("thechangelog/go-time-100", "thechangelog/brain-science-10"),
    "mixed": (
        "opensuse/2007-09-12-people-of-opensuse-edith-parzefall",
        "opensuse/2007-11-16-people-of-opensuse-federico-mena-quintero",
        "opensuse/2008-01-04-people-of-opensuse-lukas-ocilka",
        "kubernetes/sig-apps-spotlight",
        "kubernetes/sig-api-machinery-spotlight",
        "bitcointranscripts/2016-adam-back",
    ),
    "programming": (
        "futureofcoding/030",
        "futureofcoding/040",
        "thechangelog/js-party-150",
        "thechangelog/practical-ai-60",
        "bitcointranscripts/the-state-of-bitcoin-core-development",
    ),
}
"""The transcripts that each set of questions in ``tests/questions`` is about."""
MOST_CANDIDATES = 900
MOST_DIALOGUES = 1500
FOLDS = 5
_SEED = 0


@dataclass(frozen=True)
class Example:
    """One question: features (candidates × inputs), which candidates are right, their words, and what each stands for.

    Where there are more than ``MOST_CANDIDATES``, the wrong ones that look best and a random sample of the others are
    kept; one of the sample stands for several (``weights``). ``fold`` is that of ``fold_of``, or -1 where the decision
    does not learn from the question.
    """

    features: npt.NDArray[np.float16]
    right: Mask
    sizes: npt.NDArray[np.float32]
    weights: npt.NDArray[np.float32]
    fold: int


def fold_of(question: str) -> int:
    """One of ``FOLDS`` parts: the decision learns from what a ranker says that has not seen the question's part."""
    return int.from_bytes(sha256(question.encode()).digest()[1:3], "big") % FOLDS


@dataclass(frozen=True)
class Examples:
    """Examples by their source, and the names of the inputs."""

    inputs: tuple[str, ...]
    by_source: dict[str, list[Example]]


class Collector:
    """Makes examples; ``folder`` keeps indexes for the next time."""

    def __init__(self, data: Path, podcasts: Path, folder: Path, embedder: Embedder) -> None:
        self._data, self._podcasts, self._folder, self._embedder = data, podcasts, folder, embedder
        self._chance = np.random.default_rng(_SEED)
        self.inputs: tuple[str, ...] = ()

    def collect(self) -> Examples:
        """All examples that the data at hand gives; those without a right and a wrong candidate teach nothing."""
        sources = {
            "questions": self._asked,
            "within": lambda: self._meetings(within=True),
            "across": lambda: self._meetings(within=False),
            "dialogues": self._dialogues,
        }
        found = {}
        for name, made in sources.items():
            found[name] = [each for each in made() if each.right.any() and not each.right.all()]
            print(f"{name}: {len(found[name])} questions", flush=True)
        return Examples(self.inputs, {name: some for name, some in found.items() if some})

    def libraries(self) -> Iterator[tuple[str, Library, list[Asked]]]:
        """The collections with questions of their own, and these; of the seeds' only the half to tune on."""
        seeds = Library.open(SEEDS, index=self._folder / "seeds", embedder=self._embedder)
        yield "seeds", seeds, [asked for asked in load(QUESTIONS / "seeds.jsonl") if asked.half == "tune"]
        for name, transcripts in OTHERS.items():
            paths = [self._data / "transcripts" / f"{transcript}.md" for transcript in transcripts]
            if not all(path.is_file() for path in paths):
                print(f"left out {name}: its transcripts are not at hand")
                continue
            collection = self._folder / f"{name}-interviews"
            collection.mkdir(parents=True, exist_ok=True)
            for path in paths:
                shutil.copyfile(path, collection / path.name)
            library = Library.open(collection, index=self._folder / name, embedder=self._embedder)
            texts = {interview.source.name: interview.source.text for interview in library.interviews}
            yield name, library, load(QUESTIONS / f"{name}.jsonl", texts)

    def _asked(self) -> Iterator[Example]:
        for _, library, questions in self.libraries():
            for asked in questions:
                right = np.array([asked.is_right(library.index.text_of(entry)) for entry in library.index.entries])
                yield from self._example(library, asked.question, (), right, fold_of(asked.question))

    def _meetings(self, *, within: bool) -> Iterator[Example]:
        if not (self._data / "qmsum").is_dir():
            print("left out the meetings: QMSum is not at hand")
            return
        asked = qmsum.queries(self._data / "qmsum", "train")
        names = {each.meeting for each in asked}
        library = qmsum.open_meetings(self._data / "qmsum", names, self._folder / "qmsum-train", self._embedder)
        meetings = {each.source.name: qmsum.Meeting(each) for each in library.interviews}
        entries = library.index.entries
        turns = np.array([meetings[entry.source].turn(entry.span.start) for entry in entries])
        sources = np.array([entry.source for entry in entries])
        for query in asked:
            right = (sources == query.meeting) & np.isin(turns, list(query.turns))
            yield from self._example(library, query.text, (query.meeting,) if within else (), right)

    def _dialogues(self) -> Iterator[Example]:
        if not self._podcasts.is_dir():
            print("left out the dialogues: the podcasts are not at hand")
            return
        interviews = dialogues.understood(dialogues.files(self._podcasts, "train"))
        library = dialogues.open_answers(interviews, self._folder / "dialogues-train", self._embedder)
        for asked in dialogues.spread(dialogues.questions(interviews), MOST_DIALOGUES):
            right = np.array([
                entry.source == asked.source and any(span.holds(entry.span) for span in asked.answers)
                for entry in library.index.entries
            ])  # fmt: skip
            yield from self._example(library, asked.question, (), right)

    def _example(
        self, library: Library, question: str, interviews: tuple[str, ...], right: Mask, fold: int = -1
    ) -> Iterator[Example]:
        understood = library.understand(question, interviews=interviews)
        if understood.kind in ("empty", "contact", "credits") or understood.sought != "said":
            return
        inquiry = library.inquiry
        allowed = inquiry.allowed(understood)
        reading = library.embedder.read([understood.topic])[0]
        signals = inquiry.retriever.signals(understood, reading, allowed)
        among = allowed[signals.rows]
        features = ranked_by(understood, signals, among)
        self.inputs = tuple(features)
        stacked = np.stack(list(features.values()), axis=1)
        kept, weights = self._sample(among, right[signals.rows], _rough(features))
        if len(kept):
            sizes = signals.sizes[kept].astype(np.float32)
            yield Example(stacked[kept].astype(np.float16), right[signals.rows][kept], sizes, weights, fold)

    def _sample(
        self, among: Mask, right: Mask, rough: npt.NDArray[np.float64]
    ) -> tuple[Numbers, npt.NDArray[np.float32]]:
        rows = np.flatnonzero(among)
        if len(rows) <= MOST_CANDIDATES:
            return rows, np.ones(len(rows), np.float32)
        good, wrong = rows[right[rows]], rows[~right[rows]]
        wrong = wrong[np.argsort(-rough[wrong], kind="stable")]
        half = MOST_CANDIDATES // 2
        best, others = wrong[:half], wrong[half:]
        some = self._chance.choice(others, half, replace=False) if len(others) > half else others
        weights = np.ones(len(good) + len(best) + len(some), np.float32)
        weights[len(good) + len(best) :] = len(others) / max(len(some), 1)
        return np.concatenate([good, best, some]), weights


def _rough(features: dict[str, npt.NDArray[np.float64]]) -> npt.NDArray[np.float64]:
    """About how good a candidate looks."""
    names = ("passage_meaning", "sentence_meaning", "window_bm25", "window_word_meaning", "window_meaning_within_350")
    return np.asarray(sum(features[name] for name in names))

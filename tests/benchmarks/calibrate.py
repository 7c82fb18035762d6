"""Learn the weights in ``rag/calibration.json``: ``python -m tests.benchmarks.calibrate [--data FOLDER]``.

Learns from the tuning half of the questions over the seeds, and from all questions over other interviews where the
folder of transcripts is at hand. Two logistic regressions: one over pairs of passages, right and wrong ones of the same
question (ranking), and one over each speaker's best passage (did this person say it?). Nothing is random.
"""

import argparse
import json
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from rag import calibration, retriever
from rag.library import SEARCHED, Library
from rag.records import Understood
from rag.retriever import Retriever, only
from rag.signals import Signals
from tests.questionsets import QUESTIONS, Asked, load

WEIGHTS = Path(calibration.__file__).with_name("calibration.json")
OTHERS = {
    "kubernetes": ("kubernetes", ("sig-cli-spotlight", "sig-network-spotlight", "sig-arch-code-spotlight")),
    "bitcoin": ("bitcointranscripts", ("2019-04-11-james-obeirne", "2020-02-11-jeremy-rubin-ctv", "assumeutxo")),
    "podcasts": ("thechangelog", ("go-time-100", "brain-science-10")),
}
WRONG_PASSAGES = 40
SEEDS_COUNT = 2.0
RANK_SCALE = 6.0
"""Brings cosines and shares to about the size of standard deviations, for the sake of the penalty."""
RANK_PENALTY, SAID_PENALTY = 0.1, 0.3


@dataclass(frozen=True)
class Example:
    """A question with its signals over the passages of its collection."""

    asked: Asked
    understood: Understood
    library: Library
    signals: Signals
    weight: float


def main() -> None:
    """Learn and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/transcripts"))
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        examples = list(_examples(chosen.data, Path(folder)))
    print(f"{len(examples)} questions")
    learned = replace(calibration.learned(), rank=_rank_weights(examples))
    learned = replace(learned, said=_said_weights(examples, learned))
    content = {name: getattr(learned, name) for name in calibration.Calibration.__dataclass_fields__}
    WEIGHTS.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    print(json.dumps(content, indent=1))


def _examples(data: Path, folder: Path) -> Iterable[Example]:
    seeds = [asked for asked in load(QUESTIONS / "seeds.jsonl") if asked.half == "tune"]
    yield from _understood(seeds, Library.open(WEIGHTS.parents[1] / "seeds"), SEEDS_COUNT)
    for name, (where, stems) in OTHERS.items():
        if not (data / where).is_dir():
            print(f"left out {name}: there is no folder {data / where}")
            continue
        collection = folder / name
        collection.mkdir()
        for stem in stems:
            (collection / f"{stem}.md").write_bytes((data / where / f"{stem}.md").read_bytes())
        library = Library.open(collection, index=folder / f"{name}-index")
        texts = {interview.source.name: interview.source.text for interview in library.interviews}
        yield from _understood(load(QUESTIONS / f"{name}.jsonl", texts), library, 1.0)


def _understood(questions: Iterable[Asked], library: Library, weight: float) -> Iterable[Example]:
    for asked in questions:
        understood = library.understand(asked.question)
        if understood.kind not in ("empty", "contact", "credits"):
            signals = Signals(library.index, understood, library.embedder.read([understood.topic])[0])
            yield Example(asked, understood, library, signals, weight)


def _allowed(example: Example) -> Any:
    return only(example.library.index, example.understood.speakers, (), SEARCHED)


def _rank_weights(examples: Sequence[Example]) -> dict[str, float]:
    """Weights by which the right passage comes before the wrong ones."""
    differences: list[Any] = []
    weights: list[float] = []
    for example in examples:
        index = example.library.index
        matrix = RANK_SCALE * np.stack([getattr(example.signals, name) for name in retriever.RANKED_BY], axis=1)
        allowed = _allowed(example)
        right = np.array([example.asked.is_right(index.text_of(entry)) for entry in index.entries]) & allowed
        if not right.any():
            continue
        best = max(np.flatnonzero(right), key=lambda row: matrix[row].sum())
        wrong = sorted(np.flatnonzero(allowed & ~right), key=lambda row: -matrix[row].sum())[:WRONG_PASSAGES]
        differences.extend(matrix[best] - matrix[row] for row in wrong)
        weights.extend([example.weight / len(wrong)] * len(wrong))
    pairs = np.array([*differences, *(-difference for difference in differences)])
    model = LogisticRegression(C=RANK_PENALTY, fit_intercept=False, max_iter=5000)
    model.fit(pairs, [1] * len(differences) + [0] * len(differences), sample_weight=weights * 2)
    learned = np.clip(model.coef_[0], 0, None)
    return dict(zip(retriever.RANKED_BY, (learned / learned.sum()).round(3).tolist(), strict=True))


def _said_weights(examples: Sequence[Example], learned: calibration.Calibration) -> dict[str, float]:
    """Weights that tell whether the best passage of a speaker says what was asked."""
    features, said, weights = [], [], []
    for example in examples:
        judged: set[str] = set()
        index = example.library.index
        ranked = Retriever(index, learned).examine(example.understood, example.signals, _allowed(example))
        for row, row_features in ranked:
            speaker = index.entries[row].speaker
            if speaker not in judged:
                judged.add(speaker)
                features.append(row_features)
                said.append(speaker in example.asked.speakers)
                weights.append(example.weight)
    names = list(features[0])
    matrix = np.array([[row[name] for name in names] for row in features])
    middle, spread = matrix.mean(axis=0), matrix.std(axis=0) + 1e-9
    model = LogisticRegression(C=SAID_PENALTY, max_iter=5000).fit(
        (matrix - middle) / spread, said, sample_weight=weights
    )
    slopes = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (slopes * middle).sum())
    return {"bias": round(bias, 4), **{name: round(float(slope), 4) for name, slope in zip(names, slopes, strict=True)}}


if __name__ == "__main__":
    main()

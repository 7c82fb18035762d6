"""Learn the decision in ``rag/calibration.json``: ``python -m tests.benchmarks.calibrate --keep FOLDER``.

A logistic regression over each speaker's best passage, as the ranker orders them: did this person say what was asked?
A second one, over the best of them (Platt, 1999): did anybody? Then the two thresholds with which most questions over
the seeds (the tuning half) are answered with exactly the right names, while enough of what nobody says is recognised.
It learns from that half, and from all questions over other interviews where the folder of transcripts is at hand.
Nothing is random. The ranker is learned before it, by ``tests.benchmarks.rank``.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from rag import calibration, ranking
from rag.embedder import Embedder, SentenceTransformerEmbedder
from rag.library import Library
from rag.ranking import Floats
from tests.benchmarks.examples import Collector
from tests.questionsets import Asked

DATA = Path(__file__).parents[3] / "shared" / "data"
FILE = Path(calibration.__file__).with_name("calibration.json")
SEEDS_COUNT = 2.0
RECOGNISED = 0.78
"""The share of what nobody says that has to be recognised, whatever it costs."""
PENALTY = 0.3


@dataclass(frozen=True)
class Question:
    """A question with every speaker's features, and how much it counts."""

    asked: Asked
    weight: float
    judged: list[tuple[str, dict[str, float]]]

    def probabilities(self, learned: calibration.Calibration) -> dict[str, float]:
        """How likely it is that each speaker says it."""
        named = {feature: np.array([values[feature] for _, values in self.judged]) for feature in self.judged[0][1]}
        found = ranking.probability(named, learned.said)
        return {name: float(value) for (name, _), value in zip(self.judged, found, strict=True)}


def main() -> None:
    """Learn and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--keep", type=Path, required=True, help="where indexes are kept for the next time")
    chosen = parser.parse_args()
    learn(chosen.data, chosen.keep, SentenceTransformerEmbedder())


def learn(data: Path, keep: Path, embedder: Embedder) -> None:
    """Learn from the data at hand, and write the file."""
    found: list[Question] = []
    for name, library, questions in Collector(data, data / "podcasts", keep, embedder).libraries():
        weight = SEEDS_COUNT if name == "seeds" else 1.0
        found += [Question(asked, weight, judged) for asked in questions if (judged := _judged(library, asked))]
    features = [values for question in found for _, values in question.judged]
    said = [name in question.asked.speakers for question in found for name, _ in question.judged]
    slopes = _weights(features, said, [question.weight for question in found for _ in question.judged])
    learned = _with_thresholds(replace(calibration.learned(), said=slopes), found)
    content = {name: getattr(learned, name) for name in calibration.Calibration.__dataclass_fields__}
    FILE.write_text(json.dumps(content, indent=1) + "\n", "utf-8")
    print(json.dumps(content, indent=1))


def _with_thresholds(learned: calibration.Calibration, questions: Sequence[Question]) -> calibration.Calibration:
    """The calibration with what is decided about a whole question."""
    likely = [question.probabilities(learned) for question in questions]
    best = np.array([max(each.values()) for each in likely])
    answerable = np.array([question.asked.answerable for question in questions])
    weights = np.array([question.weight for question in questions])
    model = LogisticRegression(C=100).fit(ranking.logit(best)[:, np.newaxis], answerable, sample_weight=weights)
    bias, slope = round(float(model.intercept_[0]), 4), round(float(model.coef_[0, 0]), 4)
    learned = replace(learned, anybody={"bias": bias, "slope": slope})
    confidences = ranking.anybody(best, learned.anybody)

    decisive = [at for at, question in enumerate(questions) if question.weight == SEEDS_COUNT]
    nobodys = [at for at in decisive if not questions[at].asked.answerable]

    def right(threshold: float, speaker_threshold: float) -> tuple[bool, int]:
        exact = 0
        for at in decisive:
            enough = min(speaker_threshold, float(best[at]))
            named = {name for name, value in likely[at].items() if value >= enough and confidences[at] >= threshold}
            exact += bool(named) and named == questions[at].asked.speakers
        recognised = sum(confidences[at] < threshold for at in nobodys)
        return recognised >= RECOGNISED * len(nobodys), exact

    grid = [(t / 100, s / 100) for t in range(20, 81, 2) for s in range(10, 71, 2)]
    threshold, speaker_threshold = max(grid, key=lambda pair: (*right(*pair), pair))
    return replace(learned, threshold=threshold, speaker_threshold=speaker_threshold)


def _judged(library: Library, asked: Asked) -> list[tuple[str, dict[str, float]]]:
    """Each speaker with the features of the best passage."""
    understood, inquiry = library.understand(asked.question), library.inquiry
    if understood.kind in ("empty", "contact", "credits") or understood.sought != "said":
        return []
    reading = library.embedder.read([understood.topic])[0]
    allowed = inquiry.allowed(understood)
    signals = inquiry.retriever.signals(understood, reading, allowed)
    places, fused = inquiry.retriever.order(understood, signals, allowed)
    features = inquiry.retriever.features(understood, signals, places, fused)
    names = [library.index.names[number] for number in library.index.speaker_of[signals.rows[places]]]
    first = {name: at for at, name in reversed(list(enumerate(names)))}
    return [(name, {feature: float(values[at]) for feature, values in features.items()}) for name, at in first.items()]


def _weights(judged: Sequence[dict[str, float]], said: Sequence[bool], weights: Sequence[float]) -> dict[str, float]:
    names = list(judged[0])
    matrix: Floats = np.array([[features[name] for name in names] for features in judged])
    middle, spread = matrix.mean(axis=0), matrix.std(axis=0) + 1e-9
    model = LogisticRegression(C=PENALTY, max_iter=5000).fit((matrix - middle) / spread, said, sample_weight=weights)
    slopes = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (slopes * middle).sum())
    return {"bias": round(bias, 4), **{name: round(float(slope), 4) for name, slope in zip(names, slopes, strict=True)}}


if __name__ == "__main__":
    main()

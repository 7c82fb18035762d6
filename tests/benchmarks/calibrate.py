"""Learn the decision in ``rag/calibration.json``: ``python -m tests.benchmarks.calibrate --keep FOLDER``.

Boosted trees and a logistic regression over each speaker's best passage, as the ranker orders them: did this person
say what was asked? The trees may only go up with what speaks for a passage, and down with what speaks against it.
Neither alone is as good as their mean. Then, over the best speaker of each
question (Platt, 1999): did anybody? And the two thresholds with which most questions are answered with exactly the
right names, while enough of what nobody says is recognised. All learn from what rankers say that have not seen the
question, and the last two from trees and weights that have not either.
It learns from the tuning half of the questions over the seeds, and from all questions over other interviews where the
folder of transcripts is at hand. Nothing is random. The ranker is learned before it, by ``tests.benchmarks.rank``.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

from rag import calibration, ranking
from rag.compiled import PackagedEmbedder
from rag.embedder import Embedder
from rag.library import Library
from rag.ranker import Ranker
from rag.ranking import Floats, Mask
from rag.retriever import Retriever
from rag.trees import DEPTH, Trees
from tests.benchmarks.examples import FOLDS, Collector, fold_of
from tests.benchmarks.rank import without
from tests.questionsets import Asked

DATA = Path(__file__).parents[3] / "shared" / "data"
FILE = Path(calibration.__file__).with_name("calibration.json")
SEEDS_COUNT = 2.0
RECOGNISED = 0.85
"""The share of what nobody says that has to be recognised, whatever it costs."""
TREES, RATE, FEWEST, PENALTY = 120, 0.05, 15, 1.0
"""How the trees are grown; ``FEWEST`` speakers stand at the end of each path."""
STRENGTH = 0.3
"""How freely the logistic regression may weigh, as scikit-learn's C."""
WEIGHED = (
    "terms", "one_word", "unseen", "about_somebody", "who", "passage_meaning", "sentence_meaning", "window_meaning",
    "coverage", "sentence_coverage", "whole_sentence", "asked_coverage", "no_words", "word_meaning",
    "sentence_word_meaning", "mean_nearness", "least_nearness", "missing_nearness", "greatest_lack", "closeness",
    "closeness_behind", "score", "score_behind", "sentence_meaning_behind_anybody",
)  # fmt: skip
"""What it weighs; the trees choose from all."""
AGAINST = ("unseen", "greatest_lack")
NEITHER = (
    "terms", "one_word", "who", "usual_size", "topic_size", "about_somebody", "size", "closeness",
    "named_within_100", "named_within_350", "named_within_850",
)  # fmt: skip
"""What speaks against a passage the more of it there is, and what speaks neither for nor against it."""


@dataclass(frozen=True)
class Question:
    """A question with every speaker's features, and how much it counts."""

    asked: Asked
    weight: float
    judged: list[tuple[str, dict[str, float]]]

    @property
    def fold(self) -> int:
        """The part of the questions that it belongs to."""
        return fold_of(self.asked.question)

    def probabilities(self, learned: calibration.Calibration) -> dict[str, float]:
        """How likely it is that each speaker says it."""
        named = {feature: np.array([values[feature] for _, values in self.judged]) for feature in self.judged[0][1]}
        return dict(zip((name for name, _ in self.judged), learned.probability(named).tolist(), strict=True))


def main() -> None:
    """Learn and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--keep", type=Path, required=True, help="where indexes are kept for the next time")
    chosen = parser.parse_args()
    learn(chosen.data, chosen.keep, PackagedEmbedder())


def learn(data: Path, keep: Path, embedder: Embedder) -> None:
    """Learn from the data at hand, and write the file."""
    rankers = [Ranker.from_json(without(keep, fold).read_text("utf-8")) for fold in range(FOLDS)]
    found: list[Question] = []
    for name, library, questions in Collector(data, data / "podcasts", keep, embedder).libraries():
        weight = SEEDS_COUNT if name == "seeds" else 1.0
        found += [
            Question(asked, weight, judged) for asked in questions if (judged := _judged(library, asked, rankers))
        ]
    learned = _with_thresholds(_judge(found), found, _as_if_unseen(found))
    content = {name: getattr(learned, name) for name in calibration.Calibration.__dataclass_fields__}
    content["trees"] = learned.trees.to_numbers()
    rows = [f'"{name}": {json.dumps(value)}' for name, value in content.items()]
    FILE.write_text("{\n" + ",\n".join(rows) + "\n}\n", "utf-8")
    print(f"{len(found)} questions, thresholds {learned.threshold} and {learned.speaker_threshold}")


def _as_if_unseen(questions: Sequence[Question]) -> list[dict[str, float]]:
    """How likely each speaker says it, for each question, by what was learned without it."""
    learned = [_judge([question for question in questions if question.fold != fold]) for fold in range(FOLDS)]
    return [question.probabilities(learned[question.fold]) for question in questions]


def _with_thresholds(
    learned: calibration.Calibration, questions: Sequence[Question], likely: Sequence[dict[str, float]]
) -> calibration.Calibration:
    """The calibration with what is decided about a whole question."""
    best = np.array([max(each.values()) for each in likely])
    answerable = np.array([question.asked.answerable for question in questions])
    weights = np.array([question.weight for question in questions])
    model = LogisticRegression(C=100).fit(ranking.logit(best)[:, np.newaxis], answerable, sample_weight=weights)
    bias, slope = round(float(model.intercept_[0]), 4), round(float(model.coef_[0, 0]), 4)
    learned = replace(learned, anybody={"bias": bias, "slope": slope})
    confidences = ranking.anybody(best, learned.anybody)

    def right(threshold: float, speaker_threshold: float) -> tuple[bool, float]:
        exact = 0.0
        for at in np.flatnonzero(answerable & (confidences >= threshold)).tolist():
            enough = min(speaker_threshold, float(best[at]))
            named = {name for name, value in likely[at].items() if value >= enough}
            exact += weights[at] * (named == questions[at].asked.speakers)
        recognised = weights[~answerable & (confidences < threshold)].sum()
        return bool(recognised >= RECOGNISED * weights[~answerable].sum()), exact

    grid = [(t / 100, s / 100) for t in range(20, 81, 2) for s in range(10, 71, 2)]
    threshold, speaker_threshold = max(grid, key=lambda pair: (*right(*pair), pair))
    return replace(learned, threshold=threshold, speaker_threshold=speaker_threshold)


def _judged(library: Library, asked: Asked, rankers: Sequence[Ranker]) -> list[tuple[str, dict[str, float]]]:
    """Each speaker with the features of the best passage, as the ranker sees it that has not seen the question."""
    understood, inquiry = library.understand(asked.question), library.inquiry
    if understood.kind in ("empty", "contact", "credits") or understood.sought != "said":
        return []
    reading = library.embedder.read([understood.topic])[0]
    retriever = Retriever(library.index, rankers[fold_of(asked.question)], inquiry.calibration)
    signals, places, features = retriever.examine(understood, reading, inquiry.allowed(understood))
    names = [library.index.names[number] for number in library.index.speaker_of[signals.rows[places]]]
    first = {name: at for at, name in reversed(list(enumerate(names)))}
    return [(name, {feature: float(values[at]) for feature, values in features.items()}) for name, at in first.items()]


def _judge(questions: Sequence[Question]) -> calibration.Calibration:
    """What these questions teach of every speaker, yet without a threshold."""
    judged = [values for question in questions for _, values in question.judged]
    said = np.array([name in question.asked.speakers for question in questions for name, _ in question.judged])
    counts = np.array([question.weight for question in questions for _ in question.judged])
    return calibration.Calibration(_trees(judged, said, counts), _weights(judged, said, counts), {}, 0.0, 0.0)


def _weights(judged: Sequence[dict[str, float]], said: Mask, counts: Floats) -> dict[str, float]:
    matrix: Floats = np.array([[features[name] for name in WEIGHED] for features in judged])
    middle, spread = matrix.mean(axis=0), matrix.std(axis=0) + 1e-9
    model = LogisticRegression(C=STRENGTH, max_iter=5000).fit((matrix - middle) / spread, said, sample_weight=counts)
    slopes = model.coef_[0] / spread
    bias = float(model.intercept_[0] - (slopes * middle).sum())
    named = {name: round(float(slope), 4) for name, slope in zip(WEIGHED, slopes, strict=True)}
    return {calibration.BIAS: round(bias, 4), **named}


def _trees(judged: Sequence[dict[str, float]], said: Mask, counts: Floats) -> Trees:
    names = list(judged[0])
    matrix: Floats = np.array([[features[name] for name in names] for features in judged], np.float32)
    model = HistGradientBoostingClassifier(
        max_iter=TREES,
        max_depth=DEPTH,
        learning_rate=RATE,
        min_samples_leaf=FEWEST,
        l2_regularization=PENALTY,
        early_stopping=False,
        monotonic_cst=[0 if name in NEITHER else -1 if name in AGAINST else 1 for name in names],
    ).fit(matrix, said, sample_weight=counts)
    grown = [_grown(trees[0].nodes) for trees in model._predictors]
    used = sorted({int(feature) for tree in grown for feature, _ in tree[0]})
    place = {feature: at for at, feature in enumerate(used)}
    return Trees(
        inputs=tuple(names[feature] for feature in used),
        asked=np.array([[place[feature] for feature, _ in asked] for asked, _ in grown]),
        limits=np.array([[limit for _, limit in asked] for asked, _ in grown], np.float32),
        ends=np.array([ends for _, ends in grown], np.float32),
        start=float(model._baseline_prediction.item()),
    )


def _grown(nodes: Any) -> tuple[list[tuple[int, float]], list[float]]:
    """One tree with every path of the same length: its questions, upper ones first, and its ends from left to right."""
    level, asked = [nodes[0]], []
    for _ in range(DEPTH):
        asked += [(0, 0.0) if node["is_leaf"] else (int(node["feature_idx"]), node["num_threshold"]) for node in level]
        level = [
            node if node["is_leaf"] else nodes[node[side]] for node in level for side in ("left", "right")
        ]  # fmt: skip
    return asked, [float(node["value"]) for node in level]


if __name__ == "__main__":
    main()

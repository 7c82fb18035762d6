"""The learned weights, kept in one small file beside the code with how they were made."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np

from rag import ranking
from rag.ranking import Floats
from rag.trees import Trees

BIAS = "bias"
FEW_PEOPLE, DOUBT = 13, 0.18
"""As many people spoke in the collections from which the weights were learned; and by how much the log-odds go down
with each e-fold of more people, since the more there are, the closer comes somebody by chance. That much was right for
60 questions over 300 podcasts, in which 359 people speak."""


@dataclass(frozen=True)
class Calibration:
    """Weights for the decision.

    ``trees`` and ``weights`` (a logistic regression, with its ``bias``) each lead from a candidate's features to the
    probability that it says what was asked, of which the mean is taken,
    ``anybody`` leads from the best speaker's probability to that of anybody at all,
    ``threshold`` is the latter from which somebody is said to have said it, and ``speaker_threshold`` the one from
    which a further speaker is named beside the best.
    """

    trees: Trees
    weights: Mapping[str, float]
    anybody: Mapping[str, float]
    threshold: float
    speaker_threshold: float

    def probability(self, features: Mapping[str, Floats], people: int = 1) -> Floats:
        """How likely it is that each candidate says what was asked, 0 to 1, from its named features.

        ``people`` is how many were searched.
        """
        log_odds = sum(weight * features[name] for name, weight in self.weights.items() if name != BIAS)
        weighed = ranking.probability(self.weights[BIAS] + np.asarray(log_odds))
        likely = (self.trees.probability(features) + weighed) / 2
        if people <= FEW_PEOPLE:
            return likely
        return ranking.probability(ranking.logit(likely) - DOUBT * np.log(people / FEW_PEOPLE))


@cache
def learned() -> Calibration:
    """The weights that come with this version."""
    content = json.loads(files("rag").joinpath("calibration.json").read_text("utf-8"))
    return Calibration(
        trees=Trees.from_numbers(content["trees"]),
        weights=content["weights"],
        anybody=content["anybody"],
        threshold=content["threshold"],
        speaker_threshold=content["speaker_threshold"],
    )

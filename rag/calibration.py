"""The learned weights, kept in one small file beside the code with how they were made."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rag.trees import Trees


@dataclass(frozen=True)
class Calibration:
    """Weights for the decision.

    ``said`` leads from a candidate's features to the probability that it says what was asked,
    ``anybody`` leads from the best speaker's probability to that of anybody at all,
    ``threshold`` is the latter from which somebody is said to have said it, and ``speaker_threshold`` the one from
    which a further speaker is named beside the best.
    """

    said: Trees
    anybody: Mapping[str, float]
    threshold: float
    speaker_threshold: float


@cache
def learned() -> Calibration:
    """The weights that come with this version."""
    content = json.loads(files("rag").joinpath("calibration.json").read_text("utf-8"))
    return Calibration(
        said=Trees.from_numbers(content["said"]),
        anybody=content["anybody"],
        threshold=content["threshold"],
        speaker_threshold=content["speaker_threshold"],
    )

"""The learned ranker: what comes with the package fits what it is told, and scores as it was taught."""

from dataclasses import replace

import numpy as np
import pytest

from rag.library import Library
from rag.ranker import Ranker, behind_best, learned_ranker
from rag.retriever import ranked_by


def small() -> Ranker:
    """Two inputs and one unit, to be reckoned by hand."""
    numbers = {"middle": [1, 0], "spread": [2, 1], "hidden": [[1, -1]], "bias": [0.5], "output": [3], "direct": [0, 2]}
    return Ranker(("one", "two"), **{name: np.array(value, np.float32) for name, value in numbers.items()})


def test_score_is_the_sum_and_what_the_units_add() -> None:
    """The network is computed as it is described."""
    scores = small().score({"two": np.array([0.5, 0.0]), "one": np.array([3.0, 1.0]), "three": np.array([9.0, 9.0])})
    np.testing.assert_allclose(scores, [2 * 0.5 + 3 * np.tanh(1 - 0.5 + 0.5), 3 * np.tanh(0.5)], rtol=1e-6)


def test_it_survives_being_written() -> None:
    """Text and back is the same ranker, to five digits."""
    again = Ranker.from_json(small().to_json())
    assert again.inputs == small().inputs
    for name in ("middle", "spread", "hidden", "bias", "output", "direct"):
        np.testing.assert_allclose(getattr(again, name), getattr(small(), name), rtol=1e-4)


def test_shapes_that_do_not_fit_are_refused() -> None:
    """No ranker can be built that could not score."""
    with pytest.raises(ValueError, match="cannot have the shapes"):
        replace(small(), direct=np.zeros(3, np.float32))


def test_the_learned_ranker_knows_exactly_what_it_is_told(library: Library) -> None:
    """Every input is a feature of each candidate, in this version of both, and each score is a number."""
    understood = library.understand("who talks about unlearning?")
    allowed = library.inquiry.allowed(understood)
    signals = library.inquiry.retriever.signals(understood, library.embedder.read(["unlearning"])[0], allowed)
    features = ranked_by(understood, signals, allowed[signals.rows])
    assert set(features) == set(learned_ranker().inputs)
    assert np.isfinite(learned_ranker().score(features)).all()


def test_how_far_behind_is_told_among_those_that_may_answer() -> None:
    """The best of those allowed is 0 behind; one that is not allowed may be before it."""
    found = behind_best({"near": np.array([1.0, 3.0, 2.0])}, ("near",), np.array([True, False, True]))
    assert found["near_behind"].tolist() == [-1.0, 1.0, 0.0]


def test_where_nobody_may_answer_nothing_is_behind() -> None:
    """No infinite numbers come of an empty choice."""
    found = behind_best({"near": np.array([1.0])}, ("near",), np.array([False]))
    assert found["near_behind"].tolist() == [0.0]

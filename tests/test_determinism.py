"""The same question on the same collection has the same answer, however many threads there are."""

from collections.abc import Iterator
from contextlib import contextmanager

import faiss
import pytest
import torch
from threadpoolctl import threadpool_limits

from rag.library import Library
from tests.questionsets import QUESTIONS, load

QUESTIONS_ASKED = [asked.question for asked in load(QUESTIONS / "seeds.jsonl")][::12]


@contextmanager
def threads(count: int) -> Iterator[None]:
    """All number crunching with so many threads."""
    before = torch.get_num_threads(), faiss.omp_get_max_threads()
    torch.set_num_threads(count)
    faiss.omp_set_num_threads(count)
    try:
        with threadpool_limits(count):
            yield
    finally:
        torch.set_num_threads(before[0])
        faiss.omp_set_num_threads(before[1])


@pytest.mark.parametrize("count", [2, 4])
def test_threads_change_nothing(library: Library, count: int) -> None:
    """Who says it, with which passages in which order, and how sure that is to four digits."""
    for question in QUESTIONS_ASKED:
        with threads(1):
            alone = library.ask(question)
        with threads(count):
            shared = library.ask(question)
        assert (shared.said, shared.speakers, shared.silent) == (alone.said, alone.speakers, alone.silent), question
        assert [hit.id for hit in shared.hits] == [hit.id for hit in alone.hits], question
        assert shared.confidence == pytest.approx(alone.confidence, abs=1e-4), question


def test_asking_again_changes_nothing(library: Library) -> None:
    """What was asked between makes no difference."""
    first = [library.ask(question) for question in QUESTIONS_ASKED]
    assert [library.ask(question) for question in reversed(QUESTIONS_ASKED)] == first[::-1]

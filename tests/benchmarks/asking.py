"""Time of a warm ``retrieve()`` over the seeds against bare encoding: ``python -m tests.benchmarks.asking``.

Both in one run, one thread, in turn; the ratio of the medians is what counts, not the milliseconds.
"""

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import torch

from rag.compiled import PackagedEmbedder
from rag.embedder import SentenceTransformerEmbedder
from rag.library import Library

QUESTIONS = ("who talks about unlearning?", "what does Weiqi say about her grandmother?", "who won an Oscar?")
ROUNDS = 40


def main() -> None:
    """Print the medians and their ratio."""
    torch.set_num_threads(1)
    embedder = PackagedEmbedder(threads=1)
    library = Library.open(Path(__file__).parents[2] / "seeds", embedder=embedder)
    model = SentenceTransformerEmbedder().load()
    asked: list[float] = []
    encoded: list[float] = []
    for question in QUESTIONS * ROUNDS:
        asked.append(_seconds(lambda question=question: library.retrieve(question)))  # type: ignore[misc]
        encoded.append(_seconds(lambda question=question: model.encode(question)))  # type: ignore[misc]
    retrieve, bare = median(asked[len(QUESTIONS) :]), median(encoded[len(QUESTIONS) :])
    print(f"retrieve {retrieve * 1000:.1f} ms, bare encoding {bare * 1000:.1f} ms, ratio {retrieve / bare:.2f}")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main()

"""The compiled model beside sentence-transformers: how fast each is, and how near their vectors.

``python -m tests.benchmarks.encoder FOLDER`` reads passages of the interviews in FOLDER with both, one thread each, in
turn. ``--write`` makes the vectors anew by which the compiled model is checked on every machine.
"""

import argparse
import json
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from rag.collection import examine
from rag.compiled import REFERENCE, PackagedEmbedder
from rag.embedder import Vectors, normalise, packaged_model
from rag.records import Interview

TEXTS = (
    "river",
    "Who talks about leaving home?",
    "I grew up beside a river, and the first thing I learned was to wait.",
    "我在河边长大,学会的第一件事是等待。",
    "Was ich verlernen musste: dass man zu allem „ja“ sagt – 1986, 24/7, 3.5 % & so weiter …",
    " ".join(
        f"In the year {year} we moved again, and my mother packed the same blue box." for year in range(1970, 1978)
    ),
    "unlearning " * 400,
)
ROUNDS = 3
QUESTION = "who talks about leaving home?"
QUESTIONS = 30


def write() -> None:
    """Write what sentence-transformers makes of the texts."""
    torch.set_num_threads(1)
    rows = normalise(_reference().encode(list(TEXTS), batch_size=1, show_progress_bar=False)).tolist()
    vectors = [[round(value, 6) for value in row] for row in rows]
    REFERENCE.write_text(json.dumps({"texts": TEXTS, "vectors": vectors}, ensure_ascii=False) + "\n", encoding="utf-8")


def compare(folder: Path, most: int) -> None:
    """Print words per second, the time of a question and the cosines, in one run."""
    torch.set_num_threads(1)
    interviews = [each for each in examine(folder) if isinstance(each, Interview)]
    texts = [turn.span.of(each.source.text) for each in interviews for turn in each.turns][:most]
    model, embedder = _reference(), PackagedEmbedder(threads=1)
    words = sum(len(text.split()) for text in texts)

    def plain() -> Vectors:
        return normalise(model.encode(texts, show_progress_bar=False))

    def quick() -> Vectors:
        return embedder.encode(texts)

    expected, found = plain(), quick()
    seconds = [(_seconds(plain), _seconds(quick)) for _ in range(ROUNDS)]
    asked = [
        (_seconds(lambda: model.encode(QUESTION)), _seconds(lambda: embedder.encode([QUESTION])))
        for _ in range(QUESTIONS)
    ]
    print(f"{len(texts)} turns, {words} words; compiled: {embedder.compiled}")
    _tell("words per second", [words / each for each, _ in seconds], [words / each for _, each in seconds])
    _tell("ms for a question", [1000 * each for each, _ in asked], [1000 * each for _, each in asked])
    _tell_cosines(found, expected)


def _tell(what: str, plain: list[float], quick: list[float]) -> None:
    one, other = median(plain), median(quick)
    print(f"{what}: sentence-transformers {one:.1f}, compiled {other:.1f}, ratio {other / one:.2f}")


def _tell_cosines(found: Vectors, expected: Vectors) -> None:
    cosines = (found * expected).sum(axis=1)
    print(f"cosine to the reference: mean {np.mean(cosines):.5f}, lowest {np.min(cosines):.5f}")


def _reference() -> SentenceTransformer:
    return SentenceTransformer(str(packaged_model()), device="cpu", local_files_only=True)


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", help="interviews to read")
    parser.add_argument("--write", action="store_true", help="write the vectors for the check")
    parser.add_argument("--most", type=int, default=10_000, help="turns to read at the most")
    chosen = parser.parse_args()
    if chosen.write:
        write()
    if chosen.folder:
        compare(chosen.folder, chosen.most)


if __name__ == "__main__":
    main()

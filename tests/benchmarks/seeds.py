"""How well the questions over the three seeds are answered, by half: ``python -m tests.benchmarks.seeds``.

The rows named "shared" leave out the paraphrases, which share no word with what was said.
``--misses`` lists what went wrong. ``whosaid eval`` measures more, by kind of question, and any other set.
"""

import argparse
from collections.abc import Sequence
from dataclasses import asdict

from rag.library import Library
from tests.questionsets import QUESTIONS, Result, load, run, score

COLUMNS = ("questions", "first", "among_three", "speakers", "recognised", "refused")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", action="store_true")
    chosen = parser.parse_args()
    results = run(Library.open("seeds"), load(QUESTIONS / "seeds.jsonl"))
    print(f"{'':14}" + "".join(f"{column:>13}" for column in COLUMNS))
    for name in ("tune", "test", "both"):
        _row(name, [result for result in results if name in ("both", result.asked.half)])
    shared = [result for result in results if result.asked.kind != "paraphrase"]
    for name in ("tune", "test"):
        _row(f"{name}, shared", [result for result in shared if result.asked.half == name])
    if chosen.misses:
        _misses(results)


def _row(name: str, results: Sequence[Result]) -> None:
    values = asdict(score(results))
    cells = [f"{values[column]:>13.3f}" if column != "questions" else f"{len(results):>13}" for column in COLUMNS]
    print(f"{name:14}" + "".join(cells))


def _misses(results: Sequence[Result]) -> None:
    for result in results:
        named = frozenset(result.answer.speakers)
        if named != result.asked.speakers or (result.asked.answerable and result.rank != 1):
            wanted = ", ".join(sorted(result.asked.speakers)) or "nobody"
            print(
                f"{result.asked.half} {result.asked.kind:12} rank {result.rank} p {result.answer.confidence:.2f} "
                f"{result.asked.question} | wanted {wanted} | named {', '.join(sorted(named)) or 'nobody'}"
            )


if __name__ == "__main__":
    main()

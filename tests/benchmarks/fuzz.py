"""Whether hostile content crashes, hangs or bloats anything: many thousand cases for every way into whosaid.

Run with ``python -m tests.benchmarks.fuzz [TARGET ...] --cases N --seed S``. Each target runs in a process of its own,
whose memory may grow by so many megabytes and no more. A case is made from the target's name, the seed and its number
alone. For each target a line is printed: cases; cases a processor second; the slowest, in milliseconds of processor
time for 100 kB (a case counts as 10 kB at least); by how many megabytes memory grew; and how many ways to fail were
found, with the smallest example of each, which ``--keep FOLDER`` writes to files.
"""

import argparse
import multiprocessing
import resource
import sys
import time
from base64 import b64encode
from collections.abc import Sequence
from pathlib import Path

from tests.fuzzing import Outcome, fuzz
from tests.fuzztargets import TARGETS, Target

_LONGEST_SHOWN = 300
_WARM = 20


def run(name: str, cases: range, seed: int, megabytes: int, seconds: float) -> tuple[Outcome, float]:
    """Give cases to one target within limits: the outcome, and by how many megabytes memory grew meanwhile."""
    target = named(name)
    fuzz(target, range(_WARM), seed + 1)
    allowed = _kilobytes("VmSize") * 1024 + megabytes * 2**20
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
    before = _kilobytes("VmRSS")
    outcome = fuzz(target, cases, seed, until=time.monotonic() + seconds)
    return outcome, (_kilobytes("VmHWM") - before) / 1024


def named(name: str) -> Target:
    """The target of this name."""
    return next(target for target in TARGETS if target.name == name)


def _kilobytes(what: str) -> int:
    """A figure of this process's memory."""
    lines = Path("/proc/self/status").read_text("ascii").splitlines()
    return int(next(line for line in lines if line.startswith(f"{what}:")).split()[1])


def tell(name: str, outcome: Outcome, grown: float, keep: Path | None) -> None:
    """Print the figures of one target."""
    pace = outcome.cases / outcome.seconds if outcome.seconds else 0.0
    figures = f"{outcome.cases:9,} {pace:9,.0f} {1000 * outcome.slowest:9,.0f} {grown:9,.0f} {len(outcome.failures):9}"
    print(f"{name:13} {figures}", flush=True)
    for number, (failure, example) in enumerate(outcome.failures.items()):
        print(f"  {failure}: {len(example):,} bytes, {b64encode(example[:_LONGEST_SHOWN]).decode()}", flush=True)
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{name}-{number}").write_bytes(example)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print a line for each target; 1 if anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=f"all of them, or of {[t.name for t in TARGETS]}")
    parser.add_argument("--cases", type=int, default=100_000, help="how many for each target")
    parser.add_argument("--first", type=int, default=0, help="the number of the first case")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--megabytes", type=int, default=512, help="by which a process may grow")
    parser.add_argument("--seconds", type=float, default=float("inf"), help="after which a target is left")
    parser.add_argument("--keep", type=Path, help="a folder for the smallest example of each failure")
    options = parser.parse_args(arguments)
    failed = 0
    print(f"{'target':13} {'cases':>9} {'cases/s':>9} {'ms/100kB':>9} {'MB':>9} {'failures':>9}")
    for name in options.targets or [target.name for target in TARGETS]:
        cases = range(options.first, options.first + options.cases)
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            task = pool.apply_async(run, (name, cases, options.seed, options.megabytes, options.seconds))
            outcome, grown = task.get()
        tell(name, outcome, grown, options.keep)
        failed += len(outcome.failures)
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main())

"""Giving hostile cases to a target, watching the clock, and making what fails as small as can be."""

import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import FrameType

from tests.fuzztargets import Target

SLOWEST = 1.0
"""Processor seconds that 100 kB of a case may take."""
UNIT = 100_000
FLOOR = 10_000
"""Bytes as which a shorter case counts: so little, that only its fixed costs could be seen."""
HANG = 20.0
"""Processor seconds after which a case is stopped."""
_MORE_TRIES, _MOST_TRIES = 2, 300
_PACKAGE = str(Path(__file__).parent.parent)


class HangError(BaseException):
    """A case takes far too long; no ``except Exception`` may keep it."""


@dataclass
class Outcome:
    """What became of many cases: processor seconds, the slowest of them, and the smallest example of each failure."""

    cases: int = 0
    seconds: float = 0.0
    slowest: float = 0.0
    failures: dict[str, bytes] = field(default_factory=dict)


def case(target: Target, seed: int, number: int) -> bytes:
    """One case; the same for the same seed and number."""
    return target.make(Random(f"{target.name} {seed} {number}"))


def fuzz(target: Target, cases: range, seed: int, *, until: float = float("inf")) -> Outcome:
    """Try cases until the clock shows ``until``; what fails is told once for each place in the code where it does."""
    outcome = Outcome()
    for number in cases:
        if time.monotonic() > until:
            break
        content = case(target, seed, number)
        seconds, failure = attempt(target, content)
        outcome.cases += 1
        outcome.seconds += seconds
        outcome.slowest = max(outcome.slowest, pace(content, seconds))
        if failure and failure not in outcome.failures:
            outcome.failures[failure] = smallest(target, content, failure)
    return outcome


def pace(content: bytes, seconds: float) -> float:
    """Processor seconds for 100 kB."""
    return seconds * UNIT / max(len(content), FLOOR)


def attempt(target: Target, content: bytes) -> tuple[float, str]:
    """The processor seconds that a case takes, and how it fails; empty if it does not.

    What is slow is tried again, since something may have to be loaded first, or the machine may be busy.
    """
    seconds, failure = _timed(target, content)
    for _ in range(_MORE_TRIES if pace(content, seconds) > SLOWEST / 2 and not failure else 0):
        seconds = min(seconds, _timed(target, content)[0])
    return seconds, failure or ("slow" if pace(content, seconds) > SLOWEST else "")


def _timed(target: Target, content: bytes) -> tuple[float, str]:
    begun, failure = time.process_time(), ""
    try:
        with _stopped_after(HANG):
            target.take(content)
    except target.documented:
        pass
    except (Exception, HangError) as error:
        failure = f"{type(error).__name__} at {_place(error)}"
    return time.process_time() - begun, failure


def _place(error: BaseException) -> str:
    """The last line of our own code that an error went through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if f"{_PACKAGE}/rag/" in frame.filename] or frames
    return f"{Path(ours[-1].filename).name}:{ours[-1].name}"


def smallest(target: Target, content: bytes, failure: str) -> bytes:
    """Less and less of a case, as long as it fails in the same way."""
    tries = iter(range(_MOST_TRIES))
    size = len(content) // 2
    while size and not failure.startswith(("Hang", "slow")):
        shorter = next(_shorter(content, size, lambda part: attempt(target, part)[1] == failure, tries), None)
        if shorter is None:
            size //= 2
        content = shorter or content
    return content


def _shorter(content: bytes, size: int, fails: Callable[[bytes], bool], tries: Iterator[int]) -> Iterator[bytes]:
    for start in range(0, len(content), size):
        if next(tries, None) is None:
            return
        part = content[:start] + content[start + size :]
        if fails(part):
            yield part


@contextmanager
def _stopped_after(seconds: float) -> Iterator[None]:
    """Stop what runs after so many processor seconds."""

    def stop(signal_number: int, frame: FrameType | None) -> None:
        raise HangError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)

"""Whether work grows with its size or with the square of it, told from ratios, which hold on a busy machine, too."""

import gc
import time
from collections.abc import Callable

TIMES = 8
"""How much larger the larger of two sizes is."""
ATTEMPTS = 5
SHORTEST = 0.001
"""Seconds below which a clock tells nothing."""


def grows_in_proportion(work: Callable[[int], object], size: int) -> bool:
    """Whether work of eight times the ``size`` takes nearer to 8 times than to 64 times as long.

    What is in proportion is so in one of a few attempts, however busy the machine; what is not never is.
    """
    return any(_seconds(work, TIMES * size) < TIMES**1.5 * _seconds(work, size) for _ in range(ATTEMPTS))


def _seconds(work: Callable[[int], object], size: int) -> float:
    """The processor's time for one piece of work, without that for collecting what other tests left behind."""
    collects = gc.isenabled()
    gc.disable()
    try:
        begun = time.process_time()
        work(size)
        return max(SHORTEST, time.process_time() - begun)
    finally:
        if collects:
            gc.enable()

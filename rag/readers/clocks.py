"""Times as files write them: clock times, durations, seconds, milliseconds."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

_CLOCK = re.compile(r"(?:([0-9]{1,4}):)?([0-9]{1,4}):([0-9]{1,2})(?:[.,:;]([0-9]{1,9}))?")
_PART = r"([0-9]{1,9}(?:\.[0-9]{1,9})?)"
_DURATION = re.compile(rf"PT(?:{_PART}H)?(?:{_PART}M)?(?:{_PART}S)?", re.IGNORECASE)
_NUMBER = re.compile(
    r"([0-9]{1,15})(?:[.,]([0-9]{1,15}))?\s?(s|secs?|seconds?|ms|msecs?|milliseconds?)?", re.IGNORECASE
)
_RANGE = re.compile(r"\s*(?:-{1,2}>?|[–—→]|\bto\b)\s*")
_UNITS = (
    (("ms", "msec", "millis", "milliseconds"), 0.001),
    (("ticks",), 1e-7),
    (("sec", "secs", "seconds"), 1.0),
)
"""What the end of a field's name says about its unit, in seconds; a tick is 100 nanoseconds (Azure)."""
_SLOWEST = 0.1
"""Letters of speech a second; whole numbers that would mean less than that are milliseconds."""
_LONGEST = 1e7
"""Seconds, some four months; more than that is no time in a recording."""
_DATE = 1e9
"""A number from here on counts from 1970 and is a date."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A time read off a file: seconds if ``known``, else seconds or milliseconds."""

    amount: float
    known: bool = False


def read_clock(text: str) -> float | None:
    """Seconds of a clock time such as ``1:02:03.5`` or ``02:03,500``; none if it is something else."""
    match = _CLOCK.fullmatch(text)
    if not match:
        return None
    hours, minutes, seconds, fraction = match.groups()
    whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(seconds)
    return whole + (float(f"0.{fraction}") if fraction else 0.0)


def read_time(value: object, name: str = "") -> Reading | None:
    """The time that a field called ``name`` (in small letters) holds; none where it holds no time.

    Raises:
        ValueError: the value is a number, but not one (NaN), or infinite.
    """
    if isinstance(value, str):
        return _of_text(value, name)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not math.isfinite(value):
        raise ValueError(str(value))
    return _of_number(float(min(value, 10**18)), name)


def _of_number(amount: float, name: str) -> Reading | None:
    if amount < 0:
        return None
    for endings, unit in _UNITS:
        if name.endswith(endings):
            return Reading(amount * unit, known=True)
    return Reading(amount)


def _of_text(text: str, name: str) -> Reading | None:
    text = _RANGE.split(text[:80].strip("[](){}<> \t"), maxsplit=1)[0]
    clock = read_clock(text)
    if clock is not None:
        return Reading(clock, known=True)
    if (number := _NUMBER.fullmatch(text)) is not None:
        amount, unit = float(f"{number[1]}.{number[2] or 0}"), (number[3] or "").casefold()
        return _of_number(amount, unit if unit != "s" else "sec") if unit else _of_number(amount, name)
    duration = _DURATION.fullmatch(text)
    if duration is None or not any(duration.groups()):
        return None
    hours, minutes, seconds = (float(part or 0) for part in duration.groups())
    return Reading(hours * 3600 + minutes * 60 + seconds, known=True)


def unit_of(readings: Iterable[Reading | None], letters: int) -> float:
    """The unit, in seconds, of the readings whose unit is not known, for a file that holds so many letters of speech.

    Whole numbers are milliseconds where as many seconds would be too long for what is said in them.
    """
    amounts = [reading.amount for reading in readings if reading and not reading.known and reading.amount < _DATE]
    if not amounts or any(not amount.is_integer() for amount in amounts):
        return 1.0
    return 0.001 if letters < max(amounts) * _SLOWEST else 1.0


def seconds_of(reading: Reading | None, unit: float) -> float | None:
    """Seconds from the recording's beginning; none where none is told, or where a date is told instead."""
    if reading is None or (not reading.known and reading.amount >= _DATE):
        return None
    seconds = reading.amount if reading.known else reading.amount * unit
    return seconds if seconds < _LONGEST else None

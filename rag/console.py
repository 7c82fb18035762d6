"""What the command's parts share: exit codes, and writing to the two outputs that a terminal has."""

import os
import sys
from io import TextIOWrapper

from rag import jsonlines

FINE, NOBODY, USAGE, PROBLEM, READER_GONE, INTERRUPTED = 0, 1, 2, 3, 141, 130


def say(text: str | jsonlines.Shape) -> None:
    """Print at once, so that who reads along sees each answer as it comes; a shape is printed as JSON."""
    sys.stdout.write(f"{text if isinstance(text, str) else jsonlines.line(text)}\n")
    sys.stdout.flush()


def warn(message: str) -> None:
    """Say on standard error what a person should know beside the result."""
    sys.stderr.write(f"whosaid: {message}\n")


def complain(error: Exception, code: int) -> int:
    """Say what went wrong, and give the exit code for it."""
    warn(str(error))
    return code


def speak_utf8() -> None:
    """Write UTF-8 whatever the locale; what came in as broken bytes goes out as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def drop_output() -> None:
    """Nobody reads any more: let what is left go nowhere, instead of failing once more on leaving."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())

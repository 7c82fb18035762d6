"""The command ``whosaid``: it reads what was typed, asks the library, and prints. It decides nothing itself."""

import sys
from collections.abc import Sequence

from rag.console import (
    FINE,
    INTERRUPTED,
    NOBODY,
    PROBLEM,
    READER_GONE,
    USAGE,
    complain,
    drop_output,
    speak_utf8,
)
from rag.errors import RagError, UnknownNameError
from rag.options import parser

__all__ = ["FINE", "INTERRUPTED", "NOBODY", "PROBLEM", "READER_GONE", "USAGE", "main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; ``whosaid --help`` says what each code means."""
    speak_utf8()
    try:
        options = parser().parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        drop_output()
        return READER_GONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except UnknownNameError as error:
        return complain(error, USAGE)
    except (RagError, OSError) as error:
        return complain(error, PROBLEM)
    return code

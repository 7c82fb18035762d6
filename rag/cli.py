"""The command ``whosaid``: it reads what was typed, asks the library, and prints. It decides nothing itself."""

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from rag import __version__
from rag.errors import EmptyCollectionError, RagError, ReadError, UnknownNameError
from rag.ui import DEFAULT_PORT

if TYPE_CHECKING:
    from rag.library import Library
    from rag.records import Interview

FINE, NOBODY, USAGE, PROBLEM, READER_GONE, INTERRUPTED = 0, 1, 2, 3, 141, 130

_ABOUT = "Ask a collection of interviews, and get verbatim quotes with the people who said them."
_EXIT_CODES = """\
exit codes:
  0    somebody said it; or the command did what it was asked to do
  1    nobody said it (ask, with one question)
  2    the command was not understood, or names a speaker or an interview that is not there
  3    a file, the index or the embedding model is missing or damaged; the message says what to do
  130  stopped with Ctrl-C
"""
_EXAMPLES = """\
examples:
  whosaid serve                                 open the chat page
  whosaid ask "who talks about unlearning?"     ask one question here
  whosaid show my-interviews/                   see how your own interviews are understood
"""
_ASK_EXAMPLES = """\
examples:
  whosaid ask "who talks about unlearning?"
  whosaid ask "what does Weiqi say about her grandmother?" -k 2
  whosaid ask "who moved to another country?" --in my-interviews/
  whosaid ask "what is a producer for?" --speaker "Sitong Cao"
  whosaid ask --from questions.txt --json > answers.jsonl
"""
_INDEX_EXAMPLES = """\
examples:
  whosaid index                   prepare the interviews that are used where none are named
  whosaid index my-interviews/    prepare your own: a folder of text files, or one file

What has not changed since the last time is not done again.
"""
_SERVE_EXAMPLES = """\
examples:
  whosaid serve
  whosaid serve my-interviews/ --port 8000
  whosaid serve --no-browser
"""
_SHOW_EXAMPLES = """\
examples:
  whosaid show interview.txt
  whosaid show my-interviews/ | less
  whosaid show interview.txt --json
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; ``whosaid --help`` says what each code means."""
    _speak_utf8()
    try:
        options = _parser().parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()
        return READER_GONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except UnknownNameError as error:
        return _complain(error, USAGE)
    except (RagError, OSError) as error:
        return _complain(error, PROBLEM)
    return code


def ask(options: argparse.Namespace) -> int:
    """Answer one question, or every line of a file."""
    if options.batch is None:
        return _answer(_open(options), " ".join(options.question), options)
    questions = _questions(options.batch)
    library, answered = _open(options), False
    for question in questions:
        _answer(library, question, options)
        answered = True
    if not answered:
        raise ReadError(options.batch, "it holds no question", "Write one question on each line.")
    return FINE


def index(options: argparse.Namespace) -> int:
    """Prepare interviews for asking, and say what they hold."""
    from rag import terminal

    library = _open(options, warm=False)
    for interview in library.interviews:
        for warning in interview.warnings:
            _warn(f"{interview.source.name}: {warning}")
    _print(terminal.summary(library.interviews, library.speakers, library.passages, library.problems))
    _print(f"The index lies in {library.index_path}")
    return FINE


def serve(options: argparse.Namespace) -> int:
    """Open the chat page, until Ctrl-C."""
    from rag.ui.serve import serve

    serve(options.path, index=options.index, port=options.port, open_browser=not options.no_browser)
    return FINE


def show(options: argparse.Namespace) -> int:
    """Print the Q/A pairs of interviews, without any index."""
    from rag import jsonlines, terminal
    from rag.library import default_interviews

    code, screen = FINE, terminal.Screen.of(sys.stdout)
    for path in options.paths or [default_interviews()]:
        for read in _examined(path):
            if isinstance(read, RagError):
                code = PROBLEM
                _print(jsonlines.problem(path, read)) if options.json else _warn(str(read))
            else:
                _print(jsonlines.interview(read) if options.json else f"{terminal.interview(read, screen)}\n")
    return code


def _open(options: argparse.Namespace, *, warm: bool = True) -> "Library":
    from rag.library import Library
    from rag.terminal import progress_bar
    from rag.wording import OPENING, WARMING

    with progress_bar(sys.stderr) as progress:
        progress(OPENING, 0, 0)
        library = Library.open(options.path, index=options.index, progress=progress)
        if warm:
            progress(WARMING, 0, 0)
            library.warm()
    for problem in library.problems:
        _warn(str(problem))
    return library


def _answer(library: "Library", question: str, options: argparse.Namespace) -> int:
    from rag import jsonlines, terminal

    found = library.ask(question, k=options.k, speakers=options.speakers, interviews=options.interviews)
    if options.json:
        _print(jsonlines.answer(question, found))
    else:
        screen = terminal.Screen.of(sys.stdout)
        reply = terminal.answer(found, screen, everyone=library.speakers, interviews=len(library.interviews))
        _print(reply if options.batch is None else f"# {question}\n\n{reply}\n")
    return FINE if found.said else NOBODY


def _questions(batch: Path) -> Iterator[str]:
    """Open a file of questions, or standard input for "-", and give its lines without the blank ones."""
    try:
        opened = sys.stdin.buffer if str(batch) == "-" else batch.open("rb")
    except OSError as error:
        raise ReadError(batch, f"it cannot be read ({error.strerror})", "Check the path.") from error
    return filter(None, _decoded(opened, batch))


def _decoded(opened: BinaryIO, batch: Path) -> Iterator[str]:
    with opened:
        for line in opened:
            try:
                yield line.decode("utf-8-sig").strip()
            except UnicodeDecodeError as error:
                raise ReadError(batch, "it is not text in UTF-8", "Save it as UTF-8, one question a line.") from error


def _examined(path: Path) -> "Iterator[Interview | ReadError | EmptyCollectionError]":
    from rag.library import examine

    try:
        yield from examine(path)
    except EmptyCollectionError as error:
        yield error


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="whosaid",
        description=_ABOUT,
        epilog=f"{_EXAMPLES}\n{_EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"whosaid {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_ask(commands)
    _add_index(commands)
    _add_serve(commands)
    _add_show(commands)
    return parser


def _add_ask(commands: Any) -> None:
    parser = _add(commands, "ask", ask, "ask one question, or a file of questions", _ASK_EXAMPLES)
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("question", nargs="*", default=[], help="what you want to know; quotation marks are optional")
    asked.add_argument("--from", dest="batch", type=Path, metavar="FILE", help='one question a line; "-" reads them in')
    parser.add_argument("--in", dest="path", type=Path, metavar="PATH", help="a folder or a file of interviews")
    parser.add_argument(
        "-k",
        type=_at_least_one,
        default=5,
        metavar="N",
        help="quotes at most, but one for each who says it (default: %(default)s)",
    )
    for option, people in (("speaker", "this person said"), ("interview", "stands in this file")):
        help_text = f"only what {people}; can be given several times"
        parser.add_argument(
            f"--{option}", dest=f"{option}s", action="append", default=[], metavar="NAME", help=help_text
        )
    _add_json(parser)
    _add_index_folder(parser)


def _add_index(commands: Any) -> None:
    parser = _add(commands, "index", index, "prepare interviews for asking, and say what they hold", _INDEX_EXAMPLES)
    _add_path(parser)
    _add_index_folder(parser)


def _add_serve(commands: Any) -> None:
    parser = _add(commands, "serve", serve, "open the chat page in your browser", _SERVE_EXAMPLES)
    _add_path(parser)
    parser.add_argument(
        "--port", type=int, default=DEFAULT_PORT, metavar="N", help="where it listens (default: %(default)s)"
    )
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    _add_index_folder(parser)


def _add_show(commands: Any) -> None:
    parser = _add(commands, "show", show, "print the questions and answers of any interviews", _SHOW_EXAMPLES)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders, prepared or not")
    _add_json(parser)


def _add(commands: Any, name: str, run: Callable[[argparse.Namespace], int], about: str, examples: str) -> Any:
    parser = commands.add_parser(
        name,
        help=about,
        description=f"{about[0].upper()}{about[1:]}.",
        epilog=f"{examples}\n{_EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.set_defaults(run=run)
    return parser


def _add_path(parser: Any) -> None:
    parser.add_argument("path", nargs="?", type=Path, metavar="PATH", help="a folder or a file (default: seeds)")


def _add_index_folder(parser: Any) -> None:
    parser.add_argument("--index", type=Path, metavar="FOLDER", help="where the index lies, if not in embeddings/")


def _add_json(parser: Any) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON object a line, for programs")


def _at_least_one(typed: str) -> int:
    number = int(typed)
    if number < 1:
        raise argparse.ArgumentTypeError(f"at least 1 is needed, not {number}")
    return number


def _print(text: "str | dict[str, object]") -> None:
    """Print at once, so that who reads along sees each answer as it comes; a shape is printed as JSON."""
    from rag import jsonlines

    sys.stdout.write(f"{text if isinstance(text, str) else jsonlines.line(text)}\n")
    sys.stdout.flush()


def _warn(message: str) -> None:
    sys.stderr.write(f"whosaid: {message}\n")


def _complain(error: Exception, code: int) -> int:
    _warn(str(error))
    return code


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale; what came in as broken bytes goes out as an escape."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _drop_output() -> None:
    """Nobody reads any more: let what is left go nowhere, instead of failing once more on leaving."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())

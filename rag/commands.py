"""The commands for asking: ``ask``, ``check``, ``index``, ``serve``, ``show`` and ``eval``."""

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from rag import jsonlines, proof, reports, scoreboard, terminal
from rag.console import FINE, NOBODY, PROBLEM, say, warn
from rag.errors import EmptyCollectionError, RagError, ReadError
from rag.wording import OPENING, WARMING

if TYPE_CHECKING:
    from rag.library import Library
    from rag.records import Interview
    from rag.ui.login import Login


def ask(options: argparse.Namespace) -> int:
    """Answer one question, or every line of a file."""
    if options.batch is None:
        return _answer(open_library(options), " ".join(options.question), options)
    questions = _questions(options.batch)
    library, answered = open_library(options), False
    for question in questions:
        _answer(library, question, options)
        answered = True
    if not answered:
        raise ReadError(options.batch, "it holds no question", "Write one question on each line.")
    return FINE


def check(options: argparse.Namespace) -> int:
    """Say whether somebody says a quotation word for word; no index is needed."""
    from rag.library import check, default_interviews, read_interviews

    quotation = _pasted() if options.quotation == ["-"] else " ".join(options.quotation)
    with terminal.progress_bar(sys.stderr) as progress:
        interviews, problems = read_interviews(options.path or default_interviews(), progress)
    for problem in problems:
        warn(str(problem))
    checked = check(quotation, interviews, options.speaker)
    if options.json:
        say(jsonlines.checked(checked))
    else:
        say(proof.checked(checked, terminal.Screen.of(sys.stdout), interviews=len(interviews)))
    return FINE if checked.exact else NOBODY


def index(options: argparse.Namespace) -> int:
    """Prepare interviews for asking, and say what they hold."""
    library = open_library(options, warm=False)
    for made in library.reports:
        say(reports.short(made))
    say(terminal.summary(library.interviews, library.speakers, library.passages, library.problems))
    say(f"The index lies in {library.index_path}")
    return FINE


def serve(options: argparse.Namespace) -> int:
    """Open the chat page, until Ctrl-C."""
    from rag.ui.serve import serve

    serve(
        options.path,
        index=options.index,
        host=options.host,
        port=options.port,
        login=_login(options),
        open_to_everybody=options.open_to_everybody,
        open_browser=not options.no_browser,
    )
    return FINE


def _login(options: argparse.Namespace) -> "Login | None":
    """The login from its file, or made up at the terminal where other machines can reach the page."""
    from rag.ui.address import Address
    from rag.ui.login import ask_for_login, read_login

    if options.login:
        return read_login(options.login)
    here = Address.of(options.host, options.port).is_here
    return ask_for_login() if not (here or options.open_to_everybody) and sys.stdin.isatty() else None


def show(options: argparse.Namespace) -> int:
    """Print the Q/A pairs of interviews, without any index."""
    screen = terminal.Screen.of(sys.stdout)

    def shown(path: Path, interview: "Interview") -> str | jsonlines.Shape:
        return jsonlines.interview(interview) if options.json else f"{terminal.interview(interview, screen)}\n"

    return say_each(options, shown)


def evaluate(options: argparse.Namespace) -> int:
    """Ask every question of a file, and say how often the replies are as the file wants them."""
    from rag.evaluation import evaluate, read_questions

    questions = read_questions(options.questions)
    library = open_library(options)
    with terminal.progress_bar(sys.stderr) as progress:
        made = evaluate(library, questions, k=options.k, progress=progress)
    if options.json:
        say(jsonlines.evaluation(made))
    else:
        say(scoreboard.whole(made, terminal.Screen.of(sys.stdout), misses=options.misses))
    return FINE


def say_each(options: argparse.Namespace, shown: "Callable[[Path, Interview], str | jsonlines.Shape]") -> int:
    """Print every interview at the paths that are meant, without any index, and what is wrong with the others."""
    from rag.library import default_interviews

    code = FINE
    for path in options.paths or [default_interviews()]:
        for read in _examined(path):
            if not isinstance(read, RagError):
                say(shown(path, read))
                continue
            code = code if isinstance(read, Warning) else PROBLEM
            say(jsonlines.problem(path, read)) if options.json else warn(str(read))
    return code


def _examined(path: Path) -> "Iterator[Interview | ReadError | EmptyCollectionError]":
    """Every interview at a path, or why it cannot be read."""
    from rag.library import examine

    try:
        yield from examine(path)
    except EmptyCollectionError as error:
        yield error


def open_library(options: argparse.Namespace, *, warm: bool = True) -> "Library":
    """Open the collection that is meant, showing how far it is, and say which files are left out."""
    from rag.library import Library

    with terminal.progress_bar(sys.stderr) as progress:
        progress(OPENING, 0, 0)
        library = Library.open(options.path, index=options.index, progress=progress)
        if warm:
            progress(WARMING, 0, 0)
            library.warm()
    for problem in library.problems:
        warn(str(problem))
    return library


def _answer(library: "Library", question: str, options: argparse.Namespace) -> int:
    found = library.ask(
        question, k=options.k, speakers=options.speakers, interviews=options.interviews, role=options.role
    )
    if options.json:
        say(jsonlines.answer(question, found, library.interview, library.recording))
    else:
        screen = terminal.Screen.of(sys.stdout)
        reply = terminal.answer(found, screen, everyone=library.speakers, interviews=len(library.interviews))
        say(reply if options.batch is None else f"# {question}\n\n{reply}\n")
    return FINE if found.said else NOBODY


def _pasted() -> str:
    """All of standard input."""
    try:
        return sys.stdin.buffer.read().decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise ReadError("-", "it is not text in UTF-8", "Save it as UTF-8.") from error


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

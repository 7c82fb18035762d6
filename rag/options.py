"""How the command is typed: its parts, their options, and the help that explains them."""

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, get_args

from rag import __version__, commands, keeping
from rag.records import Voices
from rag.ui import DEFAULT_PORT, HOST

_ABOUT = "Ask a collection of interviews, and get verbatim quotes with the people who said them."
_EXIT_CODES = """\
exit codes:
  0    somebody said it (ask), or exactly this (check); or the command did what it was asked to do
  1    nobody said it (ask, with one question), or not exactly this (check)
  2    the command was not understood, or names a speaker or an interview that is not there
  3    a file, the index or the embedding model is missing or damaged; the message says what to do
  130  stopped with Ctrl-C
"""
_EXAMPLES = """\
examples:
  whosaid serve                                 open the chat page
  whosaid ask "who talks about unlearning?"     ask one question here
  whosaid check "every story matters"           check a quotation before you print it
  whosaid add talk.docx old.zip                 add interviews to those that are asked
  whosaid report my-interviews/                 see how your own interviews are understood
"""
_ASK_EXAMPLES = """\
examples:
  whosaid ask "who talks about unlearning?"
  whosaid ask "what does Weiqi say about her grandmother?" -k 2
  whosaid ask "who moved to another country?" --in my-interviews/
  whosaid ask "what is a producer for?" --speaker "Sitong Cao"
  whosaid ask "who speaks of family?" --role anybody
  whosaid ask --from questions.txt --json > answers.jsonl
"""
_CHECK_EXAMPLES = """\
examples:
  whosaid check "At 14, moving to Canada expanded my worldview further"
  whosaid check "I found myself stretched thin" --speaker "Caiyu Song"
  whosaid check "every story matters" --in my-interviews/ --json
  whosaid check - < quotation.txt

what it can find:
  exact          one speaker says it, word for word
  altered        somebody says nearly this; the differences are shown
  stitched       its pieces stand in several places
  other speaker  it is exact, but somebody else says it
  asked          it is exact, but the interviewer says it
  printed        it stands in the file, but nobody says it
  not found      nobody says this, nor nearly this
  cannot check   it is too short, or the file does not tell who speaks

Every word must be as said, with its accents.
Shapes of quotation marks and dashes, and spaces, count for nothing; capitals and punctuation are remarked on.
"..." marks what is left out, and [brackets] what an editor put in.
"""
_INDEX_EXAMPLES = """\
examples:
  whosaid index                   prepare the interviews that are used where none are named
  whosaid index my-interviews/    prepare your own: a folder, an archive, or one file

What has not changed since the last time is not done again.
"""
_SERVE_EXAMPLES = """\
examples:
  whosaid serve
  whosaid serve my-interviews/ --port 8000
  whosaid serve --no-browser
  whosaid serve --host 192.168.1.20 --login login.txt

Only this machine reaches the page unless --host names another of its addresses.
There everybody must log in: with the name and the password on the two lines of a file,
or with those that you are asked to make up.
What goes over the network is not encrypted.
"""
_SHOW_EXAMPLES = """\
examples:
  whosaid show interview.txt
  whosaid show my-interviews/ | less
  whosaid show interview.txt --json
"""
_ADD_EXAMPLES = """\
examples:
  whosaid add talk.docx
  whosaid add recordings/*.vtt old-talks.zip --to my-interviews/

Nothing is overwritten. What is there already is told and not doubled.
A file that cannot be read as an interview is told and not kept.
"""
_REMOVE_EXAMPLES = """\
examples:
  whosaid remove talk.docx
  whosaid remove older/talk.txt --in my-interviews/

Nothing is lost: the file is moved to the folder .removed beside the others.
"""
_SPEAKERS_EXAMPLES = """\
examples:
  whosaid speakers talk.txt
  whosaid speakers talk.txt --rename "Speaker 1" "Ann Lee" --role "Ann Lee" interviewer
  whosaid speakers talk.txt --merge "Bo" "B. Chen" "Bo Chen"
  whosaid speakers talk.txt --swap "Ann Lee" "Bo Chen"
  whosaid speakers talk.txt --date 2024-05-01 --recording talk.mp3
  whosaid speakers old-talks.zip/talk.txt --title "On rivers"

The file itself is never changed: corrections are kept beside it, in talk.txt.toml.
Empty quotation marks take back a title, date, link or recording.
"""
_REPORT_EXAMPLES = """\
examples:
  whosaid report talk.vtt
  whosaid report my-interviews/ | less
  whosaid report my-interviews/ --json
"""
_EVAL_EXAMPLES = """\
examples:
  whosaid eval questions.jsonl --in my-interviews/
  whosaid eval questions.jsonl --misses | less
  whosaid eval questions.jsonl --json > evaluation.json

Each line of the file is one question with what should be found:
  {"question": "who talks about rivers?", "speakers": ["Ann Lee"], "quotes": ["I grew up beside a river"]}
  {"question": "who won an Oscar?", "answerable": false}

  speakers    exactly those who say it
  quotes      words of the right passages, or {"source": "talk.txt", "start": 0, "end": 10} in characters
  answerable  false where nobody says it
  kind        a name of your own for questions of one sort, which get a row of their own
  interviews  the files to be searched, if not all
  id, note    to find it again, and for yourself
"""


def parser() -> argparse.ArgumentParser:
    """All that can be typed after ``whosaid``."""
    whole = argparse.ArgumentParser(
        prog="whosaid",
        description=_ABOUT,
        epilog=f"{_EXAMPLES}\n{_EXIT_CODES}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    whole.add_argument("--version", action="version", version=f"whosaid {__version__}")
    parsers = whole.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_ask(parsers)
    _add_check(parsers)
    _add_index(parsers)
    _add_serve(parsers)
    _add_show(parsers)
    _add_add(parsers)
    _add_remove(parsers)
    _add_speakers(parsers)
    _add_report(parsers)
    _add_eval(parsers)
    return whole


def _add_ask(parsers: Any) -> None:
    parser = _add(parsers, "ask", commands.ask, "ask one question, or a file of questions", _ASK_EXAMPLES)
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
    parser.add_argument(
        "--role",
        choices=get_args(Voices),
        default="interviewee",
        help="whose words count: of those interviewed, of those who ask, or of both (default: %(default)s)",
    )
    _add_json(parser)
    _add_index_folder(parser)


def _add_check(parsers: Any) -> None:
    about = "check a quotation: is it exact, and who says it"
    parser = _add(parsers, "check", commands.check, about, _CHECK_EXAMPLES)
    parser.add_argument("quotation", nargs="+", metavar="QUOTATION", help='the words to check; "-" reads them in')
    parser.add_argument("--speaker", metavar="NAME", help="who is said to say it")
    parser.add_argument("--in", dest="path", type=Path, metavar="PATH", help="a folder or a file of interviews")
    _add_json(parser)


def _add_index(parsers: Any) -> None:
    parser = _add(
        parsers, "index", commands.index, "prepare interviews for asking, and say what they hold", _INDEX_EXAMPLES
    )
    _add_path(parser)
    _add_index_folder(parser)


def _add_serve(parsers: Any) -> None:
    parser = _add(parsers, "serve", commands.serve, "open the chat page in your browser", _SERVE_EXAMPLES)
    _add_path(parser)
    parser.add_argument(
        "--port", type=_port, default=DEFAULT_PORT, metavar="N", help="where it listens (default: %(default)s)"
    )
    parser.add_argument(
        "--host", default=HOST, metavar="ADDRESS", help="this machine's address for others (default: %(default)s)"
    )
    logins = parser.add_mutually_exclusive_group()
    logins.add_argument("--login", type=Path, metavar="FILE", help="a name and a password, on a line each")
    logins.add_argument(
        "--let-everybody-read-change-and-remove-interviews",
        dest="open_to_everybody",
        action="store_true",
        help="do without a login where others can reach the page",
    )
    parser.add_argument("--no-browser", action="store_true", help="only print the address")
    _add_index_folder(parser)


def _add_show(parsers: Any) -> None:
    parser = _add(parsers, "show", commands.show, "print the questions and answers of any interviews", _SHOW_EXAMPLES)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders, prepared or not")
    _add_json(parser)


def _add_add(parsers: Any) -> None:
    parser = _add(parsers, "add", keeping.add, "add interviews to those that are asked", _ADD_EXAMPLES)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="files, archives or folders of interviews")
    parser.add_argument("--to", type=Path, metavar="FOLDER", help="the folder to add them to (default: seeds)")
    _add_json(parser)
    _add_index_folder(parser)


def _add_remove(parsers: Any) -> None:
    parser = _add(parsers, "remove", keeping.remove, "take an interview out of those that are asked", _REMOVE_EXAMPLES)
    parser.add_argument("name", metavar="NAME", help="the interview's file, as quotes show it")
    parser.add_argument("--in", dest="path", type=Path, metavar="FOLDER", help="the folder that it lies in")
    _add_index_folder(parser)


def _add_speakers(parsers: Any) -> None:
    about = "show and correct who speaks in one interview"
    parser = _add(parsers, "speakers", keeping.speakers, about, _SPEAKERS_EXAMPLES)
    parser.add_argument("file", type=Path, metavar="FILE", help="the file of one interview")
    for option, number, names, what in (
        ("rename", 2, ("NAME", "NEW"), "call a speaker by another name"),
        ("merge", "+", ("NAME", "LAST"), "make several speakers one, with the last name given"),
        ("swap", 2, ("NAME", "OTHER"), "exchange two names throughout"),
        ("role", 2, ("NAME", "ROLE"), "say who is interviewer, interviewee or unknown"),
    ):
        parser.add_argument(f"--{option}", action=_Change, dest="changes", nargs=number, metavar=names, help=what)
    for line in keeping.LINES:
        parser.add_argument(f"--{line}", metavar="TEXT", help=f"set the interview's {line}")
    parser.set_defaults(changes=[])
    _add_json(parser)


def _add_report(parsers: Any) -> None:
    about = "say what was recognised in interviews, and what should be looked at"
    parser = _add(parsers, "report", keeping.report, about, _REPORT_EXAMPLES)
    parser.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="files or folders, prepared or not")
    _add_json(parser)


def _add_eval(parsers: Any) -> None:
    about = "measure how well questions are answered of which you know the answers"
    parser = _add(parsers, "eval", commands.evaluate, about, _EVAL_EXAMPLES)
    parser.add_argument("questions", type=Path, metavar="QUESTIONS", help="a file with one JSON object a line")
    parser.add_argument("--in", dest="path", type=Path, metavar="PATH", help="a folder or a file of interviews")
    parser.add_argument("--misses", action="store_true", help="list each question that was missed")
    depth_help = "how far down the ranking the right passage is looked for (default: %(default)s)"
    parser.add_argument("-k", type=_at_least_one, default=10, metavar="N", help=depth_help)
    parser.add_argument("--json", action="store_true", help="print everything as one JSON object, for programs")
    _add_index_folder(parser)


class _Change(argparse.Action):
    """Keeps corrections in the order in which they are typed, whatever their options."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: str | Sequence[Any] | None,
        option_string: str | None = None,
    ) -> None:
        kind = (option_string or "").removeprefix("--")
        setattr(namespace, self.dest, [*getattr(namespace, self.dest), (kind, values)])


def _add(parsers: Any, name: str, run: Callable[[argparse.Namespace], int], about: str, examples: str) -> Any:
    parser = parsers.add_parser(
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


def _port(typed: str) -> int:
    if not typed.isascii() or not typed.isdigit() or not 1 <= int(typed[:9]) <= 65535:
        raise argparse.ArgumentTypeError(f"the port must be a number from 1 to 65535, not {typed!r}")
    return int(typed)


def _at_least_one(typed: str) -> int:
    number = int(typed)
    if number < 1:
        raise argparse.ArgumentTypeError(f"at least 1 is needed, not {number}")
    return number

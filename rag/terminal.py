"""What a person reads in a terminal: an answer, an interview, and a progress bar.

Colour and line breaks are added on a terminal only; anywhere else a paragraph is one plain line.
Transcripts keep their own characters, except control characters, which could steer the terminal.
"""

import os
import shutil
import textwrap
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, TextIO

from rag.errors import ReadError
from rag.records import Answer, Hit, Interview, QAPair, Source
from rag.wording import (
    ASKING_FOR_PEOPLE,
    NEAREST,
    also_searched,
    clock,
    count,
    heard_as,
    listed,
    understood_as,
    unread,
    verdict,
)

Style = Literal["name", "mark", "quiet", "removed", "added"]

_CODES: dict[Style, str] = {"name": "1;36", "mark": "1;35", "quiet": "2", "removed": "31", "added": "32"}
_WIDEST = 100
_BAR = 30
_MARK_STARTS, _MARK_ENDS = "\x01", "\x02"
"""They stand for a change of colour while lines are broken; by then no transcript has any of its own left."""
_SHOWN_AS = (
    dict.fromkeys((*range(0x20), *range(0x7F, 0xA0)), "\N{REPLACEMENT CHARACTER}")
    | dict.fromkeys(map(ord, "\n\r\v\f\x85\u2028\u2029"), "\n")
    | {ord("\t"): "\t"}
)


@dataclass(frozen=True, slots=True)
class Screen:
    """How text may look on one output: in colour or not, its lines broken at ``width`` columns or (none) left alone."""

    colour: bool = False
    width: int | None = None

    @classmethod
    def of(cls, stream: TextIO) -> "Screen":
        """The screen behind ``stream``: plain, unless it is a terminal; colourless where NO_COLOR is set."""
        if not stream.isatty():
            return cls()
        colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        return cls(colour=colour, width=min(shutil.get_terminal_size().columns, _WIDEST))

    def paint(self, style: Style, text: str) -> str:
        """``text`` in one style."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self.colour else text

    def lay_out(self, text: str, *, first: str = "", indent: str = "") -> str:
        """``text`` with its lines broken; ``first`` stands before the first line, ``indent`` before all others."""
        paragraphs = text.split("\n")
        leads = [first, *[indent] * (len(paragraphs) - 1)]
        return "\n".join(self._broken(*both, indent) for both in zip(leads, paragraphs, strict=True))

    def _broken(self, lead: str, paragraph: str, indent: str) -> str:
        if self.width is None or not paragraph:
            return (lead + paragraph).rstrip()
        return textwrap.fill(
            paragraph,
            self.width,
            initial_indent=lead,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )

    def marked(self, laid_out: str) -> str:
        """``laid_out`` text with its marked stretch in colour."""
        starts, ends = self.paint("mark", "\0").split("\0")
        return laid_out.replace(_MARK_STARTS, starts).replace(_MARK_ENDS, ends)


def answer(found: Answer, screen: Screen, *, everyone: Sequence[str], interviews: int) -> str:
    """The reply to one question, for ``everyone`` who answers in that many ``interviews``."""
    outcome = clean(verdict(found, everyone=everyone, interviews=interviews))
    if found.understood.kind == "empty":
        return screen.lay_out(outcome)
    understood = screen.lay_out(one_line(understood_as(found.understood)))
    blocks = [screen.paint("quiet", understood), screen.lay_out(outcome)]
    if found.said:
        blocks += _said(found, screen)
    elif found.hits:
        blocks.append("\n".join([NEAREST, *_nearest(found, screen)]))
    if silent := also_searched(found):
        blocks.append(screen.lay_out(one_line(silent)))
    return "\n\n".join(blocks)


def interview(shown: Interview, screen: Screen) -> str:
    """All that was understood of one interview: who speaks, its Q/A pairs, and what belongs to no answer."""
    heading = [screen.paint("name", one_line(shown.title))]
    heading.append(f"{one_line(shown.source.name)}, {count(len(shown.pairs), 'question')} answered")
    heading += [f"  {one_line(speaker.name)} ({speaker.role})" for speaker in shown.speakers]
    blocks = ["\n".join(heading)]
    blocks += [_pair(shown, number, pair, screen) for number, pair in enumerate(shown.pairs, start=1)]
    blocks += _aside("Contact", (f"{contact.label}: {contact.value}" for contact in shown.contacts), screen)
    blocks += _aside("Image credits", (span.of(shown.source.text) for span in shown.credits), screen)
    blocks += _aside("Please check", shown.warnings, screen)
    return "\n\n".join(blocks)


def summary(
    interviews: Sequence[Interview], speakers: Sequence[str], passages: int, problems: Sequence[ReadError]
) -> str:
    """What a collection holds, and which of its files could not be read."""
    questions = count(sum(len(shown.pairs) for shown in interviews), "question")
    lines = [f"{count(len(interviews), 'interview')}, {questions} answered, {count(passages, 'passage')}"]
    everyone = one_line(listed(speakers, most=len(speakers)))
    lines.append(f"{count(len(speakers), 'speaker')}{f': {everyone}' if everyone else ''}")
    if problems:
        names = ", ".join(problem.path.name for problem in problems)
        lines.append(f"{unread(problems)}: {one_line(names)}")
    return "\n".join(lines)


@contextmanager
def progress_bar(stream: TextIO) -> Iterator[Callable[[str, int, int], None]]:
    """Give a function that says on one line what is being done and how far it is; silent but on a terminal."""

    def show(doing: str, done: int, total: int) -> None:
        filled = _BAR * done // total if total else 0
        bar = f" {'█' * filled}{'░' * (_BAR - filled)} {done:,} of {total:,}" if total else " …"
        stream.write(f"\r\x1b[K{doing}{bar}")
        stream.flush()

    def say_nothing(doing: str, done: int, total: int) -> None:
        pass

    if not stream.isatty():
        yield say_nothing
        return
    try:
        yield show
    finally:
        stream.write("\r\x1b[K")
        stream.flush()


def _said(found: Answer, screen: Screen) -> Iterator[str]:
    """Everybody who says it: with all their quotes, or, where people were asked for, the best of each."""
    best_only = found.understood.kind in ASKING_FOR_PEOPLE and found.understood.role == "interviewee"
    for name, hits in found.by_speaker():
        if not best_only:
            yield _person(name, hits, screen)
        elif name in found.speakers:
            yield _person(name, hits[:1], screen) + _more(name, len(hits) - 1, screen)


def _person(name: str, hits: Sequence[Hit], screen: Screen) -> str:
    lines, asked_before = [screen.paint("name", one_line(name))], None
    for hit in hits:
        if hit.question and hit.question != asked_before:
            asked = screen.lay_out(f"Asked: {one_line(hit.question)}", first="  ", indent="  ")
            lines.append(screen.paint("quiet", asked))
        asked_before = hit.question
        lines += [_quote(hit, screen), ""]
    return "\n".join(lines[:-1])


def _quote(hit: Hit, screen: Screen) -> str:
    start, end = hit.sentence.start - hit.span.start, hit.sentence.end - hit.span.start
    words = f"{clean(hit.quote[:start])}{_MARK_STARTS}{clean(hit.marked)}{_MARK_ENDS}{clean(hit.quote[end:])}"
    quoted = f"“{words}”" if hit.aloud else words
    laid_out = screen.marked(screen.lay_out(quoted, first="  ", indent="  "))
    aside = {"question": ", asked or said by an interviewer", "credits": ", printed with the pictures, not said"}
    place = f"  {place_line(hit.origin, hit.span.start)}{aside.get(hit.kind, '')}"
    return f"{laid_out}\n{screen.paint('quiet', place)}"


def place_line(origin: Source, offset: int) -> str:
    """Where the words at ``offset`` stand: file and line, and page and time where the file tells them."""
    seconds, place = origin.seconds_at(offset), origin.place_of(offset)
    beside = [f" ({one_line(place)})"] if place else []
    beside += [f" [{clock(seconds)}]"] if seconds is not None else []
    line = f":{origin.line_of(offset)}" if origin.is_the_file else ""
    return "".join([f"{one_line(origin.name)}{line}", *beside])


def _more(name: str, more: int, screen: Screen) -> str:
    if not more:
        return ""
    return "\n" + screen.paint("quiet", one_line(f'  {count(more, "more quote")}: ask again with --speaker "{name}"'))


def _nearest(found: Answer, screen: Screen) -> Iterator[str]:
    for hit in found.hits:
        place = place_line(hit.origin, hit.sentence.start)
        words = screen.lay_out(f"{one_line(hit.speaker)}: “{clean(hit.marked)}”", first="  ", indent="  ")
        yield f"{words}\n{screen.paint('quiet', f'  {place}')}"


def _pair(shown: Interview, number: int, pair: QAPair, screen: Screen) -> str:
    lines: list[str] = []
    for turn in (*pair.question, *pair.answer):
        words = f"{one_line(heard_as(turn))}: {clean(turn.span.of(shown.source.text))}"
        lead = f"{number}. " if not lines else "   "
        laid_out = screen.lay_out(words, first=lead, indent="   ")
        lines.append(screen.paint("quiet", laid_out) if turn in pair.question else laid_out)
    return "\n".join(lines)


def _aside(title: str, entries: Iterable[str], screen: Screen) -> Iterator[str]:
    lines = [screen.lay_out(clean(entry), first="   ", indent="   ") for entry in entries]
    if lines:
        yield "\n".join([f"{title}:", *lines])


def clean(text: str) -> str:
    """Text without control characters, which could steer the terminal."""
    return text.replace("\r\n", "\n").translate(_SHOWN_AS)


def one_line(text: str) -> str:
    """The same on one line."""
    return " ".join(clean(text).split("\n"))

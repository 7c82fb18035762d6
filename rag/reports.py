"""How the import report reads in a terminal: in full, in short, and the speakers alone."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.terminal import Screen, clean, one_line
from rag.wording import count, listed

if TYPE_CHECKING:
    from rag.library import Part, Report

_UNNAMED = "unknown speaker"
_LAYOUTS = {
    "labels": "speakers told by their labels",
    "signs of a new speaker": "speakers told by signs, not by name",
    "questions and answers": "speakers told by who asks and who answers",
    "one long turn": "one speaker throughout",
}
"""How speakers were found, in a newcomer's words."""


def whole(made: "Report", screen: Screen) -> str:
    """The whole report of one file."""
    lines = [screen.paint("name", one_line(made.source)), f"  {_recognised(made)}", *_about(made)]
    lines += _parts(made.speakers, screen)
    lines.append(f"  {count(made.pairs, 'question')} answered, {count(made.words, 'word')} spoken")
    if made.nobodys_words:
        belong = "belongs" if made.nobodys_words == 1 else "belong"
        lines.append(f"  {count(made.nobodys_words, 'word')} that {belong} to nobody:")
        lines += [screen.lay_out(f"“{clean(each)}”", first="    ", indent="    ") for each in made.nobodys]
    return "\n".join([*lines, *_warnings(made, screen)])


def short(made: "Report") -> str:
    """One line on one file, and its warnings below."""
    people = [f"{one_line(part.name)} ({part.turns:,})" for part in made.speakers]
    named = f", turns by {listed(people)}" if people else ""
    line = f"{one_line(made.source)}: {_recognised(made)}, {count(made.pairs, 'question')} answered{named}"
    return "\n".join([line, *_warnings(made, Screen())])


def speakers(made: "Report", sidecar: Path, screen: Screen, *, corrected: bool) -> str:
    """Who speaks in one file, and where corrections of it are or will be written."""
    lines = [screen.paint("name", one_line(made.source)), *_about(made), *_parts(made.speakers, screen)]
    where = f"Corrections are kept in {sidecar}" if corrected else f"Nothing is corrected; that would go to {sidecar}"
    return "\n".join([*lines, *_warnings(made, screen), where])


def already(file: str, same: str) -> str:
    """A file that was not added."""
    return f"{one_line(file)} is not added: it is the same as {one_line(same)}, letter for letter"


def added(number: int, interviews: int, folder: Path) -> str:
    """How many interviews were added, and how many there are now."""
    return f"{count(number, 'interview')} added; {folder} holds {count(interviews, 'interview')}"


def removed(name: str, left: int, folder: Path) -> str:
    """That an interview was removed, where its file is, and how many there are still."""
    rest = f"{count(left, 'interview')} left" if left else "none left"
    return f"{one_line(name)} is removed, {rest}; the file is kept in {folder / '.removed'}"


def _recognised(made: "Report") -> str:
    return ", ".join(
        filter(None, [made.format, _LAYOUTS.get(made.layout, made.layout), "with times" if made.timed else ""])
    )


def _about(made: "Report") -> Iterator[str]:
    for name in ("title", "date", "link", "recording"):
        if value := getattr(made, name):
            yield f"  {name}: {one_line(value)}"


def _parts(parts: "Sequence[Part]", screen: Screen) -> Iterator[str]:
    for part in parts:
        aliases = f", also {listed([one_line(alias) for alias in part.aliases])}" if part.aliases else ""
        role = "" if part.role == "unknown" and part.name == _UNNAMED else f" ({part.role})"
        size = f"{count(part.turns, 'turn')}, {count(part.words, 'word')}"
        yield screen.lay_out(f"{one_line(part.name)}{role}: {size}{aliases}", first="  ", indent="    ")


def _warnings(made: "Report", screen: Screen) -> Iterator[str]:
    for warning in made.warnings:
        yield screen.lay_out(f"Please check: {clean(warning)}", first="  ", indent="    ")

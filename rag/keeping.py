"""The commands for keeping a collection: ``add``, ``remove``, ``speakers`` and ``report``."""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rag import jsonlines, reports, terminal
from rag.commands import open_library, say_each
from rag.console import FINE, PROBLEM, USAGE, complain, say, warn

if TYPE_CHECKING:
    from rag.library import Correction, Filed
    from rag.records import Interview

LINES = ("title", "date", "link", "recording")
"""What can be corrected beside the speakers."""


def add(options: argparse.Namespace) -> int:
    """Copy interviews into a collection, bring its index up to date, and report on each."""
    from rag.library import Library, default_interviews

    folder = options.to or default_interviews()
    with terminal.progress_bar(sys.stderr) as progress:
        library, done = Library.add_to(folder, options.paths, index=options.index, progress=progress)
    made = {each.source: each for each in library.reports}
    screen = terminal.Screen.of(sys.stdout)
    for name in done.added:
        if name in made:
            say(jsonlines.report(made[name]) if options.json else f"{reports.whole(made[name], screen)}\n")
    for file, same in done.already:
        say(jsonlines.already(file, same) if options.json else reports.already(file, same))
    for problem in done.problems:
        say(jsonlines.problem(problem.path.parent, problem)) if options.json else warn(str(problem))
    if not options.json:
        say(reports.added(len(done.added), len(library.interviews), folder))
    return FINE if all(isinstance(problem, Warning) for problem in done.problems) else PROBLEM


def remove(options: argparse.Namespace) -> int:
    """Take an interview out of a collection and its index; its file is kept aside."""
    library = open_library(options, warm=False)
    name = library.interview(options.name).source.name
    with terminal.progress_bar(sys.stderr) as progress:
        left = library.remove(name, progress=progress)
    say(reports.removed(name, len(left.interviews) if left else 0, library.path))
    return FINE


def speakers(options: argparse.Namespace) -> int:
    """Show who speaks in one interview; correct names, roles, title, date, link and recording."""
    from rag.library import file_interview, report, write_correction

    filed = file_interview(options.file)
    try:
        correction = _corrected(filed, options)
    except ValueError as error:
        return complain(error, USAGE)
    interview = filed.corrected(correction)
    if correction != filed.correction:
        write_correction(filed.sidecar, correction)
    made = report(interview, file=str(filed.file.path))
    if options.json:
        say(jsonlines.speakers(made, filed.sidecar.path, correction))
    else:
        say(reports.speakers(made, filed.sidecar.path, terminal.Screen.of(sys.stdout), corrected=bool(correction)))
    return FINE


def report(options: argparse.Namespace) -> int:
    """Say what was recognised in interviews and what should be looked at, without any index."""
    from rag.library import report as reported

    screen = terminal.Screen.of(sys.stdout)

    def shown(path: Path, interview: "Interview") -> str | jsonlines.Shape:
        made = reported(interview, file=str(path / interview.source.name if path.is_dir() else path))
        return jsonlines.report(made) if options.json else f"{reports.whole(made, screen)}\n"

    return say_each(options, shown)


def _corrected(filed: "Filed", options: argparse.Namespace) -> "Correction":
    """The correction with all that was typed, in the order in which it was typed."""
    from dataclasses import replace

    from rag.library import merge, rename, set_role, swap

    correction = filed.correction
    for kind, typed in options.changes:
        if kind == "rename":
            correction = rename(correction, filed.found, typed[0], typed[1])
        elif kind == "merge":
            correction = merge(correction, filed.found, typed)
        elif kind == "swap":
            correction = swap(correction, filed.found, typed[0], typed[1])
        else:
            correction = set_role(correction, filed.found, typed[0], typed[1])
    title, date, link, recording = (
        getattr(correction, line) if getattr(options, line) is None else getattr(options, line).strip()
        for line in LINES
    )
    return replace(correction, title=title, date=date, link=link, recording=recording)

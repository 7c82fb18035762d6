"""The import report on the page: what was recognised in each file, what should be looked at, what was not added."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag import reports
from rag.errors import ReadError
from rag.ui.markup import Html, element, together
from rag.wording import count, count_in_words, listed

if TYPE_CHECKING:
    from rag.library import Added, Part, Report

ABOUT = ("date", "link", "recording")


def imported(
    added: "Added", made: Mapping[str, "Report"], named: Callable[[Path], str], broken: Sequence[ReadError] = ()
) -> Html:
    """What became of files: the reports of those added, those that were there already, and the problems.

    ``named`` gives a path as the person knows it who sent the file; ``broken`` tells of corrections that came along
    with interviews and are of no use.
    """
    parts = [element("h2", _outcome(added, len(broken)), class_="outcome", tabindex="-1", data_focus=True)]
    if added.problems or broken:
        parts.append(problems((*broken, *added.problems), named))
    if added.already:
        same = [element("li", reports.already(file, there)) for file, there in added.already]
        parts.append(element("ul", *same, class_="already"))
    parts += [report(made[name], correctable=True) for name in added.added if name in made]
    return element("div", *parts, class_="imported")


def problems(errors: Sequence[ReadError], named: Callable[[Path], str]) -> Html:
    """The files that were left out, each with the reason and what to do."""
    items = [
        element("li", element("strong", named(error.path)), f": {error.reason}. {error.remedy}") for error in errors
    ]
    return element("ul", *items, class_="problems")


def report(made: "Report", *, correctable: bool = False) -> Html:
    """What was recognised in one file, and what should be looked at; with its title and the way to correct it."""
    correct = element(
        "button", "Correct it", type="button", data_act="open", data_name=made.source, class_="plain",
        aria_label=f"Correct {made.title or made.source}",
    )  # fmt: skip
    recognised = ", ".join(filter(None, [made.format, made.layout, "with times" if made.timed else ""]))
    spoken = f"{count(made.pairs, 'question')} answered, {count(made.words, 'word')} spoken"
    return element(
        "section",
        element("h3", made.title or made.source) if correctable else "",
        element("p", element("span", made.source, class_="file"), f" · {recognised}", class_="recognised"),
        _about(made),
        _speakers(made.speakers),
        element("p", spoken),
        _nobodys(made),
        _warnings(made.warnings),
        element("p", correct, class_="ways") if correctable else "",
        class_="report",
    )


def _outcome(added: "Added", broken: int) -> str:
    done = count_in_words(len(added.added), "interview")
    told = [f"{done} added" if added.added else "Nothing was added"]
    if added.already:
        told.append(f"{len(added.already)} there already")
    if broken:
        told.append(f"{count(broken, 'correction')} not used")
    if added.problems:
        told.append(f"{count(len(added.problems), 'file')} left out")
    return ", ".join(told)


def _about(made: "Report") -> Html:
    rows = [
        together([element("dt", name.capitalize()), element("dd", getattr(made, name))])
        for name in ABOUT
        if getattr(made, name)
    ]
    return element("dl", *rows, class_="facts") if rows else Html()


def _speakers(parts: "Sequence[Part]") -> Html:
    head = element("tr", *(element("th", name, scope="col") for name in ("Speaker", "Role", "Turns", "Words")))
    return element(
        "table",
        element("caption", "Who speaks", class_="unseen"),
        element("thead", head),
        element("tbody", *map(_speaker, parts)),
        class_="parts",
    )


def _speaker(part: "Part") -> Html:
    aliases = element("span", f" also {listed(part.aliases)}", class_="aliases") if part.aliases else ""
    return element(
        "tr",
        element("th", part.name, aliases, scope="row"),
        element("td", part.role),
        element("td", f"{part.turns:,}", class_="figure"),
        element("td", f"{part.words:,}", class_="figure"),
    )


def _nobodys(made: "Report") -> Html:
    if not made.nobodys_words:
        return Html()
    does = "belongs" if made.nobodys_words == 1 else "belong"
    summary = element("summary", f"{count(made.nobodys_words, 'word')} {does} to nobody")
    return element("details", summary, element("ul", *(element("li", f"“{each}”") for each in made.nobodys)))


def _warnings(warnings: Sequence[str]) -> Html:
    items = [element("li", element("strong", "Please check: "), on_the_page(each)) for each in warnings]
    return element("ul", *items, class_="warnings") if items else Html()


def on_the_page(warning: str) -> str:
    """A warning that ends with a command to type, with the way there is on the page instead.

    >>> on_the_page("It is not clear who asks. Say who asks: whosaid speakers talk.txt --role Ana interviewer")
    'It is not clear who asks. Say who asks, under “Correct”.'
    """
    said, typed, _ = warning.partition(": whosaid speakers ")
    before, shown, after = said.partition(", see whosaid show ")
    if shown:
        said = f"{before}, {after.rpartition(' and ')[2]}"
    return f"{said}, under “Correct”." if typed else warning

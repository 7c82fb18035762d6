"""What stands above the conversation: how many interviews there are, what is being done, what went wrong."""

from collections.abc import Sequence

from rag.errors import ReadError
from rag.ui.basket import identity
from rag.ui.markup import Html, element, together
from rag.ui.opening import Opening, Stage
from rag.wording import count
from rag.wording import unread as left_out

NONE_LEFT = "There are no interviews any more. Add some under “Your interviews”."


def masthead(opening: Opening) -> Html:
    """The name of the page, the size of the collection, and the switch between light and dark.

    It tells the browser which collection this is, and when it has changed.
    """
    library = opening.library
    size = "In people’s own words"
    if library:
        people = count(len(library.speakers), "speaker")
        size = f"{count(len(library.interviews), 'interview')} · {people}"
    switch = element(
        "button",
        element("span"),
        type="button",
        data_theme=True,
        class_="theme",
        aria_label="Switch between light and dark",
    )
    title = element("h1", "who", element("em", "said"))
    add = element("button", "Add interviews", type="button", data_tab="Your interviews", class_="add")
    return element(
        "div",
        title,
        element("p", size, class_="size"),
        add,
        switch,
        class_="masthead",
        data_collection=identity(library) if library else None,
        data_version=opening.version,
    )


def notice(opening: Opening) -> Html:
    """The state of the collection in one strip; empty once all is well."""
    if opening.emptied:
        return element("div", element("p", NONE_LEFT), class_="notice", role="status")
    if opening.problem:
        return problem(opening.problem)
    if not opening.settled:
        return progress(opening.stage)
    return unread(opening.library.problems) if opening.library else Html()


def progress(stage: Stage) -> Html:
    """What is being done, with a bar that moves even when nobody can tell how much is left."""
    known = stage.total > 0 and stage.done > 0
    width = f"width:{100 * min(stage.done, stage.total) // stage.total}%" if known else None
    bar = element(
        "div",
        element("span", style=width),
        class_="bar" if known else "bar unknown",
        role="progressbar",
        aria_label=stage.doing,
        aria_valuemin=0,
        aria_valuemax=stage.total if known else None,
        aria_valuenow=stage.done if known else None,
    )
    return element("div", element("p", _being_done(stage)), bar, class_="notice working")


def problem(message: str) -> Html:
    """A message that needs something done before any question can be answered."""
    title = element("strong", "The interviews could not be opened. ")
    return element("div", element("p", title, message), class_="notice problem", role="alert")


def unread(problems: Sequence[ReadError]) -> Html:
    """The files that were left out, with the reason and the remedy of each; the others are served. Notes come along."""
    if not problems:
        return Html()
    served = "" if all(isinstance(problem, Warning) for problem in problems) else "; the others are here"
    summary = element("summary", f"{left_out(problems)}{served}.")
    items = [element("li", str(error)) for error in problems]
    return element("div", element("details", summary, element("ul", *items)), class_="notice")


def waiting(stage: Stage) -> Html:
    """The reply to a question that came too early."""
    text = "Your question waits until the interviews are ready, and is answered then."
    return together([element("p", text, class_="lead waits"), element("p", _being_done(stage), class_="silent")])


def _being_done(stage: Stage) -> str:
    return f"{stage.doing}: {stage.done} of {stage.total}" if stage.total else f"{stage.doing} …"

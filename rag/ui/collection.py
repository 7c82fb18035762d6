"""The panel "Your interviews": where files are added, and the list of those there are, to be read, corrected, removed.

What a form holds is understood in ``keeping``.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import RagError, ReadError
from rag.records import UNKNOWN_SPEAKER, Interview, Role
from rag.ui.imports import report
from rag.ui.markup import Html, element, together
from rag.ui.opening import Opening
from rag.ui.recordings import whole_recording
from rag.ui.shelf import Shelf
from rag.ui.uploads import LARGEST_ARCHIVE
from rag.wording import count, listed

if TYPE_CHECKING:
    from rag.library import Filed, Library, Report

LINES = {"title": "Title", "date": "Date", "link": "Link", "recording": "Recording"}
"""What can be corrected beside the speakers, and how it is called."""
HINTS = {"link": "https://…", "recording": "a link, or a file beside the interview"}
FEW = 6
"""Up to so many interviews are found by looking."""


def adding(opening: Opening) -> Html:
    """The place for files that are to be added; or why none can be."""
    if not opening.settled:
        return element("p", "Interviews can be added as soon as the collection is open.", class_="empty")
    path = opening.library.path if opening.library else None
    if path and path.is_file():
        alone = f"This collection is the single file {path.name}, to which none can be added."
        return element("p", f"{alone} Open the folder in which it lies, or another one, to add interviews.")
    return element("div", _drop_zone(), _sending(), class_="adding")


def _drop_zone() -> Html:
    from rag.library import LARGEST_FILE, SUFFIXES

    chooser = element(
        "input",
        type="file",
        multiple=True,
        accept=",".join((*SUFFIXES, ".zip", ".toml")),
        class_="unseen",
        aria_describedby="adding-hint",
        data_largest=LARGEST_FILE,
        data_largest_archive=LARGEST_ARCHIVE,
    )
    words = together([element("strong", "Choose interviews to add"), element("span", " or drop them here")])
    hint = (
        "Text, Word, PDF, web pages, captions, tables, JSON, or a .zip of them. They go to whosaid’s own machine alone."
    )
    return together(
        [element("label", chooser, words, class_="drop"), element("p", hint, class_="hint", id="adding-hint")]
    )


def _sending() -> Html:
    bar = element("div", element("span"), class_="bar", role="progressbar", aria_label="Sending the files")
    return element("div", element("p", "Sending the files"), bar, class_="notice sending", hidden=True)


def kept(shelf: Shelf, *, opened: str = "", details: Html | None = None) -> Html:
    """The list of all interviews; the ``opened`` one shows its details."""
    rows = [
        _row(number, interview, shelf, details if interview.source.name == opened else None)
        for number, interview in enumerate(shelf.interviews.values(), start=1)
    ]
    if not rows:
        return Html()
    heading = element("h2", count(len(rows), "interview"), class_="set-title")
    find = element("input", type="search", data_find=True, placeholder="Find by title, name or file")
    search = element("label", element("span", "Find an interview", class_="unseen"), find, class_="find")
    return element("div", heading, search if len(rows) > FEW else "", element("ul", *rows), class_="kept")


def _row(number: int, interview: Interview, shelf: Shelf, details: Html | None) -> Html:
    source, people = interview.source.name, interview.interviewees
    pairs = count(len(interview.pairs), "question")
    corrected = " · corrected" if interview.corrected else ""
    about = f"{listed(people)}, {pairs}{corrected}" if people else f"{pairs}{corrected}"
    place = f"kept-{number}"
    button = element(
        "button",
        shelf.disc(people[0] if people else "?"),
        element("span", shelf.title(source), class_="title"),
        element("span", about, class_="about"),
        type="button",
        data_act="close" if details is not None else "open",
        data_name=source,
        aria_expanded="true" if details is not None else "false",
        aria_controls=place,
        data_focus=details is not None,
    )
    within = details if details is not None else ""
    return element(
        "li",
        element("h3", button),
        element("div", within, id=place, class_="details", hidden=details is None),
        data_words=" ".join((shelf.title(source), source, *people)).casefold(),
    )


def details(library: "Library", name: str, shelf: Shelf, note: Html | None = None) -> Html:
    """What the list shows of the interview that is opened in it: all there is to know and to do, or what is wrong."""
    made = next(each for each in library.reports if each.source == name)
    try:
        return one_interview(library.filed(name), made, shelf, note)
    except RagError as error:
        return unreadable(name, str(error), broken_correction(library, name))


def one_interview(filed: "Filed", made: "Report", shelf: Shelf, note: Html | None = None) -> Html:
    """One interview in the list: what was recognised, and what can be done with it."""
    source = made.source
    read = element("button", "Read it", type="button", data_source=source, class_="plain")
    return together(
        [
            note or Html(),
            report(made),
            element("p", read, " ", whole_recording(source, shelf), class_="ways"),
            element("details", element("summary", "Correct"), *_forms(filed, source), open=True, class_="correct"),
            removing(source),
        ]
    )


def broken_correction(library: "Library", name: str) -> Path | None:
    """The file of an interview's correction, where that is broken as a whole: other interviews' are not given up."""
    try:
        filed = library.filed(name)
    except RagError as error:
        path = error.path if isinstance(error, ReadError) else Path()
        return path if path.suffix == ".toml" and path.is_file() else None
    try:
        _ = filed.interview
    except ReadError:
        return None if filed.sidecar.member else filed.sidecar.path
    return None


def unreadable(source: str, message: str, broken: Path | None = None) -> Html:
    """One interview that cannot be read any more: only to be removed, or its ``broken`` correction to be set aside."""
    aside = _setting_aside(source, broken) if broken else ""
    return together([told(message, wrong=True), aside, removing(source)])


def _setting_aside(source: str, path: Path) -> Html:
    button = element(
        "button", "Set the broken correction aside", type="button", data_act="set-aside", data_name=source,
        class_="plain",
    )  # fmt: skip
    file = element("span", path.name, class_="file")
    what = element("p", file, " gets another name, and the interview is as its file gives it.", class_="hint")
    return element("div", what, element("p", button, class_="ways"))


def told(message: str, *, wrong: bool = False) -> Html:
    """What came of a change."""
    kind = "told wrong" if wrong else "told"
    return element("p", message, class_=kind, role="alert" if wrong else None, data_tell=True)


def removing(source: str) -> Html:
    """The button that removes an interview, shown by another one."""
    really = element("button", "Remove it now", type="button", data_act="remove", data_name=source, class_="plain")
    folder = element("span", ".removed", class_="file")
    where = element("p", "Its file moves to the folder ", folder, " within this collection’s, and is not deleted.")
    return element("details", element("summary", "Remove …"), where, really, class_="removing")


def _forms(filed: "Filed", source: str) -> list[Html]:
    voices = speaking(filed)
    form = element(
        "form",
        element("fieldset", element("legend", "Who speaks"), *(_voice(*voice) for voice in voices)),
        element("p", "Two speakers who get one name become one.", class_="hint") if len(voices) > 1 else "",
        element("fieldset", element("legend", "The interview"), *_lines(filed.interview)),
        element("button", "Save", type="submit", value="correct", class_="plain strong"),
        data_name=source,
    )
    return [form, _pairing(voices, source)] if len(voices) > 1 else [form]


def speaking(filed: "Filed") -> list[tuple[str, str, Role]]:
    """Whom the forms tell apart: a key that the corrections understand, the name as it is now, and the role."""
    from rag.library import parts_of

    found: dict[str, tuple[str, str, Role]] = {}
    for voice, part in parts_of(filed.found, filed.correction).items():
        key = voice if part.name == UNKNOWN_SPEAKER else part.name
        found.setdefault(key, (key, part.name, part.role))
    return list(found.values())


def _voice(key: str, name: str, role: Role) -> Html:
    from rag.library import ROLES

    roles = [element("option", each, value=each, selected=each == role) for each in ROLES]
    shown = "" if name == UNKNOWN_SPEAKER else name
    return element(
        "div",
        _labelled("Name", f"name:{key}", shown, "not known", wide=False),
        element("label", element("span", "Role"), element("select", *roles, name_=f"role:{key}")),
        class_="voice",
    )


def _lines(interview: Interview) -> list[Html]:
    return [_labelled(label, key, getattr(interview, key), HINTS.get(key, "")) for key, label in LINES.items()]


def _labelled(label: str, name: str, value: str, hint: str = "", *, wide: bool = True) -> Html:
    box = element(
        "input", type="text", name_=name, value=value, placeholder=hint or None, maxlength=300, autocomplete="off"
    )
    return element("label", element("span", label), box, class_="wide" if wide else None)


def _pairing(voices: Sequence[tuple[str, str, Role]], source: str) -> Html:
    def chooser(label: str, name: str, chosen: int) -> Html:
        options = [
            element("option", key, value=key, selected=number == chosen) for number, (key, _, _) in enumerate(voices)
        ]
        return element("label", element("span", label), element("select", *options, name_=name))

    first, second = chooser("This speaker", "one", 0), chooser("and this one", "other", 1)
    merge = element("button", "are one: use the second name", type="submit", value="merge", class_="plain")
    swap = element("button", "were exchanged: swap their names", type="submit", value="swap", class_="plain")
    return element(
        "form",
        element("fieldset", element("legend", "Two speakers"), element("div", first, second, class_="voice")),
        element("div", merge, swap, class_="ways"),
        data_name=source,
    )

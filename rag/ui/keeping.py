"""What the forms of "Your interviews" ask for, as calls of the library: add, correct, merge, swap, remove.

A correction that is broken is set aside here, too.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from rag import reports
from rag.errors import ChangeError, ReadError
from rag.records import UNKNOWN_SPEAKER
from rag.ui.collection import LINES, broken_correction, speaking
from rag.ui.imports import imported
from rag.ui.markup import Html
from rag.ui.opening import Opening
from rag.ui.uploads import UploadError, Uploads, largest, too_large

if TYPE_CHECKING:
    from rag.library import Correction, Filed, Library, Progress

LEFT_OUT_SHOWN = 100
NOT_SENT = ("it could not be sent", "If it is a folder, pack it as .zip; else give it a shorter name and try again.")
SAVED = "Saved. Answers use it from now on."


@dataclass(frozen=True)
class Sent:
    """What the browser says it has sent: the key of the batch, and the names of files that did not come along.

    ``left`` were too large, and with those that ``failed`` something else was wrong.
    """

    key: str
    left: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()

    def problems(self, refused: Mapping[str, UploadError]) -> tuple[ReadError, ...]:
        """Why files did not come along; those that were refused have their own reasons."""
        large = [ReadError(name, *too_large(largest(name))) for name in self.left[:LEFT_OUT_SHOWN]]
        failed = [
            ReadError(name, refused[name].reason, refused[name].remedy)
            if name in refused
            else ReadError(name, *NOT_SENT)
            for name in self.failed[:LEFT_OUT_SHOWN]
        ]
        return (*large, *failed)


def add(opening: Opening, uploads: Uploads, sent: Sent, progress: "Progress") -> Html:
    """Add a batch of files; returns what came of it.

    Raises:
        RagError: as `Library.add` does.
    """
    from rag.library import Added

    with uploads.taking(sent.key) as batch:
        before = _corrections_of_no_use(opening.library)
        added = opening.add(batch.interviews, progress) if batch.interviews else Added()
        added = replace(added, problems=(*sent.problems(batch.refused), *added.problems))
        made = {each.source: each for each in opening.library.reports} if opening.library and added.added else {}
        now = _corrections_of_no_use(opening.library)
        return imported(added, made, batch.named, [error for told, error in now.items() if told not in before])


def _corrections_of_no_use(library: "Library | None") -> dict[str, ReadError]:
    """The broken sidecars of a collection by what is told of them, each under its name within the collection."""
    found = [each for each in library.problems if each.path.suffix == ".toml"] if library else []
    home = library.path if library else Path()
    return {
        str(error): ReadError(
            error.path.relative_to(home) if error.path.is_relative_to(home) else error.path.name,
            error.reason,
            error.remedy,
        )
        for error in found
    }


def correct(opening: Opening, name: str, act: str, typed: Mapping[str, str], progress: "Progress") -> str:
    """Make the correction that a form asks for; returns what to tell.

    Raises:
        RagError: as `Library.correct` does.
        ValueError: what was typed is no name, title or the like.
    """

    def make(library: "Library") -> "Library":
        filed = library.filed(name)
        correction = paired(filed, act, typed) if act in ("merge", "swap") else corrected(filed, typed)
        if correction == filed.correction:
            raise ValueError("Nothing is changed.")
        return library.correct(name, correction, progress=progress)

    opening.change(make)
    return SAVED


def remove(opening: Opening, name: str, progress: "Progress") -> str:
    """Remove an interview; returns what to tell. Errors as for `Library.remove`."""
    folder = opening.library.path if opening.library else None
    opening.change(lambda library: library.remove(name, progress=progress))
    left = len(opening.library.interviews) if opening.library else 0
    return reports.removed(name, left, folder) if folder else ""


def set_aside(opening: Opening, name: str, progress: "Progress") -> str:
    """Rename the broken correction of an interview, so that it is read without one; returns what to tell.

    Raises:
        RagError: as `Library.open` does.
        ChangeError: there is none that is broken, or it cannot be renamed.
    """
    places: list[Path] = []

    def make(library: "Library") -> "Library":
        from rag.library import Library

        broken = broken_correction(library, name)
        if broken is None:
            raise ChangeError(name, "its correction is not broken", "Open it again.")
        places.extend((broken, _renamed(broken)))
        return Library.open(library.path, index=library.index_path, embedder=library.embedder, progress=progress)

    opening.change(make)
    before, now = places
    return f"{before.name} is called {now.name} now, and not used any more."


def _renamed(path: Path) -> Path:
    """Give a sidecar the first free name that is no sidecar's; its ending stays, so that it is not read as a text."""
    names = (f"{path.stem}.broken{f'-{number}' if number > 1 else ''}.toml" for number in count(1))
    aside = next(free for free in map(path.with_name, names) if not free.exists())
    try:
        return path.rename(aside)
    except OSError as error:
        remedy = "Give its folder write permission."
        raise ChangeError(path, f"it cannot be renamed ({error.strerror})", remedy) from error


def paired(filed: "Filed", act: str, typed: Mapping[str, str]) -> "Correction":
    """The correction with two speakers merged, or their names swapped.

    Raises:
        UnknownNameError: one of them is nobody's name.
        ValueError: both are the same.
    """
    from rag.library import merge, swap

    one, other = typed.get("one", ""), typed.get("other", "")
    if one == other:
        raise ValueError("Choose two different speakers.")
    if act == "swap":
        return swap(filed.correction, filed.found, one, other)
    return merge(filed.correction, filed.found, (one, other))


def corrected(filed: "Filed", typed: Mapping[str, str]) -> "Correction":
    """The correction with all that was changed in the form; what was emptied is again as the file gives it.

    Raises:
        ValueError: what was typed is no name, title or the like, or names depend on one another.
    """
    from rag.library import rename, set_role

    correction = _with_lines(filed, typed)
    new = _new_names(filed, typed)
    for key, name, role in speaking(filed):
        if key in new:
            correction = rename(correction, filed.found, key, new[key])
        wanted = typed.get(f"role:{key}", role)
        if wanted != role:
            called = new.get(key, key if name == UNKNOWN_SPEAKER else name)
            correction = set_role(correction, filed.found, called, wanted)  # type: ignore[arg-type] # it checks
    return correction


def _new_names(filed: "Filed", typed: Mapping[str, str]) -> dict[str, str]:
    """The names that were changed, by the keys of those who bear them; an emptied name is left as it is."""
    new: dict[str, str] = {}
    for key, name, _ in speaking(filed):
        shown = "" if name == UNKNOWN_SPEAKER else name
        if (wanted := typed.get(f"name:{key}", shown).strip()) and wanted != shown:
            new[key] = wanted
    taken = {key.casefold() for key in new}
    if both := next((name for key, name in new.items() if name.casefold() in taken - {key.casefold()}), None):
        raise ValueError(
            f"“{both}” is given to one speaker and taken from another: change one name at a time, or swap."
        )
    return new


def _with_lines(filed: "Filed", typed: Mapping[str, str]) -> "Correction":
    def line(name: str) -> str:
        now = getattr(filed.interview, name)
        wanted = typed.get(name, now).strip()
        if wanted == now:
            return str(getattr(filed.correction, name))
        return "" if wanted == getattr(filed.found, name) else wanted

    title, date, link, recording = map(line, LINES)
    return replace(filed.correction, title=title, date=date, link=link, recording=recording)

"""What can go wrong, told so that the person at the keyboard can go on.

Every error says what was expected, what was found and what to do; it carries the data for that as attributes.
"""

from collections.abc import Sequence
from difflib import get_close_matches
from pathlib import Path

MOST_NAMES = 10
"""Names that an error lists; of more, those most like the one that was asked for."""


class RagError(Exception):
    """The base of every error that whosaid raises on purpose."""


class ReadError(RagError):
    """One file that cannot be read as an interview; the others are not affected."""

    def __init__(self, path: Path | str, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: {reason}. {remedy}")
        self.path, self.reason, self.remedy = Path(path), reason, remedy


class EmptyCollectionError(RagError):
    """No interview where some were expected: the folder is missing, empty, or nothing in it can be read."""

    def __init__(self, path: Path | str, reason: str, remedy: str, problems: Sequence[ReadError] = ()) -> None:
        details = "".join(f"\n  {problem}" for problem in problems)
        super().__init__(f"{path}: {reason}. {remedy}{details}")
        self.path, self.reason, self.remedy, self.problems = Path(path), reason, remedy, tuple(problems)


class ChangeError(RagError):
    """A change to a collection that cannot be made; nothing was changed."""

    def __init__(self, path: Path | str, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: {reason}. {remedy}")
        self.path, self.reason, self.remedy = Path(path), reason, remedy


class UnknownNameError(RagError):
    """A filter that names a speaker or an interview which this collection does not hold."""

    def __init__(self, what: str, asked: str, known: Sequence[str]) -> None:
        shown = known if len(known) <= MOST_NAMES else get_close_matches(asked, known, MOST_NAMES, 0)
        listing = ", ".join(shown) if known else "none"
        there = "There are" if len(shown) == len(known) else f"There are {len(known):,}, the nearest to it"
        super().__init__(f"No {what} is called {asked!r}. {there}: {listing}.")
        self.what, self.asked, self.known = what, asked, tuple(known)


class IndexFileError(RagError):
    """The base of what can be wrong with an index on disk."""

    def __init__(self, path: Path | str, reason: str, remedy: str) -> None:
        super().__init__(f"{path}: {reason}. {remedy}")
        self.path, self.reason, self.remedy = Path(path), reason, remedy


class DamagedIndexError(IndexFileError):
    """A file of the index is missing or its content is not what the manifest promises."""


class ForeignIndexError(IndexFileError):
    """The index is whole, but made by another format version, model or collection."""


class ModelError(RagError):
    """The embedding model cannot be found, or its weights are not the published ones."""

    def __init__(self, model: str, reason: str, remedy: str) -> None:
        super().__init__(f"{model}: {reason}. {remedy}")
        self.model, self.reason, self.remedy = model, reason, remedy

"""The one name and password that let people in where the page can be reached from other machines."""

import hmac
import os
import stat
import unicodedata
from dataclasses import dataclass, field
from getpass import getpass
from pathlib import Path

from rag.errors import ReadError

SHORTEST_PASSWORD = 10
HOW = "Write a name on its first line and a password on its second."


@dataclass(frozen=True)
class Login:
    """Who is let in; the password is never shown."""

    name: str
    password: str = field(repr=False)

    def __post_init__(self) -> None:
        if not self.name:
            raise ValueError("the name is empty")
        if len(self.password) < SHORTEST_PASSWORD:
            raise ValueError(f"the password has fewer than {SHORTEST_PASSWORD} characters")

    def admits(self, name: str, password: str) -> bool:
        """Whether these are the ones; it takes as long where they nearly are (see `hmac.compare_digest`)."""
        named, known = _same(name.strip(), self.name), _same(password, self.password)
        return named & known


def read_login(path: Path) -> Login:
    """The login that a file holds, which nobody else may read.

    Raises:
        ReadError: it cannot be read, others can read it, or it holds no login.
    """
    try:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise ReadError(
                path, "others on this machine may read this login", f"Keep it to yourself: chmod 600 {path}"
            )
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeError) as error:
        raise ReadError(path, f"the login cannot be read ({error})", HOW) from error
    if len(lines) != 2:
        raise ReadError(path, f"a login has two lines, and here are {len(lines)}", HOW)
    return _made(path, lines[0], lines[1], HOW)


def ask_for_login() -> Login:
    """The login that somebody makes up at the terminal; the password is typed twice, and not shown.

    Raises:
        ReadError: it will not do.
    """
    try:
        name = input("A name for those who may see the page: ")
        password = getpass("A password for them (it is not shown): ")
        again = getpass("The same password again: ")
    except EOFError as error:
        raise ReadError("login", "nothing was typed", "Start again.") from error
    if again != password:
        raise ReadError("password", "the two are not the same", "Start again.")
    return _made("login", name, password, "Start again.")


def _made(where: Path | str, name: str, password: str, remedy: str) -> Login:
    try:
        return Login(name.strip(), password)
    except ValueError as error:
        raise ReadError(where, str(error), remedy) from error


def _same(given: str, kept: str) -> bool:
    """Whether two texts are the same, however a keyboard composes their accents."""
    return hmac.compare_digest(*(unicodedata.normalize("NFC", text).encode(errors="replace") for text in (given, kept)))

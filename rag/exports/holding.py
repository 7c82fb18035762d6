"""What the formats of documents have in common: which characters they cannot hold, and where a line ends."""

import re

from rag.exports.entries import Entry

_LINE_BREAK = re.compile(r"\r\n?")


def lines(text: str) -> list[str]:
    """The text line by line, of whichever kind its line breaks are."""
    return _LINE_BREAK.sub("\n", text).split("\n")


def in_one_line(text: str) -> str:
    """A name or a title in one line."""
    return " ".join(text.split())


def told_lost(entry: Entry, unheld: "re.Pattern[str]", what: str) -> str:
    """A sentence about characters that this kind of document cannot hold; empty where there is none of them."""
    texts = (entry.words, entry.speaker, entry.title, entry.file, entry.question, entry.kept.note)
    if not any(map(unheld.search, texts)):
        return ""
    return f"A control character that {what} cannot hold is shown as \N{REPLACEMENT CHARACTER}."


def printable(text: str, unheld: "re.Pattern[str]") -> str:
    """The text with a sign in the place of each character that this kind of document cannot hold."""
    return unheld.sub("\N{REPLACEMENT CHARACTER}", text)

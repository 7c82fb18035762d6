"""Quotes as Markdown (CommonMark 0.31): block quotes, each with its attribution.

Whatever stands for something in Markdown is escaped, so that a reader of Markdown shows the characters of the source;
line breaks stay where they are, of whichever kind they were. A program that is set to curl straight quotation marks
will still do so.
"""

import re
from collections.abc import Sequence

from rag.exports.entries import GONE, Entry
from rag.exports.holding import in_one_line, lines, printable, told_lost

_UNHELD = re.compile("\0")
"""What Markdown cannot hold, not even as a reference (CommonMark 2.3)."""
_SPECIAL = re.compile(
    r"(?P<space>\A +| +\Z|[^\S \x0b\x1c-\x1f\x85])"
    r"|(?P<number>\A[0-9]{1,9}(?=[.)]))"
    r"|(?P<sign>[\\`*_\[\]<>~$|{}^#=]|&(?=[#\w])|%(?=%)|\A[-+:])"
)
"""Spaces that would be taken away; what would begin a list; signs that stand for something, also in usual extensions.

The few spaces left out are those that no reference can stand for.
"""
_PARAGRAPH = re.compile(r"(?<=[^\n])\n\n(?=[^\n])")


def write_markdown(entries: Sequence[Entry]) -> bytes:
    """The quotes, one after the other, as UTF-8."""
    return ("\n\n".join(["# Quotes", *map(_entry, entries)]) + "\n").encode()


def _entry(entry: Entry) -> str:
    quoted = f"{in_paragraphs(entry.words)}\n\n{_attribution(entry)}"
    lost = told_lost(entry, _UNHELD, "Markdown")
    parts = [
        f"## {entry.number}",
        "" if entry.quote else f"**{GONE}**",
        block_quote(quoted),
        f"Asked: {in_paragraphs(entry.question)}" if entry.question else "",
        f"Note: {in_paragraphs(entry.kept.note)}" if entry.kept.note else "",
        lost,
    ]
    return "\n\n".join(filter(None, parts))


def _attribution(entry: Entry) -> str:
    """Who says it and where; names stand at the ends of lines, so that marks of direction in them reach no further."""
    by = "printed with the interview" if entry.printed else f"**{in_a_line(entry.speaker)}**"
    link = f"[Open on this machine](<{entry.link}>)" if entry.link else ""
    told = (
        f"— {'Interviewer: ' if entry.asks else ''}{by}",
        in_a_line(entry.title),
        in_a_line(entry.file),
        in_a_line(entry.where),
        link,
    )
    return "\\\n".join(filter(None, told))


def block_quote(markdown: str) -> str:
    """Markdown set as a quotation."""
    return "\n".join(f"> {line}".rstrip(" ") for line in markdown.split("\n"))


def in_a_line(text: str) -> str:
    """A name or a title, so that Markdown shows its characters."""
    return _escaped(in_one_line(printable(text, _UNHELD)))


def in_paragraphs(text: str) -> str:
    """The text of one or more paragraphs; an empty line between two others parts them, other breaks are hard ones."""
    whole = "\n".join(lines(printable(text, _UNHELD)))
    inner = whole.rstrip("\n")
    paragraphs = ("\\\n".join(map(_escaped, part.split("\n"))) for part in _PARAGRAPH.split(inner))
    return "\n\n".join(paragraphs) + "&#10;" * (len(whole) - len(inner))


def _escaped(line: str) -> str:
    return _SPECIAL.sub(_escape, line)


def _escape(match: "re.Match[str]") -> str:
    if match["space"]:
        return "".join(f"&#{ord(character)};" for character in match["space"])
    return f"{match['number']}\\" if match["number"] else f"\\{match['sign']}"

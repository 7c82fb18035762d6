"""Speakers' labels: what could be one, in each of the ways in which transcripts set them.

Not every ``Word:`` at the start of a line is a label. This room finds candidates and how they are set (their
*family*); which of them stand for speakers is decided in ``casting``, from how often and how evenly they recur.
"""

import re
from collections.abc import Sequence
from operator import attrgetter
from typing import Literal, NamedTuple

from rag.furniture import STAMP, Furniture
from rag.records import UNKNOWN_SPEAKER, Mark, Span

Family = Literal["stated", "colon", "own line", "heading", "alone", "bracket", "dash", "tab", "point", "bare", "loose"]

_LEAD = re.compile(
    r"[ \t\u00a0\u3000\ufeff]*(?:(?:>{1,3}|(?:&gt;){1,3}|[-•–—+])[ \t]{0,3}(?=\S))?(?:#{1,6}[ \t]+)?"
    r"(?:\d{1,4}[.)][ \t]+(?=[^\W\d_*]|\*)|\d{1,2}(?=\*\*)|Q\d{1,4}[.:]?[ \t]{1,3}(?=[A-Z])|\d{1,3}[ \t]{2,}(?=\S))?"
)
_STAMPED = re.compile(rf"(?:{STAMP}|\[\d[^\]\r\n]{{2,30}}\])[ \t]*(?:[-–—|:,/][ \t]*)?(?:\*\*[ \t]+)?")
_OPEN = re.compile(r"\*{1,3}|__?|<(?!/)[a-zA-Z][^<>\r\n]{0,120}>[ \t]*")
_NAME = re.compile(r"[^\W_][^\r\n:：*\[\](){}<>|?!\t;\"“”„«»﹕]{0,59}|[^\W_]")
_LATE_STAMP = re.compile(r"[ \t,–—-]+\d{1,3}\Z")
_NOTE = re.compile(
    r"[ \t]*(?:\((?P<round>[^()\r\n]{1,60})\)|\[(?P<square>[^\[\]\r\n]{1,60})\]|[\"“](?P<nick>[^\"”\r\n]{1,20})[\"”]"
    r"(?P<more>[ \t]+[^\W\d_][\w .’'-]{0,40})?)"
)
_CLOSE = re.compile(r"[ \t]*(?:\*{1,3}|__|</[a-zA-Z0-9]{1,10}>)")
_BETWEEN = re.compile(rf"[ \t]*(?:[-–—|,@/·][ \t]*)?({STAMP})[ \t]*")
_COLON = re.compile(r"[ \t\u00a0]*(?::{1,2}|：|﹕|;:)")
_AFTER = re.compile(
    rf"(?:[ \t]*(?:\*{{1,3}}|__|</[a-zA-Z0-9]{{1,10}}>)){{0,4}}(?:[ \t]*[:：])?"
    rf"(?:[ \t]*\(?{STAMP}\)?(?=[ \t]|[\r\n]|\Z))?[ \t\u00a0:]*"
)
_CHAT = re.compile(
    rf"(?:{STAMP}[ \t]+)?From[ ]+(?P<name>[^\r\n:()]{{1,60}}?)(?:[ ]\([^()\r\n]{{1,40}}\))?"
    r"[ ]+[Tt]o[ ]+[^\r\n:]{1,60}:[ \t]*"
)
_QUICK = re.compile(
    r"(?P<open>\*\*|__|)(?P<name>[^\W\d_][^\r\n:：*_\[\](){}<>|?!\t;\"“”,\d]{0,59}?)"
    r"(?:(?P<inner>:(?P=open))|(?P=open):)[ \t]+"
    r"(?=[^\W\d_]|[\"“'‘’$¿¡—…-])"
)
_BRACKET = re.compile(
    rf"(?:{STAMP}[ \t]*)?(?:\[(?P<a>[^\W\d_][^\[\]\r\n]{{0,40}})\]|<(?P<b>[^\W\d_][^<>\r\n/=]{{0,40}})>)[ \t]*:?[ \t]*"
)
_DASH = re.compile(
    r"[*_]{0,3}(?P<name>[^\W\d_][^\r\n:*_\[\](){}<>|?!\t;\"“”,–—]{0,40}?)[*_]{0,3}"
    r"(?:[ \t]*--+|[ \t]*[—–―]|[ \t]-)[ \t]*(?=\S)"
)
_TAB = re.compile(
    rf"(?:{STAMP}[ ]*\t[ ]*)?"
    r"(?P<name>[^\W_][^\r\n:*\[\](){}<>|?!\t;\"“”]{0,40}?)[:.]?(?:[ ]?\t[ \t]*|[ ]{3,})(?=\S)"
)
_POINT = re.compile(
    r"[ \t]*(?:\d{1,3}[ \t]{2,})?(?:\*\*|__)?(?P<name>[A-Z]{1,3}\d{0,2}|\d{0,2}[QA])[.)\]–-](?:\*\*|__)?[ \t]+(?=\S)"
)
_OPENS = frozenset("[<(0123456789")
_POINTED = re.compile(r"[\d*_ \t]{0,20}[A-Z\d]{1,5}[.)\]–-]")
_CLOCK, _CLOSING_SIGN = re.compile(r"\d:\d\d"), re.compile(r"\*|__|</")
_MOST_PARTS = 6
_LONGEST_LINE = 110
"""Characters of a line that is nothing but a label."""
_LONGEST_NAME = 40
_LONGEST_BOLD = 3000
_HEAD = 140
"""Characters of a line in which a label is looked for."""


class Candidate(NamedTuple):
    """Something like a label. ``start`` is where its line begins, ``words`` where what is said begins.

    ``note`` is what stands beside the name in brackets. Where the words are bold together with the label, they end at
    ``closes``: what follows without a label is said by somebody else.
    """

    label: str
    family: Family
    start: int
    words: int
    bold: bool = False
    stamped: bool = False
    closes: int = 0
    note: str = ""


def find_candidates(
    text: str, lines: Sequence[Span], furniture: Sequence[Furniture], marks: Sequence[Mark]
) -> list[Candidate]:
    """Every candidate of every family, in the order of the text."""
    stated = [mark.span for mark in marks if mark.kind == "label"]
    bold = {mark.span.start for mark in marks if mark.kind == "bold"}
    found = [Candidate(span.of(text).strip(" :\t"), "stated", span.start, _after(text, span.end)) for span in stated]
    found += [
        Candidate(UNKNOWN_SPEAKER, "stated", mark.span.start, mark.span.start)
        for mark in marks
        if mark.kind == "nobody"
    ]
    skipped = {piece.span.start for piece in furniture if not piece.heading}
    blocks = [piece.span for piece in furniture if "\n" in piece.span.of(text)]
    stamps = {piece.span.start for piece in furniture if piece.stamp}
    waiting = iter(blocks)
    block = next(waiting, None)
    for number, line in enumerate(lines):
        while block and block.end <= line.start:
            block = next(waiting, None)
        if line.start in skipped or (block and block.start <= line.start < block.end):
            continue
        found.extend(_of_line(text, lines, number, stamps, bold))
    return sorted(found, key=attrgetter("start"))


def _of_line(text: str, lines: Sequence[Span], number: int, stamps: set[int], bold: set[int]) -> list[Candidate]:
    line = lines[number]
    start = line.start
    head = text[start : min(line.end, start + _HEAD)]
    found: list[Candidate] = []
    if "From " in head and (chat := _CHAT.match(text, start, line.end)):
        return [Candidate(chat["name"], "colon", start, chat.end(), stamped=True)]
    quick = _QUICK.match(text, start, line.end) if ":" in head else None
    if quick and (not quick["open"] or quick["inner"]):
        is_bold = bool(quick["open"]) or start in bold
        found.append(Candidate(quick["name"].strip(), "colon", start, quick.end(), is_bold))
    elif ":" in head or line.end - start <= _LONGEST_LINE or head[0] in "[(*_" or "：" in head:
        scanned = _Scan(text, line, bold).candidate()
        found += [_beside_stamp(text, scanned, lines, number, stamps)] if scanned else []
    if head[0] in _OPENS:
        found += _matched(_BRACKET, "bracket", text, line)
    if "-" in head or "—" in head or "–" in head or "―" in head:
        found += _matched(_DASH, "dash", text, line)
    if "\t" in head or "   " in head:
        found += _matched(_TAB, "tab", text, line)
    if _POINTED.match(head):
        found += _matched(_POINT, "point", text, line)
    return found


def _matched(pattern: re.Pattern[str], family: Family, text: str, line: Span) -> list[Candidate]:
    match = pattern.match(text, line.start, line.end)
    if not match:
        return []
    name = next(group for group in match.groups() if group)
    return [Candidate(name.strip(), family, line.start, match.end())]


class _Scan:
    """Reads one line from left to right: stamps and marks, a name, notes, stamps and marks again, a colon."""

    def __init__(self, text: str, line: Span, bold: set[int]) -> None:
        self.text, self.line, self.at = text, line, line.start
        lead = self._take(_LEAD)
        self.heading = lead is not None and "#" in lead.group()
        self.bold = line.start in bold or self.at in bold
        self.stamped, self.opened, self.closed = False, "", False
        self.notes: list[str] = []
        self._open()
        self.bold = self.bold or self.at in bold or bool(self.opened)
        self.name = self._name()

    def candidate(self) -> Candidate | None:
        """The label; none where the line begins with something else."""
        if not self.name:
            return None
        self._beside()
        colon = self._take(_COLON)
        return self._with_colon(colon) if colon else self._without_colon()

    def _take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self.text, self.at, self.line.end)
        if match:
            self.at = match.end()
        return match

    def _open(self) -> None:
        for _ in range(_MOST_PARTS):
            if self._take(_STAMPED):
                self.stamped = True
            elif match := self._take(_OPEN):
                self.opened += match.group().strip()
            else:
                return

    def _name(self) -> str:
        self.name_start = self.at
        match = self._take(_NAME)
        if not match:
            return ""
        name = match.group()
        if self.text.startswith(":", self.at) and (late := _LATE_STAMP.search(name)):
            name = self._without_stamp(name, late.start())
        self.closed = name.endswith("__") and self.opened.startswith("__")
        return name.rstrip(" \t_,–—-") if not name.endswith("...") else name

    def _without_stamp(self, name: str, at: int) -> str:
        """The name before a bare time stamp, of which the first colon was taken for the label's."""
        stamp = _BETWEEN.match(self.text, self.name_start + at, self.line.end)
        if not stamp:
            return name
        self.at, self.stamped = stamp.end(), True
        return name[:at]

    def _beside(self) -> None:
        """Notes, stamps and closing marks between the name and the colon."""
        for _ in range(_MOST_PARTS):
            if self._take(_BETWEEN):
                self.stamped = True
            elif match := self._take(_NOTE):
                if match["nick"] or self._attached(match):
                    self.name = self.text[self.name_start : match.end()].rstrip()
                else:
                    self.notes.append(match["round"] or match["square"])
            elif self._take(_CLOSE):
                self.closed = True
            else:
                return

    def _attached(self, note: re.Match[str]) -> bool:
        """Whether brackets are a part of a handle, such as "zz(top):"."""
        spaced = " " in self.text[note.start() - 1 : note.start() + 1]
        return bool(note["round"]) and not spaced and self.text.startswith(":", note.end())

    def _with_colon(self, colon: re.Match[str]) -> Candidate | None:
        if "," in self.name:
            self.name, _, role = self.name.partition(",")
            self.notes.append(role.strip())
        if self.heading and not self.bold and self.text[self.at : self.line.end].strip():
            return None
        after = self._take(_AFTER)
        between = after.group() if after else ""
        self.stamped = self.stamped or bool(_CLOCK.search(between))
        closes = 0
        if self.opened and not self.closed and not _CLOSING_SIGN.search(between):
            closes = _closing(self.text, self.at, self.opened)
            if not closes and not self.opened.startswith("<"):
                return None
        if self._runs_on(colon):
            first = self.text[self.at]
            named = first.isupper() and len(self.name) > 2 and " " in self.name
            return self._made("colon" if named else "loose") if first.isalpha() else None
        return self._made("colon", closes)

    def _runs_on(self, colon: re.Match[str]) -> bool:
        """Whether words follow a plain colon at once, as in "MF:The way", or in an address."""
        plain = not self.bold and not self.stamped and not colon.group().endswith("：")
        return plain and self.at == colon.end() < self.line.end

    def _without_colon(self) -> Candidate | None:
        if self.text[self.at : self.line.end].strip(" \t*_-–—|\\"):
            loose = self.closed and self.opened.startswith(("**", "__", "<b", "<strong", "<cite"))
            return self._made("loose") if loose else None
        self.at = self.line.end
        return self._made(
            "own line" if self.stamped else "heading" if self.heading else "alone" if self.bold else "bare"
        )

    def _made(self, family: Family, closes: int = 0) -> Candidate:
        note = "; ".join(self.notes)
        return Candidate(self.name, family, self.line.start, self.at, self.bold, self.stamped, closes, note)


def _is_named(text: str, lines: Sequence[Span], number: int) -> bool:
    """Whether a lone stamp belongs to a name right above it, after a blank line."""
    if number == 0:
        return False
    above = lines[number - 1]
    breaks = text[above.end : lines[number].start].replace("\r\n", "\n").strip(" \t")
    opens = number == 1 or text[lines[number - 2].end : above.start].count("\n") > 1
    return len(above) <= _LONGEST_NAME and len(breaks) == 1 and opens and bool(_NAME.fullmatch(above.of(text)))


def _beside_stamp(text: str, found: Candidate, lines: Sequence[Span], number: int, stamps: set[int]) -> Candidate:
    """A name on its own line with a lone time stamp on the line before or after it is an own-line label."""
    if found.family not in ("bare", "alone", "heading"):
        return found
    after = number + 1 < len(lines) and lines[number + 1].start in stamps
    before = number > 0 and lines[number - 1].start in stamps and not _is_named(text, lines, number - 1)
    if not after and not before:
        return found
    words = lines[number + 1].end if after else found.words
    start = found.start if after or not before else lines[number - 1].start
    return Candidate(found.label, "own line", start, words, found.bold, True, 0, found.note)


def _closing(text: str, at: int, opened: str) -> int:
    """Where the mark that was opened before a label closes, within its paragraph; 0 where it does not."""
    sign = re.match(r"\*{1,3}|__?|<", opened)
    closing = re.compile(r"</[a-zA-Z0-9]{1,10}>" if opened[0] == "<" else re.escape(sign.group() if sign else opened))
    blank = re.search(r"\r?\n[ \t]*\r?\n", text[at : at + _LONGEST_BOLD])
    found = closing.search(text, at, at + (blank.start() if blank else _LONGEST_BOLD))
    return found.start() if found else 0


def _after(text: str, at: int) -> int:
    match = _AFTER.match(text, at)
    return match.end() if match else at

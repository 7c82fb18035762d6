"""Damaged labels of known speakers: without a colon, with a semicolon for one, or in the middle of a line."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from rag.casting import Cue
from rag.furniture import STAMP
from rag.names import simple

_BEGINS = frozenset(
    "i i'm i've i'd i'll well yes no so and but the it it's we you they that that's yeah oh what how why when "
    "do did does is are can could would tell right okay ok exactly thank thanks my in on at there this um er "
    "sure not if he she because absolutely hi hello hey welcome let's let hmm mm nope yep".split()
)
_MARKS = ("", "**", "__")
_TAIL = re.compile(
    rf"(?P<close>\*\*|__)?(?!\w)[ \t]*(?P<stamp>{STAMP})?[ \t]*(?P<junk>[;,.]|-{{1,2}}|[–—])?"
    rf"(?:[ \t]+(?=(?P<next>\S{{1,30}}))|[ \t]*(?=[\r\n]))"
)
_COLON = {
    "": re.compile(r":[ \t]+(?=\S)"),
    "**": re.compile(r"(?::\*\*|\*\*:)[ \t]+(?=\S)"),
    "__": re.compile(r"(?::__|__:)[ \t]+(?=\S)"),
}
_FIRST_WORD = re.compile(r"[\w’']+")
_SENTENCE_ENDS = frozenset('.?!…"”’)]*_—-')
_MOST = 200
_SAMPLE = 50
"""Cues, about, which tell how most labels are set."""
_NO_COLON = "no colon"
_BLANK_BEFORE = re.compile(r"\n[ \t\r]*\n[ \t]*\Z|\r[ \t]*\r[ \t]*\Z")
_FEWEST = 3
"""A form is only looked for without its colon where it stands with one this often."""


def find_damaged(text: str, cues: Sequence[Cue]) -> list[Cue]:
    """Further cues, in any order: places where a known label stands damaged, between turns of others."""
    counts = Counter(cue.label for cue in cues)
    forms = [label for label, count in counts.items() if label and (count >= _FEWEST or " " in label)]
    if not forms or len(forms) > _MOST:
        return []
    sample = cues[:: 1 + len(cues) // _SAMPLE]
    blank = sum(bool(_BLANK_BEFORE.search(text, max(0, cue.start - 6), cue.start)) for cue in sample)
    usual = blank > 0.5 * len(sample)
    return _new([*_without_colon(text, forms, cues, usual=usual), *_within_line(text, forms)], cues)


def _new(found: Sequence[Cue], cues: Sequence[Cue]) -> list[Cue]:
    """Those at which somebody else is speaking; where not even a colon stands, somebody else must speak next, too."""
    starts = [cue.start for cue in cues]
    kept: list[Cue] = []
    for cue in sorted(found, key=lambda each: each.start):
        at = bisect_right(starts, cue.start)
        if at == 0 or cue.start < cues[at - 1].words:
            continue
        before = kept[-1] if kept and kept[-1].start > cues[at - 1].start else cues[at - 1]
        after = cues[at].label if at < len(cues) else ""
        if cue.start < before.words or simple(cue.label) == simple(before.label):
            continue
        if cue.note == _NO_COLON and simple(cue.label) == simple(after):
            continue
        kept.append(cue._replace(note=""))
    return kept


def _without_colon(text: str, forms: Collection[str], cues: Sequence[Cue], *, usual: bool) -> Iterator[Cue]:
    """Lines that begin with a known form and go on like speech; ``usual``: labels stand after an empty line."""
    marks = [mark for mark in _MARKS if mark in text]
    signs = {"**": "**", "__": "__"}
    whole = Counter((signs.get(text[cue.start : cue.start + 2], ""), cue.label) for cue in cues if cue.start)
    for form in forms:
        for mark in marks if len(form) > 1 else ():
            if text.count(f"\n{mark}{form}") <= whole[mark, form]:
                continue
            for at in _occurrences(text, f"\n{mark}{form}"):
                end = at + 1 + len(mark) + len(form)
                if text[end : end + 1] == ":":
                    continue
                match = _TAIL.match(text, end)
                if match and _goes_on(text, form, at, match, usual=usual):
                    yield Cue(form, at + 1, match.end(), note=_NO_COLON)


def _goes_on(text: str, form: str, at: int, tail: re.Match[str], *, usual: bool) -> bool:
    """Whether what follows a form without its colon reads like the beginning of speech."""
    following, junk = tail["next"] or "", tail["junk"]
    marked = bool(tail["close"] or tail["stamp"])
    initials = form.isupper() and junk == "."
    if not following or (junk and junk != ";" and not marked and not initials):
        return False
    if marked or initials or junk == ";":
        return True
    if usual and not _BLANK_BEFORE.search(text, max(0, at - 6), at + 1):
        return False
    word = _FIRST_WORD.match(following)
    first = word.group() if word else ""
    if simple(first) in _BEGINS or following[0] in '"“‘¿¡[—':
        return True
    return first[:1].isupper() and usual and text.count(f"{form} {first}") == 1


def _within_line(text: str, forms: Collection[str]) -> Iterator[Cue]:
    """Known labels with their colon after the end of a sentence, in the middle of a line."""
    marks = [mark for mark in _MARKS if mark in text]
    for form in forms:
        for mark in marks:
            ends = (":",) if not mark else (f":{mark}", f"{mark}:")
            for at in (at for end in ends for at in _occurrences(text, f" {mark}{form}{end}")):
                match = _COLON[mark].match(text, at + 1 + len(mark) + len(form))
                if match and text[max(0, at - 4) : at].rstrip(" \t")[-1:] in _SENTENCE_ENDS:
                    yield Cue(form, at + 1, match.end())


def _occurrences(text: str, needle: str) -> Iterator[int]:
    at = text.find(needle)
    while at >= 0:
        yield at
        at = text.find(needle, at + 1)

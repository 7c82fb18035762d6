"""Names of people as interviews give them: in an introduction, as a label, as a form of address.

A name is only ever taken from the file itself; where the file names nobody, nobody is named.
"""

import re
from collections.abc import Iterable

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"(?:{_CAPITAL}(?:\w{{0,2}}|rof)\.|{_CAPITAL}[\w’'\-]*)"  # a full stop after a longer word ends a sentence
_PARTICLE = r"(?:d[aeiou]s?|del|della|der|den|la|le|van|von|zu|bin|ibn|al|el|y)"
NAME = rf"{_WORD}(?:[ \u00a0]+(?:{_PARTICLE}[ \u00a0]+){{0,2}}{_WORD}){{0,3}}"
"""A pattern for one to four capitalised words with the usual particles between them."""

_LEADS = (
    r"introduce you to|introducing|catch up with|catching up with|caught up with|connect with|connected with|"
    r"sit down with|sat down with|speak with|spoke with|spoke to|speaking with|speaking to|talk with|talk to|"
    r"talked with|talked to|talking with|talking to|chat with|chatted with|conversation with|interview with|"
    r"interviewed|interviewing|our guest is|my guest is|guest today is|joined by|please welcome|meet"
)
_INTRODUCTION = re.compile(rf"\b(?i:{_LEADS})[ \u00a0]+(?:the[ \u00a0]+[a-z][\w ,]*?[ \u00a0])?({NAME})")
_AND_ANOTHER = re.compile(rf"\s*(?:,|,?\s(?:and|&))\s+{NAME}\b")
_NO_NAME = frozenset(
    "The A An And But Or He She They It We You I This That These Those Their Our His Her My Your Today Here There "
    "Us Me Them Him Who What When Where Why How".split()
)
_LOOKALIKES = str.maketrans({"0": "o", "1": "l", "3": "e", "5": "s"})
_MIXED = re.compile(r"(?=\w*[^\W\d_])(?=\w*[0135])\w+")


def introduced(introduction: str, whole_text: str) -> str | None:
    """The person whom an introduction presents, fully named if possible; none where it presents nobody.

    Where it presents several, none of them is taken for the one who answers.
    A digit typed for a letter ("Ca0") is read as the letter where the file spells the name so elsewhere.
    """
    matches = list(_INTRODUCTION.finditer(introduction))
    if any(_AND_ANOTHER.match(introduction, match.end(1)) for match in matches):
        return None
    found = (_trimmed(match.group(1)) for match in matches)
    names = [mended(name, whole_text) for name in found if name]
    return max(names, key=lambda name: (len(name.split()) > 1, -names.index(name)), default=None)


def mended(name: str, text: str) -> str:
    """``name`` with look-alike digits read as letters, if ``text`` itself supports that spelling; else as it stands."""
    candidate = unmixed(name)
    if candidate == name:
        return name
    return candidate if _letters(candidate) in _letters(text) else name


def unmixed(name: str) -> str:
    """``name`` with digits among letters read as the letters they look like."""
    return _MIXED.sub(lambda match: match.group().translate(_LOOKALIKES), name)


def same_person(shorter: str, longer: str) -> bool:
    """Whether ``shorter`` (a first name, a surname, initials) can be a form of the name ``longer``."""
    short, long = shorter.casefold().replace(".", "").split(), longer.casefold().replace(".", "").split()
    initials = "".join(word[0] for word in long)
    return len(long) > 1 and (short == [initials] or set(short) <= set(long))


def fullest(name: str, others: Iterable[str]) -> str:
    """The one longer form of ``name`` among ``others``; ``name`` itself where there is none or more than one."""
    longer = {other for other in others if other != name and same_person(name, other)}
    return longer.pop() if len(longer) == 1 else name


def _trimmed(name: str) -> str | None:
    words = name.rstrip(".,").split()
    while words and words[0] in _NO_NAME:
        words.pop(0)
    for at, word in enumerate(words):
        if word in _NO_NAME:
            words = words[:at]
            break
    return " ".join(words).rstrip(".,") or None


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())

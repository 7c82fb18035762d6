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
    r"sit down with|sat down with|we (?:also )?(?:speak|spoke|talk|talked|chat|chatted) (?:with|to)|"
    r"(?:are|is|were|was|i[’']m|i) (?:speaking|talking|chatting) (?:with|to)|i (?:spoke|talked) (?:with|to)|"
    r"today(?: we)? (?:speak|spoke|talk|talked) (?:with|to)|(?:our |a |my )?conversation with|"
    r"(?:our|my|this|an) interview with|"
    r"^[#*_\s]*(?:an )?interview with|^[#*_\s]*meet|our guest is|my guest is|guest today is|joined by|please welcome"
)
_INTRODUCTION = re.compile(
    rf"(?:\b|^)(?im:{_LEADS})[ \u00a0]+(?:the[ \u00a0]+[a-z][\w ,]{{0,60}}?[ \u00a0])?({NAME})", re.MULTILINE
)
_GOES_ON = re.compile(
    r"(?![’']s\b)\s*(?:\Z|[\n.,;:!?()—–\-|]|(?:recently|today|about|and|who|whose|by|on|at|from|in|for|again|last|this|"
    r"over|via|here|where|when|as|earlier|yesterday|to|with)\b)"
)
"""What can follow a name; a noun cannot, as in "British actor"."""
_AND_ANOTHER = re.compile(rf"[^.?!\n]{{0,200}}?(?:\band\b|\bwith\b|[&/+])[^.?!\n]{{0,100}}?(?<!\w){NAME}")
_NO_NAME = frozenset(
    "The A An And But Or He She They It We You I This That These Those Their Our His Her My Your Today Here There "
    "Us Me Them Him Who What When Where Why How".split()
)
_LOOKALIKES = str.maketrans({"0": "o", "1": "l", "3": "e", "5": "s"})
_RUN = re.compile(r"\w+")


def introduced(introduction: str, whole_text: str) -> str | None:
    """The person whom an introduction presents, fully named if possible; none where it presents nobody.

    Where it presents several, none of them is taken for the one who answers; a single word is only taken for a name
    if it occurs again.
    A digit typed for a letter ("Ca0") is read as the letter where the file spells the name so elsewhere.
    """
    matches = [
        match
        for match in _INTRODUCTION.finditer(introduction)
        if _trimmed(match.group(1)) and _GOES_ON.match(introduction, match.end(1))
    ]
    if any(_AND_ANOTHER.match(introduction, match.end(1)) for match in matches):
        return None
    names = [mended(_trimmed(match.group(1)) or "", whole_text) for match in matches]
    longest = max(names, key=lambda name: len(name.split()), default=None)
    if longest is None or (" " not in longest and whole_text.count(longest) < 2):
        return None
    if not all(name == longest or same_person(name, longest) for name in names):
        return None
    return longest


def mended(name: str, text: str) -> str:
    """``name`` with look-alike digits read as letters, if ``text`` itself supports that spelling; else as it stands."""
    candidate = unmixed(name)
    if candidate == name:
        return name
    return candidate if _letters(candidate) in _letters(text) else name


def unmixed(name: str) -> str:
    """``name`` with digits among letters read as the letters they look like."""
    return _RUN.sub(lambda match: _letters_only(match.group()), name)


def _letters_only(word: str) -> str:
    mixed = any(character.isalpha() for character in word) and any(character in "0135" for character in word)
    return word.translate(_LOOKALIKES) if mixed else word


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

"""Names of people as interviews give them: in an introduction, as a label, as a form of address.

A name is only ever taken from the file itself; where the file names nobody, nobody is named.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from unicodedata import combining, normalize

from rapidfuzz.distance import OSA

_CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
_SHORTENED = r"(?:Dr|Mr|Mrs|Ms|Mx|St|Sr|Jr|Prof|Rev|Hon|Sgt|Capt|Cpt|Lt|Col|Gen|Gov|Sen|Rep|Fr|Ste|Dott|Ing)"
_WORD = rf"(?:{_SHORTENED}\.|{_CAPITAL}\.(?:{_CAPITAL}\.)*|{_CAPITAL}[\w’'\-]*)"  # other full stops end a sentence
_PARTICLE = r"(?:d[aeiou]s?|del|della|der|den|la|le|van|von|zu|bin|ibn|al|el|y)"
NAME = rf"{_WORD}(?:[ \u00a0]+(?:{_PARTICLE}[ \u00a0]+){{0,2}}{_WORD}){{0,3}}"
"""A pattern for one to four capitalised words with the usual particles between them."""

_TITLE = re.compile(r"(?:(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss)\.? )+(?=\S+ \S)")
_NO_NAME = frozenset(
    "With From By In On At For Of To Por Con Mit Von Par Avec Guest Guests Host Hosts Interview Featuring Transcript "
    "Speakers Speaker Panel Moderator Interviewer Interviewee Narrator Presenter Producer Reporter Photo Image Dear "
    "Tech Lead Chair "
    "The A An And But Or He She They It We You I This That These Those Their Our His Her My Your Today Here There "
    "Us Me Them Him Who What When Where Why How".split()
)
_TITLES = frozenset(
    "dr prof professor mr mrs ms miss mx sir dame lord lady rev reverend father sister brother rabbi imam judge "
    "justice senator sen rep governor gov president mayor minister captain capt col colonel gen general sgt officer "
    "detective "
    "director chief commissioner ambassador superintendent inspector sheriff admiral major lieutenant dean chancellor "
    "councillor councilman councilwoman alderman secretary congressman congresswoman commander sergeant "
    "the hon herr frau monsieur madame señor señora sr sra don doña dott ing phd md jr psyd psy,d d".split()
)
_LOOKALIKES = str.maketrans({"0": "o", "1": "l", "3": "e", "5": "s"})
_RUN = re.compile(r"\w+")


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
    letters = sum(character.isalpha() for character in word)
    mixed = letters > 1 and not word[0].isdigit() and any(character in "0135" for character in word)
    return word.translate(_LOOKALIKES) if mixed else word


def same_person(shorter: str, longer: str) -> bool:
    """Whether ``shorter`` (a first name, a surname, initials, a name without its title) can be a form of ``longer``."""
    short, long = plain_words(shorter), plain_words(longer)
    nicknamed = bool(short) and nickname_of(longer) in (short[0], " ".join(short)) and set(short[1:]) <= set(long)
    if nicknamed or (short and short == long):
        return True
    if not short or len(long) < 2 or len(short) > len(long):
        return len(short) == len(long) == 1 and _without_surname(short[0], long[0])
    if len(short) == 1 and len(short[0]) > 1 and short[0] in initials_of(longer):
        return True
    if short[0] == long[0] or short[-1] == long[-1]:
        return all(any(_abbreviates(word, whole) for whole in long) for word in short)
    return len(short) == len(long) and all(_abbreviates(*pair) for pair in zip(short, long, strict=True))


def fullest(name: str, others: Iterable[str]) -> str:
    """The longest form of ``name`` among ``others``; ``name`` itself where there is none, or where they disagree."""
    own = plain_words(name)
    longer = {other for other in others if plain_words(other) != own and same_person(name, other)}
    if not longer:
        return name
    longest = max(sorted(longer), key=lambda other: (len(plain_words(other)), not other.isupper(), len(other)))
    return (
        longest
        if all(plain_words(other) == plain_words(longest) or same_person(other, longest) for other in longer)
        else name
    )


def misspelt(label: str, others: Iterable[str]) -> str | None:
    """The one of ``others`` that differs from ``label`` by a single slip of typing; none where they are short."""
    near = [other for other in others if len(other) > 4 and OSA.distance(simple(label), simple(other)) == 1]
    return near[0] if len(near) == 1 and near[0][0].casefold() == label[0].casefold() else None


@lru_cache(maxsize=50_000)
def initials_of(name: str) -> frozenset[str]:
    """The initials by which a name may be abbreviated, folded: with and without particles and middle names."""
    words = tuple(map(_without_accents, plain_words(name)))
    small = {word.casefold() for word in name.split() if word[0].islower()}
    big = [word for word in words if word not in small]
    several = {"".join(word[0] for word in words), "".join(word[0] for word in big)}
    if len(big) > 1:
        several.add(big[0][0] + big[-1][0])
    return frozenset(each for each in several if len(each) > 1)


def _without_accents(word: str) -> str:
    return "".join(each for each in normalize("NFD", word) if not combining(each))


@lru_cache(maxsize=50_000)
def simple(label: str) -> str:
    """A label as it is compared: folded, without full stops and doubled blanks."""
    return " ".join(label.casefold().replace(".", " ").replace("’", "'").split())


@lru_cache(maxsize=50_000)
def plain_words(name: str) -> tuple[str, ...]:
    """The words of a name, folded, without titles and nicknames."""
    bare = re.sub(r"[\"“”(][^\"“”)]*[\"”)]", " ", name).casefold()
    words = bare.replace(".", " ").replace("’", "'").replace("・", " ").split()
    return tuple(word for word in words if word not in _TITLES) or tuple(words)


@lru_cache(maxsize=50_000)
def nickname_of(name: str) -> str:
    """What stands in quotation marks within a name, folded; empty where nothing does."""
    match = re.search(r"[\"“]([^\"“”]{1,24})[\"”]", name)
    return match[1].casefold() if match else ""


def _without_surname(short: str, long: str) -> bool:
    """Names in scripts without spaces: the given name at the end of the whole, or the surname at its head."""
    wide = len(short) < len(long) <= 6 and all("\u3040" <= character <= "\ud7af" for character in short + long)
    return wide and len(short) > 1 and (long.endswith(short) or long.startswith(short))


def _abbreviates(short: str, long: str) -> bool:
    return short == long or (len(short) == 1 and long.startswith(short))


def trimmed(name: str) -> str | None:
    """A name without words before and after it that no name has; none where nothing is left."""
    words = name.rstrip(".,").split()
    while words and words[0] in _NO_NAME:
        words.pop(0)
    for at, word in enumerate(words):
        if word in _NO_NAME:
            words = words[:at]
            break
    return " ".join(words).rstrip(".,") or None


def without_title(name: str) -> str:
    """A full name without Dr, Mrs and the like before it."""
    return _TITLE.sub("", name)


def _letters(text: str) -> str:
    return "".join(character for character in text.casefold() if character.isalnum())

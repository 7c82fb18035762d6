"""Which speakers a question names: by full name, first name or surname, also mistyped, also as a possessive."""

import re
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from rapidfuzz.distance import OSA

from rag.names import unmixed
from rag.words import fold, is_content

Found = tuple[re.Match[str], list[str]]
"""A part of a name in a question, with the speakers whose name it is a part of."""
IsWord = Callable[[str], bool]
"""Whether a folded word is an ordinary one."""

_TOKEN = re.compile(r"[^\W_][\w’'\-]*")
_POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])\Z", re.IGNORECASE)
_TRACE = re.compile(r"\0(?:[’']s?\b)?")
_ORDINARY = frozenset(
    """
    art august autumn april baker bell best bill black brown bush butler carpenter chance chase church clay cook cooper
    cross day dawn dean dick don drew early faith field fisher forest fox frank gay gene glass glen good grace grant
    gray green guy hall hand heart hill holly hope hunter ivy jack jade jay jean jo joy june justice key king lake
    lane law lee lily little long love major mark marsh mason may miles mill miller moon noble north page park pat
    penny pierce pope potter price prince ray read reed rice rich rob rock rose ruby rush sage sandy scott short
    singer small smart song south stone strange strong summer sun sunny taylor turner underwood victor violet walker
    ward water waters way weaver well wells west white will wise wolf wood woods young
    """.split()
)
"""English words that are names as well; in lower case and alone they are taken for the word."""
_SAYING = (
    r"(?:say|said|says|think|thinks|thought|feel|feels|felt|mention|mentions|tell|talk|speak|believe|explain|describe)"
)
_STRANGER = re.compile(
    rf"\b(?:does|did|do|has|had|would)\s+((?:[^\W\d_][\w’'\-]*\s+){{1,3}}?){_SAYING}\b"
    r"|\b(?i:according to|quotes? (?:by|from|of)|said by|words of)\s+((?:[A-Z][\w’'\-]*\s*){1,3})"
)
_ABSENT = re.compile(
    r"\b(?i:does|did|do|has|have|is|was|were|are|would|can|reach|contact|touch with|message|e-?mail|call)"
    r"\s+((?:[A-Z][\w’'\-]*(?:\s+|\b)){1,3})"
    r"|\b([A-Z][\w\-]*(?:\s+[A-Z][\w\-]*)?)[’']s\b"
)
_NO_NAME = frozenset(
    """
    dr mr mrs ms prof professor sir dame jr sr phd psy de der den del della di da do dos du el al la le van von zu bin
    ibn y and of the speaker guest participant interviewee interviewer host unknown
    """.split()
)
"""Parts of names that name nobody by themselves."""
_NOBODY = frozenset(
    """
    he she they it we you i one ones this that these those who the a an any anyone anybody everyone everybody somebody
    someone nobody each both all of them people person other others ever also really even her his their our your my
    interviewee interviewees interviewer interviewers speaker speakers guest guests filmmaker filmmakers director
    directors artist artists and or three two
    """.split()
)


@dataclass(frozen=True)
class Named:
    """Who is named in a question: speakers of the collection, and ``strangers`` whom it does not hold.

    ``marked`` is the question with a NUL in the place of each.
    """

    speakers: tuple[str, ...]
    strangers: tuple[str, ...]
    marked: str

    @property
    def rest(self) -> str:
        """The question without the speakers' names."""
        return without_names(self.marked)


class People:
    """The speakers of a collection, to be found in questions.

    ``plain`` is what a speaker is called in questions, where that is not the name by which the collection tells
    namesakes apart.
    """

    def __init__(self, speakers: Iterable[str], plain: Mapping[str, str] | None = None) -> None:
        self.speakers = tuple(speakers)
        self._plain = plain or {}

    @cached_property
    def _owners(self) -> dict[str, list[str]]:
        """Speakers by each part of their names, folded."""
        owners: dict[str, list[str]] = {}
        for name in self.speakers:
            for part in _TOKEN.findall(self._plain.get(name, name)):
                if len(fold(part)) > 1 and fold(part) not in _NO_NAME:
                    owners.setdefault(fold(part), []).append(name)
        return owners

    @cached_property
    def _phrases(self) -> list[tuple[re.Pattern[str], list[str]]]:
        """Patterns for names that none of their parts stands for alone, such as "Speaker 2", and who bears them."""
        owned = {name for owners in self._owners.values() for name in owners}
        bearers: dict[str, list[str]] = {}
        for name in self.speakers:
            if name not in owned:
                bearers.setdefault(self._plain.get(name, name).casefold(), []).append(name)
        told_apart = {name: [name] for name in self.speakers if name in self._plain}
        return [
            (re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE), names)
            for name, names in (bearers | told_apart).items()
        ]

    def find(self, question: str, *, is_word: IsWord, said: Container[str] = frozenset()) -> Named:
        """Find the people a question names.

        ``is_word`` knows ordinary words, which are no mistyped names; ``said`` holds all words of the interviews,
        folded: a name that none of them mentions is a stranger's wherever somebody is asked about.
        """
        found: list[Found] = []
        for token in _TOKEN.finditer(question):
            owners = self._owners_of(token, is_word)
            if owners:
                found.append((token, owners))
        phrases = [(match, names) for phrase, names in self._phrases for match in phrase.finditer(question)]
        found = _outermost([*found, *phrases])
        found = [pair for pair in found if not self._stray_word(pair[0], found)]
        found = _with_neighbours(found, list(_TOKEN.finditer(question)), is_word, self._plain)
        speakers = _narrowed(found)
        marked = _marked(question, [token for token, _ in found])
        return Named(speakers, () if speakers else _strangers(question) or _absent(question, said), marked)

    def _owners_of(self, token: re.Match[str], is_word: IsWord) -> list[str]:
        word = unmixed(_word(token))
        if word in self._owners:
            return self._owners[word]
        if len(word) < 4 or is_word(word):
            return []
        distances = {part: _distance(word, part) for part in self._owners}
        near = {part: distance for part, distance in distances.items() if distance <= _tolerance(part)}
        closest = min(near.values(), default=0)
        names = {name for part, distance in near.items() if distance == closest for name in self._owners[part]}
        return sorted(names) if len(names) == 1 else []

    def _stray_word(self, token: re.Match[str], found: Sequence[Found]) -> bool:
        """A name's part that is an English word, in lower case, with no other part of the name beside it."""
        word = _word(token)
        if word not in _ORDINARY or token.group()[0].isupper():
            return False
        return not any(
            other is not token
            and (other.end() + 1 == token.start() or token.end() + 1 == other.start())
            and not set(owners).isdisjoint(self._owners.get(word, ()))
            for other, owners in found
        )


def _outermost(found: Sequence[Found]) -> list[Found]:
    """In the order of the question, without what lies within a longer name."""
    kept: list[Found] = []
    for match, owners in sorted(found, key=lambda pair: (pair[0].start(), -pair[0].end())):
        if not kept or match.end() > kept[-1][0].end():
            kept.append((match, owners))
    return kept


def _with_neighbours(
    found: Sequence[Found], tokens: Sequence[re.Match[str]], is_word: IsWord, plain: Mapping[str, str]
) -> list[Found]:
    """Add to each part of a name the mistyped part beside it, such as "Weichi" in "Weichi Cai"."""
    taken = {token.start() for token, _ in found}
    added = list(found)
    for before, after in pairwise(tokens):
        for token, owners, beside, step in (
            *((before, owners, after, 1) for token, owners in found if token.start() == before.start()),
            *((after, owners, before, -1) for token, owners in found if token.start() == after.start()),
        ):
            touching = beside.start() not in taken and after.start() - before.end() == 1
            if touching and any(_meant(plain.get(name, name), token, beside, step, is_word) for name in owners):
                added.append((beside, owners))
                taken.add(beside.start())
    return sorted(added, key=lambda pair: pair[0].start())


def _meant(name: str, token: re.Match[str], beside: re.Match[str], step: int, is_word: IsWord) -> bool:
    """Whether the word beside one part of a name is, mistyped, the name's next part (or its last, for a step back)."""
    parts = [fold(part) for part in _TOKEN.findall(name)]
    word, other = _word(token), _word(beside)
    at = parts.index(word) + step if word in parts else -1
    if not 0 <= at < len(parts) or (is_word(other) and not beside.group()[0].isupper()):
        return False
    return int(OSA.distance(other, parts[at])) <= max(1, len(parts[at]) // 2)


def without_names(marked: str) -> str:
    """A marked question with blanks in the places of the names."""
    return _TRACE.sub(" ", marked)


def _word(token: re.Match[str]) -> str:
    """A word of a question, folded, without its possessive ending."""
    return fold(_POSSESSIVE.sub("", token.group()))


def _tolerance(part: str) -> int:
    return 1 if len(part) < 6 else 2


def _distance(word: str, part: str) -> int:
    """Slips of typing between two words: letters added, left out, changed, or two neighbours swapped."""
    if abs(len(word) - len(part)) > 2 or len(part) < 4:
        return 9
    return int(OSA.distance(word, part))


def _narrowed(found: Sequence[Found]) -> tuple[str, ...]:
    """Speakers in the order named; neighbouring parts of a name narrow one another ("Adam" "Smith")."""
    named: list[str] = []
    at = 0
    while at < len(found):
        owners = found[at][1]
        possible = list(owners)
        while at + 1 < len(found) and found[at + 1][0].start() - found[at][0].end() == 1:
            both = [name for name in possible if name in found[at + 1][1]]
            if not both:
                break
            possible = both
            at += 1
        named.extend(possible)
        at += 1
    return tuple(dict.fromkeys(named))


def _marked(question: str, tokens: Sequence[re.Match[str]]) -> str:
    """The question with one NUL for each name in it."""
    kept: list[str] = []
    at = 0
    for token in tokens:
        between = question[at : token.start()].replace("\0", " ")
        kept.append("" if at and between.isspace() else f"{between}\0")
        at = token.start() + len(_POSSESSIVE.sub("", token.group()))
    return "".join([*kept, question[at:].replace("\0", " ")])


def _strangers(question: str) -> tuple[str, ...]:
    """Names in the place of a speaker, such as Angela in "what does Angela say about casting"."""
    found = []
    for match in _STRANGER.finditer(question):
        name = _POSSESSIVE.sub("", (match.group(1) or match.group(2)).strip())
        tokens = _TOKEN.findall(name)
        capitals = all(token[0].isupper() for token in tokens)
        if tokens and not any(fold(token) in _NOBODY for token in tokens) and (capitals or len(tokens) == 1):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _absent(question: str, said: Container[str]) -> tuple[str, ...]:
    """Names that nobody mentions, such as Priya in "tell me about Priya's childhood"."""
    names = [_POSSESSIVE.sub("", (match.group(1) or match.group(2)).strip()) for match in _ABSENT.finditer(question)]
    return tuple(dict.fromkeys(name for name in names if not any(_familiar(part, said) for part in name.split())))


def _familiar(part: str, said: Container[str]) -> bool:
    word = fold(part)
    return word in said or word in _NOBODY or not is_content(word)

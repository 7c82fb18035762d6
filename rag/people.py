"""Which speakers a question names: by full name, first name or surname, also mistyped, also as a possessive.

A name that is a word as well ("Will", "Grace", "Marketing") is taken for the name where it is written like one, or
where it stands in the place of somebody who says something; where that is not clear it is a word.
"""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz.distance import OSA

from rag.bearers import POSSESSIVE, TOKEN, Bearers, IsWord, parts_of
from rag.names import unmixed
from rag.strangers import strangers_in
from rag.words import fold, is_content

__all__ = ["IsWord", "Mention", "Named", "People", "without_names"]

_TRACE = re.compile(r"\0(?:[’']s?\b)?")
_ORDINARY = frozenset(
    """
    amber angel april archer art ash august autumn baker banks barber basil bell berry best bill bishop black bond
    bridge brook brooks brown bull bush butler cash carpenter chance charity chase cherry christian church clay cloud
    coal cook cooper coral crane cross crystal daisy dale dawn day dean destiny diamond dick don drew duke earl early
    faith field fields fisher flint forest fox frank frost garden gates gay gene glass glen golden good grace grant gray
    green guy hall hand harmony hart hawk heart heath heather hill hills holly home honor hope house hunter iris ivy
    jack jade jay jean jo joy judge july june justice key king knight lake lamb lane law lee lily little long love major
    mark marks marsh mason may melody mercy miles mill miller moon moore noble north olive page park parker pat patience
    pearl penny pierce pike pope porter potter power precious price prince prudence rain ray read reed rice rich rivers
    rob robin rock rose ruby rush sage sandy scott sharp shepherd short silver singer small smart snow song south steel
    sterling stone strange street strong summer sun sunny swan swift taylor turner underwood vale victor violet walker
    ward water waters way weaver well wells west white will winter wise wolf wood woods wright young
    """.split()
)
"""English words that are names as well; in lower case and alone they are taken for the word."""
_MONTHS = frozenset("april may june july august".split())
_DATED = re.compile(r"\b(?:in|since|until|till|last|next|early|late|of|by|during|this|from)\s+\Z", re.IGNORECASE)
_TITLES = frozenset("dr mr mrs ms miss mx prof professor doctor sir dame lord lady rev".split())
_SAYING = (
    r"(?:says?|said|think|thinks|thought|feel|feels|felt|mention|mentions|mentioned|tell|talk|talks|talked|speak|"
    r"believe|explain|describe|discuss|answer|respond|ask|asked|have|get|got|want|mean|suggest|propose|propos|agree|"
    r"disagree|argue|react|recommend|decide|ever|really|actually|also|each|and|or|&)"
)
_ASKS_OF = re.compile(
    r"(?:\b(?:does|did|do|has|had|have|would|was|is)|\baccording\s+to)\s+(?:the\s+)?\Z", re.IGNORECASE
)
_ACCORDING = re.compile(r"\b(?:according\s+to|quotes?\s+(?:by|from)|compare)\s+(?:the\s+)?\Z", re.IGNORECASE)
_OPENS = re.compile(r"(?:\A|[.?!]\s)\W*\Z")
_AFTER_NAME = re.compile(r"\s+(?:on|about|says?|said|thinks?|thought|and\s+[A-Z]|&)\b|\s*:|[’']s\b")
_TOPICAL = re.compile(r"\b(?:about|on|of|the|an?|regarding|discuss(?:es|ed)?|concerning)\s+\Z", re.IGNORECASE)
_DOES = re.compile(rf"\s+{_SAYING}\b|\s*,|[’']s\b", re.IGNORECASE)


@dataclass(frozen=True)
class Mention:
    """One name in a question: as it is ``written``, and the ``speakers`` it may mean."""

    written: str
    speakers: tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """Who is named in a question: speakers of the collection, and ``strangers`` whom it does not hold.

    ``marked`` is the question with a NUL in the place of each of the ``mentions``.
    """

    speakers: tuple[str, ...]
    strangers: tuple[str, ...]
    marked: str
    mentions: tuple[Mention, ...] = ()

    @property
    def rest(self) -> str:
        """The question without the speakers' names."""
        return without_names(self.marked)


@dataclass
class _Found:
    """Words ``first`` up to, not including, ``last`` of a question, with those whose name they may be."""

    first: int
    last: int
    owners: list[str]


class People:
    """The speakers of a collection, to be found in questions.

    ``plain`` is what a speaker is called in questions, where that is not the name by which the collection tells
    namesakes apart.
    """

    def __init__(self, speakers: Iterable[str], plain: Mapping[str, str] | None = None) -> None:
        self.speakers = tuple(speakers)
        self._plain = plain or {}

    @cached_property
    def _bearers(self) -> Bearers:
        return Bearers(self.speakers, self._plain)

    def find(self, question: str, *, is_word: IsWord, said: Container[str] = frozenset()) -> Named:
        """Find the people a question names.

        ``is_word`` knows ordinary words, which are no mistyped names; ``said`` holds all words of the interviews,
        folded: a name that none of them mentions is a stranger's wherever somebody is asked about.
        """
        reading = _Reading(question, self._bearers, self._plain, is_word)
        found = reading.found()
        speakers = tuple(dict.fromkeys(name for each in found for name in each.owners))
        marked, mentions = reading.marked(found)
        return Named(speakers, () if speakers else strangers_in(question, said), marked, mentions)


class _Reading:
    """One question, read word by word for names."""

    def __init__(self, question: str, bearers: Bearers, plain: Mapping[str, str], is_word: IsWord) -> None:
        self.question, self.bearers, self.plain, self.is_word = question, bearers, plain, is_word
        self.tokens = list(TOKEN.finditer(question))
        self.words = [unmixed(fold(POSSESSIVE.sub("", token.group()))) for token in self.tokens]
        self.shouted = question.isupper()

    def found(self) -> list[_Found]:
        """The names in the order of the question, each as long as it is written there."""
        found: list[_Found] = []
        at = 0
        while at < len(self.words):
            one = self._whole(at) or self._joined(at) or self._part(at)
            if one:
                found.append(one)
            at = one.last if one else at + 1
        kept = [one for one in self._merged(found) if not self._is_stray(one)]
        return [self._titled(one) for one in self._merged(self._with_neighbours(kept))]

    def _whole(self, at: int) -> _Found | None:
        length, owners = self.bearers.whole(self.words, at)
        if not length or any(self._gap(at + step) > 2 for step in range(length - 1)):
            return None
        if tuple(self.words[at : at + length]) in self.bearers.labels and not self._is_label(at, at + length):
            return None
        return _Found(at, at + length, list(owners))

    def _joined(self, at: int) -> _Found | None:
        """A name typed in two words, such as "wei qi"."""
        word = "".join(self.words[at : at + 2])
        apart = at + 1 < len(self.words) and self._gap(at) == 1 and not self._owned(at) and not self._owned(at + 1)
        if not apart or self.is_word(word) or word not in self.bearers.by_part:
            return None
        return _Found(at, at + 2, list(self.bearers.by_part[word]))

    def _part(self, at: int) -> _Found | None:
        owners = self._owned(at) or self.bearers.mistyped(self.words[at], self.is_word)
        return _Found(at, at + 1, list(owners)) if owners else None

    def _owned(self, at: int) -> list[str]:
        return self.bearers.by_part.get(self.words[at], [])

    def _gap(self, at: int) -> int:
        """Characters between a word and the one after it."""
        return self.tokens[at + 1].start() - self.tokens[at].end()

    def _merged(self, found: Sequence[_Found]) -> list[_Found]:
        """Neighbouring parts of a name as one; they narrow one another ("Adam" "Smith")."""
        merged: list[_Found] = []
        for one in found:
            last = merged[-1] if merged else None
            both = [name for name in last.owners if name in one.owners] if last else []
            if last and both and last.last == one.first and self._gap(last.last - 1) == 1 and not self._owns(last):
                merged[-1] = _Found(last.first, one.last, both)
            else:
                merged.append(one)
        return merged

    def _owns(self, one: _Found) -> bool:
        """Whether something is said to be this person's."""
        token = self.tokens[one.last - 1].group()
        return POSSESSIVE.sub("", token) != token

    def _is_stray(self, one: _Found) -> bool:
        """A single part of a name that is an English word, and does not stand there as a name."""
        word = self.words[one.first]
        if one.last - one.first > 1 or (word not in _ORDINARY and is_content(word)):
            return False
        token = self.tokens[one.first]
        before = self.question[: token.start()]
        if word in _MONTHS and _DATED.search(before):
            return True
        capital = token.group()[0].isupper() and not self.shouted and not _OPENS.search(before)
        return not capital and not self._is_placed(one.first, one.last)

    def _is_label(self, first: int, last: int) -> bool:
        """Whether words that are a label are meant as one: by a letter or number in it, by capitals, or by place."""
        if last - first > 1 and any(len(word) == 1 or word.isdigit() for word in self.words[first:last]):
            return True
        if self._is_placed(first, last):
            return True
        before = self.question[: self.tokens[first].start()]
        named = all(token.group()[0].isupper() for token in self.tokens[first:last])
        return named and not (self.shouted or _OPENS.search(before) or _TOPICAL.search(before))

    def _is_placed(self, first: int, last: int) -> bool:
        """Whether words stand where somebody stands who says something."""
        token = self.tokens[last - 1]
        before = self.question[: self.tokens[first].start()]
        after = self.question[token.start() + len(POSSESSIVE.sub("", token.group())) :]
        if _OPENS.search(before):
            return bool(_AFTER_NAME.match(after)) and self.tokens[first].group()[0].isupper()
        return bool(_ACCORDING.search(before) or (_ASKS_OF.search(before) and _DOES.match(after)))

    def _with_neighbours(self, found: Sequence[_Found]) -> list[_Found]:
        """Add to each part of a name the mistyped part beside it, such as "Weichi" in "Weichi Cai"."""
        taken = {at for one in found for at in range(one.first, one.last)}
        added = list(found)
        for one in found:
            for beside, edge, step in ((one.last, one.last - 1, 1), (one.first - 1, one.first, -1)):
                if beside in taken or not 0 <= beside < len(self.words) or self._gap(min(beside, edge)) != 1:
                    continue
                meant = [name for name in one.owners if self._means(name, edge, beside, step)]
                if meant:
                    added.append(_Found(beside, beside + 1, meant))
                    taken.add(beside)
        return sorted(added, key=lambda one: one.first)

    def _means(self, name: str, edge: int, beside: int, step: int) -> bool:
        """Whether the word beside one part of a name is, mistyped, the name's next part (its last, for a step back)."""
        parts = parts_of(self.plain.get(name, name))
        word, other = self.words[edge], self.words[beside]
        at = parts.index(word) + step if word in parts else -1
        if not 0 <= at < len(parts) or (self.is_word(other) and not self.tokens[beside].group()[0].isupper()):
            return False
        return int(OSA.distance(other, parts[at])) <= max(1, len(parts[at]) // 2)

    def _titled(self, one: _Found) -> _Found:
        """With titles and initials before it, and with "the" before a label; an initial tells namesakes apart."""
        first, owners = one.first, one.owners
        label = tuple(self.words[one.first : one.last]) in self.bearers.labels
        while first and 1 <= self._gap(first - 1) <= 2:
            word, token = self.words[first - 1], self.tokens[first - 1].group()
            initial = len(word) == 1 and token.isupper() and self.question[self.tokens[first - 1].end()] == "."
            if not (word in _TITLES or initial or (label and word == "the")):
                break
            fitting = [name for name in owners if any(part[0] == word for part in parts_of(name))] if initial else []
            owners = fitting or owners
            first -= 1
        return _Found(first, one.last, owners)

    def marked(self, found: Sequence[_Found]) -> tuple[str, tuple[Mention, ...]]:
        """The question with one NUL for each name in it, and the names."""
        kept: list[str] = []
        mentions: list[Mention] = []
        at = 0
        for one in found:
            last = self.tokens[one.last - 1]
            start, end = self.tokens[one.first].start(), last.start() + len(POSSESSIVE.sub("", last.group()))
            if self.question[end : end + 1] == ")" and "(" in self.question[start:end]:
                end += 1
            kept += (self.question[at:start].replace("\0", " "), "\0")
            mentions.append(Mention(self.question[start:end], tuple(one.owners)))
            at = end
        return "".join([*kept, self.question[at:].replace("\0", " ")]), tuple(mentions)


def without_names(marked: str) -> str:
    """A marked question with blanks in the places of the names."""
    return _TRACE.sub(" ", marked)

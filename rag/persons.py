"""From labels to people: all the forms under which one file names a person, and the fullest of them.

Nobody gets a name that the file does not tie to the label; labels that name nobody stay as they stand, or unknown.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain, pairwise

from rag.casting import Cue, regions
from rag.guests import Introduction, find_guest
from rag.names import NAME, fullest, mended, misspelt, plain_words, same_person, simple, without_title
from rag.personal import bare_name, is_person
from rag.plausible import ANSWER_LABELS, GENERIC, PAIRS, QUESTION_LABELS
from rag.records import UNKNOWN_SPEAKER, Stated
from rag.sides import ANSWER, QUESTION

_ASKS = frozenset(
    "interviewer host moderator presenter facilitator researcher anchor entrevistador entrevistadora interviewerin "
    "reporter questioner mc 主持人 记者 記者 采访者 採訪者 聞き手 司会 インタビュアー".split()
)
_ANSWERS = frozenset(
    "interviewee respondent witness guest narrator participant subject entrevistado entrevistada befragte "
    "befragter 嘉宾 受访者 受訪者 ゲスト 話し手".split()
)
_SELF = re.compile(
    r"\b(?:I[’']m|I am|[Mm]y name is|[Mm]y name[’']s|[Tt]his is|[Ii]t[’']s|me llamo|[Ii]ch bin|[Ii]ch heiße|"
    rf"je m[’']appelle|je suis)\s+({NAME})"
)
_GREETED = re.compile(
    r"(?:\b[Ww]elcome(?: back)?(?: to the (?:show|podcast|program(?:me)?))?,?|\b[Jj]oined(?: today)?(?: here)? by|"
    r"\b[Gg]uest(?: today| this week)?(?:,| is)|\b(?:I[’']m|[Ww]e[’']re)(?: here)?(?: today)? (?:here )?with|"
    r"\b[Vv]oice (?:was|is|of)|\b[Tt]hank you(?: so much| very much)?,?|\b[Mm]erci(?: beaucoup)?,?|\b[Gg]racias,?|"
    r"\b[Dd]anke,?|\b[Tt]hanks,?|\b[Tt]alking (?:with|to)|\b[Ss]peaking (?:with|to)|"
    r"\b[Ii]ntroduce|"
    rf"\bco-?host,?(?: is)?|\bwith me (?:is|are|today)(?: is)?|\b[Hh]ere(?: is|[’']s)|\b[Tt]hat[’']s|\b[Tt]his is|"
    rf"\b[Mm]eet)\s+({NAME})|"
    rf"(?<![\w’'-])({NAME})[,.!]? (?:hi|hello|hey|welcome|good (?:morning|afternoon|evening)|"
    r"how are you|thank you|thanks)\b"
)
_ANSWERED_NAME = re.compile(rf"(?:(?i:yes|yeah|okay|ok|sure|hi|hello|well|so|um|uh)[,.]? )*({NAME})[,.]")
_OPENING_TURNS = 8
_CLOSING_TURNS = 3
_LONGEST_OPENING = 1500
_BLANK_LINE = re.compile(r"(?:\r\n?|\n)[ \t]*(?:\r\n?|\n)\s*")
_NOT_KNOWN = re.compile(
    r"(?:(?:unknown|unidentified)(?: (?:speaker|person|voice))?|(?:speaker|voice) unknown|unbekannt|inconnue?|"
    r"desconocid[oa]|sconosciut[oa])"
)
_REPLIES = 3
_TAGS = re.compile(r"<[^<>]{1,300}>|[*_\[]|\]\([^)\s]{1,300}\)")


MOST_PEOPLE = 300
"""Labels whose forms are compared with one another; where there are more, each is a person."""


def asks(label: str) -> bool:
    """Whether a label says that its speaker asks."""
    return label == QUESTION or _role_word(label) in _ASKS or simple(label) in QUESTION_LABELS


def answers(label: str) -> bool:
    """Whether a label says that its speaker answers."""
    return label == ANSWER or _role_word(label) in _ANSWERS or simple(label) in ANSWER_LABELS


@lru_cache(maxsize=50_000)
def _role_word(label: str) -> str:
    return re.sub(r"[\s\d_#.-]+\Z", "", simple(label)).removeprefix("the ")


def name_labels(
    text: str, cues: Sequence[Cue], stated: Stated, people: Sequence[str], introduction: str
) -> dict[str, str]:
    """The name to show for each label, the fullest form that the file ties to it.

    Args:
        text: the whole text.
        cues: where speakers begin.
        stated: hosts, guests, people and tied forms, from front matter and header.
        people: longer names met in title and introduction.
        introduction: the text before the first turn, with the title.
    """
    labels = _labels(cues)
    if len(labels) > MOST_PEOPLE:
        return {UNKNOWN_SPEAKER: UNKNOWN_SPEAKER} | {label: label for label in labels}
    forms = {simple(form): name for form, name in stated.forms} | _noted(cues)
    told = [*stated.hosts, *stated.guests, *stated.people, *forms.values()]
    naming = _Naming(text, labels, stated, forms, told, (people, _said_names(text, cues)), introduction)
    turned = _turned(labels)
    names: dict[str, str] = {UNKNOWN_SPEAKER: UNKNOWN_SPEAKER}
    counts = Counter(cue.label for cue in cues)
    for label in labels:
        often = [other for other in labels if counts[label] == 1 and counts[other] > 2 and label.isalpha()]
        meant = misspelt(label, often) or label
        names[label] = turned.get(label) or naming.name(meant)
    return _kept_apart(names, cues)


def _turned(labels: Sequence[str]) -> dict[str, str]:
    """Read "Lee, Ann" as "Ann Lee", where a file writes all its people so."""
    parts = {label: [part.strip() for part in label.split(",")] for label in labels}
    full = [
        label for label in labels if len(parts[label]) == 2 and all(re.fullmatch(NAME, part) for part in parts[label])
    ]
    if len(full) < max(2, len(labels) - 1):
        return {}
    return {label: f"{parts[label][1]} {parts[label][0]}" for label in full}


def people_of(names: Mapping[str, str]) -> dict[str, str]:
    """The person behind each label; two labels of unknown people are two."""
    return {label: label if name == UNKNOWN_SPEAKER else name for label, name in names.items()}


def name_sides(
    text: str, cues: Sequence[Cue], names: Mapping[str, str], stated: Stated, introduction: str
) -> dict[str, str]:
    """The names of the sides that have no label: the one other person of the conversation, or whom the file states."""
    people = people_of(names)
    here = {people[cue.label] for cue in cues if cue.label in people}
    guest = _only_guest(stated, introduction, text) if len(here) < 2 else None
    sides = {ANSWER: guest or UNKNOWN_SPEAKER, QUESTION: stated.hosts[0] if len(stated.hosts) == 1 else UNKNOWN_SPEAKER}
    if len(here) == 2:
        for side in (ANSWER, QUESTION):
            beside = {people[cue.label] for cue, other in _pairs(cues, side) if cue.label in people}
            others = here - beside
            if len(beside) == 1 and len(others) == 1:
                other = others.pop()
                sides[side] = next(names[label] for label, person in people.items() if person == other)
    return sides


def _pairs(cues: Sequence[Cue], side: str) -> Iterator[tuple[Cue, Cue]]:
    """The labelled cue just before each cue of a side."""
    yield from ((before, after) for before, after in pairwise(cues) if after.label == side)


def _labels(cues: Sequence[Cue]) -> list[str]:
    return list(dict.fromkeys(cue.label for cue in cues if cue.label))


def _pair_of(labels: Sequence[str]) -> tuple[str, str] | None:
    folded = {simple(label) for label in labels}
    return next((pair for pair in PAIRS if set(pair) <= folded), None)


@dataclass(frozen=True)
class _Naming:
    """What labels get their names from: the forms that a file ties to names, and names by how surely they are told.

    ``labels`` name their speakers themselves, ``told`` are what header and labels state, and ``met`` are names that
    merely occur, in lists of which the first goes before the second.
    """

    text: str
    labels: Sequence[str]
    stated: Stated
    forms: Mapping[str, str]
    told: Sequence[str]
    met: Sequence[Sequence[str]]
    introduction: str

    @cached_property
    def pair(self) -> tuple[str, str] | None:
        """The labels of question and answer, if the file has such."""
        return _pair_of(self.labels)

    @cached_property
    def guest(self) -> str | None:
        """The one person who is interviewed, if the file presents one."""
        return _only_guest(self.stated, self.introduction, self.text)

    def name(self, label: str) -> str:
        """The name to show for a label."""
        folded, hosts = simple(label), self.stated.hosts
        if _NOT_KNOWN.fullmatch(folded):
            return UNKNOWN_SPEAKER
        of_court = folded.startswith("the ") and len(hosts) == 1 and _among(hosts[0], self.labels)
        if asks(label) and len(hosts) == 1 and not of_court:
            return self.fullest(hosts[0])
        if folded in self.forms:
            name = self.fullest(self.forms[folded])
            return next((other for other in self.labels if plain_words(other) == plain_words(name)), name)
        if folded in QUESTION_LABELS or (self.pair and folded == self.pair[0]):
            unnamed = label if folded == "int" else UNKNOWN_SPEAKER
            return self.fullest(hosts[0]) if len(hosts) == 1 else unnamed
        is_answer = folded in ANSWER_LABELS or bool(self.pair and folded == self.pair[1])
        if is_answer or answers(label):
            unnamed = UNKNOWN_SPEAKER if is_answer else label
            return self.guest if self.guest and self.answers_alone else unnamed
        name = self.fullest(label)
        others = [*self.labels, *self.told, *chain.from_iterable(self.met)]
        return _cased(name if GENERIC.match(folded) else mended(name, self.text), others)

    @cached_property
    def answers_alone(self) -> bool:
        """Whether all labels that say that somebody answers can be one person's."""
        return len({_role_word(label) for label in self.labels if answers(label)} - ANSWER_LABELS) <= 1

    def fullest(self, label: str) -> str:
        """The fullest form in the first list that has one: other labels, what is told, then what is merely met.

        A full name grows no longer by what is merely met, which may have caught a word too many.
        """
        own = self.labels
        label = max((other for other in own if plain_words(other) == plain_words(label)), key=len, default=label)
        found = fullest(label, own)
        if found == label and label in own:
            found = fullest(label, own[: own.index(label)])
        if found == label:
            found = fullest(label, [name for name in self.told if not any(simple(name) == simple(one) for one in own)])
        found = fullest(found, self.told)
        if found != label:
            return found
        for names in self.met:
            if len(plain_words(label)) == 1 and (found := fullest(label, names)) != label:
                return found
        return label


def _among(name: str, labels: Sequence[str]) -> bool:
    return any(plain_words(label) == plain_words(name) or same_person(label, name) for label in labels)


def _only_guest(stated: Stated, introduction: str, text: str) -> str | None:
    if len(stated.guests) == 1:
        return stated.guests[0]
    if not stated.guests and len(stated.people) == 1:
        return stated.people[0]
    title, _, before = introduction.partition("\n")
    said = Introduction((title,), tuple(_BLANK_LINE.split(before))) if introduction.strip() else None
    return find_guest(said, stated, text) if said and not stated.guests else None


def _cased(name: str, others: Sequence[str]) -> str:
    """``name`` in capitals, or in small letters, as the file spells it elsewhere."""
    if name.isupper() or name.islower():
        return next(
            (
                other
                for other in others
                if (simple(other) == simple(name) or plain_words(other) == plain_words(name))
                and not other.isupper()
                and not other.islower()
            ),
            name,
        )
    return name


def _noted(cues: Sequence[Cue]) -> dict[str, str]:
    """Forms that a label itself introduces: "Stephan Livera (SL)"."""
    return {
        simple(cue.note): cue.label
        for cue in cues
        if cue.label and cue.note and " " not in cue.note and _is_form(cue.note, cue.label)
    }


def _is_form(note: str, label: str) -> bool:
    return same_person(note, label) or (note.isupper() and len(note) < 5 and note[0] == label[0].upper())


def _said_names(text: str, cues: Sequence[Cue]) -> list[str]:
    """Full names by which speakers present themselves, or are greeted, at the beginning."""
    found: list[str] = []
    spoken: Counter[str] = Counter()
    labels = {cue.label for cue in cues}
    for number, (cue, end) in enumerate(regions(text, cues)):
        spoken[cue.label] += 1
        opening = number < _OPENING_TURNS or number >= len(cues) - _CLOSING_TURNS
        if spoken[cue.label] > 2 and not opening:
            continue
        words = _TAGS.sub("", text[cue.words : min(end, cue.words + _LONGEST_OPENING)])
        if spoken[cue.label] <= 2:
            found += [match[1] for match in _SELF.finditer(words) if same_person(cue.label, match[1])]
            said = _ANSWERED_NAME.match(words)
            found += [said[1]] if said and same_person(cue.label, said[1]) else []
        if opening:
            found += [match[1] or match[2] for match in _GREETED.finditer(words)]
            found += _surnamed(words, cue.label, labels)
    bare = (bare_name(without_title(name)) for name in found)
    return [name for name in dict.fromkeys(bare) if " " in name]


def _surnamed(words: str, label: str, labels: Collection[str]) -> Iterator[str]:
    """Full names that somebody says of another one who is labelled by the surname, as broadcasts have it."""
    surnames = {simple(other) for other in labels if other.isupper() and other.isalpha() and len(other) > 3}
    for match in re.finditer(NAME, words) if surnames else ():
        last = simple(match.group().split()[-1])
        if last in surnames and last != simple(label) and is_person(match.group()):
            yield match.group()


def _kept_apart(names: dict[str, str], cues: Sequence[Cue]) -> dict[str, str]:
    """Two labels that keep answering each other are two people, whatever their names have in common."""
    if len(set(names.values())) == len(names):
        return names
    order = [cue.label for cue in cues if cue.label]
    counts = Counter(order)
    follow = Counter(frozenset(pair) for pair in pairwise(order) if pair[0] != pair[1])
    for pair, times in follow.items():
        shorter, longer = sorted(pair, key=lambda label: (len(label.split()), len(label)))
        one = names[shorter] == names[longer] != UNKNOWN_SPEAKER and simple(shorter) != simple(longer)
        if one and times >= _REPLIES and times > 0.3 * min(counts[shorter], counts[longer]):
            names[shorter] = shorter
    return names

"""What the user corrects of one interview: names, roles, title, date, link and recording; the source stays as it is.

A *voice* is whom an interview tells apart as it was found: a speaker by name, or all unknown ones of one role.
A correction is always of the interview as it was found, so corrections made one after another become one.
How the user makes them is told in ``amending``.
"""

import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rag.errors import ReadError
from rag.names import simple
from rag.questions import share_asking
from rag.records import UNKNOWN_SPEAKER, Interview, QAPair, Role, Speaker, Turn
from rag.turns import pair, title_of

ROLES: tuple[Role, ...] = ("interviewer", "interviewee", "unknown")
LONGEST = 300
"""Characters in anything that is corrected."""
LINES, TABLES = ("title", "date", "link", "recording"), ("speakers", "roles")
"""What a correction may say: lines about the interview, and tables of names."""

_TAIL = 160
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_TURNS_LETTERS = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
"""What makes letters stand in another order than they have (UAX #9, 2); a name as it was found may hold it."""
_LIKE = 0.65
"""How like a word that is known one must be that may be meant for it."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What is corrected; empty where nothing is.

    ``speakers`` are pairs of a name or label as it was found and the right name: two with one name are merged, and
    two that bear each other's are swapped. ``roles`` are pairs of a right name and its role.
    ``recording`` is a link, or a path from the folder in which the correction lies. ``unknown`` are words that stand
    where these do and mean nothing, as slips of typing do.
    """

    title: str = ""
    date: str = ""
    link: str = ""
    recording: str = ""
    speakers: tuple[tuple[str, str], ...] = ()
    roles: tuple[tuple[str, Role], ...] = ()
    unknown: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for text in (self.title, self.date, self.link, self.recording):
            check_line(text, may_be_empty=True)
        for pairs in (self.speakers, self.roles):
            for name, to in pairs:
                check_line(name, found=True)
                check_line(to)
            times = Counter(name.casefold() for name, _ in pairs)
            if twice := next((name for name in times if times[name] > 1), None):
                raise ValueError(f"“{twice}” is corrected twice")
        for name, role in self.roles:
            if role not in ROLES:
                raise ValueError(f"the role of “{name}” is {role!r}, not one of {', '.join(ROLES)}")
        if self.link and not self.link.startswith(("http://", "https://")):
            raise ValueError(f"the link {self.link!r} does not begin with http:// or https://")

    def __bool__(self) -> bool:
        return self != Correction()

    @property
    def digest(self) -> str:
        """What tells this correction from any other; empty for the empty one."""
        values = [self.title, self.date, self.link, self.recording, self.speakers, self.roles]
        values += [self.unknown] if self.unknown else []
        return sha256(json.dumps(values).encode()).hexdigest() if self else ""


@dataclass(frozen=True, slots=True)
class Voice:
    """Whom an interview tells apart as it was found; unknown ones are called after their role."""

    name: str
    shown: str
    role: Role
    forms: tuple[str, ...] = ()

    @property
    def unknown(self) -> bool:
        """Whether the interview does not say who this is."""
        return self.shown == UNKNOWN_SPEAKER


@dataclass(frozen=True, slots=True)
class Part:
    """What one voice is called and does, once corrected; ``key`` is the entry that gives it the name."""

    name: str
    role: Role
    key: str | None = None


def voices(found: Interview) -> tuple[Voice, ...]:
    """The voices of an interview: its speakers, then the unknown ones."""
    named = [Voice(each.name, each.name, each.role, each.aliases) for each in found.speakers]
    roles = dict.fromkeys(turn.role for turn in found.turns if turn.speaker == UNKNOWN_SPEAKER)
    return (*named, *(Voice(_unknown(role), UNKNOWN_SPEAKER, role) for role in roles))


def apply(found: Interview, correction: Correction, *, sidecar: str = "the correction") -> Interview:
    """The interview as the user has it; names that nobody bears here become warnings, told to be in ``sidecar``.

    Raises:
        ReadError: nobody would be left who answers.
    """
    if not correction:
        return found
    parts = parts_of(found, correction)
    turns = tuple(_recast(turn, parts[_voice_name(turn)]) for turn in found.turns)
    moved = any(before.role != after.role for before, after in zip(found.turns, turns, strict=True))
    pairs = tuple(pair(turns)) if moved else _renamed_pairs(found.pairs, parts)
    if not pairs:
        raise ReadError(
            found.source.name,
            f"{sidecar} leaves nobody who answers",
            "Give somebody the role interviewee there.",
        )
    corrected = replace(
        found,
        title=correction.title or _title(found, turns),
        date=correction.date or found.date,
        link=correction.link or found.link,
        recording=correction.recording or found.recording,
        speakers=_speakers(found, parts),
        turns=turns,
        pairs=pairs,
        corrected=correction.digest,
    )
    strangers = (_warning(name, sidecar, corrected) for name in _strangers(found, correction, parts))
    unknown = (_not_known(word, sidecar) for word in correction.unknown)
    return replace(corrected, warnings=(*found.warnings, *strangers, *unknown))


def meant(name: str, among: Sequence[Voice]) -> list[Voice]:
    """The voices that a name as it was found stands for: by the name itself, in whatever case, or by another form."""
    name = name.strip()
    tests = (
        lambda voice: voice.name == name,
        lambda voice: voice.name.casefold() == name.casefold(),
        lambda voice: simple(name) in map(simple, voice.forms),
    )
    for test in tests:
        if chosen := [voice for voice in among if test(voice)]:
            return chosen[:1]
    if name.casefold() != UNKNOWN_SPEAKER:
        return []
    unknown = [voice for voice in among if voice.unknown]
    return [voice for voice in unknown if voice.role != "interviewer"] or unknown


def parts_of(found: Interview, correction: Correction) -> dict[str, Part]:
    """What each voice is called and does once corrected, by its name as it was found."""
    among = voices(found)
    keys = _keys(among, correction)
    right = dict(correction.speakers)
    plain = {voice.shown.casefold(): voice.shown for voice in among if voice.name not in keys}
    spelled = dict(plain)
    for name in (right[keys[voice.name]] for voice in among if voice.name in keys):
        spelled.setdefault(name.casefold(), name)
    names = {
        voice.name: spelled[right[keys[voice.name]].casefold()] if voice.name in keys else voice.shown
        for voice in among
    }
    roles = _roles(found, among, names, correction)
    return {voice.name: Part(names[voice.name], roles[voice.name], keys.get(voice.name)) for voice in among}


def _keys(among: Sequence[Voice], correction: Correction) -> dict[str, str]:
    """The entry that says what a voice is called; one by its name goes before one by another form."""
    by_name: dict[str, str] = {}
    by_form: dict[str, str] = {}
    for key, _ in correction.speakers:
        for voice in meant(key, among):
            chosen = by_name if voice.name.casefold() == key.casefold() else by_form
            chosen.setdefault(voice.name, key)
    return by_form | by_name


def _roles(
    found: Interview, among: Sequence[Voice], names: Mapping[str, str], correction: Correction
) -> dict[str, Role]:
    """What each voice does: as the user says, else as it was found, and one who is merged as the person merged into."""
    roles = {voice.name: voice.role for voice in among} | _swapped_roles(found, among, names)
    turns = [_voice_name(turn) for turn in found.turns]
    for name in {name for name in names.values() if name != UNKNOWN_SPEAKER}:
        one = [voice for voice in among if names[voice.name] == name]
        known = [voice for voice in one if roles[voice.name] != "unknown"]
        leading = max(known, key=lambda voice: (voice.name == name, turns.count(voice.name)), default=None)
        if len(one) > 1 and leading:
            roles |= {voice.name: roles[leading.name] for voice in one}
    for key, role in correction.roles:
        folded = key.casefold()
        chosen = [name for name in names if names[name].casefold() == folded and names[name] != UNKNOWN_SPEAKER]
        roles |= dict.fromkeys(chosen or [voice.name for voice in meant(key, among)], role)
    return roles


def _swapped_roles(found: Interview, among: Sequence[Voice], names: Mapping[str, str]) -> dict[str, Role]:
    """Of two whose names are exchanged, the one who asks more is the interviewer: a label may have told the role."""
    roles: dict[str, Role] = {}
    for voice in among:
        other = next((each for each in among if each.name == names[voice.name] and each is not voice), None)
        if other is None or names[other.name] != voice.name or "interviewer" not in (voice.role, other.role):
            continue
        mine, theirs = _asking(found, voice), _asking(found, other)
        rest = other.role if voice.role == "interviewer" else voice.role
        if mine != theirs:
            roles[voice.name] = "interviewer" if mine > theirs else rest
    return roles


def _asking(found: Interview, voice: Voice) -> float:
    """The share of a voice's turns that end in a question."""
    text = found.source.text
    ends = [turn.span.end for turn in found.turns if _voice_name(turn) == voice.name]
    return share_asking(text[max(0, end - _TAIL) : end] for end in ends)


def _voice_name(turn: Turn) -> str:
    return _unknown(turn.role) if turn.speaker == UNKNOWN_SPEAKER else turn.speaker


def _unknown(role: Role) -> str:
    return UNKNOWN_SPEAKER if role == "unknown" else f"unknown {role}"


def _recast(turn: Turn, part: Part) -> Turn:
    return replace(turn, speaker=part.name, role=part.role)


def _renamed_pairs(pairs: Sequence[QAPair], parts: Mapping[str, Part]) -> tuple[QAPair, ...]:
    def recast(turns: Sequence[Turn]) -> tuple[Turn, ...]:
        return tuple(_recast(turn, parts[_voice_name(turn)]) for turn in turns)

    return tuple(QAPair(recast(each.question), recast(each.answer)) for each in pairs)


def _speakers(found: Interview, parts: Mapping[str, Part]) -> tuple[Speaker, ...]:
    """The speakers under their right names, those who are merged as one, with all forms under which they were met."""
    forms: dict[str, list[str]] = {}
    roles: dict[str, Role] = {}
    given = {part.name for part in parts.values() if part.key is not None}
    for voice in voices(found):
        part = parts[voice.name]
        if part.name != UNKNOWN_SPEAKER:
            forms.setdefault(part.name, []).extend([*([] if voice.unknown else [voice.name]), *voice.forms])
            roles.setdefault(part.name, part.role)
    return tuple(
        Speaker(name, roles[name], tuple(dict.fromkeys(form for form in met if form != name)), given=name in given)
        for name, met in forms.items()
    )


def _title(found: Interview, turns: Sequence[Turn]) -> str:
    """The title; one that was made of the speakers' names is made anew."""
    if found.title != title_of(found.interviewees):
        return found.title
    guests = dict.fromkeys(
        turn.speaker for turn in turns if turn.role != "interviewer" and turn.speaker != UNKNOWN_SPEAKER
    )
    return title_of(tuple(guests)) if guests else found.title


def _strangers(found: Interview, correction: Correction, parts: Mapping[str, Part]) -> list[str]:
    """Names in a correction that nobody bears here."""
    among = voices(found)
    right = {part.name.casefold() for part in parts.values()}
    names = [name for name, _ in correction.speakers if not meant(name, among)]
    roles = [name for name, _ in correction.roles if name.casefold() not in right and not meant(name, among)]
    return list(dict.fromkeys([*names, *roles]))


def _warning(stranger: str, sidecar: str, corrected: Interview) -> str:
    there = ", ".join(speaker.name for speaker in corrected.speakers) or "nobody by name"
    return f"{sidecar} names “{stranger}”, who does not speak here (there are: {there}); mend or remove the name there."


def _not_known(word: str, sidecar: str) -> str:
    known = (*LINES, *TABLES)
    near = process.extractOne(word.casefold(), known, scorer=OSA.normalized_similarity, score_cutoff=_LIKE)
    hint = f"is “{near[0]}” meant?" if near else f"known there are {', '.join(known)}."
    return f"{sidecar} says “{word}”, which means nothing there; {hint}"


def check_line(text: str, *, may_be_empty: bool = False, found: bool = False) -> None:
    """Refuse what is no name, title or the like; one that was ``found`` may turn the order of its letters.

    Raises:
        ValueError: it is empty, long, of several lines, has blanks around it, or turns the order of letters.
    """
    if not text.strip() and not may_be_empty:
        raise ValueError("a name is empty")
    if not found and _TURNS_LETTERS.search(text):
        raise ValueError(f"{text[:LONGEST]!r} holds signs that turn the order of letters; type it anew without them")
    if _CONTROL.search(text) or text != text.strip() or len(text) > LONGEST:
        raise ValueError(f"{text[:LONGEST]!r} is not one line of at most {LONGEST} characters without blanks around it")

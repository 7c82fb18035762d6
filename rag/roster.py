"""One person across interviews: the same full name is one person, and a first name or "Speaker 1" alone never is.

Names of less than that, and labels that name nobody, get their interview in brackets where several interviews have
them.
Within one interview nobody is made one with another: that is told by the interview, or by the user.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath

from rag.names import plain_words, simple
from rag.plausible import GENERIC
from rag.records import UNKNOWN_SPEAKER, Interview, QAPair, Speaker, Turn

Person = tuple[str, ...]
"""The words of a full name, folded, without titles."""


def gather(interviews: Sequence[Interview]) -> tuple[Interview, ...]:
    """The interviews with the names that tell people apart among all of them, whatever they were shown as before.

    Interviews in which no name changes come back as they are.
    """
    restored = [restore(interview) for interview in interviews]
    people = _people(restored)
    namesakes = _namesakes(restored)
    places = _places(restored)

    def shown(speaker: Speaker, place: str) -> str:
        if person := _person(speaker):
            return people[person]
        return f"{speaker.name} ({place})" if simple(speaker.name) in namesakes else speaker.name

    return tuple(
        _renamed(now, _distinct({each.name: shown(each, place) for each in plain.speakers}), plain)
        for now, plain, place in zip(interviews, restored, places, strict=True)
    )


def restore(interview: Interview) -> Interview:
    """The interview with the names that it has by itself."""
    plain = {speaker.name: speaker.plain for speaker in interview.speakers if speaker.plain}
    return _with_names(interview, plain) if plain else interview


def _people(interviews: Iterable[Interview]) -> dict[Person, str]:
    """The name to show for each person: the user's spelling, else the most frequent one that is not in capitals."""
    spellings: dict[Person, Counter[str]] = {}
    given: set[str] = set()
    for speaker in (each for interview in interviews for each in interview.speakers):
        if person := _person(speaker):
            spellings.setdefault(person, Counter())[speaker.name] += 1
            given |= {speaker.name} if speaker.given else set()

    def best(counts: Counter[str]) -> str:
        return min(counts, key=lambda name: (name not in given, not _mixed(name), -counts[name], -len(name), name))

    return {person: best(counts) for person, counts in spellings.items()}


def _mixed(name: str) -> bool:
    return name not in (name.upper(), name.lower())


def _namesakes(interviews: Iterable[Interview]) -> frozenset[str]:
    """Names that name no person fully and occur in several interviews, as they are compared."""
    counts = Counter(
        name
        for interview in interviews
        for name in {simple(speaker.name) for speaker in interview.speakers if not _person(speaker)}
    )
    return frozenset(name for name, count in counts.items() if count > 1)


def _person(speaker: Speaker) -> Person | None:
    """Who somebody is across interviews; none where the name does not tell."""
    if speaker.name == UNKNOWN_SPEAKER:
        return None
    words = plain_words(speaker.name)
    return tuple(words) if _is_full(words) and not GENERIC.match(simple(speaker.name)) else None


def _is_full(words: Sequence[str]) -> bool:
    """Whether a name is more than a first name, with or without one initial: "A. Lee" may be Anna and may be Adam."""
    initials = sum(len(word) == 1 and word.upper() != word.lower() for word in words)
    return len(words) - initials + initials // 2 > 1


def _places(interviews: Sequence[Interview]) -> list[str]:
    """What each interview is called in brackets: its file without ending, or as much of its path as is needed."""
    names = [interview.source.name for interview in interviews]
    forms: Sequence[Callable[[str], str]] = (lambda name: PurePosixPath(name).stem, _without_ending, str)
    counts = [Counter(form(name).casefold() for name in names) for form in forms]
    return [
        next(form(name) for form, count in zip(forms, counts, strict=True) if count[form(name).casefold()] == 1)
        for name in names
    ]


def _without_ending(name: str) -> str:
    return name.removesuffix(PurePosixPath(name).suffix)


def _distinct(shown: Mapping[str, str]) -> dict[str, str]:
    """The names to change; two speakers of one interview never get one name."""
    taken = Counter([*shown.values(), *(name for name, to in shown.items() if name != to)])
    return {name: to for name, to in shown.items() if name != to and taken[to] == 1}


def _renamed(now: Interview, changes: Mapping[str, str], plain: Interview) -> Interview:
    renamed = _with_names(plain, changes)
    return now if renamed == now else renamed


def _with_names(interview: Interview, names: Mapping[str, str]) -> Interview:
    """The interview with other names; where these are not its own, each speaker keeps the own one beside."""

    def speaker(each: Speaker) -> Speaker:
        new = names.get(each.name, each.name)
        return replace(each, name=new, plain="" if each.plain else each.name) if new != each.name else each

    def turns(those: Sequence[Turn]) -> tuple[Turn, ...]:
        return tuple(replace(turn, speaker=names[turn.speaker]) if turn.speaker in names else turn for turn in those)

    if not names:
        return interview
    return replace(
        interview,
        speakers=tuple(speaker(each) for each in interview.speakers),
        turns=turns(interview.turns),
        pairs=tuple(QAPair(turns(pair.question), turns(pair.answer)) for pair in interview.pairs),
    )

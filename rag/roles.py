"""Who asks and who answers, decided for each file from what its people do, unless the file says so itself."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import NamedTuple

from rag.names import same_person, simple
from rag.persons import MOST_PEOPLE, answers, asks
from rag.records import UNKNOWN_SPEAKER, Role, Span, Stated

_HOST_NOTE = re.compile(
    r"\b(?:host|co-?host|moderator|interviewer|presenter|anchor|byline|reporter|facilitator)\b", re.I
)
_GUEST_NOTE = re.compile(r"\b(?:guest|interviewee|author of|participant|panell?ist)\b", re.I)
_QUESTION = frozenset("?？؟")
_CLOSING = "\"”’')]*_ \t\r\n\f\v\u00a0\u3000\u2028\u2029"
_TAIL = 160
_FEWEST = 3
_ASKS_AT_ALL, _ASKS_OFTEN = 0.15, 0.35


class Said(NamedTuple):
    """One stretch of speech under one label, with the person's name and what was noted beside the label.

    ``start`` is where the label stands, ``span`` what is said.
    """

    label: str
    name: str
    span: Span
    start: int
    note: str = ""
    after_break: bool = False

    @property
    def key(self) -> str:
        """The person's name, or the label where the person is unknown: two unknown people are not one."""
        return self.label if self.name == UNKNOWN_SPEAKER else self.name


def find_roles(text: str, said: Sequence[Said], stated: Stated) -> dict[str, Role]:
    """The role of each name; unknown where nobody, or everybody, does the asking."""
    names = list(dict.fromkeys(each.key for each in said))
    spans: dict[str, list[Span]] = {name: [] for name in names}
    signs: dict[str, dict[tuple[str, str], None]] = {name: {} for name in names}
    for each in said:
        spans[each.key].append(each.span)
        signs[each.key][each.label, each.note] = None
    roles = {name: role for name in names if (role := _told(name, signs[name], stated))}
    if len(names) > MOST_PEOPLE:
        return {name: roles.get(name, "unknown") for name in names}
    open_names = [name for name in names if name not in roles]
    if not open_names:
        return roles
    habits = {name: _Habit.of(text, spans[name]) for name in names}
    hosts = [name for name, role in roles.items() if role == "interviewer"]
    guests = [name for name, role in roles.items() if role == "interviewee"]
    return roles | _by_asking(open_names, habits, hosts, guests)


def _told(name: str, signs: Collection[tuple[str, str]], stated: Stated) -> Role | None:
    """The role that the file itself gives, in its header or in somebody's labels and the notes beside them."""
    if any(_same(name, host) for host in stated.hosts):
        return "interviewer"
    if any(_same(name, guest) for guest in stated.guests):
        return "interviewee"
    if any(asks(label) or _HOST_NOTE.search(note) for label, note in signs):
        return "interviewer"
    if any(answers(label) or _GUEST_NOTE.search(note) for label, note in signs):
        return "interviewee"
    return None


def _same(name: str, other: str) -> bool:
    return simple(name) == simple(other) or same_person(name, other)


def _by_asking(
    names: Sequence[str], habits: Mapping[str, "_Habit"], hosts: Sequence[str], guests: Sequence[str]
) -> dict[str, Role]:
    """Those ask who end far more turns in a question than others, and say less in each; else the role is unknown."""
    if hosts:
        level = max(_ASKS_OFTEN, 0.7 * min(habits[host].asks for host in hosts))
        busy = [name for name in names if habits[name].asks >= level and habits[name].turns >= _FEWEST]
        return {
            name: "interviewer" if name in busy and (guests or len(busy) < len(names)) else "interviewee"
            for name in names
        }
    few = all(habit.turns < _FEWEST for habit in habits.values())
    steady = [name for name in habits if few or habits[name].turns >= _FEWEST]
    most = max((habits[name].asks for name in steady), default=0.0)
    asking = [name for name in steady if most >= _ASKS_AT_ALL and habits[name].asks >= 0.6 * most]
    others = [name for name in steady if name not in asking]
    asking = [name for name in asking if others and _sets_apart(habits[name], [habits[other] for other in others])]
    if not asking:
        return dict.fromkeys(names, "unknown")
    return {name: _role(name, asking, steady) for name in names}


def _role(name: str, asking: Collection[str], steady: Collection[str]) -> Role:
    """Somebody who says but a word or two in a long conversation has no role of their own."""
    return "interviewer" if name in asking else "interviewee" if name in steady else "unknown"


def _sets_apart(asker: "_Habit", others: Sequence["_Habit"]) -> bool:
    rarely = max(other.asks for other in others)
    usual = median(other.words for other in others)
    return asker.asks >= max(0.5, 3 * rarely) or (asker.asks > rarely and asker.words <= 0.8 * usual)


@dataclass(frozen=True, slots=True)
class _Habit:
    """How often somebody speaks, which share of these turns ends in a question, and with how many words on average."""

    turns: int
    asks: float
    words: float

    @classmethod
    def of(cls, text: str, spans: Sequence[Span]) -> "_Habit":
        asked = sum(
            text[max(span.start, span.end - _TAIL) : span.end].rstrip(_CLOSING)[-1:] in _QUESTION for span in spans
        )
        return cls(len(spans), asked / len(spans), sum(map(len, spans)) / 6 / len(spans))

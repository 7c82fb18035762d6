"""Who bears which name: by the whole name, by a part of it, by initial and surname, and by a mistyped part.

A *label* is what a transcript calls a speaker in place of a name: "Grad F", "Speaker 2", "Project Manager".
No part of a label names anybody by itself.
Everything is looked up in tables, so that a question costs the same among three speakers and among thousands.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from rag.words import fold

IsWord = Callable[[str], bool]
"""Whether a folded word is an ordinary one."""

TOKEN = re.compile(r"[^\W_][\w’'\-]*")
POSSESSIVE = re.compile(r"(?:[’']s|(?<=s)[’'])\Z", re.IGNORECASE)
_LABEL_WORDS = frozenset(
    """
    a analyst and assistant attorney audience caller chair chairman chairperson chairwoman chief child clerk client
    commissioner committee consultant counsel customer deputy design designer developer director doctor dr editor
    employee employer engineer executive expert facilitator father female finance girl boy grad graduate group guest
    head host industrial inspector interface interpreter interviewee interviewer judge juror junior lawyer lead leader
    legal male man manager marketing member minister moderator mother narrator nurse of officer operations operator
    owner panelist panellist parent participant patient person phd pi postdoc presenter president principal producer
    prof professor project product reporter representative researcher resident respondent sales scientist secretary
    senior speaker staff student subject teacher team technical the translator treasurer undergrad unidentified unknown
    user voice witness woman worker
    """.split()
)
_NO_NAME = frozenset(
    """
    dr mr mrs ms prof professor sir dame jr sr phd psy de der den del della di da do dos du el al la le van von zu bin
    ibn y and of the speaker guest participant interviewee interviewer host unknown am mp obe mbe cbe kbe dbe qc kc md
    ma ba msc bsc mba esq rn ii iii iv msp ms tds td ret hon rev lord lady baroness
    right rt honourable honorable madam madame mx
    """.split()
)
"""Parts of names that name nobody by themselves."""
_SHORTEST_MISTYPED = 4
_NUMBERED = re.compile(r"[^\W\d_]?\d{1,4}|[^\W\d_]")


class Bearers:
    """The speakers of a collection by their names; ``plain`` is what somebody is called where it is not the name."""

    def __init__(self, speakers: Iterable[str], plain: Mapping[str, str]) -> None:
        self.by_part: dict[str, list[str]] = {}
        self.labels: set[tuple[str, ...]] = set()
        self._by_initial: dict[str, list[str]] = {}
        self._whole: dict[str, dict[tuple[str, ...], list[str]]] = {}
        self._by_length: dict[int, list[str]] = {}
        for name in speakers:
            self._enter(name, plain.get(name, name))
        for part in self.by_part:
            self._by_length.setdefault(len(part), []).append(part)

    def _enter(self, name: str, called: str) -> None:
        parts = parts_of(called)
        for whole in {parts, parts_of(name)} - {()}:
            self._whole.setdefault(whole[0], {}).setdefault(whole, []).append(name)
        if parts and all(part in _LABEL_WORDS or _NUMBERED.fullmatch(part) for part in parts):
            self.labels.add(parts)
            return
        telling = [part for part in parts if len(part) > 1 and part not in _NO_NAME]
        for part in dict.fromkeys(telling):
            self.by_part.setdefault(part, []).append(name)
        if len(telling) > 1:
            self._by_initial.setdefault(telling[0][0] + telling[-1], []).append(name)

    def whole(self, words: Sequence[str], at: int) -> tuple[int, list[str]]:
        """How many words from ``at`` on are somebody's whole name, the longest that is, and whose; 0 if none are."""
        wholes = self._whole.get(words[at], {})
        fitting = [whole for whole in wholes if tuple(words[at : at + len(whole)]) == whole]
        longest = max(fitting, key=len, default=())
        return len(longest), wholes.get(longest, [])

    def mistyped(self, word: str, is_word: IsWord) -> list[str]:
        """The one person who may be meant by a word that is none: by initial and surname, or by slips of typing."""
        if len(word) < _SHORTEST_MISTYPED or is_word(word):
            return []
        if word in self._by_initial:
            return self._by_initial[word]
        alike = [part for length in range(len(word) - 2, len(word) + 3) for part in self._by_length.get(length, ())]
        found = process.extract(word, alike, scorer=OSA.distance, score_cutoff=2, limit=None)
        near = {part: slips for part, slips, _ in found if len(part) >= _SHORTEST_MISTYPED and slips <= _slips(part)}
        closest = min(near.values(), default=0)
        names = {name for part, slips in near.items() if slips == closest for name in self.by_part[part]}
        return sorted(names) if len(names) == 1 else []


def parts_of(name: str) -> tuple[str, ...]:
    """The words of a name, folded."""
    return tuple(fold(part) for part in TOKEN.findall(name))


def _slips(part: str) -> int:
    return 1 if len(part) < 6 else 2

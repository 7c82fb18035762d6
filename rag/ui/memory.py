"""What the browser keeps of a conversation, so that it is there again when the page was reloaded or started anew.

The browser keeps what each question was taken to mean, and nothing of the answers: these are found again.
"""

import json
from dataclasses import asdict, dataclass, fields
from itertools import count
from typing import Any, get_args

from rag.records import QuestionKind, Sought, Understood, Voices

MOST_RECALLED = 60
"""Questions that are asked again when somebody comes back."""
_LONGEST = 100_000
_ANY = Understood("", "what", "")
_CHOICES: dict[str, tuple[str, ...]] = {
    "kind": get_args(QuestionKind),
    "sought": get_args(Sought),
    "role": get_args(Voices),
}


@dataclass(frozen=True)
class Kept:
    """A question, what it was taken to mean, and without what it was asked again, if it was."""

    question: str
    understood: Understood
    otherwise: str = ""


class Steps:
    """What each visitor did last, asking or beginning anew, so that nothing that comes late is shown over it."""

    def __init__(self) -> None:
        self._numbers = count()
        self._latest: dict[str | None, tuple[int, bool]] = {}

    def ask(self, visitor: str | None) -> int:
        """A question is asked; returns the number of this step."""
        return self._step(visitor, asks=True)

    def forget(self, visitor: str | None) -> None:
        """The conversation is begun anew."""
        self._step(visitor, asks=False)

    def leave(self, visitor: str | None) -> None:
        """The visitor is gone."""
        self._latest.pop(visitor, None)

    def latest(self, visitor: str | None) -> int:
        """The number of the last step; -1 where there was none."""
        return self._latest.get(visitor, (-1, False))[0]

    def asked(self, visitor: str | None) -> bool:
        """Whether something was asked since the page was loaded, or since the last new conversation."""
        return self._latest.get(visitor, (-1, False))[1]

    def _step(self, visitor: str | None, *, asks: bool) -> int:
        number = next(self._numbers)
        self._latest[visitor] = (number, asks)
        return number


def to_keep(asked: Kept) -> str:
    """The same as text."""
    return json.dumps(asdict(asked), ensure_ascii=False)


def recall(kept: str) -> list[Kept]:
    """The latest questions that a browser kept, as a JSON list; what is not as ``to_keep`` gave it is passed over."""
    try:
        questions = json.loads(kept)
    except (ValueError, RecursionError):
        return []
    found = (_question(each) for each in questions[-MOST_RECALLED:]) if isinstance(questions, list) else ()
    return [each for each in found if each]


def _question(text: Any) -> Kept | None:
    if not isinstance(text, str) or len(text) > _LONGEST:
        return None
    try:
        content = json.loads(text)
        question, otherwise, values = content["question"], content["otherwise"], content["understood"]
        understood = Understood(**{field.name: _value(field.name, values[field.name]) for field in fields(Understood)})
    except (ValueError, TypeError, LookupError, RecursionError):
        return None
    words = isinstance(question, str) and isinstance(otherwise, str)
    return Kept(question, understood, otherwise) if words else None


def _value(name: str, value: Any) -> Any:
    """A value of a question's meaning, if it is of the right sort."""
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = tuple(value)
    if type(value) is not type(getattr(_ANY, name)) or value not in _CHOICES.get(name, (value,)):
        raise ValueError(f"no {name}: {value!r}")
    return value

"""What the browser keeps of a conversation, so that it is there again when the page was reloaded or started anew.

The browser keeps what each question was taken to mean, and nothing of the answers: these are found again.
"""

import json
from dataclasses import asdict, dataclass, fields
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

"""What a question was taken to mean, part by part, and the question without one of them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from rag.records import QuestionKind, Understood

PartOfQuestion = Literal[
    "kind", "speaker", "stranger", "topic", "negated", "excluded", "interviews", "role", "carried", "new"
]


@dataclass(frozen=True, slots=True)
class Meant:
    """One part of what a question means: a name where it is about one, and the question without it, if that is one."""

    kind: PartOfQuestion
    name: str = ""
    without: Understood | None = None


def understood_parts(understood: Understood) -> list[Meant]:
    """All parts of what a question means, in the order in which a sentence has them.

    Without its topic, its negation or its past nothing sensible is left of a question, so these stay.
    """
    return [*_asked(understood), *_within(understood)]


def _asked(whole: Understood) -> Iterator[Meant]:
    """What is asked for: the kind of answer, of whom, on what."""
    yield Meant("kind", without=replace(whole, kind="what") if whole.kind == "who" else None)
    for name in whole.speakers:
        yield Meant("speaker", name, _without_speaker(whole, name))
    for name in whole.strangers:
        left = replace(whole, strangers=_but(whole.strangers, name))
        yield Meant("stranger", name, left if whole.topic.strip() else None)
    if whole.topic.strip():
        yield Meant("topic", whole.topic)
    if whole.negated:
        yield Meant("negated")


def _within(whole: Understood) -> Iterator[Meant]:
    """What an answer is limited to, and where the question comes from."""
    for name in whole.excluded:
        yield Meant("excluded", name, replace(whole, excluded=_but(whole.excluded, name)))
    if whole.interviews:
        yield Meant("interviews", without=replace(whole, interviews=()))
    if whole.role != "interviewee" and whole.kind not in ("contact", "credits"):
        yield Meant("role", whole.role, None if whole.sought == "asker" else replace(whole, role="interviewee"))
    if whole.carried:
        yield Meant("carried")
    if whole.skip:
        yield Meant("new", without=replace(whole, skip=()))


def _without_speaker(whole: Understood, name: str) -> Understood | None:
    """The question about the others, or about anybody; none where it asks for nothing but this person."""
    left = _but(whole.speakers, name)
    if not left and not whole.topic.strip() and whole.kind not in ("contact", "credits"):
        return None
    kind: QuestionKind = "what" if whole.kind == "compare" and len(left) == 1 else whole.kind
    return replace(whole, speakers=left, kind=kind)


def _but(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(each for each in names if each != name)

"""What a question asks: for people or for words, about whom, and about what. No language model is called."""

import re
from collections.abc import Container

from rag.frames import is_bare, kind_of, topic_of
from rag.people import IsWord, People
from rag.records import UNKNOWN_SPEAKER, Answer, QuestionKind, Understood

LONGEST_QUESTION = 1000
"""Characters that are read of a question."""

_PERSONAL = re.compile(r"\b(?:he|she|him|her|his|hers|they|them|their)\b", re.IGNORECASE)
_THAT = re.compile(r"\b(?:that|this|it|those|these|the same(?: thing)?)\b", re.IGNORECASE)
_ELSE = re.compile(r"\b(?:else|more|another|other|further)\b", re.IGNORECASE)
_GOING_ON = re.compile(
    r"\A\W*(?:and|what about|how about|but|or|also|so|why|how so|how come|go on|more|anything)\b", re.IGNORECASE
)


def understand_question(
    text: str, people: People, *, is_word: IsWord, said: Container[str] = frozenset(), previous: Answer | None = None
) -> Understood:
    """What a question asks; ``previous`` is the answer before it in the same conversation, if any.

    ``is_word`` and ``said`` are those of ``People.find``.
    """
    text = text[:LONGEST_QUESTION].strip()
    named = people.find(text, is_word=is_word, said=said)
    kind = kind_of(named.marked, len(named.speakers))
    asked = Understood(text, kind, topic_of(named.marked), named.speakers, named.strangers)
    if previous is None or "empty" in (kind, previous.understood.kind) or named.strangers:
        return asked
    return _followed(asked, previous, bare=is_bare(named.marked))


def _followed(asked: Understood, previous: Answer, *, bare: bool) -> Understood:
    """Complete a question from the one before: a pronoun for the person, "that" or nothing for the topic."""
    before = previous.understood
    goes_on = bool(_GOING_ON.search(asked.text))
    more = bool(_ELSE.search(asked.text)) and bare
    person = not asked.speakers and asked.kind != "who" and (_PERSONAL.search(asked.text) or more or goes_on)
    topic = bare and (_THAT.search(asked.text) or more or goes_on or asked.speakers)
    if not person and not topic:
        return asked
    speakers = asked.speakers or (_spoken_of(previous) if person else ())
    return Understood(
        text=asked.text,
        kind=_carried_kind(asked, before, speakers, bare=bare),
        topic=before.topic if topic else asked.topic,
        speakers=speakers,
        carried=True,
        skip=(*before.skip, *(hit.id for hit in previous.hits)) if more else (),
    )


def _carried_kind(asked: Understood, before: Understood, speakers: tuple[str, ...], *, bare: bool) -> QuestionKind:
    if before.kind in ("contact", "credits") and bare:
        return before.kind
    if asked.kind == "what" and before.kind == "who" and not speakers:
        return "who"
    return asked.kind


def _spoken_of(previous: Answer) -> tuple[str, ...]:
    """Whom "she" or "they" means: those asked about, else those who were found to say it."""
    found = previous.understood.speakers or previous.speakers
    return tuple(name for name in found if name != UNKNOWN_SPEAKER)

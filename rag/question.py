"""What a question asks: for people or for words, about whom, and about what. No language model is called."""

import re
from collections.abc import Container

from rag.followups import follow
from rag.frames import Frame, read_frame, tidy, trimmed
from rag.people import IsWord, Mention, People, without_names
from rag.reaching import is_for_contacts, is_for_credits
from rag.records import Answer, QuestionKind, Understood
from rag.words import words

LONGEST_QUESTION = 1000
"""Characters that are read of a question."""

_LONG = 25
"""Words from which on several sentences are no question that somebody typed, but a passage."""
_TWO_SENTENCES = re.compile(r"[.!?…][\"”’')\]]*\s+\S")
_SEVERAL = r"\0(?:[’']s?\b)?(?:\s*(?:,|&|\band\b|\bor\b|\bnor\b){1,2}\s*\0(?:[’']s?\b)?){0,20}"
_LEFT_OUT = re.compile(
    rf"""(?:\b(any\s?one|anybody|every\s?one|everybody|no\ one|nobody|all|people)\s+but|
    ,?\s*\b(?:but\ not|except(?:\ for)?|besides|other\ than|apart\ from|aside\ from|excluding|
    leaving\ out|ignoring|minus)
    )\s+{_SEVERAL}""",
    re.IGNORECASE | re.VERBOSE,
)


def understand_question(
    text: str, people: People, *, is_word: IsWord, said: Container[str] = frozenset(), previous: Answer | None = None
) -> Understood:
    """What a question asks; ``previous`` is the answer before it in the same conversation, if any.

    ``is_word`` and ``said`` are those of ``People.find``.
    """
    text = text[:LONGEST_QUESTION].strip()
    if len(words(text)) > _LONG and _TWO_SENTENCES.search(text):
        # in a passage, a name tells no more than any other word
        return Understood(text, "what", tidy(text.replace("\0", " ")))
    named = people.find(text, is_word=is_word, said=said)
    marked, mentions, excluded = _without_excluded(named.marked, named.mentions)
    frame = read_frame(marked)
    about = [mention for number, mention in enumerate(mentions) if number not in frame.named()]
    speakers = tuple(name for name in _names(about) if name not in excluded)
    asked = Understood(
        text,
        kind=_kind(marked, frame, {mention.speakers for mention in about}),
        topic=tidy(frame.spoken([mention.written for mention in mentions])) or trimmed(without_names(marked)),
        speakers=speakers,
        strangers=named.strangers,
        sought=frame.sought,
        negated=frame.negated,
        excluded=excluded,
    )
    if previous is None or "empty" in (asked.kind, previous.understood.kind) or asked.strangers:
        return asked
    return follow(asked, frame, previous)


def _without_excluded(marked: str, mentions: tuple[Mention, ...]) -> tuple[str, list[Mention], tuple[str, ...]]:
    """The question without whom it leaves out ("everyone except Weiqi"), the names left in it, and those left out."""
    out: set[int] = set()

    def cut(match: re.Match[str]) -> str:
        first = marked.count("\0", 0, match.start())
        out.update(range(first, first + match.group().count("\0")))
        return match[1] or " "

    rest = _LEFT_OUT.sub(cut, marked)
    excluded = _names([mention for number, mention in enumerate(mentions) if number in out])
    return rest, [mention for number, mention in enumerate(mentions) if number not in out], excluded


def _names(mentions: list[Mention]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for mention in mentions for name in mention.speakers))


def _kind(marked: str, frame: Frame, named: set[tuple[str, ...]]) -> QuestionKind:
    """What kind of answer is wanted; ``named`` holds those who are meant by each name, namesakes by the same one."""
    if not words(marked) and not named:
        return "empty"
    if is_for_credits(marked):
        return "credits"
    if is_for_contacts(marked):
        return "contact"
    if len(named) > 1:
        return "compare"
    return "what" if named and frame.kind == "who" else frame.kind

"""How a question follows the one before: a pronoun stands for the person, "that" or nothing for the topic.

A question that says about what, and of whom, takes nothing from the one before.
"""

import re
from dataclasses import replace

from rag.framing import Frame
from rag.records import UNKNOWN_SPEAKER, Answer, QuestionKind, Sought, Understood
from rag.words import is_content, words

_PERSONAL = re.compile(r"\b(?:he|she|him|her|his|hers|they|them|their|theirs)\b", re.IGNORECASE)
_THAT = re.compile(r"\b(?:that|this|it|those|these|the same(?: thing)?)\b", re.IGNORECASE)
_THAT_AT_THE_END = re.compile(r"\b(?:that|this|it)\Z", re.IGNORECASE)
_ELSE = re.compile(r"\b(?:else|more|another|other|further)\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"\A\W*(?:and|what about|how about|but|or|also|so|why|how so|how come|go on|more|anything)\b|"
    r"\b(?:when|where|how|elaborate)\W*\Z",
    re.IGNORECASE,
)
_MORE_QUOTES = re.compile(
    r"(?:(?:any|some|more|other|another|further) ){1,3}(?:quotes?|passages?|examples?|statements?|lines)", re.IGNORECASE
)
_OTHERS = re.compile(
    r"\b(?:the others|the rest(?: of (?:them|the \w+))?|(?:everybody|everyone) else|"
    r"the other (?:two|three|four|ones|people|speakers|guests|filmmakers|interviewees|participants))\b",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:all|each|every\w*)\b", re.IGNORECASE)
_SAYS = re.compile(r"\b(?:say|says|said|talk|talks|talked|think|thinks|thought|feel|feels|tell)\b", re.IGNORECASE)


def follow(asked: Understood, frame: Frame, previous: Answer) -> Understood:
    """Complete a question from the one before it; as it is where nothing is missing."""
    if _OTHERS.search(asked.text) and not asked.speakers:
        return _of_the_others(asked, previous)
    bare = frame.bare or bool(_MORE_QUOTES.fullmatch(asked.topic))
    more = bare and bool(_ELSE.search(asked.text))
    goes_on = bool(_GOES_ON.search(asked.text)) and (bare or not frame.found)
    personal = bool(_PERSONAL.search(asked.text))
    everybody = bool(_ALL.search(asked.text) or asked.excluded) and (bare or asked.kind == "compare")
    anybody = asked.speakers or asked.kind in ("who", "count") or everybody
    person = not anybody and (personal or more or goes_on)
    topic = bare and bool(
        more or goes_on or personal or asked.speakers or asked.kind == "count" or _THAT.search(asked.text)
    )
    if not person and not topic:
        return asked
    completed = _carried(asked, previous, personal=personal or bare, person=person, topic=topic)
    if topic or not frame.found:
        completed = replace(completed, sought=_sought(asked, previous.understood))
    if everybody and completed.kind == "what":
        completed = replace(completed, kind="compare")
    return _more(completed, previous) if more else completed


def _carried(asked: Understood, previous: Answer, *, personal: bool, person: bool, topic: bool) -> Understood:
    """The question with the person, the topic, or both of the one before."""
    before = previous.understood
    meant = _spoken_of(previous) if personal else before.speakers
    speakers = asked.speakers or tuple(name for name in meant if person and name not in asked.excluded)
    return replace(
        asked,
        kind=_kind(asked, before, speakers, bare=topic),
        topic=before.topic if topic else _filled(asked.topic, before.topic),
        speakers=speakers,
        negated=asked.negated or (topic and before.negated),
        excluded=asked.excluded if speakers else _together(asked.excluded, before.excluded),
        carried=True,
    )


def _more(asked: Understood, previous: Answer) -> Understood:
    """The question without what was shown, and where it asks who else, without those who were named."""
    shown = (*previous.understood.skip, *(hit.id for hit in previous.hits))
    found = () if asked.speakers else _spoken_of(previous)
    return replace(asked, skip=shown, excluded=_together(asked.excluded, found))


def _of_the_others(asked: Understood, previous: Answer) -> Understood:
    """The same, or something new, asked of everybody but those who were spoken of."""
    before = previous.understood
    rest = words(_OTHERS.sub(" ", asked.topic))
    bare = not any(is_content(word) for word in rest) or bool(re.fullmatch(r"\W*", _OTHERS.sub("", asked.topic)))
    kind = asked.kind if asked.kind != "what" else before.kind if before.kind in ("who", "count") else "compare"
    return replace(
        asked,
        kind=kind,
        topic=before.topic if bare else asked.topic,
        sought=before.sought if bare else asked.sought,
        negated=before.negated if bare else asked.negated,
        excluded=_together(asked.excluded, before.excluded, _spoken_of(previous)),
        carried=True,
    )


def _kind(asked: Understood, before: Understood, speakers: tuple[str, ...], *, bare: bool) -> QuestionKind:
    if before.kind in ("contact", "credits") and bare:
        return before.kind
    if asked.kind == "what" and len(speakers) > 1:
        return "compare"
    if asked.kind == "what" and before.kind in ("who", "count", "compare") and not speakers:
        return before.kind
    return asked.kind


def _sought(asked: Understood, before: Understood) -> Sought:
    return asked.sought if asked.sought != "said" or _SAYS.search(asked.text) else before.sought


def _spoken_of(previous: Answer) -> tuple[str, ...]:
    """Whom "she" or "they" means: those asked about, else those who were found to say it."""
    found = previous.understood.speakers or previous.speakers
    return tuple(name for name in found if name != UNKNOWN_SPEAKER)


def _filled(topic: str, before: str) -> str:
    """The topic with what was spoken of in the place of "it" at its end ("does she regret it")."""
    return _THAT_AT_THE_END.sub(lambda _: before, topic) if before else topic


def _together(*names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for some in names for name in some))

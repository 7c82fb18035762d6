"""The frames of English questions: what stands around the topic and tells what kind of answer is wanted.

"Who talks about unlearning?" is the frame "who talks about" with the topic "unlearning".
In a question given here, each speaker's name is a NUL, so that no name is taken for a word.
A frame is only ever taken off the two ends of a question: what stands within the topic stays there.
"""

import re
from collections.abc import Callable
from dataclasses import replace

from rag import phrases as p
from rag.framing import Frame, compiled, holds, numbered, without
from rag.negation import is_negative
from rag.spelling import meant
from rag.whatframes import what_frame
from rag.whoframes import count_frame, who_frame
from rag.words import fold

__all__ = ["Frame", "is_introduction", "read_frame"]

_READERS: tuple[Callable[[str], Frame | None], ...] = (count_frame, who_frame, what_frame)
_WHO_IS = re.compile(r"\W*+(?:who|what)?\W*+(?:is|are|was|were)?\W*+(?:tell me about|about)?\W*+")
_EDGES = re.compile(r"\A[\s?!.,;:’'\"“”-]+|[\s?!.,;:’'\"“”-]+\Z")
_START = re.compile(rf"\A[^\w{p.NAME[1:]}+")
_EMPTY = re.compile(r"\(\s*\)")
_LOOSE = re.compile(
    r"\A(?:(?:and|or|on|about|of|with|each) )+|(?: (?:and|or|on|about|of|with|by|from|each))+\Z", re.IGNORECASE
)
_LEARN = r"(?:know|see|find|read|hear|learn)(?: out)?"
_DO_IT = r"(?:tell|show|give|find|list|please|pull|get|look|search|summari|help|name)"
_POLITE = compiled(
    rf"""(?:(?:and |or |but )?(?:what|how) about|please|pls|plz|hi|hello|hey|thanks|thank you|let me know|
    (?:can|could|would|will) you(?: please)?(?= {_DO_IT})|(?:could|can|may|might) (?:i|we) (?:see|have|get|read)|
    i (?:want|need|would like|['’]d like) to {_LEARN}|i['’]d (?:like|love)(?: to {_LEARN})?|i would like|
    i wonder(?: if| whether)?|i['’]?m after|i (?:need|want)(?= (?:a|an|some|the|all|quotes?|passages?)\b)|
    i(?:['’]m| am| was) (?:looking for|searching for|interested in|wondering(?: if| whether)?|curious(?: about)?|
    trying to find)|do you (?:know|remember)(?: if| whether)?|
    (?:just )?(?:tell|show|give|find|get|bring|send|remind|help) (?:me|us)(?: find)?)\b[\s,:;.!–—-]*"""
)
_WEAK = compiled(
    r"""(?:and|but|or|so|well|ok|okay|also|now|then|find(?: out)?|show|list|give|get|name|names of|
    look(?:ing)?(?: for| up)|search(?:ing)?(?: for)?|pull(?: up| out)?|summari[sz]e|sum up|recap|
    collect|display|locate|identify|extract|retrieve|tell|
    in general|quote)\b[\s,:;.!–—-]*"""
)
_TAG = compiled(
    r"""(?:[\s,.!?]{1,5}(?:please|pls|thanks|thank you|many thanks|cheers)){1,3}\W*\Z|
    , (?:(?:does|do|did|is|are|was|were|has|have|can|would)n['’]t (?:she|he|they|it|you|we)|right|correct|no|yes)\W*\Z|
    [,?]? who (?:is|was) (?:it|that|this|he|she)\W*\Z|[,?]? who exactly\W*\Z"""
)
_ACCORDING = compiled(rf"[\s,]+according to {p.NAMES}\W*\Z")
_ASKS = compiled(rf"(?:what|which|where|when|why|how|{p.AUXILIARY})\b")
_PLACE = compiled(rf"(?:{p.PLACED}){{1,3}}\W*\Z")


def read_frame(marked: str) -> Frame:
    """Take a question apart; its topic is everything where it has no frame."""
    question = _ACCORDING.sub("", _TAG.sub("", numbered(_mended(marked))))
    for text in _beginnings(question):
        for read in _READERS:
            frame = read(text)
            if frame:
                placeless = _PLACE.sub("", frame.topic)
                return replace(frame, topic=tidy(placeless if holds(placeless) else frame.topic))
    rest = _beginnings(question, weak=False)[-1] if _POLITE.match(question) else question
    return Frame(tidy(rest), negated=bool(_ASKS.match(rest)) and is_negative(without(rest)), found=False)


def is_introduction(topic: str) -> bool:
    """Whether nothing is asked about people but who they are ("Who is Ana?", "tell me about Ana")."""
    return bool(_WHO_IS.fullmatch(fold(topic)))


_SLIPS = {"abt": "about", "abot": "about", "waht": "what", "whta": "what", "wht": "what", "wich": "which", "hwo": "who",
          "whcih": "which", "sya": "say", "hte": "the", "teh": "the", "pls": "please", "plz": "please"}  # fmt: skip
_FRAME_WORDS = tuple(
    "about mention mentions mentioned talks talked talking speaks thinks think thought says which anyone anybody "
    "someone somebody everyone people discuss discusses discussed describe describes opinion quotes compare between "
    "tell does what where regarding anything interviewer asked".split()
)
_WORD = re.compile(r"[^\W\d_]{3,}")


def _mended(marked: str) -> str:
    """The question with slips of typing in words of frames put right; other words stay as they are."""

    def mend(match: re.Match[str]) -> str:
        word = match.group()
        if word in _SLIPS:
            return _SLIPS[word]
        return meant(word, _FRAME_WORDS) or word

    return _WORD.sub(mend, marked)


def _beginnings(text: str, *, weak: bool = True) -> list[str]:
    """The question as it stands, then without what politely leads up to it, then without verbs such as "find"."""
    found = [_START.sub("", text)]
    while (lead := _POLITE.match(found[-1])) and holds(found[-1][lead.end() :]):
        found.append(found[-1][lead.end() :])
    while weak and (lead := _WEAK.match(found[-1])) and holds(found[-1][lead.end() :]):
        found.append(found[-1][lead.end() :])
    return found


def trimmed(text: str) -> str:
    """A text with single blanks, without punctuation at its ends."""
    return _EDGES.sub("", " ".join(_EMPTY.sub(" ", text).split()))


def tidy(topic: str) -> str:
    """A topic without words such as "about" that were left over at its ends."""
    return _EDGES.sub("", _LOOSE.sub("", trimmed(topic)))

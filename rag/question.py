"""What a question asks: for people or for words, about whom, and about what. No language model is called.

The *topic* is the question without its frame: "who talks about unlearning?" has the topic "unlearning".
"""

import re

from rag.people import IsWord, Named, People, without_names
from rag.records import Answer, QuestionKind, Understood
from rag.words import fold, is_content, words

LONGEST_QUESTION = 1000
"""Characters that are read of a question."""

_GROUP = (
    r"(?:of (?:them|us|you|the \w+|these(?: \w+)?|those(?: \w+)?)|ones?|persons?|people|speakers?|interviewees?|guests?|"
    r"filmmakers?|directors?|artists?|participants?)"
)
_ANYONE = r"(?:any|some|every|no) ?(?:one|body)\b"
_AUXILIARY = r"(?:does|did|has|have|is|was|do|are|were|can|would)"
_WHO = re.compile(
    rf"\b(?:who|whom|whose|who[’']s|which {_GROUP}|{_AUXILIARY} {_ANYONE}|(?:any|all|none|some|how many) {_GROUP}|"
    rf"how many|{_ANYONE}|names? (?:the|all|every) (?:people|persons?|speakers?))\b",
    re.IGNORECASE,
)
_SAYS = (
    r"(?:talk|talks|talked|talking|speak|speaks|spoke|speaking|say|says|said|mention|mentions|mentioned|discuss|discusses|"
    r"discussed|tell|tells|told|bring up|brings up|brought up|think|thinks|thought|feel|feels|felt|express|expresses|"
    r"expressed|address|addresses|addressed|refers? to|touch(?:es|ed)? (?:up)?on|comment|comments|commented|"
    r"ha(?:ve|s|d) (?:to say|something to say|anything to say)|describes?|described|explains?|explained|argues?|believes?)"
)
_ABOUT = r"(?: (?:something|anything|things?|much|a lot))?(?: (?:about|on|of|regarding|concerning|that|how))?"
_MORE = r"(?: (?:ever|else|here|also|all|more|of them|actually|really))*"
_FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b(?:who|whom|which {_GROUP}|(?:{_AUXILIARY} )?(?:{_ANYONE}|any {_GROUP}|some {_GROUP})){_MORE} {_SAYS}{_ABOUT}\b",
        rf"\b(?:what|how|anything|something|everything){_MORE} (?:do|does|did|has|have|had|would|can)(?: [\w\0’']+){{0,4}}? {_SAYS}{_ABOUT}\b",
        r"\A\W*(?:please |can you |could you |i (?:want|need|would like) (?:to )?|i am |i[’']m )*(?:tell|show|give|find|get|list|search|looking)"
        r"(?: (?:me|us|for|all|any|some|the|every|everything|something|more|other|quotes?|passages?|words|lines|people|who|that))*"
        rf"(?: {_SAYS})?{_ABOUT}\b",
        rf"\b(?:any |some |the )?(?:quotes?|passages?|statements?|thoughts|opinions?|views?|words){_ABOUT}\b",
        rf"\b(?:according to|compare|comparing|versus|vs|{_AUXILIARY} {_ANYONE}|which {_GROUP}|who(?:[’']s| else| here)?|whose|whom)\b\.?",
    )
)
_COMPARE = re.compile(r"\b(?:compare|comparing|comparison|versus|vs|differ|differs|differences?|in common|both|agree)\b", re.I)
_SERVICES = {
    "instagram": "instagram", "insta": "instagram", "linkedin": "linkedin", "linked in": "linkedin", "imdb": "imdb",
    "twitter": "twitter", "facebook": "facebook", "tiktok": "tiktok", "youtube": "youtube", "vimeo": "vimeo",
    "website": "website", "web site": "website", "homepage": "website", "web page": "website", "webpage": "website",
    "email": "mail", "e-mail": "mail", "phone": "phone", "telephone": "phone",
}  # fmt: skip
_SERVICE = re.compile(rf"\b({'|'.join(_SERVICES)})s?\b")
_PERSON = r"(?:him|her|them|\0)"
_CONTACT = re.compile(
    rf"\b(?:contact (?:info|information|details?|list|data|{_PERSON})|contacts|in touch with|social media (?:of|for|accounts?|handles?)|"
    rf"handles? (?:of|for)|(?:reach|follow|message|write to|write|find|dm|e?-?mail|call|contact) (?:out to )?{_PERSON}(?: online)?|"
    rf"{_PERSON}(?:[’']s?)? (?:contact|contacts|url|link|links|handle|social media|profile|online))"
)
_PICTURES = r"(?:pictures?|photos?|photographs?|images?|stills?)"
_CREDITS = re.compile(
    rf"\b(?:{_PICTURES} credits?|credits? (?:of|for) .{{0,20}}{_PICTURES}|who (?:is|are|was) (?:\w+ ){{0,2}}{_PICTURES}|"
    rf"(?:first|second|third|last|two|three|one|the|these|those|which|what) {_PICTURES}\b.{{0,30}}\b(?:from|of|show|taken|in)|"
    rf"(?:from|in|on) (?:the |his |her |their |these |those )?(?:\w+ ){{0,2}}{_PICTURES}|{_PICTURES} .{{0,30}}\bfrom)\b",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"\b(?:he|she|him|her|his|hers|they|them|their)\b", re.IGNORECASE)
_THAT = re.compile(r"\b(?:that|this|it|those|these|the same(?: thing)?)\b", re.IGNORECASE)
_ELSE = re.compile(r"\b(?:else|more|another|other|further)\b", re.IGNORECASE)
_GOING_ON = re.compile(r"\A\W*(?:and|what about|how about|but|or|also|so|why|how so|how come|go on|more|anything)\b", re.I)
_EDGES = re.compile(r"\A[\s?!.,;:’'\"“”-]+|[\s?!.,;:’'\"“”-]+\Z")


def understand_question(
    text: str, people: People, *, is_word: IsWord, previous: Answer | None = None
) -> Understood:
    """What a question asks; ``previous`` is the answer before it in the same conversation, if any."""
    text = text[:LONGEST_QUESTION].strip()
    named = people.find(text, is_word=is_word)
    kind = _kind(text, named)
    asked = Understood(text, kind, _topic(named), named.speakers, named.strangers)
    if previous is None or previous.understood.kind == "empty" or kind == "empty" or named.strangers:
        return asked
    return _followed(asked, previous)


def services(text: str) -> tuple[str, ...]:
    """Ways of being reached that a question names, such as ``instagram``."""
    return tuple(dict.fromkeys(_SERVICES[found] for found in _SERVICE.findall(fold(text))))


def _kind(text: str, named: Named) -> QuestionKind:
    if not words(text):
        return "empty"
    bare = fold(named.marked)
    if _CREDITS.search(bare):
        return "credits"
    if _CONTACT.search(bare) or (services(bare) and len([word for word in words(bare) if is_content(word)]) <= 4):
        return "contact"
    if len(named.speakers) > 1 or _COMPARE.search(bare):
        return "compare"
    return "who" if _WHO.search(bare) and not named.speakers else "what"


def _topic(named: Named) -> str:
    topic = named.marked
    for frame in _FRAMES:
        topic = frame.sub(" ", topic)
    topic = _EDGES.sub("", " ".join(without_names(topic).split()))
    return topic if any(is_content(word) for word in words(topic)) else _EDGES.sub("", " ".join(named.rest.split()))


def _followed(asked: Understood, previous: Answer) -> Understood:
    """Complete a question from the one before: a pronoun for the person, "that" or nothing for the topic."""
    before = previous.understood
    bare_topic = _bare(asked.topic)
    goes_on = bool(_GOING_ON.search(asked.text))
    more = bool(_ELSE.search(asked.text)) and not bare_topic
    person = not asked.speakers and asked.kind != "who" and (_PERSONAL.search(asked.text) or more or goes_on)
    topic = not bare_topic and (_THAT.search(asked.text) or more or goes_on or bool(asked.speakers))
    if not person and not topic:
        return asked
    speakers = asked.speakers or (_spoken_of(previous) if person else ())
    shown = tuple(hit.id for hit in previous.hits)
    return Understood(
        text=asked.text,
        kind=_carried_kind(asked, before, speakers),
        topic=before.topic if topic else asked.topic,
        speakers=speakers,
        carried=True,
        skip=(*before.skip, *shown) if more else (),
    )


def _carried_kind(asked: Understood, before: Understood, speakers: tuple[str, ...]) -> QuestionKind:
    if before.kind in ("contact", "credits") and not _bare(asked.topic):
        return before.kind
    if asked.kind == "what" and before.kind == "who" and not speakers:
        return "who"
    return asked.kind


def _spoken_of(previous: Answer) -> tuple[str, ...]:
    """Whom "she" or "they" means: those asked about, else those who were found to say it."""
    return previous.understood.speakers or previous.speakers


def _bare(topic: str) -> tuple[str, ...]:
    """The content words of a topic."""
    return tuple(word for word in words(topic) if is_content(word) and word not in {"why", "how", "come"})

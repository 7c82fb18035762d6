"""The frames of English questions: what stands around the topic and tells what kind of answer is wanted.

"Who talks about unlearning?" is the frame "who talks about" with the topic "unlearning".
In a question given here, each speaker's name is a NUL, so that no name is taken for a word.
"""

import re

from rag.people import without_names
from rag.records import QuestionKind
from rag.words import fold, is_content, words

_GROUP = r"""(?:
    of\ (?:them|us|you|the\ \w+|these(?:\ \w+)?|those(?:\ \w+)?) |
    ones?|persons?|people|speakers?|interviewees?|guests?|filmmakers?|directors?|artists?|participants?
)"""
_ANYONE = r"(?:(?:any|some|every|no)\ ?(?:one|body)\b)"
_AUXILIARY = r"(?:does|did|has|have|is|was|do|are|were|can|would)"
_SAYS = r"""(?:
    talk(?:s|ed|ing)?|speak(?:s|ing)?|spoke|say|says|said|mention(?:s|ed)?|discuss(?:es|ed)?|tell|tells|told|
    (?:bring|brings|brought)\ up|think|thinks|thought|feel|feels|felt|express(?:es|ed)?|address(?:es|ed)?|refers?\ to|
    touch(?:es|ed)?\ (?:up)?on|comment(?:s|ed)?|ha(?:ve|s|d)\ (?:something\ |anything\ )?to\ say|describes?|described|
    explain(?:s|ed)?|argues?|believes?
)"""
_ABOUT = r"""(?:\ (?:something|anything|things?|much|a\ lot))?(?:\ (?:about|on|of|regarding|concerning|that|how))?"""
_MORE = r"(?:\ (?:ever|else|here|also|all|more|of\ them|actually|really))*"
_WHOEVER = rf"""(?:
    \0|he|she|they|we|you|these|those|both\ of\ them|each\ of\ them|all\ of\ them|any\ of\ them|
    (?:the\ |these\ |those\ )?(?:\w+\ )?{_GROUP}|{_ANYONE}
)"""
_FETCH = r"""(?:
    me|us|for|all|any|some|the|every|everything|something|more|other|quotes?|passages?|words|lines|people|who|that
)"""

_WHO = re.compile(
    rf"""\b(?:
    who|whom|whose|who[’']s|which\ {_GROUP}|{_AUXILIARY}\ {_ANYONE}|(?:any|all|none|some|how\ many)\ {_GROUP}|how\ many|
    {_ANYONE}|names?\ (?:the|all|every)\ (?:people|persons?|speakers?)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_COMPARE = re.compile(
    r"\b(?:compare|comparing|comparison|versus|vs|differ|differs|differences?|in common|both|agree)\b", re.IGNORECASE
)
_FRAMES = tuple(
    re.compile(pattern, re.IGNORECASE | re.VERBOSE)
    for pattern in (
        rf"""\b(?:what|how|anything|something|everything){_MORE}(?:\ (?:do|does|did|has|have|had|would|can))?
        (?:\ {_WHOEVER})(?:\ (?:all|both|each|ever|also|actually))*\ {_SAYS}{_ABOUT}\b""",
        rf"""\b(?:who|whom|which\ {_GROUP}|(?:{_AUXILIARY}\ )?(?:{_ANYONE}|(?:any|some)\ {_GROUP})|{_AUXILIARY}\ \0)
        {_MORE}\ {_SAYS}{_ABOUT}\b""",
        rf"""\A\W*(?:please\ |can\ you\ |could\ you\ |i\ (?:want|need|would\ like)\ (?:to\ )?|i\ am\ |i[’']m\ )*
        (?:tell|show|give|find|get|list|search|looking)(?:\ {_FETCH})*(?:\ {_SAYS})?{_ABOUT}\b""",
        rf"\b(?:any\ |some\ |the\ )?(?:quotes?|passages?|statements?|thoughts|opinions?|views?|words){_ABOUT}\b",
        rf"""\b(?:
        according\ to|compare|comparing|versus|vs|{_AUXILIARY}\ {_ANYONE}|which\ {_GROUP}|
        who(?:[’']s|\ else|\ here)?|whose|whom
        )\b\.?""",
    )
)
_WHO_IS = re.compile(r"\W*(?:who|what)?\W*(?:is|are|was|were)?\W*(?:tell me about|about)?\W*")
_ASKING_BACK = frozenset({"why", "how", "come"})
_SEVERAL = re.compile(
    r"\0(?:[’']s?\b)?(?:(?:\s*(?:,|&|\band\b|\bor\b|\bvs\b\.?|\bversus\b))+\s*\0(?:[’']s?\b)?)+", re.IGNORECASE
)
_LOOSE = re.compile(
    r"\A(?:(?:and|or|on|about|of|with|each)\s+)+|(?:\s+(?:and|or|on|about|of|with|by|from|each))+\Z", re.IGNORECASE
)
_EDGES = re.compile(r"\A[\s?!.,;:’'\"“”-]+|[\s?!.,;:’'\"“”-]+\Z")

_PICTURES = r"(?:pictures?|photos?|photographs?|images?|stills?)"
_CREDITS = re.compile(
    rf"""\b(?:
    {_PICTURES}\ credits? | credits?\ (?:of|for)\ .{{0,20}}{_PICTURES} |
    who\ (?:is|are|was)\ (?:\w+\ ){{0,2}}{_PICTURES} |
    (?:first|second|third|last|two|three|one|the|these|those|which|what)\ {_PICTURES}\b
    .{{0,30}}\b(?:from|of|show|taken|in) |
    (?:from|in|on)\ (?:(?:the|his|her|their|these|those)\ )?(?:\w+\ ){{0,2}}{_PICTURES} | {_PICTURES}\ .{{0,30}}\bfrom
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NAMED = r"(?:him|her|them|\0)"
_CONTACT = re.compile(
    rf"""\b(?:
    contact\ (?:info|information|details?|list|data|{_NAMED}) | contacts | in\ touch\ with |
    social\ media\ (?:of|for|accounts?|handles?) | handles?\ (?:of|for) |
    (?:reach|follow|message|write\ to|write|find|dm|e?-?mail|call|contact)\ (?:out\ to\ )?{_NAMED}(?:\ online)?\W*\Z
    ) | {_NAMED}(?:[’']s?)?\ (?:contacts?|url|links?|handle|social\ media|profile|online)\b""",
    re.VERBOSE,
)
_SERVICES = {
    "instagram": "instagram", "insta": "instagram", "linkedin": "linkedin", "linked in": "linkedin", "imdb": "imdb",
    "twitter": "twitter", "facebook": "facebook", "tiktok": "tiktok", "youtube": "youtube", "vimeo": "vimeo",
    "website": "website", "web site": "website", "homepage": "website", "web page": "website", "webpage": "website",
    "email": "mail", "e-mail": "mail", "phone": "phone", "telephone": "phone",
}  # fmt: skip
_SERVICE = re.compile(rf"\b({'|'.join(_SERVICES)})s?\b")
_FEW_WORDS = 4
_REACHING = frozenset(
    """
    account accounts address addresses best call contact contacts details email find follow found handle handles info
    information interview interviews link links list lists listed mail media message name number online own page pages
    person phone profile profiles reach site social touch url use user username way web write
    """.split()
)


def kind_of(marked: str, speakers: int) -> QuestionKind:
    """What kind of answer a question wants; ``speakers`` is how many of them it names."""
    bare = fold(marked)
    if not words(bare) and not speakers:
        return "empty"
    if _CREDITS.search(bare):
        return "credits"
    if _CONTACT.search(bare) or (services(bare) and sum(is_content(word) for word in words(bare)) <= _FEW_WORDS):
        return "contact"
    if speakers > 1 or _COMPARE.search(bare):
        return "compare"
    return "who" if _WHO.search(bare) and not speakers else "what"


def topic_of(marked: str) -> str:
    """The question without its frame and its names; if nothing is left of it, without its names only."""
    topic = _unframed(marked)
    return topic if words(topic) else _tidy(marked)


def is_bare(marked: str) -> bool:
    """Whether a question is all frame and names, such as "tell me more" or "who else talks about that?"."""
    return not any(is_content(word) and word not in _ASKING_BACK for word in words(_unframed(marked)))


def is_introduction(topic: str) -> bool:
    """Whether nothing is asked about people but who they are ("Who is Ana?", "tell me about Ana")."""
    return bool(_WHO_IS.fullmatch(fold(topic)))


def services(text: str) -> tuple[str, ...]:
    """Ways of being reached that a question names, such as ``instagram``."""
    return tuple(dict.fromkeys(_SERVICES[found] for found in _SERVICE.findall(fold(text))))


def beside_contact(topic: str) -> tuple[str, ...]:
    """What a question about reaching somebody asks besides: words that name no way of doing so."""
    rest = _SERVICE.sub(" ", fold(topic))
    return tuple(word for word in words(rest) if is_content(word) and word not in _REACHING)


def _unframed(marked: str) -> str:
    marked = _SEVERAL.sub("\0", marked)
    for frame in _FRAMES:
        marked = frame.sub(" ", marked)
    return _LOOSE.sub("", _tidy(marked))


def _tidy(marked: str) -> str:
    return _EDGES.sub("", " ".join(without_names(marked).split()))

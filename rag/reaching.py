"""Questions for what nobody said aloud: how to reach somebody, and where pictures come from.

In a question given here, each speaker's name is a NUL, so that no name is taken for a word.
"""

import re

from rag.words import fold, is_content, words

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


def is_for_credits(marked: str) -> bool:
    """Whether a question asks where pictures come from."""
    return bool(_CREDITS.search(fold(marked)))


def is_for_contacts(marked: str) -> bool:
    """Whether a question asks how to reach somebody: in so many words, or by naming little but a service."""
    bare = fold(marked)
    named = bool(services(bare)) and sum(is_content(word) for word in words(bare)) <= _FEW_WORDS
    return named or bool(_CONTACT.search(bare))


def services(text: str) -> tuple[str, ...]:
    """Ways of being reached that a question names, such as ``instagram``."""
    return tuple(dict.fromkeys(_SERVICES[found] for found in _SERVICE.findall(fold(text))))


def beside_contact(topic: str) -> tuple[str, ...]:
    """What a question about reaching somebody asks besides: words that name no way of doing so."""
    rest = _SERVICE.sub(" ", fold(topic))
    return tuple(word for word in words(rest) if is_content(word) and word not in _REACHING)

"""Whether a run of capitalised words is the name of a person, and what stands around such names.

A place, a company or a film is nobody; a trade or a preposition with a capital letter is no part of a name.
"""

import re
from collections.abc import Iterable

from rag.names import NAME, same_person

NAMES = re.compile(rf"(?<![\w’'&]){NAME}")
"""Every run of capitalised words."""
TRADE = re.compile(
    r"(?:\w{2,}(?:er|or|ist|ian|eur|ant|ent|ess|man|woman|person|smith|wright|maker|hand|keeper|ee)|artist|chef|poet|nurse|coach|architect|surgeon|mechanic|bishop|"
    r"pilot|priest|monk|nun|judge|cook|host|dean|ceo|cto|dj|vet|guru|guide|athlete|scribe|clerk|star|legend|native|"
    r"\w+(?:ora|ista|era|ico|ino|tore|trice|euse|iste|ière|ienne|in))"
)
"""A noun for what somebody does, in small letters, by its ending."""
_NO_TRADE = frozenset(
    "over under after never ever other another rather either neither whether however for or nor her their per before "
    "later than earlier later together former latter older younger newer better longer more color colour favor during "
    "different recent ancient current present instant important distant city's in within again then when certain main "
    "between member's number summer winter september october november december corner center paper matter water river "
    "letter order power tower chapter quarter offer answer wonder master super inner outer upper lower larger smaller "
    "remember consider discover deliver enter cover flower silver copper leather weather weekend parent moment event "
    "department government apartment comment document element environment "
    "ago mountain begin begins certain plain brain train main chain rain cabin basin margin origin robin virgin".split()
)
_NOT_FIRST = frozenset(
    "I'm I’m I've I’ve I'd I’d I'll I’ll It's It’s That's That’s We're We’re You're You’re "
    "The A An And But Or He She It They We You I This That These Those Their Our His Her My Your Its Here There Us "
    "Me Them "
    "Him Who What When Where Why How In On At By For From With As After Before Since During While Although If Once "
    "Then "
    "Now So Not No Yes All Some Many Most Today Yesterday Tomorrow Recently Last Next First Every Each One Two "
    "Three Four "
    "Five Six Seven Ten Twenty Meet Introducing Interview Interviews Conversation Conversations Getting Know "
    "Welcome Hi "
    "Hello Hey Dear Thanks Thank Q&A Photo Photos Image Words Text Senior Chief Former Award-winning Artist Author "
    "Writer "
    "Director Actor Actress Singer Musician Designer Photographer Poet Novelist Curator Founder Filmmaker Editor Staff "
    "Engineer Scientist Born Our More About Read Employee Spotlight Member Student Faculty Alumni Also Der Die Das "
    "Den Dem "
    "Ein Eine El La Los Las Un Una Le Les Il Lo Entrevista Intervista Entretien Gespräch Even When Both Like Let Asked "
    "Bonjour Bonsoir Salut Merci Hola Buenos Buenas Gracias Hallo Guten Danke Ciao Buongiorno Grazie Good Morning Okay "
    "Name Names Company Age Job Questions Question Answers Special Exclusive Featured Profile Podcast Episode "
    "Guest Speaker Speakers".split()
)
_NOBODY = frozenset(
    "facebook email twitter whatsapp pinterest share print menu search login cookies journal gazette post herald "
    "tribune chronicle bulletin courier observer guardian telegraph lantern city "
    "street road avenue university festival museum institute studio studios records press times magazine "
    "weekly daily "
    "news review inc ltd llc gmbh corp corporation company group foundation award awards prize week month school "
    "college "
    "academy gallery centre center theatre theater orchestra choir band bank project projects network team community "
    "association society council committee department ministry agency labs lab software systems technologies solutions "
    "partners media television radio tv podcast blog show series spotlight interview interviews conversation "
    "conversations "
    "profile q&a questions faces people voices stories story portrait portraits corner diary club night nights day "
    "days world "
    "cup games game league united fc states kingdom republic island islands lake river mountain mountains valley beach "
    "park square bridge station airport county province district church cathedral hospital library market hotel "
    "restaurant café cafe house press books book music film films movie cinema art arts design fashion food culture "
    "science technology business health sports education monday tuesday wednesday thursday friday saturday sunday "
    "january "
    "february july august september october november december christmas easter america africa asia europe european "
    "american british german french spanish italian english african asian york angeles francisco vegas zealand kong "
    "jersey orleans mexico carolina dakota hampshire britain england scotland wales ireland germany france spain italy "
    "china japan india canada brazil australia london paris berlin internet web online open source conference summit "
    "meetup program programme initiative movement campaign council editor editors staff writer contributor desk "
    "redaktion "
    "redacción rédaction redazione newsletter weekly monthly issue volume edition part chapter spring summer "
    "autumn winter "
    "master masters bachelor phd degree high middle elementary national international global new old great royal "
    "public "
    "employee member student alumni women men makers artist artists author authors humans heroes meet behind inside "
    "community developer developers engineer interviewing silicon wall street hall tower".split()
)
_PLACES = frozenset(
    "New Los Las San Santa São Saint Mount Lake Fort Port North South East West Great United El Rio Cape Hong "
    "Sri".split()
)
_WORD = re.compile(r"[^\W\d_][\w’'-]*")


def full_names(texts: Iterable[str]) -> list[str]:
    """Every name of two words or more, once."""
    names = (bare_name(match.group()) for text in texts for match in NAMES.finditer(text))
    return [name for name in dict.fromkeys(names) if " " in name]


def bare_name(name: str) -> str:
    """A run of capitalised words without those that are no names: the first ones, and all from an inner one on."""
    words = name.rstrip(".,’'").split()
    while words and (words[0] in _NOT_FIRST or (words[0].isupper() and words[0].capitalize() in _NOT_FIRST)):
        words.pop(0)
    cut = next((at for at, word in enumerate(words) if word in _NOT_FIRST), len(words))
    return re.sub(r"[’']s\Z", "", " ".join(words[:cut]).rstrip(".,"))


def is_person(name: str) -> bool:
    """Whether nothing in a name says that it is a place, a company or a work."""
    words = [word.casefold() for word in _WORD.findall(name)]
    return bool(words) and not any(word in _NOBODY for word in words) and name.split()[0] not in _PLACES


def is_trade(noun: str) -> bool:
    """Whether a noun says what somebody does."""
    return bool(re.fullmatch(TRADE, noun)) and noun not in _NO_TRADE


def is_among(name: str, others: Iterable[str]) -> bool:
    """Whether one of ``others`` is a form of a name."""
    return any(name == other or same_person(name, other) or same_person(other, name) for other in others)


def flowing(words: str) -> str:
    """Words in one line, without marks, and with the words of links in place of links."""
    unlinked = re.sub(r"!?\[([^\[\]\r\n]*)\]\([^()\r\n]*\)", r"\1", words)
    bare = " ".join(re.sub(r"[*_#>]+|</?\w+>", " ", unlinked).split())
    return re.sub(r" (?=[,.;:!?)])", "", bare).strip(" \"'")

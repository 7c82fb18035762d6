"""Whether a paragraph is a question, by its wording: each paragraph is weighed on several signs at once.

How the paragraph is set, and what stands around it, is told elsewhere.
The signs are English; Spanish, German, French, Italian and Portuguese are told by their small words and weighed alike.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

ENOUGH = 3.0
"""The weight from which on a paragraph is taken for a question."""

_LONG, _TOO_LONG = 90, 150
_LONGEST = 1600
"""Characters; nothing longer than that is asked."""
_SHORT_STATEMENT = 25
ENDS_IN_MARK = re.compile(r"\?[\"”’')\]*_\s]*\Z")
"""The end of a turn that asks; no more than quotation marks and the like stand behind its mark."""
_ENDS_ASKING = re.compile(r"[?？;]{1}[!?\"”’»')\]*_\s]*\Z")
_MARKS = "#*_>\"“”«»„'’‘()[]¿¡-–—•· \u00a0\t\r\n"


@dataclass(frozen=True, slots=True)
class _Wording:
    """The small words of one language by which asking and answering differ."""

    common: str
    you: str
    first_person: str
    asking: str
    prompts: str


_WORDINGS = {
    "en": _Wording(
        "the and of to is that was it for with",
        r"(?i:you|your|yours|yourself|you[’'](?:ve|re|d|ll))",
        r"I|I[’'](?:m|ve|d|ll)|my|My|myself|(?<!\btell )(?<!\bTell )(?<!\bto )(?<!\bwith )(?<!\bgive )(?<!\bwalk )me",
        r"(?i:who|what|when|where|why|how|which|whose|is|are|was|were|do|does|did|have|has|can|could|would|will|any|if)",
        r"(?i:(?:can|could|would|will) you|please (?:share|introduce|tell|describe|talk|explain|give|name|summari[sz]e|"
        r"finish|complete|say|sum)|"
        r"let[’']s (?:talk|start|begin|go back|turn)|(?:we[’']d|i[’']d|we would|i would) (?:love|like) to (?:hear|know|"
        r"ask)|"
        r"(?<=[.!?…] )(?:so,? |and |please )?(?:tell us|tell me|walk us|talk us|share with us|give us|show us|"
        r"explain)\b|"
        r"\A(?:and |so |now |but |finally,? |lastly,? |please )?(?:tell|describe|share|introduce|talk|walk|take|give|"
        r"show|"
        r"explain|name|finish|complete|imagine|pick|choose)(?: (?:us|me|our|your|a|an|the|one|this|three|two|five|"
        r"through))\b|"
        r"\Aexplain\b|\Adescribe\b)",
    ),
    "es": _Wording(
        "el la de que y en los se un por",
        r"(?i:tú|tu|tus|te|ti|usted|ustedes|vosotros|vuestro|contigo|has|eres|tienes|haces)",
        r"(?i:yo|me|mi|mis|mí|conmigo|soy|tengo|nos)",
        r"(?i:qué|quién|cuándo|cuál|cuáles|dónde|cómo|por qué|cuánto|cuántos|cuánta|cuántas)",
        r"(?i:\A(?:y |pues |bueno, )?(?:h[aá]bl[ae](?:nos|me)|cu[eé]nt[ae](?:nos|me)|d[ií]ga?(?:nos|me)|di(?:nos|me)|"
        r"descr[ií]b[ae](?:nos|te|se)?|expl[ií]c(?:a|que)(?:nos|me)|pres[eé]nt(?:a|e)(?:te|se)|hablemos)\b|"
        r"\A(?:un|una|el|la) (?:consejo|libro|lugar|sueño|mensaje|película|canción|palabra)\b|podrías|podría usted)",
    ),
    "de": _Wording(
        "der die und das ist nicht ein zu den mit",
        r"(?:[dD]u|[dD]ich|[dD]ir|[dD]ein\w{0,2}|(?<!\A)(?<![.!?] )Sie|Ihnen|Ihr|Ihre\w?|[eE]uch|[eE]uer|[eE]ure\w?)",
        r"(?i:ich|mich|mir|mein\w{0,2})",
        r"(?i:was|wer|wem|wen|wann|wo|wie|warum|wieso|weshalb|welche\w?|woher|wohin|wozu|womit|haben|hat|sind|ist)",
        r"(?i:\A(?:bitte )?(?:erzähl|beschreib|erklär|nenn|stell)\w{0,3} (?:sie|uns|mir|dich|doch|bitte|von)\b|"
        r"(?:können|könnten|würden|möchten) sie\b|\A(?:kannst|könntest|magst) du\b)",
    ),
    "fr": _Wording(
        "le la de et les des est que un une",
        r"(?i:vous|votre|vos|toi|ton|tes|-tu)",
        r"(?i:je|j[’']\w+|mon|ma|mes|moi|m[’']\w+)",
        r"(?i:qui|que|quoi|quand|où|pourquoi|comment|quel|quels|quelle|quelles|combien|est-ce|qu[’'])",
        r"(?i:(?:parlez|racontez|dites|décrivez|expliquez|présentez|parle|raconte)-(?:nous|moi|vous|en)|"
        r"(?:pouvez|pourriez|pourrais|peux)-(?:vous|tu))",
    ),
    "it": _Wording(
        "il la di che e non un per con sono",
        r"(?i:tu|ti|tuo|tua|tuoi|tue|voi|vostro|vostra|sei|hai|fai|lei)",
        r"(?i:io|mi|mio|mia|miei|mie|sono|ho|avevo|ero)",
        r"(?i:chi|cosa|che cosa|quando|dove|perché|come|quale|quali|quanto|quanti|quanta)",
        r"(?i:(?:racconta|parla|descrivi|spiega|dicci|dimmi|presenta)(?:ci|mi|ti|te)?\b|(?:puoi|può|potresti|potrebbe)\b)",
    ),
    "pt": _Wording(
        "o a de que e não um para com em",
        r"(?i:você|vocês|seu|sua|seus|suas|tu|teu|tua|te)",
        r"(?i:eu|meu|minha|meus|minhas|mim|me)",
        r"(?i:que|quem|quando|onde|por que|porquê|como|qual|quais|quanto|quantos)",
        r"(?i:(?:conte|fale|descreva|explique|apresente|conta|fala)(?:-nos|-me|-se)?\b|(?:pode|poderia|podes|podias)\b)",
    ),
}
_READERS = re.compile(r"\b(?:us|our readers|our audience|our listeners|readers)\b", re.IGNORECASE)
_SET_PIECE = re.compile(
    r"(?:finish|complete) (?:this|the|these) sentences?|fill in the blank|(?:two|three|four|five|one|[2-5]) words?\b|"
    r"true or false|(?:best|worst|biggest|favou?rite|funniest|proudest|most \w+|dream) \w+\Z",
    re.IGNORECASE,
)
_BREAKS_OFF = re.compile(r"(?:\.{2,}|…)[\"”’]?\Z")
_GREETING = re.compile(
    r"\A(?:hi|hello|hey|alright|great|awesome|amazing|wonderful|appreciate|thanks|thank you|perfect|congratulations|"
    r"welcome|hola|hallo|bonjour|salut|ciao|olá)\b",
    re.IGNORECASE,
)
_STATEMENT = re.compile(
    r"(?:and |so |but |still,? |yet )?(?:you[’'](?:ve|re)|you (?:were|had|have(?! to)|once|also|grew|said|started|"
    r"began|"
    r"are|seem|must|wrote|studied|mention\w*|describ\w*|call\w*|work(?:ed)?|spent|left|moved|won|played)|"
    r"(?:that|this|it) (?:sounds|must (?:be|have)|seems)|surely|presumably|apparently|"
    r"i (?:gather|imagine|hear|heard|understand|read|see|assume|suppose|noticed))\b[^.?!]{0,160}[.!…]*",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")


def share_asking(endings: Iterable[str]) -> float:
    """The share of turns, of each of which there is the ending, that end in a question mark."""
    asked = [bool(ENDS_IN_MARK.search(words)) for words in endings]
    return sum(asked) / max(1, len(asked))


def is_question(paragraph: str) -> bool:
    """Whether a paragraph, by its wording and by marks of headings and bold type, is the interviewer's."""
    is_set_apart = bool(re.match(r"\s*(?:#{1,6}\s|\*\*[^*]*\*\*\s*\Z|__[^_]*__\s*\Z)", paragraph))
    return weigh(paragraph) + 2.0 * is_set_apart >= ENOUGH


def ends_asking(words: str) -> bool:
    """Whether the last sentence ends with a question mark."""
    return bool(_ENDS_ASKING.search(words, max(0, len(words) - 12))) and not words.endswith(";")


def in_first_person(words: str, language: str = "en") -> int:
    """How often the one who speaks names himself."""
    return len(_patterns(language)[1].findall(words))


def begins_asking(words: str, language: str = "en") -> bool:
    """Whether the first word is one that questions begin with."""
    return bool(_patterns(language)[2].match(words.lstrip(_MARKS)))


def addresses(words: str, language: str = "en") -> bool:
    """Whether somebody is spoken to."""
    return bool(_patterns(language)[0].search(words))


def weigh(paragraph: str, language: str = "en") -> float:
    """How much the wording speaks for a question; ``ENOUGH`` and more is one."""
    words = paragraph.strip(_MARKS)
    if len(words) > _LONGEST:
        return -ENOUGH
    you, _, asking, prompts = _patterns(language)
    asks, is_addressed, length = ends_asking(paragraph), bool(you.search(words)), len(words.split())
    weight = 3.0 * asks + 0.5 * ("?" in words) + 1.5 * is_addressed + 1.0 * bool(_READERS.search(words))
    weight += 2.0 * bool(prompts.search(words)) + 1.0 * bool(_GREETING.match(words))
    weight += 1.0 * (language != "en" and bool(prompts.search(words)))
    weight += 2.75 * (length <= _SHORT_STATEMENT // 3 and bool(asking.match(words) and _BREAKS_OFF.search(words)))
    weight += 1.5 * (length <= _SHORT_STATEMENT and bool(_SET_PIECE.search(words)))
    weight += 3.0 * ("¿" in paragraph[:3]) + 0.25 * bool(asking.match(words))
    if not asks and length <= _SHORT_STATEMENT and _STATEMENT.fullmatch(words):
        weight += 3.0 - 1.5 * is_addressed
    weight -= _against(words, language, softened=asks and is_addressed)
    return weight - 1.5 * (length > _LONG) - 2.0 * (length > _TOO_LONG)


def _against(words: str, language: str, *, softened: bool) -> float:
    """What first persons take away: all, but where somebody asks "you", one "I" may be the interviewer's own."""
    times = in_first_person(words, language)
    is_short = len(words) < 80 and words.endswith("?") and not re.search(r"(?<!\w)(?:I|ich|je|yo|eu|io)(?!\w)", words)
    return 3.0 if times > 1 or (times and not softened and not is_short) else 1.0 * times


def calling(guest: str) -> re.Pattern[str]:
    """What matches a question's beginning that calls the guest by the first name."""
    first = re.escape(guest.split()[0])
    return re.compile(rf"(?:\A|[,.!] |\b(?i:hi|hello|hey) ){first}\b(?! [^\W\d_a-z])")


def guess_language(text: str) -> str:
    """The language whose small words are the most frequent in the first pages; English where none is."""
    counts = Counter(word.casefold() for word in _WORD.findall(text[:40_000]))
    shares = {language: sum(counts[word] for word in wording.common.split()) for language, wording in _WORDINGS.items()}
    best = max(shares, key=lambda language: shares[language])
    return best if shares[best] > shares["en"] else "en"


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    wording = _WORDINGS[language]
    you, first_person, asking = wording.you, wording.first_person, wording.asking
    if language != "en":
        you, asking = rf"{you}|(?i:you|your)", rf"{asking}|{_WORDINGS['en'].asking}"
    return (
        re.compile(rf"(?<!\w)(?:{you})(?!\w)"),
        re.compile(rf"(?<!\w)(?:{first_person})(?!\w)"),
        re.compile(rf"(?:{asking})(?!\w)"),
        re.compile(rf"{wording.prompts}|{_WORDINGS['en'].prompts}"),
    )

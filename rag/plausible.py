"""What labels say of themselves: that nobody could be called so, that they name no person, that they ask or answer."""

import re
from functools import lru_cache

from rag.names import simple

QUESTION_LABELS = frozenset("q question frage pregunta domanda pergunta vraag fråga вопрос в 問 问 q1 int".split())
ANSWER_LABELS = frozenset("a answer antwort respuesta risposta resposta antwoord svar ответ о 答".split())
PAIRS = tuple((pair[0], pair[1]) for pair in "qa fa pr dr va vo ir во 問答 问答".split())
"""Labels of questions and of answers, in several languages."""

GENERIC = re.compile(
    r"(?:the\s)?(?:(?:male|female|unidentified|unknown|first|second|third|another|same|young|old|new|audience|all|group|woman|man)\s)*"
    r"(?:speaker|participant|person|interviewee|respondent|voice|guest|host|co-?host|panell?ist|user|unidentified|"
    r"unknown|audience|man|woman|male|female|boy|girl|student|narrator|moderator|interviewer|all|both|everyone|together|"
    r"group|crowd|sprecher|sprecherin|hablante|locuteur|locutor|intervenant|orateur|teilnehmer|teilnehmerin|questioner|"
    r"caller|reporter|facilitator|researcher|presenter|announcer|anchor|operator|translator|interpreter|chair|mc|member|"
    r"witness|court|clerk|counsel|attorney|various|several|multiple|entrevistador|entrevistadora|entrevistado|"
    r"entrevistada|befragte|befragter|interviewerin|child|children|other|spk|p|s|r|tn|vp|resp|part)"
    r"(?:\s(?:member|voice|speaker|question|in|from|of|on|the|audience|room|floor|phone|crowd|back|line|[a-z]+))*"
    r"[\s_#.-]*(?:\d{1,5}|[a-z])?\Z",
    re.IGNORECASE,
)
"""Labels that stand for a person without naming one, such as "Speaker 1" or "Man in audience"."""

_NOBODY = frozenset(
    "note notes website instagram linkedin twitter facebook youtube email phone other contact source sources music "
    "sponsor sponsors break jingle outro intro http https title date author layout tags link links image photo "
    "caption credits transcript example pros cons lesson tip step update location topic time place recorded summary "
    "warning spoiler disclaimer ps p.s. nb ad advertisement promo song clip sound remix soundbite archive chapter part "
    "section episode references reference resources abstract keywords duration subject panel guests hosts "
    "participants speakers panelists re cc to from sent subtotal "
    "total file url isbn tel fax address hours bio background context result results".split()
)
_NOBODY_PHRASE = re.compile(
    r"(?:transcript|transcription|transcribed|edited|captions|photo\w*|image\w*|recording|sound|song|music|"
    r"clip|tape|"
    r"side|"
    r"end of|start of|beginning of|part|chapter|audio|video|read more|see also|related|pull quote|"
    r"caption|figure|table)\b.*",
    re.IGNORECASE,
)
_SMALL = frozenset(
    "of the in and de la le van von der den da di du del al el y e bin ibn from to on at for zu zur".split()
)
_NOT_IN_NAMES = frozenset(
    "is are was were have has had be been am do does did can could will would should shall may might must what why how "
    "when where which who this that these those there here it its my your our their his her i you we they he she not "
    "yes no so but or if because then than as about with one two three".split()
)


@lru_cache(maxsize=50_000)
def plausible(label: str) -> bool:
    """Whether a label could stand for somebody, by its form alone."""
    words = label.split()
    if not words or len(words) > 6 or not any(character.isalpha() for character in label):
        return False
    if (
        is_nobody(label)
        or words[0].casefold() in ("by", "int.", "ext.", "int./ext.")
        or "http" in label
        or "www." in label
        or label.endswith((",", "…"))
    ):
        return False
    if GENERIC.match(simple(label)):
        return True
    if any(simple(word) in _NOT_IN_NAMES for word in _without_letters(words)[1:]) or (
        len(words) > 1 and simple(words[0]) in _NOT_IN_NAMES
    ):
        return False
    if len(words) == 1:
        return len(label) <= 25
    big = [word for word in words if simple(word) not in _SMALL]
    return bool(big) and all(not word[0].islower() for word in big)


def _without_letters(words: list[str]) -> list[str]:
    """A name's words without the letters after it, such as the AM of a Member of the Welsh Assembly."""
    has_letters = len(words) > 1 and words[-1].isupper() and not any(word.isupper() for word in words[:-1])
    return words[:-1] if has_letters else words


@lru_cache(maxsize=50_000)
def is_nobody(label: str) -> bool:
    """Whether a label says of itself that no person speaks, as "Break" and "Music" do."""
    if label.isupper() and len(label) < 4:
        return False
    folded = simple(label)
    return folded in _NOBODY or bool(_NOBODY_PHRASE.fullmatch(folded))

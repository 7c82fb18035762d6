"""What the words just before or after a cut do to the words within it, told by how they are worded.

Only what is plain is told: a warning on every quote would be a warning on none.
"""

import re
from typing import Literal

LossKind = Literal["negation", "condition", "report", "reversal"]
"""What is lost: that it is denied or limited, under what condition it holds, that it is somebody else's word or view,
that the speaker turns away from it."""

_NOT = r"(?:not|never|no longer|(?:is|was|are|were|do|does|did|has|have|had|ca|could|wo|would|should)n['’]t)"
_BE = r"(?:['’]s|['’]re| is| was| are| were)"
_REALLY = r"(?:just |only |really |actually |obviously |probably |certainly |completely |totally |so |being |all )*"
_OTHERS = r"(?:he|she|they|people|everyone|everybody|someone|somebody|some|many|most|my \w+|the \w+)"
_SHORT = r"(?:\W+[\w'’-]+){0,%d}\W*\Z"
"""At most so many words up to the end of a sentence, with no clause between: what says more, stands for itself."""
_BEGINNING = r"\A\W*(?:(?:and|but|so|well|now|yeah|or|oh|um|uh|though|like|I mean|you know|because)\b\W*)*"


def _beginning(*ways: str) -> re.Pattern[str]:
    return re.compile(rf"{_BEGINNING}(?:{'|'.join(ways)})", re.IGNORECASE)


_TAKEN_BACK = _beginning(
    r"(?<!so )(?<!so, )(?:(?:maybe|perhaps|probably) )?not\b"
    r"(?! (?:only|just|merely|least|to mention|long|many|every|a lot|not|surprisingly|sure|is|to|your|"
    r"an? (?:big|bad|problem)|\w+ing)\b)",
    rf"(?:that|this|it)(?:{_BE} {_REALLY}not|{_BE} {_REALLY}never| is ?n['’]t| was ?n['’]t) (?:\w+ly |quite |always )?"
    r"(?:true|the case|right|correct|so|what|how|accurate|fair|always|real|any ?more|who)\b",
    rf"(?:that|this|it|he|she|they){_BE} {_REALLY}(?:wrong|false|untrue|nonsense|a (?:lie|myth|misconception|joke))\b",
    rf"I(?:['’]m| am| was) {_REALLY}(?:kidding|joking|sarcastic|ironic|wrong|mistaken|exaggerating)\b",
    r"(?:just kidding|scratch that|strike that|I (?:take that back|stand corrected|misspoke))\b",
    r"I(?:['’]ve)? changed my mind\b",
    r"(?:no|wait|sorry|actually),? (?:no|not|that['’]s not|it['’]s not|I don['’]t)\b",
    r"I (?:do not|don['’]t|no longer) (?:really |actually )?(?:believe|think|mean|buy|feel|agree with) "
    r"(?:that|it|so|this)(?: way)?(?: any ?more| at all| now)?\W*\Z",
    r"(?:that|this|it|which) (?:does not|doesn['’]t|did not|didn['’]t) (?:\w+ly |always )?mean\b",
    r"(?:that['’]s|which is|this is) not to say\b",
    r"I(?:['’]m| am) not (?:so |entirely |really |too )?sure(?: about (?:that|it|this))?\W*\Z",
    rf"at least (?:not|in|for|to|from|so|when|until|now)\b{_SHORT % 6}",
)
_DENIED = re.compile(
    rf"\A\W*(?:but|however|yet|except)\W+(?:then |of course,? |actually,? )?"
    rf"(?:(?:that|this)(?:['’]s| is| was)? {_REALLY}{_NOT}\b|(?:I|we|he|she|they|you|it) {_REALLY}{_NOT}{_SHORT % 2})",
    re.IGNORECASE,
)
_CONDITION_AFTER = _beginning(
    r"(?:if|assuming)\b"
    r"(?! (?:you (?:will|like|want|know|ask|look|think|see)|I (?:may|remember|recall)|"
    r"I['’]m (?:honest|not)|anything|possible)\b)"
    rf"{_SHORT % 6}",
    rf"(?:only if|unless|provided|providing|as long as|so long as|except)\b{_SHORT % 10}",
    rf"only (?:when|for|in|with|because|after|until)\b{_SHORT % 8}",
    r"(?:in theory|in principle|ideally|on paper|hypothetically|supposedly|allegedly|in a perfect world)\W*\Z",
)
_REPORT_AFTER = _beginning(
    rf"(?:at least )?(?:that['’]s|that (?:is|was)|this (?:is|was)|which (?:is|was)) (?:\w+ly )?what "
    rf"(?:{_OTHERS} (?:\w+ )?(?:said|say|says|tell|told|think|thinks|thought|believed?|claim(?:ed|s)?|call(?:ed)?)"
    r"|I (?:thought|believed|was told|heard|used to))\b",
    r"(?:so )?(?:I (?:thought|heard|was told)|they say|he says|she says|he said|she said|they said)\W*\Z",
    rf"{_OTHERS} (?:said|says|told (?:me|us|him|her|them)|asked|replied|wrote)\W*\Z",
    r"(?:at least )?according to [^,]*\Z",
)
_TURN = re.compile(
    r"\A\W*(?:(?:and|well|oh|so|um|uh|you know)\b\W*)*"
    r"(?:but|however|yet|until|turns out|it turn(?:s|ed) out|in reality|actually)\b",
    re.IGNORECASE,
)
_FORMER_VIEW = re.compile(
    r"\b(?:I|we) (?:\w+ )?(?:thought|believed|assumed|figured|imagined|expected|(?:was|were) (?:convinced|sure|told)|"
    r"told myself|used to)\b"
    rf"|\b{_OTHERS} (?:(?:might|may|will|would|always|often) )?(?:thinks?|thought|believe[sd]?|"
    r"say|says|said|assume[sd]?|claim(?:s|ed)?|argue[sd]?|tell you|told (?:me|us)|expect(?:s|ed)?)\b"
    r"|\b(?:in theory|on paper|supposedly|seemingly|on the surface|don['’]t get me wrong|"
    r"it (?:(?:may|might) (?:seem|look|sound)|seemed|looked|sounded))\b"
    r"|\A(?:(?:at first|initially|originally|granted|admittedly|to be fair|it['’]s true)\b|sure,)",
    re.IGNORECASE,
)
_SUPPOSED = _beginning(
    r"(?:imagine|suppose|supposing|assume|pretend|let['’]?s (?:just )?(?:say|imagine|assume|suppose|pretend))"
    r"\b(?! (?:my|how|\w+ing|\w+ \w+ as)\b)[^?]*\Z",
    r"say (?:you|I|we|that|there)\b[^?]*\Z",
)
_LEANS_ON_CONDITION = re.compile(
    r"\A\W*(?:(?:and|but|so|because|or)\b\W*)*(?:otherwise|in that case|if so|if not)\b", re.IGNORECASE
)
_INTRODUCED = re.compile(
    r"(?:(?<!\bI )\b(?:sa(?:ys|id)|t(?:ells|old)|asks|asked|wrote|writes|thinks|thought|believe[sd]|claim(?:s|ed)|"
    r"argue[sd]|replied|answered|shouted|wondered|(?:was|were) like|goes|motto|mantra|proverb|advice|myth|"
    r"misconception|"
    r"clich[eé])\b[^.!?:]{0,60}:|\b(?:he|she|they|people) (?:said|says|say|asked|told \w+|(?:was|were) like),)\s*\Z",
    re.IGNORECASE,
)
_LEADS_TO_THAT = re.compile(
    r"\b(?:said|says|told|thinks?|thought|believe[sd]?|claim(?:s|ed)?|argue[sd]?|assume[sd]?|heard|afraid|idea)\b",
    re.IGNORECASE,
)
_GOES_ON_WITH_THAT = re.compile(
    r"\A\W*(?:(?:and|or|but)\W+)?that (?:I|you|he|she|we|they|there|a|an|my|our|their|nobody|everything|people)\b",
    re.IGNORECASE,
)
_TORN_OFF: dict[LossKind, re.Pattern[str]] = {
    "negation": re.compile(
        r"\b(?:not(?! (?:only|just|merely))|never|nobody|no one|nothing|none|neither|hardly|barely|no longer|cannot|"
        r"doubt(?:s|ed)?|den(?:y|ies|ied)|refuse[sd]?|\w+n['’]t)\b",
        re.IGNORECASE,
    ),
    "condition": re.compile(r"\b(?:if|unless|provided that|as long as|suppose|imagine|pretend)\b", re.IGNORECASE),
    "report": re.compile(
        rf"\b{_OTHERS} (?:\w+ )?(?:sa(?:y|ys|id)|t(?:ell|ells|old)|think|thinks|thought|believe[sd]?|claim(?:s|ed)?|"
        r"argue[sd]?)\b|\bI (?:thought|believed|assumed|used to)\b|\baccording to\b",
        re.IGNORECASE,
    ),
}
_ASKS = re.compile(r"(?<!right)(?<!okay)(?<!yeah)\?\W*\Z", re.IGNORECASE)
_CLAUSES_END = re.compile(r"[;:.!?—–]|--")
_NEAR = 8
"""Words of a torn sentence that are looked at on either side of the cut."""


def lost_before(earlier: str, first: str) -> LossKind | None:
    """What the sentence before a cut tells of the ``first`` sentence after it."""
    if _INTRODUCED.search(earlier) or (_GOES_ON_WITH_THAT.search(first) and _LEADS_TO_THAT.search(earlier)):
        return "report"
    return "condition" if _SUPPOSED.search(earlier) or _LEANS_ON_CONDITION.search(first) else None


def lost_after(last: str, later: str) -> LossKind | None:
    """What the sentence after a cut tells of the ``last`` sentence before it."""
    if _REPORT_AFTER.search(later):
        return "report"
    if _ASKS.search(last):
        return None  # a question claims nothing, so that an answer takes nothing back
    if _TAKEN_BACK.search(later) or _DENIED.search(later):
        return "negation"
    if _CONDITION_AFTER.search(later):
        return "condition"
    return "reversal" if _TURN.search(later) and _FORMER_VIEW.search(last) else None


def torn_before(rest: str) -> LossKind | None:
    """What the beginning of a sentence, from which a cut takes only the end, tells of that end."""
    if _INTRODUCED.search(rest):
        return "report"
    return _torn_off(" ".join(_CLAUSES_END.split(rest.rstrip(" ,;:—–-"))[-1].split()[-_NEAR:]))


def torn_after(rest: str) -> LossKind | None:
    """What the end of a sentence, from which a cut takes only the beginning, tells of that beginning."""
    return _torn_off(" ".join(_CLAUSES_END.split(rest.lstrip(" ,;:—–-"))[0].split()[:_NEAR]))


def _torn_off(words: str) -> LossKind | None:
    return next((kind for kind, pattern in _TORN_OFF.items() if pattern.search(words)), None)

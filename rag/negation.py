"""Whether a question asks for a negative predicate, such as "never went to film school"."""

import re

_NEGATIVE = re.compile(
    r"\A\W*(?:that )?(?:nobody|no one|none|neither)\b|\b(?:never|no longer|nothing|not|cannot|"
    r"\w+n[’']t|dont|didnt|doesnt|isnt|wasnt|hasnt|"
    r"havent|wont|cant|couldnt|(?:ha[sd]|have|had|with|got|see|saw|sees|need|needs|feels?|took|takes?) (?:got )?no)\b",
    re.IGNORECASE,
)
_HARMLESS = re.compile(
    r"\bnot (?:only|just|merely|least|to mention)\b|\b(?:or|but|if|why|than) not\b|\bhow come\b|"
    r"\b(?:can[’']?t|cannot|can not|could(?:n[’']?t| not)) (?:stop|help|wait|quit|get enough)\b|\bnothing but\b",
    re.IGNORECASE,
)
_NEXT_CLAUSE = re.compile(
    r"[,;:?!]|\b(?:about|because|when|while|whether|if|who|which|whose|where|by|after|before|but|than|without|so that|"
    r"that|(?:learn|learn[st]|learned|learnt|manage[sd]?|decide[sd]?|tr(?:y|ies|ied)|choose|chose|prefer(?:s|red)?) "
    r"(?:how )?(?:to|not to))\b",
    re.IGNORECASE,
)


def is_negative(claim: str) -> bool:
    """Whether the first clause of what is asked is negative; "not only" and "can't stop" are not."""
    clause = _HARMLESS.sub(" ", claim)
    after = _NEXT_CLAUSE.search(clause)
    return bool(_NEGATIVE.search(clause[: after.start()] if after else clause))

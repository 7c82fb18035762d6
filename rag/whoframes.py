"""Frames that ask for people: who, which of them, does anyone, how many."""

from rag import phrases as p
from rag.framing import Frame, compiled, holds
from rag.negation import is_negative
from rag.records import QuestionKind, Sought


def who_frame(text: str) -> Frame | None:
    """Asked is who does or says something."""
    head = _WHO.match(text)
    if not head:
        return None
    frame = _predicate(text, head.end(), "who", negated=bool(_NOBODY.search(head.group())))
    stated = _SOMEBODY.fullmatch(head.group()) and frame.topic == text[head.end() :] and not text.endswith("?")
    return None if stated else frame


def count_frame(text: str) -> Frame | None:
    """Asked is how many do or say something."""
    mentioned = _HOW_MANY_MENTION.match(text)
    if mentioned:
        return Frame(mentioned["topic"], "count", "mentioned", subject=True)
    head = _HOW_MANY.match(text)
    return _predicate(text, head.end(), "count", negated=False) if head else None


def _predicate(text: str, at: int, kind: QuestionKind, negated: bool) -> Frame:
    """What somebody is asked to say or to be: a verb of saying is a part of the frame, all else is the topic."""
    if _WAS.match(text) and (asked := _ASKED.match(text, at)):
        return Frame(text[asked.end() :], kind, "asked", subject=True, negated=negated)
    for pattern, sought, turned in _PREDICATES:
        match = compiled(pattern).match(text, at)
        if match and holds(text[match.end() :]):
            topic = text[match.end() :]
            said_negative = pattern is _CLAIMING and is_negative(topic)
            return Frame(topic, kind, sought, subject=sought != "asker", negated=negated ^ turned or said_negative)
    topic = text[at:]
    return Frame(topic, kind, negated=negated or is_negative(topic))


_NOBODY = compiled(r"\b(?:no[ -]?(?:one|body)|none)\b")
_SOMEBODY = compiled(r"(?:some|every|no)[ -]?(?:one|body)")
"""What begins a statement as well, unless something is said to be said, or there is a question mark."""
_HERE = r"(?: (?:else|here|in here|there|ever)){0,4}"
_WHO_ELSE = rf"(?: (?:all|here|else|exactly|in here|in the group)\b|,? if anyone,?|{p.OF}){{0,4}}"
_OF_ANOTHER = rf"""(?! (?:(?:did|does|do) (?:{p.NAME}|(?:he|she|they|we|you|i)\b|{p.HOST})|
(?:is|was|are|were) (?:{p.NAME}|\w+\W*\Z)))"""
"""After "who": not "who did she meet", which asks for words, nor "who is Ana"."""
_GROUP = rf"(?:{p.GROUP})"
_WHO = compiled(
    rf"""(?:
    who(?:m|ever)?(?:['’](?:s|ve|d))?(?!['’\w]){_WHO_ELSE}{_OF_ANOTHER}|
    whose\b|
    which(?:ever)?(?: {p.NUMBER})?(?:{p.OF}| (?:other )?{_GROUP}(?: here)?{p.OF}?)(?: (?:who|that)\b)?|
    which(?: \w+){{1,2}}(?= (?:talk|speak|say|mention|discuss|think|believe)s?\b)|
    {p.AUXILIARY}{p.NOT}? there (?:{p.ANYONE}|(?:a|any|some) {_GROUP}){_HERE}(?: (?:who|that)\b)?|
    {p.AUXILIARY}{p.NOT}? {p.ANYONE}{_HERE}(?= )|
    every[ -]?(?:one|body) (?:who|that)\b|
    {p.ANYONE}{_HERE}(?: (?:who|that)\b|(?=\W))|
    (?:(?:the|all|all the|every|those|any|some|a|other) )?(?:{_GROUP}|those) who\b|
    (?:the|all|all the|every|a|any) (?:other )?{_GROUP} (?:that|with)\b
    )"""
)
_DO_MANY = (
    rf"""(?=\W*\Z| (?:never\b|{p.AUXILIARY}|don['’]?t\b|mention|talk|say|said|think|thought|feel\b|felt\b|\w+ed\b))"""
)
_SHARE = r"(?:number|share|percentage|proportion|fraction)"
_HOW_MANY = compiled(
    rf"""(?:in )?(?:
    how many(?:{p.OF}| (?:other |different )?{_GROUP}{p.OF}?|{_DO_MANY})|
    count(?: up)?(?: (?:all|the|all the|those|everyone|how many))?(?: {_GROUP})?(?= (?:who|that|in which)\b)|
    (?:what(?:['’]s| is)? )?(?:the )?{_SHARE} of (?:the |all )?{_GROUP}|
    what {_SHARE}{p.OF}
    )(?: (?:are|is) there)?(?: (?:who|that|in which)\b)?"""
)
_HOW_MANY_MENTION = compiled(
    rf"""(?:in )?how many {p.INTERVIEWS} {p.AUXILIARY}{p.NOT}?(?P<topic>.+?)(?: (?:been|ever|get)){{0,3}}
    (?: {p.MENTIONED})\b{p.PLACED}{{0,3}}\W*\Z"""
)
_LEADS = rf"{p.BESIDES}(?: (?:has|have|had|is|are|was|were|did|does|do))?{p.BESIDES} "
_WAS = compiled(r"(?:was|were|is|are)\b")
_ASKED = compiled(rf"{p.BESIDES} (?:being )?asked{p.OF_WHAT}")
_CLAIMING = rf"{_LEADS}{p.CLAIMS}"
_BE_ASKED = rf"""{p.BESIDES}(?: (?:has|have|had))?{p.BESIDES}
(?: (?:was|were|is|are|been|being|gets?|got))(?: ever| also)? asked{p.OF_WHAT}"""
_CANNOT_STOP = rf""" (?:can['’]?t|cannot|can not|could(?:n['’]?t| not)) (?:stop|help|quit)
(?: {p.SAYS_ABOUT}| {p.DISCUSSES})"""
_PREDICATES: tuple[tuple[str, Sought, bool], ...] = (
    (_BE_ASKED, "asked", False),
    (rf"{_LEADS}{p.ASKING}{p.OF_WHAT}", "asker", False),
    (rf" (?:(?:was|were|is|are){p.NOT}|(?:was|were) never|never got) asked{p.OF_WHAT}", "asked", True),
    (rf" {p.NEVER} {p.MENTIONS}", "mentioned", True),
    (rf" {p.NEVER} {p.SAYS_ABOUT}", "said", True),
    (rf" (?:has|have|had) nothing to say {p.ABOUT}", "said", True),
    (_CANNOT_STOP, "said", False),
    (rf"{_LEADS}{p.MENTIONS}", "mentioned", False),
    (rf"{_LEADS}nam(?:es?|ed)(?-i:(?= [^a-z]))", "mentioned", False),
    (rf"{_LEADS}(?:{p.SAYS_ABOUT}|{p.DISCUSSES})\b", "said", False),
    (rf"{_LEADS}{p.MENTIONS_THAT}", "said", False),
    (_CLAIMING, "said", False),
)
"""How a predicate begins, in what its topic should stand, and whether it turns the question into its contrary."""

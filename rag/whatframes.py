"""Frames that ask for words: what somebody says about it, quotes about it, whether it comes up, what was asked.

Each table holds the frames of one kind, as patterns that a question begins with or, where the topic stands within,
is; the first that fits counts.
"""

from rag import phrases as p
from rag.framing import Frame, compiled, holds
from rag.records import QuestionKind, Sought

_SUBJECT = rf"(?P<subject>{p.SUBJECT}){p.BESIDES}"
_WHATEVER = (
    r"(?:what(?: kinds? of things?| things?| exactly| all| else)?|how(?: often)?|everything|anything|something|all|"
    rf"whatever|(?:where|when){p.PLACED}?)"
)
_DO = rf"(?: {p.AUXILIARY}{p.NOT}?)"
_IS = r"(?:['’]s|s| is| are| was| were|['’]re)"
_OWNER = rf"""(?:{p.NAMES} |their |his |her |your |people['’]s |(?:the )?(?:{p.GROUP}|group|team)['’]s? |
every(?:one|body)['’]s )"""
_VIEWS = rf"(?:(?:the|different|any) ){{0,3}}{_OWNER}?(?:\w+ )?{p.OPINION}"
_END = rf"{p.PLACED}{{0,3}}\W*\Z"
_BEEN = r"(?: (?:been|ever|get)){0,3}"
_IN_WHICH = rf"in (?:which|what){p.OF}? {p.INTERVIEWS}{_DO}"
_IS_IT = rf"(?:(?:where|when|how often) )?{p.AUXILIARY}{p.NOT}?(?! there\b)"
_HAVE_WE = r"(?:(?:is|are|was|were) there |(?:do|have|did) we (?:have |got |get )?|got |have you got |what are )?"
_QUOTES = rf"{_HAVE_WE}(?:{p.NAMES} )?{p.QUOTES}(?:{p.PLACED})?(?: (?:by|from|of) {p.NAMES})?"
_QUESTION = r"(?: (?:to )?(?:the |a )?questions?)?"
_TALK = r"(?:discussions?|conversations?|debates?|sections?|parts?|views?|talks?)"

_ASKED = (
    rf"when asked (?:{p.ABOUT}|whether|if)(?P<topic>[^,]+), (?:what|how){_DO} {_SUBJECT} \w+\W*\Z",
    rf"{_WHATEVER}{_DO} {_SUBJECT} asked{p.OF_WHAT}",
    rf"{p.AUXILIARY}{p.NOT}? {_SUBJECT}(?: (?:ever|been)){{0,2}} asked{p.OF_WHAT}",
    rf"{_WHATEVER}{_DO} {_SUBJECT} {p.ANSWERS}{_QUESTION}(?: when asked)? {p.ABOUT}",
)
_ASKED_WHOM = (rf"whom?{_DO} (?:{p.HOST}|they) ask{p.OF_WHAT}",)
_ASKER = (
    rf"(?:what(?: questions?)?|how|when|where){_DO} (?:{p.HOST}|they) {p.ASKING}{p.OF_WHAT}",
    rf"what(?: questions?)?{_DO} {_SUBJECT} {p.ASKING}{p.OF_WHAT}",
    rf"what (?:is|was|were|has been|gets|got) asked{p.OF_WHAT}",
    rf"{p.AUXILIARY} (?:{p.HOST}|{p.NAMES}) (?:ever )?{p.ASKING}{p.OF_WHAT}",
    rf"""(?:which|what) questions? (?:were|was|are|is|get|got|has been|have been) (?:asked|raised|put)
    (?: (?:of|to) {p.NAMES})?{p.OF_WHAT}""",
    rf"(?:(?:were|was|are|is) there )?(?:(?:all|any|the|some|of) ){{0,3}}questions? (?:asked |put )?{p.ABOUT}",
)
_COMPARED = (
    rf"""{_WHATEVER}?{_DO}? ?{_VIEWS} {p.ABOUT}(?P<topic>.+?)
    (?: (?:differ|diverge|vary|compare|different|similar|alike))\W*\Z""",
    rf"""(?:{_WHATEVER}{_DO}|{p.AUXILIARY}){p.NOT}? {_SUBJECT}
    (?: (?:differ|disagree|agree|diverge|compare|contrast|overlap|have in common))
    (?: (?:with each other|in their {p.OPINION}))?(?: (?:{p.ABOUT}|that\b|in\b))?""",
    rf"""what{_IS}? ?(?:the )?(?:differences?|similarit(?:y|ies)|contrasts?) (?:between|in|among)
    (?: how)? (?:{_VIEWS} {p.ABOUT}|{p.NAMES}(?: {p.ABOUT})?|their\b)""",
    rf"(?:the )?(?:differences?|similarit(?:y|ies)|contrasts?) (?:between|in|among) (?={p.NAME})",
    rf"""(?:compare|comparing|contrast|comparison (?:of|between))(?: and contrast)? (?:{_VIEWS} {p.ABOUT}|
    (?:{p.NAMES}|{p.SOMEBODY}|them|the {p.GROUP}) {p.ABOUT}|(?=\w|{p.NAME}))""",
)
_MENTIONED_IN = (
    rf"{_IN_WHICH}(?P<topic>.+?){_BEEN} {p.MENTIONED}\b{_END}",
    rf"{_IN_WHICH} {_SUBJECT} {p.MENTIONS}",
    rf"(?:(?:all|the|any) ){{0,2}}{p.INTERVIEWS} mentioning\b",
)
_TREATED_IN = (
    rf"{_IN_WHICH}(?P<topic>.+?){_BEEN} {p.TREATED}\b{_END}",
    rf"{_IN_WHICH} {_SUBJECT} (?:{p.SAYS_ABOUT}|{p.DISCUSSES})\b",
)
_MENTIONED = (
    rf"{_HAVE_WE}(?:(?:any|some|the|all|a) )?mentions? of\b",
    rf"{_IS_IT}(?P<topic> .+?){_BEEN} {p.MENTIONED}\b{_END}",
    rf"(?:(?:where{p.PLACED}?|how often|when){_DO}|{p.AUXILIARY}{p.NOT}?) {_SUBJECT} (?:{p.MENTIONS}|name(?= ))",
)
_SAID = (
    rf"{_IS_IT}(?P<topic> .+?){_BEEN} {p.TREATED}\b{_END}",
    rf"""when {_SUBJECT} (?:was|were|is|are) (?:talking|speaking) about(?P<topic>[^,]+),
    (?: what| how){_DO} \S+ \w+\W*\Z""",
    rf"""(?:when it comes to|regarding|concerning|as for|about|on(?: the (?:subject|topic) of)?) (?P<topic>[^,]+),
    (?: what| how){_DO} {_SUBJECT} \w+(?: about (?:it|that|this))?\W*\Z""",
    rf"""(?:{_WHATEVER}{_DO}|{p.AUXILIARY}{p.NOT}?) {_SUBJECT}(?: (?:have|got|had)){{1,2}}
    (?: anything| something| much| a lot) to say {p.ABOUT}""",
    rf"""(?:{_WHATEVER}{_DO}?|{p.AUXILIARY}{p.NOT}?|why{_DO}) {_SUBJECT}
    (?: {p.SAYS_ABOUT}| (?:{p.DISCUSSES}|{p.MENTIONS_THAT})(?: {p.ABOUT})?)\b""",
    rf"(?:{_WHATEVER}{_DO}?) {_SUBJECT} (?:{p.SAYS_PLAINLY})(?!\w)",
    rf"{p.AUXILIARY}{p.NOT}? {_SUBJECT} (?:{p.CLAIMS})(?!\w)",
    rf"{_SUBJECT} (?:{p.SAYS_ABOUT}|{p.DISCUSSES})\b",
    rf"""what(?:['’]s| is| was| were| has| gets)?(?: been)?(?: being)?
    (?: (?:said|discussed|mentioned|talked|spoken|thought)) {p.ABOUT}""",
    rf"""{_QUOTES} (?:where|in which|when|that|which) (?:{_SUBJECT} )?
    (?:{p.SAYS_ABOUT}|{p.DISCUSSES}|{p.MENTIONS_THAT}|(?:are|is) about)\b""",
    rf"{_QUOTES} (?:(?:talking|speaking) about|related to|relating to|dealing with|discussing|mentioning|{p.ABOUT})\b",
    rf"(?:what{_IS}? )?{_VIEWS}(?: of {p.NAMES})? (?:{p.ABOUT}|to\b)",
    rf"""(?:summari[sz]e|sum up|recap|(?:give (?:me )?)?(?:a|an|the) (?:summary|overview|recap) of)
    (?: what (?:is|was|has been) (?:said|discussed) {p.ABOUT}| (?:the )?{_TALK} {p.ABOUT}| (?!what\b)(?=\w))""",
    rf"{_HAVE_WE}(?:any|a|some) (?:discussions?|conversations?|debates?|talk) {p.ABOUT}",
    rf"(?:what (?:is|was|were) )?the (?:discussions?|debates?|conversations?) {p.ABOUT}",
    r"(?:about|regarding|concerning|on the (?:subject|topic) of) (?=\w)",
    rf"(?P<subject>(?P<all>{p.ALL})) {p.ABOUT}",
    rf"according to {p.NAMES}[\s,:]+",
    rf"{p.NAMES}(?: {p.ABOUT}|\s*[:,–—]| [-–—] )",
)
_TABLES: tuple[tuple[tuple[str, ...], QuestionKind, Sought], ...] = (
    (_ASKED, "what", "asked"),
    (_ASKED_WHOM, "who", "asked"),
    (_ASKER, "what", "asker"),
    (_COMPARED, "compare", "said"),
    (_MENTIONED_IN, "who", "mentioned"),
    (_TREATED_IN, "who", "said"),
    (_MENTIONED, "what", "mentioned"),
    (_SAID, "what", "said"),
)
_RULES = tuple((pattern, kind, sought) for patterns, kind, sought in _TABLES for pattern in patterns)


def what_frame(text: str) -> Frame | None:
    """Asked is what is said, by somebody or by anybody, or what was asked."""
    for pattern, kind, sought in _RULES:
        match = compiled(pattern).match(text)
        topic = (match.groupdict().get("topic") or text[match.end() :]) if match else ""
        if match and (holds(topic) or kind == "compare"):
            return _frame(match.groupdict(), topic, kind, sought)
    return None


def _frame(found: dict[str, str | None], topic: str, kind: QuestionKind, sought: Sought) -> Frame:
    return Frame(
        topic,
        kind="compare" if found.get("all") else kind,
        sought="asked" if found.get("when_asked") else sought,
        subject=bool(found.get("subject")),
    )

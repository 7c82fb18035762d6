"""The words of which the frames of English questions are made, as patterns; their line breaks do not count.

A speaker's name is one private character in them, see ``NAME``.
"""

FIRST_NAME = 0xF0000
"""The character that stands for the first name of a question; the next one stands for the next."""
NAME = "[\U000f0000-\U000f0fff]"
_OWN = r"(?:['’]s?(?!\w))"
NAMES = rf"""(?:both )?{NAME}{_OWN}?
(?:(?:\s*[,&/+]\s*| )(?:and |or |vs\.? |versus |& |to |with )?{NAME}{_OWN}?){{0,20}}"""
"""One or several people, also as owners of something."""
NUMBER = r"(?:two|three|four|five|six|seven|eight|nine|ten|\d{1,3})"
GROUP = r"""(?:
    ones?|persons?|people|folks|speakers?|interviewees?|guests?|filmmakers?|directors?|artists?|participants?|
    respondents?|subjects|narrators?|interviews?|transcripts?|conversations?|episodes?|recordings?|meetings?|sessions?|
    witnesses|panell?ists?|storytellers?|students|producers|users|contributors?|women|men
)\b"""
INTERVIEWS = r"(?:interviews?|transcripts?|conversations?|episodes?|recordings?|meetings?|sessions?|files?)\b"
OF = rf"""(?: (?:of|among) (?:
    them|us|you|these|those|(?:the|these|those|our|my) (?:(?:(?:{NUMBER}|other) )?{GROUP}|{NUMBER}\b|\w+)
))"""
AUXILIARY = r"(?:does|did|do|has|have|had|is|are|was|were|can|could|would|will|should|might)"
NOT = r"(?:n['’]?t| not)"
ANYONE = rf"""(?:
    (?:any|some)[ -]?(?:one|body)\b{OF}?|no[ -]?(?:one|body)\b|none{OF}|
    (?:any|some|one){OF}|(?:any|some) (?:other )?{GROUP}
)"""
ALL = rf"""(?:
    (?:they|we) (?:all|each|both)|(?:all|each|every one|both){OF}|every(?:one|body)(?: else)?\b|
    all (?:the |these |those |of the )?(?:{NUMBER} )?{GROUP}|all {NUMBER}\b|
    (?:each|every) {GROUP}|(?:the|these|those) (?:{NUMBER}|different|various) {GROUP}|different {GROUP}
)"""
SOMEBODY = rf"""(?:
    {ALL}|{ANYONE}|(?:the )?others|people|folks|he|she|they|we|you|i|these|those|
    (?:the|these|those|our|other|most|some|many) (?:\w+ )?
    (?:{GROUP}|group|team|panel|crew|committee|class|audience|community|family)
)\b"""
SUBJECT = rf"(?:(?P<all>{ALL})|(?:{NAMES})(?!['’\w])|{SOMEBODY})"
"""Who is asked about."""
BESIDES = r"""(?: (?:ever|also|else|all|both|each|really|actually|already|generally|usually|personally|specifically|
even|just|here)){0,4}"""
ABOUT = r"""(?:about|on|of|regarding|concerning|around|in regard to|with regard to|in relation to|in terms of|
when it comes to|on the (?:subject|topic|question|issue) of|towards?|re)\b"""
WHILE = rf"""(?:when|while) (?:(?:{NAME}|s?he|they|you|we) (?:(?:was|were|is|are) (?:being )?)?)?
(?:(?:talking|speaking|chatting) (?:about|of|on)|discussing|(?P<when_asked>asked) (?:about|on))\b"""
MUCH = r"(?:something|anything|everything|nothing|things?|much|a lot|more|(?:a )?few words|in (?:detail|depth))"
_TALK = r"(?:talk(?:s|ed|ing)?|speak(?:s|ing)?|spoke|spoken|chat(?:s|ted)?|go(?:es)? on|rant(?:s|ed)?)"
_TELL = r"(?:tells?|told)(?: (?:us|me|you|people))?"
_SAY = r"""(?:say|says|said|saying|think|thinks|thought|thinking|feel|feels|felt|feeling|believes?|believed|
comment(?:s|ed)?|reflect(?:s|ed)?|(?:have|has|had)(?: got)?(?: (?:something|anything|a lot|much|more))? to say)"""
_DIRECT = r"""(?:discuss(?:es|ed|ing)?|describes?|described|describing|explain(?:s|ed|ing)?|express(?:es|ed)?|
address(?:es|ed)?|touch(?:es|ed)? (?:up)?on|cover(?:s|ed))"""
_MENTION = r"""(?:mention(?:s|ed|ing)?|refer(?:s|red|ring)? to|references?|referenced|allud(?:es?|ed) to|
(?:bring|brings|brought|bringing) up|cites?|cited)"""
_NO_CLAIM = r"\b(?! (?:no|yes|yeah|hello|goodbye|sorry|thanks|little|less)\b)"
_CLAUSE = r"(?= (?:the|a|an|it|they|he|she|we|you|there|their|his|her|this|these|people)\b)"
ANSWERS = r"(?:answer(?:s|ed)?|respond(?:s|ed)?|repl(?:y|ies|ied)|react(?:s|ed)?|add(?:s|ed)?)"
SAYS_ABOUT = rf"(?:{_TALK}|{_TELL}|{_SAY}|{ANSWERS}|share[sd]?)(?: {MUCH})? (?:{WHILE}|{ABOUT})"
"""To say something, and of what."""
DISCUSSES = rf"(?:{_DIRECT})\b(?: that\b)?"
"""To speak of what comes next."""
CLAIMS = rf"""(?:(?:say|says|said|saying|argu(?:es?|ed)|claim(?:s|ed)?|states?|stated|points? out|pointed out)
{_NO_CLAIM}(?: that\b)?|{_SAY}(?: that\b|{_CLAUSE}))"""
"""To say that something is so."""
MENTIONS = rf"{_MENTION}\b(?! (?:that|how|why|being|having|feeling|getting|wanting)\b)"
"""To name something in passing."""
MENTIONS_THAT = rf"{_MENTION}(?: that)?\b"
"""To say in passing that something is so."""
SAYS_PLAINLY = rf"""(?:{_SAY}|{_TELL}|{ANSWERS}|{_DIRECT}|{_TALK}){_NO_CLAIM}
(?: {MUCH}\b)?(?: (?:that|about|{WHILE}))?"""
"""To say, feel or tell whatever comes next; only where it is known who does."""
OPINION = r"""(?:takes?|views?|opinions?|stances?|positions?|perspectives?|thoughts?|feelings?|attitudes?|impressions?|
point of view|points of view|viewpoints?|ideas?|beliefs?|comments?|remarks?|statements?|answers?|reactions?|
reflections?)"""
QUOTES = rf"""(?:(?:all|any|some|every|each|a|an|the|of|more|other|good|great|best|interesting|short|few|direct|
verbatim|{NUMBER}) ){{0,5}}
(?:quotes?|quotations?|passages?|parts?|bits?|moments?|places?|sections?|segments?|clips?|excerpts?|
extracts?|statements?|mentions|references|examples|instances|lines|sound ?bites?|anything|something|everything|stuff|
material|comments?|remarks?|words|answers?|times?)\b"""
ASKING = rf"(?:asks?|asked|asking)(?: (?:{NAMES}|them|him|her|you|the \w+))?(?: (?:a|the|any|some)? ?questions?)?"
HOST = r"""(?:(?:the|an?|any) )?
(?:interviewers?|hosts?|moderators?|journalists?|facilitators?|presenters?|reporters?|researchers?)"""
OF_WHAT = rf"(?: (?:{ABOUT}|whether|if|to (?=talk|describe|speak))|(?= (?:how|why|what|when|where|which|who)\b))"
NEVER = rf"(?:(?:has|have|had) never|never|(?:does|did|do|has|have|had){NOT})(?: (?:ever|even|really))?"
PLACED = rf"""(?: (?:at all|anywhere(?: else)?|elsewhere|if at all|in (?:there|here)|
(?:in|of|from|within|across) (?:the|these|those|this|any|all|our|my) (?:\w+ )?
(?:{INTERVIEWS}|collection|corpus|archive|data(?:set)?)))"""
"""Where something is looked for: in what is there."""
MENTIONED = r"""(?:mentioned|named|brought up|referred to|referenced|cited|come up|comes up|came up|coming up|crop up|
crops up)"""
TREATED = r"(?:discussed|talked about|spoken about|addressed|covered)"

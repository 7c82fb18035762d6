"""What leads to a name in a title or an introduction, as in "we spoke with the potter Ana Lee"."""

import re
from collections.abc import Iterator

from rag.names import NAME
from rag.personal import NAMES, bare_name, is_person, is_trade

_SPACE = r"[ \u00a0]+"
_LEADS = re.compile(
    r"(?<!\w)(?:met|(?i:(?:sit|sits|sat|sitting) down with|"
    r"(?:speak|speaks|spoke|speaking|talk|talks|talked|talking|chat|chats|chatted|chatting) (?:to|with)|"
    r"(?:catch|catches|caught|catching) up with|connect(?:s|ed)? with|met up with|meets?(?: with)?|met with|"
    r"interview(?:s|ed|ing)?(?: with| of|:)?|spen[dt]s? [\w ,]{1,40} with|visit(?:s|ed)|asked|hears? from|heard from|"
    r"introduc(?:e|es|ed|ing)(?: you to)?|get(?:ting)? to know|in conversation(?: with|:)|"
    r"(?:this (?:month|week|time|issue|edition|year)|today|next up):|(?:conversation|chat|talk|q ?& ?a|q and a|"
    r"discussion|hour|afternoon|evening|morning|day|lunch|coffee|tea|"
    r"breakfast|"
    r"dinner|minutes|drink|walk|visit|session|catch-up|five|ten|moment|encounter) with|q ?& ?a:|"
    r"questions? (?:for|to|with)|answers? (?:from|by)|answered by|joined by|please welcome|welcome|featuring|"
    r"(?:our|my|this|today[’']s) (?:guest|interviewee)(?: today| this \w+)?(?: is|,|:)|spotlight(?: on|:)|"
    r"profile(?: of|:)|the work of|knows? (?:her|him|them) as|(?:person|woman|man|brain|mind|face|voice|hands|"
    r"name)s? behind|full name:|name:|"
    r"entretien avec|rencontre avec|interview (?:de|mit|avec|con|com)|entrevista (?:a|con|com)|conversación con|"
    r"hablamos con|conversamos con|charlamos con|intervista (?:a|con)|abbiamo (?:incontrato|intervistato)|"
    r"gespräch mit|fragen an|sprachen mit|sprach mit|nous avons rencontré|questions à|preguntas a|domande a|"
    r"perguntas (?:a|para)|falamos com|conversa com|entrevistamos a?))[ \u00a0]+"
)
"""What leads to the one who is interviewed, in a title or in an introduction."""
_CLAUSE_ENDS = re.compile(
    r"[.?!](?=\s|\Z)(?<!\b[A-Z]\.)(?<!\bDr\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bProf\.)(?<!\bSt\.)|[;:(|,]|\s[–—-]\s|"
    r"\b(?:about|at|in|on|from|for|during|over|after|before|who|whose|which|via|by|ahead|where|when|as|to|under|near|"
    r"backstage|recently|last|this|earlier|outside|inside|across|sobre|über|zu|pour|su)\b"
)
HONORIFIC = re.compile(
    r"(?:Dr|Prof|Professor|Mr|Mrs|Ms|Miss|Mx|Sir|Dame|Lord|Lady|Rev|Reverend|Father|Sister|Brother|Rabbi|Imam|Judge|"
    r"Herr|Frau|Monsieur|Madame|Señora?|Signora?|Don|Doña|Captain|Coach|Chef|Senator|Mayor|Principal)\.? "
)
_RANK = re.compile(r"(?:Sir|Dame|Lord|Lady|Rev|Reverend|Father|Sister|Brother|Mother|Rabbi|Imam)\.? ")
_ADJECTIVES = re.compile(r"\s*(?:[a-z][\w-]*\s+){0,2}")
_SEVERAL = re.compile(
    r" (?:teams?|people|crew|community|staff|office|family|project|band|group|department|developers|folks)\b"
)


def led(words: str) -> Iterator[tuple[str, str]]:
    """Each name that words lead to, as in "we spoke with the potter Ana Lee", and what follows it."""
    for lead in _LEADS.finditer(words):
        ahead = words[lead.end() : lead.end() + 200]
        stop = _CLAUSE_ENDS.search(ahead)
        window = ahead[: stop.start()] if stop else ahead
        names = [match for match in NAMES.finditer(window) if bare_name(match.group()) and _is_object(ahead, match)]
        names = [match for match in names if " " in bare_name(match.group())][:1] or names[:1]
        if not names and stop and stop.group() == ",":
            behind = NAMES.match(ahead, _past_adjectives(ahead, stop.end()))
            names = [behind] if behind and " " in bare_name(behind.group()) else []
        for match in names:
            name = without_trade(match.group(), words)
            if is_person(name) or HONORIFIC.match(name):
                yield name, ahead[match.end() :]


def _past_adjectives(words: str, at: int) -> int:
    match = _ADJECTIVES.match(words, at)
    return match.end() if match else at


def _is_object(words: str, match: re.Match[str]) -> bool:
    """Whether a name is what is led to, and not part of what describes it ("New York chef", "the head of Acme")."""
    if re.search(r"\b(?:of|at|behind|from|for)\s\Z", words[: match.start()]):
        return False
    after = re.match(r"[ -]([a-z][\w-]*)", words[match.end() :])
    return not (after and is_trade(after[1])) and not _SEVERAL.match(words, match.end())


def another(name: str, rest: str) -> bool:
    """Whether a second person is presented together with the first."""
    whose = rf"(?:(?:his|her|their){_SPACE}[\w-]+{_SPACE}(?:[a-z][\w-]*{_SPACE})?)?"
    match = re.match(rf"(?:,? (?:and|und|et|y|e)|,| ?[&+/]){_SPACE}{whose}({NAME})", rest)
    other = bare_name(match[1]) if match else ""
    joined = bool(match) and not rest.startswith(",")
    is_human = is_person(other.split()[0] if joined else other) if other else False
    is_called = is_human and not any(is_trade(word.casefold()) for word in other.split())
    return is_called and (" " in other or " " not in name)


def without_trade(run: str, text: str) -> str:
    """The name in a run of capitalised words, without a trade before it, as titles and German have it."""
    name = bare_name(run)
    words = name.split()
    if len(words) < 3 or _RANK.match(name) or not is_trade(words[0].casefold()):
        return name
    rest = " ".join(words[1:])
    if re.search(rf"(?:\A|[.!?\n]\s*|[.!?]\s+)[*_]{{0,3}}{re.escape(run)}", text):
        return rest
    after_article = re.match(r"(?:Der|Die|Das|Den|Dem|The)\s", run)
    return rest if after_article or words[0].casefold() in text or text.count(rest) > text.count(name) else name

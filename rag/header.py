"""What a transcript says about its people before anybody speaks: header lines, ties of short forms, introductions.

"Interviewer: Ann Lee" in a header is no turn, and "Ann Lee (AL)" ties a label to a name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from rag.names import NAME, initials_of, trimmed
from rag.personal import bare_name, is_person
from rag.records import Span, Stated

_HOST_KEYS = (
    r"(?:co-?)?hosts?|hosted by|chair(?:man|woman|person|ed by)?|interviewers?|interviewed by|interview by|"
    r"moderators?|moderated by|presenters?|"
    r"facilitators?|researchers?|anchor|entrevistador(?:a|es)?|interviewer(?:in)?|intervieweur|entrevista|"
    r"gespräch(?:sführung)?|moderation|questions? by|conducted by|聞き手|インタビュアー|取材|采访者|记者|主持人|"
    r"採訪者|진행"
)
_GUEST_KEYS = (
    r"guests?|(?:today[’']s )?guest|interviewees?|narrators?|respondents?|informants?|name of (?:interviewee|"
    r"narrator|subject)|interview with|in conversation with|entrevistad[oa]s?|invitad[oa]s?|gast|gäste|befragte[r]?|"
    r"interviewte[r]?|zeitzeug(?:e|in)|gesprächspartner(?:in)?|"
    r"(?:the )?interviewee[’']s name|ゲスト|話し手|語り手|受访者|嘉宾|受訪者|게스트"
)
_PEOPLE_KEYS = (
    r"speakers?|participants?|panell?ists?|panel|people|present|attendees|featuring|voices|cast|contributors|with|"
    r"in attendance|also present|appearances|observer|note[- ]?taker|interpreter|translator"
)
_OTHER_KEYS = (
    r"(?:recording |interview |publication |recorded )?(?:date|place|location|venue|length|duration)|"
    r"recorded(?: on| at)?|"
    r"title|subject|topic|project|collection|series|episode|tape|side|accession(?: number)?|transcrib(?:er|ed by)|"
    r"transcript(?:ion)?(?: by| completed by)?|edited by|editor|producer|language|archive|repository|keywords?|tags?|"
    r"published|updated|source|url|link|website|id|file|session|method|age|born|occupation|job|city|country|camera|"
    r"sound|photographs?|medium|format|video|audio|media|recording|category|slug|author|summary|abstract|interview no|"
    r"interview number|no|reel|catalogue(?: number)?|ref(?:erence)?|time|status|consent|notes?|fecha|lugar|ort|datum"
)
_KEY = re.compile(
    rf"[-•*_#\s>]*"
    rf"(?:(?P<host>{_HOST_KEYS})|(?P<guest>{_GUEST_KEYS})|(?P<people>{_PEOPLE_KEYS})|(?P<other>{_OTHER_KEYS}))"
    rf"(?:\(s\)|[ ]\((?P<form>[^()\r\n]{{1,12}})\))?[*_ ]*",
    re.IGNORECASE,
)
_ENTRY = re.compile(rf"{_KEY.pattern}[:：\t][*_ \t]*(?P<value>[^\r\n]*)", re.IGNORECASE)
_BEFORE_SIGN = re.compile(r"[:：\t]")
_BRACKET = re.compile(r"[(\[“\"]")
_INSIDE = re.compile(r"[“\"‘']?(?:(?i:hereafter|as|the|initials?:?)[ ])?(?P<form>[^\W_][\w.’'-]{0,24})[”\"’']?[)\]”\"]")
_NAME_BEFORE = re.compile(rf"(?<![\w-])({NAME})[*_]*[ \t]*\Z")
_NAME_AFTER = re.compile(rf"[ ]({NAME})")
_LONGEST_NAME = 60
_LEGEND = re.compile(
    rf"[-•*_\s]*(?P<form>[^\W_][\w./]{{0,12}})[*_]*[ \t]*(?:[:=–—-]|is)[ \t*_]*(?P<name>{NAME})[*_ \t]*"
    rf"(?:[,(–—-][^\r\n]{{0,80}})?"
)
_HOSTED = re.compile(
    rf"\b(?i:hosted|moderated|interviewed|presented|facilitated|interview|conversation led|questions) by:?[ *_\[]*"
    rf"({NAME}|(?!(?:e-?mail|mail|post|phone|letter|chat|video|us|the|our|an?)\b)[a-z][\w.]{{2,24}}(?=[,.;\s]))|"
    rf"^[*_ ]*(?i:entrevista de|intervista di|entretien réalisé par)[ ]({NAME})"
)
_LEGENDS = re.compile(
    rf"(?<![\w.])(?P<form>[^\W\d_][\w.]{{0,6}})[*_]*[ ]?=[ ]?(?P<name>{NAME})(?:[ ]?\((?P<role>[^()\r\n]{{1,40}})\))?"
)
_ASKED_BY = re.compile(
    r"(?:^|\n)[ \t]*(?:\d{1,3}[ \t]+)?(?:(?:RE|RE-|CROSS-|DIRECT )?EXAMINATION[ \t]*)?(?:BY|By) "
    r"((?:M[RS]S?\.?|DR\.|Mr\.|Ms\.|Mrs\.) [A-Z][\w’'-]+)[ \t]*:"
)
_JUDGE = re.compile(rf"(?i:before|presiding)\b[^\r\n]{{0,12}}?(?i:the )?Hon(?:orable|ourable|\.) ({NAME})")
_OATHS = (
    " call",
    "sworn",
    "witness",
    "deposition",
    "testimony",
    "oral history",
    "examination",
    "interview of",
    "interview with",
)
_SWORN = re.compile(
    rf"(?:^|\n)[ \t]*(?:\d{{1,3}}[ \t]+)?(?P<witness>{NAME}),? "
    rf"(?i:(?:having been |being )?(?:first )?(?:duly )?sworn|called as a witness)|"
    rf"\b(?i:plaintiffs?|petitioners?|defen[cs]e|prosecution|state|government|people|we)\s+(?i:would\s+)?(?i:calls?)\s+(?P<called>{NAME})|"
    rf"(?i:\b(?:deposition|testimony|oral history|examination|interview) (?:of|with))[ \n]+"
    rf"(?:(?i:the )?)(?P<name>{NAME})"
)
_PARTS = re.compile(r"\s*(?:[,;/&]|\band\b|\bund\b|\by\b|\bet\b|\+|\|)\s*")
_BESIDE = re.compile(r"[(\[（][^)\]）]*[)\]）]")
_LISTED = (
    rf"(?:[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af・＝= ]{{2,20}}|{NAME})(?:[ ][\"“][^\"”]{{1,20}}[\"”][ ]{NAME})?"
)
_OFFICES = frozenset("chair chairman chairwoman chairperson host moderator interviewer presenter narrator".split())
_SPEECH = re.compile(r"[?!]|\b(?:you|we|they|I|is|are|was|were|it|that|this|have|has|don[’']t|what|how)\b")
_HAS_SIGN = re.compile(r"[:：=\t–—-]| is ")
_LONGEST_KEY = 100
_ENOUGH = 20
"""Lines in a row that are none of a header's, after which there is none any more."""
_LINES = 60
_LONGEST_ENTRY = 600
_LONGEST_HEAD = 4000


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says, and ``lines``: where it says it, which is no conversation."""

    stated: Stated
    lines: frozenset[Span] = field(default=frozenset())


def find_header(text: str, lines: Sequence[Span], stated: Stated) -> Header:
    """Header lines at the head of ``text``, joined with what the format has ``stated`` already."""
    found = _Found(stated)
    taken: set[Span] = set()
    since = 0
    for line in lines[:_LINES]:
        since += 1
        if len(line) <= _LONGEST_ENTRY and found.take(text, line):
            taken.add(line)
            since = 0
        if since > _ENOUGH:
            break
    askers = {match[1] for match in _ASKED_BY.finditer(text)} if "BY M" in text or "BY D" in text else set()
    if len(askers) == 1 and not found.hosts:
        found.hosts.extend(askers)
    head = text[:_LONGEST_HEAD]
    sworn = (
        {match["witness"] or match["called"] or match["name"] for match in _SWORN.finditer(head)}
        if any(map(head.lower().__contains__, _OATHS))
        else set()
    )
    if judge := _JUDGE.search(head):
        found.forms["THE COURT"] = judge[1]
    if len(sworn) == 1 and not found.guests:
        found.guests.extend(sworn)
    return Header(found.whole(), frozenset(taken))


class _Found:
    """What the lines of a header add to what is stated."""

    def __init__(self, stated: Stated) -> None:
        self.stated = stated
        self.hosts, self.guests, self.people = list(stated.hosts), list(stated.guests), list(stated.people)
        self.forms = dict(stated.forms)
        self.title, self.date = stated.title, stated.date

    def take(self, text: str, line: Span) -> bool:
        """Learn from one line; whether it is a line of a header."""
        words = line.of(text)
        if " by" in words or " de " in words or " di " in words:
            self.hosts.extend((match[1] or match[2]).strip() for match in _HOSTED.finditer(words))
        if words.count("=") > 1 and self._explain(words):
            return True
        if not _HAS_SIGN.search(words, 0, _LONGEST_KEY):
            return False
        entry = _ENTRY.fullmatch(words) if _is_key(_BEFORE_SIGN.split(words, maxsplit=1)[0]) else None
        if entry and (entry["other"] or not entry["value"].strip() or _names_only(entry["value"])):
            self._enter(entry)
            return True
        legend = _LEGEND.fullmatch(words)
        if legend and " " in legend["name"].strip() and _short_form(legend["form"], legend["name"]):
            self.forms[legend["form"]] = legend["name"]
            return True
        return False

    def _explain(self, words: str) -> bool:
        """Learn from a line that explains several short forms, as in "AL = Ann Lee (interviewer); BC = Bo Chen"."""
        legends = [legend for legend in _LEGENDS.finditer(words) if _short_form(legend["form"], legend["name"])]
        for legend in legends:
            self.forms[legend["form"]] = legend["name"]
            if legend["role"] and re.search(_HOST_KEYS, legend["role"], re.IGNORECASE):
                self.hosts.append(legend["name"])
        return len(legends) > 1

    def _enter(self, entry: re.Match[str]) -> None:
        key, value = entry["other"] or "", entry["value"].strip(" *_")
        self.date = self.date or (value if "date" in key.casefold() else "")
        self.title = self.title or (value if key.casefold() == "title" else "")
        names = _names(value)
        if entry["host"]:
            self.hosts.extend(names if entry["host"].casefold().endswith("s") else names[:1])
        elif entry["guest"] or entry["people"]:
            (self.guests if entry["guest"] else self.people).extend(names)
        self.forms.update(_ties(value))
        role = entry["host"] or entry["guest"] or entry["people"]
        if role and len(names) == 1:
            self.forms.update({form: names[0] for form in (entry["form"], role) if form})

    def whole(self) -> Stated:
        """All of it."""
        return replace(
            self.stated,
            title=self.title,
            date=self.date,
            hosts=tuple(dict.fromkeys(self.hosts)),
            guests=tuple(dict.fromkeys(self.guests)),
            people=tuple(dict.fromkeys(self.people)),
            forms=tuple(self.forms.items()),
        )


def find_ties(text: str) -> dict[str, str]:
    """Short forms that a text ties to names, as in "Ann Lee (AL)", by the form."""
    return dict(_ties(text))


def named_people(introduction: str) -> list[str]:
    """Every full name of two words or more in an introduction: longer forms of labels, no speakers by themselves."""
    flowing = re.sub(r"\t+| {3,}", "\n", introduction)
    flowing = re.sub(r"[\[\]* ]+", " ", flowing)
    flowing = re.sub(r"(?<=[^\r\n]{30}) ?\r?\n ?(?=\S)", " ", flowing)
    runs = (trimmed(match.group()) for match in re.finditer(NAME, flowing))
    names = (bare_name(run) for run in runs if run)
    return list(dict.fromkeys(name for name in names if " " in name and is_person(name.split()[0])))


def _ties(text: str) -> Iterator[tuple[str, str]]:
    for opened in _BRACKET.finditer(text):
        beside = _INSIDE.match(text, opened.end())
        before = _NAME_BEFORE.search(text, max(0, opened.start() - _LONGEST_NAME), opened.start())
        name = bare_name(trimmed(before[1]) or "") if before else None
        if not beside or not name:
            continue
        if _short_form(beside["form"], name):
            yield beside["form"], name
        if after := _NAME_AFTER.match(text, beside.end()):
            whole = f"{name} {text[opened.start() : after.end()]}"
            yield beside["form"], whole
            yield f"{beside['form']} {after[1]}", whole


def _short_form(form: str, name: str) -> bool:
    """Initials of the name, or a nickname or handle of one word that is no common word."""
    letters = form.replace(".", "").casefold()
    if letters in _OFFICES:
        return True
    if form.isupper() and 2 <= len(letters) <= 4 and letters[0] in {word[0].casefold() for word in name.split()}:
        return True
    return letters in initials_of(name) or (
        form.islower() and len(form) > 2 and any(word.casefold()[:3] in letters for word in name.split())
    )


@lru_cache(maxsize=10_000)
def _is_key(words: str) -> bool:
    """Whether words before a colon are the key of an entry; those of a speaker come again and again."""
    return bool(_KEY.fullmatch(words))


def _names_only(value: str) -> bool:
    parts = [part for part in _PARTS.split(_BESIDE.sub("", value).strip(" *_.")) if part]
    named = [part for part in parts if re.fullmatch(_LISTED, part.strip(" *_"))]
    if _SPEECH.search(_BESIDE.sub("", value)):
        return False
    return bool(named) and (
        len(named) == len(parts) or (len(named[0].split()) > 1 and not value.rstrip().endswith("?"))
    )


def _names(value: str) -> list[str]:
    bare = _BESIDE.sub("", value)
    return [part.strip(" *_") for part in _PARTS.split(bare) if re.fullmatch(_LISTED, part.strip(" *_."))]

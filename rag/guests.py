"""Who is interviewed on a page without labels: a name that the title or the introduction presents.

A name is only taken where the page leaves no doubt.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from rag.interviewers import WRITES, find_askers, find_portrayed, find_writers
from rag.leads import HONORIFIC, another, led, without_trade
from rag.names import NAME, fullest, mended, same_person, without_title
from rag.personal import NAMES, bare_name, flowing, full_names, is_among, is_person, is_trade
from rag.records import Stated

_PRESENTED = re.compile(
    r",? \(?\d{2}\b|, (?i:an?|the|who|whose|one of|our|aka|director|founder|author|head|owner|[a-zà-ÿ]+(?:er|or|ist|"
    r"ian|"
    r"euse|eur|ista|ora|maker)),?\s| (?:is|has|es|est|ist|è|é|tiene|ha|hat|a|arbeitet|lebt|vive|travaille) |"
    r"[’']s answers\b"
)
_ACTS = re.compile(r" [a-z]{2,}s ")
_ACTED = re.compile(r" (?:[a-z]{2,}ed|was|had|ran|made|grew|told|said|wrote|began|kept|left|won|gave) ")
_DID = re.compile(
    r",? (?:who |once |had |las? |los? |les? |se |l[’'])?(?:[a-z]{2,}ed|ran|gave|began|made|wrote|built|drew|"
    r"\w+[óò])\b(?! by\b)"
)
"""What somebody did once, rather than the guest's being presented."""
_SPEAKS = re.compile(
    r" (?:says?|said|tells?|told|explains?|explained|laughs?|smiles?|remembers?|recalls?|reflects?|admits?|talks?|"
    r"answers?|answered|grew up|was born)\b|, who\b|[’']s answers\b|,? \(?\d{2}\b"
)
_AGED = re.compile(
    r",? \(?\d{2}\b[^%]| \((?:[^()\d\r\n]{0,30} ?)?[12]\d{3}\b| (?:tiene|a|ha|cumplió|hat) [^.]{0,40}\b(?:años|ans|"
    r"anni)\b"
)
_IS_A = re.compile(
    r" (?:is|ist|es|est|è|é) (?:an?|the|one of the|our|die|der|ein|eine|el|la|un|una|le|une|il) ((?:[\w’-]+ ?){1,5})"
)
_THEN_HE = re.compile(r"[.!] (?:She|He|Her|His|Ella|Él|Elle)\b")
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|hers|ella|elle)\b", re.IGNORECASE)
_MOST = 100
"""Names that an introduction may present; one with more presents nobody clearly."""
_INTERVIEWED = re.compile(rf"(?<![\w’'-])({NAME}) (?:was|were) (?:interviewed|talking|speaking|in conversation)\b")
_ENOUGH, _MARGIN = 2.0, 1.5


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a page says about its people: its titles, what stands before the conversation, and ``notes`` around it.

    ``notes`` are nobody's words, such as bylines and biographies; ``questions`` may call the guest by name, and in the
    first ``answers`` a guest may say his own.
    """

    titles: tuple[str, ...]
    paragraphs: tuple[str, ...]
    notes: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()


@dataclass(slots=True)
class _Candidate:
    """A name and what speaks for its being the guest's: the text leads to it, a title is about it, signs around it."""

    name: str
    led: bool = False
    titled: bool = False
    signs: float = 0.0
    human: bool = False


def find_guest(introduction: Introduction, stated: Stated, text: str) -> str | None:
    """The one person who answers in ``text``; none where nobody is presented, or several people are."""
    titles = [flowing(title) for title in introduction.titles]
    paragraphs = [flowing(words) for words in introduction.paragraphs]
    if stated.guests:
        only = stated.guests[0] if len(stated.guests) == 1 else None
        return only and _displayed(fullest(only, full_names([*titles, *paragraphs])), text)
    if any(another(name, rest) for words in [*titles, *paragraphs] for name, rest in led(words)):
        return None
    askers = [
        *stated.hosts,
        *find_writers(introduction.notes),
        *find_askers(titles, titles=True),
        *find_askers(paragraphs),
    ]
    for words in titles:
        if any(any(_titled(other)) for other in titles if other != words):
            askers += find_askers([words])
    called = _called(introduction.questions)
    found = _merged(_candidates(titles, paragraphs, called, text))
    candidates = _without_askers(found, introduction, titles, paragraphs, askers)
    chosen = _chosen(candidates)
    name = chosen.name if chosen else None
    if not chosen and not any(each.led for each in candidates):
        name = _self_named(introduction, called) or _portrayed_guest(introduction.notes, askers)
    return _displayed(name, text) if name else None


def _is_spelt(name: str, text: str) -> bool:
    """Whether a part of a name in capitals is met as a name is spelt: a headline in capitals tells no names."""
    return not name.isupper() or any(re.search(rf"(?<=[\w,] ){word.title()}(?!\w)", text) for word in name.split())


def _without_askers(
    found: Sequence[_Candidate],
    introduction: Introduction,
    titles: Sequence[str],
    paragraphs: Sequence[str],
    askers: Sequence[str],
) -> list[_Candidate]:
    """Those who may be the guest; where the page says who asked, whom the introduction begins with is a person."""
    portrayed = find_portrayed(introduction.notes)
    candidates = [
        each
        for each in found
        if not is_among(each.name, askers) and (each.led or each.titled or not is_among(each.name, portrayed))
    ]
    lines = [name for words in titles[1:] for name in find_askers([words])]
    others = [each for each in candidates if not is_among(each.name, lines)]
    if any(each.human and each.signs >= _ENOUGH for each in others):
        candidates = others
    if find_askers(paragraphs):
        for each in candidates:
            each.human = each.human or any(words.startswith(each.name) for words in paragraphs)
    return candidates


def _candidates(
    titles: Sequence[str], paragraphs: Sequence[str], called: Sequence[str], text: str
) -> Iterable[_Candidate]:
    """Everybody whom titles and introduction may present; ``called`` are names by which the questions call."""
    found: dict[str, _Candidate] = {}
    for name in (name for words in [*titles, *paragraphs] for name, _ in led(words)):
        found.setdefault(name, _Candidate(name)).led = True
    for name in (name for words in titles for name in _titled(words) if _is_spelt(name, text)):
        found.setdefault(name, _Candidate(name)).titled = True
    for words, match in ((each, match) for each in paragraphs for match in NAMES.finditer(each)):
        name = without_trade(match.group(), text)
        if " " in name:
            _weigh(found.setdefault(name, _Candidate(name)), words, match)
    for candidate in found.values():
        is_called = any(same_person(call, candidate.name) for call in called)
        candidate.human = candidate.human or is_called
        candidate.signs += _recurs(candidate.name, text) + 2 * is_called
    return found.values()


def _titled(title: str) -> Iterator[str]:
    """Each name that a title is about: before a colon or a verb, behind a colon, or all of the title."""
    part = re.split(r"\s+[|•·]\s+", title)[0].lstrip("\"'“‘«„")
    opening = NAMES.match(part)
    name = without_trade(opening.group(), part) if opening else ""
    verb = r"(?i:on|about|talks?|discuss\w*|explains?|has|is|was|of|from)\b|[a-z]{2,}s "
    at = part.find(name) if name else 0
    is_headline = name.isupper() and is_trade(name.split()[-1].casefold())
    is_bare = at == 0 or is_trade(part[:at].strip().casefold())
    is_opening = " " in name and not is_headline and is_bare and is_person(name)
    if is_opening and re.match(rf"\s*(?:\Z|[:,–—|(]|- |{verb})", part[at + len(name) :]):
        yield name
    for match in re.finditer(rf"(?:[:–—]|\s-)\s*({NAME})(?=\s*(?:\Z|[,|(–—]|\s(?:on|about|of|from|at)\b))", part):
        name = without_trade(match[1], title)
        if " " in name and match[1].endswith(name) and is_person(name):
            yield name


def _weigh(candidate: _Candidate, words: str, match: re.Match[str]) -> None:
    """Add what stands around a name in the introduction."""
    before, after = words[max(0, match.start() - 40) : match.start()], words[match.end() : match.end() + 200]
    noun = re.search(r"([\w’'-]+)\s\Z", before)
    run = match.group()
    is_other = bool(_DID.match(after))
    named = bool(
        (noun and is_trade(noun[1]) and not is_other) or HONORIFIC.match(run) or bare_name(run) != candidate.name
    )
    told = bool(_PRONOUN.search(after))
    speaks = bool(_SPEAKS.match(after))
    named = named or (bool(re.search(r"\bis\s\Z", before)) and after[:1] == ",")
    named = named or bool(_AGED.match(after)) or _is_said_to_do(after)
    signs = 2.0 * named + 2 * bool(_PRESENTED.match(after) or _THEN_HE.match(after)) + told + speaks
    signs += 1.0 * bool(_ACTS.match(after)) + 0.5 * bool(_ACTED.match(after))
    candidate.signs = max(candidate.signs, signs)
    candidate.human = candidate.human or named or told or speaks


def _is_said_to_do(after: str) -> bool:
    """Whether a trade follows a name, as in "Ann Lee is the last lace maker"."""
    match = _IS_A.match(after)
    return match is not None and any(is_trade(word.casefold()) for word in match[1].split())


def _recurs(name: str, text: str) -> bool:
    """Whether the first or the last of several names is met alone as well."""
    words = name.split()
    return len(words) > 1 and any(text.count(one) > text.count(name) for one in (words[0], words[-1]) if len(one) > 2)


def _merged(candidates: Iterable[_Candidate]) -> list[_Candidate]:
    """Forms of one name taken together, under the fullest."""
    merged: list[_Candidate] = []
    ranked = sorted(islice(candidates, _MOST), key=lambda each: -len(without_title(each.name).split()))
    for candidate in ranked:
        known = next((each for each in merged if same_person(candidate.name, each.name)), None)
        if known is None:
            merged.append(candidate)
            continue
        known.led, known.titled = known.led or candidate.led, known.titled or candidate.titled
        known.signs, known.human = max(known.signs, candidate.signs), known.human or candidate.human
    return merged


def _chosen(candidates: Sequence[_Candidate]) -> _Candidate | None:
    """The one candidate who is presented, or, where nobody is, of whom the introduction tells most."""
    presented = [each for each in candidates if (each.led or each.titled) and (" " in each.name or each.human)]
    presented = [each for each in presented if not each.name.isupper()] or presented
    for group in (
        [each for each in presented if each.led and each.titled],
        [each for each in presented if each.led],
        presented,
    ):
        if group:
            return group[0] if len(group) == 1 else _ahead(group)
    told = [each for each in candidates if each.human and each.signs >= _ENOUGH and is_person(each.name)]
    return _ahead(told)


def _ahead(group: Sequence[_Candidate]) -> _Candidate | None:
    """The candidate for whom clearly more speaks than for any other."""
    ranked = sorted(group, key=lambda each: -each.signs)
    is_clear = len(ranked) == 1 or (bool(ranked) and ranked[0].signs >= ranked[1].signs + _MARGIN)
    return ranked[0] if is_clear else None


_CALLED = re.compile(
    rf"(?:(?i:hi|hello|hey|dear|welcome|hola|hallo|bonjour|ciao|olá|thanks?(?: you)?(?: so much| very much)?"
    rf"(?: for [\w ]{{1,40}})?),? ({NAME})[,!.?–— ]|"
    rf"({NAME}), (?i:you|thanks?|what|how|can|could|tell|your|when|why|where|welcome|first|let)\b)"
)
_CALLS_HIMSELF = re.compile(
    rf"(?:\b(?i:my name is|me llamo|mi nombre es|ich heiße|mein name ist|je m[’']appelle|mi chiamo|meu nome é|"
    rf"chamo-me) ({NAME})|(?:\AI[’']m|\AI am|\b(?:Hi|Hello|Hey)[,!.]? I[’']m) ({NAME})(?=[,.]| and\b))"
)


def _called(questions: Iterable[str]) -> list[str]:
    """The names by which questions call the one who is asked."""
    calls = (_CALLED.match(flowing(words)) for words in questions)
    return [name for call in calls if call and (name := bare_name(call[1] or call[2])) and is_person(name)]


def _self_named(introduction: Introduction, called: Sequence[str]) -> str | None:
    """Whom the questions call by name, or who says his own name in the first answer; none where names differ."""
    owns = (_CALLS_HIMSELF.search(flowing(words)[:400]) for words in introduction.answers)
    said = [bare_name(own[1] or own[2]) for own in owns if own]
    known = list(dict.fromkeys([*called, *(name for name in said if name and is_person(name))]))
    longest = max(known, key=len, default=None)
    if longest is None or not all(name == longest or same_person(name, longest) for name in known):
        return None
    return fullest(longest, full_names(map(flowing, introduction.paragraphs)))


def _portrayed_guest(notes: Sequence[str], askers: Sequence[str]) -> str | None:
    """The one person whom a biography portrays, who neither asked nor writes."""
    bare = [flowing(note) for note in notes if not WRITES.search(note)]
    told = [match[1] for note in bare if (match := _INTERVIEWED.search(note))]
    openings = [NAMES.match(note) for note in bare if find_portrayed([note])]
    names = told or [bare_name(match.group()) for match in openings if match and is_person(bare_name(match.group()))]
    others = [name for name in names if not is_among(name, askers)]
    return others[0] if len(others) == 1 else None


def _displayed(name: str, text: str) -> str:
    """A name as it is shown: without a title such as Dr, and in small letters where only a headline shouts it."""
    bare = without_title(name)
    if bare.isupper() and len(bare) > 3:
        spelt = (match.group() for match in re.finditer(re.escape(bare), text, re.IGNORECASE))
        bare = next((each for each in spelt if not each.isupper()), bare.title())
    return mended(bare, text)

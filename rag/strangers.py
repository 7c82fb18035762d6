"""Names in a question that no speaker bears, where somebody is asked about."""

import re
from collections.abc import Container

from rag.bearers import POSSESSIVE, TOKEN
from rag.words import fold, is_content

_SAYING = (
    r"(?:say|said|says|think|thinks|thought|feel|feels|felt|mention|mentions|tell|talk|speak|believe|explain|describe)"
)
_DOING = (
    rf"(?:{_SAYING}|get|grow|go|start|study|work|move|learn|want|like|love|hate|decide|become|leave|meet|do|make|live|"
    r"regret|win|write|direct|find|know|remember|discuss|ask|answer|respond|agree|disagree|come\ from|ever)"
)
_STRANGER = re.compile(
    rf"\b(?:does|did|do|has|had|would)\s+((?:[^\W\d_][\w’'\-]*\s+){{1,3}}?){_SAYING}\b"
    r"|\b(?i:according to|quotes? (?:by|from|of)|said by|words of)\s+((?:[A-Z][\w’'\-]*\s*){1,3})"
)
_ABSENT = re.compile(
    rf"\b(?i:does|did|do|has|have|would|can)\s+((?:[A-Z][\w’'\-]*\s+){{1,3}})(?={_DOING}\b)"
    r"|\b(?i:does|did|do|has|have|is|was|were|are|would|can)\s+([A-Z][\w’'\-]*(?:\s+[A-Z][\w’'\-]*){1,2})"
    r"|\b(?i:who\s+is|who\s+was|how\s+old\s+is|reach|contact|touch with|message|e-?mail|call)"
    r"\s+((?:[A-Z][\w’'\-]*(?:\s+|\b)){1,3})"
    r"|\b([A-Z][\w\-]*(?:\s+[A-Z][\w\-]*)?)[’']s\b"
)
_NOBODY = frozenset(
    """
    he she they it we you i one ones this that these those who the a an any anyone anybody everyone everybody somebody
    someone something anything everything nobody each both all of them people person other others ever also really even
    her his their our your my interviewee interviewees interviewer interviewers speaker speakers guest guests filmmaker
    filmmakers director directors artist artists participant participants user users host group team panel and or three
    two four
    """.split()
)
_SAYS_MUCH = frozenset(
    """
    age art audience beauty body book books business camera cinema cities city country culture data death design
    economics education evidence experience family film films future genre god grief history home image images
    journalism justice language law life literature love marriage media memory money movie movies music nature painting
    philosophy photography poetry politics power press psychology religion research school science silence society
    statistics stories story success technology theater theatre time tradition war work world youth
    """.split()
)
"""Things of which it is asked what they say; in lower case they are nobody's names."""


def strangers_in(question: str, said: Container[str]) -> tuple[str, ...]:
    """Names in the place of a speaker, or of whom it is asked what they do while nobody mentions them.

    ``said`` holds all words of the interviews, folded.
    """
    return _speaking(question) or _absent(question, said)


def _speaking(question: str) -> tuple[str, ...]:
    """Such as Angela in "what does Angela say about casting"."""
    found = []
    for match in _STRANGER.finditer(question):
        name = _name(match)
        tokens = TOKEN.findall(name)
        capitals = all(token[0].isupper() for token in tokens)
        single = len(tokens) == 1 and fold(name) not in _SAYS_MUCH
        if tokens and not any(fold(token) in _NOBODY for token in tokens) and (capitals or single):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _absent(question: str, said: Container[str]) -> tuple[str, ...]:
    """Such as Priya in "tell me about Priya's childhood"."""
    names = [_name(match) for match in _ABSENT.finditer(question)]
    return tuple(dict.fromkeys(name for name in names if not any(_familiar(part, said) for part in name.split())))


def _name(match: re.Match[str]) -> str:
    return POSSESSIVE.sub("", next(group for group in match.groups() if group).strip())


def _familiar(part: str, said: Container[str]) -> bool:
    word = fold(part)
    return word in said or word in _NOBODY or not is_content(word)

"""Every sentence about an answer or a collection, so that all surfaces say the same; not how it is shown."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode, urlsplit

from rag.records import UNKNOWN_SPEAKER, Answer, Located, Sought, Turn, Understood, Voices

if TYPE_CHECKING:
    from rag.library import Loss

OPENING = "Opening the interviews"
WARMING = "Loading the language reader"
NO_WORDS = "There are no words in this question. Ask in a few words, such as: who talks about money?"
NOTHING_MORE = "Nothing more is said on this than what was shown before."
NEAREST = "The nearest passages, which are not an answer:"

NAMES_SHOWN = 8
LONG_TOPIC = 120
"""Characters of a topic that are repeated to the reader."""
ASKING_FOR_PEOPLE = ("who", "count")
"""Kinds of questions that are answered with people, and the best quote of each."""
_NUMBERS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine")


def count(number: int, thing: str, things: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "speaker"), count(1200, "speaker"), count(2, "person", "people")
    ('1 speaker', '1,200 speakers', '2 people')
    """
    return f"{number:,} {_noun(number, thing, things)}"


def count_in_words(number: int, thing: str, things: str | None = None) -> str:
    """A number with its noun at the start of a sentence; a small number in words.

    >>> count_in_words(1, "speaker"), count_in_words(12, "speaker")
    ('One speaker', '12 speakers')
    """
    spelled = _NUMBERS[number] if number < len(_NUMBERS) else f"{number:,}"
    return f"{spelled} {_noun(number, thing, things)}"


def listed(names: Sequence[str], last: str = "and", *, most: int = NAMES_SHOWN) -> str:
    """Names as a sentence lists them; of more than ``most``, the first ones and how many others there are.

    >>> listed(["Ann", "Bo", "Cy"]), listed(["Ann", "Bo"], "or"), listed(["Ann"]), listed([])
    ('Ann, Bo and Cy', 'Ann or Bo', 'Ann', '')
    >>> listed(["Ann", "Bo", "Cy", "Di"], most=3)
    'Ann, Bo and 2 others'
    """
    if len(names) > most:
        names = [*names[: most - 1], f"{len(names) - most + 1} others"]
    return f"{', '.join(names[:-1])} {last} {names[-1]}" if len(names) > 1 else "".join(names)


def heard_as(turn: Turn) -> str:
    """The name to show beside a turn."""
    return "Interviewer" if turn.role == "interviewer" and turn.speaker == UNKNOWN_SPEAKER else turn.speaker


def clock(seconds: float) -> str:
    """A time from the recording's beginning, as hours, minutes and seconds.

    >>> clock(723.9), clock(0), clock(36000)
    ('0:12:03', '0:00:00', '10:00:00')
    """
    minutes, second = divmod(int(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{second:02}"


def standing(found: Located) -> list[str]:
    """Where something stands in its file, as far as the file tells: the line, the page or row, the time."""
    line = f"line {found.line}" if found.line is not None else None
    time = f"at {clock(found.seconds)}" if found.seconds is not None else None
    return [place for place in (line, found.place, time) if place]


def timed_link(recording: str, seconds: float | None) -> str:
    """A link into a recording, or its file's path, at a second; nothing for what is neither (W3C Media Fragments 1.0).

    >>> timed_link("https://example.org/talk.mp3", 123.7)
    'https://example.org/talk.mp3#t=123'
    >>> timed_link("https://youtu.be/abc?t=5", 123), timed_link("javascript:alert(1)", 1)
    ('https://youtu.be/abc?t=123s', '')
    """
    parts = urlsplit(recording)
    if parts.scheme not in ("", "http", "https") and len(parts.scheme) > 1:
        return ""
    if seconds is None or not recording:
        return recording
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host in ("youtube.com", "youtu.be"):
        asked = [(name, value) for name, value in parse_qsl(parts.query) if name not in ("t", "start")]
        return parts._replace(query=urlencode([*asked, ("t", f"{int(seconds)}s")]), fragment="").geturl()
    return f"{recording.partition('#')[0]}#t={int(seconds)}{'s' if host == 'vimeo.com' else ''}"


def unread(problems: Sequence[object]) -> str:
    """How many files were left out, and how many more things are told, as the start of a sentence."""
    notes = sum(isinstance(problem, Warning) for problem in problems)
    files = len(problems) - notes
    told = count(notes, "note")
    left_out = f"{count(files, 'file')} could not be read"
    return f"{left_out}; {told}" if files and notes else told if notes else left_out


_CLAIMS: Mapping[Sought, tuple[str, str, str]] = {
    "said": ("says something", "say something", " on"),
    "mentioned": ("mentions", "mention", ""),
    "asked": ("was asked", "were asked", " about"),
    "asker": ("asked", "asked", " about"),
}
"""What one person does, what several do, and what leads to the topic."""
_ABOUT_THIS: Mapping[Sought, tuple[str, str]] = {
    "said": ("talks about this", "talk about this"),
    "mentioned": ("mentions this", "mention this"),
    "asked": ("was asked about this", "were asked about this"),
    "asker": ("asked about this", "asked about this"),
}
_THOSE_HEARD: Mapping[Voices, tuple[str, str, str]] = {
    "interviewee": ("person", "people", "Nobody"),
    "interviewer": ("interviewer", "interviewers", "No interviewer"),
    "anybody": ("person", "people", "Nobody"),
}
"""How one of those is called whose words count, how several are, and nobody of them."""
_WHOSE: Mapping[Voices, str] = {
    "interviewee": "",
    "interviewer": ", only in what interviewers say",
    "anybody": ", also in what interviewers say",
}
_THAT: Mapping[Sought, tuple[str, str, str]] = {
    "said": ("says that", "does not say that", "do not say that"),
    "mentioned": ("says that", "does not say that", "do not say that"),
    "asked": ("was asked about that", "was not asked about that", "were not asked about that"),
    "asker": ("asked about that", "did not ask about that", "did not ask about that"),
}


_LOST = {
    ("negation", "before"): "The words just before it may deny or doubt it",
    ("negation", "after"): "The words right after it may take it back or limit it",
    ("condition", "before"): "It may hold only under a condition, which stands just before it",
    ("condition", "after"): "It may hold only under a condition, which stands right after it",
    ("report", "before"): "It may be somebody else’s word or view, by what stands just before it",
    ("report", "after"): "It may be somebody else’s word or view, by what stands right after it",
    ("reversal", "after"): "The words right after it may turn away from it",
}


def lost(loss: "Loss", what: str) -> str:
    """What quoting ``what`` alone may lose, as a sentence that goes on with the words themselves."""
    return f"Careful with {what} alone. {_LOST[loss.kind, loss.side]}:"


def understood_as(question: Understood, title: Callable[[str], str] = str) -> str:
    """What a question was taken to ask; ``title`` names an interview by its source."""
    topic = _shortened(question.topic.strip())
    on = f" on “{topic}”" if topic else ""
    names = (*question.speakers, *question.strangers)
    people, says = listed(names), "say" if len(names) > 1 else "says"
    does = _claim(question, on, several=len(names) > 1)
    asked = {
        "who": f"whether {people} {does}" if people else f"who {does}",
        "count": f"how many people {_claim(question, on, several=True)}",
        "what": f"what {people} {says}{on}" if people else f"anything said{on}",
        "compare": f"how {people or 'they'} compare{on}",
        "contact": f"how to reach {people or 'somebody'}",
        "credits": f"the image credits{f' of the interview with {people}' if people else ''}",
        "empty": "no question",
    }[question.kind]
    within = f", only in {listed([title(name) for name in question.interviews])}" if question.interviews else ""
    without = f", leaving out {listed(question.excluded)}" if question.excluded else ""
    carried = " · continued from the question before" if question.carried else ""
    return f"Understood as: {asked}{without}{_whose(question)}{within}{carried}"


def verdict(found: Answer, *, everyone: Sequence[str], interviews: int, title: Callable[[str], str] = str) -> str:
    """Say whether anybody said it, and who.

    ``everyone`` are all who answer in the collection, ``interviews`` is how many it holds, and ``title`` names one by
    its source.
    """
    if found.understood.kind == "empty":
        return NO_WORDS
    if found.understood.strangers:
        strangers = listed(found.understood.strangers, "or")
        return f"Nobody called {strangers} is interviewed here. Those who are: {listed(everyone)}."
    if found.said:
        return _said(found)
    return NOTHING_MORE if found.understood.skip else _nobody(found.understood, interviews, title)


def also_searched(found: Answer) -> str:
    """Who was searched and says nothing of it, beside those who do; empty where there is no such person."""
    return f"Also searched, with nothing to quote: {listed(found.silent)}." if found.said and found.silent else ""


def _said(found: Answer) -> str:
    if found.understood.kind == "contact":
        return "These details were printed with the interview:"
    if found.understood.kind == "credits":
        return "This was printed with the interview about its pictures:"
    if found.understood.kind in ASKING_FOR_PEOPLE:
        does, do = _ABOUT_THIS[_sought(found.understood)]
        one, several, _ = _THOSE_HEARD[found.understood.role]
        many = count_in_words(len(found.speakers), f"{one} {does}", f"{several} {do}")
        # those whose names are not known may be several
        least = f"At least {many[0].lower()}{many[1:]}" if UNKNOWN_SPEAKER in found.speakers else many
        return f"{least}: {listed(found.speakers)}."
    aloud = {hit.speaker for hit in found.hits if hit.aloud}
    heard, printed = (listed([name for name in found.speakers if (name in aloud) is said]) for said in (True, False))
    words = [f"In the words of {heard}"] if heard else []
    words += [f"printed with the interview of {printed}, not said"] if printed else []
    lead = "; ".join(words)
    return f"{lead[0].upper()}{lead[1:]}:"


def _nobody(question: Understood, interviews: int, title: Callable[[str], str]) -> str:
    listing = listed([title(name) for name in question.interviews])
    everywhere = "this interview" if interviews == 1 else f"these {interviews:,} interviews"
    if question.kind in ("contact", "credits"):
        what = "contact details" if question.kind == "contact" else "image credits"
        whose = f" of {listed(question.speakers)}" if question.speakers else ""
        return f"There are no {what}{whose} in {listing or everywhere}."
    does, does_not, do_not = _THAT[_sought(question)]
    if not question.speakers:
        none = _THOSE_HEARD[question.role][2]
        return f"{none}{' else' if question.excluded else ''} in {listing or everywhere} {does}."
    not_that = do_not if len(question.speakers) > 1 else does_not
    asking = " when asking questions" if question.role == "interviewer" and question.sought != "asker" else ""
    return f"{listed(question.speakers)} {not_that}{asking}{f' in {listing}' if listing else ''}."


def _claim(question: Understood, on: str, *, several: bool) -> str:
    """What one person or several people are asked to do, with what it is ``on``."""
    one, more, before_topic = _CLAIMS[_sought(question)]
    return f"{more if several else one}{on.replace(' on', before_topic, 1)}"


def _whose(question: Understood) -> str:
    """Whose words count, where that is not those interviewed, and the question does not say so itself."""
    unsaid = question.kind in ("contact", "credits", "empty") or question.sought == "asker"
    return "" if unsaid else _WHOSE[question.role]


def _sought(question: Understood) -> Sought:
    """What is sought; where there is no topic, nobody can be sought but who says anything."""
    return question.sought if question.topic.strip() else "said"


def _shortened(topic: str) -> str:
    return topic if len(topic) <= LONG_TOPIC else f"{topic[:LONG_TOPIC]}…"


def _noun(number: int, thing: str, things: str | None) -> str:
    return thing if number == 1 else things or f"{thing}s"

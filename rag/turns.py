"""From a source to an interview: who says what, and what belongs to nobody's answer.

A transcript with labels is read by its labels, any other text as a magazine page.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.asides import find_asides
from rag.errors import ReadError
from rag.labels import find_labelled_turns
from rag.magazine import find_magazine_turns
from rag.paragraphs import find_paragraphs
from rag.records import Interview, QAPair, Source, Speaker, Turn

_TITLE = re.compile(r"(?:\A---\s(?:[^\n]*\n)*?title:|\A\s*#)[ \t]+(?P<title>[^\r\n]+)")


def understand(source: Source) -> Interview:
    """Find the speakers, turns and Q/A pairs of one source.

    Raises:
        ReadError: no question and answer is found in it.
    """
    paragraphs = find_paragraphs(source.text)
    asides = find_asides(source.text, paragraphs)
    spoken = [paragraph for paragraph in paragraphs if paragraph not in asides.spans]
    title = _stated_title(source.text)
    turns, speakers = find_labelled_turns(source.text, spoken)
    if not turns:
        turns, speakers = find_magazine_turns(source.text, spoken, title)
    pairs = pair(turns)
    if not pairs:
        raise ReadError(
            source.name,
            "no question and answer is found in it",
            'Begin each turn with its speaker\'s name and a colon ("Ana: ..."), or give every question its own line.',
        )
    return Interview(
        source=source,
        title=title or _made_title(source, speakers),
        speakers=tuple(speakers),
        turns=tuple(turns),
        pairs=tuple(pairs),
        introduction=tuple(span for span in spoken if span.end <= turns[0].span.start),
        contacts=asides.contacts,
        credits=asides.credits,
    )


def pair(turns: Sequence[Turn]) -> list[QAPair]:
    """Q/A pairs: the turns of one or more interviewers, and all that is answered until one of them speaks again.

    Where nobody is known to be the interviewer, each turn answers the one before it.
    """
    if not any(turn.role == "interviewer" for turn in turns):
        return [QAPair((before,), (turn,)) for before, turn in pairwise(turns)]
    pairs: list[QAPair] = []
    asked: list[Turn] = []
    answered: list[Turn] = []
    for turn in turns:
        if turn.role == "interviewer" and answered:
            pairs.append(QAPair(tuple(asked), tuple(answered)))
            asked, answered = [], []
        (asked if turn.role == "interviewer" else answered).append(turn)
    if answered:
        pairs.append(QAPair(tuple(asked), tuple(answered)))
    return pairs


def _stated_title(text: str) -> str:
    match = _TITLE.match(text[:4000])
    return match["title"].strip(" \"'#") if match else ""


def _made_title(source: Source, speakers: Sequence[Speaker]) -> str:
    guests = [speaker.name for speaker in speakers if speaker.role != "interviewer"]
    if 1 <= len(guests) <= 3:
        return f"Interview with {' and '.join(guests)}"
    return source.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]

"""From a source to an interview: who says what, and what belongs to nobody's answer.

A transcript with labels is read by its labels, any other text as a magazine page, or else as one long turn.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.changes import find_changes
from rag.dialogue import Dialogue
from rag.errors import ReadError
from rag.furniture import find_furniture
from rag.header import find_header
from rag.labelled import find_labelled
from rag.magazine import find_page
from rag.paragraphs import find_lines, find_paragraphs
from rag.records import Interview, QAPair, Source, Span, Speaker, Turn
from rag.talk import find_talk

_TITLE = re.compile(r"(?:\A---\s(?:[^\n]*\n)*?title:|\A\s*#)[ \t]+(?P<title>[^\r\n]+)")


def understand(source: Source) -> Interview:
    """Find the speakers, turns and Q/A pairs of one source.

    Raises:
        ReadError: nothing in it reads like an interview.
    """
    text = source.text
    lines = find_lines(text)
    furniture = find_furniture(text, lines, source.marks)
    header = find_header(text, lines, source.stated)
    title = header.stated.title.strip(" \"'") or _stated_title(text)
    dialogue = find_labelled(source, lines, furniture, header, title)
    layout = "labels"
    if not dialogue.turns:
        dialogue, layout = find_changes(text, lines, furniture), "signs of a new speaker"
    if not dialogue.turns:
        dialogue = find_page(source, find_paragraphs(text), furniture, header, title)
        layout = "questions and answers"
    if not pair(dialogue.turns):
        dialogue, layout = find_talk(source, lines, furniture, header), "one long turn"
    pairs = pair(dialogue.turns)
    if not pairs:
        raise ReadError(
            source.name,
            "nothing in it reads like an interview",
            'Begin each turn with its speaker\'s name and a colon ("Ana: ..."), or give every question its own line.',
        )
    return Interview(
        source=source,
        title=title or _made_title(source, dialogue.speakers),
        speakers=dialogue.speakers,
        turns=dialogue.turns,
        pairs=tuple(pairs),
        introduction=_introduction(text, dialogue),
        contacts=dialogue.contacts,
        credits=dialogue.credits,
        apart=dialogue.apart,
        layout=layout,
        date=header.stated.date,
        link=header.stated.link,
        recording=header.stated.recording,
    )


def pair(turns: Sequence[Turn]) -> list[QAPair]:
    """Q/A pairs: the turns of one or more interviewers, and all that is answered until one of them speaks again.

    Where nobody is known to be the interviewer, each turn answers the one before it, and a lone turn none.
    """
    if len(turns) == 1 and turns[0].role == "unknown":
        return [QAPair((), tuple(turns))]
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


def _introduction(text: str, dialogue: Dialogue) -> tuple[Span, ...]:
    """The paragraphs before the conversation, without contact entries and credits."""
    aside = [*(contact.span for contact in dialogue.contacts), *dialogue.credits]
    line = max(text.rfind("\n", 0, dialogue.start), text.rfind("\r", 0, dialogue.start)) + 1
    before = find_paragraphs(text[:line])
    return tuple(span for span in before if not any(span.holds(each) for each in aside))


def _stated_title(text: str) -> str:
    match = _TITLE.match(text[:4000])
    return match["title"].strip(" \"'#") if match else ""


def title_of(guests: Sequence[str]) -> str:
    """The title of an interview that has none of its own."""
    return f"Interview with {' and '.join(guests)}"


def _made_title(source: Source, speakers: Sequence[Speaker]) -> str:
    guests = [speaker.name for speaker in speakers if speaker.role != "interviewer"]
    if 1 <= len(guests) <= 3:
        return title_of(guests)
    return source.name.rsplit("/", 1)[-1].rsplit(".", 1)[0]

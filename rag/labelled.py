"""Labelled transcripts: turns from the cues at which speakers begin."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace

from rag.asides import Asides, find_asides
from rag.casting import Cue, find_cues, regions
from rag.damage import find_damaged
from rag.dialogue import Dialogue
from rag.furniture import Furniture, without
from rag.header import Header, find_ties, named_people
from rag.interviewers import find_askers
from rag.labels import find_candidates
from rag.persons import name_labels, name_sides, people_of
from rag.records import UNKNOWN_SPEAKER, Role, Source, Span, Speaker, Turn
from rag.roles import Said, find_roles
from rag.sides import ANSWER, QUESTION, find_sides

_DIRECTION = re.compile(r"\s*[(\[][^)\]\r\n]{1,80}[)\]][ \t]*[\r\n]\s*(?=\S)")


def find_labelled(
    source: Source, lines: Sequence[Span], furniture: Sequence[Furniture], header: Header, title: str
) -> Dialogue:
    """The turns of a labelled transcript; none where the text has no labels."""
    text = source.text
    spoken = [line for line in lines if line not in header.lines]
    candidates = find_candidates(text, spoken, furniture, source.marks)
    stated = header.stated
    first = min((each.start for each in candidates if each.family in ("colon", "own line", "stated")), default=0)
    introduction = f"{title}\n{text[:first]}"
    people = named_people(introduction)
    cues = find_cues(text, candidates, [*stated.hosts, *stated.guests, *stated.people, *people, *dict(stated.forms)])
    if not cues:
        return Dialogue()
    cues = sorted([*cues, *find_damaged(text, cues)], key=lambda cue: cue.start)
    introduction = f"{title}\n{text[: cues[0].start]}"
    ties = find_ties(text[: cues[0].start + 5000])
    if not stated.hosts:
        askers = find_askers(introduction.split("\n"))
        stated = replace(stated, hosts=tuple(askers) if len(askers) == 1 else ())
    stated = replace(stated, forms=(*stated.forms, *((form, name) for form, name in ties.items())))
    names = name_labels(text, cues, stated, named_people(introduction), introduction)
    cues = find_sides(text, cues, people_of(names))
    names |= name_sides(text, cues, names, stated, introduction)
    asides = _find_asides(text, lines, cues)
    said, apart = _said(text, cues, [*furniture, *map(Furniture, asides.spans)], names)
    if not said:
        return Dialogue()
    roles = find_roles(text, said, stated)
    turns, labels = _turns(said, roles, text)
    speakers = tuple(_speakers(said, roles))
    return Dialogue(
        tuple(turns), speakers, tuple(sorted({*apart, *labels})), asides.contacts, asides.credits, said[0].start
    )


def _find_asides(text: str, lines: Sequence[Span], cues: Sequence[Cue]) -> Asides:
    """Contacts and credits before the first label and after the last one."""
    before = find_asides(text, [line for line in lines if line.end <= cues[0].start])
    after = find_asides(text, [line for line in lines if line.start > cues[-1].words])
    return Asides(before.contacts + after.contacts, before.credits + after.credits, before.spans | after.spans)


def _said(
    text: str, cues: Sequence[Cue], furniture: Sequence[Furniture], names: Mapping[str, str]
) -> tuple[list[Said], list[Span]]:
    """What is said from each cue to the next, and what stands apart in it."""
    said: list[Said] = []
    apart: list[Span] = []
    furniture = sorted(furniture, key=lambda piece: piece.span)
    starts = [piece.span.start for piece in furniture]
    broken = False
    for cue, end in regions(text, cues):
        if cue.words >= end:
            continue
        first = bisect_left(starts, cue.words)
        pieces = (
            furniture[first : bisect_left(starts, end, first)] if first < len(starts) and starts[first] < end else ()
        )
        stop = min(end, cue.closes) if cue.closes > cue.words else end
        ending = next((piece.span.start for piece in pieces if piece.ends), None)
        if ending is not None:
            stop = min(stop, ending)
        pieces = [piece for piece in pieces if piece.span.start < stop]
        if stop <= cue.words:
            continue
        stretches = _stretches(text, _past_direction(text, cue.words, stop), stop, pieces)
        if not cue.label or not stretches:
            broken = broken or not cue.label
            continue
        whole = stretches[0] if len(stretches) == 1 else Span(stretches[0].start, stretches[-1].end)
        apart += [piece.span for piece in pieces if whole.holds(piece.span)]
        said.append(Said(cue.label, names[cue.label], whole, cue.start, cue.note, broken))
        broken = ending is not None
    return said, apart


def _stretches(text: str, start: int, stop: int, pieces: Sequence[Furniture]) -> list[Span]:
    """What is left of a region without furniture; quickly where there is none in it."""
    if pieces:
        return list(without(Span(start, stop), pieces, text))
    words = text[start:stop].rstrip()
    end = start + len(words)
    start = end - len(words.lstrip())
    return [Span(start, end)] if start < end else []


def _past_direction(text: str, start: int, stop: int) -> int:
    """Past a line in brackets at the head of a turn, such as "(laughing)": it says how, not what."""
    if text[start] not in "([ \t\r\n":
        return start
    match = _DIRECTION.match(text, start, stop)
    return match.end() if match else start


def _turns(said: Sequence[Said], roles: Mapping[str, Role], text: str) -> tuple[list[Turn], list[Span]]:
    """Turns, and the labels within them: a label repeated for whoever speaks already begins no turn."""
    turns: list[Turn] = []
    labels: list[Span] = []
    for before, each in zip([None, *said], said, strict=False):
        if before and before.key == each.key and not each.after_break:
            labels.extend(without(Span(before.span.end, each.span.start), (), text))
            turns[-1] = replace(turns[-1], span=Span(turns[-1].span.start, each.span.end))
        else:
            turns.append(Turn(each.name, roles[each.key], each.span))
    return turns, labels


def _speakers(said: Sequence[Said], roles: dict[str, Role]) -> list[Speaker]:
    forms: dict[str, list[str]] = {}
    for each in said:
        known = forms.setdefault(each.name, [])
        if each.label not in (each.name, ANSWER, QUESTION, *known):
            known.append(each.label)
    return [
        Speaker(name, roles.get(name, "unknown"), tuple(aliases))
        for name, aliases in forms.items()
        if name != UNKNOWN_SPEAKER
    ]

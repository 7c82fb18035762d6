"""From ranked passages to an answer: who says it, who does not, and whether anybody does at all."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from rag import ranking
from rag.calibration import Calibration
from rag.reaching import beside_contact, services
from rag.records import Answer, Hit, Understood
from rag.retriever import Ranked
from rag.words import fold

Names = Sequence[str]

NEAREST = 3
"""Passages that are shown when nobody said it."""


def decide(understood: Understood, ranked: Ranked, calibration: Calibration, searched: Names, k: int) -> Answer:
    """Judge each speaker by the best passage, then whether anybody said it.

    A stranger said nothing here, whatever others say about the topic.
    """
    best = _best_by_speaker(ranked)
    most = float(ranked.scores[best].max(initial=0.0))
    confidence = float(ranking.anybody(np.array([most]), calibration.anybody)[0]) if 0 < most < 1 else most
    if understood.strangers:
        return nobody(understood, 0.0, searched, ranked.hits(min(k, NEAREST)))
    if confidence < calibration.threshold:
        return nobody(understood, round(confidence, 4), searched, ranked.hits(min(k, NEAREST)))
    enough = min(calibration.speaker_threshold, most)
    named = [at for at in best if ranked.scores[at] >= enough]
    further = [at for at in range(len(ranked)) if at not in named and ranked.scores[at] >= enough]
    shown = [*named, *further][: max(k, len(named))]
    return said(understood, round(confidence, 4), searched, [ranked.hit(at) for at in shown])


def said(understood: Understood, confidence: float, searched: Names, hits: Sequence[Hit]) -> Answer:
    """The answer that names everybody who has a hit."""
    speakers = tuple(dict.fromkeys(hit.speaker for hit in hits))
    silent = tuple(name for name in searched if name not in speakers)
    return Answer(understood, True, confidence, speakers, silent, tuple(hits))


def nobody(understood: Understood, confidence: float, searched: Names, nearest: Sequence[Hit]) -> Answer:
    """The honest answer when nobody said it, with the nearest passages."""
    return Answer(
        understood, said=False, confidence=confidence, speakers=(), silent=tuple(searched), hits=tuple(nearest)
    )


def reach(understood: Understood, lists: Sequence[Hit], searched: Names) -> Answer:
    """The answer from contact lists: those that hold the way of reaching somebody that was asked for.

    Whoever asks for somebody or something besides ("Jasmine's website") is not answered with somebody else's.
    """
    wanted = services(understood.text)
    strange = understood.strangers or (not understood.speakers and beside_contact(understood.topic))
    found = [] if strange else [hit for entry in lists if (hit := _with_entry(entry, wanted))]
    return said(understood, 1.0, searched, found) if found else nobody(understood, 0.0, searched, lists[:NEAREST])


def _with_entry(hit: Hit, wanted: Sequence[str]) -> Hit | None:
    """The contact list with the entry that was asked for as its best sentence; none if it has no such entry."""
    for sentence in hit.passage.sentences:
        entry = fold(sentence.of(hit.origin.text))
        if not wanted or any(service in entry or (service == "mail" and "@" in entry) for service in wanted):
            return replace(hit, sentence=sentence, score=1.0)
    return None


def _best_by_speaker(ranked: Ranked) -> list[int]:
    """The first passage of each speaker, by its place in the ranking."""
    first: dict[str, int] = {}
    for at, speaker in enumerate(ranked.speakers):
        first.setdefault(speaker, at)
    return list(first.values())

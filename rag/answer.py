"""From ranked passages to an answer: who says it, who does not, and whether anybody does at all."""

from collections.abc import Sequence
from dataclasses import replace

from rag.calibration import Calibration
from rag.reaching import beside_contact, services
from rag.records import Answer, Hit, Understood
from rag.words import fold, stem, terms

Names = Sequence[str]

NEAREST = 3
"""Passages that are shown when nobody said it."""


def decide(understood: Understood, ranked: Sequence[Hit], calibration: Calibration, searched: Names, k: int) -> Answer:
    """Judge each speaker by the best passage, then whether anybody said it.

    A stranger said nothing here, whatever others say about the topic.
    """
    best = list(_best_by_speaker(ranked).values())
    confidence = max((hit.score for hit in best), default=0.0)
    if understood.strangers:
        return nobody(understood, 0.0, searched, ranked[: min(k, NEAREST)])
    if confidence < calibration.threshold:
        return nobody(understood, confidence, searched, ranked[: min(k, NEAREST)])
    enough = min(calibration.speaker_threshold, confidence)
    named = [hit for hit in best if hit.score >= enough]
    return said(
        understood, confidence, searched, _people_first(named, [hit for hit in ranked if hit.score >= enough], k)
    )


def mention(understood: Understood, ranked: Sequence[Hit], searched: Names, k: int) -> Answer:
    """Who says the words that were asked for, in whatever form; nobody does who only says something like them."""
    wanted = set(terms(understood.topic))
    holding = [replace(hit, score=1.0) for hit in ranked if wanted and wanted <= set(map(stem, hit.why.words))]
    if not holding or understood.strangers:
        return nobody(understood, 0.0, searched, ranked[: min(k, NEAREST)])
    return said(understood, 1.0, searched, _people_first(list(_best_by_speaker(holding).values()), holding, k))


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


def _people_first(best: Sequence[Hit], hits: Sequence[Hit], k: int) -> list[Hit]:
    """The ``best`` hit of everybody who is named, then others of the ``hits``, up to ``k`` if that is more."""
    return [*best, *(hit for hit in hits if hit not in best)][: max(k, len(best))]


def _best_by_speaker(ranked: Sequence[Hit]) -> dict[str, Hit]:
    """The first hit of each speaker, in the order of the ranking."""
    first: dict[str, Hit] = {}
    for hit in ranked:
        first.setdefault(hit.speaker, hit)
    return first

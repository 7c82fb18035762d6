"""The first look: in small collections all passages, in larger ones those that a slow and sure search finds."""

from collections.abc import Sequence
from hashlib import sha256
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag import candidates
from rag.candidates import find, holding, ranges
from rag.embedder import Vectors, normalise
from rag.index import Index
from rag.ranking import Mask
from rag.records import Interview
from rag.words import stem, terms
from tests.small import (
    LettersEmbedder,
    collections,
    content_words,
    conversation,
    index_of_all,
    members,
    rows,
    text_of_window,
)

THINGS = ("river", "boat", "bridge", "horse", "garden", "violin", "kitchen", "lantern", "winter", "teacher", "harvest")


class ArbitraryEmbedder(LettersEmbedder):
    """Every text points somewhere else, so that no two are equally near."""

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        seeds = [int.from_bytes(sha256(text.encode()).digest()[:8]) for text in texts]
        return normalise(np.array([np.random.default_rng(seed).standard_normal(16) for seed in seeds]).reshape(-1, 16))


def large_collection(seed: int) -> Index:
    """Some interviews whose turns are windows of their own, no two alike."""
    chosen = Random(seed)
    interviews = []
    for number in range(6):
        turns = []
        for at in range(chosen.randint(2, 6)):
            turns += [(chosen.choice(("Ann", "Al")), _speech(chosen, f"q{number}x{at}", chosen.choice((5, 70))))]
            turns += [(chosen.choice(("Bo", "Cy", "Di")), _speech(chosen, f"a{number}x{at}", chosen.choice((20, 90))))]
        interviews.append(conversation(f"{number}.txt", turns))
    return index_of_all(interviews, ArbitraryEmbedder())


def _speech(chosen: Random, mark: str, size: int) -> str:
    said = [f"{mark}s{at} {chosen.choice(THINGS)} {chosen.choice(THINGS)}." for at in range(size // 3)]
    return " ".join(said)


def limit(monkeypatch: pytest.MonkeyPatch, **limits: int) -> None:
    """Set how much is looked at."""
    for name, number in limits.items():
        monkeypatch.setattr(candidates, name, number)


def nearest(index: Index, vector: Vectors, among: Sequence[int], most: int) -> list[int]:
    """The twin: the windows whose cosine is greatest, by comparing with each."""
    vectors = rows(index.windows)
    return sorted(among, key=lambda window: -float(vectors[window] @ vector))[:most]


def richest(index: Index, asked: Sequence[str], among: Sequence[int], most: int) -> list[int]:
    """The twin: the windows with the greatest BM25, if they have any; on a tie the first."""
    scores = index.lexical.scores(asked)
    return sorted((window for window in among if scores[window] > 0), key=lambda window: -scores[window])[:most]


def asked_by(index: Index, row: int) -> list[int]:
    """The rows of the question that a row answers."""
    first, end = index.asked
    return list(range(first[row], end[row]))


def beside(index: Index, window: int) -> list[int]:
    """A window with its neighbours of the same interview and kind."""
    series = index.series_of_window
    here = [each for each in range(index.windows.ntotal) if series[each] == series[window]]
    return [each for each in here if abs(here.index(each) - here.index(window)) <= candidates.NEIGHBOURS]


def found_slowly(index: Index, vector: Vectors, asked: Sequence[str], allowed: Mask) -> list[int]:
    """The twin of the whole first look, for collections that are not looked at whole."""
    every = range(index.windows.ntotal)
    open_windows = [window for window in every if any(allowed[row] for row in members(index, window))]
    asking = [window for window in every if index.entries[members(index, window)[0]].kind == "question"]
    taken = {*nearest(index, vector, every, candidates.BY_ANYBODY)}
    taken |= {*richest(index, asked, every, candidates.BY_ANYBODY)}
    if len(open_windows) <= candidates.FEW:
        taken |= {*open_windows}
    else:
        half = candidates.BY_QUESTION // 2
        like = {*nearest(index, vector, asking, half), *richest(index, asked, asking, half)}
        questions = {row for window in like for row in members(index, window)}
        answers = {row for row in range(len(index.entries)) if questions & {*asked_by(index, row)}}
        taken |= {*nearest(index, vector, open_windows, candidates.BY_MEANING)}
        taken |= {*richest(index, asked, open_windows, candidates.BY_WORDS)}
        taken |= {int(index.window_of[row]) for row in answers} & {*open_windows}
    looked_at = {row for window in taken for each in beside(index, window) for row in members(index, each)}
    return sorted(looked_at | {other for row in looked_at for other in asked_by(index, row)})


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("searched", [0, 2000], ids=["each is compared", "the index is searched first"])
def test_the_first_look_agrees_with_a_slow_one(monkeypatch: pytest.MonkeyPatch, seed: int, searched: int) -> None:
    """Whatever is asked and whoever may answer, the same rows are found as by comparing with each window."""
    limit(
        monkeypatch, FEW=4, BY_MEANING=2, BY_WORDS=2, BY_QUESTION=4, BY_ANYBODY=1, NEIGHBOURS=1, _MOST_SEARCHED=searched
    )
    index, embedder = large_collection(seed), ArbitraryEmbedder()
    assert index.windows.ntotal > 12
    everybody = index.only((), (), ("answer",))
    masks = [everybody, index.only((), (), ("question",)), index.only(("Bo",), (), ("answer",))]
    masks += [everybody & (index.interview_of < 3), np.zeros(len(index.entries), bool)]
    for topic in ("boat", "violin winter", "nothing of the kind", "horse garden q1x0s0", ""):
        vector, asked = embedder.encode([topic])[0], tuple(terms(topic))
        for allowed in masks:
            assert find(index, vector, asked, allowed).tolist() == found_slowly(index, vector, asked, allowed)


def test_the_nearest_of_one_speaker_is_found_though_others_are_nearer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where somebody else says much about it, the nearest words of the one who is asked about are looked at still."""
    limit(monkeypatch, FEW=2, BY_MEANING=1, BY_WORDS=1, BY_QUESTION=2, BY_ANYBODY=1, NEIGHBOURS=0)
    # he has half of all windows, and the nearest ones are all hers: a search for a few of the nearest finds none of his
    hers = [conversation(f"{number}.txt", [("Cy", f"zzz{'z' * number} zz.")]) for number in range(12)]
    his = [conversation(f"{number}x.txt", [("Bo", f"river boat {'abc' * number}.")]) for number in range(11)]
    his.append(conversation("y.txt", [("Bo", "zz boat.")]))
    index = index_of_all([*hers, *his])
    row = next(row for row, entry in enumerate(index.entries) if entry.source == "y.txt")
    found = find(index, LettersEmbedder().encode(["zzz"])[0], ("zzz",), index.only(("Bo",), (), ("answer",)))
    assert row in found.tolist()


@settings(deadline=None)
@given(collections())
def test_small_collections_are_looked_at_whole(interviews: list[Interview]) -> None:
    """Every passage, whoever says it and whatever is asked, in order."""
    index = index_of_all(interviews)
    nobody = np.zeros(len(index.entries), bool)
    found = find(index, LettersEmbedder().encode(["zebra"])[0], ("zebra",), nobody)
    assert found.tolist() == list(range(len(index.entries)))


def test_answers_to_a_question_like_it_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that shares neither words nor letters with what is asked is found by what was asked of it."""
    limit(monkeypatch, FEW=2, BY_MEANING=1, BY_WORDS=1, BY_QUESTION=2, BY_ANYBODY=1, NEIGHBOURS=0)
    others = [
        conversation(f"{number}.txt", [("Ann", f"Hello, number {number}?"), ("Cy", f"Zebras zebra {'ha' * number}.")])
        for number in range(8)
    ]

    def looked_at(asks: str) -> list[str]:
        index = index_of_all([*others, conversation("x.txt", [("Ann", asks), ("Bo", "Oh, twice.")])])
        found = find(index, LettersEmbedder().encode(["zebra"])[0], ("zebra",), index.only((), (), ("answer",)))
        return [index.text_of(index.entries[row]) for row in found]

    assert "Oh, twice." in looked_at("Did you ever see a zebra?")
    assert "Oh, twice." not in looked_at("Would you go up in a balloon?")


def test_neighbours_are_of_the_same_interview_and_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands before and after a found passage is looked at too, but not across the end of an interview."""
    limit(monkeypatch, FEW=1, BY_MEANING=1, BY_WORDS=1, BY_QUESTION=2, BY_ANYBODY=1, NEIGHBOURS=1)
    filler = "river boat bridge " * 20
    speeches = [f"zebra {filler}", f"one {filler}", f"two {filler}", f"three {filler}", f"four {filler}"]
    interviews = [
        conversation("a.txt", [("Bo", f"before {filler}"), ("Cy", f"last {filler}")]),
        conversation("b.txt", [("Bo" if at % 2 else "Cy", each) for at, each in enumerate(speeches)]),
    ]
    index = index_of_all(interviews, ArbitraryEmbedder())
    assert index.windows.ntotal == len(index.entries) == 7
    vector = ArbitraryEmbedder().encode([text_of_window(index, 2)])[0]
    found = find(index, vector, ("zebra",), np.ones(7, bool))
    assert [index.text_of(index.entries[row]).split()[0] for row in found] == ["zebra", "one"]


def test_all_that_is_allowed_is_looked_at_where_it_is_little(monkeypatch: pytest.MonkeyPatch) -> None:
    """In one interview of a large collection nothing is left to a search."""
    limit(monkeypatch, FEW=8, BY_MEANING=1, BY_WORDS=1, BY_QUESTION=2, BY_ANYBODY=1, NEIGHBOURS=0)
    index = large_collection(1)
    allowed = index.only((), ("2.txt",), ("answer",))
    found = find(index, ArbitraryEmbedder().encode(["boat"])[0], ("boat",), allowed)
    assert {*np.flatnonzero(allowed).tolist()} <= {*found.tolist()}
    assert len(found) < len(index.entries)


words_asked = st.lists(st.sampled_from(("river", "boat", "bridge", "painting", "zebra")), max_size=3, unique=True)


@settings(deadline=None)
@given(collections(), words_asked)
def test_windows_that_hold_every_term_are_found(interviews: list[Interview], asked: list[str]) -> None:
    """Their rows, with the questions that they answer, and no others; nothing where nothing is asked."""
    index = index_of_all(interviews)
    stems = tuple(stem(word) for word in asked)
    held = [set(map(stem, content_words(text_of_window(index, each)))) for each in range(index.windows.ntotal)]
    own = {row for each, bag in enumerate(held) if asked and {*stems} <= bag for row in members(index, each)}
    expected = sorted(own | {other for row in own for other in asked_by(index, row)})
    assert holding(index, stems).tolist() == expected


def test_of_many_windows_that_hold_a_term_the_richest_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A word that everybody says does not bring the whole collection."""
    limit(monkeypatch, FEW=2)
    saying = ["boat river river.", "boat boat.", "boat river river river.", "boat boat boat.", "river."]
    index = index_of_all([conversation(f"{at}.txt", [("Bo", each)]) for at, each in enumerate(saying)])
    assert [index.text_of(index.entries[row]) for row in holding(index, ("boat",))] == ["boat boat.", "boat boat boat."]


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 6))))
def test_ranges_are_all_numbers_one_range_after_another(drawn: list[tuple[int, int]]) -> None:
    """From each start up to its end, in the order in which they are given; an empty range gives none."""
    starts = np.array([start for start, _ in drawn], np.int64)
    ends = starts + np.array([length for _, length in drawn], np.int64)
    expected = [number for start, length in drawn for number in range(start, start + length)]
    assert ranges(starts, ends).tolist() == expected

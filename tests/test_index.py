"""The index in memory: what it tells of its rows is what stands in the texts, and search finds what is nearest."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import Any

import faiss
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rag import index as rooms
from rag.building import build
from rag.embedder import Vectors, normalise
from rag.index import Index, Said, flat
from rag.lexical import LexicalIndex
from rag.records import Interview, Passage, PassageKind, Span
from rag.vectors import Rows
from rag.vocabulary import Vocabulary
from rag.windows import KINDS
from tests.growth import grows_in_proportion
from tests.small import (
    BRIDGES,
    RIVERS,
    LettersEmbedder,
    collections,
    content_words,
    conversation,
    cut_one,
    index_of,
    index_of_all,
    members,
    quiet,
    rows,
    source,
)

BOTH = {"bridges.txt": BRIDGES, "rivers.txt": RIVERS}
DIMENSIONS = 6
VECTORS = arrays(np.float32, st.tuples(st.integers(1, 20), st.just(DIMENSIONS)), elements=st.floats(-1, 1, width=32))
QUESTION = arrays(np.float32, (1, DIMENSIONS), elements=st.floats(-1, 1, width=32))


def index_of_vectors(vectors: Vectors) -> Index:
    """An index with these vectors for its windows, each of one passage."""
    size = len(vectors)
    entries = tuple(Passage("a.txt", Span(at, at + 1), "Bo", (Span(at, at + 1),)) for at in range(size))
    return Index(
        model="random",
        interviews=(Interview(source("a.txt", "x" * size), "", (), (), ()),),
        entries=entries,
        window_of=np.arange(size, dtype=np.int32),
        sizes=np.ones(size, np.int32),
        windows=flat(vectors),
        passages=Rows.of(vectors),
        sentences=Rows.of(vectors),
        vocabulary=Vocabulary.empty(vectors.shape[1]),
        said=Said(np.empty(0, np.int32), np.zeros(size + 1, np.int64)),
        lexical=LexicalIndex.build([[]] * size),
    )


def random_vectors(size: int, dimensions: int, seed: int = 1) -> Vectors:
    """Vectors that point anywhere."""
    return normalise(np.random.default_rng(seed).standard_normal((size, dimensions)))


class TestSearch:
    """The windows nearest in meaning."""

    @given(VECTORS, QUESTION)
    def test_faiss_finds_what_brute_force_finds(self, vectors: Vectors, question: Vectors) -> None:
        """The search returns every row once, with its cosine, best first."""
        vectors, question = normalise(vectors), normalise(question)
        scores, found = flat(vectors).search(question, len(vectors))
        cosines = vectors @ question[0]
        assert sorted(found[0].tolist()) == list(range(len(vectors)))
        np.testing.assert_allclose(scores[0], cosines[found[0]], atol=1e-6)
        np.testing.assert_allclose(scores[0], np.sort(cosines)[::-1], atol=1e-6)

    @settings(deadline=None)
    @given(VECTORS, QUESTION, st.integers(1, 30))
    def test_it_is_exact_while_that_is_cheap(self, vectors: Vectors, question: Vectors, most: int) -> None:
        """As many windows as were asked for, or all, are the nearest ones, nearest first."""
        vectors, question = normalise(vectors), normalise(question)
        found = index_of_vectors(vectors).search(question[0], most)
        cosines = vectors @ question[0]
        assert len(set(found.tolist())) == len(found) == min(most, len(vectors))
        np.testing.assert_allclose(cosines[found], np.sort(cosines)[::-1][:most], atol=1e-6)

    def test_it_finds_nearly_all_where_it_is_quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """In a large collection, of random vectors too, nine of ten of the nearest windows are found, in order."""
        monkeypatch.setattr(rooms, "_CHEAP", 1000)
        vectors, questions = random_vectors(4000, 384), random_vectors(50, 384, seed=2)
        index = index_of_vectors(vectors)
        shares = []
        for question in questions:
            found, cosines = index.search(question, 100), vectors @ question
            assert len(set(found.tolist())) == 100
            assert (np.diff(cosines[found]) <= 1e-6).all()
            shares.append(len({*found.tolist()} & {*np.argsort(-cosines)[:100].tolist()}) / 100)
        assert isinstance(index._quick, faiss.IndexRefine)
        assert np.mean(shares) >= 0.9

    def test_a_window_itself_is_always_found_where_it_is_quick(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Whoever asks with a window's own vector finds it first."""
        monkeypatch.setattr(rooms, "_CHEAP", 100)
        vectors = random_vectors(1000, 64)
        index = index_of_vectors(vectors)
        assert [int(index.search(vector, 5)[0]) for vector in vectors[:50]] == list(range(50))

    @settings(deadline=None)
    @given(VECTORS, QUESTION, st.data())
    def test_meanings_of_some_windows_are_their_cosines(
        self, vectors: Vectors, question: Vectors, data: st.DataObject
    ) -> None:
        """In the order in which they were asked for."""
        vectors, question = normalise(vectors), normalise(question)
        chosen = np.array(data.draw(st.lists(st.integers(0, len(vectors) - 1), min_size=1)), np.int64)
        found = index_of_vectors(vectors).window_meanings(question[0], chosen)
        np.testing.assert_allclose(found, vectors[chosen] @ question[0], atol=1e-6)


def asked_naively(index: Index, row: int) -> list[int]:
    """The twin: the interviewers' passages that stand in the question that a passage answers."""
    entry = index.entries[row]
    return [
        other
        for other, each in enumerate(index.entries)
        if each.kind == "question"
        and each.source == entry.source
        and entry.question is not None
        and entry.question.holds(each.span)
    ]


@settings(deadline=None)
@given(collections())
def test_what_was_asked_is_known_by_its_rows(interviews: list[Interview]) -> None:
    """From the first to the last row of the question stands all of it, and nothing else of what is asked."""
    index = index_of_all(interviews)
    first, end = index.asked
    assert len(first) == len(end) == len(index.entries)
    for row in range(len(index.entries)):
        assert list(range(first[row], end[row])) == asked_naively(index, row)


@pytest.mark.parametrize("where", ["before", "within", "after"])
def test_what_nobody_says_in_a_question_does_not_hide_it(where: str) -> None:
    """A heading at the head of a question, in it or at its end leaves the answer with its own question."""
    asks = "PART ONE\n\nWhat do you paint? And why?" if where == "before" else "What do you paint? PART ONE And why?"
    asks = "What do you paint? And why?\n\nPART ONE" if where == "after" else asks
    turns = [
        ("Ann", "Hello, where are we?"),
        ("Bo", "At the river."),
        ("Ann", asks),
        ("Bo", "Boats."),
    ]
    whole = conversation("a.txt", turns)
    start = whole.source.text.index("PART ONE")
    index = index_of_all([replace(whole, apart=(Span(start, start + len("PART ONE")),))])
    first, end = index.asked
    row = next(row for row, entry in enumerate(index.entries) if index.text_of(entry) == "Boats.")
    assert asked_naively(index, row) != []
    assert list(range(first[row], end[row])) == asked_naively(index, row)


@settings(deadline=None)
@given(collections(), st.data())
def test_the_answer_to_a_question_is_the_first_that_may_be(interviews: list[Interview], data: st.DataObject) -> None:
    """Of the allowed passages that answer it; none where nobody who may does."""
    index = index_of_all(interviews)
    size = len(index.entries)
    allowed = np.array(data.draw(st.lists(st.booleans(), min_size=size, max_size=size)))
    for row in range(size):
        answers = [other for other in range(size) if allowed[other] and row in asked_naively(index, other)]
        assert index.answer_to(row, allowed) == min(answers, default=-1)


def test_the_answer_to_a_question_as_long_as_a_speech_is_found() -> None:
    """An interviewer who goes on and on before asking is answered all the same."""
    speech = "I have thought about boats and rivers for a long time, and about bridges and about painting them. " * 60
    index = index_of_all([conversation("a.txt", [("Ann", speech + "Have you?"), ("Bo", "No.")])])
    assert len(index.entries) > 20
    assert index.answer_to(0, np.ones(len(index.entries), bool)) == len(index.entries) - 1


speakers = st.lists(st.sampled_from(("Bo", "Cy", "Ann", "Nobody")), max_size=2)
names = st.lists(st.sampled_from(("0.txt", "1.txt", "absent.txt")), max_size=2)
kinds = st.lists(st.sampled_from(KINDS), max_size=3)


@settings(deadline=None)
@given(collections(), speakers, names, kinds)
def test_a_filter_lets_through_what_it_names(
    interviews: list[Interview], who: list[str], where: list[str], what: list[PassageKind]
) -> None:
    """A passage of one of the kinds, by one of the speakers and in one of the interviews, where any are named."""
    index = index_of_all(interviews)
    expected = [
        entry.kind in what and (not who or entry.speaker in who) and (not where or entry.source in where)
        for entry in index.entries
    ]
    assert index.only(who, where, what).tolist() == expected


@settings(deadline=None)
@given(collections())
def test_windows_know_their_rows(interviews: list[Interview]) -> None:
    """From where a window begins to where the next one does stand its own passages, in the order of the text."""
    index = index_of_all(interviews)
    in_order, starts = index.rows_of_window
    found = [in_order[start:end].tolist() for start, end in pairwise(starts)]
    assert found == [members(index, window) for window in range(index.windows.ntotal)]
    assert index.kinds_of_windows.tolist() == [KINDS.index(index.entries[those[0]].kind) for those in found]


@settings(deadline=None)
@given(collections())
def test_series_tell_which_windows_may_be_neighbours(interviews: list[Interview]) -> None:
    """Two windows are of one series where they are of one interview and of one kind, and there they follow the text."""
    index = index_of_all(interviews)
    heads = [index.entries[members(index, window)[0]] for window in range(index.windows.ntotal)]
    series = index.series_of_window.tolist()
    for one, first in enumerate(heads):
        for other, second in enumerate(heads):
            assert (series[one] == series[other]) == ((first.source, first.kind) == (second.source, second.kind))
            if series[one] == series[other] and one < other:
                assert first.span < second.span
                assert set(series[one:other]) == {series[one]}


@settings(deadline=None)
@given(collections())
def test_places_are_the_words_before_in_the_same_series(interviews: list[Interview]) -> None:
    """Two passages of one interview and kind are as far apart as words lie between their middles; others are far."""
    index = index_of_all(interviews)
    places = index.places
    for row, entry in enumerate(index.entries):
        series = [
            other for other, each in enumerate(index.entries) if (each.source, each.kind) == (entry.source, entry.kind)
        ]
        sizes = [len(index.text_of(index.entries[other]).split()) for other in series]
        for other, end, size in zip(series, accumulate(sizes), sizes, strict=True):
            own = sum(sizes[: series.index(row)]) + sizes[series.index(row)] / 2
            assert places[other] - places[row] == pytest.approx(end - size / 2 - own, abs=1e-3)
        assert all(abs(places[other] - places[row]) > 1e6 for other in {*range(len(places))} - {*series})


@settings(deadline=None)
@given(collections())
def test_rows_tell_who_where_and_how_many_words(interviews: list[Interview]) -> None:
    """Speakers and interviews have numbers that lead back to them, and a passage's sentences and words are counted."""
    index = index_of_all(interviews)
    for row, entry in enumerate(index.entries):
        assert index.names[index.speaker_of[row]] == entry.speaker
        assert index.interviews[index.interview_of[row]].source.name == entry.source
        assert KINDS[index.kinds[row]] == entry.kind
        assert index.first_sentence[row + 1] - index.first_sentence[row] == len(entry.sentences)
        assert index.lengths[row] == len([word for span in entry.sentences for word in _content(index, entry, span)])
    assert index.names == tuple(dict.fromkeys(entry.speaker for entry in index.entries))


def _content(index: Index, entry: Passage, span: Span) -> list[str]:
    return content_words(span.of(index.texts[entry.source]))


@pytest.mark.timed
def test_what_is_known_of_rows_takes_time_in_proportion() -> None:
    """Who asked what, what stands where and which rows make a window are found in one pass over the rows."""
    turns = [("Ann", "What about boats?"), ("Bo", "A boat is on the river.")]
    made = {size: index_of_all([conversation("a.txt", [*turns] * size)]) for size in (200, 1600)}

    def tell(size: int) -> None:
        index = replace(made[size])
        allowed = index.only(("Bo",), (), ("answer",))
        assert index.places[-1] > index.places[1]
        assert len(index.series_of_window) == index.windows.ntotal
        assert [index.answer_to(row, allowed) for row in range(0, len(allowed), 2)] == [*range(1, len(allowed), 2)]

    assert grows_in_proportion(tell, 200)


def test_answers_of_another_interview_are_never_mixed_up() -> None:
    """Two interviews whose questions stand at the same characters keep each its own."""
    index = index_of({"a.txt": RIVERS, "b.txt": RIVERS})
    first, end = index.asked
    for row, entry in enumerate(index.entries):
        assert {index.entries[asked].source for asked in range(first[row], end[row])} <= {entry.source}


@pytest.mark.parametrize(
    "starts", [[], [1, 3], [0, 2], [0, 4]], ids=["no starts", "from the middle", "too few", "too many"]
)
def test_words_that_do_not_tile_are_refused(starts: Sequence[int]) -> None:
    """Sentences hold all words, from the first to the last."""
    with pytest.raises(ValueError, match="do not tile"):
        Said(np.zeros(3, np.int32), np.array(starts, np.int64))


def shortened(index: Index, name: str) -> Any:
    """One part of an index without its last row."""
    part = getattr(index, name)
    if name == "windows":
        return flat(rows(part)[:-1])
    if name == "lexical":
        return LexicalIndex.build([["river"]] * (part.size - 1))
    if name == "said":
        return Said(part.words[: part.starts[-2]], part.starts[:-1])
    return part.take(slice(-1)) if isinstance(part, Rows) else part[:-1]


PARTS = ("windows", "lexical", "passages", "sentences", "said", "entries", "window_of", "sizes")


@pytest.mark.parametrize("name", PARTS)
def test_parts_that_do_not_belong_together_are_refused(name: str) -> None:
    """An index whose rows do not match its texts cannot be built."""
    index = index_of(BOTH)
    with pytest.raises(ValueError, match="do not belong together"):
        replace(index, **{name: shortened(index, name)})


def test_words_that_nobody_knows_are_refused() -> None:
    """An index in which a sentence has a word that is not in the vocabulary cannot be built."""
    index = index_of(BOTH)
    known = index.vocabulary
    fewer = Vocabulary(known.words[:-1], known.vectors.take(slice(len(known.words) - 1)), known.heard_in[:-1])
    with pytest.raises(ValueError, match="do not belong together"):
        replace(index, vocabulary=fewer)


def test_an_index_grows_in_the_order_of_its_interviews() -> None:
    """An interview that comes to stand before another one moves the rows of that, and what they tell."""
    later = conversation("b.txt", [("Ann", "Boats?"), ("Bo", "A boat.")])
    first = conversation("a.txt", [("Ann", "Rivers?"), ("Cy", "A river.")])
    embedder = LettersEmbedder()
    old = build([(later, cut_one(later))], embedder, None, quiet)
    index = build([(first, cut_one(first)), (later, cut_one(later))], embedder, old, quiet)
    assert [index.text_of(entry) for entry in index.entries] == ["Rivers?", "A river.", "Boats?", "A boat."]
    assert [index.answer_to(row, np.ones(4, bool)) for row in range(4)] == [1, -1, 3, -1]

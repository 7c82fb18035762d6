"""Putting an index together: rows belong to their texts, and what is known already is not read again."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.building import build
from rag.hearing import learn, listen
from rag.index import Index
from rag.lexical import LexicalIndex
from rag.records import Interview
from rag.words import stem
from tests.growth import grows_in_proportion
from tests.small import (
    BRIDGES,
    RIVERS,
    LettersEmbedder,
    assert_rows_are_of_their_texts,
    assert_same,
    assert_same_terms,
    collections,
    content_words,
    conversation,
    cut,
    cut_one,
    index_of,
    index_of_all,
    members,
    only_from,
    quiet,
    sentences_of,
    text_of_window,
    words_said,
)

BOTH = {"bridges.txt": BRIDGES, "rivers.txt": RIVERS}


def built(interviews: list[Interview], old: Index | None) -> tuple[Index, list[str]]:
    """The index of some interviews, on top of an old one, and what was read for it."""
    embedder = LettersEmbedder()
    index = build([(each, cut_one(each, embedder)) for each in interviews], embedder, old, quiet)
    return index, embedder.encoded


def windows_read(index: Index) -> Counter[str]:
    """The texts of all windows."""
    return Counter(text_of_window(index, number) for number in range(index.windows.ntotal))


@settings(deadline=None)
@given(collections())
def test_each_row_is_the_vector_of_its_own_text(interviews: list[Interview]) -> None:
    """Row by row, windows, passages, sentences and words have the vectors of exactly their texts."""
    assert_rows_are_of_their_texts(index_of_all(interviews))


@settings(deadline=None)
@given(collections())
def test_the_words_of_each_sentence_are_its_content_words(interviews: list[Interview]) -> None:
    """In their order, as often as they are said; and the vocabulary is exactly all of them, each once."""
    index = index_of_all(interviews)
    expected = [content_words(sentence) for sentence in sentences_of(index)]
    assert words_said(index) == expected
    assert sorted(index.vocabulary.words) == sorted({word for sentence in expected for word in sentence})


@settings(deadline=None)
@given(collections())
def test_windows_are_found_by_the_stems_said_in_them(interviews: list[Interview]) -> None:
    """The lexical index is that of the texts of the windows, term by term."""
    index = index_of_all(interviews)
    texts = [text_of_window(index, number) for number in range(index.windows.ntotal)]
    assert_same_terms(index.lexical, LexicalIndex.build([list(map(stem, content_words(text))) for text in texts]))


@settings(deadline=None)
@given(collections())
def test_no_window_holds_two_interviews_or_kinds(interviews: list[Interview]) -> None:
    """What is read together was said in one conversation, by those who ask or by those who answer."""
    index = index_of_all(interviews)
    for number in range(index.windows.ntotal):
        held = [index.entries[row] for row in members(index, number)]
        assert len({(entry.source, entry.kind) for entry in held}) == 1


@settings(deadline=None)
@given(collections(), st.data())
def test_what_the_old_index_holds_is_not_read_again(interviews: list[Interview], data: st.DataObject) -> None:
    """Whatever was there, only what was not is read, and the index is as if made anew."""
    before = data.draw(st.lists(st.sampled_from(interviews), min_size=1, unique=True))
    after = data.draw(st.lists(st.sampled_from(interviews), min_size=1, unique=True))
    old, _ = built(before, None)
    index, read = built(after, old)
    new, _ = built(after, None)
    assert_same(index, new)
    embedder = LettersEmbedder()
    learn(listen(sentences_of(new)), embedder, old, quiet)
    windows = {*windows_read(new)} - {*windows_read(old)}
    assert Counter(read) == Counter(windows) + Counter(embedder.encoded)


def test_added_interview_alone_is_read() -> None:
    """With an old index at hand only the new interview's windows and words are read."""
    embedder = LettersEmbedder()
    grown = build(cut(BOTH, embedder), embedder, index_of({"rivers.txt": RIVERS}), quiet)
    assert embedder.encoded
    assert only_from(BRIDGES, embedder.encoded)
    assert_same(grown, index_of(BOTH))


def test_one_changed_word_costs_its_window_and_itself() -> None:
    """Of a long interview only the window around the change is read again, and the new sentence."""
    turns = [
        turn
        for number in range(30)
        for turn in (
            ("Ann", f"What is number {number}?"),
            ("Bo", f"Number {number} is a boat on the river, and one that I painted as a child."),
        )
    ]
    long, changed = conversation("a.txt", turns), conversation("a.txt", [*turns[:-1], ("Bo", "Zebras.")])
    old, all_read = built([long], None)
    _, read = built([changed], old)
    assert "Zebras." in read
    assert len(read) == 2 < len(all_read) / 20


def test_same_text_twice_is_read_once() -> None:
    """Two interviews that share their words cost one reading, and both are found by it."""
    embedder, one = LettersEmbedder(), LettersEmbedder()
    index = index_of({"a.txt": RIVERS, "b.txt": RIVERS}, embedder)
    index_of({"a.txt": RIVERS}, one)
    assert Counter(embedder.encoded) == Counter(one.encoded)
    assert_rows_are_of_their_texts(index)
    assert max(windows_read(index).values()) == 2


def test_another_name_for_a_speaker_reads_nothing() -> None:
    """Who says it is no part of what is read, and neither is the file's name."""
    old, _ = built([conversation("a.txt", [("Ann", "Boats?"), ("Bo", "Boats.")])], None)
    renamed = conversation("b.txt", [("Anna Lee", "Boats?"), ("Bo Chen", "Boats.")])
    index, read = built([renamed], old)
    assert read == []
    assert index.names == ("Anna Lee", "Bo Chen")
    assert_same(index, built([renamed], None)[0])


def test_somebody_else_asking_reads_only_windows_of_another_make() -> None:
    """Where a turn is a question now, windows are put together anew; no sentence is read again."""
    turns = [("Ann", "Boats?"), ("Bo", "Boats."), ("Cy", "A river.")]
    old, _ = built([conversation("a.txt", turns)], None)
    _, read = built([conversation("a.txt", [*turns[:2], ("Ada", "A river.")])], old)
    assert set(read) == {"Boats?\nA river.", "Boats."}


def test_of_a_removed_interview_no_word_is_left() -> None:
    """Neither in the vocabulary nor in the terms; what another one says, too, stays."""
    both = index_of(BOTH)
    embedder = LettersEmbedder()
    left = build(cut({"rivers.txt": RIVERS}, embedder), embedder, both, quiet)
    assert embedder.encoded == []
    assert {"bridges", "patience", "grew"} <= set(both.vocabulary.words)
    assert {"bridges", "patience", "grew"} & set(left.vocabulary.words) == {"grew"}
    assert "bridg" in both.lexical
    assert "bridg" not in left.lexical
    assert len(left.vocabulary.vectors) == len(left.vocabulary.words)
    assert_same(left, index_of({"rivers.txt": RIVERS}))


@pytest.mark.parametrize("words", ["?! …", "42. …", "the of and. Who?"])
def test_an_interview_without_content_words_is_indexed(words: str) -> None:
    """Signs and function words alone have vectors, and no words."""
    index = index_of_all([conversation("a.txt", [("Bo", words)])])
    assert words_said(index) == [content_words(sentence) for sentence in sentences_of(index)]
    assert_rows_are_of_their_texts(index)


def test_given_counting_is_used_for_windows() -> None:
    """Who counts word pieces more quickly than the embedder may say so, and that count sets the limits."""
    embedder = LettersEmbedder()
    turns = [("Bo", "A boat."), ("Ann", "And?"), ("Bo", "A river.")]
    interviews = cut_one(conversation("a.txt", turns))
    given_cut = [(conversation("a.txt", turns), interviews)]
    assert build(given_cut, embedder, None, quiet).windows.ntotal == 2
    assert build(given_cut, embedder, None, quiet, lambda text: embedder.window).windows.ntotal == 3


def test_another_order_of_interviews_is_another_order_of_rows() -> None:
    """The rows follow the interviews as they are given, whatever was read first."""
    one, other = (conversation(name, [("Bo", "A boat " * size)]) for name, size in (("a", 9), ("b", 2)))
    index, _ = built([one, other], None)
    assert [entry.source for entry in index.entries] == ["a", "b"]
    turned, read = built([other, one], index)
    assert [entry.source for entry in turned.entries] == ["b", "a"]
    assert read == []
    assert_rows_are_of_their_texts(turned)


def test_progress_ends_at_its_total() -> None:
    """Whatever is counted, the last number that is heard of it is all of it."""
    heard: dict[str, tuple[int, int]] = {}
    embedder = LettersEmbedder()
    build(cut(BOTH, embedder), embedder, None, lambda what, done, total: heard.update({what: (done, total)}))
    assert heard
    assert all(done == total for done, total in heard.values())


@pytest.mark.timed
def test_building_takes_time_in_proportion() -> None:
    """Eight times as long an interview, and eight times as many, take about eight times as long."""
    turns = [("Ann", "What about boats, and about rivers?"), ("Bo", "A boat is on the river. I painted it there.")]
    grows = grows_in_proportion
    assert grows(lambda size: index_of_all([conversation("a.txt", [*turns] * size)]), 60)
    assert grows(lambda size: index_of_all([conversation(f"{at}.txt", turns) for at in range(size)]), 60)


def test_sizes_are_the_words_that_a_reader_counts() -> None:
    """Each passage's size is that of its own text."""
    index = index_of(BOTH)
    assert index.sizes.tolist() == [len(index.text_of(entry).split()) for entry in index.entries]
    with pytest.raises(ValueError, match="do not belong together"):
        replace(index, sizes=np.array([1], np.int32))

"""The index in memory: exact search, and rows that belong to their texts."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rag.embedder import Vectors, normalise
from rag.index import build, flat
from rag.words import terms
from tests.small import BRIDGES, RIVERS, LettersEmbedder, assert_same, cut, index_of, quiet, rows

BOTH = {"bridges.txt": BRIDGES, "rivers.txt": RIVERS}
DIMENSIONS = 6
VECTORS = arrays(np.float32, st.tuples(st.integers(1, 20), st.just(DIMENSIONS)), elements=st.floats(-1, 1, width=32))


@given(VECTORS, arrays(np.float32, (1, DIMENSIONS), elements=st.floats(-1, 1, width=32)))
def test_faiss_finds_what_brute_force_finds(vectors: Vectors, question: Vectors) -> None:
    """The search returns every row once, with its cosine, best first."""
    vectors, question = normalise(vectors), normalise(question)
    scores, found = flat(vectors).search(question, len(vectors))
    cosines = vectors @ question[0]
    assert sorted(found[0].tolist()) == list(range(len(vectors)))
    np.testing.assert_allclose(scores[0], cosines[found[0]], atol=1e-6)
    np.testing.assert_allclose(scores[0], np.sort(cosines)[::-1], atol=1e-6)


def test_each_row_is_the_vector_of_its_own_text() -> None:
    """Row by row, passages, sentences and questions have the vectors of exactly their texts."""
    embedder = LettersEmbedder()
    index = index_of(BOTH, embedder)
    passages = [index.text_of(entry) for entry in index.entries]
    sentences = [span.of(index.texts[entry.source]) for entry in index.entries for span in entry.sentences]
    np.testing.assert_array_equal(rows(index.passages), embedder.encode(passages))
    np.testing.assert_array_equal(rows(index.sentences), embedder.encode(sentences))
    for entry, row in zip(index.entries, index.question_of, strict=True):
        assert entry.question is not None
        asked = embedder.encode([entry.question.of(index.texts[entry.source])])
        np.testing.assert_array_equal(rows(index.questions)[row : row + 1], asked)


def test_sentences_know_their_passage() -> None:
    """The rows from a passage's first sentence to the next one's are its own sentences."""
    index = index_of(BOTH)
    expected = [row for row, entry in enumerate(index.entries) for _ in entry.sentences]
    assert index.sentence_owner.tolist() == expected
    for row, entry in enumerate(index.entries):
        first, after = index.first_sentence[row : row + 2]
        assert after - first == len(entry.sentences)
        assert set(index.sentence_owner[first:after].tolist()) == {row}


def test_passages_of_one_answer_share_a_number_and_others_do_not() -> None:
    """Neighbours are told apart by interview, question and speaker."""
    long = RIVERS.replace("Boats, mostly.", "Boats, mostly. " + "The water carries them all the way down. " * 12)
    index = index_of({"bridges.txt": BRIDGES, "rivers.txt": long})
    assert len(index.entries) > 4
    for one, first in enumerate(index.entries):
        for other, second in enumerate(index.entries):
            same_answer = (first.source, first.question) == (second.source, second.question)
            assert (index.answer_of[one] == index.answer_of[other]) == same_answer
            assert (index.speaker_of[one] == index.speaker_of[other]) == (first.speaker == second.speaker)


def test_answer_without_a_question_points_to_none() -> None:
    """An interview that starts with an answer is indexed; what was never asked has no row."""
    index = index_of({"a.txt": "Bo: I swim.\nAnn: Why is that?\nBo: For joy.\nAnn: And then?\nBo: I paint."})
    assert -1 in index.question_of
    for entry, row in zip(index.entries, index.question_of, strict=True):
        assert (row == -1) == (entry.question is None)


def test_known_texts_are_not_embedded_again() -> None:
    """With the vectors of an old index at hand only new texts are embedded, and the result is the same."""
    old = index_of({"rivers.txt": RIVERS})
    embedder = LettersEmbedder()
    grown = build(cut(BOTH, embedder), embedder, old, quiet)
    assert embedder.encoded
    assert all(text in BRIDGES for text in embedder.encoded)
    assert_same(grown, index_of(BOTH))


def test_same_text_twice_is_embedded_once() -> None:
    """Two interviews that share their words cost one embedding a text."""
    embedder = LettersEmbedder()
    index_of({"a.txt": RIVERS, "b.txt": RIVERS}, embedder)
    assert len(embedder.encoded) == len(set(embedder.encoded))


def test_progress_ends_at_its_total() -> None:
    """Whatever is counted, the last number that is heard of it is all of it."""
    heard: dict[str, tuple[int, int]] = {}
    embedder = LettersEmbedder()
    build(cut(BOTH, embedder), embedder, None, lambda what, done, total: heard.update({what: (done, total)}))
    assert heard
    assert all(done == total for done, total in heard.values())


def test_postings_are_the_words_of_each_text() -> None:
    """A term is posted with exactly the passages and sentences that hold it."""
    index = index_of(BOTH)
    numbers = index.lexicon[0]
    passages = [index.text_of(entry) for entry in index.entries]
    sentences = [span.of(index.texts[entry.source]) for entry in index.entries for span in entry.sentences]
    for texts, postings in ((passages, index.postings), (sentences, index.sentence_postings)):
        found = set(zip(postings.terms.tolist(), postings.texts.tolist(), strict=True))
        assert found == {
            (numbers[term], row) for row, text in enumerate(texts) for term in terms(text) if term in numbers
        }


@pytest.mark.parametrize("name", ["passages", "sentences", "questions"])
def test_vectors_and_texts_that_do_not_belong_together_are_refused(name: str) -> None:
    """An index whose rows do not match its texts cannot be built."""
    index = index_of(BOTH)
    shortened: dict[str, Any] = {name: flat(rows(getattr(index, name))[:-1])}
    with pytest.raises(ValueError, match="do not belong together"):
        replace(index, **shortened)

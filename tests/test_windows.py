"""Windows: each passage in one, none too long, and one reading gives the vectors of all that stands in it."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import windows
from rag.embedder import Embedder, Reading, Vectors, normalise
from rag.records import Interview, Passage, PassageKind, Span
from rag.windows import KINDS, MOST_WORDS, Window, compose, group, pool, read
from tests.small import LettersEmbedder, assert_close, collections, cut_one, mean_of_pieces

MOST_TOKENS = 256
Measured = tuple[PassageKind, int, int]
"""A passage's kind, its words and its word pieces."""
measured = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(0, 200), st.integers(1, 300)), max_size=25)


def passages(drawn: Sequence[Measured]) -> list[Passage]:
    """Passages of these kinds, one after another."""
    spans = [Span(at, at + 1) for at in range(len(drawn))]
    return [Passage("a.txt", span, "Bo", (span,), kind=kind) for span, (kind, _, _) in zip(spans, drawn, strict=True)]


def grouped(drawn: Sequence[Measured]) -> list[list[int]]:
    """The passages of each window, by their places."""
    numbers = group(passages(drawn), [words for _, words, _ in drawn], [tokens for _, _, tokens in drawn], MOST_TOKENS)
    return [[at for at, number in enumerate(numbers) if number == window] for window in range(len({*numbers}))]


def fits(drawn: Sequence[Measured], window: Sequence[int]) -> bool:
    """Whether some passages are no more than may be read at once."""
    return (
        sum(drawn[at][1] for at in window) <= MOST_WORDS and sum(drawn[at][2] for at in window) <= MOST_TOKENS
    )  # fmt: skip


@given(measured)
def test_every_passage_is_in_exactly_one_window(drawn: list[Measured]) -> None:
    """Windows have the numbers from 0 on, none is empty, and together they hold each passage once."""
    assert sorted(at for window in grouped(drawn) for at in window) == list(range(len(drawn)))
    assert all(grouped(drawn))


@given(measured)
def test_a_window_holds_neighbours_of_one_kind(drawn: list[Measured]) -> None:
    """Between its first and its last passage no other of the kind is missing."""
    for window in grouped(drawn):
        kinds = {drawn[at][0] for at in window}
        assert len(kinds) == 1
        assert window == [at for at in range(window[0], window[-1] + 1) if drawn[at][0] in kinds]


@given(measured)
def test_a_window_is_as_long_as_may_be_and_no_longer(drawn: list[Measured]) -> None:
    """None is over the limits unless one passage is; with the next one of its kind each would be."""
    found = grouped(drawn)
    assert all(len(window) == 1 or fits(drawn, window) for window in found)
    for window, after in pairwise(found):
        if drawn[window[0]][0] == drawn[after[0]][0]:
            assert not fits(drawn, [*window, after[0]])


@given(measured)
def test_windows_are_counted_kind_by_kind_in_the_order_of_the_text(drawn: list[Measured]) -> None:
    """Windows with neighbouring numbers are neighbours in the interview, but where a kind ends."""
    order = [at for window in grouped(drawn) for at in window]
    assert order == sorted(order, key=lambda at: (KINDS.index(drawn[at][0]), at))


@given(collections(most=1), st.data())
def test_stretches_give_back_the_texts(interviews: list[Interview], data: st.DataObject) -> None:
    """At the stretches of a window stand its passages' own texts."""
    (interview,) = interviews
    entries = data.draw(st.lists(st.sampled_from(cut_one(interview)), min_size=1, unique=True))
    text, window = interview.source.text, compose(entries, interview.source.text)
    assert [window.text[start:end] for start, end in window.passages] == [entry.span.of(text) for entry in entries]
    assert window.text == "\n".join(entry.span.of(text) for entry in entries)


pieces = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 6), st.lists(st.integers(-3, 3), min_size=3, max_size=3)), max_size=9
)
stretches = st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), max_size=6)


@given(pieces, stretches)
def test_a_stretch_is_the_mean_of_its_own_pieces(
    drawn: list[tuple[int, int, list[int]]], asked: list[tuple[int, int]]
) -> None:
    """Only pieces that stand wholly within it count; one without any has the vector of the whole."""
    whole = normalise(np.array([[3.0, 4.0, 0.0]]))[0]
    spans = tuple((start, start + length) for start, length, _ in drawn)
    vectors = np.array([vector for _, _, vector in drawn], np.float32).reshape(-1, 3)
    wanted = [(start, start + length) for start, length in asked]
    found = pool(Reading(whole, spans, vectors), wanted)
    for vector, (start, end) in zip(found, wanted, strict=True):
        own = [piece for (a, b), piece in zip(spans, vectors, strict=True) if start <= a < b <= end]
        expected: Vectors = normalise(np.mean(own, axis=0, keepdims=True))[0] if own else whole
        np.testing.assert_allclose(vector, expected, atol=1e-6)


@given(collections(most=1))
def test_one_reading_gives_window_and_passages(interviews: list[Interview]) -> None:
    """The window has the vector of its text, and each passage the mean over its own words there."""
    embedder = LettersEmbedder()
    entries = cut_one(interviews[0])
    window = compose(entries, interviews[0].source.text)
    (found,) = read([window], embedder)
    np.testing.assert_allclose(found.window, LettersEmbedder().encode([window.text])[0], atol=1e-6)
    assert_close(found.passages, np.stack([mean_of_pieces(window.text, *stretch) for stretch in window.passages]))
    assert embedder.encoded == [window.text]


class SilentEmbedder(LettersEmbedder):
    """A model that does not tell where its pieces stand."""

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """Embed texts, without pieces."""
        return [Reading(each.vector, (), each.pieces[:0]) for each in super().read(texts)]


def test_a_model_that_tells_no_places_reads_passages_by_themselves() -> None:
    """Each has the vector of its own text alone, and none is lost."""
    window = Window("A boat. A river.\nA bridge.", ((0, 16), (17, 26)))
    (found,) = read([window], SilentEmbedder())
    alone = LettersEmbedder()
    assert_close(found.passages, alone.encode(["A boat. A river.", "A bridge."]))
    np.testing.assert_array_equal(found.window, alone.encode([window.text])[0])


@pytest.mark.parametrize("at_once", [1, 2, 100])
def test_windows_are_read_in_their_order(monkeypatch: pytest.MonkeyPatch, at_once: int) -> None:
    """However many are read together, each gets what belongs to it."""
    monkeypatch.setattr(windows, "_AT_ONCE", at_once)
    texts = ["A boat.", "A river.", "A bridge.", "A boat.", "A sea."]
    found = list(read([Window(text, ((0, len(text)),)) for text in texts], LettersEmbedder()))
    np.testing.assert_array_equal(np.stack([each.window for each in found]), LettersEmbedder().encode(texts))


def test_the_real_model_tells_places_and_lends_context(embedder: Embedder) -> None:
    """The packaged model's pieces are found, and "it" is nearer to a boat beside a sentence about one than alone."""
    text = "She bought a wooden sailing boat. It was old."
    (found,) = read([Window(text, ((0, 33), (34, len(text))))], embedder)
    boat, alone = embedder.encode(["a wooden sailing boat", "It was old."])
    assert float(found.passages.cosines(boat[np.newaxis])[1, 0]) > float(alone @ boat) + 0.1

"""Interviews small enough to check by hand, and an embedder that needs no model: for tests of everything around it."""

import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from itertools import groupby, pairwise
from pathlib import Path

import numpy as np
from hypothesis import strategies as st

from rag import chunker
from rag.building import build
from rag.embedder import Reading, Vectors, normalise
from rag.index import Index
from rag.lexical import LexicalIndex
from rag.library import Library
from rag.records import Contact, Interview, Passage, QAPair, Role, Source, Span, Turn
from rag.turns import understand
from rag.vectors import Rows
from rag.vocabulary import number_of
from rag.words import fold, is_content, words

RIVERS = """Ann: Where did you grow up?
Bo: I grew up beside a river. My grandmother taught me to swim in it.

Ann: What do you paint?
Bo: Boats, mostly. A boat is a promise — it says that there is another shore.
"""
BRIDGES = """Ann: What do you build?
Cy: I build bridges. The first one fell down.

Ann: What did you learn from it?
Cy: That a bridge needs patience, and that “nearly right” is wrong.
"""


class LettersEmbedder:
    """Texts with the same letters point the same way; remembers every text that it was given."""

    window = 64

    def __init__(self, name: str = "letters@1") -> None:
        self.name = name
        self.encoded: list[str] = []

    def count_tokens(self, text: str) -> int:
        """One piece a word, and two that frame the text."""
        return len(text.split()) + 2

    def encode(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Count the letters of each text."""
        self.encoded.extend(texts)
        if on_progress:
            on_progress(len(texts))
        return self._vectors(texts)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """The same with one piece for each word."""
        self.encoded.extend(texts)
        return [self._reading(text) for text in texts]

    def _reading(self, text: str) -> Reading:
        spans = tuple(match.span() for match in re.finditer(r"\S+", text))
        pieces = self._vectors([text[start:end] for start, end in spans])
        return Reading(self._vectors([text])[0], spans, pieces)

    def _vectors(self, texts: Sequence[str]) -> Vectors:
        counts = [[text.casefold().count(letter) for letter in string.ascii_lowercase] for text in texts]
        return normalise(np.array(counts, np.float64).reshape(-1, len(string.ascii_lowercase)))


def source(name: str, text: str) -> Source:
    """A text as if read from a file."""
    return Source(name, text, sha256(text.encode("utf-8", "surrogatepass")).hexdigest())


def cut(texts: Mapping[str, str], embedder: LettersEmbedder) -> list[tuple[Interview, tuple[Passage, ...]]]:
    """The interviews among ``texts`` (by name), each with its passages."""
    return [(each, cut_one(each, embedder)) for each in (understand(source(*item)) for item in texts.items())]


def cut_one(interview: Interview, embedder: LettersEmbedder | None = None) -> tuple[Passage, ...]:
    """The passages of an interview."""
    embedder = embedder or LettersEmbedder()
    return tuple(chunker.cut(interview, window=embedder.window, count_tokens=embedder.count_tokens))


def library_of(texts: Mapping[str, str], folder: Path) -> Library:
    """The interviews in ``texts``, by name, written below a folder and open for questions."""
    interviews = folder / "interviews"
    interviews.mkdir()
    for name, text in texts.items():
        (interviews / name).write_text(text, encoding="utf-8")
    return Library.open(interviews, index=folder / "index", embedder=LettersEmbedder())


def index_of(texts: Mapping[str, str], embedder: LettersEmbedder | None = None) -> Index:
    """The index of the interviews in ``texts``, by name."""
    embedder = embedder or LettersEmbedder()
    return build(cut(texts, embedder), embedder, None, quiet)


Said = tuple[str, str]
"""Who says it, and what; those whose name begins with A are the interviewers."""


def conversation(name: str, turns: Sequence[Said], contacts: Sequence[str] = ()) -> Interview:
    """An interview of just these turns, whatever a parser would make of them, with a contact list at its end."""
    spoken: list[Turn] = []
    entries: list[Contact] = []
    text = ""
    for speaker, words_said in turns:
        role: Role = "interviewer" if speaker.startswith("A") else "interviewee"
        spoken.append(Turn(speaker, role, Span(len(text), len(text) + len(words_said))))
        text += f"{words_said}\n\n"
    for entry in contacts:
        entries.append(Contact("Site", entry, Span(len(text), len(text) + len(entry))))
        text += f"{entry}\n"
    return Interview(source(name, text), "", (), tuple(spoken), tuple(_pairs(spoken)), contacts=tuple(entries))


def _pairs(turns: Sequence[Turn]) -> Iterator[QAPair]:
    asked: tuple[Turn, ...] = ()
    for asks, run in groupby(turns, key=lambda turn: turn.role == "interviewer"):
        if asks:
            asked = tuple(run)
        else:
            yield QAPair(asked, tuple(run))


def index_of_all(interviews: Sequence[Interview], embedder: LettersEmbedder | None = None) -> Index:
    """The index of these interviews."""
    embedder = embedder or LettersEmbedder()
    return build([(each, cut_one(each, embedder)) for each in interviews], embedder, None, quiet)


WORDS = ("river", "rivers", "boat", "boats", "bridge", "painting", "the", "of", "who", "Zoë’s", "café", "42", "—")
_sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(lambda chosen: " ".join(chosen) + ".")
_speeches = st.lists(_sentences, min_size=1, max_size=12).map(" ".join)
_turns = st.tuples(st.sampled_from(("Ann", "Al", "Bo", "Cy", "Di")), _speeches)


@st.composite
def collections(draw: st.DrawFn, most: int = 3) -> list[Interview]:
    """Conversations of a few turns in any order of roles, some with a contact list; in each somebody answers."""
    drawn = draw(st.lists(st.tuples(st.lists(_turns, max_size=6), _speeches, st.booleans()), min_size=1, max_size=most))
    return [
        conversation(f"{number}.txt", [*turns, ("Bo", last)], ["Site: a river", "Site: a boat"] * lists)
        for number, (turns, last, lists) in enumerate(drawn)
    ]


def rows(store: object) -> Vectors:
    """All vectors of one FAISS index, rows × dimensions."""
    return np.asarray(store.reconstruct_n(0, store.ntotal))  # type: ignore[attr-defined]


def only_from(text: str, embedded: Sequence[str]) -> bool:
    """Whether every line of what was embedded stands in a text; words stand there folded."""
    return all(line in text or line in fold(text) for each in embedded for line in each.splitlines())


def members(index: Index, window: int) -> list[int]:
    """The rows of a window, in order: the naive twin."""
    return [row for row, number in enumerate(index.window_of) if number == window]


def text_of_window(index: Index, window: int) -> str:
    """What is read at once: its passages, one on a line."""
    return "\n".join(index.text_of(index.entries[row]) for row in members(index, window))


def content_words(text: str) -> list[str]:
    """The words of a text that mean something."""
    return [word for word in words(text) if is_content(word)]


def sentences_of(index: Index) -> list[str]:
    """All sentences, in the order of their rows."""
    return [span.of(index.texts[entry.source]) for entry in index.entries for span in entry.sentences]


def mean_of_pieces(text: str, start: int, end: int) -> Vectors:
    """The mean over the words that stand wholly within a stretch of a text, of length 1: the naive twin."""
    embedder = LettersEmbedder()
    own = [match.group() for match in re.finditer(r"\S+", text) if start <= match.start() and match.end() <= end]
    mean = np.mean(embedder.encode(own or [text]), axis=0, keepdims=True)
    return np.asarray(normalise(mean)[0])


def vectors_by_hand(index: Index) -> tuple[Vectors, Vectors]:
    """The vectors that the passages and the sentences of an index should have, in the order of their rows."""
    passages: dict[int, Vectors] = {}
    for window in set(index.window_of.tolist()):
        text, at = text_of_window(index, window), 0
        for row in members(index, window):
            length = len(index.entries[row].span)
            passages[row] = mean_of_pieces(text, at, at + length)
            at += length + 1
    return np.stack([passages[row] for row in sorted(passages)]), LettersEmbedder().encode(sentences_of(index))


def word_vectors_by_hand(index: Index) -> Vectors:
    """The vectors that the words of an index should have: each from the sentence with the lowest number that has it."""
    vectors = []
    for word in index.vocabulary.words:
        text = min((text for text in sentences_of(index) if word in content_words(text)), key=number_of)
        places = [match.span() for match in re.finditer(r"[^\W_]+(?:['’][^\W\d_]+)*", text)]
        places = [(start, end) for start, end in places if words(text[start:end])[:1] == [word]]
        around = list(re.finditer(r"\S+", text))
        own = [
            LettersEmbedder().encode([each.group() for each in around if each.start() < end and each.end() > start])
            for start, end in places
        ]
        means = [normalise(some.mean(axis=0, keepdims=True)) for some in own] or [LettersEmbedder().encode([word])]
        vectors.append(normalise(np.mean(means, axis=0))[0])
    return np.stack(vectors) if vectors else np.empty((0, 26), np.float32)


def assert_rows_are_of_their_texts(index: Index) -> None:
    """Check that every window, passage, sentence and word has the vector of exactly its own text."""
    windows = [text_of_window(index, window) for window in range(index.windows.ntotal)]
    np.testing.assert_allclose(rows(index.windows), LettersEmbedder().encode(windows), atol=1e-6)
    passages, sentences = vectors_by_hand(index)
    assert_close(index.passages, passages)
    assert_close(index.sentences, sentences)
    assert_close(index.vocabulary.vectors, word_vectors_by_hand(index))


def assert_close(found: Rows, expected: Vectors) -> None:
    """Check that rows are some vectors, but for their rounding: half a step of 1/127 of the largest number."""
    np.testing.assert_allclose(found.vectors(), expected, atol=0.5 / 127 + 1e-6)


def words_said(index: Index) -> list[list[str]]:
    """The content words of each sentence, as the index holds them."""
    heard, starts = [index.vocabulary.words[number] for number in index.said.words], index.said.starts.tolist()
    return [heard[start:end] for start, end in pairwise(starts)]


def assert_same(one: Index, other: Index) -> None:
    """Check that two indexes answer every question alike: the same texts, spans, vectors and words.

    Words may have other numbers: which were there first tells how the index came about.
    """
    assert (one.model, one.interviews, one.entries) == (other.model, other.interviews, other.entries)
    np.testing.assert_array_equal(one.window_of, other.window_of)
    np.testing.assert_array_equal(one.sizes, other.sizes)
    np.testing.assert_array_equal(rows(one.windows), rows(other.windows))
    for name in ("passages", "sentences"):
        assert_same_rows(getattr(one, name), getattr(other, name))
    assert words_said(one) == words_said(other)
    assert sorted(one.vocabulary.words) == sorted(other.vocabulary.words)
    numbers = np.array([other.vocabulary.numbers[word] for word in one.vocabulary.words], np.int64)
    assert_same_rows(one.vocabulary.vectors, other.vocabulary.vectors.take(numbers))
    assert_same_terms(one.lexical, other.lexical)


def assert_same_rows(one: Rows, other: Rows) -> None:
    """Check that rows are equal to the last digit."""
    np.testing.assert_array_equal(one.codes, other.codes)
    np.testing.assert_array_equal(one.scales, other.scales)


def assert_same_terms(one: LexicalIndex, other: LexicalIndex) -> None:
    """Check that two lexical indexes know the same terms and score them alike, by what they write."""
    assert one.size == other.size
    assert one.to_bytes() == other.to_bytes()


def quiet(what: str, done: int, total: int) -> None:
    """Progress that nobody hears."""

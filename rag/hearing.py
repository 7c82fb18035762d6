"""What is said in the sentences of a collection: their words, the vectors of both, and each of them read once.

Sentences are read by themselves: what somebody says in so many words is found best by a vector of just these.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np

from rag.drafts import NOWHERE, Drafts, Learned, Shelf, Told
from rag.embedder import Embedder, Vectors
from rag.index import Index, Progress, Said
from rag.vectors import Numbers, Rows
from rag.vocabulary import SentenceNumbers, Vocabulary, meanings, meanings_in, number_of
from rag.words import is_content, words

LEARNING = "Learning the sentences"
"""What is done, as those who wait are told."""
_AT_ONCE = 4096
"""Sentences that are read before what they give is put down."""
_LAST = np.iinfo(np.uint64).max


@dataclass(frozen=True)
class Spoken:
    """All sentences in order, each with its number, and their content words, each once.

    ``heard_in`` has, for each word, the lowest number of a sentence that says it.
    """

    texts: tuple[str, ...]
    numbers: SentenceNumbers
    words: tuple[str, ...]
    said: Said
    heard_in: SentenceNumbers


def listen(texts: Sequence[str]) -> Spoken:
    """The content words of sentences; nothing is read."""
    word_numbers: dict[str, int] = {}
    heard: list[int] = []
    starts = [0]
    for text in texts:
        heard += [word_numbers.setdefault(word, len(word_numbers)) for word in words(text) if is_content(word)]
        starts.append(len(heard))
    said = Said(np.array(heard, np.int32), np.array(starts, np.int64))
    numbers = np.array([number_of(text) for text in texts], np.uint64)
    heard_in = np.full(len(word_numbers), _LAST, np.uint64)
    np.minimum.at(heard_in, said.words, np.repeat(numbers, np.diff(said.starts)))
    return Spoken(tuple(texts), numbers, tuple(word_numbers), said, heard_in)


def learn(
    spoken: Spoken, embedder: Embedder, old: Index | None, progress: Progress, shelf: Shelf = NOWHERE
) -> tuple[Rows, Vocabulary]:
    """The vectors of all sentences, in order, and of all words; what ``old`` or the shelf holds is not read again."""
    known = _known_words(spoken, old)
    telling = _telling(spoken, known)
    row_of = _known_sentences(old)
    closely, alone = _by_length(telling), _by_length({*spoken.texts} - row_of.keys() - telling.keys())
    drafts, told = Drafts(shelf, embedder.name), Told(LEARNING, len(closely) + len(alone), progress)
    with_words = {drafts.key("sentence with words", text, telling[text]): text for text in closely}
    without = {drafts.key("sentence", text): text for text in alone}
    parts, new = [old.sentences] if old else [], list[str]()
    meant: dict[str, Vectors] = {}
    for texts, learned in chain(
        drafts.learn(with_words, lambda some: _read_with_words(some, telling, embedder), _AT_ONCE, told),
        drafts.learn(without, lambda some: _read(some, embedder), _AT_ONCE, told),
    ):
        parts.append(learned.rounded)
        new += texts
        for text, (vectors, _) in zip(texts, learned.each(), strict=True):
            found = zip(telling.get(text, ()), vectors, strict=True)
            meant |= {word: vector for word, vector in found if not np.isnan(vector[0])}
    told.end()
    row_of = {text: row for row, text in enumerate(new, start=len(old.sentences) if old else 0)} | row_of
    sentences = Rows.joined(parts).take(np.array([row_of[text] for text in spoken.texts], np.int64))
    if not spoken.words:
        return sentences, Vocabulary.empty(sentences.codes.shape[1])
    return sentences, _vocabulary(spoken, known, old, meant, embedder)


def _read_with_words(texts: Sequence[str], telling: Mapping[str, Sequence[str]], embedder: Embedder) -> Learned:
    """The vector of each sentence, rounded, and those of the words it tells; NaN where the model does not find one."""
    readings = embedder.read(texts)
    lost = np.full(len(readings[0].vector), np.nan, np.float32)
    found: list[Vectors] = []
    for text, reading in zip(texts, readings, strict=True):
        meant = meanings_in(text, reading, telling[text])
        found += [meant.get(word, lost) for word in telling[text]]
    return Learned(
        exact=np.stack(found),
        exact_of=np.array([len(telling[text]) for text in texts], np.int64),
        rounded=Rows.of(np.stack([reading.vector for reading in readings])),
        rounded_of=np.ones(len(texts), np.int64),
    )


def _read(texts: Sequence[str], embedder: Embedder) -> Learned:
    """The vector of each sentence, rounded."""
    vectors, size = embedder.encode(texts), len(texts)
    return Learned(vectors[:0], np.zeros(size, np.int64), Rows.of(vectors), np.ones(size, np.int64))


def _known_words(spoken: Spoken, old: Index | None) -> Numbers:
    """The row of each word in the old vocabulary, if its vector is from the very sentence; -1 if not."""
    if not old:
        return np.full(len(spoken.words), -1, np.int64)
    heard = zip(spoken.words, spoken.heard_in.tolist(), strict=True)
    return np.array([old.vocabulary.row_of(word, number) for word, number in heard], np.int64)


def _telling(spoken: Spoken, known: Numbers) -> dict[str, list[str]]:
    """The sentences that tell what words mean of which that is not known, with these words."""
    wanted: dict[int, list[str]] = {}
    for at in np.flatnonzero(known < 0).tolist():
        wanted.setdefault(int(spoken.heard_in[at]), []).append(spoken.words[at])
    texts = zip(spoken.numbers.tolist(), spoken.texts, strict=True)
    return {text: sorted(wanted[number]) for number, text in texts if number in wanted}


def _known_sentences(old: Index | None) -> dict[str, int]:
    """The row of each sentence of the old index."""
    if not old:
        return {}
    texts = (span.of(old.texts[entry.source]) for entry in old.entries for span in entry.sentences)
    return {text: row for row, text in enumerate(texts)}


def _vocabulary(
    spoken: Spoken, known: Numbers, old: Index | None, meant: dict[str, Vectors], embedder: Embedder
) -> Vocabulary:
    """The words with their vectors; those that the model did not find in their sentence are read alone."""
    new = np.flatnonzero(known < 0)
    words = [spoken.words[at] for at in new.tolist()]
    lost = [word for word in words if word not in meant]
    meant |= dict(zip(lost, meanings(lost, embedder), strict=True)) if lost else {}
    parts = [old.vocabulary.vectors] if old else []
    parts += [Rows.of(np.stack([meant[word] for word in words]))] if words else []
    rows = known.copy()
    rows[new] = np.arange(len(new)) + (len(old.vocabulary.words) if old else 0)
    return Vocabulary(spoken.words, Rows.joined(parts).take(rows), spoken.heard_in)


def _by_length(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=lambda text: (len(text), text))

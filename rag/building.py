"""Putting an index together: each interview is a chapter of it, and what the old index holds is not read again."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rag.chunker import CountTokens, count_words
from rag.drafts import NOWHERE, Drafts, Learned, Shelf, Told
from rag.embedder import Embedder
from rag.hearing import learn, listen
from rag.index import Index, Progress, Said, flat
from rag.lexical import LexicalIndex
from rag.records import Interview, Passage
from rag.vectors import Numbers, Rows
from rag.vocabulary import Vocabulary
from rag.windows import Read, Window, compose, group, read

Cut = Sequence[tuple[Interview, tuple[Passage, ...]]]
_AT_ONCE = 512
"""Windows that are read before what they give is put down."""


@dataclass(frozen=True)
class _Chapter:
    """One interview with its passages, the windows that these make up, and the number of each passage's window."""

    interview: Interview
    entries: tuple[Passage, ...]
    sizes: tuple[int, ...]
    window_of: tuple[int, ...]
    windows: tuple[Window, ...]

    def sentences(self) -> Iterator[str]:
        """The texts of all sentences."""
        text = self.interview.source.text
        return (span.of(text) for entry in self.entries for span in entry.sentences)


def build(
    cut: Cut,
    embedder: Embedder,
    old: Index | None,
    progress: Progress,
    count_tokens: CountTokens | None = None,
    shelf: Shelf = NOWHERE,
) -> Index:
    """Put the index together; interviews are in order of their names. What ``old`` holds is not read again.

    ``count_tokens`` counts the word pieces of a text; the embedder's own counting is used if it is not given.
    What was learned is put down on the ``shelf``, and what lies there already is not read again either.
    """
    chapters = [_chapter(interview, entries, embedder, count_tokens) for interview, entries in cut]
    reads = _read_all(chapters, embedder, old, progress, shelf)
    in_order = [reads[window] for chapter in chapters for window in chapter.windows]
    spoken = listen([text for chapter in chapters for text in chapter.sentences()])
    sentences, vocabulary = learn(spoken, embedder, old, progress, shelf)
    entries = tuple(entry for chapter in chapters for entry in chapter.entries)
    window_of = _window_numbers(chapters)
    by_window = np.argsort(window_of, kind="stable")
    counts = np.array([len(entry.sentences) for entry in entries], np.int64)
    return Index(
        model=embedder.name,
        interviews=tuple(chapter.interview for chapter in chapters),
        entries=entries,
        window_of=window_of,
        sizes=np.array([size for chapter in chapters for size in chapter.sizes], np.int32),
        windows=flat(np.stack([each.window for each in in_order])),
        passages=Rows.joined([each.passages for each in in_order]).take(np.argsort(by_window)),
        sentences=sentences,
        vocabulary=vocabulary,
        said=spoken.said,
        lexical=LexicalIndex.build(list(_terms(window_of, counts, vocabulary, spoken.said))),
    )


def _chapter(
    interview: Interview, entries: tuple[Passage, ...], embedder: Embedder, count_tokens: CountTokens | None
) -> _Chapter:
    text, count = interview.source.text, count_tokens or embedder.count_tokens
    texts = [entry.span.of(text) for entry in entries]
    sizes = [count_words(each) for each in texts]
    numbers = group(entries, sizes, [count(each) for each in texts], embedder.window)
    held: list[list[Passage]] = [[] for _ in range(max(numbers, default=-1) + 1)]
    for entry, number in zip(entries, numbers, strict=True):
        held[number].append(entry)
    windows = tuple(compose(each, text) for each in held)
    return _Chapter(interview, entries, tuple(sizes), tuple(numbers), windows)


def _read_all(
    chapters: Sequence[_Chapter], embedder: Embedder, old: Index | None, progress: Progress, shelf: Shelf
) -> dict[Window, Read]:
    """What each window gives; one that occurs twice, or that the old index has, is read once."""
    drafts = Drafts(shelf, embedder.name)
    wanted = dict.fromkeys(window for chapter in chapters for window in chapter.windows)
    reads = {window: known for window, known in _known(old) if window in wanted} if old else {}
    new = sorted((window for window in wanted if window not in reads), key=lambda window: len(window.text))
    keyed = {drafts.key("window", window.text, window.passages): window for window in new}
    told = Told("Learning the passages", len(new), progress)
    for windows, learned in drafts.learn(keyed, lambda some: _learned(some, embedder), _AT_ONCE, told):
        for window, (vectors, passages) in zip(windows, learned.each(), strict=True):
            reads[window] = Read(vectors[0], passages)
    told.end()
    return reads


def _learned(windows: Sequence[Window], embedder: Embedder) -> Learned:
    """For each window its vector as it is, and those of its passages rounded."""
    found = list(read(windows, embedder))
    return Learned(
        exact=np.stack([each.window for each in found]),
        exact_of=np.ones(len(found), np.int64),
        rounded=Rows.joined([each.passages for each in found]),
        rounded_of=np.array([len(each.passages) for each in found], np.int64),
    )


def _known(old: Index) -> Iterator[tuple[Window, Read]]:
    """Every window of an index, with what it gave."""
    rows, starts = old.rows_of_window
    for number in range(old.windows.ntotal):
        own = rows[starts[number] : starts[number + 1]]
        entries = [old.entries[row] for row in own.tolist()]
        window = compose(entries, old.texts[entries[0].source])
        yield window, Read(np.asarray(old.windows.reconstruct(number)), old.passages.take(own))


def _window_numbers(chapters: Sequence[_Chapter]) -> npt.NDArray[np.int32]:
    numbers, before = [], 0
    for chapter in chapters:
        numbers += [before + number for number in chapter.window_of]
        before += len(chapter.windows)
    return np.array(numbers, np.int32)


def _terms(
    window_of: npt.NDArray[np.int32], counts: Numbers, vocabulary: Vocabulary, said: Said
) -> Iterator[list[str]]:
    """The stems said in each window."""
    window_of_word = np.repeat(np.repeat(window_of, counts), np.diff(said.starts))
    order = np.argsort(window_of_word, kind="stable")
    stems = vocabulary.stem_of[said.words[order]]
    ends = np.cumsum(np.bincount(window_of_word, minlength=int(window_of.max(initial=-1)) + 1))
    for start, end in zip([0, *ends[:-1]], ends, strict=True):
        yield [vocabulary.stems[number] for number in stems[start:end].tolist()]

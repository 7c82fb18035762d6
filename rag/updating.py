"""Bringing an index up to date with its collection: what is in it already is neither understood nor embedded again."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from rag import chunker, store
from rag.building import build
from rag.collection import Held, Progress, understand_all
from rag.embedder import Embedder
from rag.errors import DamagedIndexError, EmptyCollectionError, ForeignIndexError, ReadError
from rag.index import Index
from rag.readers.files import NoteError
from rag.records import Interview, Passage
from rag.roster import gather, restore
from rag.tokens import window_counter

_MADE_ANEW = "The index was made anew from the interviews; check this disk if it happens again."


def bring_up_to_date(
    path: Path,
    folder: Path,
    embedder: Embedder,
    held: Sequence[Held],
    problems: list[ReadError],
    progress: Progress,
) -> Index:
    """The index in ``folder`` if it fits what the collection at ``path`` holds, else a new one, written there.

    What is wrong with an interview is added to ``problems``, and so is a damage of the old index.
    A build that was broken off goes on where it stopped.

    Raises:
        EmptyCollectionError: there is no interview; the index on disk stays.
        ModelError: the model cannot be loaded.
        IndexFileError: the index cannot be written.
    """
    old = _old(folder, embedder, problems)
    kept = {_key(each): restore(each) for each in old.interviews} if old else {}
    understood: list[Interview] = []
    for number, each in enumerate(understand_all(held, kept), start=1):
        progress("Finding who says what", min(number, len(held)), len(held))
        if isinstance(each, ReadError):
            problems.append(each)
        else:
            understood.append(each)
    interviews = gather(understood)
    if old and interviews == old.interviews:
        store.tidy(folder)
        return old
    if not interviews:
        raise EmptyCollectionError(path, "no interview in it can be read", "See the reason of each file.", problems)
    progress("Loading the language reader", 0, 0)
    cut = list(_cut(interviews, old, embedder, progress))
    index = build(cut, embedder, old, progress, window_counter(embedder), store.DraftShelf(folder))
    store.save(index, folder)
    return index


def _old(folder: Path, embedder: Embedder, problems: list[ReadError]) -> Index | None:
    """The index that is there, if it is of any use; one that is damaged is told."""
    try:
        return store.load(folder, embedder.name)
    except ForeignIndexError:
        return None
    except DamagedIndexError as error:
        problems.append(NoteError(error.path, error.reason, _MADE_ANEW))
        return None


def _key(interview: Interview) -> tuple[str, str, str]:
    return interview.source.name, interview.source.sha256, interview.corrected


def _cut(
    interviews: Sequence[Interview], old: Index | None, embedder: Embedder, progress: Progress
) -> Iterator[tuple[Interview, tuple[Passage, ...]]]:
    """Each interview with its passages; one that the old index has just so is not cut again."""
    count = window_counter(embedder)
    before = dict(_passages(old)) if old else {}
    for number, interview in enumerate(interviews, start=1):
        progress("Cutting the interviews into passages", number, len(interviews))
        name = interview.source.name
        if old and name in before and old.by_name[name] == interview:
            yield interview, before[name]
        else:
            yield interview, tuple(chunker.cut(interview, window=embedder.window, count_tokens=count))


def _passages(index: Index) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    """The passages of each interview by its name."""
    passages: dict[str, list[Passage]] = {name: [] for name in index.by_name}
    for entry in index.entries:
        passages[entry.source].append(entry)
    for name, those in passages.items():
        yield name, tuple(those)

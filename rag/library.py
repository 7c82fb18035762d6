"""The whole flow: a folder of interviews in, answers with verbatim quotes out."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

import numpy as np

from rag import answer as answers
from rag import chunker, readers, spelling, store
from rag.calibration import learned
from rag.embedder import Embedder, SentenceTransformerEmbedder
from rag.errors import EmptyCollectionError, IndexFileError, ReadError, UnknownNameError
from rag.frames import is_introduction
from rag.index import Index, build
from rag.people import People
from rag.question import understand_question
from rag.records import UNKNOWN_SPEAKER, Answer, Hit, Interview, Source, Understood
from rag.retriever import Retriever, only
from rag.tokens import window_counter
from rag.turns import understand
from rag.words import words

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is (0: unknown)."""

INTERVIEWS_VARIABLE, MODEL_VARIABLE = "WHOSAID_INTERVIEWS", "WHOSAID_MODEL"
INTRODUCTION = "introduce yourself, who you are and what you do"
"""The topic that is looked for when a question asks nothing but who somebody is."""
SEARCHED = ("answer", "credits")
"""Kinds of passages that are searched for what was said; contact lists only when somebody asks for them."""


def default_interviews() -> Path:
    """The interviews meant when none are named: $WHOSAID_INTERVIEWS, else ``seeds`` here or beside the code."""
    if named := os.environ.get(INTERVIEWS_VARIABLE):
        return Path(named)
    here = Path("seeds")
    beside = Path(__file__).resolve().parents[1] / "seeds"
    return here if here.is_dir() or not beside.is_dir() else beside


def default_index(interviews: Path) -> Path:
    """Where the index of a collection lies: ``embeddings/seeds``, for others with a part of their path's hash."""
    root = Path(__file__).resolve().parents[1]
    home = root if (root / "pyproject.toml").is_file() else Path.cwd()
    whole = interviews.expanduser().resolve()
    name = (
        "seeds"
        if whole == (home / "seeds").resolve()
        else f"{whole.stem}-{sha256(str(whole).encode()).hexdigest()[:8]}"
    )
    return home / "embeddings" / name


def examine(path: Path | str) -> Iterator[Interview | ReadError]:
    """Read and understand one file, or each file of a folder, without any index.

    Raises:
        EmptyCollectionError: there is no such path, or nothing stands in it.
    """
    for name, file in readers.find_files(Path(path).expanduser()):
        try:
            yield understand(readers.read(name, file))
        except ReadError as error:
            yield ReadError(file, error.reason, error.remedy)


class Library:
    """One collection of interviews, open for questions."""

    def __init__(
        self, path: Path, index_path: Path, index: Index, embedder: Embedder, problems: Sequence[ReadError]
    ) -> None:
        self.path, self.index_path = path, index_path
        self.problems = tuple(problems)
        self.index, self.embedder, self._calibration = index, embedder, learned()
        self._retriever = Retriever(index, self._calibration)

    @classmethod
    def open(
        cls,
        interviews: Path | str | None = None,
        *,
        index: Path | str | None = None,
        model: str | None = None,
        embedder: Embedder | None = None,
        progress: Progress | None = None,
    ) -> "Library":
        """Open a collection; its index is built or brought up to date first where that is needed.

        Args:
            interviews: a folder, or one file; ``default_interviews()`` if not given.
            index: the folder for the index; ``default_index()`` if not given.
            model: a sentence-transformers model, by name or folder; $WHOSAID_MODEL, else the packaged one.
            embedder: something else that embeds, instead of ``model``.
            progress: hears what is being done.

        Raises:
            EmptyCollectionError: there is nothing that can be read.
            ModelError: the model cannot be loaded.
            IndexFileError: the index cannot be written.
        """
        path = Path(interviews).expanduser() if interviews else default_interviews()
        folder = Path(index).expanduser() if index else default_index(path)
        if folder.resolve() == path.resolve():
            raise IndexFileError(
                folder, "the index cannot lie among the interviews", "Name another folder with --index."
            )
        embedder = embedder or SentenceTransformerEmbedder(model or os.environ.get(MODEL_VARIABLE))
        sources, problems = _read(path, folder, progress or _quiet)
        found = _up_to_date(path, folder, embedder, sources, problems, progress or _quiet)
        return cls(path, folder, found, embedder, problems)

    @property
    def interviews(self) -> tuple[Interview, ...]:
        """All interviews, in the order of their names."""
        return self.index.interviews

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """The names of those interviewed, in alphabetical order."""
        names = {entry.speaker for entry in self.index.entries if entry.speaker != UNKNOWN_SPEAKER}
        return tuple(sorted(names))

    @property
    def passages(self) -> int:
        """How many passages the answers were cut into."""
        return sum(entry.kind == "answer" for entry in self.index.entries)

    @property
    def warmed(self) -> bool:
        """Whether the embedding model is in memory."""
        return getattr(self.embedder, "loaded", True)

    def warm(self) -> None:
        """Load the embedding model now rather than at the first question.

        Raises:
            ModelError: it cannot be loaded.
        """
        self.embedder.encode(["warm"])

    def interview(self, name: str) -> Interview:
        """One interview by its file's name.

        Raises:
            UnknownNameError: there is no such interview.
        """
        return self.index.by_name[_one_of(name, tuple(self.index.by_name), "interview")]

    def retrieve(
        self, question: str, *, k: int = 5, speakers: Sequence[str] = (), interviews: Sequence[str] = ()
    ) -> list[Hit]:
        """The ``k`` best passages for a question, best first, whoever says them; see ``rag.retrieve``."""
        _check(k)
        understood = self.understand(question, speakers=speakers, interviews=interviews)
        return [] if understood.kind == "empty" else self._ranked(understood)[:k]

    def ask(
        self,
        question: str,
        *,
        k: int = 5,
        speakers: Sequence[str] = (),
        interviews: Sequence[str] = (),
        previous: Answer | None = None,
    ) -> Answer:
        """Who says it, with quotes; or that nobody does, with the nearest passages.

        Args:
            question: in plain words, of any length.
            k: the number of quotes at most (one for each speaker named, if those are more).
            speakers: only these people (display names), all if empty.
            interviews: only these interviews (file names), all if empty.
            previous: the answer before, for follow-ups such as "what else does she say about that?".

        Raises:
            UnknownNameError: a filter names somebody or something that is not there.
            ValueError: ``k`` is below 1.
        """
        _check(k)
        understood = self.understand(question, speakers=speakers, interviews=interviews, previous=previous)
        searched = self._searched(understood)
        if understood.kind == "empty":
            return answers.nobody(understood, 0.0, (), ())
        ranked = self._ranked(understood)
        if understood.kind == "contact":
            return answers.reach(understood, ranked, searched)
        introduced = understood.speakers and understood.topic == INTRODUCTION
        if ranked and (understood.kind == "credits" or introduced):
            return answers.said(understood, 1.0, searched, ranked[:k])
        return answers.decide(understood, ranked, self._calibration, searched, k)

    def understand(
        self,
        question: str,
        *,
        speakers: Sequence[str] = (),
        interviews: Sequence[str] = (),
        previous: Answer | None = None,
    ) -> Understood:
        """What a question is taken to ask, before anything is looked up; arguments and errors as for ``ask``."""
        names = tuple(self.index.by_name)
        within = tuple(_one_of(name, names, "interview") for name in interviews)
        heard = {entry.speaker for entry in self.index.entries if not within or entry.source in within}
        known = tuple(name for name in self.speakers if name in heard)
        chosen = tuple(
            _one_of(name, known, "speaker in these interviews" if within else "speaker") for name in speakers
        )
        understood = understand_question(
            question, self._people, is_word=spelling.is_word, said=self._vocabulary, previous=previous
        )
        topic = spelling.correct(understood.topic, self._vocabulary)
        if understood.speakers and understood.kind != "contact" and is_introduction(topic):
            topic = INTRODUCTION
        people = tuple(name for name in chosen if name in understood.speakers) or chosen or understood.speakers
        return replace(understood, topic=topic, speakers=people, interviews=within)

    def _ranked(self, understood: Understood) -> list[Hit]:
        kinds = (understood.kind,) if understood.kind in ("contact", "credits") else SEARCHED
        allowed = only(self.index, understood.speakers, understood.interviews, kinds)
        if not allowed.any() and understood.kind in ("contact", "credits"):
            return []
        reading = self.embedder.read([understood.topic])[0]
        return [hit for hit in self._retriever.rank(understood, reading, allowed) if hit.id not in understood.skip]

    def _searched(self, understood: Understood) -> tuple[str, ...]:
        """The people whose words a question is answered from; nobody, where it asks for what nobody said aloud."""
        if understood.kind in ("contact", "credits"):
            return ()
        if understood.speakers:
            return understood.speakers
        allowed = only(self.index, (), understood.interviews, ("answer",))
        names = {self.index.entries[row].speaker for row in np.flatnonzero(allowed)}
        return tuple(sorted(names - {UNKNOWN_SPEAKER}))

    @cached_property
    def _people(self) -> People:
        return People(self.speakers)

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """Every word of the interviews, folded."""
        return frozenset(word for text in self.index.texts.values() for word in words(text))


def _read(path: Path, index: Path, progress: Progress) -> tuple[list[Source], list[ReadError]]:
    """Every source of a collection that can be read, and the reasons for those that cannot; not the index's files."""
    files = [(name, file) for name, file in readers.find_files(path) if not file.is_relative_to(index)]
    sources: list[Source] = []
    problems: list[ReadError] = []
    for number, (name, file) in enumerate(files, start=1):
        progress("Reading the interviews", number, len(files))
        try:
            sources.append(readers.read(name, file))
        except ReadError as error:
            problems.append(error)
    return sources, problems


def _up_to_date(
    path: Path,
    folder: Path,
    embedder: Embedder,
    sources: Sequence[Source],
    problems: list[ReadError],
    progress: Progress,
) -> Index:
    """The index on disk if it fits the sources, else a new one that keeps every vector it can of the old."""
    try:
        old = store.load(folder, embedder.name)
    except IndexFileError:
        old = None
    kept = {(each.source.name, each.source.sha256): each for each in old.interviews} if old else {}
    understood: list[Interview] = []
    for source in sources:
        try:
            understood.append(kept.get((source.name, source.sha256)) or understand(source))
        except ReadError as error:
            file = path / source.name if path.is_dir() else path
            problems.append(ReadError(file, error.reason, error.remedy))
    if old and {(each.source.name, each.source.sha256) for each in understood} == set(kept):
        return old
    if not understood:
        raise EmptyCollectionError(path, "no interview in it can be read", "See the reason of each file.", problems)
    progress("Loading the language reader", 0, 0)
    index = _build(understood, old, embedder, progress)
    store.save(index, folder)
    return index


def _build(interviews: Sequence[Interview], old: Index | None, embedder: Embedder, progress: Progress) -> Index:
    progress("Cutting the interviews into passages", 0, len(interviews))
    count = window_counter(embedder)
    cut = [(each, tuple(chunker.cut(each, window=embedder.window, count_tokens=count))) for each in interviews]
    return build(cut, embedder, old, progress)


def _one_of(asked: str, known: Sequence[str], what: str) -> str:
    """The known name that is asked for, whatever its case.

    Raises:
        UnknownNameError: there is none.
    """
    for name in known:
        if name.casefold() == asked.strip().casefold():
            return name
    raise UnknownNameError(what, asked, known)


def _check(k: int) -> None:
    if k < 1:
        raise ValueError(f"k is the number of quotes, 1 or more, not {k}")


def _quiet(what: str, done: int, total: int) -> None:
    """Say nothing."""

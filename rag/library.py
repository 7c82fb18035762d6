"""The whole flow: a folder of interviews in, answers with verbatim quotes out."""

import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from rag import store
from rag.amending import merge, rename, set_role, swap
from rag.answering import Answering
from rag.checked import CheckedQuote, Difference, FoundPlace, Remark
from rag.checking import check
from rag.collection import (
    Filed,
    Progress,
    be_quiet,
    examine,
    file_interview,
    look_up,
    read_collection,
    read_interviews,
)
from rag.compiled import embedder_of
from rag.corrections import ROLES, Correction, parts_of, voices
from rag.embedder import Embedder
from rag.errors import EmptyCollectionError, IndexFileError, ReadError
from rag.guard import Guard, Loss, guard
from rag.index import Index
from rag.places import default_index, default_interviews, path_of, recording_of
from rag.quotes import Quote
from rag.readers import SUFFIXES
from rag.readers.plain import LARGEST_FILE
from rag.report import Part, Report, report
from rag.reranker import CrossEncoderReranker, Reranker
from rag.roster import restore
from rag.shares import Share
from rag.sidecars import Sidecar, write_correction
from rag.updating import bring_up_to_date
from rag.upkeep import Added, add_files, remove_file
from rag.widening import Meant, understood_parts

__all__ = [
    "LARGEST_FILE", "ROLES", "SUFFIXES", "Added", "CheckedQuote", "Correction", "Difference", "Filed", "FoundPlace",
    "Guard", "Library", "Loss", "Meant", "Part", "Progress", "Quote", "Remark", "Report", "Share", "Sidecar",
    "be_quiet", "check", "default_index", "default_interviews", "examine", "file_interview", "guard", "merge",
    "parts_of", "read_interviews", "rename", "report", "set_role", "swap", "understood_parts", "voices",
    "write_correction",
]  # fmt: skip

_MOST_TRIES = 3
MODEL_VARIABLE = "WHOSAID_MODEL"
RERANKER_VARIABLE = "WHOSAID_RERANKER"


class Library(Answering):
    """One collection of interviews, open for questions, with the files that it comes from."""

    def __init__(
        self,
        path: Path,
        index_path: Path,
        index: Index,
        embedder: Embedder,
        problems: Sequence[ReadError],
        reranker: Reranker | None = None,
    ) -> None:
        super().__init__(index, embedder, reranker)
        self.path, self.index_path = path, index_path
        self.problems = tuple(problems)

    @classmethod
    def open(
        cls,
        interviews: Path | str | None = None,
        *,
        index: Path | str | None = None,
        model: str | None = None,
        embedder: Embedder | None = None,
        reranker: Reranker | str | None = None,
        progress: Progress | None = None,
    ) -> "Library":
        """Open a collection; its index is built or brought up to date first where that is needed.

        Args:
            interviews: a folder, or one file; ``default_interviews()`` if not given.
            index: the folder for the index; ``default_index()`` if not given.
            model: a sentence-transformers model, by name or folder; $WHOSAID_MODEL, else the packaged one.
            embedder: something else that embeds, instead of ``model``.
            reranker: a cross-encoder of the sentence-transformers family, by name or folder, or something else that
                reranks; $WHOSAID_RERANKER, else none. It is slow, and reads the best passages of each question again.
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
        embedder = embedder or embedder_of(model or os.environ.get(MODEL_VARIABLE))
        progress = progress or be_quiet
        for _ in range(_MOST_TRIES):
            read = list(read_collection(path, progress, passed_over=folder))
            problems = [each for each in read if isinstance(each, ReadError)]
            held = [each for each in read if not isinstance(each, ReadError)]
            found = bring_up_to_date(path, folder, embedder, held, problems, progress)
            if all((each.file.archive or each.file.path).exists() for each in held):
                break  # nothing was removed meanwhile, by another window or command
        return cls(path, folder, found, embedder, problems, _reranker(reranker or os.environ.get(RERANKER_VARIABLE)))

    @classmethod
    def add_to(
        cls,
        folder: Path | str,
        paths: Sequence[Path],
        *,
        index: Path | str | None = None,
        model: str | None = None,
        embedder: Embedder | None = None,
        reranker: Reranker | str | None = None,
        progress: Progress | None = None,
    ) -> "tuple[Library, Added]":
        """Copy interviews into a folder, which may be new, and open it; see ``add``, and ``open`` for the options.

        Raises:
            ChangeError: the folder is a file, or cannot be made.
            EmptyCollectionError: the folder was empty, and none of the files can be read; it tells why.
        """
        home = Path(folder).expanduser()
        added = add_files(home, [Path(path).expanduser() for path in paths], progress=progress or be_quiet)
        try:
            library = cls.open(home, index=index, model=model, embedder=embedder, reranker=reranker, progress=progress)
        except EmptyCollectionError as error:
            raise EmptyCollectionError(home, error.reason, error.remedy, added.problems) from error
        return library, added

    @cached_property
    def reports(self) -> tuple[Report, ...]:
        """What was recognised in each interview, with the names it has by itself, in the order of ``interviews``."""
        return tuple(report(restore(each), file=str(path_of(self.path, each.source.name))) for each in self.interviews)

    def filed(self, name: str) -> Filed:
        """One interview as its file gives it, with what the user corrected of it: the basis of any correction.

        Raises:
            UnknownNameError: there is no such interview.
            ReadError: its file, or its correction, cannot be read any more.
        """
        held, problems = look_up(self.path, self.interview(name).source.name)
        for problem in problems:
            raise problem
        return held.understood()

    def recording(self, name: str) -> str:
        """Where the recording of an interview is: a link, the path of a file, or nothing where none is known.

        Raises:
            UnknownNameError: there is no such interview.
        """
        return recording_of(self.path, self.interview(name))

    def add(self, paths: Sequence[Path], *, progress: Progress | None = None) -> "tuple[Library, Added]":
        """Copy files, archives or folders of interviews into this collection: the library with them, and what was done.

        What is there already, letter for letter, is told and not doubled; what cannot be read is told and not kept.

        Raises:
            ChangeError: this collection is one file.
        """
        return self.add_to(
            self.path,
            paths,
            index=self.index_path,
            embedder=self.embedder,
            reranker=self.reranker,
            progress=progress,
        )

    def remove(self, name: str, *, progress: Progress | None = None) -> "Library | None":
        """The library without an interview, of which no trace is left in the index; none if it was the last one.

        The file is kept in the folder ``.removed`` within this collection's, with its correction.

        Raises:
            UnknownNameError: there is no such interview.
            ChangeError: it lies in an archive, or is the whole collection.
        """
        held, _ = look_up(self.path, self.interview(name).source.name)
        remove_file(self.path, held.file, held.sidecar)
        try:
            return self._reopened(progress)
        except EmptyCollectionError:
            store.erase(self.index_path)
            return None

    def correct(self, name: str, correction: Correction, *, progress: Progress | None = None) -> "Library":
        """The library with what is corrected of an interview; it is written beside the interview's file.

        Raises:
            UnknownNameError: there is no such interview.
            ReadError: the correction leaves nobody who answers, or cannot be joined with what is written there.
            ChangeError: it cannot be written.
        """
        filed = self.filed(name)
        filed.corrected(correction)
        write_correction(filed.sidecar, correction)
        return self._reopened(progress)

    def _reopened(self, progress: Progress | None) -> "Library":
        return Library.open(
            self.path, index=self.index_path, embedder=self.embedder, reranker=self.reranker, progress=progress
        )


def _reranker(setting: Reranker | str | None) -> Reranker | None:
    return CrossEncoderReranker(setting) if isinstance(setting, str) and setting else setting or None

"""Keeping a collection: what changes is noticed, what is kept is not embedded again, and bad files harm no others."""

import shutil
from pathlib import Path

import pytest

from rag.errors import EmptyCollectionError, ModelError, UnknownNameError
from rag.library import Library, default_interviews, examine
from rag.store import MANIFEST
from rag.wording import unread
from tests.small import (
    BRIDGES,
    RIVERS,
    LettersEmbedder,
    assert_rows_are_of_their_texts,
    assert_same,
    only_from,
)

NO_ANSWER = "A text in which nobody asks anything.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A collection of two interviews."""
    path = tmp_path / "interviews"
    path.mkdir()
    (path / "rivers.txt").write_text(RIVERS)
    (path / "bridges.txt").write_text(BRIDGES)
    return path


def opened(folder: Path, embedder: LettersEmbedder | None = None) -> Library:
    """The collection, with its index beside it."""
    return Library.open(folder, index=folder.with_name("index"), embedder=embedder or LettersEmbedder())


def newly_embedded(folder: Path) -> list[str]:
    """Open the collection; the texts that are embedded for it."""
    embedder = LettersEmbedder()
    opened(folder, embedder)
    return embedder.encoded


def as_if_new(folder: Path) -> Library:
    """The collection with an index that is built from nothing."""
    shutil.rmtree(folder.with_name("index"))
    return opened(folder)


def names(library: Library) -> list[str]:
    """The names of its interviews."""
    return [interview.source.name for interview in library.interviews]


def test_index_is_reused(folder: Path) -> None:
    """What did not change is not embedded again, and nothing is written."""
    first = opened(folder)
    before = {path: path.stat().st_mtime_ns for path in first.index_path.iterdir()}
    assert newly_embedded(folder) == []
    assert {path: path.stat().st_mtime_ns for path in first.index_path.iterdir()} == before
    assert_same(opened(folder).index, first.index)


def test_added_interview_is_noticed_and_only_it_is_embedded(folder: Path) -> None:
    """A new file is served at the next opening; of the others nothing is embedded."""
    (folder / "bridges.txt").rename(folder.with_name("bridges.txt"))
    assert names(opened(folder)) == ["rivers.txt"]
    folder.with_name("bridges.txt").rename(folder / "bridges.txt")
    new = newly_embedded(folder)
    assert new
    assert only_from(BRIDGES, new)
    grown = opened(folder)
    assert names(grown) == ["bridges.txt", "rivers.txt"]
    assert_same(grown.index, as_if_new(folder).index)


def test_changed_interview_is_noticed_and_only_it_is_embedded(folder: Path) -> None:
    """One changed word is found, the old one is gone, and the other interview is left as it is."""
    opened(folder)
    changed = RIVERS.replace("Boats, mostly.", "Lighthouses, mostly.")
    (folder / "rivers.txt").write_text(changed)
    new = newly_embedded(folder)
    assert any("Lighthouses" in text for text in new)
    assert only_from(changed, new)
    library = opened(folder)
    assert any("Lighthouses" in hit.quote for hit in library.retrieve("lighthouses"))
    assert not any("Boats, mostly" in text for text in library.index.texts.values())
    assert_same(library.index, as_if_new(folder).index)


def test_removed_interview_is_forgotten_without_embedding(folder: Path) -> None:
    """Nothing of it is found any more, and nothing is embedded for that."""
    opened(folder)
    (folder / "bridges.txt").unlink()
    assert newly_embedded(folder) == []
    library = opened(folder)
    assert names(library) == ["rivers.txt"]
    assert library.speakers == ("Bo",)
    assert {hit.source for hit in library.retrieve("bridges")} == {"rivers.txt"}
    assert_same(library.index, as_if_new(folder).index)


def test_renamed_interview_is_noticed_without_embedding(folder: Path) -> None:
    """Hits carry the new name; its words are known already; a quote's id survives."""
    before = {hit.quote: hit.id for hit in opened(folder).retrieve("boats")}
    (folder / "rivers.txt").rename(folder / "a river.txt")
    assert newly_embedded(folder) == []
    library = opened(folder)
    assert names(library) == ["a river.txt", "bridges.txt"]
    assert {hit.quote: hit.id for hit in library.retrieve("boats")} == before
    assert_same(library.index, as_if_new(folder).index)


@pytest.mark.parametrize("ending", ["faiss", "npz", "json"])
def test_damaged_index_is_rebuilt_from_its_sources(folder: Path, ending: str) -> None:
    """A damaged file is no matter while the interviews are at hand: the index is made anew, and that is told."""
    first = opened(folder)
    for path in first.index_path.glob(f"*.{ending}"):
        path.write_bytes(path.read_bytes()[:-1] + b"?")
    second = opened(folder)
    assert_same(second.index, first.index)
    (told,) = second.problems
    assert isinstance(told, Warning)
    assert told.path.parent == first.index_path
    assert "made anew from the interviews" in str(told)
    assert unread(second.problems) == "1 note"
    assert newly_embedded(folder) == []
    assert opened(folder).problems == ()


def test_index_of_another_model_is_rebuilt(folder: Path) -> None:
    """Vectors of another model are not used; all texts are embedded again."""
    opened(folder, LettersEmbedder("letters@1"))
    other = LettersEmbedder("letters@2")
    library = opened(folder, other)
    assert other.encoded
    assert library.index.model == "letters@2"


def test_one_file_is_a_collection(folder: Path) -> None:
    """A path to one file serves that interview alone."""
    library = opened(folder / "rivers.txt")
    assert names(library) == ["rivers.txt"]
    assert library.retrieve("boats")[0].source == "rivers.txt"


def test_interviews_in_subfolders_are_named_by_their_path(folder: Path) -> None:
    """A name is the path within the collection, with forward slashes."""
    (folder / "older" / "still").mkdir(parents=True)
    (folder / "bridges.txt").rename(folder / "older" / "still" / "bridges.txt")
    assert names(opened(folder)) == ["older/still/bridges.txt", "rivers.txt"]


BAD = {
    "empty.txt": (b"", "empty"),
    "picture.txt": (bytes(range(256)) * 4, "not text"),
    "essay.txt": (NO_ANSWER.encode(), "reads like an interview"),
    "song.mp3": (b"ID3", "is a recording"),
    "notes.xyz": (b"Notes.", "not understood"),
}


def test_bad_files_are_told_and_the_others_served(folder: Path) -> None:
    """Each bad file is named with its reason and what to do; the rest answers as if it were alone."""
    alone = opened(folder).retrieve("boats")
    for name, (content, _) in BAD.items():
        (folder / name).write_bytes(content)
    library = opened(folder)
    assert {problem.path for problem in library.problems} == {folder / name for name in BAD}
    for problem in library.problems:
        assert BAD[problem.path.name][1] in problem.reason
        assert problem.remedy.endswith(".")
        assert str(problem.path) in str(problem)
    assert library.retrieve("boats") == alone
    assert newly_embedded(folder) == []


def test_bad_file_in_a_subfolder_is_told_by_its_whole_path(folder: Path) -> None:
    """Two files of one name in two folders can be told apart."""
    (folder / "older").mkdir()
    (folder / "older" / "essay.txt").write_text(NO_ANSWER)
    (problem,) = opened(folder).problems
    assert problem.path == folder / "older" / "essay.txt"


@pytest.mark.parametrize("content", ["missing", "empty", "bad"])
def test_collection_without_interviews_is_an_error_that_names_it(tmp_path: Path, content: str) -> None:
    """A missing folder, an empty one and one with bad files only: the path as it was given, and what to do."""
    path = tmp_path / "interviews"
    if content != "missing":
        path.mkdir()
    if content == "bad":
        (path / "essay.txt").write_text(NO_ANSWER)
    with pytest.raises(EmptyCollectionError) as caught:
        opened(path)
    assert caught.value.path == path
    assert caught.value.remedy
    assert [problem.path.name for problem in caught.value.problems] == (["essay.txt"] if content == "bad" else [])
    assert not path.with_name("index").exists()


def test_last_interview_removed_is_an_error_and_keeps_the_index(folder: Path) -> None:
    """An emptied folder is told, and when its interviews come back, nothing is embedded again."""
    opened(folder)
    for name in ("rivers.txt", "bridges.txt"):
        (folder / name).rename(folder.with_name(name))
    with pytest.raises(EmptyCollectionError):
        opened(folder)
    for name in ("rivers.txt", "bridges.txt"):
        folder.with_name(name).rename(folder / name)
    assert newly_embedded(folder) == []


def test_model_that_cannot_be_loaded_leaves_the_index(folder: Path, tmp_path: Path) -> None:
    """A failing model is its own error, and what is on disk stays."""
    first = opened(folder)
    manifest = (first.index_path / MANIFEST).read_bytes()
    with pytest.raises(ModelError):
        Library.open(folder, index=first.index_path, model=str(tmp_path / "absent"))
    assert (first.index_path / MANIFEST).read_bytes() == manifest


def test_crowd_of_interviews_keeps_every_vector_right(folder: Path) -> None:
    """After adding, changing and removing in any order, each row still has the vector of its own text."""
    embedder = LettersEmbedder()
    for number in range(5):
        (folder / f"{number}.txt").write_text(RIVERS.replace("boat", f"boat{'s' * number}").replace("Bo:", "Di:"))
        opened(folder, embedder)
    (folder / "2.txt").unlink()
    (folder / "3.txt").write_text(BRIDGES)
    index = opened(folder, embedder).index
    assert_rows_are_of_their_texts(index)
    assert_same(index, as_if_new(folder).index)


def test_interview_is_found_by_its_name_in_any_case(folder: Path) -> None:
    """An interview can be opened by its file's name; a wrong one is an error with the names there are."""
    library = opened(folder)
    assert library.interview("RIVERS.txt").source.text == RIVERS
    with pytest.raises(UnknownNameError, match=r"bridges\.txt, rivers\.txt"):
        library.interview("rivers")


def test_examining_needs_no_index(folder: Path) -> None:
    """Files are read and understood one by one, with the reason for each that cannot be."""
    (folder / "essay.txt").write_text(NO_ANSWER)
    found = [getattr(each, "source", each) for each in examine(folder)]
    assert [getattr(each, "name", str(each).split(":")[0]) for each in found] == [
        "bridges.txt", str(folder / "essay.txt"), "rivers.txt",
    ]  # fmt: skip


def test_interviews_are_named_by_the_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without a path the environment's folder is meant; without that, the seeds."""
    monkeypatch.setenv("WHOSAID_INTERVIEWS", str(folder))
    assert default_interviews() == folder
    monkeypatch.delenv("WHOSAID_INTERVIEWS")
    assert default_interviews().name == "seeds"

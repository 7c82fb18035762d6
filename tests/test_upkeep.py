"""Adding and removing: nothing is overwritten or lost, nothing is doubled, and of what is removed no trace is left."""

import io
import json
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest

from rag.errors import ChangeError, EmptyCollectionError, ReadError, UnknownNameError
from rag.library import Library
from rag.store import MANIFEST
from rag.upkeep import REMOVED, add_files
from tests.small import BRIDGES, RIVERS, LettersEmbedder, assert_same, only_from

NO_ANSWER = "A text in which nobody asks anything.\n"
OTHERS = "Ann: What do you sing?\nDee: Nothing but lullabies, every night.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A collection of one interview."""
    path = tmp_path / "interviews"
    path.mkdir()
    (path / "rivers.txt").write_text(RIVERS)
    return path


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A place from which interviews come."""
    path = tmp_path / "outside"
    path.mkdir()
    return path


def put(path: Path, content: str | bytes) -> Path:
    """A file with this content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def packed(members: dict[str, str]) -> bytes:
    """An archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path within it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def opened(folder: Path, embedder: LettersEmbedder | None = None) -> Library:
    """The collection, with its index beside it."""
    return Library.open(folder, index=folder.with_name("index"), embedder=embedder or LettersEmbedder())


def names(library: Library) -> list[str]:
    """The names of its interviews."""
    return [interview.source.name for interview in library.interviews]


def on_disk(index: Path) -> str:
    """All that can be read in the files of an index: JSON as it is, arrays as their bytes."""
    read: list[str] = []
    for path in sorted(index.iterdir()):
        if path.suffix == ".npz":
            with np.load(path) as arrays:
                read += [arrays[name].tobytes().decode("latin-1") for name in arrays.files]
        elif path.is_file():
            read.append(path.read_bytes().decode("latin-1"))
    return "\n".join(read)


def test_a_file_is_copied_and_answers(folder: Path, outside: Path) -> None:
    """The copy is the file, byte for byte; the file stays where it is, and its words are found."""
    path = put(outside / "bridges.txt", BRIDGES)
    library, done = opened(folder).add([path])
    assert (done.added, done.already, done.problems) == (("bridges.txt",), (), ())
    assert (folder / "bridges.txt").read_bytes() == path.read_bytes()
    assert names(library) == ["bridges.txt", "rivers.txt"]
    assert library.ask("Who builds bridges?", interviews=["bridges.txt"]).hits[0].speaker == "Cy"


def test_only_what_is_new_is_embedded(folder: Path, outside: Path) -> None:
    """Adding one interview embeds its texts alone."""
    embedder = LettersEmbedder()
    library = opened(folder, embedder)
    embedder.encoded.clear()
    library.add([put(outside / "bridges.txt", BRIDGES)])
    assert embedder.encoded
    assert only_from(BRIDGES, embedder.encoded)


def test_a_taken_name_gets_a_number(folder: Path, outside: Path) -> None:
    """Nothing is overwritten: other words under a name that is taken are kept beside it, numbered."""
    first = put(outside / "one" / "rivers.txt", BRIDGES)
    second = put(outside / "two" / "rivers.txt", OTHERS)
    done = add_files(folder, [first, second])
    assert done.added == ("rivers (2).txt", "rivers (3).txt")
    assert contents(folder) == {
        "rivers.txt": RIVERS.encode(), "rivers (2).txt": BRIDGES.encode(), "rivers (3).txt": OTHERS.encode(),
    }  # fmt: skip


def test_a_name_whose_correction_lies_there_is_taken(folder: Path, outside: Path) -> None:
    """A correction that waits for its file does not come to lie beside another one."""
    put(folder / "bridges.txt.toml", 'title = "Somebody else\'s"\n')
    assert add_files(folder, [put(outside / "bridges.txt", BRIDGES)]).added == ("bridges (2).txt",)


def test_what_is_there_already_is_told_and_not_doubled(folder: Path, outside: Path) -> None:
    """The same interview letter for letter is told with the name that it has, under whatever name it comes."""
    path = put(outside / "stream.txt", RIVERS)
    before = contents(folder)
    done = add_files(folder, [path])
    assert (done.added, done.already) == ((), (("stream.txt", "rivers.txt"),))
    assert contents(folder) == before


def test_the_same_path_twice_is_added_once(folder: Path, outside: Path) -> None:
    """A file that is named twice, or in its folder too, is one file."""
    path = put(outside / "bridges.txt", BRIDGES)
    done = add_files(folder, [path, path, outside])
    assert (done.added, done.already, done.problems) == (("bridges.txt",), (), ())


def test_a_folder_keeps_its_name_and_its_order(folder: Path, outside: Path) -> None:
    """What lies in a folder comes to lie in a folder of that name; hidden files and recordings stay where they are."""
    put(outside / "older" / "bridges.txt", BRIDGES)
    put(outside / "older" / "deep" / "songs.txt", OTHERS)
    put(outside / "older" / ".hidden.txt", "Ann: Hidden?\nBo: Yes.\n")
    put(outside / "older" / "songs.mp3", b"ID3")
    done = add_files(folder, [outside / "older"])
    assert done.added == ("older/bridges.txt", "older/deep/songs.txt")
    assert set(contents(folder)) == {"rivers.txt", "older/bridges.txt", "older/deep/songs.txt"}
    assert [problem.path.name for problem in done.problems] == ["songs.mp3"]


def test_a_correction_comes_with_its_file(folder: Path, outside: Path) -> None:
    """A sidecar of any name comes along under the name that only this file has."""
    path = put(outside / "bridges.txt", BRIDGES)
    put(outside / "interview.toml", 'title = "On bridges"\n')
    library, _ = opened(folder).add([path])
    assert library.interview("bridges.txt").title == "On bridges"
    assert (folder / "bridges.txt.toml").read_text() == 'title = "On bridges"\n'
    assert library.interview("rivers.txt").title != "On bridges"


@pytest.mark.parametrize(
    ("general", "new"), [("interview.toml", "bridges.txt"), ("rivers.toml", "rivers.md"), ("interview.toml", "b.zip")]
)
def test_a_correction_is_kept_when_another_interview_is_added(
    folder: Path, outside: Path, general: str, new: str
) -> None:
    """A sidecar that would not know any more whose it is gets the name that only its interview has."""
    put(folder / general, 'title = "On boats"\n')
    content = packed({"bridges.txt": BRIDGES}) if new.endswith(".zip") else BRIDGES
    library, done = opened(folder).add([put(outside / new, content)])
    assert (library.interview("rivers.txt").title, done.problems, library.problems) == ("On boats", (), ())
    assert set(contents(folder)) == {"rivers.txt", "rivers.txt.toml", new}


@pytest.mark.parametrize("sidecar", ["rivers.txt.toml", "rivers.toml", "pyproject.toml"])
def test_a_correction_that_still_fits_keeps_its_name(folder: Path, outside: Path, sidecar: str) -> None:
    """Adding an interview renames nothing that it does not touch."""
    put(folder / sidecar, 'title = "On boats"\n')
    add_files(folder, [put(outside / "bridges.txt", BRIDGES)])
    assert set(contents(folder)) == {"rivers.txt", sidecar, "bridges.txt"}


def test_a_correction_that_cannot_be_renamed_keeps_the_new_interview_out(folder: Path, outside: Path) -> None:
    """Rather than losing a correction, the interview is left out, and it is told why."""
    put(folder / "interview.toml", 'title = "On boats"\n')
    (folder / "rivers.txt.toml").mkdir()
    done = add_files(folder, [put(outside / "bridges.txt", BRIDGES)])
    assert (done.added, [problem.path for problem in done.problems]) == ((), [folder / "interview.toml"])
    assert set(contents(folder)) == {"rivers.txt", "interview.toml"}


def test_a_correction_that_is_nobodys_is_told_when_it_stays_behind(folder: Path, outside: Path) -> None:
    """Of a folder with two interviews and a sidecar that fits neither, the sidecar is named, once."""
    put(outside / "bridges.txt", BRIDGES)
    put(outside / "songs.txt", OTHERS)
    put(outside / "interview.toml", 'title = "Whose"\n')
    done = add_files(folder, [outside])
    assert [problem.path.name for problem in done.problems] == ["interview.toml"]
    assert len(done.added) == 2


def test_an_archive_stays_one_and_its_correction_comes_with_it(folder: Path, outside: Path) -> None:
    """An archive is copied as it is, its members answer, and what is corrected of them beside it holds."""
    path = put(outside / "talks.zip", packed({"a/bridges.txt": BRIDGES, "songs.txt": OTHERS}))
    put(outside / "talks.zip.toml", '[interviews."a/bridges.txt".speakers]\n"Cy" = "Cy Day"\n')
    library, done = opened(folder).add([path])
    assert done.added == ("talks.zip/a/bridges.txt", "talks.zip/songs.txt")
    assert (folder / "talks.zip").read_bytes() == path.read_bytes()
    assert library.interview("talks.zip/a/bridges.txt").interviewees == ("Cy Day",)


def test_an_archive_with_something_new_is_kept_and_the_rest_told(folder: Path, outside: Path) -> None:
    """Of an archive in which one interview is known, the other one is added."""
    path = put(outside / "talks.zip", packed({"bridges.txt": BRIDGES, "stream.txt": RIVERS}))
    done = add_files(folder, [path])
    assert done.added == ("talks.zip/bridges.txt",)
    assert done.already == (("talks.zip/stream.txt", "rivers.txt"),)
    assert add_files(folder, [put(outside / "again.zip", path.read_bytes())]).added == ()
    assert not (folder / "again.zip").exists()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("essay.txt", NO_ANSWER, "reads like an interview"),
        ("empty.txt", "", "empty"),
        ("song.mp3", "ID3", "recording"),
        ("bad.zip", "PK", "damaged"),
        (".hidden.txt", BRIDGES, "hidden"),
    ],
)
def test_what_is_no_interview_is_told_and_not_kept(
    folder: Path, outside: Path, name: str, content: str, reason: str
) -> None:
    """A file that cannot be read is refused with the reason; the files beside it are added."""
    bad, good = put(outside / name, content), put(outside / "bridges.txt", BRIDGES)
    done = add_files(folder, [bad, good])
    assert done.added == ("bridges.txt",)
    assert [reason in problem.reason for problem in done.problems] == [True]
    assert done.problems[0].path == bad
    assert set(contents(folder)) == {"rivers.txt", "bridges.txt"}


def test_a_path_that_is_not_there_is_told(folder: Path, outside: Path) -> None:
    """A slip in a path stops none of the others."""
    done = add_files(folder, [outside / "nowhere.txt", put(outside / "bridges.txt", BRIDGES)])
    assert done.added == ("bridges.txt",)
    assert [problem.path for problem in done.problems] == [outside / "nowhere.txt"]


def test_a_new_folder_is_made(tmp_path: Path, outside: Path) -> None:
    """A collection may begin with the first interview that is added."""
    library, done = Library.add_to(
        tmp_path / "new" / "talks",
        [put(outside / "bridges.txt", BRIDGES)],
        index=tmp_path / "index",
        embedder=LettersEmbedder(),
    )
    assert (done.added, names(library)) == (("bridges.txt",), ["bridges.txt"])


def test_a_new_folder_without_interviews_says_why(tmp_path: Path, outside: Path) -> None:
    """Where nothing that was to be added can be read, the error tells the reason of each file."""
    with pytest.raises(EmptyCollectionError) as caught:
        Library.add_to(tmp_path / "new", [put(outside / "essay.txt", NO_ANSWER)], embedder=LettersEmbedder())
    assert [problem.path.name for problem in caught.value.problems] == ["essay.txt"]


def test_nothing_is_added_to_a_single_file(folder: Path, outside: Path) -> None:
    """A collection of one file takes no others, and says so."""
    with pytest.raises(ChangeError, match="single file"):
        add_files(folder / "rivers.txt", [put(outside / "bridges.txt", BRIDGES)])


def test_a_copy_that_fails_leaves_nothing_behind(folder: Path, outside: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full, the file is told and no half of it lies in the collection."""

    def fill(source: Path, place: Path) -> None:
        place.write_bytes(source.read_bytes()[:10])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(shutil, "copyfile", fill)
    done = add_files(folder, [put(outside / "bridges.txt", BRIDGES)])
    assert ["No space left" in problem.reason for problem in done.problems] == [True]
    assert set(contents(folder)) == {"rivers.txt"}


def test_of_what_is_removed_no_trace_is_left_in_the_index(folder: Path) -> None:
    """Neither a word, a name, a heading nor the file's name stands in any file of the index, and nothing is found."""
    put(folder / "bridges.txt", BRIDGES)
    put(folder / "bridges.txt.toml", 'title = "On patience"\n[speakers]\n"Cy" = "Cyril Day"\n')
    library = opened(folder)
    before = on_disk(library.index_path)
    traces = ["I build bridges", "patience", "fell down", "Cyril Day", "bridges.txt", "On patience", "bridg"]
    assert [trace in before for trace in traces] == [True] * len(traces)
    left = library.remove("bridges.txt")
    assert left is not None
    after = on_disk(library.index_path)
    assert [trace in after for trace in traces] == [False] * len(traces)
    assert names(left) == ["rivers.txt"]
    assert {hit.source for hit in left.retrieve("bridges that fell down")} == {"rivers.txt"}
    assert "Cyril Day" not in left.speakers
    assert_same(left.index, opened(folder).index)
    assert not {"bridge", "bridges", "patience", "fell"} & set(left.index.vocabulary.words)
    with pytest.raises(UnknownNameError):
        left.ask("bridges", speakers=["Cyril Day"])


def test_what_is_removed_is_kept_aside_with_its_correction(folder: Path) -> None:
    """The file and its correction lie in ``.removed`` as they were, and are not looked at any more."""
    put(folder / "older" / "bridges.txt", BRIDGES)
    put(folder / "older" / "bridges.toml", 'title = "On bridges"\n')
    opened(folder).remove("older/bridges.txt")
    assert contents(folder) == {
        "rivers.txt": RIVERS.encode(),
        f"{REMOVED}/older/bridges.txt": BRIDGES.encode(),
        f"{REMOVED}/older/bridges.txt.toml": b'title = "On bridges"\n',
    }
    assert names(opened(folder)) == ["rivers.txt"]


def test_two_of_one_name_are_both_kept_aside(folder: Path, outside: Path) -> None:
    """What was removed before is not overwritten by what is removed now."""
    for content in (BRIDGES, OTHERS):
        library, _ = opened(folder).add([put(outside / "talk.txt", content)])
        library.remove("talk.txt")
    assert contents(folder / REMOVED) == {"talk.txt": BRIDGES.encode(), "talk (2).txt": OTHERS.encode()}


def test_what_was_removed_can_be_added_again(folder: Path) -> None:
    """Taking an interview back needs no more than adding it from where it is kept."""
    put(folder / "bridges.txt", BRIDGES)
    left = opened(folder).remove("bridges.txt")
    assert left is not None
    again, done = left.add([folder / REMOVED / "bridges.txt"])
    assert (done.added, names(again)) == (("bridges.txt",), ["bridges.txt", "rivers.txt"])


def test_removing_the_last_interview_leaves_no_index(folder: Path) -> None:
    """With the last interview the whole index goes, and a later start builds a new one."""
    library = opened(folder)
    assert library.remove("rivers.txt") is None
    assert not [path for path in library.index_path.iterdir() if path.suffix in (".json", ".npz", ".faiss")]
    put(folder / "bridges.txt", BRIDGES)
    assert names(opened(folder)) == ["bridges.txt"]


@pytest.mark.parametrize("name", ["talks.zip/bridges.txt", "rivers.txt"])
def test_what_cannot_be_removed_stays(folder: Path, name: str) -> None:
    """A member of an archive, and a collection that is one file, are refused, and nothing is changed."""
    put(folder / "talks.zip", packed({"bridges.txt": BRIDGES}))
    before = contents(folder)
    path = folder if "/" in name else folder / name
    library = Library.open(path, index=folder.with_name("index"), embedder=LettersEmbedder())
    with pytest.raises(ChangeError) as caught:
        library.remove(name)
    assert caught.value.remedy.endswith(".")
    assert contents(folder) == before
    assert name in names(library)


def test_a_name_that_is_not_there_is_told(folder: Path) -> None:
    """Removing what is not there is an error that lists what is."""
    with pytest.raises(UnknownNameError, match=r"rivers\.txt"):
        opened(folder).remove("bridges.txt")


def test_a_file_that_went_away_meanwhile_is_told(folder: Path) -> None:
    """Removing an interview whose file is gone is an error with what to do, and the others stay."""
    put(folder / "bridges.txt", BRIDGES)
    library = opened(folder)
    (folder / "bridges.txt").unlink()
    with pytest.raises(ReadError, match="the file is gone"):
        library.remove("bridges.txt")
    assert json.loads((library.index_path / MANIFEST).read_text())["sources"].keys() == {"bridges.txt", "rivers.txt"}

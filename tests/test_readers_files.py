"""Finding the files of a collection: in folders and archives, without following a path out or a bomb to its end."""

import io
import os
import stat
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import EmptyCollectionError, ReadError
from rag.readers import archives, files
from rag.readers.files import File, find_files

SAID = b"Ana: Where to?\nBen: Out to sea.\n"


def put(folder: Path, *names: str, content: bytes = SAID) -> None:
    """Files of this content below a folder."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def packed(**members: bytes) -> bytes:
    """An archive; in the names of members two underscores stand for a point, and three for a slash."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("___", "/").replace("__", "."), content)
    return buffer.getvalue()


def zipped(names: list[str], content: bytes = SAID) -> bytes:
    """An archive with members of these very names."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), content)
    return buffer.getvalue()


def names_of(path: Path) -> list[str]:
    """The names of what was found, when nothing was wrong with it."""
    found, problems = find_files(path)
    assert problems == []
    return [file.name for file in found]


def reasons(problems: list[ReadError]) -> list[str]:
    """Why files were refused."""
    return [problem.reason for problem in problems]


def test_files_of_any_depth_are_found_in_the_order_of_their_names(tmp_path: Path) -> None:
    """Names are paths below the folder with forward slashes, and each file's content is its own."""
    put(tmp_path, "b.txt", "a/z.txt", "a/b/c/d.md")
    put(tmp_path, "a/other.txt", content=b"Other words.")
    found, problems = find_files(tmp_path)
    assert ([file.name for file in found], problems) == (["a/b/c/d.md", "a/other.txt", "a/z.txt", "b.txt"], [])
    assert [file.content() for file in found] == [SAID, b"Other words.", SAID, SAID]


def test_one_file_is_a_collection(tmp_path: Path) -> None:
    """A path to a file is the collection of that file, called by its name."""
    put(tmp_path, "talk.txt")
    assert find_files(tmp_path / "talk.txt") == ([File("talk.txt", tmp_path / "talk.txt")], [])


@pytest.mark.parametrize(("name", "reason"), [("missing", "no such"), ("empty", "holds no files")])
def test_a_missing_or_empty_folder_is_named(tmp_path: Path, name: str, reason: str) -> None:
    """Where there is nothing, the error names the folder and says what to do."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(EmptyCollectionError, match=reason) as caught:
        find_files(tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)


def test_an_empty_archive_is_named(tmp_path: Path) -> None:
    """An archive without files is as empty as a folder without files."""
    put(tmp_path, "talks.zip", content=packed())
    with pytest.raises(EmptyCollectionError, match="archive holds no files"):
        find_files(tmp_path / "talks.zip")


def test_what_is_plainly_no_interview_is_passed_over(tmp_path: Path) -> None:
    """Hidden files, what systems and offices leave behind, and notes about interviews are no problem to report."""
    put(tmp_path, "talk.txt", ".hidden.txt", ".git/config.txt", "a/.DS_Store", "Thumbs.db", "Desktop.ini")
    put(tmp_path, "~$talk.docx", "talk.toml", "__MACOSX/a/._talk.txt")
    assert names_of(tmp_path) == ["talk.txt"]
    put(
        tmp_path,
        "all.zip",
        content=zipped(["t.txt", ".h.txt", "__MACOSX/._t.txt", "a/Thumbs.db", "~$t.docx", "t.toml"]),
    )
    assert names_of(tmp_path / "all.zip") == ["all.zip/t.txt"]


def test_a_collection_below_a_hidden_folder_is_visible(tmp_path: Path) -> None:
    """Only what is hidden within the collection is passed over, not the collection itself."""
    put(tmp_path, ".cache/talks/a.txt")
    assert names_of(tmp_path / ".cache" / "talks") == ["a.txt"]


@pytest.mark.parametrize("beside", ["talk.txt", "Talk.en.vtt", "talk.mp3.json"])
def test_a_recording_beside_its_transcript_is_passed_over(tmp_path: Path, beside: str) -> None:
    """Recordings and pictures that belong to an interview are no problem."""
    put(tmp_path, f"a/{beside}", "a/talk.mp3", "a/talk.JPG")
    assert names_of(tmp_path) == [f"a/{beside}"]


def test_pictures_among_interviews_are_passed_over(tmp_path: Path) -> None:
    """A cover is no interview and nobody takes it for one, in a folder as in an archive."""
    put(tmp_path, "talk.txt", "cover.jpg", "a/logo.PNG")
    assert names_of(tmp_path) == ["talk.txt"]
    put(tmp_path, "all.zip", content=zipped(["t.txt", "cover.jpg"]))
    assert names_of(tmp_path / "all.zip") == ["all.zip/t.txt"]


@pytest.mark.parametrize("name", ["page.jpg", "song.mp3"])
def test_pictures_and_recordings_without_any_interview_are_refused(tmp_path: Path, name: str) -> None:
    """Where there is nothing else, they are what was meant, so it is told that they cannot be read."""
    put(tmp_path, name)
    for path in (tmp_path, tmp_path / name):
        found, problems = find_files(path)
        assert (found, [(problem.path, isinstance(problem, Warning)) for problem in problems]) == (
            [], [(tmp_path / name, False)],
        )  # fmt: skip


def test_a_recording_alone_is_named(tmp_path: Path) -> None:
    """A recording without a transcript of its name in its folder is told with the way out; it is only a note."""
    name, reason = "talk.mp3", "is a recording"
    put(tmp_path, f"a/{name}", "b/talk.txt", "a/talks.txt")
    found, problems = find_files(tmp_path)
    assert [file.name for file in found] == ["a/talks.txt", "b/talk.txt"]
    assert [(problem.path, reason in problem.reason) for problem in problems] == [(tmp_path / "a" / name, True)]
    assert isinstance(problems[0], Warning)


@pytest.mark.parametrize(
    ("name", "reason", "remedy"),
    [
        ("talk.doc", "document", ".docx"),
        ("talk.RTF", "document", ".docx"),
        ("talk.xlsx", "spreadsheet", ".csv"),
        ("talk.rar", "archive", ".zip"),
    ],
)
def test_a_kind_that_is_not_understood_is_named_with_the_kind_to_save_it_as(
    tmp_path: Path, name: str, reason: str, remedy: str
) -> None:
    """Documents, tables and archives of other programs are told even beside an interview of the same name."""
    put(tmp_path, name, "talk.txt")
    found, problems = find_files(tmp_path)
    assert [file.name for file in found] == ["talk.txt"]
    assert [problem.path for problem in problems] == [tmp_path / name]
    assert reason in problems[0].reason
    assert remedy in problems[0].remedy


def test_members_of_archives_are_files(tmp_path: Path) -> None:
    """Archives are looked into wherever they lie, and within one another; each member's content is its own."""
    inner = packed(**{"deep___c__txt": b"C", "d__txt": b"D"})
    put(tmp_path, "a/talks.ZIP", content=packed(**{"inner__zip": inner, "b__txt": b"B"}))
    put(tmp_path, "e.txt", content=b"E")
    found, problems = find_files(tmp_path)
    assert problems == []
    assert {file.name: file.content() for file in found} == {
        "a/talks.ZIP/b.txt": b"B",
        "a/talks.ZIP/inner.zip/d.txt": b"D",
        "a/talks.ZIP/inner.zip/deep/c.txt": b"C",
        "e.txt": b"E",
    }
    assert [file.name for file in found] == sorted(file.name for file in found)
    assert found[2].path == tmp_path / "a/talks.ZIP/inner.zip/deep/c.txt"


def test_archives_are_looked_into_three_deep(tmp_path: Path) -> None:
    """An archive in an archive in an archive is read; one more is refused, and its neighbours are not."""
    content = packed(last__txt=b"last")
    for depth in (4, 3, 2):
        content = packed(**{f"n{depth}__zip": content, f"t{depth}__txt": b"beside"})
    put(tmp_path, "n1.zip", content=content)
    found, problems = find_files(tmp_path)
    assert [file.name for file in found] == ["n1.zip/n2.zip/n3.zip/t4.txt", "n1.zip/n2.zip/t3.txt", "n1.zip/t2.txt"]
    assert ["more than 3 deep" in reason for reason in reasons(problems)] == [True]


@pytest.mark.parametrize(
    "name",
    ["../evil.txt", "a/../../evil.txt", "/etc/evil.txt", "C:\\evil.txt", "c:evil.txt", "..\\evil.txt", "\\\\h\\e.txt"],
)
def test_a_path_that_leads_out_is_refused(tmp_path: Path, name: str) -> None:
    """A member whose name leads out of the archive is refused by name, and the rest is read."""
    put(tmp_path, "talks.zip", content=zipped([name, "good.txt"]))
    found, problems = find_files(tmp_path)
    assert [file.name for file in found] == ["talks.zip/good.txt"]
    assert ["leads out" in reason for reason in reasons(problems)] == [True]


def test_a_link_in_an_archive_is_refused(tmp_path: Path) -> None:
    """What is only a link in an archive is not taken for an interview."""
    link = zipfile.ZipInfo("link.txt")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(link, "/etc/passwd")
        archive.writestr("good.txt", SAID)
    put(tmp_path, "talks.zip", content=buffer.getvalue())
    found, problems = find_files(tmp_path)
    assert ([file.name for file in found], len(problems)) == (["talks.zip/good.txt"], 1)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_the_second_member_of_a_name_is_refused(tmp_path: Path) -> None:
    """Of two members with one name (after slashes are made alike) the first is read, and the second is a problem."""
    put(tmp_path, "talks.zip", content=zipped(["a/t.txt", "a/t.txt", "./a//t.txt"]))
    found, problems = find_files(tmp_path)
    assert [file.name for file in found] == ["talks.zip/a/t.txt"]
    assert ["two files of this name" in reason for reason in reasons(problems)] == [True, True]


def test_names_that_were_packed_without_saying_utf8_are_read(tmp_path: Path) -> None:
    """Packers that write UTF-8 without saying so give the names that a person sees."""
    content = zipped(["Gespräch.txt"])
    flagged = content.replace(struct.pack("<H", 0x800), struct.pack("<H", 0))
    put(tmp_path, "talks.zip", content=flagged)
    assert names_of(tmp_path) == ["talks.zip/Gespräch.txt"]


def test_a_name_that_cannot_be_shown_is_refused(tmp_path: Path) -> None:
    """A name with control characters is told in plain letters, and the others are read."""
    put(tmp_path, "talks.zip", content=zipped(["a\nb.txt", "good.txt"]))
    found, problems = find_files(tmp_path)
    assert [file.name for file in found] == ["talks.zip/good.txt"]
    assert [str(problem).isprintable() for problem in problems] == [True]


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive", packed(a__txt=SAID)[:-30]])
def test_a_damaged_archive_is_named(tmp_path: Path, content: bytes) -> None:
    """What is no archive, or half of one, is refused by name; other files are read."""
    put(tmp_path, "bad.zip", content=content)
    put(tmp_path, "good.txt")
    found, problems = find_files(tmp_path)
    assert [file.name for file in found] == ["good.txt"]
    assert [problem.path for problem in problems] == [tmp_path / "bad.zip"]


def test_a_member_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    """Where an archive's list is whole but its beginning is missing, the members say so."""
    put(tmp_path, "talks.zip", content=packed(a__txt=SAID)[30:])
    (file,), _ = find_files(tmp_path)
    with pytest.raises(ReadError, match="damaged") as caught:
        file.content()
    assert caught.value.path == tmp_path / "talks.zip/a.txt"


@given(st.binary(max_size=200), st.integers(0, 300), st.integers(0, 255))
def test_any_archive_is_read_or_refused(noise: bytes, at: int, byte: int) -> None:
    """However an archive is damaged, every member is its true bytes or a ReadError, and nothing else happens."""
    whole = packed(**{"a__txt": SAID, "b___c__txt": SAID * 3})
    for content in (noise, b"PK\x03\x04" + noise, whole[:at] + bytes([byte]) + whole[at + 1 :], whole[:at] + noise):
        try:
            members = archives.list_members(io.BytesIO(content), Path("x.zip"))
        except ReadError:
            continue
        for member in members:
            try:
                assert archives.unpack(io.BytesIO(content), member, Path("x"), 1000) in (SAID, SAID * 3, b"")
            except ReadError:
                continue


def test_a_locked_member_is_refused(tmp_path: Path) -> None:
    """A member with a password says so when its content is asked for."""
    content = bytearray(packed(a__txt=SAID))
    directory = content.index(b"PK\x01\x02")
    content[6] |= 1
    content[directory + 8] |= 1
    put(tmp_path, "talks.zip", content=bytes(content))
    (file,), _ = find_files(tmp_path)
    with pytest.raises(ReadError, match="password"):
        file.content()


@pytest.mark.parametrize("declared", [len(SAID) * 1000 - 1, len(SAID) * 1000 + 1, 10])
def test_a_member_that_is_not_what_it_declares_is_refused(tmp_path: Path, declared: int) -> None:
    """What unpacks to more or to less than it declares is damaged, and no more than declared is unpacked."""
    content = bytearray(packed(a__txt=SAID * 1000))
    directory = content.index(b"PK\x01\x02")
    struct.pack_into("<I", content, directory + 24, declared)
    put(tmp_path, "talks.zip", content=bytes(content))
    (file,), _ = find_files(tmp_path)
    with pytest.raises(ReadError, match="not those declared"):
        file.content()


def test_a_member_packed_in_another_way_is_refused(tmp_path: Path) -> None:
    """Only what can be unpacked piece by piece is (a few bytes of bzip2 can hold gigabytes)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a.txt", SAID)
    put(tmp_path, "talks.zip", content=buffer.getvalue())
    (file,), _ = find_files(tmp_path)
    with pytest.raises(ReadError, match="not understood"):
        file.content()


def test_a_bomb_is_refused_unpacked_by_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive that unpacks to hundreds of times its size is refused by its list alone."""
    monkeypatch.setattr(zlib, "decompressobj", lambda *_: pytest.fail("a bomb was unpacked"))
    put(tmp_path, "bomb.zip", content=packed(a__txt=bytes(archives.STEEP_FROM + 1)))
    put(tmp_path, "small.zip", content=packed(a__txt=bytes(archives.STEEP_FROM // 10)))
    found, problems = find_files(tmp_path)
    assert [file.name for file in found] == ["small.zip/a.txt"]
    assert [(problem.path.name, "times its size" in problem.reason) for problem in problems] == [("bomb.zip", True)]


def test_a_bomb_in_an_archive_is_refused_alone(tmp_path: Path) -> None:
    """The archive around a bomb is read."""
    bomb = packed(a__txt=bytes(archives.STEEP_FROM + 1))
    put(tmp_path, "talks.zip", content=packed(**{"bomb__zip": bomb, "good__txt": SAID}))
    found, problems = find_files(tmp_path)
    assert [file.name for file in found] == ["talks.zip/good.txt"]
    assert [problem.path for problem in problems] == [tmp_path / "talks.zip/bomb.zip"]


@pytest.mark.parametrize(
    ("limit", "at_most", "reason"),
    [("MOST_MEMBERS", 3, "more than 3 files"), ("LARGEST_TOTAL", 300, "unpacks to more")],
)
def test_an_archive_of_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, at_most: int, reason: str
) -> None:
    """Members and unpacked bytes are counted over an archive and all those within it."""
    monkeypatch.setattr(files, limit, at_most)
    inner = packed(c__txt=SAID, d__txt=SAID)
    put(tmp_path, "many.zip", content=packed(**{"a__txt": SAID, "inner__zip": inner}))
    put(tmp_path, "few.zip", content=packed(a__txt=SAID))
    found, problems = find_files(tmp_path)
    assert [file.name for file in found] == ["few.zip/a.txt", "many.zip/a.txt"]
    assert [(problem.path.name, reason in problem.reason) for problem in problems] == [("inner.zip", True)]


def test_an_endless_list_of_members_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of members that is far too long is not even read."""
    monkeypatch.setattr(archives, "LARGEST_DIRECTORY", 2000)
    put(tmp_path, "talks.zip", content=zipped([f"{number:0100}.txt" for number in range(30)]))
    _, problems = find_files(tmp_path)
    assert ["far too many" in reason for reason in reasons(problems)] == [True]


@pytest.mark.parametrize("name", ["talk.txt", "talks.zip"])
def test_a_huge_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """A file, or a member, that is far too large for an interview is told to be split."""
    monkeypatch.setattr(files, "LARGEST_FILE", 10)
    put(tmp_path, name, content=SAID if name == "talk.txt" else packed(a__txt=SAID))
    (file,), _ = find_files(tmp_path)
    with pytest.raises(ReadError, match="larger") as caught:
        file.content()
    assert "Split" in caught.value.remedy


def test_a_file_that_went_away_is_named(tmp_path: Path) -> None:
    """A file or an archive that is gone when it is read gives an error, not a stack trace."""
    put(tmp_path, "t.txt")
    put(tmp_path, "z.zip", content=packed(**{"a__txt": SAID, "b__zip": packed(c__txt=SAID)}))
    found, _ = find_files(tmp_path)
    (tmp_path / "t.txt").unlink()
    (tmp_path / "z.zip").unlink()
    for file in found:
        with pytest.raises(ReadError, match="cannot be read") as caught:
            file.content()
        assert caught.value.path == file.path


def test_an_archive_that_changed_is_read_anew(tmp_path: Path) -> None:
    """What an archive within an archive held before is not given for what it holds now."""
    for said in (b"first", b"other"):
        put(tmp_path, "z.zip", content=packed(b__zip=packed(c__txt=said)))
        os.utime(tmp_path / "z.zip", ns=(said[0], said[0]))
        (file,), _ = find_files(tmp_path)
        assert file.content() == said


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_links_are_followed_to_files_only(tmp_path: Path) -> None:
    """A linked file is read; linked folders are not followed, round or out, and only those that lead out are told."""
    put(tmp_path, "talks/a.txt", "outside/b.txt", "outside/c/d.txt")
    talks = tmp_path / "talks"
    (talks / "round").symlink_to(talks, target_is_directory=True)
    (talks / "out").symlink_to(tmp_path / "outside" / "c", target_is_directory=True)
    (talks / "b.txt").symlink_to(tmp_path / "outside" / "b.txt")
    (talks / "self.txt").symlink_to(talks / "self.txt")
    (talks / "gone.txt").symlink_to(talks / "nowhere.txt")
    found, problems = find_files(talks)
    assert [file.name for file in found] == ["a.txt", "b.txt"]
    assert [problem.path.name for problem in problems] == ["gone.txt", "out", "self.txt"]


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without permission is a problem (also for tests run as root); the others are read."""
    put(tmp_path, "a/t.txt", "locked/t.txt")

    def refuse(folder: Path) -> object:
        if folder.name == "locked":
            raise PermissionError(13, "Permission denied", str(folder))
        return os.scandir(folder)

    monkeypatch.setattr(files, "scandir", refuse)
    found, problems = find_files(tmp_path)
    assert [file.name for file in found] == ["a/t.txt"]
    assert [problem.path for problem in problems] == [tmp_path / "locked"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes on this system")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """What is neither a file nor a folder is named, and never opened."""
    put(tmp_path, "t.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    found, problems = find_files(tmp_path)
    assert [file.name for file in found] == ["t.txt"]
    assert [problem.path.name for problem in problems] == ["pipe.txt"]

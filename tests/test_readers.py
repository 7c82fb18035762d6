"""From bytes to sources: encodings, hashes, and errors that name the file and what to do."""

import codecs
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import EmptyCollectionError, ReadError
from rag.readers import SUFFIXES, find_files, plain, read
from rag.readers.plain import decode

SAID = "Ana: “Où vas-tu ?”\nBen: À la mer – là-bas.\n"


def written(folder: Path, content: bytes, name: str = "talk.txt") -> Path:
    """A file with this content."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    "content",
    [
        SAID.encode(),
        codecs.BOM_UTF8 + SAID.encode(),
        codecs.BOM_UTF16_LE + SAID.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SAID.encode("utf-16-be"),
        SAID.encode("windows-1252"),
    ],
    ids=["utf-8", "utf-8 with mark", "utf-16 little", "utf-16 big", "windows-1252"],
)
def test_the_text_is_the_same_in_every_encoding(tmp_path: Path, content: bytes) -> None:
    """However a text was saved, it is read the same, and a byte-order mark is no character of it."""
    assert read("talk.txt", written(tmp_path, content)).text == SAID


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])).filter(lambda text: not text.startswith("\ufeff")))
def test_utf8_is_read_as_it_was_written(text: str) -> None:
    """No character of a UTF-8 file is lost or changed."""
    assert decode(text.encode(), Path("talk.txt")) == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_are_kept(tmp_path: Path, end: str) -> None:
    """Line ends stay as they are, so that offsets count the file's own characters."""
    text = f"Ana: Hi?{end}{end}Ben: Hi.{end}"
    assert read("talk.txt", written(tmp_path, text.encode())).text == text


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    """The same words in other bytes are another file, and so have another hash."""
    marked = codecs.BOM_UTF8 + SAID.encode()
    plain_source = read("talk.txt", written(tmp_path, SAID.encode()))
    marked_source = read("talk.txt", written(tmp_path, marked, "marked.txt"))
    assert marked_source.sha256 == hashlib.sha256(marked).hexdigest()
    assert plain_source.sha256 == hashlib.sha256(SAID.encode()).hexdigest() != marked_source.sha256


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "empty"),
        (codecs.BOM_UTF8, "empty"),
        (bytes(range(256)), "not text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not text"),
        (SAID.encode("utf-16-le"), "not text"),
        (codecs.BOM_UTF32_LE + SAID.encode("utf-32-le"), "not text"),
        (codecs.BOM_UTF16_LE + b"\x00", "not text"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes, reason: str) -> None:
    """An empty or binary file gives an error that names the file, the reason and the remedy."""
    path = written(tmp_path, content)
    with pytest.raises(ReadError, match=reason) as caught:
        read("talk.txt", path)
    assert caught.value.path == path
    assert str(path) in str(caught.value)
    assert caught.value.remedy in str(caught.value)
    assert caught.value.remedy.endswith(".")


def test_a_stray_control_character_in_a_long_text_is_no_binary(tmp_path: Path) -> None:
    """One odd character in a long transcript does not make it unreadable."""
    text = SAID * 50 + "\x0b\x02\n"
    assert read("talk.txt", written(tmp_path, text.encode())).text == text


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where permission is missing (also for tests run as root), the error names the file and the remedy."""
    path = written(tmp_path, SAID.encode())

    def refuse(self: Path) -> bytes:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(ReadError, match="Permission denied") as caught:
        read("talk.txt", path)
    assert str(path) in str(caught.value)
    assert "permissions" in caught.value.remedy


def test_a_file_that_went_away_is_named(tmp_path: Path) -> None:
    """A file that is gone when it is read gives an error, not a stack trace."""
    with pytest.raises(ReadError, match=r"gone\.txt"):
        read("gone.txt", tmp_path / "gone.txt")


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is far too large for an interview is refused by its size, and told to be split."""
    monkeypatch.setattr(plain, "LARGEST_FILE", 10)
    with pytest.raises(ReadError, match="larger") as caught:
        read("talk.txt", written(tmp_path, SAID.encode()))
    assert "Split" in caught.value.remedy


@pytest.mark.parametrize("name", ["talk.xyz", "talk"])
def test_a_file_of_an_unknown_kind_is_refused(tmp_path: Path, name: str) -> None:
    """What is not understood is refused by name, with the kinds that are."""
    path = written(tmp_path, SAID.encode(), name)
    with pytest.raises(ReadError) as caught:
        read(name, path)
    assert str(path) in str(caught.value)
    assert all(suffix in caught.value.remedy for suffix in SUFFIXES)


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    """``TALK.TXT`` is a text file."""
    assert read("TALK.TXT", written(tmp_path, SAID.encode(), "TALK.TXT")).text == SAID


def test_files_are_found_in_folders_in_name_order(tmp_path: Path) -> None:
    """Names are paths below the folder, with forward slashes, in order; hidden files and folders are passed over."""
    for name in ("b.txt", "a/z.txt", "a/b/c.md", ".hidden.txt", ".git/config.txt", "a/.DS_Store"):
        written(tmp_path, SAID.encode(), name)
    assert [name for name, _ in find_files(tmp_path)] == ["a/b/c.md", "a/z.txt", "b.txt"]
    assert all(path == tmp_path / name for name, path in find_files(tmp_path))


def test_a_collection_below_a_hidden_folder_is_visible(tmp_path: Path) -> None:
    """Only what is hidden within the collection is passed over, not the collection itself."""
    written(tmp_path, SAID.encode(), ".cache/talks/a.txt")
    assert [name for name, _ in find_files(tmp_path / ".cache" / "talks")] == ["a.txt"]


def test_one_file_is_a_collection(tmp_path: Path) -> None:
    """A path to a file is the collection of that file, called by its name."""
    path = written(tmp_path, SAID.encode())
    assert find_files(path) == [("talk.txt", path)]


@pytest.mark.parametrize(("name", "reason"), [("missing", "no such"), ("empty", "holds no files")])
def test_a_missing_or_empty_folder_is_named(tmp_path: Path, name: str, reason: str) -> None:
    """Where there is nothing, the error names the folder and says what to do."""
    (tmp_path / "empty").mkdir()
    with pytest.raises(EmptyCollectionError, match=reason) as caught:
        find_files(tmp_path / name)
    assert str(tmp_path / name) in str(caught.value)
    assert caught.value.remedy in str(caught.value)

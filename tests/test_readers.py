"""From bytes to sources: encodings, hashes, and errors that name the file and what to do."""

import codecs
import hashlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import readers
from rag.errors import ReadError
from rag.readers import SUFFIXES, File, files, read
from rag.readers.plain import decode

SAID = "Ana: “Où vas-tu ?”\nBen: À la mer – là-bas.\n"


def written(folder: Path, content: bytes, name: str = "talk.txt") -> File:
    """A file of a collection with this content."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return File(name, path)


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
    assert read(written(tmp_path, content)).text == SAID


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])).filter(lambda text: not text.startswith("\ufeff")))
def test_utf8_is_read_as_it_was_written(text: str) -> None:
    """No character of a UTF-8 file is lost or changed."""
    assert decode(text.encode(), Path("talk.txt")) == text


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_are_kept(tmp_path: Path, end: str) -> None:
    """Line ends stay as they are, so that offsets count the file's own characters."""
    text = f"Ana: Hi?{end}{end}Ben: Hi.{end}"
    assert read(written(tmp_path, text.encode())).text == text


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    """The same words in other bytes are another file, and so have another hash."""
    marked = codecs.BOM_UTF8 + SAID.encode()
    plain_source = read(written(tmp_path, SAID.encode()))
    marked_source = read(written(tmp_path, marked, "marked.txt"))
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
    file = written(tmp_path, content)
    with pytest.raises(ReadError, match=reason) as caught:
        read(file)
    assert caught.value.path == file.path
    assert str(file.path) in str(caught.value)
    assert caught.value.remedy in str(caught.value)
    assert caught.value.remedy.endswith(".")


def test_a_stray_control_character_in_a_long_text_is_no_binary(tmp_path: Path) -> None:
    """One odd character in a long transcript does not make it unreadable."""
    text = SAID * 50 + "\x0b\x02\n"
    assert read(written(tmp_path, text.encode())).text == text


def test_a_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where permission is missing (also for tests run as root), the error names the file and the remedy."""
    file = written(tmp_path, SAID.encode())

    def refuse(self: Path, mode: str) -> object:
        raise PermissionError(13, "Permission denied", str(self), mode)

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ReadError, match="Permission denied") as caught:
        read(file)
    assert str(file.path) in str(caught.value)
    assert "permissions" in caught.value.remedy


def test_a_file_that_went_away_is_named(tmp_path: Path) -> None:
    """A file that is gone when it is read gives an error, not a stack trace."""
    with pytest.raises(ReadError, match=r"gone\.txt"):
        read(File("gone.txt", tmp_path / "gone.txt"))


def test_a_huge_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is far too large for an interview is refused by its size, and told to be split."""
    monkeypatch.setattr(files, "LARGEST_FILE", 10)
    with pytest.raises(ReadError, match="larger") as caught:
        read(written(tmp_path, SAID.encode()))
    assert "Split" in caught.value.remedy


def test_a_text_that_is_far_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no interview can be as long as is told to be split, before anybody looks for speakers in it."""
    monkeypatch.setattr(readers, "LONGEST_TEXT", len(SAID))
    assert read(written(tmp_path, SAID.encode())).text == SAID
    with pytest.raises(ReadError, match="far too many") as caught:
        read(written(tmp_path, f"{SAID}.".encode()))
    assert "Split" in caught.value.remedy


@pytest.mark.parametrize("name", ["talk.xyz", "talk"])
def test_a_file_of_an_unknown_kind_is_refused(tmp_path: Path, name: str) -> None:
    """What is not understood is refused by name, with the kinds that are."""
    file = written(tmp_path, SAID.encode(), name)
    with pytest.raises(ReadError) as caught:
        read(file)
    assert str(file.path) in str(caught.value)
    assert all(suffix in caught.value.remedy for suffix in SUFFIXES)


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    """``TALK.TXT`` is a text file."""
    assert read(written(tmp_path, SAID.encode(), "TALK.TXT")).text == SAID


def packed(part: str) -> bytes:
    """An archive that holds one file."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr(part, "words")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("talk.docx", b"%PDF-1.4 ...", ".pdf"),
        ("talk.docx", b"<!DOCTYPE html><p>Ana: Hi.", ".html"),
        ("talk.docx", packed("talk.txt"), ".zip"),
        ("talk.odt", packed("word/document.xml"), ".docx"),
        ("talk.docx", packed("content.xml"), ".odt"),
        ("talk.txt", packed("word/document.xml"), ".docx"),
        ("talk.json", b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi.\n", ".vtt"),
    ],
)
def test_a_file_that_is_something_else_is_told_as_what_it_is(
    tmp_path: Path, name: str, content: bytes, kind: str
) -> None:
    """A document under a wrong ending is refused with the ending that it should have."""
    with pytest.raises(ReadError, match=f"but a {kind} file by its content") as caught:
        read(written(tmp_path, content, name))
    assert caught.value.remedy == f"Give it a name that ends in {kind}."


def test_a_recording_under_a_wrong_ending_is_told_with_what_is_understood(tmp_path: Path) -> None:
    """What is no text under any name is told as what it is, with the kinds that can be read."""
    with pytest.raises(ReadError, match=r"but a \.ogg file") as caught:
        read(written(tmp_path, b"OggS" + bytes(100)))
    assert "Save the interview as" in caught.value.remedy


def test_a_damaged_document_is_told_as_damaged(tmp_path: Path) -> None:
    """A document under its right ending keeps the reader's own reason."""
    with pytest.raises(ReadError, match="damaged"):
        read(written(tmp_path, b"%PDF-1.4 ...", "talk.pdf"))
    with pytest.raises(ReadError, match="Word 2003"):
        read(written(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "talk.docx"))

"""Where corrections are kept: three places beside an interview, inside and beside archives; faults name the file."""

import io
import os
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.collection import look_up
from rag.corrections import ROLES, Correction
from rag.errors import ChangeError, ReadError
from rag.library import examine
from rag.readers import File, find_files
from rag.records import Interview
from rag.sidecars import LARGEST, LONGEST_LINE, Sidecar, Sidecars, write_correction
from tests.small import BRIDGES, RIVERS

To = TypeVar("To", bound=str)

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters=TURNING)
LINES = st.text(LETTERS, max_size=20).map(str.strip)
NAMES = LINES.filter(bool)
CORRECTIONS = st.builds(
    Correction,
    title=LINES,
    date=LINES,
    link=st.sampled_from(["", "https://a.b/c?d=e"]),
    recording=LINES,
    speakers=st.dictionaries(NAMES, NAMES, max_size=3).map(lambda table: unlike(table)),
    roles=st.dictionaries(NAMES, st.sampled_from(ROLES), max_size=3).map(lambda table: unlike(table)),
)


def unlike(table: Mapping[str, To]) -> tuple[tuple[str, To], ...]:
    """The entries of a table without those whose names differ in their case alone."""
    return tuple({name.casefold(): (name, to) for name, to in table.items()}.values())


def put(path: Path, content: str | bytes) -> Path:
    """A file with this content."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def packed(members: dict[str, str | bytes]) -> bytes:
    """An archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def titles(path: Path) -> dict[str, str]:
    """The title of every interview at a path; that of a correction, where there is one."""
    return {read.source.name: read.title for read in examine(path) if isinstance(read, Interview)}


def recordings(path: Path) -> list[str]:
    """Where the recordings of the interviews at a path are said to be."""
    return [read.recording for read in examine(path) if isinstance(read, Interview)]


def problems(path: Path) -> list[ReadError]:
    """What is wrong at a path."""
    return [read for read in examine(path) if isinstance(read, ReadError)]


def only_file(path: Path) -> File:
    """The one interview's file at a path."""
    (file,) = find_files(path)[0]
    return file


@pytest.mark.parametrize("name", ["talk.txt.toml", "talk.toml", "interview.toml"])
def test_all_three_places_are_read(tmp_path: Path, name: str) -> None:
    """A correction may be called after its file, after its file without ending, or just interview."""
    put(tmp_path / "talk.txt", RIVERS)
    put(tmp_path / name, 'title = "Here"\n')
    assert titles(tmp_path) == {"talk.txt": "Here"}
    assert Sidecars().place(only_file(tmp_path)) == Sidecar(tmp_path / name)


def test_the_most_particular_place_counts(tmp_path: Path) -> None:
    """Of several corrections the one is read that is called most like its file."""
    put(tmp_path / "talk.txt", RIVERS)
    for name in ("interview.toml", "talk.toml", "talk.txt.toml"):
        put(tmp_path / name, f'title = "{name}"\n')
        assert titles(tmp_path) == {"talk.txt": name}


def test_a_place_that_could_be_anothers_is_nobodys(tmp_path: Path) -> None:
    """With two files called talk, ``talk.toml`` is neither's; with two interviews, ``interview.toml`` is neither's."""
    put(tmp_path / "talk.txt", RIVERS)
    put(tmp_path / "talk.md", BRIDGES)
    for name in ("talk.toml", "interview.toml"):
        put(tmp_path / name, 'title = "Whose"\n')
    assert "Whose" not in titles(tmp_path).values()


def test_a_general_place_that_fits_several_is_told(tmp_path: Path) -> None:
    """Where an interview comes to lie beside another, the sidecar that counted until then is named, with the remedy."""
    put(
        tmp_path / "pilot.srt",
        "1\n00:00:01,000 --> 00:00:02,000\nAnn: Why?\n\n2\n00:00:03,000 --> 00:00:04,000\nBo: So.\n",
    )
    for name in ("interview.toml", "pilot.toml"):
        put(tmp_path / name, 'title = "Pilot"\n')
    assert (titles(tmp_path), problems(tmp_path)) == ({"pilot.srt": "Pilot"}, [])
    put(tmp_path / "other.txt", BRIDGES)
    (told,) = problems(tmp_path)
    assert (told.path, "2 interviews" in told.reason) == (tmp_path / "interview.toml", True)
    assert told.remedy == "Call it other.txt.toml or pilot.srt.toml, after the one that it corrects."
    put(tmp_path / "other.txt.toml", 'title = "Other"\n')
    assert [told.remedy for told in problems(tmp_path)] == ["Call it pilot.srt.toml."]
    put(tmp_path / "pilot.txt", RIVERS)
    assert [told.path.name for told in problems(tmp_path)] == ["interview.toml", "pilot.toml"]
    assert "Pilot" not in titles(tmp_path).values()


def test_a_general_place_of_which_nobody_is_left_out_is_told(tmp_path: Path) -> None:
    """Where each interview has its own sidecar, the remedy is to take the general one away; of many, one is named."""
    for number in range(5):
        put(tmp_path / f"{number}.txt", RIVERS.replace("river", f"river {number}"))
    put(tmp_path / "interview.toml", 'title = "Whose"\n')
    assert [told.remedy for told in problems(tmp_path)] == ["Call it after the one that it corrects, as in 0.txt.toml."]
    for number in range(5):
        put(tmp_path / f"{number}.txt.toml", 'title = "Mine"\n')
    assert ["take this one away" in told.remedy for told in problems(tmp_path)] == [True]


def test_other_toml_files_are_nobodys_business(tmp_path: Path) -> None:
    """Settings of programs, sidecars of what is gone, and an interview's own that is called interview, are not told."""
    put(tmp_path / "interview.txt", RIVERS)
    put(tmp_path / "other.txt", BRIDGES)
    for name in ("pyproject.toml", "gone.toml", "interview.toml", "other.txt.toml"):
        put(tmp_path / name, 'title = "T"\n')
    assert problems(tmp_path) == []
    assert titles(tmp_path) == {"interview.txt": "T", "other.txt": "T"}


def test_correcting_one_interview_is_not_hindered_by_what_fits_several(tmp_path: Path) -> None:
    """A sidecar that is nobody's is no fault of an interview that is looked up by its name."""
    put(tmp_path / "a.txt", RIVERS)
    put(tmp_path / "b.txt", BRIDGES)
    put(tmp_path / "interview.toml", 'title = "Whose"\n')
    assert look_up(tmp_path, "a.txt")[1] == []


def test_in_an_archive_it_may_lie_beside_the_member(tmp_path: Path) -> None:
    """The same three names count within an archive, in the member's own folder."""
    put(tmp_path / "a.zip", packed({"one/talk.txt": RIVERS, "one/interview.toml": 'title = "One"\n', "b.txt": BRIDGES}))
    put(tmp_path / "c.zip", packed({"in.zip": packed({"talk.txt": RIVERS + "\n", "talk.toml": 'title = "Inner"\n'})}))
    found = titles(tmp_path)
    assert (found["a.zip/one/talk.txt"], found["c.zip/in.zip/talk.txt"]) == ("One", "Inner")
    assert found["a.zip/b.txt"] not in ("One", "Inner")


def test_what_lies_beside_an_archive_goes_before_what_lies_in_it(tmp_path: Path) -> None:
    """A correction that the user writes outside replaces the one that came with the archive."""
    put(tmp_path / "a.zip", packed({"talk.txt": RIVERS, "talk.txt.toml": 'title = "Inside"\n', "b.txt": BRIDGES}))
    file = next(file for file in find_files(tmp_path)[0] if file.name == "a.zip/talk.txt")
    place = Sidecars().place(file)
    write_correction(place, Correction(title="Outside"))
    assert place == Sidecar(tmp_path / "a.zip.toml", "talk.txt")
    assert titles(tmp_path)["a.zip/talk.txt"] == "Outside"


def test_the_source_is_never_changed(tmp_path: Path) -> None:
    """Writing a correction changes nothing but the sidecar: neither a file nor an archive."""
    put(tmp_path / "talk.txt", RIVERS)
    put(tmp_path / "a.zip", packed({"in/talk.txt": BRIDGES}))
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    for file in find_files(tmp_path)[0]:
        write_correction(Sidecars().place(file), Correction(title="New", speakers=(("Bo", "Bo Chen"),)))
    assert {path: path.read_bytes() for path in before} == before
    assert {path.name for path in tmp_path.iterdir()} == {"talk.txt", "a.zip", "talk.txt.toml", "a.zip.toml"}


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("title = \n", "not TOML"),
        ("[speakers\n", "not TOML"),
        (b"title = '\xff'", "not TOML"),
        ("a = " + "[" * 4000, "not TOML"),
        ("title = 5\n", "in quotation marks"),
        ('title = "two\\nlines"\n', "one line"),
        ('speakers = "Bo"\n', "no table"),
        ("[speakers]\nBo = 5\n", "in quotation marks"),
        ('[speakers]\nBo = ""\n', "empty"),
        ('[speakers]\nBo = "A"\nBO = "B"\n', "corrected twice"),
        ('[roles]\nBo = "singer"\n', "interviewer, interviewee"),
        ('link = "www.a.b"\n', "https://"),
        ("#" * (LARGEST + 1), "far too large"),
        ("#\n" * LARGEST, "far too large"),
        ("a." * LONGEST_LINE + "a = 1", "far too large"),
        ("title = " + "9" * 4500, "not TOML"),
    ],
)
def test_a_faulty_correction_names_the_file_and_the_remedy(tmp_path: Path, content: str | bytes, reason: str) -> None:
    """The interview is read without it, and the error says which file, what is wrong in it and what to do."""
    put(tmp_path / "talk.txt", RIVERS)
    sidecar = put(tmp_path / "talk.txt.toml", content)
    (problem,) = problems(tmp_path)
    assert problem.path == sidecar
    assert reason in problem.reason
    assert "Mend it or take it away" in problem.remedy
    assert list(titles(tmp_path)) == ["talk.txt"]


@pytest.mark.parametrize("content", ["interviews = 5\n", '[interviews]\n"talk.txt" = 5\n'])
def test_a_faulty_table_of_an_archive_is_named(tmp_path: Path, content: str) -> None:
    """What should be a member's table and is none is told; the member is read."""
    put(tmp_path / "a.zip", packed({"talk.txt": RIVERS}))
    sidecar = put(tmp_path / "a.zip.toml", content)
    assert [problem.path for problem in problems(tmp_path)] == [sidecar]
    assert list(titles(tmp_path)) == ["a.zip/talk.txt"]


def test_a_faulty_correction_in_an_archive_is_named(tmp_path: Path) -> None:
    """The error's path leads into the archive."""
    put(tmp_path / "a.zip", packed({"talk.txt": RIVERS, "talk.toml": "title ="}))
    assert [problem.path for problem in problems(tmp_path)] == [tmp_path / "a.zip" / "talk.toml"]


def test_what_stands_outside_of_the_tables_of_an_archive_is_told_once(tmp_path: Path) -> None:
    """A slip in the sidecar of an archive is named with the table that is meant, however many members there are."""
    put(tmp_path / "a.zip", packed({"talk.txt": RIVERS, "b.txt": BRIDGES}))
    sidecar = put(tmp_path / "a.zip.toml", '[interview."talk.txt"]\ntitle = "T"\n[interviews."b.txt"]\ntitle = "B"\n')
    (told,) = problems(tmp_path)
    assert (told.path, "“interview”" in told.reason) == (sidecar, True)
    assert '[interviews."' in told.remedy
    assert titles(tmp_path)["a.zip/b.txt"] == "B"


@pytest.mark.parametrize(
    "recording",
    ["../talk.mp3", "a/../../talk.mp3", "/music/talk.mp3", "C:\\talk.mp3", "..\\talk.mp3", "file:///talk.mp3"],
)
def test_a_recording_leads_out_of_no_archive(tmp_path: Path, recording: str) -> None:
    """What came in an archive names recordings in its folder only, unless the user says so outside of it."""
    told = f"recording = '{recording}'\n"
    put(tmp_path / "a.zip", packed({"talk.txt": RIVERS, "talk.toml": told}))
    (problem,) = problems(tmp_path)
    assert (problem.path, "leads out" in problem.reason) == (tmp_path / "a.zip" / "talk.toml", True)
    assert "a.zip.toml" in problem.remedy
    put(tmp_path / "a.zip.toml", f'[interviews."talk.txt"]\n{told}')
    assert problems(tmp_path) == []
    assert recordings(tmp_path) == [recording]


@pytest.mark.parametrize("recording", ["talk.mp3", "media/talk.mp3", "https://example.org/../talk.mp3"])
def test_a_recording_beside_an_archive_may_be_named_in_it(tmp_path: Path, recording: str) -> None:
    """Paths below the archive's folder, and links, are taken from a sidecar within it."""
    put(tmp_path / "a.zip", packed({"talk.txt": RIVERS, "talk.toml": f'recording = "{recording}"\n'}))
    assert (problems(tmp_path), recordings(tmp_path)) == ([], [recording])


def test_a_recording_that_a_user_names_may_lie_anywhere(tmp_path: Path) -> None:
    """A sidecar on disk may lead out of its folder."""
    put(tmp_path / "talk.txt", RIVERS)
    put(tmp_path / "talk.txt.toml", 'recording = "../talk.mp3"\n')
    assert (problems(tmp_path), recordings(tmp_path)) == ([], ["../talk.mp3"])


def test_a_folder_where_a_sidecar_belongs_is_told(tmp_path: Path) -> None:
    """A folder called like a sidecar is named, whether it is to be read or written."""
    put(tmp_path / "talk.txt", RIVERS)
    folder = tmp_path / "talk.txt.toml"
    folder.mkdir()
    (told,) = problems(tmp_path)
    assert (told.path, "a folder" in told.reason) == (folder, True)
    assert list(titles(tmp_path)) == ["talk.txt"]
    with pytest.raises(ChangeError, match="a folder has this name"):
        write_correction(Sidecar(folder), Correction(title="T"))


@pytest.mark.parametrize(
    ("content", "word", "meant"),
    [
        ('titel = "New"', "titel", "is “title” meant?"),
        ('[speaker]\n"Bo" = "B"', "speaker", "is “speakers” meant?"),
        ('Recordings = "a.mp3"', "Recordings", "is “recording” meant?"),
        ('mood = "calm"', "mood", "known there are title, date, link, recording, speakers, roles."),
    ],
)
def test_a_word_that_means_nothing_is_told(tmp_path: Path, content: str, word: str, meant: str) -> None:
    """A slip is named with what may be meant; the rest counts, and it is told no more once it is mended."""
    put(tmp_path / "talk.txt", RIVERS)
    put(tmp_path / "talk.txt.toml", f"date = 2024-05-01\n{content}\n")
    (read,) = [read for read in examine(tmp_path) if isinstance(read, Interview)]
    (warning,) = read.warnings
    assert (read.date, f"talk.txt.toml says “{word}”" in warning, warning.endswith(meant)) == ("2024-05-01", True, True)
    write_correction(Sidecars().place(only_file(tmp_path)), Correction(title="New"))
    assert content in (tmp_path / "talk.txt.toml").read_text()


def test_a_correction_without_its_file_is_nothing(tmp_path: Path) -> None:
    """A sidecar alone is neither an interview nor a problem."""
    put(tmp_path / "talk.txt", RIVERS)
    put(tmp_path / "gone.txt.toml", 'title = "Nobody\'s"\n')
    assert (list(titles(tmp_path)), problems(tmp_path)) == (["talk.txt"], [])


def test_what_is_not_known_is_left_as_it_stands(tmp_path: Path) -> None:
    """Keys that whosaid does not know, and comments, keep nothing from being read, and stay when it writes."""
    put(tmp_path / "talk.txt", RIVERS)
    sidecar = put(
        tmp_path / "talk.txt.toml",
        '# mine\ntitle = "Old" # for now\nmood = "calm"\n\n[speakers]\n# who is it?\n"Bo" = "Bo Chen"\n\n'
        '[place]\ncity = "Rome"\n',
    )
    assert problems(tmp_path) == []
    place = Sidecars().place(only_file(tmp_path))
    write_correction(place, Correction(title="New", speakers=(("Bo", "Bo Chen"), ("Ann", "Ann Lee"))))
    written = sidecar.read_text()
    for kept in ("# mine", "# for now", 'mood = "calm"', "# who is it?", '[place]\ncity = "Rome"'):
        assert kept in written
    assert Sidecars().read(only_file(tmp_path)).title == "New"


def test_a_date_of_toml_is_a_date(tmp_path: Path) -> None:
    """A date needs no quotation marks."""
    put(tmp_path / "talk.txt", RIVERS)
    put(tmp_path / "talk.txt.toml", "date = 2024-05-01\n")
    assert [read.date for read in examine(tmp_path) if isinstance(read, Interview)] == ["2024-05-01"]


def test_what_is_no_toml_is_not_overwritten(tmp_path: Path) -> None:
    """Writing refuses to replace a file that it cannot read, and leaves it as it is."""
    sidecar = put(tmp_path / "talk.txt.toml", "title = \n")
    with pytest.raises(ReadError, match="cannot be kept") as caught:
        write_correction(Sidecar(sidecar), Correction(title="New"))
    assert caught.value.path == sidecar
    assert sidecar.read_text() == "title = \n"


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the disk is full, the correction before stays whole and nothing half lies beside it."""
    sidecar = put(tmp_path / "talk.txt.toml", 'title = "Old"\n')

    def fill(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fill)
    with pytest.raises(ChangeError, match="No space left"):
        write_correction(Sidecar(sidecar), Correction(title="New"))
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == {"talk.txt.toml": 'title = "Old"\n'}


@settings(deadline=None)  # a dozen files are flushed to disk
@given(CORRECTIONS, CORRECTIONS)
def test_what_is_written_is_read_again(first: Correction, second: Correction) -> None:
    """Whatever was corrected before, reading gives what was written last; each member of an archive has its own."""
    with TemporaryDirectory() as folder:
        put(Path(folder, "talk.txt"), RIVERS)
        put(Path(folder, "a.zip"), packed({"b.txt": RIVERS, 'c "d"/e.txt': BRIDGES}))
        files, _ = find_files(Path(folder))
        for correction in (first, second):
            for file in files:
                write_correction(Sidecars().place(file), correction)
        write_correction(Sidecars().place(files[0]), first)
        read = [normal(Sidecars().read(file)) for file in files]
        assert read == [normal(first), normal(second), normal(second)]


def normal(correction: Correction) -> Correction:
    """A correction with its entries in the order of their names, which says the same."""
    speakers, roles = tuple(sorted(correction.speakers)), tuple(sorted(correction.roles))
    return replace(correction, speakers=speakers, roles=roles)


def test_a_correction_in_an_archive_may_not_be_larger_than_one_beside_it(tmp_path: Path) -> None:
    """What is far too large for a correction is refused unread wherever it lies, and the interview is read."""
    put(tmp_path / "a.zip", packed({"talk.txt": RIVERS, "talk.txt.toml": "# a comment\n" * (LARGEST // 10)}))
    assert ["far too large" in problem.reason for problem in problems(tmp_path)] == [True]
    assert list(titles(tmp_path)) == ["a.zip/talk.txt"]

"""The commands for keeping a collection: what they print, write and leave, and their exit codes."""

import json
from pathlib import Path
from typing import Any

import pytest

from rag.cli import FINE, PROBLEM, USAGE, main
from tests.small import BRIDGES, RIVERS, LettersEmbedder

NO_ANSWER = "A text in which nobody asks anything.\n"


@pytest.fixture(autouse=True)
def _without_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """The commands embed with letters, which needs no model."""
    monkeypatch.setattr("rag.library.embedder_of", lambda model: LettersEmbedder())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A collection of one interview."""
    path = tmp_path / "talks"
    path.mkdir()
    (path / "rivers.txt").write_text(RIVERS)
    return path


@pytest.fixture
def bridges(tmp_path: Path) -> Path:
    """Another interview."""
    path = tmp_path / "bridges.txt"
    path.write_text(BRIDGES)
    return path


def at(folder: Path, option: str = "--in") -> tuple[str, ...]:
    """The options that name a collection and keep its index beside it."""
    return option, str(folder), "--index", str(folder.with_name("index"))


def objects(printed: str) -> list[Any]:
    """The JSON objects of an output, one a line."""
    return [json.loads(line) for line in printed.splitlines()]


class TestAdd:
    """``whosaid add``."""

    def test_says_what_was_recognised(self, folder: Path, bridges: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The report of each new interview, and how many there are now; the file is there."""
        assert main(["add", str(bridges), *at(folder, "--to")]) == FINE
        printed = capsys.readouterr().out
        assert "Cy (interviewee): 2 turns" in printed
        assert "rivers.txt" not in printed
        assert f"1 interview added; {folder} holds 2 interviews" in printed
        assert (folder / "bridges.txt").read_text() == BRIDGES

    def test_what_is_there_already(self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The same interview again is told, is no error, and is not doubled."""
        (tmp_path / "stream.txt").write_text(RIVERS)
        assert main(["add", str(tmp_path / "stream.txt"), *at(folder, "--to")]) == FINE
        assert "stream.txt is not added: it is the same as rivers.txt" in capsys.readouterr().out
        assert [path.name for path in folder.iterdir()] == ["rivers.txt"]

    def test_one_bad_file_among_good_ones(
        self, folder: Path, bridges: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What can be added is added, what cannot is named on standard error, and the exit code tells."""
        (tmp_path / "essay.txt").write_text(NO_ANSWER)
        assert main(["add", str(tmp_path / "essay.txt"), str(bridges), *at(folder, "--to")]) == PROBLEM
        printed, complaints = capsys.readouterr()
        assert "1 interview added" in printed
        assert str(tmp_path / "essay.txt") in complaints
        assert not (folder / "essay.txt").exists()

    def test_json(self, folder: Path, bridges: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Each file is one object: a report, what it is the same as, or an error; and nothing else is printed."""
        (tmp_path / "essay.txt").write_text(NO_ANSWER)
        (tmp_path / "stream.txt").write_text(RIVERS)
        paths = [str(tmp_path / name) for name in ("essay.txt", "stream.txt")]
        assert main(["add", str(bridges), *paths, "--json", *at(folder, "--to")]) == PROBLEM
        made, already, problem = objects(capsys.readouterr().out)
        assert (made["source"], made["pairs"]) == ("bridges.txt", 2)
        assert [(each["name"], each["role"]) for each in made["speakers"]][-1] == ("Cy", "interviewee")
        assert already == {"source": "stream.txt", "same_as": "rivers.txt"}
        assert problem["source"] == "essay.txt"
        assert "reads like an interview" in problem["error"]

    def test_a_folder_with_a_recording(self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A recording without a transcript is told, and does not make the command fail."""
        (tmp_path / "new").mkdir()
        (tmp_path / "new" / "bridges.txt").write_text(BRIDGES)
        for name in ("song.mp3", "cover.jpg"):
            (tmp_path / "new" / name).write_bytes(b"")
        assert main(["add", str(tmp_path / "new"), *at(folder, "--to")]) == FINE
        complaints = capsys.readouterr().err
        assert ("song.mp3" in complaints, "cover.jpg" in complaints) == (True, False)

    def test_to_a_file(self, folder: Path, bridges: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Nothing can be added to a single file: 3, with what to do."""
        assert main(["add", str(bridges), *at(folder / "rivers.txt", "--to")]) == PROBLEM
        assert "Add to a folder" in capsys.readouterr().err


class TestRemove:
    """``whosaid remove``."""

    def test_says_where_the_file_is(self, folder: Path, bridges: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """How many are left, and where the file is kept; it is really there, and gone from the collection."""
        main(["add", str(bridges), *at(folder, "--to")])
        capsys.readouterr()
        assert main(["remove", "bridges.txt", *at(folder)]) == FINE
        printed = capsys.readouterr().out
        assert "bridges.txt is removed, 1 interview left" in printed
        assert str(folder / ".removed") in printed
        assert (folder / ".removed" / "bridges.txt").read_text() == BRIDGES
        main(["ask", "who builds bridges?", "--json", *at(folder)])
        (answer,) = objects(capsys.readouterr().out)
        assert {quote["source"] for quote in answer["quotes"]} <= {"rivers.txt"}

    def test_the_last_one(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With none left, the command says so, and a question then is 3."""
        assert main(["remove", "rivers.txt", *at(folder)]) == FINE
        assert "none left" in capsys.readouterr().out
        assert main(["ask", "boats?", *at(folder)]) == PROBLEM

    def test_an_unknown_name(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A name that is not there is 2, lists those that are, and removes nothing."""
        assert main(["remove", "river.txt", *at(folder)]) == USAGE
        assert "There are: rivers.txt." in capsys.readouterr().err
        assert (folder / "rivers.txt").exists()

    def test_of_many_names_the_nearest_are_listed(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """In a large collection a slip is answered with the names most like it, not with all."""
        for number in range(30):
            (folder / f"{number}.txt").write_text(BRIDGES.replace("bridge", f"bridge {number}"))
        assert main(["remove", "river.txt", *at(folder)]) == USAGE
        complaint = capsys.readouterr().err
        assert "There are 31, the nearest to it: rivers.txt, " in complaint
        assert complaint.count(".txt") == 11


class TestSpeakers:
    """``whosaid speakers``."""

    def test_who_speaks(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Each speaker with the role, and that nothing is corrected; looking writes nothing."""
        file = folder / "rivers.txt"
        assert main(["speakers", str(file)]) == FINE
        printed = capsys.readouterr().out
        assert "Bo (interviewee): 2 turns" in printed
        assert f"Nothing is corrected; that would go to {file}.toml" in printed
        assert [path.name for path in folder.iterdir()] == ["rivers.txt"]

    def test_correcting(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Changes are made in the order in which they are typed, are written, and hold in answers."""
        file = folder / "rivers.txt"
        changes = ["--rename", "Bo", "Bo C.", "--rename", "Bo C.", "Bo Chen", "--title", "On boats", "--date", "2024"]
        assert main(["speakers", str(file), *changes]) == FINE
        printed = capsys.readouterr().out
        assert "Bo Chen (interviewee)" in printed
        assert f"Corrections are kept in {file}.toml" in printed
        assert file.read_text() == RIVERS
        main(["ask", "who paints boats?", "--json", "--speaker", "bo chen", *at(folder)])
        (answer,) = objects(capsys.readouterr().out)
        assert {(quote["speaker"], quote["title"], quote["date"]) for quote in answer["quotes"]} == {
            ("Bo Chen", "On boats", "2024")
        }

    @pytest.mark.parametrize(
        ("merged", "complaint"), [(["Ann", "Bo"], "nobody who asks"), (["Bo", "Ann"], "nobody who answers")]
    )
    def test_a_merger_that_leaves_one_side(
        self, folder: Path, merged: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """It is 3, names the interview's file and the way out, and writes nothing."""
        file = folder / "rivers.txt"
        assert main(["speakers", str(file), "--merge", *merged]) == PROBLEM
        complaints = capsys.readouterr().err
        assert f"{file}: {complaint} would be left, so nothing is written. " in complaints
        assert ".toml" not in complaints
        assert [path.name for path in folder.iterdir()] == ["rivers.txt"]

    def test_a_recording_that_is_not_there(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A slip in the path of a recording is told at once, with the folder in which it was looked for."""
        assert main(["speakers", str(folder), "--recording", "rivers.mp3"]) == FINE
        assert f"The recording “rivers.mp3” is not in {folder}." in " ".join(capsys.readouterr().out.split())

    def test_taking_back(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Empty quotation marks take a line back, and the old name a renaming."""
        file = folder / "rivers.txt"
        main(["speakers", str(file), "--rename", "Bo", "Bo Chen", "--title", "On boats"])
        assert main(["speakers", str(file), "--rename", "Bo Chen", "Bo", "--title", "", "--json"]) == FINE
        made = objects(capsys.readouterr().out.splitlines()[-1])[0]
        assert made["corrected"] == {"speakers": {}, "roles": {}}
        assert [each["name"] for each in made["speakers"]] == ["Ann", "Bo"]
        assert made["title"] != "On boats"

    def test_json(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """One object with the speakers, what is corrected and where."""
        file = folder / "rivers.txt"
        assert main(["speakers", str(file), "--role", "bo", "interviewee", "--swap", "Ann", "Bo", "--json"]) == FINE
        (made,) = objects(capsys.readouterr().out)
        assert made["sidecar"] == f"{file}.toml"
        assert made["corrected"]["speakers"] == {"Ann": "Bo", "Bo": "Ann"}

    @pytest.mark.parametrize(
        ("change", "complaint"),
        [
            (["--rename", "Nobody", "Bo Chen"], "No speaker is called 'Nobody'. There are: Ann, Bo."),
            (["--rename", "Bo", " "], "a name is empty"),
            (["--merge", "Bo"], "two names or more"),
            (["--role", "Bo", "singer"], "singer"),
            (["--link", "www.a.b"], "https://"),
        ],
    )
    def test_what_cannot_be_done(
        self, folder: Path, change: list[str], complaint: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A change that makes no sense is 2, says why, and writes nothing."""
        assert main(["speakers", str(folder / "rivers.txt"), *change]) == USAGE
        assert complaint in capsys.readouterr().err
        assert [path.name for path in folder.iterdir()] == ["rivers.txt"]

    @pytest.mark.parametrize("name", ["nowhere.txt", "older/nowhere.txt", "rivers.txt/nowhere.txt"])
    def test_no_such_file(self, folder: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
        """A slip in the path is 3 and names that path, whatever else is wrong with the files around it."""
        (folder / "empty.txt").write_bytes(b"")
        (folder / "bad.zip").write_bytes(b"PK")
        assert main(["speakers", str(folder / name)]) == PROBLEM
        complaint = capsys.readouterr().err
        assert str(folder / name) in complaint
        assert "there is no such" in complaint

    def test_several_interviews(self, folder: Path, bridges: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A folder of several is 3, with how to name one."""
        (folder / "bridges.txt").write_text(BRIDGES)
        assert main(["speakers", str(folder)]) == PROBLEM
        assert "whosaid speakers FOLDER/talk.txt" in capsys.readouterr().err

    def test_a_faulty_correction(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A sidecar that cannot be read is 3 and named, and is left as it is."""
        (folder / "rivers.txt.toml").write_text("title = \n")
        assert main(["speakers", str(folder / "rivers.txt"), "--title", "New"]) == PROBLEM
        assert "rivers.txt.toml" in capsys.readouterr().err
        assert (folder / "rivers.txt.toml").read_text() == "title = \n"


class TestReport:
    """``whosaid report``."""

    def test_for_people(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What was recognised is told in plain words, without any index."""
        (folder / "rivers.txt").write_text(f"On rivers\n\n{RIVERS}")
        assert main(["report", str(folder)]) == FINE
        printed = capsys.readouterr().out
        assert "plain text, speakers told by their labels" in printed
        assert "2 questions answered" in printed
        assert "2 words that belong to nobody:\n    “On rivers”" in printed
        assert not folder.with_name("index").exists()

    def test_json_with_problems(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A bad file is an object with its error, the others are reports, and the exit code is 3."""
        (folder / "empty.txt").write_bytes(b"")
        assert main(["report", "--json", str(folder), str(folder / "nowhere")]) == PROBLEM
        empty, made, nowhere = objects(capsys.readouterr().out)
        assert (empty["source"], nowhere["source"]) == ("empty.txt", "nowhere")
        assert "empty" in empty["error"]
        assert (made["source"], made["layout"], made["corrected"], made["warnings"]) == (
            "rivers.txt", "labels", False, [],
        )  # fmt: skip
        assert sum(each["words"] for each in made["speakers"]) == made["words"]

    def test_what_is_only_worth_knowing(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A recording without a transcript is told and is no fault; of a picture nothing is said."""
        for name in ("song.mp3", "cover.jpg"):
            (folder / name).write_bytes(b"")
        assert main(["report", str(folder)]) == FINE
        complaints = capsys.readouterr().err
        assert ("song.mp3: is a recording" in complaints, "cover" in complaints) == (True, False)
        (folder / "empty.txt").write_bytes(b"")
        assert main(["report", str(folder)]) == PROBLEM

    def test_of_nothing_but_a_recording(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Asked about a recording alone, it can tell nothing, which is 3."""
        (folder / "song.mp3").write_bytes(b"")
        assert main(["report", str(folder / "song.mp3")]) == PROBLEM

    def test_of_one_word(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """One word is told as one."""
        (folder / "rivers.txt").write_text(f"Rivers\n\n{RIVERS}")
        main(["report", str(folder)])
        assert "1 word that belongs to nobody:" in capsys.readouterr().out

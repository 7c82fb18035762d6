"""The command line: what it prints, for people and for programs, and what its exit codes mean."""

import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import rag
from rag.cli import FINE, INTERRUPTED, NOBODY, PROBLEM, READER_GONE, USAGE, main
from rag.library import Library
from rag.wording import WARMING

SEEDS = Path(__file__).parent.parent / "seeds"
CAIYU, WEIQI, SITONG = sorted(path.name for path in SEEDS.iterdir())
NAMES = {CAIYU: "Caiyu Song", WEIQI: "Weiqi Cai", SITONG: "Sitong Cao"}
UNLEARNING = "who talks about unlearning?"
OSCAR = "who won an Oscar?"


@pytest.fixture(scope="session")
def collection(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the seeds."""
    return shutil.copytree(SEEDS, tmp_path_factory.mktemp("collection") / "seeds")


@pytest.fixture
def damaged(tmp_path: Path) -> Path:
    """A folder with one interview that can be read and two files that cannot."""
    folder = tmp_path / "damaged"
    (folder / "older").mkdir(parents=True)
    shutil.copy(SEEDS / CAIYU, folder)
    (folder / "older" / "empty.txt").write_bytes(b"")
    (folder / "picture.txt").write_bytes(bytes(range(256)))
    return folder


class Terminal(io.StringIO):
    """Stands for a terminal: what is written to it can be read back."""

    def isatty(self) -> bool:
        """Say yes."""
        return True


def at(collection: Path) -> tuple[str, ...]:
    """The options that ask a collection, with its index beside it so that the tests leave nothing elsewhere."""
    return "--in", str(collection), "--index", str(collection.with_name("index"))


def run(*arguments: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as a person would."""
    command = [sys.executable, "-m", "rag", *arguments]
    settings = {**os.environ, "PYTHONPATH": str(SEEDS.parent), **environment}
    return subprocess.run(command, capture_output=True, encoding="utf-8", env=settings, timeout=300)


def objects(printed: str) -> list[Any]:
    """The JSON objects of an output, one a line."""
    return [json.loads(line) for line in printed.splitlines()]


def words_of(source: str) -> str:
    """The text of a seed, in which quotes stand at their offsets."""
    return (SEEDS / source).read_bytes().decode()


class TestExitCodes:
    """Each code as ``--help`` explains it, from a process of its own."""

    def test_said(self, collection: Path) -> None:
        """Somebody said it: 0."""
        assert run("ask", UNLEARNING, *at(collection)).returncode == FINE

    def test_nobody(self, collection: Path) -> None:
        """Nobody said it: 1, as with grep; the reply itself is on standard output and there is no complaint."""
        answered = run("ask", OSCAR, *at(collection))
        assert (answered.returncode, answered.stderr) == (NOBODY, "")
        assert "Nobody in these 3 interviews says that." in answered.stdout

    def test_reader_gone(self, collection: Path) -> None:
        """When the reader of a pipe leaves, the command leaves too, without a word."""
        command = [sys.executable, "-m", "rag", "show", *[str(collection)] * 20]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(SEEDS.parent)}
        ) as process:
            assert process.stdout is not None
            process.stdout.read(10)
            process.stdout.close()
            assert process.wait(60) == READER_GONE
            assert process.stderr is not None
            assert process.stderr.read() == b""

    @pytest.mark.parametrize(
        "arguments",
        [
            (),
            ("ask",),
            ("ask", "who?", "--from", "questions.txt"),
            ("ask", "who?", "-k", "0"),
            ("ask", "who?", "-k", "many"),
            ("tell", "who?"),
            ("serve", "--port", "door"),
            ("serve", "--login", "login.txt", "--let-everybody-read-change-and-remove-interviews"),
            ("add",),
            ("remove",),
            ("speakers",),
            ("speakers", "talk.txt", "--rename", "Bo"),
            ("eval",),
            ("eval", "questions.jsonl", "-k", "0"),
            ("check",),
            ("check", "a quotation", "--speaker"),
        ],
        ids=" ".join,
    )
    def test_usage(self, arguments: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
        """What cannot be understood is 2, with how to say it."""
        with pytest.raises(SystemExit) as left:
            main(arguments)
        assert left.value.code == USAGE
        assert "usage: whosaid" in capsys.readouterr().err

    @pytest.mark.parametrize("port", ["0", "65536", "99999", "-1", "9" * 5000, "²", "door"])
    def test_no_port(self, port: str, capsys: pytest.CaptureFixture[str]) -> None:
        """A number that is no port is 2, with those that are."""
        with pytest.raises(SystemExit) as left:
            main(("serve", f"--port={port}"))
        assert left.value.code == USAGE
        assert "the port must be a number from 1 to 65535" in capsys.readouterr().err

    @pytest.mark.parametrize("option", ["--speaker", "--interview"])
    def test_unknown_name(self, option: str, collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A filter with a name that is not there is 2, and lists those that are."""
        assert main(["ask", UNLEARNING, *at(collection), option, "Nobody"]) == USAGE
        complaint = capsys.readouterr().err
        known = NAMES.values() if option == "--speaker" else NAMES
        assert all(name in complaint for name in known)

    @pytest.mark.parametrize("command", ["ask who? --in", "check a b c --in", "index", "show"])
    def test_no_interviews(self, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A folder that is not there, or is empty, is 3, and is named."""
        for folder in (tmp_path / "nowhere", tmp_path):
            assert main([*command.split(), str(folder)]) == PROBLEM
            assert str(folder) in capsys.readouterr().err

    def test_interrupted(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """Ctrl-C ends any command with 130, without a word."""

        def interrupt(_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("rag.library.examine", interrupt)
        assert main(["show", str(SEEDS)]) == INTERRUPTED
        assert capsys.readouterr() == ("", "")


class TestAsk:
    """``whosaid ask``."""

    def test_who(self, collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A reply names who says it with words of theirs, the question asked, the place, and who has nothing."""
        assert main(["ask", UNLEARNING, *at(collection)]) == FINE
        reply, complaints = capsys.readouterr()
        assert "One person talks about this: Caiyu Song." in reply
        assert "Asked: Learning and unlearning are both critical parts of growth" in reply
        assert f"  {CAIYU}:" in reply
        assert "Also searched, with nothing to quote: Sitong Cao and Weiqi Cai." in reply
        assert ("\x1b" in reply, complaints) == (False, "")

    def test_words_without_quotation_marks(self, collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A question can be typed word by word."""
        assert main(["ask", *UNLEARNING.split(), *at(collection)]) == FINE
        assert "Caiyu Song" in capsys.readouterr().out

    def test_stranger(self, collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Somebody who is not interviewed is said to be missing, and those who are there are named."""
        assert main(["ask", "what does Angela say about money?", *at(collection)]) == NOBODY
        reply = capsys.readouterr().out
        assert "Nobody called Angela is interviewed here." in reply
        assert all(name in reply for name in NAMES.values())

    @pytest.mark.parametrize("question", ["", "   ", "🎬🎥"])
    def test_no_words(self, question: str, collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A question without words is answered by how to ask one."""
        assert main(["ask", question, *at(collection)]) == NOBODY
        assert "There are no words in this question." in capsys.readouterr().out

    def test_json_quotes_stand_in_their_source(self, collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """For a program: every quote, and the sentence in it, is what stands at its offsets, said by its speaker."""
        for question in (UNLEARNING, "what does weiqi say about her grandmother", "how do they fund films?", OSCAR):
            main(["ask", question, "--json", *at(collection)])
            (reply,) = objects(capsys.readouterr().out)
            assert reply["question"] == question
            assert 0 <= reply["confidence"] <= 1
            assert reply["quotes"]
            for quote in reply["quotes"]:
                text, sentence = words_of(quote["source"]), quote["sentence"]
                assert text[quote["start"] : quote["end"]] == quote["text"]
                assert text[sentence["start"] : sentence["end"]] == sentence["text"]
                assert sentence["text"] in quote["text"]
                assert text[: quote["start"]].count("\n") + 1 == quote["line"]
                assert quote["speaker"] == NAMES[quote["source"]]

    def test_json_tells_what_stands_around_a_quote(self, collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """For a program: the sentences before and after, and what the best sentence would lose alone, by offsets."""
        main(["ask", "does great work bring opportunities naturally?", "--json", *at(collection)])
        (reply,) = objects(capsys.readouterr().out)
        told = [(quote, loss) for quote in reply["quotes"] for loss in quote["losses"]]
        quote, loss = next((quote, loss) for quote, loss in told if quote["speaker"] == "Sitong Cao")
        assert quote["sentence"]["text"].startswith("Early on, I thought that")
        assert (loss["of"], loss["kind"], loss["side"]) == ("sentence", "reversal", "after")
        assert loss["text"].startswith("But in reality, this industry is built on relationships")
        for stretch in filter(None, (loss, quote["before"], quote["after"])):
            assert words_of(quote["source"])[stretch["start"] : stretch["end"]] == stretch["text"]

    def test_json_verdict(self, collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """For a program: who says it and who does not; and where nobody does, no speaker is named."""
        main(["ask", UNLEARNING, "--json", *at(collection)])
        main(["ask", OSCAR, "--json", *at(collection)])
        said, unsaid = objects(capsys.readouterr().out)
        assert (said["said"], said["speakers"], said["silent"]) == (True, ["Caiyu Song"], ["Sitong Cao", "Weiqi Cai"])
        assert said["understood"]["kind"] == "who"
        assert (unsaid["said"], unsaid["speakers"]) == (False, [])

    def test_quotes_are_no_dumps(self, collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """No quote is longer than 150 words, whatever is asked."""
        for question in (UNLEARNING, "film", "tell me everything about being an artist", OSCAR):
            main(["ask", question, "-k", "50", "--json", *at(collection)])
            (reply,) = objects(capsys.readouterr().out)
            assert all(len(quote["text"].split()) <= 150 for quote in reply["quotes"])

    def test_number_of_quotes(self, collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """``-k`` is the most quotes there can be, only that nobody who says it is left out."""
        for most in ("1", "2"):
            main(["ask", "what is said about film?", "-k", most, "--json", *at(collection)])
            main(["ask", "what is said about film?", "-k", most, "--speaker", "Weiqi Cai", "--json", *at(collection)])
            everybody, one = objects(capsys.readouterr().out)
            assert 1 <= len(one["quotes"]) <= int(most)
            assert len(everybody["quotes"]) <= max(int(most), len(everybody["speakers"]))

    @pytest.mark.parametrize("filters", [["--speaker", "weiqi cai"], ["--interview", WEIQI]])
    def test_filters_hold(self, filters: list[str], collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A filter lets nobody else through, however well their words would match."""
        main(["ask", UNLEARNING, "--json", *at(collection), *filters])
        (reply,) = objects(capsys.readouterr().out)
        assert {quote["speaker"] for quote in reply["quotes"]} == {"Weiqi Cai"}

    def test_file_of_questions(self, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Every line of a file is a question of its own, in order; blank lines, a BOM and line ends are none."""
        asked = [UNLEARNING, OSCAR, "what else does she say about that?"]
        file = tmp_path / "questions.txt"
        file.write_bytes(b"\xef\xbb\xbf" + "\r\n\r\n  \r\n".join(asked).encode())
        assert main(["ask", "--from", str(file), "--json", *at(collection)]) == FINE
        replies = objects(capsys.readouterr().out)
        assert [reply["question"] for reply in replies] == asked
        assert [reply["said"] for reply in replies[:2]] == [True, False]

    def test_questions_from_standard_input(
        self, collection: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """With "-" the questions are read from standard input; for people, each stands above its reply."""
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(UNLEARNING.encode())))
        assert main(["ask", "--from", "-", *at(collection)]) == FINE
        assert capsys.readouterr().out.startswith(f"# {UNLEARNING}\n")

    @pytest.mark.parametrize(
        ("content", "found"), [(b"\n \n", "no question"), (b"caf\xe9?\n", "UTF-8"), (None, "read")]
    )
    def test_unusable_file_of_questions(
        self, content: bytes | None, found: str, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A file without a question, in another encoding or not there at all is named, with what is wrong."""
        file = tmp_path / "questions.txt"
        if content is not None:
            file.write_bytes(content)
        assert main(["ask", "--from", str(file), *at(collection)]) == PROBLEM
        complaint = capsys.readouterr().err
        assert str(file) in complaint
        assert found in complaint

    def test_unreadable_files_do_not_stand_in_the_way(self, damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What can be read is asked, and what cannot is named on standard error."""
        assert main(["ask", UNLEARNING, "--json", *at(damaged)]) == FINE
        reply, complaints = capsys.readouterr()
        assert objects(reply)[0]["speakers"] == ["Caiyu Song"]
        assert "empty.txt" in complaints
        assert "picture.txt" in complaints


class TestCheck:
    """``whosaid check``."""

    EXACT = "At 14, moving to Canada expanded my worldview further"

    def test_exact(self, capsys: pytest.CaptureFixture[str]) -> None:
        """What is exact is 0, with who says it, what had been asked, the words and the place; no index is made."""
        assert main(["check", self.EXACT, "--in", str(SEEDS), "--speaker", "caiyu"]) == FINE
        reply, complaints = capsys.readouterr()
        assert reply.startswith("Exact: Caiyu Song says this word for word.\n\n  Caiyu Song\n  Asked: Great, ")
        assert reply.endswith(f"  “{self.EXACT}”\n  {CAIYU}:12\n")
        assert ("\x1b" in reply, complaints) == (False, "")

    @pytest.mark.parametrize(
        ("quotation", "told"),
        [
            ("At 15, moving to Canada expanded my worldview", "“At [-14,-] {+15,+} moving to Canada"),
            (
                "At 14, moving to Canada. I initially majored in finance",
                "Stitched: these words stand in 2 places, by Cai",
            ),
            ("have shared our conversation below", "Printed: "),
            ("can you share a story of a time", "Asked: these are words of the interviewer."),
            ("pigs fly to the moon", "Not found: nobody in these 3 interviews says this, nor nearly this."),
            ("film", "Cannot check: fewer than three words"),
        ],
    )
    def test_not_exact(self, quotation: str, told: str, capsys: pytest.CaptureFixture[str]) -> None:
        """Everything else is 1, as with grep, and it is said what it is instead."""
        assert main(["check", *quotation.split(), "--in", str(SEEDS)]) == NOBODY
        assert told in capsys.readouterr().out

    def test_somebody_else(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Words of another one than the one who is named are 1; a name that is not there is 2, with those that are."""
        assert main(["check", self.EXACT, "--in", str(SEEDS), "--speaker", "Weiqi Cai"]) == NOBODY
        assert "Caiyu Song says this word for word, and Weiqi Cai does not." in capsys.readouterr().out
        assert main(["check", self.EXACT, "--in", str(SEEDS), "--speaker", "Bob"]) == USAGE
        complaint = capsys.readouterr().err
        assert all(name in complaint for name in NAMES.values())

    def test_json(self, capsys: pytest.CaptureFixture[str]) -> None:
        """For a program: the verdict, every place at its offsets, and the differences word by word."""
        assert main(["check", self.EXACT.replace("14", "15"), "--json", "--in", str(SEEDS)]) == NOBODY
        (made,) = objects(capsys.readouterr().out)
        assert (made["verdict"], made["exact"], made["speakers"]) == ("altered", False, ["Caiyu Song"])
        (place,) = made["places"]
        assert words_of(place["source"])[place["start"] : place["end"]] == place["text"] == self.EXACT
        assert "".join(each["said"] for each in made["differences"]) == place["text"]
        assert {"kind": "number", "quoted": "15,", "said": "14,"} in made["remarks"]

    def test_from_standard_input(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        """With "-" the quotation is read from standard input."""
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(f"{self.EXACT}\n".encode())))
        assert main(["check", "-", "--in", str(SEEDS)]) == FINE
        assert capsys.readouterr().out.startswith("Exact: ")

    def test_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """On a terminal differences are in colour, too, and no quotation can steer it."""
        terminal = Terminal()
        monkeypatch.setattr("sys.stdout", terminal)
        monkeypatch.delenv("NO_COLOR", raising=False)
        monkeypatch.setenv("TERM", "xterm")
        main(["check", f"{self.EXACT} I really \x1b[2J\x9b guess", "--in", str(SEEDS)])
        printed = terminal.getvalue()
        assert "\x1b[32m{+" in printed
        assert "\x1b[2J" not in printed
        assert "\x9b" not in printed


class TestIndex:
    """``whosaid index``."""

    def test_summary(self, collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """It says what the collection holds and where the index lies, and a folder is there."""
        folder = collection.with_name("index")
        assert main(["index", str(collection), "--index", str(folder)]) == FINE
        printed = capsys.readouterr().out
        passages = Library.open(collection, index=folder).passages
        assert passages >= 12
        assert f"3 interviews, 12 questions answered, {passages} passages" in printed
        assert "3 speakers: Caiyu Song, Sitong Cao and Weiqi Cai" in printed
        assert f"The index lies in {folder}" in printed
        assert any(folder.iterdir())

    def test_unreadable_files(self, damaged: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Files that cannot be read are counted and named; the index of the others is made all the same."""
        assert main(["index", str(damaged), "--index", str(tmp_path / "here")]) == FINE
        assert any((tmp_path / "here").iterdir())
        printed, complaints = capsys.readouterr()
        assert "2 files could not be read: " in printed
        assert "picture.txt: " in complaints


class TestShow:
    """``whosaid show``."""

    def test_seeds(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Every seed has four questions with answers by its speaker, and what belongs to no answer stands apart."""
        assert main(["show", "--json", str(SEEDS)]) == FINE
        for shown in objects(capsys.readouterr().out):
            text, name = words_of(shown["source"]), NAMES[shown["source"]]
            assert [pair["interviewee"] for pair in shown["pairs"]] == [name] * 4
            assert {"name": name, "role": "interviewee"}.items() <= shown["speakers"][-1].items()
            assert all(turn["text"] == text[turn["start"] : turn["end"]] for turn in shown["turns"])
            assert [contact["link"] for contact in shown["contacts"] if contact["link"] is None] == []
            answers = "".join(pair["answer"] for pair in shown["pairs"])
            assert not any(contact["value"] in answers for contact in shown["contacts"])
            assert bool(shown["credits"]) == (shown["source"] == SITONG)

    def test_for_people(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Questions, answers, contact and credits are all there to read."""
        assert main(["show", str(SEEDS / SITONG)]) == FINE
        printed = capsys.readouterr().out
        assert f"{SITONG}, 4 questions answered" in printed
        assert "Sitong Cao: Two projects come to mind" in printed
        assert "Contact:\n   Instagram: sitongcao" in printed
        assert "Image credits:\n   The fiirst two pictures" in printed

    def test_one_bad_file_among_good_ones(self, damaged: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """What can be shown is shown, what cannot is named with the reason, and the exit code tells."""
        assert main(["show", "--json", str(damaged), str(damaged / "nowhere.txt")]) == PROBLEM
        shown = {entry["source"]: entry for entry in objects(capsys.readouterr().out)}
        assert sorted(shown) == [CAIYU, "nowhere.txt", "older/empty.txt", "picture.txt"]
        assert [name for name, entry in shown.items() if "error" not in entry] == [CAIYU]
        assert main(["show", str(damaged)]) == PROBLEM
        printed, complaints = capsys.readouterr()
        assert "My parents were architects of possibility" in printed
        assert "empty.txt: " in complaints


class TestEval:
    """``whosaid eval``."""

    @pytest.fixture
    def questions(self, tmp_path: Path) -> Path:
        """Two questions that are answered well, and one whose file expects what nobody would."""
        file = tmp_path / "questions.jsonl"
        rows = [
            {"id": "u", "question": UNLEARNING, "speakers": ["Caiyu Song"], "quotes": ["The lesson I had to unlearn"]},
            {"id": "o", "question": OSCAR, "kind": "nobody", "answerable": False},
            {"id": "w", "question": UNLEARNING, "speakers": ["Weiqi Cai"], "kind": "wrong"},
        ]
        file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
        return file

    def test_for_people(self, questions: Path, collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Tables tell what was found, over how many questions, by kind, and what it means; misses are asked for."""
        assert main(["eval", str(questions), *at(collection)]) == FINE
        printed, complaints = capsys.readouterr()
        assert complaints == ""
        assert printed.startswith("3 questions: somebody answers 2, nobody 1.\n2 are answered as they should be")
        found, _, named = printed.partition("Are the right people named?")
        rows = [" ".join(line.split()) for line in found.splitlines()]
        assert "all 1 100 % 100 % 100 % 100 % 1.00" in rows
        assert "nobody 0 – – – – –" in rows
        assert "exactly: everybody who says it is named, and nobody else." in named
        assert "Missed" not in printed
        main(["eval", str(questions), "--misses", *at(collection)])
        misses = capsys.readouterr().out.removeprefix(printed.rstrip("\n"))
        assert misses.startswith(
            f"\n\nMissed\n  w (wrong): {UNLEARNING}\n    wanted: Weiqi Cai; named: Caiyu Song; conf"
        )
        assert len(misses.strip().splitlines()) == 3

    def test_for_programs(self, questions: Path, collection: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """One JSON object has every measure with its number of questions, and every question with its outcome."""
        assert main(["eval", str(questions), "--json", "-k", "5", *at(collection)]) == FINE
        (made,) = objects(capsys.readouterr().out)
        assert (made["questions"], made["k"]) == (3, 5)
        assert made["measures"]["hit_at_1"] == {"value": 1, "questions": 1, "low": None, "high": None}
        assert made["measures"]["hit_at_10"]["value"] is None
        assert made["kinds"]["nobody"]["unanswerable_recognised"]["value"] == 1
        assert [result["missed"] for result in made["results"]] == [False, False, True]
        right = made["results"][0]
        assert (right["named"], right["rank"], right["said"]) == (["Caiyu Song"], 1, True)
        (place,) = right["quotes"]
        assert words_of(place["source"])[place["start"] : place["end"]] == "The lesson I had to unlearn"
        assert sum(each["questions"] for each in made["reliability"]) == 3

    @pytest.mark.parametrize(
        ("line", "told"),
        [
            ("{", "line 2: it is not JSON"),
            ('{"question": "who?", "speakers": ["Bob"]}', "line 2: no speaker is called"),
        ],
    )
    def test_unusable_file(
        self, line: str, told: str, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """A file that is not as it should be is named with the line, what is wrong, and nothing else is printed."""
        file = tmp_path / "questions.jsonl"
        file.write_text(f'{{"question": "who?", "speakers": []}}\n{line}\n')
        assert main(["eval", str(file), *at(collection)]) == PROBLEM
        printed, complaints = capsys.readouterr()
        assert printed == ""
        assert complaints.startswith(f"whosaid: {file}: {told}")
        assert complaints.count("\n") == 1

    def test_names_and_questions_cannot_steer_the_terminal(
        self, collection: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """What stands in a file of questions is shown without control characters, and broken letters do not stop it."""
        file = tmp_path / "questions.jsonl"
        row = {"id": "a\x1b[2J", "kind": "b\n\x9b", "question": "who\x1b[2J \ud800?", "answerable": True}
        file.write_text(json.dumps(row))
        assert main(["eval", str(file), "--misses", *at(collection)]) == FINE
        assert not {"\x1b", "\x9b"} & set(capsys.readouterr().out)


class TestServe:
    """``whosaid serve``."""

    def test_passes_on_what_was_typed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The page gets the interviews, the index, the address, and whether to open a browser."""
        calls: list[tuple[tuple[object, ...], dict[str, object]]] = []
        monkeypatch.setattr("rag.ui.serve.serve", lambda *given, **named: calls.append((given, named)))
        assert main(["serve", "mine", "--port", "8001", "--index", "here", "--no-browser"]) == FINE
        here = {"host": "127.0.0.1", "port": 8001, "login": None, "open_to_everybody": False}
        assert calls == [((Path("mine"),), {"index": Path("here"), **here, "open_browser": False})]

    def test_taken_port(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Where another program listens already, the code is that of any other problem, and the message names it."""
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            assert main(["serve", "--port", str(port), "--no-browser"]) == PROBLEM
        assert f"Port {port} is not free" in capsys.readouterr().err

    @pytest.mark.skipif(os.name == "nt", reason="no process can be sent Ctrl-C alone there")
    @pytest.mark.parametrize("program", [["-m", "rag", "serve"], ["app.py"]], ids=" ".join)
    def test_ctrl_c_leaves_quietly(self, program: list[str], collection: Path) -> None:
        """Ctrl-C stops the page, however far the interviews are opened, and nothing but its address was printed."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        _, path, *index = at(collection)
        command = [sys.executable, *program, path, *index, "--port", str(port), "--no-browser"]
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", cwd=SEEDS.parent
        ) as page:
            assert page.stdout is not None
            assert page.stderr is not None
            assert page.stderr.readline() == f"whosaid: the page is at http://127.0.0.1:{port} (Ctrl-C stops it)\n"
            page.send_signal(signal.SIGINT)
            assert page.wait(60) == INTERRUPTED
            assert (page.stdout.read(), page.stderr.read()) == ("", "")


class TestTerminal:
    """Colours, progress and characters."""

    @pytest.mark.parametrize(("no_colour", "coloured"), [("", True), ("1", False)])
    def test_colours(self, no_colour: str, coloured: bool, collection: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """On a terminal the matching sentence is coloured, unless NO_COLOR asks for none; progress is shown beside."""
        screen, beside = Terminal(), Terminal()
        for name, value in (("NO_COLOR", no_colour), ("TERM", "xterm"), ("COLUMNS", "80")):
            monkeypatch.setenv(name, value)
        monkeypatch.setattr("sys.stdout", screen)
        monkeypatch.setattr("sys.stderr", beside)
        main(["ask", UNLEARNING, *at(collection)])
        assert ("\x1b[1;35mThe lesson I had to unlearn" in screen.getvalue()) == coloured
        assert ("\x1b" in screen.getvalue()) == coloured
        assert max(map(len, screen.getvalue().splitlines())) <= 80 + len("\x1b[1;35m\x1b[0m\x01\x02")
        assert WARMING in beside.getvalue()

    def test_utf8_whatever_the_locale(self) -> None:
        """Letters and quotation marks of a transcript come out as UTF-8 even where the locale knows none."""
        shown = run("show", str(SEEDS / CAIYU), LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
        assert "“The Renaissance Reel”" in shown.stdout

    def test_control_characters_are_disarmed(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """A transcript cannot steer the terminal it is shown on."""
        file = tmp_path / "hostile.txt"
        file.write_text(
            "Ann: What do you do?\n\nBo: I paint \x1b[2Jthe town \x9b31mred.\n\nAnn: Why?\n\nBo: For fun.\n"
        )
        main(["show", str(file)])
        printed = capsys.readouterr().out
        assert "the town" in printed
        assert not {"\x1b", "\x9b"} & set(printed)


def test_starts_light() -> None:
    """Help needs none of the heavy libraries, so it is there at once."""
    code = (
        "import sys; from rag.cli import main\n"
        "try: main(['--help'])\n"
        "except SystemExit: pass\n"
        "print({'torch', 'numpy', 'faiss', 'gradio', 'rag.library'} & set(sys.modules))"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", cwd=SEEDS.parent)
    assert ran.stdout.endswith("set()\n")


def test_help_has_examples_and_exit_codes(capsys: pytest.CaptureFixture[str]) -> None:
    """The help of the command and of each of its parts shows how to use it and what the exit codes mean."""
    names = ("ask", "index", "serve", "show", "add", "remove", "speakers", "report", "eval")
    for command in ([], *([name] for name in names)):
        with pytest.raises(SystemExit) as left:
            main([*command, "--help"])
        text = capsys.readouterr().out
        assert left.value.code == FINE
        assert f"examples:\n  {' '.join(['whosaid', *command])}" in text
        assert "exit codes:" in text


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version is the package's."""
    with pytest.raises(SystemExit) as left:
        main(["--version"])
    assert (left.value.code, capsys.readouterr().out) == (FINE, f"whosaid {rag.__version__}\n")

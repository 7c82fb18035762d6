"""The README keeps its promises: its code runs, and prints what it says."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, Example, OutputChecker
from pathlib import Path
from zipfile import ZipFile

import pytest

from rag.library import examine
from rag.records import Interview

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = [(match[1], match[2]) for match in re.finditer(r"^```(\w+)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)]
COMMANDS = [block for language, block in BLOCKS if language == "console"]
PROGRAMS = [
    (block, BLOCKS[at + 1][1])
    for at, (language, block) in enumerate(BLOCKS)
    if language == "python" and BLOCKS[at + 1][0] == "text"
]
INSTALLS = [block.strip() for language, block in BLOCKS if language == "sh"]
SIDECARS = [block for language, block in BLOCKS if language == "toml"]
QUESTIONS = [block for language, block in BLOCKS if language == "jsonl"]
LAYOUTS = [block for language, block in BLOCKS if language == "transcript"]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh copy of the project, with a folder of a reader's own interviews in it, and a file of questions."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, copy in (("rag", "rag"), ("seeds", "seeds"), ("seeds", "my-interviews")):
        shutil.copytree(ROOT / name, folder / copy, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "questions.jsonl").write_text(QUESTIONS[0], encoding="utf-8")
    return folder


@pytest.mark.parametrize("block", COMMANDS, ids=lambda block: block.split("\n")[0])
def test_commands_print_what_the_readme_shows(block: str, desk: Path) -> None:
    """Each ``whosaid`` command of the README prints what stands under it."""
    command, expected = block.split("\n", 1)
    program, *arguments = shlex.split(command.removeprefix("$ "))
    assert program == "whosaid"
    assert_matches(run(desk, "-m", "rag", *arguments), expected)


@pytest.mark.parametrize(("code", "expected"), PROGRAMS, ids=lambda code: code.split("\n")[0])
def test_python_prints_what_the_readme_shows(code: str, expected: str, desk: Path) -> None:
    """Each Python block of the README runs as it stands, and prints what stands under it."""
    assert_matches(run(desk, "-c", code), expected)


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.split("\n")[0])
def test_layouts_are_understood_as_the_readme_says(layout: str, tmp_path: Path) -> None:
    """Each layout that is shown gives two questions with their answers, and the guest's name for each answer."""
    (tmp_path / "interview.txt").write_text(layout, encoding="utf-8")
    (shown,) = examine(tmp_path)
    assert isinstance(shown, Interview)
    assert [pair.interviewees for pair in shown.pairs] == [("John Abel",)] * 2
    answers = [pair.answer_span.of(shown.source.text) for pair in shown.pairs]
    assert answers[0].startswith("In the spring of 1962, with one suitcase.")
    assert answers[1].startswith("Nobody. That was the point.")


def test_sidecar_files_correct_what_the_readme_says(tmp_path: Path) -> None:
    """The file beside an interview renames, merges, gives roles and the rest; that beside an archive, too."""
    talk = "Speaker 1: Why?\nBo: So.\nSpeaker 1: Where?\nB. Chen: Here.\nSpeaker 1: When?\nBo: Now.\nB. Chen: Soon.\n"
    (tmp_path / "talk.txt").write_text(talk, encoding="utf-8")
    (tmp_path / "talk.txt.toml").write_text(SIDECARS[0], encoding="utf-8")
    with ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.writestr("inner/talk.txt", talk + "Bo: Never.\n")
    (tmp_path / "old.zip.toml").write_text(SIDECARS[1], encoding="utf-8")
    inner, beside = (shown for shown in examine(tmp_path) if isinstance(shown, Interview))
    assert {each.name for each in beside.speakers} == {"Ann Lee", "Bo Chen"}
    assert [each.role for each in beside.speakers if each.name == "Ann Lee"] == ["interviewer"]
    assert (beside.title, beside.date, beside.recording) == ("On rivers", "2024-05-01", "talk.mp3")
    assert beside.link == "https://example.org/rivers"
    assert "Ann Lee" in {each.name for each in inner.speakers}


def test_every_code_block_is_run() -> None:
    """No block escapes these tests: commands, programs with output, layouts, sidecars, questions, and two installs."""
    files = (LAYOUTS, SIDECARS, QUESTIONS, INSTALLS)
    assert len(COMMANDS) + 2 * len(PROGRAMS) + sum(map(len, files)) == len(BLOCKS)
    assert tuple(map(len, files)) == (3, 2, 1, 2)


def test_ci_runs_the_test_command_of_the_readme() -> None:
    """The check script finds exactly one test command in the README, so that the two cannot drift apart."""
    assert [line for line in README.splitlines() if line.endswith("-m pytest")] == INSTALLS[1:]
    assert "-m pytest$' README.md" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_links_lead_to_files_that_exist() -> None:
    """Every relative link and picture of the README is there."""
    links = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)
    assert [link for link in links if not (ROOT / link).exists()] == []


def run(folder: Path, *arguments: str) -> str:
    """Run Python as a reader would, in ``folder``; what it prints."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    environment.pop("WHOSAID_INTERVIEWS", None)
    ran = subprocess.run(
        [sys.executable, *arguments], cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=300
    )
    assert ran.returncode in (0, 1), ran.stderr
    return ran.stdout


def assert_matches(printed: str, expected: str) -> None:
    """``printed`` is as expected, where "..." stands for anything and all white space is alike."""
    checker, options = OutputChecker(), ELLIPSIS | NORMALIZE_WHITESPACE
    difference = checker.output_difference(Example("", expected), printed, options)
    assert checker.check_output(expected, printed, options), difference

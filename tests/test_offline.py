"""Nothing leaves the machine: no command and no question on the page looks up a name or connects anywhere else."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest

from tests.small import BRIDGES, RIVERS
from tests.visitors import ROOT, Visitor, served

COMMANDS = """
import sys
from rag.cli import main
folder = sys.argv[1]
of, index = ["--in", f"{folder}/interviews"], ["--index", f"{folder}/index"]
print(main(["index", f"{folder}/interviews", *index]))
print(main(["ask", "Who grew up beside a river?", *of, *index]))
print(main(["check", "I grew up beside a river", *of]))
print(main(["eval", f"{folder}/questions.jsonl", *of, *index]))
"""
GOING_OUT = """
import contextlib, socket, subprocess, sys
with contextlib.suppress(OSError):
    socket.create_connection(("192.0.2.1", 80), 1)
with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram:
    datagram.sendto(b"", ("192.0.2.2", 9))
with contextlib.suppress(OSError):
    socket.getaddrinfo("nowhere.invalid", 80)
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two interviews, and a question of which the answer is known."""
    folder = tmp_path_factory.mktemp("offline")
    (folder / "interviews").mkdir()
    (folder / "interviews" / "rivers.txt").write_text(RIVERS, encoding="utf-8")
    (folder / "interviews" / "bridges.txt").write_text(BRIDGES, encoding="utf-8")
    question = {"question": "Who builds bridges?", "speakers": ["Cy"]}
    (folder / "questions.jsonl").write_text(json.dumps(question), encoding="utf-8")
    return folder


@pytest.fixture
def trap(tmp_path: Path) -> Path:
    """What was stopped on its way out, a line each; not there as long as there is nothing."""
    return tmp_path / "trap"


def trapped(trap: Path) -> dict[str, str]:
    """An environment in which nothing gets out."""
    path = os.pathsep.join([str(ROOT / "tests" / "offline"), str(ROOT)])
    return {"PYTHONPATH": path, "WHOSAID_TRAP": str(trap)}


def run(before: Sequence[str], *arguments: str, trap: Path) -> "subprocess.CompletedProcess[str]":
    """Run Python in that environment."""
    command = [*before, sys.executable, *arguments]
    environment = {**os.environ, **trapped(trap)}
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=ROOT, env=environment, timeout=300)


def test_trap_catches_what_goes_out(trap: Path) -> None:
    """Connections, datagrams and look-ups are noted, also those of a program that another one starts."""
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {GOING_OUT!r}], check=True)"
    assert run([], "-c", child, trap=trap).returncode == 0
    assert {line.split()[-1] for line in trap.read_text().splitlines()} == {"192.0.2.1", "192.0.2.2", "nowhere.invalid"}


def test_commands_send_nothing(folder: Path, trap: Path) -> None:
    """Indexing, asking, checking and evaluating work as they should, and nothing tries to leave the machine."""
    done = run([], "-c", COMMANDS, str(folder), trap=trap)
    assert (done.returncode, [line for line in done.stdout.splitlines() if line.isdigit()]) == (0, ["0"] * 4), done
    assert "I grew up beside a river" in done.stdout
    assert not trap.exists(), trap.read_text()


def test_commands_work_without_any_network(folder: Path, trap: Path) -> None:
    """Even what no hook of Python would see could not go out: there is nothing to go out by."""
    alone = ["unshare", "--map-root-user", "--net"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], capture_output=True).returncode:
        pytest.skip("this machine lets nobody take the network away (unshare --net)")
    done = run(alone, "-c", COMMANDS, str(folder), trap=trap)
    assert (done.returncode, [line for line in done.stdout.splitlines() if line.isdigit()]) == (0, ["0"] * 4), done


def test_page_sends_nothing(folder: Path, trap: Path) -> None:
    """The page starts and answers with nothing leaving the machine, whatever the environment asks of Gradio.

    There is no share link, no usage report, and no proxy that would hear what the page asks of its own server.
    """
    proxy = dict.fromkeys(("HTTP_PROXY", "http_proxy", "ALL_PROXY"), "http://127.0.0.1:9")
    environment = {**trapped(trap), **proxy, "GRADIO_SHARE": "True", "GRADIO_ANALYTICS_ENABLED": "True"}
    with served(folder, **environment) as (link, _), httpx.Client(base_url=link, timeout=60, trust_env=False) as client:
        visitor = Visitor(client)
        visitor.open()
        assert "I grew up beside a river" in visitor.ask("Who grew up beside a river?")
    assert not trap.exists(), trap.read_text()

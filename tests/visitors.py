"""Visitors of the page without a browser: they ask over HTTP as its scripts do, through Gradio's queue."""

import json
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from rag.ui import HOST

ROOT = Path(__file__).parent.parent


@dataclass
class Visitor:
    """Somebody who has the page open in a window of their own."""

    client: httpx.Client
    session: str = field(default_factory=lambda: secrets.token_hex(6))
    config: dict[str, Any] = field(default_factory=dict)

    def open(self) -> None:
        """Load the page, and wait until the collection is open."""
        self.client.get("/").raise_for_status()
        self.config = self.client.get("/config").raise_for_status().json()
        self._told(self._begin("load", "", []))

    def ask(self, question: str) -> str:
        """Ask as the button does; returns the conversation, as HTML, with the reply."""
        return str(self._told(self.press(question))[0])

    def press(self, question: str) -> str:
        """Ask, and do not wait; returns the name of what happens."""
        return self._begin("click", "send", [question, [], [], "interviewee", None, None, ""])

    def _begin(self, event: str, part: str, data: list[Any]) -> str:
        """Let an event happen; returns its name."""
        number, trigger = self._event(event, part)
        body = {"data": data, "event_data": None, "fn_index": number, "trigger_id": trigger}
        joined = self.client.post("/gradio_api/queue/join", json={**body, "session_hash": self.session})
        return str(joined.raise_for_status().json()["event_id"])

    def _event(self, event: str, part: str) -> tuple[int, int | None]:
        """The number of an event, and that of the part that it happens to."""
        parts = {each["props"].get("elem_id"): each["id"] for each in self.config["components"]}
        for each in self.config["dependencies"]:
            for trigger, name in each["targets"]:
                if name == event and (not part or trigger == parts[part]):
                    return int(each["id"]), trigger
        raise LookupError(f"nothing happens on {event} of {part!r}")

    def _told(self, event: str) -> list[Any]:
        """What the parts of the page have to show at the end of an event.

        Raises:
            RuntimeError: it ended with an error.
        """
        with self.client.stream("GET", f"/gradio_api/queue/data?session_hash={self.session}") as stream:
            stream.raise_for_status()
            for line in stream.iter_lines():
                message = json.loads(line.removeprefix("data:")) if line.startswith("data:") else {}
                if message.get("event_id") == event and message["msg"] == "process_completed":
                    if not message["success"]:
                        raise RuntimeError(f"it ended with an error: {message['output']}")
                    return list(message["output"]["data"])
        raise RuntimeError("the server ended it")


def port_free_at(host: str) -> int:
    """A port at which nobody listens."""
    with socket.socket() as free:
        free.bind((host, 0))
        return int(free.getsockname()[1])


@contextmanager
def served(folder: Path, *options: str, **environment: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """``whosaid serve`` over the interviews in a folder, with its index there: its link, and the process."""
    command = [sys.executable, "-m", "rag", "serve", str(folder / "interviews"), "--index", str(folder / "index")]
    command += ["--port", str(port_free_at(HOST)), "--no-browser", *options]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stderr=log, text=True, cwd=ROOT, env={**os.environ, **environment})
    try:
        yield _link(process, folder / "log"), process
    finally:
        process.terminate()
        process.wait(20)


def _link(process: "subprocess.Popen[str]", log: Path) -> str:
    """What it tells of where it is, once it listens."""
    for _ in range(1200):
        if found := re.search(r"the page is at (\S+)", log.read_text(encoding="utf-8")):
            return found[1]
        if process.poll() is not None:
            break
        time.sleep(0.05)
    raise RuntimeError(f"the page did not start: {log.read_text(encoding='utf-8')}")

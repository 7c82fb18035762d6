"""The page as tests visit it: a server of its own, a browser, and what may not happen in either."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, ViewportSize, expect

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SECONDS_TO_OPEN = 120
DESKTOP: ViewportSize = {"width": 1280, "height": 800}
WIDEST = """Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll(
    "main button, main textarea, .card, .exchange, .turn, .words, blockquote"
)].map((part) => part.getBoundingClientRect().right))"""


@dataclass
class Visit:
    """A page of its own on the running server, and all that it asked for or complained of."""

    page: Page
    address: str
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    leaving: bool = False

    def watch(self) -> None:
        """Note every request and every error from now on."""
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_request(self, request: Request) -> None:
        self.requested.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        cut_off = self.leaving and "Connection errored out" in message.text
        if message.type == "error" and not cut_off:
            self.complaints.append(message.text)

    def reload(self) -> None:
        """Load the page anew, until the conversation is there again.

        What the page was still being told is cut off, which Gradio calls an error.
        """
        exchanges = self.page.locator(".exchange").count()
        self.leaving = True
        self.page.reload()
        self.leaving = False
        expect(self.page.locator(".exchange")).to_have_count(exchanges, timeout=SECONDS_TO_OPEN * 1000)

    def ask(self, question: str) -> Locator:
        """Ask as a person does; returns the reply once it is there."""
        exchanges = self.page.locator(".exchange")
        before = exchanges.count()
        self.page.get_by_label("Your question").fill(question)
        self.page.get_by_role("button", name="Ask", exact=True).click()
        reply = exchanges.nth(before).locator(".reply")
        expect(reply).to_be_visible()
        expect(self.page.locator(".working, .waits")).to_have_count(0, timeout=SECONDS_TO_OPEN * 1000)
        return reply

    def first_card(self) -> Locator:
        """The first card of the latest answer, unfolded where it stands under the reply."""
        fold = self.page.locator(".exchange").last.locator(".under > summary")
        if fold.is_visible():
            fold.click()
        return self.page.locator(".set").last.locator(".card").first

    def send(self, *files: Path) -> Locator:
        """Add files to the collection; returns what is told of them."""
        self.page.get_by_label("Choose interviews to add").set_input_files(files)
        told = self.page.locator("#outcome .imported")
        expect(told).to_be_visible(timeout=SECONDS_TO_OPEN * 1000)
        return told

    def open(self, title: str) -> Locator:
        """Open one of "Your interviews"; returns its row."""
        row = self.page.locator("#kept li").filter(has=self.page.get_by_role("button", name=title))
        row.get_by_role("button", name=title).click()
        expect(row.locator(".report")).to_be_visible()
        return row

    def check(self) -> None:
        """Nothing left this machine, and the browser had nothing to complain of."""
        elsewhere = [url for url in self.requested if not url.startswith((self.address, "data:", "blob:"))]
        assert self.requested
        assert not elsewhere
        assert not self.complaints, self.complaints
        assert self.page.evaluate("window.stolen") is None


def served(folder: Path) -> Iterator[str]:
    """The address of the page over the interviews in a folder, as a fixture gives it."""
    with running(folder, {}) as (address, _):
        yield address


@contextmanager
def running(
    folder: Path, environment: Mapping[str, str], port: int = 0
) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The page over the interviews in a folder, at a free port if none is given: its address, and the process."""
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind(("127.0.0.1", port))
        port = free.getsockname()[1]
    command = [sys.executable, str(ROOT / "app.py"), str(folder / "interviews"), "--index", str(folder / "index")]
    command += ["--port", str(port), "--no-browser"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT, env={**os.environ, **environment})
        try:
            yield answering(f"http://127.0.0.1:{port}", process, folder / "log"), process
        finally:
            process.terminate()
            process.wait(20)


def answering(address: str, process: "subprocess.Popen[bytes]", log: Path) -> str:
    """The address, once the page answers there."""
    for _ in range(600):
        if process.poll() is not None:
            pytest.fail(f"the page stopped: {log.read_text()}")
        try:
            with urlopen(address) as response:
                assert "default-src 'self'" in response.headers["content-security-policy"]
                return address
        except URLError:
            time.sleep(0.05)
    pytest.fail(f"the page did not answer: {log.read_text()}")


def visited(server: str, browser: Browser, window: ViewportSize, address: str = "/") -> Iterator[Visit]:
    """Somebody new who opens the page; afterwards nothing may have left, or gone wrong."""
    context = browser.new_context(viewport=window, permissions=["clipboard-read", "clipboard-write"])
    visit = Visit(context.new_page(), server)
    visit.watch()
    visit.page.goto(f"{server}{address}")
    expect(visit.page.get_by_role("button", name="Ask", exact=True)).to_be_visible(timeout=20_000)
    yield visit
    visit.check()
    context.close()

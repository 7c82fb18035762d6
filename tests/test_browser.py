"""The page in a real browser: the whole way from a question to a quote in its interview, and nothing leaves."""

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, ViewportSize, expect, sync_playwright

ROOT = Path(__file__).parent.parent
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
HOSTILE_WORDS = (
    'I grow enormous zucchini <img src=x onerror="window.stolen=1"> in a back\\slash garden ${window.stolen=1} '
    "and {{value}} sell them for $$x^2$$ at [the market](javascript:window.stolen=1) "
    "![seed](https://example.org/seed.png) <script>window.stolen=1</script> every summer."
)
HOSTILE = f"""Interviewer: What do you <b>grow</b> in ${{window.stolen=1}} your garden?
Mallory Reed: {HOSTILE_WORDS}

Interviewer: Who helps you?
Mallory Reed: My neighbour helps me with the watering.
"""
UNLEARN = (
    "The lesson I had to unlearn was the belief that saying “yes” to every opportunity—no matter how small or "
    "misaligned—would inevitably lead to growth and learning."
)

WIDEST = """Math.max(document.documentElement.scrollWidth, ...[...document.querySelectorAll(
    "main button, main textarea, .card, .exchange, .turn, .words, blockquote"
)].map((part) => part.getBoundingClientRect().right))"""

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: install the package chromium")


@dataclass
class Visit:
    """A page of its own on the running server, and all that it asked for or complained of."""

    page: Page
    address: str
    requested: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def watch(self) -> None:
        """Note every request and every error from now on."""
        self.page.on("request", self._note_request)
        self.page.on("console", self._note_console)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _note_request(self, request: Request) -> None:
        self.requested.append(request.url)

    def _note_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(message.text)

    def ask(self, question: str) -> Locator:
        """Ask as a person does; returns the reply once it is there."""
        exchanges = self.page.locator(".exchange")
        before = exchanges.count()
        self.page.get_by_label("Your question").fill(question)
        self.page.get_by_role("button", name="Ask", exact=True).click()
        reply = exchanges.nth(before).locator(".reply")
        expect(reply).to_be_visible()
        expect(self.page.locator(".working")).to_have_count(0, timeout=SECONDS_TO_OPEN * 1000)
        return reply

    def check(self) -> None:
        """Nothing left this machine, and the browser had nothing to complain of."""
        elsewhere = [url for url in self.requested if not url.startswith((self.address, "data:", "blob:"))]
        assert self.requested
        assert not elsewhere
        assert not self.complaints
        assert self.page.evaluate("window.stolen") is None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page over the seeds and one interview full of traps, its index built at this start."""
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(ROOT / "seeds", folder / "interviews")
    (folder / "interviews" / "traps.txt").write_text(HOSTILE, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(ROOT / "app.py"), str(folder / "interviews"), "--index", str(folder / "index")]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen([*command, "--port", str(port), "--no-browser"], stdout=log, stderr=log, cwd=ROOT)
        try:
            yield _answering(f"http://127.0.0.1:{port}", process, folder / "log")
        finally:
            process.terminate()
            process.wait(20)


def _answering(address: str, process: "subprocess.Popen[bytes]", log: Path) -> str:
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=[{"width": 1280, "height": 800}], ids=["desktop"])
def visit(server: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Somebody new who opens the page; afterwards nothing may have left, or gone wrong."""
    window: ViewportSize = request.param
    context = browser.new_context(viewport=window, permissions=["clipboard-read", "clipboard-write"])
    visit = Visit(context.new_page(), server)
    visit.watch()
    visit.page.goto(server)
    expect(visit.page.get_by_role("button", name="Ask", exact=True)).to_be_visible(timeout=20_000)
    yield visit
    visit.check()
    context.close()


def test_question_asked_too_early_waits_and_is_answered(visit: Visit) -> None:
    """While the index is built the page says so, keeps a question, and answers it when it can."""
    bar = visit.page.get_by_role("progressbar").first
    expect(bar).to_be_visible()
    visit.page.get_by_role("button", name="Who talks about unlearning?").click()
    expect(visit.page.locator(".reply")).to_contain_text("Your question waits")
    expect(visit.page.locator(".reply .people")).to_contain_text("Caiyu Song", timeout=SECONDS_TO_OPEN * 1000)
    expect(visit.page.locator(".masthead")).to_contain_text("4 interviews · 4 speakers")


def test_who_talks_about_unlearning(visit: Visit) -> None:
    """The reply names Caiyu Song, the card marks her words, and the source opens scrolled to them."""
    reply = visit.ask("who talks about unlearning?")
    expect(reply.locator("strong").first).to_have_text("Caiyu Song")
    expect(visit.page.locator("#quotes mark").first).to_have_text(UNLEARN)
    reply.get_by_role("link", name="Quote 1, Caiyu Song").click()
    card = visit.page.locator("#quotes .card").first
    expect(card).to_be_focused()
    expect(card).to_contain_text("000_6e33e0bb7a0af4be.txt · line 17")
    card.get_by_role("button", name="Open in interview").click()
    marked = visit.page.locator("#reader mark.sentence")
    expect(marked).to_have_text(UNLEARN)
    expect(marked).to_be_in_viewport()
    expect(visit.page.locator("#reader .turn.interviewer")).to_have_count(4)


def test_quotation_is_copied_exactly(visit: Visit) -> None:
    """The copy button puts the verbatim quote, its speaker and the interview on the clipboard."""
    visit.ask("who talks about unlearning?")
    visit.page.get_by_role("button", name="Copy quotation").first.click()
    expect(visit.page.locator("#announcer")).to_have_text("The quotation is copied.")
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    quote, _, speaker = copied.rpartition(" — ")
    assert speaker == "Caiyu Song, Interview with Caiyu Song"
    assert UNLEARN in quote
    assert quote[1:-1] in (ROOT / "seeds" / "000_6e33e0bb7a0af4be.txt").read_text(encoding="utf-8")
    assert (quote[0], quote[-1]) == ("“", "”")


def test_what_nobody_said_is_told_plainly(visit: Visit) -> None:
    """An unanswerable question names nobody, and what is shown is labelled as no answer."""
    reply = visit.ask("Who won an Oscar?")
    expect(reply.locator(".lead.none")).to_have_text("Nobody in these 4 interviews says that.")
    expect(reply.locator(".people")).to_have_count(0)
    expect(visit.page.locator("#quotes .card .banner").first).to_have_text("Nearest passage – not an answer")


def test_words_of_a_transcript_are_never_run(visit: Visit) -> None:
    """Markup, templates and scripts in an interview are shown, character by character, and do nothing."""
    visit.ask("Who grows zucchini?")
    expect(visit.page.locator("#quotes blockquote").first).to_have_text(HOSTILE_WORDS)
    expect(visit.page.locator("#thread .said").first).to_have_text(HOSTILE_WORDS)
    visit.page.get_by_role("button", name="Open in interview").first.click()
    expect(visit.page.locator("#reader mark.sentence").first).to_be_in_viewport()
    expect(visit.page.locator("#reader")).to_contain_text("What do you <b>grow</b> in ${window.stolen=1} your garden?")
    assert visit.page.locator("#reader img, #quotes img, #thread img, #reader script").count() == 0


def test_follow_up_and_filter(visit: Visit) -> None:
    """A follow-up says what it continues from; a filter holds; both are this visitor's own."""
    visit.ask("What does Weiqi say about her grandmother?")
    reply = visit.ask("what else does she say about that?")
    expect(reply.locator(".understood")).to_contain_text("continued from the question before")
    visit.page.get_by_role("button", name="Narrow the search").click()
    visit.page.get_by_label("Speakers").click()
    visit.page.get_by_role("option", name="Sitong Cao").click()
    visit.page.keyboard.press("Escape")
    visit.ask("stories about culture")
    names = visit.page.locator("#quotes .set:not([hidden]) h3").all_inner_texts()
    assert set(names) == {"Sitong Cao"}


def test_visitors_see_their_own_conversation_only(visit: Visit) -> None:
    """What one visitor asks is not shown to another."""
    visit.ask("who talks about unlearning?")
    other = visit.page.context.new_page()
    other.goto(visit.address)
    expect(other.locator(".welcome")).to_be_visible()
    expect(other.locator(".exchange")).to_have_count(0)


@pytest.mark.parametrize("question", ["   ", "🙂🙂", "words " * 1_700, "¿Quién habla de su abuela?"])
def test_odd_questions_get_a_sensible_reply(visit: Visit, question: str) -> None:
    """Whatever is asked, there is a reply in words."""
    reply = visit.ask(question)
    expect(reply).to_contain_text("no words" if not any(map(str.isalpha, question)) else "Understood as")


@pytest.mark.parametrize("visit", [{"width": 390, "height": 844}], indirect=True, ids=["phone"])
def test_phone_has_one_column_and_no_sideways_scroll(visit: Visit) -> None:
    """On a phone everything fits the width, and the quote in its interview is scrolled into view."""
    visit.ask("who talks about unlearning?")
    assert visit.page.evaluate(WIDEST) <= 390
    visit.page.get_by_role("button", name="Open in interview").first.click()
    expect(visit.page.locator("#reader mark.sentence")).to_be_in_viewport()
    assert visit.page.evaluate(WIDEST) <= 390

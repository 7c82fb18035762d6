"""The page in a real browser: the whole way from a question to a quote in its interview, and nothing leaves."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import wave
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError, URLError
from urllib.request import Request as UrlRequest
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
HOSTILE_SAID = HOSTILE_WORDS.partition(" <script>")[0]
"""What is quoted of it: a script is nobody's words, and only the whole interview shows it."""
HOSTILE = f"""Interviewer: What do you <b>grow</b> in ${{window.stolen=1}} your garden?
Mallory Reed: {HOSTILE_WORDS}

Interviewer: Who helps you?
Mallory Reed: My neighbour helps me with the watering.
"""
LIGHTHOUSES = """WEBVTT

00:00:12.000 --> 00:00:20.000
<v Nora Vale>What do you build?</v>

00:12:34.000 --> 00:12:50.000
<v Otto Brand>I build lighthouses out of driftwood, and each of them is taller than the last.</v>

00:13:10.000 --> 00:13:20.000
<v Nora Vale>Who taught you?</v>

00:13:21.000 --> 00:13:50.000
<v Otto Brand>My aunt taught me, and she kept bees as well.</v>
"""
GARDEN = """Rosa: What do you grow?
Kim Tan: I grow zucchini, and I sell them at the market.

Rosa: What else?
Kim Tan: A pond with frogs, and two ducks who quarrel.
"""
BOATS = """Ann: What do you paint?
Bo Li: I paint kayaks made of birch.

Ann: Where?
Bo Li: On the beach, mostly in the morning.
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
        assert not self.complaints
        assert self.page.evaluate("window.stolen") is None


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page over the seeds and one interview full of traps, its index built at this start."""
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(ROOT / "seeds", folder / "interviews")
    (folder / "interviews" / "traps.txt").write_text(HOSTILE, encoding="utf-8")
    yield from _served(folder)


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a collection that tests may change, one after the other."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "interviews").mkdir()
    return folder


@pytest.fixture(scope="module")
def own_server(own_folder: Path) -> Iterator[str]:
    """The address of the page over that collection, which is empty at first."""
    yield from _served(own_folder)


def _served(folder: Path) -> Iterator[str]:
    with _running(folder, {}) as (address, _):
        yield address


@contextmanager
def _running(folder: Path, environment: Mapping[str, str]) -> Iterator[tuple[str, "subprocess.Popen[bytes]"]]:
    """The page over the interviews in a folder: its address, and the process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(ROOT / "app.py"), str(folder / "interviews"), "--index", str(folder / "index")]
    command += ["--port", str(port), "--no-browser"]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, cwd=ROOT, env={**os.environ, **environment})
        try:
            yield _answering(f"http://127.0.0.1:{port}", process, folder / "log"), process
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
    yield from _visited(server, browser, request.param)


@pytest.fixture(params=[{"width": 1280, "height": 800}], ids=["desktop"])
def keeper(own_server: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """The same for somebody who keeps a collection, and looks at "Your interviews"."""
    for visit in _visited(own_server, browser, request.param):
        visit.page.get_by_role("button", name="Add interviews").click()
        expect(visit.page.get_by_label("Choose interviews to add")).to_be_enabled(timeout=SECONDS_TO_OPEN * 1000)
        yield visit


def _visited(server: str, browser: Browser, window: ViewportSize) -> Iterator[Visit]:
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
    visit.page.get_by_label("Your question").fill("Who talks about unlearning?")
    visit.page.get_by_role("button", name="Ask", exact=True).click()
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


def test_examples_are_those_of_the_collection_once_it_is_open(visit: Visit) -> None:
    """Over the seeds the page offers the questions made for them, and answers the one that is pressed."""
    expect(visit.page.get_by_role("button", name="How can I reach Sitong?")).to_be_visible(timeout=60_000)
    visit.page.get_by_role("button", name="Who talks about unlearning?").click()
    expect(visit.page.locator(".reply .people")).to_contain_text("Caiyu Song", timeout=SECONDS_TO_OPEN * 1000)


def test_what_nobody_said_is_told_plainly(visit: Visit) -> None:
    """An unanswerable question names nobody, and what is shown is labelled as no answer."""
    reply = visit.ask("Who won an Oscar?")
    expect(reply.locator(".lead.none")).to_have_text("Nobody in these 4 interviews says that.")
    expect(reply.locator(".people")).to_have_count(0)
    expect(visit.page.locator("#quotes .card .banner").first).to_have_text("Nearest passage – not an answer")


def test_words_of_a_transcript_are_never_run(visit: Visit) -> None:
    """Markup, templates and scripts in an interview are shown, character by character, and do nothing."""
    visit.ask("Who grows zucchini?")
    expect(visit.page.locator("#quotes blockquote").first).to_have_text(HOSTILE_SAID)
    expect(visit.page.locator("#thread .said").first).to_have_text(HOSTILE_SAID)
    visit.page.get_by_role("button", name="Open in interview").first.click()
    expect(visit.page.locator("#reader mark.sentence").first).to_be_in_viewport()
    expect(visit.page.locator("#reader")).to_contain_text(HOSTILE_WORDS)
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


def test_interviews_are_added_to_a_collection_that_was_empty(keeper: Visit, own_folder: Path, tmp_path: Path) -> None:
    """Each file is reported, a bad one beside good ones is told with a remedy, and questions find the new words."""
    expect(keeper.page.locator("#notice")).to_contain_text("could not be opened")
    (tmp_path / "sea & <shore> (1).vtt").write_text(LIGHTHOUSES, encoding="utf-8")
    (tmp_path / "sea & <shore> (1).vtt.toml").write_text('recording = "https://example.org/sea.mp3"\n')
    (tmp_path / "garden.txt").write_text(GARDEN, encoding="utf-8")
    (tmp_path / "broken.docx").write_bytes(b"no document at all")
    told = keeper.send(*tmp_path.iterdir())
    expect(told.locator("h2")).to_have_text("Two interviews added, 1 file left out")
    expect(told.locator("h2")).to_be_focused()
    expect(told.locator(".problems")).to_contain_text("broken.docx")
    expect(told.locator(".problems")).not_to_contain_text(str(tmp_path))
    sea = told.locator(".report").filter(has_text="sea & <shore> (1).vtt")
    expect(sea).to_contain_text("WebVTT")
    expect(sea.get_by_role("row", name="Otto Brand")).to_contain_text("interviewee")
    expect(keeper.page.locator(".masthead")).to_contain_text("2 interviews · 2 speakers")
    expect(keeper.page.locator("#notice")).not_to_contain_text("could not be opened")
    assert (own_folder / "interviews" / "sea & <shore> (1).vtt").read_text(encoding="utf-8") == LIGHTHOUSES
    assert not (own_folder / "interviews" / "broken.docx").exists()
    reply = keeper.ask("Who builds lighthouses?")
    expect(reply.locator("strong").first).to_have_text("Otto Brand")


def test_examples_follow_the_collection(keeper: Visit, tmp_path: Path) -> None:
    """Before anything was asked, the page offers questions about the people there are, and nobody else."""
    examples = keeper.page.locator(".examples")
    expect(examples).to_contain_text("Who is Kim Tan?")
    expect(examples).not_to_contain_text("Sitong")
    (tmp_path / "air.txt").write_text("Ann: What do you fly?\nAda Wing: Kites.\n\nAnn: Why?\nAda Wing: For fun.\n")
    keeper.send(tmp_path / "air.txt")
    expect(examples).to_contain_text("Who is Ada Wing?")
    _remove(keeper, "Interview with Ada Wing")
    expect(examples).not_to_contain_text("Ada Wing")


def _remove(keeper: Visit, title: str) -> None:
    row = keeper.open(title)
    row.get_by_text("Remove …").click()
    row.get_by_role("button", name="Remove it now").click()
    expect(keeper.page.locator("#outcome")).to_contain_text("is removed")


def test_what_is_there_already_is_told_and_not_doubled(keeper: Visit, tmp_path: Path) -> None:
    """The same file under another name is not added again."""
    (tmp_path / "twin.txt").write_text(GARDEN, encoding="utf-8")
    told = keeper.send(tmp_path / "twin.txt")
    expect(told).to_contain_text("twin.txt is not added: it is the same as garden.txt, letter for letter")
    expect(keeper.page.locator(".masthead")).to_contain_text("2 interviews")


def test_time_of_a_quote_leads_into_the_recording(keeper: Visit) -> None:
    """A stamped transcript whose sidecar names a recording has its quotes and turns linked to their seconds."""
    keeper.ask("Who builds lighthouses?")
    link = keeper.page.locator("#quotes .card").first.get_by_role("link", name="at 0:12:34")
    expect(link).to_have_attribute("href", "https://example.org/sea.mp3#t=754")
    keeper.page.get_by_role("button", name="Open in interview").first.click()
    turns = keeper.page.locator("#reader .turn .when")
    expect(turns).to_have_text(["at 0:00:12", "at 0:12:34", "at 0:13:10", "at 0:13:21"])


def test_recording_on_this_machine_plays_from_the_second(keeper: Visit, own_folder: Path) -> None:
    """A file beside the interview, named in the form, is played in the card from where the quote begins."""
    with wave.open(str(own_folder / "interviews" / "sea.wav"), "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", "not compressed"))
        sound.writeframes(bytes([128]) * 8000 * 800)
    row = keeper.open("Interview with Otto Brand")
    row.get_by_role("textbox", name="Recording").fill("sea.wav")
    row.get_by_role("button", name="Save").click()
    expect(keeper.page.locator("#kept .told")).to_have_text("Saved. Answers use it from now on.")
    keeper.ask("Who builds lighthouses?")
    keeper.page.locator("#quotes .card").first.get_by_role("button", name="at 0:12:34, Otto Brand").click()
    player = keeper.page.locator("#quotes audio")
    expect(player).to_be_focused()
    keeper.page.wait_for_function("document.querySelector('#quotes audio').currentTime >= 754")


def test_renamed_speaker_is_so_called_in_the_next_answer(keeper: Visit) -> None:
    """A name corrected in the list stands on the quote card, in the filters and in the title."""
    row = keeper.open("Interview with Otto Brand")
    row.get_by_role("textbox", name="Name").nth(1).fill("Ottilie Brand")
    row.get_by_role("button", name="Save").click()
    expect(keeper.page.locator("#kept .told")).to_be_visible()
    expect(keeper.page.get_by_role("button", name="Interview with Ottilie Brand")).to_be_focused()
    keeper.ask("Who builds lighthouses?")
    expect(keeper.page.locator("#quotes .card h3").first).to_have_text("Ottilie Brand")
    keeper.page.get_by_role("button", name="Narrow the search").click()
    keeper.page.get_by_label("Speakers").click()
    expect(keeper.page.get_by_role("option", name="Ottilie Brand")).to_be_visible()
    expect(keeper.page.get_by_role("option", name="Otto Brand")).to_have_count(0)


def test_correction_that_cannot_be_is_told_and_changes_nothing(keeper: Visit) -> None:
    """Where nobody would be left who answers, the reason stands in the list, and the form can be used again."""
    row = keeper.open("Interview with Kim Tan")
    row.get_by_role("combobox", name="Role").nth(1).select_option("interviewer")
    row.get_by_role("button", name="Save").click()
    expect(keeper.page.locator("#kept .told.wrong")).to_contain_text("nobody who answers")
    expect(keeper.page.locator("#kept").get_by_role("button", name="Save")).to_be_enabled()
    expect(keeper.page.locator("#kept").get_by_role("combobox", name="Role").nth(1)).to_have_value("interviewee")


def test_broken_correction_is_told_and_set_aside(keeper: Visit, own_folder: Path, tmp_path: Path) -> None:
    """A sidecar that is no TOML stands in the report; a button takes it out of the way, and the form is there."""
    (tmp_path / "air.txt").write_text("Ann: What do you fly?\nAda Wing: Kites.\n\nAnn: Why?\nAda Wing: For fun.\n")
    (tmp_path / "air.txt.toml").write_text("title = Kites and wind")
    told = keeper.send(tmp_path / "air.txt", tmp_path / "air.txt.toml")
    expect(told.locator("h2")).to_have_text("One interview added, 1 correction not used")
    expect(told.locator(".problems")).to_contain_text("air.txt.toml: it is not TOML")
    told.get_by_role("button", name="Correct Interview with Ada Wing").click()
    keeper.page.get_by_role("button", name="Set the broken correction aside").click()
    row = keeper.page.locator("#kept li").filter(has=keeper.page.get_by_role("button", name="Ada Wing"))
    expect(row.locator(".told")).to_contain_text("air.txt.toml is called air.txt.broken.toml now")
    expect(row.get_by_role("button", name="Save")).to_be_enabled()
    expect(keeper.page.locator("#notice")).not_to_contain_text("air.txt")
    assert (own_folder / "interviews" / "air.txt.broken.toml").read_text() == "title = Kites and wind"
    row.get_by_text("Remove …").click()
    row.get_by_role("button", name="Remove it now").click()
    expect(keeper.page.locator("#outcome")).to_contain_text("air.txt is removed")


def test_other_visitor_sees_what_was_changed(keeper: Visit, tmp_path: Path) -> None:
    """A page that was open before shows an interview added by another one at its next question."""
    other = keeper.page.context.new_page()
    other.goto(keeper.address)
    expect(other.locator(".masthead")).to_contain_text("2 interviews")
    (tmp_path / "boats.txt").write_text(BOATS, encoding="utf-8")
    keeper.send(tmp_path / "boats.txt")
    elsewhere = Visit(other, keeper.address)
    expect(elsewhere.ask("Who paints kayaks?").locator("strong").first).to_have_text("Bo Li")
    expect(other.locator(".masthead")).to_contain_text("3 interviews")


@pytest.mark.parametrize("keeper", [{"width": 390, "height": 844}], indirect=True, ids=["phone"])
def test_list_fits_a_phone(keeper: Visit) -> None:
    """On a phone the panel, its forms and its tables have no sideways scroll."""
    row = keeper.open("Interview with Kim Tan")
    expect(row.get_by_role("button", name="Save")).to_be_visible()
    assert keeper.page.evaluate(WIDEST) <= 390
    assert keeper.page.evaluate("document.querySelector('#keeping').scrollWidth") <= 390


def test_removed_interview_is_not_found_any_more(keeper: Visit, own_folder: Path) -> None:
    """A second click removes it; its file is kept aside, and its words are nobody's."""
    row = keeper.open("Interview with Kim Tan")
    expect(row.get_by_role("button", name="Remove it now")).to_be_hidden()
    row.get_by_text("Remove …").click()
    row.get_by_role("button", name="Remove it now").click()
    expect(keeper.page.locator("#outcome")).to_contain_text("garden.txt is removed, 2 interviews left")
    expect(keeper.page.locator("#kept")).not_to_contain_text("Kim Tan")
    assert (own_folder / "interviews" / ".removed" / "garden.txt").read_text(encoding="utf-8") == GARDEN
    reply = keeper.ask("Who grows zucchini?")
    expect(reply).not_to_contain_text("Kim Tan")
    expect(keeper.page.locator("#quotes")).not_to_contain_text("zucchini, and I sell")


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of somebody else's page on another port of this machine."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "index.html").write_text("<title>elsewhere</title>", encoding="utf-8")
    quiet = type("Quiet", (SimpleHTTPRequestHandler,), {"log_message": lambda *_: None})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(quiet, directory=str(folder))) as other:
        Thread(target=other.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{other.server_port}"
        other.shutdown()


READ = """async (url) => {
  const tries = [{}, {credentials: "include"}, {mode: "no-cors"}];
  return Promise.all(tries.map((how) => fetch(url, how).then((reply) => reply.text(), () => "")));
}"""
JSON_SENT = {"headers": {"content-type": "application/json"}}
SEND = """async ([url, body, tries]) => {
  return Promise.all(tries.map((how) =>
    fetch(url, {method: "POST", body, ...how}).then((reply) => `${reply.status} ${reply.type}`, () => "refused")));
}"""
FRAME = """(url) => new Promise((done) => {
  const frame = Object.assign(document.createElement("iframe"), {src: url});
  frame.onload = frame.onerror = () => done();
  document.body.append(frame);
})"""


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_page_of_another_port_reads_nothing_and_removes_nothing(
    keeper: Visit, own_folder: Path, elsewhere: str, browser: Browser, tmp_path: Path, name: str
) -> None:
    """What the page itself may ask, a page of another port of this machine may not, nor have in a frame."""
    (tmp_path / "air.txt").write_text("Ann: What do you fly?\nAda Wing: Kites.\n\nAnn: Why?\nAda Wing: For fun.\n")
    keeper.send(tmp_path / "air.txt")
    removal = _removal(keeper.address, "air.txt")
    page = browser.new_page()
    page.goto(elsewhere.replace("127.0.0.1", name))
    assert page.evaluate(READ, f"{keeper.address}/config") == ["", "", ""]
    tries = [JSON_SENT, {"mode": "no-cors"}, {"credentials": "include"}]
    sent = page.evaluate(SEND, [f"{keeper.address}/gradio_api/queue/join", removal, tries])
    assert set(sent) <= {"refused", "0 opaque"}
    assert page.evaluate(READ, f"{keeper.address}/gradio_api/queue/data?session_hash=other") == ["", "", ""]
    page.evaluate(FRAME, keeper.address)
    assert "whosaid" not in page.frames[-1].content()
    time.sleep(1)
    assert (own_folder / "interviews" / "air.txt").exists()
    page.evaluate("(url) => { location = url }", keeper.address)
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    page.close()
    assert keeper.page.evaluate(SEND, ["/gradio_api/queue/join", removal, [JSON_SENT]]) == ["200 basic"]
    for _ in range(100):
        if not (own_folder / "interviews" / "air.txt").exists():
            return
        time.sleep(0.1)
    pytest.fail("the page itself could not remove it either, so that nothing was tried")


def _removal(address: str, name: str) -> str:
    """What the page sends when somebody removes an interview."""
    with urlopen(f"{address}/config") as response:
        config = json.load(response)
    kept = next(each["id"] for each in config["components"] if each["props"].get("elem_id") == "kept")
    act = next(each["id"] for each in config["dependencies"] if [kept, "click"] in each["targets"])
    event = {"act": "remove", "name": name}
    return json.dumps(
        {"data": [[], []], "event_data": event, "fn_index": act, "trigger_id": kept, "session_hash": "other"}
    )


@pytest.mark.parametrize("origin", ["http://localhost:8123", "http://127.0.0.1:8123", "https://example.org", "null"])
def test_no_other_origin_is_allowed_by_the_whole_of_the_server(server: str, origin: str) -> None:
    """Not even the answers that Gradio gives before any route tell a browser that another page may read them."""
    for method, path in (("GET", "/config"), ("OPTIONS", "/gradio_api/queue/join"), ("GET", "/"), ("GET", "/none")):
        headers = {"Origin": origin, "Access-Control-Request-Method": "POST"}
        with pytest.raises(HTTPError) as refused:
            urlopen(UrlRequest(f"{server}{path}", headers=headers, method=method))
        assert refused.value.code == 403
        assert not [name for name in refused.value.headers if name.casefold().startswith("access-control")]
        refused.value.close()


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_signal_ends_the_page_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    """What was sent and not added is gone when the program is told to end, and what a killed one left at the start."""
    if signal.getsignal(signal.Signals[name]) is signal.SIG_IGN:
        pytest.skip(f"these tests were started with {name} ignored, as by nohup, and so is the page")
    temporary = tmp_path / "temporary"
    stale = temporary / "whosaid-999999999-abc"
    stale.mkdir(parents=True)
    (tmp_path / "interviews").mkdir()
    (tmp_path / "interviews" / "boats.txt").write_text(BOATS, encoding="utf-8")
    with _running(tmp_path, {"TMPDIR": str(temporary)}) as (address, process):
        sent = UrlRequest(f"{address}/arrivals?batch={'a' * 32}&name=talk.txt", data=b"words", method="PUT")
        with urlopen(sent) as response:
            assert response.status == 201
        assert [path.name for path in temporary.rglob("talk.txt")] == ["talk.txt"]
        assert not stale.exists()
        number = signal.Signals[name]
        process.send_signal(number)
        assert process.wait(20) == 128 + number
    assert not list(temporary.glob("whosaid-*"))

"""Beyond this machine nobody gets in without the login, and everything works for who has it."""

import errno
import os
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient

from rag.cli import PROBLEM, main
from rag.errors import ReadError
from rag.ui import gate
from rag.ui.address import Address, HostError
from rag.ui.gate import Gate
from rag.ui.guarding import GuardedPages, Message, Receive, Send
from rag.ui.login import Login, ask_for_login, read_login
from rag.ui.serve import NoLoginError, _tell, serve
from tests.small import RIVERS
from tests.visitors import Visitor, served

LOGIN = Login("zoë", "grandmother's river")
RIGHT = {"name": "zoë", "password": "grandmother's river"}
WORDS = "I grew up beside a river"
EVERYWHERE = [
    ("GET", "/config"),
    ("GET", "/theme.css"),
    ("GET", "/logout"),
    ("POST", "/login"),
    ("GET", "/gradio_api/info"),
    ("GET", "/gradio_api/app_id"),
    ("GET", "/gradio_api/token"),
    ("GET", "/gradio_api/queue/data?session_hash=other"),
    ("GET", "/gradio_api/queue/status"),
    ("POST", "/gradio_api/queue/join"),
    ("POST", "/gradio_api/run/ask"),
    ("GET", "/gradio_api/file=interviews/rivers.txt"),
    ("GET", "/recordings?interview=rivers.txt"),
    ("PUT", "/arrivals?batch=0123456789abcdef0123456789abcdef&name=talk.txt"),
    ("POST", "/quotes"),
    ("POST", "/exports?format=md"),
    ("GET", "//"),
    ("HEAD", "/"),
    ("OPTIONS", "/"),
    ("GET", "/gradio_api/startup-events/../../config"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A collection, with a login beside it and a link to that."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "interviews").mkdir()
    (folder / "interviews" / "rivers.txt").write_text(RIVERS, encoding="utf-8")
    (folder / "login.txt").write_text(f"{LOGIN.name}\n{LOGIN.password}\n", encoding="utf-8")
    (folder / "login.txt").chmod(0o600)
    (folder / "interviews" / "link.txt").symlink_to(folder / "login.txt")
    return folder


@pytest.fixture(scope="module")
def page(folder: Path) -> Iterator[str]:
    """The link of a page with that login."""
    with served(folder, "--login", str(folder / "login.txt")) as (link, _):
        yield link


@pytest.fixture
def client(page: str) -> Iterator[httpx.Client]:
    """A browser that has not been there before."""
    with httpx.Client(base_url=page, timeout=30, trust_env=False) as client:
        yield client


def gated() -> TestClient:
    """A browser before a gate with nothing but a secret behind it."""

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        await PlainTextResponse("secret")(scope, receive, send)

    return TestClient(Gate(app, LOGIN), follow_redirects=False)


@pytest.mark.parametrize(("method", "path"), EVERYWHERE)
def test_nothing_is_told_without_the_login(client: httpx.Client, method: str, path: str) -> None:
    """Whatever is asked for, by whatever method, is refused alike, with what to do."""
    refused = client.request(method, path)
    assert refused.status_code == 401
    assert refused.text in ("", gate._FIRST) or "Log in" in refused.text
    assert not {"rivers", "Bo", "gradio"} & set(refused.text.split())
    assert "set-cookie" not in refused.headers


def test_page_shows_only_the_form(client: httpx.Client) -> None:
    """Where the page would be there is a form that names nothing of the collection and is not kept by the browser."""
    form = client.get("/?quote=abc")
    assert (form.status_code, form.headers["cache-control"]) == (401, "no-store")
    assert 'name="password" type="password"' in form.text
    assert "interviews" not in form.text


def test_who_logs_in_can_ask(client: httpx.Client) -> None:
    """With the login there are the page, its settings, an answer over the queue, and what lies beside the page."""
    let_in = client.post("/?quote=abc", data=RIGHT)
    assert (let_in.status_code, let_in.headers["location"]) == (303, "/?quote=abc")
    visitor = Visitor(client)
    visitor.open()
    assert WORDS in visitor.ask("Who grew up beside a river?")
    assert client.post("/quotes", json={"quotes": []}).json() == {}


@pytest.mark.parametrize(
    "target",
    [
        "/gradio_api/file={folder}/login.txt",
        "/gradio_api/file={folder}/interviews/rivers.txt",
        "/gradio_api/file=/{folder}/login.txt",
        "/gradio_api/file=file://{folder}/login.txt",
        "/gradio_api/file/{folder}/login.txt",
        "/gradio_api/file={encoded}%2Flogin.txt",
        "/gradio_api/file={twice}%252Flogin.txt",
        "/gradio_api/file=link.txt",
        "/gradio_api/file=pyproject.toml",
        "/gradio_api/file=./pyproject.toml",
        "/gradio_api/file=seeds/../pyproject.toml",
        "/gradio_api/file=..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f{folder}/login.txt",
        "/gradio_api/file=..\\..\\login.txt",
        "/gradio_api/file=http://127.0.0.1:9/login.txt",
        "/gradio_api/proxy=http://127.0.0.1:9/login.txt",
        "/file={folder}/login.txt",
        "/static/../../../../../../../../..{folder}/login.txt",
        "/static/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e/%2e%2e{folder}/login.txt",
        "/assets/..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f..{folder}/login.txt",
        "/svelte/..%2f..%2f..%2f..%2f..%2f..%2f..%2f..%2f..{folder}/login.txt",
        "/custom_component/x/y/z/..%2f..%2flogin.txt",
        "/recordings?interview=..%2flogin.txt",
        "/recordings?interview={encoded}%2flogin.txt",
        "/recordings?interview=link.txt",
        "/{folder}/login.txt",
        "/../login.txt",
    ],
)
def test_no_file_of_the_machine_is_read(page: str, folder: Path, client: httpx.Client, target: str) -> None:
    """Not even who is logged in gets a file by its path, however it is written, nor by a link in the collection."""
    client.post("/", data=RIGHT)
    names = {"folder": str(folder), "encoded": quote(str(folder), safe=""), "twice": quote(quote(str(folder), safe=""))}
    refused = client.get("/", extensions={"target": target.format(**names).encode()})
    assert refused.status_code in (400, 403, 404, 405)
    assert not [words for words in (LOGIN.password, WORDS, "[project]") if words in refused.text]


def test_cookie_stays_with_the_browser_and_the_page(client: httpx.Client) -> None:
    """No script reads the cookie, no other site's request carries it, and no port of this machine overwrites it."""
    set_cookie = client.post("/", data=RIGHT).headers["set-cookie"]
    name, _, rest = set_cookie.partition("=")
    assert name == f"whosaid-{client.base_url.port}"
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in rest.split(";")}
    assert len(rest.partition(";")[0]) >= 43


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"name": "zoë"},
        {"name": "zoë", "password": ""},
        {"name": "zoë", "password": "grandmother's River"},
        {"name": "Zoë", "password": "grandmother's river"},
        {"name": "", "password": "grandmother's river"},
        {"name": "zoë", "password": "grandmother's river" + "x" * 5000},
    ],
)
def test_wrong_login(form: dict[str, str]) -> None:
    """What is nearly right is wrong, and it is said without telling which of the two is."""
    client = gated()
    refused = client.post("/", data=form)
    assert (refused.status_code, gate._WRONG in refused.text) == (401, True)
    assert "set-cookie" not in refused.headers
    assert client.get("/config").status_code == 401


def test_accents_are_the_same_however_they_are_typed() -> None:
    """A keyboard may put the dots on a letter itself, or after it."""
    assert gated().post("/", data={**RIGHT, "name": "zoe\u0308"}).status_code == 303


def test_guessing_is_slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """After a few wrong tries not even the right one is taken, until some minutes have gone."""
    now = 1000.0
    monkeypatch.setattr("rag.ui.gate.time.monotonic", lambda: now)
    client = gated()
    for _ in range(gate.WRONG_TRIES):
        assert client.post("/", data={**RIGHT, "password": "a guess"}).status_code == 401
    waits = client.post("/", data=RIGHT)
    assert (waits.status_code, "Wait 5 minutes" in waits.text) == (429, True)
    now += gate.MINUTES_TO_WAIT * 60
    assert client.post("/", data=RIGHT).status_code == 303


def test_login_ends_when_nobody_does_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody at work stays logged in; somebody who went home does not."""
    now = 1000.0
    monkeypatch.setattr("rag.ui.gate.time.monotonic", lambda: now)
    client = gated()
    client.post("/", data=RIGHT)
    for _ in range(3):
        now += gate.HOURS_KEPT * 3600 - 1
        assert client.get("/config").text == "secret"
    now += gate.HOURS_KEPT * 3600 + 1
    assert client.get("/config").status_code == 401


@pytest.mark.parametrize("cookie", ["", "x", "None"])
def test_made_up_cookie(cookie: str) -> None:
    """A key that was never given opens nothing."""
    assert gated().get("/config", headers={"cookie": f"whosaid-80={cookie}"}).status_code == 401


def test_guard_knows_the_chosen_address_alone() -> None:
    """Where the page is for a network, it answers under that name, and no other: not even under this machine's own."""

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        await PlainTextResponse("page")(scope, receive, send)

    client = TestClient(GuardedPages(app, Address.of("192.0.2.7", 7860).names), base_url="http://192.0.2.7:7860")
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"origin": "http://192.0.2.7:7860"}).status_code == 200
    for other in ("localhost:7860", "127.0.0.1:7860", "newsroom:7860", "192.0.2.70:7860", ""):
        assert client.get("/", headers={"host": other}).status_code == 403
    assert client.post("/", headers={"origin": "http://192.0.2.7:80"}).status_code == 403


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("2001:db8:0:0:0:0:0:1", "[2001:db8::1]:7860"),
        ("[2001:DB8::1]", "[2001:db8::1]"),
        ("192.0.2.7", "192.0.2.7:7860"),
    ],
)
def test_address_is_known_however_it_is_typed(typed: str, sent: str) -> None:
    """A browser sends it in one way, and leaves the port out where that is 80."""

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        await PlainTextResponse("page")(scope, receive, send)

    client = TestClient(GuardedPages(app, Address.of(typed, 7860).names))
    assert client.get("/", headers={"host": sent}).status_code == 200
    assert client.get("/", headers={"host": "[2001:db8::2]"}).status_code == 403


def test_all_addresses_of_one_network_guess_together() -> None:
    """A machine may call itself by any address of its network in IPv6, and has no more tries for that."""
    assert gate._network("2001:db8::1") == gate._network("2001:db8::2:3") != gate._network("2001:db8:0:1::1")
    assert gate._network("192.0.2.7") != gate._network("192.0.2.8")


def test_blanks_that_a_keyboard_adds_do_no_harm() -> None:
    """Phones add one after a word that they complete."""
    assert gated().post("/", data={**RIGHT, "name": " zoë "}).status_code == 303
    assert gated().post("/", data={**RIGHT, "password": "grandmother's river "}).status_code == 401


@pytest.mark.parametrize(
    ("host", "here"),
    [
        *[(host, True) for host in ("127.0.0.1", "127.0.0.2", "localhost", "::1", "[::1]")],
        *[(host, False) for host in ("192.0.2.7", "fd00::7")],
    ],
)
def test_address_tells_whether_others_reach_it(host: str, *, here: bool) -> None:
    """Only what loops back to this machine is its own."""
    if ":" in host and not socket.has_ipv6:
        pytest.skip("this machine has no IPv6")
    assert Address.of(host, 7860).is_here == here


@pytest.mark.parametrize("host", ["192.0.2.7", "fd00::7"])
def test_no_page_for_others_without_a_login(host: str) -> None:
    """It is refused before anything is read or listened to, with what to do."""
    with pytest.raises(NoLoginError, match=f"Other machines can reach {host}.*--login FILE"):
        serve(host=host, open_browser=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "0", "", "nowhere.invalid"])
def test_addresses_that_nobody_can_type(host: str, capsys: pytest.CaptureFixture[str]) -> None:
    """All addresses at once, or none, are no address under which the guard could know the page."""
    assert main(["serve", f"--host={host}", "--no-browser"]) == PROBLEM
    assert "leave --host out to keep the page on this machine" in capsys.readouterr().err


def test_address_of_another_machine() -> None:
    """An address that is not this machine's own is told as that, and not as a taken port."""
    with socket.socket() as attempt:
        try:
            attempt.bind(("192.0.2.7", 0))
        except OSError as error:
            if error.errno != errno.EADDRNOTAVAIL:
                pytest.skip(f"this machine binds to any address: {error}")
        else:
            pytest.skip("this machine binds to any address")
    for given in ({"login": LOGIN}, {"open_to_everybody": True}):
        with pytest.raises(HostError, match="no address of this machine"):
            serve(host="192.0.2.7", open_browser=False, **given)


@pytest.mark.parametrize(
    ("host", "login", "told"),
    [
        ("127.0.0.1", None, ()),
        ("127.0.0.1", LOGIN, ()),
        ("127.0.0.2", LOGIN, ("Only this machine gets there",)),
        ("192.0.2.7", LOGIN, ("can read what the page sends",)),
        ("192.0.2.7", None, ("can read what the page sends", "everybody who finds this address")),
    ],
)
def test_start_tells_what_a_network_means(
    host: str, login: Login | None, told: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever opens the page to others is told that nothing hides what is sent, and that a page may be open to all."""
    _tell(Address.of(host, 7860), login)
    first, *others = capsys.readouterr().err.splitlines()
    assert first == f"whosaid: the page is at http://{host}:7860 (Ctrl-C stops it)"
    assert len(others) == len(told)
    assert all(words in line for words, line in zip(told, others, strict=True))


def test_command_says_what_is_needed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nobody sits at a terminal to make up a login, the command ends with the remedy."""
    monkeypatch.setattr("sys.stdin.isatty", lambda: False, raising=False)
    assert main(["serve", "--host", "192.0.2.7", "--no-browser"]) == PROBLEM
    assert "--host 192.0.2.7 --login FILE" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("zoë\n", "a login has two lines, and here are 1"),
        ("zoë\ngrandmother's river\n\n", "here are 3"),
        ("zoë\nriver\n", "fewer than 10 characters"),
        ("\ngrandmother's river\n", "the name is empty"),
    ],
)
def test_file_that_is_no_login(tmp_path: Path, text: str, told: str) -> None:
    """It is told what is wrong, without a word of the password."""
    file = tmp_path / "login.txt"
    file.write_text(text, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(ReadError, match=told) as refused:
        read_login(file)
    assert "river" not in str(refused.value)


def test_login_from_its_file(tmp_path: Path) -> None:
    """The two lines are taken as they are, also from an editor that puts a mark before them."""
    file = tmp_path / "login.txt"
    file.write_bytes("\ufeffzoë\r\ngrandmother's river\r\n".encode())
    file.chmod(0o600)
    assert read_login(file) == LOGIN
    assert "river" not in repr(LOGIN)


@pytest.mark.skipif(os.name != "posix", reason="there files have no such permissions")
def test_file_that_others_may_read(tmp_path: Path) -> None:
    """A password that everybody on the machine can read is none."""
    file = tmp_path / "login.txt"
    file.write_text("zoë\ngrandmother's river\n", encoding="utf-8")
    file.chmod(0o640)
    with pytest.raises(ReadError, match="chmod 600"):
        read_login(file)


@pytest.mark.parametrize(("again", "made"), [("grandmother's river", LOGIN), ("grandmother's rivre", None)])
def test_login_made_up_at_the_terminal(monkeypatch: pytest.MonkeyPatch, again: str, made: Login | None) -> None:
    """The password is not shown, and so it is typed twice."""
    typed = iter(["grandmother's river", again])
    monkeypatch.setattr("builtins.input", lambda prompt: "zoë")
    monkeypatch.setattr("rag.ui.login.getpass", lambda prompt: next(typed))
    if made:
        assert ask_for_login() == made
        return
    with pytest.raises(ReadError, match="not the same"):
        ask_for_login()


def test_terminal_that_is_closed_makes_no_login(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever thinks better of it gets no torrent of words."""

    def closed(prompt: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", closed)
    with pytest.raises(ReadError, match="nothing was typed"):
        ask_for_login()


def test_nobody_is_sent_away_where_many_ask_at_once(client: httpx.Client) -> None:
    """Where more ask than are answered at a time, all of them wait for their turn; it is the last test of this page."""
    client.post("/", data=RIGHT)
    first = Visitor(client)
    first.open()
    crowd = [Visitor(client, config=first.config) for _ in range(200)]
    with ThreadPoolExecutor(8) as hands:
        waiting = list(hands.map(lambda visitor: visitor.press("Who grew up beside a river?"), crowd))
    assert len(set(waiting)) == len(crowd)

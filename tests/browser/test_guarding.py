"""The page keeps others out, whatever site a browser shows, and leaves nothing behind."""

import json
import signal
import socket
import time
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.error import HTTPError
from urllib.request import Request as UrlRequest
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visits import (
    Visit,
    running,
)
from tests.browser.words import BOATS
from tests.visitors import served


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
        {
            "data": [[], [], "interviewee"],
            "event_data": event,
            "fn_index": act,
            "trigger_id": kept,
            "session_hash": "other",
        }
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
    with running(tmp_path, {"TMPDIR": str(temporary)}) as (address, process):
        sent = UrlRequest(f"{address}/arrivals?batch={'a' * 32}&name=talk.txt", data=b"words", method="PUT")
        with urlopen(sent) as response:
            assert response.status == 201
        assert [path.name for path in temporary.rglob("talk.txt")] == ["talk.txt"]
        assert not stale.exists()
        number = signal.Signals[name]
        process.send_signal(number)
        assert process.wait(20) == 128 + number
    assert not list(temporary.glob("whosaid-*"))


def test_colleague_logs_in_over_the_network(tmp_path: Path, browser: Browser) -> None:
    """Who opens the page at the machine's address in the network gets a form, and with the login whole answers."""
    (tmp_path / "interviews").mkdir()
    (tmp_path / "interviews" / "boats.txt").write_text(BOATS, encoding="utf-8")
    (tmp_path / "login.txt").write_text("newsroom\nevery story matters\n", encoding="utf-8")
    (tmp_path / "login.txt").chmod(0o600)
    with served(tmp_path, "--host", own_address(), "--login", str(tmp_path / "login.txt")) as (link, _):
        context = browser.new_context()
        visit = Visit(context.new_page(), link)
        visit.page.goto(link)
        visit.page.get_by_label("Name").fill("newsroom")
        visit.page.get_by_label("Password").fill("every story")
        visit.page.get_by_role("button", name="Log in").click()
        expect(visit.page.get_by_role("alert")).to_contain_text("do not go together")
        visit.page.get_by_label("Name").fill("newsroom")
        visit.page.get_by_label("Password").fill("every story matters")
        visit.watch()
        visit.page.get_by_role("button", name="Log in").click()
        expect(visit.page.get_by_role("button", name="Ask", exact=True)).to_be_visible(timeout=20_000)
        visit.ask("Who talks about boats?")
        expect(visit.first_card()).to_contain_text("boat")
        visit.check()
        context.close()


def own_address() -> str:
    """The address of this machine in its network, or the one that it has without any; nothing is sent to find it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as datagram:
        try:
            datagram.connect(("192.0.2.1", 9))
        except OSError:
            return "127.0.0.1"
        return str(datagram.getsockname()[0])

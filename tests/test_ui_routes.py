"""What comes in and goes out beside the page: files of its own visitor, recordings of its own interviews, no more."""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from rag.library import Library
from rag.ui.guarding import GuardedPages, Message, Receive, Send
from rag.ui.keeping import Sent
from rag.ui.opening import Opening
from rag.ui.routes import routes
from rag.ui.uploads import Uploads, clear_stale
from tests.small import BRIDGES, RIVERS, LettersEmbedder

KEY = "0123456789abcdef" * 2
HERE = "http://127.0.0.1:7860"
OPENING = {"sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
"""What a browser says of a link that is followed."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A collection with a recording beside one interview, and things that are none of anybody's business."""
    folder = tmp_path / "interviews"
    folder.mkdir()
    (folder / "rivers.txt").write_text(RIVERS, encoding="utf-8")
    (folder / "rivers.txt.toml").write_text('recording = "rivers.mp3"\n', encoding="utf-8")
    (folder / "rivers.mp3").write_bytes(bytes(range(256)))
    (folder / "bridges.txt").write_text(BRIDGES, encoding="utf-8")
    (folder / "bridges.txt.toml").write_text('recording = "../secret.txt"\n', encoding="utf-8")
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (tmp_path / "secret.mp3").write_text("secret", encoding="utf-8")
    return folder


@pytest.fixture
def uploads() -> Uploads:
    """Nothing on its way yet."""
    return Uploads()


@pytest.fixture
def client(folder: Path, uploads: Uploads, tmp_path: Path) -> Iterator[TestClient]:
    """A browser that has the page open."""
    library = Library.open(folder, index=tmp_path / "index", embedder=LettersEmbedder())
    opening = Opening(lambda progress: library)
    opening.start()
    assert opening.wait(10)
    app = Starlette(routes=routes(opening, uploads), middleware=[Middleware(GuardedPages)])
    with TestClient(app, base_url=HERE) as client:
        yield client


def put(
    client: TestClient, name: str, content: bytes = b"words", key: str = KEY, headers: Mapping[str, str] | None = None
) -> int:
    """Send a file as the page does; returns the status."""
    return client.put(f"/arrivals?batch={key}&name={quote(name)}", content=content, headers=headers).status_code


@pytest.mark.parametrize("name", ["talk.txt", "naïve <b>talk & more (1).vtt", "对话.txt", "100% “sure”.md"])
def test_file_arrives_under_its_own_name(client: TestClient, uploads: Uploads, name: str) -> None:
    """Names are kept letter for letter, and the batch is gone once it was taken."""
    assert put(client, name, b"a\r\nb") == 201
    with uploads.taking(KEY) as batch:
        assert [file.name for file in batch.interviews] == [name]
        assert batch.interviews[0].read_bytes() == b"a\r\nb"
        assert batch.named(batch.interviews[0] / "inner.txt") == f"{name}/inner.txt"
        home = batch.folder
    assert not home.exists()


def test_two_files_of_one_name_are_both_kept(client: TestClient, uploads: Uploads) -> None:
    """Files of two folders may be dropped together."""
    assert put(client, "talk.txt", b"one") == put(client, "talk.txt", b"two") == 201
    with uploads.taking(KEY) as batch:
        assert [file.read_bytes() for file in batch.interviews] == [b"one", b"two"]
        assert [batch.named(file) for file in batch.interviews] == ["talk.txt", "talk.txt"]


@pytest.mark.parametrize("name", ["", ".", "..", "../up.txt", "a/b.txt", "a\\b.txt", "a\nb.txt", "x" * 300])
def test_names_that_lead_elsewhere_are_refused(client: TestClient, uploads: Uploads, name: str) -> None:
    """A name is the name of one file in its batch's folder, or it is refused and nothing is kept."""
    assert put(client, name) == 400
    with uploads.taking(KEY) as batch:
        assert not batch.files


def test_only_the_page_itself_sends_files(client: TestClient, uploads: Uploads) -> None:
    """Pages from elsewhere, of another port, or with a made-up key send nothing."""
    assert put(client, "talk.txt", headers={"origin": "http://evil.example"}) == 403
    assert put(client, "talk.txt", headers={"origin": "http://127.0.0.1:9"}) == 403
    assert put(client, "talk.txt", headers={"sec-fetch-site": "cross-site"}) == 403
    assert put(client, "talk.txt", key="../../x") == 400
    assert put(client, "talk.txt", headers={"host": "evil.example"}) == 403
    assert put(client, "talk.txt", headers={"origin": HERE, "sec-fetch-site": "same-origin"}) == 201
    assert client.post("/gradio_api/upload", content=b"x").status_code == 403


@pytest.mark.parametrize(
    ("method", "path", "headers", "welcome"),
    [
        ("GET", "/", {}, True),
        ("GET", "/", {"sec-fetch-site": "none"}, True),
        ("GET", "/", {"sec-fetch-site": "cross-site", **OPENING}, True),
        ("GET", "/", {"sec-fetch-site": "same-site", **OPENING}, True),
        ("POST", "/", {"sec-fetch-site": "cross-site", **OPENING}, False),
        ("GET", "/config", {"sec-fetch-site": "same-site", **OPENING}, False),
        ("GET", "/", {"sec-fetch-site": "cross-site", **OPENING, "sec-fetch-dest": "iframe"}, False),
        ("GET", "/", {"sec-fetch-site": "same-site", "sec-fetch-mode": "cors"}, False),
        ("GET", "/config", {"sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors"}, False),
        ("GET", "/config", {"origin": HERE}, True),
        ("GET", "/config", {"origin": "http://127.0.0.1:8123"}, False),
        ("GET", "/config", {"origin": "http://localhost:7860"}, False),
        ("GET", "/config", {"origin": "https://127.0.0.1:7860"}, False),
        ("GET", "/config", {"origin": "null"}, False),
        ("GET", "/", {"origin": "http://localhost:8123", "sec-fetch-site": "cross-site", **OPENING}, False),
        ("GET", "/config", {"host": "localhost:7860", "origin": "http://localhost:7860"}, True),
        ("GET", "/config", {"host": "evil.example:7860", "origin": "http://evil.example:7860"}, False),
        ("OPTIONS", "/config", {"origin": "http://localhost:8123", "access-control-request-method": "PUT"}, False),
    ],
)
def test_guard_lets_in_the_page_and_the_way_to_it(
    method: str, path: str, headers: Mapping[str, str], *, welcome: bool
) -> None:
    """A request comes from the page's own origin, port included, or opens the page in a window; others get nothing."""
    asked: list[str] = []

    async def app(scope: Message, receive: Receive, send: Send) -> None:
        asked.append(scope["path"])
        await PlainTextResponse("secret")(scope, receive, send)

    answer = TestClient(GuardedPages(app), base_url=HERE).request(method, path, headers=headers)
    assert (answer.status_code, asked) == ((200, [path]) if welcome else (403, []))
    assert ("secret" in answer.text) == welcome
    assert not [name for name in answer.headers if name.startswith("access-control")]
    assert answer.headers["cross-origin-resource-policy"] == "same-origin"


def test_nobody_opens_a_socket_for_messages(client: TestClient) -> None:
    """The page has no web sockets, so that none needs to be guarded."""
    with pytest.raises(WebSocketDisconnect), client.websocket_connect("/gradio_api/stream"):
        pass


def test_what_waits_goes_when_it_is_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is left of files that nobody added."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    uploads = Uploads()
    with uploads.receiving(KEY, "talk.txt") as arrival:
        arrival.write(b"words")
    assert [path.name for path in tmp_path.glob(f"whosaid-{os.getpid()}-*/*/*")] == ["talk.txt"]
    uploads.clear()
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.name != "posix", reason="elsewhere nobody can ask whether a process lives")
def test_what_a_dead_page_left_is_cleared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Folders of this program's dead processes go; those of live ones, of others, and files and links stay."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    stale = tmp_path / f"whosaid-{dead.pid}-abc"
    (stale / "batch").mkdir(parents=True)
    (stale / "batch" / "talk.txt").write_text("words")
    others = [f"whosaid-{os.getpid()}-abc", "whosaid-abc", f"other-{dead.pid}-abc", f"whosaid-{dead.pid}-a.b"]
    for name in others:
        (tmp_path / name).mkdir()
    (tmp_path / f"whosaid-{dead.pid}-file").touch()
    (tmp_path / f"whosaid-{dead.pid}-link").symlink_to(tmp_path / "whosaid-abc")
    clear_stale()
    left = [*others, f"whosaid-{dead.pid}-file", f"whosaid-{dead.pid}-link"]
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(left)


def test_file_beyond_the_readers_limit_is_refused(
    client: TestClient, uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no reader would take is not kept; archives may be larger."""
    monkeypatch.setattr("rag.library.LARGEST_FILE", 10)
    assert put(client, "talk.txt", b"x" * 11) == 413
    assert put(client, "talk.zip", b"x" * 11) == 201
    with uploads.taking(KEY) as batch:
        assert [file.name for file in batch.folder.iterdir()] == ["talk.zip"]


def test_files_beyond_what_may_wait_are_refused(
    client: TestClient, uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that waits is limited in bytes and in number, whoever sent it; there is room again once it was added."""
    monkeypatch.setattr("rag.ui.uploads.LARGEST_WAITING", 20)
    other = "f" * 32
    assert put(client, "one.txt", b"x" * 15) == 201
    assert put(client, "two.txt", b"x" * 6, key=other) == 413
    assert put(client, "three.txt", b"x" * 5, key=other) == 201
    monkeypatch.setattr("rag.ui.uploads.MOST_FILES", 2)
    assert put(client, "four.txt", b"") == 413
    with uploads.taking(KEY) as batch:
        assert [file.name for file in batch.folder.iterdir()] == ["one.txt"]
    assert put(client, "two.txt", b"x" * 6, key=other) == 201
    monkeypatch.setattr("rag.ui.uploads.MOST_BATCHES", 1)
    assert put(client, "five.txt", b"x") == 413


def test_visitor_hears_why_a_file_was_refused(
    client: TestClient, uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reason that the server had stands beside the file's name, with what to do."""
    monkeypatch.setattr("rag.ui.uploads.MOST_FILES", 1)
    assert (put(client, "one.txt"), put(client, "two.txt")) == (201, 413)
    with uploads.taking(KEY) as batch:
        (told,) = Sent(KEY, failed=("two.txt",)).problems(batch.refused)
    assert str(told) == "two.txt: 1 files wait to be added. Add these first, or pack them as .zip."


@pytest.mark.parametrize("recording", ["../secret.mp3", "{outside}/secret.mp3", "link.mp3", "away/secret.mp3"])
def test_recording_outside_the_collection_is_not_served(
    tmp_path: Path, folder: Path, uploads: Uploads, recording: str
) -> None:
    """Whoever may correct an interview may name any path; neither that nor a link leads out of the collection."""
    (folder / "link.mp3").symlink_to(tmp_path / "secret.mp3")
    (folder / "away").symlink_to(tmp_path)
    named = recording.format(outside=tmp_path.as_posix())
    (folder / "bridges.txt.toml").write_text(f'recording = "{named}"\n', encoding="utf-8")
    library = Library.open(folder, index=tmp_path / "index", embedder=LettersEmbedder())
    opening = Opening(lambda progress: library)
    opening.start()
    assert opening.wait(10)
    assert "secret" in library.recording("bridges.txt"), "the library knows it, and the command tells it"
    client = TestClient(Starlette(routes=routes(opening, uploads)), base_url=HERE)
    assert client.get("/recordings?interview=bridges.txt").status_code == 404
    assert client.get("/recordings?interview=rivers.txt").status_code == 200


def test_recording_is_served_whole_and_in_parts(client: TestClient) -> None:
    """A player may begin anywhere."""
    whole = client.get("/recordings?interview=rivers.txt")
    assert (whole.status_code, whole.content) == (200, bytes(range(256)))
    assert whole.headers["content-type"] == "audio/mpeg"
    part = client.get("/recordings?interview=rivers.txt", headers={"range": "bytes=10-12"})
    assert (part.status_code, part.content) == (206, bytes([10, 11, 12]))
    assert re.fullmatch(r"bytes 10-12/256", part.headers["content-range"])


@pytest.mark.parametrize("name", ["bridges.txt", "", "nobody.txt", "../secret.mp3", "rivers.mp3", "../secret.txt"])
def test_no_other_file_is_served(client: TestClient, name: str) -> None:
    """Only what is a recording, and that of an interview, goes out; not even a text named as a recording."""
    refused = client.get(f"/recordings?interview={quote(name)}")
    assert refused.status_code == 404
    assert "secret" not in refused.text


def test_recordings_are_for_the_page_itself(client: TestClient) -> None:
    """A page from elsewhere cannot play them."""
    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "http://127.0.0.1:9"}, {"host": "evil.example"}):
        assert client.get("/recordings?interview=rivers.txt", headers=headers).status_code == 403

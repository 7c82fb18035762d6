"""What comes in and goes out beside the page: files of its own visitor, recordings of its own interviews, no more."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from rag.library import Library
from rag.ui.opening import Opening
from rag.ui.routes import routes
from rag.ui.serve import GuardedPages
from rag.ui.uploads import Uploads
from tests.small import BRIDGES, RIVERS, LettersEmbedder

KEY = "0123456789abcdef" * 2
HERE = "http://127.0.0.1:7860"


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


def test_file_beyond_the_readers_limit_is_refused(
    client: TestClient, uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What no reader would take is not kept; archives may be larger."""
    monkeypatch.setattr("rag.library.LARGEST_FILE", 10)
    assert put(client, "talk.txt", b"x" * 11) == 413
    assert put(client, "talk.zip", b"x" * 11) == 201
    with uploads.taking(KEY) as batch:
        assert [file.name for file in batch.folder.iterdir()] == ["talk.zip"]


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

"""What tests of the page in a browser share: one browser, and one server over the seeds that no test changes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.visits import CHROMIUM, DESKTOP, FLAGS, ROOT, SECONDS_TO_OPEN, Visit, served, visited
from tests.browser.words import HOSTILE


@pytest.fixture(scope="session", autouse=True)
def needs_chromium() -> None:
    """Nothing can be seen without a browser."""
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine: install the package chromium")


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page over the seeds and one interview full of traps, its index built at this start."""
    folder = tmp_path_factory.mktemp("page")
    shutil.copytree(ROOT / "seeds", folder / "interviews")
    (folder / "interviews" / "traps.txt").write_text(HOSTILE, encoding="utf-8")
    yield from served(folder)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The Chromium of this machine."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(params=[DESKTOP], ids=["desktop"])
def visit(server: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """Somebody new who opens the page; afterwards nothing may have left, or gone wrong."""
    yield from visited(server, browser, request.param)


@pytest.fixture(scope="module")
def own_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a collection that tests may change, one after the other."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "interviews").mkdir()
    return folder


@pytest.fixture(scope="module")
def own_server(own_folder: Path) -> Iterator[str]:
    """The address of the page over that collection, which is empty at first."""
    yield from served(own_folder)


@pytest.fixture(params=[DESKTOP], ids=["desktop"])
def keeper(own_server: str, browser: Browser, request: pytest.FixtureRequest) -> Iterator[Visit]:
    """The same for somebody who keeps a collection, and looks at "Your interviews"."""
    for visit in visited(own_server, browser, request.param):
        visit.page.get_by_role("button", name="Add interviews").click()
        expect(visit.page.get_by_label("Choose interviews to add")).to_be_enabled(timeout=SECONDS_TO_OPEN * 1000)
        yield visit

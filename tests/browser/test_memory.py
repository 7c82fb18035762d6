"""Nothing of a conversation is lost, in a real browser: neither by a reload, nor when the page is started anew."""

import shutil
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.visits import DESKTOP, ROOT, SECONDS_TO_OPEN, Visit, running, visited


def test_reload_keeps_conversation_and_draft(visit: Visit) -> None:
    """The replies are there again word for word, a follow-up goes on from them, and another tab knows nothing of it."""
    page = visit.page
    visit.ask("who talks about unlearning?")
    visit.ask("what else does she say about that?")
    before = page.locator("#thread .scroll").inner_text()
    page.get_by_label("Your question").fill("and who els")
    visit.reload()
    expect(page.locator(".exchange")).to_have_count(2, timeout=20_000)
    assert page.locator("#thread .scroll").inner_text() == before
    expect(page.get_by_label("Your question")).to_have_value("and who els")
    expect(visit.ask("and Weiqi?").locator(".understood")).to_contain_text("unlearning")
    other = page.context.new_page()
    other.goto(visit.address)
    expect(other.locator(".welcome")).to_be_visible()
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".exchange")).to_have_count(0)
    visit.reload()
    expect(page.locator(".welcome")).to_be_visible()
    page.wait_for_timeout(1500)
    expect(page.locator(".exchange")).to_have_count(0)


def test_lost_connection_is_told_and_mended(browser: Browser, tmp_path: Path) -> None:
    """When the program ends the page says so; when it is there again, so is the conversation, and it answers."""
    shutil.copytree(ROOT / "seeds", tmp_path / "interviews")
    with running(tmp_path, {}) as (address, _):
        visits = visited(address, browser, DESKTOP)
        visit = next(visits)
        visit.ask("who talks about unlearning?")
        before = visit.page.locator("#thread .scroll").inner_text()
    port = int(address.rpartition(":")[2])
    visit.page.get_by_label("Your question").fill("who moved to another country?")
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    expect(visit.page.get_by_text("Connection to the server was lost")).to_be_visible(timeout=20_000)
    with running(tmp_path, {}, port=port):
        lost = visit.page.get_by_text("Connection to the server was lost")
        expect(lost).to_have_count(0, timeout=SECONDS_TO_OPEN * 1000)
        expect(visit.page.locator(".exchange")).to_have_count(1, timeout=SECONDS_TO_OPEN * 1000)
        assert visit.page.locator("#thread .scroll").inner_text() == before
        expect(visit.page.get_by_label("Your question")).to_have_value("who moved to another country?")
        visit.ask("who won an Oscar?")
    visit.page.context.close()


def test_question_asked_at_once_after_a_reload_comes_after_those_before(visit: Visit) -> None:
    """Who does not wait for the conversation to come back loses nothing of it."""
    visit.ask("who talks about unlearning?")
    visit.ask("who won an Oscar?")
    visit.page.get_by_label("Your question").fill("who moved to another country?")
    visit.leaving = True
    visit.page.reload()
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    expect(visit.page.locator(".exchange .question p")).to_have_text(
        ["who talks about unlearning?", "who won an Oscar?", "who moved to another country?"], timeout=20_000
    )
    visit.page.wait_for_timeout(1500)
    expect(visit.page.locator(".exchange")).to_have_count(3)
    visit.leaving = False

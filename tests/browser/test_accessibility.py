"""The page for everybody, in a real browser: axe-core finds nothing, and the keyboard alone reaches everything."""

from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from tests.browser.visits import DESKTOP, Visit, visited

PHONE: ViewportSize = {"width": 390, "height": 844}
MOST_TABS = 60
SEEN = """() => {
  const held = [document.activeElement, document.activeElement.parentElement, document.activeElement.closest(".wrap")];
  return held.some((each) => each && getComputedStyle(each).outlineStyle !== "none");
}"""
"""Whether an outline shows where one is."""
MOVING = """() => document.getAnimations()
  .filter((each) => each.playState === "running")
  .map((each) => `${each.animationName || each.transitionProperty} of ${each.effect.target.className}`)"""
"""What moves by itself."""


def _violations(page: Page) -> list[str]:
    """What axe-core has against the page as it is now, of any impact."""
    found = Axe().run(page).response
    assert found["passes"]
    return [
        f"{each['impact']} {each['id']}: {[node['target'] for node in each['nodes']]}" for each in found["violations"]
    ]


@pytest.mark.parametrize("window", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(server: str, browser: Browser, theme: str, window: ViewportSize) -> None:
    """Neither at first, nor beside an answer, in an interview, where nobody said it, or among your interviews."""
    for visit in visited(server, browser, window, f"/?__theme={theme}"):
        page = visit.page
        expect(page.get_by_role("button", name="Who won an Oscar?")).to_be_visible(timeout=60_000)
        assert _violations(page) == []
        visit.ask("who talks about unlearning?")
        assert _violations(page) == []
        visit.first_card().get_by_role("button", name="Open in interview").click()
        expect(page.locator("#reader mark.sentence")).to_be_in_viewport()
        assert _violations(page) == []
        visit.ask("Who won an Oscar?")
        assert _violations(page) == []
        for tab in page.get_by_role("tab").all():
            tab.click()
            assert _violations(page) == []


def _tab_to(page: Page, wanted: Locator) -> None:
    """Press the tabulator until something is reached, each time seeing where one is."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN)
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
    pytest.fail(f"the keyboard does not reach {wanted}")


def test_keyboard_alone_goes_from_the_question_into_the_interview_and_back(visit: Visit) -> None:
    """Asking, following a number to its quote, opening the interview there, and back, without a mouse."""
    page = visit.page
    page.get_by_label("Your question").focus()
    page.keyboard.type("who talks about unlearning?")
    page.keyboard.press("Enter")
    number = page.get_by_role("link", name="Quote 1, Caiyu Song").first
    expect(number).to_be_visible(timeout=120_000)
    _tab_backwards_to(page, number)
    page.keyboard.press("Enter")
    card = page.locator("#quotes .set:not([hidden]) .card").first
    expect(card).to_be_focused()
    _tab_to(page, card.get_by_role("button", name="Open in interview"))
    page.keyboard.press("Enter")
    expect(page.locator("#reader mark.sentence").first).to_be_focused()
    _tab_backwards_to(page, page.get_by_role("tab", name="Quotes"))
    page.keyboard.press("Enter")
    expect(card).to_be_visible()


def _tab_backwards_to(page: Page, wanted: Locator) -> None:
    for _ in range(MOST_TABS):
        page.keyboard.press("Shift+Tab")
        if wanted.evaluate("(element) => element === document.activeElement"):
            return
    pytest.fail(f"the keyboard does not reach {wanted} backwards")


def test_motion_is_reduced_where_that_is_wished(server: str, browser: Browser) -> None:
    """Nothing moves by itself for those who do not want it."""
    for visit in visited(server, browser, DESKTOP):
        visit.page.emulate_media(reduced_motion="reduce")
        reply = visit.ask("who talks about unlearning?")
        reply.get_by_role("link", name="Quote 1, Caiyu Song").first.click()
        expect(visit.page.locator("#quotes .card.flash")).to_have_count(1)
        visit.page.wait_for_timeout(300)
        assert visit.page.evaluate(MOVING) == []


def test_landmarks_and_headings(visit: Visit) -> None:
    """One main part, one heading of the first level, and none is skipped on the way down."""
    visit.ask("who talks about unlearning?")
    page = visit.page
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    levels = page.eval_on_selector_all(
        "h1, h2, h3, h4, h5", "all => all.filter(each => each.offsetParent).map(each => Number(each.tagName[1]))"
    )
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    expect(page.locator("#announcer")).to_have_attribute("aria-live", "polite")
    expect(page.locator("#announcer")).to_contain_text("One person talks about this: Caiyu Song.")

"""The layout in a real browser: rows unfold, a phone has the evidence under each reply, and nothing jumps."""

import pytest
from playwright.sync_api import ViewportSize, expect

from tests.browser.visits import DESKTOP, ROOT, SECONDS_TO_OPEN, WIDEST, Visit

PHONE: ViewportSize = {"width": 390, "height": 844}
TABLET: ViewportSize = {"width": 820, "height": 1180}
FILM = "How many people talk about film?"
LONGEST_LINE = """() => Math.max(...[...document.querySelectorAll(
    ".people p, .card blockquote, .turn .words, .reply .lead, .compared dd, .place blockquote"
)].filter((part) => part.offsetParent).flatMap((part) => {
    const walker = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    const lines = {};
    const range = document.createRange();
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        for (let at = 0; at < node.length; at += 1) {
            range.setStart(node, at); range.setEnd(node, at + 1);
            const line = Math.round(range.getBoundingClientRect().bottom / 8);
            lines[line] = (lines[line] || 0) + 1;
        }
    }
    return Object.values(lines);
}))"""
WATCH_SHIFTS = """() => { window.shifted = 0; new PerformanceObserver((list) => {
    list.getEntries().forEach((entry) => { window.shifted += entry.value; });
}).observe({ type: "layout-shift" }); }"""


def test_row_unfolds_into_all_quotes_of_the_person(visit: Visit) -> None:
    """What a row counts is what it holds when it is unfolded, and each number leads to its card, folded or not."""
    reply = visit.ask(FILM)
    row = reply.locator(".people > li").first
    expect(row.locator("strong")).to_have_text("Sitong Cao")
    passages = int(row.locator(".tally").first.inner_text().split()[0])
    expect(row.locator(".cite").locator("visible=true")).to_have_count(1)
    row.locator("summary").press("Enter")
    expect(row.locator(".cite").locator("visible=true")).to_have_count(passages)
    text = (ROOT / "seeds" / "002_47f204fbcb41e250.txt").read_text(encoding="utf-8")
    assert all(said in text for said in row.locator(".said").all_inner_texts())
    last = row.locator(".cite").last
    number = last.inner_text().strip("[]")
    last.click()
    card = visit.page.locator(f"#quote-1-{number}")
    expect(card).to_be_focused()
    expect(card).to_be_in_viewport()
    expect(card.locator("h3")).to_have_text("Sitong Cao")
    assert card.locator("mark").inner_text().split() == row.locator(".said").last.inner_text().split()


@pytest.mark.parametrize("visit", [PHONE], indirect=True, ids=["phone"])
def test_phone_has_the_evidence_folded_under_each_reply(visit: Visit) -> None:
    """The cards of each question stand under its reply, once; from a card into the interview and back works."""
    page = visit.page
    visit.ask("Who talks about unlearning?")
    first = page.locator(".exchange").first
    expect(first.locator(".under > summary")).to_be_visible(timeout=SECONDS_TO_OPEN * 1000)
    second = visit.ask("Who moved to another country?")
    expect(page.locator(".card").locator("visible=true")).to_have_count(0)
    expect(page.locator("#quotes .set")).to_have_count(0)
    first.locator(".under > summary").click()
    expect(first.locator(".card").first).to_be_visible()
    second.get_by_role("link", name="Quote 1, Caiyu Song").click()
    card = page.locator("#quote-2-1")
    expect(card).to_be_focused()
    card.get_by_role("button", name="Open in interview").click()
    expect(page.locator("#reader mark.sentence")).to_be_in_viewport()
    page.get_by_role("button", name="Back", exact=True).click()
    expect(card).to_be_focused()
    expect(card.locator("h3")).to_be_in_viewport()
    expect(page.get_by_label("Your question")).to_be_in_viewport()
    expect(page.locator("#quote-1-1, #quote-2-1")).to_have_count(2)


@pytest.mark.parametrize("visit", [PHONE], indirect=True, ids=["phone"])
def test_turned_phone_takes_the_cards_along(visit: Visit) -> None:
    """When the window grows wide, the cards stand beside the conversation again, and when it is narrow under it."""
    visit.ask("Who talks about unlearning?")
    visit.page.set_viewport_size({"width": 1280, "height": 800})
    expect(visit.page.locator("#quotes .card").first).to_be_visible()
    visit.page.set_viewport_size({"width": 390, "height": 844})
    expect(visit.page.locator(".held .set")).to_have_count(1)
    visit.page.get_by_role("button", name="New conversation").click()
    expect(visit.page.locator(".set")).to_have_count(0)


def test_every_width_fits_and_no_line_is_too_long(visit: Visit) -> None:
    """At four widths nothing is wider than the window, and no line of words has more than some 75 characters."""
    visit.ask(FILM)
    page = visit.page
    page.locator(".people > li summary").first.click()
    for width in (390, 820, 1280, 1920):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate(WIDEST) <= width
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(LONGEST_LINE) <= 80, width


@pytest.mark.parametrize("visit", [PHONE, TABLET, DESKTOP], indirect=True, ids=["phone", "tablet", "desktop"])
def test_nothing_jumps_while_a_reply_comes(visit: Visit) -> None:
    """From the question to the reply the layout shifts by next to nothing, first and second question."""
    expect(visit.page.locator(".masthead")).to_contain_text("4 interviews")
    expect(visit.page.locator(".working")).to_have_count(0, timeout=SECONDS_TO_OPEN * 1000)
    visit.page.evaluate(WATCH_SHIFTS)
    for question in ("Who talks about unlearning?", FILM):
        visit.page.evaluate("window.shifted = 0")
        visit.ask(question)
        visit.page.wait_for_timeout(700)
        assert visit.page.evaluate("window.shifted") <= 0.05

"""Filters, chips and the picture of the collection, in a real browser."""

import pytest
from playwright.sync_api import expect

from tests.browser.visits import SECONDS_TO_OPEN, WIDEST, Visit
from tests.browser.words import UNLEARN


def test_narrowing_is_told_and_can_be_taken_away(visit: Visit) -> None:
    """The lists tell how much there is; what is chosen stands beside the question until it is clicked away."""
    page = visit.page
    expect(page.locator(".masthead")).to_contain_text("4 interviews", timeout=SECONDS_TO_OPEN * 1000)
    toggle = page.get_by_role("button", name="Narrow the search")
    toggle.click()
    page.get_by_label("Speakers").click()
    expect(page.get_by_role("option", name="Weiqi Cai · 14 passages")).to_be_visible()
    page.get_by_role("option", name="Weiqi Cai").click()
    page.keyboard.press("Escape")
    toggle.click()
    line = page.get_by_role("list", name="How the search is narrowed")
    expect(line).to_contain_text("Only Weiqi Cai")
    expect(visit.ask("who talks about unlearning?")).to_contain_text("Weiqi Cai does not say that")
    line.get_by_role("button", name="No longer: Only Weiqi Cai").press("Enter")
    expect(line).to_have_count(0)
    expect(toggle).to_be_focused()
    expect(visit.ask("who talks about unlearning?").locator("strong").first).to_have_text("Caiyu Song")


def test_chip_is_clicked_away_and_interviewers_are_heard(visit: Visit) -> None:
    """The same question without its person finds who says it; with interviewers' words, what was asked as well."""
    page = visit.page
    reply = visit.ask("What does Weiqi say about unlearning a lesson?")
    expect(reply.locator(".lead.none")).to_contain_text("Weiqi Cai does not say that")
    reply.get_by_role("button", name="Ask without Weiqi Cai").press("Enter")
    wider = page.locator(".exchange").nth(1)
    expect(wider.locator(".left-out")).to_have_text("Asked again without Weiqi Cai.")
    expect(wider.locator(".people")).to_contain_text("Caiyu Song")
    page.get_by_role("button", name="Narrow the search").click()
    page.get_by_role("radio", name="Interviewers", exact=True).check()
    expect(page.locator("#scope")).to_contain_text("Only interviewers’ words")
    asked = visit.ask("who talks about unlearning?")
    expect(asked.locator(".lead")).to_contain_text("At least one interviewer talks about this")
    card = page.locator("#quotes .set:not([hidden]) .card").first
    expect(card).to_contain_text("Asked or said by an interviewer")
    expect(card.locator("mark")).to_contain_text("a story of a time when you had to unlearn a lesson?")


@pytest.mark.parametrize("visit", [{"width": 390, "height": 844}], indirect=True, ids=["phone"])
def test_mark_opens_the_interview_at_the_quote(visit: Visit) -> None:
    """The picture shows where the quotes of the last question stand, and leads there; on a phone, too."""
    page = visit.page
    visit.ask("who talks about unlearning?")
    page.get_by_role("tab", name="At a glance").click()
    picture = page.get_by_role("region", name="At a glance")
    expect(picture.locator(".strips h3").first).to_have_text("Interview with Caiyu Song")
    expect(picture.locator(".bars li")).to_have_count(6)
    tables = picture.get_by_text("The same as tables")
    tables.evaluate("(summary) => summary.scrollIntoView({ block: 'center' })")
    tables.click()
    row = picture.get_by_role("row", name="Interview with Caiyu Song")
    expect(row).to_contain_text("1 at ")
    assert page.evaluate(WIDEST) <= 390
    mark = picture.get_by_role("button", name="Quote 1, Caiyu Song")
    box, track = mark.bounding_box(), picture.locator(".track").first.bounding_box()
    assert box is not None
    assert track is not None
    told = float((mark.get_attribute("aria-label") or "").partition(", at ")[2].partition(" %")[0])
    assert 100 * (box["x"] + box["width"] / 2 - track["x"]) / track["width"] == pytest.approx(told, abs=1)
    mark.press("Enter")
    sentence = page.locator("#reader mark.sentence")
    expect(sentence).to_have_text(UNLEARN)
    expect(sentence).to_be_in_viewport()

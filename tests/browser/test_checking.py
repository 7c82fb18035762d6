"""Checking a quotation on the page, in a real browser: the verdict, and both sides to the character."""

from playwright.sync_api import Locator, expect

from tests.browser.visits import ROOT, SECONDS_TO_OPEN, Visit
from tests.browser.words import HOSTILE_SAID, UNLEARN

CAIYU = ROOT / "seeds" / "000_6e33e0bb7a0af4be.txt"


def check(visit: Visit, quotation: str, speaker: str = "") -> Locator:
    """Check a quotation as a person does; returns what is shown of it."""
    page = visit.page
    expect(page.locator(".masthead")).to_contain_text("4 interviews", timeout=SECONDS_TO_OPEN * 1000)
    page.get_by_role("tab", name="Check a quote").click()
    page.get_by_label("Quotation, as it is to be printed").fill(quotation)
    page.get_by_label("Said by").fill(speaker)
    page.get_by_role("button", name="Check", exact=True).click()
    return page.locator("#proof .proof")


def test_exact_quotation_leads_to_its_place(visit: Visit) -> None:
    """Word for word: the source's own characters, who says them, and the interview opens at them, and back."""
    found = check(visit, UNLEARN.replace("“", '"').replace("”", '"'), "Caiyu")
    expect(found.locator("h2")).to_contain_text("Exact: Caiyu Song says this word for word.")
    expect(visit.page.locator("#announcer")).to_contain_text("Exact: Caiyu Song")
    assert found.locator("blockquote").evaluate("(quote) => quote.textContent") == UNLEARN
    assert UNLEARN in CAIYU.read_text(encoding="utf-8")
    expect(found.locator(".source")).to_have_text("000_6e33e0bb7a0af4be.txt · line 17")
    found.get_by_role("button", name="Open in interview of Caiyu Song, line 17").click()
    expect(visit.page.locator("#reader mark.sentence")).to_be_in_viewport()
    assert (
        visit.page.locator("#reader mark").evaluate_all("(marks) => marks.map((each) => each.textContent).join('')")
        == UNLEARN
    )


def test_altered_quotation_shows_what_differs(visit: Visit) -> None:
    """The words that nobody said are struck out, and those that were said stand below, each side whole."""
    pasted = UNLEARN.replace("unlearn", "learn").replace("small or misaligned", "small")
    found = check(visit, pasted)
    expect(found.locator("h2")).to_contain_text("Altered: Caiyu Song says nearly this, but not word for word.")
    sides = found.locator("dd").evaluate_all("(sides) => sides.map((each) => each.textContent)")
    assert sides == [pasted, UNLEARN]
    assert found.locator("del").all_inner_texts() == ["learn"]
    assert found.locator("ins").all_inner_texts() == ["unlearn", "or misaligned—"]


def test_quotation_of_another_speaker_is_told(visit: Visit) -> None:
    """Who is named wrongly is told so; who is not there at all is told with the names there are."""
    found = check(visit, UNLEARN, "Weiqi Cai")
    expect(found.locator("h2")).to_contain_text("Caiyu Song says this word for word, and Weiqi Cai does not.")
    check(visit, UNLEARN, "Ada Lovelace")
    expect(visit.page.locator("#proof .told")).to_contain_text("Ada Lovelace")


def test_what_nobody_says_is_not_found_and_the_nearest_is_called_so(visit: Visit) -> None:
    """Invented words are nobody's; passages near in meaning stand under a heading that says what they are."""
    found = check(visit, "We launched a rocket to the moon with three purple elephants.")
    expect(found.locator("h2")).to_contain_text("Not found: nobody in these 4 interviews says this, nor nearly this.")
    expect(found.locator("h3").first).to_have_text("Nearest in meaning, and not this quotation")


def test_hostile_quotation_from_the_conversation_is_only_text(visit: Visit) -> None:
    """A quotation in a question is put into the form by a button; markup in it is characters, and does nothing."""
    words = HOSTILE_SAID.replace('"', "'")
    reply = visit.ask(f"Who said “{words}”?")
    reply.get_by_role("button", name="Check this as a quotation").click()
    expect(visit.page.get_by_label("Quotation, as it is to be printed")).to_have_value(words)
    visit.page.get_by_role("button", name="Check", exact=True).click()
    found = visit.page.locator("#proof .proof")
    expect(found.locator("strong").first).to_have_text("Mallory Reed")
    assert HOSTILE_SAID.rstrip(")") in found.evaluate("(found) => found.textContent")
    assert found.locator("img, script").count() == 0

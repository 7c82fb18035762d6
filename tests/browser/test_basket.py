"""The basket, in a real browser: collecting across questions, order, notes, reloads, tabs, and files of it."""

import csv
import io
import json
import re
from html import unescape
from pathlib import Path

import pytest
from docx import Document
from markdown_it import MarkdownIt
from playwright.sync_api import Locator, Page, expect

from tests.browser.visits import ROOT, Visit
from tests.browser.words import BOATS, HOSTILE, HOSTILE_SAID, UNLEARN

FULL = """
const keep = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  if (key.startsWith("whosaid-basket")) throw new DOMException("full", "QuotaExceededError");
  keep.call(this, key, value);
};
"""
"""A browser that has no room for a basket."""


def collect(visit: Visit, question: str) -> None:
    """Ask, and put the first quote into the basket."""
    visit.ask(question)
    visit.first_card().get_by_role("button", name="Add to basket").click()
    expect(visit.page.locator("#announcer")).to_contain_text("Added to the basket")


def entries(page: Page) -> Locator:
    """The quotes in the basket, which is looked at."""
    page.get_by_role("tab", name="Basket").click()
    return page.locator("#basket [data-entry]")


def test_basket_holds_quotes_of_several_questions_in_an_order_with_notes(visit: Visit) -> None:
    """What is collected, moved, chosen and noted is there after a reload, and what is removed comes back if wanted."""
    collect(visit, "who talks about unlearning?")
    collect(visit, "What does Weiqi say about her grandmother?")
    page = visit.page
    expect(page.get_by_role("tab", name="Basket, 2 quotes")).to_be_visible()
    found = entries(page)
    expect(found.locator("h3")).to_have_text(["Caiyu Song", "Weiqi Cai"])
    found.nth(1).get_by_role("button", name="Up").press("Enter")
    expect(found.locator("h3")).to_have_text(["Weiqi Cai", "Caiyu Song"])
    expect(found.first.get_by_role("button", name="Down")).to_be_focused()
    found.nth(1).get_by_label("Only the marked sentence").check()
    expect(found.nth(1).locator("blockquote")).to_have_text(UNLEARN)
    found.nth(1).get_by_label("Note").fill("open with this <b>")
    visit.reload()
    expect(page.get_by_role("tab", name="Basket, 2 quotes")).to_be_visible()
    expect(entries(page).locator("h3")).to_have_text(["Weiqi Cai", "Caiyu Song"])
    expect(found.nth(1).locator("blockquote")).to_have_text(UNLEARN)
    expect(found.nth(1).get_by_label("Note")).to_have_value("open with this <b>")
    page.get_by_role("button", name="Empty the basket").press("Enter")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    visit.reload()
    expect(entries(page)).to_have_count(0)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(found.nth(1).get_by_label("Note")).to_have_value("open with this <b>")
    found.nth(1).get_by_role("button", name="Open in interview").click()
    expect(page.locator("#reader mark.sentence")).to_have_text(UNLEARN)


def test_button_of_a_quote_takes_it_out_again(visit: Visit) -> None:
    """The button says whether the quote is in the basket, also when the same quote is found again."""
    collect(visit, "who talks about unlearning?")
    visit.ask("Who talks about unlearning?")
    card = visit.page.locator("#quotes .set:not([hidden]) .card").first
    card.get_by_role("button", name="In basket").click()
    expect(card.get_by_role("button", name="Add to basket")).to_be_visible()
    expect(visit.page.get_by_role("tab", name="Basket", exact=True)).to_be_visible()


def test_tabs_do_not_mix(visit: Visit) -> None:
    """Each tab has its own basket, a copied tab begins with a copy, and what a closed tab held is taken up."""
    collect(visit, "who talks about unlearning?")
    first, address = visit.page, visit.address
    other = first.context.new_page()
    other.goto(address)
    expect(entries(other)).to_have_count(0)
    expect(other.locator("#basket .empty")).to_contain_text("Collect quotes here")
    with first.expect_popup() as opened:
        first.evaluate("() => { window.open(location.href); }")
    copied = opened.value
    expect(entries(copied)).to_have_count(1)
    entries(copied).get_by_label("Note").fill("of the copy")
    expect(entries(first).get_by_label("Note")).to_have_value("")
    for page in (first, copied):
        page.reload()
    expect(entries(first).get_by_label("Note")).to_have_value("")
    expect(entries(copied).get_by_label("Note")).to_have_value("of the copy")
    copied.close()
    later = first.context.new_page()
    later.goto(address)
    expect(entries(later).get_by_label("Note")).to_have_value("of the copy")


def test_exports_are_verbatim(visit: Visit, tmp_path: Path) -> None:
    """All four files, read back by other programs, hold the characters of the sources, the notes and the links."""
    collect(visit, "who talks about unlearning?")
    collect(visit, "Who grows zucchini?")
    note = "=1+1 <b>\u202enote"
    entries(visit.page).nth(1).get_by_label("Note").fill(note)
    files = {}
    for label in ("Word", "Markdown", "Table (CSV)", "Data (JSON)"):
        with visit.page.expect_download() as download:
            visit.page.get_by_role("button", name=label, exact=True).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        files[path.suffix] = path.read_bytes()
    quotes = json.loads(files[".json"])["quotes"]
    seed = (ROOT / "seeds" / "000_6e33e0bb7a0af4be.txt").read_text(encoding="utf-8")
    words = [text[quote["start"] : quote["end"]] for text, quote in zip((seed, HOSTILE), quotes, strict=True)]
    assert words == [quote["words"] for quote in quotes]
    assert UNLEARN in words[0]
    assert words[1] == HOSTILE_SAID
    assert quotes[1]["note"] == note
    assert [quote["permalink"] for quote in quotes] == [f"{visit.address}/?quote={quote['id']}" for quote in quotes]
    table = list(csv.DictReader(io.StringIO(files[".csv"].decode("utf-8-sig"), newline="")))
    assert [row["words"] for row in table] == words
    assert table[1]["note"] == f"'{note}"
    styled = Document(io.BytesIO(files[".docx"])).paragraphs
    assert [each.text for each in styled if each.style and each.style.name == "Quote"] == words
    shown = MarkdownIt().render(files[".md"].decode())
    assert re.findall(r"<(?!/?(?:h1|h2|blockquote|p|strong|a|br)\b)[a-z]+", shown) == []
    assert HOSTILE_SAID in _text(shown)


def _text(markup: str) -> str:
    return unescape(re.sub(r"<[^>]*>", "", markup))


def test_quote_of_an_interview_that_is_removed_stays_and_is_marked(keeper: Visit, tmp_path: Path) -> None:
    """A corrected name is shown as it is now; what is gone stays in the basket and its files, and says so."""
    (tmp_path / "boats.txt").write_text(BOATS, encoding="utf-8")
    keeper.send(tmp_path / "boats.txt")
    collect(keeper, "Who paints kayaks?")
    keeper.page.get_by_role("button", name="Add interviews").click()
    row = keeper.open("Interview with Bo Li")
    row.get_by_role("textbox", name="Name").nth(1).fill("Bo Lindqvist")
    row.get_by_role("button", name="Save").click()
    expect(keeper.page.locator("#kept .told")).to_contain_text("Saved")
    expect(entries(keeper.page).locator("h3")).to_have_text("Bo Lindqvist")
    keeper.page.get_by_role("button", name="Add interviews").click()
    keeper.page.get_by_text("Remove …").click()
    keeper.page.get_by_role("button", name="Remove it now").click()
    expect(keeper.page.locator("#outcome")).to_contain_text("is removed")
    found = entries(keeper.page)
    expect(found).to_contain_text("Not in the collection any more")
    expect(found.locator("blockquote")).to_have_text("I paint kayaks made of birch.")
    expect(found.get_by_role("button", name="Open in interview")).to_have_count(0)


def test_browser_that_keeps_nothing_is_told_of(visit: Visit) -> None:
    """Where the storage is full or forbidden the basket works on, and says that it will not stay."""
    visit.page.add_init_script(FULL)
    visit.reload()
    collect(visit, "who talks about unlearning?")
    expect(entries(visit.page)).to_have_count(1)
    expect(visit.page.locator("#basket").get_by_role("alert")).to_contain_text("Export the basket before you close")


@pytest.mark.parametrize("visit", [{"width": 390, "height": 844}], indirect=True, ids=["phone"])
def test_all_tabs_are_within_reach_of_a_phone(visit: Visit) -> None:
    """With a full basket every tab can be pressed, and nothing is wider than the window."""
    collect(visit, "who talks about unlearning?")
    expect(entries(visit.page)).to_have_count(1)
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 390
    visit.page.get_by_role("button", name="Add interviews").click()
    expect(visit.page.get_by_label("Choose interviews to add")).to_be_attached()

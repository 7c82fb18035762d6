"""Reading an interview beside its quotes: addresses of quotes, from hit to hit, and finding words."""

import re
import shutil
from hashlib import sha256
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.browser.test_quoting import choose, copied, first_card
from tests.browser.visits import DESKTOP, ROOT, SECONDS_TO_OPEN, Visit, running, visited
from tests.browser.words import BOATS, GARDEN, LIGHTHOUSES, UNLEARN

GONE = "This quote is not in the collection any more"


def link_to(file: Path, words: str) -> str:
    """The end of the address of some words in a file."""
    start = file.read_text(encoding="utf-8").index(words)
    return f"?quote={sha256(file.read_bytes()).hexdigest()[:12]}-{start}-{start + len(words)}"


def follow(visit: Visit, link: str) -> Visit:
    """Open an address beside the page, as from a note; what went on in the page is not broken off by it."""
    fresh = Visit(visit.page.context.new_page(), visit.address)
    fresh.watch()
    fresh.page.goto(f"{visit.address}/{link}")
    return fresh


def test_link_waits_until_the_index_is_made_anew(browser: Browser, tmp_path: Path) -> None:
    """Who opens the address of a quote while the collection opens, is told to wait, and then sees the quote."""
    shutil.copytree(ROOT / "seeds", tmp_path / "interviews")
    link = link_to(ROOT / "seeds" / "000_6e33e0bb7a0af4be.txt", UNLEARN)
    with running(tmp_path, {}) as (address, _):
        for visit in visited(address, browser, DESKTOP):
            fresh = follow(visit, link)
            expect(fresh.page.locator("#reader .empty")).to_contain_text("as soon as the interviews are open")
            expect(fresh.page.locator("#reader mark")).to_have_text(UNLEARN, timeout=SECONDS_TO_OPEN * 1000)
            expect(fresh.page.locator("#reader mark")).to_be_in_viewport()
            assert fresh.page.url.endswith(link)
            fresh.check()


def test_address_follows_the_quote_that_is_open(visit: Visit) -> None:
    """An opened quote is the page's address, which a reload opens again; a question makes the address plain."""
    visit.ask("who talks about unlearning?")
    card = visit.page.locator("#quotes .card").first
    quote = card.locator("blockquote").evaluate("(all) => all.textContent")
    card.get_by_role("button", name="Open in interview").click()
    marks = visit.page.locator("#reader mark")
    expect(marks.first).to_be_in_viewport()
    link = link_to(ROOT / "seeds" / "000_6e33e0bb7a0af4be.txt", quote)
    expect(visit.page).to_have_url(f"{visit.address}/{link}")
    visit.reload()
    expect(marks.first).to_be_in_viewport()
    assert "".join(marks.evaluate_all("(all) => all.map((each) => each.textContent)")) == quote
    expect(visit.page).to_have_url(f"{visit.address}/{link}")
    visit.ask("who talks about unlearning?")
    expect(visit.page).to_have_url(f"{visit.address}/")
    card = visit.first_card()
    card.get_by_text("Copy as …").click()
    card.get_by_role("button", name="Copy link to this quote").click()
    expect(visit.page.locator("#announcer")).to_contain_text("The link is copied.")
    assert visit.page.evaluate("navigator.clipboard.readText()") == f"{visit.address}/{link}"


def test_link_that_leads_nowhere_is_told(visit: Visit) -> None:
    """An address whose quote is not there says so, whatever stands in it, and the page works as ever."""
    for name in ("ffffffffffff-0-9", "%3Cimg%20src%3Dx%20onerror%3D%22window.stolen%3D1%22%3E"):
        fresh = follow(visit, f"?quote={name}")
        expect(fresh.page.get_by_role("alert")).to_contain_text(GONE, timeout=SECONDS_TO_OPEN * 1000)
        expect(fresh.ask("who talks about unlearning?").locator("strong").first).to_have_text("Caiyu Song")
        fresh.check()


def test_link_outlives_other_changes_and_ends_with_its_interview(
    keeper: Visit, own_folder: Path, tmp_path: Path
) -> None:
    """When interviews are added the address still leads to its words; when its own is removed it says so."""
    for name, text in (("garden.txt", GARDEN), ("boats.txt", BOATS)):
        (tmp_path / name).write_text(text, encoding="utf-8")
        keeper.send(tmp_path / name)
    expect(keeper.page.locator(".masthead")).to_contain_text("2 interviews", timeout=SECONDS_TO_OPEN * 1000)
    link = link_to(own_folder / "interviews" / "garden.txt", "A pond with frogs")
    expect(follow(keeper, link).page.locator("#reader mark")).to_have_text("A pond with frogs")
    row = keeper.open("Kim Tan")
    row.get_by_text("Remove …").click()
    row.get_by_role("button", name="Remove it now").click()
    expect(keeper.page.locator(".masthead")).to_contain_text("1 interview ·", timeout=SECONDS_TO_OPEN * 1000)
    fresh = follow(keeper, link)
    expect(fresh.page.get_by_role("alert")).to_contain_text(GONE)
    fresh.check()


def test_time_is_copied_where_there_is_one(keeper: Visit, tmp_path: Path) -> None:
    """Of captions, which have no lines of their own, the time is offered."""
    (tmp_path / "lighthouses.vtt").write_text(LIGHTHOUSES, encoding="utf-8")
    keeper.send(tmp_path / "lighthouses.vtt")
    expect(keeper.page.locator(".masthead")).to_contain_text("2 interviews", timeout=SECONDS_TO_OPEN * 1000)
    card = first_card(keeper, "Who builds lighthouses?")
    choose(card, {"With the time code": True})
    expect(card.get_by_label("With the line")).to_have_count(0)
    assert copied(card).endswith(", Interview with Otto Brand, 0:12:34")
    assert "“I build lighthouses out of driftwood, and each of them is taller than the last.”" in copied(card)


def test_hits_follow_one_another_by_keyboard(visit: Visit) -> None:
    """The bar leads through the hits of one interview in the order in which they are said, then to the next one."""
    visit.ask("what do they say about film and culture?")
    opened = visit.page.locator("#quotes .set:not([hidden]) [data-hit]")
    hits = opened.evaluate_all("(all) => all.map((each) => [each.dataset.source, each.dataset.passage])")
    sources = list(dict.fromkeys(source for source, _ in hits))
    assert len(sources) > 1
    in_order = sorted(hits, key=lambda hit: (sources.index(hit[0]), int(hit[1].split("-")[0])))
    opened.nth(hits.index(in_order[0])).click()
    place, marks = visit.page.locator("#reader .steps .place"), visit.page.locator("#reader mark")
    following = visit.page.get_by_role("button", name="Next hit")
    for number, (source, passage) in enumerate(in_order, start=1):
        expect(place).to_have_text(f"{number} of {len(hits)}")
        expect(visit.page.locator(f'#reader .interview[data-interview="{source}"]')).to_be_visible()
        assert visit.page.url.endswith(passage)
        expect(marks.first).to_be_in_viewport()
        following.focus()
        visit.page.keyboard.press("Enter")
    expect(following).to_have_attribute("aria-disabled", "true")
    visit.page.get_by_role("button", name="Previous hit").press("Enter")
    expect(place).to_have_text(f"{len(hits) - 1} of {len(hits)}")
    expect(visit.page.get_by_role("button", name="Previous hit")).to_be_focused()


def test_words_are_found_and_left_as_they_are(visit: Visit) -> None:
    """Finding counts every place, whatever the case and the shape of quotation marks, and goes round by keyboard."""
    visit.ask("who talks about unlearning?")
    visit.page.get_by_role("button", name="Open in interview").first.click()
    reader = visit.page.locator("#reader .interview")
    expect(reader.locator("mark").first).to_be_in_viewport()
    before = reader.evaluate("(all) => all.innerHTML")
    said = " ".join(visit.page.locator("#reader :is(h2, h3, p, dt, dd)").all_inner_texts())
    box, place = visit.page.get_by_label("Find in this interview"), visit.page.locator(".within .place")
    box.fill("GROWTH")
    total = len(re.findall("growth", said, re.IGNORECASE))
    assert total > 1
    expect(place).to_have_text(re.compile(rf"\d+ of {total}"))
    assert visit.page.evaluate("[...CSS.highlights.get('found')].length") == total
    shown = place.inner_text()
    seen = set()
    for _ in range(total):
        box.press("Enter")
        seen.add(place.inner_text())
    assert len(seen) == total
    assert place.inner_text() == shown
    box.press("Shift+Enter")
    expect(place).not_to_have_text(shown)
    box.fill('saying "YES"  to every')
    expect(place).to_have_text("1 of 1")
    here = "[...CSS.highlights.get('found-here')].map(String)"
    assert visit.page.evaluate(here) == ["saying “yes” to every"]
    box.fill("no such words")
    expect(place).to_have_text("Not found")
    box.press("Escape")
    expect(box).to_have_value("")
    expect(place).to_have_text("")
    assert visit.page.evaluate("[...CSS.highlights.get('found')].length") == 0
    untouched = "(all) => all.innerHTML"
    assert reader.evaluate(untouched).replace(' disabled=""', "") == before.replace(' disabled=""', "")

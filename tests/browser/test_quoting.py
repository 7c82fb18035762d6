"""Quoting with care: what stands around a quote, and each form in which it is copied, against its file."""

import re
from collections.abc import Mapping

from playwright.sync_api import Locator, expect

from tests.browser.visits import ROOT, Visit
from tests.browser.words import HOSTILE_SAID

OPPORTUNITIES = "what opportunities would come with hard work?"
EARLY_ON = "Early on, I thought that if I worked hard and created great work, opportunities would naturally come."
SITONG = (ROOT / "seeds" / "002_47f204fbcb41e250.txt").read_text(encoding="utf-8")


def first_card(visit: Visit, question: str) -> Locator:
    """The first card of the reply to a question."""
    visit.ask(question)
    return visit.first_card()


def copied(card: Locator) -> str:
    """What "Copy quotation" puts on the clipboard."""
    card.page.evaluate("navigator.clipboard.writeText('')")
    card.get_by_role("button", name="Copy quotation").click()
    card.page.wait_for_function("navigator.clipboard.readText().then((text) => text !== '')")
    return str(card.page.evaluate("navigator.clipboard.readText()"))


def choose(card: Locator, choices: Mapping[str, bool]) -> None:
    """Choose how quotations are copied."""
    if not card.locator(".copying").evaluate("(menu) => menu.open"):
        card.get_by_text("Copy as …").click()
    for name, wanted in choices.items():
        card.get_by_label(name).set_checked(wanted)


def test_card_warns_and_shows_what_stands_around(visit: Visit) -> None:
    """A view that is given up in the next sentence is warned of; the sentences around unfold, apart from the quote."""
    card = first_card(visit, OPPORTUNITIES)
    expect(card.locator("mark")).to_have_text(EARLY_ON)
    warning = card.get_by_role("note")
    expect(warning).to_contain_text("Careful with the marked sentence alone.")
    lost = warning.locator("bdi").inner_text()
    assert SITONG.partition(EARLY_ON)[2].lstrip().startswith(lost)
    around = card.locator(".around")
    expect(around.locator(".words")).to_be_hidden()
    around.get_by_text("Show what stands around it").focus()
    visit.page.keyboard.press("Enter")
    expect(around).to_contain_text("The speaker begins with this quote.")
    after, quote = (
        around.locator(".words").inner_text(),
        card.locator("blockquote").evaluate("(all) => all.textContent"),
    )
    assert SITONG.partition(quote)[2].lstrip().startswith(after)
    assert after not in quote


def test_each_form_of_a_copy_holds_the_words_of_the_file(visit: Visit) -> None:
    """Plain or Markdown, whole or the marked sentence, with or without its line; the choice is kept."""
    card = first_card(visit, OPPORTUNITIES)
    quote = card.locator("blockquote").evaluate("(all) => all.textContent")
    assert quote in SITONG
    assert copied(card) == f"“{quote}” — Sitong Cao, Interview with Sitong Cao"
    choose(card, {"Only the marked sentence": True, "With the line": True})
    line = SITONG[: SITONG.index(quote)].count("\n") + 1
    assert copied(card) == f"“{EARLY_ON}” — Sitong Cao, Interview with Sitong Cao, line {line}"
    choose(card, {"Markdown": True})
    expected = f"> {EARLY_ON}\n>\n> — Sitong Cao, Interview with Sitong Cao, line {line}"
    expect(card.locator(".preview")).to_have_text(expected, use_inner_text=True)
    assert copied(card) == expected
    expect(visit.page.locator("#announcer")).to_have_text("The marked sentence is copied as Markdown.")
    visit.page.keyboard.press("Tab")
    card.get_by_label("Markdown").press("Escape")
    expect(card.get_by_text("Copy as …")).to_be_focused()
    visit.reload()
    card = first_card(visit, "Who grows zucchini?")
    escaped = copied(card).partition("\n>\n")[0].removeprefix("> ")
    assert "\\<img" in escaped
    assert re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", escaped) == HOSTILE_SAID
    choose(card, {"Plain text": True, "With the line": False})
    assert copied(card).startswith(f"“{HOSTILE_SAID}” — Mallory Reed")

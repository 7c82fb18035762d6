"""Asking on the page, in a real browser: from a question to a quote in its interview, and nothing leaves."""

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.visits import DESKTOP, ROOT, SECONDS_TO_OPEN, WIDEST, Visit, running, visited
from tests.browser.words import HOSTILE_SAID, HOSTILE_WORDS, UNLEARN


def test_question_asked_too_early_waits_and_is_answered(browser: Browser, tmp_path: Path) -> None:
    """While the index is built the page says so, keeps a question, and answers it when it can."""
    shutil.copytree(ROOT / "seeds", tmp_path / "interviews")
    with running(tmp_path, {}) as (address, _):
        for visit in visited(address, browser, DESKTOP):
            _ask_too_early(visit)


def _ask_too_early(visit: Visit) -> None:
    bar = visit.page.get_by_role("progressbar").first
    expect(bar).to_be_visible()
    visit.page.get_by_label("Your question").fill("Who talks about unlearning?")
    visit.page.get_by_role("button", name="Ask", exact=True).click()
    expect(visit.page.locator(".reply")).to_contain_text("Your question waits")
    expect(visit.page.locator(".reply .people")).to_contain_text("Caiyu Song", timeout=SECONDS_TO_OPEN * 1000)
    expect(visit.page.locator(".masthead")).to_contain_text("3 interviews · 3 speakers")


def test_who_talks_about_unlearning(visit: Visit) -> None:
    """The reply names Caiyu Song, the card marks her words, and the source opens scrolled to them."""
    reply = visit.ask("who talks about unlearning?")
    expect(reply.locator("strong").first).to_have_text("Caiyu Song")
    expect(visit.page.locator("#quotes mark").first).to_have_text(UNLEARN)
    reply.get_by_role("link", name="Quote 1, Caiyu Song").click()
    card = visit.page.locator("#quotes .card").first
    expect(card).to_be_focused()
    expect(card).to_contain_text("000_6e33e0bb7a0af4be.txt · line 17")
    card.get_by_role("button", name="Open in interview").click()
    marked = visit.page.locator("#reader mark.sentence")
    expect(marked).to_have_text(UNLEARN)
    expect(marked).to_be_in_viewport()
    expect(visit.page.locator("#reader .turn.interviewer")).to_have_count(4)


def test_quotation_is_copied_exactly(visit: Visit) -> None:
    """The copy button puts the verbatim quote, its speaker and the interview on the clipboard."""
    visit.ask("who talks about unlearning?")
    visit.page.get_by_role("button", name="Copy quotation").first.click()
    expect(visit.page.locator("#announcer")).to_have_text("The quotation is copied.")
    copied = visit.page.evaluate("navigator.clipboard.readText()")
    quote, _, speaker = copied.rpartition(" — ")
    assert speaker == "Caiyu Song, Interview with Caiyu Song"
    assert UNLEARN in quote
    assert quote[1:-1] in (ROOT / "seeds" / "000_6e33e0bb7a0af4be.txt").read_text(encoding="utf-8")
    assert (quote[0], quote[-1]) == ("“", "”")


def test_examples_are_those_of_the_collection_once_it_is_open(visit: Visit) -> None:
    """Over the seeds the page offers the questions made for them, and answers the one that is pressed."""
    expect(visit.page.get_by_role("button", name="How can I reach Sitong?")).to_be_visible(timeout=60_000)
    visit.page.get_by_role("button", name="Who talks about unlearning?").click()
    expect(visit.page.locator(".reply .people")).to_contain_text("Caiyu Song", timeout=SECONDS_TO_OPEN * 1000)


def test_what_nobody_said_is_told_plainly(visit: Visit) -> None:
    """An unanswerable question names nobody, and what is shown is labelled as no answer."""
    reply = visit.ask("Who won an Oscar?")
    expect(reply.locator(".lead.none")).to_have_text("Nobody in these 4 interviews says that.")
    expect(reply.locator(".people")).to_have_count(0)
    expect(visit.page.locator("#quotes .card .banner").first).to_have_text("Nearest passage – not an answer")


def test_words_of_a_transcript_are_never_run(visit: Visit) -> None:
    """Markup, templates and scripts in an interview are shown, character by character, and do nothing."""
    visit.ask("Who grows zucchini?")
    expect(visit.page.locator("#quotes blockquote").first).to_have_text(HOSTILE_SAID)
    expect(visit.page.locator("#thread .said").first).to_have_text(HOSTILE_SAID)
    visit.page.get_by_role("button", name="Open in interview").first.click()
    expect(visit.page.locator("#reader mark.sentence").first).to_be_in_viewport()
    expect(visit.page.locator("#reader")).to_contain_text(HOSTILE_WORDS)
    expect(visit.page.locator("#reader")).to_contain_text("What do you <b>grow</b> in ${window.stolen=1} your garden?")
    assert visit.page.locator("#reader img, #quotes img, #thread img, #reader script").count() == 0


def test_follow_up_and_filter(visit: Visit) -> None:
    """A follow-up says what it continues from; a filter holds; both are this visitor's own."""
    visit.ask("What does Weiqi say about her grandmother?")
    reply = visit.ask("what else does she say about that?")
    expect(reply.locator(".understood")).to_contain_text("continued from the question before")
    visit.page.get_by_role("button", name="Narrow the search").click()
    visit.page.get_by_label("Speakers").click()
    visit.page.get_by_role("option", name="Sitong Cao").click()
    visit.page.keyboard.press("Escape")
    visit.ask("stories about culture")
    names = visit.page.locator("#quotes .set:not([hidden]) h3").all_inner_texts()
    assert set(names) == {"Sitong Cao"}


def test_visitors_see_their_own_conversation_only(visit: Visit) -> None:
    """What one visitor asks is not shown to another."""
    visit.ask("who talks about unlearning?")
    other = visit.page.context.new_page()
    other.goto(visit.address)
    expect(other.locator(".welcome")).to_be_visible()
    expect(other.locator(".exchange")).to_have_count(0)


@pytest.mark.parametrize("question", ["   ", "🙂🙂", "words " * 1_700, "¿Quién habla de su abuela?"])
def test_odd_questions_get_a_sensible_reply(visit: Visit, question: str) -> None:
    """Whatever is asked, there is a reply in words."""
    reply = visit.ask(question)
    expect(reply).to_contain_text("no words" if not any(map(str.isalpha, question)) else "Understood as")


@pytest.mark.parametrize("visit", [{"width": 390, "height": 844}], indirect=True, ids=["phone"])
def test_phone_has_one_column_and_no_sideways_scroll(visit: Visit) -> None:
    """On a phone everything fits the width, and the quote in its interview is scrolled into view."""
    visit.ask("who talks about unlearning?")
    visit.page.get_by_text("3 quotes from 1 speaker").locator("visible=true").click()
    assert visit.page.evaluate(WIDEST) <= 390
    visit.page.get_by_role("button", name="Open in interview").first.click()
    expect(visit.page.locator("#reader mark.sentence")).to_be_in_viewport()
    assert visit.page.evaluate(WIDEST) <= 390


def test_second_press_of_ask_asks_nothing_more_and_a_second_question_waits(visit: Visit) -> None:
    """A double click asks once; who asks again before the answer is there gets both, one after the other."""
    asked = visit.page.locator(".exchange .question p")
    visit.page.get_by_label("Your question").fill("who talks about unlearning?")
    visit.page.get_by_role("button", name="Ask", exact=True).dblclick()
    expect(asked).to_have_text(["who talks about unlearning?"])
    visit.page.wait_for_timeout(1000)
    expect(asked).to_have_count(1)
    both = ["who moved to another country?", "who won an Oscar?"]
    for question in both:
        visit.page.get_by_label("Your question").fill(question)
        visit.page.get_by_role("button", name="Ask", exact=True).click()
        expect(visit.page.get_by_label("Your question")).to_have_value("")
    expect(asked).to_have_text(["who talks about unlearning?", *both])


def test_what_is_being_written_is_not_sent(visit: Visit) -> None:
    """After a double press the next question can be begun, and is neither asked half written nor taken away."""
    question, send = visit.page.get_by_label("Your question"), visit.page.get_by_role("button", name="Ask", exact=True)
    question.fill("who talks about unlearning?")
    send.dblclick()
    expect(question).to_have_value("")
    question.fill("who moved to")
    expect(visit.page.locator(".exchange .lead")).to_have_count(1)
    visit.page.wait_for_timeout(1000)
    expect(visit.page.locator(".exchange")).to_have_count(1)
    send.click()
    expect(visit.page.locator(".exchange .question p").last).to_have_text("who moved to")


def test_new_conversation_stays_new(visit: Visit) -> None:
    """Begun while the conversation before comes back after a reload, nothing of that is shown any more."""
    visit.ask("who talks about unlearning?")
    visit.leaving = True
    visit.page.reload()
    visit.page.get_by_role("button", name="New conversation").click()
    visit.page.wait_for_timeout(2500)
    expect(visit.page.locator(".exchange")).to_have_count(0)
    visit.leaving = False

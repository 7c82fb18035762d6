"""Keeping interviews on the page, in a real browser: adding, correcting, removing, and playing recordings."""

import wave
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.visits import WIDEST, Visit
from tests.browser.words import BOATS, GARDEN, LIGHTHOUSES


def test_interviews_are_added_to_a_collection_that_was_empty(keeper: Visit, own_folder: Path, tmp_path: Path) -> None:
    """Each file is reported, a bad one beside good ones is told with a remedy, and questions find the new words."""
    expect(keeper.page.locator("#notice")).to_contain_text("could not be opened")
    (tmp_path / "sea & <shore> (1).vtt").write_text(LIGHTHOUSES, encoding="utf-8")
    (tmp_path / "sea & <shore> (1).vtt.toml").write_text('recording = "https://example.org/sea.mp3"\n')
    (tmp_path / "garden.txt").write_text(GARDEN, encoding="utf-8")
    (tmp_path / "broken.docx").write_bytes(b"no document at all")
    told = keeper.send(*tmp_path.iterdir())
    expect(told.locator("h2")).to_have_text("Two interviews added, 1 file left out")
    expect(told.locator("h2")).to_be_focused()
    expect(told.locator(".problems")).to_contain_text("broken.docx")
    expect(told.locator(".problems")).not_to_contain_text(str(tmp_path))
    sea = told.locator(".report").filter(has_text="sea & <shore> (1).vtt")
    expect(sea).to_contain_text("WebVTT")
    expect(sea.get_by_role("row", name="Otto Brand")).to_contain_text("interviewee")
    expect(keeper.page.locator(".masthead")).to_contain_text("2 interviews · 2 speakers")
    expect(keeper.page.locator("#notice")).not_to_contain_text("could not be opened")
    assert (own_folder / "interviews" / "sea & <shore> (1).vtt").read_text(encoding="utf-8") == LIGHTHOUSES
    assert not (own_folder / "interviews" / "broken.docx").exists()
    reply = keeper.ask("Who builds lighthouses?")
    expect(reply.locator("strong").first).to_have_text("Otto Brand")


def test_examples_follow_the_collection(keeper: Visit, tmp_path: Path) -> None:
    """Before anything was asked, the page offers questions about the people there are, and nobody else."""
    examples = keeper.page.locator(".examples")
    expect(examples).to_contain_text("Who is Kim Tan?")
    expect(examples).not_to_contain_text("Sitong")
    (tmp_path / "air.txt").write_text("Ann: What do you fly?\nAda Wing: Kites.\n\nAnn: Why?\nAda Wing: For fun.\n")
    keeper.send(tmp_path / "air.txt")
    expect(examples).to_contain_text("Who is Ada Wing?")
    _remove(keeper, "Interview with Ada Wing")
    expect(examples).not_to_contain_text("Ada Wing")


def _remove(keeper: Visit, title: str) -> None:
    row = keeper.open(title)
    row.get_by_text("Remove …").click()
    row.get_by_role("button", name="Remove it now").click()
    expect(keeper.page.locator("#outcome")).to_contain_text("is removed")


def test_what_is_there_already_is_told_and_not_doubled(keeper: Visit, tmp_path: Path) -> None:
    """The same file under another name is not added again."""
    (tmp_path / "twin.txt").write_text(GARDEN, encoding="utf-8")
    told = keeper.send(tmp_path / "twin.txt")
    expect(told).to_contain_text("twin.txt is not added: it is the same as garden.txt, letter for letter")
    expect(keeper.page.locator(".masthead")).to_contain_text("2 interviews")


def test_time_of_a_quote_leads_into_the_recording(keeper: Visit) -> None:
    """A stamped transcript whose sidecar names a recording has its quotes and turns linked to their seconds."""
    keeper.ask("Who builds lighthouses?")
    link = keeper.page.locator("#quotes .card").first.get_by_role("link", name="at 0:12:34")
    expect(link).to_have_attribute("href", "https://example.org/sea.mp3#t=754")
    keeper.page.get_by_role("button", name="Open in interview").first.click()
    turns = keeper.page.locator("#reader .turn .when")
    expect(turns).to_have_text(["at 0:00:12", "at 0:12:34", "at 0:13:10", "at 0:13:21"])


def test_recording_on_this_machine_plays_from_the_second(keeper: Visit, own_folder: Path) -> None:
    """A file beside the interview, named in the form, is played in the card from where the quote begins."""
    with wave.open(str(own_folder / "interviews" / "sea.wav"), "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", "not compressed"))
        sound.writeframes(bytes([128]) * 8000 * 800)
    row = keeper.open("Interview with Otto Brand")
    row.get_by_role("textbox", name="Recording").fill("sea.wav")
    row.get_by_role("button", name="Save").click()
    expect(keeper.page.locator("#kept .told")).to_have_text("Saved. Answers use it from now on.")
    keeper.ask("Who builds lighthouses?")
    keeper.page.locator("#quotes .card").first.get_by_role("button", name="at 0:12:34, Otto Brand").click()
    player = keeper.page.locator("#quotes audio")
    expect(player).to_be_focused()
    keeper.page.wait_for_function("document.querySelector('#quotes audio').currentTime >= 754")


def test_renamed_speaker_is_so_called_in_the_next_answer(keeper: Visit) -> None:
    """A name corrected in the list stands on the quote card, in the filters and in the title."""
    row = keeper.open("Interview with Otto Brand")
    row.get_by_role("textbox", name="Name").nth(1).fill("Ottilie Brand")
    row.get_by_role("button", name="Save").click()
    expect(keeper.page.locator("#kept .told")).to_be_visible()
    expect(keeper.page.get_by_role("button", name="Interview with Ottilie Brand")).to_be_focused()
    keeper.ask("Who builds lighthouses?")
    expect(keeper.page.locator("#quotes .card h3").first).to_have_text("Ottilie Brand")
    keeper.page.get_by_role("button", name="Narrow the search").click()
    keeper.page.get_by_label("Speakers").click()
    expect(keeper.page.get_by_role("option", name="Ottilie Brand")).to_be_visible()
    expect(keeper.page.get_by_role("option", name="Otto Brand")).to_have_count(0)


def test_correction_that_cannot_be_is_told_and_changes_nothing(keeper: Visit) -> None:
    """Where nobody would be left who answers, the reason stands in the list, and the form can be used again."""
    row = keeper.open("Interview with Kim Tan")
    row.get_by_role("combobox", name="Role").nth(1).select_option("interviewer")
    row.get_by_role("button", name="Save").click()
    expect(keeper.page.locator("#kept .told.wrong")).to_contain_text("nobody who answers")
    expect(keeper.page.locator("#kept").get_by_role("button", name="Save")).to_be_enabled()
    expect(keeper.page.locator("#kept").get_by_role("combobox", name="Role").nth(1)).to_have_value("interviewee")


def test_broken_correction_is_told_and_set_aside(keeper: Visit, own_folder: Path, tmp_path: Path) -> None:
    """A sidecar that is no TOML stands in the report; a button takes it out of the way, and the form is there."""
    (tmp_path / "air.txt").write_text("Ann: What do you fly?\nAda Wing: Kites.\n\nAnn: Why?\nAda Wing: For fun.\n")
    (tmp_path / "air.txt.toml").write_text("title = Kites and wind")
    told = keeper.send(tmp_path / "air.txt", tmp_path / "air.txt.toml")
    expect(told.locator("h2")).to_have_text("One interview added, 1 correction not used")
    expect(told.locator(".problems")).to_contain_text("air.txt.toml: it is not TOML")
    told.get_by_role("button", name="Correct Interview with Ada Wing").click()
    keeper.page.get_by_role("button", name="Set the broken correction aside").click()
    row = keeper.page.locator("#kept li").filter(has=keeper.page.get_by_role("button", name="Ada Wing"))
    expect(row.locator(".told")).to_contain_text("air.txt.toml is called air.txt.broken.toml now")
    expect(row.get_by_role("button", name="Save")).to_be_enabled()
    expect(keeper.page.locator("#notice")).not_to_contain_text("air.txt")
    assert (own_folder / "interviews" / "air.txt.broken.toml").read_text() == "title = Kites and wind"
    row.get_by_text("Remove …").click()
    row.get_by_role("button", name="Remove it now").click()
    expect(keeper.page.locator("#outcome")).to_contain_text("air.txt is removed")


def test_other_visitor_sees_what_was_changed(keeper: Visit, tmp_path: Path) -> None:
    """A page that was open before shows an interview added by another one at its next question."""
    other = keeper.page.context.new_page()
    other.goto(keeper.address)
    expect(other.locator(".masthead")).to_contain_text("2 interviews")
    (tmp_path / "boats.txt").write_text(BOATS, encoding="utf-8")
    keeper.send(tmp_path / "boats.txt")
    elsewhere = Visit(other, keeper.address)
    expect(elsewhere.ask("Who paints kayaks?").locator("strong").first).to_have_text("Bo Li")
    expect(other.locator(".masthead")).to_contain_text("3 interviews")


@pytest.mark.parametrize("keeper", [{"width": 390, "height": 844}], indirect=True, ids=["phone"])
def test_list_fits_a_phone(keeper: Visit) -> None:
    """On a phone the panel, its forms and its tables have no sideways scroll."""
    row = keeper.open("Interview with Kim Tan")
    expect(row.get_by_role("button", name="Save")).to_be_visible()
    assert keeper.page.evaluate(WIDEST) <= 390
    assert keeper.page.evaluate("document.querySelector('#keeping').scrollWidth") <= 390


def test_removed_interview_is_not_found_any_more(keeper: Visit, own_folder: Path) -> None:
    """A second click removes it; its file is kept aside, and its words are nobody's."""
    row = keeper.open("Interview with Kim Tan")
    expect(row.get_by_role("button", name="Remove it now")).to_be_hidden()
    row.get_by_text("Remove …").click()
    row.get_by_role("button", name="Remove it now").click()
    expect(keeper.page.locator("#outcome")).to_contain_text("garden.txt is removed, 2 interviews left")
    expect(keeper.page.locator("#kept")).not_to_contain_text("Kim Tan")
    assert (own_folder / "interviews" / ".removed" / "garden.txt").read_text(encoding="utf-8") == GARDEN
    reply = keeper.ask("Who grows zucchini?")
    expect(reply).not_to_contain_text("Kim Tan")
    expect(keeper.page.locator("#quotes")).not_to_contain_text("zucchini, and I sell")

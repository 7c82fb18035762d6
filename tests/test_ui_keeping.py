"""What the forms of "Your interviews" do, without a browser: correct, merge, swap, add and remove, for all visitors."""

from collections.abc import Callable
from pathlib import Path

import pytest

from rag.errors import ChangeError, EmptyCollectionError, ReadError
from rag.library import Library, Progress
from rag.ui import keeping
from rag.ui.collection import adding, details, kept, one_interview, speaking
from rag.ui.conversation import converse
from rag.ui.keeping import Sent, corrected, paired
from rag.ui.notices import masthead, notice
from rag.ui.opening import Opening, Stage, stages
from rag.ui.shelf import Shelf
from rag.ui.uploads import Uploads
from tests.small import BRIDGES, RIVERS, LettersEmbedder, quiet
from tests.test_ui_html import Parsed, parsed

KEY = "f" * 32
THREE = """Ann: Where did you grow up?
Bo: I grew up beside a river.
Boo: And I beside a lake.

Ann: What do you paint?
Bo: Boats, mostly, and other <b>things</b> that float.
"""


@pytest.fixture
def opening(tmp_path: Path) -> Opening:
    """A collection of two interviews, open."""
    folder = tmp_path / "interviews"
    folder.mkdir()
    (folder / "rivers.txt").write_text(THREE, encoding="utf-8")
    (folder / "bridges.txt").write_text(BRIDGES, encoding="utf-8")
    return opened(lambda progress: Library.open(folder, index=tmp_path / "index", embedder=LettersEmbedder()))


def opened(open_library: Callable[[Progress], Library]) -> Opening:
    """A collection that was opened, or could not be."""
    opening = Opening(open_library)
    opening.start()
    assert opening.wait(30)
    return opening


def library_of(opening: Opening) -> Library:
    """The library that is there now."""
    assert opening.library is not None
    return opening.library


def sent(uploads: Uploads, **files: str) -> Sent:
    """Files on their way, by their names without ending."""
    for name, words in files.items():
        with uploads.receiving(KEY, f"{name}.txt") as arrival:
            arrival.write(words.encode())
    return Sent(KEY)


def test_new_name_is_in_the_library_that_all_ask(opening: Opening) -> None:
    """A rename replaces the library as a whole, counts as a change, and keeps the rest."""
    before = opening.library
    told = keeping.correct(opening, "rivers.txt", "correct", {"name:Bo": "Bo Lindgren"}, quiet)
    assert told == keeping.SAVED
    assert opening.library is not before
    assert opening.version == 1
    assert library_of(opening).speakers == ("Bo Lindgren", "Boo", "Cy")
    assert library_of(opening).interview("rivers.txt").title == "Interview with Bo Lindgren and Boo"


def test_form_left_as_it_is_changes_nothing(opening: Opening) -> None:
    """What the form shows is what is there, so that saving it unchanged corrects nothing."""
    filed = library_of(opening).filed("rivers.txt")
    typed = {f"name:{key}": name for key, name, _ in speaking(filed)}
    typed |= {f"role:{key}": role for key, _, role in speaking(filed)}
    typed |= {"title": filed.interview.title, "date": "", "link": "", "recording": ""}
    assert corrected(filed, typed) == filed.correction
    with pytest.raises(ValueError, match="Nothing is changed"):
        keeping.correct(opening, "rivers.txt", "correct", typed, quiet)


def test_name_and_role_are_changed_together(opening: Opening) -> None:
    """A role that is set in the same form goes with the new name."""
    typed = {"name:Boo": "Bea", "role:Boo": "interviewer", "title": " By the water "}
    interview = (
        library_of(opening).filed("rivers.txt").corrected(corrected(library_of(opening).filed("rivers.txt"), typed))
    )
    assert {each.name: each.role for each in interview.speakers}["Bea"] == "interviewer"
    assert interview.title == "By the water"


def test_emptied_title_is_again_as_the_file_gives_it(opening: Opening) -> None:
    """A correction is undone by emptying its field or by typing what was found."""
    keeping.correct(opening, "rivers.txt", "correct", {"title": "By the water", "date": "2024-05-01"}, quiet)
    filed = library_of(opening).filed("rivers.txt")
    assert corrected(filed, {"title": "", "date": "2024-05-01"}).title == ""
    assert corrected(filed, {"title": filed.found.title}).title == ""
    assert corrected(filed, {"title": "By the water"}).date == "2024-05-01"


def test_one_name_for_two_makes_them_one_and_so_does_the_button(opening: Opening) -> None:
    """To merge, type the other's name or use the pair of lists."""
    filed = library_of(opening).filed("rivers.txt")
    by_name = filed.corrected(corrected(filed, {"name:Boo": "Bo"}))
    by_button = filed.corrected(paired(filed, "merge", {"one": "Boo", "other": "Bo"}))
    for interview in (by_name, by_button):
        assert [each.name for each in interview.speakers] == ["Ann", "Bo"]


def test_names_are_swapped(opening: Opening) -> None:
    """Two names that were exchanged are put right throughout."""
    filed = library_of(opening).filed("bridges.txt")
    interview = filed.corrected(paired(filed, "swap", {"one": "Ann", "other": "Cy"}))
    assert interview.turns[0].speaker == "Cy"


def test_names_that_depend_on_one_another_are_refused(opening: Opening) -> None:
    """Where one form would give a name and take it away, it is told how to go on."""
    filed = library_of(opening).filed("rivers.txt")
    with pytest.raises(ValueError, match="one name at a time, or swap"):
        corrected(filed, {"name:Bo": "Boo", "name:Boo": "Bo"})
    with pytest.raises(ValueError, match="two different speakers"):
        paired(filed, "merge", {"one": "Bo", "other": "Bo"})


def test_refused_correction_leaves_the_library_as_it_is(opening: Opening) -> None:
    """An error replaces nothing."""
    before = opening.library
    with pytest.raises(ReadError, match="nobody who answers"):
        keeping.correct(opening, "bridges.txt", "correct", {"role:Cy": "interviewer"}, quiet)
    assert (opening.library, opening.version) == (before, 0)


def test_files_are_added_and_reported_and_one_bad_file_stops_none(opening: Opening) -> None:
    """The report tells each file, by the name that the visitor knows; nothing stays on its way."""
    uploads = Uploads()
    batch = sent(uploads, lakes=RIVERS.replace("river", "lake"), empty="  ", twin=BRIDGES)
    batch = Sent(batch.key, left=("huge.txt",), failed=("folder",))
    page = parsed(keeping.add(opening, uploads, batch, quiet))
    assert page.all("h2") == ["One interview added, 1 there already, 3 files left out"]
    assert page.all("strong") == ["huge.txt", "folder", "empty.txt"]
    assert "larger than 64 MB. Split it" in page.text
    assert "twin.txt is not added: it is the same as bridges.txt, letter for letter" in page.text
    assert "/" not in "".join(page.all("li"))
    assert [each.source.name for each in library_of(opening).interviews] == ["bridges.txt", "lakes.txt", "rivers.txt"]
    with uploads.taking(KEY) as left:
        assert not left.files


def with_correction(uploads: Uploads, correction: str) -> Sent:
    """An interview on its way, with a sidecar."""
    batch = sent(uploads, lakes=RIVERS)
    with uploads.receiving(KEY, "lakes.txt.toml") as arrival:
        arrival.write(correction.encode())
    return batch


def test_broken_correction_is_reported_beside_its_interview(opening: Opening) -> None:
    """The report names the sidecar that came along and is of no use; once told it is not told again."""
    uploads = Uploads()
    page = parsed(keeping.add(opening, uploads, with_correction(uploads, "title = not TOML"), quiet))
    assert page.all("h2") == ["One interview added, 1 correction not used"]
    assert page.all("strong")[0] == "lakes.txt.toml"
    assert "it is not TOML" in page.text
    assert str(library_of(opening).path) not in page.text
    page = parsed(keeping.add(opening, uploads, sent(uploads, more=RIVERS.replace("river", "sea")), quiet))
    assert page.all("h2") == ["One interview added"]


@pytest.mark.parametrize("written", ["title = not TOML", '[roles]\nBo = "interviewer"\n'])
def test_broken_correction_is_set_aside(opening: Opening, written: str) -> None:
    """Where a correction cannot be read, or leaves nobody who answers, the panel offers to rename it."""
    uploads, folder = Uploads(), library_of(opening).path
    (folder / "lakes.txt.broken.toml").write_text("an older one")
    keeping.add(opening, uploads, with_correction(uploads, written), quiet)
    panel = shown(opening, "lakes.txt")
    assert panel.all("button", **{"data-act": "set-aside"}) == ["Set the broken correction aside"]
    assert "lakes.txt.toml gets another name" in panel.text
    assert not panel.all("form")
    told = keeping.set_aside(opening, "lakes.txt", quiet)
    assert told == "lakes.txt.toml is called lakes.txt.broken-2.toml now, and not used any more."
    assert (folder / "lakes.txt.broken-2.toml").read_text(encoding="utf-8") == written
    assert (folder / "lakes.txt.broken.toml").read_text(encoding="utf-8") == "an older one"
    assert not library_of(opening).problems
    panel = shown(opening, "lakes.txt")
    assert panel.all("form")
    assert not panel.all("button", **{"data-act": "set-aside"})
    with pytest.raises(ChangeError, match="not broken"):
        keeping.set_aside(opening, "lakes.txt", quiet)


def shown(opening: Opening, name: str) -> Parsed:
    """What the list shows of one interview that is opened."""
    library = library_of(opening)
    return parsed(details(library, name, Shelf.of_library(library)))


def test_removed_interview_is_gone_and_the_last_one_too(opening: Opening) -> None:
    """Once all are removed the page says so, in reply to a question, too; adding one begins anew."""
    told = keeping.remove(opening, "rivers.txt", quiet)
    assert told.startswith("rivers.txt is removed, 1 interview left; the file is kept in")
    assert keeping.remove(opening, "bridges.txt", quiet).startswith("bridges.txt is removed, none left")
    assert opening.emptied
    assert "There are no interviews any more" in notice(opening)
    assert "There are no interviews any more" in list(converse(opening, "who?"))[-1][-1].note
    with pytest.raises(ChangeError):
        keeping.remove(opening, "rivers.txt", quiet)


def test_empty_collection_is_begun_by_adding(tmp_path: Path) -> None:
    """Where nothing could be opened, interviews that are added make the collection."""
    folder, embedder = tmp_path / "new", LettersEmbedder()

    def fail(progress: Progress) -> Library:
        raise EmptyCollectionError(folder, "there is no such folder or file", "Check the path.")

    opening = Opening(
        fail,
        lambda paths, progress: Library.add_to(
            folder, paths, index=tmp_path / "index", embedder=embedder, progress=progress
        ),
    )
    opening.start()
    assert opening.wait(10)
    assert "could not be opened" in notice(opening)
    uploads = Uploads()
    keeping.add(opening, uploads, sent(uploads, rivers=RIVERS), quiet)
    assert "1 interview · 1 speaker" in masthead(opening)
    assert notice(opening) == ""
    assert (folder / "rivers.txt").read_text(encoding="utf-8") == RIVERS


def test_follow_up_forgets_somebody_who_has_another_name_now(opening: Opening) -> None:
    """A question after a rename is answered, though the one before was about the old name."""
    history = list(converse(opening, "what does Cy say about bridges?"))[-1]
    keeping.correct(opening, "bridges.txt", "correct", {"name:Cy": "Cyrus"}, quiet)
    answer = list(converse(opening, "what else does he say?", history=history))[-1][-1].answer
    assert answer is not None
    assert "Cy" not in answer.understood.speakers


def test_collection_of_one_file_says_that_none_can_be_added(tmp_path: Path) -> None:
    """Instead of a place for files there is a sentence that says why."""
    file = tmp_path / "rivers.txt"
    file.write_text(RIVERS, encoding="utf-8")
    opening = opened(lambda progress: Library.open(file, index=tmp_path / "index", embedder=LettersEmbedder()))
    page = parsed(adding(opening))
    assert "single file rivers.txt, to which none can be added" in page.text
    assert not page.all("input")
    with pytest.raises(ChangeError):
        opening.add([file], quiet)


def test_place_for_files_takes_all_that_can_be_read(opening: Opening) -> None:
    """The chooser offers every kind of file, and is reached by its label."""
    (chooser,) = parsed(adding(opening)).attributes("input")
    accepted = (chooser["accept"] or "").split(",")
    assert {".txt", ".docx", ".pdf", ".vtt", ".srt", ".html", ".json", ".csv", ".zip"} <= set(accepted)
    assert chooser["data-largest"] == str(64 * 2**20)


def test_list_shows_each_interview_and_the_forms_of_the_opened_one(opening: Opening) -> None:
    """Every interview has a row; the opened one its report, its speakers with their roles, and what removes it."""
    library = library_of(opening)
    shelf = Shelf.of_library(library)
    made = next(each for each in library.reports if each.source == "rivers.txt")
    within = one_interview(library.filed("rivers.txt"), made, shelf)
    page = parsed(kept(shelf, opened="rivers.txt", details=within))
    assert page.all("h2") == ["2 interviews"]
    assert [button.get("data-act") for button in page.attributes("button")].count("remove") == 1
    names = {each.get("name"): each.get("value") for each in page.attributes("input")}
    assert names["name:Boo"] == "Boo"
    assert names["title"] == "Interview with Bo and Boo"
    chosen = [each.get("value") for each in page.attributes("option") if "selected" in each]
    assert chosen[0] == "interviewer"
    assert page.all("th", scope="row") == ["Ann", "Bo", "Boo"]


def test_work_tells_its_stages_and_then_its_result() -> None:
    """While it is done somebody can look; what goes wrong is raised where the result is asked for."""

    def count_to_three(hear: Progress) -> str:
        for number in (1, 2, 3):
            hear("Counting", number, 3)
        return "done"

    def fail(hear: Progress) -> str:
        raise ReadError("a.txt", "it is gone", "Look elsewhere.")

    seen: list[Stage] = []

    def follow() -> str:
        work = stages(count_to_three)
        while True:
            try:
                seen.append(next(work))
            except StopIteration as done:
                return str(done.value)

    assert follow() == "done"
    with pytest.raises(ReadError, match="it is gone"):
        list(stages(fail))

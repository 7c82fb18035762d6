"""What the user corrects: names, roles and the lines about an interview, on top of what was found."""

from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.amending import changed, merge, rename, set_role, swap
from rag.corrections import Correction, apply, voices
from rag.errors import ReadError, UnknownNameError
from rag.library import Library
from rag.records import Interview, Role
from tests.growth import grows_in_proportion
from tests.samples import interview_of, said
from tests.small import BRIDGES, RIVERS, LettersEmbedder, assert_same, only_from

TALK = """Ann: Where did you grow up?
Bo: Beside a river, with two brothers.
Ann: What do you paint now?
Bo Chen: Boats, and the other shore, mostly.
Cy: So do I, ever since I was a child.
Ann: And what do you dream of?
Cy: Of a bridge that does not fall down.
Ann: What did you learn from it?
Cy: That a bridge needs patience.
Ann: Who taught you to swim?
Bo Chen: My grandmother did, in that very river.
"""
EXCHANGED = """Ann: I grew up beside a river, with two brothers and no boat.
Bo: And what do you paint now?
Ann: Boats, and the other shore, mostly.
Bo: Why boats, of all things?
Ann: A boat is a promise.
Bo: Who taught you to swim?
Ann: My grandmother did, in that very river.
Bo: What did you learn from her?
Ann: That water carries you, if you let it.
"""


@pytest.fixture(scope="module")
def found() -> Interview:
    """An interview in which one person stands under two names."""
    return interview_of(TALK)


def speakers(interview: Interview) -> dict[str, Role]:
    """The role of everybody who speaks."""
    return {speaker.name: speaker.role for speaker in interview.speakers}


def who(interview: Interview) -> list[str]:
    """Who speaks, turn by turn."""
    return [turn.speaker for turn in interview.turns]


def test_an_empty_correction_changes_nothing(found: Interview) -> None:
    """Without a correction the interview is as it was found."""
    assert apply(found, Correction()) is found
    assert not Correction()
    assert Correction().digest == ""


def test_a_renamed_speaker_has_the_new_name_everywhere(found: Interview) -> None:
    """Turns, pairs, speakers and a made-up title carry the new name; the old one is known as another form."""
    shown = apply(found, rename(Correction(), found, "Cy", "Cyril Day"))
    assert "Cy" not in who(shown)
    assert who(shown).count("Cyril Day") == who(found).count("Cy")
    assert "Cyril Day" in {name for pair in shown.pairs for name in pair.interviewees}
    assert next(each.aliases for each in shown.speakers if each.name == "Cyril Day") == ("Cy",)
    assert [words for _, words in said(shown)] == [words for _, words in said(found)]


def test_the_words_are_never_touched(found: Interview) -> None:
    """A correction changes neither the source nor any span."""
    shown = apply(found, Correction("T", "2024", "https://a.b", "a.mp3", (("Cy", "D"),), (("Ann", "interviewee"),)))
    assert shown.source is found.source
    assert [turn.span for turn in shown.turns] == [turn.span for turn in found.turns]


def test_merged_speakers_are_one(found: Interview) -> None:
    """Two forms of one name become one speaker with all the turns, in whatever case they are typed."""
    names = [name for name in speakers(found) if name.startswith("Bo")]
    once = apply(found, merge(Correction(), found, ["cy", *names, "Bo Chen"]))
    assert set(who(once)) == {"Ann", "Bo Chen"}
    assert speakers(once) == {"Ann": "interviewer", "Bo Chen": "interviewee"}
    assert who(once).count("Bo Chen") == len(found.turns) - who(found).count("Ann")


def test_swapped_speakers_have_each_others_words() -> None:
    """Exchanged labels are put right: the one who asks is the interviewer, under the right name."""
    found = interview_of(EXCHANGED)
    shown = apply(found, swap(Correction(), found, "Ann", "Bo"))
    assert said(shown) == [({"Ann": "Bo", "Bo": "Ann"}[name], words) for name, words in said(found)]
    assert speakers(shown) == {"Ann": "interviewer", "Bo": "interviewee"}
    assert {name for pair in shown.pairs for name in pair.interviewees} == {"Bo"}


def test_swapping_twice_is_no_correction(found: Interview) -> None:
    """Two exchanges of the same names leave nothing corrected."""
    once = swap(Correction(), found, "Ann", "Cy")
    assert once
    assert not swap(once, found, "Ann", "Cy")


def test_blanks_around_a_typed_name_are_no_part_of_it(found: Interview) -> None:
    """A name is the same with and without blanks around it."""
    assert rename(Correction(), found, " Cy ", " Cyril ") == rename(Correction(), found, "Cy", "Cyril")
    assert merge(Correction(), found, ["Cy ", " Cyril "]) == rename(Correction(), found, "Cy", "Cyril")


def test_a_role_that_is_set_makes_pairs_anew(found: Interview) -> None:
    """Who is said to ask is no longer among those who answer, and the pairs follow."""
    shown = apply(found, set_role(Correction(), found, "Cy", "interviewer"))
    assert speakers(shown)["Cy"] == "interviewer"
    assert "Cy" not in {name for pair in shown.pairs for name in pair.interviewees}


def test_a_role_goes_with_the_person(found: Interview) -> None:
    """Whoever is renamed after a role was set keeps the role."""
    correction = rename(set_role(Correction(), found, "Cy", "interviewer"), found, "Cy", "Cyril Day")
    assert speakers(apply(found, correction))["Cyril Day"] == "interviewer"


def test_nobody_left_to_answer_is_an_error(found: Interview) -> None:
    """A correction that leaves only interviewers is refused, with the sidecar that says so."""
    correction = Correction(roles=tuple((name, "interviewer") for name in speakers(found)))
    with pytest.raises(ReadError, match=r"talk\.txt\.toml leaves nobody who answers"):
        apply(found, correction, sidecar="talk.txt.toml")


def test_lines_about_an_interview_are_taken(found: Interview) -> None:
    """Title, date, link and recording are those of the correction, where it has them."""
    shown = apply(found, Correction("On boats", "2024-05-01", "https://a.b", "boats.mp3"))
    assert (shown.title, shown.date, shown.link, shown.recording) == (
        "On boats", "2024-05-01", "https://a.b", "boats.mp3",
    )  # fmt: skip
    assert apply(found, Correction(date="2024")).title == found.title


def test_a_name_that_nobody_bears_is_a_warning(found: Interview) -> None:
    """A slip in a sidecar is told with the names there are, and the rest of it holds."""
    shown = apply(found, Correction(title="T", speakers=(("Dy", "Dylan"),)), sidecar="talk.toml")
    assert [("“Dy”" in warning, "Cy" in warning) for warning in shown.warnings] == [(True, True)]
    assert shown.title == "T"


@pytest.mark.parametrize(
    "change",
    [
        lambda found: rename(Correction(), found, "Nobody", "Ann"),
        lambda found: merge(Correction(), found, ["Nobody", "Ann"]),
        lambda found: swap(Correction(), found, "Ann", "Nobody"),
        lambda found: set_role(Correction(), found, "Nobody", "interviewer"),
    ],
)
def test_a_name_that_is_not_there_lists_those_that_are(found: Interview, change: object) -> None:
    """Each change tells who speaks, where it is asked for somebody else."""
    assert callable(change)
    with pytest.raises(UnknownNameError, match="Cy") as caught:
        change(found)
    assert set(caught.value.known) == set(speakers(found))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda found: rename(Correction(), found, "Cy", ""), "empty"),
        (lambda found: rename(Correction(), found, "Cy", "a\nb"), "one line"),
        (lambda found: rename(Correction(), found, "Cy", "x" * 301), "300 characters"),
        (lambda found: rename(Correction(), found, "Cy", "Cy\u202eyaD"), "order of letters"),
        (lambda found: Correction(title="On \u2067boats\u2069"), "order of letters"),
        (lambda found: merge(Correction(), found, ["Cy"]), "two names"),
        (lambda found: swap(Correction(), found, "Cy", "cy"), "one speaker"),
        (lambda found: set_role(Correction(), found, "Cy", cast(Role, "singer")), "singer"),
    ],
)
def test_what_cannot_be_is_refused(found: Interview, change: object, reason: str) -> None:
    """A change that makes no sense says what is wrong with it."""
    assert callable(change)
    with pytest.raises(ValueError, match=reason):
        change(found)


@given(st.data())
def test_changes_one_after_another_are_one_correction(data: st.DataObject) -> None:
    """However changes follow one another, the correction of the interview as found gives the last state."""
    found = interview_of(TALK)
    correction = Correction()
    for _ in range(data.draw(st.integers(1, 5))):
        there = [name for name, role in speakers(apply(found, correction)).items() if role != "interviewer"]
        name = data.draw(st.sampled_from(there))
        new = data.draw(st.sampled_from([*there, "Dee", "Eve Fox"]))
        correction = rename(correction, found, name, new)
        shown = apply(found, correction)
        assert new in who(shown)
        assert name == new or name not in who(shown)
        assert len(set(who(shown))) == len(speakers(shown))
        assert set(who(shown)) == set(speakers(shown))


def test_a_found_name_that_turns_its_letters_can_be_mended() -> None:
    """What a file has in a name may be corrected, though nobody may type it."""
    assert Correction(speakers=(("\u202bBo\u202c", "Bo Chen"),))


@pytest.mark.parametrize("sign", "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
def test_signs_that_turn_the_order_of_letters_are_in_no_name(sign: str) -> None:
    """Neither a name nor a title shows other words than it holds."""
    with pytest.raises(ValueError, match="order of letters"):
        Correction(title=f"a{sign}b")
    with pytest.raises(ValueError, match="order of letters"):
        Correction(speakers=(("Bo", f"a{sign}b"),))


class TestChanged:
    """A correction in place of another one, before it is written."""

    def test_merging_who_asks_into_who_answers(self, found: Interview) -> None:
        """Nobody would ask any more, which is refused with the ways out."""
        for correction in (merge(Correction(), found, ["Ann", "Cy"]), rename(Correction(), found, "Ann", "Bo Chen")):
            with pytest.raises(ReadError, match="nobody who asks would be left, so nothing is written") as caught:
                changed(found, Correction(), correction, sidecar="talk.txt.toml")
            assert "first give “Ann” the role interviewee" in caught.value.remedy

    def test_somebody_else_who_asks(self, found: Interview) -> None:
        """Where the same change says who asks, it is made."""
        merged = set_role(merge(Correction(), found, ["Ann", "Bo Chen"]), found, "Cy", "interviewer")
        assert speakers(changed(found, Correction(), merged, sidecar="")) == {
            "Bo Chen": "interviewee", "Cy": "interviewer",
        }  # fmt: skip

    def test_nobody_asks_because_the_user_says_so(self, found: Interview) -> None:
        """A role that is set is meant, and who has it may then be merged."""
        silent = set_role(Correction(), found, "Ann", "interviewee")
        assert "interviewer" not in speakers(changed(found, Correction(), silent, sidecar="")).values()
        merged = merge(silent, found, ["Ann", "Cy"])
        assert "Ann" not in speakers(changed(found, silent, merged, sidecar=""))

    def test_nobody_who_answers(self, found: Interview) -> None:
        """It is said of the interview, not of a sidecar that may not be there."""
        with pytest.raises(ReadError) as caught:
            changed(found, Correction(), merge(Correction(), found, ["Bo", "Bo Chen", "Cy", "Ann"]), sidecar="t.toml")
        assert (caught.value.path.name, "t.toml" in str(caught.value)) == (found.source.name, False)
        assert "nothing is written" in caught.value.reason

    def test_taking_all_back(self, found: Interview) -> None:
        """The interview as it was found is never refused."""
        before = set_role(Correction(), found, "Cy", "interviewer")
        assert changed(found, before, Correction(), sidecar="") is found


def test_unknown_speakers_can_be_named() -> None:
    """A file that names nobody gets its guest from the user."""
    found = interview_of("What do you love?\n\nI love the sea, as I always did.\n\nWhy is that?\n\nIt is wide.\n")
    unknown = [voice.name for voice in voices(found) if voice.unknown and voice.role == "interviewee"]
    shown = apply(found, rename(Correction(), found, unknown[0], "Bo Chen"))
    assert shown.interviewees == ("Bo Chen",)


class TestInALibrary:
    """Corrections on disk: they are kept, found again, and cost no embedding."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """A collection of two interviews."""
        path = tmp_path / "interviews"
        path.mkdir()
        (path / "rivers.txt").write_text(RIVERS)
        (path / "bridges.txt").write_text(BRIDGES)
        return path

    def opened(self, folder: Path, embedder: LettersEmbedder | None = None) -> Library:
        """The collection, with its index beside it."""
        return Library.open(folder, index=folder.with_name("index"), embedder=embedder or LettersEmbedder())

    def test_a_correction_embeds_nothing(self, folder: Path) -> None:
        """Renaming, setting a role and giving a title encode no text again, however the library is opened after."""
        embedder = LettersEmbedder()
        library = self.opened(folder, embedder)
        embedder.encoded.clear()
        filed = library.filed("rivers.txt")
        correction = rename(Correction(title="On boats", date="2024"), filed.found, "Bo", "Bo Chen")
        library = library.correct("rivers.txt", correction)
        assert self.opened(folder, embedder).interview("rivers.txt") == library.interview("rivers.txt")
        assert embedder.encoded == []
        assert library.interview("rivers.txt").title == "On boats"

    def test_swapping_embeds_only_what_it_makes_of_the_words(self, folder: Path) -> None:
        """Where other turns become answers, only these are new; the other interview is left alone."""
        embedder = LettersEmbedder()
        library = self.opened(folder, embedder)
        embedder.encoded.clear()
        filed = library.filed("rivers.txt")
        library.correct("rivers.txt", swap(Correction(), filed.found, "Ann", "Bo"))
        assert only_from(RIVERS, embedder.encoded)
        assert not set(library.index.vocabulary.words) & set(embedder.encoded)

    def test_it_is_as_if_the_interview_had_been_so_from_the_first(self, folder: Path, tmp_path: Path) -> None:
        """A corrected library is that of a new index over the same files."""
        library = self.opened(folder)
        filed = library.filed("rivers.txt")
        library = library.correct("rivers.txt", rename(Correction(), filed.found, "Bo", "Bo Chen"))
        anew = Library.open(folder, index=tmp_path / "new", embedder=LettersEmbedder())
        assert_same(library.index, anew.index)

    def test_answers_carry_the_right_name(self, folder: Path) -> None:
        """A quote is by the corrected person, who can be asked for by that name and by the old one no more."""
        library = self.opened(folder)
        filed = library.filed("rivers.txt")
        library = library.correct("rivers.txt", rename(Correction(), filed.found, "Bo", "Zoe Park"))
        assert library.speakers == ("Cy", "Zoe Park")
        answer = library.ask("What about boats?", speakers=["Zoe Park"])
        assert {hit.speaker for hit in answer.hits} == {"Zoe Park"}
        with pytest.raises(UnknownNameError, match="Zoe Park"):
            library.ask("boats", speakers=["Bo"])

    def test_it_survives_a_changed_file(self, folder: Path) -> None:
        """When the interview's words change, what was corrected still holds."""
        library = self.opened(folder)
        filed = library.filed("rivers.txt")
        library.correct("rivers.txt", rename(Correction(title="On boats"), filed.found, "Bo", "Bo Chen"))
        (folder / "rivers.txt").write_text(RIVERS.replace("Boats, mostly.", "Lighthouses, mostly."))
        interview = self.opened(folder).interview("rivers.txt")
        assert (interview.title, interview.interviewees) == ("On boats", ("Bo Chen",))
        assert "Lighthouses" in interview.source.text

    def test_taking_it_back_gives_the_interview_as_found(self, folder: Path) -> None:
        """The empty correction is none, and the interview is as it was before."""
        library = self.opened(folder)
        before = library.interview("rivers.txt")
        library = library.correct("rivers.txt", Correction(title="On boats"))
        assert library.correct("rivers.txt", Correction()).interview("rivers.txt") == before

    def test_one_that_leaves_nobody_to_answer_is_not_written(self, folder: Path) -> None:
        """A correction that would make the interview useless is refused before anything is written."""
        library = self.opened(folder)
        with pytest.raises(ReadError, match="nobody who answers"):
            library.correct("rivers.txt", Correction(roles=(("Bo", "interviewer"),)))
        assert not (folder / "rivers.txt.toml").exists()


@pytest.mark.timed
def test_time_grows_with_the_number_of_names() -> None:
    """A correction of very many names is checked in proportion to them."""
    assert grows_in_proportion(
        lambda count: Correction(speakers=tuple((f"{number}", "Ana") for number in range(count))), 2_000
    )

"""The import report: what was recognised, and each thing worth a look, told only where there is reason to."""

import shlex
from pathlib import Path

import pytest

from rag.amending import rename, set_role, swap
from rag.corrections import Correction, apply
from rag.options import parser
from rag.readers import File, read
from rag.records import Interview
from rag.report import LONG_TURN, RARE_WORDS, report
from rag.turns import understand
from tests.samples import interview_of

ANSWERS = (
    "I grew up beside a river, with two brothers and no boat.",
    "My grandmother taught me to swim, long before I could walk.",
    "Boats, mostly, and whatever lies on the other shore.",
    "A boat is a promise that there is another shore.",
    "I began with houses, and they were all crooked.",
    "It fell down, and nobody was hurt, and I began again.",
)
QUESTIONS = (
    "Where did you grow up?",
    "Who taught you to swim?",
    "What do you paint now?",
    "Why do you paint boats?",
    "How did you begin?",
    "What became of the first one?",
)


def talk(host: str = "Ann Lee", guest: str = "Bo Chen", *more: str) -> str:
    """A sound interview, with further turns at its end."""
    turns = [f"{host}: {asked}\n{guest}: {said}" for asked, said in zip(QUESTIONS, ANSWERS, strict=True)]
    return "\n".join([*turns, *more]) + "\n"


def warnings(interview: Interview) -> list[str]:
    """What its report says should be looked at."""
    return list(report(interview).warnings)


def the_warning(interview: Interview) -> str:
    """The only thing to look at."""
    (warning,) = warnings(interview)
    return warning


def test_a_sound_interview_has_nothing_to_look_at() -> None:
    """Where all is as it should be, the report warns of nothing."""
    assert warnings(interview_of(talk())) == []


def test_what_was_recognised_is_counted() -> None:
    """Turns, words, roles and pairs are those of the interview."""
    made = report(interview_of(talk()))
    words = sum(len(answer.split()) for answer in ANSWERS)
    parts = {part.name: (part.role, part.turns, part.words) for part in made.speakers}
    assert parts["Bo Chen"] == ("interviewee", 6, words)
    assert parts["Ann Lee"] == ("interviewer", 6, sum(len(question.split()) for question in QUESTIONS))
    assert (made.pairs, made.words, made.nobodys_words) == (6, sum(part.words for part in made.speakers), 0)
    assert (made.source, made.format, made.layout) == ("talk.txt", "plain text", "labels")
    assert (made.timed, made.corrected) == (False, False)


def test_words_that_are_nobodys_are_shown() -> None:
    """What stands outside of the turns is counted and quoted, labels and time stamps are not."""
    made = report(interview_of("On rivers and boats\n\n" + talk("[00:01] Ann Lee", "[00:02] Bo Chen")))
    assert made.nobodys == ("On rivers and boats",)
    assert made.nobodys_words == 4


def test_a_label_seen_once_is_told_with_whom_it_may_be() -> None:
    """A slip in a label is found, and the command merges it with the name that it resembles."""
    interview = interview_of(talk("Ann Lee", "Bo Chen", "Ann Lee: And why?", "Ro Chan: Because it is so."))
    warning = next(each for each in warnings(interview) if "speaks only once" in each)
    assert warning.startswith("“Ro Chan” speaks only once, in line 14.")
    assert '--merge "Ro Chan" "Bo Chen"' in warning


def test_who_speaks_once_and_at_length_is_no_slip() -> None:
    """A third guest who speaks once, but much, is somebody."""
    long = " ".join(["word"] * (RARE_WORDS + 1))
    interview = interview_of(talk("Ann Lee", "Bo Chen", "Ann Lee: And why?", f"Dee Fox: {long}."))
    assert not any("speaks only once" in warning for warning in warnings(interview))


@pytest.mark.parametrize("greeting", ["Thank you, Bo. Where was that?", "Hi Bo Chen, how are you?", "So, Bo, why?"])
def test_a_turn_that_greets_its_own_speaker_is_told(greeting: str) -> None:
    """Nobody speaks to somebody of the own name: the labels may be exchanged there."""
    interview = interview_of(talk("Ann Lee", "Bo Chen", "Ann Lee: I see.", f"Bo Chen: {greeting}"))
    warning = next(each for each in warnings(interview) if "of the same name" in each)
    assert '--swap "Bo Chen" "Ann Lee"' in warning
    assert "In line" in warning


def test_a_turn_that_greets_another_is_told_by_nobody() -> None:
    """To speak to the other by name is what people do."""
    interview = interview_of(talk("Ann Lee", "Bo Chen", "Ann Lee: Thank you, Bo. Where was that?", "Bo Chen: Here."))
    assert not any("of the same name" in warning for warning in warnings(interview))


def test_labels_that_look_swapped_are_told() -> None:
    """Where the interviewee asks and the interviewer gives the long answers, swapping is proposed."""
    found = interview_of(talk())
    swapped = apply(
        found,
        Correction(
            speakers=(("Ann Lee", "Bo Chen"), ("Bo Chen", "Ann Lee")),
            roles=(("Ann Lee", "interviewer"), ("Bo Chen", "interviewee")),
        ),
    )
    warning = next(each for each in warnings(swapped) if "look swapped" in each)
    assert "“Bo Chen” asks and “Ann Lee” gives the long answers" in warning
    assert '--swap "Ann Lee" "Bo Chen"' in warning


def test_a_very_long_turn_is_told_with_its_line() -> None:
    """Where somebody speaks for many minutes, a label may be missing."""
    long = " ".join(["word"] * LONG_TURN)
    interview = interview_of(talk("Ann Lee", "Bo Chen", "Ann Lee: And then?", f"Bo Chen: {long}."))
    assert f"“Bo Chen” speaks {LONG_TURN:,} words at a stretch from line 14" in the_warning(interview)


def test_no_question_is_told() -> None:
    """Where nobody asks anything, everything counts as an answer, which is worth a look."""
    statements = "\n".join(f"{name}: {words}" for name, words in zip(["Ann Lee", "Bo Chen"] * 3, ANSWERS, strict=True))
    warning = next(each for each in warnings(interview_of(statements)) if "everything counts as an answer" in each)
    assert warning.startswith("No question was found")
    assert '--role "Ann Lee" interviewer' in warning


def test_who_asks_is_asked_where_questions_have_no_asker() -> None:
    """Where there are questions, but nobody's part is clear, the user is asked who asks."""
    found = interview_of(talk())
    unclear = apply(found, Correction(roles=(("Ann Lee", "unknown"), ("Bo Chen", "unknown"))))
    assert any(warning.startswith("It is not clear who asks") for warning in warnings(unclear))


def test_who_is_not_named_is_told() -> None:
    """A guest whom the file does not name can be named, by the command that the report gives."""
    found = interview_of("What do you love?\n\nI love the sea, as I did.\n\nWhy is that?\n\nIt is so wide, I say.\n")
    warning = next(each for each in warnings(found) if "does not say who speaks" in each)
    assert '--rename "unknown interviewee" NAME' in warning


def test_a_file_that_is_mostly_nobodys_is_told() -> None:
    """Where most words belong to nobody, something was not understood."""
    essay = "A long piece of prose about the sea and its shores, in which nobody speaks. " * 20
    assert any("belongs to nobody" in warning for warning in warnings(interview_of(f"{essay}\n\n{talk()}")))


def timed(tmp_path: Path, *seconds: int) -> Interview:
    """Captions whose cues begin at these seconds."""
    turns = [("Ann", QUESTIONS[0]), ("Bo", ANSWERS[0]), ("Ann", QUESTIONS[1]), ("Bo", ANSWERS[1])]
    cues = [
        f"00:{at:02}.000 --> 00:{at + 1:02}.000\n<v {name}>{words}\n"
        for at, (name, words) in zip(seconds, turns, strict=True)
    ]
    path = tmp_path / "talk.vtt"
    path.write_text("WEBVTT\n\n" + "\n".join(cues))
    return understand(read(File("talk.vtt", path)))


def test_times_that_go_back_are_told(tmp_path: Path) -> None:
    """A quote's time is not to be trusted where times do not go forward."""
    told = [
        any("go forward" in each for each in warnings(timed(tmp_path, *at))) for at in ((1, 5, 9, 20), (1, 9, 5, 20))
    ]
    assert told == [False, True]


def test_a_recording_without_times_is_told() -> None:
    """Who gives a recording is told where no quote can lead into it."""
    interview = apply(interview_of(talk()), Correction(recording="talk.mp3"))
    assert "cannot lead into the recording" in the_warning(interview)


def test_a_recording_that_is_not_there_is_told(tmp_path: Path) -> None:
    """A path to nothing is told with where it was looked for; links, and recordings that are there, are not."""
    for file in (tmp_path / "talk.txt", tmp_path / "a.zip" / "in" / "talk.txt"):
        for recording in ("talk.mp3", "../talk.mp3", "x" * 299, "www.example.org/talk"):
            shown = apply(interview_of(talk()), Correction(recording=recording))
            told = [each for each in report(shown, file=str(file)).warnings if f"“{recording}” is not in" in each]
            assert [str(tmp_path) in each for each in told] == [True]
    (tmp_path / "talk.mp3").write_bytes(b"ID3")
    for recording in ("talk.mp3", str(tmp_path / "talk.mp3"), "https://example.org/talk.mp3"):
        shown = apply(interview_of(talk()), Correction(recording=recording))
        assert not any("is not in" in each for each in report(shown, file=str(tmp_path / "talk.txt")).warnings)


def test_what_reader_and_parser_tell_is_passed_on() -> None:
    """A warning that came with the file stands in the report, once."""
    found = interview_of(talk())
    shown = apply(found, Correction(speakers=(("Dy", "Dylan"),)), sidecar="talk.toml")
    assert report(shown).warnings == shown.warnings


@pytest.mark.parametrize(
    "interview",
    [
        interview_of(
            talk("Ann Lee", "Bo Chen", "Ann Lee: I see.", "Bo Chen: So, Bo, why?", "Ann Lee: Hm?", "Ro Chan: Yes.")
        ),
        interview_of("\n".join(f"{who}: {said}" for who, said in zip(["Ann", "Bo"] * 3, ANSWERS, strict=True))),
        apply(interview_of(talk()), Correction(recording="talk.mp3")),
    ],
)
def test_every_command_in_a_warning_can_be_typed(interview: Interview) -> None:
    """What a warning proposes is a command that whosaid understands, whatever the file's name."""
    path = "my talks/Ann's talk.txt"
    told = report(interview, file=path).warnings
    proposed = [warning.rpartition("whosaid ")[2] for warning in told if "whosaid " in warning]
    assert proposed
    for command in proposed:
        typed = parser().parse_args(shlex.split(command))
        assert str(getattr(typed, "file", path)) == path


def test_following_a_warning_settles_it() -> None:
    """Once the proposed change is made, the warning is gone."""
    found = interview_of("\n".join(f"{who}: {said}" for who, said in zip(["Ann", "Bo"] * 3, ANSWERS, strict=True)))
    assert any("everything counts as an answer" in warning for warning in warnings(found))
    settled = apply(found, set_role(Correction(), found, "Ann", "interviewer"))
    assert not any("everything counts as an answer" in warning for warning in warnings(settled))
    once = interview_of(talk("Ann Lee", "Bo Chen", "Ann Lee: And why?", "Ro Chan: Because it is so."))
    merged = apply(once, rename(Correction(), once, "Ro Chan", "Bo Chen"))
    assert not any("speaks only once" in warning for warning in warnings(merged))
    assert report(merged).corrected


def test_swapping_what_looks_swapped_settles_it() -> None:
    """The names that are exchanged as the report proposes belong to whose words they are."""
    found = interview_of(talk())
    wrong = Correction(roles=(("Ann Lee", "interviewee"), ("Bo Chen", "interviewer")))
    assert any("look swapped" in warning for warning in warnings(apply(found, wrong)))
    right = swap(wrong, found, "Ann Lee", "Bo Chen")
    assert not any("look swapped" in warning for warning in warnings(apply(found, right)))

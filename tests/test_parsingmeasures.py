"""The measures that parsing is judged by."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from tests.parsingmeasures import (
    NOWHERE,
    Heard,
    Person,
    Reading,
    boundary_f1,
    f1,
    invented,
    letters,
    locate,
    measure,
    merged,
    pair_f1,
    pairs,
    placed,
    places,
    right_speakers,
    role_share,
    speaker_set_f1,
)

ADA = Person("Ada Byron", "interviewer", ("AB",), ("Ada B.",))
BEN = Person("Ben Moss", "interviewee")
TEXTS = some.text(alphabet="ab 1.*\n:’é", max_size=40)


def asks(place: int, name: str | None = "Ada Byron") -> Heard:
    """A turn of the interviewer."""
    return Heard(name, "interviewer", place)


def answers(place: int, name: str | None = "Ben Moss") -> Heard:
    """A turn of the interviewee."""
    return Heard(name, "interviewee", place)


def reading(*turns: Heard, people: tuple[Person, ...] = (ADA, BEN)) -> Reading:
    """One file as somebody read it."""
    return Reading(turns, people)


GOLD = reading(asks(0), answers(10), asks(20), answers(30))


@given(TEXTS, some.data())
def test_one_place_means_no_letter_or_digit_between(text: str, data: some.DataObject) -> None:
    """Two offsets have the same place exactly when nothing that is read stands between them."""
    start = data.draw(some.integers(0, len(text)))
    end = data.draw(some.integers(start, len(text)))
    place = places(text)
    assert (place[start] == place[end]) == (not any(character.isalnum() for character in text[start:end]))


def test_a_place_survives_other_white_space() -> None:
    """The same words have the same place whatever line ends and mark-up surround them."""
    one, other = "**A:** yes\r\n\r\nno", "A: yes\nno"
    assert letters(one) == letters(other)
    assert places(one)[one.index("no")] == places(other)[other.index("no")]


def test_a_place_survives_decoding() -> None:
    """Tags and entities have no letters that count, so a text shown with and without them has the same places."""
    one, other = '<div class="Ben">BM:</div>&quot;<i>No</i>&quot;, he said', 'BM: "No", he said'
    assert letters(one) == letters(other)
    assert places(one)[one.index("&quot;")] == places(one)[one.index("No")] == places(other)[other.index("No")]


def test_words_are_found_through_mark_up_case_and_quotes() -> None:
    """What stands bold, broken over lines, in curly quotes or within a tag is found at its first letter."""
    text = "Ada: “It’s **so**\n  nice” & warm.\n<v Ben>Yes, <i>it</i> is."
    found = locate(text, ["it's so nice", "Yes, it is"])
    assert found == [text.index("It’s"), text.index("Yes")]


def test_words_as_they_stand_in_the_file_are_found_decoded() -> None:
    """Entities of the file stand for the characters that are shown."""
    assert locate("Salt &amp; pepper", ["Salt &amp; pepper"]) == [0]
    assert locate("say caf\u00e9 now", ["caf&eacute; now"]) == [4]


def test_words_are_searched_behind_the_turn_before() -> None:
    """A question asked twice is found twice, and words before the turn before are not found."""
    text = "A: Why now? B: Because. A: Why now? B: Because."
    assert locate(text, ["Why now?", "Because.", "Why now?"]) == [3, 15, 27]
    assert locate(text, ["Because. A: Why now? B: Because.", "Why"]) == [15, None]


def test_half_a_word_is_no_find() -> None:
    """Words begin and end where those of the text do."""
    assert locate("Nothing. No, thing.", ["No"]) == [9]
    assert locate("Nothing", ["thing"]) == [None]


def test_a_short_answer_is_looked_for_at_the_start_of_a_line() -> None:
    """A word that also stands within the question before is not taken there."""
    text = "Ada: Did you say yes to that?\nBen: Yes."
    assert locate(text, ["Did you say", "Yes."])[1] == text.index("Yes")


@given(TEXTS)
def test_all_words_of_a_text_are_found_in_order(text: str) -> None:
    """Whatever is cut from a text word by word is found, and no earlier find hides a later one."""
    words = "".join(character if character.isalnum() else " " for character in text).split()
    found = [offset for offset in locate(text, words) if offset is not None]
    assert found == sorted(found)
    if len(words) == 1:
        assert letters(text[found[0] :]) == words[0]


def test_turns_are_put_where_their_words_stand() -> None:
    """A turn whose words are missing is nowhere."""
    text = "A: Hi. B: Ho."
    turns = placed([asks(NOWHERE), answers(NOWHERE)], [text.index("Hi"), None], text)
    assert [turn.place for turn in turns] == [1, NOWHERE]


def test_neighbours_of_one_speaker_are_one_turn() -> None:
    """Turns are joined by name, and where nobody knows the name by role."""
    turns = [asks(0), asks(5), asks(8, None), answers(9, None), answers(12, None), answers(20)]
    assert [turn.place for turn in merged(turns)] == [0, 8, 9, 20]


@pytest.mark.parametrize(("right", "predicted", "gold", "expected"), [(0, 0, 0, 1), (0, 3, 0, 0), (2, 4, 2, 2 / 3)])
def test_f1(right: int, predicted: int, gold: int, expected: float) -> None:
    """Both sides empty is perfect; otherwise it is the harmonic mean."""
    assert f1(right, predicted, gold) == pytest.approx(expected)


def test_the_gold_itself_is_perfect() -> None:
    """Whoever reads as the gold does reaches 1 in everything."""
    assert measure(GOLD, GOLD, with_pairs=True).known == (1, 1, 1, 1, 1)


def test_a_file_that_cannot_be_read_is_worth_nothing() -> None:
    """Failing is no way to be left out of a mean."""
    assert measure(None, GOLD, with_pairs=True).known == (0, 0, 0, 0, 0)
    assert measure(None, reading(asks(0, None), people=()), with_pairs=False).known == (0, 0, 0)


def test_missed_and_extra_boundaries_both_cost() -> None:
    """One of four missed and one made up leaves three of four on both sides."""
    assert boundary_f1(reading(asks(0), answers(10), asks(20), answers(33)), GOLD) == pytest.approx(0.75)
    assert boundary_f1(reading(), GOLD) == 0


def test_words_not_found_are_missed_boundaries() -> None:
    """A gold turn that is nowhere is matched by nothing."""
    gold = reading(asks(0), answers(NOWHERE))
    assert boundary_f1(reading(asks(0)), gold) == pytest.approx(2 / 3)


def test_the_right_speaker_has_a_right_display_name() -> None:
    """Case and accepted forms are right; a mere alias, somebody else, and a name for nobody are wrong."""
    gold = reading(asks(0), answers(10), asks(20), answers(30, None))
    assert right_speakers(reading(asks(0, "ada byron"), answers(10), asks(20, "Ada B.")), gold) == 1
    assert right_speakers(reading(asks(0, "AB"), answers(10), answers(20), answers(30)), gold) == pytest.approx(1 / 2)
    assert right_speakers(reading(answers(30, None)), gold) == 1


def test_speakers_of_a_file_are_compared_as_a_set() -> None:
    """Each name counts once, unknown speakers do not, and nobody on both sides is right."""
    assert speaker_set_f1(reading(asks(0), answers(10), asks(20, "Cy")), GOLD) == pytest.approx(0.8)
    assert speaker_set_f1(reading(asks(0, None)), reading(asks(0, None))) == 1


def test_pairs_are_runs_of_questions_then_of_answers() -> None:
    """Two interviewers ask one question; a turn of unknown role belongs to no pair; the last answer is open."""
    turns = [
        answers(0),
        asks(5),
        asks(7, "Cy"),
        answers(9),
        asks(20),
        Heard("Dan", "unknown", 25),
        asks(30),
        answers(35),
    ]
    assert pairs(turns) == {(5, 9, 20), (30, 35, None)}


def test_a_question_made_up_within_an_answer_breaks_its_pair() -> None:
    """A pair is right only if question, answer and the answer's end are."""
    split = reading(asks(0), answers(10), asks(15), answers(17), asks(20), answers(30))
    assert pair_f1(split, GOLD) == pytest.approx(2 / 5)


def test_invented_names_are_no_form_of_anybodys() -> None:
    """Aliases are forms of a name; a speaker without turns is invented all the same."""
    found = reading(asks(0, "AB"), answers(9, "Music"), people=(ADA, BEN, Person("Sponsor", "unknown")))
    assert invented(found, GOLD) == ("Music", "Sponsor")


def test_roles_are_judged_under_any_form_of_a_name() -> None:
    """A speaker found under an alias has a role; one not found has none; without names nothing is said."""
    found = reading(people=(Person("AB", "interviewer"), Person("Ben Moss", "unknown")))
    assert role_share(found, GOLD) == pytest.approx(1 / 2)
    assert role_share(found, reading(asks(0, None))) is None


def test_a_role_must_be_one() -> None:
    """Gold with a slip in it is refused."""
    with pytest.raises(ValueError, match="not a role: 'host'"):
        Heard("Ada Byron", "host", 0)

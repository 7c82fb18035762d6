"""Whom a question names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from rag.bearers import Bearers
from rag.people import Named, People
from rag.spelling import is_word

CAIYU, SITONG, WEIQI = "Caiyu Song", "Sitong Cao", "Weiqi Cai"
PEOPLE = People([CAIYU, SITONG, WEIQI])


def find(question: str, people: People = PEOPLE) -> Named:
    """Whom a question names, with English words known."""
    return people.find(question, is_word=is_word)


@pytest.mark.parametrize(
    ("question", "speaker"),
    [
        ("What does Weiqi Cai say about grief?", WEIQI),
        ("what does weiqi say about grief", WEIQI),
        ("WEIQI ON GRIEF", WEIQI),
        ("What does Cai say?", WEIQI),
        ("What did Ms. Cao study?", SITONG),
        ("What does Song say about parents?", CAIYU),
        ("Weiqi’s grandmother", WEIQI),
        ("Weiqi's grandmother", WEIQI),
        ("weiqi cai's grandmother", WEIQI),
        ("What does Song Caiyu think?", CAIYU),
        ("what does caiyu song think?", CAIYU),
    ],
)
def test_a_speaker_is_found_by_any_part_of_the_name(question: str, speaker: str) -> None:
    """Full name, first name or surname, in any case and order, also as a possessive."""
    assert find(question).speakers == (speaker,)


@pytest.mark.parametrize(
    ("typed", "speaker"),
    [("Wieqi", WEIQI), ("weiqui", WEIQI), ("Waiqi", WEIQI), ("sitnog", SITONG), ("Sitongs", SITONG), ("Siton", SITONG),
     ("Caiyou", CAIYU), ("caiuy", CAIYU)],
)  # fmt: skip
def test_a_mistyped_name_is_found(typed: str, speaker: str) -> None:
    """One slip in a first name, or two in a long one, is understood."""
    assert find(f"what does {typed} say about film").speakers == (speaker,)


@pytest.mark.parametrize(
    "question",
    ["can I see a car", "chaos on a calm day", "songs about home", "a cage", "who is sitting there", "why?", ""],
)
def test_ordinary_words_are_no_mistyped_names(question: str) -> None:
    """Words that are near a name, but English, name nobody."""
    assert find(question).speakers == ()


@pytest.mark.parametrize("question", ["a song about parents", "who wrote a song?", "what song is in the film"])
def test_song_the_word_is_not_song_the_name(question: str) -> None:
    """A surname that is a word counts as the word where it stands in lower case and alone."""
    assert find(question).speakers == ()
    assert find(question).rest == question


@pytest.mark.parametrize("question", ["Weiqi's song", "weiqi song", "the song of Weiqi"])
def test_song_the_word_stays_a_word_beside_somebody_elses_name(question: str) -> None:
    """Only Caiyu's own first name makes a name of "song"."""
    assert find(question).speakers == (WEIQI,)


def test_several_people_are_found_in_the_order_named() -> None:
    """Each person once, in the order of the question."""
    assert find("compare Weiqi, Caiyu Song and Weiqi").speakers == (WEIQI, CAIYU)


def test_a_shared_surname_names_all_who_bear_it() -> None:
    """The surname "Smith" alone can be either; with a first name it is one."""
    people = People(["Adam Smith", "Zoe Smith"])
    assert find("Smith on trade", people).speakers == ("Adam Smith", "Zoe Smith")
    assert find("Adam Smith on trade", people).speakers == ("Adam Smith",)
    assert find("Zoe Smith and Adam", people).speakers == ("Zoe Smith", "Adam Smith")


@pytest.mark.parametrize("typed", ["elodie", "Élodie", "MULLER", "Müller’s"])
def test_accents_need_not_be_typed(typed: str) -> None:
    """Names are found with their accents and without."""
    assert find(f"what does {typed} say", People(["Élodie Müller"])).speakers == ("Élodie Müller",)


@pytest.mark.parametrize("typed", ["O’Brien", "o'brien", "obrien", "O'Brien's"])
def test_an_apostrophe_within_a_name_is_no_possessive(typed: str) -> None:
    """O’Brien is found with either apostrophe, or with none."""
    assert find(f"what does {typed} say", People(["Pat O’Brien"])).speakers == ("Pat O’Brien",)


@pytest.mark.parametrize(
    ("question", "stranger"),
    [
        ("what does Angela say about casting", "Angela"),
        ("What did Tom Hanks think of it?", "Tom Hanks"),
        ("according to Tom Hanks, what is acting?", "Tom Hanks"),
        ("quotes by Angela", "Angela"),
        ("what does angela say", "angela"),
    ],
)
def test_a_name_that_nobody_bears_is_a_stranger(question: str, stranger: str) -> None:
    """A name in a speaker's place that is no speaker's is told apart, and nobody is taken instead."""
    assert find(question).strangers == (stranger,)
    assert find(question).speakers == ()


@pytest.mark.parametrize(
    "question", ["what does she say", "what do they think", "what does the director say", "what do people say about it",
                 "what does anyone else say", "what does Weiqi say"],
)  # fmt: skip
def test_pronouns_and_roles_are_no_strangers(question: str) -> None:
    """Whoever is no proper name in a speaker's place is nobody in particular."""
    assert find(question).strangers == ()


def test_the_rest_is_the_question_without_names() -> None:
    """Names and their possessive endings are taken out, everything else stays in place."""
    assert " ".join(find("What does Weiqi Cai’s film say about Sitong?").rest.split()) == "What does film say about ?"
    assert find("Weiqi Cai and Caiyu").marked == "\0 and \0"


MEETING = People(
    ["Grad F", "Grad C", "Speaker 1", "Speaker 2", "Speaker 12", "Project Manager", "User Interface", "Marketing",
     "Kirsty Williams AM", "Dr. Hannah Lee", "Josh Lerner", "Anna Lerner", "A"]
)  # fmt: skip


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("What did Grad F think about it", ("Grad F",)),
        ("what did grad c and grad f agree on", ("Grad C", "Grad F")),
        ("who was a grad student", ()),
        ("speaker 12 on trains", ("Speaker 12",)),
        ("which speaker talks about trains", ()),
        ("what does the project manager say about money", ("Project Manager",)),
        ("Project Manager: money", ("Project Manager",)),
        ("who talks about the project manager", ()),
        ("what did User Interface think", ("User Interface",)),
        ("the user interface is confusing", ()),
        ("what does marketing say about colours", ("Marketing",)),
        ("marketing on a budget", ()),
        ("Kirsty Williams AM on exams", ("Kirsty Williams AM",)),
        ("what am I to do", ()),
        ("what does a film need", ()),
        ("Dr Lee's clinic", ("Dr. Hannah Lee",)),
        ("J. Lerner on patents", ("Josh Lerner",)),
        ("what does ALerner say about patents", ("Anna Lerner",)),
        ("Lerner on patents", ("Josh Lerner", "Anna Lerner")),
    ],
)
def test_a_label_is_found_whole_and_where_somebody_is_meant(question: str, speakers: tuple[str, ...]) -> None:
    """What a transcript calls a speaker counts as a whole, and by capitals or place where it is made of words."""
    assert find(question, MEETING).speakers == speakers


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("What does Will think?", ("Will Marsh",)), ("will they go back", ()), ("Will they go back?", ()),
        ("what does will think of it", ("Will Marsh",)), ("Will on trust", ("Will Marsh",)),
        ("who moved in May?", ()), ("What does May say about it", ("May Rose",)), ("May I ask?", ()),
        ("Grace under pressure", ()), ("Grace's mother", ("Grace Long",)), ("HOW LONG DID IT TAKE", ()),
        ("grace long and mark", ("Grace Long",)), ("according to grace", ("Grace Long",)),
        ("Hope in dark times", ()), ("compare Grace and Will", ("Grace Long", "Will Marsh")),
    ],
)  # fmt: skip
def test_a_name_that_is_a_word_too_is_told_by_how_it_stands(question: str, speakers: tuple[str, ...]) -> None:
    """By a capital within the question, by a place where somebody speaks, or by the rest of the name."""
    words = People(["Grace Long", "Mark Hope", "Will Marsh", "May Rose"])
    assert find(question, words).speakers == speakers


@pytest.mark.parametrize("typed", ["si tong", "Si Tong Cao", "wei qi", "Ms Cao", "Prof. Song", "Weiqi, Caiyu"])
def test_a_name_with_blanks_or_titles_leaves_nothing_behind(typed: str) -> None:
    """The whole of what was typed for a name is taken out with it."""
    assert find(f"what does {typed} say").rest.replace(",", "").split() == ["what", "does", "say"]


@pytest.mark.parametrize(
    "question", ["what does Canada mean to her", "does Sundance matter?", "is Netflix mentioned?", "what is Arri?",
                 "what does film say about us", "why was KPNG abandoned?"],
)  # fmt: skip
def test_things_are_no_strangers(question: str) -> None:
    """A word in capitals that does not say or do anything is no person who is missing here."""
    assert find(question).strangers == ()


@given(
    st.lists(
        st.text(alphabet="abcd", min_size=4, max_size=7).map(str.capitalize), min_size=1, max_size=30, unique=True
    ),
    st.text(alphabet="abcd", min_size=4, max_size=8),
)
def test_slips_are_found_as_by_comparing_with_every_name(names: list[str], typed: str) -> None:
    """Looking names up by their length finds whom comparing with each of them finds."""
    slips = {name: OSA.distance(typed, name.lower()) for name in names}
    near = {name: slip for name, slip in slips.items() if slip <= (1 if len(name) < 6 else 2)}
    nearest = [name for name, slip in near.items() if slip == min(near.values())]
    found = People(names).find(f"about {typed}", is_word=lambda word: word == "about").speakers
    assert list(found) == (nearest if len(nearest) == 1 else [])


def test_a_question_costs_no_look_at_every_name() -> None:
    """Among thousands of names only those are compared with a word that are about as long; labels are looked up."""
    bearers = Bearers([*(f"Speaker {number}" for number in range(3000)), "Weiqi Cai"], {})
    assert bearers.whole(["speaker", "2718"], 0) == (2, ["Speaker 2718"])
    assert set(bearers.by_part) == {"weiqi", "cai"}


@given(st.text())
def test_no_question_breaks_it(question: str) -> None:
    """Any text names some of the speakers, or nobody; each name leaves one mark."""
    named = find(question)
    assert set(named.speakers) <= set(PEOPLE.speakers)
    assert ("\0" in named.marked) == bool(named.speakers)
    assert "\0" not in named.rest


@given(st.text().filter(lambda text: "\0" not in text))
def test_where_there_are_no_speakers_nothing_is_taken_out(question: str) -> None:
    """A collection in which nobody has a name leaves questions as they are."""
    assert find(question, People([])).marked == question

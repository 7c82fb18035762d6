"""Who is interviewed: names that titles and introductions present, and that nobody is invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.guests import Introduction, find_guest
from rag.interviewers import find_interviewer
from rag.records import Stated


def guest(
    title: str = "", *paragraphs: str, notes: tuple[str, ...] = (), questions: tuple[str, ...] = ()
) -> str | None:
    """Whom a title and an introduction present."""
    text = "\n\n".join([title, *paragraphs, *notes, *questions, "I paint."])
    titles = (title,) if title else ()
    return find_guest(Introduction(titles, paragraphs, notes, questions), Stated(), text)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Interview with Jane Okafor", "Jane Okafor"),
        ("An interview with the novelist Jane Okafor", "Jane Okafor"),
        ("In conversation with Jane Okafor", "Jane Okafor"),
        ("In Conversation: Jane Okafor", "Jane Okafor"),
        ("A Conversation with Jane Okafor, Author of Salt", "Jane Okafor"),
        ("Jane Okafor on the art of parking", "Jane Okafor"),
        ("Jane Okafor: 'I only write on trains'", "Jane Okafor"),
        ("Jane Okafor: “I only write on trains” | The Platform", "Jane Okafor"),
        ("“I only write on trains”: Jane Okafor", "Jane Okafor"),
        ("“I only write on trains”: Jane Okafor on Salt", "Jane Okafor"),
        ("Meet Jane Okafor, our new engineer", "Jane Okafor"),
        ("Meet the maker: Jane Okafor of Okafor & Daughter", "Jane Okafor"),
        ("Five questions for Jane Okafor", "Jane Okafor"),
        ("10 Questions with Jane Okafor", "Jane Okafor"),
        ("FIVE QUESTIONS FOR JANE OKAFOR", "Jane Okafor"),
        ("Q&A with Jane Okafor", "Jane Okafor"),
        ("Q&A: Jane Okafor", "Jane Okafor"),
        ("Faces of the Harbour: Jane Okafor", "Jane Okafor"),
        ("Employee Spotlight: Jane Okafor", "Jane Okafor"),
        ("Employee Spotlight – Jane Okafor", "Jane Okafor"),
        ("Jane Okafor – Artist Interview", "Jane Okafor"),
        ("Interview: Jane Okafor", "Jane Okafor"),
        ("Interview: Jane Okafor on her new novel", "Jane Okafor"),
        ("Jane Okafor has eaten every school dinner since 1996", "Jane Okafor"),
        ("Jane Okafor wants you to waste time", "Jane Okafor"),
        ("Getting to know Ms. Gardner", "Ms. Gardner"),
        ("Entrevista a María Quiroga", "María Quiroga"),
        ("Entrevista con María Quiroga, campanera", "María Quiroga"),
        ("Sieben Fragen an Jörn Büdesheim", "Jörn Büdesheim"),
        ("Im Gespräch mit Jörn Büdesheim", "Jörn Büdesheim"),
        ("Entretien avec Odile Charrier", "Odile Charrier"),
        ("Intervista a Chiara Bonfanti", "Chiara Bonfanti"),
        ("Lunch with Jane van der Berg", "Jane van der Berg"),
    ],
)
def test_a_title_presents_the_guest(title: str, name: str) -> None:
    """With the words for a conversation, before or behind a colon, or as what the title is about."""
    assert guest(title, "The sea was grey.") == name


@pytest.mark.parametrize(
    ("introduction", "name"),
    [
        ("We sat down with the ceramicist Ines Duarte on a crate.", "Ines Duarte"),
        ("Ines Duarte is a ceramicist. We met her in May.", "Ines Duarte"),
        ("We spoke with filmmaker Ines Duarte about dust.", "Ines Duarte"),
        ("Ines Duarte, a nurse from Leeds, tells us what she keeps in her desk.", "Ines Duarte"),
        ("I spoke to Lisbon-based ceramicist Ines Duarte.", "Ines Duarte"),
        ("We caught up with New York Times bestselling author Ines Duarte ahead of her tour.", "Ines Duarte"),
        ("We talked to the founder of Acme Corp, Ines Duarte, in her kitchen.", "Ines Duarte"),
        ("Senior conservator Ines Duarte has been protecting dresses since 2004.", "Ines Duarte"),
        ("You have met the work of Ines Duarte. She looks after the doors.", "Ines Duarte"),
        ("Dr. Ines Duarte (“Nes, please”) has recorded ice for twenty-six winters.", "Ines Duarte"),
        ("Here are Ines Duarte's answers to our questions.", "Ines Duarte"),
        ("Ines Duarte, 34, runs the last cinema in the valley.", "Ines Duarte"),
        ("Ines Duarte (34) runs the last cinema in the valley. She is alone.", "Ines Duarte"),
        ("Few people know doors like Ines Duarte. She oils them.", "Ines Duarte"),
        ("Last week I interviewed Ines Duarte for the podcast.", "Ines Duarte"),
        ("For our series we visited Ines Duarte at home in Leeds.", "Ines Duarte"),
        ("This month, Ines Duarte talks to us about bells. She has three.", "Ines Duarte"),
        ("Our guest today is Ines Duarte, who tunes bells.", "Ines Duarte"),
        ("Joined by Ines Duarte of Studio Lark, we went to the pier.", "Ines Duarte"),
        ("Ines Duarte grew up in Leeds, where her father mended kites.", "Ines Duarte"),
        ("Today we’re talking with Ines Duarte from the Red Hat team.", "Ines Duarte"),
        ("Ines Duarte made her first film at nine. We asked Duarte how.", "Ines Duarte"),
        ("Der Schlosser Gerhard Nöll hat vierzig Jahre lang Türen geöffnet.", "Gerhard Nöll"),
        ("María Quiroga es campanera. Nos recibe en la torre; ella sonríe.", "María Quiroga"),
    ],
)
def test_an_introduction_presents_the_guest(introduction: str, name: str) -> None:
    """The usual wordings, whatever trade or place stands before the name."""
    assert guest("The last door", introduction) == name


@pytest.mark.parametrize(
    ("title", "introduction"),
    [
        ("In conversation with New York", "The city never sleeps."),
        ("Interview with Studio Lark", "We make glass."),
        ("In conversation with the Red Hat team", "They build software."),
        ("Meet the Maker", "Every month we visit a workshop."),
        ("Behind the scenes at Harbourline Systems", "Our people are our compass."),
        ("The woman who names the storms — Weatherwise Weekly", "She names them."),
        ("A Short History of Rain", "It rained in Los Angeles, and in South Africa."),
        ("How To Build A Kite", "By June Fields"),
        ("Black Friday at the Natural History Museum", "We met the man with the keys. He smiles."),
        ("Two people, one bell", "We spoke with Ana Ruiz and Ben Ottaway about a bicycle."),
        ("Q&A with Ana Ruiz & Ben Ottaway", "They share a bicycle."),
        ("Interview with Ana and Ben", "Ana and Ben share a bicycle. Ana rides first."),
        ("The voice at the other end", "She agreed to talk if we leave out her name."),
        ("English Department Interview", "We asked a teacher who did not want to be named."),
        ("October in Buenos Aires", "A taxi driver tells us about Avenida Corrientes and El Nacional."),
        ("The Usual Suspects, twenty years on", "The film is set in San Pedro. Its editor is retired."),
    ],
)
def test_nobody_is_invented(title: str, introduction: str) -> None:
    """Places, companies, films and months are no people, and of two guests none is taken."""
    assert guest(title, introduction) is None


def test_who_wrote_the_page_is_not_its_guest() -> None:
    """A byline, a caption or a biography names somebody who is not interviewed."""
    for note in ("By Ramona Vick", "Words: Ramona Vick", "Photo: Ramona Vick", "Ramona Vick, Staff Writer"):
        assert guest("The ice", "She listens to ice. Ramona Vick met her in May.", notes=(note,)) is None
    assert guest("The ice", notes=("Ramona Vick is a staff writer. She lives by the sea.",)) is None


def test_of_several_people_the_one_of_whom_most_is_told_is_the_guest() -> None:
    """People whom the introduction only mentions are not taken, and where it is not clear, nobody is."""
    mentioned = "When Henry Vale retired, the mayor, Ruth Okoro, gave him a clock."
    assert guest("The last lamp", mentioned, "Edmund Vale is sixty-three, and he knows every dog.") == "Edmund Vale"
    assert guest("The last lamp", "Henry Vale is a smith. He is old.", "Ruth Okoro is a smith. She is old.") is None


def test_questions_and_the_guest_himself_tell_a_name() -> None:
    """Where nobody is introduced, whom the questions call is the guest; two different names are nobody's."""
    assert guest("Parking", questions=("Hi Aurelio, how are you?", "Why, though?")) == "Aurelio"
    assert guest("Parking", questions=("Aurelio, you have eleven spaces. Is it enough?",)) == "Aurelio"
    assert guest("Parking", questions=("Hi Aurelio, how are you?", "Hi Bruna, and you?")) is None
    own = Introduction((), (), answers=("My name is Aurelio Banfi and I park cars.",))
    assert find_guest(own, Stated(), "My name is Aurelio Banfi and I park cars.") == "Aurelio Banfi"


def test_what_the_file_states_goes_before_what_it_tells() -> None:
    """One stated guest is the guest, by the fullest name; of two nobody is taken for the one who answers."""
    told = Introduction(("Interview with Ben Po",), ("Ana Lima has never met Ben Po.",))
    assert find_guest(told, Stated(guests=("Ana",)), "") == "Ana Lima"
    assert find_guest(told, Stated(guests=("Ana Lima", "Cy Ro")), "") is None


@pytest.mark.parametrize(
    "note",
    [
        "Interview by Nell Abara",
        "Interviewed by Nell Abara",
        "*Interview: Nell Abara*",
        "Interview and photos by Nell Abara",
        "Propos recueillis par Nell Abara",
        "Das Gespräch führte Nell Abara.",
        "Our reporter Nell Abara spent a wet afternoon with Ines Duarte.",
        "Nell Abara sat down with the potter Ines Duarte.",
        "Questions by Nell Abara",
    ],
)
def test_the_interviewer_is_who_is_said_to_ask(note: str) -> None:
    """A line that says who asked names the interviewer."""
    assert find_interviewer((note,), Stated(), "Ines Duarte") == "Nell Abara"


@pytest.mark.parametrize(
    "note",
    ["By Nell Abara", "Words: Nell Abara", "Nell Abara is a staff writer.", "author: Nell Abara", "Photos: Nell Abara"],
)
def test_an_author_is_not_always_who_asked(note: str) -> None:
    """A bare byline names no interviewer."""
    assert find_interviewer((note,), Stated(), "Ines Duarte") is None


@given(st.text(), st.lists(st.text(), max_size=3))
def test_whatever_a_page_says_a_name_is_its_own(title: str, paragraphs: list[str]) -> None:
    """No text makes it fail, and what it names stands in the text, whatever its case."""
    text = "\n".join([title, *paragraphs])
    name = find_guest(Introduction((title,), tuple(paragraphs)), Stated(), text)
    assert name is None or name.split()[-1].casefold() in text.casefold()


@pytest.mark.parametrize(
    ("introduction", "name"),
    [
        ("We were lucky to catch up with Caiyu Song recently.", "Caiyu Song"),
        ("Today we’d like to introduce you to Weiqi Cai.", "Weiqi Cai"),
        ("We sat down with Dr. Jane Goodall to talk.", "Jane Goodall"),
        ("An interview with J. K. Rowling", "J. K. Rowling"),
        ("We spoke with the filmmaker Jane Smith in May.", "Jane Smith"),
        ("We spoke with Ludwig van der Rohe.", "Ludwig van der Rohe"),
        ("Please welcome Élodie Müller-Lüdenscheid!", "Élodie Müller-Lüdenscheid"),
        ("Meet Anna. Later we talked to Anna Petrova.", "Anna Petrova"),
    ],
)
def test_a_name_has_its_particles_initials_and_accents(introduction: str, name: str) -> None:
    """The full name after the usual words of an introduction, with particles, initials and accents."""
    assert guest("", introduction) == name


@pytest.mark.parametrize("rest", ["She paints.", "Today she paints.", "Painting is her life."])
def test_a_name_ends_with_its_sentence(rest: str) -> None:
    """Neither the full stop nor the next sentence is a part of the name."""
    introduction = f"We spoke with Jane Smith. {rest}"
    assert guest("", introduction) == "Jane Smith"


@pytest.mark.parametrize(
    "introduction",
    ["", "It rained all day.", "We talked with her.", "We spoke with Them.", "Jane Smith came.", "meet you"],
)
def test_an_introduction_that_presents_nobody_names_nobody(introduction: str) -> None:
    """No name is guessed where none is given."""
    assert guest("", introduction) is None

"""Who says what: transcripts with labels, magazine pages without, and files that hold no interview."""

from itertools import pairwise

import pytest
from hypothesis import given, settings

from rag.errors import ReadError
from rag.records import UNKNOWN_SPEAKER, Interview, Span, Turn
from rag.turns import pair
from tests.samples import asked_and_answered, interview_of, interview_or_none, said, texts

TALK = [("Ana", "How are you?"), ("Ben", "Fine."), ("Ana", "And the cat?"), ("Ben", "She is fine, too.")]
LAYOUTS = {
    "name": "Ana: {}",
    "bold with colon": "**Ana:** {}",
    "bold before colon": "**Ana**: {}",
    "time before": "[00:01:02] Ana: {}",
    "time after": "Ana (00:01:02): {}",
    "time in brackets after": "Ana [01:02]: {}",
    "underlined": "__Ana:__ {}",
}


def roles(interview: Interview) -> dict[str, str]:
    """The role of each speaker."""
    return {speaker.name: speaker.role for speaker in interview.speakers}


@pytest.mark.parametrize("end", ["\n", "\n\n", "\r\n", "\r\n\r\n"], ids=repr)
@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_labels_of_every_layout_are_read(layout: str, end: str) -> None:
    """A name and a colon begin a turn; label, marks and time are no part of what is said."""
    text = end.join(layout.format(words).replace("Ana", name) for name, words in TALK)
    assert said(interview_of(text)) == TALK


def test_who_asks_is_the_interviewer() -> None:
    """The one whose turns ask is the interviewer, whatever the name; pairs run from question to answer."""
    interview = interview_of("\n".join(f"{name}: {words}" for name, words in TALK))
    assert roles(interview) == {"Ana": "interviewer", "Ben": "interviewee"}
    assert asked_and_answered(interview) == [("How are you?", "Fine."), ("And the cat?", "She is fine, too.")]
    assert [(each.interviewer, each.interviewees) for each in interview.pairs] == [("Ana", ("Ben",))] * 2
    assert interview.title == "Interview with Ben"


def test_q_and_a_stand_for_asking_and_answering() -> None:
    """Q is nobody's name; A is the guest whom the introduction presents."""
    interview = interview_of("We sat down with Maria Lopez.\n\nQ: How are you?\nA: Fine.\nQ: Really?\nA: Yes.\n")
    assert said(interview)[:2] == [(UNKNOWN_SPEAKER, "How are you?"), ("Maria Lopez", "Fine.")]
    assert [turn.role for turn in interview.turns] == ["interviewer", "interviewee"] * 2
    assert roles(interview) == {"Maria Lopez": "interviewee"}


def test_q_and_a_without_a_guest_name_nobody() -> None:
    """Where the file names nobody, nobody is named, and the title is the file's name."""
    interview = interview_of("Q: How are you?\nA: Fine.\nQ: Really?\nA: Yes.\n", "folder/talk.txt")
    assert interview.speakers == ()
    assert {name for name, _ in said(interview)} == {UNKNOWN_SPEAKER}
    assert interview.title == "talk"


def test_a_paragraph_without_a_label_goes_on() -> None:
    """Paragraphs without a label belong to the turn before them."""
    interview = interview_of("Ana: How are you?\nBen: Fine.\n\nI slept well.\n\nAna: Really?\nBen: Yes.\n")
    assert said(interview)[1] == ("Ben", "Fine.\n\nI slept well.")


@pytest.mark.parametrize("line", ["Ingredients: salt and sugar", "Note: a good day", "Website: a.b", "http://a.b/c"])
def test_not_every_word_with_a_colon_is_a_label(line: str) -> None:
    """A line like a list entry within an answer stays in the answer."""
    interview = interview_of(f"Ana: What is in it?\nBen: This.\n{line}\nAna: Is that all?\nBen: Yes.\n")
    assert said(interview)[1] == ("Ben", f"This.\n{line}")


def test_a_list_in_a_magazine_answer_is_no_transcript() -> None:
    """Entries with colons, each once, do not turn a magazine page into a labelled transcript."""
    text = "What do you eat all day?\nI eat a lot.\nBreakfast: eggs\nLunch: soup\nDinner: bread\n"
    assert [words for _, words in said(interview_of(text))] == text.strip().split("\n", 1)


def test_forms_of_one_name_are_one_speaker() -> None:
    """A surname or initials are shown as the full name met in the file, and kept as aliases."""
    text = (
        "Host: Who?\nJohn Smith: Me.\nHost: You?\nSmith: Yes.\nHost: Why?\nJS: So.\nHost: So?\nSmith: Yes.\nJS: Yes.\n"
    )
    interview = interview_of(text)
    guests = [speaker for speaker in interview.speakers if speaker.role == "interviewee"]
    assert [(guest.name, set(guest.aliases)) for guest in guests] == [("John Smith", {"Smith", "JS"})]
    assert {name for name, _ in said(interview)} == {"Host", "John Smith"}


def test_a_short_form_that_comes_once_is_the_same_speaker() -> None:
    """A first name that labels a single turn is not taken for words of whoever spoke before."""
    text = "Host: Who?\nCarl Doe: Me.\nBen: And me.\nHost: Why?\nBen: So.\nCarl: I, too.\nHost: Well?\nBen: Yes.\n"
    assert said(interview_of(text))[4:6] == [("Ben", "So."), ("Carl Doe", "I, too.")]


def test_two_guests_answer_one_question() -> None:
    """All that is answered until the interviewer speaks again is one pair, with its speakers in order."""
    text = "Host: Who are you?\nAnn: Ann.\nBen: Ben.\nHost: And what do you do?\nBen: I sing.\nAnn: I act.\n"
    assert [each.interviewees for each in interview_of(text).pairs] == [("Ann", "Ben"), ("Ben", "Ann")]


def test_where_nobody_asks_roles_are_unknown() -> None:
    """Two people who tell each other things have no roles; each answers the one before."""
    interview = interview_of("Ann: I went home.\nBen: Me too.\nAnn: It was late.\nBen: It was dark.\n")
    assert roles(interview) == {"Ann": "unknown", "Ben": "unknown"}
    assert asked_and_answered(interview)[0] == ("I went home.", "Me too.")
    assert len(interview.pairs) == 3


@pytest.mark.parametrize(
    "question",
    [
        "## How did you begin?",
        "**How did you begin?**",
        "How did you begin?",
        "Tell us how you began.",
        "“How, you ask?”",
    ],
)
def test_a_magazine_question_is_a_paragraph_of_its_own(question: str) -> None:
    """A heading, bold type, a question mark or an imperative to the guest makes a question, without its marks."""
    text = f"{question}\n\nI began small.\n\nThen it grew.\n\nWhat will you do next?\n\nI shall rest.\n"
    answers = ["I began small.\n\nThen it grew.", "I shall rest."]
    assert asked_and_answered(interview_of(text)) == list(
        zip([question.strip("#* "), "What will you do next?"], answers, strict=True)
    )


def test_a_question_that_the_guest_asks_is_no_interviewer() -> None:
    """First persons and long paragraphs speak against an interviewer."""
    text = (
        "What drives you in your work?\nWhat drives me? I do not know. Did I ever?\nAnd what do you fear?\nNothing.\n"
    )
    assert [answer for _, answer in asked_and_answered(interview_of(text))] == [text.split("\n")[1], "Nothing."]


def test_the_guest_of_a_magazine_page_is_whom_it_presents() -> None:
    """The introduction names the guest; the interviewer of such a page stays nameless."""
    interview = interview_of("We caught up with Li Wei.\n\nWhat is your job?\n\nI paint.\n")
    assert said(interview) == [(UNKNOWN_SPEAKER, "What is your job?"), ("Li Wei", "I paint.")]
    assert [span.of(interview.source.text) for span in interview.introduction] == ["We caught up with Li Wei."]


def test_a_magazine_page_that_presents_nobody_names_nobody() -> None:
    """Without a name in the file there is no speaker, only an unknown one."""
    interview = interview_of("What is your job?\n\nI paint.\n", "ada_king.txt")
    assert interview.speakers == ()
    assert said(interview)[1] == (UNKNOWN_SPEAKER, "I paint.")


def test_a_long_text_in_which_nobody_asks_is_one_turn() -> None:
    """What an unknown person tells without being asked is kept and can be quoted; title and credits stay outside."""
    told = "\n\n".join(
        f"In the year {year} I rowed across the bay to the island. Nobody was there." for year in range(9)
    )
    interview = interview_of(f"Across the bay\n\n{told}\n\nPhotos by Ann Lee\n", "bay.txt")
    assert said(interview) == [(UNKNOWN_SPEAKER, told)]
    assert [(pair.question, pair.answer) for pair in interview.pairs] == [((), interview.turns)]
    assert interview.speakers == ()


@pytest.mark.parametrize(
    "text",
    ["It rained all day. Nobody came.\n", "How are you?\n", "# A title\n", "Contact Info:\n- Website: https://a.b\n"],
)
def test_a_short_text_in_which_nobody_speaks_is_refused(text: str) -> None:
    """The error names the file, and how to write it so that it is understood."""
    with pytest.raises(ReadError, match="nothing in it reads like an interview") as caught:
        interview_of(text, "rain.txt")
    assert "rain.txt" in str(caught.value)
    assert "colon" in caught.value.remedy


@pytest.mark.parametrize(
    "head", ["# A fine day\n\n", "---\ntitle: A fine day\ndate: 2020\n---\n", '---\r\ntitle: "A fine day"\r\n---\r\n']
)
def test_a_stated_title_is_kept(head: str) -> None:
    """A heading or the front matter gives the title, and is no part of any turn."""
    interview = interview_of(head + "\n".join(f"{name}: {words}" for name, words in TALK))
    assert interview.title == "A fine day"
    assert said(interview) == TALK


def test_contact_entries_within_a_transcript_are_set_aside() -> None:
    """What stands under a contact heading is nobody's turn."""
    text = "\n".join(f"{name}: {words}" for name, words in TALK)
    interview = interview_of(f"{text}\n\nContact Info:\n- Website: https://a.b\n\nImage Credits\nAnn Lee\n")
    assert said(interview) == TALK
    assert [contact.value for contact in interview.contacts] == ["https://a.b"]
    assert [span.of(interview.source.text) for span in interview.credits] == ["Ann Lee"]


def test_pairs_hold_every_turn_between_the_first_and_the_last_answer() -> None:
    """Two questions in a row are one question; an answer at the start has none; a last question has no pair."""
    sides = "AQQAAQAQ"
    turns = [
        Turn("x", "interviewer" if side == "Q" else "interviewee", Span(at, at + 1)) for at, side in enumerate(sides)
    ]
    pairs = pair(turns)
    assert [(len(each.question), len(each.answer)) for each in pairs] == [(0, 1), (2, 2), (1, 1)]
    assert [turn for each in pairs for turn in (*each.question, *each.answer)] == turns[:-1]
    assert pairs[0].interviewer is None
    assert pairs[0].question_span is None


@settings(deadline=None, max_examples=300)
@given(texts())
def test_no_text_breaks_the_parser(text: str) -> None:
    """Any text gives an interview or a clear error; turns are stripped spans of it, in order, sharing no character."""
    interview = interview_or_none(text)
    if interview is None:
        return
    at = 0
    for turn in interview.turns:
        assert at <= turn.span.start
        assert turn.span.of(text) == turn.span.of(text).strip()
        at = turn.span.end


@settings(deadline=None, max_examples=300)
@given(texts())
def test_nothing_is_both_said_and_set_aside(text: str) -> None:
    """Turns, introduction, contacts and credits share no character."""
    interview = interview_or_none(text)
    if interview is None:
        return
    spans = sorted(
        [
            *(turn.span for turn in interview.turns),
            *interview.introduction,
            *(contact.span for contact in interview.contacts),
            *interview.credits,
        ]
    )
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.parametrize("label", ["ANA LEE, HOST:\n\n", "Ana Lee (O.S.):\n", "**Ana Lee:**\n\n", "Ana Lee: "])
def test_the_first_label_is_no_introduction(label: str) -> None:
    """However the first speaker's label is set, and whatever stands beside the name: it introduces nothing."""
    others = "".join(f"{label}{words}\n\nBEN FOX:\n\nSo.\n\n" for words in ("Who are you?", "Why?", "And now?"))
    interview = interview_of(f"The long way home.\n\n{others}")
    assert [span.of(interview.source.text) for span in interview.introduction] == ["The long way home."]

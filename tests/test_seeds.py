"""The three real interviews, read exactly as a person reads them."""

from collections.abc import Mapping

import pytest

from rag.readers import find_files, read
from rag.records import Interview
from rag.turns import understand
from tests.conftest import SEEDS
from tests.samples import asked_and_answered

CAIYU, WEIQI, SITONG = "000_6e33e0bb7a0af4be.txt", "001_2b08463e1ddb55f8.txt", "002_47f204fbcb41e250.txt"

# The first and the last words of each question and of its answer.
PAIRS = {
    CAIYU: [
        (
            "Hi Caiyu, thanks for joining",
            "on you and your journey?",
            "My parents were architects",
            "whisper, “Action.”",
        ),
        ("Great, appreciate you sharing", "to our readers.", "I’m a filmmaker shaped", "my visual storytelling roots."),
        ("Learning and unlearning", "to unlearn a lesson?", "The lesson I had to unlearn", "to what truly matters."),
        ("In your view, what can", "creative ecosystem?", "A vibrant creative ecosystem", "is fully realized."),
    ],
    WEIQI: [
        ("Alright, so thank you", "how you got started?", "I started my journey", "understanding with others."),
        ("We all face challenges,", "a relatively smooth road?", "It definitely hasn’t been", "I want to become."),
        ("As you know, we’re", "about what you do?", "I’m a film director", "after the credits finish."),
        ("If you had to, what", "the most credit to?", "I think the quality", "my identity as a filmmaker."),
    ],
    SITONG: [
        ("Alright, Sitong thanks", "meant a lot to you?", "Two projects come to mind", "why I do what I do."),
        ("Sitong, love having you", "earlier conversations?", "I’ve always been deeply", "and on audiences."),
        ("What’s the most rewarding", "in your experience?", "For me, the most rewarding", "are seen and felt."),
        ("Are there any resources", "creative journey?", "One of the biggest things", "just a means to an end."),
    ],
}
SPEAKERS = {CAIYU: "Caiyu Song", WEIQI: "Weiqi Cai", SITONG: "Sitong Cao"}
INTRODUCTIONS = {
    CAIYU: "We were lucky to catch up with Caiyu Song recently and have shared our conversation below.",
    WEIQI: "Today we’d like to introduce you to Weiqi Cai.",
    SITONG: "We recently connected with Sitong Ca0 and have shared our conversation below.",
}
INSTAGRAM, LINKEDIN = "https://www.instagram.com", "https://www.linkedin.com/in"
CONTACTS = {
    CAIYU: [
        ("Website", "https://caiyufilm.wordpress.com", "https://caiyufilm.wordpress.com"),
        ("Instagram", "mosniccay", f"{INSTAGRAM}/mosniccay/"),
        ("Linkedin", f"{LINKEDIN}/caiyu-song-458451220/", f"{LINKEDIN}/caiyu-song-458451220/"),
    ],
    WEIQI: [
        ("Website", "https://weiqicai.webflow.io/", "https://weiqicai.webflow.io/"),
        ("Instagram", f"{INSTAGRAM}/weechee_cai/", f"{INSTAGRAM}/weechee_cai/"),
    ],
    SITONG: [
        ("Instagram", "sitongcao", f"{INSTAGRAM}/sitongcao/"),
        ("Linkedin", f"{LINKEDIN}/sitong-cao-a1aa37190/", f"{LINKEDIN}/sitong-cao-a1aa37190/"),
        ("Other", "https://www.imdb.com/name/nm11328553/", "https://www.imdb.com/name/nm11328553/"),
    ],
}
CREDITS = {
    CAIYU: [],
    WEIQI: [],
    SITONG: [
        "The fiirst two pictures are from the short film I produced called Thus They Spoke (2022)",
        "The third picture is from my short film Blooming.",
        "The last one is me at Sundance film festival",
    ],
}
HEADINGS = {CAIYU: "ContactInfo:", WEIQI: "ContactInfo:", SITONG: "ContactInfo:ImageCredits"}

Interviews = Mapping[str, Interview]
every_seed = pytest.mark.parametrize("name", [CAIYU, WEIQI, SITONG])


@pytest.fixture(scope="module")
def interviews() -> Interviews:
    """The seeds, understood, by the names of their files."""
    files, problems = find_files(SEEDS)
    assert problems == []
    return {file.name: understand(read(file)) for file in files}


def test_the_seeds_are_the_three_interviews(interviews: Interviews) -> None:
    """The folder holds three interviews with four pairs each, and nothing else."""
    assert list(interviews) == [CAIYU, WEIQI, SITONG]
    assert [len(interview.pairs) for interview in interviews.values()] == [4, 4, 4]


@every_seed
def test_every_pair_begins_and_ends_where_it_should(interviews: Interviews, name: str) -> None:
    """Each question and each answer is there from its first to its last word."""
    pairs = asked_and_answered(interviews[name])
    for (question, answer), (asks, asked, answers, answered) in zip(pairs, PAIRS[name], strict=True):
        assert question.startswith(asks)
        assert question.endswith(asked)
        assert answer.startswith(answers)
        assert answer.endswith(answered)


@every_seed
def test_a_question_is_one_paragraph(interviews: Interviews, name: str) -> None:
    """No question swallows the beginning of its answer, also where no empty line stands between them."""
    assert not any("\n" in question for question, _ in asked_and_answered(interviews[name]))


@every_seed
def test_one_person_answers_everything(interviews: Interviews, name: str) -> None:
    """The guest, by the full name, says all four answers, and is the only speaker who has a name."""
    interview = interviews[name]
    assert [(speaker.name, speaker.role) for speaker in interview.speakers] == [(SPEAKERS[name], "interviewee")]
    assert [pair.interviewees for pair in interview.pairs] == [(SPEAKERS[name],)] * 4
    assert [turn.role for turn in interview.turns] == ["interviewer", "interviewee"] * 4


@every_seed
def test_the_title_names_the_guest(interviews: Interviews, name: str) -> None:
    """A page without a title of its own is called after the person."""
    assert interviews[name].title == f"Interview with {SPEAKERS[name]}"


@every_seed
def test_what_belongs_to_nobody_is_in_no_answer(interviews: Interviews, name: str) -> None:
    """Introduction, contact entries and credits stand outside every question and answer."""
    interview, text = interviews[name], interviews[name].source.text
    aside = [*interview.introduction, *(contact.span for contact in interview.contacts), *interview.credits]
    for question, answer in asked_and_answered(interview):
        assert not any(span.of(text) in question or span.of(text) in answer for span in aside)
        assert "Contact Info" not in answer
        assert "Image Credits" not in answer


@every_seed
def test_the_introduction_is_kept(interviews: Interviews, name: str) -> None:
    """The sentence that presents the guest is kept aside, as the file has it."""
    interview = interviews[name]
    assert [span.of(interview.source.text) for span in interview.introduction] == [INTRODUCTIONS[name]]


@every_seed
def test_contacts_are_kept_with_links_that_open(interviews: Interviews, name: str) -> None:
    """Each contact entry has its label, its value and a full address; its span is the line in the file."""
    interview = interviews[name]
    assert [(contact.label, contact.value, contact.link) for contact in interview.contacts] == CONTACTS[name]
    for contact in interview.contacts:
        assert contact.span.of(interview.source.text) == f"- {contact.label}: {contact.value}"


@every_seed
def test_credits_are_kept(interviews: Interviews, name: str) -> None:
    """Image credits are kept word for word, slips of typing included."""
    interview = interviews[name]
    assert [span.of(interview.source.text) for span in interview.credits] == CREDITS[name]


def test_a_digit_in_a_name_is_mended_for_showing_only(interviews: Interviews) -> None:
    """The file's "Sitong Ca0" is shown as "Sitong Cao", and stays "Sitong Ca0" in the source."""
    interview = interviews[SITONG]
    assert interview.interviewees == ("Sitong Cao",)
    assert "Sitong Ca0" in interview.introduction[0].of(interview.source.text)
    assert "Sitong Cao" not in interview.source.text


@every_seed
def test_the_source_is_the_file(interviews: Interviews, name: str) -> None:
    """The text of the source is the file's, byte for byte."""
    assert interviews[name].source.text.encode() == (SEEDS / name).read_bytes()


@every_seed
def test_every_character_has_one_place(interviews: Interviews, name: str) -> None:
    """Turns, introduction, contacts and credits share no character, and only the headings are in none of them."""
    interview, text = interviews[name], interviews[name].source.text
    places = [
        *(turn.span for turn in interview.turns),
        *interview.introduction,
        *(contact.span for contact in interview.contacts),
        *interview.credits,
    ]
    times = [sum(span.start <= at < span.end for span in places) for at in range(len(text))]
    assert max(times) == 1
    assert "".join(text[at] for at, count in enumerate(times) if not count and not text[at].isspace()) == HEADINGS[name]


def test_people_quoted_in_an_answer_stay_in_it(interviews: Interviews) -> None:
    """What the guest's mother and father say in quotation marks, and the guest's own questions, are the guest's."""
    answers = [answer for _, answer in asked_and_answered(interviews[CAIYU])]
    assert "“Life isn’t about matching some studio’s focus-grouped template,” she’d say" in answers[0]
    assert "“The camera? Take our clapperboard." in answers[0]
    assert "Does this align with my goals? Will this help me grow in a meaningful way?" in answers[2]

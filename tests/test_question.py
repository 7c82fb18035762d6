"""What a question asks: what kind of answer, about whom, about what; and how it follows the one before."""

import re
import time
from collections.abc import Iterator
from re import _parser  # type: ignore[attr-defined]
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import followups, frames, negation, question, reaching, strangers, whatframes, whoframes
from rag.people import People
from rag.question import LONGEST_QUESTION, understand_question
from rag.records import Answer, Hit, Passage, QuestionKind, Sought, Span, Understood, Why
from rag.spelling import is_word
from tests import phrasings
from tests.samples import source_of

CAIYU, SITONG, WEIQI = "Caiyu Song", "Sitong Cao", "Weiqi Cai"
PEOPLE = People([CAIYU, SITONG, WEIQI])
SOURCE = source_of("What about her? She baked bread. She told stories.")


def understand(question: str, previous: Answer | None = None) -> Understood:
    """What a question asks the three people of the seeds."""
    return understand_question(question, PEOPLE, is_word=is_word, previous=previous)


def hit(speaker: str) -> Hit:
    """Something this person said."""
    span = Span(16, 32)
    return Hit(Passage(SOURCE.name, span, speaker, (span,)), SOURCE, span, 0.9, Why((), 0.5))


def answered(question: str, *speakers: str) -> Answer:
    """An answer in which these people said it; nobody, if none are given."""
    hits = tuple(hit(speaker) for speaker in speakers)
    return Answer(understand(question), bool(hits), 0.9 if hits else 0.0, speakers, (), hits)


GRANDMOTHER = answered("what does weiqi say about her grandmother", WEIQI)
UNLEARNING = answered("who talks about unlearning?", CAIYU)
OSCAR = answered("who won an Oscar?")
REACHED = answered("how can I reach Weiqi?", WEIQI)
CANADA = answered("who mentions Canada?", CAIYU, WEIQI)
SCHOOL = answered("who never went to film school?", SITONG)
MONEY = answered("what do they all say about money?", CAIYU, SITONG, WEIQI)


@pytest.mark.parametrize(
    ("question", "kind", "topic"),
    [
        ("who talks about unlearning?", "who", "unlearning"),
        ("Who mentions a grandmother?", "who", "a grandmother"),
        ("Does anyone mention Sundance?", "who", "Sundance"),
        ("which of them studied finance?", "who", "studied finance"),
        ("has anybody won an Oscar?", "who", "won an Oscar"),
        ("Whose mother is a designer", "who", "mother is a designer"),
        ("tell me about festivals", "what", "festivals"),
        ("quotes about memory", "what", "memory"),
        ("what do they say about grief?", "what", "grief"),
        ("any thoughts on animation", "what", "animation"),
        ("festivals", "what", "festivals"),
        ("what is the role of trust", "what", "what is the role of trust"),
    ],
)
def test_the_frame_tells_the_kind_and_the_rest_is_the_topic(question: str, kind: QuestionKind, topic: str) -> None:
    """What stands around the topic tells whether people or words are asked for, and is no part of the topic."""
    understood = understand(question)
    assert (understood.kind, understood.topic) == (kind, topic)
    assert understood.speakers == ()


@pytest.mark.parametrize("asked", phrasings.ALL, ids=[asked.question for asked in phrasings.ALL])
def test_questions_are_understood_as_people_type_them(asked: phrasings.Phrasing) -> None:
    """Kind, topic, people, what is sought and whether it is negative, for each of a table of real phrasings."""
    understood = understand_question(asked.question, asked.people, is_word=is_word)
    assert understood == Understood(
        asked.question,
        asked.kind,
        asked.topic,
        speakers=asked.speakers,
        sought=asked.sought,
        negated=asked.negated,
        excluded=asked.excluded,
    )


@pytest.mark.parametrize("lead", ["", "please ", "Hi, ", "could you tell me ", "I'd like to know ", "so, "])
@pytest.mark.parametrize("tail", ["", "?", " please", "???", "? thanks!"])
def test_politeness_changes_nothing(lead: str, tail: str) -> None:
    """However kindly it is asked, it asks the same."""
    understood = understand(f"{lead}who talks about unlearning{tail}")
    assert (understood.kind, understood.topic) == ("who", "unlearning")


@pytest.mark.parametrize(
    "topic", ["quotes", "talking", "mentions", "describing", "what people say", "opinions", "views"]
)
@pytest.mark.parametrize(
    "frame", ["who talks about", "what does Weiqi say about", "what do they think about", "find quotes on"]
)
def test_words_of_frames_can_be_the_topic(frame: str, topic: str) -> None:
    """Only one frame is taken off, and never so much that nothing is left."""
    assert understand(f"{frame} {topic}?").topic == topic


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("what does everyone except Weiqi say about grief", (WEIQI,)),
        ("who other than weiqi or caiyu cooks", (WEIQI, CAIYU)),
        ("who talks about Weiqi?", ()),
    ],
)
def test_who_is_left_out_is_not_asked_about(text: str, excluded: tuple[str, ...]) -> None:
    """Those named as exceptions are told apart from those asked about."""
    assert understand(text).excluded == excluded
    assert understand(text).speakers == ()


@pytest.mark.parametrize(
    ("question", "kind", "topic", "speaker"),
    [
        ("what does weiqi say about her grandmother", "what", "her grandmother", WEIQI),
        ("What does Wieqi think of grief?", "what", "grief", WEIQI),
        ("Weiqi’s illness", "what", "illness", WEIQI),
        ("what does caiyu song think of boundaries", "what", "boundaries", CAIYU),
        ("Caiyu", "what", "", CAIYU),
    ],
)
def test_a_speaker_named_is_no_part_of_the_topic(question: str, kind: str, topic: str, speaker: str) -> None:
    """A name says about whom, not about what."""
    understood = understand(question)
    assert (understood.kind, understood.topic, understood.speakers) == (kind, topic, (speaker,))


@pytest.mark.parametrize(
    "question", ["What do Weiqi and Sitong have in common?", "compare Weiqi to Sitong", "Weiqi vs Sitong"]
)
def test_two_people_are_compared(question: str) -> None:
    """A question about two people wants both."""
    assert understand(question).kind == "compare"
    assert understand(question).speakers == (WEIQI, SITONG)


@pytest.mark.parametrize(
    ("question", "speakers"),
    [
        ("how can I reach Weiqi?", (WEIQI,)),
        ("weiqi's instagram", (WEIQI,)),
        ("what is Caiyu's LinkedIn?", (CAIYU,)),
        ("website of sitong", (SITONG,)),
        ("contact details of Sitong Cao", (SITONG,)),
        ("who has an instagram account?", ()),
    ],
)
def test_how_to_reach_somebody_is_a_question_for_contacts(question: str, speakers: tuple[str, ...]) -> None:
    """Ways of reaching somebody are looked up in the contact lists."""
    assert understand(question).kind == "contact"
    assert understand(question).speakers == speakers


@pytest.mark.parametrize(
    "question", ["which film are the pictures from?", "Image credits", "who is in the last picture?"]
)
def test_where_pictures_come_from_is_a_question_for_credits(question: str) -> None:
    """Pictures are looked up in the image credits."""
    assert understand(question).kind == "credits"


@pytest.mark.parametrize(
    "question", ["a call to action", "how to write about film", "reach an audience", "the big picture"]
)
def test_words_of_contact_alone_are_no_question_for_contacts(question: str) -> None:
    """To write, to call or to reach is also something that people talk about."""
    assert understand(question).kind == "what"


@pytest.mark.parametrize("question", ["", "   ", "?!", "😀😀", "…", "\0"])
def test_a_question_without_words_is_empty(question: str) -> None:
    """Where there is nothing to look for, the kind says so."""
    assert understand(question).kind == "empty"
    assert understand(question, UNLEARNING).kind == "empty"


def test_a_question_in_another_language_is_a_question() -> None:
    """What the frames do not know is looked for as it stands."""
    assert understand("谁谈到了忘却？").kind == "what"
    assert understand("wer spricht über Verlernen?").topic == "wer spricht über Verlernen"


def test_an_endless_question_is_read_at_its_beginning() -> None:
    """Ten thousand characters are shortened, not refused."""
    understood = understand("who talks about unlearning " * 400)
    assert understood.kind == "who"
    assert len(understood.text) <= LONGEST_QUESTION


def test_a_passage_that_was_pasted_is_no_question_about_somebody() -> None:
    """In several sentences a name tells no more than any other word; in one question it tells who is meant."""
    pasted = "I always thought that Weiqi would say yes to that. " * 4
    assert (understand(pasted).kind, understand(pasted).speakers) == ("what", ())
    assert understand("what does Weiqi say about that").speakers == ("Weiqi Cai",)


def test_a_stranger_is_not_replaced_by_somebody_else() -> None:
    """A name that nobody bears is kept as a stranger, also within a conversation about somebody."""
    assert understand("what does Angela say about casting").strangers == ("Angela",)
    assert understand("what does Angela say about that", GRANDMOTHER).speakers == ()


@pytest.mark.parametrize(
    "question",
    [
        "what else does she say about that?",
        "anything else?",
        "more",
        "tell me more",
        "tell me more about that",
        "go on, more?",
    ],
)
def test_asking_for_more_keeps_person_and_topic(question: str) -> None:
    """The person and the topic are those of before, and what was shown is passed over."""
    understood = understand(question, GRANDMOTHER)
    assert understood.carried
    assert (understood.speakers, understood.topic) == ((WEIQI,), "her grandmother")
    assert understood.skip == tuple(each.id for each in GRANDMOTHER.hits)


def test_asking_for_more_twice_passes_over_all_that_was_shown() -> None:
    """What was shown two answers ago is not shown again."""
    again = understand("more", GRANDMOTHER)
    other = Span(33, 50)
    shown = Hit(Passage(SOURCE.name, other, WEIQI, (other,)), SOURCE, other, 0.8, Why((), 0.4))
    third = understand("and more?", Answer(again, True, 0.8, (WEIQI,), (), (shown,)))
    assert third.skip == (GRANDMOTHER.hits[0].id, shown.id)


@pytest.mark.parametrize(
    "question", ["and Sitong?", "what about Sitong?", "Sitong?", "does Sitong?", "does Sitong say that too?"]
)
@pytest.mark.parametrize(("previous", "topic"), [(GRANDMOTHER, "her grandmother"), (UNLEARNING, "unlearning")])
def test_another_name_keeps_the_topic(question: str, previous: Answer, topic: str) -> None:
    """The same is asked of somebody else; nothing is passed over."""
    understood = understand(question, previous)
    assert understood.carried
    assert (understood.speakers, understood.topic, understood.skip) == ((SITONG,), topic, ())


def test_why_keeps_person_and_topic() -> None:
    """A bare "why?" asks about what was just said by whoever said it."""
    assert understand("why?", GRANDMOTHER).speakers == (WEIQI,)
    assert understand("why?", UNLEARNING).speakers == (CAIYU,)
    assert understand("how so?", UNLEARNING).topic == "unlearning"


@pytest.mark.parametrize(
    ("question", "topic"),
    [("what does she say about animation?", "animation"), ("what did they think of grief", "grief")],
)
def test_a_pronoun_keeps_the_person_only(question: str, topic: str) -> None:
    """The person of "she" is who was spoken of; the topic is the new one."""
    assert understand(question, UNLEARNING).speakers == (CAIYU,)
    assert understand(question, UNLEARNING).topic == topic


@pytest.mark.parametrize(
    "question", ["who else?", "anyone else?", "who else talks about that?", "who else mentions it?"]
)
def test_who_else_asks_everybody_about_the_same(question: str) -> None:
    """The topic stays, the person does not, and what was shown is passed over."""
    understood = understand(question, UNLEARNING)
    assert (understood.kind, understood.topic, understood.speakers) == ("who", "unlearning", ())
    assert understood.skip == (UNLEARNING.hits[0].id,)


def test_a_question_about_reaching_follows_too() -> None:
    """Asking "how can I reach her?" is about who was spoken of; "and Caiyu?" after it wants an address as well."""
    reach = understand("how can I reach her?", GRANDMOTHER)
    assert (reach.kind, reach.speakers) == ("contact", (WEIQI,))
    assert (understand("and Caiyu?", REACHED).kind, understand("and Caiyu?", REACHED).speakers) == ("contact", (CAIYU,))
    assert understand("what does she say about animation?", REACHED).kind == "what"


@pytest.mark.parametrize(
    ("text", "previous", "kind", "sought", "topic", "speakers"),
    [
        ("and Weiqi?", CANADA, "what", "mentioned", "Canada", (WEIQI,)),
        ("and Mexico?", CANADA, "who", "mentioned", "Mexico", ()),
        ("what about Mexico?", CANADA, "who", "mentioned", "Mexico", ()),
        ("how many?", CANADA, "count", "mentioned", "Canada", ()),
        ("and grief?", GRANDMOTHER, "what", "said", "grief", (WEIQI,)),
        ("and grief?", UNLEARNING, "who", "said", "grief", ()),
        ("what about festivals?", MONEY, "compare", "said", "festivals", ()),
        ("and did she like it?", GRANDMOTHER, "what", "said", "did she like her grandmother", (WEIQI,)),
        ("was she asked about it?", GRANDMOTHER, "what", "asked", "her grandmother", (WEIQI,)),
        ("what does she say?", UNLEARNING, "what", "said", "unlearning", (CAIYU,)),
        ("what about them?", CANADA, "compare", "mentioned", "Canada", (CAIYU, WEIQI)),
        ("compare them on festivals", CANADA, "compare", "said", "festivals", (CAIYU, WEIQI)),
        ("when?", GRANDMOTHER, "what", "said", "her grandmother", (WEIQI,)),
        ("can you elaborate?", GRANDMOTHER, "what", "said", "her grandmother", (WEIQI,)),
    ],
)
def test_a_follow_up_carries_what_it_leaves_out(
    text: str, previous: Answer, kind: QuestionKind, sought: Sought, topic: str, speakers: tuple[str, ...]
) -> None:
    """Person, topic, kind, and what the topic should stand in: whichever is not said anew."""
    understood = understand(text, previous)
    assert (understood.kind, understood.sought, understood.topic) == (kind, sought, topic)
    assert understood.speakers == speakers
    assert understood.carried


@pytest.mark.parametrize(
    ("text", "previous", "kind", "topic", "excluded"),
    [
        ("what about the others?", GRANDMOTHER, "compare", "her grandmother", (WEIQI,)),
        ("and the rest?", UNLEARNING, "who", "unlearning", (CAIYU,)),
        ("what do the others say about festivals?", GRANDMOTHER, "compare", "festivals", (WEIQI,)),
        ("who else?", CANADA, "who", "Canada", (CAIYU, WEIQI)),
        ("does anyone else mention it?", CANADA, "who", "Canada", (CAIYU, WEIQI)),
        ("and everyone except Weiqi?", GRANDMOTHER, "compare", "her grandmother", (WEIQI,)),
    ],
)
def test_the_others_are_all_but_those_spoken_of(
    text: str, previous: Answer, kind: QuestionKind, topic: str, excluded: tuple[str, ...]
) -> None:
    """Whoever was asked about, or was found to say it, is left out."""
    understood = understand(text, previous)
    assert (understood.kind, understood.topic, understood.excluded) == (kind, topic, excluded)
    assert understood.speakers == ()


def test_asking_who_else_twice_leaves_out_all_that_were_named() -> None:
    """Those named two answers ago are not named again."""
    again = Answer(understand("who else?", UNLEARNING), True, 0.8, (WEIQI,), (), (hit(WEIQI),))
    assert understand("anyone else?", again).excluded == (CAIYU, WEIQI)


def test_a_negative_predicate_is_carried_with_its_topic() -> None:
    """The same negative is asked of somebody else, but not of another topic."""
    assert understand("and Weiqi?", SCHOOL).negated
    assert understand("and Weiqi?", SCHOOL).topic == "never went to film school"
    assert not understand("what about money?", SCHOOL).negated


def test_after_nobody_said_it_there_is_nobody_to_carry() -> None:
    """Where nobody was found, a follow-up about somebody new keeps the topic, and "she" is nobody."""
    assert understand("and Weiqi?", OSCAR).speakers == (WEIQI,)
    assert understand("and Weiqi?", OSCAR).topic == "won an Oscar"
    assert understand("what else does she say about that?", OSCAR).speakers == ()


@pytest.mark.parametrize(
    "question",
    [
        "who talks about unlearning?", "which festivals are mentioned?", "what is Sitong’s degree",
        "and who says that art can heal?", "and what was said about festivals?", "so what do they all say about money?",
        "and what does Sitong say about grief?", "who talks about that film school thing?", "Sitong on grief",
        "how many of them studied law?", "anything about gardens in there?",
    ],
)  # fmt: skip
def test_a_whole_question_stands_on_its_own(question: str) -> None:
    """A question that says about what, and of whom, takes nothing from the one before."""
    assert understand(question, GRANDMOTHER) == understand(question)
    assert not understand(question, GRANDMOTHER).carried


@given(st.text(), st.sampled_from([None, GRANDMOTHER, UNLEARNING, OSCAR, REACHED]))
def test_any_text_is_understood_somehow(question: str, previous: Answer | None) -> None:
    """No text breaks it; what is carried is said to be carried, and nobody outside the collection is named."""
    understood = understand(question, previous)
    assert understood.text == question[:LONGEST_QUESTION].strip()
    assert set(understood.speakers) <= set(PEOPLE.speakers)
    assert understood.carried or understood == understand(question)
    assert set(understood.speakers).isdisjoint(understood.excluded)


PIECES = (
    "who", "what does", "Weiqi", "Caiyu’s", "say", "mention", "about", "asked", "not", "never", "and", ",", "?",
    "except", "how many", "of them", "compare", "the others", "it", "grief", "quotes", "in which interviews",
    "\0", "🎬", "\u202e", "\u05d0", "(", "’s", "when", "please",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=200), st.sampled_from([None, CANADA, SCHOOL]))
def test_any_mixture_of_frames_is_understood_somehow(pieces: list[str], previous: Answer | None) -> None:
    """Frames within frames break nothing, and what is no part of any frame stays in the topic."""
    understood = understand(" ".join(pieces), previous)
    assert set(understood.speakers).isdisjoint(understood.excluded)
    assert "\0" not in understood.topic
    if "grief" in understood.text and previous is None:
        assert "grief" in understood.topic


@given(st.text(alphabet="grief lonliness AI ü漢字א"), st.sampled_from(["who talks about", "Weiqi on", "quotes about"]))
def test_no_letter_of_a_topic_is_lost(topic: str, frame: str) -> None:
    """Whatever a plain frame is put before comes out as the topic, with single blanks."""
    shown = " ".join(f"x {topic} x".split())
    assert understand(f"{frame} {shown}").topic == shown


@pytest.mark.parametrize(
    "module",
    [followups, frames, negation, question, reaching, strangers, whatframes, whoframes],
    ids=lambda module: module.__name__,
)
def test_no_pattern_can_run_away(module: ModuleType) -> None:
    """In no pattern is there an unbounded repetition within another, so that no text is slow to read."""
    for pattern in patterns_of(vars(module).values()):
        assert not nested(_parser.parse(pattern.pattern, pattern.flags), within=False), pattern.pattern[:60]


def patterns_of(values: object) -> Iterator[re.Pattern[str]]:
    """All patterns among values, and within tuples of them."""
    for value in values if hasattr(values, "__iter__") and not isinstance(values, str) else ():
        if isinstance(value, re.Pattern):
            yield value
        elif isinstance(value, tuple):
            yield from patterns_of(value)


def nested(parsed: object, *, within: bool) -> bool:
    """Whether a parsed pattern repeats without bounds what repeats without bounds."""
    if isinstance(parsed, tuple) and len(parsed) == 2 and str(parsed[0]) in ("MAX_REPEAT", "MIN_REPEAT"):
        _, most, body = parsed[1]
        endless = str(most) == "MAXREPEAT"
        return (endless and within) or nested(body, within=within or endless)
    parts = parsed if isinstance(parsed, (tuple, list, _parser.SubPattern)) else ()
    return any(nested(part, within=within) for part in parts)


def test_many_marks_are_no_introduction_and_that_is_told_soon() -> None:
    """Rows of marks around a question's words, as in a pasted heading, are gone over once."""
    begun = time.process_time()
    assert not frames.is_introduction("*" * 20_000 + " what; does")
    assert frames.is_introduction("*" * 20_000 + " who is, " + "*" * 20_000)
    assert time.process_time() - begun < 5

"""A conversation with the page, without a browser: waiting, follow-ups, and what is told when something is wrong."""

import socket
import threading
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import cast

import pytest

from rag.errors import EmptyCollectionError, ReadError, UnknownNameError
from rag.library import Library, Progress
from rag.records import UNKNOWN_SPEAKER, Answer, Hit, Interview, Passage, Source, Span, Understood, Voices, Why
from rag.ui.address import PortTakenError
from rag.ui.conversation import (
    EXAMPLES,
    OF_ANYBODY,
    OF_SEEDS,
    Exchange,
    History,
    converse,
    evidence,
    examples,
    thread,
)
from rag.ui.notices import masthead, notice
from rag.ui.opening import Opening
from rag.ui.serve import serve
from rag.ui.shelf import Shelf
from tests.samples import interview_of

TEXT = "I moved to Canada at fourteen."
SOURCE = Source("ada.txt", TEXT, sha256(TEXT.encode()).hexdigest())
WHOLE = Span(0, len(TEXT))
HIT = Hit(Passage("ada.txt", WHOLE, "Ada", (WHOLE,)), SOURCE, WHOLE, 0.9, Why((), 0.4))


class OneSentence:
    """Stands for a library: knows one sentence, and remembers what it was asked."""

    interviews = (Interview(SOURCE, "Interview with Ada", (), (), ()),)
    speakers = ("Ada",)
    problems: tuple[ReadError, ...] = ()
    path = Path("one.txt")

    def __init__(self) -> None:
        self.previous: list[Answer | None] = []
        self.most: list[int] = []

    def warm(self) -> None:
        """Nothing to load."""

    def understand(
        self,
        question: str,
        *,
        speakers: Sequence[str] = (),
        interviews: Sequence[str] = (),
        role: Voices = "interviewee",
        previous: Answer | None,
    ) -> Understood:
        """A question for people begins with "who"; one without letters asks nothing."""
        if "Bo" in speakers:
            raise UnknownNameError("speaker", "Bo", self.speakers)
        self.previous.append(previous)
        if not any(map(str.isalpha, question)):
            return Understood(question, "empty", "")
        return Understood(question, "who" if question.startswith("Who") else "what", question)

    def answer(self, understood: Understood, *, k: int) -> Answer:
        """The one sentence, whatever is asked; nothing where nothing is."""
        self.most.append(k)
        if understood.kind == "empty":
            return Answer(understood, False, 0.0, (), (), ())
        return Answer(understood, True, 0.9, ("Ada",), (), (HIT,))


def opened(library: OneSentence) -> Opening:
    """The library, open and warm."""
    opening = Opening(lambda progress: cast(Library, library))
    opening.start()
    assert opening.wait(10)
    return opening


def asked(opening: Opening, question: str, history: History = (), *, alone: bool = False) -> History:
    """The history once the question is answered."""
    return list(converse(opening, question, history=history, alone=alone))[-1]


def test_question_waits_until_the_interviews_are_open() -> None:
    """A question that comes too early is kept, told what is being done, and answered later."""
    gate = threading.Event()

    def open_slowly(progress: Progress) -> Library:
        progress("Reading the interviews", 2, 3)
        gate.wait(10)
        return cast(Library, OneSentence())

    opening = Opening(open_slowly)
    opening.start()
    told = converse(opening, "where to?")
    while "Reading the interviews: 2 of 3" not in (waiting := next(told)[-1].note):
        pass
    assert "Your question waits" in waiting
    assert "Reading the interviews: 2 of 3" in notice(opening)
    assert 'aria-valuenow="2"' in notice(opening)
    gate.set()
    answered = list(told)[-1][-1].answer
    assert answered is not None
    assert answered.hits[0].quote == TEXT
    assert notice(opening) == ""
    assert "1 interview · 1 speaker" in masthead(opening)


def test_collection_that_cannot_be_opened_is_told_with_its_remedy() -> None:
    """The page shows the reason and what to do, above the conversation and in reply to a question."""

    def fail(progress: Progress) -> Library:
        raise EmptyCollectionError("nowhere", "there is no such folder", "Name a folder with interviews")

    opening = Opening(fail)
    opening.start()
    assert opening.wait(10)
    for shown in (notice(opening), asked(opening, "who?")[-1].note):
        assert "nowhere: there is no such folder. Name a folder with interviews" in shown


def test_files_that_were_left_out_are_listed() -> None:
    """A file that cannot be read is named with its reason; the rest is served."""
    library = OneSentence()
    library.problems = (ReadError("b.pdf", "it is binary", "Save it as text"),)
    assert "1 file could not be read" in notice(opened(library))
    assert "b.pdf: it is binary. Save it as text" in notice(opened(library))


def test_unknown_filter_is_answered_with_the_names_there_are() -> None:
    """A filter that fits nothing is an answer in words, not a failure."""
    (exchange,) = list(converse(opened(OneSentence()), "where?", speakers=["Bo"]))[-1]
    assert "There are: Ada." in exchange.note


def test_follow_up_continues_from_the_last_answer_with_words() -> None:
    """The answer before goes with each question, past empty ones, unless a question is asked on its own."""
    library = OneSentence()
    opening = opened(library)
    history = asked(opening, "where to?")
    history = asked(opening, "?!", history)
    history = asked(opening, "and then?", history)
    history = asked(opening, "and then?", history, alone=True)
    assert library.previous == [None, history[0].answer, history[0].answer, None]
    assert [exchange.number for exchange in history] == [1, 2, 3, 4]


def test_only_the_latest_quotes_are_shown_and_earlier_ones_kept() -> None:
    """The numbers of earlier replies still lead somewhere."""
    opening = opened(OneSentence())
    history = asked(opening, "and then?", asked(opening, "where to?"))
    shown = evidence(history, Shelf({}, {}))
    assert '<section class="set" data-set="1" hidden>' in shown
    assert '<section class="set" data-set="2">' in shown


def test_examples_stand_where_nothing_was_asked_yet() -> None:
    """Before the first question the page offers some, once it is open; afterwards it shows the conversation."""
    shelf = shelf_of("Ann: Hello. Why?\nBo Li: Luck.\n")
    assert "data-ask" not in thread((), Shelf({}, {}))
    assert 'data-ask="Who talks about family?"' in thread((), shelf)
    assert "data-ask" not in thread((Exchange(1, "x" * 500),), shelf)


def shelf_of(*texts: str) -> Shelf:
    """A collection of these interviews."""
    interviews = [interview_of(text, f"{number}.txt") for number, text in enumerate(texts)]
    names = sorted({name for each in interviews for name in each.interviewees} - {UNKNOWN_SPEAKER})
    return Shelf.of(interviews, names)


def test_examples_are_of_the_collections_own_people() -> None:
    """Over somebody's own interviews nobody is named who is not there, and topics are what was really asked about."""
    boats = "Ann: Hello Bo. Can you tell us about your childhood?\nBo Li: I had a river.\n\nAnn: Why?\nBo Li: Luck.\n"
    bees = "Ann: Where did you learn to keep bees?\nKim Tan: From my aunt.\n\nAnn: Why?\nKim Tan: For honey.\n"
    assert examples(shelf_of(boats, bees))[:3] == [
        "What does Bo Li say about childhood?",
        "Who is Kim Tan?",
        "Where did you learn to keep bees?",
    ]
    assert examples(shelf_of(bees))[:2] == ["Who is Kim Tan?", "Where did you learn to keep bees?"]


@pytest.mark.parametrize(
    "asked",
    [
        "What do you think about Picasso?",
        "And what do you think about it?",
        "what do you think about picasso?",
        "Why did you leave after that?",
        "Tell me about him.",
        "Ana, where did you grow up?",
        "你怎么看鲁迅?",
    ],
)
def test_example_names_no_stranger_and_needs_nothing_before_it(asked: str) -> None:
    """A question that was asked about somebody else, or only makes sense where it stood, is not offered."""
    shelf = shelf_of(f"Ann: {asked}\nBo Li: I often wonder.\n\nAnn: Why?\nBo Li: Everybody does, beside a river.\n")
    assert examples(shelf) == ["Who is Bo Li?", *OF_ANYBODY[: EXAMPLES - 1]]


def test_examples_about_the_seeds_only_where_all_of_them_are(library: Library) -> None:
    """The questions made for the interviews that come with whosaid are offered over these, with others or without."""
    shelf = Shelf.of_library(library)
    assert examples(shelf) == list(OF_SEEDS)
    alone = Shelf(shelf.interviews, {"Weiqi Cai": 0})
    assert not [example for example in examples(alone) if "Sitong" in example or "grandmother" in example]


def test_unknown_speakers_get_examples_without_names() -> None:
    """Where nobody has a name, the examples have none."""
    unknown = shelf_of("- Where do you live?\n- By the sea.\n- Why?\n- For the air.\n")
    assert examples(unknown) == ["Where do you live?", *OF_ANYBODY[: EXAMPLES - 1]]
    assert not [each for each in examples(Shelf({}, {})) if "Who is" in each]


def test_taken_port_is_told_with_another_to_try() -> None:
    """Where another program listens already, the message names the port and a way on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTakenError, match=f"Port {port} is not free.* choose another port"):
            serve(port=port, open_browser=False)


def test_all_quotes_are_asked_for_where_people_are_counted() -> None:
    """A question for people is answered with all there is, so that what is counted is true; others with a few."""
    library = OneSentence()
    opening = opened(library)
    asked(opening, "Who moved?")
    asked(opening, "What does Ada say?")
    assert library.most == [200, 5]


def test_cards_of_old_answers_make_room_for_many_new_ones() -> None:
    """The page keeps as many cards as a browser shows at ease, and always those of the latest answer."""
    answer = Answer(Understood("who?", "who", "x"), True, 0.9, ("Ada",), (), (HIT,) * 150)
    history = tuple(Exchange(number, "who?", answer) for number in range(1, 5))
    shelf = Shelf.of(OneSentence.interviews, OneSentence.speakers)
    kept = [f'data-set="{number}"' in evidence(history, shelf) for number in range(1, 5)]
    assert kept == [False, False, True, True]
    huge = (*history, Exchange(5, "who?", replace(answer, hits=(HIT,) * 500)))
    assert 'data-set="5"' in evidence(huge, shelf)

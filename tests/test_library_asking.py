"""Asking a collection: verbatim hits, filters that hold, follow-ups, and a sensible reply to anything."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import torch

from rag.chunker import count_words
from rag.errors import UnknownNameError
from rag.library import Library
from rag.records import Answer, Hit
from rag.ui.shelf import Shelf
from rag.ui.whotable import who_table
from rag.wording import verdict

CAIYU, SITONG, WEIQI = "Caiyu Song", "Sitong Cao", "Weiqi Cai"
EVERYBODY = (CAIYU, SITONG, WEIQI)
SEEDS = Path(__file__).parent.parent / "seeds"
CAIYU_FILE, WEIQI_FILE, SITONG_FILE = sorted(path.name for path in SEEDS.iterdir())
LONGEST_QUOTE = 150
QUESTIONS = (
    "who talks about unlearning?",
    "what does weiqi say about her grandmother",
    "what can society do to support artists?",
    "who majored in finance?",
    "compare Weiqi and Sitong on audiences",
    "who won an Oscar?",
    "how can I reach Weiqi?",
    "which film are the pictures from?",
)
ODD_QUESTIONS = (
    "", " \n\t", "?!", "🎬🎬🎬", "\0", "caf\udce9 unlearning", "x" * 10_000, "unlearning " * 1_000,
    "谁搬到了另一个国家？", "¿Quién habla de desaprender?", "<script>alert(1)</script>", "' OR 1=1 --",
    "\u202egninraelnu",
)  # fmt: skip


def assert_verbatim(hit: Hit) -> None:
    """Check that all the text of a hit is cut from its file, and that it is a quote and not a dump."""
    text = (SEEDS / hit.source).read_bytes().decode("utf-8")
    assert hit.quote == text[hit.span.start : hit.span.end]
    assert hit.marked == text[hit.sentence.start : hit.sentence.end]
    assert hit.span.holds(hit.sentence)
    assert hit.line == text.count("\n", 0, hit.span.start) + 1
    assert hit.question is None or hit.question in text[: hit.span.start]
    assert 0 < count_words(hit.quote) <= LONGEST_QUOTE


@pytest.mark.parametrize("question", QUESTIONS)
def test_hits_are_verbatim_and_come_once(library: Library, question: str) -> None:
    """Every hit is a slice of its file, said by the one who is named, and none comes twice."""
    hits = library.retrieve(question, k=40)
    assert hits
    for hit in hits:
        assert_verbatim(hit)
        assert hit.speaker in library.interview(hit.source).interviewees
        assert 0 <= hit.score <= 1
    assert len({hit.id for hit in hits}) == len(hits)


def test_every_passage_of_the_index_is_a_quote_and_no_dump(library: Library) -> None:
    """None is longer than 150 words or than the embedder's window, so that no answer can hold one."""
    for entry in library.index.entries:
        text = library.index.text_of(entry)
        assert count_words(text) <= LONGEST_QUOTE
        assert library.embedder.count_tokens(text) <= library.embedder.window


@pytest.mark.parametrize("k", [1, 2, 5, 12])
def test_k_is_the_most_that_comes(library: Library, k: int) -> None:
    """Fewer hits are the beginning of more, for ``retrieve`` and in what ``ask`` quotes."""
    hits = library.retrieve("who talks about film festivals?", k=k)
    assert hits == library.retrieve("who talks about film festivals?", k=40)[:k]
    assert len(hits) == k
    assert len(library.ask("what is said about film festivals?", k=k).hits) <= max(k, len(EVERYBODY))


def test_unlearning_is_said_by_caiyu(library: Library) -> None:
    """The one who answers is named, not the host who asks; the others are named as silent."""
    answer = library.ask("who talks about unlearning?")
    assert answer.said
    assert answer.speakers == (CAIYU,)
    assert set(answer.silent) == {SITONG, WEIQI}
    assert "unlearn" in answer.hits[0].marked
    assert "unlearn" in answer.hits[0].why.words[0]
    assert answer.hits[0].source == CAIYU_FILE


def test_first_name_and_slips_of_typing_are_understood(library: Library) -> None:
    """A speaker named by a part of the name, in any case or mistyped, is a filter."""
    for name in ("weiqi", "Weiqi Cai", "WEIQI", "Weiqui"):
        answer = library.ask(f"what does {name} say about her grandmother?")
        assert answer.understood.speakers == (WEIQI,)
        assert answer.speakers == (WEIQI,)
        assert "grandmother" in answer.hits[0].marked


@pytest.mark.parametrize("question", QUESTIONS[:6])
def test_filters_hold_exactly(library: Library, question: str) -> None:
    """With a filter nothing else is found, whatever is asked and whoever is named in it."""
    assert {hit.speaker for hit in library.retrieve(question, k=40, speakers=["sitong CAO"])} == {SITONG}
    assert {hit.source for hit in library.retrieve("films", k=40, interviews=[CAIYU_FILE.upper()])} == {CAIYU_FILE}
    two = library.ask(question, k=40, speakers=[SITONG, CAIYU])
    assert {hit.speaker for hit in two.hits} <= {SITONG, CAIYU}
    assert WEIQI not in two.silent


def test_filter_ranks_all_that_it_lets_through(library: Library) -> None:
    """It takes hits away before the ranking, and nothing else: all of that person's passages are there, best first."""
    everything = library.retrieve("film festivals", k=100)
    only = library.retrieve("film festivals", k=100, speakers=[SITONG])
    assert {hit.id for hit in only} == {hit.id for hit in everything if hit.speaker == SITONG}
    assert only[0].id == next(hit.id for hit in everything if hit.speaker == SITONG)


def test_filter_that_matches_nothing_lists_the_names(library: Library) -> None:
    """A speaker or an interview that is not there is an error with those that are, in ``retrieve`` and ``ask``."""
    for find in (library.retrieve, library.ask):
        with pytest.raises(UnknownNameError, match="Caiyu Song, Sitong Cao, Weiqi Cai") as caught:
            find("films", speakers=["Angela"])
        assert caught.value.known == EVERYBODY
        with pytest.raises(UnknownNameError, match=CAIYU_FILE):
            find("films", interviews=["nowhere.txt"])
        with pytest.raises(UnknownNameError):
            find("", speakers=["Angela"])


def test_speaker_who_is_not_in_the_chosen_interview_is_an_error(library: Library) -> None:
    """Two filters that match nothing together list who speaks in the chosen interview."""
    with pytest.raises(UnknownNameError) as caught:
        library.ask("films", speakers=[WEIQI], interviews=[CAIYU_FILE])
    assert caught.value.known == (CAIYU,)
    answer = library.ask("films", speakers=[WEIQI], interviews=[CAIYU_FILE, WEIQI_FILE])
    assert {hit.source for hit in answer.hits} == {WEIQI_FILE}


@pytest.mark.parametrize("question", ODD_QUESTIONS, ids=[f"odd{number}" for number in range(len(ODD_QUESTIONS))])
def test_anything_can_be_asked(library: Library, question: str) -> None:
    """No question is a failure, and whatever is quoted stands in its file."""
    for hit in (*library.ask(question).hits, *library.retrieve(question)):
        assert_verbatim(hit)


@pytest.mark.parametrize("question", ODD_QUESTIONS[:5])
def test_question_without_words_is_told_so(library: Library, question: str) -> None:
    """Nothing is searched and nobody is said to be silent."""
    answer = library.ask(question)
    assert answer.understood.kind == "empty"
    assert (answer.said, answer.hits, answer.speakers, answer.silent) == (False, (), (), ())
    assert library.retrieve(question) == []


def test_nobody_said_it(library: Library) -> None:
    """The reply names nobody, lists who was searched, and offers the nearest passages."""
    answer = library.ask("who talks about quantum chromodynamics?")
    assert not answer.said
    assert answer.speakers == ()
    assert set(answer.silent) == set(EVERYBODY)
    assert 1 <= len(answer.hits) <= 3


def test_stranger_said_nothing_here(library: Library) -> None:
    """Somebody who is not interviewed says nothing, though others speak of the topic."""
    answer = library.ask("what does Angela say about casting?")
    assert answer.understood.strangers == ("Angela",)
    assert (answer.said, answer.speakers) == (False, ())
    assert library.ask("what does Sitong say about casting?").speakers == (SITONG,)


@pytest.mark.parametrize(("name", "link"), [
    ("Weiqi", "weiqicai.webflow.io"), ("Caiyu", "caiyufilm.wordpress.com"), ("Sitong", "linkedin.com/in/sitong-cao"),
])  # fmt: skip
def test_ways_of_reaching_somebody_are_found(library: Library, name: str, link: str) -> None:
    """A question for contact details is answered from that person's own list and no other."""
    answer = library.ask(f"how can I reach {name}?")
    assert answer.said
    assert {hit.kind for hit in answer.hits} == {"contact"}
    assert [speaker.split()[0] for speaker in answer.speakers] == [name]
    assert link in answer.hits[0].quote


def test_entry_that_is_asked_for_is_marked(library: Library) -> None:
    """Of a contact list the line that answers is marked."""
    assert "Instagram" in library.ask("what is Caiyu's instagram?").hits[0].marked


def test_stranger_is_not_given_the_links_of_others(library: Library) -> None:
    """Whoever asks for the website of somebody who is not here gets nobody's."""
    answer = library.ask("jasmine li website")
    assert (answer.said, answer.speakers) == (False, ())


def test_pictures_are_found_in_the_credits(library: Library) -> None:
    """A question about the pictures is answered by the image credits."""
    answer = library.ask("which film are the pictures from?")
    assert answer.said
    assert any("Thus They Spoke" in hit.quote and hit.kind == "credits" for hit in answer.hits)
    assert {hit.kind for hit in answer.hits} == {"credits"}


def test_what_is_printed_under_pictures_is_not_called_said(library: Library) -> None:
    """Where only the credits hold it, neither the row of the person nor the line before the quotes says "said"."""
    answer = library.ask("who produced Thus They Spoke?")
    assert [(hit.speaker, hit.kind) for hit in answer.hits] == [(SITONG, "credits")]
    table = str(who_table(answer, 1, Shelf.of_library(library)))
    assert "in print, not said" in table
    one, other = library.ask("what does Weiqi say about her grandmother?"), replace(answer.understood, kind="what")
    printed = replace(answer, understood=other)
    both = replace(printed, hits=(*one.hits, *answer.hits), speakers=(WEIQI, SITONG))
    told = [verdict(each, everyone=EVERYBODY, interviews=3, title=str) for each in (printed, both)]
    assert told == [
        "Printed with the interview of Sitong Cao, not said:",
        "In the words of Weiqi Cai; printed with the interview of Sitong Cao, not said:",
    ]


def ids(answer: Answer) -> set[str]:
    """The ids of what is quoted."""
    return {hit.id for hit in answer.hits}


def test_follow_up_keeps_person_and_topic_and_shows_what_is_new(library: Library) -> None:
    """What else is said comes without repeating what was shown, and the reply tells what it carried over."""
    first = library.ask("what does Weiqi say about her grandmother?")
    second = library.ask("what else does she say about that?", previous=first)
    third = library.ask("anything else?", previous=second)
    for answer, earlier in ((second, ids(first)), (third, ids(first) | ids(second))):
        assert answer.understood.carried
        assert answer.understood.speakers == (WEIQI,)
        assert "grandmother" in answer.understood.topic
        assert {hit.speaker for hit in answer.hits} <= {WEIQI}
        assert not ids(answer) & earlier


def test_follow_up_about_another_person_keeps_the_topic(library: Library) -> None:
    """A name alone, as in "and Sitong?", asks the same of somebody else."""
    first = library.ask("what does Weiqi say about audiences?")
    second = library.ask("and Sitong?", previous=first)
    assert second.understood.speakers == (SITONG,)
    assert second.understood.topic == first.understood.topic
    assert {hit.speaker for hit in second.hits} == {SITONG}


def test_pronoun_means_who_was_found(library: Library) -> None:
    """After "who ...", "she" is the one who was named."""
    first = library.ask("who talks about unlearning?")
    second = library.ask("what does she say about figure skating?", previous=first)
    assert second.understood.speakers == (CAIYU,)
    assert "skating" in second.hits[0].quote


def test_new_question_is_not_bound_to_the_one_before(library: Library) -> None:
    """A question that stands by itself has the same answer with and without a question before it."""
    before = library.ask("what does Weiqi say about her grandmother?")
    assert library.ask("who majored in finance?", previous=before) == library.ask("who majored in finance?")


@pytest.mark.parametrize("question", QUESTIONS)
def test_same_question_has_the_same_answer(library: Library, question: str) -> None:
    """Asked twice, and with another number of threads, it finds the same words of the same people."""
    first = library.ask(question)
    assert library.ask(question) == first
    threads = torch.get_num_threads()
    torch.set_num_threads(1 if threads > 1 else 3)
    try:
        again = library.ask(question)
    finally:
        torch.set_num_threads(threads)
    assert [(hit.id, hit.sentence) for hit in again.hits] == [(hit.id, hit.sentence) for hit in first.hits]
    assert (again.said, again.speakers, again.silent) == (first.said, first.speakers, first.silent)
    assert again.confidence == pytest.approx(first.confidence, abs=1e-3)


OFFLINE = """
import json, socket, sys
from pathlib import Path

def refuse(*arguments, **options):
    sys.exit(f"the network was asked for: {arguments}")

socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = refuse
socket.create_connection = socket.getaddrinfo = socket.gethostbyname = refuse

import rag, rag.library
rag.library.default_index = lambda interviews: Path(sys.argv[1])
answer = rag.ask("who talks about unlearning?", interviews=[sys.argv[2]])
hits = rag.retrieve("who talks about unlearning?", k=2, speakers=["caiyu song"])
print(json.dumps([answer.speakers, [(hit.quote, hit.span.start, hit.span.end) for hit in hits]]))
"""


def test_public_functions_need_no_network(tmp_path: Path) -> None:
    """``rag.ask`` and ``rag.retrieve`` build an index and answer from it, with every connection refused."""
    interviews = tmp_path / "interviews"
    interviews.mkdir()
    shutil.copy(SEEDS / CAIYU_FILE, interviews)
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE, str(tmp_path / "index"), CAIYU_FILE],
        capture_output=True,
        text=True,
        cwd=SEEDS.parent,
        env={**os.environ, "WHOSAID_INTERVIEWS": str(interviews)},
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    speakers, quotes = json.loads(done.stdout)
    assert speakers == [CAIYU]
    text = (SEEDS / CAIYU_FILE).read_bytes().decode("utf-8")
    assert [quote for quote, _, _ in quotes] == [text[start:end] for _, start, end in quotes]
    assert "unlearn" in quotes[0][0]
    assert (tmp_path / "index" / "manifest.json").is_file()

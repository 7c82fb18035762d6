"""Passages: whole sentences that tile their turns and fit the embedder's window."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.chunker import MOST_WORDS, count_words, cut, split_sentences
from rag.embedder import Embedder
from rag.library import examine
from rag.paragraphs import find_paragraphs
from rag.records import UNKNOWN_SPEAKER, Interview, Passage, PassageKind, QAPair, Span, Turn
from rag.tokens import window_counter
from tests.conftest import SEEDS
from tests.growth import grows_in_proportion
from tests.samples import interview_of, interview_or_none, source_of, texts
from tests.small import conversation
from tests.test_paragraphs import WRAPPED

MOST_SHOWN = 150
"""Words of a quote; a longer one is a dump."""


@pytest.fixture(scope="module")
def seeds(embedder: Embedder) -> list[tuple[Interview, list[Passage]]]:
    """The real interviews with their passages, cut for the real model."""
    interviews = [interview for interview in examine(SEEDS) if isinstance(interview, Interview)]
    count = window_counter(embedder)
    return [(each, cut(each, window=embedder.window, count_tokens=count)) for each in interviews]


def as_many_as_characters(text: str) -> int:
    """A stand-in for a tokenizer that makes a piece of every character, and frames the text with two."""
    return len(text) + 2


def as_many_as_words(text: str) -> int:
    """A stand-in for a tokenizer that makes a piece of every word, and frames the text with two."""
    return len(text.split()) + 2


def texts_of(interview: Interview, passages: Sequence[Passage], kind: PassageKind = "answer") -> list[str]:
    """The words of the passages of one kind."""
    return [passage.span.of(interview.source.text) for passage in passages if passage.kind == kind]


def answered(passages: Sequence[Passage], answer: Span) -> list[Passage]:
    """The passages cut from one answer."""
    return [passage for passage in passages if passage.kind == "answer" and answer.holds(passage.span)]


def assert_tiled(text: str, whole: Span, parts: Sequence[Span]) -> None:
    """The parts are in order and hold every character of the whole but white space between them."""
    assert parts[0].start == whole.start
    assert parts[-1].end == whole.end
    for before, after in pairwise(parts):
        assert before.end <= after.start
        assert not text[before.end : after.start].strip()


def talk(answer: str) -> Interview:
    """An interview with one short question and this answer, whatever a parser would make of it."""
    asked = "Tell us about your work?"
    text = f"{asked}\n\n{answer.strip()}"
    asks = Turn(UNKNOWN_SPEAKER, "interviewer", Span(0, len(asked)))
    says = Turn(UNKNOWN_SPEAKER, "interviewee", Span(len(asked) + 2, len(text)))
    return Interview(source_of(text), "", (), (asks, says), (QAPair((asks,), (says,)),))


def assert_turns_are_tiled(interview: Interview, passages: Sequence[Passage]) -> None:
    """Every turn is tiled by its passages, but for what stands apart in it, and those by their sentences."""
    text = said = interview.source.text
    for apart in interview.apart:
        said = said[: apart.start] + " " * len(apart) + said[apart.end :]
    for turn in interview.turns:
        kind = "question" if turn.role == "interviewer" else "answer"
        own = [each for each in passages if turn.span.holds(each.span) and each.kind in ("question", "answer")]
        assert {each.kind for each in own} == {kind}
        assert_tiled(said, turn.span, [each.span for each in own])
    for passage in passages:
        assert_tiled(text, passage.span, passage.sentences)


def test_passages_tile_the_turns_of_the_seeds(seeds: list[tuple[Interview, list[Passage]]]) -> None:
    """Nothing of an answer or a question is lost, and nothing stands in two passages."""
    for interview, passages in seeds:
        assert_turns_are_tiled(interview, passages)


def test_passages_of_the_seeds_fit_the_window(seeds: list[tuple[Interview, list[Passage]]], embedder: Embedder) -> None:
    """By the model's own tokenizer no passage is longer than what the model reads, and none is too long to quote."""
    for interview, passages in seeds:
        for passage in passages:
            quote = passage.span.of(interview.source.text)
            assert embedder.count_tokens(quote) <= embedder.window == 256
            assert len(quote.split()) <= MOST_WORDS < MOST_SHOWN


def test_passages_of_the_seeds_are_whole_sentences(seeds: list[tuple[Interview, list[Passage]]]) -> None:
    """No sentence is broken: each ends as a sentence does, and is one by the sentence splitter."""
    for interview, passages in seeds:
        text = interview.source.text
        whole = {span for paragraph in find_paragraphs(text) for span in split_sentences(text, paragraph)}
        for passage in passages:
            if passage.kind == "answer":
                assert set(passage.sentences) <= whole
                assert passage.span.of(text).endswith((".", "?", "!", "”"))


def test_a_passage_knows_who_says_it_and_what_was_asked(seeds: list[tuple[Interview, list[Passage]]]) -> None:
    """Speaker and question are those of the pair from which the passage was cut."""
    for interview, passages in seeds:
        for pair in interview.pairs:
            for passage in answered(passages, pair.answer_span):
                assert passage.speaker == interview.interviewees[0]
                assert passage.question == pair.question_span
                assert passage.source == interview.source.name


def test_what_interviewers_say_is_cut_as_questions(seeds: list[tuple[Interview, list[Passage]]]) -> None:
    """Each of their turns is there under their name, in answer to nothing, and no answer is among them."""
    for interview, passages in seeds:
        text = interview.source.text
        asked = [passage for passage in passages if passage.kind == "question"]
        turns = [turn for turn in interview.turns if turn.role == "interviewer"]
        assert {each.speaker for each in asked} == {turn.speaker for turn in turns}
        assert {each.question for each in asked} == {None}
        assert all(any(turn.span.holds(each.span) for turn in turns) for each in asked)
        assert all(any(each.span.of(text) in turn.span.of(text) for each in asked) for turn in turns)


def test_question_and_answer_are_told_apart_by_who_speaks() -> None:
    """An interviewer's remark is of the kind "question" though it asks nothing; an answer that asks is an answer."""
    interview = conversation(
        "a.txt",
        [
            ("Ann", "Tell me about boats."),
            ("Bo", "Why boats?"),
            ("Ann", "I like them. Do you?"),
            ("Bo", "I do."),
        ],
    )
    passages = cut(interview, window=256, count_tokens=as_many_as_words)
    assert [(each.kind, each.speaker, each.span.of(interview.source.text)) for each in passages] == [
        ("question", "Ann", "Tell me about boats."),
        ("answer", "Bo", "Why boats?"),
        ("question", "Ann", "I like them. Do you?"),
        ("answer", "Bo", "I do."),
    ]


def test_contacts_and_credits_are_passages_of_their_own(seeds: list[tuple[Interview, list[Passage]]]) -> None:
    """A contact list is one passage with an entry for each sentence; so are the credits; nothing was asked for them."""
    for interview, passages in seeds:
        lists = [passage for passage in passages if passage.kind == "contact"]
        assert [passage.sentences for passage in lists] == [tuple(each.span for each in interview.contacts)]
        assert [passage.kind for passage in passages].count("credits") == (1 if interview.credits else 0)
        assert all(passage.question is None for passage in passages if passage.kind != "answer")


def test_two_lists_on_a_page_are_two_passages() -> None:
    """Lists at the head and at the foot of a page do not hold the conversation between them."""
    text = "Contact:\n- Site: https://a.b\n\nWhat is your work?\nI paint.\n\nContact:\n- Site: https://c.d\n"
    passages = cut(interview_of(text), window=256, count_tokens=as_many_as_words)
    assert [(passage.kind, passage.span.of(text)) for passage in passages] == [
        ("contact", "- Site: https://a.b"),
        ("question", "What is your work?"),
        ("answer", "I paint."),
        ("contact", "- Site: https://c.d"),
    ]


def test_a_long_contact_list_fits_the_window_too() -> None:
    """What stands in a contact list is cut like anything else."""
    interview = interview_of("What is your work?\nI paint.\nContact:\n" + "- Address: far away from here\n" * 90)
    passages = cut(interview, window=64, count_tokens=as_many_as_words)
    assert len(passages) > 2
    assert all(as_many_as_words(passage.span.of(interview.source.text)) <= 64 for passage in passages)


def test_a_sentence_without_spaces_is_broken() -> None:
    """Even one endless word is cut into pieces that fit, and none of it is lost."""
    interview = talk("x" * 5000)
    passages = cut(interview, window=256, count_tokens=as_many_as_characters)
    assert "".join(texts_of(interview, passages)) == "x" * 5000
    assert max(len(passage.span) for passage in passages) <= 254


def test_a_long_sentence_is_broken_between_words() -> None:
    """A sentence that is too long for the window is cut at spaces, into pieces that fit."""
    words = [f"word{number}" for number in range(1000)]
    interview = talk(" ".join(words) + ".")
    passages = cut(interview, window=256, count_tokens=as_many_as_words)
    pieces = texts_of(interview, passages)
    assert " ".join(pieces) == " ".join(words) + "."
    assert max(count_words(piece) for piece in pieces) <= MOST_WORDS


def test_wrapped_lines_do_not_break_sentences() -> None:
    """A sentence that runs over lines wrapped by hand is one sentence."""
    first = "Where did you go to school as a child, and how did you get there from your village?"
    second = "What happened after that, when you were grown and had left the village for good?"
    interview = interview_of(f"Ana: {first}\n\nBen: {WRAPPED}\nAna: {second}\n\nBen: A lot.\n")
    passages = cut(interview, window=256, count_tokens=as_many_as_words)
    text = interview.source.text
    assert_turns_are_tiled(interview, passages)
    sentences = [span.of(text) for passage in passages for span in passage.sentences]
    assert any(
        sentence.startswith("It was a long way") and sentence.endswith("taken us there.") for sentence in sentences
    )


def test_chinese_is_cut_at_its_own_full_stops(embedder: Embedder) -> None:
    """Text without spaces is cut after 。, ！ and ？, and fits the real window."""
    interview = talk("我出生在深圳。我十四岁去了加拿大！为什么？因为我喜欢电影。" * 40)
    text = interview.source.text
    passages = cut(interview, window=embedder.window, count_tokens=window_counter(embedder))
    assert_turns_are_tiled(interview, passages)
    assert len(texts_of(interview, passages)) > 1
    assert {answer[-1] for answer in texts_of(interview, passages)} <= {*"。！？"}
    for passage in passages:
        assert embedder.count_tokens(passage.span.of(text)) <= embedder.window


@pytest.mark.parametrize(
    "word", ["flyerseverywhere", "#WomenSupportingWomen", "€€€", "👩🏽‍🚀", "Я", "ผมชอบ", "֎֎", "x" * 300]
)
def test_unusual_words_fit_the_real_window(embedder: Embedder, word: str) -> None:
    """Words run together, symbols and other scripts fit, although they make many more word pieces than usual words."""
    interview = talk(f"{word} " * 300)
    passages = cut(interview, window=embedder.window, count_tokens=window_counter(embedder))
    assert_turns_are_tiled(interview, passages)
    for passage in passages:
        assert embedder.count_tokens(passage.span.of(interview.source.text)) <= embedder.window


@settings(deadline=None, max_examples=200)
@given(texts(), st.integers(8, 60))
def test_any_turns_are_tiled_by_passages_that_fit(text: str, window: int) -> None:
    """Whatever stands in a file, passages tile the turns and fit the window."""
    interview = interview_or_none(text)
    if interview is None:
        return
    passages = cut(interview, window=window, count_tokens=as_many_as_characters)
    assert_turns_are_tiled(interview, passages)
    for passage in passages:
        assert as_many_as_characters(passage.span.of(text)) <= window
        assert count_words(passage.span.of(text)) <= MOST_WORDS


@given(texts())
def test_sentences_tile_their_paragraph(text: str) -> None:
    """Sentences hold every character of a paragraph but the white space between them."""
    for paragraph in find_paragraphs(text):
        assert_tiled(text, paragraph, split_sentences(text, paragraph))


def packed_naively(paragraphs: Sequence[Sequence[str]], room: int) -> Iterator[list[str]]:
    """The twin: add whole paragraphs while there is room, else sentences; all text is words with a blank between."""
    held: list[str] = []
    for paragraph in paragraphs:
        if words_in([*held, *paragraph]) <= room:
            held += paragraph
            continue
        if held:
            yield held
        held = []
        for sentence in paragraph:
            if held and words_in([*held, sentence]) > room:
                yield held
                held = []
            held = [*held, sentence]
    if held:
        yield held


def words_in(sentences: Sequence[str]) -> int:
    """Words of some sentences."""
    return sum(len(sentence.split()) for sentence in sentences)


sentences_of_words = st.integers(1, 9).map(lambda count: " ".join(["Abcd", *["efgh"] * (count - 1)]) + ".")


@settings(deadline=None)
@given(st.lists(st.lists(sentences_of_words, min_size=1, max_size=8), min_size=1, max_size=8), st.integers(10, 40))
def test_packing_agrees_with_its_naive_twin(paragraphs: list[list[str]], room: int) -> None:
    """Passages are the longest runs of whole paragraphs that fit, and runs of sentences where a paragraph does not."""
    interview = talk("\n\n".join(" ".join(paragraph) for paragraph in paragraphs))
    passages = cut(interview, window=room + 2, count_tokens=as_many_as_words)
    found = [
        [span.of(interview.source.text) for span in passage.sentences]
        for passage in passages
        if passage.kind == "answer"
    ]
    assert found == list(packed_naively(paragraphs, room))


@pytest.mark.parametrize("space", ["\xa0", "\u2009", "\u202f", "\u3000", "\u2028", "\x85"], ids=ascii)
def test_wide_white_space_before_a_stop_is_no_trouble(space: str) -> None:
    """A no-break space, or another one, between an initial and its stop; the sentences are those of a plain space."""
    text = f"It was J{space}. Lee who said so. Then we left{space}. And so on."
    found = [span.of(text) for span in split_sentences(text, Span(0, len(text)))]
    plain = text.replace(space, " ")
    assert [words.replace(space, " ") for words in found] == [
        span.of(plain) for span in split_sentences(plain, Span(0, len(plain)))
    ]
    assert found[-1] == "And so on."


@pytest.mark.parametrize("sentences", [700, 3000])
def test_sentences_of_a_very_long_paragraph_are_whole(sentences: int) -> None:
    """A paragraph that is parted piece by piece has the sentences that it would have in one piece."""
    each = [f"This is sentence number {number} of what is said on and on." for number in range(sentences)]
    text = " ".join(each)
    assert [span.of(text) for span in split_sentences(text, Span(0, len(text)))] == each


@pytest.mark.timed
def test_time_for_sentences_grows_with_the_text() -> None:
    """Marks that open and never close, on one line, are no reason to take time by the square."""
    assert grows_in_proportion(lambda count: split_sentences("(“" * count, Span(0, 2 * count)), 30_000)

"""Evaluation: every question is asked as anybody would ask it, and counts in the measures that it can."""

import json
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

import rag
from rag.errors import ReadError
from rag.evaluation import Evaluation, Expected, Measure, Outcome, Scores, evaluate, read_questions, scores
from rag.expected import Stretch
from rag.library import Library
from rag.records import Answer, Hit, Passage, Span, Understood, Why
from tests.questionsets import QUESTIONS
from tests.small import BRIDGES, RIVERS, library_of, source

Fields = Mapping[str, object]

RIVER: Fields = {
    "question": "who grew up beside a river?",
    "speakers": ["Bo"],
    "quotes": ["grew up beside a river"],
}
OCEAN: Fields = {"question": "who talks about zebras?", "speakers": []}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Two interviews, and an embedder that needs no model."""
    return library_of({"rivers.txt": RIVERS, "bridges.txt": BRIDGES}, tmp_path_factory.mktemp("small"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where questions are written."""
    return tmp_path / "questions.jsonl"


def written(file: Path, *rows: Fields) -> Path:
    """A file of questions."""
    file.write_text("\n".join(json.dumps(dict(row)) for row in rows), "utf-8")
    return file


def outcome(
    *,
    wanted: str = "",
    named: str = "",
    confidence: float = 0.5,
    rank: int | None = None,
    said: bool | None = None,
    kind: str = "",
) -> Outcome:
    """One outcome by hand: who says it and who is named, each a letter; ``rank`` of the quote, none if none is told."""
    span = Span(0, 5)
    hit = Hit(Passage("rivers.txt", span, "Bo", (span,)), source("rivers.txt", RIVERS), span, confidence, Why((), 0.5))
    told = bool(named) if said is None else said
    answer = Answer(Understood("?", "who", "?"), told, confidence, tuple(named), (), (hit,))
    places = (Stretch("rivers.txt", span),) if rank is not None else ()
    return Outcome(Expected("1", kind, "?", bool(wanted or places), frozenset(wanted), places, ()), answer, rank or 0)


def values(made: Scores) -> dict[str, tuple[Any, int]]:
    """Each measure's value, and over how many questions it stands."""
    measures = {each.name: getattr(made, each.name) for each in fields(made) if each.name != "questions"}
    return {name: (measure.value, measure.questions) for name, measure in measures.items()}


def test_measures_of_five_questions_by_hand() -> None:
    """Every measure, counted by hand over three questions that somebody answers and two that nobody does."""
    made = scores(
        [
            outcome(wanted="AB", named="AC", confidence=0.9, rank=1),
            outcome(wanted="A", named="A", confidence=0.8, rank=4),
            outcome(wanted="B", named="", confidence=0.2, rank=0),
            outcome(named="C", confidence=0.8),
            outcome(named="", confidence=0.1),
        ]
    )
    assert made.questions == 5
    assert values(made) == {
        "hit_at_1": (pytest.approx(1 / 3), 3),
        "hit_at_3": (pytest.approx(1 / 3), 3),
        "hit_at_5": (pytest.approx(2 / 3), 3),
        "hit_at_10": (pytest.approx(2 / 3), 3),
        "mrr_at_10": (pytest.approx((1 + 1 / 4) / 3), 3),
        "speakers_exact": (pytest.approx(1 / 3), 3),
        "speaker_precision": (pytest.approx(2 / 3), 3),
        "speaker_recall": (pytest.approx(2 / 4), 3),
        "named_precision": (pytest.approx(2 / 4), 5),
        "unanswerable_recognised": (pytest.approx(1 / 2), 2),
        "answerable_refused": (pytest.approx(1 / 3), 3),
        "said_precision": (pytest.approx(2 / 3), 3),
        "auroc": (pytest.approx((2 + 1.5 + 1) / 6), 5),
        # (0.7, 0.8]: two at 0.8, half of them true; the three others each stand alone in their bin.
        "calibration_error": (pytest.approx((2 * 0.3 + 0.1 + 0.8 + 0.1) / 5), 5),
    }


def test_a_question_counts_only_where_it_can() -> None:
    """Without speakers no name is judged, and without quotes no passage; whether somebody says it is judged anyway."""
    made = values(scores([outcome(named="A", rank=2), outcome(wanted="A", named="A", said=True)]))
    assert made["mrr_at_10"] == (0.5, 1)
    assert made["speakers_exact"] == made["speaker_precision"] == made["named_precision"] == (1, 1)
    assert made["answerable_refused"] == (0, 2)
    assert made["auroc"] == (None, 2)
    assert made["unanswerable_recognised"] == (None, 0)


@pytest.mark.parametrize(
    ("judged", "missed"),
    [
        (outcome(wanted="A", named="A", rank=1), False),
        (outcome(wanted="A", named="A", rank=2), True),
        (outcome(wanted="A", named="A", rank=0), True),
        (outcome(wanted="A", named="AB", rank=1), True),
        (outcome(wanted="A", named=""), True),
        (outcome(named="B", rank=1), False),  # nobody told who says it
        (outcome(named=""), False),
        (outcome(named="A"), True),
    ],
)
def test_missed_is_whatever_is_not_as_it_should_be(judged: Outcome, missed: bool) -> None:
    """A wrong verdict, a wrong name, or a right passage that is not first; what is not told is not judged."""
    assert judged.missed == missed
    assert Evaluation((judged,), 10).misses == ((judged,) if missed else ())


def test_each_kind_is_measured_by_itself() -> None:
    """Kinds come in the order of the alphabet, each with its own questions; all of them together are the whole."""
    made = Evaluation((outcome(kind="b", rank=1), outcome(kind="a"), outcome(kind="b", rank=2)), 10)
    assert {kind: each.questions for kind, each in made.by_kind.items()} == {"a": 1, "b": 2}
    assert list(made.by_kind) == ["a", "b"]
    assert made.by_kind["b"].hit_at_1.value == 0.5
    assert made.overall.questions == 3


def test_questions_are_asked_as_anybody_would(file: Path, small: Library) -> None:
    """The answer is the library's, and the rank that of the first retrieved passage which holds the quote."""
    made = evaluate(small, written(file, RIVER, OCEAN, {"question": "boats", "quotes": ["a boat is a promise"]}), k=4)
    assert made.k == 4
    for each, quote in zip(made.outcomes, ("grew up beside a river", None, "A boat is a promise"), strict=True):
        asked = each.expected.question
        assert each.answer == small.ask(asked)
        hits = small.retrieve(asked, k=4)
        naive = [number for number, hit in enumerate(hits, start=1) if quote and quote in hit.quote]
        assert each.rank == (naive[0] if naive else 0)
    assert made.outcomes[0].rank > 0


def test_quotes_are_found_whatever_their_marks(file: Path, small: Library) -> None:
    """Straight quotation marks and hyphens stand for the curly ones and dashes of the interview."""
    question = {
        "question": "what is a boat?",
        "quotes": ["MOSTLY. A boat is a promise - it says", 'that "nearly right"'],
    }
    (found,) = evaluate(small, written(file, question)).outcomes
    texts = {"rivers.txt": RIVERS, "bridges.txt": BRIDGES}
    assert [each.span.of(texts[each.source]) for each in found.expected.wanted] == [
        "mostly. A boat is a promise — it says",
        "that “nearly right”",
    ]


def test_interviews_restrict_the_search(file: Path, small: Library) -> None:
    """Only the named interviews are searched, for the answer as for the ranking."""
    (found,) = evaluate(small, written(file, {**RIVER, "interviews": ["bridges.txt"], "quotes": []})).outcomes
    assert found.answer == small.ask(str(RIVER["question"]), interviews=["bridges.txt"])
    assert {hit.source for hit in found.answer.hits} == {"bridges.txt"}
    bridge = {"question": "a river", "quotes": ["A bridge needs patience"], "interviews": ["bridges.txt"]}
    (ranked,) = evaluate(small, written(file, bridge)).outcomes
    assert 1 <= ranked.rank <= len(small.retrieve("a river", k=10, interviews=["bridges.txt"]))


def test_only_questions_that_nobody_answers(file: Path, small: Library) -> None:
    """Such a file measures whether that is recognised; of passages, speakers and separation nothing is made up."""
    made = values(evaluate(small, written(file, OCEAN)).overall)
    assert made["unanswerable_recognised"][1] == 1
    for name in ("hit_at_1", "hit_at_10", "mrr_at_10", "speakers_exact", "speaker_recall", "answerable_refused"):
        assert made[name] == (None, 0)
    assert made["auroc"] == (None, 1)


def test_only_questions_that_somebody_answers(file: Path, small: Library) -> None:
    """Such a file measures passages and speakers, and nothing about those that nobody answers."""
    made = values(evaluate(small, written(file, RIVER)).overall)
    assert made["hit_at_1"][1] == made["speakers_exact"][1] == made["answerable_refused"][1] == 1
    assert made["unanswerable_recognised"] == (None, 0)
    assert made["auroc"] == (None, 1)


def test_few_passages_do_not_tell_of_many(file: Path, small: Library) -> None:
    """With ``k`` 3 the share among the first three is known, and that among the first five is not."""
    made = evaluate(small, written(file, RIVER), k=3).overall
    assert made.hit_at_3.value is not None
    assert made.hit_at_5 == made.hit_at_10 == Measure(None, 1)


def test_everything_is_looked_up_before_anything_is_asked(file: Path, small: Library) -> None:
    """A mistake on the last line is told at once, not after all the other questions were asked."""
    asked: list[str] = []
    rows = written(file, RIVER, {**RIVER, "quotes": ["an ocean"]})
    with pytest.raises(ReadError, match="line 2: the quote 'an ocean' stands nowhere"):
        evaluate(small, rows, progress=lambda doing, done, total: asked.append(doing))
    assert asked == []


def test_progress_is_told(file: Path, small: Library) -> None:
    """Whoever listens hears how many questions were asked of how many."""
    heard: list[tuple[str, int, int]] = []
    evaluate(small, written(file, RIVER, OCEAN), progress=lambda *told: heard.append(told))
    assert heard == [("Asking the questions", 0, 2), ("Asking the questions", 1, 2)]


def test_the_package_offers_it(file: Path, small: Library) -> None:
    """``rag.evaluate`` takes a path as text, or the questions read before, to the same end."""
    made = rag.evaluate(small, str(written(file, RIVER)))
    assert made == rag.evaluate(small, read_questions(file))
    with pytest.raises(ValueError, match="not 0"):
        rag.evaluate(small, file, k=0)


@pytest.mark.parametrize("name", [path.name for path in sorted(QUESTIONS.glob("*.jsonl"))])
def test_our_own_sets_can_be_read(name: str) -> None:
    """Every set of questions in this project is such a file, with questions that somebody answers and others."""
    rows = read_questions(QUESTIONS / name)
    assert {row.answerable for row in rows} == {True, False}
    assert all(bool(row.speakers) == bool(row.quotes) == row.answerable for row in rows)
    assert len({row.id for row in rows}) == len(rows)

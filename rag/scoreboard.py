"""How an evaluation reads in a terminal: tables with what each column means, and the questions that were missed."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from rag.terminal import Screen, one_line
from rag.wording import count, listed

if TYPE_CHECKING:
    from rag.evaluation import Evaluation, Measure, Outcome, Scores

NONE = "–"
_NOBODY = "nobody"
_NO_KIND = "no kind"
_ALL = "all"

_FOUND = """\
questions: those that tell which quote is right.
first, in 3, in 5, in 10: how often the right passage is the first found, or among the first 3, 5 or 10.
MRR: 1.00 if it always came first, 0.50 if always second, 0.00 if it never was among the first 10."""
_NAMED = """\
questions: those that tell who says it.
exactly: everybody who says it is named, and nobody else.
right: of the names given, those who do say it.
complete: of those who say it, those who are named.
right of all: as "right", but counting also the names given where nobody says it."""
_REFUSED = """\
recognised: of the questions that nobody answers, those for which the reply is that nobody says it.
refused: of the questions that somebody answers, those for which that is the reply nevertheless."""
_TRUSTED = """\
said: the questions to which the reply is that somebody says it; true: how many of these somebody does answer.
told apart: how often a question that somebody answers gets more confidence than one that nobody does (AUROC).
It is 1.00 if always, and 0.50 if no better than chance.
off by: how far confidence is from how often it is true, on average (ECE); 0.00 is best."""
_RELIABLE = """\
Where both columns on the right are alike, you can take the confidence at its word."""
_SUREST = """\
What there would be if a reply came only from this confidence on: how many questions it would come to,
and how many of these somebody really answers."""

Rows = Sequence[tuple[str, "Scores"]]


def whole(made: "Evaluation", screen: Screen, *, misses: bool = False) -> str:
    """All tables, and with ``misses`` every question that was missed."""
    kinds = made.by_kind.items() if len(made.by_kind) > 1 else ()
    rows = [(_ALL, made.overall), *((one_line(kind) or _NO_KIND, scores) for kind, scores in kinds)]
    blocks = [
        _summary(made),
        _found(rows, screen),
        _named(rows, screen),
        _refused(rows, screen),
        _trusted(rows, screen),
        _reliable(made, screen),
        _surest(made, screen),
    ]
    return "\n\n".join([*blocks, _misses(made, screen)] if misses else blocks)


def _summary(made: "Evaluation") -> str:
    answerable = made.overall.answerable_refused.questions
    nobodys = made.overall.unanswerable_recognised.questions
    missed = len(made.misses)
    return (
        f"{count(len(made.outcomes), 'question')}: somebody answers {answerable:,}, nobody {nobodys:,}.\n"
        f"{len(made.outcomes) - missed:,} are answered as they should be in every respect, {missed:,} are not."
    )


def _found(rows: Rows, screen: Screen) -> str:
    head = ("questions", "first", "in 3", "in 5", "in 10", "MRR")
    cells = [
        (name, _over(each.hit_at_1), *map(_percent, _depths(each)), _decimal(each.mrr_at_10)) for name, each in rows
    ]
    told = _FOUND + _interval("first", rows[0][1].hit_at_1)
    return _table("Is the right passage found?", head, cells, told, screen)


def _depths(each: "Scores") -> tuple["Measure", ...]:
    return each.hit_at_1, each.hit_at_3, each.hit_at_5, each.hit_at_10


def _named(rows: Rows, screen: Screen) -> str:
    head = ("questions", "exactly", "right", "complete", "questions", "right of all")
    cells = [
        (
            name,
            _over(each.speakers_exact),
            _percent(each.speakers_exact),
            _percent(each.speaker_precision),
            _percent(each.speaker_recall),
            _over(each.named_precision),
            _percent(each.named_precision),
        )
        for name, each in rows
    ]
    return _table("Are the right people named?", head, cells, _NAMED, screen)


def _refused(rows: Rows, screen: Screen) -> str:
    head = ("nobody answers", "recognised", "somebody does", "refused")
    cells = [
        (
            name,
            _over(each.unanswerable_recognised),
            _percent(each.unanswerable_recognised),
            _over(each.answerable_refused),
            _percent(each.answerable_refused),
        )
        for name, each in rows
    ]
    return _table("Does it tell when nobody says it?", head, cells, _REFUSED, screen)


def _trusted(rows: Rows, screen: Screen) -> str:
    head = ("said", "true", "questions", "told apart", "off by")
    cells = [
        (
            name,
            _over(each.said_precision),
            _percent(each.said_precision),
            _over(each.auroc),
            _decimal(each.auroc),
            _decimal(each.calibration_error),
        )
        for name, each in rows
    ]
    told = _TRUSTED + _interval("told apart", rows[0][1].auroc)
    return _table("Can you trust that somebody says it, and its confidence?", head, cells, told, screen)


def _reliable(made: "Evaluation", screen: Screen) -> str:
    cells = [
        (f"{each.low:.1f} to {each.high:.1f}", f"{each.questions:,}", f"{each.confidence:.2f}", f"{each.true:.2f}")
        for each in made.reliability
        if each.questions
    ]
    head = ("questions", "confidence", "really said")
    return _table("How often does somebody really say it, by confidence?", head, cells, _RELIABLE, screen)


def _surest(made: "Evaluation", screen: Screen) -> str:
    cells = [
        (f"from {each.threshold:.2f}", _hundredths(each.answered), _hundredths(each.true)) for each in made.coverages
    ]
    return _table("And if only the surest were answered?", ("answered", "really said"), cells, _SUREST, screen)


def _misses(made: "Evaluation", screen: Screen) -> str:
    if not made.misses:
        return "No question was missed."
    return "\n".join(
        [screen.paint("name", "Missed"), *(line for each in made.misses for line in _miss(each, made.k, screen))]
    )


def _miss(outcome: "Outcome", k: int, screen: Screen) -> Iterator[str]:
    wanted, answer = outcome.expected, outcome.answer
    kind = f" ({one_line(wanted.kind)})" if wanted.kind else ""
    yield screen.lay_out(f"{one_line(wanted.id)}{kind}: {one_line(wanted.question)}", first="  ", indent="    ")
    whom = listed(sorted(wanted.speakers)) or ("somebody" if wanted.answerable else _NOBODY)
    parts = [f"wanted: {whom}", f"named: {listed(answer.speakers) or _NOBODY}"]
    if wanted.wanted:
        parts.append(f"right passage: {f'number {outcome.rank}' if outcome.rank else f'not among the first {k}'}")
    parts.append(f"confidence: {answer.confidence:.2f}")
    yield screen.paint("quiet", screen.lay_out(one_line("; ".join(parts)), first="    ", indent="    "))


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], told: str, screen: Screen) -> str:
    """A title, columns as wide as they must be (the first one to the left), and below what they mean."""
    columns = list(zip(("", *head), *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    lines = [_aligned(row, widths) for row in (("", *head), *rows)]
    below = [screen.paint("quiet", screen.lay_out(line, first="  ", indent="    ")) for line in told.split("\n")]
    return "\n".join([screen.paint("name", title), *lines, *below])


def _aligned(row: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = row
    return "  ".join([first.ljust(widths[0]), *map(str.rjust, others, widths[1:])])


def _interval(column: str, measure: "Measure") -> str:
    """A line on how far chance could have moved a measure; nothing where that is not known."""
    if measure.low is None or measure.high is None:
        return ""
    bounds = f"from {measure.low:.2f} to {measure.high:.2f}"
    return f'\nWith other questions like these, "{column}" could be {bounds} (95 % interval).'


def _over(measure: "Measure") -> str:
    return f"{measure.questions:,}"


def _percent(measure: "Measure") -> str:
    return NONE if measure.value is None else _hundredths(measure.value)


def _hundredths(share: float) -> str:
    return f"{100 * share:.0f} %"


def _decimal(measure: "Measure") -> str:
    return NONE if measure.value is None else f"{measure.value:.2f}"

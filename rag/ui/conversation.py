"""One person's conversation with the collection: exchanges of a question and its reply, never shared with others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from rag.errors import RagError
from rag.records import Answer
from rag.ui.cards import card_set
from rag.ui.markup import Html, element
from rag.ui.notices import NONE_LEFT, problem, waiting
from rag.ui.opening import Opening
from rag.ui.replies import EXAMPLES, reply
from rag.ui.shelf import Shelf

SECONDS_BETWEEN_LOOKS = 0.3
SETS_KEPT = 12
EXCHANGES_SHOWN = 60
LONG_QUESTION = 280


@dataclass(frozen=True)
class Exchange:
    """A question, and either its answer or a note why there is none (yet)."""

    number: int
    question: str
    answer: Answer | None = None
    note: Html = field(default_factory=Html)


History = tuple[Exchange, ...]


def converse(
    opening: Opening,
    question: str,
    *,
    speakers: Sequence[str] = (),
    interviews: Sequence[str] = (),
    history: History = (),
    alone: bool = False,
) -> Iterator[History]:
    """The history with this question in it, first with a note while the collection opens, then with its answer.

    ``alone`` forgets the question before, so that "she" and "that" are not filled in from it.
    """
    number = history[-1].number + 1 if history else 1
    while not opening.settled:
        yield (*history, Exchange(number, question, note=waiting(opening.stage)))
        opening.wait(SECONDS_BETWEEN_LOOKS)
    previous = None if alone else latest_answer(history)
    yield (*history, _answered(opening, number, question, speakers, interviews, previous))


def latest_answer(history: History) -> Answer | None:
    """The answer that a follow-up question continues from."""
    answers = (exchange.answer for exchange in reversed(history))
    return next((answer for answer in answers if answer and answer.understood.kind != "empty"), None)


def _answered(
    opening: Opening,
    number: int,
    question: str,
    speakers: Sequence[str],
    interviews: Sequence[str],
    previous: Answer | None,
) -> Exchange:
    library = opening.library
    if opening.emptied:
        return Exchange(number, question, note=element("p", NONE_LEFT, class_="lead none"))
    if not library or opening.problem:
        return Exchange(number, question, note=problem(opening.problem or "Nothing is known about the reason."))
    if previous and not set(previous.understood.speakers) <= set(library.speakers):
        previous = None
    try:
        answer = library.ask(question, speakers=speakers, interviews=interviews, previous=previous)
    except RagError as error:
        return Exchange(number, question, note=element("p", str(error), class_="lead none"))
    return Exchange(number, question, answer)


def thread(history: History, shelf: Shelf) -> Html:
    """The conversation, oldest first; before the first question, what can be asked."""
    exchanges = [_exchange(exchange, shelf) for exchange in history[-EXCHANGES_SHOWN:]]
    return element(
        "div",
        *(exchanges or [_welcome()]),
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label="Conversation",
    )


def evidence(history: History, shelf: Shelf) -> Html:
    """The quote cards of the latest answers; only the last set is shown at first."""
    answered = [(exchange.number, exchange.answer) for exchange in history if exchange.answer and exchange.answer.hits]
    latest = history[-1].number if history else 0
    sets = [card_set(answer, number, shelf, shown=number == latest) for number, answer in answered[-SETS_KEPT:]]
    current = bool(answered) and answered[-1][0] == latest
    empty = element("p", "The quotes for your question appear here, with their speakers and sources.", class_="empty")
    return element(
        "div",
        Html() if current else empty,
        *sets,
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label="Quotes",
    )


def _exchange(exchange: Exchange, shelf: Shelf) -> Html:
    reply_to = reply(exchange.answer, exchange.number, shelf) if exchange.answer else exchange.note
    return element(
        "article",
        element("div", element("h2", "You asked", class_="unseen"), _question(exchange.question), class_="question"),
        element("div", element("h2", "Reply", class_="unseen"), reply_to, class_="reply"),
        class_="exchange",
        data_exchange=exchange.number,
    )


def _question(text: str) -> Html:
    shown = text.strip() or "(nothing written)"
    if len(shown) <= LONG_QUESTION:
        return element("p", shown, dir="auto")
    return element("details", element("summary", f"{shown[:LONG_QUESTION]}…"), element("p", shown), dir="auto")


def _welcome() -> Html:
    examples = [element("li", element("button", text, type="button", data_ask=text)) for text in EXAMPLES]
    return element(
        "div",
        element("h2", "Ask what was said, and by whom."),
        element("p", "Every answer is somebody’s own words, and shows where they stand."),
        element("ul", *examples, class_="examples", aria_label="Questions to begin with"),
        class_="welcome",
    )

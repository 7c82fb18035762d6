"""One person's conversation with the collection: exchanges of a question and its reply, never shared with others."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from rag.errors import RagError
from rag.records import Answer, Understood, Voices
from rag.ui.cards import card_set, set_title
from rag.ui.chips import otherwise
from rag.ui.markup import Html, element
from rag.ui.memory import Kept, recall, to_keep
from rag.ui.notices import NONE_LEFT, problem, waiting
from rag.ui.opening import Opening
from rag.ui.replies import reply
from rag.ui.shelf import Shelf
from rag.ui.whotable import MOST_COUNTED
from rag.wording import ASKING_FOR_PEOPLE

if TYPE_CHECKING:
    from rag.library import Library

SECONDS_BETWEEN_LOOKS = 0.3
QUOTES = 5
"""Quotes of an answer at most, unless it names people."""
SETS_KEPT, CARDS_KEPT = 12, 400
EXCHANGES_SHOWN = 60
LONG_QUESTION = 280
WORDS_OF_QUOTATION = 5
"""Words in quotation marks from which on a question may be meant as a quotation."""

EXAMPLES = 5
SEEDS = frozenset({"Caiyu Song", "Sitong Cao", "Weiqi Cai"})
"""The people of the interviews that come with whosaid, about whom there are questions made for them."""
OF_SEEDS = (
    "Who talks about unlearning?",
    "What does Weiqi say about her grandmother?",
    "Who moved to another country?",
    "How can I reach Sitong?",
    "Who won an Oscar?",
)
OF_ANYBODY = (
    "Who talks about family?",
    "Who moved to another country?",
    "Who learned something the hard way?",
    "Who talks about money?",
    "What was the most difficult part?",
)
_LOOKED_THROUGH = 200
"""Questions of interviews that are looked through for examples."""
_LONG_EXAMPLE = 80
_TOPIC = re.compile(
    r"[A-Z].*\babout (?:your |the |this |that |these |those |an? )?(?P<topic>[^\W\d_]+(?: [^\W\d_]+){0,2})\?"
)
_BEGINNINGS = frozenset("What Where When Why How Which Can Could Do Did Are Were Have Would".split())
"""First words of a question of which no other word is a name, as long as none is capital."""
_LEANING = frozenset("it this that these those them they he she him her we one so then there".split())
"""Words that mean something only beside what was said before."""
_NO_TOPIC = _LEANING | frozenset(
    "i you me us yourself yourselves himself herself themselves my his our their who what how why when where which "
    "is are was were do does did have has had".split()
)
_QUOTATION = re.compile(r"[\"“”„«](?P<words>[^\"“”„«»]+)[\"“”»]")
_NUMBERED = re.compile(r"[\d()]")


@dataclass(frozen=True)
class Exchange:
    """A question, and either its answer or a note why there is none (yet).

    ``otherwise`` tells how it is asked, where that is not as it was understood. ``drawn`` holds the cards of its
    answer, in view and not, once they were drawn: they are shown again with every later answer.
    """

    number: int
    question: str
    answer: Answer | None = None
    note: Html = field(default_factory=Html)
    otherwise: str = ""
    drawn: dict[bool, Html] = field(default_factory=dict, repr=False, compare=False)

    def cards(self, shelf: Shelf, *, shown: bool) -> Html:
        """The cards of its answer."""
        if self.answer and shown not in self.drawn:
            self.drawn[shown] = card_set(self.answer, self.number, shelf, shown=shown)
        return self.drawn.get(shown, Html())


History = tuple[Exchange, ...]


def converse(
    opening: Opening,
    question: str,
    *,
    speakers: Sequence[str] = (),
    interviews: Sequence[str] = (),
    role: Voices = "interviewee",
    history: History = (),
    kept: str = "",
    alone: bool = False,
) -> Iterator[History]:
    """The history with this question in it, first with a note while the collection opens, then with its answer.

    ``kept`` is what the browser keeps of the conversation, for where the history is lost. ``alone`` forgets the
    question before, so that "she" and "that" are not filled in from it.
    """
    while not opening.settled:
        yield (*history, Exchange(_next(history), question, note=waiting(opening.stage)))
        opening.wait(SECONDS_BETWEEN_LOOKS)
    history = history or restore(opening, kept)
    before = None if alone else latest_answer(history)

    def ask(library: "Library") -> Answer:
        known = before and set(before.understood.speakers) <= set(library.speakers)
        previous = before if known else None
        asked = library.understand(question, speakers=speakers, interviews=interviews, role=role, previous=previous)
        return library.answer(asked, k=_most(asked))

    yield (*history, _replied(opening, _next(history), question, ask))


def restore(opening: Opening, kept: str) -> History:
    """The history that a browser kept, with answers found again; empty as long as the collection is not open."""
    if not opening.settled or opening.problem or not opening.library:
        return ()
    return tuple(_again(opening, number, each) for number, each in enumerate(recall(kept), start=1))


def _next(history: History) -> int:
    """The number of the question that comes after these."""
    return history[-1].number + 1 if history else 1


def _again(opening: Opening, number: int, kept: Kept) -> Exchange:
    def ask(library: "Library") -> Answer:
        asked = kept.understood
        if asked.strangers and not kept.otherwise:  # they may have come meanwhile
            asked = library.understand(asked.text, interviews=asked.interviews, role=asked.role)
        return library.answer(asked, k=_most(asked))

    replied = _replied(opening, number, kept.question, ask)
    return replace(replied, otherwise=kept.otherwise)


def _most(understood: Understood) -> int:
    """How many quotes an answer has at the most: of people, all there are."""
    return MOST_COUNTED if understood.kind in ASKING_FOR_PEOPLE else QUOTES


def latest_answer(history: History) -> Answer | None:
    """The answer that a follow-up question continues from."""
    answers = (exchange.answer for exchange in reversed(history))
    return next((answer for answer in answers if answer and answer.understood.kind != "empty"), None)


def widen(opening: Opening, history: History, number: int, place: int) -> History:
    """The history with a question asked again, without one of the parts of what it was taken to mean.

    ``number`` is that of its exchange, and ``place`` that of the part; nothing is added where there is none.
    """
    from rag.library import understood_parts

    asked = next((each for each in history if each.number == number and each.answer), None)
    parts = understood_parts(asked.answer.understood) if asked and asked.answer else []
    part = parts[place] if place < len(parts) else None
    if not asked or not part or not part.without:
        return history
    return (*history, _again(opening, _next(history), Kept(asked.question, part.without, otherwise(part))))


def _replied(opening: Opening, number: int, question: str, ask: "Callable[[Library], Answer]") -> Exchange:
    library = opening.library
    if opening.emptied:
        return Exchange(number, question, note=element("p", NONE_LEFT, class_="lead none"))
    if not library or opening.problem:
        return Exchange(number, question, note=problem(opening.problem or "Nothing is known about the reason."))
    try:
        return Exchange(number, question, ask(library))
    except RagError as error:
        return Exchange(number, question, note=element("p", str(error), class_="lead none"))


def thread(history: History, shelf: Shelf) -> Html:
    """The conversation, oldest first; before the first question, what can be asked."""
    exchanges = [_exchange(exchange, shelf) for exchange in history[-EXCHANGES_SHOWN:]]
    return element(
        "div",
        *(exchanges or [_welcome(shelf)]),
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label="Conversation",
    )


def evidence(history: History, shelf: Shelf) -> Html:
    """The quote cards of the latest answers; only the last set is shown at first."""
    answered = [exchange for exchange in history if exchange.answer and exchange.answer.hits]
    latest = history[-1] if history else None
    sets = [exchange.cards(shelf, shown=exchange is latest) for exchange in _kept(answered)]
    current = bool(answered) and answered[-1] is latest
    empty = element("p", "The quotes for your question appear here, with their speakers and sources.", class_="empty")
    return element(
        "div",
        Html() if current else empty,
        element("p", "The quotes stand under each reply.", class_="folded"),
        *sets,
        class_="scroll",
        tabindex="0",
        role="region",
        aria_label="Quotes",
    )


def _kept(answered: Sequence[Exchange]) -> Sequence[Exchange]:
    """The latest answers, as many as have no more cards together than a browser shows at ease; the last one always."""
    sizes = [len(each.answer.hits) for each in answered if each.answer]
    kept, cards = 1, sum(sizes[-1:])
    for size in reversed(sizes[-SETS_KEPT:-1]):
        cards += size
        if cards > CARDS_KEPT:
            break
        kept += 1
    return answered[-kept:]


def _exchange(exchange: Exchange, shelf: Shelf) -> Html:
    answer, number = exchange.answer, exchange.number
    reply_to = [reply(answer, number, shelf), _offer(exchange.question), _fold(answer)] if answer else [exchange.note]
    return element(
        "article",
        element("div", element("h2", "You asked", class_="unseen"), _question(exchange.question), class_="question"),
        element("p", f"Asked again {exchange.otherwise}.", class_="left-out") if exchange.otherwise else "",
        element("div", element("h2", "Reply", class_="unseen"), *reply_to, class_="reply"),
        class_="exchange",
        data_exchange=number,
        data_kept=to_keep(Kept(exchange.question, answer.understood, exchange.otherwise)) if answer else None,
    )


def _offer(question: str) -> Html:
    """Whoever pastes a quotation may want it checked rather than asked about."""
    match = _QUOTATION.search(question)
    if not match or len(match["words"].split()) < WORDS_OF_QUOTATION:
        return Html()
    button = element("button", "Check this as a quotation", type="button", data_check=match["words"])
    return element("p", button, class_="offer")


def _fold(answer: Answer) -> Html:
    """Where the cards of an answer stand in a window of one column: under the reply, folded."""
    if not answer.hits:
        return Html()
    return element("details", element("summary", set_title(answer)), element("div", class_="held"), class_="under")


def _question(text: str) -> Html:
    shown = text.strip() or "(nothing written)"
    if len(shown) <= LONG_QUESTION:
        return element("p", shown, dir="auto")
    return element("details", element("summary", f"{shown[:LONG_QUESTION]}…"), element("p", shown), dir="auto")


def examples(shelf: Shelf) -> list[str]:
    """Questions to begin with, which name nobody but speakers of this collection; none before it is open."""
    if not shelf.interviews:
        return []
    if shelf.tones.keys() >= SEEDS:
        return list(OF_SEEDS)
    people = [name for name in shelf.tones if not _NUMBERED.search(name)]
    asked = list(islice(_asked(shelf), _LOOKED_THROUGH))
    topics = [(name, topic) for name, question in asked if name in people and (topic := _topic(question))]
    others = [name for name in people if name not in dict(topics[:1])] or people
    found = [f"What does {name} say about {topic}?" for name, topic in topics[:1]]
    found += [f"Who is {name}?" for name in others[:1]]
    found += [question for _, question in asked if _stands_alone(question) and not _topic(question)][:1]
    return list(dict.fromkeys([*found, *OF_ANYBODY]))[:EXAMPLES]


def _asked(shelf: Shelf) -> Iterator[tuple[str, str]]:
    """Who answers each question that was asked, where that is one person, and the question's last sentence."""
    for interview in shelf.interviews.values():
        for pair in interview.pairs:
            if pair.question_span and len(pair.interviewees) == 1:
                question = " ".join(pair.question_span.of(interview.source.text).split())
                yield pair.interviewees[0], re.split(r"(?<=[.!?…]) ", question)[-1]


def _topic(question: str) -> str:
    """What a question is about, where it says so in plain words that are nobody's name."""
    match = _TOPIC.fullmatch(question)
    topic = match["topic"] if match else ""
    return topic if topic.islower() and _NO_TOPIC.isdisjoint(topic.split()) else ""


def _stands_alone(question: str) -> bool:
    """Whether a question is short, names nobody, and can be asked without what was said before it."""
    first, *words = question.removesuffix("?").split() or [""]
    plain = all(word in ("I", "I'm", "I’m") or word == word.lower() for word in words)
    short = len(words) > 2 and len(question) <= _LONG_EXAMPLE and question.endswith("?")
    return first in _BEGINNINGS and plain and short and _LEANING.isdisjoint(words)


def _welcome(shelf: Shelf) -> Html:
    begin = [element("li", element("button", text, type="button", data_ask=text)) for text in examples(shelf)]
    return element(
        "div",
        element("h2", "Ask what was said, and by whom."),
        element("p", "Every answer is somebody’s own words, and shows where they stand."),
        element("ul", *begin, class_="examples", aria_label="Questions to begin with"),
        class_="welcome",
    )

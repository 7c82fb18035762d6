"""The values that flow from a file to an answer, each frozen and impossible to build wrong.

A *source* is one interview as text; a *span* is a stretch of its characters.
Everything that is ever shown of an interview is a span of its source: the words themselves are stored once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from rag.source import Located, Mark, Moment, Place, Source, Span, Stated, Transcript, quote_id

Role = Literal["interviewer", "interviewee", "unknown"]
PassageKind = Literal["answer", "question", "contact", "credits"]
QuestionKind = Literal["who", "what", "compare", "count", "contact", "credits", "empty"]
Sought = Literal["said", "mentioned", "asked", "asker"]
Voices = Literal["interviewee", "interviewer", "anybody"]
"""Whose words count: what those interviewed say, what interviewers ask and say, or both."""

UNKNOWN_SPEAKER = "unknown speaker"
SPOKEN: tuple[PassageKind, ...] = ("answer", "question")
"""Kinds of passages that somebody says aloud."""

__all__ = [
    "UNKNOWN_SPEAKER",
    "Answer",
    "Contact",
    "Hit",
    "Interview",
    "Located",
    "Mark",
    "Moment",
    "Passage",
    "PassageKind",
    "Place",
    "QAPair",
    "QuestionKind",
    "Role",
    "Sought",
    "Source",
    "Span",
    "Speaker",
    "Stated",
    "Transcript",
    "Turn",
    "Understood",
    "Voices",
    "Why",
    "quote_id",
]


@dataclass(frozen=True, slots=True)
class Speaker:
    """A person (or an honest "Speaker 1") heard in one interview; ``aliases`` are the other spellings met there.

    ``plain`` is the name that the interview itself gives, where the collection has to show another; ``given`` says
    that the user gave it.
    """

    name: str
    role: Role = "unknown"
    aliases: tuple[str, ...] = ()
    plain: str = ""
    given: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueError("a speaker needs a name")


@dataclass(frozen=True, slots=True)
class Turn:
    """What one speaker says until another one speaks."""

    speaker: str
    role: Role
    span: Span


@dataclass(frozen=True, slots=True)
class QAPair:
    """The interviewer's turns (``question``; none where an interview starts with an answer) and the answer's."""

    question: tuple[Turn, ...]
    answer: tuple[Turn, ...]

    def __post_init__(self) -> None:
        if not self.answer:
            raise ValueError("a Q/A pair needs an answer")

    @property
    def question_span(self) -> Span | None:
        """From the first to the last character of the question that was asked."""
        return Span(self.question[0].span.start, self.question[-1].span.end) if self.question else None

    @property
    def answer_span(self) -> Span:
        """From the first to the last character of the answer."""
        return Span(self.answer[0].span.start, self.answer[-1].span.end)

    @property
    def interviewer(self) -> str | None:
        """Who asked."""
        return self.question[-1].speaker if self.question else None

    @property
    def interviewees(self) -> tuple[str, ...]:
        """Who answered, in the order in which they first speak."""
        return tuple(dict.fromkeys(turn.speaker for turn in self.answer))


@dataclass(frozen=True, slots=True)
class Contact:
    """One entry of an interview's contact list, such as ``Website: https://...``."""

    label: str
    value: str
    span: Span

    @property
    def link(self) -> str | None:
        """An address that a browser can open, where the entry gives one."""
        if self.value.startswith(("http://", "https://")):
            return self.value
        if self.label.casefold() == "instagram" and " " not in self.value:
            return f"https://www.instagram.com/{self.value.lstrip('@')}/"
        return None


@dataclass(frozen=True)
class Interview:
    """One source, understood: who speaks, the Q/A pairs, and what belongs to nobody's answer, kept aside.

    ``apart`` are stretches within turns that nobody says: headings, lone time stamps, captions of pictures.
    ``layout`` says by what the turns were told apart; ``recording`` is a link or a path to what was recorded.
    ``corrected`` is the digest of what the user corrected, empty where nothing was.
    """

    source: Source
    title: str
    speakers: tuple[Speaker, ...]
    turns: tuple[Turn, ...]
    pairs: tuple[QAPair, ...]
    introduction: tuple[Span, ...] = ()
    contacts: tuple[Contact, ...] = ()
    credits: tuple[Span, ...] = ()
    warnings: tuple[str, ...] = ()
    apart: tuple[Span, ...] = ()
    layout: str = ""
    date: str = ""
    link: str = ""
    recording: str = ""
    corrected: str = ""

    def __post_init__(self) -> None:
        if any(after.span.start < before.span.end for before, after in pairwise(self.turns)):
            raise ValueError(f"turns of {self.source.name} overlap or are out of order")

    @property
    def remainder(self) -> tuple[Span, ...]:
        """All that is in no turn, to the character: introduction, labels, headings, notes, contacts, white space."""
        starts = [0, *(turn.span.end for turn in self.turns)]
        ends = [*(turn.span.start for turn in self.turns), len(self.source.text)]
        return tuple(Span(start, end) for start, end in zip(starts, ends, strict=True) if start < end)

    @property
    def interviewees(self) -> tuple[str, ...]:
        """The names of those who answer."""
        return tuple(speaker.name for speaker in self.speakers if speaker.role != "interviewer")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one turn, whole sentences, that fits the embedder's window.

    ``question`` is what was asked; ``sentences`` tile the passage and are the smallest things that have a vector.
    ``kind`` tells an answer from an interviewer's words, and from a contact list or image credits, which nobody said
    aloud.
    """

    source: str
    span: Span
    speaker: str
    sentences: tuple[Span, ...]
    question: Span | None = None
    kind: PassageKind = "answer"

    def __post_init__(self) -> None:
        if not self.sentences or not all(self.span.holds(sentence) for sentence in self.sentences):
            raise ValueError(f"sentences outside their passage {self.span}")
        if any(after.start < before.end for before, after in pairwise(self.sentences)):
            raise ValueError(f"sentences out of order in the passage {self.span}")


@dataclass(frozen=True, slots=True)
class Why:
    """Why a passage matched: content words it shares with the question, and closeness in meaning (cosine, -1 to 1)."""

    words: tuple[str, ...]
    meaning: float


@dataclass(frozen=True)
class Hit(Located):
    """A passage found for a question. All its text is cut from the source by offsets.

    ``score`` is the learned probability, 0 to 1, that this passage says what was asked. It does not give the order:
    which passage is nearest and whether it says enough are two questions.
    ``sentence`` is the span, within ``span``, of the sentence that matched best.
    """

    passage: Passage
    origin: Source = field(repr=False)
    sentence: Span
    score: float
    why: Why

    def __post_init__(self) -> None:
        if not self.passage.span.holds(self.sentence):
            raise ValueError(f"the sentence {self.sentence} is not in the passage {self.passage.span}")
        if not 0 <= self.score <= 1:
            raise ValueError(f"not a probability: {self.score}")

    @property
    def id(self) -> str:
        """The name of the quote, which survives re-indexing."""
        return quote_id(self.origin, self.span)

    @property
    def speaker(self) -> str:
        """Who says it."""
        return self.passage.speaker

    @property
    def quote(self) -> str:
        """The words, an exact slice of the source."""
        return self.span.of(self.origin.text)

    @property
    def marked(self) -> str:
        """The sentence that matched, an exact slice of the source."""
        return self.sentence.of(self.origin.text)

    @property
    def question(self) -> str | None:
        """What the interviewer asked, an exact slice of the source."""
        return self.passage.question.of(self.origin.text) if self.passage.question else None

    @property
    def span(self) -> Span:
        """Where the quote stands in the source, in characters."""
        return self.passage.span

    @property
    def start(self) -> int:
        """The first of these characters."""
        return self.span.start

    @property
    def kind(self) -> PassageKind:
        """Whether this was an answer, an interviewer's words, a contact list or image credits."""
        return self.passage.kind

    @property
    def aloud(self) -> bool:
        """Whether somebody said it, and it was not merely printed with the interview."""
        return self.kind in SPOKEN


@dataclass(frozen=True, slots=True)
class Understood:
    """All that a question is taken to mean.

    ``text`` is the question as it was asked.
    ``kind`` is what kind of answer is wanted: the people ("who"), words ("what"), the words of several people beside
    one another ("compare": of those named, of everybody where none is), how many people ("count"), how to reach
    somebody ("contact"), where pictures come from ("credits"); "empty" where nothing is asked.
    ``topic`` is what is asked without its frame: "who talks about unlearning?" has the topic "unlearning". It is empty
    only where nothing but a name or a frame was given.
    ``speakers`` are those it is about (empty: anybody); ``strangers`` are names that nobody here bears;
    ``excluded`` are those whose words do not count ("who besides Caiyu?", "what about the others?").
    ``interviews`` are the files that it is limited to, and ``role`` tells whose words count.
    ``sought`` is what the topic should stand in: in what was "said"; there as a name or a word ("mentioned"); in a
    question, and wanted are those who answered it ("asked") or the question itself and who put it ("asker").
    ``negated`` says that a negative predicate is asked for; the topic keeps its words ("never went to film school"),
    but for those of the frame: "who never mentions money?" asks with the topic "money" who is silent about it.
    ``carried`` says that person or topic come from the question before; ``skip`` holds ids already shown.
    """

    text: str
    kind: QuestionKind
    topic: str
    speakers: tuple[str, ...] = ()
    strangers: tuple[str, ...] = ()
    interviews: tuple[str, ...] = ()
    carried: bool = False
    skip: tuple[str, ...] = ()
    sought: Sought = "said"
    negated: bool = False
    excluded: tuple[str, ...] = ()
    role: Voices = "interviewee"


@dataclass(frozen=True)
class Answer:
    """The reply to one question: quotes by speaker, and whether anyone said it at all.

    ``speakers`` are those who say it, best first; ``silent`` those who were searched and have nothing.
    ``hits`` are best first; when ``said`` is false they are merely the nearest passages.
    ``confidence`` is the calibrated probability, 0 to 1, that somebody said it.
    """

    understood: Understood
    said: bool
    confidence: float
    speakers: tuple[str, ...]
    silent: tuple[str, ...]
    hits: tuple[Hit, ...]

    def __post_init__(self) -> None:
        if self.said and not self.hits:
            raise ValueError("an answer that says somebody said it needs the quotes")
        if not self.said and self.speakers:
            raise ValueError("nobody said it, so nobody can be named for it")

    def by_speaker(self) -> Iterator[tuple[str, tuple[Hit, ...]]]:
        """The hits of each speaker, speakers in the order of their best hit."""
        for name in dict.fromkeys(hit.speaker for hit in self.hits):
            yield name, tuple(hit for hit in self.hits if hit.speaker == name)

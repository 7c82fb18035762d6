"""Asking an index: what a question means, which passages answer it, and whether anybody said it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import numpy as np

from rag import answer as answers
from rag import spelling
from rag.calibration import learned
from rag.embedder import Embedder
from rag.filters import namesakes, one_of
from rag.frames import is_introduction
from rag.index import Index
from rag.people import People
from rag.question import understand_question
from rag.ranker import learned_ranker
from rag.ranking import Mask
from rag.records import UNKNOWN_SPEAKER, Answer, PassageKind, Sought, Understood, Voices
from rag.reranker import Reranker
from rag.retriever import Ranked, Retriever
from rag.windows import KINDS

INTRODUCTION = "introduce yourself, who you are and what you do"
"""The topic that is looked for when a question asks nothing but who somebody is."""
SEARCHED: Mapping[Voices, tuple[PassageKind, ...]] = {
    "interviewee": ("answer", "credits"),
    "interviewer": ("question",),
    "anybody": ("answer", "question", "credits"),
}
"""Kinds of passages that are searched for what was said; contact lists only when somebody asks for them."""
DECIDED: Mapping[Sought, Voices] = {"asked": "interviewee", "asker": "interviewer"}
"""Whose words a question is about that says so itself: "who was asked", "who asked"."""
Names = Sequence[str]


class Inquiry:
    """An index that can be asked; see ``rag.library.Library`` for what each method takes and gives."""

    def __init__(self, index: Index, embedder: Embedder, reranker: Reranker | None) -> None:
        self.index, self.embedder, self.reranker = index, embedder, reranker
        self.calibration = learned()
        self.retriever = Retriever(index, learned_ranker(), self.calibration)

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """The names of those interviewed, in alphabetical order."""
        return self._heard(self.index.only((), (), ("answer", "contact", "credits")))

    def ask(self, understood: Understood, k: int) -> Answer:
        """Who says it, with quotes; or that nobody does, with the nearest passages."""
        if understood.kind == "empty":
            return answers.nobody(understood, 0.0, (), ())
        allowed = self.allowed(understood)
        searched = self._searched(understood, allowed)
        ranked = self._rank(understood, allowed)
        if understood.kind == "contact":
            return answers.reach(understood, ranked.hits(), searched)
        introduced = understood.speakers and understood.topic == INTRODUCTION
        if len(ranked) and (understood.kind == "credits" or introduced):
            return answers.said(understood, 1.0, searched, ranked.hits(k))
        return answers.decide(understood, ranked, self.calibration, searched, k)

    def understand(
        self, question: str, speakers: Names, interviews: Names, previous: Answer | None, role: Voices = "interviewee"
    ) -> Understood:
        """What a question is taken to ask.

        Raises:
            UnknownNameError: a filter names somebody or something that is not there.
        """
        names = tuple(self.index.by_name)
        within = tuple(one_of(name, names, "interview") for name in interviews)
        known = self._known(within, role)
        what = "speaker in these interviews" if within else "speaker"
        chosen = tuple(one for name in speakers for one in namesakes(name, known, self._plain, what))
        understood = understand_question(
            question, self._people, is_word=spelling.is_word, said=self._vocabulary, previous=previous
        )
        topic = spelling.correct(understood.topic, self._vocabulary)
        if understood.speakers and understood.kind != "contact" and is_introduction(topic):
            topic = INTRODUCTION
        named = tuple(name for name in understood.speakers if name in known) or understood.speakers
        people = tuple(name for name in chosen if name in named) or chosen or named
        whose = DECIDED.get(understood.sought, role)
        return replace(understood, topic=topic, speakers=people, interviews=within, role=whose)

    def check(self, understood: Understood) -> None:
        """Refuse a question about what is not there.

        Raises:
            UnknownNameError: a person or an interview that it names is not.
        """
        for name in (*understood.speakers, *understood.excluded):
            one_of(name, self.index.names, "speaker")
        for name in understood.interviews:
            one_of(name, tuple(self.index.by_name), "interview")

    def rank(self, understood: Understood) -> Ranked:
        """The passages that answer a question, best first."""
        return self._rank(understood, self.allowed(understood))

    def _rank(self, understood: Understood, allowed: Mask) -> Ranked:
        reading = self.embedder.read([understood.topic])[0]
        if understood.sought == "asked":
            asking = self.index.only((), understood.interviews, ("question",))
            ranked = self.retriever.rank_answers(understood, reading, asking, allowed)
        elif understood.sought == "mentioned":
            ranked = self.retriever.rank_mentions(understood, reading, allowed)
        else:
            ranked = self.retriever.rank(understood, reading, allowed)
        ranked = ranked.without_repeats()
        if self.reranker:
            ranked = ranked.reread(understood.text, self.reranker)
        if not understood.skip:
            return ranked
        return ranked.only([at for at, name in enumerate(ranked.ids) if name not in understood.skip])

    def allowed(self, understood: Understood) -> Mask:
        """The passages that may be the answer."""
        kinds = SEARCHED[DECIDED.get(understood.sought, understood.role)]
        if understood.kind in ("contact", "credits"):
            kinds = (understood.kind,)
        speakers = self._asked_about(understood)
        return self.index.only(speakers, understood.interviews, kinds)

    def _asked_about(self, understood: Understood) -> tuple[str, ...]:
        """Those whose words count; everybody, if that is nobody in particular."""
        if understood.speakers or not understood.excluded:
            return understood.speakers
        return tuple(name for name in self.index.names if name not in understood.excluded)

    def _searched(self, understood: Understood, allowed: Mask) -> tuple[str, ...]:
        """The people whose words a question is answered from; nobody, where it asks for what nobody said aloud."""
        if understood.kind in ("contact", "credits"):
            return ()
        if understood.speakers:
            return understood.speakers
        return self._heard(allowed)

    def _known(self, interviews: Names, role: Voices) -> tuple[str, ...]:
        """Those who have a role and are heard in some interviews (in any, if none are named), in alphabetical order."""
        if role == "interviewee" and not interviews:
            return self.speakers
        asking = self._heard(self.index.only((), interviews, ("question",))) if role != "interviewee" else ()
        answering = self._heard(self.index.only((), interviews, KINDS)) if role != "interviewer" else ()
        return tuple(sorted({*asking, *(name for name in answering if name in self._interviewed)}))

    @cached_property
    def _interviewed(self) -> frozenset[str]:
        return frozenset(self.speakers)

    def _heard(self, allowed: Mask) -> tuple[str, ...]:
        """The names of those who speak in some passages, in alphabetical order."""
        counts = np.bincount(self.index.speaker_of[allowed], minlength=len(self.index.names))
        return tuple(sorted({self.index.names[number] for number in np.flatnonzero(counts)} - {UNKNOWN_SPEAKER}))

    @cached_property
    def _people(self) -> People:
        return People(self.speakers, self._plain)

    @cached_property
    def _plain(self) -> dict[str, str]:
        """What those are called in their interviews whose names have these in brackets here."""
        speakers = (speaker for interview in self.index.interviews for speaker in interview.speakers)
        return {each.name: each.plain for each in speakers if each.plain and each.name.startswith(f"{each.plain} (")}

    @cached_property
    def _vocabulary(self) -> frozenset[str]:
        """Every content word of the interviews, folded."""
        return frozenset(self.index.vocabulary.words)

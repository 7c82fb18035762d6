"""Checking a quotation: who says it, and whether word for word.

What is exact is what a fact checker would print: every word is as said, in one speech, with all its letters and
accents.
Quotation marks and dashes of any shape, spaces, line breaks and ligatures count for nothing; capitals and the marks
between words are remarked on.
What differs in more than two words of five, or in most words that carry meaning, is not found.
Words that an editor marks as left out or put in are remarked on too, unless they can hide that the contrary was said,
which alters a quotation.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from rag.checked import CheckedQuote, FoundPlace, Reason, Remark, Verdict
from rag.differences import compare, denials, ending, remarks
from rag.errors import UnknownNameError
from rag.filters import namesakes
from rag.guard import guard
from rag.locating import Found, find_across, find_said, is_nobodys
from rag.names import plain_words
from rag.nearest import LONGEST, Near, nearest
from rag.quotation import Pieces, Quotation
from rag.records import UNKNOWN_SPEAKER, Interview, Span, Turn
from rag.spoken import NOBODY, Spoken, Words
from rag.stitching import stitch

FEWEST_WORDS = 3
"""Words of the shortest quotation that can be looked for; fewer are said everywhere."""
CLOSE = 0.8
"""From this similarity on, a quotation that is also made of pieces found elsewhere counts as altered."""
_PREFERRED = {"interviewee": 0, "unknown": 1, "interviewer": 2}


def check(quotation: str, interviews: Sequence[Interview], speaker: str | None = None) -> CheckedQuote:
    """Look for a quotation in all interviews.

    Args:
        quotation: as it was pasted, of any length.
        interviews: those that are searched, in the order in which places are told.
        speaker: who is said to say it: a name, or a part of it that only one person here has.

    Raises:
        UnknownNameError: nobody who speaks here is called so.
    """
    named = _named(speaker, interviews) if speaker and interviews else ()
    claim = Quotation(quotation)
    unfit = _unfit(claim, interviews)
    if unfit:
        return CheckedQuote(quotation, named, "cannot check", unfit)
    return _Check(claim, named, interviews).outcome()


def _unfit(claim: Quotation, interviews: Sequence[Interview]) -> Reason:
    if not interviews:
        return "no interviews"
    if not len(claim.literal):
        return "empty"
    return "short" if len(claim.edited) < FEWEST_WORDS and len(claim.literal) < FEWEST_WORDS else ""


class _Check:
    """One quotation, looked for in one collection."""

    def __init__(self, claim: Quotation, named: tuple[str, ...], interviews: Sequence[Interview]) -> None:
        self.claim, self.named = claim, named
        self.interviews = [Spoken(each) for each in interviews]

    def outcome(self) -> CheckedQuote:
        """The first of these that is found: exact, across turns, stitched or altered."""
        for pieces in (self.claim.literal, self.claim.edited):
            found = [each for spoken in self.interviews for each in find_said(pieces, spoken)] if pieces.runs else []
            if found:
                return self._found(pieces, found)
        return self._across() or self._near_or_stitched()

    def _found(self, pieces: Pieces, found: list[Found]) -> CheckedQuote:
        whole = [each for each in found if not any(denials(pieces, each))]
        ordered = self._ordered(whole or found)
        return self._compared(self._verdict(ordered) if whole else "altered", pieces, ordered)

    def _verdict(self, ordered: Sequence[Found]) -> Verdict:
        """Whose words they are, and whether that is as it was said to be."""
        speeches = [each.spoken.speeches[each.owner] for each in ordered]
        if self.named and speeches[0].speaker in self.named:
            return "exact"
        if speeches[0].role == "interviewer":
            return "asked"
        if self.named and any(each.speaker == UNKNOWN_SPEAKER and each.role != "interviewer" for each in speeches):
            return "cannot check"
        return "other speaker" if self.named else "exact"

    def _ordered(self, found: Iterable[Found]) -> list[Found]:
        """Those of the named first, then those who answer; otherwise as they stand."""

        def rank(each: Found) -> tuple[bool, int]:
            speech = each.spoken.speeches[each.owner]
            return speech.speaker not in self.named, _PREFERRED[speech.role]

        return sorted(found, key=rank)

    def _compared(
        self, verdict: Verdict, pieces: Pieces, found: Sequence[Found], similarity: float = 1.0
    ) -> CheckedQuote:
        quotation, first = self.claim.text, found[0]
        places = tuple(self._place(each, quotation) for each in found)
        told = compare(pieces, first, places[0].span.end)
        noted = (*denials(pieces, first), *remarks(quotation, first.words.text, pieces, told))
        if verdict != "altered":
            noted = (*noted, *_ended_otherwise(pieces, places[0]))
        reason: Reason = "unknown speaker" if verdict == "cannot check" else ""
        losses = guard(first.spoken.interview, places[0].span).losses if places[0].aloud else ()
        return CheckedQuote(quotation, self.named, verdict, reason, places, told, noted, similarity, losses)

    def _across(self) -> CheckedQuote | None:
        """All its words next to one another, over several turns or where nobody speaks."""
        runs = self.claim.literal.runs
        found = [each for spoken in self.interviews for each in find_across(runs[0], spoken)]
        if not found:
            return None
        printed = [parts[0] for parts in found if is_nobodys(parts)]
        if len(printed) == len(found):
            return self._compared("printed", self.claim.literal, printed)
        parts = next(parts for parts in found if not is_nobodys(parts))
        return self._stitched([(part, _share(runs[0], parts, part)) for part in parts])

    def _near_or_stitched(self) -> CheckedQuote:
        pieces = self.claim.edited if len(self.claim.edited) else self.claim.literal
        if len(pieces) > LONGEST:
            return CheckedQuote(self.claim.text, self.named, "cannot check", "long")
        near = self._nearest(pieces)
        far_apart = near and not near.distance
        if not near or far_apart or near.similarity < CLOSE:
            parts = stitch(pieces, self.interviews, self.named)
            if parts and (not near or far_apart or not _lie_within([part for part, _ in parts], near.found)):
                return self._stitched(parts)
        if near:
            return self._compared("altered", pieces, [near.found], near.similarity)
        return CheckedQuote(self.claim.text, self.named, "not found")

    def _nearest(self, pieces: Pieces) -> Near | None:
        theirs = nearest(pieces, self.interviews, self.named) if self.named else None
        return theirs or nearest(pieces, self.interviews)

    def _stitched(self, parts: Sequence[tuple[Found, str]]) -> CheckedQuote:
        places = tuple(self._place(part, quoted) for part, quoted in parts)
        return CheckedQuote(self.claim.text, self.named, "stitched", places=places, similarity=1.0)

    def _place(self, found: Found, quoted: str) -> FoundPlace:
        parts = [found.words.span(*stretch) for stretch in found.stretches]
        behind = ending(found.words.text, parts[-1].end)
        if behind and quoted.rstrip("\"'”’») \n\t").endswith(behind):
            parts[-1] = Span(parts[-1].start, parts[-1].end + len(behind))
        span, source = Span(parts[0].start, parts[-1].end), found.spoken.source
        if found.owner == NOBODY:
            return FoundPlace(source, span, "", "unknown", quoted, tuple(parts))
        speech = found.spoken.speeches[found.owner]
        asked = _asked(found.spoken.interview, speech.turns)
        return FoundPlace(source, span, speech.speaker, speech.role, quoted, tuple(parts), asked)


def _ended_otherwise(pieces: Pieces, place: FoundPlace) -> Iterator[Remark]:
    """A question or a call that the quotation makes a statement, or the other way round."""
    quotation, last = pieces.runs[-1].text, pieces.runs[-1].places[-1]
    text, end = place.origin.text, place.parts[-1].end
    while text[end - 1] in ".?!…":
        end -= 1
    ours, theirs = ending(quotation, last[1]), ending(text, end)
    if ours and set(ours) & set("?!") != set(theirs) & set("?!"):
        said = Words.of(text, place.span.start, end).places[-1]
        yield Remark("punctuation", quotation[last[0] : last[1]] + ours, text[said[0] : end] + theirs)


def _asked(interview: Interview, turns: Sequence[Turn]) -> Span | None:
    """What had been asked before these turns."""
    return next((pair.question_span for pair in interview.pairs if turns[0] in pair.answer), None)


def _share(run: Words, parts: Sequence[Found], part: Found) -> str:
    """The words of the quotation that stand in one of several stretches that follow one another."""
    before = sum(each.length for each in parts[: parts.index(part)])
    return run.span(before, before + part.length).of(run.text)


def _lie_within(parts: Sequence[Found], found: Found) -> bool:
    return all(part.spoken is found.spoken and part.owner == found.owner for part in parts)


def _named(asked: str, interviews: Sequence[Interview]) -> tuple[str, ...]:
    """Those who are called so: by their whole name, or else the one person who has all these words in theirs."""
    known = tuple(sorted({turn.speaker for interview in interviews for turn in interview.turns} - {UNKNOWN_SPEAKER}))
    people = list(chain.from_iterable(interview.speakers for interview in interviews))
    plain: Mapping[str, str] = {each.name: each.plain for each in people if each.plain and each.name in known}
    try:
        return namesakes(asked, known, plain, "speaker")
    except UnknownNameError:
        wanted = set(plain_words(asked))
        alike = tuple(name for name in known if wanted and wanted <= set(plain_words(name)))
        if len(alike) != 1:
            raise
        return alike

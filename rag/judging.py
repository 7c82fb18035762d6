"""The sentences about a checked quotation, so that all surfaces say the same; not how they are shown."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from rag.records import UNKNOWN_SPEAKER
from rag.wording import count, count_in_words, listed, lost

if TYPE_CHECKING:
    from rag.library import CheckedQuote, FoundPlace, Remark

INTERVIEWER = "the interviewer"
SOMEBODY = "somebody"
_REASONS: Mapping[str, str] = {
    "empty": "there are no words in this quotation",
    "short": "fewer than three words are said everywhere; give more of the quotation",
    "long": "this is longer than any quotation that can be compared; check it in parts",
    "no interviews": "there are no interviews here",
}


def said_by(place: "FoundPlace") -> str:
    """Who says what stands at a place, as the line above it."""
    if not place.aloud:
        return "Nobody"
    if place.role == "interviewer":
        return f"{place.speaker} (interviewer)" if place.attributed else "Interviewer"
    return place.speaker[0].upper() + place.speaker[1:]


def judged(made: "CheckedQuote", *, interviews: int) -> str:
    """The verdict on a quotation that was looked for in that many interviews, in one sentence or two."""
    if made.verdict == "not found":
        everywhere = "this interview" if interviews == 1 else f"these {interviews:,} interviews"
        return f"Not found: nobody in {everywhere} says this, nor nearly this."
    return _JUDGED[made.verdict](made)


def minded(made: "CheckedQuote") -> list[str]:
    """All that is to be minded, a sentence each."""
    text = made.places[0].origin.text if made.places else ""
    losses = [f"{lost(each, 'this quotation')} “{each.words.of(text)}”" for each in made.losses]
    return [*losses, *map(_remarked, made.remarks)]


def _remarked(remark: "Remark") -> str:
    quoted, said = f"“{remark.quoted}”", f"“{remark.said}”"
    if remark.kind in ("capitals", "punctuation"):
        return f"{remark.kind.capitalize()}: {quoted} stands as {said}."
    if remark.kind == "omission":
        left_out = count_in_words(len(remark.said.split()), "word is", "words are") if remark.said else "Nothing is"
        return f"{left_out} left out at {quoted}."
    if remark.kind == "insertion":
        return f"{quoted} is an editor’s: {f'it stands for {said}' if remark.said else 'nothing stands there'}."
    if remark.kind == "denial":
        return f"{quoted} hides {said}, which can turn the meaning round."
    differs = f"{quoted} stands for {said}" if remark.quoted and remark.said else ""
    return f"A {remark.kind} differs: {differs or (f'{quoted} is added' if remark.quoted else f'{said} is left out')}."


def _exact(made: "CheckedQuote") -> str:
    place = made.places[0]
    others = [name for name in made.speakers if name != place.speaker]
    also = f"; so {'do' if len(others) > 1 else 'does'} {listed(others)}" if others else ""
    untold = "" if place.attributed or place.role == "interviewer" else "; the file does not tell who"
    marked = any(remark.kind in ("omission", "insertion") for remark in made.remarks)
    but = ", but for what is marked" if marked else ""
    return f"Exact: {_name(place)} says this word for word{but}{also}{untold}."


def _altered(made: "CheckedQuote") -> str:
    who = _name(made.places[0])
    if made.similarity == 1:
        return f"Altered: these are words of {who}, but what the marks hide can turn their meaning round."
    but = f"; {_named(made)} does not" if made.named and made.places[0].speaker not in made.named else ""
    return f"Altered: {who} says nearly this, but not word for word{but}."


def _stitched(made: "CheckedQuote") -> str:
    places = count(len(made.places), "place")
    return f"Stitched: these words stand in {places}, {_whose(made)}; nobody says them as one."


def _other_speaker(made: "CheckedQuote") -> str:
    says = "say" if len(made.speakers) > 1 else "says"
    return f"Another speaker: {listed(made.speakers)} {says} this word for word, and {_named(made)} does not."


def _asked(made: "CheckedQuote") -> str:
    whose = f", and not of {_named(made)}" if made.named else ""
    who = _name(made.places[0])
    return (
        f"Asked: these are words of {who}{whose}."
        if who == INTERVIEWER
        else (f"Asked: these are words of {who}, who is the interviewer{whose}.")
    )


def _printed(made: "CheckedQuote") -> str:
    return f"Printed: this stands in {made.places[0].source}, but nobody says it."


def _unchecked(made: "CheckedQuote") -> str:
    if made.reason == "unknown speaker":
        return (
            f"Cannot check: somebody says this word for word, but the file does not tell whether {_named(made)} does."
        )
    return f"Cannot check: {_REASONS[made.reason]}."


def _whose(made: "CheckedQuote") -> str:
    names = list(dict.fromkeys(_name(place) for place in made.places if place.aloud))
    printed = [] if all(place.aloud for place in made.places) else ["nobody"]
    return f"{'all ' if len(names) == 1 and not printed else ''}by {listed([*names, *printed])}"


def _name(place: "FoundPlace") -> str:
    if place.attributed:
        return place.speaker
    return INTERVIEWER if place.role == "interviewer" else SOMEBODY if place.speaker == UNKNOWN_SPEAKER else ""


def _named(made: "CheckedQuote") -> str:
    return listed(made.named, "or")


_JUDGED: Mapping[str, Callable[["CheckedQuote"], str]] = {
    "exact": _exact,
    "altered": _altered,
    "stitched": _stitched,
    "other speaker": _other_speaker,
    "asked": _asked,
    "printed": _printed,
    "cannot check": _unchecked,
}

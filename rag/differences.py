"""What differs between a quotation and the place where it stands: word by word, and what is worth a remark."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from rapidfuzz.distance import Levenshtein

from rag.checked import Difference, DifferenceKind, Remark, RemarkKind
from rag.locating import Found
from rag.quotation import Joint, Pieces
from rag.records import Span
from rag.spoken import APOSTROPHES, DASHES, INVISIBLE, Words, shape_word

Characters = tuple[int, int]
"""The first character of a word, and the one after its last."""
_NEGATIVE = frozenset(
    """
    no not never none nobody nothing nowhere neither nor cannot without hardly barely scarcely dont doesnt didnt isnt
    wasnt arent werent hasnt havent hadnt wont wouldnt cant couldnt shouldnt
    """.split()
)
_NUMBERS = frozenset(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion half
    quarter third dozen once twice first second
    """.split()
)
_QUOTES = '"“”„‟«»″‹›‚‛`´「」『』' + APOSTROPHES
_UNHEARD = re.compile(rf"[\s{INVISIBLE}*_~\u200b\u200e\u200f]")
_SHAPES = str.maketrans(dict.fromkeys(_QUOTES, "") | dict.fromkeys(DASHES, "-") | {"…": "..."})
_ENDS_SENTENCE = re.compile(r"[.?!…。？！]")
_HARMLESS = re.compile(r"\b(?:no (?:matter|doubt)|not (?:only|just|merely|least))\b", re.IGNORECASE)
_ENDING = re.compile(r"[.?!…]{0,3}")


def compare(pieces: Pieces, found: Found, end: int) -> tuple[Difference, ...]:
    """A quotation beside its place, which ends at the character ``end``, in the order of both."""
    told: list[Difference] = []
    for number, (run, stretch) in enumerate(zip(pieces.runs, found.stretches, strict=True)):
        if number:
            told.append(_joined(pieces.joints[number - 1], found, number))
        told += _aligned(run, found.words, *stretch)
    if told and told[-1].said:
        told[-1] = Difference(told[-1].kind, told[-1].quoted, Span(told[-1].said.start, end))
    return tuple(told)


def _aligned(run: Words, words: Words, first: int, last: int) -> Iterator[Difference]:
    codes = Levenshtein.opcodes(run.folded, words.folded[first:last])
    for same, group in groupby(codes, key=lambda code: code.tag == "equal"):
        steps = list(group)
        quoted = _tile(run, steps[0].src_start, steps[-1].src_end, len(run))
        said = _tile(words, first + steps[0].dest_start, first + steps[-1].dest_end, last)
        yield Difference("same" if same else _kind(quoted, said), quoted, said)


def _tile(words: Words, first: int, last: int, end: int) -> Span | None:
    """Words with what follows them, up to the next word before ``end``."""
    if first == last:
        return None
    return Span(words.places[first][0], words.places[last][0] if last < end else words.places[last - 1][1])


def _kind(quoted: Span | None, said: Span | None) -> DifferenceKind:
    if quoted and said:
        return "changed"
    return "added" if quoted else "left out"


def _joined(joint: Joint, found: Found, number: int) -> Difference:
    first, last = found.stretches[number - 1][1], found.stretches[number][0]
    said = found.words.span(first, last) if first < last else None
    return Difference(joint.kind, Span(joint.start, joint.end), said)


def remarks(quotation: str, text: str, pieces: Pieces, told: Sequence[Difference]) -> Iterator[Remark]:
    """What a reader should know of the differences: turned round, recounted, left out, put in, or set otherwise."""
    for each in told:
        quoted = each.quoted.of(quotation).strip() if each.quoted else ""
        said = each.said.of(text).strip() if each.said else ""
        if each.kind == "omitted":
            yield Remark("omission", quoted, said)
        elif each.kind == "inserted":
            yield Remark("insertion", quoted, said)
        elif each.kind != "same":
            yield from _weighty(quoted, said)
        elif each.quoted and each.said:
            yield from _set_otherwise(quotation, pieces, each.quoted, text, each.said)
    yield from (Remark("insertion", quotation[joint.start : joint.end], "") for joint in pieces.loose if joint.words)


def _weighty(quoted: str, said: str) -> Iterator[Remark]:
    ours, theirs = Words.of(quoted).folded, Words.of(said).folded
    if list(filter(is_negative, ours)) != list(filter(is_negative, theirs)):
        yield Remark("negation", quoted, said)
    if list(filter(is_number, ours)) != list(filter(is_number, theirs)):
        yield Remark("number", quoted, said)


def is_negative(folded: str) -> bool:
    """Whether a compared word denies something."""
    return folded in _NEGATIVE or folded.endswith("n't")


def is_number(folded: str) -> bool:
    """Whether a compared word counts something."""
    return folded in _NUMBERS or any(character.isdigit() for character in folded)


def denials(pieces: Pieces, found: Found) -> Iterator[Remark]:
    """What an editor's marks hide that can turn the meaning round.

    An omission can where it leaves out a denial in the sentence that goes on behind it; an insertion where it, or what
    it stands for, denies or counts.
    """
    for number, joint in enumerate(pieces.joints, start=1):
        first, last = found.stretches[number - 1][1], found.stretches[number][0]
        hidden = found.words.text[found.words.places[first - 1][1] : found.words.places[last][0]].strip()
        if joint.kind == "inserted":
            exchanged = [*joint.words.folded, *found.words.folded[first:last]]
            hides = any(is_negative(word) or is_number(word) for word in exchanged)
        else:
            hidden = _ENDS_SENTENCE.split(hidden)[-1].strip()
            hides = any(map(is_negative, Words.of(_HARMLESS.sub(" ", hidden)).folded))
        if hides:
            yield Remark("denial", joint.words.text[joint.start : joint.end], hidden)


def _set_otherwise(quotation: str, pieces: Pieces, quoted: Span, text: str, said: Span) -> Iterator[Remark]:
    """Capitals and marks that differ though the words are the same."""
    ours = Words.of(pieces.runs[0].text, quoted.start, quoted.end)
    theirs = Words.of(text, said.start, said.end)
    pairs = list(enumerate(zip(ours.places, theirs.places, strict=False)))
    opening = pieces.runs[0].places[0]

    def remark(kind: RemarkKind, first: int, last: int) -> Remark:
        return Remark(kind, ours.span(first, last).of(quotation), theirs.span(first, last).of(text))

    def recased(pair: tuple[int, tuple[Characters, Characters]]) -> bool:
        our, their = pair[1]
        return our != opening and shape_word(ours.text[slice(*our)]) != shape_word(text[slice(*their)])

    for differs, group in groupby(pairs, key=recased):
        if differs:
            run = [number for number, _ in group]
            yield remark("capitals", run[0], run[-1] + 1)
    for (at, (our, their)), (_, (our_next, their_next)) in pairwise(pairs):
        between = text[their[1] : their_next[0]]
        if not Words.of(between) and marks(ours.text[our[1] : our_next[0]]) != marks(between):
            yield remark("punctuation", at, at + 2)


def marks(between: str) -> str:
    """The marks between two words as they are compared: without quotation marks and spaces, all dashes alike.

    >>> marks(" — “"), marks(", "), marks("…")
    ('-', ',', '...')
    """
    return re.sub("-+", "-", _UNHEARD.sub("", between.translate(_SHAPES)))


def ending(text: str, at: int) -> str:
    """The marks that end a sentence right behind a word."""
    match = _ENDING.match(text, at)
    return match.group() if match else ""

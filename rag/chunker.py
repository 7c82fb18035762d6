"""From an interview to passages: stretches of turns, whole sentences, that fit the embedder's window.

The passages of a turn tile it: together they hold every character of it but the white space between them.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from sentencex import segment

from rag.paragraphs import find_paragraphs
from rag.records import UNKNOWN_SPEAKER, Interview, Passage, PassageKind, Span, Turn

MOST_WORDS = 130
"""Words in a passage at the most: a quote longer than 150 words is a dump."""

CountTokens = Callable[[str], int]
"""Text to the number of word pieces the embedder makes of it, special tokens included."""
Fits = Callable[[Span], bool]

_WORD = re.compile(r"\S+")
_WIDE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
"""Halves of characters that stand alone, which no encoding has."""
_WIDE_SPACE = re.compile(r"[^\S\x00-\x7f]")
"""White space that is none of ASCII; before a stop, sentencex 1.0.32 breaks down over it."""
_AT_ONCE = 20_000
"""Characters of a paragraph that are parted into sentences at once, since the time for it can grow by the square."""
_SENTENCE_END = re.compile(r"(?<=[。！？])")


def cut(interview: Interview, *, window: int, count_tokens: CountTokens) -> list[Passage]:
    """The passages of an interview, in the order of its text.

    Everybody's answers are cut, and what interviewers say; the contact list and the image credits are one passage each.

    Args:
        interview: what is cut.
        window: word pieces that the embedder reads, special tokens included.
        count_tokens: measures a text in these word pieces.
    """
    fits = _fits(interview.source.text, window, count_tokens)
    paragraphs = find_paragraphs(interview.source.text)
    passages: list[Passage] = []
    for question, turn in _turns(interview):
        kind: PassageKind = "question" if turn.role == "interviewer" else "answer"
        for stretch in _spoken(interview, turn.span):
            for sentences in _pack(interview.source.text, _within(paragraphs, stretch), fits):
                span = Span(sentences[0].start, sentences[-1].end)
                passages.append(Passage(interview.source.name, span, turn.speaker, sentences, question, kind))
    return sorted([*passages, *_asides(interview, fits)], key=lambda passage: passage.span)


def split_sentences(text: str, paragraph: Span) -> list[Span]:
    """The sentences of a paragraph, each stripped; only white space lies between them."""
    sentences: list[Span] = []
    at = paragraph.start
    for piece in _segments(paragraph.of(text)):
        start = at + len(piece) - len(piece.lstrip())
        at += len(piece)
        if piece.strip():
            sentences.append(Span(start, start + len(piece.strip())))
    return sentences


def sentences_of(interview: Interview, turn: Span) -> list[Span]:
    """All sentences of one turn, without what nobody says in it."""
    text = interview.source.text
    paragraphs = _paragraphs(text)
    stretches = (paragraph for stretch in _spoken(interview, turn) for paragraph in _within(paragraphs, stretch))
    return [sentence for stretch in stretches for sentence in split_sentences(text, stretch)]


def count_words(text: str) -> int:
    """Words as a reader counts them; scripts without spaces count by characters."""
    return len(_WORD.findall(text)) + len(_WIDE.findall(text)) // 2


def _turns(interview: Interview) -> Iterator[tuple[Span | None, Turn]]:
    """Every turn, with the question that was asked before it where it is an answer to one."""
    asked = {turn.span: pair.question_span for pair in reversed(interview.pairs) for turn in pair.answer}
    for turn in interview.turns:
        yield None if turn.role == "interviewer" else asked.get(turn.span), turn


def _spoken(interview: Interview, turn: Span) -> Iterator[Span]:
    """The stretches of a turn between what nobody says, stripped of white space."""
    text, at = interview.source.text, turn.start
    first = bisect_left(interview.apart, turn.start, key=lambda span: span.start)
    last = bisect_left(interview.apart, turn.end, key=lambda span: span.start)
    for apart in [*interview.apart[first:last], Span(turn.end, turn.end + 1)]:
        if text[at : apart.start].strip():
            yield _strip(text, Span(at, apart.start))
        at = max(at, apart.end)


@lru_cache(maxsize=32)
def _paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of a text, kept since one turn after the other is asked for."""
    return tuple(find_paragraphs(text))


def _within(paragraphs: Sequence[Span], turn: Span) -> list[Span]:
    """The paragraphs of one turn; its first may begin in the middle of one, after the speaker's label."""
    first = max(0, bisect_right(paragraphs, turn.start, key=lambda span: span.start) - 1)
    last = bisect_left(paragraphs, turn.end, key=lambda span: span.start)
    return [Span(max(span.start, turn.start), min(span.end, turn.end)) for span in paragraphs[first:last]]


def _segments(paragraph: str) -> Iterator[str]:
    """Pieces that together are the paragraph, character for character."""
    plain = _WIDE_SPACE.sub(" ", _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", paragraph))
    at = 0
    while at < len(plain):
        sentences = _sentences(plain[at : at + _AT_ONCE])
        if at + _AT_ONCE < len(plain) and len(sentences) > 1:
            sentences.pop()  # it may go on
        for sentence in sentences:
            yield paragraph[at : at + len(sentence)]
            at += len(sentence)


def _sentences(plain: str) -> list[str]:
    """Pieces that together are a text, character for character; each but the last is a sentence."""
    sentences = [part for sentence in segment("en", plain) for part in _SENTENCE_END.split(sentence) if part]
    return sentences if "".join(sentences) == plain else [plain]


def _fits(text: str, window: int, count_tokens: CountTokens) -> Fits:
    def fits(span: Span) -> bool:
        piece = span.of(text)
        return count_words(piece) <= MOST_WORDS and count_tokens(piece) <= window

    return fits


def _pack(text: str, paragraphs: Sequence[Span], fits: Fits) -> Iterator[tuple[Span, ...]]:
    """Group sentences into passages: whole paragraphs as long as they fit, a longer one sentence by sentence."""
    held: tuple[Span, ...] = ()
    for paragraph in paragraphs:
        sentences = tuple(part for span in split_sentences(text, paragraph) for part in _broken(text, span, fits))
        together = fits(Span(held[0].start, paragraph.end)) if held else fits(paragraph)
        for group in (sentences,) if together else _groups(sentences, fits):
            if held and not together:
                yield held
                held = ()
            held += group
    if held:
        yield held


def _groups(sentences: Sequence[Span], fits: Fits) -> Iterator[tuple[Span, ...]]:
    held: tuple[Span, ...] = ()
    for sentence in sentences:
        if held and not fits(Span(held[0].start, sentence.end)):
            yield held
            held = ()
        held += (sentence,)
    if held:
        yield held


def _broken(text: str, sentence: Span, fits: Fits) -> Iterator[Span]:
    """The sentence itself, or, where even one is too long for the window, halves of it at a space if there is one."""
    if len(sentence) == 1 or fits(sentence):
        yield sentence
        return
    middle = (sentence.start + sentence.end) // 2
    space = text.rfind(" ", sentence.start + 1, middle)
    at = space if space > 0 else middle
    yield from _broken(text, _strip(text, Span(sentence.start, at)), fits)
    yield from _broken(text, _strip(text, Span(at, sentence.end)), fits)


def _strip(text: str, span: Span) -> Span:
    piece = span.of(text)
    return Span(span.start + len(piece) - len(piece.lstrip()), span.start + len(piece.rstrip()))


def _asides(interview: Interview, fits: Fits) -> Iterator[Passage]:
    """The contact list and the image credits, under the name of the only person interviewed, if there is but one."""
    people = interview.interviewees
    whose = people[0] if len(people) == 1 else UNKNOWN_SPEAKER
    text, name = interview.source.text, interview.source.name
    for run in _runs(text, [contact.span for contact in interview.contacts]):
        for sentences in _groups([part for entry in run for part in _broken(text, entry, fits)], fits):
            yield Passage(name, Span(sentences[0].start, sentences[-1].end), whose, sentences, kind="contact")
    for run in _runs(text, interview.credits):
        for sentences in _pack(text, run, fits):
            yield Passage(name, Span(sentences[0].start, sentences[-1].end), whose, sentences, kind="credits")


def _runs(text: str, spans: Sequence[Span]) -> list[list[Span]]:
    """The spans in runs with only white space between: a page may have a list at its head and another at its foot."""
    runs: list[list[Span]] = []
    for span in spans:
        if runs and not text[runs[-1][-1].end : span.start].strip():
            runs[-1].append(span)
        else:
            runs.append([span])
    return runs

"""A magazine page as it is weighed: its blocks, the weights of their wording, and what the page does as a rule."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from rag.blocks import Block
from rag.questions import ENOUGH, calling, ends_asking, guess_language, in_first_person, weigh

_WORD = re.compile(r"\w+")
_ENDS_SENTENCE = re.compile(r"[.?!…:;。？！][\"”’»')\]*_\s]*\Z")
_QUOTE_OPENS, _QUOTE_CLOSES = "\"“«„»‘'", "\"”»“«’'"
_PHRASE = 4
_CALLED = 1.5
_BEGINNING = 200


@dataclass(frozen=True)
class Page:
    """``weights`` say for each block how much its wording speaks for a question."""

    text: str = field(repr=False)
    blocks: Sequence[Block]
    language: str
    weights: Sequence[float]

    def words(self, number: int) -> str:
        """The words of a block."""
        return self.blocks[number].words.of(self.text)

    def seems_asked(self, number: int) -> bool:
        """Whether a block, by its wording alone, may be a question."""
        return ends_asking(self.words(number)) or self.weights[number] >= ENOUGH

    def in_first_person(self, number: int) -> bool:
        """Whether somebody tells of himself in a block, what it quotes left out."""
        unquoted = re.sub(r"[\"“„«][^\"”“»]{0,400}[\"”“»]", " ", self.words(number)[:1600])
        return in_first_person(unquoted, self.language) > 0

    def ends_sentence(self, number: int) -> bool:
        """Whether a block ends as a sentence does."""
        words = self.blocks[number].words
        return bool(_ENDS_SENTENCE.search(self.text[max(words.start, words.end - 8) : words.end]))

    def is_in_quotes(self, number: int) -> bool:
        """Whether a block stands in quotation marks from its first to its last word."""
        words = self.words(number)
        return words[0] in _QUOTE_OPENS and words.rstrip(".,")[-1:] in [*_QUOTE_CLOSES]

    def is_repeated(self, number: int) -> bool:
        """Whether the page says the words of a block a second time."""
        words = _folded(self.words(number))
        ends = (words[:_PHRASE], words[-_PHRASE:])
        return len(words) >= _PHRASE and all(self._phrases[tuple(phrase)] > 1 for phrase in ends)

    def after(self, number: int) -> int | None:
        """The next block that is no furniture."""
        return next((at for at in range(number + 1, len(self.blocks)) if not self.blocks[at].furniture), None)

    def before(self, number: int) -> int | None:
        """The last block before it that is no furniture."""
        return next((at for at in range(number - 1, -1, -1) if not self.blocks[at].furniture), None)

    @cached_property
    def first(self) -> int:
        """The number of the first block that is no furniture."""
        return next((at for at, block in enumerate(self.blocks) if not block.furniture), len(self.blocks))

    @cached_property
    def spoken(self) -> tuple[int, ...]:
        """The numbers of all blocks but furniture."""
        return tuple(at for at, block in enumerate(self.blocks) if not block.furniture)

    @cached_property
    def keeps_blanks(self) -> bool:
        """Whether empty lines stand between paragraphs, so that a line without one goes on with what is above it."""
        plain = [self.blocks[at] for at in self.spoken]
        return 2.5 * sum(block.follows_blank for block in plain) >= len(plain)

    @cached_property
    def ends_sentences(self) -> bool:
        """Whether nearly every plain block ends as a sentence does, so that one that does not stands out."""
        plain = [at for at in self.spoken if self.blocks[at].dress == "plain"]
        return sum(not self.ends_sentence(at) for at in plain) <= max(2, len(plain) // 6)

    @cached_property
    def answers_in_quotes(self) -> bool:
        """Whether answers stand in quotation marks: many blocks do, and those ask nothing."""
        quoted = [at for at in self.spoken if self.is_in_quotes(at)]
        return 4 * len(quoted) >= len(self.spoken) > 3 and 4 * sum(map(self.seems_asked, quoted)) < len(quoted)

    @cached_property
    def _phrases(self) -> Counter[tuple[str, ...]]:
        words = _folded(self.text)
        return Counter(zip(*(words[at:] for at in range(_PHRASE)), strict=False))


def read_page(text: str, blocks: Sequence[Block]) -> Page:
    """Weigh every block of a page."""
    language = guess_language(text)
    weights = [-ENOUGH if block.furniture else weigh(block.words.of(text), language) for block in blocks]
    return Page(text, blocks, language, weights)


def knowing(page: Page, guest: str) -> Page:
    """The page, where a block that calls the guest by name is the likelier asked."""
    calls = calling(guest)
    called = [
        not block.furniture and bool(calls.search(page.words(at)[:_BEGINNING])) for at, block in enumerate(page.blocks)
    ]
    return replace(
        page, weights=[weight + _CALLED * calls_him for weight, calls_him in zip(page.weights, called, strict=True)]
    )


def _folded(words: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(words)]

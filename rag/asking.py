"""Which blocks of a page ask.

A page has a *style*: once most questions are seen to be set alike, as headings, in bold, with numbers, how a block is
set decides, and its wording only where it is set otherwise. A page without a style is told by its wording alone.
"""

import re
from collections import Counter

from rag.blocks import Dress
from rag.matter import is_biography, is_caption, is_closing, is_invitation, is_note, is_only_links
from rag.page import Page
from rag.questions import ENOUGH, addresses, begins_asking, ends_asking, in_first_person

_AGAIN = 4.0
"""What speaks against a question right after a question."""
_CLEAR = 2.25
"""From which on a question that is not set as the others are is one."""
_WORD = re.compile(r"\w+")
_REPLY = re.compile(
    r"[\"“«*_ ]*(?:yes|no|yeah|nope|nah|oh|ah|ha|haha|well|sure|absolutely|definitely|certainly|never|always|exactly|"
    r"of course|not (?:really|at all|yet)|good question|great question|thanks?|thank you|honestly|maybe|probably|both|"
    r"sí|claro|oui|non|si|ja|nein|sim|não)\b",
    re.IGNORECASE,
)
_MUSING = re.compile(
    r"(?:and|but|so|or|then|well)\b|(?:why|how|what|who|when|where)(?: not| then| else)?\?\Z|who knew\b|what if\b",
    re.IGNORECASE,
)
_TYPICAL = re.compile(
    r"\bhow (?:does|did|do) (?:it|that|this|they) feel\b|\bany (?:advice|plans|tips)\b", re.IGNORECASE
)
_PREDICATE = re.compile(
    r"\b(?:you|your|i|we|they|he|she|it|is|are|was|were|do|does|did|have|has|had|can|could|would|will|that|which|who)\b",
    re.IGNORECASE,
)
_CLEARLY_SENTENCE = 4
"""Words; fewer without a full stop are a title."""


def find_style(page: Page) -> frozenset[Dress]:
    """How the questions of a page are set; empty where they are plain."""
    countable = [at for at in page.spoken if not _is_pulled(page, at) and not is_only_links(page.words(at))]
    all_of = Counter(page.blocks[at].dress for at in countable)
    asked = Counter(page.blocks[at].dress for at in countable if page.seems_asked(at))
    stated = Counter(
        page.blocks[at].dress
        for at in countable
        if page.blocks[at].dress.startswith("h") and not page.seems_asked(at) and page.ends_sentence(at)
    )  # no title ends with a full stop: these are statements to which the guest replies
    dressed = [
        dress
        for dress in asked
        if dress != "plain" and asked[dress] > 1 and asked[dress] + stated[dress] >= 0.4 * all_of[dress]
    ]
    main = max(dressed, key=lambda dress: (asked[dress], dress), default=None)
    if main is None or 1.5 * asked[main] < asked["plain"] or (main == "dash" and asked[main] < 0.75 * all_of[main]):
        return frozenset()
    if main == "quote" and asked[main] < 0.6 * all_of[main]:
        return frozenset()
    others = {dress for dress in dressed if asked[dress] >= 0.6 * all_of[dress]} - {"dash", "number", "italic", "quote"}
    return frozenset({main} | others)


def _is_pulled(page: Page, number: int) -> bool:
    """Whether a block in a margin, such as a pull quote, is set in it beside its other dress, or asks nothing."""
    block = page.blocks[number]
    return block.quoted and (block.dress != "quote" or not page.seems_asked(number))


def find_asked(page: Page, style: frozenset[Dress]) -> list[bool]:
    """For each block, whether it asks."""
    return _asked_by_style(page, style) if style else _asked_by_wording(page)


def _asked_by_style(page: Page, style: frozenset[Dress]) -> list[bool]:
    asked = [block.dress in style and _asks_so_set(page, number, style) for number, block in enumerate(page.blocks)]
    first = asked.index(True) if True in asked else len(asked)
    for number in page.spoken:
        if number > first and not asked[number] and page.blocks[number].dress not in style:
            asked[number] = _is_stray(page, asked, number)
    return asked


def _asks_so_set(page: Page, number: int, style: frozenset[Dress]) -> bool:
    """Whether a block that is set as questions are is one: no section's title, pull quote, caption or note."""
    block, words = page.blocks[number], page.words(number)
    if not _may_ask(page, number, style) or (block.opens and not page.ends_sentence(number) and len(words.split()) < 8):
        return False
    if block.opens and words.endswith(":") and len(words.split()) < 5:
        return False
    if is_invitation(words) and number > 0.9 * len(page.blocks):
        return False
    after = page.after(number)
    if after is not None and is_invitation(page.words(after)) and (block.opens or page.after(after) is None):
        return False
    if ends_asking(words) or block.numbered:
        return True
    if is_closing(words) or is_biography(words) or is_invitation(words) or is_pull_quote(page, number):
        return False
    return page.weights[number] >= ENOUGH or _is_sentence(page, number)


def _may_ask(page: Page, number: int, style: frozenset[Dress] = frozenset()) -> bool:
    block, words = page.blocks[number], page.words(number)
    is_pulled = is_pull_quote(page, number) if "quote" in style and block.quoted else _is_pulled(page, number)
    if block.furniture or is_pulled or is_only_links(words) or words[0] in "[(":
        return False
    is_title = number == page.first and block.dress in ("h1", "heading") and not ends_asking(words)
    return not (is_title or is_caption(words) or is_note(words))


def is_pull_quote(page: Page, number: int) -> bool:
    """Whether a block that is set apart repeats what is said elsewhere."""
    return page.is_repeated(number) or (page.is_in_quotes(number) and not page.answers_in_quotes)


def _is_sentence(page: Page, number: int) -> bool:
    """Whether words without a question mark are a sentence, as an interviewer's statement is, and no title."""
    words, after = page.words(number), page.after(number)
    if after is None:
        return False
    if page.ends_sentence(number):
        return True
    count = len(words.split())
    capitals = sum(word[0].isupper() for word in words.split()[1:])
    if count < _CLEARLY_SENTENCE or words.isupper() or 2 * capitals > count:
        return False
    follows_on = page.blocks[after].dress != page.blocks[number].dress
    return follows_on and (bool(_PREDICATE.search(words)) or page.in_first_person(after))


def _is_stray(page: Page, asked: list[bool], number: int) -> bool:
    """Whether a plain block among styled ones is a question whose marks were lost: it clearly asks, and is answered."""
    block, words = page.blocks[number], page.words(number)
    before, after = page.before(number), page.after(number)
    if before is None or after is None or asked[before] or asked[after] or not _may_ask(page, number):
        return False
    if (page.keeps_blanks and not block.follows_blank) or block.dress == "dash" or len(words.split()) > 40:
        return False
    if in_first_person(words, page.language) or is_invitation(words):
        return False
    if not ends_asking(words):
        return page.weights[number] + 2.0 * (block.dress in ("bold", "heading")) >= ENOUGH and not is_pull_quote(
            page, number
        )
    return not ends_asking(page.words(after)) and _clearness(page, number, after) >= _CLEAR


def _clearness(page: Page, number: int, after: int) -> float:
    """How clearly a plain block that ends with a question mark is asked by somebody else than who answers."""
    words, reply = page.words(number), page.words(after)
    shared = set(_long_words(words)) & set(_long_words(reply[:120]))
    return (
        1.5 * addresses(words, page.language)
        + 1.0 * begins_asking(words, page.language)
        + 1.0 * bool(_REPLY.match(reply))
        + 0.5 * page.in_first_person(after)
        + 0.75 * min(2, len(shared))
        + 0.5 * (len(words.split()) <= 12)
        + 0.5 * bool(_TYPICAL.search(words))
        + 1.0 * (page.blocks[number].dress in ("bold", "heading"))
        - 1.5 * bool(_MUSING.match(words))
    )


def _long_words(words: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(words) if len(word) > 3]


def _asked_by_wording(page: Page) -> list[bool]:
    """The likeliest row of questions and answers (Viterbi, 1967); a question right after a question is unlikely."""
    asking, other = 0.0, 0.0
    came_from: list[tuple[int, bool, bool]] = []
    for number in page.spoken:
        if not _may_ask(page, number):
            continue
        gain = max(-_AGAIN, min(_AGAIN, _gain(page, number)))
        follows = bool(came_from) and came_from[-1][0] == page.before(number)
        again = asking - (_AGAIN if follows else 0.0)
        came_from.append((number, again > other, asking > other))
        asking, other = max(again, other) + gain, max(asking, other) - gain
    asked = [False] * len(page.blocks)
    is_asking = asking > other
    for number, asking_before, other_before in reversed(came_from):
        asked[number] = is_asking
        is_asking = asking_before if is_asking else other_before
    return asked


def _gain(page: Page, number: int) -> float:
    """How much speaks for a question, its dress and its place included, and against an answer."""
    block, count = page.blocks[number], len(page.words(number).split())
    weight = page.weights[number] - ENOUGH + 0.25
    weight += 2.0 * (block.dress not in ("plain", "dash", "italic"))
    weight -= 2.5 * (page.keeps_blanks and not block.follows_blank)
    weight -= _AGAIN * (block.dress != "plain" and is_pull_quote(page, number))
    weight -= 3.0 * (page.answers_in_quotes and page.is_in_quotes(number))
    stands_out = page.ends_sentences and block.dress == "plain" and not page.ends_sentence(number) and 4 < count <= 30
    return weight + 3.0 * (stands_out and number > page.first and page.after(number) is not None)

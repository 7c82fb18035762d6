"""The unlabelled magazine page: a question as a paragraph of its own, then an answer of many paragraphs.

Which paragraphs ask is told elsewhere; here the rest is given to the guest or to nobody, and the turns are built.
A *segment* is all that stands between two questions.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from typing import Literal

from rag.asides import find_asides
from rag.asking import find_asked, find_style, is_pull_quote
from rag.blocks import Dress, find_blocks
from rag.dialogue import Dialogue
from rag.furniture import Furniture
from rag.guests import Introduction, find_guest
from rag.header import Header
from rag.interviewers import find_interviewer
from rag.matter import is_biography, is_byline, is_caption, is_closing, is_invitation, is_note, is_only_links
from rag.page import Page, knowing, read_page
from rag.records import UNKNOWN_SPEAKER, Source, Span, Speaker, Turn

Part = Literal["question", "answer", "nobody"]

_FACT = re.compile(
    r"(?:full )?(?:name|nickname|age|born|birthplace|place of birth|birthday|lives?(?: in)?|from|home(?:town)?|"
    r"location|"
    r"job|occupation|profession|title|role|company|studies|studied|school|year|position|instagram|twitter|website|"
    r"homepage|blog|pronouns|star sign|favou?rite [\w ]{1,20})[*_]*: ?.{0,120}",
    re.IGNORECASE,
)
_RULE = re.compile(r"(?:[-–—_=~*•·#\\][ \t]*){3,}")
_LONGEST_INTRODUCTION = 4000
_TELLS_OF = re.compile(r"\b(?:he|she|his|her|they|their)\b", re.IGNORECASE)


def find_page(
    source: Source, paragraphs: Sequence[Span], furniture: Sequence[Furniture], header: Header, title: str
) -> Dialogue:
    """The turns of an unlabelled magazine page; none where it asks nothing."""
    text = source.text
    asides = find_asides(text, paragraphs)
    spoken = [paragraph for paragraph in paragraphs if paragraph not in asides.spans]
    blocks = find_blocks(text, spoken, furniture, source.marks)
    page = read_page(text, blocks)
    parts = _find_parts(page, asides.spans)
    if "question" not in parts:
        return Dialogue()
    introduction = _introduction(page, parts, title)
    guest = find_guest(introduction, header.stated, text)
    before = page.blocks[parts.index("question")].span.start
    hosts = tuple(host for host in header.stated.hosts if 0 <= text.find(host) < before or host not in text)
    stated = replace(header.stated, hosts=hosts)
    interviewer = find_interviewer(introduction.notes, stated, guest, narrated=_narrated(page, parts))
    if guest and (known := knowing(page, guest)).weights != page.weights:
        page, parts = known, _find_parts(known, asides.spans)
    turns, apart = _turns(page, parts, interviewer or UNKNOWN_SPEAKER, guest or UNKNOWN_SPEAKER)
    people = [Speaker(interviewer, "interviewer")] if interviewer else []
    people += [Speaker(guest, "interviewee")] if guest else []
    within = (span for span in asides.spans if any(turn.span.holds(span) for turn in turns))
    apart = sorted({*apart, *within})
    start = page.blocks[parts.index("question")].span.start
    return Dialogue(tuple(turns), tuple(people), tuple(apart), asides.contacts, asides.credits, start)


def _without_what_follows(page: Page, parts: Sequence[Part], asides: Collection[Span]) -> list[Part]:
    """Nobody speaks any more where contacts or credits begin behind the last question."""
    asked = max((number for number, part in enumerate(parts) if part == "question"), default=None)
    if asked is None:
        return list(parts)
    end = min((span.start for span in asides if span.start > page.blocks[asked].span.end), default=len(page.text))
    kept: list[Part] = ["nobody" if page.blocks[at].span.start > end else part for at, part in enumerate(parts)]
    return kept if "answer" in kept[asked:] else list(parts)


def _introduction(page: Page, parts: Sequence[Part], title: str) -> Introduction:
    """What the page says about its people; titles are what is set so, or stands first and is no sentence."""
    first = parts.index("question")
    titles = [title] if title else []
    paragraphs: list[str] = []
    for number in (number for number in page.spoken if number < first):
        words = page.words(number)
        if is_caption(words) or is_byline(words) or len(words) > _LONGEST_INTRODUCTION or words.count("|") > 1:
            continue
        is_first = len(titles) + len(paragraphs) < 3 and len(words) < 140 and not page.ends_sentence(number)
        (titles if is_first or page.blocks[number].dress.startswith("h") else paragraphs).append(words)
    return Introduction(
        tuple(titles),
        tuple(paragraphs),
        tuple(
            block.span.of(page.text) if block.furniture else block.words.of(page.text) for block in page.blocks[:first]
        )
        + tuple(page.words(number) for number in page.spoken if number > first and parts[number] == "nobody"),
        tuple(page.words(number) for number in page.spoken if parts[number] == "question"),
        tuple(page.words(number) for number in page.spoken if parts[number] == "answer")[:1],
    )


def _narrated(page: Page, parts: Sequence[Part]) -> list[str]:
    """What nobody says in the conversation, and somebody tells in the first person all the same: who met the guest."""
    nobodys = (number for number in page.spoken if parts[number] == "nobody")
    return [
        page.words(number)
        for number in nobodys
        if page.in_first_person(number) and not page.is_in_quotes(number) and not page.blocks[number].quoted
    ]


def _find_parts(page: Page, asides: Collection[Span]) -> list[Part]:
    """The part that each block has in the conversation; ``asides`` are contacts and credits beside it."""
    style = find_style(page)
    asked = find_asked(page, style)
    _close(page, asked)
    boxed = _boxed(page)
    parts: list[Part] = ["nobody"] * len(page.blocks)
    questions = [number for number, is_asked in enumerate(asked) if is_asked]
    for number in questions:
        parts[number] = "question"
    for at, after in pairwise([*questions, len(asked)]):
        segment = range(at + 1, after)
        for number in _answered(page, style, boxed, segment, is_last=after == len(asked)):
            parts[number] = "answer"
    return _without_loose_ends(_without_what_follows(page, parts, asides))


def _close(page: Page, asked: list[bool]) -> None:
    """Nothing is asked behind a title such as "Related stories", unless much of the conversation comes behind it."""
    total = sum(asked)
    so_far = 0
    for number, is_asked in enumerate(asked):
        so_far += is_asked
        if 3 * so_far >= 2 * total and not is_asked and _is_title(page, number) and is_closing(page.words(number)):
            asked[number:] = [False] * (len(asked) - number)
            return


def _without_loose_ends(parts: list[Part]) -> list[Part]:
    """What stands behind the last answer is asked of nobody."""
    last = max((number for number, part in enumerate(parts) if part == "answer"), default=-1)
    return [part if number <= last else "nobody" for number, part in enumerate(parts)]


def _answered(
    page: Page, style: frozenset[Dress], boxed: frozenset[int], segment: range, *, is_last: bool
) -> list[int]:
    """The blocks of a segment that the guest says."""
    end = _end(page, segment) if is_last else segment.stop
    said: list[int] = []
    loosely: list[int] = []
    for number in range(segment.start, end):
        if page.blocks[number].furniture:
            continue
        if _interrupts(page, style, number):
            break
        if _is_set_aside(page, number, boxed):
            continue
        (loosely if _is_apart(page, number, is_last=number == end - 1) else said).append(number)
    return said or loosely


def _is_title(page: Page, number: int) -> bool:
    """Whether a block is set as a title, of a section or of a list."""
    block = page.blocks[number]
    is_set_apart = block.dress.startswith("h") or (block.dress in ("bold", "caps") and not block.opens)
    is_bare = not page.ends_sentence(number) or page.words(number).endswith(":")
    return is_set_apart and len(page.words(number).split()) <= 12 and (is_bare or block.dress.startswith("h"))


def _interrupts(page: Page, style: frozenset[Dress], number: int) -> bool:
    """Whether a title ends what the guest says: it closes the page, or what follows it is not in the first person."""
    if not _is_title(page, number):
        return False
    block, after = page.blocks[number], page.after(number)
    if is_closing(page.words(number)) or after is None:
        return True
    is_below = block.dress.startswith("h") and any(dress.startswith("h") and dress < block.dress for dress in style)
    return not (is_below or page.in_first_person(after)) and (block.dress in style or block.dress.startswith("h"))


def _is_set_aside(page: Page, number: int, boxed: frozenset[int]) -> bool:
    """Whether a block is certainly nobody's: a title, a caption, links, an entry of a fact box."""
    words, before = page.words(number), page.before(number)
    if (
        _is_title(page, number)
        or is_caption(words)
        or is_only_links(words)
        or (is_note(words) and not page.in_first_person(number))
    ):
        return True
    if before is not None and page.blocks[before].opens and is_caption(page.words(before)):
        return True
    return number in boxed


def _boxed(page: Page) -> frozenset[int]:
    """The entries of fact boxes: two or more below a title of their own, not at the beginning of an answer."""
    boxed: set[int] = set()
    run: list[int] = []
    for number in [*page.spoken, None]:
        if number is not None and _FACT.fullmatch(page.words(number)):
            run.append(number)
            continue
        title = page.before(run[0]) if len(run) > 1 else None
        if title is not None and _is_title(page, title) and not page.seems_asked(title):
            boxed.update(run)
        run = []
    return frozenset(boxed)


def _is_apart(page: Page, number: int, *, is_last: bool) -> bool:
    """Whether a block, by how it is set, is the page's and not the guest's, although its words would do."""
    block, words = page.blocks[number], page.words(number)
    if block.quoted:
        return True
    if words[0] == "[" and words[-1] == "]":
        return True
    if block.dress == "italic":
        below_picture = number > 0 and page.blocks[number - 1].furniture
        return below_picture or bool(_TELLS_OF.search(words)) or is_last or is_pull_quote(page, number)
    is_set_apart = (block.dress == "bold" and not block.opens) or (
        page.is_in_quotes(number) and not page.answers_in_quotes
    )
    return is_set_apart and page.is_repeated(number)


def _end(page: Page, segment: range) -> int:
    """Where the last answer ends: before what the page says behind it, if nobody speaks of himself from there on."""
    end = segment.stop
    for number in reversed(segment[1:]):
        block = page.blocks[number]
        if block.furniture:
            if _RULE.fullmatch(block.span.of(page.text)):
                end = number
        elif _ends(page, number):
            end = number
        elif page.in_first_person(number) and not (block.dress == "italic" or is_note(page.words(number))):
            break
    return end


def _ends(page: Page, number: int) -> bool:
    words = page.words(number)
    return (
        is_note(words)
        or is_biography(words)
        or is_invitation(words)
        or (_is_title(page, number) and is_closing(words))
        or (page.blocks[number].dress == "italic" and page.after(number) is None)
    )


def _turns(page: Page, parts: Sequence[Part], interviewer: str, guest: str) -> tuple[list[Turn], list[Span]]:
    """A turn from the first to the last block of each part, and what stands within turns and is nobody's."""
    turns: list[Turn] = []
    apart: list[Span] = []
    for part, numbers in _runs(parts):
        words = [page.blocks[number].words for number in numbers]
        span = Span(words[0].start, words[-1].end)
        turns.append(Turn(interviewer, "interviewer", span) if part == "question" else Turn(guest, "interviewee", span))
        held = range(numbers[0], numbers[-1] + 1)
        apart += [page.blocks[number].span for number in held if parts[number] == "nobody"]
    return turns, apart


def _runs(parts: Sequence[Part]) -> Iterator[tuple[Part, list[int]]]:
    spoken = [(part, number) for number, part in enumerate(parts) if part != "nobody"]
    for part, run in groupby(spoken, key=lambda each: each[0]):
        yield part, [number for _, number in run]

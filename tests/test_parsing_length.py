"""Reading takes time in proportion to a file's length, whatever stands in it: no pattern backtracks.

Nothing here measures seconds. A text is compared with one four times as long, in the same run.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from time import process_time

import pytest

from rag.errors import ReadError
from rag.readers.plain import read_plain
from rag.readers.stamps import find_moments
from rag.source import Source
from rag.turns import understand

pytestmark = pytest.mark.timed

LENGTHENED = 4
MOST_GROWTH = 8.0
"""Times as long for a text four times as long: well above 4, for noise, and well below 16, which is quadratic."""
ENOUGH_SECONDS = 0.02
"""From here on a run is long enough to be compared; what a machine is quick at is given a longer text."""
LONGEST = 2_000_000
SMALL, SMALL_STEP = 100, 1.15
"""Up to this length texts grow in small steps, so that exponential backtracking fails the test and does not hang."""
TRIES = 3

PIECES = {
    "spaces": " ",
    "tabs": "\t",
    "no-break spaces": "\u00a0",
    "small letters": "a",
    "capitals": "A",
    "one-letter words": "a ",
    "capital words": "A ",
    "initials": "A. ",
    "names": "Ana ",
    "particles": "Ana van der ",
    "sentences": "The cat sat. ",
    "Chinese": "你",
    "combining marks": "\u0301",
    "dashes": "-",
    "dashes apart": "- ",
    "long dashes": "Ana — ",
    "asterisks": "*",
    "bold signs": "**",
    "bold signs apart": "** ",
    "bold words": "**a** ",
    "italic words": "*a* ",
    "underscores": "_",
    "underlined words": "__a__ ",
    "digits": "1",
    "clock digits": "1:",
    "numbered": "1. ",
    "open square": "[",
    "closed square": "]",
    "open round": "(",
    "closed round": ")",
    "open angle": "<",
    "open tags": "<b>",
    "closed tags": "</b>",
    "unclosed comments": "<!--",
    "unclosed tags": "<a b ",
    "open pictures": "![",
    "pictures without end": "![](",
    "links": "[a](b) ",
    "link ends": "](",
    "time stamps": "[00:00:01] ",
    "time ranges": "0:01 --> 0:02 ",
    "escaped brackets": "\\[",
    "labels without space": "Q:",
    "labels in a line": "Ana: ",
    "questions in a line": "Why? ",
    "addresses": "http://",
    "mail addresses": "a@b.c ",
    "colons": ":",
    "wide colons": "：",
    "dots": ".",
    "ellipses": "... ",
    "arrows": ">> ",
    "number signs": "#",
    "entities": "&gt;",
    "quotation marks": '"',
    "quoted names": 'Ana "An" ',
    "curly quotes": "“",
    "names in brackets": "Ana (AL) ",
    "lists of names": "Ana and Ben, ",
    "leads": "We spoke to ",
    "introductions": "interview with Ana Lee ",
    "credits": "photo by Ana ",
    "bars": "| ",
    "carriage returns": "\r",
    "newlines": "\n",
    "blank lines": "\n \n",
    "a mix": "**[0:01] Ana (AL): — <i>_x_ “a”? ![b](c)... ",
}


def transcript(piece: str, times: int) -> str:
    """A labelled transcript with a run of one piece in every place where it could matter."""
    run = piece * times
    lines = "\n".join([piece * 4] * (times // 4))
    return (
        f"{run}\n{run}x:\n\nAna Lee: How are you?\nBen Fox: {run}\n\n{run}\nAna Lee: And the {run} cat?\n"
        f"Ben Fox: Fine.\n{lines}\nAna Lee: {run}: why?\nBen Fox: So.\nx{run}: yes\n"
    )


def page(piece: str, times: int) -> str:
    """A magazine page with a run of one piece in every place where it could matter."""
    run = piece * times
    lines = "\n".join([piece * 4] * (times // 4))
    return (
        f"# A talk with {run}x\n\nWe spoke to Ana Lee. {run}x\n\n{run}x\n\n**What do you do?**\n\nI paint. {run}\n\n"
        f"**Why {run} do you paint?**\n\nI like it.\n{lines}\n\n**And what then?**\n\nI sleep.\n\n{run}\n"
    )


def seconds(text: str, suffix: str) -> float:
    """How long the processor takes to read and to understand a file."""
    path = Path(f"talk{suffix}")
    content = text.encode()
    start = process_time()
    with suppress(ReadError):
        transcript = read_plain(content, path)
        find_moments(transcript.text)
        if transcript.text.strip():
            understand(Source.of(path.name, "0" * 64, transcript))
    return process_time() - start


def sizes(first: int, last: int) -> Iterator[int]:
    """Growing numbers from ``first`` to ``last``, both included; small ones grow in small steps."""
    size = first
    while size < last:
        yield size
        size = max(size + 1, int(size * SMALL_STEP)) if size < SMALL else size * LENGTHENED
    yield last


def growth(made: Callable[[int], str], suffix: str) -> float:
    """How many times as long a text four times as long takes; what is far too long already is not made longer."""
    short = 0.0
    for size in sizes(4, LONGEST):
        short = seconds(made(size), suffix)
        if short >= ENOUGH_SECONDS or len(made(size)) > LONGEST:
            break
    longer = 0.0
    for several in sizes(size, LENGTHENED * size):
        longer = seconds(made(several), suffix)
        if longer > MOST_GROWTH * short:
            break
    return longer / short


def least_growth(made: Callable[[int], str], suffix: str) -> float:
    """The least growth of several tries, so that whatever else the machine does is not counted."""
    least = float("inf")
    for _ in range(TRIES):
        least = min(least, growth(made, suffix))
        if least <= MOST_GROWTH:
            break
    return least


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_a_long_run_in_a_transcript_takes_time_in_proportion(piece: str) -> None:
    """No run of characters in a labelled transcript makes reading slower than its length does."""
    assert least_growth(lambda times: transcript(piece, times), ".txt") <= MOST_GROWTH


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES)
def test_a_long_run_on_a_page_takes_time_in_proportion(piece: str) -> None:
    """No run of characters on a page without labels makes reading slower than its length does."""
    assert least_growth(lambda times: page(piece, times), ".md") <= MOST_GROWTH


SYLLABLES = "ka lo mi nu re sa te vo wa zi".split()
FEW, CROWD = 200, 2500
"""Lines, and speakers; four times as many are compared with them."""


def people(number: int) -> list[str]:
    """Invented names, no two alike."""
    return [
        "".join(SYLLABLES[int(digit)] for digit in f"{each:03}").capitalize()
        + " "
        + "".join(SYLLABLES[int(digit)] for digit in f"{number + each:06}").capitalize()
        for each in range(number)
    ]


def compared(few: str, many: str) -> float:
    """How many times as long a longer text takes, at the least; what is far too much is not measured again."""
    least = float("inf")
    for _ in range(TRIES):
        least = min(least, seconds(many, ".txt") / seconds(few, ".txt"))
        if not MOST_GROWTH < least < 2 * MOST_GROWTH:
            break
    return least


def crowd(number: int, layout: str) -> str:
    """A transcript in which everybody speaks twice."""
    words = ("How are you today?", "I am fine, thanks.")
    return "\n".join(layout.format(name, words[at % 2]) for at, name in enumerate(2 * people(number)))


CROWDS = {"name": "{}: {}", "bold": "**{}:** {}", "own line": "{}  0:03\n{}\n", "heading": "#### {}\n\n{}\n"}


@pytest.mark.parametrize("layout", CROWDS.values(), ids=CROWDS)
def test_many_speakers_take_time_in_proportion(layout: str) -> None:
    """With four times as many people a file takes about four times as long: they are not compared pair by pair."""
    few, many = crowd(CROWD, layout), crowd(LENGTHENED * CROWD, layout)
    assert compared(few, many) <= MOST_GROWTH


ENTRIES = {
    "people who speak once": lambda each: f"{each}: I am here, too.",
    "names of an introduction": lambda each: f"We spoke to {each} of Harbour Lane.",
    "headings": lambda each: f"## {each} goes to sea",
    "ties": lambda each: f"{each} ({''.join(word[0] for word in each.split())}) came.",
    "links": lambda each: f"[{each}]: http://a.b",
    "breaks": lambda each: "Music: a song.",
    "rules": lambda each: "---",
    "numbered guests": lambda each: f"Guest {each.split()[1]}: Yes.",
    "contacts": lambda each: "- Website: a.b",
}  # fmt: skip


FILLED = [
    pytest.param(entry, of_kind, id=f"{name}, {of_kind}")
    for name, entry in ENTRIES.items()
    for of_kind in ("talk", "page")
]


@pytest.mark.parametrize(("entry", "of_kind"), FILLED)
def test_many_entries_take_time_in_proportion(entry: Callable[[str], str], of_kind: str) -> None:
    """A file with thousands of lines of one kind, before the conversation or in it, takes time as its length does."""

    def made(number: int) -> str:
        lines = "\n".join(map(entry, people(number)))
        if of_kind == "page":
            return f"# A talk\n\n{lines}\n\nWhat do you do?\n\nI paint.\n\nWhy do you paint?\n\nI like it.\n"
        return f"Ana: How are you?\nBen: Fine.\n{lines}\nAna: Really?\nBen: Yes.\nAna: Why?\nBen: So.\n"

    few, many = made(FEW), made(LENGTHENED * FEW)
    assert compared(few, many) <= MOST_GROWTH

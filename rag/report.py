"""The import report: what was recognised in one file, and what a person should look at, each with what to do about it.

It tells only what the interview shows; nothing is looked up, and nothing is mended.
"""

import re
import shlex
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import islice, pairwise
from pathlib import Path

from rag.names import plain_words
from rag.questions import share_asking
from rag.records import UNKNOWN_SPEAKER, Interview, Role, Turn

STRETCH, STRETCHES = 120, 5
"""Characters of a stretch that belongs to nobody, and how many stretches, the longest, are shown."""
LONG_TURN = 1_500
"""Words of a turn in which another speaker's label may be missing."""
RARE_WORDS, OFTEN = 40, 5
"""Words of a lone turn, and turns of others, from which a label seen once is worth a look."""

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_STAMP = re.compile(r"(?<!\d)\d{1,3}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?!\d)")
_MARKUP = re.compile(r"[*_#>\[\](){}<:：|\-–—\s]+")
_LONGEST_LABEL, _SHORT_LABEL = 8, 4
"""Words of a label, and of one of a speaker whom the file does not name."""
_GREETED = re.compile(
    r"\W{0,4}(?:(?:thanks(?: so much| very much| a lot| again)?|thank you(?: so much| very much| again)?|hi|hello|hey|"
    r"welcome(?: back)?|good (?:morning|afternoon|evening)|so|okay|ok|well|and)[,.!]?[ ]+){1,2}"
    r"(?P<name>[^,.!?;:—–\n]{2,40}?)[ ]*(?:[,.!?;:—–\n]|\Z)",
    re.IGNORECASE,
)
"""A turn that begins by speaking to somebody by name."""
_TAIL = 160
_WARNINGS_OF_A_KIND = 5
_ASKING = 0.3
"""The share of turns that end in a question from which an interviewee seems to be the one who asks."""


@dataclass(frozen=True, slots=True)
class Part:
    """One speaker's part in an interview; ``words`` without headings, stamps and the like within the turns."""

    name: str
    role: Role
    aliases: tuple[str, ...]
    turns: int
    words: int


@dataclass(frozen=True)
class Report:
    """What was recognised in one file.

    ``nobodys_words`` counts the words that belong to nobody (labels and time stamps aside), and ``nobodys`` holds the
    beginnings of the longest such stretches. ``timed`` says whether the file tells when things are said.
    """

    source: str
    format: str
    layout: str
    title: str
    date: str
    link: str
    recording: str
    speakers: tuple[Part, ...]
    pairs: int
    words: int
    nobodys_words: int
    nobodys: tuple[str, ...]
    timed: bool
    corrected: bool
    warnings: tuple[str, ...]


def report(interview: Interview, *, file: str = "") -> Report:
    """What was recognised in one interview, and what should be looked at.

    ``file`` is its path, for commands, and to look for its recording; without it none is looked for.
    """
    view = _View.of(interview, file)
    return Report(
        source=interview.source.name,
        format=interview.source.format,
        layout=interview.layout,
        title=interview.title,
        date=interview.date,
        link=interview.link,
        recording=interview.recording,
        speakers=view.parts,
        pairs=sum(bool(each.question) for each in interview.pairs),
        words=sum(view.words),
        nobodys_words=sum(map(_count, view.nobodys)),
        nobodys=tuple(_shortened(each) for each in sorted(view.nobodys, key=len, reverse=True)[:STRETCHES]),
        timed=bool(interview.source.moments),
        corrected=bool(interview.corrected),
        warnings=tuple(dict.fromkeys(warning for warn in _WARNINGS for warning in warn(view))),
    )


@dataclass(frozen=True)
class _View:
    """An interview with what its report is made of: words of each turn, parts of the speakers, what is nobody's.

    ``file`` is its path as it is typed in a command, and ``folder``, if known, where it or its archive lies.
    """

    interview: Interview
    file: str
    words: tuple[int, ...]
    parts: tuple[Part, ...]
    nobodys: tuple[str, ...]
    folder: Path | None

    @classmethod
    def of(cls, interview: Interview, file: str) -> "_View":
        words = tuple(_words_of(interview))
        parts = tuple(_parts(interview, words))
        typed = shlex.quote(file or interview.source.name)
        folder = next((above for above in Path(file).parents if above.is_dir()), None) if file else None
        return cls(interview, typed, words, parts, tuple(_nobodys(interview)), folder)

    def line(self, turn: Turn) -> int:
        return self.interview.source.line_of(turn.span.start)

    def text(self, turn: Turn) -> str:
        return turn.span.of(self.interview.source.text)


def _words_of(interview: Interview) -> Iterator[int]:
    """The words of each turn, without what stands apart in it."""
    text = interview.source.text
    apart = sorted(interview.apart)
    starts = [span.start for span in apart]
    for turn in interview.turns:
        within = apart[bisect_left(starts, turn.span.start) : bisect_left(starts, turn.span.end)]
        yield max(0, _count(turn.span.of(text)) - sum(_count(span.of(text)) for span in within))


def _parts(interview: Interview, words: Sequence[int]) -> Iterator[Part]:
    """The part of each speaker, and of the unknown ones by their role."""
    counts: dict[tuple[str, Role | None], list[int]] = {}
    for turn, count in zip(interview.turns, words, strict=True):
        counts.setdefault((turn.speaker, turn.role if turn.speaker == UNKNOWN_SPEAKER else None), []).append(count)
    for each in interview.speakers:
        mine = counts.get((each.name, None), [])
        yield Part(each.name, each.role, each.aliases, len(mine), sum(mine))
    for (name, role), mine in counts.items():
        if role is not None:
            yield Part(name, role, (), len(mine), sum(mine))


def _nobodys(interview: Interview) -> Iterator[str]:
    """Every stretch that belongs to nobody, without the labels of speakers and without time stamps."""
    text = interview.source.text
    starts = [turn.span.start for turn in interview.turns]
    names = [name for each in interview.speakers for name in (each.name, each.plain, *each.aliases)]
    forms = {_folded(form) for name in names for form in (name, *name.split())} - {""}
    named = UNKNOWN_SPEAKER not in {turn.speaker for turn in interview.turns}
    for span in (*interview.remainder, *interview.apart):
        stretch = span.of(text)
        at = bisect_left(starts, span.end)
        before, _, last = stretch.rpartition("\n")
        if at < len(starts) and not text[span.end : starts[at]].strip():
            stretch = f"{before}\n{_without_label(last, forms, named=named)}"
        elif _folded(_STAMP.sub(" ", last)) in forms:  # a label once more
            stretch = before
        stretch = " ".join(_STAMP.sub("", stretch).split())
        if _count(stretch):
            yield stretch


def _folded(label: str) -> str:
    """A label as labels are compared: in small letters, without the signs around it."""
    return " ".join(_MARKUP.sub(" ", label).casefold().split())


def _without_label(line: str, forms: Collection[str], *, named: bool) -> str:
    """The line before a turn without the speaker's label, which stands at its beginning or at its end."""
    words = _MARKUP.sub(" ", _STAMP.sub(" ", line)).split()
    for size in range(min(_LONGEST_LABEL, len(words)), 0, -1):
        for label, rest in ((words[:size], words[size:]), (words[-size:], words[:-size])):
            if " ".join(label).casefold() in forms:
                return " ".join(rest)
    return "" if not named and len(words) <= _SHORT_LABEL else line


def _seen_once(view: _View) -> Iterator[str]:
    often = [part.name for part in view.parts if part.turns >= OFTEN]
    rare = {part.name for part in view.parts if part.turns == 1 and part.words <= RARE_WORDS} - {UNKNOWN_SPEAKER}
    turns = (turn for turn in view.interview.turns if often and turn.speaker in rare)
    for turn in islice(turns, _WARNINGS_OF_A_KIND):
        near = get_close_matches(turn.speaker, often, 1, 0.5) or often[:1]
        yield (
            f"“{turn.speaker}” speaks only once, in line {view.line(turn)}. If that is another spelling of somebody "
            f"else, merge them: whosaid speakers {view.file} --merge {_typed(turn.speaker)} {_typed(near[0])}"
        )


def _greets_oneself(view: _View) -> Iterator[str]:
    for turn in _self_greetings(view):
        yield (
            f"In line {view.line(turn)} “{turn.speaker}” speaks to somebody of the same name. If the labels are "
            f"exchanged there or throughout, see whosaid show {view.file} and swap them: "
            f"whosaid speakers {view.file} --swap {_typed(turn.speaker)} {_typed(_other(view, turn.speaker))}"
        )
        return


def _self_greetings(view: _View) -> list[Turn]:
    """Turns that begin by speaking to somebody who has the speaker's own name."""
    own = {each.name: plain_words(each.plain or each.name) for each in view.interview.speakers}
    found: list[Turn] = []
    for turn in view.interview.turns:
        match = _GREETED.match(view.text(turn)[:_TAIL])
        words = own.get(turn.speaker)
        if match and words and plain_words(match["name"]) in (words, words[:1]):
            found.append(turn)
    return found


def _swapped(view: _View) -> Iterator[str]:
    hosts = [part for part in view.parts if part.role == "interviewer" and part.turns > 1]
    guests = [part for part in view.parts if part.role == "interviewee" and part.turns > 1]
    if len(hosts) != 1 or len(guests) != 1:
        return
    host, guest = hosts[0], guests[0]
    asks = _asking(view, guest) >= max(_ASKING, _asking(view, host))
    if asks and host.words * guest.turns > guest.words * host.turns:
        yield (
            f"The labels look swapped: “{guest.name}” asks and “{host.name}” gives the long answers. If they are, "
            f"swap them: whosaid speakers {view.file} --swap {_typed(host.name)} {_typed(guest.name)}"
        )


def _asking(view: _View, part: Part) -> float:
    """The share of somebody's turns that end in a question."""
    mine = [turn for turn in view.interview.turns if (turn.speaker, turn.role) == (part.name, part.role)]
    return share_asking(view.text(turn)[-_TAIL:] for turn in mine)


def _very_long(view: _View) -> Iterator[str]:
    long = ((turn, words) for turn, words in zip(view.interview.turns, view.words, strict=True) if words >= LONG_TURN)
    for turn, words in islice(long, _WARNINGS_OF_A_KIND):
        yield (
            f"“{turn.speaker}” speaks {words:,} words at a stretch from line {view.line(turn)} on. Look whether "
            "another speaker's label is missing there, and put it into the file."
        )


def _nobody_asks(view: _View) -> Iterator[str]:
    turns = view.interview.turns
    name = next((part.name for part in view.parts if part.name != UNKNOWN_SPEAKER), "NAME")
    if not any(turn.role == "interviewer" for turn in turns):
        found = "It is not clear who asks" if any("?" in view.text(turn) for turn in turns) else "No question was found"
        remedy = (
            f"Say who asks: whosaid speakers {view.file} --role {_typed(name)} interviewer"
            if len(view.parts) > 1
            else 'If several people speak, begin each turn with its speaker\'s name and a colon ("Ana: ...").'
        )
        yield f"{found}, so everything counts as an answer. {remedy}"


def _unknown(view: _View) -> Iterator[str]:
    for part in view.parts:
        if part.name == UNKNOWN_SPEAKER and part.role != "interviewer":
            label = UNKNOWN_SPEAKER if part.role == "unknown" else f"unknown {part.role}"
            yield (
                f"The file does not say who speaks{_often(part.turns)}. If you know: "
                f"whosaid speakers {view.file} --rename {_typed(label)} NAME"
            )


def _mostly_nobodys(view: _View) -> Iterator[str]:
    words = sum(map(_count, view.nobodys))
    if words > sum(view.words):
        yield (
            f"Most of the file, {words:,} words, belongs to nobody. If people speak there, begin each turn with the "
            'speaker\'s name and a colon ("Ana: ...").'
        )


def _times_astray(view: _View) -> Iterator[str]:
    moments = view.interview.source.moments
    if any(after.seconds < before.seconds for before, after in pairwise(moments)):
        yield "The times do not go forward throughout: before you cite one, compare it with the recording."
    if view.interview.recording and not moments:
        yield "Quotes cannot lead into the recording, since the file tells no times; export it again with time stamps."


def _no_recording(view: _View) -> Iterator[str]:
    recording = view.interview.recording
    if view.folder is not None and recording and "://" not in recording and not _is_file(view.folder / recording):
        yield (
            f"The recording “{recording}” is not in {view.folder}. Put it there, or say where it is (a link begins "
            f"with https://): whosaid speakers {view.file} --recording PLACE"
        )


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # no file can have such a name
        return False


def _told_before(view: _View) -> Iterator[str]:
    yield from (*view.interview.source.warnings, *view.interview.warnings)


_WARNINGS: tuple[Callable[[_View], Iterator[str]], ...] = (
    _told_before,
    _nobody_asks,
    _swapped,
    _greets_oneself,
    _unknown,
    _seen_once,
    _very_long,
    _mostly_nobodys,
    _times_astray,
    _no_recording,
)


def _other(view: _View, name: str) -> str:
    """The one who talks most with somebody."""
    others = [part for part in view.parts if part.name not in (name, UNKNOWN_SPEAKER)]
    return max(others, key=lambda part: part.turns).name if others else "NAME"


def _typed(name: str) -> str:
    """A name as it is typed in a command."""
    return '"{}"'.format(name.replace("\\", "\\\\").replace('"', '\\"'))


def _often(number: int) -> str:
    return "" if number == 1 else f" {number:,} times"


def _count(text: str) -> int:
    return len(_WORD.findall(text))


def _shortened(text: str) -> str:
    return text if len(text) <= STRETCH else f"{text[:STRETCH]}…"

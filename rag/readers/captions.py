"""Captions as a transcript: the cues of one speaker become a paragraph, with the name where the format gives one.

Only the first cue of a turn usually carries its voice; the cues after it go on with it.
Rolling captions, in which each cue repeats the last line of the one before, are written once.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from html import unescape
from itertools import pairwise
from pathlib import Path

from rag.errors import ReadError
from rag.readers.about import stated_by
from rag.readers.cues import Cue, read_cues
from rag.readers.pieces import labels_of
from rag.readers.plain import decode
from rag.readers.segments import Opening, Segment, clean, ends_sentence, in_paragraphs, lay_out, opening
from rag.source import Stated, Transcript

PAUSE = 4.0
"""Seconds without a caption that end a paragraph, if a sentence has ended."""

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?[ \t]([^<>]*)>", re.IGNORECASE)
_BREAK = re.compile(r"\\N|\[br\]|<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(
    r"</?(?:[bcisuvp]|em|strong|ruby|rt|rp|lang|font|span)(?:[.\s][^<>]*)?/?>|<[0-9:.,]+>|\{\\[^{}]*\}", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});", re.IGNORECASE)
_DASH = re.compile(r"[-–—‐]\s?(?=[^\s\-])")
_TITLE = re.compile(r"WEBVTT[ \t]+[-–—][ \t]*(.+)")
_NO_TITLE = re.compile(r"\b(?:captions?|subtitles?|file|cues?|created|generated|transcri\w+|by)\b|://", re.IGNORECASE)
_ENTRY = re.compile(r"(?:NOTE[ \t]+)?([A-Za-z][A-Za-z ]{1,20}?)[ \t]*:[ \t]*(\S.*)")
_ROLLING = 0.3
_FLASH = 0.05
_NOTE_FIELDS = frozenset("title date recording audio video media url link host hosts guest guests".split())


_DASHES = frozenset("-–—‐")
_FEWEST_DASHES = 4
"""Captions that begin with a dash this often mean a change of speaker by it."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a cue without mark-up, and its voice, empty where it has none; ``dashed``: the speaker changes."""

    words: str
    voice: str
    dashed: bool = False


def read_captions(content: bytes, path: Path) -> Transcript:
    """Read a caption file (.srt, .vtt or .sbv); a moment stands at the first words of each cue.

    Raises:
        ReadError: the file is no text, holds no captions, or they hold no words.
    """
    text = decode(content, path)
    if not text.strip():
        raise ReadError(path, "the file is empty", "Export the captions again, or remove the file.")
    file = read_cues(text, path.suffix)
    if not file.cues:
        reason = "it holds no captions (no line such as 00:00:01,000 --> 00:00:04,000)"
        raise ReadError(path, reason, "Export the captions again, or save the words as a .txt file.")
    shown = _once([(cue, _lines(cue)) for cue in file.cues])
    if not any(lines for _, lines in shown):
        raise ReadError(path, f"none of its {len(file.cues)} captions holds words", "Export the captions again.")
    segments = in_paragraphs(_segments(shown), pause=PAUSE)
    return lay_out(segments, kind=file.kind, stated=_stated(file.notes))


def _lines(cue: Cue) -> list[_Line]:
    """The lines of a cue, each by one voice; a voice stands for what follows it on its line."""
    lines, voice = [], ""
    for line in cue.lines:
        for part in _BREAK.split(line):
            first, *voiced = _VOICE.split(part)
            for name, words in [("", first), *zip(voiced[::2], voiced[1::2], strict=True)]:
                voice = _plain(name) or voice
                if words := _plain(words):
                    lines.append(_Line(words, voice))
                    voice = ""
    dashed = [line for line in lines if _DASH.match(line.words)]
    return [replace(line, dashed=True) if _DASH.match(line.words) else line for line in lines] if dashed[1:] else lines


def _plain(text: str) -> str:
    """``text`` without tags, its entities resolved, on one line."""
    return clean(_ENTITY.sub(lambda match: unescape(match.group()), _TAG.sub("", text)).replace("\\h", " "))


def _once(shown: Sequence[tuple[Cue, list[_Line]]]) -> list[tuple[Cue, list[_Line]]]:
    """Cues without what they repeat of the cue before: all of it at the same time, or the lines that roll on."""
    shown = [(cue, lines) for cue, lines in shown if lines]
    if not shown:
        return []
    repeated = [0, *(_repeated(before, after) for (_, before), (_, after) in pairwise(shown))]
    rolls = sum(
        1
        for (cue, lines), count in zip(shown, repeated, strict=True)
        if count and (count < len(lines) or _flashes(cue))
    )
    rolling = rolls > _ROLLING * (len(shown) - 1)
    fresh = shown[:1]
    for (before, _), (cue, lines), count in zip(shown, shown[1:], repeated[1:], strict=False):
        again = rolling or (count == len(lines) and (before.start, before.end) == (cue.start, cue.end))
        fresh.append((cue, lines[count:] if again else lines))
    return fresh


def _repeated(before: Sequence[_Line], after: Sequence[_Line]) -> int:
    """How many of the last lines of one cue are the first lines of the next."""
    most = min(len(before), len(after), 4)
    said, again = [line.words for line in before], [line.words for line in after]
    return next((count for count in range(most, 0, -1) if said[-count:] == again[:count]), 0)


def _flashes(cue: Cue) -> bool:
    return cue.start is not None and cue.end is not None and cue.end - cue.start <= _FLASH


def _segments(shown: Sequence[tuple[Cue, Sequence[_Line]]]) -> Iterator[Segment]:
    """Who says which line: by its voice where the file has voices, else only where a speaker begins."""
    lines = [line for _, lines in shown for line in lines]
    voices = labels_of({line.voice for line in lines if line.voice}, letters=False)
    labels = Counter(found.name for line in lines if (found := opening(line.words)).name)
    if voices:
        yield from _voiced(shown, voices, _speaking(voices, labels))
    else:
        yield from _unvoiced(shown, labels)


def _speaking(voices: dict[str, str], labels: Counter[str]) -> dict[str, str]:
    """The speakers that labels stand for beside voices: a voice, however it is written, or capitals that recur."""
    known = {name.casefold(): name for name in voices.values()}
    speakers = {label: known.get(label.casefold(), label) for label in labels}
    recurring = {label for label, count in labels.items() if count > 1 and label.isupper()}
    return {label: name for label, name in speakers.items() if label.casefold() in known or label in recurring}


def _voiced(
    shown: Iterable[tuple[Cue, Sequence[_Line]]], voices: dict[str, str], labels: dict[str, str]
) -> Iterator[Segment]:
    """Lines of a file with voices; one without goes on, unless it shows that the speaker changes."""
    speaker = ""
    for cue, lines in shown:
        start = cue.start
        for line in lines:
            found = opening(line.words)
            named = voices.get(line.voice) or labels.get(found.name, "")
            changes = not named and (line.dashed or found.sign.startswith(">"))
            speaker = "" if changes else named or speaker
            words = found.words if named and labels.get(found.name) == named else line.words
            if words:
                yield Segment(words, speaker, nobody=not speaker, start=start, end=cue.end, opens=changes)
                start = None


def _unvoiced(shown: Sequence[tuple[Cue, Sequence[_Line]]], labels: Counter[str]) -> Iterator[Segment]:
    """Lines of a file without voices; labels stay in the text, where they may be read as in any transcript."""
    ended, dashed = True, False
    signs = sum(opening(lines[0].words).sign[:1] in _DASHES for _, lines in shown if lines) >= _FEWEST_DASHES
    for cue, lines in shown:
        for at, line in enumerate(lines):
            found = opening(line.words)
            labelled = bool(found.name) and (ended or labels[found.name] > 1)
            opens = labelled or line.dashed or found.sign.startswith(">") or (dashed and ended)
            opens = opens or (signs and ended and found.sign[:1] in _DASHES)
            words = line.words[_sign_length(line, found) :] if labelled else line.words
            yield Segment(words, start=None if at else cue.start, end=cue.end, opens=opens)
            ended, dashed = ends_sentence(words), line.dashed


def _sign_length(line: _Line, found: Opening) -> int:
    """Characters of the sign before a label, which says the same as the label."""
    return len(line.words) - len(line.words[len(found.sign) :].lstrip()) if found.sign else 0


def _stated(notes: Iterable[str]) -> Stated:
    """What the header's title and notes such as "NOTE Recording: ..." say; other notes are the captioner's own."""
    entries: dict[str, object] = {}
    for note in notes:
        if (title := _TITLE.fullmatch(note)) and not _NO_TITLE.search(title[1]):
            entries.setdefault("title", title[1])
        if (entry := _ENTRY.fullmatch(note)) and entry[1].casefold() in _NOTE_FIELDS:
            entries.setdefault(entry[1].casefold(), entry[2])
    return stated_by(entries)

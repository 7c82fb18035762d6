"""The speech in a JSON file of any make.

A *layer* is all objects with words that stand at the same path, whatever their numbers in the lists above them: all
``segments[].words[]`` of a file are one.
A file usually holds the same speech in several layers, as a whole, in segments and in words; one of them is chosen.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from rag.readers.about import plain_key
from rag.readers.clocks import Reading, read_time
from rag.readers.pieces import Piece, letters_in, word_by_word


def _ranked(names: str) -> dict[str, int]:
    """The names of fields with their ranks: the first of them that an object has is asked first."""
    return {name: rank for rank, name in enumerate(names.split())}


_WORDS = _ranked(
    "text body content transcript utterance display punctuatedword words caption line message value word sentence "
    "said quote utf8 speech"
)
_SPEAKERS = _ranked(
    "speakername speaker speakerlabel speakerid speakertag voice who participantname participant interlocutor"
)
_PERSONS = _ranked("name displayname author user username sender from role")
"""Fields that name a speaker only beside words; further out they may name anything."""
_STARTS = _ranked(
    "start starttime startms starttimems startmilliseconds startsec startseconds startoffset begin begintime beginms "
    "from offsetinticks offsetmilliseconds offsets offset tstartms timestamps timestamp ts timecode time"
)
_ENDS = _ranked(
    "end endtime endms endtimems endmilliseconds endsec endseconds endoffset endts to until stop "
    "offsets timestamps timestamp"
)
_PAIRS = frozenset({"offsets", "timestamps", "timestamp"})
"""Fields that may hold a start and an end in one."""
_ALTERNATIVES = frozenset({"alternatives", "nbest"})
_TEXTS = frozenset({*_WORDS, "paragraphs", "lines", "segments", "utterances", "sentences", "item", ""})
_NO_SPEAKERS = frozenset({"", "-", "?", "none", "null", "n/a", "unknown"})
_SAME = 0.8
"""A layer with this part of the letters of the longest one holds the same speech."""

Fields = Mapping[str, object]
Paths = dict[tuple[int, str], int]
"""The number of each path, by that of the path above it and its own name; numbers among names are all the same."""


@dataclass(slots=True)
class _Layer:
    """The pieces at one path, and who begins to speak when, where objects tell that without words."""

    pieces: list[Piece] = field(default_factory=list)
    begins: list[tuple[float, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Node:
    """A value yet to be looked at; ``path`` numbers its path, ``speaker`` and ``start`` are told further out."""

    value: object
    name: str
    path: int
    speaker: str = ""
    start: Reading | None = None


def speech(data: object) -> list[Piece]:
    """The pieces of the layer that tells most about the speech in ``data``; none if there are no words in it.

    Raises:
        ValueError: a time is no number (NaN) or infinite.
    """
    layers = list(_layers(data).values())
    most = max((letters_in(layer.pieces) for layer in layers), default=0)
    same = [layer.pieces for layer in layers if most and letters_in(layer.pieces) >= _SAME * most]
    if not same:
        return []
    chosen = max(same, key=_merit)
    begins = max((layer.begins for layer in layers), key=len)
    return chosen if any(piece.speaker for piece in chosen) else _spoken(chosen, sorted(begins))


def _merit(pieces: list[Piece]) -> tuple[bool, bool, bool, bool, int]:
    """Speakers before times, both before neither; segments before words and before the text as a whole."""
    speakers = {piece.speaker for piece in pieces} - {""}
    timed = any(piece.start for piece in pieces)
    return bool(speakers), len(speakers) > 1, timed, not word_by_word(pieces), len(pieces)


def _layers(data: object) -> dict[int, _Layer]:
    """All layers by the number of their path, in the order of the file; without recursion, however deep it goes."""
    paths: Paths = {}
    layers: dict[int, _Layer] = {}
    stack = [_Node(data, "", 0)]
    while stack:
        node = stack.pop()
        layer = layers.setdefault(node.path, _Layer())
        if isinstance(node.value, str):
            layer.pieces.append(Piece(node.value, node.speaker, node.start))
        else:
            stack.extend(reversed(_inner(node, layer, paths)))
    return layers


def _path(paths: Paths, outer: int, name: str) -> int:
    return paths.setdefault((outer, "" if name.isdigit() else name), len(paths) + 1)


def _inner(node: _Node, layer: _Layer, paths: Paths) -> list[_Node]:
    """The values within a list or an object, each with its name; an object's own words go into the layer."""
    if isinstance(node.value, list):
        some = node.value[:1] if node.name in _ALTERNATIVES else node.value
        kinds = (dict, list, str) if node.name in _TEXTS else (dict, list)
        kept, path = [value for value in some if isinstance(value, kinds)], _path(paths, node.path, "[]")
        return [_Node(value, "[]", path, node.speaker, None if at else node.start) for at, value in enumerate(kept)]
    if not isinstance(node.value, dict):
        return []
    fields = {plain_key(str(key)): value for key, value in node.value.items()}
    start = _time_in(fields, _STARTS, 0) or node.start
    speaker = (_speaker(fields, _SPEAKERS) if node.path else "") or node.speaker
    _add(layer, fields, speaker, start, inside=bool(node.path))
    return [
        _Node(value, name, _path(paths, node.path, name), speaker, start)
        for name, value in fields.items()
        if isinstance(value, dict | list)
    ]


def _present(fields: Fields, names: dict[str, int]) -> list[str]:
    return sorted(fields.keys() & names.keys(), key=names.__getitem__)


def _add(layer: _Layer, fields: Fields, speaker: str, start: Reading | None, *, inside: bool) -> None:
    """Put what an object says into its layer; the outermost object is the file and names no speaker."""
    question, answer = fields.get("question"), fields.get("answer")
    told = [] if _set_out(fields) else _present(fields, _WORDS)
    words = next((words for name in told if isinstance(words := fields[name], str) and words), None)
    if isinstance(question, str) and isinstance(answer, str):
        layer.pieces += [Piece(question, "Q", start), Piece(answer, "A", start)]
    elif words is not None:
        named = speaker or (_speaker(fields, _PERSONS) if inside else "")
        layer.pieces.append(Piece(words, named, start, _end(fields, start)))
    elif speaker and start is not None:
        layer.begins.append((start.amount, speaker))


def _set_out(fields: Fields) -> bool:
    """Whether the words of an object are only its paragraphs once more, with labels written in (Deepgram)."""
    paragraphs = fields.get("paragraphs")
    return isinstance(paragraphs, list) and any(isinstance(each, dict) and "sentences" in each for each in paragraphs)


def _speaker(fields: Fields, names: dict[str, int]) -> str:
    """Who speaks, by the first of these fields that tells it; empty where none does."""
    return next((told for name in _present(fields, names) if (told := _named(fields[name], name)) is not None), "")


def _named(value: object, name: str) -> str | None:
    if isinstance(value, dict):
        inner = {plain_key(str(key)): person for key, person in value.items()}
        value = next((inner[key] for key in ("name", "displayname", "label", "id") if inner.get(key) is not None), None)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = f"{value:g}" if isinstance(value, float) else str(value).strip()
    if name == "from" and (not isinstance(value, str) or read_time(text)):
        return None
    return None if text.casefold() in _NO_SPEAKERS or (name == "speakertag" and text == "0") else text


def _end(fields: Fields, start: Reading | None) -> Reading | None:
    """When an object's words end, by a field of its own, the second of a pair, or how long they last."""
    found = _time_in(fields, _ENDS, 1)
    if found or start is None:
        return found
    lasts = next((time for name in fields if "duration" in name and (time := read_time(fields[name], name))), None)
    return Reading(start.amount + lasts.amount, start.known) if lasts and lasts.known == start.known else None


def _time_in(fields: Fields, names: dict[str, int], which: int) -> Reading | None:
    return next((time for name in _present(fields, names) if (time := _time(fields[name], name, which))), None)


def _time(value: object, name: str, which: int) -> Reading | None:
    """A time, or the first or second of two in a list or an object; the offsets of whisper.cpp are milliseconds."""
    if isinstance(value, list):
        return read_time(value[which], name) if len(value) == 2 else None
    if isinstance(value, dict) and name in _PAIRS:
        key = next((key for key in (("from", "start"), ("to", "end"))[which] if key in value), "")
        return read_time(value.get(key), "ms" if name == "offsets" else name)
    if isinstance(value, dict):
        return read_time(value.get("seconds"), "seconds")
    return None if which and name in _PAIRS else read_time(value, name)


def _spoken(pieces: list[Piece], begins: list[tuple[float, str]]) -> list[Piece]:
    """Pieces with the speaker who, by another layer, began last before them."""
    if not begins:
        return pieces
    starts, spoken, speaker = [start for start, _ in begins], [], ""
    for piece in pieces:
        at = bisect_right(starts, piece.start.amount + 1e-3) if piece.start else 0
        speaker = begins[at - 1][1] if at else speaker
        spoken.append(replace(piece, speaker=speaker))
    return spoken

"""Hostile content: what real files become when somebody wants to break whatever reads them.

Every case is made from a seeded ``random.Random`` alone, so that its number is enough to make it again.
"""

import codecs
import re
import zlib
from collections.abc import Callable, Sequence
from random import Random

LONGEST = 200_000
"""Bytes of one case, but for what is packed in it."""

ODD = tuple(
    piece.encode("utf-8", "surrogatepass")
    for piece in (
        "\x00", "\x07", "\x1b[31m", "\x7f", "\x85", "\xa0", "\xad", "\u0301", "\u200b", "\u200d", "\u2028", "\u2029",
        "\u202e", "\u2066", "\u2069", "\ufeff", "\ufffd", "\uffff", "\ud800", "\udfff", "\U0001f642", "\U000e0041", "İ",
        "ﬁ", "ß", "ǅ", "你好：", "؟", "²", "٣", "Ⅷ", "\r", "\n", "\r\n", "\n\n", "\t", " ", "\x0b", "\x0c", "\x1c",
    )
)  # fmt: skip
"""Characters that are easily taken for something else, or for nothing."""
BROKEN = (b"\xff", b"\xfe\xff", b"\xff\xfe", b"\xc0\x80", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x80", b"\x80")
NUMBERS = (
    b"0", b"-1", b"00", b"1e400", b"-1e-400", b"NaN", b"Infinity", b"2147483648", b"18446744073709551616", b"9" * 30,
    b"9" * 400, b"9" * 5000, b"99:99:99", b"0.0000000000000000000001", b"1_000", b"0x10", b"+1", b"1-2", b"1/0",
)  # fmt: skip
ENCODINGS = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig", "windows-1252", "utf-7", "shift_jis")
_DIGITS = re.compile(rb"\d+")

Change = Callable[[bytes, Random, Sequence[bytes]], bytes]


def hostile(random: Random, seeds: Sequence[bytes], pieces: Sequence[bytes]) -> bytes:
    """A seed, or a heap of ``pieces`` (the signs of a format), after some changes."""
    content = heap(random, pieces) if random.random() < 0.3 else excerpt(random, random.choice(seeds))
    for _ in range(random.choice((0, 1, 1, 2, 3, 8))):
        content = random.choice(CHANGES)(content, random, pieces)[:LONGEST]
    if random.random() < 0.03:
        content = recoded(content, random)
    return content


def excerpt(random: Random, seed: bytes) -> bytes:
    """Mostly the beginning of a long seed, or any stretch of it; now and then all of it."""
    longest = random.choice((100, 300, 900))
    if len(seed) <= longest or random.random() < 0.003:
        return seed
    start = random.choice((0, 0, random.randrange(len(seed) - longest)))
    return seed[start : start + longest]


def heap(random: Random, pieces: Sequence[bytes]) -> bytes:
    """Pieces in any order, some of them very often."""
    chosen = [random.choice(pieces) * _times(random) for _ in range(random.randrange(1, 20))]
    return b"".join(chosen)[:LONGEST]


def _times(random: Random) -> int:
    """How often something stands one after the other: nearly always once, now and then thousands of times."""
    return random.choice((2, 3, 9, 60, random.choice((300, 5000)))) if random.random() < 0.02 else 1


def _inserted(content: bytes, random: Random, pieces: Sequence[bytes]) -> bytes:
    at = random.randrange(len(content) + 1)
    kind = random.choice((pieces, pieces, ODD, BROKEN, NUMBERS))
    return content[:at] + random.choice(kind) * _times(random) + content[at:]


def _scattered(content: bytes, random: Random, pieces: Sequence[bytes]) -> bytes:
    """One piece at many places."""
    piece = random.choice(random.choice((pieces, ODD, ODD)))
    places = sorted(random.randrange(len(content) + 1) for _ in range(random.randrange(1, 20)))
    parts = [content[start:end] for start, end in zip([0, *places], [*places, len(content)], strict=True)]
    return piece.join(parts)


def _deleted(content: bytes, random: Random, pieces: Sequence[bytes]) -> bytes:
    start, end = _stretch(content, random)
    return content[:start] + content[end:]


def _doubled(content: bytes, random: Random, pieces: Sequence[bytes]) -> bytes:
    start, end = _stretch(content, random)
    return content[:end] + content[start:end] * _times(random) + content[end:]


def _moved(content: bytes, random: Random, pieces: Sequence[bytes]) -> bytes:
    start, end = _stretch(content, random)
    rest = content[:start] + content[end:]
    at = random.randrange(len(rest) + 1)
    return rest[:at] + content[start:end] + rest[at:]


def _cut(content: bytes, random: Random, pieces: Sequence[bytes]) -> bytes:
    return content[: random.randrange(len(content) + 1)]


def _altered(content: bytes, random: Random, pieces: Sequence[bytes]) -> bytes:
    """Some bytes are others."""
    changed = bytearray(content)
    for _ in range(random.choice((1, 1, 4, 30)) if changed else 0):
        changed[random.randrange(len(changed))] = random.choice((0, 9, 10, 32, 255, random.randrange(256)))
    return bytes(changed)


def _renumbered(content: bytes, random: Random, pieces: Sequence[bytes]) -> bytes:
    """A number is another one, or all are."""
    share = random.choice((0.1, 0.5, 1.0))
    number = random.choice(NUMBERS)
    return _DIGITS.sub(lambda match: number if random.random() < share else match[0], content[:20_000])


def _without_breaks(content: bytes, random: Random, pieces: Sequence[bytes]) -> bytes:
    """All lines are one."""
    return content.replace(b"\n", random.choice((b"", b" ", b"\r", b"\x0b")))


def _nested(content: bytes, random: Random, pieces: Sequence[bytes]) -> bytes:
    """Everything stands deep within what opens and perhaps never closes."""
    depth = random.choice((2, 3, 9, 60, 60, random.choice((149, 400, 990, 30_000))))
    opening, closing = random.choice(
        ((b"[", b"]"), (b'{"a":', b"}"), (b"(", b")"), (b"<div>", b"</div>"), (b"<b>", b"</b>"), (b"**", b"**"),
         (b'{"text":[', b"]}"), (b"> ", b""), (b'"', b'"'), (random.choice(pieces), b""))
    )  # fmt: skip
    return opening * depth + content + closing * random.choice((depth, depth, 0))


def _stretch(content: bytes, random: Random) -> tuple[int, int]:
    start = random.randrange(len(content) + 1)
    return start, min(len(content), start + random.choice((1, 4, 30, 300, 3000)))


def recoded(content: bytes, random: Random) -> bytes:
    """The same text in another encoding, or in one that only its byte-order mark tells."""
    text = content.decode("utf-8", "replace")
    mark = random.choice((b"", b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return mark + text.encode(random.choice(ENCODINGS), "replace")


CHANGES: tuple[Change, ...] = (
    _inserted, _inserted, _scattered, _deleted, _doubled, _moved, _cut, _altered, _altered, _renumbered,
    _without_breaks, _nested,
)  # fmt: skip


def damaged(random: Random, content: bytes) -> bytes:
    """Bytes of a format that is no text, with some of them changed, lost or doubled."""
    for _ in range(random.choice((1, 1, 2, 5))):
        content = random.choice((_altered, _altered, _deleted, _doubled, _cut, _renumbered))(content, random, ())
    return content


def chosen(content: bytes, choices: Sequence[str]) -> str:
    """One of some choices, by nothing but the content, so that a case is its bytes and nothing else."""
    return choices[zlib.crc32(content) % len(choices)]

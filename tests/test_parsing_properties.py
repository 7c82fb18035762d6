"""Whatever happens to a transcript on its way here: it is read, or refused with a reason, and nothing of it is lost.

Transcripts are damaged at random, with fixed seeds, and what must always hold is asserted of each.
"""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.readers import READERS, File, read
from rag.records import UNKNOWN_SPEAKER, Interview, Source
from rag.turns import understand
from tests.samples import interview_of, interview_or_none, said, texts

TESTS = Path(__file__).parent
SHARED = TESTS.parent.parent / "shared" / "data" / "transcripts"
FILES = sorted(
    path for folder in (TESTS / "interviews", TESTS.parent / "seeds") for path in folder.iterdir()
    if path.suffix in READERS and not path.name.endswith(".gold.json")
)  # fmt: skip
PLAIN = [path for path in FILES if path.suffix in (".txt", ".md")]
TIMES = 12
"""How often each transcript is damaged."""
SAMPLE = 40
"""How many of the real transcripts are read, where they are at hand."""
LONGEST = 60_000

Damage = Callable[[list[str], Random], list[str]]

ODD = (
    "\x00", "\x07", "\x1b[0m", "\x7f", "\x85", "\u00a0", "\u00ad", "\u0301", "\u200b", "\u200f", "\u2028", "\u2029",
    "\ufeff", "\ufffd", "\uffff", "\U0001f642", "\U000e0041", "İ", "ﬁ", "ß", "你好：", "؟", "\x0b", "\x0c", "\x1c",
)  # fmt: skip
SIGNS = (":", "：", "**", "__", "[00:01:02]", "(00:01:15):", ">>", "#### ", "Q:", "A:", "---", "```", "<b>", "-->", "[")
LABELS = ("Q: ", "A: ", "Speaker 1: ", "**Ana:** ", "ANA LEE: ", "Ana Lee (AL): ", "Music: ", "INT: ", "int ")


def deleted(lines: list[str], random: Random) -> list[str]:
    """Some lines are missing."""
    return [line for line in lines if random.random() > 0.2]


def doubled(lines: list[str], random: Random) -> list[str]:
    """Some lines stand twice."""
    return [line for line in lines for _ in range(1 + (random.random() < 0.2))]


def swapped(lines: list[str], random: Random) -> list[str]:
    """The lines stand in another order."""
    return random.sample(lines, len(lines))


def cut(lines: list[str], random: Random) -> list[str]:
    """The file begins and ends anywhere."""
    text = "\n".join(lines)
    start, end = sorted(random.randrange(len(text) + 1) for _ in range(2))
    return text[start:end].split("\n")


def scattered(signs: tuple[str, ...]) -> Damage:
    """Signs stand anywhere."""

    def scatter(lines: list[str], random: Random) -> list[str]:
        text = "\n".join(lines)
        for _ in range(random.randrange(1, 20)):
            at = random.randrange(len(text) + 1)
            text = text[:at] + random.choice(signs) * random.choice((1, 1, 2, 50)) + text[at:]
        return text.split("\n")

    return scatter


def joined(lines: list[str], random: Random) -> list[str]:
    """Some line ends are lost, or all."""
    share = random.choice((0.1, 0.5, 1.0))
    text = "".join(line + (" " if random.random() < share else "\n") for line in lines)
    return text.split("\n")


def without_colons(lines: list[str], random: Random) -> list[str]:
    """Colons are lost."""
    return [line.replace(":", "", 1) if random.random() < 0.5 else line for line in lines]


def stamped_twice(lines: list[str], random: Random) -> list[str]:
    """Time stamps, and whatever else begins a line, stand twice in it."""
    return [f"{line[:12]} {line}" if random.random() < 0.3 else line for line in lines]


def crowded(lines: list[str], random: Random) -> list[str]:
    """Labels of all kinds begin lines."""
    return [random.choice(LABELS) + line if random.random() < 0.3 else line for line in lines]


def ended(lines: list[str], random: Random) -> list[str]:
    """Lines end in every way there is."""
    return ["".join(line + random.choice(("\r\n", "\r", "\n", "\n\n", "\u2028", "\x85", " \n")) for line in lines)]


def indented(lines: list[str], random: Random) -> list[str]:
    """Blanks, tabs and quote marks stand before lines."""
    return [random.choice(("", "    ", "\t", "> ", "- ", "1. ", "\u3000")) + line for line in lines]


DAMAGES: tuple[Damage, ...] = (
    deleted, doubled, swapped, cut, scattered(ODD), scattered(SIGNS), joined, without_colons, stamped_twice, crowded,
    ended, indented,
)  # fmt: skip


def damaged(content: bytes, random: Random) -> bytes:
    """The bytes of a file after one to three damages, sometimes with broken encoding."""
    lines = content[:LONGEST].decode("utf-8", "surrogateescape").split("\n")
    for damage in random.sample(DAMAGES, random.choice((1, 1, 2, 3))):
        lines = damage(lines, random)
    changed = "\n".join(lines).encode("utf-8", "surrogateescape")
    if random.random() < 0.1:
        at = random.randrange(len(changed) + 1)
        changed = changed[:at] + bytes([random.randrange(256)]) + changed[at:]
    return changed


def letters(text: str) -> str:
    """The letters and digits of a text, folded."""
    return "".join(character for character in text.casefold() if character.isalnum())


def holders(interview: Interview) -> list[int]:
    """How many turns and stretches of the remainder hold each character, counted one by one."""
    held = [0] * len(interview.source.text)
    for span in (*(turn.span for turn in interview.turns), *interview.remainder):
        for at in range(span.start, span.end):
            held[at] += 1
    return held


def check_nothing_is_lost(interview: Interview) -> None:
    """Every character is in exactly one turn or in the remainder; every turn is a stripped slice."""
    text = interview.source.text
    assert set(holders(interview)) == {1}
    for turn in interview.turns:
        words = turn.span.of(text)
        assert words == text[turn.span.start : turn.span.end] == words.strip() != ""
    inside = [span for turn in interview.turns for span in interview.apart if turn.span.holds(span)]
    assert sorted(inside) == sorted(interview.apart)


def check_asides_are_apart(interview: Interview) -> None:
    """Nothing of the introduction is said; contacts and credits are set aside once."""
    asides = [*(contact.span for contact in interview.contacts), *interview.credits]
    for spans in (
        sorted([*(turn.span for turn in interview.turns), *interview.introduction]),
        sorted(asides),
    ):
        assert all(one.end <= other.start for one, other in pairwise(spans))


def check_names(interview: Interview) -> None:
    """A speaker is somebody whom the file names, word for word, or unknown."""
    stated = interview.source.stated
    tied = [part for form in stated.forms for part in form]
    written = letters(" ".join([interview.source.text, *stated.hosts, *stated.guests, *stated.people, *tied]))
    names = {speaker.name for speaker in interview.speakers}
    assert len(names) == len(interview.speakers)
    assert UNKNOWN_SPEAKER not in names
    for turn in interview.turns:
        assert turn.speaker == UNKNOWN_SPEAKER or turn.speaker in names
    for name in names:
        assert all(letters(word) in written for word in name.split()), name


def check_pairs(interview: Interview) -> None:
    """Pairs are made of turns, in order, each in one pair at most; questions and answers begin and end with a turn."""
    assert interview.pairs
    paired = [turn for pair in interview.pairs for turn in (*pair.question, *pair.answer)]
    if any(turn.role == "interviewer" for turn in interview.turns):
        assert paired == [turn for turn in interview.turns if turn in paired]
    starts = {turn.span.start for turn in interview.turns}
    ends = {turn.span.end for turn in interview.turns}
    for pair in interview.pairs:
        for span in filter(None, (pair.question_span, pair.answer_span)):
            assert span.start in starts
            assert span.end in ends


def check(source: Source) -> Interview | None:
    """What must hold of every source; the interview, if there is one."""
    try:
        interview = understand(source)
    except ReadError:
        with pytest.raises(ReadError, match=re.escape(source.name)) as again:
            understand(source)
        assert again.value.remedy
        return None
    assert understand(source) == interview
    check_nothing_is_lost(interview)
    check_asides_are_apart(interview)
    check_names(interview)
    check_pairs(interview)
    return interview


def check_file(name: str, content: bytes, folder: Path) -> Interview | None:
    """What must hold of every file; the interview, if there is one."""
    path = folder / name
    path.write_bytes(content)
    try:
        source = read(File(name, path))
    except ReadError:
        with pytest.raises(ReadError, match=re.escape(name)):
            read(File(name, path))
        return None
    return check(source)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_transcript_holds_all_its_words(path: Path, tmp_path: Path) -> None:
    """Each of the transcripts is an interview, of which every word is said or set aside once."""
    assert check_file(path.name, path.read_bytes(), tmp_path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_damaged_transcript_is_read_or_refused(path: Path, tmp_path: Path) -> None:
    """However a transcript is damaged, it gives an interview that loses nothing, or an error that names the file."""
    for number in range(TIMES):
        random = Random(f"{path.name} {number}")
        check_file(path.name, damaged(path.read_bytes(), random), tmp_path)


def shared_sample() -> list[Path]:
    """Some of the real transcripts, where they are at hand."""
    found = sorted(path for path in SHARED.rglob("*") if path.suffix in (".md", ".txt", ".srt", ".vtt", ".json"))
    return Random(7).sample(found, min(SAMPLE, len(found)))


@pytest.mark.skipif(not SHARED.is_dir(), reason="the real transcripts are not on this machine")
def test_real_transcripts_are_read_or_refused(tmp_path: Path) -> None:
    """Real transcripts, whole and damaged, lose nothing either."""
    for number, path in enumerate(shared_sample()):
        content = path.read_bytes()[:LONGEST]
        check_file(path.name, content, tmp_path)
        check_file(path.name, damaged(content, Random(number)), tmp_path)


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.name)
@pytest.mark.parametrize("end", ["\r\n", "  \n"], ids=repr)
def test_line_ends_change_nothing(path: Path, end: str) -> None:
    """Who says what is the same whatever ends the lines of the file, and with blanks there."""
    as_it_is = read(File(path.name, path))
    one = replace(as_it_is, text=as_it_is.text.replace("\r\n", "\n"), marks=())
    other = replace(one, text=one.text.replace("\n", end))
    assert [(name, words.replace(end, "\n")) for name, words in said(understand(other))] == said(understand(one))


def test_a_lost_colon_is_found_whatever_ends_lines() -> None:
    """A label without its colon begins a turn in a file whose lines end with a carriage return, too."""
    lines = ["Ana: How are you?", "", "Ben: Fine.", "", "Ana: Why?", "", "Ben I sleep.", "", "Ana: So?", "", "Ben: So."]
    lines += ["", "Ana: And now?", "", "Ben: Now I go."]
    assert len(said(interview_of("\n".join(lines)))) == 8
    assert len(said(interview_of("\r".join(lines)))) == 8


def test_what_is_set_aside_is_said_by_nobody() -> None:
    """A contact entry with something unlike an entry behind it is in no turn, or apart within it."""
    text = "What would you tell our readers?\n\nLook up.\n\nContact Info\nInstagram: @kites\nPhone 555 0142\n"
    interview = interview_of(text)
    turns = [turn.span for turn in interview.turns]
    for contact in interview.contacts:
        inside = [turn for turn in turns if turn.start < contact.span.end and contact.span.start < turn.end]
        assert not inside or any(span.holds(contact.span) for span in interview.apart)


def test_the_same_file_is_always_read_the_same(tmp_path: Path) -> None:
    """Nothing depends on the order in which a process keeps its sets: two processes read the same."""
    script = tmp_path / "tell.py"
    script.write_text(
        "import sys\n"
        "from pathlib import Path\n"
        "from rag.readers import File, read\n"
        "from rag.turns import understand\n"
        "for name in sys.argv[1:]:\n"
        "    interview = understand(read(File(Path(name).name, Path(name))))\n"
        "    print(ascii((interview.title, interview.speakers, interview.turns, interview.pairs, interview.apart)))\n"
    )
    told = set()
    for hash_seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(TESTS.parent)}
        command = [sys.executable, str(script), *map(str, FILES)]
        done = subprocess.run(command, capture_output=True, check=True, env=environment)
        told.add(sha256(done.stdout).hexdigest())
    assert len(told) == 1


@settings(deadline=None, max_examples=300, derandomize=True)
@given(texts(), st.sampled_from(LABELS), st.sampled_from(SIGNS))
def test_generated_texts_lose_nothing(text: str, label: str, sign: str) -> None:
    """Texts made of labels, signs and words of any script lose nothing either."""
    check(Source("talk.txt", f"{label}{text}\n{sign}{text}\n{label}How are you?\nBen: {sign} Fine.\n", "0" * 64))


def test_one_huge_line_is_read() -> None:
    """A line of a million characters within an answer is said in that answer, whole."""
    words = "and so on " * 100_000
    interview = interview_of(f"Ana: How are you?\nBen: {words}\nAna: Really?\nBen: Yes.\nAna: So?\nBen: So.\n")
    assert said(interview)[1] == ("Ben", words.strip())


@pytest.mark.parametrize("odd", [odd for odd in ODD if odd.strip() and odd.isprintable()], ids=ascii)
def test_odd_characters_stay_in_the_words(odd: str) -> None:
    """Signs of any script within an answer are kept as they stand, and begin no turn."""
    words = f"I saw {odd} there, and {odd}{odd} here."
    interview = interview_of(f"Ana: What?\nBen: {words}\nAna: Really?\nBen: Yes.\nAna: So?\nBen: So.\n")
    assert said(interview)[1] == ("Ben", words)


def test_a_thousand_repeated_labels_are_one_turn() -> None:
    """A label that stands a thousand times before one answer does not make a thousand turns."""
    text = "Ana: How are you?\n" + "Ben: \n" * 1000 + "Ben: Fine.\nAna: Really?\nBen: Yes.\n"
    assert said(interview_of(text)) == [("Ana", "How are you?"), ("Ben", "Fine."), ("Ana", "Really?"), ("Ben", "Yes.")]


@pytest.mark.parametrize("text", ["Ana:", ":", "Q:\nA:", "**Ana:**\n**Ben:**\n", "[00:00:01]\n[00:00:02]\n", "#\n#\n"])
def test_labels_without_words_are_refused(text: str) -> None:
    """Labels alone are no interview."""
    assert interview_or_none(text) is None


def test_the_remainder_and_the_turns_tile_the_text() -> None:
    """Where turns begin, the remainder ends: labels, headings and notes are in it."""
    interview = interview_of("# A talk\n\nAna: How are you?\nBen: Fine.\n\nAna: Why?\nBen: So.\n")
    words = [span.of(interview.source.text) for span in interview.remainder]
    assert words == ["# A talk\n\nAna: ", "\nBen: ", "\n\nAna: ", "\nBen: ", "\n"]

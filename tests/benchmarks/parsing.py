"""How well interviews are read, against gold made by hand: ``python -m tests.benchmarks.parsing``.

Gold over real files (``tests/gold``) holds offsets and names only; the files themselves are not part of the project.
Gold over our own interviews (``tests/interviews``) lies beside each as ``NAME.gold.json`` and holds first words; so it
does with those that were scored before anybody who tunes had read them (``--gold tests/unread/first``).
``--show FILE`` prints what is wrong in one file. ``tests/parsingmeasures.py`` says what each measure means.
"""

import argparse
import hashlib
import json
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from rag.errors import EmptyCollectionError, RagError
from rag.library import examine
from rag.records import UNKNOWN_SPEAKER, Interview
from tests.parsingmeasures import (
    NOWHERE,
    Heard,
    Person,
    Reading,
    Scores,
    invented,
    is_right,
    letters,
    locate,
    matched,
    measure,
    merged,
    placed,
    places,
)

TESTS = Path(__file__).resolve().parents[1]
ARCHIVE = "changelog.tar.xz"
CONTEXT = 60
OPENING = 80
"""Characters of a turn that stand for it where offsets cannot, because the text shown is not the file's."""
CUT = re.compile(r"(?:<[^<>]*|\S*)\Z")
"""A tag or a word that ends elsewhere."""
COLUMNS = ("boundaries", "speaker", "speakers", "pairs", "roles")


@dataclass(frozen=True)
class Gold:
    """One file and who speaks where in it: each of ``starts`` is an offset in the file, or the turn's first words."""

    file: str
    path: Path
    kind: str
    people: tuple[Person, ...]
    turns: tuple[Heard, ...]
    starts: tuple[int | str, ...]
    sha256: str | None = None

    def __post_init__(self) -> None:
        strangers = {turn.name for turn in self.turns} - {person.name for person in self.people} - {None}
        if strangers:
            raise ValueError(f"{self.file}: turns of {strangers}, who are not among the speakers")
        offsets = [start for start in self.starts if isinstance(start, int)]
        if offsets != sorted(set(offsets)):
            raise ValueError(f"{self.file}: turns out of order")


@dataclass(frozen=True)
class Outcome:
    """One file scored; ``text`` is what its offsets point into, ``problem`` why it could not be read."""

    gold: Gold
    scores: Scores
    found: Reading | None = None
    wanted: Reading | None = None
    text: str = field(default="", repr=False)
    problem: str = ""
    lost: tuple[str, ...] = ()


def scored(folder: Path) -> list[Outcome]:
    """All files of a folder with gold beside them, scored."""
    return [_score(gold) for gold in _load(folder, folder, folder)]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, help="one folder of gold, instead of tests/gold and tests/interviews")
    parser.add_argument("--data", type=Path, default=TESTS.parent.parent / "shared" / "data" / "transcripts")
    parser.add_argument("--show", metavar="FILE", help="print what is wrong in the files whose name holds this")
    chosen = parser.parse_args()
    folders = [chosen.gold] if chosen.gold else [TESTS / "gold", TESTS / "interviews"]
    with tempfile.TemporaryDirectory() as unpacked:
        golds = [gold for folder in folders for gold in _load(folder, chosen.data, Path(unpacked))]
        outcomes = [_score(gold) for gold in golds if not chosen.show or chosen.show in gold.file]
    if not outcomes:
        print("nothing to score")
    elif chosen.show:
        for outcome in outcomes:
            _show(outcome)
    else:
        _table(outcomes)
        _remarks(outcomes)


def _load(folder: Path, data: Path, unpacked: Path) -> Iterator[Gold]:
    """The gold of a folder whose files are there; each that is skipped is printed with the reason."""
    # Beside our own interviews, which may be JSON themselves, gold has an ending of its own.
    files = sorted(folder.rglob("*.gold.json")) or sorted(folder.rglob("*.json"))
    rows = {file: json.loads(file.read_text("utf-8")) for file in files}
    if not rows:
        print(f"skipped {folder.name}: no gold in it")
    _unpack(data.parent / ARCHIVE, [row["file"] for row in rows.values() if "file" in row], unpacked)
    for file, row in rows.items():
        gold = _gold(file, row, data, unpacked)
        if not gold.path.is_file():
            print(f"skipped {gold.file}: the transcript is not here (--data says where transcripts are)")
        elif gold.sha256 and hashlib.sha256(gold.path.read_bytes()).hexdigest() != gold.sha256:
            print(f"skipped {gold.file}: the transcript is not the one that the gold was made for")
        else:
            yield gold


def _unpack(archive: Path, names: Sequence[str], unpacked: Path) -> None:
    wanted = {name.removeprefix(f"{ARCHIVE}/") for name in names if name.startswith(f"{ARCHIVE}/")}
    if not wanted or not archive.is_file():
        return
    with tarfile.open(archive, "r:xz") as members:
        for member in members:
            if (name := member.name.removeprefix("./")) in wanted and (packed := members.extractfile(member)):
                (unpacked / name).parent.mkdir(exist_ok=True)
                (unpacked / name).write_bytes(packed.read())


def _gold(file: Path, row: dict[str, Any], data: Path, unpacked: Path) -> Gold:
    name = row.get("file", file.name.removesuffix(".gold.json"))
    if "file" not in row:
        path = file.with_name(name)
    elif name.startswith(f"{ARCHIVE}/"):
        path = unpacked / name.removeprefix(f"{ARCHIVE}/")
    else:
        path = data / name
    accepted = row.get("accept", {})
    people = tuple(
        Person(one["name"], one["role"], tuple(one.get("aliases", ())), tuple(accepted.get(one["name"], ())))
        for one in row["speakers"]
        if _named(one["name"])
    )
    turns = tuple(Heard(_named(speaker), role, NOWHERE) for speaker, role, _ in row["turns"])
    return Gold(name, path, row["kind"], people, turns, tuple(start for _, _, start in row["turns"]), row.get("sha256"))


def _named(speaker: str | None) -> str | None:
    """The name; none for "Unknown Speaker", which a transcriber writes for nobody known."""
    return None if speaker is None or speaker.casefold() == UNKNOWN_SPEAKER else speaker


def _score(gold: Gold) -> Outcome:
    with_pairs = gold.kind == "magazine"
    interview = _examined(gold.path)
    if isinstance(interview, RagError):
        scores = measure(None, Reading(gold.turns, gold.people), with_pairs=with_pairs)
        return Outcome(gold, scores, problem=str(interview))
    text = interview.source.text
    offsets = _offsets(gold, text)
    lost = tuple(_opening(gold, number) for number, offset in enumerate(offsets) if offset is None)
    wanted = Reading(placed(gold.turns, offsets, text), gold.people)
    found = _reading(interview)
    return Outcome(gold, measure(found, wanted, with_pairs=with_pairs), found, wanted, text, lost=lost)


def _examined(path: Path) -> Interview | RagError:
    """What is made of the one file, or why it cannot be read."""
    try:
        return next(iter(examine(path)))
    except EmptyCollectionError as error:
        return error


def _offsets(gold: Gold, text: str) -> list[int | None]:
    """Where in ``text`` each gold turn starts."""
    offsets = [start for start in gold.starts if isinstance(start, int)]
    if len(offsets) < len(gold.starts):
        return locate(text, [str(start) for start in gold.starts])
    origin = gold.path.read_bytes().decode("utf-8")
    if origin == text:
        return list(offsets)
    if letters(origin) != letters(text):
        return locate(text, [_opening(gold, number) for number in range(len(offsets))])
    theirs, ours = places(origin), places(text)
    return [ours.index(theirs[offset] + 1) - 1 for offset in offsets]


def _opening(gold: Gold, number: int) -> str:
    """The first words of a gold turn."""
    start, after = gold.starts[number], gold.starts[number + 1 : number + 2]
    if isinstance(start, str):
        return start
    end = min([start + OPENING, *(one for one in after if isinstance(one, int))])
    words = gold.path.read_bytes().decode("utf-8")[start:end]
    return words.splitlines()[0] if end < start + OPENING else CUT.sub("", words)


def _reading(interview: Interview) -> Reading:
    place = places(interview.source.text)
    turns = [
        Heard(None if turn.speaker == UNKNOWN_SPEAKER else turn.speaker, turn.role, place[turn.span.start])
        for turn in interview.turns
    ]
    people = [Person(one.name, one.role, one.aliases) for one in interview.speakers if one.name != UNKNOWN_SPEAKER]
    return Reading(tuple(turns), tuple(people))


def _table(outcomes: Sequence[Outcome]) -> None:
    width = max(len(outcome.gold.file) for outcome in outcomes) + 2
    print(f"{'':{width}}{'turns':>7}" + "".join(f"{column:>12}" for column in COLUMNS) + f"{'invented':>10}")
    for outcome in outcomes:
        _row(outcome.gold.file, [outcome], width)
    print()
    for kind in sorted({outcome.gold.kind for outcome in outcomes}):
        alike = [outcome for outcome in outcomes if outcome.gold.kind == kind]
        _row(f"{kind}, {len(alike)} files", alike, width)
    _row(f"all, {len(outcomes)} files", outcomes, width)


def _row(name: str, outcomes: Sequence[Outcome], width: int) -> None:
    """Means over files; the counts are sums."""
    turns = sum(len(merged(outcome.gold.turns)) for outcome in outcomes)
    strangers = sum(len(_invented(outcome)) for outcome in outcomes)
    print(f"{name:{width}}{turns:>7}" + "".join(_mean(outcomes, column) for column in COLUMNS) + f"{strangers:>10}")


def _mean(outcomes: Sequence[Outcome], column: str) -> str:
    values = [getattr(outcome.scores, column) for outcome in outcomes]
    known = [value for value in values if value is not None]
    return f"{fmean(known):>12.3f}" if known else f"{'-':>12}"


def _invented(outcome: Outcome) -> tuple[str, ...]:
    return invented(outcome.found, outcome.wanted) if outcome.found and outcome.wanted else ()


def _remarks(outcomes: Sequence[Outcome]) -> None:
    worst = sorted(outcomes, key=lambda outcome: (fmean(outcome.scores.known), outcome.gold.file))[:5]
    _list("worst", [f"{fmean(outcome.scores.known):.3f} {outcome.gold.file}" for outcome in worst])
    _list("could not be read", [f"{outcome.gold.file}: {outcome.problem}" for outcome in outcomes if outcome.problem])
    named = [(outcome.gold.file, ", ".join(_invented(outcome))) for outcome in outcomes]
    _list("invented names", [f"{file}: {names}" for file, names in named if names])
    _list("gold words not found", [f"{one.gold.file}: {words!r}" for one in outcomes for words in one.lost])


def _list(title: str, lines: Sequence[str]) -> None:
    if lines:
        print(f"\n{title}")
        for line in lines:
            print(f"  {line}")


def _show(outcome: Outcome) -> None:
    """Print where one file was read differently."""
    print(f"{outcome.gold.file}: {outcome.problem or outcome.scores}")
    if outcome.found is None or outcome.wanted is None:
        return
    ours, theirs = merged(outcome.found.turns), merged(outcome.wanted.turns)
    shared = {turn.place for turn, _ in matched(outcome.found, outcome.wanted)}
    context = _contexts(outcome.text)
    _list("missed", [_described(turn, context) for turn in theirs if turn.place not in shared])
    _list("extra", [_described(turn, context) for turn in ours if turn.place not in shared])
    wrong = [both for both in matched(outcome.found, outcome.wanted) if not is_right(*both, outcome.wanted)]
    _list("wrong speaker", [f"{one.name} for {_described(other, context)}" for one, other in wrong])
    _list("gold roles", [f"{person.name}: {person.role}" for person in outcome.wanted.people])
    _list("found roles", [f"{person.name}: {person.role}" for person in outcome.found.people])
    _list("invented names", _invented(outcome))
    _list("gold words not found", [repr(words) for words in outcome.lost])


def _described(turn: Heard, context: Callable[[int], str]) -> str:
    return f"{turn.name or UNKNOWN_SPEAKER} ({turn.role}): {context(turn.place)}"


def _contexts(text: str) -> Callable[[int], str]:
    """What stands around a place."""
    place = places(text)

    def context(wanted: int) -> str:
        if wanted == NOWHERE:
            return "words not found"
        offset = place.index(wanted + 1) - 1 if wanted < place[-1] else len(text)
        before, after = text[max(offset - CONTEXT, 0) : offset], text[offset : offset + CONTEXT]
        return f"{before!r} | {after!r}"

    return context


if __name__ == "__main__":
    main()

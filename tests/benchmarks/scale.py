"""How a whole archive of transcripts is parsed: crashes, speed, and a sample compared with a naive twin.

The twin knows one layout only, ``**Name:**`` at the start of a line, which this archive uses nearly throughout; where
the two differ, somebody must look. Run with ``python -m tests.benchmarks.scale FOLDER``.
"""

import argparse
import random
import re
import time
from pathlib import Path

from rag import readers
from rag.errors import ReadError
from rag.records import Interview, Source
from rag.turns import understand

SEED, SAMPLE = 20, 40
_LABEL = re.compile(
    r"^[ \t]*\*\*(?P<name>[^*\r\n]{1,60}?)\s*:\s*\*\*|^[ \t]*\*\*(?P<other>[^*\r\n]{1,60}?)\*\*\s*:", re.MULTILINE
)
_WORDS = re.compile(r"\S")
_NOBODY = {"break", "jingle", "music", "outro", "sponsor", "sponsors"}


def naive(source: Source) -> list[tuple[int, str]]:
    """Where each turn begins, in the words behind its label, and under which label; repeated labels are one turn."""
    found: list[tuple[int, str]] = []
    for match in _LABEL.finditer(source.text):
        name = (match["name"] or match["other"]).strip()
        at = _WORDS.search(source.text, match.end())
        if name.casefold() in _NOBODY:
            found.append((match.end(), ""))
        elif at and (not found or found[-1][1] != name):
            found.append((at.start(), name))
    return [(at, name) for at, name in found if name]


def compare(interview: Interview) -> tuple[int, int, int, list[str]]:
    """Turns of the twin, those that begin at the same line here, those with the same name, and all differences."""
    text = interview.source.text
    ours = {text.count("\n", 0, turn.span.start): turn.speaker for turn in interview.turns}
    twins = {text.count("\n", 0, at): name for at, name in naive(interview.source)}
    known = {speaker.name: {speaker.name, *speaker.aliases} for speaker in interview.speakers}
    same = [line for line in twins if line in ours]
    named = [line for line in same if twins[line] in known.get(ours[line], {ours[line]})]
    differences = [f"only the twin, line {line + 1}: {twins[line]}" for line in twins if line not in ours]
    differences += [f"only here, line {line + 1}: {ours[line]}" for line in ours if line not in twins]
    differences += [f"line {line + 1}: {ours[line]} for {twins[line]}" for line in same if line not in named]
    return len(twins), len(same), len(named), differences


def main() -> None:
    """Print the figures, and every difference of the sample."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="the unpacked archive")
    files, problems = readers.find_files(parser.parse_args().folder)
    chosen = {file.name for file in random.Random(SEED).sample([file for file in files if "/" in file.name], SAMPLE)}
    refused, size, seconds = [str(problem) for problem in problems], 0, 0.0
    total, same, named, extra = 0, 0, 0, 0
    for file in files:
        try:
            source = readers.read(file)
            started = time.process_time()
            interview = understand(source)
            seconds += time.process_time() - started
        except ReadError as error:
            refused.append(str(error))
            continue
        size += len(source.text.encode())
        if file.name in chosen:
            counts = compare(interview)
            total, same, named = total + counts[0], same + counts[1], named + counts[2]
            extra += len(interview.turns)
            for difference in counts[3]:
                print(f"  {file.name}: {difference}")
    print(f"{len(files)} files, {len(refused)} refused, {size / 1e6 / seconds:.1f} MB/s")
    print(f"sample of {SAMPLE}: {total} turns by the twin, {extra} here, {same} the same, {named} with the same name")
    print(*refused, sep="\n")


if __name__ == "__main__":
    main()

"""Ranking of passages in meetings, on QMSum (Zhong et al., 2021): ``python -m tests.benchmarks.qmsum [--split val]``.

Each question names the turns that answer it. Asked *within*, the meeting is given; *across*, all meetings of the split
are one collection. A reader is shown each hit with what stands around it, 180 words together at the most.
The folder of data brings its own scoring, ``score.py``, which says what its measures mean.
"""

import argparse
import json
import shutil
import sys
import tempfile
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from rag.compiled import PackagedEmbedder
from rag.embedder import Embedder
from rag.library import Library
from rag.records import Hit, Interview, Span

DATA = Path(__file__).parents[3] / "shared" / "data" / "qmsum"
MOST_WORDS = 180
DEPTH = 60
MEASURES = ("hit@1", "hit@5", "mrr@10", "nR@500w")


@dataclass(frozen=True)
class Query:
    """A question about a meeting, with the turns that answer it (numbers of lines, from 0)."""

    meeting: str
    text: str
    turns: frozenset[int]


class Meeting:
    """The turns of a meeting as its file has them, and the words of each."""

    def __init__(self, interview: Interview) -> None:
        self._text = interview.source.text
        lines = self._text.split("\n")
        ends = np.cumsum([len(line) + 1 for line in lines]).tolist()
        self._starts = [0, *ends[:-1]]
        self.words = [len(line.split(": ", 1)[1].split()) if ": " in line else 0 for line in lines]

    def cover(self, span: Span) -> list[list[int]]:
        """The turns that a span shows, each with how many words of it."""
        shown = []
        for turn in range(self.turn(span.start), self.turn(span.end - 1) + 1):
            start, end = self._starts[turn], [*self._starts[1:], len(self._text) + 1][turn] - 1
            label = self._text.find(": ", start, end) + 2
            words = len(self._text[max(span.start, label) : min(span.end, end)].split())
            if words:
                shown.append([turn, words])
        return shown

    def around(self, span: Span) -> list[list[int]]:
        """The same with turns after and before it, in turn, up to ``MOST_WORDS``."""
        shown = self.cover(span)
        left = MOST_WORDS - sum(words for _, words in shown)
        after, before = self.turn(span.end - 1) + 1, self.turn(span.start) - 1
        while left > 0 and (after < len(self.words) or before >= 0):
            if after < len(self.words):
                shown.append([after, min(left, self.words[after])])
                left, after = left - shown[-1][1], after + 1
            if left > 0 and before >= 0:
                shown.insert(0, [before, min(left, self.words[before])])
                left, before = left - shown[0][1], before - 1
        return [[turn, words] for turn, words in shown if words]

    def turn(self, offset: int) -> int:
        """The turn in which a character stands."""
        return bisect_right(self._starts, offset) - 1


def queries(data: Path, split: str) -> list[Query]:
    """The questions of a split."""
    rows = [json.loads(line) for line in (data / "queries.jsonl").read_text("utf-8").splitlines()]
    return [
        Query(f"{row['meeting']}.txt", row["query"], frozenset(t for a, b in row["turns"] for t in range(a, b + 1)))
        for row in rows
        if row["split"] == split
    ]


def open_meetings(data: Path, names: Iterable[str], index: Path, embedder: Embedder) -> Library:
    """The meetings of these files as one collection, which lies beside its index."""
    folder = index.with_name(f"{index.name}-meetings")
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        shutil.copyfile(data / "meetings" / name, folder / name)
    return Library.open(folder, index=index, embedder=embedder, progress=_told)


def shown(hits: Sequence[Hit], meetings: dict[str, Meeting]) -> list[dict[str, Any]]:
    """What a reader sees, hit after hit: each with what stands around it, and nothing twice."""
    rows: list[dict[str, Any]] = []
    seen: set[tuple[str, int]] = set()
    for hit in hits:
        meeting = meetings[hit.source]
        own = meeting.cover(hit.span)
        if all((hit.source, turn) in seen for turn, _ in own):
            continue
        cover = [[turn, words] for turn, words in meeting.around(hit.span) if (hit.source, turn) not in seen]
        seen.update((hit.source, turn) for turn, words in cover if words == meeting.words[turn])
        rows.append({"meeting": hit.source, "cover": cover})
    return rows


def run(library: Library, asked: Sequence[Query], scoring: ModuleType, *, within: bool) -> dict[str, float]:
    """The mean of each measure, 0 to 100."""
    meetings = {each.source.name: Meeting(each) for each in library.interviews}
    words = {name: meeting.words for name, meeting in meetings.items()}
    results = []
    for query in asked:
        hits = library.retrieve(query.text, k=DEPTH, interviews=[query.meeting] if within else ())
        gold = {turn for turn in query.turns if words[query.meeting][turn]}
        results.append(scoring.score(shown(hits, meetings), query.meeting, gold, words))
    return {name: 100 * sum(result[name] for result in results) / len(results) for name in MEASURES}


def load_scoring(data: Path) -> ModuleType:
    """The scoring that comes with the data."""
    spec = spec_from_file_location("qmsum_score", data / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> None:
    """Print one row for each way of asking."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--split", default="val")
    parser.add_argument("--index", type=Path, help="where the index is kept for the next time")
    chosen = parser.parse_args()
    if not (chosen.data / "queries.jsonl").is_file():
        raise SystemExit(f"{chosen.data} does not hold QMSum: name its folder with --data.")
    with tempfile.TemporaryDirectory() as temporary:
        asked = queries(chosen.data, chosen.split)
        index = chosen.index or Path(temporary) / "index"
        library = open_meetings(chosen.data, {each.meeting for each in asked}, index, PackagedEmbedder())
        print(f"{len(asked)} questions, {len(library.interviews)} meetings")
        print(f"{'':8}" + "".join(f"{name:>10}" for name in MEASURES))
        for name, within in (("within", True), ("across", False)):
            values = run(library, asked, load_scoring(chosen.data), within=within)
            print(f"{name:8}" + "".join(f"{values[measure]:10.1f}" for measure in MEASURES))


def _told(what: str, done: int, total: int) -> None:
    if total and done % 500 == 0:
        print(f"{what}: {done} of {total}", file=sys.stderr)


if __name__ == "__main__":
    main()

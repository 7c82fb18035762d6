"""Drafts: a build that was stopped goes on, whatever lies on the shelf is never trusted blindly, and nothing stays."""

import random
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rag import building, drafts, hearing, store
from rag.building import build
from rag.drafts import TAKING_OVER, Drafts, Learned, Told
from rag.embedder import Reading, Vectors
from rag.library import Library
from rag.records import Interview
from rag.vectors import Rows
from tests.small import (
    BRIDGES,
    RIVERS,
    LettersEmbedder,
    assert_same,
    assert_same_rows,
    collections,
    cut_one,
    index_of_all,
    quiet,
)

_TALK = "Ann: What about {0} and {1}?\nBo: The {0} is fine, and so is my {1}. I never saw a {0} without a {1} there.\n"
_THINGS = ("river", "boat", "bridge", "shore", "harbour", "lantern", "anchor", "island", "market", "garden")


@dataclass
class ListShelf:
    """Keeps drafts in memory."""

    kept: list[bytes] = field(default_factory=list)

    def put(self, content: bytes) -> None:
        """Keep one more."""
        self.kept.append(content)

    def contents(self) -> Iterator[bytes]:
        """All of them."""
        return iter(list(self.kept))


class TiredEmbedder(LettersEmbedder):
    """Is stopped with Ctrl-C once it has read so many times."""

    def __init__(self, calls: int) -> None:
        super().__init__()
        self.left = calls

    def _take(self) -> None:
        if not self.left:
            raise KeyboardInterrupt
        self.left -= 1

    def encode(self, texts: Sequence[str], on_progress: Callable[[int], None] | None = None) -> Vectors:
        """Count the letters of each text."""
        self._take()
        return super().encode(texts, on_progress)

    def read(self, texts: Sequence[str]) -> list[Reading]:
        """The same with one piece for each word."""
        self._take()
        return super().read(texts)


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    """A draft after every few texts."""
    monkeypatch.setattr(building, "_AT_ONCE", 3)
    monkeypatch.setattr(hearing, "_AT_ONCE", 4)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A collection of some interviews without an index."""
    path = tmp_path / "interviews"
    path.mkdir()
    for number, thing in enumerate(_THINGS):
        (path / f"{number}.txt").write_text(_TALK.format(thing, _THINGS[number - 1]))
    return path


def opened(folder: Path, embedder: LettersEmbedder, told: list[tuple[str, int, int]] | None = None) -> Library:
    """The collection, with its index beside it."""
    hear = (lambda *step: told.append(step)) if told is not None else quiet
    return Library.open(folder, index=folder.with_name("index"), embedder=embedder, progress=hear)


def drafts_in(folder: Path) -> list[Path]:
    """The drafts beside a collection."""
    return sorted(folder.with_name("index").glob("*.draft"))


def stopped(folder: Path, calls: int) -> list[str]:
    """Begin to build, and stop after so many calls of the model; the texts that were read."""
    tired = TiredEmbedder(calls)
    with pytest.raises(KeyboardInterrupt):
        opened(folder, tired)
    return tired.encoded


def whole(folder: Path) -> tuple[Library, int]:
    """What building it at once gives, and how often the model is called for that."""
    other = folder.with_name("whole") / "interviews"
    shutil.copytree(folder, other)
    embedder = TiredEmbedder(10_000)
    return opened(other, embedder), 10_000 - embedder.left


def test_a_stopped_build_goes_on_where_it_was(folder: Path) -> None:
    """Stopped with Ctrl-C at any call, no text is read twice, and the index is the same to the last number."""
    expected, calls = whole(folder)
    everything = LettersEmbedder()
    opened(folder, everything)
    assert calls > 10
    for at in range(1, calls, 2):
        shutil.rmtree(folder.with_name("index"))
        before, after = stopped(folder, at), LettersEmbedder()
        assert len(drafts_in(folder)) == at
        found = opened(folder, after)
        assert Counter(before) + Counter(after.encoded) == Counter(everything.encoded)
        assert_same(found.index, expected.index)
        assert drafts_in(folder) == []


def test_it_may_be_stopped_again_and_again(folder: Path) -> None:
    """Each run goes a little further, until the index is there."""
    expected, calls = whole(folder)
    for number in range(1, calls):
        stopped(folder, 1)
        assert len(drafts_in(folder)) == number
    embedder = TiredEmbedder(1)
    assert_same(opened(folder, embedder).index, expected.index)
    assert embedder.left == 0


def test_those_who_wait_hear_what_was_taken_over(folder: Path) -> None:
    """The count begins with what was learned before, and ends at its total."""
    stopped(folder, 3)
    told: list[tuple[str, int, int]] = []
    opened(folder, LettersEmbedder(), told)
    taken = [step for step in told if step[0] == TAKING_OVER]
    learning = [step for step in told if step[0] == "Learning the passages"]
    assert [done for _, done, _ in taken] == [3, 6, 9]
    assert learning[0][1] == 9
    assert learning[-1][1] == learning[-1][2] == taken[0][2]


def test_a_changed_interview_gets_nothing_that_belonged_to_it_before(folder: Path) -> None:
    """What changed between the two runs is read as it is now."""
    _, calls = whole(folder)
    stopped(folder, calls - 1)
    (folder / "3.txt").write_text(RIVERS)
    (folder / "4.txt").write_text(BRIDGES)
    (folder / "5.txt").unlink()
    embedder = LettersEmbedder()
    found = opened(folder, embedder)
    shutil.rmtree(folder.with_name("index"))
    anew = LettersEmbedder()
    assert_same(found.index, opened(folder, anew).index)
    assert 0 < len(embedder.encoded) < len(anew.encoded)


def test_another_model_takes_nothing_over(folder: Path) -> None:
    """Vectors of one model are never used with another."""
    _, calls = whole(folder)
    stopped(folder, calls - 1)
    other, anew = LettersEmbedder("letters@2"), LettersEmbedder("letters@2")
    opened(folder, other)
    shutil.rmtree(folder.with_name("index"))
    opened(folder, anew)
    assert Counter(other.encoded) == Counter(anew.encoded)


@pytest.mark.parametrize("damage", ["flipped", "cut", "emptied", "swapped"])
def test_a_damaged_draft_is_worth_nothing(folder: Path, damage: str) -> None:
    """Its texts are read again, and the index is the same to the last number."""
    expected, calls = whole(folder)
    chosen = random.Random(damage)
    for _ in range(3):
        shutil.rmtree(folder.with_name("index"), ignore_errors=True)
        stopped(folder, calls - 1)
        one, other = chosen.sample(drafts_in(folder), 2)
        content, at = one.read_bytes(), chosen.randrange(one.stat().st_size)
        damaged = {
            "flipped": content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :],
            "cut": content[:at],
            "emptied": b"",
            "swapped": other.read_bytes(),
        }
        one.write_bytes(damaged[damage])
        embedder = LettersEmbedder()
        assert_same(opened(folder, embedder).index, expected.index)
        assert embedder.encoded
        assert drafts_in(folder) == []


def test_of_an_interview_that_was_taken_back_no_draft_is_left(folder: Path) -> None:
    """Where the index fits again, what a stopped build left is removed at the next opening."""
    opened(folder, LettersEmbedder())
    (folder / "rivers.txt").write_text(RIVERS)
    stopped(folder, 1)
    assert drafts_in(folder)
    (folder / "rivers.txt").unlink()
    embedder = LettersEmbedder()
    opened(folder, embedder)
    assert (embedder.encoded, drafts_in(folder)) == ([], [])


def test_no_words_stand_in_a_draft(folder: Path) -> None:
    """What was read is told by hashes alone."""
    _, calls = whole(folder)
    stopped(folder, calls - 1)
    for path in drafts_in(folder):
        with np.load(path) as content:
            assert not any(thing.encode() in content[name].tobytes() for name in content.files for thing in _THINGS)


@settings(max_examples=25)
@given(collections(), st.randoms(use_true_random=False))
def test_whatever_part_is_there_the_index_is_the_same(interviews: list[Interview], chosen: random.Random) -> None:
    """With any of the drafts at hand, in any order, in part twice, or with something else among them."""
    cut = [(each, cut_one(each)) for each in interviews]
    shelf = ListShelf()
    build(cut, LettersEmbedder(), None, quiet, shelf=shelf)
    some = [*chosen.choices(shelf.kept, k=len(shelf.kept)), b"", b"no draft"]
    assert_same(build(cut, LettersEmbedder(), None, quiet, shelf=ListShelf(some)), index_of_all(interviews))


_VECTORS = arrays.arrays(np.float32, st.tuples(st.integers(0, 9), st.just(3)), elements=st.floats(-1, 1, width=32))


@given(_VECTORS, _VECTORS, st.data())
def test_some_of_what_was_learned_is_that_of_these_texts(exact: Vectors, plain: Vectors, data: st.DataObject) -> None:
    """Taking texts by their numbers gives each what it had by itself."""
    rounded, size = Rows.of(plain), data.draw(st.integers(1, 4))
    counts = []
    for total in (len(exact), len(plain)):
        ends = sorted(data.draw(st.lists(st.integers(0, total), min_size=size - 1, max_size=size - 1)))
        counts.append(np.array([end - start for start, end in pairwise([0, *ends, total])], np.int64))
    learned = Learned(exact, counts[0], rounded, counts[1])
    texts = data.draw(st.lists(st.integers(0, size - 1), max_size=4))
    every = list(learned.each())
    for text, (vectors, rows) in zip(texts, learned.take(texts).each(), strict=True):
        np.testing.assert_array_equal(vectors, every[text][0])
        assert_same_rows(rows, every[text][1])
    with pytest.raises(ValueError, match="vectors and texts"):
        Learned(exact, counts[0] + 1, rounded, counts[1])


def test_keys_tell_apart_whatever_differs() -> None:
    """Another model, another way of reading, and another cut of the same letters are another key."""
    one, other = Drafts(drafts.NOWHERE, "a"), Drafts(drafts.NOWHERE, "b")
    keys = [one.key("x", "yz"), one.key("xy", "z"), one.key("x", "y", "z"), other.key("x", "yz"), one.key("x", ["yz"])]
    assert len({*keys}) == len(keys)
    assert one.key("x", "\ud800") == one.key("x", "\ud800")


def test_a_batch_is_put_down_before_the_next_is_read(tmp_path: Path) -> None:
    """Memory holds no more than a part of what has not been put down."""
    order: list[str] = []

    @dataclass
    class Watched(ListShelf):
        def put(self, content: bytes) -> None:
            order.append("put")
            super().put(content)

    def read(texts: Sequence[str]) -> Learned:
        order.append(f"read {len(texts)}")
        ones = np.ones(len(texts), np.int64)
        return Learned(np.ones((len(texts), 2), np.float32), ones, Rows.of(np.ones((len(texts), 2), np.float32)), ones)

    own = Drafts(Watched(), "a")
    wanted = {own.key("x", str(number)): str(number) for number in range(5)}
    assert [len(texts) for texts, _ in own.learn(wanted, read, 2, Told("", 5, quiet))] == [2, 2, 1]
    assert order == ["read 2", "put", "read 2", "put", "read 1", "put"]


def test_a_shelf_on_disk_keeps_what_it_was_given(tmp_path: Path) -> None:
    """The same twice is kept once; a shelf that is not there is empty."""
    shelf = store.DraftShelf(tmp_path / "index")
    assert list(shelf.contents()) == []
    for content in (b"one", b"two", b"one"):
        shelf.put(content)
    assert sorted(shelf.contents()) == [b"one", b"two"]

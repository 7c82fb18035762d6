"""Front matter: what sites state at the head of a Markdown file, and what they cannot make of it."""

import time
from pathlib import Path

import pytest

from rag.readers.frontmatter import find_front_matter
from rag.readers.plain import read_plain
from rag.source import Stated

TALK = "Ana: Where do you sail?\nBen: Out to sea.\n"
SCALARS = """title: 'On rivers: a talk'
date: 2024-05-01
url: https://a.b/talk
audio: talk.mp3
host: Ann Lee
guests: [Bo Chen, Cy Day]
"""


def stated(block: str) -> Stated:
    """What a block of YAML states."""
    return find_front_matter(f"---\n{block}---\n{TALK}")[1]


def test_what_sites_keep_is_stated() -> None:
    """Title, date, link, recording, hosts and guests are taken from YAML."""
    assert stated(SCALARS) == Stated(
        title="On rivers: a talk",
        date="2024-05-01",
        link="https://a.b/talk",
        recording="talk.mp3",
        hosts=("Ann Lee",),
        guests=("Bo Chen", "Cy Day"),
    )


def test_toml_is_read_as_well() -> None:
    """Between plus signs the block is TOML."""
    end, said = find_front_matter(f'+++\ntitle = "On rivers"\nguest = "Bo Chen"\n+++\n{TALK}')
    assert (said.title, said.guests) == ("On rivers", ("Bo Chen",))
    assert end == len('+++\ntitle = "On rivers"\nguest = "Bo Chen"\n+++\n')


@pytest.mark.parametrize("block", ["title: [unclosed\n", "just words\n", "- a list\n", "a: b: c\n"])
def test_what_is_no_yaml_is_no_error(block: str) -> None:
    """A block that cannot be read states nothing; it is still front matter, which nobody says."""
    read = read_plain(f"---\n{block}---\n{TALK}".encode(), Path("talk.md"))
    assert read.stated == Stated()
    assert [mark.kind for mark in read.marks] == ["matter"]
    assert read.marks[0].span.of(read.text).endswith(f"{block}---\n")


@pytest.mark.parametrize(
    "block",
    [
        "a: &a [x, x]\n" + "".join(f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n or str()}'] * 9)}]\n" for n in range(12)),
        "guests: &a [*a, *a]\n",
        "base: &b {x: y}\nguests: {<<: [*b, *b]}\n",
        "guests: " + "[" * 900 + "]" * 900 + "\n",
        "guests: '" + " " * 19_000 + "x'\n",
    ],
    ids=["billions of names", "a list in itself", "merged tables", "bottomless lists", "nothing but blanks"],
)
@pytest.mark.timed
def test_front_matter_that_is_made_to_take_long_does_not(block: str) -> None:
    """A few lines that stand for billions of names, or for endless depth, are no reason to wait or to stop."""
    begun = time.process_time()
    said = stated(block)
    assert time.process_time() - begun < 5
    assert said.guests in ((), ("x",))


def test_people_are_told_in_every_way_that_sites_have() -> None:
    """One name, several in a line, a list, a list of tables, and a table of labels are all read."""
    assert stated("guests: Bo Chen and Cy Day\n").guests == ("Bo Chen", "Cy Day")
    assert stated("guests: [Bo Chen, '', Cy Day]\n").guests == ("Bo Chen", "Cy Day")
    assert stated("guests:\n  - name: Bo Chen\n  - full_name: Cy Day\n").guests == ("Bo Chen", "Cy Day")
    assert stated("speakers: {BC: Bo Chen}\n").forms == (("BC", "Bo Chen"),)

"""What whosaid rests on: few packages, each of them used, under licences that let anybody use and pass it on."""

import ast
import re
import tomllib
from collections.abc import Collection, Iterator, Sequence
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NAMED: dict[str, Requirement] = {
    canonicalize_name(each.name): each for each in map(Requirement, PROJECT["dependencies"])
}
LOCK = (ROOT / "requirements.txt").read_text(encoding="utf-8")
LOCKED = dict(re.findall(r"^([a-z0-9-]+)==(\S+) \\$", LOCK, re.MULTILINE))

ALLOWED = {
    "0bsd", "apache", "apache 2.0", "apache software", "apache-2.0", "bsd", "bsd-2-clause", "bsd-3-clause", "bsl-1.0",
    "cc0-1.0", "cnri-python", "isc", "isc license (iscl)", "llvm-exception", "mit", "mit-cmu", "mpl-2.0",
    "mozilla public license 2.0 (mpl 2.0)", "psf-2.0", "zlib",
}  # fmt: skip
"""Licences by their names (SPDX) or as classifiers and free text have them; of the MPL, files stay under it."""

USED_BY_OTHERS = {"torch"}
"""What nothing of ours imports, and is named so that its small build is kept (see pyproject.toml)."""


def installed(
    requirements: Sequence[Requirement], known: dict[str, Distribution], extras: Collection[str] = ()
) -> dict[str, Distribution]:
    """All packages that these need, and those that they need in turn, as they are installed here."""
    for each in requirements:
        name = canonicalize_name(each.name)
        wanted = not each.marker or any(each.marker.evaluate({"extra": extra}) for extra in ("", *extras))
        if wanted and name not in known:
            known[name] = distribution(name)
            installed([Requirement(text) for text in known[name].requires or ()], known, each.extras)
    return known


NEEDED = installed(list(NAMED.values()), {})


def licences(of: Distribution) -> set[str]:
    """The licences that a package names: as an expression, as classifiers, or else as the first line of a text."""
    stated = _line(of, "License-Expression")
    classified = [
        each.rpartition(" :: ")[2] for each in of.metadata.get_all("Classifier") or () if each.startswith("License ::")
    ]
    free = _line(of, "License")
    texts = stated or classified or free
    parts = [part for text in texts for part in re.split(r" AND | OR | WITH |,", text)]
    return {re.sub(r" licen[sc]e$", "", part.strip(" ()" if stated else " ").casefold()) for part in parts}


def _line(of: Distribution, field: str) -> list[str]:
    """The first line of what a package says there; nothing where it says nothing."""
    return [text.strip().split("\n")[0] for text in of.metadata.get_all(field) or ()]


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_licence_lets_anybody_use_it(name: str) -> None:
    """A package comes only under licences that we know, and that bind nobody who passes whosaid on."""
    found = licences(NEEDED[name])
    assert found - {""}, f"{name} names no licence: read it, and decide"
    assert found <= ALLOWED, f"{name} is under {found - ALLOWED}: read that, and add it or do without the package"


def test_strict_licences_would_be_found() -> None:
    """The check is no mere form: other licences are seen as such."""
    for metadata in ("License-Expression: MIT AND GPL-3.0-only", "Classifier: License :: OSI Approved :: GNU AGPL v3"):
        assert licences(Made(metadata)) - ALLOWED
    assert licences(Made("License-Expression: MPL-2.0 AND (Apache-2.0 OR MIT)")) == {"mpl-2.0", "apache-2.0", "mit"}


class Made(Distribution):
    """A package of which there is only what it says of itself."""

    def __init__(self, metadata: str) -> None:
        self.text = f"Metadata-Version: 2.4\nName: made\nVersion: 1\n{metadata}\n"

    def read_text(self, filename: str) -> str | None:
        """The one file that it has."""
        return self.text if filename == "METADATA" else None

    def locate_file(self, path: object) -> Path:
        """Nowhere."""
        return Path(str(path))


def test_every_named_package_is_used() -> None:
    """What nothing imports is not asked of anybody to install."""
    origin = packages_distributions()
    used = {canonicalize_name(name) for module in imported() for name in origin.get(module, ())}
    assert set(NAMED) - used == USED_BY_OTHERS


def imported() -> Iterator[str]:
    """The top of every module that whosaid imports, at its head or late, and those that it imports by name."""
    for path in (ROOT / "rag").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name.split(".")[0] for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield (node.module or "").split(".")[0]
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
                yield node.value


@pytest.mark.parametrize("name", sorted(NAMED))
def test_named_packages_are_bounded(name: str) -> None:
    """A version that nobody has tried is not taken: each package has a lowest one, and one that is too new."""
    operators = {each.operator for each in NAMED[name].specifier}
    assert operators in ({">=", "<"}, {"=="})


@pytest.mark.parametrize("name", sorted(NAMED))
def test_locked_version_is_within_its_bounds(name: str) -> None:
    """The exact versions are some that pyproject.toml allows; make them anew after it is changed."""
    assert NAMED[name].specifier.contains(LOCKED[name])


def test_lock_is_whole_and_names_no_place() -> None:
    """Every package has hashes, all that are needed here are in it, and where they come from is the user's choice."""
    blocks = re.split(r"^(?=[a-z0-9-]+==)", LOCK, flags=re.MULTILINE)[1:]
    assert len(blocks) == len(LOCKED)
    assert all("--hash=sha256:" in block for block in blocks)
    assert not re.search(r"https?:|file:|--(?:extra-)?index|--find-links", LOCK)
    system = {"colorama"}  # on Windows only
    assert set(NEEDED) - set(LOCKED) - system == set()

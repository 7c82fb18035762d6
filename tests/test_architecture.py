"""The house: every room imports only rooms before it, surfaces only the front door, and nothing heavy comes early."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "rag"

ROOMS = (
    "errors", "writing", "source", "records", "words",
    "readers.frontmatter", "readers.plain", "readers.stamps",
    "readers.clocks", "readers.segments", "readers.about", "readers.pieces",
    "readers.cues", "readers.captions", "readers.layers", "readers.data", "readers.sheets",
    "readers.composing", "readers.tables",
    "readers.elements", "readers.nameplates", "readers.pagehead", "readers.pageparts", "readers.hypertext",
    "readers.archives", "readers.packages", "readers.word", "readers.opendocument", "readers.pages", "readers.pdf",
    "readers.files", "readers.kinds", "readers",
    "names", "personal", "paragraphs", "furniture", "header", "dialogue",
    "questions", "asides", "matter", "interviewers", "leads", "guests",
    "labels", "plausible", "casting", "damage", "sides", "persons", "roles", "labelled",
    "changes",
    "blocks", "page", "asking", "magazine", "talk",
    "turns", "corrections", "amending", "roster", "report",
    "chunker",
    "embedder", "minilm", "compiled", "tokens", "spelling",
    "ranking", "trees", "calibration", "ranker", "reranker",
    "vectors", "windows", "meanings", "vocabulary", "codec", "drafts",
    "lexical", "index", "hearing", "building", "store",
    "bearers", "strangers", "people",
    "phrases", "negation", "framing", "whoframes", "whatframes", "reaching", "frames", "followups", "question",
    "candidates", "signals", "retriever",
    "answer",
    "filters", "inquiry",
    "nearby", "guard", "checked", "spoken", "quotation", "locating", "nearest", "differences", "stitching", "checking",
    "quotes", "shares", "answering", "widening",
    "places", "sidecars", "collection", "updating", "upkeep", "library",
    "folded", "expected", "measures", "evaluation", "",
)  # fmt: skip
"""From the bottom of the house to its front door; the last one is the package itself."""

SURFACES = (
    "wording", "judging", "terminal", "proof", "reports", "scoreboard", "jsonlines",
    "exports.entries", "exports.holding", "exports.markdown", "exports.word", "exports.tables", "exports.data",
    "exports",
    "ui", "ui.address", "ui.guarding", "ui.login", "ui.markup", "ui.gate",
    "ui.theme", "ui.opening", "ui.shelf", "ui.basket", "ui.notices", "ui.uploads", "ui.recordings",
    "ui.standing", "ui.around", "ui.copying",
    "ui.memory", "ui.cards", "ui.chips", "ui.whotable", "ui.replies", "ui.conversation", "ui.reader",
    "ui.strips", "ui.glance",
    "ui.imports", "ui.collection", "ui.keeping", "ui.collecting", "ui.routes",
    "ui.parts", "ui.narrowing", "ui.panel", "ui.proofs", "ui.checks", "ui.page", "ui.serve",
    "console", "commands", "keeping", "options", "cli", "__main__",
)  # fmt: skip
"""What people touch, in the same order."""

FRONT_DOOR = {"errors", "records", "library", "evaluation", ""}
"""All that a surface may know of the house."""

HEAVY = {"torch", "transformers", "sentence_transformers", "sklearn", "gradio", "faiss", "bm25s", "scipy"}


def room_of(path: Path) -> str:
    """The name of a module below the package."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {room_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def imports_of(room: str) -> set[str]:
    """Every room that a module imports, at its head or late."""
    tree = ast.parse(MODULES[room].read_text("utf-8"))
    return {name for node in ast.walk(tree) for name in _imported(node)} - {room}


def _imported(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (_within(alias.name) for alias in node.names if alias.name.split(".")[0] == "rag")
    elif isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "rag":
        origin = _within(node.module)
        for alias in node.names:
            name = f"{origin}.{alias.name}".lstrip(".")
            yield name if name in MODULES else origin


def _within(module: str) -> str:
    return module.removeprefix("rag").removeprefix(".")


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run Python beside the package."""
    return subprocess.run(
        [sys.executable, *arguments], capture_output=True, encoding="utf-8", cwd=PACKAGE.parent, timeout=60
    )


def test_every_module_has_its_place() -> None:
    """The lists above are the whole house, each room once; a new module must be given its place in them."""
    assert sorted((*ROOMS, *SURFACES)) == sorted(MODULES)


@pytest.mark.parametrize("room", MODULES)
def test_imports_point_one_way(room: str) -> None:
    """A module imports only modules that stand before it, so that there is no cycle."""
    order = (*ROOMS, *SURFACES)
    later = {name for name in imports_of(room) if order.index(name) >= order.index(room)}
    assert not later, f"{room} imports what stands after it: {sorted(later)}"


@pytest.mark.parametrize("room", SURFACES)
def test_surfaces_know_only_the_front_door(room: str) -> None:
    """A surface imports the library, its records and errors, and other surfaces; nothing of how they work."""
    assert imports_of(room) <= FRONT_DOOR | set(SURFACES)


@pytest.mark.parametrize("room", SURFACES[: SURFACES.index("ui")])
def test_wording_is_shared_by_page_and_command(room: str) -> None:
    """What both surfaces say is written where neither of them is imported."""
    assert not imports_of(room) & set(SURFACES[SURFACES.index("ui") :])


@pytest.mark.parametrize("room", MODULES)
def test_imports_are_absolute(room: str) -> None:
    """No dots to count: every import names its room in full."""
    tree = ast.parse(MODULES[room].read_text("utf-8"))
    assert not any(isinstance(node, ast.ImportFrom) and node.level for node in ast.walk(tree))


@pytest.mark.parametrize("room", MODULES)
def test_rooms_are_small(room: str) -> None:
    """A module can be read in one sitting, and says at its head what it does."""
    text = MODULES[room].read_text("utf-8")
    assert text.count("\n") <= 350
    assert ast.get_docstring(ast.parse(text))


def test_order_of_the_flow_is_the_order_of_the_house() -> None:
    """From a file to a quote each step stands after the one before it."""
    flow = (
        "readers", "turns", "chunker", "embedder", "windows", "index", "building", "store",
        "question", "candidates", "signals", "retriever", "answer", "library",
    )  # fmt: skip
    assert all(ROOMS.index(before) < ROOMS.index(after) for before, after in pairwise(flow))


@pytest.mark.parametrize("module", ["rag", "rag.cli", "rag.records", "rag.terminal"])
def test_import_is_light(module: str) -> None:
    """Importing the package or the command loads no heavy library."""
    done = run("-c", f"import sys, {module}; print(*sorted({HEAVY} & set(sys.modules)))")
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")


def test_public_names_are_there() -> None:
    """Everything that the package offers can be imported from it."""
    done = run("-c", "import rag; print(all(getattr(rag, name).__doc__ for name in rag.__all__))")
    assert (done.returncode, done.stdout.strip()) == (0, "True"), done.stderr


def test_package_can_be_run() -> None:
    """``python -m rag`` is the command, and tells all it can do."""
    done = run("-m", "rag", "--help")
    assert done.returncode == 0, done.stderr
    commands = ("ask", "check", "index", "serve", "show", "add", "remove", "speakers", "report", "eval")
    assert all(command in done.stdout for command in commands)

"""Where things lie: the collection that is meant, its index, its files, and their recordings."""

import os
from hashlib import sha256
from pathlib import Path

from rag.records import Interview

INTERVIEWS_VARIABLE = "WHOSAID_INTERVIEWS"


def default_interviews() -> Path:
    """The interviews meant when none are named: $WHOSAID_INTERVIEWS, else ``seeds`` here or beside the code."""
    if named := os.environ.get(INTERVIEWS_VARIABLE):
        return Path(named)
    here = Path("seeds")
    beside = Path(__file__).resolve().parents[1] / "seeds"
    return here if here.is_dir() or not beside.is_dir() else beside


def default_index(interviews: Path) -> Path:
    """Where the index of a collection lies: ``embeddings/seeds``, for others with a part of their path's hash."""
    root = Path(__file__).resolve().parents[1]
    home = root if (root / "pyproject.toml").is_file() else Path.cwd()
    whole = interviews.expanduser().resolve()
    name = (
        "seeds"
        if whole == (home / "seeds").resolve()
        else f"{whole.stem}-{sha256(str(whole).encode()).hexdigest()[:8]}"
    )
    return home / "embeddings" / name


def path_of(collection: Path, name: str) -> Path:
    """The path of an interview by its name in a collection, which may be a single file or archive."""
    return collection / name if collection.is_dir() else collection.parent / name


def recording_of(collection: Path, interview: Interview) -> str:
    """Where the recording of an interview is: a link, the path of a file, or nothing where none is known.

    A path is taken from the folder in which the interview, or its archive, lies.
    """
    if not interview.recording or "://" in interview.recording:
        return interview.recording
    inside = path_of(collection, interview.source.name)
    folder = next(above for above in inside.parents if above.is_dir())
    return str((folder / interview.recording).resolve())

"""Whatever stops a build, an adding, a removal or a correction: nothing is lost, and the next run completes it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="the works to be stopped are forked")


@pytest.mark.parametrize(
    ("way", "options", "least"),
    [
        ("kill", [], 200),
        ("time", ["--times", "3"], 15),
        ("full", ["--stride", "2"], 110),
        ("readonly", ["--stride", "5"], 40),
        ("forbidden", ["--stride", "15"], 12),
        ("race", ["--times", "3"], 15),
    ],
)
def test_every_step_may_be_the_last_one(tmp_path: Path, way: str, options: list[str], least: int) -> None:
    """Killed, on a full disk, without permission, or in a race: it is as before or as it should be (``crashing``)."""
    home = Path(__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-m", "tests.crashing", str(tmp_path), way, *options],
        capture_output=True,
        encoding="utf-8",
        cwd=home,
        env={**os.environ, "OMP_NUM_THREADS": "1"},  # threads do not outlive a fork
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout.splitlines()[-1]) >= least

"""Run as a script, a worker that gets no signal when its batch ends, and waits."""

from __future__ import annotations

import multiprocessing
import sys
import time
from pathlib import Path

from simforms.batches import pool as workers

NOTHING = 0
"""No option of prctl(2)."""


def wait(ready: Path) -> None:
    """Set this process up as a worker, say so, and wait."""
    workers._DIE_WITH_PARENT = NOTHING
    workers._confined()
    ready.touch()
    time.sleep(120)


if __name__ == "__main__":
    multiprocessing.get_context("forkserver").Process(target=wait, args=(Path(sys.argv[1]),)).start()
    time.sleep(120)

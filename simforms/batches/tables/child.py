"""The process that reads a table: `python -I child.py FOLDERS CONTENT KIND READING SECONDS`, the table on its standard input.

It takes limits of time and memory, may write no file, ends with its parent, and answers with lines of plain data.
"""

from __future__ import annotations

import json
import signal
import sys
from contextlib import suppress
from pathlib import Path

MEMORY = 1024**3
"""Bytes of address space; a table of 50,000 rows and thirty columns takes a third of that."""
_DIE_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of prctl(2)."""


def main() -> None:
    """Read the table, and answer."""
    folders, content, kind, reading, seconds = sys.argv[1:]
    sys.path += [folder for folder in json.loads(folders) if folder not in sys.path]  # after the libraries of Python itself
    from simforms.batches.tables.parse import parsed  # noqa: PLC0415 - found only now
    from simforms.batches.tables.record import LARGEST_FILE, Reading  # noqa: PLC0415

    _confined(int(seconds))
    lines = parsed(Path(content), kind, sys.stdin.buffer.read(LARGEST_FILE + 1), Reading(**json.loads(reading)))
    for line in lines:
        sys.stdout.buffer.write(line + b"\n")


def _confined(seconds: int) -> None:
    """Limit this process. Only the kernel could give back what it takes away."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent gets it, and ends this process
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415

        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGKILL)
    with suppress(ImportError):  # Windows knows no such limits
        import resource  # noqa: PLC0415

        for limit, most in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, seconds),
            (resource.RLIMIT_CORE, 0),
            (resource.RLIMIT_FSIZE, 0),
        ):
            with suppress(ValueError):  # a lower one is set already
                resource.setrlimit(limit, (most, most + (limit == resource.RLIMIT_CPU)))  # one second more, to get a signal first


if __name__ == "__main__":
    main()

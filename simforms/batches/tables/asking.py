"""A table is read by a process of its own, with limits and a deadline: whatever it contains, this process continues."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from threading import Timer
from typing import BinaryIO

from simforms.batches.tables.record import DAMAGED, LARGEST_ANSWER, SPLIT, Reading, unreadable
from simforms.messages import say

SECONDS, SECONDS_A_MEGABYTE, MOST_SECONDS = 15, 25, 300
"""How long a table may keep a processor busy: a small one that takes long is made to. A workbook of 10,000 rows and thirty
columns has 0.8 MB and takes 12 s."""
PATIENCE = 4
"""So many times longer it may take in all, on a machine that does other things too."""
_CHILD = Path(__file__).with_name("child.py")
_PACKAGE = Path(__file__).parents[2]


def answer(name: str, file: BinaryIO, content: Path, kind: str, reading: Reading) -> list[bytes]:
    """Return the lines that the process answers about an open file. Raises CaseError where it gives none, or too much."""
    size = os.fstat(file.fileno()).st_size
    seconds = min(SECONDS + SECONDS_A_MEGABYTE * size // 1_000_000, MOST_SECONDS)
    wanted = json.dumps(asdict(reading))
    command = [sys.executable, "-I", str(_CHILD), json.dumps(_folders()), str(content), kind, wanted, str(seconds)]
    late: list[bool] = []
    with subprocess.Popen(command, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:  # noqa: S603 - ourselves

        def stop() -> None:
            late.append(True)
            process.kill()

        timer = Timer(PATIENCE * seconds, stop)
        timer.start()
        try:
            body = process.stdout.read(LARGEST_ANSWER + 1) if process.stdout else b""
            if len(body) <= LARGEST_ANSWER:
                process.wait()
        finally:
            timer.cancel()
            process.kill()
    if late or process.returncode == -_TOO_LONG:
        raise unreadable(name, say("it took too long and was stopped"), SPLIT)
    if process.returncode or len(body) > LARGEST_ANSWER or not body.endswith(b"\n"):
        raise unreadable(name, *DAMAGED)
    return body.split(b"\n")[:-1]


_TOO_LONG = 24
"""SIGXCPU, which Windows does not know."""


def _folders() -> list[str]:
    """Return where this process finds its libraries, but the current folder: whoever puts a file there would have it run."""
    here = os.path.realpath(os.curdir)
    return [*(folder for folder in sys.path if Path(folder).is_absolute() and os.path.realpath(folder) != here), str(_PACKAGE)]

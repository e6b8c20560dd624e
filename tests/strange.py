"""Records that hang, crash or eat memory in a worker; run as a script, a batch of quick records to be killed at any moment."""

from __future__ import annotations

import dataclasses
import os
import signal
import sys
import time
from pathlib import Path

crash, hang, eat = "CRASH", "HANG", "EAT"


def print_or_misbehave(job: object, record: object) -> object:
    """Return a paper of a record, or do what its reference says."""
    from simforms.batch import Outcome, Paper
    from simforms.errors import say

    what = record.case.entries["reference"].text  # type: ignore[attr-defined]
    if what == crash:
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == hang:
        time.sleep(60)
    try:
        if what == eat:
            bytearray(8 * 1024**3)
    except MemoryError:
        return Outcome(fault=say("it takes more memory than it may have"))
    return Outcome((Paper("paper", record.id.encode() * 5000, b"{}"),))  # type: ignore[attr-defined]


def slowly(job: object, record: object) -> object:
    """Return a paper after a moment."""
    time.sleep(0.01)
    return print_or_misbehave(job, record)


def main(folder: Path) -> None:
    """Print sixty records into a folder, or go on with it."""
    from datetime import date

    from simforms import batch, workers
    from simforms.errors import Place
    from simforms.journal import journal
    from simforms.load import EMPTY, Text
    from simforms.tables import Record
    from simforms.write import clear, folder_made

    place = Place("")
    case = dataclasses.replace(EMPTY, entries={"reference": Text("fine", place)}, places={"reference": place})
    records = [Record(number=number, id=f"B-{number}", case=case, problems=(), cells={}) for number in range(60)]
    folder_made(folder)
    with workers.local(2, 10) as submit, journal(folder) as kept:
        clear(folder)
        for _ in batch.run(batch.Job(date(2026, 11, 20)), records, kept, submit, work=slowly):
            pass


if __name__ == "__main__":
    main(Path(sys.argv[1]))

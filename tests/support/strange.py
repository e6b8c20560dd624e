"""Records that hang, crash or eat memory in a worker; run as a script, a batch of quick records to be killed at any moment."""

from __future__ import annotations

import dataclasses
import os
import signal
import sys
import time
from datetime import date
from pathlib import Path

from simforms.batches import pool as workers
from simforms.batches import run as batch
from simforms.batches.job import Job, Outcome, Paper
from simforms.batches.journal import journal
from simforms.batches.tables.reader import Record
from simforms.errors import Location
from simforms.messages import say
from simforms.texts import EMPTY, Text
from simforms.write import make_folder, remove_partial_files

crash, hang, eat = "CRASH", "HANG", "EAT"


def print_or_misbehave(_: Job, record: Record) -> Outcome:
    """Return a paper of a record, or do what its reference says."""
    entry = record.case.entries["reference"]
    what = entry.text if isinstance(entry, Text) else ""
    if what == crash:
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == hang:
        time.sleep(60)
    try:
        if what == eat:
            bytearray(8 * 1024**3)
    except MemoryError:
        return Outcome(fault=say("it takes more memory than it may have"))
    return Outcome((Paper("paper", record.id.encode() * 5000, b"{}"),))


def slowly(job: Job, record: Record) -> Outcome:
    """Return a paper after a moment."""
    time.sleep(0.01)
    return print_or_misbehave(job, record)


def main(folder: Path) -> None:
    """Print sixty records into a folder, or go on with it."""
    location = Location("")
    case = dataclasses.replace(EMPTY, entries={"reference": Text("fine", location)}, locations={"reference": location})
    records = [Record(number=number, id=f"B-{number}", case=case, problems=(), cells={}) for number in range(60)]
    make_folder(folder)
    with workers.local(2, 10) as submit, journal(folder) as kept:
        remove_partial_files(folder)
        for _ in batch.run(Job(date(2026, 11, 20)), records, kept, submit, work=slowly):
            pass


if __name__ == "__main__":
    main(Path(sys.argv[1]))

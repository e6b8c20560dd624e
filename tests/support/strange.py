"""Records that hang, crash or eat memory in a worker; run as a script, a batch of quick records to be killed at any moment."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import signal
import sys
import time
from datetime import date
from pathlib import Path

from simforms.batches import pool as workers
from simforms.batches import run as batch
from simforms.batches.job import Job
from simforms.batches.journal import journal
from simforms.batches.outcome import Made, PrintedFile
from simforms.batches.tables.reader import Record
from simforms.errors import Location
from simforms.texts import EMPTY, Text
from simforms.write import make_folder, remove_partial_files

crash, hang, eat = "CRASH", "HANG", "EAT"


def paper(name: str, text: str) -> PrintedFile:
    """Return a file that looks like a paper, with the manifest of one."""
    body = b"%PDF-1.7\n" + text.encode()
    says = {"version": 1, "sha256": hashlib.sha256(body).hexdigest(), "documents": [], "made_with": {}}
    return PrintedFile(name, body, json.dumps(says).encode())


def print_or_misbehave(_: Job, record: Record) -> Made:
    """Return a paper of a record, or do what its reference says."""
    entry = record.case.entries["reference"]
    what = entry.text if isinstance(entry, Text) else ""
    if what == crash:
        os.kill(os.getpid(), signal.SIGSEGV)
    if what == hang:
        time.sleep(60)
    if what == eat:
        bytearray(8 * 1024**3)
    return Made((paper("call-log-zh-Hans", record.id * 5000),))


def slowly(job: Job, record: Record) -> Made:
    """Return a paper after a moment."""
    time.sleep(0.01)
    return print_or_misbehave(job, record)


def main(folder: Path, rows: int = 60) -> None:
    """Print records into a folder, or go on with it; say which processes work for it."""
    location = Location("")
    case = dataclasses.replace(EMPTY, entries={"reference": Text("fine", location)}, locations={"reference": location})
    records = [Record(number=number, id=f"B-{number}", case=case, problems=(), cells={}) for number in range(rows)]
    make_folder(folder)
    with workers.local(2, 10) as submit, journal(folder) as kept:
        remove_partial_files(folder)
        for _ in batch.run(Job(date(2026, 11, 20)), records, kept, submit, work=slowly):
            pass


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))

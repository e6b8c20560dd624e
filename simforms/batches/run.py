"""Many cases, one outcome each: a record that is wrong, hangs or crashes costs itself only; what ails all of them stops all."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait  # noqa: A004 - the one that pools raise
from typing import TYPE_CHECKING

from simforms.batches.journal import Entry, Journal
from simforms.errors import SimformsError
from simforms.messages import say

if TYPE_CHECKING:
    from simforms.batches.pool import Submit
    from simforms.batches.tables.reader import Record
from simforms.batches.job import Job, Outcome
from simforms.batches.worker import _NOTHING, printed, probe

IN_A_ROW = 5
"""So many records that crash or hang one after the other are no fault of theirs."""


class BatchError(SimformsError):
    """The batch cannot go on, whatever the records say; none of them is marked as failed for it."""


def ready(submit: Submit, job: Job) -> None:
    """Return when a worker has shown that it can print. Raises BatchError where it cannot, or does not answer."""
    try:
        why = submit(probe, job, job.digest).result(timeout=SECONDS_TO_START)
    except TimeoutError:
        why = _NOTHING
    if why:
        raise BatchError(why)


SECONDS_TO_START = 60
"""A worker that cannot even be started is started again and again."""


def outcomes(
    submit: Submit, records: Iterable[Record], work: Callable[..., Outcome], job: Job, *, at_once: int
) -> Iterator[tuple[Record, Outcome]]:
    """Yield each record with what became of it, in the order in which they are done. Raises BatchError."""
    strange: list[tuple[Record, Outcome]] = []
    for record, outcome in _done(submit, records, work, job, at_once):
        if outcome.stop:
            raise BatchError(outcome.stop)
        if outcome.fault:
            strange.append((record, outcome))
            if len(strange) == IN_A_ROW:
                what = say(
                    "%(count)s rows one after the other could not be printed, the last: %(why)s",
                    count=IN_A_ROW,
                    why=outcome.fault,
                )
                raise BatchError(what)
            continue
        yield from strange
        strange.clear()
        yield record, outcome
    yield from strange


def _done(
    submit: Submit, records: Iterable[Record], work: Callable[..., Outcome], job: Job, at_once: int
) -> Iterator[tuple[Record, Outcome]]:
    """Keep `at_once` records in work; yield each with its outcome."""
    waiting: dict[Future[Outcome], Record] = {}
    for record in records:
        waiting[submit(work, job, record)] = record
        while len(waiting) >= at_once:
            yield from _next(waiting)
    while waiting:
        yield from _next(waiting)


def _next(waiting: dict[Future[Outcome], Record]) -> Iterator[tuple[Record, Outcome]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in [future for future in waiting if future in done]:  # those of one moment in the order of the table
        yield waiting.pop(future), _result(future)


def _result(future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except TimeoutError:
        return Outcome(fault=say("it took too long and was stopped"))
    except Exception as error:  # the worker died, as its pool or its cluster tells it
        return Outcome(fault=say("printing it crashed (%(reason)s)", reason=type(error).__name__))


def run(  # noqa: PLR0913 - each is decided by the command
    job: Job,
    records: Iterable[Record],
    journal: Journal,
    submit: Submit,
    *,
    at_once: int = 4,
    work: Callable[..., Outcome] = printed,
    name: Callable[[Record], str] = lambda record: record.id,
) -> Iterator[tuple[Record, Outcome | None]]:
    """Print records into the journal's folder; yield each with its outcome, None where it had been printed before.

    A record's files are written whole, then its line in the journal; files that its last printing made and this one does not
    are removed. Raises BatchError, and OSError where a file cannot be written: no record is to blame for that.
    """
    digest = job.digest
    asked = {}

    def still_to_print() -> Iterator[Record]:
        for record in records:
            asked[record.id] = journal.asked(digest, name(record), *_said(record))
            if journal.made(record.id, asked[record.id]):
                before.append(record)
            else:
                yield record

    before: list[Record] = []
    for record, outcome in outcomes(submit, still_to_print(), work, job, at_once=at_once):
        yield from ((one, None) for one in before)
        before.clear()
        journal.note(_kept(journal, name(record), Entry(record.id, asked.pop(record.id)), outcome))
        yield record, outcome
    yield from ((one, None) for one in before)


def _said(record: Record) -> Sequence[str]:
    """Return all that a record says."""
    return [part for name, text in record.case.leaves() for part in (name, text.text)] + [
        str(problem) for problem in record.problems
    ]


def _kept(journal: Journal, name: str, entry: Entry, outcome: Outcome) -> Entry:
    """Write the papers of a record, and return its entry."""
    from simforms.papers.manifest import manifest_path  # noqa: PLC0415 - see _outcome
    from simforms.write import write  # noqa: PLC0415

    old = journal.entries.get(entry.id)
    files = {f"{name}-{paper.name}.pdf": paper for paper in outcome.papers}
    for left in set(old.files if old else ()) - set(files):
        for path in (journal.folder / left, manifest_path(journal.folder / left)):
            path.unlink(missing_ok=True)
    for file, paper in files.items():
        write(manifest_path(journal.folder / file), paper.manifest)
        write(journal.folder / file, paper.body)
    digests = {file: hashlib.sha256(paper.body).hexdigest() for file, paper in files.items()}
    if not outcome.failed:
        return dataclasses.replace(entry, files=digests)
    faults = [(problem.what.text, problem.name) for problem in outcome.problems if problem.severity == "error"]
    return dataclasses.replace(entry, faults=faults or [(outcome.fault.text if outcome.fault else "", "")])

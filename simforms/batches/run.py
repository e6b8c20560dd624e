"""Many records, one outcome each. A failing record affects only itself; a failure common to all stops the batch."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait  # noqa: A004 - the one that pools raise
from pathlib import Path
from typing import TYPE_CHECKING

from simforms.batches.journal_lines import Entry
from simforms.batches.owners import ID, belongs_elsewhere, one_owner_each, other_table, taken_stems
from simforms.batches.results import AnswerError, Expected, packed, unpacked
from simforms.batches.save import save
from simforms.errors import CaseError, SimformsError
from simforms.messages import say
from simforms.texts import Text

if TYPE_CHECKING:
    from simforms.batches.journal import Journal
    from simforms.batches.pool import Submit
    from simforms.batches.tables.record import Record
from simforms.batches.job import Job
from simforms.batches.outcome import Answer, Crashed, Outcome, Stopped
from simforms.batches.worker import BROKEN, OTHER, READY, print_record, probe

IN_A_ROW = 5
"""If this many records in a row crash or hang, the cause is not the records."""
Work = Callable[[Job, "Record"], Answer]
"""What a worker does with a record."""


class BatchError(SimformsError):
    """The batch cannot go on, whatever the records say; none of them is marked as failed for it."""


_REASONS = {
    OTHER: say("a worker has different templates or a different version from this computer; install the same version there"),
    BROKEN: say("nothing can be printed; run `simforms doctor`"),
}


def ready(submit: Submit, job: Job) -> None:
    """Return when a worker has shown that it can print. Raises BatchError where it cannot, or does not answer."""
    try:
        found = submit(probe, job, job.digest).result(timeout=SECONDS_TO_START)
    except TimeoutError:
        found = BROKEN
    if found != READY:
        raise BatchError(_REASONS[OTHER if found == OTHER else BROKEN])


SECONDS_TO_START = 60
"""A worker that cannot even be started is started again and again."""


def outcomes(  # noqa: PLR0913 - each is decided by the caller
    submit: Submit, records: Iterable[Record], work: Work, job: Job, *, at_once: int, printed: bool = True
) -> Iterator[tuple[Record, Outcome]]:
    """Yield each record with what became of it, in the order in which they are done. Raises BatchError.

    Without `printed`, the work only says what would be made.
    """
    crashed: list[tuple[Record, Outcome]] = []
    for record, outcome in _answers(submit, records, work, job, at_once, printed=printed):
        if isinstance(outcome, Stopped):
            raise BatchError(outcome.reason)
        if not isinstance(outcome, Crashed):
            yield from crashed
            crashed.clear()
            yield record, outcome
            continue
        crashed.append((record, outcome))
        if len(crashed) == IN_A_ROW:
            what = say(
                "%(count)s consecutive rows could not be printed; the last reason: %(why)s", count=IN_A_ROW, why=outcome.reason
            )
            raise BatchError(what)
    yield from crashed


def _answers(  # noqa: PLR0913 - as above
    submit: Submit, records: Iterable[Record], work: Work, job: Job, at_once: int, *, printed: bool
) -> Iterator[tuple[Record, Answer]]:
    """Keep `at_once` records in work; yield each with what a worker answers."""
    from simforms.knowledge.content import content  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.language.catalogs import ui_languages  # noqa: PLC0415 - the same

    expected = Expected(job.paper_names, ui_languages(content()), printed)
    waiting: dict[Future[bytes], Record] = {}
    for record in records:
        waiting[submit(packed, work, job, record)] = record
        while len(waiting) >= at_once:
            yield from _next(waiting, expected)
    while waiting:
        yield from _next(waiting, expected)


def _next(waiting: dict[Future[bytes], Record], expected: Expected) -> Iterator[tuple[Record, Answer]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in [future for future in waiting if future in done]:  # those of one moment in the order of the table
        record = waiting.pop(future)
        yield record, _answer(future, record, expected)


def _answer(future: Future[bytes], record: Record, expected: Expected) -> Answer:
    try:
        return unpacked(future.result(), expected, record.case.location)
    except TimeoutError:
        return Crashed(say("it took too long and was stopped"))
    except MemoryError:
        return Crashed(say("it used more memory than is allowed"))
    except AnswerError as error:
        return Crashed(say("the program crashed while printing this row (%(reason)s)", reason=f"{type(error).__name__}: {error}"))
    except Exception as error:  # the worker died, as its pool or its cluster reports it
        return Crashed(say("the program crashed while printing this row (%(reason)s)", reason=type(error).__name__))


def run(  # noqa: PLR0913 - each is decided by the command
    job: Job,
    records: Iterable[Record],
    journal: Journal,
    submit: Submit,
    *,
    table: Path | None = None,
    corrects: bool = False,
    sheets: Sequence[str] = (),
    at_once: int = 4,
    work: Work = print_record,
    name: Callable[[Record], str] = lambda record: record.id,
    wrong_id: Callable[[Record], None] = lambda _: None,
) -> Iterator[tuple[Record, Outcome | None]]:
    """Print records into the journal's folder; the iterator returned gives each with its outcome, None if printed before.

    `wrong_id` is called for each record whose id names no papers, or those of another record, before this function returns.

    `records` can be gone through several times. `table` is the file they come from, `corrects` whether it contains corrected
    rows of another one, `sheets` are the names that the batch needs for itself. A record's files are written whole, then its
    line in the journal; files that its last printing made and this one does not are removed. Raises CaseError, before anything
    is printed, where rows have papers of another table; BatchError; OSError where a file cannot be written: no record is to
    blame for that.
    """
    printing = _Printing(job.digest, journal, journal.table(table), corrects, name)
    taken = taken_stems(journal, job.paper_names, sheets)
    before: list[Record] = []

    def owned() -> Iterator[Record]:  # made again each time: ten thousand at once would take ten times the memory
        return map(printing.with_reference, one_owner_each(records, name, job.paper_names, taken))

    def still_to_print() -> Iterator[Record]:
        for record in owned():
            if printing.is_made(record):
                before.append(record)
            else:
                yield record

    def printed() -> Iterator[tuple[Record, Outcome | None]]:
        for record, outcome in outcomes(submit, still_to_print(), work, job, at_once=at_once):
            yield from ((one, None) for one in before)
            before.clear()
            yield record, printing.save(record, outcome)
        yield from ((one, None) for one in before)

    def noticed() -> Iterator[Record]:
        for record in owned():
            if any(problem.name == ID for problem in record.problems):
                wrong_id(record)
            yield record

    printing.refuse_those_of_others(noticed())
    return printed()


@dataclasses.dataclass(frozen=True)
class _Printing:
    """What is the same for all records of a run."""

    job_digest: str
    journal: Journal
    table: str
    corrects: bool
    name: Callable[[Record], str]

    def with_reference(self, record: Record) -> Record:
        """Return a record with a reference; one of its own stays."""
        case = record.case
        if "reference" in case.entries or not case.entries:
            return record
        reference = Text(self.journal.reference(record.id), case.location)
        entries, locations = {**case.entries, "reference": reference}, {**case.locations, "reference": case.location}
        return dataclasses.replace(record, case=dataclasses.replace(case, entries=entries, locations=locations))

    def asked(self, record: Record) -> str:
        """Return the digest of what is asked for a record."""
        said = [part for name, text in record.case.leaves() for part in (name, text.text)]
        return self.journal.asked(self.job_digest, self.name(record), *said, *map(str, record.problems))

    def is_made(self, record: Record) -> bool:
        """Return whether the papers of a record are there as they would be printed now."""
        return self.journal.made(record.id, self.asked(record)) is not None

    def refuse_those_of_others(self, records: Iterable[Record]) -> None:
        """Raise CaseError where a record has papers of another table that would be replaced."""
        others = [
            (record, self.journal.tables.get(entry.table, "?"))
            for record in records
            if (entry := self.journal.entries.get(record.id)) and belongs_elsewhere(entry, self.table)
            if not self.is_made(record)
        ]
        if others:
            raise CaseError([other_table(others, others[0][0].case.location.file)])

    def save(self, record: Record, outcome: Outcome) -> Outcome:
        """Write the papers of a record, and its line in the journal; return what became of it."""
        old = self.journal.entries.get(record.id)
        owner = old.table if old and self.corrects and old.table else self.table
        entry = Entry(record.id, self.asked(record), table=owner, printed_from=self.table)
        return save(self.journal, self.name(record), entry, outcome, record.case.location)

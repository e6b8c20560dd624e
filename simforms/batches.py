"""Many cases, one outcome each: a record that is wrong, hangs or crashes costs itself only; what ails all of them stops all."""

from __future__ import annotations

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait  # noqa: A004 - the one that pools raise
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from simforms.codes import code
from simforms.content import content, data
from simforms.errors import CaseError, Message, Problem, RenderError, SimformsError, say
from simforms.journal import Entry, Journal
from simforms.papers import Form
from simforms.telling import message

if TYPE_CHECKING:
    from simforms.tables import Record
    from simforms.workers import Submit

IN_A_ROW = 5
"""So many records that crash or hang one after the other are no fault of theirs."""


class BatchError(SimformsError):
    """The batch cannot go on, whatever the records say; none of them is marked as failed for it."""


@dataclass(frozen=True)
class Job:
    """How all records of a batch are printed."""

    today: date
    wanted: tuple[str, ...] = ()
    """Names of documents; else each case decides."""
    language: str = ""
    """Goes before a case's own."""
    form: Form = Form()  # noqa: RUF009 - it is frozen

    @property
    def digest(self) -> str:
        """Changes with whatever changes the papers: the options, our own files, the versions of the engine."""
        from simforms.manifest import digest  # noqa: PLC0415 - the engine's versions are asked for anyway

        folders = (content() / "templates", content() / "locales", data("."))
        own = digest(path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
        versions = [version(package) for package in ("simforms", "weasyprint")]
        return hashlib.sha256(repr((self, own, versions)).encode()).hexdigest()


@dataclass(frozen=True)
class Paper:
    """A file that was made of a record."""

    name: str
    """What it is, without whose: departure-plan-zh-Hans."""
    body: bytes
    manifest: bytes


@dataclass(frozen=True)
class Outcome:
    """What became of a record."""

    papers: tuple[Paper, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What is wrong with it, and what is doubtful."""
    language: str = "en"
    fault: Message | None = None
    """Why it could not be printed although nothing is wrong with it."""
    stop: Message | str = ""
    """Why no record can be printed."""
    layouts: Mapping[str, int] = field(default_factory=dict)
    """How many pages were laid out, as `pdf.layouts` counts them."""

    @property
    def failed(self) -> bool:
        """Whether nothing could be made of it."""
        return self.fault is not None or any(problem.severity == "error" for problem in self.problems)


def checked(job: Job, record: Record) -> Outcome:
    """Say what would be made of a record, without printing it: papers without a body."""
    return _outcome(job, record, body=False)


def printed(job: Job, record: Record) -> Outcome:
    """Print a record. Runs in a worker: whatever happens becomes an outcome."""
    return _outcome(job, record, body=True)


def _outcome(job: Job, record: Record, *, body: bool) -> Outcome:
    from simforms import pdf  # noqa: PLC0415 - a worker's affair

    before = dict(pdf.layouts()) if body else {}
    try:
        made = _made(job, record, body=body)
    except CaseError as error:
        return Outcome(problems=error.problems, language=error.language)
    except MemoryError:
        return Outcome(fault=say("it takes more memory than it may have"))
    except (OSError, SimformsError) as error:
        if isinstance(error, RenderError) and _can_print():
            return Outcome(fault=say("it cannot be printed (%(reason)s)", reason=error.message))
        return Outcome(stop=message(error))
    except Exception as error:  # a fault of ours costs one record, and is told without its values
        return Outcome(fault=say("it cannot be printed (%(reason)s)", reason=type(error).__name__))
    after = pdf.layouts() if body else {}
    return dataclasses.replace(made, layouts={why: count - before.get(why, 0) for why, count in after.items()})


def _can_print() -> bool:
    from simforms import pdf  # noqa: PLC0415 - see _outcome

    try:
        pdf.loaded()
    except (OSError, SimformsError):
        return False
    return True


def probe(job: Job, digest: str) -> Message | None:
    """Return why a worker can print nothing of a job; None where it can."""
    if job.digest != digest:
        return say("a worker has other templates or another version than this machine; install the same there")
    return None if _can_print() else _NOTHING


def ready(submit: Submit, job: Job) -> None:
    """Return when a worker has shown that it can print. Raises BatchError where it cannot, or does not answer."""
    try:
        why = submit(probe, job, job.digest).result(timeout=SECONDS_TO_START)
    except TimeoutError:
        why = _NOTHING
    if why:
        raise BatchError(why)


_NOTHING = say("nothing can be printed; run `simforms doctor`")
SECONDS_TO_START = 60
"""A worker that cannot even be started is started again and again."""


def _made(job: Job, record: Record, *, body: bool) -> Outcome:
    from simforms.cases import doubts, told_with_papers  # noqa: PLC0415 - see _outcome
    from simforms.manifest import manifest  # noqa: PLC0415
    from simforms.papers import papers  # noqa: PLC0415
    from simforms.planning import plan  # noqa: PLC0415

    if record.problems and not record.case.entries:
        raise CaseError(record.problems)  # nothing of it could be read
    found = plan(content(), record.case, job.today, wanted=job.wanted, language=job.language, noticed=record.problems)
    doubtful = [problem for problem in doubts(found) if problem.severity == "warning"]
    doubtful += [dataclasses.replace(problem, place=record.case.place) for problem in told_with_papers(Path(), found)]
    made = [
        Paper(paper.name.removeprefix(f"{found.reference}-"), file, manifest(found, paper.documents, file) if body else b"")
        for paper in papers(found, job.form)
        for file in (paper.files().values() if body else [b""])
    ]
    return Outcome(tuple(made), tuple(doubtful), found.language)


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
    from simforms.manifest import beside  # noqa: PLC0415 - see _outcome
    from simforms.write import write  # noqa: PLC0415

    old = journal.entries.get(entry.id)
    files = {f"{name}-{paper.name}.pdf": paper for paper in outcome.papers}
    for left in set(old.files if old else ()) - set(files):
        for path in (journal.folder / left, beside(journal.folder / left)):
            path.unlink(missing_ok=True)
    for file, paper in files.items():
        write(beside(journal.folder / file), paper.manifest)
        write(journal.folder / file, paper.body)
    digests = {file: hashlib.sha256(paper.body).hexdigest() for file, paper in files.items()}
    if not outcome.failed:
        return dataclasses.replace(entry, files=digests)
    faults = [(code(problem.what), problem.name) for problem in outcome.problems if problem.severity == "error"]
    return dataclasses.replace(entry, faults=faults or [(code(outcome.fault) if outcome.fault else "", "")])

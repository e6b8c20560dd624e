"""The command `batch`: it checks a whole table of cases, prints it, and saves the rows that failed, to correct and run again."""

from __future__ import annotations

import dataclasses
import os
import re
import signal
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from simforms import clock
from simforms.cli.batch_report import ProblemReport
from simforms.cli.command import Command
from simforms.cli.failures import print_problems
from simforms.cli.options import document_option, folder_option, language_option
from simforms.cli.output import confirm, is_dialogue, report, show
from simforms.cli.ui_language import companion_language, translated, ui_language
from simforms.errors import CommandLineError, Problem
from simforms.messages import say
from simforms.papers.files import Form

if TYPE_CHECKING:
    from simforms.batches.job import Job
    from simforms.batches.pool import Submit
    from simforms.batches.tables.reader import Record, Table

FAILED = "failed.xlsx"


@click.command(cls=Command)
@click.argument("path", type=click.Path(path_type=Path), metavar="[TABLE]", required=False)
@document_option
@language_option
@folder_option
@click.option(
    "--template", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.xlsx", help="Write an empty table to fill in."
)
@click.option("--yes", is_flag=True, help="Print without asking.")
@click.option("--dry-run", is_flag=True, help="Look through all rows, and print nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
@click.option("--packet", is_flag=True, help="One file for each person, with a cover that says what to do with each sheet.")
@click.option("--duplex", is_flag=True, help="With `--packet`: begin each paper on a fresh sheet, for printing on both sides.")
@click.option("--one-file", is_flag=True, help="Also one file for the printer with all papers, in the order of the table.")
@click.option("--names", is_flag=True, help="Put each person's name into the names of the files.")
@click.option("--encoding", default="", metavar="NAME", help="How a text table is written, where it is not UTF-8.")
@click.option(
    "--workers", type=click.IntRange(1, 64), metavar="NUMBER", default=os.cpu_count() or 1, help="How many print at once."
)
@click.option(
    "--deadline", type=click.IntRange(1, 3600), metavar="SECONDS", default=60, help="Longer than this no record may take."
)
@click.option("--cluster", default="", metavar="ADDRESS", help="Print on the workers of a dask scheduler, tcp://….")
def batch(  # noqa: PLR0913, PLR0917 - one parameter for each option
    path: Path | None,
    wanted: Sequence[str],
    language: str,
    folder: Path,
    template: Path | None,
    yes: bool,
    dry_run: bool,
    quiet: bool,
    packet: bool,
    duplex: bool,
    one_file: bool,
    names: bool,
    encoding: str,
    workers: int,
    deadline: int,
    cluster: str,
) -> None:
    """Print the papers of every row of a table (XLSX, CSV, JSONL), or of a folder of cases. Run it again to go on.

    Example: simforms batch leavers.xlsx -o out --packet
    """
    if template:
        _template(template, language, wanted)
        return
    for wrong, why in (
        (path is None, say("name a table, or `--template` and a file")),
        (duplex and not packet, say("`--duplex` goes with `--packet`")),
    ):
        if wrong:
            raise CommandLineError(why)
    assert path is not None  # noqa: S101 - reported above
    from simforms.batches.job import Job  # noqa: PLC0415
    from simforms.batches.tables.reader import records  # noqa: PLC0415
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.knowledge.documents import document  # noqa: PLC0415

    chosen = tuple(document(content(), name).name for name in wanted)
    table = records(content(), path, encoding=encoding)
    print_problems(table.notes, ui_language(language))
    job = Job(clock.today(), chosen, companion_language(language) if language else "", Form(packet=packet, duplex=duplex))
    with _stoppable(folder) as go_on, _workers(cluster, workers, deadline, job) as submit:
        if dry_run or (not yes and is_dialogue()):
            _check_all(job, table, submit, workers, go_on, quiet=quiet)
            if dry_run or not confirm(translated(say("Print them now?"))):
                return
        run = _Run(job, table, path.resolve().stem, folder, one_file=one_file, names=names, at_once=2 * workers, quiet=quiet)
        sys.exit(run.print_all(submit, go_on))


def _template(path: Path, language: str, wanted: Sequence[str]) -> None:
    from simforms.batches.tables.xlsx_writer import template  # noqa: PLC0415
    from simforms.knowledge.content import content  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.knowledge.documents import document, documents  # noqa: PLC0415
    from simforms.write import write_new  # noqa: PLC0415

    kinds = [document(content(), name) for name in wanted] or list(documents(content()).values())
    write_new(path, template(content(), ui_language(language), kinds))
    show(path)


@contextmanager
def _stoppable(folder: Path) -> Iterator[Callable[[], None]]:
    """Yield a function that ends the batch if somebody has stopped it; then print how to continue. The journal has what was made.

    It is called after each record: an interruption that comes while a library cleans up would be lost.
    """
    stopped: list[int] = []

    def interrupted(number: int, _: object) -> None:
        stopped.append(number)
        raise KeyboardInterrupt

    def go_on() -> None:
        if stopped:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield go_on
    except (KeyboardInterrupt, SystemExit) as stop:
        code = 128 + signal.SIGINT if isinstance(stop, KeyboardInterrupt) else stop.code
        if code in {128 + signal.SIGINT, 128 + signal.SIGTERM}:
            what = say("stopped; run the same command again to go on with %(folder)s", folder=folder)
            report(f"simforms: {translated(what)}")
        sys.exit(code)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _workers(address: str, count: int, seconds: int, job: Job) -> Iterator[Submit]:
    """Yield the workers' function that prints a record, once one worker has shown that it can print."""
    from simforms.batches import pool as workers  # noqa: PLC0415
    from simforms.batches import run as engine  # noqa: PLC0415 - `--help` does not pay for it

    place: AbstractContextManager[Submit] = workers.cluster(address, seconds) if address else workers.local(count, seconds)
    with place as submit:
        engine.ready(submit, job)
        yield submit


def _check_all(  # noqa: PLR0913 - each is decided by the command
    job: Job, table: Table, submit: Submit, count: int, go_on: Callable[[], None], *, quiet: bool
) -> None:
    """Print what is wrong with each row, and how many papers the others would have."""
    from simforms.batches import run as engine  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.batches.worker import checked  # noqa: PLC0415
    from simforms.cli.progress import progress  # noqa: PLC0415

    problem_report, papers = ProblemReport(), Counter[str]()
    with progress(table.count, quiet=quiet) as tick:
        for record, outcome in engine.outcomes(submit, table, checked, job, at_once=2 * count):
            go_on()
            tick(failed=outcome.failed)
            problem_report.add(record, outcome)
            papers.update(paper.name for paper in outcome.papers)
    problem_report.print()
    counts = say("%(rows)s rows, %(failed)s of them with problems", rows=table.count, failed=len(problem_report.failed))
    report(translated(counts))
    for name, number in sorted(papers.items()):
        report(f"  {number}  {name}")


LONGEST = 40
"""Characters of a person's name in the name of a file."""


@dataclasses.dataclass(frozen=True)
class _Run:
    """One run of a batch into a folder."""

    job: Job
    table: Table
    table_name: str
    """Part of the names of the sheets: a table of corrected rows has its own."""
    folder: Path
    one_file: bool
    names: bool
    at_once: int
    quiet: bool

    def print_all(self, submit: Submit, go_on: Callable[[], None]) -> int:
        """Print all records, and return the exit code."""
        from simforms.batches import run as engine  # noqa: PLC0415 - `--help` does not pay for it
        from simforms.batches.journal import journal  # noqa: PLC0415
        from simforms.cli.progress import progress  # noqa: PLC0415
        from simforms.write import clear, folder_made  # noqa: PLC0415

        problem_report, count, before = ProblemReport(), 0, 0
        folder_made(self.folder)
        with journal(self.folder) as kept:
            clear(self.folder)
            with progress(self.table.count, quiet=self.quiet) as tick:
                for record, outcome in engine.run(self.job, self.table, kept, submit, at_once=self.at_once, name=self._name):
                    go_on()
                    tick(failed=outcome is not None and outcome.failed)
                    if outcome:
                        problem_report.add(record, outcome)
                    before += outcome is None
                    count += outcome is None or not outcome.failed
            problem_report.print()
            self._save_failed(problem_report.failed)
            for path in self._save_sheets(kept.entries):
                show(path)
        what = say(
            "%(made)s of %(rows)s rows are printed, %(before)s of them before", made=count, rows=self.table.count, before=before
        )
        report(f"simforms: {translated(what)}")
        return 1 if problem_report.failed else 0

    def _name(self, record: Record) -> str:
        """Return the name for the files of a record: its id, with the person's name only if that is asked for."""
        if not self.names:
            return record.id
        person = re.sub(r"[^\w-]+", "_", _person(record))
        return f"{record.id}-{person[:LONGEST]}"

    def _save_failed(self, failed: Sequence[tuple[Record, Sequence[Problem]]]) -> None:
        """Save the failed rows as a table to correct and run again; remove the older one if none failed."""
        from simforms.batches.tables.xlsx_writer import failed as mended  # noqa: PLC0415
        from simforms.knowledge.content import content  # noqa: PLC0415 - see above
        from simforms.write import write  # noqa: PLC0415

        path = self.folder / FAILED
        if failed and self.table.headings:
            write(path, mended(content(), ui_language(), self.table, failed))
            show(path)
        elif self.table_name != path.stem:  # that table is being corrected
            path.unlink(missing_ok=True)

    def _save_sheets(self, entries: Any) -> Iterator[Path]:
        """Save the list for handing out, and the one file for the printer; yield their paths."""
        from simforms.batches.handout import Handed, index, joined  # noqa: PLC0415 - see above
        from simforms.knowledge.content import content  # noqa: PLC0415
        from simforms.write import write  # noqa: PLC0415

        done = [(record, entries[record.id].files) for record in self.table if record.id in entries and entries[record.id].files]
        rows = [Handed(record.id, _person(record), len(files)) for record, files in done]
        if rows:
            write(path := self.folder / f"index-{self.table_name}.pdf", index(content(), ui_language(), self.job.today, rows))
            yield path
        if self.one_file:
            files = [self.folder / name for _, names in done for name in names]
            for number, body in enumerate(joined(files), 1):
                write(path := self.folder / f"all-{self.table_name}-{number}.pdf", body)
                yield path


def _person(record: Record) -> str:
    return next((text.text for name, text in record.case.leaves() if name == "person.name"), "")

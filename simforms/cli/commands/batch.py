"""The command that prints a whole table of cases: looked through first, then printed, with what failed to mend and feed back."""

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
from simforms.cli.batch_report import Told
from simforms.cli.command import Command
from simforms.cli.failures import tell_problems, told
from simforms.cli.options import folder_option, language_option, wanted_option
from simforms.cli.voice import beside, said, spoken
from simforms.errors import CommandLineError, Problem
from simforms.messages import say
from simforms.papers.files import OutputFormat

if TYPE_CHECKING:
    from simforms.batches.job import Job
    from simforms.batches.pool import Submit
    from simforms.batches.tables.reader import Record, Table

FAILED = "failed.xlsx"


@click.command(cls=Command)
@click.argument("path", type=click.Path(path_type=Path), metavar="[TABLE]", required=False)
@wanted_option
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
@told
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
    for wrong, told_as in (
        (path is None, say("name a table, or `--template` and a file")),
        (duplex and not packet, say("`--duplex` goes with `--packet`")),
    ):
        if wrong:
            raise CommandLineError(told_as)
    assert path is not None  # noqa: S101 - told above
    from simforms.batches.job import Job  # noqa: PLC0415
    from simforms.batches.tables.reader import records  # noqa: PLC0415
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.knowledge.documents import document  # noqa: PLC0415

    chosen = tuple(document(content(), name).name for name in wanted)
    table = records(content(), path, encoding=encoding)
    tell_problems(table.notes, spoken(language))
    job = Job(clock.today(), chosen, beside(language) if language else "", OutputFormat(packet=packet, duplex=duplex))
    with _stoppable(folder) as go_on, _workers(cluster, workers, deadline, job) as submit:
        if dry_run or (not yes and sys.stdin.isatty() and sys.stdout.isatty()):
            _look_through(job, table, submit, workers, go_on, quiet=quiet)
            if dry_run or not click.confirm(said(say("Print them now?")), err=True):
                return
        run = _Run(job, table, path.resolve().stem, folder, one_file=one_file, names=names, at_once=2 * workers, quiet=quiet)
        sys.exit(run.printed(submit, go_on))


def _template(path: Path, language: str, wanted: Sequence[str]) -> None:
    from simforms.batches.tables.xlsx_writer import template  # noqa: PLC0415
    from simforms.knowledge.content import content  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.knowledge.documents import document, documents  # noqa: PLC0415
    from simforms.write import write_new  # noqa: PLC0415

    kinds = [document(content(), name) for name in wanted] or list(documents(content()).values())
    write_new(path, template(content(), spoken(language), kinds))
    click.echo(path)


@contextmanager
def _stoppable(folder: Path) -> Iterator[Callable[[], None]]:
    """Yield what ends the batch if somebody has stopped it, and then say how to go on; what was made is noted.

    Asked after each record: an interruption that comes while a library cleans up is lost otherwise.
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
            click.echo(
                f"simforms: {said(say('stopped; run the same command again to go on with %(folder)s', folder=folder))}", err=True
            )
        sys.exit(code)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _workers(address: str, count: int, seconds: int, job: Job) -> Iterator[Submit]:
    """Yield what prints, when one worker has shown that it can."""
    from simforms.batches import pool as workers  # noqa: PLC0415
    from simforms.batches import run as engine  # noqa: PLC0415 - `--help` does not pay for it

    place: AbstractContextManager[Submit] = workers.cluster(address, seconds) if address else workers.local(count, seconds)
    with place as submit:
        engine.ready(submit, job)
        yield submit


def _look_through(  # noqa: PLR0913 - each is decided by the command
    job: Job, table: Table, submit: Submit, count: int, go_on: Callable[[], None], *, quiet: bool
) -> None:
    """Say what is wrong with each row, and what would be made of the others."""
    from simforms.batches import run as engine  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.batches.worker import checked  # noqa: PLC0415
    from simforms.cli.progress import progress  # noqa: PLC0415

    told, papers = Told(), Counter[str]()
    with progress(table.count, quiet=quiet) as tick:
        for record, outcome in engine.outcomes(submit, table, checked, job, at_once=2 * count):
            go_on()
            tick(failed=outcome.failed)
            told.add(record, outcome)
            papers.update(paper.name for paper in outcome.papers)
    told.tell()
    click.echo(said(say("%(rows)s rows, %(failed)s of them with problems", rows=table.count, failed=len(told.failed))), err=True)
    for name, number in sorted(papers.items()):
        click.echo(f"  {number}  {name}", err=True)


LONGEST = 40
"""Signs of a person's name in the name of a file."""


@dataclasses.dataclass(frozen=True)
class _Run:
    """A batch that is printed into a folder."""

    job: Job
    table: Table
    table_name: str
    """Goes into the names of the sheets: a table of mended rows has its own."""
    folder: Path
    one_file: bool
    names: bool
    at_once: int
    quiet: bool

    def printed(self, submit: Submit, go_on: Callable[[], None]) -> int:
        """Print it, and return the exit code."""
        from simforms.batches import run as engine  # noqa: PLC0415 - `--help` does not pay for it
        from simforms.batches.journal import journal  # noqa: PLC0415
        from simforms.cli.progress import progress  # noqa: PLC0415
        from simforms.write import make_folder, remove_partial_files  # noqa: PLC0415

        told, count, before = Told(), 0, 0
        make_folder(self.folder)
        with journal(self.folder) as kept:
            remove_partial_files(self.folder)
            with progress(self.table.count, quiet=self.quiet) as tick:
                for record, outcome in engine.run(self.job, self.table, kept, submit, at_once=self.at_once, name=self._name):
                    go_on()
                    tick(failed=outcome is not None and outcome.failed)
                    if outcome:
                        told.add(record, outcome)
                    before += outcome is None
                    count += outcome is None or not outcome.failed
            told.tell()
            self._mend(told.failed)
            for path in self._sheets(kept.entries):
                click.echo(path)
        what = say(
            "%(made)s of %(rows)s rows are printed, %(before)s of them before", made=count, rows=self.table.count, before=before
        )
        click.echo(f"simforms: {said(what)}", err=True)
        return 1 if told.failed else 0

    def _name(self, record: Record) -> str:
        """Return what the files of a record are called: its id, and only if asked for the person's name."""
        if not self.names:
            return record.id
        person = re.sub(r"[^\w-]+", "_", _person(record))
        return f"{record.id}-{person[:LONGEST]}"

    def _mend(self, failed: Sequence[tuple[Record, Sequence[Problem]]]) -> None:
        """Write the failed rows as a table to mend and feed back; none where none failed."""
        from simforms.batches.tables.xlsx_writer import failed as mended  # noqa: PLC0415
        from simforms.knowledge.content import content  # noqa: PLC0415 - see above
        from simforms.write import write  # noqa: PLC0415

        path = self.folder / FAILED
        if failed and self.table.headings:
            write(path, mended(content(), spoken(), self.table, failed))
            click.echo(path)
        elif self.table_name != path.stem:  # those of this folder are being mended
            path.unlink(missing_ok=True)

    def _sheets(self, entries: Any) -> Iterator[Path]:
        """Write the sheet for handing out, and the one file for the printer; yield where they are."""
        from simforms.batches.handout import Handed, index, joined  # noqa: PLC0415 - see above
        from simforms.knowledge.content import content  # noqa: PLC0415
        from simforms.write import write  # noqa: PLC0415

        done = [(record, entries[record.id].files) for record in self.table if record.id in entries and entries[record.id].files]
        rows = [Handed(record.id, _person(record), len(files)) for record, files in done]
        if rows:
            write(path := self.folder / f"index-{self.table_name}.pdf", index(content(), spoken(), self.job.today, rows))
            yield path
        if self.one_file:
            files = [self.folder / name for _, names in done for name in names]
            for number, body in enumerate(joined(files), 1):
                write(path := self.folder / f"all-{self.table_name}-{number}.pdf", body)
                yield path


def _person(record: Record) -> str:
    return next((text.text for name, text in record.case.leaves() if name == "person.name"), "")

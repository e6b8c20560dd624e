"""The command that prints a whole table of cases: its options, its workers, and what a stop does."""

from __future__ import annotations

import dataclasses
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simforms import clock
from simforms.cli.batch_print import TablePrinter
from simforms.cli.command import Command
from simforms.cli.failures import print_problems
from simforms.cli.options import document_option, folder_option, language_option
from simforms.cli.output import confirm, is_dialogue, report, show
from simforms.cli.ui_language import companion_language, translated, ui_language
from simforms.errors import CommandLineError
from simforms.messages import say
from simforms.papers.files import OutputFormat

if TYPE_CHECKING:
    from simforms.batches.job import Job
    from simforms.batches.pool import Submit
    from simforms.batches.tables.reader import Reading


@click.command(cls=Command)
@click.argument("path", type=click.Path(path_type=Path), metavar="[TABLE]", required=False)
@document_option
@language_option
@folder_option
@click.option(
    "--template", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.xlsx", help="Write an empty table to fill in."
)
@click.option("--yes", is_flag=True, help="Print without asking.")
@click.option("--dry-run", is_flag=True, help="Check every row, and print nothing.")
@click.option("-q", "--quiet", is_flag=True, help="Show no progress.")
@click.option("--packet", is_flag=True, help="Make one file for each person, with a cover that says what to do with each sheet.")
@click.option("--duplex", is_flag=True, help="With `--packet`: start each paper on a new sheet, for printing on both sides.")
@click.option("--one-file", is_flag=True, help="Also make one file for printing, with all papers in the order of the table.")
@click.option("--names", is_flag=True, help="Put each person's name into the file names.")
@click.option("--encoding", default="", metavar="NAME", help="Encoding of a text table, if it is not UTF-8.")
@click.option("--sheet", default="", metavar="NAME", help="Sheet of a workbook. Default: `cases`, then the first visible one.")
@click.option(
    "--map",
    "map_",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.yaml",
    help="File that says which column is which field.",
)
@click.option(
    "--map-template",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.yaml",
    help="Propose a map for the table, for you to correct.",
)
@click.option("--hidden", is_flag=True, help="Also read rows and columns that are hidden, and text that is struck through.")
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    metavar="NUMBER",
    default=os.cpu_count() or 1,
    help="Number of rows to print at the same time.",
)
@click.option(
    "--deadline",
    type=click.IntRange(1, 3600),
    metavar="SECONDS",
    default=60,
    help="Time limit for one row. A row that takes longer is stopped.",
)
@click.option("--cluster", default="", metavar="ADDRESS", help="Print on the workers of a dask scheduler (tcp://…).")
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
    sheet: str,
    map_: Path | None,
    map_template: Path | None,
    hidden: bool,
    workers: int,
    deadline: int,
    cluster: str,
) -> None:
    """Print the papers of every row of a table (XLSX, CSV, JSONL), or of a folder of cases. Run it again to continue.

    Example: simforms batch leavers.xlsx -o out --packet
    """
    if template:
        _template(template, language, wanted)
        return
    for wrong, why in (
        (path is None, say("give a table, or use `--template` with a file")),
        (duplex and not packet, say("`--duplex` can be used only with `--packet`")),
    ):
        if wrong:
            raise CommandLineError(why)
    assert path is not None  # noqa: S101 - reported above
    from simforms.batches.job import Job  # noqa: PLC0415
    from simforms.batches.tables.mapping import read_map  # noqa: PLC0415
    from simforms.batches.tables.reader import Reading, records  # noqa: PLC0415
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.knowledge.documents import document  # noqa: PLC0415

    chosen = tuple(document(content(), name).name for name in wanted)
    reading = Reading(encoding, sheet, hidden, read_map(content(), map_) if map_ else {})
    if map_template:
        _propose(path, reading, map_template, ui_language(language))
        return
    table = records(content(), path, reading)
    print_problems(table.notes, ui_language(language))
    job = Job(clock.today(), chosen, companion_language(language) if language else "", OutputFormat(packet=packet, duplex=duplex))
    with _stoppable(folder) as check_stopped, _workers(cluster, workers, deadline, job) as submit:
        printer = TablePrinter(
            job,
            table,
            path,
            folder,
            names=names,
            one_file=one_file,
            at_once=2 * workers,
            quiet=quiet,
            check_stopped=check_stopped,
        )
        if dry_run or (not yes and is_dialogue()):
            printer.look_through(submit)
            if dry_run or not confirm(translated(say("Print them now?"))):
                return
            printer = dataclasses.replace(printer, looked_through=True)
        sys.exit(printer.print_papers(submit))


def _template(path: Path, language: str, wanted: Sequence[str]) -> None:
    from simforms.batches.tables.xlsx_writer import template  # noqa: PLC0415
    from simforms.knowledge.content import content  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.knowledge.documents import document, documents  # noqa: PLC0415
    from simforms.write import write_new  # noqa: PLC0415

    kinds = [document(content(), name) for name in wanted] or list(documents(content()).values())
    write_new(path, template(content(), ui_language(language), kinds))
    show(path)


def _propose(table: Path, reading: Reading, path: Path, language: str) -> None:
    from simforms.batches.tables.mapping import map_yaml  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.batches.tables.reader import proposal  # noqa: PLC0415 - the same
    from simforms.knowledge.content import content  # noqa: PLC0415 - the same
    from simforms.write import write_new  # noqa: PLC0415 - the same

    found = proposal(content(), table, reading)
    print_problems(found.notes, language)
    fields = [names.split() for names in found.fields]
    write_new(path, map_yaml(content(), language, found.columns, fields).encode())
    show(path)


@contextmanager
def _stoppable(folder: Path) -> Iterator[Callable[[], None]]:
    """Yield a function that ends the batch if somebody has stopped it; then say how to go on.

    It is called after each record: an interruption that comes while a library cleans up is lost otherwise.
    """
    stopped: list[int] = []

    def interrupted(number: int, _: object) -> None:
        stopped.append(number)
        raise KeyboardInterrupt

    def check_stopped() -> None:
        if stopped:
            raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield check_stopped
    except (KeyboardInterrupt, SystemExit) as stop:
        code = 128 + signal.SIGINT if isinstance(stop, KeyboardInterrupt) else stop.code
        if code in {128 + signal.SIGINT, 128 + signal.SIGTERM}:
            what = say("stopped; run the same command again to continue in %(folder)s", folder=folder)
            report(f"simforms: {translated(what)}")
        sys.exit(code)
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _workers(address: str, count: int, seconds: int, job: Job) -> Iterator[Submit]:
    """Yield the workers, when one of them has shown that it can print."""
    from simforms.batches import pool as workers  # noqa: PLC0415
    from simforms.batches.run import ready  # noqa: PLC0415 - `--help` does not pay for it

    pool: AbstractContextManager[Submit] = workers.cluster(address, seconds) if address else workers.local(count, seconds)
    with pool as submit:
        ready(submit, job)
        yield submit

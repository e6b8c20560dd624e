"""A table is looked through, then printed, on the terminal: progress, problems, and where the files are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from simforms.cli.batch_report import ProblemReport
from simforms.cli.output import report, show
from simforms.cli.progress import progress
from simforms.cli.ui_language import translated, ui_language
from simforms.messages import say

if TYPE_CHECKING:
    from simforms.batches.job import Job
    from simforms.batches.pool import Submit
    from simforms.batches.sheets import Sheets
    from simforms.batches.tables.reader import Record, Table


@dataclass(frozen=True)
class TablePrinter:
    """Prints a table into a folder."""

    job: Job
    table: Table
    path: Path
    """Where the table is."""
    folder: Path
    names: bool
    """Whether the names of files contain the person's name."""
    one_file: bool
    at_once: int
    quiet: bool
    check_stopped: Callable[[], None]
    """Called after each record."""
    looked_through: bool = False
    """Whether the person has seen what is wrong with each row."""

    def look_through(self, submit: Submit) -> None:
        """Say what is wrong with each row, and what would be made of the others."""
        from simforms.batches import owners  # noqa: PLC0415 - `--help` does not pay for it
        from simforms.batches.run import outcomes  # noqa: PLC0415 - the same
        from simforms.batches.worker import check_record  # noqa: PLC0415 - the same

        problem_report, papers = ProblemReport(), Counter[str]()
        records = owners.one_owner_each(self.table, self._stem, self.job.paper_names, {})
        with progress(self.table.count, quiet=self.quiet) as tick:
            for record, outcome in outcomes(submit, records, check_record, self.job, at_once=self.at_once, printed=False):
                self.check_stopped()
                tick(failed=outcome.failed)
                problem_report.add(record, outcome)
                papers.update(paper.name for paper in outcome.papers)
        problem_report.print()
        rows = say("%(rows)s rows, %(failed)s of them with problems", rows=self.table.count, failed=len(problem_report.failed))
        report(translated(rows))
        for name, number in sorted(papers.items()):
            report(f"  {number}  {name}")

    def print_papers(self, submit: Submit) -> int:
        """Print the table, list the sheets that go with the papers, and return the exit code."""
        from simforms.batches.journal import journal  # noqa: PLC0415 - `--help` does not pay for it
        from simforms.batches.run import run  # noqa: PLC0415 - the same
        from simforms.batches.sheets import Sheets, corrects, sheet_names  # noqa: PLC0415 - the same
        from simforms.write import make_folder, remove_partial_files  # noqa: PLC0415 - the same

        make_folder(self.folder)
        problem_report, made, before = ProblemReport(), 0, 0
        with journal(self.folder) as opened:
            remove_partial_files(self.folder)
            printed = run(
                self.job,
                self.table,
                opened,
                submit,
                table=self.path,
                corrects=corrects(self.table),
                sheets=sheet_names(self.path),
                at_once=self.at_once,
                name=self._stem,
                wrong_id=(lambda _: None) if self.looked_through else problem_report.tell_id,
            )
            with progress(self.table.count, quiet=self.quiet) as tick:
                for record, outcome in printed:
                    self.check_stopped()
                    failed = outcome is not None and outcome.failed
                    tick(failed=failed)
                    if outcome:
                        problem_report.add(record, outcome)
                    before += outcome is None
                    made += not failed
            problem_report.print()
            self._list_sheets(Sheets(opened, self.table, self.path, ui_language()), problem_report)
        what = say(
            "%(made)s of %(rows)s rows have been printed, %(before)s of them in an earlier run",
            made=made,
            rows=self.table.count,
            before=before,
        )
        report(f"simforms: {translated(what)}")
        return 1 if problem_report.failed else 0

    def _list_sheets(self, sheets: Sheets, problem_report: ProblemReport) -> None:
        for path in sheets.write_failed(problem_report.failed):
            show(path)
        for path in sheets.write_handout(self.job.today):
            show(path)
        for path in sheets.write_joined(self.job.today) if self.one_file else ():
            show(path)

    def _stem(self, record: Record) -> str:
        from simforms.batches import owners  # noqa: PLC0415 - `--help` does not pay for it

        return owners.stem_of(record, names=self.names)

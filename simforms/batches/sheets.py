"""The files that go with the papers of a batch: the rows that failed, the sheet for handing out, all papers for the printer."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from pathlib import Path

from simforms.batches.handout import HandoutRow, index, joined
from simforms.batches.journal import Journal
from simforms.batches.journal_lines import Sheet
from simforms.batches.owners import ID, person_of, table_stem
from simforms.batches.tables.headings import PROBLEM
from simforms.batches.tables.record import MOST_COLUMNS, Record, Table
from simforms.errors import Problem
from simforms.knowledge.content import content
from simforms.knowledge.vocabulary import vocabulary
from simforms.write import write

FAILED = "failed"
"""What a table of failed rows is called."""


def sheet_names(table: Path) -> list[str]:
    """Return the names that the sheets of a table take first."""
    stem = table_stem(table.resolve().name)
    return [f"index-{stem}.pdf", f"all-{stem}-1.pdf", f"{FAILED}.xlsx"]


def corrects(table: Table) -> bool:
    """Return whether a table is one of failed rows: only those have a column that says what is wrong."""
    return any(heading.startswith(PROBLEM) for heading in table.headings)


def narrowed(table: Table) -> Table:
    """Return a table with as many columns as a sheet may have; the names that are not fields go first."""
    if len(table.fields) <= MOST_COLUMNS:
        return table
    words = vocabulary(content())
    ours = [heading for heading, name in table.fields.items() if name == ID or name in words]
    kept = dict.fromkeys([*ours, *table.fields][:MOST_COLUMNS])
    fields = {heading: name for heading, name in table.fields.items() if heading in kept}
    return replace(table, headings=tuple(heading for heading in table.headings if heading in kept), fields=fields)


@dataclass(frozen=True)
class Sheets:
    """Writes the sheets of a table into a folder, each under a name that is free or was the same sheet's before."""

    journal: Journal
    table: Table
    path: Path
    """Where the table is: what is read is never written over."""
    language: str
    """Of the person at the desk."""

    def write_failed(self, rows: Sequence[tuple[Record, Sequence[Problem]]]) -> Iterator[Path]:
        """Write the failed rows as a table to correct, and yield where; remove those of which all rows are printed by now."""
        from simforms.batches.tables.xlsx_writer import failed  # noqa: PLC0415 - most batches need it not

        if rows and self.table.headings:
            ids = [record.id for record, _ in rows]
            body = failed(content(), self.language, narrowed(self.table), rows)
            yield self._write(FAILED, ".xlsx", body, ids, self._is_old_failed)
        for name in list(self.journal.sheets):
            if any(sheet.ids and self._is_done(sheet) for sheet in self.journal.wrote(name)) and not self._is_input(name):
                (self.journal.folder / name).unlink()

    def write_handout(self, today: date) -> Iterator[Path]:
        """Write the sheet for handing out, and yield where. Raises as `handout.index`."""
        rows = [HandoutRow(record.id, person_of(record), len(files)) for record, files in self._printed()]
        if rows:
            yield self._write(f"index-{self._stem}", ".pdf", index(content(), self.language, today, rows))

    def write_joined(self, today: date) -> Iterator[Path]:
        """Write all papers in the order of the table into as few files as a printer takes, and yield where."""
        papers = [(self.journal.folder / name, made) for _, files in self._printed() for name, made in files.items()]
        for number, body in enumerate(joined(papers, today), 1):
            yield self._write(f"all-{self._stem}-{number}", ".pdf", body)

    @property
    def _stem(self) -> str:
        return table_stem(self.path.resolve().name)

    def _printed(self) -> Iterator[tuple[Record, Mapping[str, str]]]:
        for record in self.table:
            entry = self.journal.entries.get(record.id)
            if entry and entry.files:
                yield record, entry.files

    def _write(
        self, stem: str, suffix: str, body: bytes, ids: Sequence[str] = (), is_old: Callable[[Sheet], bool] | None = None
    ) -> Path:
        table = self.journal.table(self.path)
        name = self._free(stem, suffix, is_old or (lambda sheet: sheet.table == table))
        sheet = Sheet(name, hashlib.sha256(body).hexdigest(), table, ids)
        if sheet not in self.journal.sheets.get(name, []):
            self.journal.note(sheet)  # first: a kill between the two leaves a file that is known to be ours
        write(self.journal.folder / name, body)
        return self.journal.folder / name

    def _free(self, stem: str, suffix: str, is_old: Callable[[Sheet], bool]) -> str:
        """Return the first of stem, stem-2, stem-3 … that is not the name of somebody else's file, or of one that was changed."""
        names = (f"{stem}{suffix}" if number == 1 else f"{stem}-{number}{suffix}" for number in count(1))
        return next(
            name
            for name in names
            if not os.path.lexists(self.journal.folder / name)
            or (any(map(is_old, self.journal.wrote(name))) and not self._is_input(name))
        )

    def _is_old_failed(self, sheet: Sheet) -> bool:
        return sheet.table == self.journal.table(self.path) or self._is_done(sheet)

    def _is_done(self, sheet: Sheet) -> bool:
        """Return whether all rows of a table of failed rows are printed."""
        return all((entry := self.journal.entries.get(identity)) and entry.files for identity in sheet.ids)

    def _is_input(self, name: str) -> bool:
        path = self.journal.folder / name
        return path.exists() and self.path.exists() and path.samefile(self.path)

"""Each name of an output belongs to one record or sheet of a folder; names are compared as file systems compare them."""

from __future__ import annotations

import dataclasses
import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from simforms.errors import Location, Problem
from simforms.file_names import is_plain, same_file, shortened
from simforms.messages import say

if TYPE_CHECKING:
    from simforms.batches.journal import Journal
    from simforms.batches.journal_lines import Entry
    from simforms.batches.tables.record import Record
from simforms.papers.manifest import SUFFIX

LONGEST_STEM = 160
"""Bytes of an id and a person's name: the rest of 255 is for what the paper is, its language and its manifest."""
LONGEST_PERSON = 40
"""Characters of a person's name."""
ID = "id"
OWN_ID = say("give each row its own ID")
SHEETS = ""
"""The owner of what goes with the papers."""


def stem_of(record: Record, *, names: bool) -> str:
    """Return what the files of a record are called: its id, and only if asked for the person's name."""
    if not names:
        return record.id
    person = re.sub(r"[^\w-]+", "_", unicodedata.normalize("NFC", person_of(record)))[:LONGEST_PERSON]
    return f"{record.id}-{shortened(person, LONGEST_STEM - len(record.id.encode(errors='replace')) - 1)}"


def person_of(record: Record) -> str:
    """Return the person's name; an empty text where there is none."""
    return next((text.text for name, text in record.case.leaves() if name == "person.name"), "")


def one_owner_each(
    records: Iterable[Record], stem: Callable[[Record], str], endings: Collection[str], taken: Mapping[str, str]
) -> Iterator[Record]:
    """Yield the records; the second one whose papers could be called like those of another has a problem that says so.

    `endings` are what papers can be called without whose they are; `taken` are the stems that belong to somebody already, each
    with the id, or SHEETS.
    """
    between = _between(endings)
    longest = max(endings, key=len, default="")
    rows: dict[str, int] = {}
    for record in records:
        own = same_file(stem(record))
        near = [own, *(f"{own}-{part}" for part in between)]
        near += [own[: -len(part) - 1] for part in between if own.endswith(f"-{part}")]
        row = next((rows[one] for one in near if one in rows), 0)
        problems = []
        if row:
            what = say("its papers would have the same file names as those of row %(row)s", row=row)
            problems.append(Problem(record.case.location, ID, what, OWN_ID))
        elif taken.get(own, record.id) != record.id:
            what = say("its papers would have the same names as other files in the folder")
            problems.append(Problem(record.case.location, ID, what, OWN_ID))
        elif not is_plain(f"{stem(record)}-{longest}.pdf{SUFFIX}"):
            problems.append(Problem(record.case.location, ID, say("this cannot be used as a file name"), OWN_ID))
        rows.setdefault(own, record.number)
        yield dataclasses.replace(record, problems=(*record.problems, *problems)) if problems else record


def _between(endings: Collection[str]) -> set[str]:
    """Return what can be between two stems whose papers have one name.

    >>> sorted(_between({"plan-en", "departure-plan-en"}))
    ['departure']
    """
    known = {same_file(one) for one in endings}
    parts = ((one[:at], one[at + 1 :]) for one in known for at in range(len(one)) if one[at] == "-")
    return {begin for begin, rest in parts if rest in known}


def taken_stems(journal: Journal, endings: Collection[str], sheets: Iterable[str]) -> dict[str, str]:
    """Return the stems whose papers would be called like files of the folder, each with the id these belong to, or SHEETS."""
    known = {same_file(one) for one in endings}
    files = [(file, entry.id) for entry in journal.entries.values() for file in entry.files]
    files += [(file, SHEETS) for file in (*journal.sheets, *sheets)]
    return {stem: owner for file, owner in files for stem in _stems(file, known)}


def _stems(file: str, endings: Collection[str]) -> Iterator[str]:
    name = same_file(file).removesuffix(".pdf")
    yield from (name[:at] for at in range(len(name)) if name[at] == "-" and name[at + 1 :] in endings)


def belongs_elsewhere(entry: Entry | None, table: str) -> bool:
    """Return whether the papers of a record belong to another table."""
    return bool(entry and entry.files and entry.table and table not in {entry.table, entry.printed_from})


def other_table(rows: list[tuple[Record, str]], file: str) -> Problem:
    """Return why a table is not printed into a folder in which these rows have papers of another one, whose name is given."""
    record, table = rows[0]
    what = say(
        "%(count)s rows have the same IDs as rows of %(table)s, which have been printed into this folder; the first is %(row)s",
        count=len(rows),
        table=table,
        row=record.id,
    )
    return Problem(
        Location(file, record.number), "", what, say("print this table into another folder, or give its rows different IDs")
    )


def table_stem(name: str) -> str:
    """Return what sheets are called after a table, without characters that a name cannot have.

    >>> table_stem("leavers.csv"), table_stem("a:b.xlsx")
    ('leavers', 'a_b')
    """
    return shortened(re.sub(r"[^\w .()+-]", "_", os.path.splitext(name)[0]), LONGEST_STEM)  # noqa: PTH122 - it is a name

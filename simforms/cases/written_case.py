"""A case as a person wrote it: the texts of a file with those that override them, and the faults in the form of the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from simforms.cases.answers import COMMAND_LINE, flatten, override
from simforms.errors import Location, Problem
from simforms.load import load
from simforms.texts import EMPTY, Section


@dataclass(frozen=True)
class WrittenCase:
    """The texts of a case before they are checked."""

    section: Section = EMPTY
    problems: tuple[Problem, ...] = ()
    """What is wrong with the form of the file."""
    lines_of: str = ""
    """Of one of several lines: the reference of the case that has them all."""

    def overridden(self, overrides: Iterable[tuple[str, str]], location: Location = COMMAND_LINE) -> WrittenCase:
        """Return the case with these texts, by the names of their fields, instead of its own."""
        return replace(self, section=override(self.section, overrides, location))

    def texts(self) -> dict[str, str]:
        """Return every text by the name of its field, such as `log[1].date`; empty ones are left out."""
        return flatten(self.section)


def read_case(path: Path) -> WrittenCase:
    """Return the case that a file contains. Raises CaseError if the file cannot be read as a case at all."""
    section, problems = load(path)
    return WrittenCase(section, tuple(problems))

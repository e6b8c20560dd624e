"""The rules that hold for every carrier (reads data/rules.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from simforms.content import data
from simforms.errors import ContentError
from simforms.facts import Fact, read_all
from simforms.load import load


@cache
def rules() -> Mapping[str, Fact]:
    """Return every rule by its name. Raises ContentError, with file and line, where one is broken."""
    record, problems = load(data("rules.yaml"))
    if problems:
        raise ContentError(problems[0].place, f"{problems[0].what}; {problems[0].cure}")
    return read_all(Fact, record)

"""The rules that hold for every carrier (reads data/rules.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from simforms.errors import together
from simforms.knowledge.content import data
from simforms.knowledge.facts import Fact
from simforms.knowledge.reading import Reader, read_record


@cache
def rules() -> Mapping[str, Fact]:
    """Return every rule by its name. Raises ContentError, with every file and line, where rules are wrong."""
    reader = Reader()
    found = reader.many(Fact, read_record(data("rules.yaml")))
    if reader.wrong:
        raise together(reader.wrong)
    return found

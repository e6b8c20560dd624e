"""A case with one value, checked."""

from __future__ import annotations

import re

from conftest import CHECKOUT

from simforms.cases.check import Value, check
from simforms.errors import Location, Problem
from simforms.knowledge.vocabulary import vocabulary
from simforms.texts import Section, Text

PLACE = Location("case.yaml", 1)


def checked(name: str, text: str) -> tuple[dict[str, Value], list[Problem]]:
    """Return the values of a case that says only this, and its problems."""
    tree: Section | Text = Text(text, PLACE)
    for part in reversed(re.findall(r"[^.\[\]]+", name)):
        tree = Section({part: tree}, {part: PLACE}, PLACE, listed=part.isdigit())
    assert isinstance(tree, Section)
    return check(tree, vocabulary(CHECKOUT))

"""The values of an account: their texts, and problems at their place."""

from __future__ import annotations

import re
from collections.abc import Generator

from simforms.cases.check import Value, Values
from simforms.errors import Problem, Severity
from simforms.messages import Message, say

ACCOUNT = "refund.account."
DIGITS = 7
"""Of a Japanese account number; shorter ones are written with zeros in front."""


def problem(values: Values, name: str, what: Message, suggestion: Message, severity: Severity = "error") -> Problem:
    """Return a problem of a value, which must be given; `name` is the rest of the field's name."""
    return Problem(values[f"{ACCOUNT}{name}"].location, f"{ACCOUNT}{name}", what, suggestion, severity)


def text_of(values: Values, name: str) -> str:
    """Return the text of a value, empty if it is not given."""
    found = values.get(f"{ACCOUNT}{name}")
    return str(found.parsed) if found else ""


def without_hyphens(values: Values, name: str, added: dict[str, Value]) -> Generator[Problem, None, str]:
    """Return a number without the hyphens people put in to read it, and tell where some were left out."""
    given = values.get(f"{ACCOUNT}{name}")
    if not given:
        return ""
    figures = re.sub(r"[-/]", "", given.parsed)
    if figures != given.parsed:
        added[given.field.name] = Value(given.field, given.text, figures, given.location)
        yield problem(values, name, say("it is printed without hyphens"), say("no correction is needed"), "note")
    return figures

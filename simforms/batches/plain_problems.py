"""A problem or a sentence as plain data from one process to another. It is checked when read back; nothing in it is run."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from simforms.errors import Location, Problem
from simforms.messages import Message

DEEPEST = 5
"""Sentences within sentences."""


def problem_data(problem: Problem) -> Any:
    """Return a problem as lists and texts, without the name of its file: who reads it knows the file."""
    location = [problem.location.line, problem.location.column]
    return [location, problem.name, message_data(problem.what), message_data(problem.suggestion), problem.severity]


def read_problem(data: Any, file: str) -> Problem:
    """Return the problem that `problem_data` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    (line, column), name, what, suggestion, severity = data
    if severity not in {"error", "warning", "note"}:
        raise ValueError("severity")
    location = Location(file, as_count(line), as_count(column))
    return Problem(location, as_text(name), read_message(what), read_message(suggestion), severity)


def message_data(message: Message | str) -> Any:
    """Return a sentence with what is put into it, which may be sentences too; a value of another type as its text."""
    if isinstance(message, str):
        return [message, {}]
    values = message.values.items()
    return [message.text, {name: message_data(one) if isinstance(one, Message) else _plain(one) for name, one in values}]


def _plain(value: Any) -> str | int | float:
    return value if type(value) in {str, int, float} else str(value)


def read_message(data: Any, depth: int = 0) -> Message:
    """Return the sentence that `message_data` wrote. Raises ValueError, KeyError or TypeError for anything else."""
    sentence, values = data
    if depth > DEEPEST:
        raise ValueError("depth")
    if values and "%" in _PLACED.sub("", as_text(sentence)):
        raise ValueError("format")  # a width such as %(name)999999999s takes all memory
    message = Message(as_text(sentence), _read_values(values, depth))
    str(message)  # everything that is to be put in is there
    return message


_PLACED = re.compile(r"%\(\w+\)s|%%")


def _read_values(values: Mapping[Any, Any], depth: int) -> dict[str, Any]:
    read: dict[str, Any] = {}
    for name, one in values.items():
        if isinstance(one, list):
            read[as_text(name)] = read_message(one, depth + 1)
        elif type(one) in {str, int, float}:
            read[as_text(name)] = one
        else:
            raise TypeError(type(one).__name__)
    return read


def as_count(value: Any) -> int:
    """Return a number that counts something. Raises TypeError for anything else."""
    if type(value) is not int or value < 0:
        raise TypeError(type(value).__name__)
    return value


def as_text(value: Any) -> str:
    """Return a text. Raises TypeError for anything else."""
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value

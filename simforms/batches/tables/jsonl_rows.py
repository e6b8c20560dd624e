"""Lines of JSON become rows: one object for each line, its nested fields by their full names."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from itertools import islice
from typing import Any

from simforms.batches.tables.plain_data import Line, Wrong
from simforms.batches.tables.record import MOST_COLUMNS, Cell, Marked
from simforms.messages import Message, say
from simforms.texts import DEEPEST, NO_NAME, is_name


def lines(body: bytes) -> Iterator[tuple[int, bytes]]:
    r"""Yield every line that is not empty, with its number; only `\n` ends a line, because other line ends may be part of a text.

    >>> list(lines("{}\n\n{}".encode()))
    [(1, b'{}'), (3, b'{}')]
    """
    start = number = 0
    while start < len(body):
        number += 1
        end = body.find(b"\n", start)
        end = len(body) if end < 0 else end
        if line := body[start:end].strip():
            yield number, line
        start = end + 1


def read(line: bytes, number: int) -> Line:
    """Return the cells of a line by the names of their fields, and what is wrong with it.

    >>> read(b'{"id": 7, "person": {"name": "A"}, "log": [{"who": "B"}]}', 1).cells
    {'id': 7, 'person.name': 'A', 'log[1].who': 'B'}
    """
    found: dict[str, Cell] = {}
    try:
        return Line(number, found, _few(_collected(_tree(line), "", 1, found, number)))
    except UnicodeDecodeError:
        reason = say("the file is not in UTF-8"), say("save it again as UTF-8")
    except json.JSONDecodeError as error:
        reason = _not_json(f":{error.colno}")
    except RecursionError:
        reason = _TOO_DEEP
    except _TooManyError:
        reason = TOO_MANY
    except _NoNumberError as error:
        reason = _not_json(str(error))
    return Line(number, {}, [("", *reason)])


def _few(wrong: Iterator[Wrong]) -> list[Wrong]:
    """Return what is wrong with a line. Raises _TooManyError where it is more than a table has columns."""
    few = list(islice(wrong, MOST_COLUMNS + 1))
    if len(few) > MOST_COLUMNS:
        raise _TooManyError
    return few


_OBJECT = say('write one object on each line: {"person.name": "…"}')
_TOO_DEEP = (say("it is nested too deeply"), say("write one value"))
TOO_MANY = (say("it has more than %(columns)s columns", columns=MOST_COLUMNS), _OBJECT)
_LONGEST_NUMBER = 300
"""Figures; a longer row of them is a text like any other that is too long."""


class _NoNumberError(ValueError):
    """NaN, or a number beyond all bounds."""


class _TooManyError(ValueError):
    """A line has more names, or more that is wrong, than a table has columns."""


class _Pairs(list[tuple[str, Any]]):
    """The entries of an object, also those whose name appears twice."""


def _not_json(reason: str) -> tuple[Message, Message]:
    return say("it is not valid JSON (%(reason)s)", reason=reason), _OBJECT


def _tree(line: bytes) -> Any:
    return json.loads(line.decode(), object_pairs_hook=_Pairs, parse_constant=_refused, parse_float=_float, parse_int=_whole)


def _collected(tree: Any, name: str, depth: int, found: dict[str, Cell], line: int) -> Iterator[Wrong]:
    """Add the values of a tree to what was found; yield what is wrong with it."""
    inner: list[tuple[str, Any]] = []
    if depth > DEEPEST:
        yield name, *_TOO_DEEP
    elif isinstance(tree, _Pairs):
        inner = [(f"{name}.{key}" if name else key, value) for key, value in tree]
    elif not name:
        yield name, say("this is not a case"), _OBJECT
    elif isinstance(tree, list):
        inner = [(f"{name}[{number}]", value) for number, value in enumerate(tree, 1)]
    elif name in found:
        yield name, say("the name appears twice, first in line %(line)s", line=line), say("keep one of the two")
    elif len(found) == MOST_COLUMNS:
        raise _TooManyError
    elif tree is not None:
        formula = isinstance(tree, str) and tree.startswith("=")
        found[name] = Marked("formula", tree) if formula else str(tree).upper() if isinstance(tree, bool) else tree
    for full, value in inner:
        if is_name(full):
            yield from _collected(value, full, depth + 1, found, line)
        else:
            yield name, NO_NAME, _OBJECT


def _refused(text: str) -> Cell:
    raise _NoNumberError(text)


def _float(text: str) -> Cell:
    value = float(text)
    return value if math.isfinite(value) else _refused(text)


def _whole(text: str) -> Cell:
    return int(text) if len(text) <= _LONGEST_NUMBER else text

"""Reads TOML files as dataclasses: checks each key and its type against the class, and reports all problems of a file at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from simforms.errors import ContentError
from simforms.knowledge.content import read_toml

T = TypeVar("T")
_NAMES: Mapping[Any, tuple[str, str]] = {
    str: ("a text", 'a text: "…"'),
    int: ("a number", "a whole number, as in 4"),
    bool: ("true or false", "true or false"),
    list: ("a list", 'a list, as in ["…"]'),
    dict: ("a table", "a table, as in { key = … }"),
}
"""What a value of a type is called, and how to write one."""


def read_table(path: Path, kind: type[T], **given: Any) -> T:
    """Return a file as one object of the dataclass. `given` are the fields that the file does not contain.

    A field's metadata may contain `key`, where the file calls it something else. Raises ContentError with all problems.
    """
    problems: list[str] = []
    made = _table(kind, read_toml(path), "", given, problems)
    refuse(path, problems)
    return made  # type: ignore[no-any-return] # it is of this kind, or refused


def read_tables(path: Path, kind: type[T]) -> dict[str, T]:
    """Return each table of a file as an object; its `name`, if it has one, is that of the table. Raises ContentError."""
    problems: list[str] = []
    named = any(one.name == "name" for one in fields(kind))  # type: ignore[arg-type] # a dataclass
    found = {
        name: _table(kind, entry, name, {"name": name} if named else {}, problems) for name, entry in read_toml(path).items()
    }
    refuse(path, problems)
    return found


def read_list(path: Path, key: str, kind: type[T]) -> tuple[T, ...]:
    """Return the list of tables that is all a file contains, as objects. Raises ContentError."""
    problems: list[str] = []
    contents = read_toml(path)
    _known_keys(contents, {key}, "", problems)
    if key not in contents:
        problems.append(f"{key} is missing; write [[{key}]]")
    found = _list(kind, contents.get(key, []), key, problems)
    refuse(path, problems)
    return found  # type: ignore[no-any-return] # the same


def refuse(path: Path, problems: Iterable[str]) -> None:
    """Raise ContentError with these problems of a file, each on its line; do nothing if there are none."""
    if found := list(problems):
        raise ContentError(path, f"\n{path}: ".join(found))


def not_one_of(where: str, what: str, name: object, known: Iterable[str]) -> str:
    """Return the problem that there is no such thing, with the nearest name, or all.

    >>> not_one_of("routes", "channel", "shpo", ("shop", "post"))
    'routes: there is no channel shpo; do you mean shop?'
    """
    return f"{where}: there is no {what} {name}; {nearest_hint(str(name), known)}"


def nearest_hint(name: str, known: Iterable[str]) -> str:
    """Return what to write instead of a name: the nearest, or one of all."""
    names = sorted(known)
    near = get_close_matches(name, names, n=1)
    return f"do you mean {near[0]}?" if near else f"write one of {', '.join(names)}"


@cache
def _keys(kind: type) -> Mapping[str, tuple[str, Any, bool]]:
    """Return, by its key in a file, each field's name, its type, and whether it must be given."""
    hints = get_type_hints(kind)
    return {
        one.metadata.get("key", one.name): (one.name, hints[one.name], one.default is one.default_factory is MISSING)
        for one in fields(kind)
    }


def _table(kind: Any, entry: Any, where: str, given: Mapping[str, Any], problems: list[str]) -> Any:
    if not isinstance(entry, dict):
        return _wrong(dict, entry, where, problems)
    keys = {key: known for key, known in _keys(kind).items() if known[0] not in given}
    before = len(problems)
    _known_keys(entry, set(keys), where, problems)
    for key, (_, hint, needed) in keys.items():
        if needed and key not in entry:
            problems.append(f"{_inside(where, key)} is missing; write {_how(hint)}")
    values = {keys[key][0]: _value(keys[key][1], entry[key], _inside(where, key), problems) for key in entry if key in keys}
    return kind(**given, **values) if len(problems) == before else None


def _known_keys(entry: Mapping[str, Any], keys: set[str], where: str, problems: list[str]) -> None:
    place = f"{where}: " if where else ""
    problems += [f"{place}there is no key {key} here; {nearest_hint(key, keys)}" for key in entry if key not in keys]


def _value(kind: Any, value: Any, where: str, problems: list[str]) -> Any:
    """Return a value as a type; add to the problems if it is not one."""
    origin, inner = get_origin(kind), get_args(kind)
    if is_dataclass(kind):
        return _table(kind, value, where, {}, problems)
    if origin is tuple:
        return _list(inner[0], value, where, problems)
    if origin is Mapping and isinstance(value, dict):
        return {key: _value(inner[1], one, _inside(where, key), problems) for key, one in value.items()}
    if origin is Literal and value in inner:
        return value
    if origin is Literal:
        choices = ", ".join(filter(None, inner))
        return problems.append(f"{where}: {value!r} is not one of the choices; write one of {choices}")
    return value if type(value) is kind else _wrong(dict if origin is Mapping else kind, value, where, problems)


def _list(kind: Any, value: Any, where: str, problems: list[str]) -> Any:
    if not isinstance(value, list):
        return _wrong(list, value, where, problems)
    return tuple(_value(kind, one, f"{where}[{number}]", problems) for number, one in enumerate(value))


def _wrong(kind: type, value: Any, where: str, problems: list[str]) -> None:
    is_now = _NAMES.get(type(value), (f"a {type(value).__name__}", ""))[0]
    suggestion = f'["{value}"]' if kind is list and isinstance(value, str) else _NAMES[kind][1]
    problems.append(f"{where}: this is {is_now}; write {suggestion}")


def _how(hint: Any) -> str:
    """Return how a value of a type is written."""
    plain = {tuple: list, Mapping: dict, Literal: str}.get(get_origin(hint), hint)
    return _NAMES[dict if is_dataclass(plain) else plain][1]


def _inside(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key

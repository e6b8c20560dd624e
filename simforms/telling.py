"""What goes wrong becomes sentences on stderr, in the person's language, and an exit code."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any

import click

from simforms.content import content
from simforms.errors import CaseError, Message, Problem, SimformsError, UnknownNameError, say


def _catalogs() -> ModuleType:
    from simforms import catalogs  # noqa: PLC0415 - only where there is something to tell

    return catalogs


def told(command: Callable[..., None]) -> Callable[..., None]:
    """Turn what goes wrong into sentences on stderr and an exit code (the only place that does)."""

    @wraps(command)
    def run(*args: Any, **values: Any) -> None:
        try:
            _told_in_ones_language(command, *args, **values)
        except SimformsError as error:
            click.echo(f"simforms: {error}", err=True)
            sys.exit(error.exit_code)
        except OSError as error:
            place = f"{error.filename}: " if error.filename else ""
            click.echo(f"simforms: {place}{error.strerror or type(error).__name__}", err=True)
            sys.exit(SimformsError.exit_code)

    return run


def _told_in_ones_language(command: Callable[..., None], *args: Any, **values: Any) -> None:
    try:
        command(*args, **values)
    except CaseError as error:
        tell_problems(error.problems, error.language)
        sys.exit(error.exit_code)
    except UnknownNameError as error:
        click.echo(f"simforms: {_catalogs().tell(content(), spoken(values.get('language')), error.message)}", err=True)
        sys.exit(error.exit_code)


def say_in(language: str, message: Message) -> str:
    """Return a message in a language."""
    return str(_catalogs().tell(content(), language, message))


def tell_problems(problems: Iterable[Problem], language: str) -> None:
    """Print problems as `file:line: field: what is wrong; what to write`, in a language."""
    for problem in problems:
        name = f"{problem.name}: " if problem.name else ""
        text = _catalogs().tell(content(), language, say("%(what)s; %(cure)s", what=problem.what, cure=problem.cure))
        if problem.severity == "warning":
            text = _catalogs().tell(content(), language, say("warning: %(text)s", text=text))
        elif problem.severity == "note":
            text = _catalogs().tell(content(), language, say("note: %(text)s", text=text))
        click.echo(f"{problem.place}: {name}{text}", err=True)


def problems_as_json(problems: Iterable[Problem], language: str) -> str:
    """Return problems for programs; `code` stays the same in every language. What the user typed is left out."""
    return json.dumps(
        [
            {
                "code": _code(problem.what),
                "severity": problem.severity,
                "file": problem.place.file,
                "line": problem.place.line,
                "column": problem.place.column,
                "field": problem.name,
                "message": _catalogs().tell(content(), language, _untyped(problem.what)),
                "suggestion": _catalogs().tell(content(), language, _untyped(problem.cure)),
            }
            for problem in problems
        ],
        ensure_ascii=False,
        indent=2,
    )


def _code(message: Message) -> str:
    """Return a name for a message that is the same in every language."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"%\(\w+\)s", "", message.text).lower()).strip("-")


def _untyped(message: Message) -> Message:
    """Return a message without what the user typed."""
    return Message(message.text, {name: "…" if name == "typed" else value for name, value in message.values.items()})


def spoken(*hints: str | None) -> str:
    """Return the first hint that is a language we have, else that of the locale, else English."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "").partition(".")[0]
    understood = (str(_catalogs().understood(content(), hint)) for hint in (*hints, locale) if hint)
    return next(filter(None, understood), "en")


def stated_language(path: Path) -> str:
    """Return what a case that cannot be read as a whole still says of its language."""
    try:
        found = re.search(rb"^[\s{]*\"?language\"?\s*:\s*\"?([A-Za-z-]+)", path.read_bytes(), re.MULTILINE)
    except OSError:
        return ""
    return found[1].decode() if found else ""

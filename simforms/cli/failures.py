"""The language to talk in is decided here, and what goes wrong becomes sentences on stderr in it, and an exit code."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

import click

from simforms.cli.voice import _catalogs, said, spoken
from simforms.errors import CaseError, Problem, SimformsError, error_message
from simforms.knowledge.content import content
from simforms.messages import Message, say


def told(command: Callable[..., None]) -> Callable[..., None]:
    """Turn what goes wrong into sentences on stderr and an exit code (the only place that does)."""

    @wraps(command)
    def run(*args: Any, **values: Any) -> None:
        try:
            _with_problems_told(command, *args, **values)
        except (OSError, SimformsError) as error:
            click.echo(f"simforms: {sentence(error, values.get('language'))}", err=True)
            sys.exit(getattr(error, "exit_code", SimformsError.exit_code))

    return run


def _with_problems_told(command: Callable[..., None], *args: Any, **values: Any) -> None:
    try:
        command(*args, **values)
    except CaseError as error:
        tell_problems(error.problems, error.language)
        sys.exit(error.exit_code)


def sentence(error: OSError | SimformsError, *hints: str | None) -> str:
    """Return what an error says, in the person's language; in English where no catalog holds it or they are the fault."""
    location = f"{error.filename}: " if isinstance(error, OSError) and error.filename else ""
    what = error_message(error)
    try:
        return location + said(what, *hints)
    except SimformsError:
        return f"{location}{what}"


def tell_problems(problems: Iterable[Problem], language: str) -> None:
    """Print problems as `file:line: field: what is wrong; what to write`, in a language if none is asked for."""
    language = spoken(language)
    for problem in problems:
        name = f"{problem.name}: " if problem.name else ""
        text = _catalogs().translate_message(
            content(), language, say("%(what)s; %(suggestion)s", what=problem.what, suggestion=problem.suggestion)
        )
        if problem.severity == "warning":
            text = _catalogs().translate_message(content(), language, say("warning: %(text)s", text=text))
        elif problem.severity == "note":
            text = _catalogs().translate_message(content(), language, say("note: %(text)s", text=text))
        click.echo(f"{problem.location}: {name}{text}", err=True)


def problems_as_json(problems: Iterable[Problem], language: str) -> str:
    """Return problems for programs; `code` stays the same in every language. What the user typed is left out."""
    language = spoken(language)
    return json.dumps(
        [
            {
                "code": _code(problem.what),
                "severity": problem.severity,
                "file": problem.location.file,
                "line": problem.location.line,
                "column": problem.location.column,
                "field": problem.name,
                "message": _catalogs().translate_message(content(), language, _untyped(problem.what)),
                "suggestion": _catalogs().translate_message(content(), language, _untyped(problem.suggestion)),
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

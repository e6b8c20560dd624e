"""The language to talk in is decided here, and what goes wrong becomes sentences on stderr in it, and an exit code."""

from __future__ import annotations

import errno
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
from simforms.errors import CaseError, ContentError, Message, Problem, RenderError, SimformsError, say


def _catalogs() -> ModuleType:
    from simforms import catalogs  # noqa: PLC0415 - only where there is something to tell

    return catalogs


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


_SYSTEM = {
    errno.EACCES: say("Permission denied"),
    errno.EEXIST: say("File exists"),
    errno.EISDIR: say("Is a directory"),
    errno.ENOENT: say("No such file or directory"),
    errno.ENOSPC: say("No space left on device"),
    errno.ENOTDIR: say("Not a directory"),
}
"""What the system says only in English."""


def sentence(error: OSError | SimformsError, *hints: str | None) -> str:
    """Return what an error says, in the person's language; in English where no catalog holds it or they are the fault."""
    place = f"{error.filename}: " if isinstance(error, OSError) and error.filename else ""
    what = message(error)
    try:
        return place + said(what, *hints)
    except SimformsError:
        return f"{place}{what}"


def message(error: OSError | SimformsError) -> Message:
    """Return what an error says, to be told in any language."""
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno or 0, Message(error.strerror or type(error).__name__))
    if isinstance(error.message, Message):
        return error.message
    ours = isinstance(error, ContentError | RenderError)
    return say("a fault of simforms: %(what)s", what=error) if ours else Message(str(error))


def said(message: Message, *hints: str | None) -> str:
    """Return a message in the language to talk in."""
    return say_in(spoken(*hints), message)


def say_in(language: str, message: Message) -> str:
    """Return a message in a language."""
    return str(message) if language == "en" else str(_catalogs().tell(content(), language, message))


def tell_problems(problems: Iterable[Problem], language: str) -> None:
    """Print problems as `file:line: field: what is wrong; what to write`, in a language if none is asked for."""
    language = spoken(language)
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
    from simforms.codes import code  # noqa: PLC0415 - only programs pay for it

    language = spoken(language)
    return json.dumps(
        [
            {
                "code": code(problem.what),
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


def _untyped(message: Message) -> Message:
    """Return a message without what the user typed."""
    return Message(message.text, {name: "…" if name == "typed" else value for name, value in message.values.items()})


UI = "simforms.ui"
"""Where a context keeps what `--ui` names."""
_ENGLISH = re.compile(r"en([-_]\w+)?|c|posix", re.IGNORECASE)


def asked() -> str:
    """Return what `--ui` names; empty without it."""
    context = click.get_current_context(silent=True)
    return str(context.meta.get(UI, "")) if context else ""


def speak(context: click.Context, _parameter: click.Parameter, language: str) -> str:
    """Let a command's own option for the language to talk in count as `--ui`, if that names none."""
    if language and not context.meta.get(UI):
        context.meta[UI] = language
    return language


def spoken(*hints: str | None) -> str:
    """Return the language to talk in: that of `--ui`, SIMFORMS_LANG, the hints (a case's language), the locale, else English.

    What is none of ours is passed over.
    """
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "").partition(".")[0]
    for hint in filter(None, (asked(), os.environ.get("SIMFORMS_LANG"), *hints, locale)):
        if _ENGLISH.fullmatch(hint):  # without any catalog: English is quick
            return "en"
        if found := _catalogs().understood(content(), hint, _catalogs().voices(content())):
            return str(found)
    return "en"


def beside(language: str) -> str:
    """Return the language beside the Japanese where no case names one: this, else the one to talk in, else English.

    Raises UnknownNameError.
    """
    if language:
        return str(_catalogs().language(content(), language))
    return str(_catalogs().understood(content(), spoken()) or "en")


def stated_language(path: Path) -> str:
    """Return what a case that cannot be read as a whole still says of its language."""
    try:
        found = re.search(rb"^[\s{]*\"?language\"?\s*:\s*\"?([A-Za-z-]+)", path.read_bytes(), re.MULTILINE)
    except OSError:
        return ""
    return found[1].decode() if found else ""

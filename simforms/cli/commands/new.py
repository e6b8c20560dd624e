"""The command that makes a case: by asking, from what the command line says, or an empty one."""

from __future__ import annotations

import errno
import os
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simforms import clock
from simforms.cli.command import Command
from simforms.cli.commands.paper import render
from simforms.cli.failures import tell_problems, told
from simforms.cli.options import Answers, language_option, set_option, wanted_option
from simforms.cli.voice import asked, beside, said, say_in, spoken
from simforms.errors import CaseError, CommandLineError, Problem
from simforms.messages import say

if TYPE_CHECKING:
    from simforms.cli.wizard.screen import Prompt
    from simforms.interview.questions import Known


@click.command(cls=Command)
@click.argument("path", type=click.Path(path_type=Path), metavar="CASE.yaml")
@language_option
@wanted_option
@set_option
@click.option("--empty", is_flag=True, help="Ask nothing: write an empty case to fill in.")
@click.option("--plain", is_flag=True, help="Ask line by line, for screen readers. So do `NO_COLOR` and `TERM=dumb`.")
@click.pass_context
@told
def new(  # noqa: PLR0913, PLR0917 - one parameter for each option
    context: click.Context, path: Path, language: str, wanted: Sequence[str], given: Answers, empty: bool, plain: bool
) -> None:
    """Ask for what a case needs, say which way ends the line, and write it. On an unfinished case it goes on where you stopped.

    Example: simforms new my.yaml

    Example: simforms new my.yaml --empty -l zh-Hans -d cancellation-request
    """
    from simforms.knowledge import documents  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.language import catalogs  # noqa: PLC0415 - `--help` does not pay for it

    language = catalogs.known_language(content(), language) if language else ""
    kinds = [documents.document(content(), name) for name in wanted]
    if empty and given:
        raise CommandLineError(say("`--empty` writes no values; leave `--set` out"))
    if empty:
        from simforms.cases.empty_case import empty_case_yaml  # noqa: PLC0415 - only this way needs it
        from simforms.write import write_new  # noqa: PLC0415

        every = kinds or list(documents.documents(content()).values())
        write_new(path, empty_case_yaml(content(), beside(language), every).encode())
        click.echo(path)
    elif sys.stdin.isatty() and sys.stdout.isatty():
        _asked(context, path, language, wanted, given, plain=plain)
    else:
        _unasked(path, language, wanted, given)


def _unasked(path: Path, language: str, wanted: Sequence[str], given: Answers) -> None:
    """Write a case from the command line alone; name what it lacks where that is not enough."""
    from simforms.cases.answers import flatten, override  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.cases.yaml_writer import case_yaml  # noqa: PLC0415
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.planning.plan import plan  # noqa: PLC0415
    from simforms.texts import EMPTY  # noqa: PLC0415
    from simforms.write import write_new  # noqa: PLC0415

    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    case = override(EMPTY, [("language", beside(language)), *given])
    try:
        plan(content(), case, clock.today(), wanted=wanted)
    except CaseError as error:
        _tell_lacking(error, flatten(case))
    write_new(path, case_yaml(content(), flatten(case)["language"], flatten(case)).encode())
    click.echo(path)


def _tell_lacking(error: CaseError, given: Mapping[str, str]) -> None:
    """Say in one sentence which fields are missing; raise the error where more is wrong."""
    from simforms.knowledge.content import content  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.knowledge.vocabulary import vocabulary  # noqa: PLC0415

    wrong = [problem for problem in error.problems if problem.severity == "error"]
    if any(not problem.name or problem.name in given for problem in wrong):
        raise error
    labels = {problem.name: said(say(vocabulary(content())[problem.name].label), error.language) for problem in wrong}
    names = ", ".join(f"{name} ({label})" for name, label in labels.items())
    lacking = say(
        "missing: %(names)s; add each with `--set NAME=VALUE`, or answer in a terminal, or write an empty case with `--empty`",
        names=names,
    )
    click.echo(f"simforms: {said(lacking, error.language)}", err=True)
    sys.exit(error.exit_code)


def _asked(  # noqa: PLR0913 - the command's own parameters
    context: click.Context, path: Path, language: str, wanted: Sequence[str], given: Answers, *, plain: bool
) -> None:
    """Ask, write what is answered at once, and print the papers at the end."""
    from simforms.cli.wizard.interview import Interview, StoppedError  # noqa: PLC0415
    from simforms.cli.wizard.screen import Showing  # noqa: PLC0415
    from simforms.interview.questions import Known, planned  # noqa: PLC0415
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.knowledge.vocabulary import vocabulary  # noqa: PLC0415
    from simforms.language import catalogs  # noqa: PLC0415 - only who is asked pays for it

    found, wrong = _begun(path, given)
    talk = _voice(language or found.get("language", ""))
    drawn = not (plain or os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") == "dumb")
    tell_problems(wrong, talk or "en")
    before = {problem.name: found.pop(problem.name) for problem in wrong if problem.name in found}
    if language or talk in catalogs.companion_languages(content()):
        found["language"] = language or found.get("language", talk)
    known = Known(found, called_for=tuple(before), wanted=tuple(wanted) or None)
    shown = {name: text for name, text in before.items() if not vocabulary(content())[name].private}
    save = _saver(path, known, before)
    interview = Interview(Showing(content(), clock.today(), talk, drawn), _reader(drawn=drawn), save, known, shown)
    try:
        interview.run()
    except StoppedError:
        save(interview.known)
        again = shlex.join(["simforms", "new", str(path)])
        kept = say("The answers are kept in %(file)s. To go on: %(command)s", file=path, command=again)
        click.echo(say_in(interview.showing.language or "en", kept))
        return
    save(interview.known)
    click.echo(path)
    known = interview.known
    papers = planned(content(), clock.today(), known).documents
    if papers:
        context.invoke(render, cases=[path], wanted=known.wanted or (), folder=path.parent)
    if known.wanted and papers != planned(content(), clock.today(), replace(known, wanted=None)).documents:
        command = ["simforms", "render", str(path), *(part for name in known.wanted for part in ("-d", name))]
        same = say("To print the same papers again: %(command)s", command=shlex.join(command))
        click.echo(say_in(interview.showing.language, same), err=True)


def _begun(path: Path, given: Answers) -> tuple[dict[str, str], list[Problem]]:
    """Return the answers of an unfinished case with those of the command line over them, and which of them are wrong.

    Raises CaseError where the file cannot be read, or holds what is not a field: nothing in it may be lost.
    """
    from simforms.cases.answers import flatten, override  # noqa: PLC0415 - only who is asked pays for it
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.knowledge.vocabulary import vocabulary  # noqa: PLC0415
    from simforms.load import load  # noqa: PLC0415
    from simforms.planning.plan import plan  # noqa: PLC0415
    from simforms.texts import EMPTY  # noqa: PLC0415

    case, noticed = load(path) if path.exists() else (EMPTY, [])
    case = override(case, given)
    found, wrong = flatten(case), []
    try:
        plan(content(), case, clock.today(), needs_papers=False)
    except CaseError as error:
        wrong = [problem for problem in error.problems if problem.severity == "error" and problem.name in found]
        strays = [problem for problem in error.problems if problem.name not in vocabulary(content())]
        if noticed or strays:
            raise CaseError([*noticed, *strays], spoken(found.get("language"))) from None
    if noticed:
        raise CaseError(noticed, spoken(found.get("language")))
    return found, wrong


def _saver(path: Path, begun: Known, wrong: Mapping[str, str]) -> Callable[[Known], None]:
    """Return a function that writes what is known to the case, with its first comment and with what is still to be corrected."""
    from simforms.cases.yaml_writer import case_yaml  # noqa: PLC0415 - only who is asked pays for it
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.write import write  # noqa: PLC0415

    lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
    head = "".join(f"{line}\n" for line in takewhile(lambda line: line.startswith("#"), lines))

    def save(known: Known) -> None:
        if lines and known.given == begun.given:
            return
        open_ones = {name: text for name, text in wrong.items() if name not in known.left_out}
        given = {**open_ones, **known.given}
        write(path, (head + case_yaml(content(), given.get("language", "en"), given)).encode())

    return save


def _voice(hint: str) -> str:
    """Return the language to talk in; empty where nothing names one that we speak, so that the person is asked."""
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    named = asked() or os.environ.get("SIMFORMS_LANG") or hint or locale.startswith("en")
    found = spoken(hint)
    return found if named or found != "en" else ""


def _reader(*, drawn: bool) -> Callable[[Prompt], str]:
    if drawn:
        from simforms.cli.wizard.menu_input import reader  # noqa: PLC0415 - only a terminal with menus pays for it

        return reader()
    from simforms.cli.wizard.line_input import read  # noqa: PLC0415 - only who is asked pays for it

    return read

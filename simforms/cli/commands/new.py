"""The command that writes a case: from the answers of a dialogue, from the command line alone, or an empty one."""

from __future__ import annotations

import errno
import os
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from simforms import clock
from simforms.cli.command import Command
from simforms.cli.commands.paper import render
from simforms.cli.options import Overrides, document_option, language_option, set_option
from simforms.cli.output import is_dialogue, report, show
from simforms.cli.ui_language import companion_language, translated, translated_into
from simforms.errors import CaseError, CommandLineError
from simforms.messages import say


@click.command(cls=Command)
@click.argument("path", type=click.Path(path_type=Path), metavar="CASE.yaml")
@language_option
@document_option
@set_option
@click.option("--empty", is_flag=True, help="Do not ask; write an empty case to fill in.")
@click.option("--plain", is_flag=True, help="Ask line by line, for screen readers. `NO_COLOR` and `TERM=dumb` do the same.")
@click.pass_context
def new(  # noqa: PLR0913, PLR0917 - one parameter for each option
    context: click.Context, path: Path, language: str, wanted: Sequence[str], overrides: Overrides, empty: bool, plain: bool
) -> None:
    """Ask what a case needs, show how to cancel, and write the case; an unfinished case continues where you stopped.

    Example: simforms new my.yaml

    Example: simforms new my.yaml --empty -l zh-Hans -d cancellation-request
    """
    from simforms.knowledge import documents  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.language import catalogs  # noqa: PLC0415 - `--help` does not pay for it

    language = catalogs.known_language(content(), language) if language else ""
    kinds = [documents.document(content(), name) for name in wanted]
    if empty and overrides:
        raise CommandLineError(say("`--empty` writes no values; leave out `--set`"))
    if empty:
        from simforms.cases.empty_case import empty_case_yaml  # noqa: PLC0415 - only this way needs it
        from simforms.write import write_new  # noqa: PLC0415

        every = kinds or list(documents.documents(content()).values())
        write_new(path, empty_case_yaml(content(), companion_language(language), every).encode())
        show(path)
    elif is_dialogue():
        _by_dialogue(context, path, language, wanted, overrides, plain=plain)
    else:
        _from_overrides(path, language, wanted, overrides)


def _from_overrides(path: Path, language: str, wanted: Sequence[str], overrides: Overrides) -> None:
    """Write a case from the command line alone, or print which fields are missing."""
    from simforms.cases.reference import random_reference  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.cases.written_case import WrittenCase  # noqa: PLC0415
    from simforms.cases.yaml_writer import case_yaml  # noqa: PLC0415
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.planning.plan_case import plan_case  # noqa: PLC0415
    from simforms.write import write_new  # noqa: PLC0415

    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
    case = WrittenCase().overridden([("reference", random_reference()), ("language", companion_language(language)), *overrides])
    texts = case.texts()
    try:
        plan_case(case, clock.today(), wanted=wanted)
    except CaseError as error:
        _print_missing(error, texts)
    write_new(path, case_yaml(content(), texts["language"], texts).encode())
    show(path)


def _print_missing(error: CaseError, texts: Mapping[str, str]) -> None:
    """Print in one sentence which fields are missing. Raises the error itself if anything else is wrong."""
    from simforms.knowledge.content import content  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.knowledge.vocabulary import vocabulary  # noqa: PLC0415

    wrong, words = [problem for problem in error.problems if problem.severity == "error"], vocabulary(content())
    if any(problem.name not in words or problem.name in texts for problem in wrong):
        raise error
    labels = {problem.name: translated(say(words[problem.name].label), error.language) for problem in wrong}
    names = ", ".join(f"{name} ({label})" for name, label in labels.items())
    missing = say(
        "missing: %(names)s; add each with `--set NAME=VALUE`, answer in a terminal, or write an empty case with `--empty`",
        names=names,
    )
    report(f"simforms: {translated(missing, error.language)}")
    sys.exit(error.exit_code)


def _by_dialogue(  # noqa: PLR0913 - the command's own parameters
    context: click.Context, path: Path, language: str, wanted: Sequence[str], overrides: Overrides, *, plain: bool
) -> None:
    """Ask, save each answer at once, and print the papers at the end."""
    from simforms.cli.wizard.session import run_session  # noqa: PLC0415 - only who is asked pays for it

    done = run_session(path, language, wanted, overrides, plain=plain)
    if not done:
        return
    show(path)
    chosen = done.answers.wanted or ()
    if done.drafts.papers(done.answers):
        context.invoke(render, cases=[path], wanted=chosen, folder=path.parent)
    if chosen and done.drafts.papers(done.answers) != done.drafts.papers(replace(done.answers, wanted=None)):
        command = ["simforms", "render", str(path), *(part for name in chosen for part in ("-d", name))]
        same = say("To print the same papers again: %(command)s", command=shlex.join(command))
        report(translated_into(done.language, same))

"""The commands that work on cases and print nothing: new, check, plan."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from simforms.cases import cases_argument, doubts, language_option, plans, told_with_papers, wanted_option
from simforms.command import Command
from simforms.errors import CaseError
from simforms.telling import beside, problems_as_json, spoken, tell_problems, told


@click.command(cls=Command)
@click.argument("path", type=click.Path(path_type=Path), metavar="CASE.yaml")
@language_option
@wanted_option
@told
def new(path: Path, language: str, wanted: Sequence[str]) -> None:
    """Write an empty case to fill in.

    Example: simforms new my.yaml -l zh-Hans -d cancellation-request
    """
    from simforms import documents  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.content import content  # noqa: PLC0415
    from simforms.skeleton import skeleton  # noqa: PLC0415
    from simforms.write import write_new  # noqa: PLC0415

    kinds = [documents.document(content(), name) for name in wanted] or list(documents.documents(content()).values())
    write_new(path, skeleton(content(), beside(language), kinds).encode())
    click.echo(path)


@click.command(cls=Command)
@cases_argument
@wanted_option
@language_option
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--json", "as_data", is_flag=True, help="Print the problems as JSON, without the values (`docs/check-json.md`).")
@told
def check(cases: Sequence[Path], wanted: Sequence[str], language: str, strict: bool, as_data: bool) -> None:
    """Say what is wrong in cases, all at once, and print nothing.

    Example: simforms check my.yaml
    """
    try:
        given = plans(cases, wanted, language)
    except CaseError as error:
        if as_data:
            click.echo(problems_as_json(error.problems, error.language))
            sys.exit(error.exit_code)
        raise
    from simforms.load import shared  # noqa: PLC0415 - `--help` does not pay for it

    found = [[*doubts(plan), *told_with_papers(case, plan), *shared(case)] for case, plan in zip(cases, given, strict=True)]
    every = [problem for problems in found for problem in problems]
    if as_data:
        click.echo(problems_as_json(every, given[0].language))
    else:
        for case, plan, problems in zip(cases, given, found, strict=True):
            tell_problems(problems, plan.language)
            if plan.documents:
                click.echo(f"{case}: {', '.join(kind.name for kind in plan.documents)}")
    sys.exit(CaseError.exit_code if strict and any(problem.severity == "warning" for problem in every) else 0)


@click.command(cls=Command)
@click.argument("case", type=click.Path(path_type=Path), metavar="CASE")
@wanted_option
@language_option
@click.option("--json", "as_data", is_flag=True, help="Print the plan as JSON (`docs/plan-json.md`).")
@click.option("--calendar", type=click.Path(path_type=Path), metavar="FILE.ics", help="Write its days to a calendar file.")
@told
def plan(case: Path, wanted: Sequence[str], language: str, as_data: bool, calendar: Path | None) -> None:
    """Say which way really ends the line, what to bring, by when, and which papers help.

    Example: simforms plan my.yaml
    """
    from simforms import report  # noqa: PLC0415 - `--help` does not pay for it

    [found] = plans([case], wanted, language, needs_papers=False)
    found = dataclasses.replace(found, language=spoken(found.language))
    click.echo(report.as_json(found) if as_data else "\n".join(report.lines(found)))
    if calendar:
        from simforms.write import write  # noqa: PLC0415

        write(calendar, report.as_calendar(found))
        click.echo(calendar, err=True)

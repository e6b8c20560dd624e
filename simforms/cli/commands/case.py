"""The commands that work on cases and print nothing: check, plan."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from simforms import clock
from simforms.cli.command import Command
from simforms.cli.failures import problems_as_json, tell_problems, told
from simforms.cli.options import Answers, at_option, cases_argument, language_option, set_option, wanted_option
from simforms.cli.plans import plans
from simforms.cli.voice import spoken
from simforms.errors import CaseError
from simforms.planning.remarks import doubts, told_with_papers


@click.command(cls=Command)
@cases_argument
@wanted_option
@language_option
@set_option
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--json", "as_data", is_flag=True, help="Print the problems as JSON, without the values (`docs/check-json.md`).")
@told
def check(  # noqa: PLR0913, PLR0917 - one parameter for each option
    cases: Sequence[Path], wanted: Sequence[str], language: str, given: Answers, strict: bool, as_data: bool
) -> None:
    """Say what is wrong in cases, all at once, and print nothing.

    Example: simforms check my.yaml
    """
    try:
        found_plans = plans(cases, wanted, language, given=given)
    except CaseError as error:
        if as_data:
            click.echo(problems_as_json(error.problems, error.language))
            sys.exit(error.exit_code)
        raise
    from simforms.load import shared  # noqa: PLC0415 - `--help` does not pay for it

    found = [[*doubts(plan), *told_with_papers(case, plan), *shared(case)] for case, plan in zip(cases, found_plans, strict=True)]
    every = [problem for problems in found for problem in problems]
    if as_data:
        click.echo(problems_as_json(every, found_plans[0].language))
    else:
        for case, plan, problems in zip(cases, found_plans, found, strict=True):
            tell_problems(problems, plan.language)
            if plan.documents:
                click.echo(f"{case}: {', '.join(kind.name for kind in plan.documents)}")
    sys.exit(CaseError.exit_code if strict and any(problem.severity == "warning" for problem in every) else 0)


@click.command(cls=Command)
@click.argument("case", type=click.Path(path_type=Path), metavar="CASE")
@wanted_option
@language_option
@set_option
@click.option("--json", "as_data", is_flag=True, help="Print the plan as JSON (`docs/plan-json.md`).")
@click.option("--json-1", "as_data_1", is_flag=True, help="Print it as JSON of version 1, which goes with the next release.")
@at_option
@click.option("--calendar", type=click.Path(path_type=Path), metavar="FILE.ics", help="Write its days to a calendar file.")
@told
def plan(  # noqa: PLR0913, PLR0917 - one parameter for each option
    case: Path,
    wanted: Sequence[str],
    language: str,
    given: Answers,
    as_data: bool,
    as_data_1: bool,
    moment: clock.Now | None,
    calendar: Path | None,
) -> None:
    """Say which way really works, what to bring, by when, and which papers help.

    Example: simforms plan my.yaml
    """
    [found] = plans([case], wanted, language, given=given, needs_papers=False, now=moment or clock.now())
    found = dataclasses.replace(found, language=spoken(found.language))
    if as_data or as_data_1:
        from simforms.planning.views import plan_json, plan_json_1  # noqa: PLC0415 - `--help` does not pay for it

        click.echo(plan_json.as_json(found) if as_data else plan_json_1.as_json_1(found))
    else:
        from simforms.planning.views.details import details  # noqa: PLC0415
        from simforms.planning.views.screen import screen  # noqa: PLC0415

        click.echo("\n".join((*screen(found), *details(found))))
    if calendar:
        from simforms.planning.views.calendar_file import as_calendar  # noqa: PLC0415
        from simforms.write import write  # noqa: PLC0415

        write(calendar, as_calendar(found))
        click.echo(calendar, err=True)

"""The commands that make no papers: check a case, show its plan."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from simforms import clock
from simforms.cli.command import Command
from simforms.cli.failures import print_problems, problems_as_json
from simforms.cli.options import Overrides, at_option, cases_argument, document_option, language_option, set_option
from simforms.cli.output import report, show, show_json, show_lines
from simforms.cli.plans import plan_cases
from simforms.cli.ui_language import ui_language
from simforms.errors import CaseError
from simforms.planning.remarks import cautions, warnings


@click.command(cls=Command)
@cases_argument
@document_option
@language_option
@set_option
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--json", "as_data", is_flag=True, help="Print the problems as JSON, without the values (`docs/check-json.md`).")
def check(  # noqa: PLR0913, PLR0917 - one parameter for each option
    cases: Sequence[Path], wanted: Sequence[str], language: str, overrides: Overrides, strict: bool, as_data: bool
) -> None:
    """Say what is wrong in cases, all at once, and print nothing.

    Example: simforms check my.yaml
    """
    try:
        found_plans = plan_cases(cases, wanted, language, overrides=overrides)
    except CaseError as error:
        if as_data:
            show_json(problems_as_json(error.problems, error.language))
            sys.exit(error.exit_code)
        raise
    from simforms.load import shared  # noqa: PLC0415 - `--help` does not pay for it

    found = [[*warnings(plan), *cautions(case, plan), *shared(case)] for case, plan in zip(cases, found_plans, strict=True)]
    every = [problem for problems in found for problem in problems]
    if as_data:
        show_json(problems_as_json(every, found_plans[0].language))
    else:
        for case, plan, problems in zip(cases, found_plans, found, strict=True):
            print_problems(problems, plan.language)
            if plan.documents:
                show(f"{case}: {', '.join(kind.name for kind in plan.documents)}")
    sys.exit(CaseError.exit_code if strict and any(problem.severity == "warning" for problem in every) else 0)


@click.command(cls=Command)
@click.argument("case", type=click.Path(path_type=Path), metavar="CASE")
@document_option
@language_option
@set_option
@click.option("--json", "as_data", is_flag=True, help="Print the plan as JSON (`docs/plan-json.md`).")
@click.option("--json-1", "as_data_1", is_flag=True, help="Print it as JSON of version 1, which goes with the next release.")
@at_option
@click.option("--calendar", type=click.Path(path_type=Path), metavar="FILE.ics", help="Write its days to a calendar file.")
def plan(  # noqa: PLR0913, PLR0917 - one parameter for each option
    case: Path,
    wanted: Sequence[str],
    language: str,
    overrides: Overrides,
    as_data: bool,
    as_data_1: bool,
    moment: clock.Now | None,
    calendar: Path | None,
) -> None:
    """Say which way really works, what to bring, by when, and which papers help.

    Example: simforms plan my.yaml
    """
    [found] = plan_cases([case], wanted, language, overrides=overrides, needs_papers=False, now=moment or clock.now())
    found = dataclasses.replace(found, language=ui_language(found.language))
    if calendar:
        from simforms.planning.views.calendar_file import BEGIN, as_calendar  # noqa: PLC0415 - `--help` does not pay for it
        from simforms.write import refuse_other, write  # noqa: PLC0415 - the same

        refuse_other(calendar, BEGIN)  # before anything is printed: it may be the case itself
    if as_data or as_data_1:
        from simforms.planning.views import plan_json, plan_json_1  # noqa: PLC0415 - `--help` does not pay for it

        show_json(plan_json.as_json(found) if as_data else plan_json_1.as_json_1(found))
    else:
        from simforms.planning.views.details import details  # noqa: PLC0415
        from simforms.planning.views.screen import screen  # noqa: PLC0415

        show_lines((*screen(found), *details(found)))
    if calendar:
        write(calendar, as_calendar(found))
        report(calendar)

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
from simforms.cli.plans import plan_cases, planned_lines, together
from simforms.cli.ui_language import translated_into, ui_language
from simforms.errors import CaseError
from simforms.messages import say
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
    """Check cases and list every problem at once. Nothing is printed.

    Example: simforms check my.yaml
    """
    try:
        planned = planned_lines(cases, wanted, language, overrides=overrides)
    except CaseError as error:
        if as_data:
            show_json(problems_as_json(error.problems, error.language))
            sys.exit(error.exit_code)
        raise
    from simforms.load import shared  # noqa: PLC0415 - `--help` does not pay for it

    found = [
        (case, [(plan, [*warnings(plan), *cautions(case, plan), *shared(case)]) for path, plan in planned if path == case])
        for case in dict.fromkeys(cases)
    ]
    every = [problem for _, told in found for problem in together(told)]
    if as_data:
        show_json(problems_as_json(every, planned[0][1].language))
    else:
        for case, told in found:
            print_problems(together(told), told[0][0].language)
            for plan, _ in told:
                if plan.documents:
                    line = f"{case}: {plan.reference}" if len(told) > 1 else case
                    show(f"{line}: {', '.join(kind.name for kind in plan.documents)}")
    sys.exit(CaseError.exit_code if strict and any(problem.severity == "warning" for problem in every) else 0)


@click.command(cls=Command)
@click.argument("case", type=click.Path(path_type=Path), metavar="CASE")
@document_option
@language_option
@set_option
@click.option("--json", "as_data", is_flag=True, help="Print the plan as JSON (`docs/plan-json.md`).")
@click.option(
    "--json-1", "as_data_1", is_flag=True, help="Print the plan as version 1 JSON, which will be removed in the next release."
)
@at_option
@click.option(
    "--calendar", type=click.Path(path_type=Path), metavar="FILE.ics", help="Write the dates of the plan to a calendar file."
)
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
    """Show which method works, what to bring, the deadlines, and which papers help.

    Example: simforms plan my.yaml
    """
    plans = plan_cases([case], wanted, language, overrides=overrides, needs_papers=False, now=moment or clock.now())
    plans = [dataclasses.replace(one, language=ui_language(one.language)) for one in plans]
    if calendar:
        from simforms.planning.views.calendar_file import BEGIN, as_calendar  # noqa: PLC0415 - `--help` does not pay for it
        from simforms.write import refuse_other, write  # noqa: PLC0415 - the same

        refuse_other(calendar, BEGIN)  # before anything is printed: it may be the case itself
    if as_data or as_data_1:
        from simforms.planning.views import plan_json, plan_json_1  # noqa: PLC0415 - `--help` does not pay for it

        show_json(_together([plan_json.as_json(one) if as_data else plan_json_1.as_json_1(one) for one in plans]))
    else:
        from simforms.planning.views.details import details  # noqa: PLC0415
        from simforms.planning.views.screen import screen  # noqa: PLC0415

        for number, one in enumerate(plans, 1):
            if len(plans) > 1:
                title = say("Line %(number)s of %(count)s", number=number, count=len(plans))
                show_lines([*[""] * (number > 1), f"== {translated_into(one.language, title)} · {one.reference}", ""])
            show_lines((*screen(one), *details(one)))
    if calendar:
        write(calendar, as_calendar(*plans))
        report(calendar)


def _together(plans: Sequence[str]) -> str:
    """Return the only plan as it is; those of several lines as the list `lines` of one object."""
    if len(plans) == 1:
        return plans[0]
    import json  # noqa: PLC0415 - only programs pay for it

    found = [json.loads(one) for one in plans]
    return json.dumps({"version": found[0]["version"], "lines": found}, ensure_ascii=False, indent=2)

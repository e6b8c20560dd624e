"""Plans the cases of a command line; the problems of all of them are reported together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simforms import clock
from simforms.cli.options import Overrides
from simforms.cli.ui_language import companion_language
from simforms.errors import CaseError, Problem

if TYPE_CHECKING:
    from simforms.planning.plan import Plan


def plan_cases(  # noqa: PLR0913 - what commands share
    cases: Sequence[Path],
    wanted: Sequence[str],
    language: str,
    *,
    overrides: Overrides = (),
    needs_papers: bool = True,
    blank: bool = False,
    now: clock.Now | None = None,
) -> list[Plan]:
    """Return the plan of every line of every case, or that of an empty one; raise CaseError with the problems of all of them.

    `overrides` are texts by the name of their field, instead of those of each case; `language` overrides both. Without `now`, the
    day counts and the hour is not known: papers are used later than they are printed.
    """
    planned = planned_lines(cases, wanted, language, overrides=overrides, needs_papers=needs_papers, blank=blank, now=now)
    return [plan for _, plan in planned]


def planned_lines(  # noqa: PLR0913 - the same
    cases: Sequence[Path],
    wanted: Sequence[str],
    language: str,
    *,
    overrides: Overrides = (),
    needs_papers: bool = True,
    blank: bool = False,
    now: clock.Now | None = None,
) -> list[tuple[Path, Plan]]:
    """Return the same, each with the file of its case."""
    from simforms.cases.written_case import WrittenCase, read_case  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.planning.plan_case import plan_case  # noqa: PLC0415
    from simforms.planning.several_lines import each_line  # noqa: PLC0415

    today = now or clock.Now(clock.today())
    plans: list[tuple[Path, Plan]] = []
    failed: list[CaseError] = []
    if not cases:
        empty, language = WrittenCase().overridden(overrides), companion_language(language or dict(overrides).get("language", ""))
        return [(Path(), plan_case(empty, today, wanted=wanted, language=language, blank=blank))]
    for path in cases:
        try:
            lines = each_line(content(), read_case(path).overridden(overrides))
        except CaseError as error:
            failed.append(error)
            continue
        for case in lines:
            try:
                found = plan_case(case, today, wanted=wanted, language=language, needs_papers=needs_papers, blank=blank)
            except CaseError as error:
                failed.append(error)
            else:
                plans.append((path, found))
    if failed:
        raise CaseError(once(problem for error in failed for problem in error.problems), language or failed[0].language)
    return plans


def once(problems: Iterable[Problem]) -> list[Problem]:
    """Return problems without those that are the same for another line of the same case, such as a wrong name of the person."""
    return list({(one.location, one.name, str(one.what), one.severity): one for one in problems}.values())


def together(told: Sequence[tuple[Plan, Sequence[Problem]]]) -> list[Problem]:
    """Return what is said about the lines of a case, each once.

    A note on a value that other lines have too, such as that no paper shows it, is left out if it is not true for all of them.
    """
    found = []
    for plan, problems in told:
        for problem in problems:
            others = [also for other, also in told if other is not plan and _has_value_at(other, problem)]
            if problem.severity != "note" or all(problem in also for also in others):
                found.append(problem)
    return once(found)


def _has_value_at(plan: Plan, problem: Problem) -> bool:
    return any(value.location == problem.location for value in plan.values.values())

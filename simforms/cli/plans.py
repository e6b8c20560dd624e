"""Plans the cases of a command line; the problems of all of them are reported together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simforms import clock
from simforms.cli.options import Overrides
from simforms.cli.ui_language import companion_language
from simforms.errors import CaseError

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
    """Return the plan of every case, or that of an empty one; raise CaseError with the problems of all of them.

    `overrides` are texts by the name of their field, instead of those of each case; `language` overrides both. Without `now`, the
    day counts and the hour is not known: papers are used later than they are printed.
    """
    from simforms.cases.written_case import WrittenCase, read_case  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.planning.plan_case import plan_case  # noqa: PLC0415

    today, plans, failed = now or clock.Now(clock.today()), [], []
    if not cases:
        empty, language = WrittenCase().overridden(overrides), companion_language(language or dict(overrides).get("language", ""))
        return [plan_case(empty, today, wanted=wanted, language=language, blank=blank)]
    for path in cases:
        try:
            case = read_case(path).overridden(overrides)
            found = plan_case(case, today, wanted=wanted, language=language, needs_papers=needs_papers, blank=blank)
        except CaseError as error:
            failed.append(error)
        else:
            plans.append(found)
    if failed:
        problems = [problem for error in failed for problem in error.problems]
        raise CaseError(problems, language or failed[0].language)
    return plans

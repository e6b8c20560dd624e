"""The cases named on a command line become plans, with all their problems."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simforms import clock
from simforms.cli.voice import beside, spoken, stated_language
from simforms.errors import CaseError

if TYPE_CHECKING:
    from simforms.planning.plan import Plan
from simforms.cli.options import Answers


def plans(  # noqa: PLR0913 - what commands share
    cases: Sequence[Path],
    wanted: Sequence[str],
    language: str,
    *,
    given: Answers = (),
    needs_papers: bool = True,
    blank: bool = False,
    now: clock.Now | None = None,
) -> list[Plan]:
    """Return the plan of every case, or that of an empty one; raise CaseError with the problems of all of them.

    `given` goes before what the cases say, and `language` before both. Without `now`, the day counts and the hour is not known:
    papers are used later than they are printed.
    """
    from simforms.cases.answers import override  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.load import load  # noqa: PLC0415
    from simforms.planning.plan import plan  # noqa: PLC0415
    from simforms.texts import EMPTY  # noqa: PLC0415

    if not cases:
        stated = beside(language or dict(given).get("language", ""))
        return [plan(content(), override(EMPTY, given), now or clock.today(), wanted=wanted, language=stated, blank=blank)]
    today = now or clock.today()
    made, failed = [], []
    for path in cases:
        try:
            case, noticed = load(path)
        except CaseError as error:
            failed.append(CaseError(error.problems, spoken(language, stated_language(path))))
            continue
        try:
            found = plan(
                content(),
                override(case, given),
                today,
                wanted=wanted,
                language=language,
                noticed=noticed,
                needs_papers=needs_papers,
                blank=blank,
            )
        except CaseError as error:
            failed.append(error)
            continue
        made.append(found)
    if failed:
        raise CaseError([problem for error in failed for problem in error.problems], failed[0].language)
    return made

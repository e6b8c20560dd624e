"""What to know before relying on the papers of a plan: which do not fit, which numbers are not confirmed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from simforms.errors import Location, Problem
from simforms.messages import say

if TYPE_CHECKING:
    from simforms.planning.plan import Plan


def warnings(plan: Plan) -> list[Problem]:
    """Return the warnings and contradictions of a case, in the order of its lines."""
    return sorted((*plan.warnings, *plan.conflicts), key=lambda problem: (problem.location, problem.name))


def cautions(case: Path, plan: Plan) -> Iterator[Problem]:
    """Yield what to know before relying on the papers: none is needed, one does not fit, a fact is old."""
    from simforms.cases.answers import COMMAND_LINE  # noqa: PLC0415 - `--help` does not pay for it

    location = Location(str(case))
    for name, value in plan.values.items():
        if value.location == COMMAND_LINE and value.field.private and value.text:
            yield Problem(
                value.location,
                name,
                say("other users of this computer can see a command line"),
                say("write it in the case"),
                "note",
            )
    if plan.blank:
        return
    if not plan.documents:
        suggestion = say("see `simforms plan`; if you still want a paper, choose a document with -d")
        yield Problem(location, "", say("the method for this case needs no paper"), suggestion, "warning")
    for kind in plan.documents:
        if note := plan.misfits.get(kind.name):
            what = say("%(document)s: %(why)s", document=say(kind.title), why=note)
            yield Problem(location, "", what, say("see `simforms plan` for the method that works"), "warning")

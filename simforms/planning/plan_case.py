"""A case becomes a plan: the one way there for the command line, the questions, the batch and other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from simforms.cases.written_case import WrittenCase
from simforms.clock import Now
from simforms.knowledge.content import content as own_content
from simforms.planning.plan import Plan, plan


def plan_case(  # noqa: PLR0913 - each is a decision of the caller
    case: WrittenCase,
    now: Now | date,
    *,
    wanted: Sequence[str] = (),
    language: str = "",
    needs_papers: bool = True,
    blank: bool = False,
    content: Path | None = None,
) -> Plan:
    """Decide for a case, at a moment in Japan, what to do and to print; of a bare day the hour is not known.

    `wanted` names the documents; without it the case decides. `language` overrides that of the case. Without `needs_papers`, a
    field that a document lacks is not a problem; `blank` leaves room for it. `content` is the folder of templates and catalogs,
    else the one in use. Raises CaseError with every problem, UnknownNameError for a wrong `wanted` or `language`.
    """
    found = plan(
        content or own_content(),
        case.section,
        now,
        wanted=wanted,
        language=language,
        noticed=case.problems,
        needs_papers=needs_papers,
        blank=blank,
    )
    return replace(found, lines_of=case.lines_of) if case.lines_of else found

"""Makes the papers of the cases on a command line: prints warnings, renders all, then saves and lists them."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from simforms.cli.failures import print_problems
from simforms.cli.options import Overrides
from simforms.cli.output import show
from simforms.cli.plans import planned_lines
from simforms.errors import CommandLineError, Problem
from simforms.file_names import same_file
from simforms.messages import say
from simforms.papers.files import OutputFormat, Paper, planned_papers, refuse_foreign, save
from simforms.planning.remarks import cautions, warnings
from simforms.write import remove_partial_files

if TYPE_CHECKING:
    from simforms.planning.plan import Plan


def prepare_papers(  # noqa: PLR0913 - each is an option of the command line
    cases: Sequence[Path],
    wanted: Sequence[str],
    language: str,
    form: OutputFormat,
    *,
    overrides: Overrides = (),
    blank: bool = False,
    masked: bool = False,
) -> list[Paper]:
    """Print the warnings about cases, or about an empty one, and return their papers. Raises as `plan_cases`."""
    prepared: list[Paper] = []
    told: set[Problem] = set()
    for case, decided in planned_lines(cases, wanted, language, overrides=overrides, blank=blank):
        plan = dataclasses.replace(decided, masked=masked)
        new = [problem for problem in _to_know(case, plan) if problem not in told]
        print_problems(new, plan.language)
        told.update(new)
        prepared += planned_papers(plan, form)
    return prepared


def _to_know(case: Path, plan: Plan) -> list[Problem]:
    """Return what to know before relying on the papers of a case."""
    return [*(problem for problem in warnings(plan) if problem.severity != "note"), *cautions(case, plan)]


def save_papers(found: Sequence[Paper], folder: Path, finish: Callable[[bytes], bytes] = bytes) -> list[Path]:
    """Render papers, `finish` each file, then save and list them all. If one cannot be rendered, none is saved.

    Raises CommandLineError where two would have one name, FileExistsError where a file of somebody else has it, and what making
    and writing them raises.
    """
    for name, count in Counter(same_file(paper.name) for paper in found).items():
        if count > 1:
            reference = next(paper.plan.reference for paper in found if same_file(paper.name) == name)
            what = say("two of the cases have the same reference, %(name)s; print them into different folders", name=reference)
            raise CommandLineError(what)
    made = [(paper, {name: finish(body) for name, body in paper.make_files().items()}) for paper in found]
    for paper, files in made:
        refuse_foreign(folder, paper.plan.reference, paper.plan.lines_of, files)
    if folder.is_dir():
        remove_partial_files(folder)
    written = []
    for paper, files in made:
        for path in save(folder, paper, files):
            show(path)
            written.append(path)
    return written

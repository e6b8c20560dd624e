"""The papers of the cases on a command line: told what is doubtful about them, made all together, kept and listed."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from simforms.cli.failures import print_problems
from simforms.cli.options import Answers
from simforms.cli.plans import plans
from simforms.errors import CommandLineError
from simforms.file_names import same_file
from simforms.messages import say
from simforms.papers.files import OutputFormat, Paper, planned_papers, refuse_foreign, save
from simforms.planning.remarks import cautions, warnings
from simforms.write import remove_partial_files


def prepare_papers(  # noqa: PLR0913 - each is an option of the command line
    cases: Sequence[Path],
    wanted: Sequence[str],
    language: str,
    form: OutputFormat,
    *,
    given: Answers = (),
    blank: bool = False,
    masked: bool = False,
) -> list[Paper]:
    """Return the papers of cases, or those of an empty one, when what is doubtful is told. Raises as `plans`."""
    found: list[Paper] = []
    for case, decided in zip(cases or [Path()], plans(cases, wanted, language, given=given, blank=blank), strict=True):
        plan = dataclasses.replace(decided, masked=masked)
        doubtful = [problem for problem in warnings(plan) if problem.severity != "note"]
        print_problems((*doubtful, *cautions(case, plan)), plan.language)
        found += planned_papers(plan, form)
    return found


def save_papers(found: Sequence[Paper], folder: Path, finish: Callable[[bytes], bytes] = bytes) -> list[Path]:
    """Make papers, `finish` each file, then write and list them all; where one cannot be made, none is written.

    Raises CommandLineError where two would have one name, FileExistsError where a file of somebody else has it, and what making
    and writing them raises.
    """
    for name, count in Counter(same_file(paper.name) for paper in found).items():
        if count > 1:
            reference = next(paper.plan.reference for paper in found if same_file(paper.name) == name)
            what = say("two of the cases have the reference %(name)s; print them into different folders", name=reference)
            raise CommandLineError(what)
    made = [(paper, {name: finish(body) for name, body in paper.make_files().items()}) for paper in found]
    for paper, files in made:
        refuse_foreign(folder, paper, files)
    if folder.is_dir():
        remove_partial_files(folder)
    written = []
    for paper, files in made:
        for path in save(folder, paper, files):
            click.echo(path)
            written.append(path)
    return written

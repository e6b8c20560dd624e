"""The papers of the cases on a command line: told what is doubtful about them, made all together, kept and listed."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from simforms.cli.failures import tell_problems
from simforms.cli.options import Answers
from simforms.cli.plans import plans
from simforms.errors import CommandLineError
from simforms.messages import say
from simforms.papers.files import OutputFormat, Paper, planned_papers, save
from simforms.planning.remarks import doubts, told_with_papers


def told_papers(  # noqa: PLR0913 - each is an option of the command line
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
        doubtful = [problem for problem in doubts(plan) if problem.severity != "note"]
        tell_problems((*doubtful, *told_with_papers(case, plan)), plan.language)
        found += planned_papers(plan, form)
    return found


def kept(found: Sequence[Paper], folder: Path, finish: Callable[[bytes], bytes] = bytes) -> list[Path]:
    """Make papers, `finish` each file, then write and list them all; where one cannot be made, none is written.

    Raises CommandLineError where two would have one name, and what making and writing them raises.
    """
    for name, count in Counter(paper.name for paper in found).items():
        if count > 1:
            reference = next(paper.plan.reference for paper in found if paper.name == name)
            what = say("two of the cases have the reference %(name)s; print them into different folders", name=reference)
            raise CommandLineError(what)
    made = [(paper, {name: finish(body) for name, body in paper.files().items()}) for paper in found]
    written = []
    for paper, files in made:
        for path in save(folder, paper, files):
            click.echo(path)
            written.append(path)
    return written

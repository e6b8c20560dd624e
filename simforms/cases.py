"""The cases named on a command line become plans, with all their problems; and the options that commands share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simforms import clock
from simforms.errors import CaseError, Place, Problem, say
from simforms.telling import spoken, stated_language

if TYPE_CHECKING:
    from simforms.plan import Plan

cases_argument = click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CASE...")
wanted_option = click.option(
    "-d",
    "--document",
    "wanted",
    multiple=True,
    metavar="DOCUMENT",
    help="A document to print; may be given several times. Else the case decides.",
)
language_option = click.option(
    "-l",
    "--language",
    default="",
    metavar="LANGUAGE",
    help="The language beside the Japanese; goes before the case's own.",
)
Answers = Sequence[tuple[str, str]]
"""Values of the command line, each with the name of its field."""


def _pairs(_: click.Context, __: click.Parameter, given: Sequence[str]) -> Answers:
    """Return what `--set` says."""
    pairs = [tuple(part.strip() for part in one.split("=", 1)) for one in given]
    if any(len(pair) != 2 or not pair[0] for pair in pairs):  # noqa: PLR2004 - a name and a value
        raise click.BadParameter("write NAME=VALUE, e.g. --set person.name='WANG XIAOMING'")
    return [(name, value) for name, value in pairs]


set_option = click.option(
    "--set",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_pairs,
    help="A value, e.g. line.card=esim; goes before the case's own. Others on this machine can see a command line: "
    "write numbers of accounts and identity documents in the case instead.",
)
folder_option = click.option(
    "-o",
    "--output",
    "folder",
    default=Path(),
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the papers are. Else this folder.",
)


def plans(  # noqa: PLR0913 - what commands share
    cases: Sequence[Path],
    wanted: Sequence[str],
    language: str,
    *,
    given: Answers = (),
    needs_papers: bool = True,
    blank: bool = False,
) -> list[Plan]:
    """Return the plan of every case, or that of an empty one; raise CaseError with the problems of all of them.

    `given` goes before what the cases say, and `language` before both.
    """
    from simforms.answers import over  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.content import content  # noqa: PLC0415
    from simforms.load import EMPTY, load  # noqa: PLC0415
    from simforms.plan import plan  # noqa: PLC0415

    if not cases:
        talk = spoken(language, dict(given).get("language"))
        return [plan(content(), over(EMPTY, given), clock.today(), wanted=wanted, language=talk, blank=blank)]
    today = clock.today()
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
                over(case, given),
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


def doubts(plan: Plan) -> list[Problem]:
    """Return what is doubtful in a case, in the order of its lines."""
    return sorted((*plan.warnings, *plan.advice.conflicts), key=lambda problem: (problem.place, problem.name))


def told_with_papers(case: Path, plan: Plan) -> Iterator[Problem]:
    """Yield what to know before relying on the papers: none is needed, one does not fit, a fact is old."""
    from simforms.answers import COMMAND_LINE  # noqa: PLC0415 - `--help` does not pay for it

    place, today = Place(str(case)), plan.advice.situation.today
    for name, value in plan.values.items():
        if value.place == COMMAND_LINE and value.field.private and value.text:
            yield Problem(
                value.place, name, say("others on this machine can see a command line"), say("write it in the case"), "note"
            )
    if plan.blank:
        return
    if not plan.documents:
        cure = say("see `simforms plan`; name a document with -d if you want one all the same")
        yield Problem(place, "", say("the way to take needs no paper"), cure, "warning")
    for kind in plan.documents:
        if not plan.fits(kind):
            cure = say("see `simforms plan` for the way that works")
            yield Problem(
                place, "", say("this carrier is not known to take it: %(document)s", document=say(kind.title)), cure, "warning"
            )
    doubtful = [desk.dial for desk in plan.advice.desks if desk.doubtful(today)]
    if doubtful and any("phone" in kind.routes for kind in plan.documents):
        what = say("not confirmed lately: %(numbers)s", numbers=", ".join(doubtful))
        yield Problem(place, "", what, say("check it on the carrier's own site before you call"), "warning")

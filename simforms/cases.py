"""The cases named on a command line become plans, with all their problems; and the options that commands share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simforms import clock, completion
from simforms.errors import CaseError, CommandLineError, Place, Problem, say
from simforms.pictures import FEWEST, MOST, SHARP
from simforms.telling import beside, speak, spoken, stated_language

if TYPE_CHECKING:
    from simforms.planning import Plan

cases_argument = click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CASE...")
wanted_option = click.option(
    "-d",
    "--document",
    "wanted",
    multiple=True,
    metavar="DOCUMENT",
    shell_complete=completion.documents,
    help="A document to print; may be given several times. Else the case decides.",
)
language_option = click.option(
    "-l",
    "--language",
    default="",
    metavar="LANGUAGE",
    shell_complete=completion.languages,
    help="The language beside the Japanese; goes before the case's own.",
)
told_in_option = click.option(
    "-l",
    "--language",
    default="",
    metavar="LANGUAGE",
    callback=speak,
    shell_complete=completion.voices,
    help="The language to tell it in.",
)
Answers = Sequence[tuple[str, str]]
"""Values of the command line, each with the name of its field."""


def _pairs(_: click.Context, __: click.Parameter, given: Sequence[str]) -> Answers:
    """Return what `--set` says."""
    pairs = [tuple(part.strip() for part in one.split("=", 1)) for one in given]
    if any(len(pair) != 2 or not pair[0] for pair in pairs):  # noqa: PLR2004 - a name and a value
        raise CommandLineError(say("write `--set` with a name and a value, e.g. `--set line.card=esim`"))
    return [(name, value) for name, value in pairs]


set_option = click.option(
    "--set",
    "given",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_pairs,
    help="A value, e.g. `line.card=esim`; goes before the case's own. Others on this machine can see a command line.",
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
packet_option = click.option(
    "--packet", is_flag=True, help="One file for the printer, with a cover that says what to do with each sheet."
)
dpi_option = click.option(
    "--dpi",
    type=click.IntRange(FEWEST, MOST),
    metavar="NUMBER",
    default=SHARP,
    show_default=True,
    help="Of pictures: dots an inch.",
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
    from simforms.planning import plan  # noqa: PLC0415

    if not cases:
        stated = beside(language or dict(given).get("language", ""))
        return [plan(content(), over(EMPTY, given), clock.today(), wanted=wanted, language=stated, blank=blank)]
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

"""The commands that work on cases: new, check, plan, render."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simforms import clock
from simforms.errors import CaseError, Place, Problem, say
from simforms.telling import problems_as_json, spoken, stated_language, tell_problems, told

if TYPE_CHECKING:
    from simforms.plan import Plan

SUFFIXES = {"pdf": "pdf", "html": "html", "text": "txt"}

_cases = click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CASE...")
_wanted = click.option(
    "-d",
    "--document",
    "wanted",
    multiple=True,
    metavar="DOCUMENT",
    help="A document to print; may be given several times. Else the case decides.",
)
_language = click.option(
    "-l",
    "--language",
    default="",
    metavar="LANGUAGE",
    help="The language beside the Japanese; goes before the case's own.",
)


@click.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="CASE.yaml")
@_language
@_wanted
@told
def new(path: Path, language: str, wanted: Sequence[str]) -> None:
    """Write an empty case to fill in.

    Example: simforms new my.yaml -l zh-Hans -d cancellation-request
    """
    from simforms import catalogs, documents  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.content import content  # noqa: PLC0415
    from simforms.skeleton import skeleton  # noqa: PLC0415
    from simforms.write import write_new  # noqa: PLC0415

    language = catalogs.language(content(), language) if language else spoken()
    kinds = [documents.document(content(), name) for name in wanted] or list(documents.documents(content()).values())
    write_new(path, skeleton(content(), language, kinds).encode())
    click.echo(path)


@click.command()
@_cases
@_wanted
@_language
@click.option("--strict", is_flag=True, help="Treat warnings as errors.")
@click.option("--json", "as_data", is_flag=True, help="Print the problems as JSON, without the values (docs/check-json.md).")
@told
def check(cases: Sequence[Path], wanted: Sequence[str], language: str, strict: bool, as_data: bool) -> None:
    """Say what is wrong in cases, all at once, and print nothing.

    Example: simforms check my.yaml
    """
    try:
        plans = _plans(cases, wanted, language)
    except CaseError as error:
        if as_data:
            click.echo(problems_as_json(error.problems, error.language))
            sys.exit(error.exit_code)
        raise
    found = [[*_doubts(plan), *_told_with_papers(case, plan)] for case, plan in zip(cases, plans, strict=True)]
    every = [problem for problems in found for problem in problems]
    if as_data:
        click.echo(problems_as_json(every, plans[0].language))
    else:
        for case, plan, problems in zip(cases, plans, found, strict=True):
            tell_problems(problems, plan.language)
            if plan.documents:
                click.echo(f"{case}: {', '.join(kind.name for kind in plan.documents)}")
    sys.exit(CaseError.exit_code if strict and any(problem.severity == "warning" for problem in every) else 0)


def _doubts(plan: Plan) -> list[Problem]:
    """Return what is doubtful in a case, in the order of its lines."""
    return sorted((*plan.warnings, *plan.advice.conflicts), key=lambda problem: (problem.place, problem.name))


@click.command()
@click.argument("cases", nargs=-1, type=click.Path(path_type=Path), metavar="[CASE...]")
@_wanted
@_language
@click.option(
    "-o",
    "--output",
    "folder",
    default=Path(),
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Where the papers go. Else this folder.",
)
@click.option("--format", "form", type=click.Choice(list(SUFFIXES)), default="pdf", show_default=True)
@click.option("--blank", is_flag=True, help="Leave open what the case does not give, to fill in by hand. A case is not needed.")
@click.option("--packet", is_flag=True, help="One file for the printer, with a cover that says what to do with each sheet.")
@click.option("--duplex", is_flag=True, help="With --packet: begin each paper on a fresh sheet, for printing on both sides.")
@told
def render(  # noqa: PLR0913, PLR0917 - one parameter for each option
    cases: Sequence[Path],
    wanted: Sequence[str],
    language: str,
    folder: Path,
    form: str,
    blank: bool,
    packet: bool,
    duplex: bool,
) -> None:
    """Print the papers of cases. The files made are listed on stdout.

    Example: simforms render my.yaml -o out
    """
    from simforms.write import write  # noqa: PLC0415 - `--help` does not pay for it

    if not cases and not (blank and wanted):
        raise click.UsageError("name a case, or --blank and a document with -d")
    if packet and form != "pdf":
        raise click.UsageError("--packet makes a PDF file; leave --format out")
    if duplex and not packet:
        raise click.UsageError("--duplex goes with --packet")
    bodies: dict[Path, Callable[[], bytes]] = {}
    for case, plan in zip(cases or [Path()], _plans(cases, wanted, language, blank=blank), strict=True):
        doubts = [problem for problem in _doubts(plan) if problem.severity != "note"]
        tell_problems((*doubts, *_told_with_papers(case, plan)), plan.language)
        for name, body in _bodies(plan, form, packet=packet, duplex=duplex):
            path = folder / f"{plan.reference or 'blank'}-{name}-{plan.language}.{SUFFIXES[form]}"
            if path in bodies:
                raise click.UsageError(
                    f"{case}: two of the cases have the reference {plan.reference}; print them into different folders"
                )
            bodies[path] = body
    for path, made in {path: body() for path, body in bodies.items()}.items():
        write(path, made)
        click.echo(path)


def _bodies(plan: Plan, form: str, *, packet: bool, duplex: bool) -> Iterator[tuple[str, Callable[[], bytes]]]:
    """Yield the name of each file of a plan, and what makes its content."""
    from simforms.render import render as html_of  # noqa: PLC0415 - `--help` does not pay for it

    pages = [(html_of(plan, kind), kind.pages) for kind in plan.documents]
    if packet and pages:
        from simforms.packet import packet as bound  # noqa: PLC0415 - the same

        yield "packet", partial(bound, plan, pages, duplex=duplex)
    elif not packet:
        for kind, (html, most) in zip(plan.documents, pages, strict=True):
            yield kind.name, partial(_body, html, form, most)


def _told_with_papers(case: Path, plan: Plan) -> Iterator[Problem]:
    """Yield what to know before relying on the papers: none is needed, one does not fit, a fact is old."""
    place, today = Place(str(case)), plan.advice.situation.today
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


def _body(html: str, form: str, most_pages: int) -> bytes:
    if form == "html":
        return html.encode()
    if form == "text":
        from simforms.plain_text import plain_text  # noqa: PLC0415 - see render

        return plain_text(html).encode()
    from simforms.pdf import print_pdf  # noqa: PLC0415 - commands that print no PDF never load the engine

    return print_pdf(html, most_pages)


def _plans(
    cases: Sequence[Path], wanted: Sequence[str], language: str, *, needs_papers: bool = True, blank: bool = False
) -> list[Plan]:
    """Return the plan of every case, or that of an empty one; raise CaseError with the problems of all of them."""
    from simforms.content import content  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.load import EMPTY, load  # noqa: PLC0415
    from simforms.plan import plan  # noqa: PLC0415

    if not cases:
        return [plan(content(), EMPTY, clock.today(), wanted=wanted, language=spoken(language), blank=blank)]
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
                case,
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


@click.command()
@click.argument("case", type=click.Path(path_type=Path), metavar="CASE")
@_wanted
@_language
@click.option("--json", "as_data", is_flag=True, help="Print the plan as JSON (docs/plan-json.md).")
@click.option("--calendar", type=click.Path(path_type=Path), metavar="FILE.ics", help="Write its days to a calendar file.")
@told
def plan(case: Path, wanted: Sequence[str], language: str, as_data: bool, calendar: Path | None) -> None:
    """Say which way really ends the line, what to bring, by when, and which papers help.

    Example: simforms plan my.yaml
    """
    from simforms import report  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.write import write  # noqa: PLC0415

    [found] = _plans([case], wanted, language, needs_papers=False)
    click.echo(report.as_json(found) if as_data else "\n".join(report.lines(found)))
    if calendar:
        write(calendar, report.as_calendar(found))
        click.echo(calendar, err=True)

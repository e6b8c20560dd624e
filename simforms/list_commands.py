"""The commands that tell what there is: documents, carriers, languages, doctor."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from simforms import clock
from simforms.errors import SimformsError
from simforms.telling import spoken, told

_language = click.option(
    "-l",
    "--language",
    default="",
    metavar="LANGUAGE",
    help="The language to tell it in.",
)


@click.command()
@click.argument("name", required=False, metavar="[DOCUMENT]")
@told
def documents(name: str | None) -> None:
    """List the kinds of document, or describe one.

    Example: simforms documents refund-request
    """
    from simforms.catalogs import MAIN, translate  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.content import content  # noqa: PLC0415
    from simforms.documents import document  # noqa: PLC0415
    from simforms.documents import documents as known  # noqa: PLC0415

    if not name:
        for kind in known(content()).values():
            when = ", ".join((*kind.routes, *kind.occasions, *kind.fits)) or "-"
            click.echo(f"{kind.name:24}{kind.title} ({translate(content(), MAIN, kind.title)}); {when}")
        return
    kind = document(content(), name)
    click.echo(f"{kind.title} ({translate(content(), MAIN, kind.title)})\n{kind.purpose}\n")
    for title, names in (
        ("ways", kind.routes),
        ("when", kind.occasions),
        ("fields", kind.fits),
        ("needs", kind.needs),
        ("can use", kind.uses),
    ):
        if names:
            click.echo(f"{title:9}{' '.join(names)}")
    for sheet in kind.sheets:
        click.echo(f"sheet    {sheet.label}: {sheet.todo}" if sheet.label else f"sheet    {sheet.todo}")
    click.echo(f"pages    at most {kind.pages}")


@click.command()
@click.argument("name", required=False, metavar="[CARRIER]")
@_language
@click.option("--check", is_flag=True, help="Check every record; exit 1 if one is wrong.")
@click.option("--stale", is_flag=True, help="List the facts to look up again, oldest first.")
@click.option("--new", "slug", metavar="SLUG", help="Write an empty record to fill in.")
@told
def carriers(name: str | None, language: str, check: bool, stale: bool, slug: str | None) -> None:
    """List the carriers, or tell what is known of one, with sources.

    Example: simforms carriers au
    """
    from simforms import directory  # noqa: PLC0415 - `--help` does not pay for it

    today = clock.today()
    if slug:
        click.echo(directory.new_record(slug))
    elif check:
        wrong = directory.wrong(today)
        click.echo("\n".join(map(str, wrong)) if wrong else "every record is in order")
        sys.exit(any(one.severity == "error" for one in wrong))
    elif stale:
        click.echo("\n".join(directory.stale(today)))
    else:
        click.echo("\n".join(directory.described(name, spoken(language), today) if name else directory.listed()))


@click.command()
@told
def languages() -> None:
    """List the languages that can stand beside the Japanese.

    Example: simforms languages
    """
    from simforms.catalogs import languages as known  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.content import content  # noqa: PLC0415

    for code, name in known(content()).items():
        click.echo(f"{code:12}{name}")


@click.command()
@click.option(
    "-o",
    "--output",
    "folder",
    default=Path(),
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="The folder papers are to go to.",
)
@told
def doctor(folder: Path) -> None:
    """Say what works on this machine, and the remedy for what does not.

    Example: simforms doctor
    """
    from simforms.content import content  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.doctor import look  # noqa: PLC0415

    faults = 0
    for finding in look(content(), folder):
        click.echo(f"{'FAULT' if finding.fault else 'fine '}  {finding.name}")
        if finding.fault:
            faults += 1
            click.echo(f"       {finding.fault}\n       remedy: {finding.remedy}")
    sys.exit(SimformsError.exit_code if faults else 0)

"""The commands that list what there is: documents, carriers, languages; and doctor, which checks this machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simforms import clock
from simforms.cli import completion
from simforms.cli.command import Command
from simforms.cli.options import output_language_option, refuse_without
from simforms.cli.output import encoding, show, show_lines
from simforms.cli.ui_language import translated, ui_language
from simforms.errors import CommandLineError, SimformsError
from simforms.language.columns import GAP, display_width, pad, table_lines, wrap
from simforms.messages import Message, say

if TYPE_CHECKING:
    from simforms.knowledge.documents import Document

WIDEST = 100
"""Columns of the output of `doctor`."""


@click.command(cls=Command)
@click.argument("name", required=False, metavar="[DOCUMENT]", shell_complete=completion.documents)
def documents(name: str | None) -> None:
    """List the kinds of document, or describe one.

    Example: simforms documents refund-request
    """
    from simforms.knowledge.content import content  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.knowledge.documents import document  # noqa: PLC0415
    from simforms.knowledge.documents import documents as known  # noqa: PLC0415

    if name:
        show_lines(_described(document(content(), name)))
    else:
        show_lines(table_lines((kind.name, _title(kind)) for kind in known(content()).values()))


def _title(kind: Document) -> str:
    """Return a document's title in the UI language, and in Japanese."""
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.language.catalogs import JAPANESE, translate  # noqa: PLC0415 - `--help` does not pay for it

    own, japanese = translated(say(kind.title)), translate(content(), JAPANESE, kind.title)
    return own if own == japanese else f"{own} ({japanese})"


def _described(kind: Document) -> Iterator[str]:
    from simforms.knowledge.content import content  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.knowledge.vocabulary import vocabulary  # noqa: PLC0415
    from simforms.planning.ways import NAMES  # noqa: PLC0415

    words = vocabulary(content())
    yield from (_title(kind), translated(say(kind.purpose)), "")
    rows = [(translated(say("Methods")), translated(NAMES[way])) for way in kind.channels]
    needs = [(name, words[name]) for name in kind.needs if name in words]
    rows += [(translated(say("Required fields")), f"{name}  {translated(say(field.label))}") for name, field in needs]
    rows += [(translated(say("Optional fields")), " ".join((*kind.asked, *kind.uses)))] if kind.asked or kind.uses else []
    rows += [
        (translated(say("Sheets")), " – ".join(translated(say(text)) for text in (one.label, one.todo) if text))
        for one in kind.sheets
    ]
    rows.append((translated(say("Pages")), translated(say("at most %(count)s", count=kind.pages))))
    yield from table_lines(
        ("" if number and row[0] == rows[number - 1][0] else row[0], row[1]) for number, row in enumerate(rows)
    )


@click.command(cls=Command)
@click.argument("name", required=False, metavar="[CARRIER]", shell_complete=completion.carriers)
@output_language_option
@click.option("--check", is_flag=True, help="Check every record. The exit code is 1 if one is wrong.")
@click.option("--due", is_flag=True, help="List the facts to check again, those about money first.")
@click.option(
    "--html",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="With --due: save the list as a page to work through in a browser.",
)
@click.option(
    "--confirm",
    nargs=3,
    type=str,
    metavar="CARRIER FACT same|changed|gone",
    help="Write what you found on a page into the record (--page, --seen).",
)
@click.option("--page", default="", metavar="ADDRESS", help="With --confirm: address of the page that you read.")
@click.option("--seen", default="", metavar="DATE", help="With --confirm: date on which you read it.")
@click.option(
    "--report",
    is_flag=False,
    flag_value="*",
    default="",
    metavar="[FACT]",
    help="Write a text for reporting a wrong fact.",
)
@click.option("--new", "slug", metavar="SLUG", help="Write an empty record to fill in.")
def carriers(  # noqa: PLR0913, PLR0917 - one option each
    name: str | None,
    language: str,
    check: bool,
    due: bool,
    html: Path | None,
    confirm: tuple[str, str, str] | None,
    page: str,
    seen: str,
    report: str,
    slug: str | None,
) -> None:
    """List the carriers, or show what is known about one, with sources.

    Example: simforms carriers au
    """
    from simforms.cli import carrier_listing, carrier_upkeep  # noqa: PLC0415 - `--help` does not pay for it

    today = clock.today()
    refuse_without(confirm, "--confirm", {"--page": page, "--seen": seen})
    refuse_without(due, "--due", {"--html": html})
    if slug:
        show(carrier_upkeep.new_record(slug))
    elif check:
        wrong = carrier_upkeep.wrong(today)
        show_lines(wrong or [translated(say("every record is correct"), language)])
        sys.exit(any(one.severity == "error" for one in wrong))
    elif due and html:
        carrier_upkeep.write_due_page(html, today)
        show(html)
    elif due:
        show_lines(table_lines(carrier_upkeep.due_table(today)))
    elif confirm:
        show_lines(carrier_upkeep.confirm(carrier_upkeep.Confirmation(*confirm, page, seen), today).split("\n"))
    elif report:
        if not name:
            raise CommandLineError(say("give the carrier: simforms carriers NAME --report"))
        show_lines(carrier_upkeep.report(name, report.strip("*")).split("\n"))
    elif name:
        show_lines(carrier_listing.described(name, ui_language(language), today))
    else:
        show_lines(carrier_listing.listed(ui_language(language), today))


@click.command(cls=Command)
@click.argument("name", required=False, metavar="[SERVICE]", shell_complete=completion.services)
@output_language_option
def services(name: str | None, language: str) -> None:
    """List services that are tied to a phone number, or show how to change the number of one, with sources.

    Example: simforms services line
    """
    from simforms.cli import carrier_listing  # noqa: PLC0415 - `--help` does not pay for it

    shown, today = ui_language(language), clock.today()
    found = carrier_listing.service_described(name, shown, today) if name else carrier_listing.services_listed(shown, today)
    show_lines(found)


@click.command(cls=Command)
def languages() -> None:
    """List the languages that can be printed beside the Japanese. `--ui` also accepts them, and ja.

    Example: simforms languages
    """
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.language.catalogs import companion_languages as known  # noqa: PLC0415 - `--help` does not pay for it

    show_lines(table_lines(known(content()).items()))


@click.command(cls=Command)
@click.option(
    "-o",
    "--output",
    "folder",
    default=Path(),
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Folder that the papers will be saved in.",
)
def doctor(folder: Path) -> None:
    """Check what works on this computer, and show how to fix what does not.

    Example: simforms doctor
    """
    from simforms.cli.doctor import checks  # noqa: PLC0415 - `--help` does not pay for it

    found = list(checks(folder, encoding(), clock.today()))
    for finding, line in zip(found, _aligned([(translated(one.name), _text(one.what)) for one in found]), strict=True):
        show_lines(f"{_MARKS[finding.kind]} {line}".split("\n"))
        if finding.remedy:
            show(f"  {translated(say('To fix it: %(command)s', command=finding.remedy))}")
    sys.exit(SimformsError.exit_code if any(one.kind == "fault" for one in found) else 0)


def _text(what: Message | str) -> str:
    return translated(what) if isinstance(what, Message) else what


_MARKS = {"fine": "+", "note": "-", "fault": "!"}


def _aligned(rows: list[tuple[str, str]]) -> Iterator[str]:
    """Yield each row as one text: its name, then the result, wrapped in a column of its own."""
    first = max(display_width(name) for name, _ in rows) + GAP
    for name, what in rows:
        yield pad(name, first) + f"\n{' ' * (first + 2)}".join(wrap(what, WIDEST - first - 2))

"""The arguments and options that several commands share: cases, documents, language, `--set`, folder, packet, resolution."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from simforms import clock
from simforms.cli import completion
from simforms.cli.ui_language import use_as_ui_language
from simforms.errors import CommandLineError
from simforms.messages import say
from simforms.pdf.pictures import DEFAULT_DPI, HIGHEST_DPI, LOWEST_DPI

cases_argument = click.argument("cases", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="CASE...")


document_option = click.option(
    "-d",
    "--document",
    "wanted",
    multiple=True,
    metavar="DOCUMENT",
    shell_complete=completion.documents,
    help="Document to print. Repeat the option for more than one. Default: chosen from the case.",
)


language_option = click.option(
    "-l",
    "--language",
    default="",
    metavar="LANGUAGE",
    shell_complete=completion.languages,
    help="Second language on the papers, beside Japanese. Overrides the one in the case.",
)


output_language_option = click.option(
    "-l",
    "--language",
    default="",
    metavar="LANGUAGE",
    callback=use_as_ui_language,
    shell_complete=completion.ui_languages,
    help="Language of the output.",
)


Overrides = Sequence[tuple[str, str]]
"""Texts by the names of their fields, which override those of a case: what `--set` says."""


def _parse_overrides(_: click.Context, __: click.Parameter, typed: Sequence[str]) -> Overrides:
    """Return what `--set` says. Raises CommandLineError for one without a name or without a value."""
    pairs = [tuple(part.strip() for part in one.split("=", 1)) for one in typed]
    if any(len(pair) != 2 or not pair[0] for pair in pairs):  # noqa: PLR2004 - a name and a value
        raise CommandLineError(say("write `--set` with a name and a value, e.g. `--set line.card=esim`"))
    return [(name, value) for name, value in pairs]


set_option = click.option(
    "--set",
    "overrides",
    multiple=True,
    metavar="NAME=VALUE",
    callback=_parse_overrides,
    help="Set a value, e.g. `line.card=esim`. It overrides the one in the case. Other users of this "
    "computer can see a command line.",
)


def refuse_without(given: object, other: str, options: Mapping[str, object]) -> None:
    """Raise CommandLineError for an option that only means something together with another one, which is not given."""
    for option, value in options.items():
        if value and not given:
            raise CommandLineError(say("`%(option)s` can only be used with `%(other)s`", option=option, other=other))


def _moment(_: click.Context, __: click.Parameter, typed: str | None) -> clock.Now | None:
    """Return the moment that `--at` says."""
    if typed is None:
        return None
    try:
        return clock.written(typed)
    except ValueError:
        what = say("`--at %(typed)s` is not a date and time; write it in Japan time, e.g. `--at 2027-07-20T19:30`", typed=typed)
        raise CommandLineError(what) from None


at_option = click.option(
    "--at",
    "moment",
    metavar="TIME",
    callback=_moment,
    help="Date and time that the plan is made for, in Japan time, e.g. `2027-07-20T19:30`. A date alone "
    "leaves the time open. Default: now.",
)


folder_option = click.option(
    "-o",
    "--output",
    "folder",
    default=Path(),
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Folder for the papers. Default: the current folder.",
)


packet_option = click.option(
    "--packet", is_flag=True, help="Make one file for printing, with a cover that says what to do with each sheet."
)


dpi_option = click.option(
    "--dpi",
    type=click.IntRange(LOWEST_DPI, HIGHEST_DPI),
    metavar="NUMBER",
    default=DEFAULT_DPI,
    show_default=True,
    help="Resolution of pictures, in dots per inch.",
)

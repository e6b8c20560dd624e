"""The commands that show and print papers: preview, open, print."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import click

from simforms.cli.command import Command
from simforms.cli.make_papers import prepare_papers, save_papers
from simforms.cli.options import cases_argument, document_option, dpi_option, folder_option, language_option, packet_option
from simforms.cli.output import show
from simforms.cli.usage_errors import require_file
from simforms.errors import CommandLineError
from simforms.messages import say
from simforms.papers.files import SUFFIXES, OutputFormat


@click.command(cls=Command)
@cases_argument
@document_option
@language_option
@folder_option
@packet_option
@dpi_option
@click.option("--unmask", is_flag=True, help="Show account and identity document numbers, which are otherwise masked.")
@click.option("--open", "shown", is_flag=True, help="Open the pictures with the system's viewer.")
def preview(  # noqa: PLR0913, PLR0917 - one parameter for each option
    cases: Sequence[Path],
    wanted: Sequence[str],
    language: str,
    folder: Path,
    packet: bool,
    dpi: int,
    unmask: bool,
    shown: bool,
) -> None:
    """Make a picture of each page to look at. The files are listed on stdout.

    Example: simforms preview my.yaml -o out --open
    """
    found = prepare_papers(cases, wanted, language, OutputFormat("png", packet=packet, dpi=dpi), masked=not unmask)
    made = save_papers(found, folder)
    if shown:
        _show(made)


def _is_paper(path: Path) -> bool:
    return path.suffix.lower().removeprefix(".") in SUFFIXES.values()


@click.command("open", cls=Command)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE|CASE...")
@document_option
@language_option
@folder_option
@packet_option
def open_files(files: Sequence[Path], wanted: Sequence[str], language: str, folder: Path, packet: bool) -> None:
    """Open papers with the system's viewer. If you give a case, its papers are made first and listed on stdout.

    Example: simforms open out/*.pdf
    """
    ready = [path for path in files if _is_paper(path)]
    cases = [path for path in files if path not in ready]
    for path in ready:  # a missing one is reported before anything is made
        require_file(path)
    made = save_papers(prepare_papers(cases, wanted, language, OutputFormat(packet=packet)), folder) if cases else []
    _show([*ready, *made])


def _show(paths: Sequence[Path]) -> None:
    from simforms.cli import viewer  # noqa: PLC0415 - `--help` does not pay for it

    for path in paths:
        viewer.show(path, os.environ)


@click.command("print", cls=Command)
@cases_argument
@document_option
@language_option
@packet_option
@click.option("--duplex", is_flag=True, help="With `--packet`: start each paper on a new sheet, for printing on both sides.")
@click.option("--copies", type=click.IntRange(1, 99), metavar="NUMBER", default=1, show_default=True, help="Number of copies.")
@click.option(
    "--printer",
    default="",
    metavar="NAME",
    help="Name of the printer, as listed by `lpstat -e`. Default: the system's default printer.",
)
def print_cases(  # noqa: PLR0913, PLR0917 - one parameter for each option
    cases: Sequence[Path], wanted: Sequence[str], language: str, packet: bool, duplex: bool, copies: int, printer: str
) -> None:
    """Send the papers of cases to a printer, through the system's printing service (CUPS). The jobs are listed on stdout.

    Example: simforms print my.yaml --packet --duplex
    """
    from simforms.cli.printer import PrintOptions, find_lp, send  # noqa: PLC0415 - `--help` does not pay for it

    if duplex and not packet:
        raise CommandLineError(say("`--duplex` can be used only with `--packet`"))
    find_lp(os.environ)  # a missing program is reported before anything is made
    found = prepare_papers(cases, wanted, language, OutputFormat(packet=packet, duplex=duplex))
    options = PrintOptions(printer, copies, duplex)
    for title, body in [(paper.plan.reference, paper.make_body()) for paper in found]:
        show(send(body, title, options, os.environ))

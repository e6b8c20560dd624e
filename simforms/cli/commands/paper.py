"""The commands that make, verify and delete papers: render, verify, forget."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from simforms import clock
from simforms.cli.command import Command
from simforms.cli.make_papers import prepare_papers, save_papers
from simforms.cli.options import (
    Overrides,
    cases_argument,
    document_option,
    dpi_option,
    folder_option,
    language_option,
    output_language_option,
    packet_option,
    set_option,
)
from simforms.cli.output import report, show
from simforms.cli.plans import plan_cases
from simforms.cli.ui_language import translated, ui_option
from simforms.cli.usage_errors import require_file
from simforms.errors import CommandLineError
from simforms.messages import say
from simforms.papers.files import SUFFIXES, OutputFormat

if TYPE_CHECKING:
    from simforms.cli.sandbox import Order


@click.command(cls=Command)
@click.argument("cases", nargs=-1, type=click.Path(path_type=Path), metavar="[CASE...]")
@document_option
@language_option
@set_option
@folder_option
@click.option("--format", "form", type=click.Choice(list(SUFFIXES)), default="pdf", show_default=True, help="File format.")
@dpi_option
@click.option(
    "--blank", is_flag=True, help="Leave blank what the case does not give, to fill in by hand. You do not need a case."
)
@packet_option
@click.option("--duplex", is_flag=True, help="With `--packet`: start each paper on a new sheet, for printing on both sides.")
@click.option("--mask", is_flag=True, help="Make a preview: account and identity document numbers are masked.")
@click.option(
    "--encrypt", is_flag=True, help="Lock the PDF files with a password (AES-256). You type it, or it is read from a file."
)
@click.option(
    "--password-file",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE",
    help="File with the password in its first line.",
)
@click.option(
    "--content",
    "foreign",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="Folder with your own templates and catalogues, used before the built-in ones. They run separately, with limits.",
)
def render(  # noqa: PLR0913, PLR0917 - one parameter for each option
    cases: Sequence[Path],
    wanted: Sequence[str],
    language: str,
    overrides: Overrides,
    folder: Path,
    form: str,
    dpi: int,
    blank: bool,
    packet: bool,
    duplex: bool,
    mask: bool,
    encrypt: bool,
    password_file: Path | None,
    foreign: Path | None,
) -> None:
    """Print the papers of cases. The files are listed on stdout.

    Example: simforms render my.yaml -o out
    """
    for wrong, why in (
        (
            not cases and not overrides and not (blank and wanted),
            say("give a case, or use `--blank` and choose a document with -d"),
        ),
        (packet and form not in {"pdf", "png"}, say("`--packet` makes a PDF file, or pictures with `--format png`")),
        (duplex and not packet, say("`--duplex` can be used only with `--packet`")),
        (encrypt and form != "pdf", say("`--encrypt` works only with PDF files; leave out `--format`")),
        (encrypt and foreign, say("`--encrypt` cannot be used with `--content`")),
        (password_file and not encrypt, say("`--password-file` can be used only with `--encrypt`")),
    ):
        if wrong:
            raise CommandLineError(why)
    if foreign:
        from simforms.cli.sandbox import Order  # noqa: PLC0415 - `--help` does not pay for it

        paths, how = tuple(str(path.absolute()) for path in cases), OutputFormat(form, packet, duplex, dpi)
        _render_in_sandbox(
            foreign, folder, Order(paths, tuple(wanted), language, tuple(overrides), how, blank, mask, ui_option())
        )
    finish = _lock(password_file) if encrypt else bytes
    found = prepare_papers(
        cases, wanted, language, OutputFormat(form, packet, duplex, dpi), overrides=overrides, blank=blank, masked=mask
    )
    save_papers(found, folder, finish)


def _lock(password_file: Path | None) -> Callable[[bytes], bytes]:
    """Return what locks the files with a password that was read or typed. Raises as `chosen_password`."""
    from simforms.cli.passwords import chosen_password  # noqa: PLC0415 - only who asks for it pays for it
    from simforms.pdf.encryption import encrypt  # noqa: PLC0415

    return partial(encrypt, password=chosen_password(password_file))


def _render_in_sandbox(content_folder: Path, folder: Path, order: Order) -> NoReturn:
    """Render with the templates of somebody else, in a process of its own."""
    from simforms.cli.sandbox import print_foreign  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.knowledge.content import content  # noqa: PLC0415
    from simforms.papers.files import save_made  # noqa: PLC0415

    printed = print_foreign(content_folder, content(), order)
    for line in printed.told.splitlines():
        report(line)
    for path in save_made(folder, printed.files):
        show(path)
    sys.exit(printed.code)


@click.command(cls=Command)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE...")
@output_language_option
def verify(files: Sequence[Path], language: str) -> None:
    """Check whether papers are unaltered, and whether the facts in them are still valid.

    Example: simforms verify out/*.pdf
    """
    from simforms.papers.manifest import LIMIT_OF_VERIFYING, verify  # noqa: PLC0415 - `--help` does not pay for it

    for path in files:
        require_file(path)
    found = [(path, *verify(path, clock.today())) for path in files]
    for path, _, message in found:
        show(f"{path}: {translated(message, language)}")
    if any(fine for _, fine, _ in found):
        report(f"simforms: {translated(LIMIT_OF_VERIFYING, language)}")
    sys.exit(any(not fine for _, fine, _ in found))


@click.command(cls=Command)
@cases_argument
@folder_option
def forget(cases: Sequence[Path], folder: Path) -> None:
    """Delete the papers made from cases, and their manifests. The cases are kept.

    Example: simforms forget my.yaml -o out
    """
    from simforms.cases.written_case import read_case  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.knowledge.content import content  # noqa: PLC0415 - the same
    from simforms.papers import files  # noqa: PLC0415 - the same
    from simforms.planning.several_lines import references  # noqa: PLC0415 - the same

    changed = []
    plan_cases(cases, (), "", needs_papers=False)  # a case that is wrong is reported before anything is removed
    for owner in [one for case in cases for one in references(content(), read_case(case))]:
        for path, removed in files.forget(folder, *owner):
            if removed:
                show(path)
            else:
                changed.append(path)
        for path in files.undecided(folder, owner[0]):
            what = say("%(document)s: %(why)s", document=path, why=say("its manifest cannot be read"))
            report(f"simforms: {translated(what)}")
    for path in changed:
        what = say("%(file)s was changed after it was made; if you do not need it, delete it yourself", file=path)
        report(f"simforms: {translated(what)}")
    sys.exit(bool(changed))

"""The commands that work on papers: render, verify, forget."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import click

from simforms import clock
from simforms.cli.command import Command
from simforms.cli.failures import told
from simforms.cli.make_papers import kept, told_papers
from simforms.cli.options import (
    Answers,
    cases_argument,
    dpi_option,
    folder_option,
    language_option,
    packet_option,
    set_option,
    told_in_option,
    wanted_option,
)
from simforms.cli.plans import plans
from simforms.cli.voice import asked, said
from simforms.errors import CommandLineError
from simforms.messages import say
from simforms.papers.files import SUFFIXES, OutputFormat


@click.command(cls=Command)
@click.argument("cases", nargs=-1, type=click.Path(path_type=Path), metavar="[CASE...]")
@wanted_option
@language_option
@set_option
@folder_option
@click.option("--format", "form", type=click.Choice(list(SUFFIXES)), default="pdf", show_default=True, help="The kind of file.")
@dpi_option
@click.option("--blank", is_flag=True, help="Leave open what the case does not give, to fill in by hand. A case is not needed.")
@packet_option
@click.option("--duplex", is_flag=True, help="With `--packet`: begin each paper on a fresh sheet, for printing on both sides.")
@click.option("--mask", is_flag=True, help="A preview: the numbers of accounts and identity documents are masked.")
@click.option("--encrypt", is_flag=True, help="Lock the PDF files with a password (AES-256), asked for or read from a file.")
@click.option(
    "--password-file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE", help="Its first line."
)
@click.option(
    "--content",
    "foreign",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    metavar="FOLDER",
    help="Templates and catalogs of your own, laid over ours. They run apart, with limits.",
)
@told
def render(  # noqa: PLR0913, PLR0917 - one parameter for each option
    cases: Sequence[Path],
    wanted: Sequence[str],
    language: str,
    given: Answers,
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
    """Print the papers of cases. The files made are listed on stdout.

    Example: simforms render my.yaml -o out
    """
    for wrong, told_as in (
        (not cases and not given and not (blank and wanted), say("name a case, or `--blank` and a document with -d")),
        (packet and form not in {"pdf", "png"}, say("`--packet` makes a PDF file, or pictures with `--format png`")),
        (duplex and not packet, say("`--duplex` goes with `--packet`")),
        (encrypt and form != "pdf", say("`--encrypt` locks PDF files; leave `--format` out")),
        (encrypt and foreign, say("`--encrypt` does not go with `--content`")),
    ):
        if wrong:
            raise CommandLineError(told_as)
    if foreign:
        flags = [name for name, on in (("--blank", blank), ("--packet", packet), ("--duplex", duplex), ("--mask", mask)) if on]
        chosen = [part for name in wanted for part in ("-d", name)] + (["-l", language] if language else [])
        chosen += [part for name, value in given for part in ("--set", f"{name}={value}")]
        chosen += ["--ui", asked()] if asked() else []
        _foreign(foreign, folder, [*map(str, map(Path.resolve, cases)), *chosen, "--format", form, "--dpi", str(dpi), *flags])
        return
    password = _password(password_file) if encrypt else ""
    found = told_papers(cases, wanted, language, OutputFormat(form, packet, duplex, dpi), given=given, blank=blank, masked=mask)
    kept(found, folder, partial(_locked, password=password))


def _foreign(content_folder: Path, folder: Path, arguments: Sequence[str]) -> None:
    """Print with somebody else's templates, in a process of their own."""
    from simforms.cli.sandbox import print_foreign  # noqa: PLC0415
    from simforms.knowledge.content import content  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.papers.manifest import SUFFIX  # noqa: PLC0415
    from simforms.write import write  # noqa: PLC0415

    with print_foreign(content_folder, content(), arguments) as (code, files):
        for path in files if code == 0 else ():
            write(folder / path.name, path.read_bytes())
            if not path.name.endswith(SUFFIX):
                click.echo(folder / path.name)
    sys.exit(code)


def _password(path: Path | None) -> str:
    """Return the first line of a file, else what is typed: never a part of the command line, which others can see."""
    if path:
        return path.read_text(encoding="utf-8").partition("\n")[0]
    typed, again = (
        str(click.prompt(said(text), hide_input=True, err=True)) for text in (say("Password"), say("The password once more"))
    )
    if typed != again:
        raise CommandLineError(say("the two passwords differ"))
    return typed


def _locked(body: bytes, password: str) -> bytes:
    if not password:
        return body
    from simforms.pdf.encryption import encrypt  # noqa: PLC0415 - only who asks for it pays for it

    return encrypt(body, password)


@click.command(cls=Command)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE...")
@told_in_option
@told
def verify(files: Sequence[Path], language: str) -> None:
    """Say of papers whether they are as they were made, and whether the facts they rest on still hold.

    Example: simforms verify out/*.pdf
    """
    from simforms.papers.manifest import verify  # noqa: PLC0415 - `--help` does not pay for it

    found = [(path, *verify(path, clock.today())) for path in files]
    for path, _, message in found:
        click.echo(f"{path}: {said(message, language)}")
    sys.exit(any(not fine for _, fine, _ in found))


@click.command(cls=Command)
@cases_argument
@folder_option
@told
def forget(cases: Sequence[Path], folder: Path) -> None:
    """Remove the papers that were made of cases, with their manifests. The cases themselves stay.

    Example: simforms forget my.yaml -o out
    """
    from simforms.papers.manifest import manifest_path  # noqa: PLC0415 - `--help` does not pay for it

    for plan in plans(cases, (), "", needs_papers=False):
        for path in sorted(folder.glob(f"{plan.reference}-*")):
            if manifest_path(path).exists():
                manifest_path(path).unlink()
                path.unlink()
                click.echo(path)

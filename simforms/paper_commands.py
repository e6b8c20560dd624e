"""The commands that work on papers: render, verify, forget."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from simforms import clock
from simforms.cases import (
    Answers,
    cases_argument,
    doubts,
    folder_option,
    language_option,
    plans,
    set_option,
    told_with_papers,
    wanted_option,
)
from simforms.telling import say_in, spoken, tell_problems, told

if TYPE_CHECKING:
    from simforms.documents import Document
    from simforms.plan import Plan

SUFFIXES = {"pdf": "pdf", "html": "html", "text": "txt"}


@click.command()
@click.argument("cases", nargs=-1, type=click.Path(path_type=Path), metavar="[CASE...]")
@wanted_option
@language_option
@set_option
@folder_option
@click.option("--format", "form", type=click.Choice(list(SUFFIXES)), default="pdf", show_default=True)
@click.option("--blank", is_flag=True, help="Leave open what the case does not give, to fill in by hand. A case is not needed.")
@click.option("--packet", is_flag=True, help="One file for the printer, with a cover that says what to do with each sheet.")
@click.option("--duplex", is_flag=True, help="With --packet: begin each paper on a fresh sheet, for printing on both sides.")
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
    from simforms.manifest import beside, manifest  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.write import write  # noqa: PLC0415

    if not cases and not given and not (blank and wanted):
        raise click.UsageError("name a case, or --blank and a document with -d")
    for both, told_as in (
        (packet and form != "pdf", "--packet makes a PDF file; leave --format out"),
        (duplex and not packet, "--duplex goes with --packet"),
        (encrypt and form != "pdf", "--encrypt locks PDF files; leave --format out"),
        (encrypt and foreign, "--encrypt does not go with --content"),
    ):
        if both:
            raise click.UsageError(told_as)
    if foreign:
        flags = [
            name for name, given in (("--blank", blank), ("--packet", packet), ("--duplex", duplex), ("--mask", mask)) if given
        ]
        chosen = [part for name in wanted for part in ("-d", name)] + (["-l", language] if language else [])
        chosen += [part for name, value in given for part in ("--set", f"{name}={value}")]
        _foreign(foreign, folder, [*map(str, map(Path.resolve, cases)), *chosen, "--format", form, *flags])
        return
    password = _password(password_file) if encrypt else ""
    bodies: dict[Path, tuple[Plan, tuple[str, ...], Callable[[], bytes]]] = {}
    for case, found in zip(cases or [Path()], plans(cases, wanted, language, given=given, blank=blank), strict=True):
        plan = dataclasses.replace(found, masked=mask)
        doubtful = [problem for problem in doubts(plan) if problem.severity != "note"]
        tell_problems((*doubtful, *told_with_papers(case, plan)), plan.language)
        for name, names, body in _bodies(plan, form, packet=packet, duplex=duplex):
            path = folder / f"{plan.reference or 'blank'}-{name}-{plan.language}.{SUFFIXES[form]}"
            if path in bodies:
                raise click.UsageError(
                    f"{case}: two of the cases have the reference {plan.reference}; print them into different folders"
                )
            bodies[path] = plan, names, body
    made = {path: _locked(body(), password) for path, (_, _, body) in bodies.items()}
    for path, (plan, names, _) in bodies.items():
        write(path, made[path])
        write(beside(path), manifest(plan, names, made[path]))
        click.echo(path)


def _foreign(content_folder: Path, folder: Path, arguments: Sequence[str]) -> None:
    """Print with somebody else's templates, in a process of their own."""
    from simforms.content import content  # noqa: PLC0415 - `--help` does not pay for it
    from simforms.foreign import print_foreign  # noqa: PLC0415
    from simforms.manifest import SUFFIX  # noqa: PLC0415
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
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))


def _locked(body: bytes, password: str) -> bytes:
    if not password:
        return body
    from simforms.lock import locked  # noqa: PLC0415 - only who asks for it pays for it

    return locked(body, password)


def _bodies(plan: Plan, form: str, *, packet: bool, duplex: bool) -> Iterator[tuple[str, tuple[str, ...], Callable[[], bytes]]]:
    """Yield the name of each file of a plan, the documents in it, and what makes its content."""
    if packet and plan.documents:
        from simforms.printing import packet as bound  # noqa: PLC0415 - the same

        yield "packet", tuple(kind.name for kind in plan.documents), partial(bound, plan, duplex=duplex)
    elif not packet:
        for kind in plan.documents:
            yield kind.name, (kind.name,), partial(_body, plan, kind, form)


def _body(plan: Plan, kind: Document, form: str) -> bytes:
    if form == "pdf":
        from simforms.printing import printed  # noqa: PLC0415 - commands that print no PDF never load the engine

        return printed(plan, kind)
    from simforms.render import render as html_of  # noqa: PLC0415 - `--help` does not pay for it

    html = html_of(plan, kind)
    if form == "html":
        return html.encode()
    from simforms.plain_text import plain_text  # noqa: PLC0415 - the same

    return plain_text(html).encode()


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE...")
@language_option
@told
def verify(files: Sequence[Path], language: str) -> None:
    """Say of papers whether they are as they were made, and whether the facts they rest on still hold.

    Example: simforms verify out/*.pdf
    """
    from simforms.manifest import verdict  # noqa: PLC0415 - `--help` does not pay for it

    found = [(path, *verdict(path, clock.today())) for path in files]
    for path, _, message in found:
        click.echo(f"{path}: {say_in(spoken(language), message)}")
    sys.exit(any(not fine for _, fine, _ in found))


@click.command()
@cases_argument
@folder_option
@told
def forget(cases: Sequence[Path], folder: Path) -> None:
    """Remove the papers that were made of cases, with their manifests. The cases themselves stay.

    Example: simforms forget my.yaml -o out
    """
    from simforms.manifest import beside  # noqa: PLC0415 - `--help` does not pay for it

    for plan in plans(cases, (), "", needs_papers=False):
        for path in sorted(folder.glob(f"{plan.reference}-*")):
            if beside(path).exists():
                beside(path).unlink()
                path.unlink()
                click.echo(path)

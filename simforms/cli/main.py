"""The whole command line: all commands. Exit codes: 0 done, 1 correct the case, 2 wrong command line, 3 our fault."""

from __future__ import annotations

import atexit
import gc
import signal
import sys

import click

from simforms import __version__, processes
from simforms.cli.command import Group
from simforms.cli.commands import batch as batch_commands
from simforms.cli.commands import case as case_commands
from simforms.cli.commands import listing as list_commands
from simforms.cli.commands import new as new_command
from simforms.cli.commands import paper as paper_commands
from simforms.cli.commands import shell as help_commands
from simforms.cli.commands import view as viewing_commands


@click.group("simforms", cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="simforms", message="%(prog)s %(version)s", help="Show the version.")
def main() -> None:
    """Print the papers that help you cancel a Japanese SIM, eSIM or data card.

    Start with `simforms new my.yaml`. It asks you questions, shows how to cancel, and prints the papers.

    Exit codes: 0 done, 1 the case needs correcting, 2 wrong command line, 3 a problem in simforms or on this computer.
    """
    processes.settle()
    atexit.register(gc.freeze)  # at the end nothing has to be freed, and a laid-out page is large
    gc.set_threshold(50_000)  # a command is short: collecting garbage 70 times as often takes a tenth of its time
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # what is half made is removed at the end


for command in (
    new_command.new,
    case_commands.check,
    case_commands.plan,
    paper_commands.render,
    viewing_commands.preview,
    viewing_commands.open_files,
    viewing_commands.print_cases,
    batch_commands.batch,
    paper_commands.verify,
    paper_commands.forget,
    list_commands.documents,
    list_commands.carriers,
    list_commands.services,
    list_commands.languages,
    list_commands.doctor,
    help_commands.completion,
    help_commands.man,
):
    main.add_command(command)

"""The command line: exit codes 0 made, 1 correct the case, 2 wrong command line, 3 our fault."""

from __future__ import annotations

import signal
import sys

import click

from simforms import __version__, case_commands, list_commands, new_command, paper_commands


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="simforms")
def main() -> None:
    """Print the papers that help to end a Japanese SIM, eSIM or data card.

    Start with `simforms new my.yaml`: it asks, says which way ends the line, and prints the papers.
    """
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # what is half made is removed on the way out


for command in (
    new_command.new,
    case_commands.check,
    case_commands.plan,
    paper_commands.render,
    paper_commands.verify,
    paper_commands.forget,
    list_commands.documents,
    list_commands.carriers,
    list_commands.languages,
    list_commands.doctor,
):
    main.add_command(command)

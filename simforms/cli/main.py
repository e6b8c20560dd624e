"""The whole command line: all commands. Exit codes: 0 done, 1 correct the case, 2 wrong command line, 3 our fault."""

from __future__ import annotations

import atexit
import gc
import signal
import sys

import click

from simforms import __version__, processes
from simforms.cli.command import CommandTable, Group

_COMMANDS = CommandTable(
    "simforms.cli.commands",
    {
        "new": "new:new",
        "check": "case:check",
        "plan": "case:plan",
        "render": "paper:render",
        "preview": "view:preview",
        "open": "view:open_files",
        "print": "view:print_cases",
        "batch": "batch:batch",
        "verify": "paper:verify",
        "forget": "paper:forget",
        "documents": "listing:documents",
        "carriers": "listing:carriers",
        "services": "listing:services",
        "languages": "listing:languages",
        "doctor": "listing:doctor",
        "completion": "shell:completion",
        "man": "shell:man",
    },
)


@click.group(
    "simforms", cls=Group, commands=_COMMANDS, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="simforms", message="%(prog)s %(version)s", help="Show the version.")
def main() -> None:
    """Print the papers that help you cancel a Japanese SIM, eSIM or data card.

    Start with `simforms new my.yaml`. It asks you questions, shows how to cancel, and prints the papers.

    Exit codes: 0 done, 1 the case needs correcting, 2 wrong command line, 3 a problem in simforms or on this computer.
    """
    processes.settle()
    atexit.register(gc.freeze)  # at the end nothing has to be freed, and a laid-out page is large
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # what is half made is removed at the end

"""Sends PDF files to a printer through `lp`, the program of CUPS."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from simforms import processes
from simforms.errors import SimformsError
from simforms.messages import Message, say
from simforms.pdf import native

SECONDS = 60
INSTALL = {
    "apt-get": "apt-get update && apt-get install -y cups",
    "dnf": "dnf install -y cups",
    "pacman": "pacman -S --noconfirm cups",
}
"""The commands that install `lp`; macOS has it."""


class PrinterError(SimformsError):
    """Nothing was printed; the message says why, and what to do."""


@dataclass(frozen=True)
class PrintOptions:
    """How to print."""

    printer: str = ""
    """Its name in CUPS; without one, the system's own choice."""
    copies: int = 1
    both_sides: bool = False


def find_lp(environment: Mapping[str, str]) -> str:
    """Return the path of `lp`. Raises PrinterError, with the command that installs it."""
    if sys.platform == "win32":
        raise PrinterError(say("you cannot print from here on Windows; show the paper with `simforms open`, and print it there"))
    if found := shutil.which("lp", path=processes.for_programs(environment).get("PATH")):
        return found
    command = native.install_command(INSTALL) or "CUPS"
    raise PrinterError(say("there is no `lp` program for printing; install it with: %(command)s", command=command))


def send(body: bytes, title: str, options: PrintOptions, environment: Mapping[str, str]) -> str:
    """Send a PDF file to a printer, and return the name of the job. The file goes through a pipe: nothing stays on the disk.

    `title` appears in the printer's list of jobs, where others may see it. Raises PrinterError with the answer of the printer.
    """
    command = [
        find_lp(environment),
        *(["-d", options.printer] if options.printer else []),
        "-t",
        title,
        "-n",
        str(options.copies),
    ]
    for option in ("media=A4", "print-scaling=none", "collate=true", f"sides={_SIDES[options.both_sides]}"):
        command += ["-o", option]
    english = {**processes.for_programs(environment), "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
    try:
        done = subprocess.run(command, input=body, env=english, capture_output=True, check=False, timeout=SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise PrinterError(say("the printer does not answer")) from None
    if done.returncode:
        raise PrinterError(_refusal(done.stderr.decode(errors="replace"), options.printer))
    answer = done.stdout.decode(errors="replace")
    job = re.search(r"request id is (\S+)", answer)
    return job[1] if job else answer.strip()


_SIDES = {True: "two-sided-long-edge", False: "one-sided"}
"""Always stated: a printer may turn sheets by itself, and print a copy on the back of the original."""


def _refusal(answer: str, printer: str) -> Message:
    folded = answer.casefold()
    if "no default destination" in folded:
        return say("no printer is chosen; choose one with `--printer` (`lpstat -e` lists the available ones)")
    if "does not exist" in folded and printer:
        return say("there is no printer “%(typed)s” (`lpstat -e` lists the available ones)", typed=printer)
    return say("the printer refused the job: %(answer)s", answer=re.sub(r"^\S*lp: ", "", " ".join(answer.split())))

"""PDF files go to a printer through the system's own program `lp`, that of CUPS."""

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
"""What brings `lp`; macOS has it."""


class PrinterError(SimformsError):
    """Nothing was printed; says why, and what to do."""


@dataclass(frozen=True)
class Order:
    """How to print."""

    printer: str = ""
    """Its name in CUPS; without one, the system's own choice."""
    copies: int = 1
    both_sides: bool = False


def lp(environment: Mapping[str, str]) -> str:
    """Return where the program is that prints. Raises PrinterError, with the command that installs it."""
    if sys.platform == "win32":
        raise PrinterError(say("printing from here is not possible on Windows; `simforms open` shows the paper: print it there"))
    if found := shutil.which("lp", path=processes.for_programs(environment).get("PATH")):
        return found
    command = native.install_command(INSTALL) or "CUPS"
    raise PrinterError(say("there is no program `lp` to print with; install it: %(command)s", command=command))


def send(body: bytes, title: str, order: Order, environment: Mapping[str, str]) -> str:
    """Hand a PDF file to a printer, and return the name of the job. The file goes through a pipe: none is left behind.

    `title` stands in the printer's list and may be seen by others. Raises PrinterError with what the printer answers.
    """
    command = [lp(environment), *(["-d", order.printer] if order.printer else []), "-t", title, "-n", str(order.copies)]
    for option in ("media=A4", "print-scaling=none", "collate=true", f"sides={_SIDES[order.both_sides]}"):
        command += ["-o", option]
    english = {**processes.for_programs(environment), "LC_ALL": "C.UTF-8", "LANGUAGE": ""}
    try:
        done = subprocess.run(command, input=body, env=english, capture_output=True, check=False, timeout=SECONDS)  # noqa: S603
    except subprocess.TimeoutExpired:
        raise PrinterError(say("the printer does not answer")) from None
    if done.returncode:
        raise PrinterError(_why(done.stderr.decode(errors="replace"), order.printer))
    answer = done.stdout.decode(errors="replace")
    found = re.search(r"request id is (\S+)", answer)
    return found[1] if found else answer.strip()


_SIDES = {True: "two-sided-long-edge", False: "one-sided"}
"""Always told: a printer may turn sheets by itself, and put a copy on the back of the original."""


def _why(answer: str, printer: str) -> Message:
    said = answer.casefold()
    if "no default destination" in said:
        return say("no printer is chosen; name one with `--printer` (`lpstat -e` lists those there are)")
    if "does not exist" in said and printer:
        return say("there is no printer “%(typed)s” (`lpstat -e` lists those there are)", typed=printer)
    return say("the printer refuses: %(answer)s", answer=re.sub(r"^\S*lp: ", "", " ".join(answer.split())))

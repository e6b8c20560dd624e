"""Opens files with the viewer of the system."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from simforms import processes
from simforms.errors import SimformsError
from simforms.messages import say

INSTALL = {
    "apt-get": "apt-get update && apt-get install -y xdg-utils",
    "dnf": "dnf install -y xdg-utils",
    "pacman": "pacman -S --noconfirm xdg-utils",
}
"""The commands that install `xdg-open`."""
SECONDS = 5
"""The time a viewer has to fail; one that still runs then is showing the file."""


class ViewerError(SimformsError):
    """A file cannot be shown here; the message says why, and where the file is."""


def program() -> str:
    """Return the name of the program that opens files here; Windows needs none."""
    return "open" if sys.platform == "darwin" else "xdg-open"


def show(path: Path, environment: Mapping[str, str]) -> None:
    """Open a file with the system's viewer. Raises ViewerError."""
    if sys.platform == "win32":
        os.startfile(path)  # noqa: S606 - the system's own way; a file that was named
        return
    if sys.platform != "darwin" and not (environment.get("DISPLAY") or environment.get("WAYLAND_DISPLAY")):
        raise ViewerError(say("there is no screen here to show this file: %(file)s", file=path))
    environment = processes.for_programs(environment)
    found = shutil.which(program(), path=environment.get("PATH"))
    if not found or not _viewer_accepts([found, str(path.resolve())], environment):
        raise ViewerError(say("there is no program here that opens this file; open it yourself: %(file)s", file=path))


def _viewer_accepts(command: list[str], environment: Mapping[str, str]) -> bool:
    """Return whether a viewer accepted the file. It keeps running after us, and prints nothing between our lines."""
    quiet = subprocess.DEVNULL
    viewer = subprocess.Popen(  # noqa: S603 - the system's own way; a file that was named
        command, env=environment, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True
    )
    try:
        return viewer.wait(SECONDS) == 0
    except subprocess.TimeoutExpired:
        return True

"""A real CUPS in a folder of its own, on a port of its own, with a printer that keeps what arrives."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

PROGRAMS = ("cupsd", "lp", "lpadmin", "cupsreject", "cups-exec")
PLACES = ("/usr/sbin", "/usr/lib/cups/daemon", "/usr/libexec/cups/daemon")
"""Where they are, besides on the path."""
CONFIGURATION = """\
Listen {server}
Browsing No
WebInterface No
<Location />
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Location /admin>
  Order allow,deny
  Allow from 127.0.0.1
</Location>
<Policy default>
  <Limit All>
    Order allow,deny
  </Limit>
</Policy>
"""
FOLDERS = {
    "ServerRoot": "root",
    "ServerBin": "programs",
    "CacheDir": "cache",
    "StateDir": "state",
    "RequestRoot": "spool",
    "TempDir": "temporary",
}
LOGS = ("AccessLog", "ErrorLog", "PageLog")
BACKEND = """\
#!/bin/sh
# CUPS gives the number, user, title, copies and options of a job, and its file or the content of that.
[ $# = 0 ] && { echo 'direct folder "Unknown" "folder"'; exit; }
into=${DEVICE_URI#folder:}
printf '%s\\n' "$3" "$4" $5 >"$into/$1.txt"
cat ${6:+"$6"} >"$into/$1.part" && mv "$into/$1.part" "$into/$1.pdf"
"""
"""Keeps the file of job 1 as 1.pdf, and its title, copies and options, one a line, as 1.txt."""


def program(name: str) -> str:
    return shutil.which(name, path=os.pathsep.join([os.environ["PATH"], *PLACES])) or ""


def lacking() -> list[str]:
    """Return what of a CUPS is missing here."""
    return [name for name in PROGRAMS if not program(name)]


@contextmanager
def running(folder: Path, printer: str) -> Iterator[tuple[str, Path]]:
    """Yield the address of the server, and the folder in which its printer keeps what arrives."""
    kept = folder / "arrived"
    for name in (*FOLDERS.values(), "programs/backend", "root/ppd", "arrived"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    backend = folder / "programs" / "backend" / "folder"
    backend.write_text(BACKEND)
    backend.chmod(0o700)  # else CUPS runs it as another user
    (folder / "programs" / "daemon").symlink_to(Path(program("cups-exec")).parent)
    server = f"127.0.0.1:{_free_port()}"
    (folder / "cupsd.conf").write_text(CONFIGURATION.format(server=server))
    places = {name: folder / where for name, where in FOLDERS.items()} | {name: folder / name for name in LOGS}
    (folder / "files.conf").write_text("".join(f"{name} {place}\n" for name, place in places.items()) + "SystemGroup root\n")

    command = [program("cupsd"), "-f", "-c", str(folder / "cupsd.conf"), "-s", str(folder / "files.conf")]
    add = [program("lpadmin"), "-h", server, "-p", printer, "-E", "-v", f"folder:{kept}", "-m", "raw"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as cups:
        try:
            if _confined(cups.pid):
                pytest.skip("no real CUPS was printed on: this system lets cupsd use its own folders only (AppArmor)")
            until(lambda: subprocess.run(add, check=False, capture_output=True).returncode == 0)
            yield server, kept
        finally:
            cups.terminate()


def until(reached: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not reached():
        assert time.monotonic() < end, "it did not come in time"
        time.sleep(0.05)


def _confined(process: int) -> bool:
    try:
        return "(enforce)" in Path(f"/proc/{process}/attr/current").read_text()
    except OSError:
        return False


def _free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])

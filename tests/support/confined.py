"""Run by itself: closes the doors as the process of somebody else's templates does, tries each, and prints which gave way.

Arguments: a folder with `readable/file` and `hidden`, and what to leave out: "kernel", "events" or nothing.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from simforms.cli import kernel, sandbox_child
from simforms.pdf import press


def attempts(place: Path) -> Iterator[tuple[str, Callable[[], object]]]:
    inside, outside, target = place / "readable" / "file", place / "hidden", place / "target"
    yield "read", outside.read_text
    yield "list", lambda: list(place.iterdir())
    yield "write inside", lambda: inside.write_text("y")
    yield "write", lambda: target.write_text("y")
    yield "append", lambda: outside.open("a")
    yield "cut", lambda: os.truncate(outside, 0)
    yield "open to write", lambda: os.open(inside, os.O_RDWR)
    yield "create", lambda: os.open(target, os.O_CREAT)
    yield "remove", outside.unlink
    yield "remove inside", inside.unlink
    yield "rename", lambda: outside.rename(target)
    yield "make a folder", target.mkdir
    yield "link", lambda: target.symlink_to(outside)
    yield "hard link", lambda: target.hardlink_to(inside)
    yield "mode", lambda: outside.chmod(0o777)
    yield "owner", lambda: os.chown(outside, 1, 1)
    yield "time", lambda: os.utime(outside)
    yield "attributes", lambda: os.setxattr(inside, "user.x", b"x")
    yield "fork", os.fork
    yield "start", lambda: subprocess.run(["/bin/true"], check=True)
    yield "become", lambda: os.execv("/bin/true", ["true"])  # noqa: S606 - it must not work
    yield "spawn", lambda: os.posix_spawn("/bin/true", ["true"], {})
    yield "shell", _shell
    yield "connect", lambda: socket.socket().connect(("127.0.0.1", 9))
    yield "connect here", lambda: socket.socket(socket.AF_UNIX).connect("/run/x")
    yield "look up", lambda: socket.getaddrinfo("evil.example", 1)
    yield "signal", lambda: os.kill(os.getppid(), signal.SIGCONT)
    yield "memory of others", lambda: os.open("/proc/1/mem", os.O_RDONLY)
    yield "environment of others", Path("/proc/1/environ").read_bytes
    yield "a terminal", lambda: os.open("/dev/tty", os.O_WRONLY)


def _shell() -> None:
    if os.system("true"):  # noqa: S605 - it must not work
        raise PermissionError


def main(place: Path, without: str) -> None:
    press.preload()
    if without == "kernel":
        kernel.read_only = lambda _: False
        kernel.no_calls = lambda: False
        kernel.limits = lambda _: None
    if without == "events":
        sandbox_child._watch = lambda _: None
    sandbox_child._confine([place / "readable", *sandbox_child._readable(place / "readable", [])])
    assert (place / "readable" / "file").read_text() == "x"
    held, broken = 0, []
    for name, attempt in attempts(place):
        try:
            attempt()
        except OSError:
            held += 1
        else:
            broken.append(name)
    print(held, broken)  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])

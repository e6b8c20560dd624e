"""The process that uses somebody else's templates: it runs `render` after it has given away what templates do not need."""

from __future__ import annotations

import os
import sys
import tempfile
import zoneinfo
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from simforms.cli import sandbox as foreign
from simforms.cli.main import main
from simforms.errors import SimformsError
from simforms.knowledge import content
from simforms.pdf import native
from simforms.pdf import press as pdf

_NEVER = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.kill", "ctypes.dlopen")
_INSIDE = {"os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.truncate"}
"""What is allowed only in the process's own folder."""
_LISTING = {"os.listdir", "os.scandir"}


def _path(name: str | bytes | os.PathLike[str]) -> str:
    return str(Path(os.fsdecode(name)).resolve())


def _under(path: str, *roots: str) -> bool:
    """Return whether a path is one of these or stands in it.

    >>> _under("/a/b", "/a"), _under("/a", "/a"), _under("/ab", "/a")
    (True, True, False)
    """
    return any(path == root or path.startswith(root.rstrip(os.sep) + os.sep) for root in roots)


def _confined(place: Path, readable: Sequence[Path]) -> None:
    """Take away from this process what templates do not need. Only the kernel gives it back."""
    import resource  # noqa: PLC0415 - there is none on Windows

    for limit, most in (
        (resource.RLIMIT_AS, foreign.MEMORY),
        (resource.RLIMIT_CPU, foreign.SECONDS),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_FSIZE, 100 * 1024**2),
    ):
        resource.setrlimit(limit, (most, most))
    tempfile.tempdir = str(place)
    roots = [place, *map(Path, sys.path), Path(__file__).parent.parent, Path("/dev/null"), *map(Path, zoneinfo.TZPATH), *readable]
    allowed = tuple(str(root.resolve()) for root in roots if str(root) not in {"", "."})

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_NEVER):
            raise PermissionError(f"a template may not do this: {event}")
        if event in _INSIDE | _LISTING:
            named = [_path(one) for one in arguments if isinstance(one, str | bytes | os.PathLike)]
            folders = (
                arguments[-2:] if event in {"os.rename", "os.link"} else arguments[-1:]
            )  # they hold one opened before, or -1
            by_folder = event != "os.truncate" and any(isinstance(one, int) and one >= 0 for one in folders)
            if not by_folder and not all(_under(path, *(allowed if event in _LISTING else allowed[:1])) for path in named):
                raise PermissionError(f"a template may not do this: {event}")
        if event == "open" and isinstance(arguments[0], str | bytes | os.PathLike):
            mode, flags = arguments[1], arguments[2]
            writes = bool(mode and set(mode) & set("wax+")) or bool(flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
            if not _under(_path(arguments[0]), *(allowed[:1] if writes else allowed)):
                raise PermissionError("a template may not open this file")

    sys.addaudithook(watch)


def _run() -> None:
    place, *arguments = sys.argv[1:]
    import jpholiday  # noqa: PLC0415, F401 - what is loaded late is loaded before the doors close
    import phonenumbers  # noqa: PLC0415, F401 - the same
    import segno  # noqa: PLC0415, F401 - the same

    content.choose(Path(place) / "content")
    pdf.preload()
    native.pango_version()
    _confined(Path(place), [Path(argument) for argument in arguments if argument.endswith((".yaml", ".yml", ".json"))])
    try:
        main(["render", *arguments])
    except Exception as error:
        print(f"simforms: the templates failed: {type(error).__name__}", file=sys.stderr)  # noqa: T201 - for the person
        sys.exit(SimformsError.exit_code)


if __name__ == "__main__":
    _run()

"""Templates of somebody else are used in a process of their own, which may do little and is killed at its limits.

`print_foreign` copies the folder (no links, nothing large), lays it over our own content, and runs the command `render` again,
as `python -m simforms.cli.sandbox_child`. That process has limits for time, memory and file size; it may read our files, the
copy and the cases, write into its own folder, and open no connection and start no program.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from simforms.errors import SimformsError
from simforms.messages import say

SECONDS = 30
MEMORY = 2 * 1024**3
LARGEST_FILE = 512 * 1024
"""Bytes of a file in a folder of templates."""
MOST_FILES = 500
KINDS = {".j2", ".css", ".toml", ".po"}


class ForeignError(SimformsError):
    """Templates of somebody else were refused or stopped; says why."""


@contextmanager
def print_foreign(folder: Path, content: Path, arguments: Sequence[str]) -> Iterator[tuple[int, list[Path]]]:
    """Yield the exit code of `render` with the templates of `folder`, and the files it made. Raises ForeignError."""
    with tempfile.TemporaryDirectory(prefix="simforms-") as name:
        place = Path(name)
        for own in ("templates", "locales"):
            shutil.copytree(content / own, place / "content" / own)
        _lay_over(folder, place / "content")
        (place / "out").mkdir(mode=0o700)
        command = [sys.executable, "-P", "-m", "simforms.cli.sandbox_child", name, *arguments, "-o", str(place / "out")]
        try:
            done = subprocess.run(command, check=False, timeout=SECONDS, stdout=subprocess.DEVNULL)  # noqa: S603 - ourselves
        except subprocess.TimeoutExpired:
            raise ForeignError(say("the templates took longer than %(count)s seconds and were stopped", count=SECONDS)) from None
        if done.returncode < 0 or done.returncode > SimformsError.exit_code:
            raise ForeignError(say("the templates wanted more time or memory than they may have and were stopped"))
        yield done.returncode, sorted((place / "out").iterdir())


def _lay_over(folder: Path, content: Path) -> None:
    """Copy templates and catalogs over our own; refuse what is none, is a link or is too large."""
    files = [path for own in ("templates", "locales") for path in sorted((folder / own).rglob("*")) if not _is_folder(path)]
    if not files:
        raise ForeignError(say("%(name)s holds no folder `templates` and no folder `locales`", name=folder))
    if len(files) > MOST_FILES:
        raise ForeignError(say("%(name)s holds more than %(count)s files", name=folder, count=MOST_FILES))
    for path in files:
        if path.is_symlink() or not path.is_file():
            raise ForeignError(say("%(name)s: a link or a special file; put the file itself there", name=path))
        if path.suffix not in KINDS:
            raise ForeignError(say("%(name)s: only %(known)s belong there", name=path, known=", ".join(sorted(KINDS))))
        if path.stat().st_size > LARGEST_FILE:
            raise ForeignError(say("%(name)s: larger than %(count)s bytes", name=path, count=LARGEST_FILE))
        target = content / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()

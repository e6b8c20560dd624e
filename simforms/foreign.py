"""Templates of somebody else are used in a process of their own, which may do little and is killed at its limits.

`print_foreign` copies the folder (no links, nothing large), lays it over our own content, and runs the command `render` again,
as `python -m simforms.confined`. That process has limits for time, memory and file size; it may read our files, the copy and the
cases, write into its own folder, and open no connection and start no program.
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
        command = [sys.executable, "-P", "-m", "simforms.confined", name, *arguments, "-o", str(place / "out")]
        try:
            done = subprocess.run(command, check=False, timeout=SECONDS, stdout=subprocess.DEVNULL)  # noqa: S603 - ourselves
        except subprocess.TimeoutExpired:
            raise ForeignError(f"the templates of {folder} took longer than {SECONDS} seconds and were stopped") from None
        if done.returncode < 0 or done.returncode > SimformsError.exit_code:
            raise ForeignError(f"the templates of {folder} wanted more time or memory than they may have and were stopped")
        yield done.returncode, sorted((place / "out").iterdir())


def _lay_over(folder: Path, content: Path) -> None:
    """Copy templates and catalogs over our own; refuse what is none, is a link or is too large."""
    files = [path for own in ("templates", "locales") for path in sorted((folder / own).rglob("*")) if not _is_folder(path)]
    if not files:
        raise ForeignError(f"{folder} holds no folder `templates` and no folder `locales`")
    if len(files) > MOST_FILES:
        raise ForeignError(f"{folder} holds more than {MOST_FILES} files")
    for path in files:
        if path.is_symlink() or not path.is_file():
            raise ForeignError(f"{path}: a link or a special file; put the file itself there")
        if path.suffix not in KINDS:
            raise ForeignError(f"{path}: only {', '.join(sorted(KINDS))} belong there")
        if path.stat().st_size > LARGEST_FILE:
            raise ForeignError(f"{path}: larger than {LARGEST_FILE} bytes")
        target = content / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())


def _is_folder(path: Path) -> bool:
    return path.is_dir() and not path.is_symlink()

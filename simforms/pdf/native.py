"""Finds the native libraries that lay out text (Pango and others), and the commands that install what is missing.

Uses the standard library only, so that `./dev` can run it before anything is installed.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib.util
import os
import shlex
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import cache

LIBRARIES = (
    # name, file on Linux, file on macOS
    ("gobject", "libgobject-2.0.so.0", "libgobject-2.0.dylib"),
    ("pango", "libpango-1.0.so.0", "libpango-1.0.dylib"),
    ("pangoft2", "libpangoft2-1.0.so.0", "libpangoft2-1.0.dylib"),
    ("harfbuzz", "libharfbuzz.so.0", "libharfbuzz.dylib"),
    ("harfbuzz-subset", "libharfbuzz-subset.so.0", "libharfbuzz-subset.dylib"),
    ("fontconfig", "libfontconfig.so.1", "libfontconfig.dylib"),
)
INSTALL = {
    "apt-get": "apt-get update && apt-get install -y --no-install-recommends "
    "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "dnf": "dnf install -y pango",
    "pacman": "pacman -S --noconfirm pango",
    "brew": "brew install pango",
}


def missing_libraries() -> list[str]:
    """Return the libraries that cannot be loaded."""
    return [name for name, linux, macos in LIBRARIES if not _load(linux, macos)]


@cache
def pango_version() -> str | None:
    """Return the version of Pango, such as 1.50.12, or None if it is missing. Line breaks depend on it."""
    library = next(_load(linux, macos) for name, linux, macos in LIBRARIES if name == "pango")
    if library is None:
        return None
    library.pango_version_string.restype = ctypes.c_char_p
    return str(library.pango_version_string().decode())


def _load(linux: str, macos: str) -> ctypes.CDLL | None:
    file = macos if sys.platform == "darwin" else linux
    candidates = [
        file,
        *(f"{folder}/lib/{file}" for folder in ("/opt/homebrew", "/usr/local") if sys.platform == "darwin"),
    ]
    for candidate in candidates:
        with suppress(OSError):
            return ctypes.CDLL(candidate)
    return None


@contextmanager
def find_by_file_name() -> Iterator[None]:
    """Find libraries by their file name only, as the Linux loader does.

    The engine first asks for the names of other systems. Each such search starts a compiler and a linker: that takes time, and
    leaves a file if the process is stopped in the meantime.
    """
    find = ctypes.util.find_library
    if sys.platform == "linux":
        ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = find


def install_command(commands: Mapping[str, str] = INSTALL) -> str:
    """Return the install command for this system's package manager, or "" if it has none of those in `commands`."""
    command = next((command for manager, command in commands.items() if shutil.which(manager)), "")
    if not command or command.startswith("brew") or os.geteuid() == 0:
        return command
    return f"sudo sh -c '{command}'"


def pip_command(*packages: str) -> str:
    """Return the command that installs Python packages next to simforms: with pip if it is there, otherwise with uv."""
    has_pip = importlib.util.find_spec("pip") is not None
    tool = [sys.executable, "-m", "pip", "install"] if has_pip else ["uv", "pip", "install", "--python", sys.executable]
    return shlex.join([*tool, "--force-reinstall", *packages])


if __name__ == "__main__":
    if missing_libraries():
        print(install_command() or f"echo 'simforms: install Pango (missing: {', '.join(missing_libraries())})' >&2; exit 1")  # noqa: T201 - `./dev` reads it

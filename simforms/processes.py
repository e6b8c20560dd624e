"""How a process of ours is set up, and with what it starts others.

Nothing of the current folder is run, no memory reaches a core file, and nothing in the environment changes a paper.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

_LAYOUT = ("FC_", "FONTCONFIG_", "FREETYPE_", "FRIBIDI_", "GIO_", "GI_", "G_", "HB_", "PANGO_")
"""Beginnings of the variables with which text libraries are changed: other folders of faces, other ways to set a line."""
_SAFE_PATH = "PYTHONSAFEPATH"
_LISTS = ("PATH", "PYTHONPATH")
"""Lists of folders in which programs and modules are looked for."""
NO_CORE = 1
"""Bytes. A core file of so few is not written, and, unlike with 0, not handed to a program either (Linux, fs/coredump.c)."""
_DUMPABLE = 4
"""PR_SET_DUMPABLE of prctl(2)."""
_removed: dict[str, str] = {}
_added: set[str] = set()


def settle() -> None:
    """Set up this process, which is ours as a whole: the command line, a worker, the process of somebody else's templates."""
    no_core_file()
    same_bytes()
    _without("TZ")  # every day is one in Japan; an invalid zone would stop Babel
    if sys.warnoptions:  # of PYTHONWARNINGS: a warning of a library is not an error of a paper
        warnings.simplefilter("ignore")
    os.environ.update(_from_elsewhere(os.environ))
    if _SAFE_PATH not in os.environ:
        _added.add(_SAFE_PATH)
    os.environ[_SAFE_PATH] = "1"
    if sys.platform == "win32":
        os.environ["NoDefaultCurrentDirectoryInExePath"] = "1"  # noqa: SIM112 - that is how Windows writes it


def same_bytes() -> None:
    """Clear what changes how text is laid out. Called before the libraries that do it are loaded."""
    _without(*_LAYOUT)


def _without(*beginnings: str) -> None:
    """Remove the variables that begin so; `for_programs` gives them back."""
    for name in [name for name in os.environ if name.startswith(beginnings)]:
        _removed[name] = os.environ.pop(name)


def no_core_file() -> None:
    """Let no crash write the memory of this process, with what was typed, to a file."""
    with suppress(ImportError, ValueError, OSError):  # Windows knows no such limit; a lower one may be set already
        import resource  # noqa: PLC0415

        resource.setrlimit(resource.RLIMIT_CORE, (NO_CORE, NO_CORE))
    if sys.platform == "linux" and "ctypes" in sys.modules:  # a command that loads no library does not pay for it
        sys.modules["ctypes"].CDLL(None).prctl(_DUMPABLE, 0, 0, 0, 0)


@contextmanager
def safe_path() -> Iterator[None]:
    """Let the Python processes that are started meanwhile import nothing from the current folder.

    For a program that uses simforms as a library: its own environment is as before afterwards.
    """
    wanted = {**_from_elsewhere({"PYTHONPATH": os.environ.get("PYTHONPATH", "")}), _SAFE_PATH: "1"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def python(module: str) -> list[str]:
    """Return the command that runs a module of ours in a process of its own."""
    flags = [flag for flag, on in (("-E", sys.flags.ignore_environment), ("-s", sys.flags.no_user_site)) if on]
    return [sys.executable, "-P", *flags, "-m", module]


def for_programs(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for a program that is not ours, such as a viewer: what was meant for it, but no folder of chance."""
    kept = {name: value for name, value in environment.items() if name not in _added}
    return {**_removed, **kept, **_from_elsewhere(kept)}


def _from_elsewhere(environment: Mapping[str, str]) -> dict[str, str]:
    """Return the lists of folders without those that depend on the current one.

    >>> _from_elsewhere({"PATH": os.pathsep.join([".", "/bin", "", "bin", "/usr/bin"]), "HOME": "/"}) == {
    ...     "PATH": os.pathsep.join(["/bin", "/usr/bin"])
    ... }
    True
    """
    return {
        name: os.pathsep.join(one for one in environment[name].split(os.pathsep) if Path(one).is_absolute())
        for name in _LISTS
        if name in environment
    }

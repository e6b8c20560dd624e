"""The process that uses somebody else's templates: it gives away what they do not need, prints, and writes to its pipe."""

from __future__ import annotations

import gc
import importlib
import os
import sys
import sysconfig
import zoneinfo
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

import click

from simforms import processes
from simforms.cli import kernel, sandbox
from simforms.cli.failures import reported_failures
from simforms.cli.foreign_folder import ForeignError
from simforms.cli.make_papers import prepare_papers
from simforms.cli.sandbox import Order
from simforms.cli.ui_language import UI
from simforms.errors import ContentError, RenderError, SimformsError
from simforms.knowledge import content
from simforms.messages import Message, say
from simforms.papers.manifest import manifest
from simforms.pdf import native
from simforms.pdf import press as pdf

_LOADED_LATE = (
    "babel.lists",
    "babel.messages.pofile",
    "jpholiday",
    "phonenumbers",
    "PIL.PngImagePlugin",
    "segno",
    "simforms.papers.fitting",
    "simforms.papers.plain_text",
    "tinycss2",
    "tinyhtml5",
)
"""Modules that are loaded when they are needed: here, before the doors close."""
_READING = {"open", "os.listdir", "os.scandir"}
_HARMLESS = frozenset(
    "builtins.id code.__new__ compile cpython.PyInterpreterState_Clear cpython._PySys_ClearAuditHooks exec glob.glob glob.glob/2 "
    "import marshal.loads object.__delattr__ object.__getattr__ object.__setattr__ pathlib.Path.glob pathlib.Path.rglob "
    "pickle.find_class sys._getframe sys.unraisablehook".split()
)
"""What the interpreter does by itself (its table of audit events); all else is refused."""


def _readable(place: Path, cases: Iterable[str]) -> list[Path]:
    """Return what may be read: the content, Python with the packages that are loaded, faces, time zones, the cases."""
    python = [Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
    tops = [module for name, module in list(sys.modules.items()) if "." not in name and name != "__main__"]
    files = [Path(file) for file in (getattr(module, "__file__", None) for module in tops) if file]
    packages = [file.parent if file.name.startswith("__init__.") else file for file in files]
    system = map(
        Path, ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/etc/ld.so.cache", "/etc/localtime", "/dev/null", "/dev/urandom")
    )
    every = [place, *python, *packages, *system, *map(Path, zoneinfo.TZPATH), *map(Path, cases)]
    return list(dict.fromkeys(path.resolve() for path in every))


def _confine(readable: list[Path]) -> None:
    """Take away from this process what templates do not need. Only the kernel could give it back."""
    kernel.no_new_privileges()
    kernel.limits(
        [
            ("RLIMIT_AS", sandbox.MEMORY),
            ("RLIMIT_CPU", sandbox.SECONDS),
            ("RLIMIT_FSIZE", 0),
            ("RLIMIT_NOFILE", 256),
        ]
    )
    kernel.read_only(readable)
    kernel.no_calls()
    _watch(tuple(map(str, readable)))


def _watch(readable: tuple[str, ...]) -> None:
    """Refuse what the interpreter is about to do, where it is not on the list. Without the kernel's help, it is the only bar."""

    def watch(event: str, arguments: tuple[Any, ...]) -> None:
        if event in _HARMLESS:
            return
        if event not in _READING:
            raise PermissionError(f"a template may not do this: {event}")
        path, *how = arguments
        if isinstance(path, int):
            return  # it is open
        if event == "open" and (set(how[0] or "") & set("wax+") or how[1] & ~_READ_FLAGS):
            raise PermissionError("a template may not write")
        if not _under(str(Path(os.fsdecode(path or ".")).resolve()), *readable):
            raise PermissionError("a template may not read this")

    sys.addaudithook(watch)


_READ_FLAGS = sum(
    getattr(os, name, 0) for name in ("O_CLOEXEC", "O_NOFOLLOW", "O_DIRECTORY", "O_NONBLOCK", "O_NOCTTY", "O_BINARY")
)


def _under(path: str, *roots: str) -> bool:
    """Return whether a path is one of these or inside one.

    >>> _under("/a/b", "/a"), _under("/a", "/a"), _under("/ab", "/a")
    (True, True, False)
    """
    return any(path == root or path.startswith(root.rstrip(os.sep) + os.sep) for root in roots)


def _print(order: Order, results: IO[bytes], *, language: str) -> None:
    """Print an order, and write each file to the pipe; what is wrong is reported on stderr."""
    cases = tuple(map(Path, order.cases))
    try:
        found = prepare_papers(
            cases, order.documents, language, order.form, overrides=order.given, blank=order.blank, masked=order.masked
        )
        made = [(paper, paper.make_files()) for paper in found]
        for paper, files in made:
            for name, body in files.items():
                results.write(sandbox.framed(name, body, manifest(paper.plan, paper.documents, body)))
    except MemoryError:
        sys.exit(sandbox.NO_MEMORY)
    except PermissionError:
        sys.exit(sandbox.NOT_ALLOWED)
    except (ContentError, RenderError) as error:
        raise ForeignError(_failed(str(error))) from None
    except (OSError, SimformsError):
        raise
    except Exception as error:  # whatever a template causes is reported without its values
        raise ForeignError(_failed(type(error).__name__)) from None


def _failed(reason: str) -> Message:
    return say("the templates failed (%(reason)s); correct them", reason=reason)


def _run() -> None:
    processes.settle()
    order = Order.read(sys.stdin.buffer.read())
    results = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed is not a paper
    place = Path(sys.argv[1])
    content.choose(place)
    for name in _LOADED_LATE:
        importlib.import_module(name)
    pdf.preload()
    native.pango_version()
    gc.freeze()
    _confine(_readable(place, order.cases))
    with reported_failures(), click.Context(click.Command("render")) as context, results:
        context.meta[UI] = order.ui
        with reported_failures(order.language):  # the catalog of that language may be broken itself
            _print(order, results, language=order.language)


if __name__ == "__main__":
    _run()

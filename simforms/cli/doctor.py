"""Checks this machine: libraries, fonts, data, printer, viewer; each fault has the command that corrects it here."""

from __future__ import annotations

import errno
import platform
import pyexpat
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

from simforms.cli import printer, viewer
from simforms.errors import SimformsError
from simforms.knowledge import age, carriers, documents
from simforms.knowledge.content import content
from simforms.language import catalogs
from simforms.messages import Message, say
from simforms.papers.manifest import ENGINES
from simforms.pdf import engine, engine_names, fonts, native

Kind = Literal["fine", "note", "fault"]
_SECONDS = 5
"""How long the printers may take to answer."""


@dataclass(frozen=True)
class Finding:
    """The result of one check. Papers do not need what a note is about; `remedy` is a command, or empty."""

    name: Message
    what: Message | str
    kind: Kind = "fine"
    remedy: str = ""


def checks(folder: Path, encoding: str, today: date) -> Iterator[Finding]:
    """Yield the result of each check. `folder` is the one for papers, `encoding` that of the terminal."""
    yield _libraries()
    yield _text_library()
    yield _xml_library(pyexpat.EXPAT_VERSION)
    yield _fonts()
    yield _content_check(say("Translations"), _translations)
    yield _content_check(say("Documents"), lambda: Finding(say("Documents"), str(len(documents.documents(content())))))
    yield _content_check(say("Carriers"), lambda: _carriers(today))
    yield _printer()
    yield _viewer()
    yield _locking()
    yield _folder(folder)
    yield _terminal(encoding)


def _libraries() -> Finding:
    name = say("Python")
    needed = [one for one in requires("simforms") or () if "extra ==" not in one]
    missing = [package for package in (re.split(r"[^\w.-]", one, maxsplit=1)[0] for one in needed) if not _version(package)]
    if missing:
        return Finding(name, say("missing: %(names)s", names=", ".join(missing)), "fault", native.pip_command(*missing))
    found = (f"{package} {_version(package)}" for package in ("simforms", *ENGINES))
    return Finding(name, ", ".join((platform.python_version(), *found)))


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _text_library() -> Finding:
    name = say("Text layout library")
    if missing := native.missing_libraries():
        names = ", ".join(missing)
        what = say("missing: %(names)s; until you install them, use `render --format html` and print from a browser", names=names)
        return Finding(name, what, "fault", native.install_command())
    try:
        engine.import_engine()
    except SimformsError as error:
        return Finding(name, error.message, "fault", native.pip_command(*engine_names.VERSIONS))
    return Finding(name, f"Pango {native.pango_version()}")


_EXPAT = (2, 7, 2)
"""Older ones may be held up or filled by a file made for it (https://docs.python.org/3/library/xml.html#xml-security)."""


def _xml_library(version: str) -> Finding:
    """Return whether what reads workbooks withstands one that attacks it; `version` is as `expat_2.7.2`."""
    name, number = say("XML library"), version.rpartition("_")[2]
    if tuple(map(int, re.findall(r"\d+", number))) < _EXPAT:
        needed = ".".join(map(str, _EXPAT))
        what = say("Expat %(version)s is older than %(needed)s: update Python or the system", version=number, needed=needed)
        return Finding(name, what, "note")
    return Finding(name, f"Expat {number}")


def _fonts() -> Finding:
    name = say("Fonts")
    if wrong := fonts.damaged_fonts():
        packages = [package.replace("_", "-") for package, file in fonts.FACES if file in wrong]
        what = say("missing or damaged: %(names)s", names=", ".join(wrong))
        return Finding(name, what, "fault", native.pip_command(*packages))
    return Finding(name, say("%(count)s, unaltered (SHA-256)", count=len(fonts.FACES)))


def _content_check(name: Message, read: Callable[[], Finding]) -> Finding:
    try:
        return read()
    except SimformsError as error:
        return Finding(name, str(error), "fault", _restore_command())


def _restore_command() -> str:
    """Return the command that restores our own files or, in a checkout, shows what was changed in them."""
    folder = content()
    if (folder / ".git").exists():
        return f"git -C {shlex.quote(str(folder))} status locales simforms/data templates"
    return native.pip_command("simforms")


def _translations() -> Finding:
    name = say("Translations")
    known = [language for language in catalogs.ui_languages(content()) if language != catalogs.ENGLISH]
    texts = {language: set(catalogs.translations(content(), language)) for language in known}
    every = set().union(*texts.values())
    if lacking := {language: len(every - own) for language, own in texts.items() if every - own}:
        names = ", ".join(f"{language} ({count})" for language, count in lacking.items())
        return Finding(name, say("missing: %(names)s", names=names), "fault", _restore_command())
    catalogs.translations(content(), catalogs.READING)
    return Finding(name, say("%(names)s: complete, %(count)s texts each", names=", ".join(known), count=len(every)))


def _carriers(today: date) -> Finding:
    name = say("Carriers")
    records = carriers.carriers() | carriers.desks()
    facts = sum(fact.printable for known in records.values() for _, fact in known.facts())
    if old := age.notice(today):
        return Finding(name, old, "note", age.RENEWAL)
    what = say(
        "%(carriers)s carriers and help desks, %(facts)s facts, last checked on %(day)s. Each fact shows "
        "its source and date. Check its page before you act on a fact about money",
        carriers=len(records),
        facts=facts,
        day=age.looked_up(),
    )
    return Finding(name, what)


def _printer() -> Finding:
    name = say("Printer")
    if not shutil.which("lpstat"):
        what = say("there is no program for printing; print from the PDF viewer")
        return Finding(name, what, "note", native.install_command(printer.INSTALL))
    try:
        asked = subprocess.run(["lpstat", "-d"], capture_output=True, text=True, check=False, timeout=_SECONDS)  # noqa: S607
    except (OSError, subprocess.TimeoutExpired):
        return Finding(name, say("the printing service does not respond; print from the PDF viewer"), "note")
    _, colon, usual = asked.stdout.partition(":")
    if not colon:
        return Finding(name, say("no default printer is set; print from the PDF viewer, or set one"), "note", "lpoptions -d NAME")
    return Finding(name, usual.strip())


def _viewer() -> Finding:
    name = say("PDF viewer")
    if sys.platform != "win32" and not shutil.which(viewer.program()):
        return Finding(
            name, say("there is no program for opening files; open them yourself"), "note", native.install_command(viewer.INSTALL)
        )
    return Finding(name, say("files open in the system's default program"))


def _locking() -> Finding:
    name = say("Locking (`--encrypt`)")
    if not find_spec("pikepdf"):
        return Finding(name, say("not installed; only `--encrypt` needs it"), "note", native.pip_command("pikepdf"))
    return Finding(name, f"pikepdf {version('pikepdf')}")


def _folder(folder: Path) -> Finding:
    name, place = say("Folder for papers"), folder.resolve()
    try:
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        missing = error.errno == errno.ENOENT
        what = say("%(name)s does not exist", name=place) if missing else say("you cannot write to %(name)s", name=place)
        return Finding(name, what, "fault", f"mkdir -p {shlex.quote(str(place))}" if missing else "simforms render -o FOLDER")
    return Finding(name, say("you can write to %(name)s", name=place))


def _terminal(encoding: str) -> Finding:
    name = say("Terminal")
    if encoding.lower().replace("-", "") != "utf8":
        return Finding(
            name,
            say("it uses %(encoding)s, which cannot show every character", encoding=encoding),
            "fault",
            "export LC_ALL=C.UTF-8",
        )
    return Finding(name, "UTF-8")

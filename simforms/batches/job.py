"""How all records of a batch are printed, and what becomes of each."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from importlib.metadata import version
from typing import TYPE_CHECKING

from simforms.errors import Problem
from simforms.knowledge.content import content, data
from simforms.messages import Message
from simforms.papers.files import OutputFormat

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class Job:
    """How all records of a batch are printed."""

    today: date
    wanted: tuple[str, ...] = ()
    """Names of documents; else each case decides."""
    language: str = ""
    """Goes before a case's own."""
    form: OutputFormat = OutputFormat()  # noqa: RUF009 - it is frozen

    @property
    def digest(self) -> str:
        """Changes with whatever changes the papers: the options, our own files, the versions of the engine."""
        from simforms.papers.manifest import digest  # noqa: PLC0415 - the engine's versions are asked for anyway

        folders = (content() / "templates", content() / "locales", data("."))
        own = digest(path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
        versions = [version(package) for package in ("simforms", "weasyprint")]
        return hashlib.sha256(repr((self, own, versions)).encode()).hexdigest()


@dataclass(frozen=True)
class Paper:
    """A file that was made of a record."""

    name: str
    """What it is, without whose: departure-plan-zh-Hans."""
    body: bytes
    manifest: bytes


@dataclass(frozen=True)
class Outcome:
    """What became of a record."""

    papers: tuple[Paper, ...] = ()
    problems: tuple[Problem, ...] = ()
    """What is wrong with it, and what is doubtful."""
    language: str = "en"
    fault: Message | None = None
    """Why it could not be printed although nothing is wrong with it."""
    stop: Message | str = ""
    """Why no record can be printed."""
    layouts: Mapping[str, int] = field(default_factory=dict)
    """How many pages were laid out, as `pdf.layouts` counts them."""

    @property
    def failed(self) -> bool:
        """Whether nothing could be made of it."""
        return self.fault is not None or any(problem.severity == "error" for problem in self.problems)

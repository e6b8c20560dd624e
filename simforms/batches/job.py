"""How all records of a batch are printed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version

from simforms.knowledge.content import content, data
from simforms.papers.files import OutputFormat


@dataclass(frozen=True)
class Job:
    """How all records of a batch are printed."""

    today: date
    wanted: tuple[str, ...] = ()
    """Names of documents; else each case decides."""
    language: str = ""
    """Overrides that of each case."""
    form: OutputFormat = OutputFormat()  # noqa: RUF009 - it is frozen

    @property
    def digest(self) -> str:
        """Changes with whatever changes the papers: the options, our own files, the versions of the engine."""
        from simforms.papers.manifest import digest  # noqa: PLC0415 - the engine's versions are asked for anyway

        folders = (content() / "templates", content() / "locales", data("."))
        own = digest(path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file())
        versions = [version(package) for package in ("simforms", "weasyprint")]
        return hashlib.sha256(repr((self, own, versions)).encode()).hexdigest()

    @property
    def paper_names(self) -> frozenset[str]:
        """What papers of the job can be called, without whose they are: departure-plan-zh-Hans."""
        from simforms.knowledge.documents import documents  # noqa: PLC0415 - `--help` does not pay for it
        from simforms.language.catalogs import companion_languages  # noqa: PLC0415 - the same

        names = {PACKET} if self.form.packet else set(documents(content()))
        return frozenset(f"{name}-{language}" for name in names for language in companion_languages(content()))


PACKET = "packet"
"""What all papers of a record in one file are called."""

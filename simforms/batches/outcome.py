"""What can become of a record: it is made, refused, crashed, or nothing can be printed at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import ClassVar

from simforms.errors import Problem
from simforms.messages import Message


@dataclass(frozen=True)
class PrintedFile:
    """A file that was made of a record."""

    name: str
    """What it is, without whose: departure-plan-zh-Hans."""
    body: bytes
    manifest: bytes


@dataclass(frozen=True)
class Made:
    """The papers of a record were made."""

    papers: tuple[PrintedFile, ...]
    problems: tuple[Problem, ...] = ()
    """Warnings only."""
    language: str = "en"
    layouts: Mapping[str, int] = field(default_factory=dict)
    """How many pages were laid out, as `pdf.layouts` counts them."""
    failed: ClassVar[bool] = False


@dataclass(frozen=True)
class Refused:
    """The record cannot be printed as it is."""

    problems: tuple[Problem, ...]
    """At least one error, and warnings."""
    language: str = "en"
    papers: ClassVar[tuple[PrintedFile, ...]] = ()
    failed: ClassVar[bool] = True


@dataclass(frozen=True)
class Crashed:
    """The process that printed the record died, did not answer in time, or gave an answer that cannot be used."""

    reason: Message
    papers: ClassVar[tuple[PrintedFile, ...]] = ()
    problems: ClassVar[tuple[Problem, ...]] = ()
    failed: ClassVar[bool] = True


@dataclass(frozen=True)
class Stopped:
    """No record can be printed, whatever it says: a font is missing, the disk is full."""

    reason: Message


Outcome = Made | Refused | Crashed
"""What became of a record."""
Answer = Outcome | Stopped
"""What a worker can answer."""

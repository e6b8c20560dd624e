"""Feeds anything to the reader of cases, guided by what it reaches: `./dev soak` runs it for a minute, if atheris is there."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports():
    from simforms.errors import CaseError, UnknownNameError
    from simforms.knowledge.content import content
    from simforms.load import load
    from simforms.planning.plan import plan

from simforms import clock

PLACE = Path(tempfile.mkdtemp()) / "case.yaml"


def one(body: bytes) -> None:
    """Read one file and plan it: a plan or problems, nothing else."""
    PLACE.write_bytes(body)
    try:
        case, noticed = load(PLACE)
        plan(content(), case, clock.today(), noticed=noticed)
    except (CaseError, UnknownNameError):
        return


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()

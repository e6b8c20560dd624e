"""Bilingual papers for ending a Japanese SIM, eSIM or data card.

As a library: `simforms.plan(case)` says which way works, `simforms.render(case)` returns the papers as a PDF file, and
`simforms.batch(cases)` prints many side by side (docs/library.md).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from simforms.api import Case, Outcome, Plan, batch, plan, render
    from simforms.errors import CaseError, SimformsError

__version__ = "0.1.0"
__all__ = ["Case", "CaseError", "Outcome", "Plan", "SimformsError", "batch", "plan", "render"]


def __getattr__(name: str) -> Any:
    """Load what a program uses only when it does: the commands do not pay for it."""
    if name not in __all__:
        raise AttributeError(f"simforms has no {name}")
    from simforms import api, errors  # noqa: PLC0415 - see above

    return getattr(errors if name.endswith("Error") else api, name)

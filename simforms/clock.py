"""The only look at a clock."""

from __future__ import annotations

import datetime


def today() -> datetime.date:
    """Return the day where the person is."""
    return datetime.date.today()

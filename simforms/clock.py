"""The only place that reads the clock."""

from __future__ import annotations

import datetime


def today() -> datetime.date:
    """Return today's date on this computer."""
    return datetime.date.today()

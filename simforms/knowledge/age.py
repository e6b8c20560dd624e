"""How old the directory of carriers is: each record states the day on which it was gone through."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from statistics import median_low

from simforms.knowledge.content import data
from simforms.knowledge.evidence import LIMIT
from simforms.messages import Message, say

RENEWAL = "pip install --upgrade simforms"


@cache
def looked_up() -> date:
    """Return the day since which half of the carriers were checked: it decides how old the directory is.

    Only this line of each record is read: reading them all takes too long for a first screen.
    """
    texts = (path.read_text(encoding="utf-8") for path in data("carriers").glob("*.yaml"))
    return median_low(date.fromisoformat(day) for text in texts for day in re.findall(r"(?m)^looked_up: (\S+)$", text))


def notice(today: date, day: date | None = None) -> Message | None:
    """Return what to say where the directory, or the record gone through on `day`, is old; None where it is not.

    In plain words, and with the command that renews it.
    """
    day = day or looked_up()
    if today - day <= LIMIT:
        return None
    return say(
        "What simforms knows about carriers was last checked on %(day)s. Rules and fees may have changed "
        "since then. To update it: %(command)s",
        day=day,
        command=RENEWAL,
    )

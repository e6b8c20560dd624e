"""How old the directory of carriers is as a whole (reads data/directory.toml)."""

from __future__ import annotations

from datetime import date
from functools import cache

from simforms.knowledge.content import data, read_toml
from simforms.knowledge.evidence import LIMIT
from simforms.messages import Message, say

RENEWAL = "pip install --upgrade simforms"


@cache
def looked_up() -> date:
    """Return the day on which the records were last gone through as a whole."""
    found: date = read_toml(data("directory.toml"))["looked_up"]
    return found


def told(today: date) -> Message | None:
    """Return what to say where the directory is old, in plain words and with the command that renews it; None where it is not."""
    day = looked_up()
    if today - day <= LIMIT:
        return None
    return say(
        "What simforms knows about carriers was last looked up on %(day)s. Rules and fees may have changed since. "
        "Renew it: %(command)s",
        day=day,
        command=RENEWAL,
    )

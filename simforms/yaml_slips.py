"""What people write that is not YAML, by the shape of the line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simforms.messages import Message, say

CURE = say("see `simforms new my.yaml --empty` for how a case is written; put a value with unusual signs between quotes")
SPACED = say("write `name: value`")
ODD_SPACE = (say("a space of another kind, e.g. a full-width one, stands at the start of the line"), say("type plain spaces"))
_SLIPS = (
    (r" *\t", say("a tab stands at the start of the line; only spaces may"), CURE),
    (r" *[\u00a0\u3000]", *ODD_SPACE),
    (r"\s*[^\s:：#'\"]+：", say("a full-width colon stands after the name; write ': '"), CURE),
    (r" *[a-z_]+:[^\s:/]", say("no space stands after the colon"), SPACED),
    (r" *[a-z_]+( +[^:#]*)?$", say("no colon stands behind the name"), SPACED),
)
"""What people write that is not YAML: the shape of the line, what is wrong, what to write."""


def slip(lines: Sequence[str]) -> tuple[int, Message, Message] | None:
    """Return the number of the last line that holds the first slip of the list, what is wrong, and what to write; else None."""
    for shape, what, suggestion in _SLIPS:
        number = next((number for number in range(len(lines), 0, -1) if re.match(shape, lines[number - 1])), 0)
        if number:
            return number, what, suggestion
    return None

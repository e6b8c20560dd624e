"""What people write that is not YAML, by the shape of the line."""

from __future__ import annotations

import re
from collections.abc import Sequence

from simforms.messages import Message, say

CURE = say("see `simforms new my.yaml --empty` for the format of a case; put a value with special characters in quotation marks")
SPACED = say("write `name: value`")
ODD_SPACE = (say("the line starts with a different kind of space, e.g. a full-width one"), say("type plain spaces"))
_SLIPS = (
    (r" *\t", say("the line starts with a tab, but only spaces are allowed"), CURE),
    (r" *[\u00a0\u3000]", *ODD_SPACE),
    (r"\s*[^\s:：#'\"]+：", say("the colon after the name is full-width; write ': '"), CURE),
    (r" *[a-z_]+:[^\s:/]", say("there is no space after the colon"), SPACED),
    (r" *[a-z_]+( +[^:#]*)?$", say("there is no colon after the name"), SPACED),
)
"""What people write that is not YAML: the shape of the line, what is wrong, what to write."""


def slip(lines: Sequence[str]) -> tuple[int, Message, Message] | None:
    """Return the number of the last line that holds the first slip of the list, what is wrong, and what to write; else None."""
    for shape, what, suggestion in _SLIPS:
        number = next((number for number in range(len(lines), 0, -1) if re.match(shape, lines[number - 1])), 0)
        if number:
            return number, what, suggestion
    return None

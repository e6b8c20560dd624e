"""A sentence for people, kept in English until it is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Message:
    """An English sentence with `%(name)s` places, translated only when it is shown."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


def say(text: str, /, **values: Any) -> Message:
    """Return the message; the name marks its text for translation."""
    return Message(text, values)

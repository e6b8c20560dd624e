"""Messages to the person: English sentences that are translated when they are shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class Message:
    """An English sentence with placeholders such as `%(name)s`, and their values."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


def say(text: str, /, **values: Any) -> Message:
    """Return a message. Texts in calls of `say` are found by the extractor and translated in locales/."""
    return Message(text, values)

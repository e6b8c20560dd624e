"""What the person has answered so far: plain data that a program can store, send and read back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Answers:
    """The answers so far. Each change makes a new object."""

    texts: Mapping[str, str] = field(default_factory=dict)
    """What was answered, by the name of the field, as `person.name`."""
    skipped: frozenset[str] = frozenset()
    """The names of the questions that were answered with nothing."""
    called_for: tuple[str, ...] = ()
    """Fields that an answer calls for; they are asked before anything else."""
    wanted: tuple[str, ...] | None = None
    """The names of the documents; None while the plan decides, empty if the person wants no paper."""

    def with_text(self, name: str, text: str) -> Answers:
        """Return these answers with one more."""
        return Answers({**self.texts, name: text}, self.skipped, self.called_for, self.wanted)

    def as_data(self) -> dict[str, Any]:
        """Return the answers as a dict that JSON can hold."""
        wanted = None if self.wanted is None else list(self.wanted)
        return {
            "texts": dict(self.texts),
            "skipped": sorted(self.skipped),
            "called_for": list(self.called_for),
            "wanted": wanted,
        }

    @classmethod
    def from_data(cls, data: object) -> Answers:
        """Return the answers that `as_data` wrote. Raises ValueError if the data has another shape."""
        if not isinstance(data, dict) or set(data) != {"texts", "skipped", "called_for", "wanted"}:
            raise ValueError("these are not answers")
        texts, wanted = data["texts"], data["wanted"]
        if not isinstance(texts, dict) or not _are_texts([*texts, *texts.values()]):
            raise ValueError("the answers are not texts")
        if not all(_are_texts(names) for names in (data["skipped"], data["called_for"], [] if wanted is None else wanted)):
            raise ValueError("the names are not texts")
        return cls(dict(texts), frozenset(data["skipped"]), tuple(data["called_for"]), None if wanted is None else tuple(wanted))


def _are_texts(values: object) -> bool:
    return isinstance(values, list) and all(isinstance(value, str) for value in values)

"""What has been done so far, by the log of a case, and when which next step is due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from simforms.cases.check import Value
from simforms.knowledge.stages import ANSWER, REQUEST, Stage, stages
from simforms.knowledge.vocabulary import Choice
from simforms.planning.days import business_days_later
from simforms.texts import steps


@dataclass(frozen=True)
class Entry:
    """One thing that happened."""

    values: Mapping[str, Value]
    """By the last part of their names: date, what, channel, who, number, note."""

    @property
    def day(self) -> date | None:
        """When it happened; None where the case does not say."""
        return self.values["date"].parsed if "date" in self.values else None

    @property
    def key(self) -> str:
        """The name of what it was."""
        return str(self.values["what"].parsed) if "what" in self.values else ""

    @property
    def channel(self) -> str:
        """The way it took; empty where the case does not say."""
        return str(self.values["channel"].parsed) if "channel" in self.values else ""

    @property
    def choice(self) -> Choice | None:
        """What it was."""
        what = self.values.get("what")
        return what.field.choices[what.parsed] if what else None

    @property
    def stage(self) -> str:
        """The stage that it opens; empty for what only happened."""
        return self.choice.stage if self.choice else ""


@dataclass(frozen=True)
class History:
    """What has been done, what still waits for an answer, and the next step with its day."""

    entries: tuple[Entry, ...] = ()
    waiting: tuple[Entry, ...] = ()
    """Requests that nothing has answered for good."""
    next: Stage | None = None
    due: date | None = None

    def has(self, *keys: str) -> bool:
        """Return whether one of these is in the log."""
        return any(entry.key in keys for entry in self.entries)

    def day(self, *keys: str) -> date | None:
        """Return the first day on which one of these happened."""
        return next((entry.day for entry in self.entries if entry.key in keys and entry.day), None)


def history(values: Mapping[str, Value]) -> History:
    """Return the history of a case, in the order of its days."""
    entries = tuple(sorted(_entries(values), key=lambda entry: entry.day or date.min))
    waiting = tuple(entry for index, entry in enumerate(entries) if entry.stage == REQUEST and not _ended(entry, entries[index:]))
    if not waiting:
        return History(entries)
    later = [entry for entry in entries if entry.day and waiting[0].day and entry.day >= waiting[0].day]
    done = {entry.stage: entry.day for entry in later if entry.day}
    following = next((stage for stage in stages() if stage.name not in done), None)
    if not following:
        return History(entries, waiting)
    begun = max((day for name, day in done.items() if name in {following.after, ANSWER}), default=None)
    due = business_days_later(begun, following.business_days) if begun else None
    return History(entries, waiting, following, due)


def _entries(values: Mapping[str, Value]) -> list[Entry]:
    """Return the entries in the order of their numbers; one number may be missing, as that of an empty entry."""
    numbered: dict[str, dict[str, Value]] = {}
    for name, value in values.items():
        match steps(name):
            case ("log", number, key):
                numbered.setdefault(number, {})[key] = value
    return [Entry(numbered[number]) for number in sorted(numbered, key=lambda number: int(number[1:-1]))]


def _ended(request: Entry, later: Sequence[Entry]) -> bool:
    return any(entry.choice and request.key in entry.choice.ends for entry in later)

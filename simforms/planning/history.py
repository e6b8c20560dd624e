"""What has been done so far, by the log of a case, and when which next step is due (reads data/stages.toml)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import count, takewhile

from simforms.cases.check import Value
from simforms.knowledge.content import data, read_toml
from simforms.knowledge.vocabulary import Choice
from simforms.planning.deadlines import business_day
from simforms.planning.situation import Situation

REQUEST, ANSWER = "request", "answer"


@dataclass(frozen=True)
class Stage:
    """A step that follows when nothing came: so many business days after the step before it."""

    name: str
    title: str
    after: str
    business_days: int
    source: str


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
    def choice(self) -> Choice | None:
        """What it was."""
        what = self.values.get("what")
        return what.field.choices[what.parsed] if what else None

    @property
    def stage(self) -> str:
        """The stage that it opens; empty for what only happened."""
        return self.choice.stage if self.choice else ""


@dataclass(frozen=True)
class Story:
    """What has been done, what still waits for an answer, and the next step with its day."""

    entries: tuple[Entry, ...] = ()
    waiting: tuple[Entry, ...] = ()
    """Requests that nothing has answered for good."""
    next: Stage | None = None
    due: date | None = None


@cache
def stages() -> tuple[Stage, ...]:
    """Return the stages in their order."""
    return tuple(Stage(**entry) for entry in read_toml(data("stages.toml"))["stage"])


def story(situation: Situation) -> Story:
    """Return the story of a case, in the order of its days."""
    entries = tuple(sorted(_entries(situation.values), key=lambda entry: entry.day or date.min))
    waiting = tuple(entry for index, entry in enumerate(entries) if entry.stage == REQUEST and not _ended(entry, entries[index:]))
    if not waiting:
        return Story(entries)
    later = [entry for entry in entries if entry.day and waiting[0].day and entry.day >= waiting[0].day]
    done = {entry.stage: entry.day for entry in later if entry.day}
    following = next((stage for stage in stages() if stage.name not in done), None)
    if not following:
        return Story(entries, waiting)
    begun = max((day for name, day in done.items() if name in {following.after, ANSWER}), default=None)
    due = _business_days_later(begun, following.business_days) if begun else None
    return Story(entries, waiting, following, due)


def _entries(values: Mapping[str, Value]) -> list[Entry]:
    numbered = takewhile(
        bool, ({name: value for name, value in values.items() if name.startswith(f"log[{number}].")} for number in count(1))
    )
    return [Entry({name.rpartition(".")[2]: value for name, value in one.items()}) for one in numbered]


def _ended(request: Entry, later: Sequence[Entry]) -> bool:
    return any(entry.choice and request.key in entry.choice.ends for entry in later)


def _business_days_later(day: date, days: int) -> date:
    """Return the day so many business days later.

    >>> _business_days_later(date(2026, 11, 20), 1)
    datetime.date(2026, 11, 24)
    """
    for _ in range(days):
        day = business_day(day + timedelta(days=1), 1)
    return day

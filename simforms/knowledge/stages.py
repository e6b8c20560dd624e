"""The stages of a story: when to ask again (reads data/stages.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from simforms.knowledge.content import data
from simforms.knowledge.typed_toml import not_one_of, read_list, refuse

REQUEST, ANSWER = "request", "answer"


@dataclass(frozen=True)
class Stage:
    """A step that follows when nothing came: so many business days after the step before it."""

    name: str
    title: str
    after: str
    business_days: int
    source: str


@cache
def stages() -> tuple[Stage, ...]:
    """Return the stages in their order. Raises ContentError."""
    path = data("stages.toml")
    found = read_list(path, "stage", Stage)
    earlier = [REQUEST, *(stage.name for stage in found)]
    refuse(
        path,
        (
            not_one_of(f"stage[{number}].after", "earlier stage", stage.after, earlier[: number + 1])
            for number, stage in enumerate(found)
            if stage.after not in earlier[: number + 1]
        ),
    )
    return found

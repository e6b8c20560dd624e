"""Why a person does not get what is asked for."""

from __future__ import annotations

from dataclasses import dataclass

from simforms.knowledge.facts import Fact
from simforms.messages import Message


@dataclass(frozen=True)
class Refusal:
    """The reason, and the fact that it rests on."""

    what: Message
    fact: Fact | None = None

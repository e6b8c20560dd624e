"""What a question is: its label, its options, and whether it may be left out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from simforms.knowledge.documents import ALWAYS_NEEDED
from simforms.knowledge.vocabulary import CHOICE, vocabulary
from simforms.language import catalogs
from simforms.messages import Message, say

LANGUAGE = "language"
BANK, BRANCH = "refund.account.bank", "refund.account.branch"
SEARCHED = (ALWAYS_NEEDED, BANK, BRANCH)
"""The fields whose value is found by a part of its name."""


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from."""

    key: str
    """What the answer becomes: a choice of the field, a document, or the number of an answer in the file."""
    label: Message | str
    spellings: tuple[str, ...] = ()
    """What else may be typed for it."""
    note: Message | str = ""
    marked: bool = False


@dataclass(frozen=True)
class Question:
    """Something to ask. Texts are messages: whoever shows them translates them."""

    name: str
    """A field, or a question of templates/questions.toml, or `papers`."""
    label: Message
    help: Message | None = None
    example: str = ""
    options: tuple[Option, ...] = ()
    """All answers, if there are few."""
    offered: tuple[Option, ...] = ()
    """Out of very many answers, those that the last answer can mean."""
    default: str = ""
    """The key of the option that is taken if nothing is typed."""
    optional: bool = False
    private: bool = False
    why: Message | None = None
    """What needs the answer."""
    after_method: bool = False
    """Whether it is asked only after the person has read how to cancel."""


def language_question(content: Path) -> Question:
    """Return the question that is not asked in the person's language: its options are the languages' own names."""
    names = catalogs.companion_languages(content)
    return Question(
        LANGUAGE, say("Second language (beside Japanese)"), options=tuple(Option(code, names[code]) for code in names)
    )


def field_question(content: Path, name: str, *, optional: bool = False) -> Question:
    """Return the question for one field."""
    if name == LANGUAGE:
        return language_question(content)
    field = vocabulary(content)[name]
    searched = say("write its name in any spelling; part of it is enough")
    return Question(
        name,
        say(field.label),
        help=searched if name in SEARCHED else say(field.help),
        example="" if field.type == CHOICE else field.example.strip('"'),
        options=tuple(Option(key, say(choice.label), choice.words) for key, choice in field.choices.items()),
        default=field.default,
        optional=optional,
        private=field.private,
    )

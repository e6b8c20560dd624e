"""The fields of a case (reads templates/fields.toml)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, Literal

from simforms.errors import Remark, Severity, ValueProblem
from simforms.fields import TYPES
from simforms.knowledge.stages import ANSWER, REQUEST, stages
from simforms.knowledge.typed_toml import not_one_of, read_tables, refuse
from simforms.language import kana as reading
from simforms.language.normalize import cleaned, normalized
from simforms.messages import Message, last_characters, say
from simforms.texts import any_number

CHOICE = "choice"


@dataclass(frozen=True)
class Choice:
    """One of the values a field may have."""

    label: str
    words: tuple[str, ...] = ()
    """What bankbooks and contracts call it; understood as well."""
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    settles: tuple[str, ...] = ()
    """Fields whose warnings no longer matter."""
    warning: str = ""
    """What the person reads before anything is printed."""
    note: str = ""
    """What the paper says about it, in the person's name."""
    source: str = ""
    stage: str = ""
    """In a log: the stage of a story that it opens, such as "request" or "follow-up" (data/stages.toml)."""
    ends: tuple[str, ...] = ()
    """In a log: the requests that it answers for good."""


@dataclass(frozen=True)
class Field:
    """One thing a case can say. Texts are English; the catalogs hold the other languages."""

    name: str
    type: str
    label: str
    help: str
    example: str
    default: str = ""
    private: bool = False
    plan: bool = False
    figures: Literal["", "any", "account"] = ""
    """"any": its own numbers may look like a My Number. "account": like a payment card, too."""
    choices: Mapping[str, Choice] = field(default_factory=dict)
    choices_of: str = ""
    """The field whose choices it has."""

    def parse(self, text: str) -> Any:
        """Return the typed value. Raises ValueProblem."""
        text = cleaned(text)
        return self._choose(text) if self.type == CHOICE else TYPES[self.type].parse(text)

    def show(self, value: Any, language: str) -> str | Message | None:
        """Return the value as the language writes it; None where its reading is not known."""
        if self.type == CHOICE:
            return Message(self.choices[value].label)
        return TYPES[self.type].show(value, language)

    def form(self, value: Any) -> str | Message | None:
        """Return the value as a Japanese form writes it: a day with its era, a postcode with its mark."""
        form = getattr(TYPES.get(self.type), "form", None)
        return form(value) if form else self.show(value, "ja")

    def remarks(self, text: str, value: Any) -> Iterator[tuple[Severity, Remark]]:
        """Yield what is doubtful about a value, and how it was read where that is not how it was typed."""
        module = TYPES.get(self.type)
        for remark in getattr(module, "remarks", lambda _: ())(value):
            yield "warning", remark
        shown = str(value)
        if getattr(module, "READ_AS", False) and (_bare(shown) != _bare(text) or "\n" in text):
            read = last_characters(shown) if self.private else shown
            yield "note", Remark(say("it was read as %(typed)s", typed=read), say("no correction is needed"))

    def romaji(self, value: Any) -> str | None:
        """Return how the value is said, in Latin letters; None where only a person can know."""
        own = getattr(TYPES.get(self.type), "romaji", None)
        said = self.show(value, "ja-Hira")
        if own:
            return str(own(value))
        return reading.romaji(said) if isinstance(said, str) else None

    def _choose(self, text: str) -> str:
        typed = normalized(text).lower()
        key = next(
            (name for name, choice in self.choices.items() if typed in choice.words), typed.replace("_", "-").replace(" ", "-")
        )
        if key not in self.choices:
            near = get_close_matches(key, self.choices, n=1)
            raise ValueProblem(
                say("“%(typed)s” is not one of the choices", typed=text),
                say("write %(near)s; the choices are %(choices)s", near=near[0], choices=", ".join(self.choices))
                if near
                else say("write one of these: %(choices)s", choices=", ".join(self.choices)),
            )
        return key


def _bare(text: str) -> str:
    """Return a text without what people put in to read it."""
    return re.sub(r"[\s-]", "", text)


@dataclass(frozen=True)
class Vocabulary:
    """All fields by name, in the order in which a case lists them."""

    fields: Mapping[str, Field]

    def __getitem__(self, name: str) -> Field:
        """Return a field; one of a list, `log[2].date`, goes by its own number."""
        known = self.fields[any_number(name)]
        return known if known.name == name else replace(known, name=name)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and any_number(name) in self.fields

    def __iter__(self) -> Iterator[str]:
        return iter(self.fields)

    @property
    def sections(self) -> set[str]:
        """The names that hold fields, such as `refund.account`; a list of them is `log[]`."""
        return {name.rsplit(".", depth)[0] for name in self.fields for depth in range(1, name.count(".") + 1)}

    def known_part(self, name: str) -> str:
        """Return as much of the name of a problem as is ours: the field or its section; empty if a person made it up."""
        steps = name.split(".")
        parts = (".".join(steps[:count]) for count in range(len(steps), 0, -1))
        ours = {*self.fields, *self.sections, "id"}
        return next((part for part in parts if any_number(part) in ours), "")

    def within_all(self, names: Iterable[str]) -> list[str]:
        """Return the fields of several names and sections, in their order."""
        return [field for name in names for field in self.within(name)]

    def within(self, name: str) -> list[str]:
        """Return the field of that name, or all fields of that section."""
        return [name] if name in self.fields else [other for other in self.fields if other.startswith(f"{name}.")]


@cache
def vocabulary(content: Path) -> Vocabulary:
    """Return the fields. Raises ContentError where one of them is not described as it must be."""
    path = content / "templates" / "fields.toml"
    read = read_tables(path, Field)
    found = Vocabulary({name: _with_choices(one, read) for name, one in read.items()})
    refuse(path, (problem for known in found.fields.values() for problem in _wrong(known, found)))
    return found


def _with_choices(one: Field, fields: Mapping[str, Field]) -> Field:
    return replace(one, choices=fields[one.choices_of].choices) if one.choices_of in fields else one


def _wrong(known: Field, found: Vocabulary) -> Iterator[str]:
    """Yield what in a field names something that is not there."""
    if (known.type == CHOICE) != bool(known.choices) or (known.type != CHOICE and known.type not in TYPES):
        yield f"{known.name}: the type is not one of {', '.join(TYPES)}, or a choice with choices"
    if known.choices_of and known.choices_of not in found:
        yield not_one_of(f"{known.name}.choices_of", "field", known.choices_of, found)
    if known.default and known.default not in known.choices:
        yield f"{known.name}: the default is not one of the choices"
    for name, choice in known.choices.items():
        yield from _wrong_choice(f"{known.name}.choices.{name}", choice, known, found)


def _wrong_choice(where: str, choice: Choice, known: Field, found: Vocabulary) -> Iterator[str]:
    for key in ("needs", "uses", "settles"):
        for other in getattr(choice, key):
            if not found.within(other):
                yield not_one_of(f"{where}.{key}", "field", other, (*found, *found.sections))
    opened = (REQUEST, ANSWER, *(stage.name for stage in stages()))
    if choice.stage and choice.stage not in opened:
        yield not_one_of(f"{where}.stage", "stage", choice.stage, opened)
    yield from (
        not_one_of(f"{where}.ends", "choice", other, known.choices) for other in choice.ends if other not in known.choices
    )

"""The questions of templates/questions.toml: when each is asked, and which fields its answers fill in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, is_dataclass
from functools import cache
from pathlib import Path
from typing import Literal, get_args, get_origin, get_type_hints

from simforms.errors import ValueProblem
from simforms.knowledge.carrier import Carrier
from simforms.knowledge.documents import documents
from simforms.knowledge.facts import Fact
from simforms.knowledge.typed_toml import not_one_of, read_tables, refuse
from simforms.knowledge.vocabulary import Vocabulary, vocabulary

Time = Literal["first", "cancelling", "by-place", "paper"]
PAPERS = "papers"
"""The question that no file contains: it settles no field, but which documents are made."""


@dataclass(frozen=True)
class SettlingAnswer:
    """One of the answers: what it fills in, and what it leads to."""

    label: str = ""
    document: str = ""
    """The paper it is about, whose title is then the label; the first field that asks for the paper is asked for."""
    sets: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    usual: bool = False
    """Whether it is taken if nothing is typed."""
    unless: Mapping[str, str] = field(default_factory=dict)
    """It is not offered if all of this is so: values of fields, or, with `carrier.` before them, of the carrier's record."""

    def holds(self, texts: Mapping[str, str], carrier: Carrier | None) -> bool:
        """Whether it is offered to somebody who has given these texts, by field, and whose carrier has this record."""
        said = {name: _recorded(carrier, name) if name.startswith(_CARRIER) else texts.get(name, "") for name in self.unless}
        return not self.unless or said != dict(self.unless)


@dataclass(frozen=True)
class SettlingQuestion:
    """A question whose answer settles several fields, or one field. Texts are English; the catalogs hold the other languages."""

    asked: Time
    """When: before anything is decided; if the line is to be cancelled; if the person has something to do whose ways depend on
    where they are; if a chosen paper shows one of its fields."""
    label: str = ""
    help: str = ""
    answer: tuple[SettlingAnswer, ...] = ()
    field: str = ""
    """The one field that it asks for. Label, help and answers are then those of the field."""
    changes: Literal["", "ends-by-itself"] = ""
    """It is asked only if its answers differ in this: whether the line ends without the person doing anything."""
    listed_in: Literal["", "kinds"] = ""
    """The entry of the carrier's record that lists which of the answers the carrier has."""
    settled_by: tuple[str, ...] = ()
    """Fields, or sections standing for all their fields, that settle it besides those of its answers."""


@cache
def settling_questions(content: Path) -> dict[str, SettlingQuestion]:
    """Return the questions by name, in the order in which they are asked. Raises ContentError."""
    path = content / "templates" / "questions.toml"
    found = read_tables(path, SettlingQuestion)
    refuse(path, (problem for name, asked in found.items() for problem in _wrong(content, name, asked)))
    return found


def settling_answer(content: Path, name: str, number: int) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Return the fields that an answer fills in, and those it calls for."""
    entry = settling_questions(content)[name].answer[number]
    subject = tuple(_subject(content, entry.document)) if entry.document else ()
    return entry.sets, (*entry.asks, *entry.offers, *subject)


def demanded(content: Path) -> set[str]:
    """Return the fields without which an answer says nothing."""
    entries = [answer for asked in settling_questions(content).values() for answer in asked.answer]
    subjects = {name for entry in entries if entry.document for name in _subject(content, entry.document)}
    return subjects | {name for entry in entries for name in entry.asks}


def _subject(content: Path, name: str) -> Iterator[str]:
    """Yield the field that makes a case be about this paper."""
    kind = documents(content)[name]
    yield from list(kind.asked)[:1]


def fields_of(content: Path, name: str) -> set[str]:
    """Return all fields that the answers of a question fill in or call for."""
    asked = settling_questions(content)[name]
    numbers = range(len(asked.answer))
    return {asked.field} - {""} | {
        field for number in numbers for part in settling_answer(content, name, number) for field in part
    }


def _wrong(content: Path, name: str, asked: SettlingQuestion) -> Iterator[str]:
    """Yield what in a question cannot be asked, or names something that is not there."""
    words = vocabulary(content)
    if name == PAPERS or name in words:
        yield f"{name}: this is the name of a field or of another question; write another name"
    if asked.field:
        yield from _wrong_field(words, name, asked)
    elif not asked.answer:
        yield f"{name}.answer: there are no answers; write [[{name}.answer]]"
    else:
        yield from (f'{name}.{key} is missing; write {key} = "…"' for key in ("label", "help") if not getattr(asked, key))
        strays = [key for key in ("changes", "listed_in") if getattr(asked, key)]
        yield from (f"{name}.{key}: only a question with a field has it; leave it out" for key in strays)
    if sum(one.usual for one in asked.answer) > 1:
        yield f"{name}.answer: several are usual; leave usual out of all but one"
    known = (*words, *words.sections)
    yield from (not_one_of(f"{name}.settled_by", "field", one, known) for one in asked.settled_by if not words.within(one))
    for number, one in enumerate(asked.answer):
        yield from _wrong_answer(content, f"{name}.answer[{number}]", one)


def _wrong_field(words: Vocabulary, name: str, asked: SettlingQuestion) -> Iterator[str]:
    """Yield what is wrong in a question that asks for one field."""
    if asked.field not in words:
        yield not_one_of(f"{name}.field", "field", asked.field, words)
    elif asked.changes and not words[asked.field].choices:
        yield f"{name}.changes: {asked.field} has no choices; leave it out"
    if asked.label or asked.help or asked.answer:
        yield f"{name}: the field has its own label, help and choices; leave label, help and answer out"


def _wrong_answer(content: Path, where: str, one: SettlingAnswer) -> Iterator[str]:
    words = vocabulary(content)
    if bool(one.label) == bool(one.document):
        yield f"{where}: an answer has a label or a document; write one of the two"
    if one.document and one.document not in documents(content):
        yield not_one_of(f"{where}.document", "document", one.document, documents(content))
    elif one.document and not documents(content)[one.document].asked:
        yield f"{where}.document: {one.document} is asked for by no field; write serves.asked in its document.toml, or a label"
    for key in ("sets", "asks", "offers"):
        yield from (not_one_of(f"{where}.{key}", "field", name, words) for name in getattr(one, key) if name not in words)
    yield from _wrong_values(words, where, one)


def _wrong_values(words: Vocabulary, where: str, one: SettlingAnswer) -> Iterator[str]:
    """Yield the values of an answer that its fields do not accept, and the conditions that nothing can meet."""
    for name in one.unless:
        if not (_is_in_records(name) if name.startswith(_CARRIER) else name in words):
            yield f"{where}.unless: there is no {name} in fields or records; write e.g. carrier.first_days.regime"
    for key in ("sets", "unless"):
        for name, text in getattr(one, key).items():
            try:
                if name in words:
                    words[name].parse(text)
            except ValueProblem as error:
                yield f"{where}.{key}.{name}: {error}"


_CARRIER = "carrier."


def _recorded(carrier: Carrier | None, name: str) -> str:
    """Return what the record of a carrier says, as `carrier.first_days.regime`; empty if it says nothing that may be printed."""
    found: object = carrier
    for step in name.removeprefix(_CARRIER).split("."):
        found = getattr(found, step, None)
        if isinstance(found, Fact) and not found.printable:
            return ""
    return found if isinstance(found, str) else ""


def _is_in_records(name: str) -> bool:
    """Whether carriers' records have such an entry, and it is a text."""
    kind: object = Carrier
    for step in name.removeprefix(_CARRIER).split("."):
        parts = [part for part in get_args(kind) or (kind,) if is_dataclass(part)]
        kind = get_type_hints(parts[0]).get(step) if parts else None
    return kind is str or get_origin(kind) is Literal

"""The questions that settle several fields at once (reads templates/questions.toml)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Literal

from simforms.errors import ValueProblem
from simforms.knowledge.documents import documents
from simforms.knowledge.typed_toml import not_one_of, read_tables, refuse
from simforms.knowledge.vocabulary import vocabulary

PAPERS = "papers"
"""The question that no file contains: it settles no field, but which documents are made."""


@dataclass(frozen=True)
class SettlingAnswer:
    """One of the answers: what it fills in, and what it leads to."""

    label: str = ""
    document: str = ""
    """The paper it is about, whose title is then the label; the first field that the paper fits is asked for."""
    sets: Mapping[str, str] = field(default_factory=dict)
    asks: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    usual: bool = False
    """Whether it is taken if nothing is typed."""


@dataclass(frozen=True)
class SettlingQuestion:
    """A question whose answer settles several fields. Texts are English; the catalogs hold the other languages."""

    label: str
    help: str
    asked: Literal["first", "ending", "paper"]
    """When: before the way is known; if the person has to end the line; if a chosen paper shows one of its fields."""
    answer: tuple[SettlingAnswer, ...]
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
    yield from list(kind.fits)[:1]


def fields_of(content: Path, name: str) -> set[str]:
    """Return all fields that the answers of a question fill in or call for."""
    numbers = range(len(settling_questions(content)[name].answer))
    return {field for number in numbers for part in settling_answer(content, name, number) for field in part}


def _wrong(content: Path, name: str, asked: SettlingQuestion) -> Iterator[str]:
    """Yield what in a question cannot be asked, or names something that is not there."""
    words = vocabulary(content)
    if name == PAPERS or name in words:
        yield f"{name}: this is the name of a field or of another question; write another name"
    if not asked.answer:
        yield f"{name}.answer: there are no answers; write [[{name}.answer]]"
    if sum(one.usual for one in asked.answer) > 1:
        yield f"{name}.answer: several are usual; leave usual out of all but one"
    known = (*words, *words.sections)
    yield from (not_one_of(f"{name}.settled_by", "field", one, known) for one in asked.settled_by if not words.within(one))
    for number, one in enumerate(asked.answer):
        yield from _wrong_answer(content, f"{name}.answer[{number}]", one)


def _wrong_answer(content: Path, where: str, one: SettlingAnswer) -> Iterator[str]:
    words = vocabulary(content)
    if bool(one.label) == bool(one.document):
        yield f"{where}: an answer has a label or a document; write one of the two"
    if one.document and one.document not in documents(content):
        yield not_one_of(f"{where}.document", "document", one.document, documents(content))
    elif one.document and not documents(content)[one.document].fits:
        yield f"{where}.document: {one.document} fits no field; write what it fits into its document.toml, or a label here"
    for key in ("sets", "asks", "offers"):
        yield from (not_one_of(f"{where}.{key}", "field", name, words) for name in getattr(one, key) if name not in words)
    for name, text in one.sets.items():
        try:
            if name in words:
                words[name].parse(text)
        except ValueProblem as error:
            yield f"{where}.sets.{name}: {error}"

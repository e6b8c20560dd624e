"""From the text of a record to facts. Strict: a key that is not known is an error, with file, line and what to write."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, TypeVar, get_args, get_origin, get_type_hints

from simforms.errors import CaseError, ContentError, together
from simforms.knowledge.evidence import Page, Withdrawn, whose
from simforms.knowledge.facts import SCOPES, Fact, Scope, Term
from simforms.knowledge.typed_toml import nearest_hint
from simforms.load import record
from simforms.texts import EMPTY, Section, Text

F = TypeVar("F", bound=Fact)
T = TypeVar("T")
_GRADES = ("print", "grade", "mark", "source_kind", "source", "seen", "official", "certain")
"""Words with which somebody might write a grade beside a fact; how good it is follows from its pages."""
_NO_GRADE = "how good a fact is, is not written; state the page under pages: (page, day), it follows from that"
_FILLED = {"location", "aim", "channel"}
"""What the reader fills in."""


@dataclass(frozen=True)
class Reader:
    """Reads the facts of one record, whose own sites are `domains`; collects what is wrong, so that all is reported at once."""

    domains: tuple[str, ...] = ()
    record: Section = EMPTY
    """The whole record, for a fact that rests on the pages of another one (`stated_in`)."""
    wrong: list[ContentError] = field(default_factory=list)
    """What is wrong in the record, in the order in which it was read."""

    def tried(self, read: Callable[..., T], *given: Any) -> T | None:
        """Return what `read` returns for these; None, and note why, where it raises ContentError."""
        try:
            return read(*given)
        except ContentError as error:
            self.wrong.append(error)
            return None

    def one(self, kind: type[F], entry: Section | Text | None, **filled: Any) -> F | None:
        """Return the fact that a record states; None for `unknown`, for nothing, and where something is wrong with it."""
        if _nothing(entry):
            return None
        if not isinstance(entry, Section):
            missing = "fields of a fact are missing here; write them, or `unknown`"
            self.wrong.append(ContentError(entry.location if entry else "", missing))
            return None
        before = len(self.wrong)
        values = self._values(kind, entry)
        return kind(**values, **filled) if len(self.wrong) == before else None

    def many(self, kind: type[F], entry: Section | Text | None) -> dict[str, F]:
        """Return facts by their names."""
        if _nothing(entry):
            return {}
        if not isinstance(entry, Section):
            self.wrong.append(ContentError(entry.location if entry else "", "names of facts are missing here"))
            return {}
        return {name: fact for name in entry.entries if (fact := self.one(kind, entry.entries[name]))}

    def several(self, kind: type[F], entry: Section | Text | None, **filled: Any) -> tuple[F, ...]:
        """Return the facts of a list; a single one may be written without the list."""
        entries = entry.entries.values() if isinstance(entry, Section) and entry.listed else [entry]
        return tuple(fact for one in entries if (fact := self.one(kind, one, **filled)))

    def _values(self, kind: type[Fact], entry: Section) -> dict[str, Any]:
        known = _declared(kind)  # type: ignore[arg-type] # a class can be hashed, whatever its instances can
        graded = [name for name in entry.entries if name in _GRADES and name not in known]
        self.wrong.extend(ContentError(entry.locations[name], f"{name}: {_NO_GRADE}") for name in graded)
        self.tried(known_keys, entry, {*known, *graded} - _FILLED)
        values: dict[str, Any] = {"location": str(entry.location)}
        for name in known.keys() & entry.entries.keys() - _FILLED:
            value = entry.entries[name]
            if name == "but":
                values[name] = self.one(kind, value)
            elif name == "pages":
                values[name] = self._pages(value)
            elif name == "withdrawn":
                values[name] = self.tried(self._withdrawn, value)
            elif not isinstance(value, Text) or value.text or name == "text":
                values[name] = self.tried(_read, known[name], name, value)
        if values.get("stated_in"):
            values |= self.tried(self._there, entry, values) or {}
        elif "pages" not in entry.entries:
            self.wrong.append(ContentError(entry.location, "pages: every fact needs one; write pages: and - page: https://…"))
        return values

    def _there(self, entry: Section, values: Mapping[str, Any]) -> dict[str, Any]:
        """Return the pages of the fact that states this one too, and its sentence where there is no other."""
        found: Section | Text | None = self.record
        for name in values["stated_in"].split("."):
            found = found.entries.get(name) if isinstance(found, Section) else None
        if not isinstance(found, Section) or "pages" not in found.entries:
            raise ContentError(entry.locations["stated_in"], f"stated_in: there is no fact {values['stated_in']} with pages here")
        if "pages" in values:
            raise ContentError(entry.locations["pages"], "pages: the fact under stated_in has them; keep one of the two")
        text = found.entries.get("text")
        return {"pages": self._pages(found.entries["pages"])} | (
            {"text": text.text} if isinstance(text, Text) and "text" not in values else {}
        )

    def _pages(self, entry: Section | Text) -> tuple[Page, ...]:
        if not isinstance(entry, Section) or not entry.listed:
            self.wrong.append(ContentError(entry.location, "pages: write a list, each with - page: https://…"))
            return ()
        return tuple(page for one in entry.entries.values() if (page := self.tried(self._page, one)))

    def _page(self, entry: Section | Text) -> Page:
        if not isinstance(entry, Section):
            raise ContentError(entry.location, "pages: write - page: https://…")
        known_keys(entry, {"page", "day", "seen", "says", "copy", "gone"})
        said = {name: value.text for name, value in entry.leaves()}
        if not re.fullmatch(r"https?://[^/\s]+\.[^\s]+", said.get("page", "")):
            raise ContentError(entry.locations.get("page", entry.location), "page: write the address of the page, https://…")
        for name, words in (("copy", ("yes",)), ("gone", ("yes", "changed"))):
            if said.get(name) and said[name] not in words:
                raise ContentError(entry.locations[name], f"{name}: write one of {', '.join(words)}")
        dated, own = said.get("day", ""), whose(said["page"], self.domains)
        return Page(
            page=said["page"],
            whose="other" if said.get("copy") and own != "refused" else own,
            day=_partial(dated, entry) if dated else None,
            dated=dated,
            seen=_converted(date, "seen", entry.entries["seen"]) if said.get("seen") else None,  # type: ignore[arg-type] # a leaf
            says=said.get("says", ""),
            copy="yes" if said.get("copy") else "",
            location=str(entry.location),
            gone=said.get("gone", ""),  # type: ignore[arg-type] # one of the words
        )

    def _withdrawn(self, entry: Section | Text) -> Withdrawn:
        if not isinstance(entry, Section):
            raise ContentError(entry.location, "withdrawn: write why: and the pages that disprove it")
        known_keys(entry, {"why", "pages"})
        why = entry.entries.get("why")
        if not isinstance(why, Text) or not why.text:
            raise ContentError(entry.location, "withdrawn: why: is missing; write what disproves it, or why it is too old")
        return Withdrawn(why.text, self._pages(entry.entries["pages"]) if "pages" in entry.entries else ())


def read_record(path: Path) -> Section:
    """Return the content of a file of facts. Raises ContentError, with file and line."""
    try:
        return record(path)
    except CaseError as error:
        raise together(ContentError(one.location, f"{one.what}; {one.suggestion}") for one in error.problems) from None


def known_keys(entry: Section, keys: set[str]) -> None:
    """Raise ContentError where keys are not among these, with the nearest for each."""
    if unknown := [name for name in entry.entries if name not in keys]:
        hints = {name: nearest_hint(name, keys) for name in unknown}
        raise together(ContentError(entry.locations[name], f"there is no key {name} here; {hints[name]}") for name in unknown)


def _nothing(entry: Section | Text | None) -> bool:
    return entry is None or (isinstance(entry, Text) and entry.text in {"", "unknown"})


@cache
def _declared(kind: type[Any]) -> Mapping[str, Any]:
    """Return the type of each field; working it out takes longer than reading the fact."""
    return get_type_hints(kind)


def _read(kind: Any, name: str, value: Section | Text) -> Any:
    """Return an entry as the type that its field is declared with."""
    if kind == Scope:
        return _scope(name, value)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], name, one) for one in _items(value))
    if Term in {kind, *get_args(kind)}:
        return _term(name, value)
    if get_origin(kind) is Mapping:
        return _mapped(get_args(kind)[1], name, value)
    if isinstance(value, Section):
        raise ContentError(value.location, f"{name}: one value belongs here, not fields")
    return _converted(kind, name, value)


def _items(value: Section | Text) -> Sequence[Section | Text]:
    """Return the entries of a list; of words in one line, each word."""
    if isinstance(value, Section):
        return list(value.entries.values()) if value.listed else [value]
    return [Text(word, value.location) for word in value.text.split()]


def _mapped(kind: Any, name: str, value: Section | Text) -> Mapping[str, Any]:
    if not isinstance(value, Section):
        raise ContentError(value.location, f"{name}: names with values belong here")
    known_keys(value, {"counts": {"paper", "electronic"}, "grounds": set(SCOPES["ground"])}.get(name, set(value.entries)))
    return {key: _read(kind, "counts" if name == "grounds" else name, one) for key, one in value.entries.items()}


def _scope(name: str, value: Section | Text) -> Scope:
    if not isinstance(value, Section):
        raise ContentError(value.location, f"{name}: write for whom, as {{card: [esim]}}")
    known_keys(value, set(SCOPES))
    found = {key: tuple(one.text for one in _items(entry) if isinstance(one, Text)) for key, entry in value.entries.items()}
    for key, words in found.items():
        if SCOPES[key] and (wrong := [word for word in words if word not in SCOPES[key]]):
            raise ContentError(value.locations[key], f"{key}: “{wrong[0]}” is not one of {', '.join(SCOPES[key])}")
    return MappingProxyType(found)


def _term(name: str, value: Section | Text) -> Term:
    if not isinstance(value, Section):
        raise ContentError(value.location, f"{name}: write it like {{days: 7, of: start}}")
    known = _declared(Term)
    known_keys(value, set(known))
    if "of" not in value.entries or not {"days", "months", "day"} & set(value.entries):
        raise ContentError(value.location, f"{name}: write it like {{days: 7, of: start}}")
    return Term(**{key: _converted(known[key], key, one) for key, one in value.leaves()})


def _converted(kind: Any, name: str, value: Text) -> Any:
    if get_origin(kind) is Literal:
        choices = get_args(kind)
        if value.text not in choices:
            raise ContentError(value.location, f"{name}: write one of {', '.join(filter(None, choices))}")
        return value.text
    convert, example = next((_CONVERT[one] for one in (kind, *get_args(kind)) if one in _CONVERT), (str, ""))
    try:
        return convert(value.text)
    except ValueError:
        raise ContentError(value.location, f"{name}: write it like {example}") from None


def _partial(text: str, entry: Section) -> date:
    """Return the first day that a stated day, month or year can mean."""
    try:
        return date.fromisoformat(f"{text}-01-01"[:10] if len(text) in {4, 7} else text)
    except ValueError:
        raise ContentError(entry.locations["day"], "day: write it like 2026-06-06, or 2026-06, or 2026") from None


_CONVERT: Mapping[Any, tuple[Callable[[str], Any], str]] = {
    date: (date.fromisoformat, "2026-06-06"),
    time: (time.fromisoformat, "09:00"),
    int: (int, "1100"),
}

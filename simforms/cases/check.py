"""Checks a case: texts become values; unknown and wrong fields become problems, each with a suggestion."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from dataclasses import field as kept
from difflib import get_close_matches
from typing import Any

from simforms.cases import characters, secrets
from simforms.errors import Location, Problem, ValueProblem
from simforms.fields import DEVICE_NUMBERS, FREE_TEXT_TYPES
from simforms.knowledge.vocabulary import Field, Vocabulary
from simforms.knowledge.wrong_numbers import known_wrong
from simforms.language.normalize import cleaned
from simforms.messages import Message, say
from simforms.texts import Section, Text


@dataclass(frozen=True)
class Value:
    """What the case says in one field: the field, the text as typed, and what it means."""

    field: Field
    text: str
    parsed: Any
    location: Location = kept(repr=False)


Values = Mapping[str, Value]

MOST_ENTRIES = 300
"""Of a list: a log of a letter or a call every other day for nearly two years."""
MOST_GUESSES = 20
"""Problems up to which the nearest name is looked up for an unknown one: where more are wrong, it is another file."""


def check(case: Section, vocabulary: Vocabulary) -> tuple[dict[str, Value], list[Problem]]:
    """Return the values that are right, and the problems of the others. Where nothing is given, the default is used."""
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    first: dict[str, Location] = {}
    for name, text in _known(case, vocabulary, problems):
        if name in first:  # `person.name` in one line, and `name` below `person`
            what = say("the name appears twice, first in line %(line)s", line=first[name].line)
            problems.append(Problem(text.location, name, what, say("keep one of the two")))
        elif cleaned(text.text):
            first[name] = text.location
            problems += _one(vocabulary[name], text, values, vocabulary)
    for name in vocabulary:
        if vocabulary[name].default and name not in values and name.partition(".")[0] in case.entries:
            default = vocabulary[name].default
            values[name] = Value(vocabulary[name], default, default, case.location)
    return values, problems


def _one(field: Field, typed: Text, values: dict[str, Value], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield the problems of one value; put it with the others where it is right."""
    if (text := Text(cleaned(typed.text), typed.location)).text != typed.text.strip():
        yield Problem(typed.location, field.name, _LEFT_OUT, say("no correction is needed"), "note")
    wrong = list(characters.unprintable(text.text))
    secret = list(_secrets(field, text.text)) if len(text.text) <= characters.LONGEST else []  # a longer text is refused anyway
    if field.type in FREE_TEXT_TYPES:
        wrong += secret
    if wrong:
        yield from (Problem(text.location, field.name, what, suggestion) for what, suggestion in wrong)
        return
    yield from (
        Problem(text.location, field.name, remark.what, remark.suggestion, "warning")
        for remark in characters.doubtful(text.text, field.type)
    )
    try:
        value = field.parse(text.text)
    except ValueProblem as problem:
        reasons = secret or [(problem.what, _meant(field, text.text, vocabulary) or problem.suggestion)]
        yield from (Problem(text.location, field.name, what, suggestion) for what, suggestion in reasons)
        return
    if field.type in _CALLED and (why := known_wrong(text.text)):
        what = say("this number is known to be wrong: %(why)s", why=say(why))
        yield Problem(text.location, field.name, what, say("write the right number, or delete it"))
        return
    values[field.name] = Value(field, text.text, value, text.location)
    for severity, remark in field.remarks(text.text, value):
        yield Problem(text.location, field.name, remark.what, remark.suggestion, severity)
    for suspicion in secrets.suspected(text.text, account=field.figures == "account") if field.figures else ():
        yield Problem(text.location, field.name, suspicion.what, suspicion.suggestion, "warning")


def _meant(field: Field, text: str, vocabulary: Vocabulary) -> Message | None:
    """Return where a number belongs that is right in another field; None if it is right in none."""
    if field.type not in {vocabulary[name].type for name in _NUMBERS} or any(secrets.refused(text)):
        return None
    for other in (vocabulary[name] for name in _NUMBERS if vocabulary[name].type != field.type):
        try:
            doubts = [severity for severity, _ in other.remarks(text, other.parse(text)) if severity == "warning"]
        except ValueProblem:
            continue
        if not doubts:
            return say("this looks like %(label)s: write it in %(field)s", label=Message(other.label), field=other.name)
    return None


_NUMBERS = ("line.eid", "line.serial", "line.imei", "line.number", "person.residence_card")
"""Fields whose values cannot be taken for one another: each has its own length, beginning or check digit."""
_LEFT_OUT = say("invisible characters were removed, and each letter with its marks was read as one character")
_CALLED = {"phone", "line-number"}
"""Types whose values are called: a number that is known to be wrong must not get that far."""


def _secrets(field: Field, text: str) -> Iterator[tuple[Message, Message]]:
    """Yield what is a secret for sure; nothing where the field's own numbers look like one."""
    if field.type not in DEVICE_NUMBERS and field.figures != "account":
        yield from secrets.refused(text, codes=bool(field.figures))


def _known(case: Section, vocabulary: Vocabulary, problems: list[Problem], prefix: str = "") -> Iterator[tuple[str, Text]]:
    """Yield the entries that are fields; note those that are not, with the nearest name."""
    for key, entry in case.entries.items():
        name = f"{prefix}{key}"
        if isinstance(entry, Section) and entry.listed and f"{name}[]" in vocabulary.sections:
            yield from _listed(entry, vocabulary, problems, name)
        elif isinstance(entry, Section) and not entry.listed and name in vocabulary.sections:
            yield from _known(entry, vocabulary, problems, f"{name}.")
        elif isinstance(entry, Text) and _is_field(name, vocabulary):
            yield name, entry
        elif isinstance(entry, Text) and {name, f"{name}[]"} & vocabulary.sections and not entry.text:
            continue
        else:
            guess = len(problems) < MOST_GUESSES
            problems.append(Problem(case.locations[key], name, *_stray(name, entry, vocabulary, guess=guess)))


def _is_field(name: str, vocabulary: Vocabulary) -> bool:
    """Return whether a name is that of one field; `log[].date` is that of many."""
    return name in vocabulary and "[]" not in name


def _listed(entry: Section, vocabulary: Vocabulary, problems: list[Problem], name: str) -> Iterator[tuple[str, Text]]:
    """Yield the fields of each entry of a list."""
    if len(entry.entries) > MOST_ENTRIES:
        what = say("it has %(count)s entries, but the limit is %(most)s", count=len(entry.entries), most=MOST_ENTRIES)
        problems.append(Problem(entry.location, name, what, say("delete the oldest entries")))
        return
    for number, one in entry.entries.items():
        if isinstance(one, Section) and not one.listed:
            yield from _known(one, vocabulary, problems, f"{name}[{number}].")
        else:
            problems.append(Problem(entry.locations[number], f"{name}[{number}]", *_FIELDS_BELONG))


_FIELDS_BELONG = (
    say("this must contain fields, not a value"),
    say("write the fields on the next lines, indented by two more spaces"),
)


LINE = "line"
SEVERAL_LINES = say("this cannot be used for several lines of one person"), say("write a case for each line")


def _stray(  # noqa: PLR0911 - one kind of stray after the other
    name: str, entry: Section | Text, vocabulary: Vocabulary, *, guess: bool
) -> tuple[Message, Message]:
    if refusal := secrets.secret_name(name):
        return refusal
    if f"{name}[]" in vocabulary.sections:
        return say("this must be a list"), say("start each entry with “- ”")
    if name == LINE and isinstance(entry, Section) and entry.listed:
        return SEVERAL_LINES
    if isinstance(entry, Section) and entry.listed:
        return say("this must not be a list"), say("write one value")
    if _is_field(name, vocabulary):
        return say("this must be one value, not fields"), say(
            "write it after the colon, e.g. %(example)s", example=vocabulary[name].example
        )
    if name in vocabulary.sections:
        return _FIELDS_BELONG
    if near := _nearest(
        name, {*vocabulary, *vocabulary.sections} if isinstance(entry, Section) else set(vocabulary), guess=guess
    ):
        return say("there is no such field"), say("did you mean %(near)s?", near=near)
    return say("there is no such field"), say("delete it, or see `simforms new my.yaml --empty` for all fields")


def _nearest(name: str, known: Set[str], *, guess: bool) -> str:
    """Return the known name that is most like one, else one that ends like it; empty where there is none."""
    known = {other.replace("[]", "[1]") for other in known}
    last = name.rpartition(".")[2]
    alike = get_close_matches(name, known, n=1, cutoff=0.75) if guess else []
    return next(iter(alike or sorted(other for other in known if other.rpartition(".")[2] == last)), "")

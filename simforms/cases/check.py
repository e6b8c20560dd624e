"""Raw texts become values, or all their problems at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from simforms.cases import characters
from simforms.errors import Location, Problem, ValueProblem
from simforms.knowledge.vocabulary import Field, Vocabulary
from simforms.knowledge.wrong_numbers import known_wrong
from simforms.messages import Message, say
from simforms.texts import Section, Text


@dataclass(frozen=True)
class Value:
    """What the case says in one field: the field, the text as typed, and what it means."""

    field: Field
    text: str
    parsed: Any
    location: Location


Values = Mapping[str, Value]


def check(case: Section, vocabulary: Vocabulary) -> tuple[dict[str, Value], list[Problem]]:
    """Return the values that are right, and the problems of the others. Defaults stand where nothing is given."""
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    for name, text in _known(case, vocabulary, problems):
        if text.text.strip():
            problems += _one(vocabulary[name], text, values)
    for name in vocabulary:
        if vocabulary[name].default and name not in values and name.partition(".")[0] in case.entries:
            default = vocabulary[name].default
            values[name] = Value(vocabulary[name], default, default, case.location)
    return values, problems


def _one(field: Field, text: Text, values: dict[str, Value]) -> Iterator[Problem]:
    """Yield the problems of one value; put it with the others where it is right."""
    wrong = list(characters.unprintable(text.text))
    forbidden = [] if field.figures == "any" else list(characters.forbidden(text.text))
    if field.type in _WRITTEN:
        wrong += forbidden
    if wrong:
        yield from (Problem(text.location, field.name, what, suggestion) for what, suggestion in wrong)
        return
    yield from (
        Problem(text.location, field.name, remark.what, remark.suggestion, "warning") for remark in characters.doubtful(text.text)
    )
    try:
        value = field.parse(text.text)
    except ValueProblem as problem:
        reasons = forbidden or [(problem.what, problem.suggestion)]
        yield from (Problem(text.location, field.name, what, suggestion) for what, suggestion in reasons)
        return
    if field.type in _CALLED and (why := known_wrong(text.text)):
        what = say("this number is known to be wrong: %(why)s", why=say(why))
        yield Problem(text.location, field.name, what, say("write the right number, or delete it"))
        return
    values[field.name] = Value(field, text.text, value, text.location)
    for severity, remark in field.remarks(text.text, value):
        yield Problem(text.location, field.name, remark.what, remark.suggestion, severity)


_WRITTEN = {
    "account-kana",
    "code",
    "email",
    "kana",
    "kana-line",
    "kanji-name",
    "name",
    "passport",
    "residence-card",
    "text",
}
"""Types in which people write freely, and so write what they should not."""


_CALLED = {"phone", "line-number"}
"""Types whose values are called: a number that is known to be wrong must not get that far."""


_SECRETS = re.compile(
    r"pin\d?(番号|コード|码|碼)?|puk|pass(word|code|phrase)|secret|cvv|cvc|暗証番号|パスワード|密码|密碼",
    re.IGNORECASE,
)


_MY_NUMBER = re.compile(r"my_?number|マイナンバー|個人番号", re.IGNORECASE)


def _known(case: Section, vocabulary: Vocabulary, problems: list[Problem], prefix: str = "") -> Iterator[tuple[str, Text]]:
    """Yield the entries that are fields; note those that are not, with the nearest name."""
    for key, entry in case.entries.items():
        name = f"{prefix}{key}"
        if isinstance(entry, Section) and entry.listed and f"{name}[]" in vocabulary.sections:
            yield from _listed(entry, vocabulary, problems, name)
        elif isinstance(entry, Section) and not entry.listed and name in vocabulary.sections:
            yield from _known(entry, vocabulary, problems, f"{name}.")
        elif isinstance(entry, Text) and name in vocabulary:
            yield name, entry
        elif isinstance(entry, Text) and {name, f"{name}[]"} & vocabulary.sections and not entry.text:
            continue
        else:
            problems.append(Problem(case.locations[key], name, *_stray(name, entry, vocabulary)))


def _listed(entry: Section, vocabulary: Vocabulary, problems: list[Problem], name: str) -> Iterator[tuple[str, Text]]:
    """Yield the fields of each entry of a list."""
    for number, one in entry.entries.items():
        if isinstance(one, Section) and not one.listed:
            yield from _known(one, vocabulary, problems, f"{name}[{number}].")
        else:
            problems.append(Problem(entry.locations[number], f"{name}[{number}]", *_FIELDS_BELONG))


_FIELDS_BELONG = (
    say("fields belong here, not a value"),
    say("write the fields on the next lines, two spaces further in"),
)


def secret(name: str) -> tuple[Message, Message] | None:
    """Return why a thing of that name is never written down; None where it may be."""
    if _MY_NUMBER.fullmatch(name.rpartition(".")[2]):
        return characters.MY_NUMBER
    if _SECRETS.fullmatch(name.rpartition(".")[2]):
        return say("a secret is never written in a case"), say("delete it; say it only on a call that you started yourself")
    return None


def _stray(  # noqa: PLR0911 - one kind of stray after the other
    name: str, entry: Section | Text, vocabulary: Vocabulary
) -> tuple[Message, Message]:
    if refusal := secret(name):
        return refusal
    if f"{name}[]" in vocabulary.sections:
        return say("a list belongs here"), say("start each of its entries with “- ”")
    if isinstance(entry, Section) and entry.listed:
        return say("a list does not belong here"), say("write one value")
    if name in vocabulary:
        return say("one value belongs here, not fields"), say(
            "write it behind the colon, e.g. %(example)s", example=vocabulary[name].example
        )
    if name in vocabulary.sections:
        return _FIELDS_BELONG
    known = {*vocabulary, *vocabulary.sections} if isinstance(entry, Section) else set(vocabulary)
    last = name.rpartition(".")[2]
    near = get_close_matches(name, known, n=1, cutoff=0.75) or sorted(
        other for other in known if other.rpartition(".")[2] == last
    )
    if near:
        return say("there is no such field"), say("do you mean %(near)s?", near=near[0])
    return say("there is no such field"), say("delete it, or see `simforms new my.yaml --empty` for all fields")

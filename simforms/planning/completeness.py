"""What the chosen documents still need, what none of them uses, and what belongs to another choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from simforms.cases.check import Values
from simforms.errors import Location, Problem
from simforms.knowledge.documents import ALWAYS_NEEDED, Document
from simforms.knowledge.vocabulary import CHOICE, Vocabulary
from simforms.messages import say
from simforms.texts import Section, any_number


def missing(
    values: Values, chosen: Iterable[Document], wrong: set[str], case: Section, vocabulary: Vocabulary
) -> Iterator[Problem]:
    """Yield the fields that the documents, or the values given, still need. A field that is given but wrong is not missing."""
    wanted = {ALWAYS_NEEDED: say("every paper needs it")}
    for document in chosen:
        wanted |= {name: say("“%(document)s” needs it", document=say(document.title)) for name in document.needs}
    for value in list(values.values()):
        if value.field.type == CHOICE and _used(value.field.name, chosen):
            wanted |= {
                name: say("“%(choice)s” needs it", choice=say(value.field.choices[value.parsed].label))
                for name in value.field.choices[value.parsed].needs
            }
    for name, reason in wanted.items():
        if name not in values and name not in wrong:
            suggestion = say("write a value, e.g. %(example)s", example=vocabulary[name].example)
            yield Problem(_around(case, name), name, say("this field has no value: %(reason)s", reason=reason), suggestion)


def _around(case: Section, name: str) -> Location:
    """Return where the innermost section that is there begins: the place to add a field."""
    location = case.location
    for section in name.split(".")[:-1]:
        location = case.locations.get(section, location)
        inner = case.entries.get(section)
        if not isinstance(inner, Section):
            break
        case = inner
    return case.locations.get(name.rpartition(".")[2], location)


def _used(name: str, chosen: Iterable[Document]) -> bool:
    return any(
        name == other or name.startswith(f"{other}.") for document in chosen for other in (*document.needs, *document.uses)
    )


def unused(values: Values, chosen: Sequence[Document], vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield the values that no chosen document prints and that decide nothing."""
    used = {field for document in chosen for field in vocabulary.within_all((*document.needs, *document.uses, *document.asked))}
    for name, value in values.items():
        if (
            chosen
            and any_number(name) not in used
            and not value.field.plan
            and name.partition(".")[0] != "cancellation"
            and value.text != value.field.default
        ):
            yield Problem(
                value.location,
                name,
                say("none of the papers to be printed shows this field"),
                say("keep it, or choose another document with -d"),
                "note",
            )


def stray(values: Values, vocabulary: Vocabulary) -> Iterator[Problem]:
    """Yield the values that another choice would need: a branch, where the account is one of the post bank."""
    for value in list(values.values()):
        if value.field.type != CHOICE:
            continue
        belongs = {key: vocabulary.within_all((*choice.needs, *choice.uses)) for key, choice in value.field.choices.items()}
        own = belongs[value.parsed]
        for name in dict.fromkeys(name for names in belongs.values() for name in names):
            if name not in own and name in values and values[name].text != values[name].field.default:
                yield Problem(
                    values[name].location,
                    name,
                    say(
                        "this field is not used when %(field)s is “%(choice)s”",
                        field=value.field.name,
                        choice=value.parsed,
                    ),
                    say("delete it, or change %(field)s", field=value.field.name),
                )

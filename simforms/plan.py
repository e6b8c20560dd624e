"""Everything is decided here: language, carrier, documents, dates, warnings. A plan is frozen and pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from simforms import carriers, catalogs
from simforms.check import Value, Values, check, missing, stray
from simforms.documents import Document, document, documents
from simforms.errors import CaseError, Place, Problem, say
from simforms.load import Section
from simforms.vocabulary import vocabulary

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no letter that looks like a figure


@dataclass(frozen=True)
class Plan:
    """What will be printed."""

    content: Path
    reference: str
    date: date
    language: str
    carrier: carriers.Carrier
    documents: tuple[Document, ...]
    values: Mapping[str, Value]
    warnings: tuple[Problem, ...]


_WHICH = say("nothing in it tells which paper is meant")
_NAME_ONE = say("fill in cancellation.channel or refund.ground, or name a document with -d")


def plan(  # noqa: PLR0913 - each is a decision of the caller's
    content: Path,
    case: Section,
    today: date,
    *,
    wanted: Sequence[str] = (),
    language: str = "",
    noticed: Sequence[Problem] = (),
) -> Plan:
    """Decide what to print for a case.

    `wanted` names the documents, else the case decides; `language` goes before the case's own; `noticed` are the problems
    of the file's form. Raises CaseError with every problem, UnknownNameError for a wrong `wanted` or `language`.
    """
    values, problems = check(case, vocabulary(content))
    problems = [*noticed, *problems]
    wrong = {problem.name for problem in problems}
    companion = _language(content, values, language, case.place)
    chosen = _documents(content, values, wanted)
    if isinstance(companion, Problem):
        problems += [companion] if "language" not in wrong else []
        companion = next(
            (code for code in catalogs.languages(content) if companion.cure.values.get("near") == code), catalogs.SOURCE
        )
    if not chosen and not wrong & {name for kind in documents(content).values() for name in kind.fits}:
        problems.append(Problem(case.place, "", _WHICH, _NAME_ONE))
    problems += missing(values, chosen, wrong, case, vocabulary(content))
    problems += stray(values, vocabulary(content))
    if problems:
        raise CaseError(problems, companion)
    carrier = carriers.find(values["carrier"].parsed)
    return Plan(
        content=content,
        reference=_reference(values),
        date=values["date"].parsed if "date" in values else today,
        language=companion,
        carrier=carrier or carriers.unknown(values["carrier"].parsed),
        documents=chosen,
        values=values,
        warnings=tuple(_warnings(values, carrier)),
    )


def _language(content: Path, values: Values, asked: str, place: Place) -> str | Problem:
    if asked:
        return catalogs.language(content, asked)
    known = catalogs.languages(content)
    if "language" not in values:
        return Problem(place, "language", say("it is missing"), say("write one of %(choices)s", choices=", ".join(known)))
    given = values["language"]
    if given.parsed in known:
        return str(given.parsed)
    near = get_close_matches(given.parsed, known, n=1) or [code for code, name in known.items() if name.startswith(given.parsed)]
    return Problem(
        given.place,
        "language",
        say("there is no language “%(name)s”", name=given.parsed),
        say("do you mean %(near)s?", near=near[0]) if near else say("write one of %(choices)s", choices=", ".join(known)),
    )


def _documents(content: Path, values: Values, wanted: Sequence[str]) -> tuple[Document, ...]:
    if wanted:
        return tuple(document(content, name) for name in dict.fromkeys(wanted))
    return tuple(kind for kind in documents(content).values() if _fits(kind, values))


def _fits(kind: Document, values: Values) -> bool:
    return any(name in values and (not fitting or values[name].parsed in fitting) for name, fitting in kind.fits.items())


def _reference(values: Values) -> str:
    """Return the case's own reference, else one that stays the same while line and name do.

    40 bits of a hash: enough to tell the cases of a desk apart, too few to hold the line's number.
    """
    if "reference" in values:
        return str(values["reference"].parsed)
    identity = "\n".join(str(values[name].parsed) for name in ("carrier", "line.number", "person.name") if name in values)
    number = int.from_bytes(hashlib.sha256(identity.encode()).digest()[:5], "big")
    signs = "".join(_ALPHABET[number >> shift & 31] for shift in range(35, -1, -5))
    return f"SF-{signs[:4]}-{signs[4:]}"


def _warnings(values: Values, carrier: carriers.Carrier | None) -> Iterator[Problem]:
    if not carrier:
        given = values["carrier"]
        near = carriers.nearest(given.parsed)
        yield Problem(
            given.place,
            "carrier",
            say("“%(name)s” is not in the directory: its numbers and rules are not known", name=given.parsed),
            say("if you mean %(near)s, write that", near=near)
            if near
            else say("copy address and number from your contract papers"),
            "warning",
        )
    chosen = {name: value.field.choices[value.parsed] for name, value in values.items() if value.field.choices}
    settled = {name for choice in chosen.values() for name in choice.settles}
    for name, choice in chosen.items():
        if choice.warning and name not in settled:
            value = values[name]
            yield Problem(value.place, value.field.name, say(choice.warning), say("nothing has to be corrected"), "warning")

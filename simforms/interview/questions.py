"""Which question comes next, by the day, the answers so far and the papers wished: none that changes nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from simforms.cases.answers import override
from simforms.errors import Location
from simforms.knowledge import carriers
from simforms.knowledge.content import read_toml
from simforms.knowledge.documents import ALWAYS_NEEDED, Document, document, documents
from simforms.knowledge.vocabulary import CHOICE, Field, vocabulary
from simforms.language import catalogs
from simforms.messages import Message, say
from simforms.planning.completeness import missing
from simforms.planning.plan import Plan, plan
from simforms.texts import EMPTY

PAPERS = "papers"
"""The question that settles no field, but which documents are made."""
CHANNEL = "cancellation.channel"
BANK, BRANCH = "refund.account.bank", "refund.account.branch"
SEARCHED = (ALWAYS_NEEDED, BANK, BRANCH)
"""The fields whose value is found by a part of its name."""
_DECIDING = ("line.keep_number", "line.closing_day", "line.installed")
"""Fields that only some carriers' rules depend on: asked for where they do."""
_BY_A_PART = say("its name in any spelling; a part of it is enough")


@dataclass(frozen=True)
class Known:
    """What the person has said so far."""

    given: Mapping[str, str]
    """Texts by the name of their field."""
    left_out: frozenset[str] = frozenset()
    """Questions that were answered with nothing."""
    called_for: tuple[str, ...] = ()
    """Fields that an answer calls for, before anything else."""
    wanted: tuple[str, ...] | None = None
    """The documents; None while the plan decides, none at all where the person wants no paper."""


@dataclass(frozen=True)
class Option:
    """One of the answers to choose from."""

    key: str
    label: Message | str
    spellings: tuple[str, ...] = ()
    """What else may be typed for it."""
    note: Message | str = ""
    marked: bool = False


@dataclass(frozen=True)
class Question:
    """Something to ask."""

    name: str
    """A field, or one of the questions of templates/questions.toml, or `papers`."""
    label: Message
    help: Message | None = None
    example: str = ""
    options: tuple[Option, ...] = ()
    offered: tuple[Option, ...] = ()
    """Those of very many options that what was typed can mean."""
    default: str = ""
    """The option that is taken where nothing is typed."""
    optional: bool = False
    private: bool = False
    why: Message | None = None
    """What needs it."""
    knows_way: bool = False
    """Whether it is asked only after the person was told which way ends the line."""


def planned(content: Path, today: date, known: Known) -> Plan:
    """Return the plan of what is known. Raises CaseError where an answer is wrong, or carrier and language are not known yet."""
    case = override(EMPTY, known.given.items(), Location(""))
    found = plan(content, case, today, wanted=known.wanted or (), needs_papers=False)
    return replace(found, documents=()) if known.wanted == () else found


def next_question(content: Path, today: date, known: Known) -> Question | None:
    """Return what to ask next; None where enough is known."""
    if "language" not in known.given:
        return language_question(content)
    if ALWAYS_NEEDED not in known.given:
        return field_question(content, ALWAYS_NEEDED)
    early = _early(content, today, known)
    return early or next(_late(content, today, known), None)


def language_question(content: Path) -> Question:
    """Return the only question that is not asked in the person's language: its answers are the languages' own names."""
    names = catalogs.companion_languages(content)
    return Question("language", say("Language beside the Japanese"), options=tuple(Option(code, names[code]) for code in names))


def _early(content: Path, today: date, known: Known) -> Question | None:
    """Return what decides the way."""
    for name in known.called_for:
        if name not in known.given and name not in known.left_out:
            return field_question(content, name, optional=name not in _demanded(content))
    if known.wanted is None and not _settled(content, "matter", known):
        return _settling_question(content, "matter", known)
    if known.wanted is not None:
        return None
    found = planned(content, today, known)
    if _sort_matters(content, today, known, found):
        return field_question(content, "line.billing")
    if _ending(found) and not _settled(content, "where", known):
        return _settling_question(content, "where", known)
    return None


def _ending(found: Plan) -> bool:
    """Return whether a line is to end by an act."""
    return any(matter.name in {"end-line", "first-days"} and matter.open for matter in found.matters)


def _ends_by_itself(found: Plan) -> bool:
    return any(matter.state == "by-itself" for matter in found.matters)


def _sort_matters(content: Path, today: date, known: Known, found: Plan) -> bool:
    """Return whether the line ends by itself or not, depending on how it is paid, and the carrier sells both."""
    sold = found.carrier.kinds
    if "line.billing" in known.given or "line.billing" in known.left_out or not found.matter("end-line"):
        return False
    if sold and "prepaid" not in sold:
        return False
    ends = {
        _ends_by_itself(planned(content, today, replace(known, given={**known.given, "line.billing": kind})))
        for kind in ("prepaid", "postpaid")
    }
    return len(ends) > 1 and not ("postpaid" not in sold and _ends_by_itself(found))


def _late(content: Path, today: date, known: Known) -> Iterator[Question]:
    """Yield what is asked when the way is known."""
    found, words = planned(content, today, known), vocabulary(content)
    if known.wanted is None and found.way and (ways := _ways_that_differ(content, today, known, found)):
        asked = field_question(content, CHANNEL)
        options = tuple(option for way in ways for option in asked.options if option.key == way)
        yield replace(asked, options=options, default=found.way.channel, knows_way=True)
    if known.wanted is None and found.documents and found.matter("end-line"):
        yield _papers(found)
    reasons = {problem.name: problem.what for problem in missing(found.values, found.documents, set(), EMPTY, words)}
    doubts = {problem.name for problem in found.conflicts} & set(words) - set(known.given) - known.left_out
    for name in words:
        if name in reasons and not words[name].default:
            yield replace(field_question(content, name), why=reasons[name], knows_way=True)
        elif name in doubts:
            yield replace(field_question(content, name, optional=True), knows_way=True)
    for name in dict.fromkeys(name for matter in found.matters for name in matter.asks):
        if _decides(name, found) and name not in known.given and name not in known.left_out:
            yield replace(field_question(content, name, optional=True), knows_way=True)


def _decides(name: str, found: Plan) -> bool:
    """Return whether a field that only some carriers' rules depend on changes what this person does.

    When the billing month ends is of no use to who stays: then the day to act is today in any case.
    """
    return name in _DECIDING and (name != "line.closing_day" or found.situation.departure is not None)


def _ways_that_differ(content: Path, today: date, known: Known, found: Plan) -> list[str]:
    """Return the ways that work, where the person has the choice and other papers go with each."""
    if known.given.keys() & {CHANNEL, "cancellation.kind"}:
        return []
    matter, choices = found.matter("end-line"), vocabulary(content)[CHANNEL].choices
    ways = [way.channel for way in (matter.ways if matter else ()) if way.verdict == "yes" and way.channel in choices]
    papers = {
        tuple(kind.name for kind in planned(content, today, replace(known, given={**known.given, CHANNEL: way})).documents)
        for way in ways
    }
    return ways if len(papers) > 1 else []


def _papers(found: Plan) -> Question:
    """Return the choice of papers: those of the plan are marked, others of use stand below."""
    others = [kind for kind in documents(found.content).values() if kind not in found.documents and _of_use(kind, found)]
    options = [_paper(kind, marked=True) for kind in found.documents] + [_paper(kind) for kind in others]
    asked = Question(PAPERS, say("Papers"), options=tuple(options), optional=True, knows_way=True)
    return replace(asked, help=say("Enter takes those with ✓; a number adds one or takes one away"))


def _paper(kind: Document, *, marked: bool = False) -> Option:
    return Option(kind.name, say(kind.title), note=say(kind.purpose), marked=marked)


def _of_use(kind: Document, found: Plan) -> bool:
    return kind.unasked and not kind.only_then and found.of_use(kind)


def field_question(content: Path, name: str, *, optional: bool = False) -> Question:
    """Return the question for one field."""
    field: Field = vocabulary(content)[name]
    options = tuple(Option(key, say(choice.label), choice.words) for key, choice in field.choices.items())
    example = "" if field.type == CHOICE else field.example.strip('"')
    purpose = _BY_A_PART if name in SEARCHED else say(field.help)
    return Question(
        name, say(field.label), purpose, example, options, default=field.default, optional=optional, private=field.private
    )


def offered(content: Path, known: Known, found: Plan) -> list[Question]:
    """Return what could be said besides: the fields that the papers can show, those with a place on the form first."""
    words = vocabulary(content)
    boxes = {field for kind in found.documents for field in words.within_all(kind.blank)}
    uses = {field for kind in found.documents for field in words.within_all(kind.uses)}
    for value in found.values.values():
        for choice in value.field.choices.values():
            uses -= set(words.within_all((*choice.needs, *choice.uses)))
    for value in found.values.values():
        if value.field.type == CHOICE:
            uses |= set(words.within_all(value.field.choices[value.parsed].uses))
    names = [name for name in words if name in uses and name not in known.given and "[]" not in name]
    return [field_question(content, name, optional=True) for name in sorted(names, key=lambda name: name not in boxes)]


def _settling(content: Path) -> dict[str, Any]:
    """Return the questions that settle several fields at once."""
    return read_toml(content / "templates" / "questions.toml")


def settling_answer(content: Path, name: str, number: int) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the fields that an answer fills in, and those it calls for."""
    entry = _settling(content)[name]["answer"][number]
    subject = tuple(_subject(content, entry["document"])) if "document" in entry else ()
    return entry.get("sets", {}), (*entry.get("asks", ()), *entry.get("offers", ()), *subject)


def _demanded(content: Path) -> set[str]:
    """Return the fields without which an answer says nothing."""
    entries = [answer for asked in _settling(content).values() for answer in asked["answer"]]
    subjects = {name for entry in entries if "document" in entry for name in _subject(content, entry["document"])}
    return subjects | {name for entry in entries for name in entry.get("asks", ())}


def _subject(content: Path, name: str) -> Iterator[str]:
    """Yield the field that makes a case be about this paper."""
    kind = document(content, name)
    yield from list(kind.asked)[:1]


def _settled(content: Path, name: str, known: Known) -> bool:
    """Return whether a question that settles several fields was answered, by itself or by its fields."""
    later = {"matter": ("cancellation.", "person.place"), "where": ("person.place", "person.departure_date")}[name]
    numbers = range(len(_settling(content)[name]["answer"]))
    fields = {field for number in numbers for part in settling_answer(content, name, number) for field in part}
    return name in known.left_out or any(other in fields or other.startswith(later) for other in known.given)


def _settling_question(content: Path, name: str, known: Known) -> Question:
    entry = _settling(content)[name]
    label, purpose, options = entry["label"], entry["help"], []
    for number, answer in enumerate(entry["answer"]):
        text = document(content, answer["document"]).title if "document" in answer else answer["label"]
        if not (answer.get("sets", {}).get("cancellation.kind") == "first-8-days" and _outside(known.given[ALWAYS_NEEDED])):
            options.append(Option(str(number), say(text)))
    return Question(name, say(label), say(purpose), options=tuple(options), default="0" if name == "matter" else "")


def _outside(carrier: str) -> bool:
    known = carriers.find(carrier)
    right = known.first_days if known else None
    return bool(right and right.printable and right.regime == "outside")

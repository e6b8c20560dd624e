"""What the directory of carriers tells people: a list, a record with its sources, what is wrong, what is old."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from simforms.errors import UnknownNameError
from simforms.knowledge import carrier_checks as directory_checks
from simforms.knowledge import carriers
from simforms.knowledge.carrier import Carrier
from simforms.knowledge.content import content, data
from simforms.knowledge.fact_kinds import Name, Phone, Way
from simforms.knowledge.facts import Fact
from simforms.language.catalogs import tell
from simforms.messages import Message, say
from simforms.planning.routes import NAMES
from simforms.write import write_new

_RECORD = """\
# The file's name is the slug; it never changes. docs/records.md shows every key. Leave out what you did not read.
names:
  ja:
  en:
aliases:
status: active # active, closed, merged, retailer, unknown
group: brand # network, brand, online-brand, resold, home-internet, travel, seller
kinds: postpaid # postpaid, prepaid, esim, data, tourist
domains: # the company's own sites, e.g. example.jp: their pages are its own

ways:
  end-line:
    online:
      available: unknown # yes, no, unclear, unknown
      text:
      pages:
        - page: https://
          day: # the day the page itself states
ends: unknown
refund: unknown
"""


_STATUS = {
    "closed": say("closed"),
    "merged": say("taken over"),
    "retailer": say("only a seller"),
    "unknown": say("not known"),
}


def listed(language: str) -> Iterator[tuple[str, str]]:
    """Yield a row for each carrier and help desk: its slug, its names and what became of it."""
    for known in (*carriers.carriers().values(), *carriers.desks().values()):
        yield known.slug, _named(known, language)


def _named(known: Carrier, language: str) -> str:
    own, japanese = known.name(language), known.name("ja")
    status = f" [{tell(content(), language, _STATUS[known.status])}]" if known.status != "active" else ""
    return f"{own}{'' if own == japanese else f' ({japanese})'}{status}"


def described(name: str, language: str, today: date) -> Iterator[str]:
    """Yield what is known of a carrier or a help desk. Raises UnknownNameError."""
    known = carriers.desks().get(name) or carriers.carrier(name)
    yield f"{known.slug}: {_named(known, language)}"
    for pointer, fact in known.facts():
        if fact.print != "never":
            yield ""
            yield f"{_pointed(pointer, language)}: {_said(fact, language)}"
            yield from _provenance(fact, language, today)
            if fact.but and fact.but.print != "never":
                against = say("Another source says: %(text)s", text=say(fact.but.text))
                yield f"  {tell(content(), language, against)}"
                yield from _provenance(fact.but, language, today)
    missing = [pointer for pointer in _ALONE if getattr(known, pointer) is None]
    if missing:
        yield ""
        names = ", ".join(_pointed(pointer, language) for pointer in missing)
        yield tell(content(), language, say("%(names)s: not known; ask", names=names))


_ALONE = {
    "effective": say("End of the line"),
    "refund": say("Refunds"),
    "first_days": say("First 8 days"),
    "sim_return": say("Return of the SIM card"),
    "lost": say("Loss or theft"),
}


def _pointed(pointer: str, language: str) -> str:
    """Return what a fact is about: a way, a rule, else its name in the record."""
    section, _, last = pointer.partition(".")
    message = NAMES.get(last) if section == "channels" else _ALONE.get(pointer)
    return tell(content(), language, message) if message else pointer


_AVAILABLE = {"yes": say("works"), "unknown": say("not known"), "no": say("does not work")}
_REACH = {
    "handset": say("only from this carrier's phones"),
    "japan": say("from inside Japan"),
    "overseas": say("from abroad"),
}


def _said(fact: Fact, language: str) -> str:
    def words(message: Message) -> str:
        return tell(content(), language, message)

    if isinstance(fact, Name):
        return fact.name
    text = words(say(fact.text)) if fact.text else ""
    if isinstance(fact, Phone):
        hours = say("hours not known")
        if fact.always:
            hours = say("day and night")
        elif fact.opens and fact.closes:
            hours = say("%(opens)s–%(closes)s (Japan time)", opens=f"{fact.opens:%H:%M}", closes=f"{fact.closes:%H:%M}")
        return " · ".join(filter(None, (fact.dial, words(hours), words(_REACH[fact.reach]), text)))
    return " – ".join(filter(None, (words(_AVAILABLE[fact.available]), text))) if isinstance(fact, Way) else text


_KIND = {"official": say("official page"), "secondary": say("page of others")}


def _provenance(fact: Fact, language: str, today: date) -> Iterator[str]:
    kind, seen = (tell(content(), language, message) for message in (_KIND[fact.source_kind], fact.standing(today)))
    yield f"  {kind}, {seen}"
    yield f"  {fact.source}"


def wrong(today: date) -> list[directory_checks.Finding]:
    """Return everything that is wrong in the records."""
    return directory_checks.findings(carriers.carriers() | carriers.desks(), today)


def stale(today: date) -> Iterator[str]:
    """Yield the facts to look up again: the undated first, then the oldest."""
    old = [
        (fact.seen or date.min, slug, pointer, fact)
        for slug, known in (carriers.carriers() | carriers.desks()).items()
        for pointer, fact in known.facts()
        if fact.print != "never" and (fact.seen is None or fact.doubtful(today))
    ]
    for seen, slug, pointer, fact in sorted(old, key=lambda one: one[:3]):
        yield f"{'undated   ' if seen == date.min else seen}  {slug} {pointer}  {fact.source}"


def new_record(slug: str, folder: Path | None = None) -> Path:
    """Write an empty record and return its file. Raises UnknownNameError for a slug that cannot be a file's name."""
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise UnknownNameError(say("a slug is small letters, figures and hyphens, e.g. new-mobile"))
    path = (folder or data("carriers")) / f"{slug}.yaml"
    write_new(path, _RECORD.encode())
    return path

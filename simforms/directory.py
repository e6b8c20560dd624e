"""What the directory of carriers tells people: a list, a record with its sources, what is wrong, what is old."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from simforms import carriers, directory_checks
from simforms.catalogs import tell
from simforms.content import content, data
from simforms.errors import Message, UnknownNameError, say
from simforms.facts import Channel, Fact, Name, Phone
from simforms.write import write_new

_RECORD = """\
# Slug = file name; it never changes. Every fact needs source, source_kind, seen and print; leave out what you did not read.
names:
  ja:
  en:
aliases:
status: active # active, closed, merged, retailer, unknown
kinds: postpaid # postpaid, prepaid, esim, data, tourist

channels:
  online:
    available: unknown # yes, no, unknown
    text:
    source: https://
    source_kind: official # official, secondary
    seen: # the date the page states
    print: ok # ok, warn, never
effective: unknown
refund: unknown
"""


def listed() -> Iterator[str]:
    """Yield a line for each carrier and help desk."""
    for known in (*carriers.carriers().values(), *carriers.desks().values()):
        status = "" if known.status == "active" else f" [{known.status}]"
        yield f"{known.slug:28}{known.name('en')} ({known.name('ja')}){status}"


def described(name: str, language: str, today: date) -> Iterator[str]:
    """Yield what is known of a carrier or a help desk. Raises UnknownNameError."""
    known = carriers.desks().get(name) or carriers.carrier(name)
    yield f"{known.slug}: {known.name('en')} ({known.name('ja')}) [{known.status}]"
    for pointer, fact in known.facts():
        if fact.print != "never":
            yield ""
            yield f"{pointer}: {_said(fact, language)}"
            yield f"  {_provenance(fact, today)}"
            if fact.but and fact.but.print != "never":
                yield f"  but: {tell(content(), language, say(fact.but.text))}"
                yield f"    {_provenance(fact.but, today)}"
    missing = [
        pointer for pointer in ("effective", "refund", "first_days", "sim_return", "lost") if getattr(known, pointer) is None
    ]
    if missing:
        yield ""
        yield f"{', '.join(missing)}: not known; ask"


def _said(fact: Fact, language: str) -> str:
    if isinstance(fact, Name):
        return fact.name
    text = tell(content(), language, say(fact.text)) if fact.text else ""
    if isinstance(fact, Phone):
        hours = (
            "day and night"
            if fact.always
            else f"{fact.opens:%H:%M}-{fact.closes:%H:%M} Japan time"
            if fact.opens and fact.closes
            else "hours not known"
        )
        return f"{fact.dial}, {hours}, from {fact.reach}: {text}"
    return f"{fact.available}. {text}" if isinstance(fact, Channel) else text


def _provenance(fact: Fact, today: date) -> str:
    seen = f"last confirmed on {fact.seen}" if fact.seen else "not dated"
    return f"{fact.source_kind}, {seen}{': check before you rely on it' if fact.doubtful(today) else ''}\n  {fact.source}"


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
        raise UnknownNameError(Message("a slug is small letters, figures and hyphens, e.g. new-mobile"))
    path = (folder or data("carriers")) / f"{slug}.yaml"
    write_new(path, _RECORD.encode())
    return path

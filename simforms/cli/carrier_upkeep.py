"""The directory is kept fresh by people: what to look at again, writing back what they found, a report on a wrong fact.

All of it is English, as the records are.
"""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterator
from dataclasses import astuple, dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Literal

from simforms import __version__
from simforms.errors import CaseError, CommandLineError, ContentError, UnknownNameError
from simforms.knowledge import age, carriers
from simforms.knowledge import carrier_checks as checks
from simforms.knowledge.carrier import Carrier
from simforms.knowledge.content import content, data
from simforms.knowledge.evidence import LIMIT, Page
from simforms.knowledge.facts import Fact
from simforms.messages import say
from simforms.write import refuse_other, write, write_new

Found = Literal["same", "changed", "gone"]
FOUND: tuple[Found, ...] = ("same", "changed", "gone")

_RECORD = """\
# The file's name is the slug; it never changes. docs/records.md shows every key. Leave out what you did not read.
names:
  ja:
  en:
aliases:
status: active # active, closed, merged, retailer, unknown
looked_up: # the day on which you read the pages
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


@dataclass(frozen=True)
class Due:
    """A fact to look at again, on one of its pages."""

    slug: str
    pointer: str
    fact: Fact
    page: Page

    @property
    def said(self) -> str:
        """What the page is to say."""
        return _said(self.fact)

    @property
    def why(self) -> str:
        """What makes it due, and what to look for."""
        mark = self.fact.mark
        if self.page.gone:
            return "the page no longer says so: find another one"
        if mark.grade == "disputed":
            return "pages disagree: find the company's own page"
        if mark.grade == "second-hand" and not mark.certain:
            return "one page only: find the company's own page, or a second one"
        return "undated: is it still so?" if self.page.latest is None else f"of {self.page.latest}: is it still so?"


def due(today: date) -> list[Due]:
    """Return the facts to look at again, those that decide money first, then the weakest, then the oldest."""
    found = [
        Due(slug, pointer, fact, page)
        for slug, known in carriers.records().items()
        for pointer, fact in known.facts()
        if not fact.withdrawn and not fact.stated_in
        for page in fact.pages[:1]
        if page.gone or not fact.mark.certain or page.latest is None or today - page.latest > LIMIT
    ]
    weight = {"unknown": 0, "disputed": 1, "second-hand": 2, "official": 3}
    return sorted(
        found,
        key=lambda one: (not one.fact.money, weight[one.fact.mark.grade], one.page.latest or date.min, one.slug, one.pointer),
    )


def due_table(today: date) -> Iterator[tuple[str, ...]]:
    """Yield a row for each: money or not, carrier, fact, mark, what to look for, page."""
    for one in due(today):
        money = "money" if one.fact.money else ""
        yield money, one.slug, one.pointer, str(one.fact.mark.full), one.why, one.page.address


def due_page(today: date) -> str:
    """Return the same as an HTML page to work through with a browser: each page once, with all that it is to say."""
    from simforms.papers.html import worksheet  # noqa: PLC0415 - only this page pays for it

    pages: dict[str, list[SimpleNamespace]] = {}
    for one in due(today):
        shown = SimpleNamespace(slug=one.slug, pointer=one.pointer, fact=one.fact, page=one.page, said=one.said, why=one.why)
        pages.setdefault(one.page.page, []).append(shown)
    names = {slug: known.name("en") for slug, known in carriers.records().items()}
    values = {"pages": pages, "names": names, "found": FOUND, "day": today.isoformat(), "looked_up": age.looked_up().isoformat()}
    return worksheet(content(), values)


def write_due_page(path: Path, today: date) -> None:
    """Write that page, also over an earlier one. Raises FileExistsError where the file is another one, else OSError."""
    page = due_page(today).encode()
    refuse_other(path, page[: page.index(b"</title>")])
    write(path, page)


@dataclass(frozen=True)
class Confirmation:
    """What a person found on a page about a fact, as typed."""

    slug: str
    pointer: str
    found: str
    """One of FOUND."""
    page: str
    seen: str


def confirm(typed: Confirmation, today: date) -> str:
    """Write into a record what a person found on a page, and return what was done; outside a checkout, what to send.

    Raises CommandLineError where something is missing or does not fit, and then changes nothing.
    """
    slug, pointer, found, page, seen = astuple(typed)
    known, fact = _fact(slug, pointer)
    day = _day(seen, today)
    if found not in FOUND:
        raise CommandLineError(say("write one of these words: %(words)s", words=", ".join(FOUND)))
    if not (page.isprintable() and re.fullmatch(r"https?://[^/\s]+\.[^\s]+", page)):
        raise CommandLineError(say("write the address of the page that you read (https://…)"))
    old = next((one for one in fact.pages if one.page == page), None)
    if old is None and found != "same":
        raise CommandLineError(say("that page is not a source of this fact; its sources are: %(pages)s", pages=_addresses(fact)))
    if not _in_checkout():
        return f"Send this to the project:\n\n{report(slug, pointer)}\nFound: {found}, on {page}, on {day}.\n"
    path = Path(known.file)
    before = path.read_text(encoding="utf-8")
    after = _marked(before, old.location, found, day) if old else _added(before, fact, page, day)
    _replace(path, after)
    try:
        wrong = [str(finding) for finding in checks.all_findings(today)]
    except (ContentError, CaseError) as error:  # what was typed makes it no record any more
        wrong = [str(error)]
    if wrong:
        _replace(path, before)
        raise CommandLineError(say("nothing was written: %(problem)s", problem=wrong[0]))
    return f"{path.name}: {pointer}: {found}, {page}, seen {day}"


def _replace(path: Path, text: str) -> None:
    """Write a record, with the rights that it has."""
    mode = path.stat().st_mode & 0o777
    write(path, text.encode())
    path.chmod(mode)
    carriers.read_again()


def _fact(slug: str, pointer: str) -> tuple[Carrier, Fact]:
    known = carriers.desks().get(slug) or carriers.services().get(slug) or carriers.carrier(slug)
    facts = dict(known.facts())
    if pointer not in facts:
        raise UnknownNameError(
            say("%(carrier)s has no fact %(name)s; its facts are: %(names)s", carrier=slug, name=pointer, names=", ".join(facts))
        )
    fact = facts[pointer]
    return _fact(slug, fact.stated_in) if fact.stated_in else (known, fact)


def _day(text: str, today: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CommandLineError(say("write the date on which you read the page, like 2026-11-30")) from None
    if day > today:
        raise CommandLineError(say("the date on which you read the page is in the future"))
    return day


def _addresses(fact: Fact) -> str:
    return ", ".join(page.page for page in fact.pages)


def _marked(text: str, location: str, found: str, day: date) -> str:
    """Return the record with the day, and what was found, in the entry of a page."""
    lines = text.split("\n")
    start = int(location.rsplit(":", 1)[-1]) - 1
    indent = " " * lines[start].index("page:")
    end = start + 1
    while end < len(lines) and lines[end].startswith(indent) and lines[end].strip():
        end += 1
    kept = [line for line in lines[start:end] if not re.match(r"\s*(seen|gone):", line)]
    new = [f"{indent}seen: {day}"] + ([] if found == "same" else [f"{indent}gone: {'yes' if found == 'gone' else 'changed'}"])
    return "\n".join((*lines[:start], *kept, *new, *lines[end:]))


def _added(text: str, fact: Fact, page: str, day: date) -> str:
    """Return the record with a further page that says the same."""
    lines = text.split("\n")
    start = int(fact.pages[-1].location.rsplit(":", 1)[-1]) - 1
    indent = " " * lines[start].index("page:")
    end = start + 1
    while end < len(lines) and lines[end].startswith(indent) and lines[end].strip():
        end += 1
    return "\n".join((*lines[:end], f"{indent[:-2]}- page: {page}", f"{indent}seen: {day}", *lines[end:]))


def _in_checkout() -> bool:
    return (data("carriers").parent.parent.parent / "pyproject.toml").is_file()


def report(slug: str, pointer: str = "") -> str:
    """Return a text to report a wrong fact with: the fact, its pages and days; nothing of the person. Raises UnknownNameError."""
    known = carriers.desks().get(slug) or carriers.services().get(slug) or carriers.carrier(slug)
    facts = {pointer: _fact(slug, pointer)[1]} if pointer else {name: fact for name, fact in known.facts() if fact.printable}
    lines = [f"{known.name('en')} ({known.slug}), simforms {__version__}, directory of {age.looked_up()}", ""]
    for name, fact in facts.items():
        lines += [f"{name}: {_said(fact)}"]
        lines += [f"  {page.page} ({page.seen or page.dated or 'undated'})" for page in fact.pages]
    return "\n".join((*lines, "", "What is wrong, and the page that shows it (address and day):", "", ""))


def _said(fact: Fact) -> str:
    answer = getattr(fact, "available", "")
    said = " ".join(filter(None, (getattr(fact, "name", ""), getattr(fact, "dial", ""), fact.text)))
    return f"{said} (available: {answer})" if answer else said


def wrong(today: date) -> list[checks.Finding]:
    """Return everything that is wrong in the records."""
    return checks.all_findings(today)


def new_record(slug: str, folder: Path | None = None) -> Path:
    """Write an empty record and return its file.

    Raises UnknownNameError for a slug that cannot be a file's name, FileExistsError where another record has it.
    """
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug):
        raise UnknownNameError(say("a slug can contain only lower-case letters, digits and hyphens, e.g. new-mobile"))
    if taken := next((kind for kind in ("desks", "services") if (data(kind) / f"{slug}.yaml").exists()), ""):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(data(taken) / f"{slug}.yaml"))
    path = (folder or data("carriers")) / f"{slug}.yaml"
    write_new(path, _RECORD.encode())
    return path

"""What an engine is asked for: an invented person's paper, as plan, as HTML and as the values that stand on it."""

from __future__ import annotations

import datetime
import html
import json
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from people import case, person

from simforms.knowledge.content import content
from simforms.load import load
from simforms.papers.html import document_html
from simforms.planning.plan import Plan, plan

DAY = datetime.date(2026, 11, 20)
"""Facts grow old: all papers are printed as on the day on which the samples are."""


@dataclass(frozen=True)
class Page:
    """A paper that all engines print."""

    name: str
    document: str
    pages: int


PAGES = (Page("letter", "stop-line", 1), Page("form", "cancellation-request", 2))


def planned(entries: dict[str, Any], document: str) -> Plan:
    """Return the plan of a case for one document."""
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump(entries, file)
        file.flush()
        loaded, noticed = load(Path(file.name))
    return plan(content(), loaded, DAY, wanted=(document,), noticed=noticed)


def request(page: Page, number: int) -> dict[str, Any]:
    """Return the request for a page with the values of one person; the HTML for others is made here, outside the clock."""
    fields = person(number)
    found = planned(case(fields), page.document)
    text = document_html(found, found.documents[0])
    return {
        "fields": fields,
        "document": page.document,
        "typst": f"{page.name}.typ",
        "html": text,
        "values": {**_values(text), "reference": found.reference},
    }


def _values(text: str) -> dict[str, str]:
    marked = re.findall(r'data-field="([\w.]+)">(.*?)</span>', text)
    return {name: html.unescape(re.sub("<[^>]+>", "", value)) for name, value in marked}

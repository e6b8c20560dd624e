"""Data are data: whatever a value looks like, it is printed as typed and changes nothing else of the page or the file."""

from __future__ import annotations

import os
import re
from functools import cache
from typing import Any

import pypdfium2
import pytest
import tinyhtml5
from conftest import CHECKOUT, TODAY

from simforms.errors import CaseError
from simforms.knowledge.content import content
from simforms.knowledge.documents import documents
from simforms.knowledge.vocabulary import vocabulary
from simforms.load import load
from simforms.papers.html import document_html
from simforms.papers.plain_text import plain_text
from simforms.pdf.press import print_pdf
from simforms.planning.plan import plan
from simforms.texts import Section, Text

LONGEST = CHECKOUT / "samples" / "every-field" / "case.yaml"
DOCUMENTS = list(documents(content()))
INJECTIONS = {
    "tag": "<b>x</b>",
    "script": "<script>alert(1)</script>",
    "entity": "&amp;&lt;&#60;",
    "attribute": "\" onload=\"x' onload='x",
    "close-style": "</style><style>*{display:none}",
    "css": "x;} * { display: none } /*",
    "css-url": "url(http://127.0.0.1:9/x)",
    "jinja": "{{ 7*7 }}{% raw %}{# #}",
    "percent": "%(name)s %s %d 100%",
    "format": "{0} {name!r}",
    "address": "http://127.0.0.1:9/x",
    "file": "file:///etc/hostname",
    "image": "<img src=file:///etc/hostname>",
    "link": "<a href=javascript:x>y</a>",
    "attachment": "<link rel=attachment href=file:///etc/hostname>",
    "path": "../../etc/passwd",
    "formula": "=1+1;@SUM(A1)",
    "pdf-string": "(x) Tj ET /Name <</A 1>> endobj",
    "svg": "<svg><script/></svg>",
    "comment": "<!-- x --> ]]>",
}
NEUTRAL = "neutral!"
"""It has no reading either: a line to be said is left out for both."""


def _fields() -> list[str]:
    """Return the fields that take free text and stand in the longest case."""
    words = vocabulary(content())
    given, _ = load(LONGEST)
    names = [re.sub(r"\.(\d+)\.", r"[\1].", name) for name, _ in given.leaves()]
    return [
        name for name in names if name in words and words[name].type in {"text", "name"} and name not in {"carrier", "language"}
    ]


def _with(section: Section, path: list[str], value: str) -> Section:
    head, *rest = path
    entry = section.entries[head]
    new = Text(value, entry.location) if not rest else _with(entry, rest, value)  # type: ignore[arg-type] # the path leads through sections
    return Section({**section.entries, head: new}, section.locations, section.location, section.listed)


def _html(name: str, field: str, value: str) -> str:
    case, _ = load(LONGEST)
    if field in {"first_days.place", "first_days.time"}:  # asked for by brands that want a ground
        case = _with(case, ["carrier"], "softbank")
    made = plan(
        content(), _with(case, field.replace("[", ".").replace("]", "").split("."), value), TODAY, wanted=[name], language="en"
    )
    return document_html(made, made.documents[0])


def _shape(html: str) -> tuple[list[Any], str]:
    """Return the elements of a page with their attributes, and its styles: all that a value must not change."""
    root = tinyhtml5.parse(html, namespace_html_elements=False)
    return [(element.tag, sorted(element.attrib.items())) for element in root.iter()], "".join(
        style.text or "" for style in root.iter("style")
    )


@cache
def _neutral(name: str, field: str) -> tuple[list[Any], str]:
    return _shape(_html(name, field, NEUTRAL))


@cache
def _users(field: str) -> tuple[str, ...]:
    """Return the documents that print a field."""
    return tuple(name for name in DOCUMENTS if f"{NEUTRAL}" in _html(name, field, NEUTRAL))


@pytest.mark.one_in(3)
@pytest.mark.parametrize("field", _fields())
def test_no_value_changes_the_page_around_it(field: str) -> None:
    """In three of the documents that print it; in all of them in `./dev soak`."""
    users = _users(field)
    assert users, "no document prints it"
    for name in users if "SIMFORMS_ROUNDS" in os.environ else {users[0], users[len(users) // 2], users[-1]}:
        for value in INJECTIONS.values():
            try:
                html = _html(name, field, value)
            except CaseError:
                assert name == "certified-mail" or vocabulary(content())[field].type == "name", value  # refused is as good
                continue
            assert _shape(html) == _neutral(name, field), (name, value)
            assert "".join(value.split()) in "".join(plain_text(html).split()), (name, value)


@pytest.mark.parametrize("value", INJECTIONS.values(), ids=INJECTIONS)
def test_no_value_changes_the_file_around_it(value: str) -> None:
    def shape(body: bytes) -> tuple[int, int, list[str], int]:
        printed = pypdfium2.PdfDocument(body)
        return len(printed), printed.count_attachments(), [mark.get_title() for mark in printed.get_toc()], body.count(b"/Annot")

    made, plain = (print_pdf(_html("final-bill", "final_bill.address", one)) for one in (value, NEUTRAL))

    assert shape(made) == shape(plain)
    for active in (b"/JavaScript", b"/URI", b"/Launch", b"/EmbeddedFile"):
        assert active not in made

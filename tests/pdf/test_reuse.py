"""A page that was laid out for one person is kept for the next: the file is that of a full layout, byte by byte."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import SAMPLES, TODAY, planned

from simforms.errors import DoesNotFitError
from simforms.knowledge.content import content
from simforms.load import load
from simforms.papers.fitting import document_pdf
from simforms.pdf import press as pdf
from simforms.pdf.press import layout_counts, print_pdf
from simforms.pdf.reuse import layout
from simforms.planning.plan import plan
from simforms.texts import Section, Text

KINDS = {kind.name: (path, kind.name) for path in SAMPLES for kind in planned(path).documents}
NEVER = {"call-script", "case-summary", "message"}
"""Papers made of values: of readings, of what happened, of a message. Each is laid out as a whole, or takes other lines."""
PAGE = """<!doctype html><html lang="ja"><head><title>t</title><style>html { font-family: "Noto Sans CJK JP" } %s</style></head>
<body>%s</body></html>"""


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Let no page of another test be kept."""
    pdf._press().forms.clear()
    pdf._press().counted.clear()
    pdf._press().rewritten.clear()
    yield
    pdf._press().forms.clear()


OTHER = str.maketrans("0123456ABCDEFGHIJKLMNOPabcdefghijklmnop新宿区", "8901234KLMNOPABCDEFGHIJklmnopabcdefghij東京都")


def _another_person(case: Section) -> Section:
    """Return a case that says something else in the fields that are said of a person, about as long."""

    def other(name: str, entry: Section | Text) -> Section | Text:
        if isinstance(entry, Section):
            return _another_person(entry)
        words = {"name": entry.text.translate(OTHER), "number": entry.text.replace("1234", "8765"), "birth_date": "2001-12-31"}
        words |= {"address": words["name"], "email": words["name"]}
        return dataclasses.replace(entry, text=words.get(name, entry.text))

    return dataclasses.replace(case, entries={name: other(name, entry) for name, entry in case.entries.items()})


@pytest.mark.parametrize(("path", "name"), KINDS.values(), ids=KINDS)
def test_the_next_persons_paper_is_that_of_a_full_layout(path: Path, name: str) -> None:
    first = planned(path, name)
    case, noticed = load(path)
    others = []
    for _ in range(3):  # the first of them is noted, the next one compared, the last one trusted
        case = _another_person(case)
        others.append(plan(content(), case, TODAY, wanted=[name], noticed=noticed))
    [kind] = others[0].documents
    bodies = [document_pdf(one, kind) for one in (first, *others)]
    reused, rewritten = layout_counts()[""], pdf._press().rewritten[""]

    assert len(set(bodies)) == len(bodies)
    for one, body in zip(others, bodies[1:], strict=True):
        pdf._press().forms.clear()
        assert body == document_pdf(one, kind)
    assert reused == 3 or name in NEVER, layout_counts()
    assert rewritten == 2 or name in NEVER, pdf._press().rewritten


def _page(value: str, style: str = "", around: str = "<p>%s</p>") -> str:
    return PAGE % (style, around % f'<span data-field="x">{value}</span>')


@pytest.mark.parametrize(
    ("around", "style", "first", "second", "why"),
    [
        ("<p>%s</p>", "", "short", "long " * 40 + "end", "another number of lines"),
        ("<p>%s</p>", "", "a b", "a  b", "spaces or lines of its own"),
        ("<p>%s</p>", "p { float: left }", "a", "bb", "grows with it"),
        ("<table><tr><td>%s</td><td>x</td></tr></table>", "", "a", "bb", "grows with it"),
        ("<h1>%s</h1>", "h1 { bookmark-level: 1 }", "a", "bb", "a value stands in a bookmark"),
        ('<p>%s<span id="here">x</span><a href="#here">y</a></p>', "", "a", "bb", "beside a link"),
        ('<p style="white-space: nowrap">%s</p>', "@page { size: 60mm }", "a", "w" * 60, "reaches over an edge"),
        ("<div style='columns: 2'><p>%s</p></div>", "p { position: absolute }", "a", "bb", "grows with it"),
    ],
)
def test_what_may_change_more_than_its_line_is_laid_out_as_a_whole(
    around: str, style: str, first: str, second: str, why: str
) -> None:
    print_pdf(_page(first, style, around))
    try:
        print_pdf(_page(second, style, around))
    except DoesNotFitError:
        assert why == "reaches over an edge"

    assert [reason for reason in layout_counts() if why in reason], layout_counts()


def test_a_value_of_the_person_before_is_never_in_the_next_file() -> None:
    print_pdf(_page("MARGARET-44-EXAMPLE 龍"))
    body = print_pdf(_page("WANG 王"))

    assert layout_counts()[""] == 1
    pdf._press().forms.clear()
    assert body == print_pdf(_page("WANG 王"))


def test_lines_beside_a_float_and_justified_lines_are_made_again_as_they_were() -> None:
    around = (
        '<p style="float: left; width: 60mm; height: 30mm">box</p><p style="text-align: justify">' + "text " * 30 + "%s end</p>"
    )
    print_pdf(_page("abc", "", around))
    body = print_pdf(_page("xyzw", "", around))

    assert layout_counts()[""] == 1
    pdf._press().forms.clear()
    assert body == print_pdf(_page("xyzw", "", around))


def test_pages_are_kept_only_up_to_a_number() -> None:
    for number in range(pdf.MOST_KEPT + 3):
        print_pdf(_page("a", f"p {{ margin: {number}mm }}"))

    assert len(pdf._press().forms) == pdf.MOST_KEPT


def test_a_skeleton_holds_no_value() -> None:
    marked = layout.split_values(_page("WANG &amp; 王"))

    assert "WANG" not in marked.skeleton
    assert marked.values == [("x", "WANG & 王")]


def test_values_of_one_line_and_of_two_have_each_their_kept_page() -> None:
    long, longer = ("word " * count + "end" for count in (25, 27))
    for value in ("a", long, "b", longer, "c"):
        print_pdf(_page(value))

    assert layout_counts() == {"the first of its kind": 1, "a value takes another number of lines": 1, "": 3}

"""A page that was laid out for one person is kept for the next: the file is that of a full layout, byte by byte."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from conftest import SAMPLES, TODAY, planned

from simforms.errors import DoesNotFitError
from simforms.knowledge.content import content
from simforms.load import load
from simforms.papers.fitting import document_pdf
from simforms.pdf import guarantees
from simforms.pdf import press as pdf
from simforms.pdf.press import layout_counts, print_pdf
from simforms.pdf.reuse import layout, recording, rewriting
from simforms.planning.plan import plan
from simforms.texts import Section, Text

OWN = sorted(SAMPLES, key=lambda path: path.parent.name != "every-field")
KINDS = {kind.name: (path, kind.name) for path in OWN for kind in planned(path).documents}
"""The last sample that prints a document; the one with the longest values only where no other does."""
NEVER = {"call-script", "case-summary", "message"}
"""Papers made of values: of readings, of what happened, of a message. Each is laid out as a whole, or takes other lines."""
PAGE = """<!doctype html><html lang="ja"><head><title>t</title><style>html { font-family: "Noto Sans CJK JP" } %s</style></head>
<body>%s</body></html>"""


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    """Let no page of another test be kept."""
    pdf._press().reusable.clear()
    pdf._press().layout_counts.clear()
    pdf._press().rewrite_counts.clear()
    yield
    pdf._press().reusable.clear()


OTHER = str.maketrans("0123456HNBPAVSEOQnuhbdpaeos新宿区", "8901234NHPBVAESQOunbhpdeaso東京都")
"""Each letter becomes one that is about as wide: a line of another length may take another line."""


def _another_person(case: Section) -> Section:
    """Return a case that says something else in the fields that are said of a person, about as long."""

    def other(name: str, entry: Section | Text) -> Section | Text:
        if isinstance(entry, Section):
            return _another_person(entry)
        words = {"name": entry.text.translate(OTHER), "number": entry.text.replace("1234", "8765"), "birth_date": "2001-12-31"}
        words |= {"address": words["name"], "email": words["name"]}
        if name == "reference":
            words[name] = f"{entry.text[:-1]}{(int(entry.text[-1], 36) + 1) % 10}"
        return dataclasses.replace(entry, text=words.get(name, entry.text))

    return dataclasses.replace(case, entries={name: other(name, entry) for name, entry in case.entries.items()})


@pytest.mark.one_in(3)
@pytest.mark.parametrize(("path", "name"), KINDS.values(), ids=KINDS)
def test_the_next_persons_paper_is_that_of_a_full_layout(path: Path, name: str) -> None:
    first = planned(path, name)
    case, noticed = load(path)
    others = []
    for _ in range(3):  # the first of them is noted, the next one compared, the last one trusted
        case = _another_person(case)
        others.append(plan(content(), case, TODAY, wanted=[name], noticed=noticed))
    [kind] = others[0].documents
    bodies = [document_pdf(first, kind)]
    tried, before = sum(layout_counts().values()), layout_counts()[""]  # what would overflow is laid out again, with smaller gaps
    bodies += [document_pdf(one, kind) for one in others]
    reused, rewritten = layout_counts()[""] - before, pdf._press().rewrite_counts[""]

    assert len(set(bodies)) == len(bodies)
    for one, body in zip(others, bodies[1:], strict=True):
        pdf._press().reusable.clear()
        assert body == document_pdf(one, kind)
    assert reused == 3 * tried or name in NEVER, layout_counts()
    assert rewritten == 2 + before or name in NEVER, pdf._press().rewrite_counts


def _page(value: str, style: str = "", around: str = "<p>%s</p>") -> str:
    return PAGE % (style, around % f'<span data-field="x">{value}</span>')


@pytest.mark.parametrize(
    ("around", "style", "first", "second", "why"),
    [
        ("<p>%s</p>", "", "short", "long " * 40 + "end", "another number of lines"),
        ("<p>%s</p>", "", "a b", "a  b", "spaces or lines of its own"),
        ("<p>%s</p>", "p { float: left }", "a", "bb", "grows with it"),
        ("<table><tr><td>%s</td><td>x</td></tr></table>", "", "a", "bb", "grows with it"),
        ("<table><tr><td>%s</td><td>x</td></tr></table>", "table { table-layout: fixed }", "a", "bb", "grows with it"),
        ("<h1>%s</h1>", "h1 { bookmark-level: 1 }", "a", "bb", "a value is in a bookmark"),
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
    pdf._press().reusable.clear()
    assert body == print_pdf(_page("WANG 王"))


def test_lines_beside_a_float_and_justified_lines_are_made_again_as_they_were() -> None:
    around = (
        '<p style="float: left; width: 60mm; height: 30mm">box</p><p style="text-align: justify">' + "text " * 30 + "%s end</p>"
    )
    print_pdf(_page("abc", "", around))
    body = print_pdf(_page("xyzw", "", around))

    assert layout_counts()[""] == 1
    pdf._press().reusable.clear()
    assert body == print_pdf(_page("xyzw", "", around))


def test_pages_are_kept_only_up_to_a_number() -> None:
    for number in range(pdf.MOST_KEPT + 3):
        print_pdf(_page("a", f"p {{ margin: {number}mm }}"))

    assert len(pdf._press().reusable) == pdf.MOST_KEPT


def test_a_skeleton_holds_no_value() -> None:
    marked = layout.split_values(_page("WANG &amp; 王"))

    assert "WANG" not in marked.skeleton
    assert marked.values == [("x", "WANG & 王")]


def test_values_of_one_line_and_of_two_have_each_their_kept_page() -> None:
    long, longer = ("word " * count + "end" for count in (25, 27))
    for value in ("a", long, "b", longer, "c"):
        print_pdf(_page(value))

    assert layout_counts() == {"the first of its kind": 1, "a value takes another number of lines": 1, "": 3}


TWO = '<table style="table-layout: fixed; width: 100%%"><tr><td>%s</td><td>and %s, both in a line %s</td></tr></table>'


def _people(names: str) -> list[str]:
    """Return a page for each person; the next one shares a value with the one before last."""
    words = {
        "a": ("WANG", "Tokyo", "x"),
        "b": ("LI-44", "Osaka 王", "yy"),
        "c": ("WANG", "Osaka 王", "x"),
        "d": ("LI-44", "Tokyo", "z"),
    }
    marked = ([f'<span data-field="f{number}">{word}</span>' for number, word in enumerate(words[name])] for name in names)
    return [PAGE % ("", TWO % tuple(values)) for values in marked]


def _whole(page: str) -> bytes:
    pdf._press().reusable.clear()
    return print_pdf(page)


STEPS = {
    "a line is made": (layout.LineRun, "rerun", 2),
    "a line is dressed": (pdf, "lay_out_backgrounds", 2),
    "edges are looked at": (guarantees, "overflowing_fields", 1),
    "lines are compared": (rewriting, "_compare", 2),
    "a text is drawn": (recording.Drawing, "redraw", 2),
    "faces are built": (rewriting, "_put", 1),
    "metadata are written": (rewriting, "_put", 2),
    "glyphs are gathered": (rewriting, "merged", 1),
    "pages are written": (pdf, "write", 1),
    "the file is noted": (pdf, "write_recorded", 1),
    "the text is read": (guarantees, "missing_values", 1),
    "the text is read again": (guarantees, "missing_values_in_rewrite", 1),
}


@pytest.mark.one_in(5)
@pytest.mark.parametrize("before", [1, 2, 3])
@pytest.mark.parametrize("error", [AttributeError, KeyboardInterrupt, layout.NotReusableError])
@pytest.mark.parametrize("step", STEPS)
def test_an_error_at_any_step_leaves_nothing_on_the_next_page(
    step: str, error: type[BaseException], before: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the first, second … page of the kind is printed before: laid out, noted, compared, trusted."""
    pages = _people("abcd")
    whole = [_whole(page) for page in pages]
    pdf._press().reusable.clear()
    for page in (pages * 2)[:before]:
        print_pdf(page)

    owner, name, count = STEPS[step]
    with monkeypatch.context() as patched:
        patched.setattr(owner, name, _failing(getattr(owner, name), error, count))
        with suppress(error):
            print_pdf((pages * 2)[before])
    for page, body in zip(pages * 2, whole * 2, strict=True):
        assert print_pdf(page) == body


def _failing(function: Callable[..., Any], error: type[BaseException], count: int) -> Callable[..., Any]:
    """Return a function that fails when it is called for the `count`th time, and not again."""
    calls = iter(range(1, 1000))

    def failing(*given: Any, **named: Any) -> Any:
        if next(calls) == count:
            raise error("stopped")
        return function(*given, **named)

    return failing


OURS = {Path(module.__file__ or "").name for module in (layout, recording, rewriting, pdf)}


def _stopped_at(page: str, line: int) -> int:
    """Print a page, stopped as by Ctrl-C before the nth line of ours that runs; return how many lines have run."""
    count = 0

    def trace(frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        if Path(frame.f_code.co_filename).name not in OURS or "/simforms/" not in frame.f_code.co_filename:
            return None
        if event == "line":
            count += 1
            if count == line:
                raise KeyboardInterrupt
        return trace

    sys.settrace(trace)
    try:
        print_pdf(page)
    except KeyboardInterrupt:
        pass
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("before", [1, 2, 3])
def test_an_interrupt_anywhere_leaves_nothing_on_the_next_page(before: int) -> None:
    pages = _people("abcd")
    whole = [_whole(page) for page in pages]

    def ready() -> None:
        pdf._press().reusable.clear()
        for page in pages[:before]:
            print_pdf(page)

    ready()
    lines = _stopped_at(pages[before], 0)
    assert lines > 100
    for line in range(1, lines, max(1, lines // 60)):
        ready()
        _stopped_at(pages[before], line)
        for number in (0, before, 2):
            assert print_pdf(pages[number]) == whole[number], line


@pytest.mark.parametrize(
    ("owner", "name"),
    [
        (layout, "reusable_layout"),
        (guarantees, "bounded_boxes"),
        (rewriting, "_pieces"),
        (rewriting, "_cut"),
        (rewriting, "_kept"),
        (recording, "add"),
    ],
)
def test_an_engine_that_is_not_as_it_was_known_costs_time_and_no_paper(
    owner: Any, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = _people("abcd")
    whole = [_whole(page) for page in pages]
    pdf._press().reusable.clear()
    pdf._press().rewrite_counts.clear()
    real = getattr(owner, name)

    def other(*given: Any, **named: Any) -> Any:
        if name == "bounded_boxes" and len(given) < 2:  # of a whole page
            return real(*given, **named)
        raise KeyError("another shape")

    monkeypatch.setattr(owner, name, other)

    assert [print_pdf(page) for page in pages] == whole
    assert [why for why in (*layout_counts(), *pdf._press().rewrite_counts) if why == "an error: KeyError"]


@pytest.mark.parametrize("count", [0, 2])
def test_a_file_with_another_number_of_metadata_is_written_as_a_whole(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = _people("abcd")
    whole = [_whole(page) for page in pages]
    pdf._press().reusable.clear()
    pdf._press().rewrite_counts.clear()
    taken = recording.Notes.capture

    def other(notes: recording.Notes, file: Any) -> None:
        taken(notes, file)
        [metadata] = [one for one in notes.objects if getattr(one, "extra", {}).get("Type") == "/Metadata"]
        notes.objects = [one for one in notes.objects if one is not metadata] + [metadata] * count

    monkeypatch.setattr(recording.Notes, "capture", other)

    assert [print_pdf(page) for page in pages] == whole
    assert pdf._press().rewrite_counts == {"the file has another number of metadata": 1}

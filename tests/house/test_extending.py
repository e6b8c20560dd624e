"""A new document, language or carrier is files only: each is added here without a line of Python."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import CHECKOUT, TODAY

from simforms.errors import ContentError
from simforms.knowledge import carriers
from simforms.knowledge.documents import documents
from simforms.knowledge.vocabulary import vocabulary
from simforms.language.catalogs import companion_languages
from simforms.load import load
from simforms.papers.html import document_html
from simforms.pdf.press import print_pdf
from simforms.planning.plan import plan

Case = Callable[..., Path]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Copy the content, to change it."""
    for name in ("templates", "locales"):
        shutil.copytree(CHECKOUT / name, tmp_path / "content" / name)
    return tmp_path / "content"


def test_a_document_is_a_folder(content: Path, case: Case) -> None:
    folder = content / "templates" / "thanks"
    folder.mkdir()
    (folder / "document.toml").write_text(
        'title = "Refund request"\npurpose = "Refund request"\nneeds = ["person.name"]\nuses = []\n'
        '[fits]\n"cancellation.channel" = []\n'
    )
    (folder / "document.html.j2").write_text(
        '{% extends "shared/page.html.j2" %}{% block body %}<h1>{{ title }}</h1><p>{{ person.name }}</p>{% endblock %}'
    )

    found = plan(content, load(case())[0], TODAY)

    assert [kind.name for kind in found.documents] == ["online-worksheet", "cancellation-request", "thanks"]
    assert "WANG XIAOMING" in document_html(found, found.documents[2])


def test_a_language_is_a_catalog(content: Path, case: Case) -> None:
    shutil.copytree(content / "locales" / "zh_Hans", content / "locales" / "yue_Hant")
    po = content / "locales" / "yue_Hant" / "LC_MESSAGES" / "simforms.po"
    text = po.read_text(encoding="utf-8").replace("解约申请表", "取消申請表").replace("# 简体中文", "# 廣東話")
    po.write_text(text, encoding="utf-8")

    found = plan(content, load(case())[0], TODAY, language="yue-Hant")
    html = document_html(found, found.documents[1])

    assert companion_languages(content)["yue-Hant"] == "廣東話"
    assert '<span class="companion" lang="yue-Hant">取消申請表</span>' in html
    assert print_pdf(html)


def test_a_field_is_an_entry_of_the_vocabulary(content: Path, case: Case) -> None:
    path = content / "templates" / "fields.toml"
    path.write_text(path.read_text() + '\n["person.title"]\ntype = "text"\nlabel = "Price"\nhelp = "Price"\nexample = "Dr"\n')

    found = plan(content, load(case(("person:", "person:\n  title: Dr")))[0], TODAY)

    assert found.values["person.title"].parsed == "Dr"


RECORD = """\
names: {ja: テスト電話, en: Test Phone}
aliases: テストフォン
phones:
  desk:
    dial: 0120-000-000
    reach: japan
    purpose: general
    opens: "09:00"
    closes: "18:00"
    pages:
      - page: https://example.com/desk
"""


def test_a_carrier_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "test-phone.yaml").write_text(RECORD, encoding="utf-8")

    found = carriers.carriers(tmp_path)["test-phone"]

    assert found.name("en") == "Test Phone"
    assert [desk.dial for desk in found.desks("en")] == ["0120-000-000"]


@pytest.mark.parametrize(
    ("file", "text", "told"),
    [
        ("fields.toml", '["a.b"]\ntype = "no-such"\nlabel = "x"\nhelp = "x"\nexample = "x"\n', "a.b: the type is not one of"),
        ("fields.toml", '["a.b"]\ntype = "text"\nlable = "x"\n', "a.b: "),
        ("fields.toml", "[", "fields.toml"),
        (
            "fields.toml",
            '["a"]\ntype = "choice"\nlabel = "x"\nhelp = "x"\nexample = "x"\nchoices.y = {label = "y", needs = ["z"]}\n',
            "no field z",
        ),
        (
            "cancellation-request/document.toml",
            'title = "x"\npurpose = "x"\nneeds = ["person.nane"]\nuses = []\n',
            "no field person.nane",
        ),
        ("cancellation-request/document.toml", 'titel = "x"\n', "titel"),
    ],
)
def test_broken_content_is_an_error_never_a_skipped_file(content: Path, file: str, text: str, told: str) -> None:
    (content / "templates" / file).write_text(text)

    with pytest.raises(ContentError, match=told):
        documents(content) and vocabulary(content)


def test_a_broken_template_is_told_with_its_line(content: Path, case: Case) -> None:
    path = content / "templates" / "cancellation-request" / "document.html.j2"
    path.write_text(path.read_text().replace("applicant(person)", "applicant(preson)"))
    found = plan(content, load(case())[0], TODAY)

    with pytest.raises(ContentError, match="'preson' is undefined"):
        document_html(found, found.documents[1])


def test_a_carriers_own_wording_is_one_override_file(content: Path, case: Case) -> None:
    own = content / "templates" / "cancellation-request" / "softbank.html.j2"
    own.write_text('{% extends "cancellation-request/document.html.j2" %}{% block style %}/* SoftBank */{% endblock %}')
    cases = load(case())[0]

    found = plan(content, cases, TODAY)

    assert "/* SoftBank */" in document_html(found, found.documents[1])


@pytest.mark.one_in(3)
@pytest.mark.parametrize("slug", [*sorted(carriers.carriers()), "ヒマワリモバイル"])
def test_every_paper_of_every_carrier_is_written_and_carries_no_number_marked_never(slug: str, case: Case) -> None:
    known = carriers.find(slug)
    never = [phone.dial for phone in known.phones.values() if not phone.printable] if known else []
    for language in companion_languages(CHECKOUT):
        found = plan(
            CHECKOUT, load(case(("softbank", slug)))[0], TODAY, wanted=["cancellation-request", "call-script"], language=language
        )
        for kind in found.documents:
            html = document_html(found, kind)
            assert not [dial for dial in never if dial in html]

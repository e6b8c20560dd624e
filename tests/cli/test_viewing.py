"""A paper can be looked at before it is printed: as pictures, masked unless asked otherwise, and in the system's viewer."""

from __future__ import annotations

import io
import json
import os
import re
import time
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner, Result
from conftest import CHECKOUT, planned
from PIL import Image, ImageChops

from simforms.cli import viewer
from simforms.cli.main import main
from simforms.papers.fitting import document_pdf
from simforms.papers.manifest import manifest_path
from simforms.pdf.pictures import page_pictures

STUDENT = CHECKOUT / "samples" / "softbank-student" / "case.yaml"
ACCOUNT = CHECKOUT / "samples" / "docomo-double-billing" / "case.yaml"


def _run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def _made(*arguments: object) -> list[Path]:
    result = _run(*arguments)
    assert result.exit_code == 0, result.output
    return [Path(line) for line in result.stdout.splitlines()]


def test_each_page_becomes_a_picture_with_its_manifest(tmp_path: Path) -> None:
    made = _made("render", STUDENT, "-d", "cancellation-request", "--format", "png", "-o", tmp_path)

    assert [path.name for path in made] == [f"SF-NJQH-MK9B-cancellation-request-zh-Hans-{page}.png" for page in (1, 2)]
    assert _run("verify", *made).exit_code == 0
    assert json.loads(manifest_path(made[1]).read_text(encoding="utf-8"))["documents"] == ["cancellation-request"]
    assert made[0].read_bytes() != made[1].read_bytes()
    assert {path.stat().st_mode & 0o777 for path in tmp_path.iterdir()} == {0o600}
    assert len(_made("forget", STUDENT, "-o", tmp_path)) == 2


def test_a_picture_shows_the_page_as_it_is_printed(tmp_path: Path) -> None:
    plan = planned(STUDENT, "counter-card")
    sheet = pypdfium2.PdfDocument(document_pdf(plan, plan.documents[0]))[0].render(scale=150 / 72).to_pil()

    [path] = _made("render", STUDENT, "-d", "counter-card", "--format", "png", "-o", tmp_path)

    with Image.open(path) as picture:
        assert ImageChops.difference(picture.convert("RGB"), sheet).getbbox() is None
        assert len(set(picture.convert("L").tobytes())) > 2, "it is not an empty page"


@pytest.mark.parametrize("dpi", [50, 300])
def test_a_picture_has_the_dots_that_are_wished(dpi: int) -> None:
    plan = planned(STUDENT, "counter-card")

    [body] = page_pictures(document_pdf(plan, plan.documents[0]), dpi)

    with Image.open(io.BytesIO(body)) as picture:
        assert all(abs(side - inches * dpi) <= 1 for side, inches in zip(picture.size, (210 / 25.4, 297 / 25.4), strict=True))
        assert round(picture.info["dpi"][0]) == dpi


@pytest.mark.parametrize("dpi", ["0", "49", "601", "100000"])
def test_pictures_too_coarse_or_too_large_are_a_wrong_command_line(dpi: str, tmp_path: Path) -> None:
    assert _run("preview", STUDENT, "--dpi", dpi, "-o", tmp_path / "out").exit_code == 2
    assert not (tmp_path / "out").exists()


def test_a_preview_is_masked_unless_asked_otherwise(tmp_path: Path) -> None:
    shown, masked, open_ones = (
        [path.read_bytes() for path in _made(*command, "-d", "refund-request", "-o", tmp_path)]
        for command in (
            ("render", ACCOUNT, "--format", "png", "--dpi", "50"),
            ("preview", ACCOUNT, "--dpi", "50"),
            ("preview", ACCOUNT, "--unmask", "--dpi", "50"),
        )
    )

    assert open_ones == shown
    assert masked == [
        path.read_bytes()
        for path in _made("render", ACCOUNT, "-d", "refund-request", "--format", "png", "--dpi", "50", "--mask", "-o", tmp_path)
    ]
    assert not set(masked) & set(shown)


def test_a_preview_of_a_packet_begins_with_its_cover(tmp_path: Path) -> None:
    made = _made("preview", STUDENT, "--packet", "--dpi", "50", "-o", tmp_path)

    [whole] = _made("render", STUDENT, "--packet", "--mask", "-o", tmp_path)
    assert [path.name for path in made] == [
        f"SF-NJQH-MK9B-packet-zh-Hans-{page}.png" for page in range(1, len(pypdfium2.PdfDocument(whole)) + 1)
    ]


def test_a_wrong_case_leaves_no_picture(case: Callable[..., Path], tmp_path: Path) -> None:
    assert _run("preview", STUDENT, case(("1999-04-01", "1999-02-30")), "-o", tmp_path / "out").exit_code == 1
    assert not (tmp_path / "out").exists()


def test_pictures_with_templates_of_others_are_made_apart(tmp_path: Path) -> None:
    (tmp_path / "own" / "templates" / "counter-card").mkdir(parents=True)
    own = (CHECKOUT / "templates" / "counter-card" / "style.css").read_text(encoding="utf-8") + "\nbody { color: #c00 }\n"
    (tmp_path / "own" / "templates" / "counter-card" / "style.css").write_text(own, encoding="utf-8")

    [path] = _made(
        *("render", STUDENT, "-d", "counter-card", "--format", "png", "--dpi", "50"),
        *("--content", tmp_path / "own", "-o", tmp_path / "out"),
    )

    with Image.open(path) as picture:
        red, green, _ = (band.tobytes() for band in picture.split())
        assert picture.size == (414, 585)
        assert any(r > g + 100 for r, g in zip(red, green, strict=True))


@pytest.fixture
def opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Put a viewer on the path; return the list that it keeps of what it showed."""
    (tmp_path / "bin").mkdir()
    viewer_of_the_system = tmp_path / "bin" / "xdg-open"
    viewer_of_the_system.write_text(f'#!/bin/sh\necho "among our lines"\nprintf "%s\\n" "$@" >> "{tmp_path / "opened"}"\n')
    viewer_of_the_system.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:{os.environ['PATH']}")
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr("sys.platform", "linux")
    return tmp_path / "opened"


def test_papers_are_opened_those_of_a_case_once_they_are_made(
    opened: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    [card] = _made("render", STUDENT, "-d", "counter-card", "-o", tmp_path / "a")

    made = _made("open", card, STUDENT, "-d", "sim-return", "-o", tmp_path / "b")

    assert [path.name for path in made] == ["SF-NJQH-MK9B-sim-return-zh-Hans.pdf"]
    assert opened.read_text(encoding="utf-8").splitlines() == [str(card), str(made[0])]
    assert capfd.readouterr() == ("", ""), "a viewer says nothing among our lines"


def test_a_preview_is_opened_only_when_asked(opened: Path, tmp_path: Path) -> None:
    command = ("preview", STUDENT, "-d", "counter-card", "--dpi", "50", "-o", tmp_path / "out")

    _made(*command)
    assert not opened.exists()

    made = _made(*command, "--open")
    assert opened.read_text(encoding="utf-8").splitlines() == [str(path) for path in made]


def test_a_paper_that_is_not_there_is_told_before_anything_is_made(opened: Path, tmp_path: Path) -> None:
    result = _run("open", tmp_path / "gone.pdf", STUDENT, "-o", tmp_path / "out")

    assert (result.exit_code, result.stdout) == (2, "")
    assert re.search(r"gone\.pdf: .+", result.stderr)
    assert not opened.exists()
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("display", "path", "told"),
    [
        ("", None, "there is no screen here to show this file"),
        (":0", "/nowhere", "there is no program here that opens this file"),
        (":0", "refusing", "there is no program here that opens this file"),
    ],
)
def test_without_screen_or_viewer_one_sentence_names_the_paper(
    opened: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, display: str, path: str | None, told: str
) -> None:
    paper = tmp_path / "paper.pdf"
    paper.write_bytes(b"%PDF")
    (tmp_path / "refusing").mkdir()
    (tmp_path / "refusing" / "xdg-open").write_text("#!/bin/sh\nexit 3\n")
    (tmp_path / "refusing" / "xdg-open").chmod(0o700)
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    if path:
        monkeypatch.setenv("PATH", str(tmp_path / path))

    result = _run("open", paper, "-l", "en")

    assert (result.exit_code, result.stderr) == (3, f"simforms: {told}{'; open it yourself' * (display != '')}: {paper}\n")
    assert not opened.exists()


def test_a_viewer_that_stays_open_is_not_waited_for(opened: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "bin" / "xdg-open").write_text(f'#!/bin/sh\necho "$1" > "{opened}"\nexec sleep 3\n')
    monkeypatch.setattr(viewer, "SECONDS", 0.5)
    monkeypatch.setattr("warnings.warn", lambda *_, **__: None)  # it goes on when we end: that is meant
    began = time.monotonic()

    viewer.show(tmp_path / "paper.pdf", os.environ)

    assert time.monotonic() - began < 2
    assert opened.read_text(encoding="utf-8").strip() == str(tmp_path / "paper.pdf")

"""What version 0.1 wrote is still read, or refused with what to do instead: manifests, journals, templates, JSON."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import CHECKOUT, SAMPLES

from simforms.cli.main import main
from simforms.cli.sandbox import Order, print_foreign

BODY = b"%PDF-1.7 a paper of 0.1"
MANIFEST = {
    "version": 1,
    "sha256": hashlib.sha256(BODY).hexdigest(),
    "documents": ["refund-request"],
    "language": "en",
    "date": "2026-11-20",
    "carrier": "ntt-docomo",
    "facts_until": "2030-12-03",
    "content": {"templates": "27bc", "vocabulary": "2e49", "catalogs": {"ja": "cb4e"}, "record": "650f"},
    "fonts": {"NotoSansCJKjp-Regular.otf": "68a3"},
    "made_with": {"simforms": "0.1.0", "weasyprint": "70.0"},
}
"""As 0.1 wrote it."""


def _run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return result.exit_code, result.output


def _paper(folder: Path, **changes: Any) -> Path:
    path = folder / "SF-R2EQ-RXY1-refund-request-en.pdf"
    path.write_bytes(BODY)
    path.with_name(path.name + ".manifest.json").write_text(json.dumps(MANIFEST | changes), encoding="utf-8")
    return path


def test_a_manifest_of_0_1_is_read(tmp_path: Path) -> None:
    code, told = _run("verify", _paper(tmp_path))

    assert (code, "fine: unaltered" in told) == (0, True), told


def test_a_manifest_of_a_later_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    code, told = _run("verify", _paper(tmp_path, version=2))

    assert code
    assert "its manifest was written by a later version of simforms; update simforms" in told


def test_a_folder_of_templates_made_for_0_1_is_refused_with_the_name_and_what_to_do(tmp_path: Path) -> None:
    place = tmp_path / "templates" / "proof-sheet"
    place.mkdir(parents=True)
    page = '{% extends "shared/page.html.j2" %}{% block body %}{{ mine("Reading") }}{% endblock %}'
    (place / "document.html.j2").write_text(page, encoding="utf-8")
    order = Order(cases=(str(CHECKOUT / "samples" / "no-answer" / "case.yaml"),), documents=("proof-sheet",))

    made = print_foreign(tmp_path, CHECKOUT, order)

    assert made.code
    assert "proof-sheet/document.html.j2: 'mine' is undefined" in made.told
    assert "take this version's template" in made.told


KEYS_OF_VERSION_1 = {
    "": "version reference language date carrier ends_by_itself way routes steps bring rules conflicts deadlines words desks "
    "help log documents",
    "routes": "channel works why source source_kind seen print",
    "steps": "when what source source_kind seen print",
    "bring": "what source source_kind seen print",
    "rules": "pointer what source source_kind seen print",
    "deadlines": "id day what source source_kind seen print",
    "words": "ja kana meaning",
    "desks": "dial reach languages opens closes always source source_kind seen print",
}
"""Of the JSON that 0.1 wrote: of the whole, and of the entries of each list."""


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.parent.name)
def test_json_of_version_1_has_every_name_that_0_1_wrote(path: Path) -> None:
    code, told = _run("plan", path, "--json-1")
    found = json.loads(told)

    assert code == 0
    for name, keys in KEYS_OF_VERSION_1.items():
        for entry in found[name] if name else [found]:
            assert set(keys.split()) <= set(entry), name
    assert found["version"] == 1

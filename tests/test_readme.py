"""What the README shows is what happens."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import CHECKOUT

from simforms.cli import main

README = (CHECKOUT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS)
def test_a_transcript_is_what_the_commands_print(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(CHECKOUT / "samples", tmp_path / "samples")
    for path in (tmp_path / "samples").rglob("case.yaml"):
        path.chmod(0o600)
    monkeypatch.chdir(tmp_path)

    for command, expected in re.findall(r"^\$ simforms (.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE):
        result = CliRunner().invoke(main, shlex.split(command))

        assert result.output == expected, command


def test_the_commands_of_the_readme_are_those_of_dev() -> None:
    script = (CHECKOUT / "dev").read_text(encoding="utf-8")

    for command in re.findall(r"\./dev (\w+)", README + (CHECKOUT / "CONTRIBUTING.md").read_text(encoding="utf-8")):
        assert f"  {command})" in script, command


def test_every_link_of_the_readme_leads_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)|src=\"([^\"]+)\"", README):
        path = "".join(target)
        assert path.startswith("https://") or (CHECKOUT / path).exists(), path

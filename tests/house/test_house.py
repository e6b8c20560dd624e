"""The house: what may stand in the tree and what may not."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import CHECKOUT

SOURCES = sorted((CHECKOUT / "simforms").rglob("*.py"))


def _tree() -> list[Path]:
    folders = [".ci", "benchmarks", "docs", "locales", "requirements", "samples", "simforms", "templates", "tests", "tools"]
    files = [path for folder in folders for path in (CHECKOUT / folder).rglob("*") if "__pycache__" not in path.parts]
    texts = [path for path in (*CHECKOUT.iterdir(), *files) if path.is_file() and path.suffix not in {".png", ".pdf", ".pyc"}]
    return [path for path in texts if path != Path(__file__)]


def test_no_path_of_a_machine_and_no_registry_stands_in_the_tree() -> None:
    private = re.compile(r"/(home|root|Users)/\w|pypi\.org|registry\.npmjs|deb\.debian")
    for path in _tree():
        assert not private.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("number", ["3376-0000", "3376-2222", "3376-3333", "33760000", "33762222", "33763333"])
def test_the_invented_numbers_stand_nowhere(number: str) -> None:
    for path in _tree():
        assert number not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_module_says_its_job_in_its_first_line_and_stays_small(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert text.startswith('"""')
    assert text.count("\n") <= 300, "split it: one module, one job"


def test_the_readme_lists_every_folder_with_the_job_that_its_docstring_states() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([a-z_/]+)/` \| (.*) \|$", readme.partition("| folder in `simforms/` | job |")[2], re.MULTILINE)
    packages = [path.parent for path in SOURCES if path.name == "__init__.py" and path.parent.name != "simforms"]
    stated = {
        path.relative_to(CHECKOUT / "simforms").as_posix(): (
            ast.get_docstring(ast.parse((path / "__init__.py").read_text())) or ""
        )
        for path in packages
    }

    assert dict(listed) == {folder: text.partition("\n")[0] for folder, text in stated.items()}


def test_templates_never_hide_a_value() -> None:
    """Nothing that clips, cuts or leaves out, no unescaped value, no page break by hyphen tricks."""
    forbidden = re.compile(r"overflow:\s*hidden|text-overflow|line-clamp|\|\s*safe|autoescape|default\(|style=\"[^\"]*\{\{")
    for path in (CHECKOUT / "templates").rglob("*"):
        if path.suffix in {".j2", ".css"}:
            assert not forbidden.search(path.read_text(encoding="utf-8")), path


def test_labels_use_no_character_that_reads_back_as_another() -> None:
    """Some characters share a glyph; a label with the odd one would change how a value is read from the page."""
    odd = re.compile("[\u2011\u00ad\u301c\u2e80-\u2fdf\u2012\u22ef]")
    for path in (*(CHECKOUT / "locales").rglob("*.po"), *(CHECKOUT / "templates").rglob("*.j2")):
        assert not odd.search(path.read_text(encoding="utf-8")), path


SCRIPTS = re.findall(
    r"(?:PYTHONPATH=(\S+) )?\.venv/bin/python ((?:tools|benchmarks)/\w+\.py)", (CHECKOUT / "dev").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(("path", "script"), [found for found in SCRIPTS if "fuzz" not in found[1]])
def test_what_dev_runs_finds_what_it_imports(path: str, script: str) -> None:
    """All but the fuzzer, whose library is installed only when it is asked for."""
    code = f"import runpy, sys; sys.path.insert(0, {str(Path(script).parent)!r}); runpy.run_path({script!r}, run_name='imported')"
    environment = {**os.environ, "PYTHONPATH": path}

    done = subprocess.run(
        [sys.executable, "-c", code], cwd=CHECKOUT, env=environment, check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr

"""What is installed: each library that is imported is declared, and the lists in requirements/ fix versions that fit."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from conftest import CHECKOUT
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
LISTS = sorted((CHECKOUT / "requirements").glob("*.txt"))
FIXED = re.compile(r"^([\w.-]+)==([\w.+!-]+)", re.MULTILINE)


def _imported(path: Path) -> set[str]:
    """Return the first names of all modules that a file imports."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom) and node.module and not node.level}
    return {name.partition(".")[0] for name in names}


def _declared(*extras: str) -> dict[str, Requirement]:
    texts = [*PROJECT["dependencies"], *(text for extra in extras for text in PROJECT["optional-dependencies"][extra])]
    return {canonicalize_name(one.name): one for one in map(Requirement, texts)}


def test_each_library_that_is_imported_is_declared() -> None:
    imported = {name for path in (CHECKOUT / "simforms").rglob("*.py") for name in _imported(path)}
    others = imported - set(sys.stdlib_module_names) - {"simforms"}
    distributions = packages_distributions()
    declared = _declared("cluster", "secure")

    assert len(others) > 10
    assert [name for name in sorted(others) if not {canonicalize_name(one) for one in distributions[name]} & set(declared)] == []


def test_private_names_of_an_engine_need_an_upper_bound() -> None:
    for engine in ("weasyprint", "pydyf"):
        assert any(one.operator == "<" for one in _declared()[engine].specifier), engine


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_fixes_every_declared_library_at_a_version_that_is_allowed(path: Path) -> None:
    extras = () if path.stem == "run" else (path.stem,)
    fixed = {canonicalize_name(name): version for name, version in FIXED.findall(path.read_text(encoding="utf-8"))}

    for name, requirement in _declared(*extras).items():
        assert name in fixed, f"{name}: run ./dev lock"
        assert requirement.specifier.contains(fixed[name]), f"{name}=={fixed[name]}: run ./dev lock"


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_a_list_holds_versions_and_hashes_only(path: Path) -> None:
    """No address of a registry, no folder of a machine: whoever installs it chooses where from."""
    entry = re.compile(r"([\w.-]+==[\w.+!-]+( ; [^\\]+)? \\|    --hash=sha256:[0-9a-f]{64}( \\)?|#.*)")

    assert [line for line in path.read_text(encoding="utf-8").splitlines() if not entry.fullmatch(line)] == []


def test_each_list_that_a_command_installs_is_there() -> None:
    wanted = set(re.findall(r"\bsetup (\w+)", (CHECKOUT / "dev").read_text(encoding="utf-8"))) | {"fuzz"}

    assert wanted == {path.stem for path in LISTS}

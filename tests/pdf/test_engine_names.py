"""A version of the engine that lacks what is used of it is noticed when it is loaded, not in the middle of a paper."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import CHECKOUT

from simforms.cli.main import main
from simforms.errors import RenderError
from simforms.pdf import engine, engine_names, press
from simforms.pdf.press import print_pdf

CASE = CHECKOUT / "samples" / "softbank-student" / "case.yaml"
PARAMETERS = [(place, name) for place, names in engine_names.PARAMETERS.items() for name in names.split()]
MEMBERS = [(place, name) for place, names in engine_names.MEMBERS.items() for name in names.split()]
USED_INSIDE = [(place, name) for place, names in engine_names.USED_INSIDE.items() for name in names.split()]


@pytest.fixture(autouse=True)
def _loaded() -> None:
    engine.import_engine()


def _ids(pairs: list[tuple[str, str]]) -> list[str]:
    return [" ".join(pair) for pair in pairs]


def _holder(place: str) -> tuple[Any, str]:
    """Return what holds the thing at a place, and its name there."""
    module, _, name = place.partition(":")
    outer, _, last = name.rpartition(".")
    return engine_names._resolve(f"{module}:{outer}" if outer else module), last


def _function(place: str) -> FunctionType:
    found: FunctionType = engine_names._resolve(place)
    return found


def _without(words: tuple[str, ...], name: str) -> tuple[str, ...]:
    return tuple(f"{word}_renamed" if word == name else word for word in words)


def _refused(name: str) -> None:
    with pytest.raises(RenderError, match="the version is not the one needed") as told:
        engine.import_engine()
    assert name in str(told.value)
    assert "weasyprint>=70,<71" in str(told.value)


@pytest.mark.parametrize("place", engine_names.PARAMETERS)
def test_a_function_that_vanished_is_noticed(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    holder, name = _holder(place)
    monkeypatch.delattr(holder, name)
    _refused(name)


@pytest.mark.parametrize(("place", "name"), PARAMETERS, ids=_ids(PARAMETERS))
def test_a_parameter_that_is_another_is_noticed(place: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code = _function(place).__code__
    cells = {one: _without(getattr(code, one), name) for one in ("co_varnames", "co_cellvars")}
    monkeypatch.setattr(_function(place), "__code__", code.replace(**cells))  # type: ignore[arg-type] # both are tuples of names
    _refused(place.partition(":")[2])


@pytest.mark.parametrize(("place", "name"), MEMBERS, ids=_ids(MEMBERS))
def test_a_part_that_vanished_is_noticed(place: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = engine_names._resolve(place)
    if isinstance(holder, dict):
        monkeypatch.delitem(holder, name)
    else:
        owner = next(one for one in getattr(holder, "__mro__", [holder]) if name in vars(one))
        monkeypatch.delattr(owner, name)
    _refused(name)


@pytest.mark.parametrize(("place", "name"), USED_INSIDE, ids=_ids(USED_INSIDE))
def test_an_attribute_that_is_set_under_another_name_is_noticed(place: str, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    code = _function(place).__code__
    consts = tuple(f"{one}_renamed" if one == name else one for one in code.co_consts)
    monkeypatch.setattr(_function(place), "__code__", code.replace(co_names=_without(code.co_names, name), co_consts=consts))
    _refused(name)


def test_an_engine_without_its_reader_of_pages_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(engine_names._resolve("weasyprint"), "HTML")
    _refused("HTML")


def test_the_engine_that_is_installed_is_the_one_needed() -> None:
    assert list(engine_names.missing_names()) == []


def test_its_versions_are_bound_from_above_as_the_package_requires_them() -> None:
    needed = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]

    assert set(engine_names.VERSIONS) <= set(needed)
    assert all("<" in one for one in engine_names.VERSIONS)


@pytest.fixture
def changed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let a private name be gone, and no engine be loaded yet."""
    cached = press._press
    with monkeypatch.context() as patched:
        patched.delattr(engine_names._resolve("weasyprint.pdf.tags"), "_build_box_tree")
        cached.cache_clear()
        yield
    cached.cache_clear()


@pytest.mark.usefixtures("changed")
def test_a_paper_is_refused_in_one_sentence_and_the_doctor_shows_why(tmp_path: Path) -> None:
    printed = CliRunner().invoke(main, ["render", str(CASE), "-d", "counter-card", "-o", str(tmp_path / "out")])
    shown = CliRunner().invoke(main, ["doctor"])

    assert (printed.exit_code, shown.exit_code) == (3, 3)
    assert len(printed.stderr.strip().splitlines()) == 1
    assert "weasyprint.pdf.tags._build_box_tree" in printed.stderr
    assert not (tmp_path / "out").exists()
    assert "weasyprint.pdf.tags._build_box_tree" in "".join(shown.output.split())
    assert "To fix it: " in shown.output


def test_all_names_of_the_engine_that_are_used_are_looked_up() -> None:
    """A page that is laid out, filled and written again touches no module that is not in the tables."""
    sources = "".join(path.read_text(encoding="utf-8") for path in (CHECKOUT / "simforms" / "pdf").rglob("*.py"))
    used = set(re.findall(r"^        ?(?:    )*from (weasyprint\S*|pydyf) import|^ +import (pydyf)", sources, re.MULTILINE))
    known = {
        place.partition(":")[0]
        for table in (engine_names.PARAMETERS, engine_names.MEMBERS, engine_names.USED_INSIDE)
        for place in table
    }
    for package in filter(None, (name for pair in used for name in pair)):
        assert [one for one in known if one == package or one.startswith(f"{package}.")], package
    assert print_pdf('<!doctype html><html lang="ja"><title>t</title><body></body></html>')

"""Whatever stands in a case or a table: its reader is neither held nor filled by it, and says what is wrong and what to do."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import hostile_cases
import hostile_tables
import pytest

from simforms.batches.tables.reader import records
from simforms.cases.check import check
from simforms.cli.plans import plan_cases
from simforms.errors import CaseError
from simforms.knowledge.content import content
from simforms.knowledge.vocabulary import vocabulary
from simforms.load import LARGEST, load
from simforms.planning.remarks import warnings

SECONDS = 8  # of CPU; before there were bounds, the worst took 99, and a busy machine counts two to three times as many
"""Of a processor, for this process."""
MEMORY = 300_000
"""kB, for this process."""
FIRST = 20
"""Records of a table that are looked at more closely."""


def _most_memory() -> int:
    """Return the most memory that this process has had since it was last asked, in kB; 0 where the system does not tell."""
    if sys.platform != "linux":
        return 0
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))


def _held(read: Callable[[], str]) -> str:
    """Return what is said about a file, which must not take long, nor much memory."""
    _most_memory()
    before, begin = _most_memory(), time.process_time()
    try:
        said = read()
    except CaseError as error:
        said = str(error)
    spent, most = time.process_time() - begin, _most_memory()
    assert spent < SECONDS
    assert most - before < MEMORY
    return said


def _planned(path: Path) -> str:
    [found] = plan_cases([path], (), "en", needs_papers=False)
    return "\n".join(map(str, warnings(found)))


def _read(path: Path) -> str:
    problems = []
    for number, record in enumerate(records(content(), path)):
        problems += record.problems if number < FIRST or record.problems else ()
        problems += check(record.case, vocabulary(content()))[1] if number < FIRST else ()
    return "\n".join(map(str, problems[:1000]))


@pytest.mark.one_in(5)
@pytest.mark.parametrize("name", [*hostile_cases.BODIES, *hostile_cases.SPECIAL])
def test_no_case_holds_or_fills_its_reader(name: str, tmp_path: Path) -> None:
    path = hostile_cases.made(name, tmp_path)

    said = _held(lambda: _planned(path))

    _one_sentence(said, path, hostile_cases.expected(name))


@pytest.mark.one_in(5)
@pytest.mark.parametrize("name", hostile_tables.NAMES)
def test_no_table_holds_or_fills_its_reader(name: str, tmp_path: Path) -> None:
    path = hostile_tables.made(name, tmp_path)

    said = _held(lambda: _read(path))

    _one_sentence(said, path, hostile_tables.expected(name))


def _one_sentence(said: str, path: Path, wanted: str) -> None:
    """Fail where a line does not say what is wrong, with its place and a cure; nothing is wanted where a file is read."""
    told = [line for line in said.splitlines() if wanted in line]
    assert told or not wanted, said[:1000]
    assert all(line.startswith(str(path)) and "; " in line for line in told[:1] if wanted)


@pytest.mark.one_in(5)
@pytest.mark.parametrize("name", hostile_cases.BODIES)
def test_twice_the_case_takes_no_more_than_three_times_as_long(name: str, tmp_path: Path) -> None:
    """What grows with the square of a size takes four times as long; less than a tenth of a second is no measure."""
    small, large = tmp_path / "small.yaml", tmp_path / "large.yaml"
    make = hostile_cases.BODIES[name][0]
    small.write_bytes(make(LARGEST // 4)[: LARGEST // 4])
    large.write_bytes(make(LARGEST // 2)[: LARGEST // 2])

    def spent(path: Path) -> float:
        begin = time.process_time()
        with suppress(CaseError):
            load(path)
        return time.process_time() - begin

    tries = 0
    while (twice := spent(large)) > 0.1 and twice > 3 * spent(small):
        tries += 1
        assert tries < 3, twice


def test_a_value_given_in_two_ways_of_writing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("carrier: au\nperson:\n  name: WANG\nperson.name: LI\n", encoding="utf-8")

    assert f"{path}:4: person.name: the name appears twice, first in line 3" in _planned_or_told(path)
    assert "the name appears twice" not in _planned_or_told(path, ("person.name", "WANG"))


@pytest.mark.parametrize("name", ["a." * 30_000 + "b", "a[1]" * 30_000])
def test_a_name_of_many_levels_on_the_command_line_is_no_field(tmp_path: Path, name: str) -> None:
    path = tmp_path / "case.yaml"
    path.write_text("carrier: au\n", encoding="utf-8")

    assert "there is no such field" in _planned_or_told(path, (name, "x"))


def _planned_or_told(path: Path, *given: tuple[str, str]) -> str:
    try:
        plan_cases([path], (), "en", overrides=given, needs_papers=False)
    except CaseError as error:
        return str(error)
    return ""

"""What is no table is refused by its kind and its size; a folder of cases is a table."""

from __future__ import annotations

import os
import time
import tracemalloc
from pathlib import Path

import pytest
from tables import Write, read, refusal

from simforms.batches.tables.reader import LARGEST_FILE


@pytest.mark.parametrize("name", ["desk.csv", "desk.xlsx", "desk.jsonl"])
def test_a_file_of_two_gigabytes_is_refused_by_its_size(write: Write, name: str) -> None:
    path = write(b"", name)
    os.truncate(path, 2_000_000_000)
    begin = time.monotonic()

    assert refusal(path) == f"{name}: the file is larger than {LARGEST_FILE // 1_000_000} MB; split it into smaller files"
    assert time.monotonic() - begin < 1


@pytest.mark.parametrize("name", ["desk.txt", "desk", "desk.xls", "case.yaml"])
def test_files_of_other_kinds_are_refused(write: Write, name: str) -> None:
    assert "a file of this kind cannot be read as a table; save it as `.xlsx`" in refusal(write("x", name))


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    assert "the file cannot be read (there is no such file)" in refusal(tmp_path / "none.csv")
    os.mkfifo(tmp_path / "pipe.csv")
    assert "a file of this kind cannot be read" in refusal(tmp_path / "pipe.csv")


def test_a_folder_of_cases_is_read_by_name_and_an_unreadable_one_is_told(tmp_path: Path) -> None:
    for name, text in {"b.yaml": "carrier: au\n", "a.json": '{"carrier": "au"}', "c.yml": "a: [\n", "B.json": "{}"}.items():
        (tmp_path / name).write_text(text)
    (tmp_path / "x y.yaml").write_text("carrier: au\n")
    for name in ("notes.txt", ".hidden.yaml", "folder.yaml/x"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    os.truncate(tmp_path / "c.yml", 2_000_000_000)

    tracemalloc.start()
    found = read(tmp_path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert most < 20_000_000

    assert [(record.number, record.id) for record in found] == [(1, "B"), (2, "a"), (3, "row-3"), (4, "c"), (5, "row-5")]
    assert [[str(problem.what) for problem in record.problems] for record in found] == [
        [],
        [],
        ["the ID appears twice, first in row 1"],
        ["the file is larger than 256 kB, which is too large for a case"],
        ["this cannot be used as a file name"],
    ]


def test_a_folder_without_cases_is_told(tmp_path: Path) -> None:
    assert "there is no case in the folder; put one file for each case there" in refusal(tmp_path)

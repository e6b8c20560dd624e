"""A table is read by a process of its own: it runs nothing of the current folder, has limits, and hands back plain data."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path

import pytest
from conftest import CHECKOUT
from openpyxl import Workbook
from tables import FULL, FULL_ROW, Write, csv

from simforms.batches.tables import asking
from simforms.batches.tables.plain_data import (
    Head,
    Line,
    head,
    json_line,
    packed_head,
    packed_line,
    packed_refusal,
    packed_row,
    row,
)
from simforms.batches.tables.reader import records, table
from simforms.batches.tables.record import Cell, Row
from simforms.errors import CaseError, Location, Problem, UnknownNameError
from simforms.knowledge.content import content
from simforms.messages import say


@pytest.mark.parametrize("name", ["desk.csv", "desk.xlsx", "desk.jsonl"])
def test_no_module_of_the_current_folder_is_run(name: str, tmp_path: Path) -> None:
    """Names that Python's library, ours and openpyxl's have; the path holds the folder as it does for `python -m simforms`."""
    planted = ["json", "csv", "zipfile", "selectors", "openpyxl", "simforms", "sitecustomize", "usercustomize", "encodings"]
    for module in planted:
        (tmp_path / f"{module}.py").write_text("open('RUN', 'w')\n")
    if name.endswith("xlsx"):
        book = Workbook()
        for cells in (FULL, FULL_ROW):
            book.worksheets[0].append(cells)
        book.save(tmp_path / name)
    else:
        (tmp_path / name).write_bytes(b'{"carrier": "au"}' if name.endswith("jsonl") else b"id,carrier\n1,au\n")
    script = (
        "import os, sys; from pathlib import Path; from simforms.batches.tables.reader import records\n"
        "from simforms.knowledge.content import content; content()\n"
        f"os.chdir({str(tmp_path)!r}); sys.path[:0] = ['', '.', os.getcwd()]\n"
        f"print(len(records(content(), Path({name!r}))))"
    )
    environment = {**os.environ, "PYTHONPATH": f"{CHECKOUT}{os.pathsep}"}

    done = subprocess.run(
        [sys.executable, "-P", "-c", script], check=True, capture_output=True, text=True, cwd=CHECKOUT, env=environment
    )

    assert not (tmp_path / "RUN").exists()
    assert done.stdout == "1\n"


def _child(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, body: str) -> None:
    (tmp_path / "child.py").write_text(body)
    monkeypatch.setattr(asking, "_CHILD", tmp_path / "child.py")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("import time; time.sleep(60)", "it took too long and was stopped; split it"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", "it took too long and was stopped; split it"),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", "the file is damaged"),
        ("raise SystemExit(1)", "the file is damaged"),
        ("", "the file is damaged"),
        ("print('no JSON')", "the file is damaged"),
        ("print('{}')", "the file is damaged"),
        ("""print('{"unknown": ["%(a)999999s", {"a": "x"}]}')""", "the file is damaged"),
        ("""print('{"unknown": ["%(a)s", {"a": ' + '["%(a)s", {"a": ' * 9 + '1' + '}]' * 9 + '}]}')""", "the file is damaged"),
        ("print('[' * 100000)", "the file is damaged"),
        ("""print('{"columns": ["id"], "fields": ["id"], "notes": [], "count": 9}')""", "the file is damaged"),
        ("""print('{"problems": [[[1, 2], "", ["%(a)s", {"b": 1}], ["", {}], "error"]]}')""", "the file is damaged"),
        ("import sys; [sys.stdout.write('x' * 1000000) for _ in range(400)]", "the file is damaged"),
    ],
)
def test_whatever_the_process_does_is_said_in_a_sentence(
    body: str, told: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, write: Write
) -> None:
    _child(monkeypatch, tmp_path, body)
    monkeypatch.setattr(asking, "SECONDS", 1)
    monkeypatch.setattr(asking, "PATIENCE", 3)
    begin = time.monotonic()

    with pytest.raises(CaseError, match=told):
        records(content(), write(csv(FULL, FULL_ROW)))

    assert time.monotonic() - begin < 30


def test_a_row_that_the_process_makes_up_stops_the_table() -> None:
    found = table(content(), "desk.csv", ".csv", [packed_head(Head(("id",), ("id",), (), 1)), b'[1, 1, [{"__reduce__": 1}]]'])

    with pytest.raises(CaseError, match=r"desk.csv: the file is damaged"):
        list(found)


CELLS: list[Cell] = [
    "",
    "a\u2028b",
    "\ud800",
    "\x00",
    7,
    10**30,
    1.5,
    date(2026, 11, 20),
    datetime(2026, 11, 20, 12, 30),
    time_of_day(12, 30),
    timedelta(days=1, seconds=5),
]


def test_what_is_handed_back_is_what_was_read() -> None:
    inner = say("it is not valid JSON (%(reason)s)", reason=say("there is no such file"))
    problem = Problem(Location("desk.csv", 3, 4), "person.name", inner, say("split it into smaller files"), "note")
    whole = Row(7, (*CELLS, "x", "", ""))
    line = Line(3, {f"k{number}": cell for number, cell in enumerate(CELLS)}, [("a", inner, problem.suggestion)])

    assert row(packed_row(whole)) == whole
    assert json_line(packed_line(line)) == line
    assert head("desk.csv", packed_head(Head(("a", "b"), ("id", ""), (problem,), 5))) == Head(
        ("a", "b"), ("id", ""), (problem,), 5
    )
    assert all(b"\n" not in packed for packed in (packed_row(whole), packed_line(line)))
    with pytest.raises(CaseError) as refused:
        head("desk.csv", packed_refusal(CaseError([problem])))
    assert refused.value.problems == (problem,)
    with pytest.raises(UnknownNameError, match="there is no encoding"):
        head("", packed_refusal(UnknownNameError(say("there is no encoding “%(name)s”", name="x"))))


def test_the_process_takes_no_more_memory_than_it_may_and_writes_no_file(write: Write) -> None:
    script = (
        "import sys; sys.path.append(sys.argv[1])\n"
        "from simforms.batches.tables import child\nchild._confined(5)\n"
        "try: bytearray(2 * 1024**3)\nexcept MemoryError: print('refused')\n"
        "try: print('x', file=open(sys.argv[2], 'w'), flush=True); print('written')\nexcept OSError: print('refused')"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-c", script, str(CHECKOUT), str(write("", "new"))], check=False, capture_output=True, text=True
    )

    assert done.stdout.split() == ["refused", "refused"], done

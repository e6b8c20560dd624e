"""A batch beyond one machine: a real scheduler with two workers, one of them killed in the middle."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import CHECKOUT

SIMFORMS = [sys.executable, "-m", "simforms", "batch"]
DASK = [sys.executable, "-m", "dask"]
ROWS = 60


def _started(folder: Path, command: Sequence[str | Path]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)


@pytest.fixture
def machines(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """Yield the address of a scheduler on this machine, and the processes of its two workers."""
    file = tmp_path / "scheduler.json"
    scheduler = [*DASK, "scheduler", "--scheduler-file", file, "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    worker = [*DASK, "worker", "--scheduler-file", file, "--no-nanny", "--nthreads", "1", "--no-dashboard"]
    started = [_started(tmp_path, scheduler)]
    try:
        address = _said(file)["address"]
        started += [_started(tmp_path, worker) for _ in range(2)]
        yield address, started[1:]
    finally:
        for process in started:
            process.kill()
            process.wait()


def _said(file: Path) -> Any:
    """Return what a scheduler says of itself, when it has started."""
    for _ in range(300):
        try:
            return json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            time.sleep(0.1)
    raise RuntimeError("the scheduler does not start")


def _table(folder: Path) -> Path:
    path = folder / "people.csv"
    rows = [f"R{number},softbank,en,PERSON {'ABCDEFGHIJ'[number % 10] * 3},090-1234-{5000 + number}" for number in range(ROWS)]
    path.write_text("\n".join(["id,carrier,language,person.name,line.number", *rows]) + "\n", encoding="utf-8")
    return path


def test_a_batch_on_a_cluster_survives_a_worker_that_is_killed(
    machines: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, workers = machines
    table, there, here = _table(tmp_path), tmp_path / "there", tmp_path / "here"
    command = [*SIMFORMS, str(table), "-d", "call-log", "-q", "--yes"]
    time.sleep(3)  # both workers are known
    running = subprocess.Popen([*command, "-o", there, "--cluster", address], cwd=CHECKOUT, stdout=subprocess.DEVNULL)
    for _ in range(300):
        if len(list(there.glob("R*.pdf"))) > 5:
            break
        time.sleep(0.1)
    workers[0].kill()

    assert running.wait(60) == 0
    _with_the_key_of(there, here)
    subprocess.run([*command, "-o", here, "--workers", "1"], check=True, cwd=CHECKOUT, stdout=subprocess.DEVNULL)
    assert {path.name: path.read_bytes() for path in there.glob("R*")} == {
        path.name: path.read_bytes() for path in here.glob("R*")
    }
    assert len(list(there.glob("R*.pdf"))) == ROWS
    assert {path.parent for path in tmp_path.rglob("*.pdf")} == {there, here}, "the workers, who stand in this folder, write none"


def _with_the_key_of(folder: Path, other: Path) -> None:
    """Begin the journal of another folder with the key of one: then its papers have the same references."""
    other.mkdir(mode=0o700)
    head = (folder / "batch.jsonl").read_bytes().partition(b"\n")[0] + b"\n"
    (other / "batch.jsonl").write_bytes(head)


SPY = """
import os
class Run:
    def __reduce__(self):
        return os.system, ("touch %s",)
def answer():
    return Run()
"""


def test_a_worker_cannot_have_the_desk_run_anything_by_what_it_answers(
    machines: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, _ = machines
    ran = tmp_path / "ran"
    (tmp_path / "spy.py").write_text(SPY % ran, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    script = (
        "import sys, time, concurrent.futures\n"
        "from simforms.batches import pool\n"
        "pool._there = lambda seconds, function, *given: function(*given)\n"
        "import spy\n"
        "time.sleep(3)\n"
        f"with pool.cluster({address!r}, 5) as submit:\n"
        "    print(submit(bytes, 3).result(10))\n"
        "    try: submit(spy.answer).result(5)\n"
        "    except Exception as error: print(type(error).__name__)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": f"{CHECKOUT}{os.pathsep}{tmp_path}"},
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.stdout.splitlines()[0] == str(bytes(3)), done.stderr
    assert done.stdout.splitlines()[1:] in (["TimeoutError"], ["TypeError"], ["RuntimeError"]), done.stderr
    assert not ran.exists()


@pytest.mark.parametrize(
    ("address", "code", "told"),
    [("tcp://127.0.0.1:9", 3, "no scheduler answers"), ("nonsense", 2, "not the address of a scheduler")],
)
def test_a_scheduler_that_is_not_there_is_told(tmp_path: Path, address: str, code: int, told: str) -> None:
    command = [*SIMFORMS, str(_table(tmp_path)), "-o", tmp_path / "out", "--yes", "--cluster", address]
    done = subprocess.run(command, check=False, cwd=CHECKOUT, capture_output=True, text=True)

    assert done.returncode == code
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out" / "batch.jsonl").exists()

"""Killed at random moments, 500 rows end as if nothing had happened: none lost, doubled, half written or left over."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import CHECKOUT
from strange import paper

from simforms.batches.journal import NAME
from simforms.papers.manifest import SUFFIX

SCRIPT = CHECKOUT / "tests" / "support" / "strange.py"
IDLE = CHECKOUT / "tests" / "support" / "idle_worker.py"
ROWS = 500
KILLS = max(3, int(os.environ.get("SIMFORMS_ROUNDS", "0")) // 5)
PAPER = "call-log-zh-Hans"
SECONDS = 30


def _lines(folder: Path) -> int:
    path = folder / NAME
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _begun(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, SCRIPT, folder, str(ROWS)], start_new_session=True)


def _killed(folder: Path, chance: random.Random) -> None:
    """Begin the batch, or go on with it, and kill it, or one of its workers, when it has printed a few rows more."""
    process = _begun(folder)
    until, begun = _lines(folder) + chance.randint(0, 2 * ROWS // KILLS), time.monotonic()
    while _lines(folder) < until and process.poll() is None and time.monotonic() - begun < SECONDS:
        time.sleep(0.001)
    time.sleep(chance.uniform(0, 0.02))
    children = _children(process.pid)
    if children and chance.random() < 0.3:
        _kill(chance.choice(children))
        time.sleep(chance.uniform(0, 0.3))
    process.kill()
    process.wait()
    _ended(process.pid)


def _children(pid: int) -> list[int]:
    """Return the processes of a batch besides itself."""
    found = subprocess.run(["ps", "-o", "pid=", "-s", str(pid)], capture_output=True, text=True, check=False).stdout.split()
    return [int(one) for one in found if int(one) != pid]


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return  # it had ended


def _ended(session: int) -> None:
    """Return when no process of a batch is left: they end with their parent."""
    begun = time.monotonic()
    while _children(session):
        assert time.monotonic() - begun < SECONDS, "a worker outlives its batch"
        time.sleep(0.01)


def _whole(folder: Path) -> set[str]:
    """Return the names of the papers, which are all whole."""
    papers = {path.name: path.read_bytes() for path in folder.glob("*.pdf")}
    expected = {f"B-{number}-{PAPER}.pdf": paper(PAPER, f"B-{number}" * 5000).body for number in range(ROWS)}
    assert all(expected[name] == body for name, body in papers.items())
    return set(papers)


@pytest.mark.skipif(sys.platform != "linux", reason="it looks for processes with ps")
def test_a_worker_ends_with_its_batch_without_any_signal(tmp_path: Path) -> None:
    """One that was being started when the batch was killed gets none."""
    process = subprocess.Popen([sys.executable, IDLE, tmp_path / "ready"], start_new_session=True)
    while not (tmp_path / "ready").exists():
        time.sleep(0.01)

    process.kill()
    process.wait()

    _ended(process.pid)


@pytest.mark.skipif(sys.platform != "linux", reason="it looks for processes with ps")
def test_killed_at_any_moment_and_resumed_it_ends_as_if_it_had_not_been(tmp_path: Path) -> None:
    chance, folder = random.Random(KILLS), tmp_path / "out"  # noqa: S311 - the same moments each time
    for _ in range(KILLS):
        _killed(folder, chance)
        if folder.exists():
            _whole(folder)
    last = _begun(folder)
    assert last.wait(600) == 0

    names = {f"B-{number}-{PAPER}.pdf" for number in range(ROWS)}
    assert _whole(folder) == names
    assert {path.name for path in folder.iterdir()} == names | {f"{name}{SUFFIX}" for name in names} | {NAME}
    lines = [json.loads(line) for line in (folder / NAME).read_text(encoding="utf-8").splitlines()[1:]]
    made = [line["id"] for line in lines if line["files"]]
    assert sorted(made) == sorted({line["id"] for line in lines}) == sorted(f"B-{number}" for number in range(ROWS))

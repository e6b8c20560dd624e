"""Batches: cost per letter by the number of rows, one worker against two, and the memory of a worker."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from figures import Bar, spread, table
from people import write_table
from requested import PAGES

LETTER = PAGES[0].document
_SIMFORMS = Path(sys.executable).parent / "simforms"
FASTER_ON_TWO = 1.8
LARGEST_MEMORY = 250
"""MB of a worker."""
STEEPEST = 0.02
"""MB a letter, after the first ones."""
_SPIN = "sum(range(20_000_000))"


def measured(sizes: Sequence[int], dice: random.Random) -> dict[str, Any]:
    """Return what batches of letters take, in milliseconds a letter, by rows and workers."""
    found: list[dict[str, Any]] = []
    for rows in sizes:
        taken: dict[int, list[float]] = {1: [], 2: []}
        memory = 0.0
        for _ in range(max(1, min(3, 300 // rows))):
            for workers in dice.sample([1, 2], 2):
                seconds, megabytes = _printed(rows, workers)
                taken[workers].append(1000 * seconds / rows)
                memory = max(memory, megabytes)
        one, two = spread(taken[1]), spread(taken[2])
        found.append({"rows": rows, "ms": {1: one, 2: two}, "faster": one.median / two.median, "MB": memory})
    return {"batches": found, "arithmetic": _arithmetic()}


def _printed(rows: int, workers: int) -> tuple[float, float]:
    """Return the seconds of a batch and the largest resident memory, in MB, of any of its processes."""
    with tempfile.TemporaryDirectory(prefix="bench-batch-") as folder:
        path, to = Path(folder, "people.csv"), Path(folder, "out")
        write_table(path, rows)
        command = [_SIMFORMS, "batch", path, "-d", LETTER, "-o", to, "--yes", "-q", "--workers", str(workers)]
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        made = sum(1 for _ in to.glob(f"*-{LETTER}-*.pdf"))
        if process.returncode or made != rows:
            raise RuntimeError(f"the batch of {rows} rows made {made} letters and ended with {process.returncode}")
    return seconds, usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e6 / 1024)


def _arithmetic() -> float:
    """Return how much faster two processes are than one at plain sums: what these cores give just now."""

    def spun(count: int) -> float:
        start = time.perf_counter()
        running = [subprocess.Popen([sys.executable, "-c", _SPIN]) for _ in range(count)]
        for process in running:
            process.wait()
        return time.perf_counter() - start

    return spread([2 * spun(1) / spun(2) for _ in range(3)]).median


def memory(letters: int) -> dict[str, Any]:
    """Return the memory of one process that prints letters: see memory.py. Empty where the system does not tell it."""
    if not Path("/proc/self/statm").exists():
        return {}
    script = Path(__file__).with_name("memory.py")
    found = subprocess.run([sys.executable, script, str(letters)], check=True, capture_output=True)
    return dict(json.loads(found.stdout))


def told(result: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines that tell a result."""
    if result.get("batches"):
        yield table(
            ("rows", "1 worker, ms a letter", "2 workers, ms a letter", "2 against 1", "largest process, MB"),
            [
                (str(one["rows"]), str(one["ms"][1]), str(one["ms"][2]), f"{one['faster']:.2f} ×", f"{one['MB']:.0f}")
                for one in result["batches"]
            ],
        )
        yield f"  plain sums in two processes instead of one, in the same minute: {result['arithmetic']:.2f} ×"
    if found := result.get("memory"):
        yield (
            f"  one process, {found['letters']} letters: {found['MB']:.0f} MB at the end, "
            f"{found['MB a letter']:+.4f} MB a letter after the first {found['left out']}"
        )
        anew = ", ".join(f"{count} ({why})" for why, count in found["layouts"].items() if why)
        yield f"  laid out as a whole: {anew or 'none'}"


def bars(result: Mapping[str, Any]) -> Iterator[Bar]:
    """Yield the bars of batches."""
    if result.get("batches"):
        last = result["batches"][-1]
        yield Bar(f"batch of {last['rows']}, 2 workers against 1", last["faster"], FASTER_ON_TWO, at_least=True)
        yield Bar("batch, largest process", max(one["MB"] for one in result["batches"]), LARGEST_MEMORY, "MB")
    if found := result.get("memory"):
        yield Bar("one process, memory", found["MB"], LARGEST_MEMORY, "MB")
        yield Bar("one process, memory a letter", found["MB a letter"], STEEPEST, "MB")

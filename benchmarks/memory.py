"""Prints letters in one process, as a worker of a batch does, and says what memory it took: one line of JSON."""

from __future__ import annotations

import json
import resource
import statistics
import sys
from pathlib import Path

from engines import batch
from people import person
from requested import PAGES

from simforms.pdf.press import layout_counts

LEFT_OUT = 50
"""The first letters fill what is kept."""


def resident() -> float:
    """Return the resident memory of this process, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def main(letters: int) -> None:
    """Print letters and the memory they took."""
    taken = []
    with batch() as prepare:
        for number in range(letters):
            prepare({"fields": person(number), "document": PAGES[0].document})()
            taken.append(resident())
    kept = taken[LEFT_OUT:]
    slope = statistics.linear_regression(range(len(kept)), kept).slope
    print(
        json.dumps(
            {"letters": letters, "layouts": dict(layout_counts()), "MB": taken[-1], "MB a letter": slope, "left out": LEFT_OUT}
        )
    )


if __name__ == "__main__":
    main(max(LEFT_OUT + 2, int(sys.argv[1])))

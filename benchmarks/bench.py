"""Measures simforms beside its peers in one run and prints what was found; run by `./dev bench`."""

from __future__ import annotations

import argparse
import dataclasses
import json
import os
import platform
import random
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import cold
import many
import picture
import size
import warm
from faces import fontconfigs
from figures import Bar
from requested import PAGES

PARTS = ("warm", "cold", "batch", "size")


def arguments() -> argparse.Namespace:
    """Return what the command line asks for."""
    parser = argparse.ArgumentParser(prog="./dev bench", description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="leave the other parts out")
    parser.add_argument("--rounds", type=int, default=40, help="warm pages of each engine (%(default)s)")
    parser.add_argument("--cold-rounds", type=int, default=10, help="fresh processes of each command (%(default)s)")
    parser.add_argument("--rows", type=int, nargs="+", default=[10, 100, 1000], help="sizes of the batches (%(default)s)")
    parser.add_argument("--letters", type=int, default=300, help="letters of the process whose memory is watched (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the order and of the people (%(default)s)")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    parser.add_argument("--picture", type=Path, metavar="FILE", help="draw the warm pages there, as SVG")
    return parser.parse_args()


def main() -> None:
    """Measure, print, sum up. A benchmark, not a test: the exit code says nothing about the bars."""
    asked = arguments()
    dice = random.Random(asked.seed)  # noqa: S311 - an order, not a secret
    parts = asked.only or PARTS
    found: dict[str, Any] = {"machine": _machine()}
    bars: list[Bar] = []
    print("; ".join(f"{name} {value}" for name, value in found["machine"].items()))
    print("Read ratios, not times: a ratio compares what was measured side by side, in the same rounds.")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        faces = fontconfigs(folder)
        if "warm" in parts:
            _headed(
                "Warm pages",
                f"a living process for each engine, asked in random order; a new person each time; {asked.rounds} rounds",
            )
            print(f"  naive = WeasyPrint as it comes, with {next(iter(faces))} of Noto Sans CJK")
            found["warm"] = []
            for page in PAGES:
                found["warm"].append(result := warm.measured(page, asked.rounds, faces, folder, dice))
                bars += _told(warm.told(result), warm.bars(result))
        if "cold" in parts:
            _headed("Cold starts", f"whole commands in fresh processes, in random order; {asked.cold_rounds} rounds")
            found["cold"] = cold.measured(asked.cold_rounds, next(iter(faces.values())), folder, dice)
            bars += _told(cold.told(found["cold"]), cold.bars(found["cold"]))
    if "batch" in parts:
        _headed("Batches", f"{many.LETTER} for invented people; whole commands")
        found["batch"] = many.measured(asked.rows, dice) | {"memory": many.memory(asked.letters)}
        bars += _told(many.told(found["batch"]), many.bars(found["batch"]))
    if "size" in parts:
        _headed("Size", "every paper of every sample, the heaviest page first")
        papers = size.measured()
        found["size"] = papers
        bars += _told(size.told(papers), size.bars(papers))
    found["bars"] = [dataclasses.asdict(bar) | {"kept": bar.kept} for bar in bars]
    print(f"\n{_sum(bars)}")
    if asked.json:
        asked.json.write_text(
            json.dumps(found, indent=1, ensure_ascii=False, default=dataclasses.asdict) + "\n", encoding="utf-8"
        )
    if asked.picture and "warm" in found:
        asked.picture.write_text(picture.drawn(found["warm"]), encoding="utf-8")


def _headed(title: str, how: str) -> None:
    print(f"\n{title}: {how}", flush=True)


def _told(lines: Iterator[str], bars: Iterator[Bar]) -> list[Bar]:
    """Print a result with its bars; return the bars."""
    for line in lines:
        print(line)
    found = list(bars)
    for bar in found:
        print(bar)
    sys.stdout.flush()
    return found


def _sum(bars: list[Bar]) -> str:
    missed = [bar for bar in bars if not bar.kept]
    kept = f"{len(bars) - len(missed)} of {len(bars)} bars are kept"
    return f"{kept}; not: {', '.join(f'{bar.what} ({bar.figure:.3g} {bar.unit})' for bar in missed)}" if missed else kept


def _machine() -> dict[str, str]:
    return {
        **{name: _version(name) for name in ("simforms", "weasyprint", "typst")},
        "Python": platform.python_version(),
        "cores": str(os.cpu_count()),
        "load": f"{os.getloadavg()[0]:.1f}",
    }


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "none"


if __name__ == "__main__":
    main()

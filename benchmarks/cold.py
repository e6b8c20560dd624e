"""Cold starts: whole commands in fresh processes, side by side, in random order."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from figures import Bar, Spread, ratios, spread, table
from people import case
from requested import PAGES, request

SLOWEST_AGAINST_WEASYPRINT = 1.0
SLOWEST_COMMAND = 0.15
"""Seconds more than a Python that does nothing."""
_BIN = Path(sys.executable).parent


def measured(rounds: int, fontconfig: Path, folder: Path, dice: random.Random) -> dict[str, Any]:
    """Return what whole commands take, in seconds."""
    commands: dict[str, Sequence[str | Path]] = {}
    for page in PAGES:
        ask = request(page, 1)
        (folder / f"{page.name}.html").write_text(ask["html"], encoding="utf-8")
        paper, bare, path = f"simforms render -d {page.document}", f"weasyprint {page.name}.html", folder / f"{page.name}.json"
        path.write_text(json.dumps(case(ask["fields"])), encoding="utf-8")
        path.chmod(0o600)
        commands[paper] = [_BIN / "simforms", "render", path, "-d", page.document, "-o", folder]
        commands[bare] = [_BIN / "weasyprint", folder / f"{page.name}.html", folder / f"{page.name}.pdf"]
    path = folder / "form.json"
    commands["python -c pass"] = [sys.executable, "-c", "pass"]
    commands["simforms --help"] = [_BIN / "simforms", "--help"]
    commands["simforms check"] = [_BIN / "simforms", "check", path]
    commands["simforms plan"] = [_BIN / "simforms", "plan", path]
    commands["simforms documents"] = [_BIN / "simforms", "documents"]
    seconds: dict[str, list[float]] = {name: [] for name in commands}
    for count in range(rounds + 1):  # the first fills caches
        for name in dice.sample(list(commands), len(commands)):
            spent = _taken(commands[name], fontconfig)
            if count:
                seconds[name].append(spent)
    nothing = seconds["python -c pass"]
    return {
        "seconds": {name: spread(values) for name, values in seconds.items()},
        "more than python": {
            name: spread([value - other for value, other in zip(values, nothing, strict=True)])
            for name, values in seconds.items()
            if name != "python -c pass"
        },
        "against weasyprint": {
            page.name: ratios(seconds[f"simforms render -d {page.document}"], seconds[f"weasyprint {page.name}.html"])
            for page in PAGES
        },
    }


def _taken(command: Sequence[str | Path], fontconfig: Path) -> float:
    start = time.perf_counter()
    environment = {**os.environ, "FONTCONFIG_FILE": str(fontconfig)}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return time.perf_counter() - start


def told(result: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines that tell a result."""
    more: Mapping[str, Spread] = result["more than python"]
    rows = [(name, str(seconds), str(more.get(name, ""))) for name, seconds in result["seconds"].items()]
    yield table(("", "seconds (p10–p90)", "more than python -c pass"), rows)


def bars(result: Mapping[str, Any]) -> Iterator[Bar]:
    """Yield the bars of cold starts."""
    for page, against in result["against weasyprint"].items():
        yield Bar(f"cold {page}, simforms render", against.median, SLOWEST_AGAINST_WEASYPRINT, "× weasyprint")
    for name, more in result["more than python"].items():
        if name.startswith("simforms ") and "render" not in name:
            yield Bar(f"{name}, more than python -c pass", more.median, SLOWEST_COMMAND, "s")

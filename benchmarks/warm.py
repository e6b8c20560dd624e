"""Warm pages: every engine a living process, asked in random order for a new person's page each time."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pypdfium2
from engines import ENGINES
from figures import Bar, ratios, spread, table
from requested import Page, request

WARM_UP = 3
NAMES = {
    "naive": "WeasyPrint as it comes",
    "single": "simforms, each laid out anew",
    "batch": "simforms, for many people",
    "typst.compile": "typst.compile",
    "typst.Compiler": "typst.Compiler, kept alive",
    "chromium": "headless Chromium, kept alive",
}
OTHERS = ("typst.compile", "typst.Compiler")
"""What all are measured against, besides WeasyPrint as it comes."""
SLOWEST_AGAINST_NAIVE = 0.25
SLOWEST_AGAINST_TYPST = {"letter": 0.6, "form": 1.0}


@dataclass
class Peer:
    """A living engine and what it took."""

    process: subprocess.Popen[str]
    seconds: list[float] = field(default_factory=list)
    kilobytes: float = 0
    pages: int = 0

    def asked(self, ask: Mapping[str, Any], to: Path) -> float:
        """Return the seconds that the engine took; raise where the page does not hold the person's values."""
        assert self.process.stdin
        assert self.process.stdout
        self.process.stdin.write(json.dumps({**ask, "to": str(to)}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline() or '{"without": "the engine ended"}')
        if "seconds" not in answer:
            raise RuntimeError(answer["without"])
        with pypdfium2.PdfDocument(to) as document:
            self.pages = len(document)
            text = document[0].get_textpage().get_text_bounded()
        for name in ("person.name", "line.number"):
            if ask["values"][name] not in text.translate({0x2010: "-", 0x2011: "-", 2: "-"}):
                raise RuntimeError(f"its page does not show {name}")
        self.kilobytes = to.stat().st_size / 1000
        return float(answer["seconds"])


@contextmanager
def peer(name: str, fontconfig: Path) -> Iterator[Peer | str]:
    """Yield a living engine, or the reason why it cannot be had."""
    command = [sys.executable, str(Path(__file__).with_name("engines.py")), name]
    environment = {**os.environ, "FONTCONFIG_FILE": str(fontconfig)}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment
    ) as process:
        assert process.stdout
        answer = json.loads(process.stdout.readline() or '{"without": "it does not start"}')
        yield answer.get("without") or Peer(process)


def measured(page: Page, rounds: int, fontconfigs: Mapping[str, Path], folder: Path, dice: random.Random) -> dict[str, Any]:
    """Return what each engine takes for a page. `fontconfigs` are the faces that WeasyPrint is given, by their name."""
    preferred = next(iter(fontconfigs.values()))
    kinds = {f"naive, {faces}": ("naive", path) for faces, path in fontconfigs.items()}
    kinds |= {name: (name, preferred) for name in ENGINES if name != "naive"}
    numbers = iter(dice.sample(range(10_000), (rounds + WARM_UP) * len(kinds)))
    with ExitStack() as stack:
        found = {name: stack.enter_context(peer(engine, path)) for name, (engine, path) in kinds.items()}
        without = {name: peer for name, peer in found.items() if isinstance(peer, str)}
        peers = {name: peer for name, peer in found.items() if isinstance(peer, Peer)}
        for count in range(WARM_UP + rounds):
            for name in dice.sample(list(peers), len(peers)):
                try:
                    seconds = peers[name].asked(request(page, next(numbers)), folder / "page.pdf")
                except (RuntimeError, OSError) as error:
                    without[name] = str(error)
                    del peers[name]
                    continue
                if count >= WARM_UP:
                    peers[name].seconds.append(seconds)
    first = peers[next(iter(kinds))]
    return {
        "page": page.name,
        "document": page.document,
        "pages": page.pages,
        "without": without,
        "engines": {
            name: {
                "ms a page": spread([1000 * seconds / page.pages for seconds in one.seconds]),
                "against naive": ratios(one.seconds, first.seconds),
                **{f"against {other}": ratios(one.seconds, peers[other].seconds) if other in peers else None for other in OTHERS},
                "kB": one.kilobytes,
                "pages": one.pages,
            }
            for name, one in peers.items()
        },
    }


def told(result: Mapping[str, Any]) -> Iterator[str]:
    """Yield the lines that tell a result."""
    yield f"\n{result['page']}: {result['document']}, pages: {result['pages']}"
    yield table(
        ("", "ms a page (p10–p90)", "× naive", *(f"× {other}" for other in OTHERS), "kB", "pages"),
        [
            (
                label(name),
                str(row["ms a page"]),
                str(row["against naive"]),
                *(str(row[f"against {other}"] or "–") for other in OTHERS),
                f"{row['kB']:.0f}",
                str(row["pages"]),
            )
            for name, row in result["engines"].items()
        ],
    )
    for name, reason in result["without"].items():
        yield f"  without {label(name)}: {reason}"


def label(name: str) -> str:
    """Return how an engine is called in tables."""
    engine, _, faces = name.partition(", ")
    return f"{NAMES[engine]}, {faces}" if faces else NAMES[engine]


def bars(result: Mapping[str, Any]) -> Iterator[Bar]:
    """Yield the bars of a warm page."""
    engines, page = result["engines"], result["page"]
    if "batch" in engines:
        yield Bar(f"warm {page}, {label('batch')}", engines["batch"]["against naive"].median, SLOWEST_AGAINST_NAIVE, "× naive")
    if "batch" in engines and engines["batch"]["against typst.compile"]:
        figure = engines["batch"]["against typst.compile"].median
        yield Bar(f"warm {page}, {label('batch')}", figure, SLOWEST_AGAINST_TYPST[page], "× typst.compile")

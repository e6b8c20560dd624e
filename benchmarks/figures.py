"""What is measured becomes figures: a median with its spread, a ratio, a bar that is kept or not, a table to read."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """A median with the 10th and the 90th percentile."""

    median: float
    p10: float
    p90: float

    def __str__(self) -> str:
        """Return the median and, in brackets, the spread."""
        return f"{_two(self.median)} ({_two(self.p10)}–{_two(self.p90)})"


def _two(value: float) -> str:
    """Return a number with two figures, or all those before the point."""
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.2g}"


def spread(values: Sequence[float]) -> Spread:
    """Return the spread of at least one value.

    >>> str(spread([1, 2, 3, 4, 5]))
    '3 (1.4–4.6)'
    """
    tenths = statistics.quantiles(values, n=10, method="inclusive") if len(values) > 1 else [values[0]] * 9
    return Spread(statistics.median(values), tenths[0], tenths[-1])


def ratios(values: Sequence[float], others: Sequence[float]) -> Spread:
    """Return the ratios of values to others measured in the same rounds: what slows a round slows both."""
    return spread([value / other for value, other in zip(values, others, strict=True)])


@dataclass(frozen=True)
class Bar:
    """A figure and what it must keep."""

    what: str
    figure: float
    limit: float
    unit: str = "×"
    at_least: bool = False

    @property
    def kept(self) -> bool:
        """Whether the figure keeps to its limit."""
        return self.figure >= self.limit if self.at_least else self.figure <= self.limit

    def __str__(self) -> str:
        """Return the figure, its limit and the verdict as one line."""
        verdict = "kept" if self.kept else "NOT KEPT"
        return f"  {self.what:<68}{self.figure:>9.3g}   {'≥' if self.at_least else '≤'} {self.limit:g} {self.unit:<14}{verdict}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return rows under a head, the first column left, the others right."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    return "\n".join(
        "  "
        + "   ".join([line[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True))])
        for line in lines
    )

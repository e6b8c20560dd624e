"""What a part of a workbook says about hiding and deleting: hidden rows and columns, texts struck through, merged cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from simforms.batches.tables.record import MOST_COLUMNS

MOST_MERGED = 50
"""Merged ranges that are listed; more need not be counted."""
Attributes = Mapping[str, str]


@dataclass
class Part:
    """What was seen in a part of a workbook."""

    merged: list[str] = field(default_factory=list)
    """Ranges, such as B3:C4."""
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    struck_texts: dict[int, bool] = field(default_factory=dict)
    """Texts with pieces that are struck through, by their numbers from 0, and whether all of the text is."""
    struck_cells: dict[tuple[int, int], bool] = field(default_factory=dict)
    """The same for texts that are in the cells themselves, by row and column."""
    struck_formats: set[int] = field(default_factory=set)
    """Formats for conditions that strike through, by their numbers from 0."""
    conditional_formats: set[int] = field(default_factory=set)
    """Formats that a condition of the sheet uses."""


class Watcher:
    """Notes in a Part what the elements of one part say."""

    def __init__(self) -> None:
        self.part = Part()
        self._texts = self._formats = self._runs = self._struck = 0
        self._starts: Mapping[str, Callable[[Attributes, int], None]] = {
            "row": self._row,
            "col": self._columns,
            "mergeCell": self._merged,
            "si": self._text,
            "is": self._text,
            "dxf": self._text,
            "r": self._run,
            "strike": self._strike,
            "cfRule": self._condition,
        }

    def start(self, kind: str, attributes: Attributes, row: int) -> None:
        """Note an element that begins in a row. Raises ValueError, KeyError for attributes that no program writes."""
        if note := self._starts.get(kind):
            note(attributes, row)

    def end(self, kind: str, row: int, column: int) -> None:
        """Note an element that ends in a cell."""
        whole = self._struck >= self._runs
        if kind == "si":
            if self._struck:
                self.part.struck_texts[self._texts] = whole
            self._texts += 1
        elif kind == "is" and self._struck:
            self.part.struck_cells[row, column] = whole
        elif kind == "dxf":
            if self._struck:
                self.part.struck_formats.add(self._formats)
            self._formats += 1

    def _row(self, attributes: Attributes, row: int) -> None:
        if _hidden(attributes, "ht"):
            self.part.hidden_rows.add(row)

    def _columns(self, attributes: Attributes, _: int) -> None:
        if _hidden(attributes, "width"):
            self.part.hidden_columns.update(range(int(attributes["min"]), min(int(attributes["max"]), MOST_COLUMNS) + 1))

    def _merged(self, attributes: Attributes, _: int) -> None:
        if len(self.part.merged) < MOST_MERGED:
            self.part.merged.append(attributes.get("ref", "")[:20])

    def _text(self, _: Attributes, __: int) -> None:
        self._runs = self._struck = 0

    def _run(self, _: Attributes, __: int) -> None:
        self._runs += 1

    def _strike(self, attributes: Attributes, _: int) -> None:
        self._struck += _yes(attributes.get("val", "1"))

    def _condition(self, attributes: Attributes, _: int) -> None:
        if "dxfId" in attributes:
            self.part.conditional_formats.add(int(attributes["dxfId"]))


def _hidden(attributes: Attributes, size: str) -> bool:
    """Return whether a row or a column is not to be seen: it says so, or has no height or width."""
    return _yes(attributes.get("hidden", "0")) or float(attributes.get(size, 1)) == 0


def _yes(value: str) -> bool:
    """Return whether an attribute says yes: most programs write 1, some true."""
    return value in {"1", "true", "on"}

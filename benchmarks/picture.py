"""The warm pages as a small picture: a bar for each engine, its length what a page takes against WeasyPrint as it comes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from warm import label

WIDTH, NAMES, BARS = 540, 226, 240
"""Pixels: the picture, the names, the longest bar."""
ROW, BAR = 24, 15
_TITLE = "<title>The time a page takes each engine</title>"
_STYLE = "<style>text{font:13px system-ui,sans-serif;fill:#1f2328}.head{font-weight:600}</style>"
_OURS, _OTHERS = "#0969da", "#afb8c1"


def drawn(results: Sequence[Mapping[str, Any]]) -> str:
    """Return the warm pages as SVG."""
    lines = [_text(8, 22, "Time a page; WeasyPrint as it comes = 1")]
    y = 8 + ROW
    for result in results:
        pages = "one page" if result["pages"] == 1 else f"{result['pages']} pages"
        lines.append(_text(8, y + 14, f"{result['document']}, {pages}", "head"))
        y += ROW
        rows = _rows(result)
        longest = max(ratio for _, ratio, _ in rows)
        for name, ratio, ours in rows:
            length = max(1.5, BARS * ratio / longest)
            lines += [
                _text(8, y + 13, name),
                f'<rect x="{NAMES}" y="{y + 1}" width="{length:.1f}" height="{BAR}" fill="{_OURS if ours else _OTHERS}"/>',
                _text(NAMES + length + 6, y + 13, f"{ratio:.2g}"),
            ]
            y += ROW
        y += 10
    size = f'width="{WIDTH}" height="{y}" viewBox="0 0 {WIDTH} {y}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img">'
    return "\n".join([head, _TITLE, _STYLE, f'<rect width="{WIDTH}" height="{y}" fill="#fff"/>', *lines, "</svg>", ""])


def _rows(result: Mapping[str, Any]) -> list[tuple[str, float, bool]]:
    """Return the engines, the slowest first: of WeasyPrint only the one that the others are measured against."""
    found = []
    for number, (name, row) in enumerate(result["engines"].items()):
        if number and name.startswith("naive"):
            continue
        shown = label(name.partition(", ")[0])
        found.append((shown, row["against naive"].median, name in {"single", "batch"}))
    return sorted(found, key=lambda row: -row[1])


def _text(x: float, y: float, text: str, kind: str = "") -> str:
    marked = f' class="{kind}"' if kind else ""
    return f'<text x="{x:.1f}" y="{y}"{marked}>{escape(text)}</text>'

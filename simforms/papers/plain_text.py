"""A page becomes plain text, for a chat window or an e-mail: one line a sentence, □ and ☑ for boxes."""

from __future__ import annotations

import re
from typing import Any

_BLOCKS = {"div", "h1", "h2", "li", "ol", "p", "section", "table", "ul"}
_LINES = {"ja", "kana", "romaji", "companion", "ticks"}
"""Classes of spans that stand on a line of their own."""
_APART = {"h1", "h2", "table", "section"}
"""Elements with an empty line before them."""


def plain_text(html: str) -> str:
    """Return the text of a page; a row of a form becomes `label / its companion: value`."""
    import tinyhtml5  # noqa: PLC0415 - only this format pays for it

    body = tinyhtml5.parse(html, namespace_html_elements=False).find("body")
    text = "\n".join(_filled(_text(body))).replace(_GAP, "")
    return re.sub(rf"\n *{_ON}", "", text).strip() + "\n"


_ON = "\v"
"""Stands where a line goes on with the paragraph of the line before."""
_GAP = "\f"
"""Stands where an empty line is meant, until the accidental ones are gone."""


def _text(element: Any) -> str:
    """Return an element's text: a line of its own where the page has one, white space folded as on the page."""
    if element.tag == "tr":
        return f"\n{_row(element)}\n"
    if element.get("class") == "tick":
        box, *words = element
        return f"\n{'☑' if 'ticked' in box.get('class') else '□'} {_joined(*words)}\n"
    text = _flat(element.text) + "".join(_text(child) + _flat(child.tail) for child in element)
    if "goes-on" in (element.get("class") or "").split():
        return f"{_ON}{text}\n"
    if element.tag in _BLOCKS or set((element.get("class") or "").split()) & _LINES:
        return f"\n{_GAP * (element.tag in _APART)}\n{text}\n"
    return text


def _row(row: Any) -> str:
    lines: list[str] = []
    for cell in row:
        words = _filled(_text(cell))
        if cell.tag == "th":
            lines.append(f"{' / '.join(words)}:")
        elif len(words) == 1 and lines:
            lines[-1] += f" {words[0]}"
        else:
            lines += [f"  {word}" for word in words]
    return "\n".join(lines)


def _joined(*elements: Any) -> str:
    return " / ".join(line for element in elements for line in _filled(_text(element)))


def _filled(text: str) -> list[str]:
    return [line.rstrip(" ") for line in text.split("\n") if line.strip(" ")]


def _flat(text: str | None) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text or "")

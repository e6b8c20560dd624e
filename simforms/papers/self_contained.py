"""A page is whole in itself: it fetches nothing, runs nothing, and leads nowhere. What is not on a list is refused."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from simforms.errors import RenderError

_ELEMENTS = frozenset(
    "html head title meta style body section article header footer main nav aside h1 h2 h3 h4 h5 h6 p div span br hr wbr "
    "table caption colgroup col thead tbody tfoot tr th td ul ol li dl dt dd figure figcaption blockquote pre code "
    "strong em b i u s small sub sup mark q cite abbr time ruby rb rt rp bdi bdo del ins dfn kbd samp var address "
    "svg g path rect circle ellipse line polyline polygon text tspan desc defs".split()
)
_ATTRIBUTES = frozenset(
    "charset class colspan cx cy d datetime dir dx dy fill fill-opacity fill-rule font-size font-weight headers height id lang "
    "opacity points preserveaspectratio r reversed role rowspan rx ry scope span start stroke stroke-dasharray stroke-linecap "
    "stroke-linejoin stroke-width style tabindex text-anchor title transform value version viewbox width x x1 x2 y y1 y2".split()
)
_FREE = ("aria-", "data-")
"""Beginnings of attributes that only name something."""
_TEXT = frozenset({"title", "value"})
"""Attributes that are read by people, and never as a style."""
_RULES = frozenset({"page", "media", "supports", "layer", "footnote"})
_MARGIN = re.compile(r"(top|bottom|left|right)-(left|center|right|top|middle|bottom)(-corner)?")
_MARGIN_CORNER = re.compile(r"(top|bottom)-(left|right)-corner")
_FETCHING = frozenset({"url", "src", "image", "image-set", "-webkit-image-set", "cross-fade", "expression", "attr"})
"""Functions of a style that fetch, run, or can be made to."""


def self_contained(html: str) -> str:
    """Return a page as it is. Raises RenderError with the names of what it may not hold."""
    import tinyhtml5

    if found := sorted(set(_refused(tinyhtml5.parse(html, namespace_html_elements=False)))):
        raise RenderError(f"the page wanted to fetch something, or to run it ({', '.join(found[:MOST])})")
    return html


MOST = 5
"""Names that are listed; a page can hold any number."""


def _refused(page: Any) -> Iterator[str]:
    for element in page.iter():
        if not isinstance(element.tag, str):
            continue  # a comment
        name = element.tag.rpartition("}")[2].lower()
        if name not in _ELEMENTS:
            yield f"<{_safe(name)}>"
        if name == "style":
            yield from _in_style("".join(element.itertext()))
        for key, value in element.items():
            attribute = (key if isinstance(key, str) else str(key)).rpartition("}")[2].lower()
            if attribute.startswith(_FREE) or attribute in _TEXT:
                continue
            if attribute not in _ATTRIBUTES:
                yield _safe(attribute)
            else:
                yield from _in_style(value)


def _in_style(text: str) -> Iterator[str]:
    """Yield what a style would fetch: its tokens are read, not its letters, which can be written in many ways."""
    if not re.search(r"[@(\\]", text):
        return
    import tinycss2

    waiting = list(tinycss2.parse_component_value_list(text))
    while waiting:
        token = waiting.pop()
        if token.type in {"url", "bad-url"} or (token.type == "error" and "url" in token.kind):
            yield "url()"
        elif token.type == "at-keyword" and not _known_rule(token.lower_value):
            yield f"@{_safe(token.lower_value)}"
        elif token.type == "function":
            if token.lower_name in _FETCHING:
                yield f"{_safe(token.lower_name)}()"
            waiting += token.arguments
        waiting += getattr(token, "content", None) or ()


def _known_rule(name: str) -> bool:
    return name in _RULES or bool(_MARGIN.fullmatch(name) or _MARGIN_CORNER.fullmatch(name))


def _safe(name: str) -> str:
    """Return a name that can be shown; it comes from a template."""
    return re.sub(r"[^a-z0-9_:-]", "?", name[:30].lower())

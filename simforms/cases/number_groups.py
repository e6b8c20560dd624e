"""Numbers in a text, however their digits are grouped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

BETWEEN = r"(?:[^\w+;。．；]|[_ーの]){1,3}"
"""What people write between groups of digits: spaces, hyphens, dots, slashes, line breaks."""
_RUN = re.compile(rf"(?<![0-9])[0-9]+(?:{BETWEEN}[0-9]+)*(?![0-9])")
_ELSEWHERE = re.compile(r"\S+@\S+|https?://\S+")
_CARD_SHAPES = {(4, 6, 5), (4, 6, 4)}
_BLOCK = 4
"""Digits of a group of a payment card or a My Number."""
_THOUSANDS = 3
"""Digits of a group of an amount, or of an address of a computer."""


@dataclass(frozen=True)
class Run:
    """Groups of digits that only separators divide."""

    groups: Sequence[str]
    separators: Sequence[str]
    """One fewer than groups."""
    attached: str
    """The character before the first group, if it is a letter or a plus."""


def runs(text: str) -> Iterator[Run]:
    """Yield the runs of a text with plain digits, except those in addresses of mail and pages.

    >>> [run.groups for run in runs("a 12-34 at 5@example.com")]
    [['12', '34']]
    """
    rest = _ELSEWHERE.sub(" x ", text)
    for found in _RUN.finditer(rest):
        before = rest[found.start() - 1 : found.start()]
        attached = before if re.fullmatch(r"[a-z+]", before) else ""
        yield Run(re.findall("[0-9]+", found[0]), re.findall("[^0-9]+", found[0]), attached)


def evenly_grouped(run: Run, length: int) -> Iterator[str]:
    """Yield the numbers of a length in a run: in one block, or in groups of one size that nothing continues.

    >>> list(evenly_grouped(Run(["201", "6214", "9832", "0257"], [" ", "-", "-"], ""), 12))
    ['621498320257']
    """
    for first, last in _windows(run):
        sizes = [len(group) for group in run.groups[first:last]]
        if sum(sizes) == length and len(set(sizes)) == 1 and not (first == 0 and run.attached):
            after = _goes_on(run, last - 1, first, last)
            before = _goes_on(run, first - 1, first, last) and (sizes[0] != _BLOCK or len(run.groups[first - 1]) == _BLOCK)
            small = sizes[0] < _BLOCK and len(sizes) > 1
            part = small and len(sizes) != len(run.groups)
            amounts = sizes[0] == _THOUSANDS and small and run.separators[first] in {".", ","}
            if not (before or after or part or amounts):
                yield "".join(run.groups[first:last])


def grouped_as_on_cards(run: Run) -> Iterator[str]:
    """Yield the numbers of a run in the groups that payment cards have: evenly, in fours with a shorter end, 4-6-5, 4-6-4.

    >>> list(grouped_as_on_cards(Run(["12", "3782", "822463", "10005"], ["-", " ", " "], "")))
    ['3782', '378282246310005', '822463', '10005']
    """
    for first, last in _windows(run):
        sizes = tuple(len(group) for group in run.groups[first:last])
        even = len(set(sizes)) == 1 and (sizes[0] >= _BLOCK or last - first == len(run.groups))
        fours = set(sizes[:-1]) == {_BLOCK} and sizes[-1] < _BLOCK
        after_four = first > 0 and len(run.groups[first - 1]) == _BLOCK == sizes[0] and _goes_on(run, first - 1, first, last)
        if (even or fours or sizes in _CARD_SHAPES) and not after_four and not (first == 0 and run.attached == "+"):
            yield "".join(run.groups[first:last])


def _windows(run: Run) -> Iterator[tuple[int, int]]:
    count = len(run.groups)
    for first in range(count):
        digits = 0
        for last in range(first + 1, count + 1):
            digits += len(run.groups[last - 1])
            if digits > LONGEST:
                break
            yield first, last


LONGEST = 19
"""Digits of a payment card (ISO/IEC 7812)."""


def _goes_on(run: Run, separator: int, first: int, last: int) -> bool:
    """Return whether the separator at the edge of a window is one of those within it, so that the number is longer."""
    return 0 <= separator < len(run.separators) and run.separators[separator] in run.separators[first : last - 1]

"""The headings of a table are fields: by name, by label in any of our languages, or by a label with the name in brackets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from simforms.batches.tables.record import column_letters
from simforms.cases.secrets import secret_name
from simforms.errors import CaseError, Location, Problem
from simforms.knowledge.vocabulary import vocabulary
from simforms.language import catalogs
from simforms.messages import Message, say

ID = "id"
ID_LABEL = say("Case number").text
COMMENT = "#"
"""A heading that begins so means no field."""
PROBLEM = "#problem"
"""A heading that begins so is the one that we write ourselves, over what is wrong with a row."""
LONGEST = 300
"""Characters of a heading; a label with its name has a third of that."""
_MOST_GUESSES = 20
"""Unknown headings for which the nearest is looked up: where more are unknown, it is another table."""


def written(content: Path, language: str, name: str) -> str:
    """Return the heading over a field: its label in a language, and its name."""
    label = ID_LABEL if name == ID else vocabulary(content)[name].label
    return f"{catalogs.translate(content, language, label)} ({name})"


def fields(content: Path, headings: Sequence[str], file: str, row: int) -> tuple[str, ...]:
    """Return the field of each heading; an empty one for a comment or no heading.

    Raises CaseError with every heading that is not known, stands twice, or may mean several fields.
    """
    found: list[str] = []
    problems: list[Problem] = []
    guesses = 0
    for column, heading in enumerate(headings, 1):
        location, short = Location(file, row, column), heading.strip()[:60]
        names = () if not short or short.startswith(COMMENT) else meant(content, heading)
        if len(names) == 1 and names[0] in found:
            first = column_letters(found.index(names[0]) + 1)
            what = say("the heading stands twice, first in column %(column)s", column=first)
            problems.append(Problem(location, short, what, say("keep one of the two")))
        elif len(names) > 1:
            what, suggestion = (
                say("the heading may mean several fields"),
                say("write one of %(choices)s", choices=", ".join(names)),
            )
            problems.append(Problem(location, short, what, suggestion))
        elif not names and short and not short.startswith(COMMENT):
            guesses += 1
            problems.append(Problem(location, short, *_unknown(content, short, guess=guesses <= _MOST_GUESSES)))
        found.append(names[0] if len(names) == 1 else "")
    if problems:
        raise CaseError(problems)
    return tuple(found)


def meant(content: Path, heading: str) -> tuple[str, ...]:
    """Return the fields that a heading may mean: none where it is not known, several where a label is that of several."""
    if len(heading) > LONGEST:
        return ()
    return named(content, heading) or _labels(content).get(_folded(heading), ())


def named(content: Path, heading: str) -> tuple[str, ...]:
    """Return the field whose name the heading is, or holds in brackets."""
    return tuple(part for part in _parts(heading) if part == ID or _is_field(content, part))[:1]


def _is_field(content: Path, name: str) -> bool:
    numbers = re.findall(r"\[(.*?)\]", name)
    return name in vocabulary(content) and all(re.fullmatch(r"[1-9][0-9]?", number) for number in numbers)


def _parts(heading: str) -> Iterator[str]:
    """Yield what a heading says: as a whole, in its brackets, before them."""
    folded = _folded(heading)
    yield folded
    if found := re.fullmatch(r"(.*)\(([^()]*)\)", folded):
        yield found[2].strip()
        yield found[1].strip()


def _folded(heading: str) -> str:
    """Return a heading without what does not matter: kind of letters, spaces around, a mark.

    >>> _folded("　ＳＩＭ　（Line.Card） *")
    'sim (line.card)'
    """
    return " ".join(unicodedata.normalize("NFKC", heading).casefold().strip(" \t\r\n\u3000*:").split())


@cache
def _labels(content: Path) -> dict[str, tuple[str, ...]]:
    """Return the fields that have a label, in any language. Those of a list have none of their own: it needs a number."""
    words = vocabulary(content)
    labels = {ID: ID_LABEL} | {name: words[name].label for name in words if "[]" not in name}
    found: dict[str, tuple[str, ...]] = {}
    for language in (catalogs.JAPANESE, *catalogs.companion_languages(content)):
        for name, label in labels.items():
            folded = _folded(catalogs.translate(content, language, label))
            found[folded] = tuple(dict.fromkeys((*found.get(folded, ()), name)))
    return found


def _unknown(content: Path, heading: str, *, guess: bool) -> tuple[Message, Message]:
    """Return what to say of a heading that is none of ours: a secret never belongs in a table."""
    for part in _parts(heading):
        if refusal := secret_name(part):
            return refusal
    names = [name.replace("[]", "[1]") for name in vocabulary(content)]
    last = {name.rpartition(".")[2]: name for name in reversed(names)}
    labels = {label: known[0] for label, known in _labels(content).items()} if guess else {}
    offered = labels | last | {name: name for name in names}
    for part in _parts(heading) if guess else ():
        for near in get_close_matches(part, offered, n=1, cutoff=0.7):
            return say("there is no such field"), say("do you mean %(near)s?", near=offered[near])
    return say("there is no such field"), say("delete it, or see `simforms new my.yaml --empty` for all fields")

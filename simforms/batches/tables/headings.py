"""The headings of a table are fields: by name, by label in any of our languages, or by a label with the name in brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from types import MappingProxyType

from simforms.batches.tables.record import column_letters
from simforms.cases.secrets import secret_name
from simforms.errors import CaseError, Location, Problem
from simforms.knowledge.foreign_headings import folded
from simforms.knowledge.vocabulary import vocabulary
from simforms.language import catalogs
from simforms.messages import Message, say

Columns = Mapping[str, str]
"""What a map says: the field of each heading, folded; an empty text for one to ignore."""
ID = "id"
ID_LABEL = say("ID").text
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


def fields(
    content: Path, headings: Sequence[str], file: str, row: int, columns: Columns = MappingProxyType({})
) -> tuple[str, ...]:
    """Return the field of each heading; an empty one for a comment or no heading. `columns` is what a map says.

    Raises CaseError with every heading that is not known, appears twice, or may mean several fields.
    """
    found: list[str] = []
    problems: list[Problem] = []
    guesses = 0
    for column, heading in enumerate(headings, 1):
        location, short = Location(file, row, column), heading.strip()[:60]
        mapped, named_so = mapped_to(heading, columns), secret(heading)
        comment = not short or short.startswith(COMMENT) or (mapped == "" and not named_so)
        names = () if comment or named_so else (mapped,) if mapped else meant(content, heading)
        if len(names) == 1 and names[0] in found:
            first = column_letters(found.index(names[0]) + 1)
            what = say("the heading appears twice, first in column %(column)s", column=first)
            problems.append(Problem(location, short, what, say("keep one of the two")))
        elif len(names) > 1:
            what, suggestion = (
                say("the heading could mean several fields"),
                say("write one of these: %(choices)s", choices=", ".join(names)),
            )
            problems.append(Problem(location, short, what, suggestion))
        elif not names and not comment:
            guesses += 1
            problems.append(Problem(location, short, *unknown(content, short, guess=guesses <= _MOST_GUESSES)))
        found.append(names[0] if len(names) == 1 else "")
    if problems:
        raise CaseError(problems)
    return tuple(found)


def mapped_to(heading: str, columns: Columns) -> str | None:
    """Return the field that a map gives to a heading, an empty text if it is to be ignored; None if it does not name it."""
    return columns.get(folded(heading)[:LONGEST])


def as_mapped(heading: str, field: str, columns: Columns) -> str:
    """Return a heading with the field of a map in brackets, or marked as a comment: it is then understood without the map.

    >>> as_mapped("学籍番号", "id", {"学籍番号": "id"}), as_mapped("備考", "", {"備考": ""}), as_mapped("id", "id", {})
    ('学籍番号 (id)', '# 備考', 'id')
    """
    if mapped_to(heading, columns) is None:
        return heading
    short = " ".join(heading.split())[: LONGEST // 2]
    return f"{short} ({field})" if field else f"{COMMENT} {short}"


def meant(content: Path, heading: str) -> tuple[str, ...]:
    """Return the fields that a heading may mean: none where it is not known, several where a label is that of several."""
    if len(heading) > LONGEST:
        return ()
    return named(content, heading) or _labels(content).get(folded(heading), ())


def named(content: Path, heading: str) -> tuple[str, ...]:
    """Return the field whose name the heading is, or holds in brackets."""
    return tuple(part for part in _parts(heading) if part == ID or _is_field(content, part))[:1]


def _is_field(content: Path, name: str) -> bool:
    numbers = re.findall(r"\[(.*?)\]", name)
    return name in vocabulary(content) and all(re.fullmatch(r"[1-9][0-9]?", number) for number in numbers)


def _parts(heading: str) -> Iterator[str]:
    """Yield what a heading says: as a whole, in its brackets, before them."""
    whole = folded(heading)
    yield whole
    if found := re.fullmatch(r"(.*)\(([^()]*)\)", whole):
        yield found[2].strip()
        yield found[1].strip()


@cache
def _labels(content: Path) -> dict[str, tuple[str, ...]]:
    """Return the fields that have a label, in any language. Those of a list have none of their own: it needs a number."""
    words = vocabulary(content)
    labels = {ID: ID_LABEL} | {name: words[name].label for name in words if "[]" not in name}
    found: dict[str, tuple[str, ...]] = {}
    for language in (catalogs.JAPANESE, *catalogs.companion_languages(content)):
        for name, label in labels.items():
            known = folded(catalogs.translate(content, language, label))
            found[known] = tuple(dict.fromkeys((*found.get(known, ()), name)))
    return found


def secret(heading: str) -> tuple[Message, Message] | None:
    """Return why a heading is refused whatever a map says: it is the name of a secret."""
    return next((refusal for part in _parts(heading[:LONGEST]) if (refusal := secret_name(part))), None)


def unknown(content: Path, heading: str, *, guess: bool = True) -> tuple[Message, Message]:
    """Return what to say of a heading that is none of ours: a secret never belongs in a table."""
    if refusal := secret(heading):
        return refusal
    names = [name.replace("[]", "[1]") for name in vocabulary(content)]
    last = {name.rpartition(".")[2]: name for name in reversed(names)}
    labels = {label: known[0] for label, known in _labels(content).items()} if guess else {}
    offered = labels | last | {name: name for name in names}
    for part in _parts(heading) if guess else ():
        for near in get_close_matches(part, offered, n=1, cutoff=0.7):
            return say("there is no such field"), say("did you mean %(near)s?", near=offered[near])
    return say("there is no such field"), say("delete the column, or write a map for the table: `--map-template`, then `--map`")

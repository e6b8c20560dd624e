"""A map says which column of somebody else's table is which field: it is read, and a proposed one is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from simforms.batches.tables import headings
from simforms.cases.yaml_writer import yaml_scalar
from simforms.errors import CaseError, Problem
from simforms.knowledge.foreign_headings import IGNORED, folded
from simforms.knowledge.vocabulary import vocabulary
from simforms.language.catalogs import translate_message
from simforms.load import load
from simforms.messages import say

MOST_BYTES = 60_000
"""Of the headings in a map."""


def read_map(content: Path, path: Path) -> Mapping[str, str]:
    """Return the field of each heading, folded, in a map; an empty text for a column to ignore.

    The map is YAML: the name of a field before the colon, the heading after it, and under `ignore` a list of headings.
    Raises CaseError.
    """
    case, problems = load(path)
    found: dict[str, str] = {}
    wrong = list(problems)
    for step, text in case.leaves():
        name = re.sub(r"\.(\d+)(?=\.|$)", r"[\1]", step)
        ignored = name == IGNORED or name.startswith(f"{IGNORED}[")
        heading = folded(text.text)[: headings.LONGEST]
        if not heading:
            continue
        if not ignored and headings.named(content, name) != (name,):
            wrong.append(Problem(text.location, name, *headings.unknown(content, name)))
        elif heading in found:
            what = say("the map has the heading “%(heading)s” twice", heading=text.text.strip())
            wrong.append(Problem(text.location, name, what, say("keep one of the two")))
        else:
            found[heading] = "" if ignored else name
    if not wrong and sum(len(heading.encode(errors="replace")) for heading in found) > MOST_BYTES:
        wrong.append(Problem(case.location, "", say("the map is too long"), say("keep only columns that the table has")))
    if wrong:
        raise CaseError(wrong)
    return found


def map_yaml(content: Path, language: str, typed: Sequence[str], proposed: Sequence[Sequence[str]]) -> str:
    """Return a proposed map for a person to correct; what is not recognised is in comments."""
    lines = list(_lines(content, language, typed, proposed))
    return "".join(f"{line}\n" for line in lines)


def _lines(content: Path, language: str, typed: Sequence[str], proposed: Sequence[Sequence[str]]) -> Iterator[str]:
    how = say("The field is before the colon, the heading of its column after it. Correct what is wrong.")
    yield f"# {translate_message(content, language, how)}"
    open_columns = say("If you do not need a column, remove its #. If you need it, move it up and write its field.")
    yield f"# {translate_message(content, language, open_columns)}"
    words, ignored, open_ = vocabulary(content), [], []
    for heading, names in zip(typed, proposed, strict=True):
        if not heading.strip() or heading.strip().startswith(headings.COMMENT):
            continue
        scalar = yaml_scalar(" ".join(heading.split()))
        if not names:
            open_.append(scalar)
        elif names[0] == IGNORED:
            ignored.append(scalar)
        else:
            label = headings.ID_LABEL if names[0] == headings.ID else words[names[0]].label
            others = f" | {', '.join(names[1:])}" if names[1:] else ""
            yield f"{names[0]}: {scalar}  # {translate_message(content, language, say(label))}{others}"
    yield f"{IGNORED}:"
    yield from (f"- {scalar}" for scalar in ignored)
    yield from (f"# - {scalar}" for scalar in open_)

"""A row whose values are one column too far to the right or the left: that is one mistake, however many cells are wrong by it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set

from simforms.batches.tables.record import Record, column_letters
from simforms.errors import Location, Problem, ValueProblem
from simforms.knowledge.vocabulary import Vocabulary
from simforms.messages import say

FEWEST = 2
"""Wrong values of a row that must be right in the column next to theirs."""


def shifted(words: Vocabulary, record: Record, problems: Sequence[Problem]) -> Problem | None:
    """Return the problem of a row of which all values are right if they are moved by one column from the first wrong one on."""
    wrong = {problem.location.column for problem in problems if problem.severity == "error" and problem.location.column}
    if len(wrong) < FEWEST or not record.columns:
        return None
    texts = {text.location.column: text.text for _, text in record.case.leaves() if text.location.column}
    first, last = min(wrong), len(record.columns)
    location = Location(record.case.location.file, record.number, first)
    cell = f"{column_letters(first)}{record.number}"
    right = {column: texts.get(column + 1, "") for column in range(first, last + 1)}
    if _all_right(words, record.columns, right, wrong):
        what = say("the values from %(cell)s on are one column too far to the right", cell=cell)
        return Problem(location, "", what, SEPARATED)
    left = {column: texts.get(column - 1, "") for column in range(first + 1, last + 1)}
    if last not in texts and _all_right(words, record.columns, left, {column + 1 for column in wrong}):
        what = say("the values from %(cell)s on are one column too far to the left", cell=cell)
        return Problem(location, "", what, say("insert the missing cell"))
    return None


SEPARATED = say("put a value that contains the separator in quotation marks, or delete the extra cell")


def _all_right(words: Vocabulary, names: Sequence[str], texts: Mapping[int, str], wrong: Set[int]) -> bool:
    """Return whether texts can all be values of their columns, and some of them are not empty where a value was wrong."""
    filled = sum(bool(texts.get(column, "").strip()) for column in wrong)
    return filled >= FEWEST and all(_can_be(words, names[column - 1], text) for column, text in texts.items())


def _can_be(words: Vocabulary, name: str, text: str) -> bool:
    if not text.strip() or name not in words:
        return True
    try:
        words[name].parse(text)
    except ValueProblem:
        return False
    return True

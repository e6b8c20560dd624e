"""Finds the sentences that say what is wrong: those of the code, and those of our files of content and data."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from conftest import CHECKOUT

from simforms.knowledge.vocabulary import vocabulary
from simforms.planning.account_abroad import countries

PLACES = {
    "Problem": 2,
    "ValueProblem": 0,
    "Remark": 0,
    "_problem": 2,
    "problem": 2,
    "_warning": 2,
    "unreadable": 1,
    "_unreadable": 1,
    "_refused": 2,
    "_not_printed": 1,
    "Crashed": 0,
}
"""Calls that take what is wrong as this argument."""


MACHINE = {"doctor.py"}
"""Modules whose sentences are about the machine, not about a case."""
VIEWS = "views"
"""The folder of what shows a plan: there, two messages side by side are a label and a text."""
SUGGESTIONS = {"suggestion", "see"}
"""Names of what to write instead."""


def of_the_code(folder: Path = CHECKOUT / "simforms") -> dict[str, str]:
    """Return each sentence of the code that says what is wrong, with the module it is written in.

    It is the argument of a call that reports it, or the first of two messages side by side: what is wrong, and what to write.
    """
    return {
        sentence: path.name
        for path in sorted(folder.rglob("*.py"))
        if path.name not in MACHINE and path.parent.name != VIEWS
        for tree in [ast.parse(path.read_text(encoding="utf-8"))]
        for node in ast.walk(tree)
        for what in _reported(node)
        for sentence in _sentences(what, tree)
    }


def of_the_content() -> set[str]:
    """Return the sentences of our files that become problems: warnings of choices, and notes on accounts abroad."""
    choices = (choice for field in vocabulary(CHECKOUT).fields.values() for choice in field.choices.values())
    return {choice.warning for choice in choices if choice.warning} | {one.note for one in countries().values() if one.note}


def marked(folder: Path = CHECKOUT / "simforms") -> set[str]:
    """Return all sentences of the code that are marked for translation."""
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in folder.rglob("*.py")]
    return {sentence for tree in trees for node in ast.walk(tree) for sentence in _said(node)}


def _reported(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr if isinstance(node.func, ast.Attribute) else ""
        place = PLACES.get(name)
        if place is not None and len(node.args) > place:
            yield node.args[place]
    side_by_side = node.elts if isinstance(node, ast.Tuple) else node.args if isinstance(node, ast.Call) else []
    for first, second in pairwise(side_by_side):
        written = isinstance(second, ast.Name) and (second.id in SUGGESTIONS or second.id.isupper())
        written |= isinstance(node, ast.Tuple) and isinstance(second, ast.Call | ast.IfExp)
        if list(_said(first)) and (list(_said(second)) or written):
            yield first


def _sentences(node: ast.AST | None, tree: ast.Module, seen: frozenset[str] = frozenset()) -> Iterator[str]:
    """Yield what an expression can say, through names and functions of its module."""
    if isinstance(node, ast.IfExp):
        yield from (sentence for one in (node.body, node.orelse) for sentence in _sentences(one, tree, seen))
    elif isinstance(node, ast.BoolOp):
        yield from (sentence for one in node.values for sentence in _sentences(one, tree, seen))
    elif isinstance(node, ast.Name) and node.id not in seen:
        for one in ast.walk(tree):
            if isinstance(one, ast.Assign) and any(node.id == getattr(goal, "id", "") for goal in one.targets):
                yield from _sentences(one.value, tree, seen | {node.id})
    elif list(_said(node)):
        yield from _said(node)
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id not in seen:
        for one in ast.walk(tree):
            if isinstance(one, ast.FunctionDef) and one.name == node.func.id:
                returned = (part.value for part in ast.walk(one) if isinstance(part, ast.Return))
                yield from (sentence for value in returned for sentence in _sentences(value, tree, seen | {node.func.id}))


def _said(node: ast.AST | None) -> Iterator[str]:
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "say":
        yield from (one.value for one in node.args[:1] if isinstance(one, ast.Constant) and isinstance(one.value, str))

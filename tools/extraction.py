"""The texts to translate, taken out of our files as Babel asks (pyproject.toml names what is read how)."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from simforms.cli.help_text import paragraphs, words
from simforms.load import load


def extract_toml(
    file: IO[bytes],
    keywords: Mapping[str, Any],  # noqa: ARG001 - Babel's own protocol for an extractor
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yield the texts to translate of a TOML file of ours, as Babel asks."""
    source = file.read().decode("utf-8")
    lines = source.splitlines()
    for text in _texts(tomllib.loads(source)):
        number = next((number for number, line in enumerate(lines, 1) if text in line), 1)
        yield number, None, text, []


def extract_yaml(
    file: IO[bytes],
    keywords: Mapping[str, Any],  # noqa: ARG001 - see extract_toml
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yield the sentences of a carrier record, as Babel asks."""
    case, _ = load(Path(file.name))
    for pointer, entry in case.leaves():
        if pointer.rpartition(".")[2] in {"days", "text"} and entry.text and not entry.text.lstrip("-").isdigit():
            yield entry.location.line, None, entry.text, []


def extract_python(
    file: IO[bytes],
    keywords: Mapping[str, Any],
    comment_tags: Collection[str],  # noqa: ARG001 - see extract_toml
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yield the marked texts of a module, and what the help of its commands and options says, as Babel asks."""
    found = [(getattr(node, "lineno", 0), text) for node in ast.walk(ast.parse(file.read())) for text in _told(node, keywords)]
    for number, text in sorted(found):
        yield number, None, text, []


def _told(node: Any, keywords: Collection[str]) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef) and any(map(_makes_command, node.decorator_list)):
        yield from paragraphs(ast.get_docstring(node) or "")
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in keywords:
        yield from (str(one.value) for one in node.args[:1] if isinstance(one, ast.Constant))
    elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("click."):
        for given in node.keywords:
            if isinstance(given.value, ast.Constant) and isinstance(given.value.value, str):
                yield from {"help": [given.value.value], "metavar": words(given.value.value)}.get(given.arg or "", [])


def _makes_command(decorator: ast.expr) -> bool:
    return isinstance(decorator, ast.Call) and ast.unparse(decorator.func) in {"click.command", "click.group"}


TRANSLATED = {"ask", "help", "label", "meaning", "note", "purpose", "title", "todo", "warning", "why"}
"""The keys of our TOML files whose values are texts for people."""


def _texts(entry: Any, key: str = "") -> Iterator[str]:
    if isinstance(entry, dict):
        for name, value in entry.items():
            yield from _texts(value, name)
    elif isinstance(entry, list):
        for value in entry:
            yield from _texts(value, key)
    elif isinstance(entry, str) and key in TRANSLATED:
        yield entry

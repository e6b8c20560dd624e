"""The names that a shell completes while a command is typed. Only the names of files are read for it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from simforms.knowledge.content import content, data


def documents(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Return the documents that begin with what is typed."""
    return _starting_with(typed, (path.parent.name for path in (content() / "templates").glob("*/document.toml")))


def languages(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Return the languages next to the Japanese that begin with what is typed."""
    return _starting_with(typed, set(_catalog_languages()) - {"ja"})


def ui_languages(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Return the languages of help and messages that begin with what is typed."""
    return _starting_with(typed, _catalog_languages())


def carriers(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Return the carriers and help desks that begin with what is typed."""
    return _starting_with(typed, (path.stem for name in ("carriers", "desks") for path in data(name).glob("*.yaml")))


def services(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Return the services that begin with what is typed."""
    return _starting_with(typed, (path.stem for path in data("services").glob("*.yaml")))


def _catalog_languages() -> list[str]:
    found = (path.name.replace("_", "-") for path in (content() / "locales").iterdir() if path.is_dir())
    return ["en", *(name for name in found if name != "ja-Hira")]


def _starting_with(typed: str, names: Iterable[str]) -> list[Any]:
    return sorted(name for name in names if name.startswith(typed))

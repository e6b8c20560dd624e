"""The names a shell offers while a command is typed; what is read for it is the names of files only."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import click

from simforms.knowledge.content import content, data


def documents(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Return the documents that begin so."""
    return _begun(typed, (path.parent.name for path in (content() / "templates").glob("*/document.toml")))


def languages(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Return the languages beside the Japanese that begin so."""
    return _begun(typed, set(_folders()) - {"ja"})


def voices(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Return the languages to talk in that begin so."""
    return _begun(typed, _folders())


def carriers(_context: click.Context, _parameter: click.Parameter, typed: str) -> list[str]:
    """Return the carriers and help desks that begin so."""
    return _begun(typed, (path.stem for name in ("carriers", "desks") for path in data(name).glob("*.yaml")))


def _folders() -> list[str]:
    found = (path.name.replace("_", "-") for path in (content() / "locales").iterdir() if path.is_dir())
    return ["en", *(name for name in found if name != "ja-Hira")]


def _begun(typed: str, names: Iterable[str]) -> list[Any]:
    return sorted(name for name in names if name.startswith(typed))

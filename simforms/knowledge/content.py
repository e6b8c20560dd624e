"""The folders that hold knowledge and wording: templates and locales."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import tomli

from simforms.errors import ContentError


def _package() -> Path:
    return Path(__file__).parent.parent


_chosen: list[Path] = []


def choose(folder: Path) -> None:
    """Let `content` return this folder from now on: a process of its own for somebody else's templates does so."""
    _chosen[:] = [folder]


def foreign() -> bool:
    """Whether the folder is one that `choose` named."""
    return bool(_chosen)


def content(package: Path | None = None) -> Path:
    """Return the folder that holds `templates` and `locales`: inside an installed package, else the checkout around it."""
    return _chosen[0] if _chosen else _found(package or _package())


@cache
def _found(package: Path) -> Path:
    installed = package / "_content"
    if installed.is_dir():
        return installed
    checkout = package.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "templates").is_dir():
        return checkout
    raise ContentError(package, "neither _content inside the package nor a checkout around it was found; install simforms again")


def data(name: str) -> Path:
    """Return a folder of the package's own data."""
    return _package() / "data" / name


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a TOML file of ours says; broken content is an error at once."""
    try:
        return tomli.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomli.TOMLDecodeError) as error:
        raise ContentError(path, str(error)) from error

"""The language the command line talks in: which one, and a message in it."""

from __future__ import annotations

import os
import re
from pathlib import Path
from types import ModuleType

import click

from simforms.knowledge.content import content
from simforms.messages import Message


def _catalogs() -> ModuleType:
    from simforms.language import catalogs  # noqa: PLC0415 - only where there is something to tell

    return catalogs


def said(message: Message, *hints: str | None) -> str:
    """Return a message in the language to talk in."""
    return say_in(spoken(*hints), message)


def say_in(language: str, message: Message) -> str:
    """Return a message in a language."""
    return str(message) if language == "en" else str(_catalogs().translate_message(content(), language, message))


UI = "simforms.ui"
"""Where a context keeps what `--ui` names."""


_ENGLISH = re.compile(r"en([-_]\w+)?|c|posix", re.IGNORECASE)


def asked() -> str:
    """Return what `--ui` names; empty without it."""
    context = click.get_current_context(silent=True)
    return str(context.meta.get(UI, "")) if context else ""


def speak(context: click.Context, _parameter: click.Parameter, language: str) -> str:
    """Let a command's own option for the language to talk in count as `--ui`, if that names none."""
    if language and not context.meta.get(UI):
        context.meta[UI] = language
    return language


def spoken(*hints: str | None) -> str:
    """Return the language to talk in: that of `--ui`, SIMFORMS_LANG, the hints (a case's language), the locale, else English.

    What is none of ours is passed over.
    """
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "").partition(".")[0]
    for hint in filter(None, (asked(), os.environ.get("SIMFORMS_LANG"), *hints, locale)):
        if _ENGLISH.fullmatch(hint):  # without any catalog: English is quick
            return "en"
        if found := _catalogs().match_language(content(), hint, _catalogs().ui_languages(content())):
            return str(found)
    return "en"


def beside(language: str) -> str:
    """Return the language beside the Japanese where no case names one: this, else the one to talk in, else English.

    Raises UnknownNameError.
    """
    if language:
        return str(_catalogs().known_language(content(), language))
    return str(_catalogs().match_language(content(), spoken()) or "en")


def stated_language(path: Path) -> str:
    """Return what a case that cannot be read as a whole still says of its language."""
    try:
        found = re.search(rb"^[\s{]*\"?language\"?\s*:\s*\"?([A-Za-z-]+)", path.read_bytes(), re.MULTILINE)
    except OSError:
        return ""
    return found[1].decode() if found else ""

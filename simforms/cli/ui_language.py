"""The language of help and messages: which one it is, and a message in it."""

from __future__ import annotations

import os
import re
from types import ModuleType

import click

from simforms.knowledge.content import content
from simforms.messages import Message


def _catalogs() -> ModuleType:
    from simforms.language import catalogs  # noqa: PLC0415 - only where there is something to say

    return catalogs


def translated(message: Message, *hints: str | None) -> str:
    """Return a message in the UI language."""
    return translated_into(ui_language(*hints), message)


def translated_into(language: str, message: Message) -> str:
    """Return a message in a language."""
    return str(message) if language == "en" else str(_catalogs().translate_message(content(), language, message))


UI = "simforms.ui"
"""The key under which a context keeps the value of `--ui`."""


_ENGLISH = re.compile(r"en([-_]\w+)?|c|posix", re.IGNORECASE)


def ui_option() -> str:
    """Return the value of `--ui`; empty without it."""
    context = click.get_current_context(silent=True)
    return str(context.meta.get(UI, "")) if context else ""


def use_as_ui_language(context: click.Context, _parameter: click.Parameter, language: str) -> str:
    """Use a command's own language option as the UI language, unless `--ui` names one."""
    if language and not context.meta.get(UI):
        context.meta[UI] = language
    return language


def ui_language(*hints: str | None) -> str:
    """Return the UI language: that of `--ui`, SIMFORMS_LANG, the hints (as the language of a case), the locale, else English.

    A language that we do not have is passed over.
    """
    locale = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "").partition(".")[0]
    for hint in filter(None, (ui_option(), os.environ.get("SIMFORMS_LANG"), *hints, locale)):
        if _ENGLISH.fullmatch(hint):  # without any catalog: English is quick
            return "en"
        if found := _catalogs().match_language(content(), hint, _catalogs().ui_languages(content())):
            return str(found)
    return "en"


def companion_language(language: str) -> str:
    """Return the language next to the Japanese if no case names one: this, else the UI language, else English.

    Raises UnknownNameError.
    """
    if language:
        return str(_catalogs().known_language(content(), language))
    return str(_catalogs().match_language(content(), ui_language()) or "en")

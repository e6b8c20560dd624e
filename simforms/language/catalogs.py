"""The translations and readings (reads locales/*; gettext catalogs, English is the source).

A missing, empty or fuzzy translation is an error: English slipping unseen into a Japanese letter is the worst outcome.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from simforms.errors import ContentError, UnknownNameError
from simforms.messages import Message, say

ENGLISH = "en"
JAPANESE = "ja"
READING = "ja-Hira"


class MissingTranslationError(ContentError):
    """A catalog has no finished translation of a text."""

    def __init__(self, language: str, text: str) -> None:
        super().__init__(f"locales/{_folder(language)}", f"not translated, or marked fuzzy: {text!r}")


@cache
def companion_languages(content: Path) -> dict[str, str]:
    """Return the languages that can stand beside the Japanese, each with its own name for itself."""
    folders = sorted(folder for folder in (content / "locales").iterdir() if folder.is_dir())
    found = {
        _code(folder.name): _own_name(folder / CATALOG) for folder in folders if _code(folder.name) not in {JAPANESE, READING}
    }
    return dict(sorted({ENGLISH: "English", **found}.items()))


CATALOG = "LC_MESSAGES/simforms.po"


def _code(folder: str) -> str:
    return folder.replace("_", "-")


def _own_name(path: Path) -> str:
    """Return the first line of a catalog, a comment: what the language calls itself."""
    try:
        with path.open(encoding="utf-8") as file:
            first = file.readline()
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(path, str(error)) from None
    if not first.startswith("# "):
        raise ContentError(path, "its first line must be the language's name for itself, such as `# Deutsch`")
    return first.removeprefix("# ").strip()


def known_language(content: Path, code: str) -> str:
    """Return the code of a language that can stand beside the Japanese. Raises UnknownNameError.

    Other ways to write it are understood: zh, zh_CN, EN.
    """
    known = companion_languages(content)
    if found := match_language(content, code):
        return found
    raise UnknownNameError(say("there is no language “%(name)s”; there are %(known)s", name=code, known=", ".join(known)))


def match_language(content: Path, code: str, known: Mapping[str, str] | None = None) -> str:
    """Return the language that a code, or its own name, means; empty where it is none of ours, or of those `known`.

    Without a script, the likely one counts.
    """
    known = companion_languages(content) if known is None else known
    for other, name in known.items():
        if code.strip().replace("_", "-").casefold() in {other.casefold(), other.replace("-x-", "-"), name.casefold()}:
            return other
    found = re.fullmatch(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}))?", code.strip().replace("_", "-").lower())
    if not found:
        return ""
    language, script, territory = found.groups()
    if not script:
        from babel import Locale, UnknownLocaleError  # noqa: PLC0415 - `zh-Hans` does not pay for it

        try:
            script = Locale.parse("_".join(filter(None, (language, territory and territory.upper())))).script
        except (UnknownLocaleError, ValueError):
            return ""
    guesses = (f"{language}-{(script or 'Hans').title()}", language)
    return next((guess for guess in guesses if guess in known), "")


@cache
def ui_languages(content: Path) -> dict[str, str]:
    """Return the languages that simforms can talk in, each with its own name: those beside the Japanese, and Japanese."""
    return dict(sorted({**companion_languages(content), JAPANESE: _own_name(content / "locales" / JAPANESE / CATALOG)}.items()))


def translate(content: Path, language: str, text: str) -> str:
    """Return the text in a language, "ja" or "ja-Hira" included. Raises MissingTranslationError."""
    if language == ENGLISH:
        return text
    try:
        return translations(content, language)[text]
    except KeyError:
        raise MissingTranslationError(language, text) from None


def translate_message(content: Path, language: str, message: Message) -> str:
    """Return a message in a language, its values filled in; a value may itself be a message."""
    values = {
        name: translate_message(content, language, value) if isinstance(value, Message) else value
        for name, value in message.values.items()
    }
    text = translate(content, language, message.text)
    return text % values if values else text


def _folder(language: str) -> str:
    return language.replace("-", "_")


@cache
def translations(content: Path, language: str) -> Mapping[str, str]:
    """Return the finished translations of a language. Raises ContentError where its catalog cannot be read."""
    from babel.messages.pofile import PoFileError, read_po  # noqa: PLC0415 - English does not pay for it

    path = content / "locales" / _folder(language) / CATALOG
    try:
        with path.open("rb") as file:
            catalog = read_po(file, abort_invalid=True)
    except (OSError, PoFileError, UnicodeDecodeError) as error:
        raise ContentError(path, str(error)) from None
    return {str(message.id): str(message.string) for message in catalog if message.id and message.string and not message.fuzzy}

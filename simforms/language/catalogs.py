"""Recognises a language by its code or name, and reads its translations from locales/ (gettext catalogs; the source is English).

A missing, empty or fuzzy translation is an error: no English may slip into a Japanese letter.
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
    """Return the companion languages of the Japanese: code → the language's name for itself."""
    folders = sorted(folder for folder in (content / "locales").iterdir() if folder.is_dir())
    others = {
        _code(folder.name): _own_name(folder / CATALOG) for folder in folders if _code(folder.name) not in {JAPANESE, READING}
    }
    return dict(sorted({ENGLISH: "English", **others}.items()))


CATALOG = "LC_MESSAGES/simforms.po"


def _code(folder: str) -> str:
    return folder.replace("_", "-")


def _own_name(path: Path) -> str:
    """Return the language's name for itself: the comment in the first line of its catalog."""
    try:
        with path.open(encoding="utf-8") as file:
            first = file.readline()
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(path, str(error)) from None
    if not first.startswith("# "):
        raise ContentError(path, "its first line must be the language's name for itself, such as `# Deutsch`")
    return first.removeprefix("# ").strip()


def known_language(content: Path, code: str) -> str:
    """Return the code of a companion language. Raises UnknownNameError.

    Other spellings are understood: zh, zh_CN, EN.
    """
    known = companion_languages(content)
    if match := match_language(content, code):
        return match
    raise UnknownNameError(
        say("there is no language “%(name)s”; the languages are: %(known)s", name=code, known=", ".join(known))
    )


def match_language(content: Path, code: str, known: Mapping[str, str] | None = None) -> str:
    """Return the language that a code or a name means, or "" if it is not one of `known` (default: the companion languages).

    If the code has no script, the most likely script is used.
    """
    known = companion_languages(content) if known is None else known
    for other, name in known.items():
        if code.strip().replace("_", "-").casefold() in {other.casefold(), other.replace("-x-", "-"), name.casefold()}:
            return other
    parts = re.fullmatch(r"([a-z]{2,3})(?:-([a-z]{4}))?(?:-([a-z]{2}))?", code.strip().replace("_", "-").lower())
    if not parts:
        return ""
    language, script, territory = parts.groups()
    if not script:
        from babel import Locale, UnknownLocaleError

        try:
            script = Locale.parse("_".join(filter(None, (language, territory and territory.upper())))).script
        except (UnknownLocaleError, ValueError):
            return ""
    guesses = (f"{language}-{(script or 'Hans').title()}", language)
    return next((guess for guess in guesses if guess in known), "")


@cache
def ui_languages(content: Path) -> dict[str, str]:
    """Return the languages of the user interface, code → name: the companion languages and Japanese."""
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
    """Return a message in a language with its values filled in. Values that are messages are translated, too."""
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
    """Return the finished translations of a language, English → translation. Raises ContentError if its catalog is broken."""
    path = content / "locales" / _folder(language) / CATALOG
    if (plain := _plain_entries(path)) is not None:
        return plain
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            catalog = read_po(file, abort_invalid=True)
    except (OSError, PoFileError, UnicodeDecodeError) as error:
        raise ContentError(path, str(error)) from None
    return {str(message.id): str(message.string) for message in catalog if message.id and message.string and not message.fuzzy}


_PAIR = re.compile(r'^msgid "(.*)"\nmsgstr "(.*)"$', re.MULTILINE)
_FUZZY = re.compile(r'^#,.* fuzzy.*\n(?:#.*\n)*msgid ".*"\nmsgstr ".*"$', re.MULTILINE)
_OTHER = re.compile(r'^(?!#|$|msgid ".*"$|msgstr ".*"$)', re.MULTILINE)
"""A line that is none of those with one text and its translation, such as one of a plural."""


def _plain_entries(path: Path) -> Mapping[str, str] | None:
    """Return the same as Babel reads, in a tenth of its time; None if the file is not just as Babel writes one."""
    try:
        text = path.read_text(encoding="utf-8").replace('"\n"', "")
    except (OSError, UnicodeDecodeError):
        return None
    pairs = _PAIR.findall(text)
    if _OTHER.search(text) or not len(pairs) == len(dict(pairs)) == text.count("\nmsgid ") + text.startswith("msgid "):
        return None
    if "fuzzy" in text:
        pairs = _PAIR.findall(_FUZZY.sub("", text))
    return {_unescaped(english): _unescaped(translation) for english, translation in pairs if english and translation}


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda escape: _ESCAPES[escape[1]], text) if "\\" in text else text


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_ESCAPED = re.compile(r'\\([ntr"\\])')

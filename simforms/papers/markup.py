"""Small pieces of HTML for templates: quoted Japanese words, readings that do not break, names of languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from markupsafe import Markup, escape

from simforms.language.locales import locale


def quoted(text: str) -> Markup:
    """Return a Japanese word quoted in a sentence of any language, with Japanese glyphs and without a line break."""
    return Markup('<span class="nowrap" lang="ja">{}</span>').format(text)


def unbroken(text: str) -> Markup:
    """Return a reading; one that is too long for a line breaks only between words."""
    if len(text) <= LONG:
        return escape(text)
    return Markup(" ").join(Markup('<span class="nowrap">{}</span>').format(word) for word in text.split(" "))


LONG = 36
"""Characters that always fit on one line."""


def language_names(codes: Sequence[str]) -> Callable[[str], str]:
    """Return a function that lists the names of these languages in the language it is given."""
    from babel import Locale
    from babel.lists import format_list

    def names(language: str) -> str:
        known = locale(language)
        return format_list([Locale.parse(code).get_display_name(known) or code for code in codes], locale=known)

    return names

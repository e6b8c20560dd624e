"""Writes answers as a case file: YAML that reads back exactly as typed, with each field's label in the person's language."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from simforms.cases.answers import override
from simforms.knowledge.vocabulary import vocabulary
from simforms.language.catalogs import translate_message
from simforms.messages import say
from simforms.texts import EMPTY, Section, any_number

_BARE = re.compile(r"[^\W\d_][\w ・-]*|\d{4}-\d{2}-\d{2}")
_WORDS = {"false", "n", "no", "null", "off", "on", "true", "y", "yes"}
"""Words that other programs would not read as text."""
_UNSAFE = re.compile("[^\t\n\u0020-\u007e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
"""Characters that a YAML file must not contain unescaped."""


def case_yaml(content: Path, language: str, given: Mapping[str, str]) -> str:
    """Return the answers as YAML, in the order of the vocabulary, without the empty ones."""
    words = vocabulary(content)
    order = {name: number for number, name in enumerate(words)}
    first = {
        name: min(order[other] for other in order if other.startswith(name.partition(".")[0])) for name in order if "[" in name
    }

    def rank(name: str) -> tuple[int, list[int], int]:
        """Return the sort key of a field: list entries are sorted by number, at the position of their list."""
        known = any_number(name)
        return first.get(known, order[known]), _numbers(name), order[known]

    names = sorted((name for name in given if given[name]), key=rank)
    labels = {name: translate_message(content, language, say(words[name].label)) for name in names}
    return "".join(f"{line}\n" for line in _lines(override(EMPTY, ((name, given[name]) for name in names)), labels))


def _numbers(name: str) -> list[int]:
    return [int(number) for number in re.findall(r"\[(\d+)\]", name)]


def _lines(section: Section, labels: Mapping[str, str], prefix: str = "", indent: str = "") -> Iterator[str]:
    for key, entry in section.entries.items():
        name = f"{prefix}{key}"
        if not isinstance(entry, Section):
            yield f"{indent}{key}: {yaml_scalar(entry.text)}  # {labels[name]}"
            continue
        yield f"{indent}{key}:"
        if not entry.listed:
            yield from _lines(entry, labels, f"{name}.", f"{indent}  ")
            continue
        for number, one in entry.entries.items():
            inner = list(_lines(one, labels, f"{name}[{number}].", f"{indent}    ")) if isinstance(one, Section) else []
            yield from (f"{indent}  - {line.strip()}" if index == 0 else line for index, line in enumerate(inner))


def yaml_scalar(text: str) -> str:
    """Return a text as a YAML scalar: plain if every program reads it as the same text, otherwise quoted.

    >>> yaml_scalar("王小明"), yaml_scalar("2026-12-20"), yaml_scalar("0123456"), yaml_scalar("Sakura #201"), yaml_scalar("yes")
    ('王小明', '2026-12-20', '"0123456"', '"Sakura #201"', '"yes"')
    """
    if _BARE.fullmatch(text) and text == text.strip() and text.lower() not in _WORDS and not _UNSAFE.search(text):
        return text
    quoted = json.dumps(text, ensure_ascii=False)
    return _UNSAFE.sub(lambda unsafe: "".join(f"\\U{ord(character):08x}" for character in unsafe[0]), quoted)

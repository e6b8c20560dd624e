"""Writes an empty case to fill in: every field with its label, help and example, in the person's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from simforms.cases.reference import random_reference
from simforms.knowledge.documents import ALWAYS_NEEDED, Document
from simforms.knowledge.vocabulary import CHOICE, Field, Vocabulary, vocabulary
from simforms.language.catalogs import translate_message
from simforms.messages import say


def empty_case_yaml(content: Path, language: str, documents: Iterable[Document]) -> str:
    """Return an empty case as YAML. Fields that all documents need are marked with *; the others are optional."""
    words = vocabulary(content)
    needed, used = needed_and_used(words, list(documents))
    lines = [f"# {translate_message(content, language, _HEAD)}"]
    opened: list[str] = []
    for name in _by_section(name for name in words if name in used):
        if "[]" in name:
            lines += _listed(content, language, words[name], first=not opened or opened[0] != name.partition("[")[0])
            opened = [name.partition("[")[0]]
            continue
        *sections, last = name.split(".")
        for depth, section in enumerate(sections):
            if opened[depth : depth + 1] != [section]:
                lines += ["", f"{'  ' * depth}{section}:"]
                opened = [*opened[:depth], section]
        opened = opened[: len(sections)]
        indent = "  " * len(sections)
        lines.append(f"{indent}# {help_line(content, language, words[name], needed=name in needed)}")
        lines.append(f"{indent}{last}: {_initial_value(words[name], language, needed=name in needed)}".rstrip())
    return "\n".join(lines) + "\n"


def _by_section(names: Iterable[str]) -> list[str]:
    """Return names ordered by section; a section comes where its first name was."""
    first: dict[str, int] = {}

    def rank(name: str) -> list[int]:
        parts = name.split(".")
        return [first.setdefault(".".join(parts[: depth + 1]), len(first)) for depth in range(len(parts))]

    return [name for _, name in sorted([(rank(name), name) for name in names])]


def needed_and_used(words: Vocabulary, documents: Sequence[Document]) -> tuple[set[str], set[str]]:
    """Return the fields that every document needs, and all fields that a document or the plan can use."""
    needed = set.intersection(*(set(words.within_all((*document.needs, *document.asked))) for document in documents))
    needed.add(ALWAYS_NEEDED)
    used = {field for document in documents for field in words.within_all((*document.needs, *document.uses, *document.asked))}
    used |= {name for name in words if words[name].plan and (not name.startswith("refund.") or "refund.account.kind" in used)}
    return needed, used


def _listed(content: Path, language: str, field: Field, *, first: bool) -> list[str]:
    """Return the lines of a field of a list, as comments: an entry is optional."""
    section, _, last = field.name.partition("[].")
    mark = "-" if first else " "
    return [
        *(["", f"{section}:"] if first else []),
        f"  # {help_line(content, language, field, needed=False)}",
        f"  # {mark} {last}:",
    ]


_HEAD = say("Fill in the fields marked with *. Then run: simforms render THIS-FILE")


def _initial_value(field: Field, language: str, *, needed: bool) -> str:
    if field.name == "language":
        return language
    if field.name == "reference":
        return random_reference()
    return field.default if needed else ""


def help_line(content: Path, language: str, field: Field, *, needed: bool) -> str:
    """Return the label of a field with its choices, or with its help and example, on one line."""

    def words(text: str) -> str:
        return translate_message(content, language, say(text))

    mark = "* " if needed else ""
    if field.type == CHOICE:
        choices = " | ".join(f"{key} = {words(choice.label)}" for key, choice in field.choices.items())
        return f"{mark}{words(field.label)} – {choices}"
    example = translate_message(content, language, say("e.g. %(example)s", example=field.example))
    return f"{mark}{words(field.label)} – {words(field.help)} – {example}"

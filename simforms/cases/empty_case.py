"""An empty case to fill in: every field with its name, its help and an example, in the person's language."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from simforms.knowledge.documents import ALWAYS_NEEDED, Document
from simforms.knowledge.vocabulary import CHOICE, Field, Vocabulary, vocabulary
from simforms.language.catalogs import translate_message
from simforms.messages import say


def empty_case_yaml(content: Path, language: str, documents: Iterable[Document]) -> str:
    """Return a case as YAML. Fields that the documents need are marked; others may stay empty."""
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
    """Return names with those of a section side by side, each section where its first name stands."""
    first: dict[str, int] = {}

    def rank(name: str) -> list[int]:
        parts = name.split(".")
        return [first.setdefault(".".join(parts[: depth + 1]), len(first)) for depth in range(len(parts))]

    return [name for _, name in sorted([(rank(name), name) for name in names])]


def needed_and_used(words: Vocabulary, kinds: Sequence[Document]) -> tuple[set[str], set[str]]:
    """Return the fields that each of the documents needs, and all that some of them, or the plan, can use."""
    needed = set.intersection(*(set(words.within_all((*kind.needs, *kind.asked))) for kind in kinds))
    needed.add(ALWAYS_NEEDED)
    used = {field for kind in kinds for field in words.within_all((*kind.needs, *kind.uses, *kind.asked))}
    used |= {name for name in words if words[name].plan and (not name.startswith("refund.") or "refund.account.kind" in used)}
    return needed, used


def _listed(content: Path, language: str, field: Field, *, first: bool) -> list[str]:
    """Return a field of a list as a comment: an entry is written when there is something to write."""
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
    return field.default if needed else ""


def help_line(content: Path, language: str, field: Field, *, needed: bool) -> str:
    """Return a field's label, help and example or choices on one line, in a language."""

    def words(text: str) -> str:
        return translate_message(content, language, say(text))

    mark = "* " if needed else ""
    if field.type == CHOICE:
        choices = " | ".join(f"{key} = {words(choice.label)}" for key, choice in field.choices.items())
        return f"{mark}{words(field.label)} – {choices}"
    example = translate_message(content, language, say("e.g. %(example)s", example=field.example))
    return f"{mark}{words(field.label)} – {words(field.help)} – {example}"

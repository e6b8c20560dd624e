"""A file becomes a tree of texts, each knowing its line: every scalar is text, nothing is guessed."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.tag import Tag

from simforms.errors import CaseError, ContentError, Location, Problem
from simforms.messages import Message, say
from simforms.texts import Section, Text

LARGEST_FILE = 5_000_000
"""Bytes; a case is a page of text."""


DEEPEST = 20
"""Levels of nesting; a case has three."""


def load(path: Path) -> tuple[Section, list[Problem]]:
    """Return the content of a YAML or JSON file and what is wrong with its form.

    Raises CaseError where the file cannot be read as a tree at all.
    """
    source = _read(path)
    return _sections(path, source, _compose(path, source))


def record(path: Path) -> Section:
    """Return the content of a file of our own. Raises ContentError, with file and line, where its form is wrong.

    The reader in C takes a twentieth of the time; it knows YAML 1.1 only and explains little. What it refuses is read again by
    the one that reads cases.
    """
    source = _read(path)
    try:
        node = _tree(source, pure=False)
    except (YAMLError, RecursionError):
        node = _compose(path, source)
    section, problems = _sections(path, source, node)
    if problems:
        raise ContentError(problems[0].location, f"{problems[0].what}; {problems[0].suggestion}")
    return section


def _sections(path: Path, source: str, node: Node | None) -> tuple[Section, list[Problem]]:
    reader = _Reader(str(path), source)
    if not isinstance(node, MappingNode):
        raise _unreadable(path, say("this is not a case"), line=1)
    return reader.section(node), reader.problems


def shared(path: Path) -> Iterator[Problem]:
    """Yield what to know where others on this machine can read a case."""
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        what, suggestion = say("others on this machine may read this file"), say("make it your own: chmod 600")
        yield Problem(Location(str(path)), "", what, suggestion, "note")


_REASONS = {
    errno.ENOENT: say("there is no such file"),
    errno.EACCES: say("it may not be read"),
    errno.EISDIR: say("it is a folder"),
}


def refused(path: Path, error: OSError) -> CaseError:
    """Return the error for a file that the machine does not let us read."""
    reason = _REASONS.get(error.errno or 0) or error.strerror or type(error).__name__
    what = say("the file cannot be read (%(reason)s)", reason=reason)
    return _unreadable(path, what, say("check the name and the folder"))


def _read(path: Path) -> str:
    try:
        with path.open("rb") as file:
            body = file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise refused(path, error) from None
    if len(body) > LARGEST_FILE:
        raise _unreadable(path, say("the file is larger than a case can be"))
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        raise _unreadable(path, say("the file is not in UTF-8"), say("save it again as UTF-8"), line=line) from None


class _Untyped(VersionedResolver):
    """Every scalar is text: whether it looks like a number is not even asked."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Tag:  # noqa: ARG002 - the library's own protocol
        return self.DEFAULT_SCALAR_TAG


def _tree(source: str, *, pure: bool) -> Node | None:
    reader = YAML(typ="base", pure=pure)
    reader.Resolver = _Untyped
    node: Node | None = reader.compose(source)
    return node


def _compose(path: Path, source: str) -> Node | None:
    try:
        return _tree(source, pure=True)
    except MarkedYAMLError as error:
        raise CaseError([_malformed(path, source, error)]) from None
    except RecursionError:
        raise _unreadable(path, say("it is nested too deeply"), line=1) from None
    except YAMLError as error:
        position = getattr(error, "position", None)  # a character YAML does not allow
        line = source.count("\n", 0, position) + 1 if position is not None else 1
        raise _unreadable(
            path,
            say("the character %(code)s is not allowed in a file", code=f"U+{getattr(error, 'character', 0):04X}")
            if position is not None
            else say("it is not valid YAML"),
            say("delete it"),
            line=line,
        ) from None


_SUGGESTION = say("see `simforms new my.yaml --empty` for how a case is written; put a value with unusual signs between quotes")


_SPACED = say("write `name: value`")


_ODD_SPACE = (say("a space of another kind, e.g. a full-width one, stands at the start of the line"), say("type plain spaces"))


_SLIPS = (
    (r" *\t", say("a tab stands at the start of the line; only spaces may"), _SUGGESTION),
    (r" *[\u00a0\u3000]", *_ODD_SPACE),
    (r"\s*[^\s:：#'\"]+：", say("a full-width colon stands after the name; write ': '"), _SUGGESTION),
    (r" *[a-z_]+:[^\s:/]", say("no space stands after the colon"), _SPACED),
    (r" *[a-z_]+( +[^:#]*)?$", say("no colon stands behind the name"), _SPACED),
)
"""What people write that is not YAML: the shape of the line, what is wrong, what to write."""


def _malformed(path: Path, source: str, error: MarkedYAMLError) -> Problem:
    """Return what keeps a text from being YAML, at the line that is to blame: often one before the line YAML names."""
    begin = error.context_mark
    if begin and "quoted scalar" in (error.context or ""):
        location, what = (
            Location(str(path), begin.line + 1, begin.column + 1),
            say("a quotation mark opens here and is not closed"),
        )
        return Problem(location, "", what, say("close it with the same mark at the end of the value"))
    mark = error.problem_mark or begin
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    for shape, what, suggestion in _SLIPS:
        lines = (number for number, text in reversed(list(enumerate(source.split("\n")[:line], 1))) if re.match(shape, text))
        if number := next(lines, 0):
            return Problem(Location(str(path), number, 1), "", what, suggestion)
    reason = say("it is not valid YAML (%(reason)s)", reason=(error.problem or "").strip())
    return Problem(Location(str(path), line, column), "", reason, _SUGGESTION)


def _unreadable(path: Path, what: Message, suggestion: Message = _SUGGESTION, line: int = 0) -> CaseError:
    return CaseError([Problem(Location(str(path), line), "", what, suggestion)])


class _Reader:
    """Turns nodes into sections and texts, and collects what is wrong on the way."""

    def __init__(self, file: str, source: str) -> None:
        self.file = file
        self.source = source
        self.lines = source.split("\n")
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def section(self, node: MappingNode, path: str = "", depth: int = 1) -> Section:
        entries: dict[str, Text | Section] = {}
        locations: dict[str, Location] = {}
        for key, value in node.value:
            name = key.value if isinstance(key, ScalarNode) else ""
            full, location = f"{path}{name}", self.location(key)
            if name[:1] in {"\u00a0", "\u3000"}:
                self.complain(location, "", *_ODD_SPACE)
            elif not name:
                self.complain(location, full, say("this is not the name of a field"), say("write `name: value`"))
            elif name in entries:
                first = locations[name].line
                self.complain(
                    location,
                    full,
                    say("the name stands twice, first in line %(line)s", line=first),
                    say("keep one of the two"),
                )
            else:
                locations[name] = location
                entries[name] = self.entry(value, full, depth)
        return Section(entries, locations, self.location(node))

    def entry(self, node: Node, path: str, depth: int) -> Text | Section:
        location = self.location(node)
        if id(node) in self.seen or self.source[node.start_mark.index : node.start_mark.index + 1] in {"!", "&"}:
            self.complain(
                location,
                path,
                say("a value that starts with !, & or * has a meaning of its own in YAML"),
                say("put it between quotes"),
            )
            return Text("", location)
        self.seen.add(id(node))
        if isinstance(node, ScalarNode):
            return self.scalar(node, path, location)
        if isinstance(node, MappingNode) and depth < DEEPEST:
            return self.section(node, f"{path}.", depth + 1)
        if isinstance(node, SequenceNode) and depth < DEEPEST:
            return self.listed(node, path, depth)
        self.complain(location, path, say("it is nested too deeply"), say("write one value"))
        return Text("", location)

    def listed(self, node: SequenceNode, path: str, depth: int) -> Section:
        numbered = {str(number): one for number, one in enumerate(node.value, 1)}
        entries = {number: self.entry(one, f"{path}[{number}]", depth + 1) for number, one in numbered.items()}
        return Section(
            entries, {number: self.location(one) for number, one in numbered.items()}, self.location(node), listed=True
        )

    def scalar(self, node: ScalarNode, path: str, location: Location) -> Text:
        self.look_behind(node, path)
        text = "" if not node.style and node.value in {"null", "~"} else node.value
        return Text(_joined_surrogates(text), location)

    def look_behind(self, node: ScalarNode, path: str) -> None:
        """Notice a value that YAML cuts at ' #', as in `address: Sakura 3-1 #201`."""
        line = self.lines[node.end_mark.line] if node.end_mark.line < len(self.lines) else ""
        rest = line[node.end_mark.column :]
        if not node.style and re.match(r"\s*#[^\s#]", rest):
            self.complain(
                Location(self.file, node.end_mark.line + 1, node.end_mark.column + 1),
                path,
                say("the text from # on would be lost"),
                say("put the whole value between quotes; if it is a comment, write a space after #"),
            )

    def complain(self, location: Location, path: str, what: Message, suggestion: Message) -> None:
        self.problems.append(Problem(location, path, what, suggestion))

    def location(self, node: Node) -> Location:
        return Location(self.file, node.start_mark.line + 1, node.start_mark.column + 1)


def _joined_surrogates(text: str) -> str:
    r"""Join the two halves in which JSON writes a character beyond U+FFFF (`\ud842\udfb7`)."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if not text.isascii() else text

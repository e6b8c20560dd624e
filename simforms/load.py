"""A file becomes a tree of texts, each knowing its line: every scalar is text, nothing is guessed."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

from ruamel.yaml import YAML
from ruamel.yaml.composer import Composer
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent, ScalarEvent
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.resolver import VersionedResolver
from ruamel.yaml.tag import Tag

from simforms.errors import CaseError, ContentError, Location, Problem, together
from simforms.messages import Message, say
from simforms.read import contents
from simforms.texts import DEEPEST, NO_NAME, Section, Text, is_name
from simforms.yaml_slips import CURE, ODD_SPACE, SPACED, slip

LARGEST = 256_000
"""Bytes of a case: a page of text, and a log of 300 entries."""


MOST_VALUES = 8_000
"""Names and values, and what holds them; a full case with a log of 300 entries has some 4,200. Each takes the reader 0.1 ms."""


def load(path: Path) -> tuple[Section, list[Problem]]:
    """Return the content of a YAML or JSON file and what is wrong with its form.

    Raises CaseError where the file cannot be read as a tree at all, with the language that it states before the fault.
    """
    source = _read(path)
    try:
        return _sections(path, source, _compose(path, source))
    except CaseError as error:
        raise CaseError(error.problems, _stated_language(source)) from None


def _stated_language(source: str) -> str:
    """Return the `language` that a text states before the place where it stops being YAML; empty if it states none."""
    depth, key = 0, ""
    with suppress(YAMLError, RecursionError):
        for event in YAML(typ="base", pure=True).parse(source):
            if isinstance(event, CollectionStartEvent):
                depth, key = depth + 1, ""
                if depth > DEEPEST:  # each level takes longer than the one before
                    return ""
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            elif isinstance(event, ScalarEvent) and depth == 1:
                if key == "language":
                    return str(event.value)
                key = "" if key else event.value
    return ""


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
        raise together(ContentError(problem.location, f"{problem.what}; {problem.suggestion}") for problem in problems)
    return section


def _sections(path: Path, source: str, node: Node | None) -> tuple[Section, list[Problem]]:
    reader = _Reader(str(path), source)
    if not isinstance(node, MappingNode):
        raise _unreadable(path, say("this is not a case"), line=1)
    return reader.section(node), reader.problems


def shared(path: Path) -> Iterator[Problem]:
    """Yield what to know where others on this machine can read a case."""
    if os.name == "posix" and path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        what, suggestion = say("other users of this computer can read this file"), say("make it readable by you only: chmod 600")
        yield Problem(Location(str(path)), "", what, suggestion, "note")


def _read(path: Path) -> str:
    body = contents(
        path, LARGEST, say("the file is larger than %(size)s kB, which is too large for a case", size=LARGEST // 1000), ONE_EACH
    )
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        found = _unreadable(path, say("the file is not in UTF-8"), say("save it again as UTF-8"), line=line)
        raise CaseError(found.problems, _stated_language(body[: error.start].decode("utf-8-sig"))) from None


class _Untyped(VersionedResolver):
    """Every scalar is text: whether it looks like a number is not even asked."""

    def resolve(self, kind: Any, value: Any, implicit: Any) -> Tag:  # noqa: ARG002 - the library's own protocol
        return self.DEFAULT_SCALAR_TAG


class _BeyondError(Exception):
    """There is more than a case has: what, and from which line on."""

    def __init__(self, what: Message, line: int) -> None:
        self.what, self.line = what, line


class _Bounded(Composer):
    """Stops where there are more values, or more levels of them, than a case can have."""

    def __init__(self, loader: Any = None) -> None:
        super().__init__(loader)
        self.warn_double_anchors = False  # they are refused later, with their place
        self.count = self.levels = 0

    def compose_node(self, parent: Any, index: Any) -> Node:
        self.count += 1
        if self.count > MOST_VALUES:
            self.stop(TOO_MANY)
        if self.levels > 2 * DEEPEST:  # up to here the place has the name of its field
            self.stop(TOO_DEEP)
        self.levels += 1
        node: Node = super().compose_node(parent, index)
        self.levels -= 1
        return node

    def stop(self, what: Message) -> NoReturn:
        raise _BeyondError(what, self.parser.peek_event().start_mark.line + 1)


TOO_DEEP = say("it is nested too deeply")
TOO_MANY = say("it contains more than %(count)s names and values, which is too many for a case", count=MOST_VALUES)


def _tree(source: str, *, pure: bool) -> Node | None:
    """Return the nodes of a text. The reader in C has no bounds: what a person gives is read by the one in Python."""
    reader = YAML(typ="base", pure=pure)
    reader.Resolver, reader.Composer = _Untyped, _Bounded
    node: Node | None = reader.compose(source)
    return node


def _compose(path: Path, source: str) -> Node | None:
    try:
        return _tree(source, pure=True)
    except MarkedYAMLError as error:
        raise CaseError([_malformed(path, source, error)]) from None
    except RecursionError:
        raise _unreadable(path, TOO_DEEP, line=1) from None
    except _BeyondError as error:
        raise _unreadable(path, error.what, ONE_EACH, line=error.line) from None
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


ONE_EACH = say("write one file for each case; for many people, make a table (see `simforms batch --help`)")


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
    if found := slip(source.split("\n")[:line]):
        number, what, suggestion = found
        return Problem(Location(str(path), number, 1), "", what, suggestion)
    reason = say("it is not valid YAML (%(reason)s)", reason=(error.problem or "").strip())
    return Problem(Location(str(path), line, column), "", reason, CURE)


def _unreadable(path: Path, what: Message, suggestion: Message = CURE, line: int = 0) -> CaseError:
    return CaseError([Problem(Location(str(path), line), "", what, suggestion)], "")


class _Reader:
    """Turns nodes into sections and texts, and collects what is wrong on the way."""

    def __init__(self, file: str, source: str) -> None:
        self.file = file
        self.source = source
        self.problems: list[Problem] = []
        self.seen: set[int] = set()

    def section(self, node: MappingNode, path: str = "", depth: int = 1) -> Section:
        entries: dict[str, Text | Section] = {}
        locations: dict[str, Location] = {}
        for key, value in node.value:
            name = _joined_surrogates(key.value) if isinstance(key, ScalarNode) else ""
            full, location = f"{path}{name}", self.location(key)
            if name[:1] in {"\u00a0", "\u3000"}:
                self.complain(location, "", *ODD_SPACE)
            elif not is_name(name):
                self.complain(location, path.rstrip("."), NO_NAME, SPACED)
            elif name in entries:
                first = locations[name].line
                self.complain(
                    location,
                    full,
                    say("the name appears twice, first in line %(line)s", line=first),
                    say("keep one of the two"),
                )
            else:
                locations[name] = location
                entries[name] = self.entry(value, full, depth)
                if isinstance(value, ScalarNode) and not value.value and _CUT_WHOLE.match(self.source, key.end_mark.index):
                    self.complain_of_cut(key.end_mark, full)
        return Section(entries, locations, self.location(node))

    def entry(self, node: Node, path: str, depth: int) -> Text | Section:
        location = self.location(node)
        if id(node) in self.seen or self.source[node.start_mark.index : node.start_mark.index + 1] in {"!", "&"}:
            self.complain(
                location,
                path,
                say("a value that starts with !, & or * has a special meaning in YAML"),
                say("put it in quotation marks"),
            )
            return Text("", location)
        self.seen.add(id(node))
        if isinstance(node, ScalarNode):
            return self.scalar(node, path, location)
        if isinstance(node, MappingNode) and depth < DEEPEST:
            return self.section(node, f"{path}.", depth + 1)
        if isinstance(node, SequenceNode) and depth < DEEPEST:
            return self.listed(node, path, depth)
        self.complain(location, path, TOO_DEEP, say("write one value"))
        return Text("", location)

    def listed(self, node: SequenceNode, path: str, depth: int) -> Section:
        numbered = {str(number): one for number, one in enumerate(node.value, 1)}
        entries = {number: self.entry(one, f"{path}[{number}]", depth + 1) for number, one in numbered.items()}
        return Section(
            entries, {number: self.location(one) for number, one in numbered.items()}, self.location(node), listed=True
        )

    def scalar(self, node: ScalarNode, path: str, location: Location) -> Text:
        if node.style not in {"|", ">"} and _CUT.match(self.source, node.end_mark.index):
            self.complain_of_cut(node.end_mark, path)
        text = "" if not node.style and node.value in {"null", "~"} else node.value
        return Text(_joined_surrogates(text), location)

    def complain_of_cut(self, mark: Any, path: str) -> None:
        """Tell of a value that YAML cuts at ' #', as in `address: Sakura 3-1 #201`, between quotes or not."""
        self.complain(
            Location(self.file, mark.line + 1, mark.column + 1),
            path,
            say("the text from # onwards would be lost"),
            say("put the whole value in quotation marks; if it is a comment, write a space after #"),
        )

    def complain(self, location: Location, path: str, what: Message, suggestion: Message) -> None:
        self.problems.append(Problem(location, path, what, suggestion))

    def location(self, node: Node) -> Location:
        return Location(self.file, node.start_mark.line + 1, node.start_mark.column + 1)


_CUT = re.compile(r"[ \t]+#[^\s#]")
_CUT_WHOLE = re.compile(r"[ \t]*:[ \t]+#[^\s#]")
"""After a name: YAML ends an empty value only where the next name begins."""


def _joined_surrogates(text: str) -> str:
    r"""Join the two halves in which JSON writes a character beyond U+FFFF (`\ud842\udfb7`)."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass") if not text.isascii() else text

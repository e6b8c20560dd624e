"""Errors and problems: the location, what is wrong, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
import errno
from collections.abc import Iterable

from simforms.messages import Message, say, visible_lines

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, order=True)
class Location:
    """A location in a file. `line` and `column` count from 1; 0 means the whole file."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """One thing to correct in a case or, as a warning, to check."""

    location: Location = field(repr=False)
    name: str
    """The field, such as `person.name`; "" if the problem is not in one field."""
    what: Message
    suggestion: Message
    severity: Severity = "error"

    def __str__(self) -> str:
        name = f"{self.name}: " if self.name else ""
        return f"{self.location}: {name}{self.what}; {self.suggestion}"


@dataclass(frozen=True)
class Remark:
    """What is doubtful about an accepted value, and what to check."""

    what: Message
    suggestion: Message


class SimformsError(Exception):
    """The base of all errors of simforms. A message that helps the person is a Message, shown in their language."""

    exit_code = 3

    def __init__(self, message: Message | str = "") -> None:
        self.message = message
        super().__init__(visible_lines(message))


class CaseError(SimformsError):
    """The case has errors and cannot be printed. `problems` are all of them, sorted by location."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem], language: str = "en") -> None:
        self.language = language
        """The language of the case, to report them in; empty if it is not known."""
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.location, problem.name)))
        super().__init__("\n".join(map(str, self.problems)))


class CommandLineError(SimformsError):
    """The command line contains options that exclude each other, or something that does not exist."""

    exit_code = 2


class UnknownNameError(CommandLineError):
    """The command line names a document, a language or a carrier that does not exist."""


class ContentError(SimformsError):
    """A template, catalog or record is wrong: each fault on a line, with the file and what is wrong with it."""

    def __init__(self, location: object, what: str) -> None:
        super().__init__(f"{location}: {what}")


def together(errors: Iterable[ContentError]) -> ContentError:
    """Return several errors as one, which has all their faults."""
    location, _, what = "\n".join(str(error.message) for error in errors).partition(": ")
    return ContentError(location, what)


class RenderError(SimformsError):
    """A page could not be printed as intended."""


class DoesNotFitError(RenderError):
    """A paper has too many pages, or values cross the edges of their cells."""

    def __init__(self, what: str, fields: Iterable[str] = (), paper: int = 0) -> None:
        self.fields = tuple(sorted(fields))
        self.paper = paper
        """The number of the paper in a packet, counted from 0."""
        super().__init__(what)


class ValueProblem(ValueError):  # noqa: N818 - it becomes a Problem as soon as its location is known
    """The type of a field does not accept a text: what is wrong, and what to write instead."""

    def __init__(self, what: Message, suggestion: Message) -> None:
        self.what = what
        self.suggestion = suggestion
        super().__init__(f"{what}; {suggestion}")


_SYSTEM = {
    errno.EACCES: say("Permission denied"),
    errno.EEXIST: say("File exists"),
    errno.EISDIR: say("Is a directory"),
    errno.ENOENT: say("No such file or directory"),
    errno.ENOSPC: say("No space left on device"),
    errno.ENOTDIR: say("Not a directory"),
}
"""Messages that the system has only in English."""


def error_message(error: OSError | SimformsError) -> Message:
    """Return the message of an error, to be shown in any language."""
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno or 0, Message(error.strerror or type(error).__name__))
    if isinstance(error.message, Message):
        return error.message
    if isinstance(error, ContentError):
        return say("a file of simforms is wrong: %(what)s", what=error)
    return say("an error in simforms: %(what)s", what=error) if isinstance(error, RenderError) else Message(str(error))

"""What can go wrong, as data: where it is, what is wrong, and what to write instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable
import errno
from collections.abc import Iterable

from simforms.messages import Message, say

Severity = Literal["error", "warning", "note"]


@dataclass(frozen=True, order=True)
class Location:
    """A spot in a file. `line` and `column` count from 1; 0 means the file as a whole."""

    file: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return f"{self.file}:{self.line}" if self.line else self.file


@dataclass(frozen=True)
class Problem:
    """One thing to correct in a case, or, as a warning, to look at."""

    location: Location
    name: str
    """The field, as `section.field`; empty where no field is meant."""
    what: Message
    suggestion: Message
    severity: Severity = "error"

    def __str__(self) -> str:
        name = f"{self.name}: " if self.name else ""
        return f"{self.location}: {name}{self.what}; {self.suggestion}"


@dataclass(frozen=True)
class Remark:
    """What is doubtful about a value that is accepted, and what to look at."""

    what: Message
    suggestion: Message


class SimformsError(Exception):
    """The base of all errors of simforms. What a person can do something about is a Message, and told in their language."""

    exit_code = 3

    def __init__(self, message: Message | str = "") -> None:
        self.message = message
        super().__init__(str(message))


class CaseError(SimformsError):
    """The case cannot be printed as it stands: every problem, sorted by place."""

    exit_code = 1

    def __init__(self, problems: Iterable[Problem], language: str = "en") -> None:
        self.language = language
        """The language to tell them in."""
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.location, problem.name)))
        super().__init__("\n".join(map(str, self.problems)))


class CommandLineError(SimformsError):
    """The command line asks for what does not go together, or is not there."""

    exit_code = 2


class UnknownNameError(CommandLineError):
    """The command line names a document, a language or a carrier that is not there."""


class ContentError(SimformsError):
    """Our own templates, catalogs or carrier records are broken: file, and what is wrong with it."""

    def __init__(self, location: object, what: str) -> None:
        super().__init__(f"{location}: {what}")


class RenderError(SimformsError):
    """A page could not be printed as it should look."""


class DoesNotFitError(RenderError):
    """A paper takes more pages than it may have, or values reach over the edge of their cells."""

    def __init__(self, what: str, fields: Iterable[str] = (), paper: int = 0) -> None:
        self.fields = tuple(sorted(fields))
        self.paper = paper
        """Which of several papers, counted from 0."""
        super().__init__(what)


class ValueProblem(ValueError):  # noqa: N818 - it becomes a Problem as soon as its place is known
    """A text that a field's type does not accept, and what to write instead."""

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
"""What the system says only in English."""


def error_message(error: OSError | SimformsError) -> Message:
    """Return what an error says, to be told in any language."""
    if isinstance(error, OSError):
        return _SYSTEM.get(error.errno or 0, Message(error.strerror or type(error).__name__))
    if isinstance(error.message, Message):
        return error.message
    ours = isinstance(error, ContentError | RenderError)
    return say("a fault of simforms: %(what)s", what=error) if ours else Message(str(error))

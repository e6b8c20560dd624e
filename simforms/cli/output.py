"""The only exit for text: to the screen, to other programs, as JSON. No control character of a value leaves it."""

from __future__ import annotations

import errno
import io
import os
import sys
import warnings
from collections.abc import Iterable
from contextlib import suppress
from getpass import GetPassWarning
from typing import IO

import click

from simforms.messages import HIDDEN, visible, visible_lines


class OutputClosedError(Exception):
    """Whoever read the output does not read any more, as `head` after its last line."""

    exit_code = 141
    """As of a program that SIGPIPE ends."""


def show(line: object = "", *, mark: str = "", end: str = "\n") -> None:
    """Print one line on stdout; on a screen with a green mark before it. Raises OutputClosedError, and OSError as a full disk."""
    _write(sys.stdout, (click.style(f"{mark} ", fg="green") if mark else "") + visible(line) + end)


def show_lines(lines: Iterable[object]) -> None:
    """Print lines on stdout."""
    _write(sys.stdout, "".join(f"{visible(line)}\n" for line in lines))


def show_json(text: str) -> None:
    r"""Print JSON on stdout; a control character in one of its texts is written as \uXXXX, so that it stays what it is."""
    _write(sys.stdout, HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text) + "\n")


def report(line: object) -> None:
    """Print one line on stderr: what is wrong, or what is going on. Raises as `show`."""
    _write(sys.stderr, f"{visible(line)}\n")


def page(text: str) -> None:
    """Show a long text: page by page on a screen, else at once."""
    if is_screen(sys.stdout):
        click.echo_via_pager(visible_lines(text))
    else:
        show_lines(text.split("\n"))


def confirm(question: str) -> bool:
    """Ask on stderr whether to go on. Raises click.Abort where there is no answer."""
    return click.confirm(visible(question), err=True)


def ask_password(label: str) -> str:
    """Return what is typed without showing it. Raises click.Abort where there is no answer."""
    with warnings.catch_warnings():  # of a program that types: nobody sees it
        warnings.simplefilter("ignore", GetPassWarning)
        return str(click.prompt(visible(label), hide_input=True, err=True))


def is_screen(stream: IO[str] | None) -> bool:
    """Whether a person sees, or types into, a stream. One that is closed is None."""
    return stream is not None and stream.isatty()


def is_dialogue() -> bool:
    """Whether a person types and sees what is printed."""
    return is_screen(sys.stdin) and is_screen(sys.stdout)


def is_watched() -> bool:
    """Whether a person sees what is printed on stderr."""
    return is_screen(sys.stderr)


def encoding() -> str:
    """Return the name of the encoding of stdout."""
    return sys.stdout.encoding if sys.stdout is not None else "utf-8"


def prepare() -> None:
    """Let a character that the screen cannot show become a question mark, instead of an error."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace" if stream is sys.stdout else "backslashreplace")


def finish() -> None:
    """Write what is still to be written. Raises OutputClosedError, and OSError as a full disk."""
    _write(sys.stdout, "")


def _write(stream: IO[str] | None, text: str) -> None:
    if stream is None:  # it was closed before the program began
        return
    try:
        stream.write(text)
        stream.flush()
    except OSError as error:
        _silence(stream)
        if error.errno == errno.EPIPE or (error.errno == errno.EINVAL and sys.platform == "win32"):
            raise OutputClosedError from None
        raise


def _silence(stream: IO[str]) -> None:
    """Send what could not be written, and all that follows, to nowhere: the end of the program would fail on it again."""
    with suppress(OSError, ValueError):
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)

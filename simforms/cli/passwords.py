"""The password for locked papers: read from a file or asked for, never part of the command line, which others can see."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from simforms.cli.output import ask_password
from simforms.cli.ui_language import translated
from simforms.errors import CommandLineError
from simforms.messages import Message, say

_MOST = 1024
"""Bytes that are read of a file: more than a password can have, and an end of what has none, such as a device."""


def chosen_password(path: Path | None) -> str:
    """Return the first line of a file, else what is typed, as viewers read it. It is never empty.

    Raises CommandLineError where there is none, EncryptionError where viewers do not agree on it, and OSError.
    """
    from simforms.pdf.encryption import usable_password  # noqa: PLC0415 - only who asks for it pays for it

    return usable_password(_first_line(path) if path else _typed())


def _first_line(path: Path) -> str:
    try:
        with path.open("rb") as file:
            start = file.readline(_MOST)
    except OSError as error:  # of a file that is open the system names no file
        raise OSError(error.errno, error.strerror, str(path)) from None
    try:
        text = codecs.getincrementaldecoder("utf-8-sig")().decode(start, final=len(start) < _MOST)
    except UnicodeDecodeError:
        what = say("%(what)s; %(suggestion)s", what=say("the file is not in UTF-8"), suggestion=say("save it again as UTF-8"))
        raise _wrong(path, what) from None
    line = re.split("[\r\n]", text, maxsplit=1)[0]
    if not line:
        raise _wrong(path, say("the first line of the file is empty; write the password there"))
    return line


def _wrong(path: Path, why: Message) -> CommandLineError:
    return CommandLineError(say("%(document)s: %(why)s", document=path, why=why))


def _typed() -> str:
    typed, again = (ask_password(translated(text)) for text in (say("Password"), say("Password again")))
    if typed != again:
        raise CommandLineError(say("the two passwords differ"))
    return typed

"""Somebody at a terminal: `simforms` in a real pseudo-terminal, every key that is pressed counted."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path

import pexpect

_SCRIPT = (
    "import datetime; from simforms import clock; clock.now = lambda: clock.Now(datetime.date(2026, 11, 20)); "
    "from simforms.cli.main import main; main()"
)
_READY = r"\n> |>[^\n]*?\x1b[\s\S]*?\x1b\[\?25h"
"""The place to type, line by line, and with menus: there the cursor is shown when all is drawn."""
_CODES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b[=>]|\x1b\][^\x07]*\x07")


class Terminal:
    """A session of `simforms new`; what was shown is in `shown`."""

    def __init__(self, *arguments: object, locale: str = "zh_CN.UTF-8", **environment: str) -> None:
        quiet = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG", "NO_COLOR"))}
        mine = {"LC_ALL": locale, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1", **environment}
        command = ["-c", _SCRIPT, "new", *map(str, arguments)]
        self.child = pexpect.spawn(
            sys.executable, command, env={**quiet, **mine}, encoding="utf-8", timeout=8, dimensions=(40, 120)
        )
        self.child.delaybeforesend = None
        self.keys = self.questions = 0
        self.shown = ""

    def answer(self, *answers: str) -> Terminal:
        """Wait for the place to type, and type; what is empty is a bare Enter."""
        for text in answers:
            self._wait(_READY)
            self.child.send(f"{text}\r" if self._drawn() else f"{text}\n")
            self.questions += 1
            self.keys += len(text) + 1
        return self

    def end(self) -> int:
        """Wait for the end, and return the exit code."""
        self._wait(pexpect.EOF)
        self.child.close()
        return int(self.child.exitstatus or 0)

    def plainly(self) -> str:
        """Return what was shown without the codes that move and colour."""
        return _CODES.sub("", self.shown)

    def _drawn(self) -> bool:
        return "\x1b" in self.shown

    def _wait(self, what: object) -> None:
        self.child.expect([what])
        self.shown += self.child.before + (self.child.after if isinstance(self.child.after, str) else "")


def case_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")

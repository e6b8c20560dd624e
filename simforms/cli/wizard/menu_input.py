"""Reads answers with a menu that narrows with every letter; the question goes away when it is answered."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import DummyHistory

from simforms.cli.wizard.screen import Prompt
from simforms.messages import visible

ROOM = 12
"""Lines of a menu."""


def reader() -> Callable[[Prompt], str]:
    """Return a function that reads one answer. It raises EOFError and KeyboardInterrupt."""
    session: PromptSession[str] = PromptSession(history=DummyHistory(), erase_when_done=True)
    session.default_buffer.on_text_changed += _open

    def read(prompt: Prompt) -> str:
        return session.prompt(
            _head(prompt),
            default=prompt.text,
            completer=_Menu(prompt),
            complete_while_typing=True,
            reserve_space_for_menu=ROOM if prompt.names else min(ROOM, len(prompt.options) + 1),
            bottom_toolbar=prompt.keys or None,
            pre_run=lambda: _open(get_app().current_buffer) if prompt.options and not prompt.text else None,
        )

    return read


def _head(prompt: Prompt) -> FormattedText:
    """Return the lines of the question, the first one bold, and the place to type."""
    first, *rest = map(visible, prompt.head or ("",))
    lines = [("bold", f"{first}\n" if prompt.head else ""), *(("", f"{line}\n") for line in rest)]
    return FormattedText([*lines, ("", "> ")])


def _open(buffer: Buffer) -> None:
    """Open the menu, also after a letter was deleted."""
    if buffer.complete_state is None:
        buffer.start_completion(select_first=False)


class _Menu(Completer):
    """The options, or the names, that match what is typed."""

    def __init__(self, prompt: Prompt) -> None:
        self.prompt = prompt

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:  # noqa: ARG002 - the library's protocol
        typed = document.text
        start: dict[str, Any] = {"start_position": -len(typed)}
        for number, option in enumerate(self.prompt.options, 1):
            if _matches(typed, number, option):
                yield Completion(str(number), display=f"{number:2}  {visible(option)}", **start)
        if typed.strip() and self.prompt.names and not self.prompt.options:
            for name in self.prompt.names(typed):
                yield Completion(name, display=visible(name), **start)


def _matches(typed: str, number: int, option: str) -> bool:
    folded = unicodedata.normalize("NFKC", typed).strip().casefold()
    return str(number).startswith(folded) or folded in unicodedata.normalize("NFKC", option).casefold()

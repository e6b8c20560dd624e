"""Messages to the person: English sentences that are translated when they are shown."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


@dataclass(frozen=True)
class Message:
    """An English sentence with placeholders such as `%(name)s`, and their values."""

    text: str
    values: Mapping[str, Any] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


def say(text: str, /, **values: Any) -> Message:
    """Return a message. Texts in calls of `say` are found by the extractor and translated in locales/."""
    return Message(text, values)


_HIDDEN = "\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff"
"""Control characters, those that turn the direction of writing, and halves of characters. A line feed is not among them."""
HIDDEN, _IN_LINE = re.compile(f"[{_HIDDEN}]"), re.compile(f"[{_HIDDEN}\n]")


def visible(text: object) -> str:
    r"""Return a text as one line, in which each control character is a name.

    >>> visible("a\x1b[2J\nb"), visible("東京"), visible("\udcff")
    ('aU+001B[2JU+000Ab', '東京', 'U+DCFF')
    """
    return _IN_LINE.sub(_name, str(text))


def visible_lines(text: object) -> str:
    r"""Return a text of several lines, in which each control character is a name.

    >>> visible_lines("a\x1b[2J\nb")
    'aU+001B[2J\nb'
    """
    return HIDDEN.sub(_name, str(text))


def _name(found: re.Match[str]) -> str:
    return f"U+{ord(found[0]):04X}"


OURS = frozenset(
    "carrier cell choice choices column columns count day encoding example field figures file first last length line longest"
    " most near needed numbers ranges row rows step table way".split()
)
"""Values of messages that never are what a person typed: they come from our own files, or count something."""


def without_values(message: Message) -> Message:
    """Return a message for a file, a program or a log: whatever may have been typed is left out.

    >>> str(without_values(say("“%(typed)s” is not kana, write %(example)s", typed="Li", example="リ")))
    '“…” is not kana, write リ'
    """
    return _with(message, lambda _: "…")


def with_last_characters(message: Message) -> Message:
    """Return a message about a private value, for the person who typed it: the last two characters at most.

    >>> str(with_last_characters(say("read as %(typed)s", typed="E12345678")))
    'read as …78'
    """
    return _with(message, last_characters)


def last_characters(typed: str) -> str:
    """Return how a private value is shown; nothing of it if it is so short that two characters are half of it.

    >>> last_characters("E12345678"), last_characters("1234")
    ('…78', '…')
    """
    return f"…{typed[-2:]}" if len(typed.lstrip("…")) > _SHORT or typed.startswith("…") else "…"


_SHORT = 4


def _with(message: Message, shown: Callable[[str], str]) -> Message:
    """Return a message in which `shown` decides about each value that may have been typed."""
    return Message(
        message.text,
        {
            name: _with(value, shown)
            if isinstance(value, Message)
            else value
            if isinstance(value, int | float) or name in OURS
            else shown(str(value))
            for name, value in message.values.items()
        },
    )

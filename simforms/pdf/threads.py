"""One thread at a time lays out, writes or reads pages: the libraries that do so must not meet two threads.

Pango, WeasyPrint with what is added to it here, PDFium, and the pages that are kept for other values are shared by the whole
process. So every function that enters them from outside waits for its turn. A thread may enter again while it has its turn.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from threading import RLock
from traceback import clear_frames
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Made = TypeVar("Made")
_lock = RLock()


def one_thread_at_a_time(function: Callable[Given, Made]) -> Callable[Given, Made]:
    """Let a function wait until no other thread is in one of these functions."""

    @wraps(function)
    def waiting(*given: Given.args, **named: Given.kwargs) -> Made:
        with _lock:
            try:
                return function(*given, **named)
            except BaseException as error:
                clear_frames(error.__traceback__)  # what they hold of a page is freed before another thread's turn
                raise

    return waiting


if hasattr(os, "register_at_fork"):  # not on Windows
    # A child process has one thread. It must not find the turn taken by another, or a page half changed.
    os.register_at_fork(before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release)

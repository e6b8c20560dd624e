"""Lets only one thread at a time lay out, write or read pages: the libraries that do so are not thread-safe.

The whole process shares Pango, WeasyPrint with our changes, PDFium, and the layouts that are kept for other values. So every
function that other folders call takes this lock. The same thread may take it again while it holds it.
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
    """Make a function wait until no other thread is in one of these functions."""

    @wraps(function)
    def waiting(*given: Given.args, **named: Given.kwargs) -> Made:
        with _lock:
            try:
                return function(*given, **named)
            except BaseException as error:
                clear_frames(error.__traceback__)  # frees the page they refer to before another thread may enter
                raise

    return waiting


if hasattr(os, "register_at_fork"):  # not on Windows
    # A child process has one thread. It must not find the lock held by another thread, or a page half changed.
    os.register_at_fork(before=_lock.acquire, after_in_parent=_lock.release, after_in_child=_lock.release)

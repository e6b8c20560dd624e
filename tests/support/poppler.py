"""Poppler, the engine of the viewers of GNOME and KDE, by its library: its command-line tools cut a password after 32 bytes."""

from __future__ import annotations

import ctypes
import ctypes.util
from functools import cache
from pathlib import Path


@cache
def library() -> ctypes.CDLL | None:
    """Return Poppler's library; None where it is not installed."""
    name = ctypes.util.find_library("poppler-glib")
    if not name:
        return None
    loaded = ctypes.CDLL(name)
    loaded.poppler_document_new_from_file.restype = ctypes.c_void_p
    loaded.poppler_document_new_from_file.argtypes = [ctypes.c_char_p, ctypes.c_char_p, ctypes.c_void_p]
    loaded.poppler_document_get_n_pages.argtypes = [ctypes.c_void_p]
    loaded.g_object_unref.argtypes = [ctypes.c_void_p]
    return loaded


def opens(path: Path, password: str) -> bool:
    """Return whether Poppler opens a file with a password; an empty one is none."""
    poppler = library()
    assert poppler, "install Poppler"
    document = poppler.poppler_document_new_from_file(path.as_uri().encode(), password.encode() or None, None)
    if not document:
        return False
    pages = int(poppler.poppler_document_get_n_pages(document))
    poppler.g_object_unref(document)
    return pages > 0

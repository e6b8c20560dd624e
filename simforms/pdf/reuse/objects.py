"""Objects and streams of a PDF file as bytes; each stream is compressed only once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any


@dataclass
class SerializedObject:
    """An object of a file as its bytes; to the writer of files it is an object like others."""

    number: int
    data: bytes
    compressible: bool
    """Whether it is written among others that are compressed together: so are those that are the same for all values."""
    offset: int = 0
    generation: int = 0
    free: str = "n"

    @property
    def reference(self) -> bytes:
        """What other objects call it by."""
        return b"%d 0 R" % self.number

    @property
    def indirect(self) -> bytes:
        """The object by itself."""
        return b"%d 0 obj\n%b\nendobj" % (self.number, self.data)


def uncompressed(entry: Any) -> SerializedObject:
    """Return an object to be written by itself, because it depends on values."""
    return SerializedObject(entry.number, entry.data, compressible=False)


@contextmanager
def compress_once(streams: Any, known: dict[bytes, bytes]) -> Iterator[None]:
    """Let each stream of a file be compressed once, though its writer asks twice; what is `known` is not compressed again.

    `streams` is the writer's class of them. Of a file only the one that holds other objects becomes known.
    """
    data = streams.data

    def packed(stream: Any) -> bytes:
        own = vars(stream)
        if "packed" not in own:
            plain = b"\n".join(encoded(part) for part in stream.stream) if stream.extra.get("Type") == "/ObjStm" else b""
            own["packed"] = known.get(plain) or data.fget(stream)
            if plain and plain not in known:
                known.clear()
                known[plain] = own["packed"]
        return bytes(own["packed"])

    streams.data = property(packed)
    try:
        yield
    finally:
        streams.data = data


def encoded(part: Any) -> bytes:
    """Return a part of a stream as the writer of files writes it."""
    return part if isinstance(part, bytes) else part.encode() if isinstance(part, str) else bytes(part.data)

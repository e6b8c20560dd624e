"""The lines of a journal: what each contains, as bytes and back. A line that we would not write is refused."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from simforms.file_names import is_plain

VERSION = 1
LONGEST_ID = 300
"""Characters."""


@dataclass(frozen=True)
class Entry:
    """What became of a record."""

    id: str
    asked: str
    """A digest of the record and of everything that decides how it is printed."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Each file's name and the SHA-256 of its bytes."""
    faults: Sequence[Sequence[str]] = ()
    """Where nothing could be made: of each problem its code (in older journals its English sentence) and its field."""
    table: str = ""
    """The table that the record belongs to, as `TableName.digest`; empty where it is not known."""
    printed_from: str = ""
    """The table that it was printed from last: its own, or one of corrected rows."""


@dataclass(frozen=True)
class Sheet:
    """A file that goes with the papers: the sheet for handing out, a file for the printer, the rows that failed."""

    name: str
    sha256: str
    table: str
    ids: Sequence[str] = ()
    """The records that failed, in a table of those."""


@dataclass(frozen=True)
class TableName:
    """A table that was printed into the folder."""

    digest: str
    """A keyed digest of where it is."""
    name: str
    """Of its file."""


Line = Entry | Sheet | TableName
_KINDS: Mapping[str, type[Sheet] | type[TableName]] = {"sheet": Sheet, "table": TableName}


def written_head(key: bytes) -> bytes:
    """Return the first line of a journal."""
    return json.dumps({"simforms": VERSION, "key": key.hex()}).encode() + b"\n"


def read_head(line: bytes) -> bytes:
    """Return the key of a journal. Raises ValueError where the line is not the first one of a journal."""
    try:
        head = json.loads(line)
        if list(head) != ["simforms", "key"] or head["simforms"] != VERSION or not re.fullmatch("[0-9a-f]{32}", head["key"]):
            raise ValueError
        return bytes.fromhex(head["key"])
    except (TypeError, RecursionError) as error:
        raise ValueError from error


def written_line(line: Line) -> bytes:
    """Return a line as bytes."""
    kind = next((name for name, one in _KINDS.items() if isinstance(line, one)), "")
    inner = asdict(line) if kind else {name: value for name, value in asdict(line).items() if value or name in _ALWAYS}
    return json.dumps({kind: inner} if kind else inner, ensure_ascii=False).encode(errors="replace") + b"\n"


_ALWAYS = {"id", "asked", "files", "faults"}


def read_line(line: bytes) -> Line:
    """Return a line of a journal. Raises ValueError where we would not have written it."""
    try:
        data = json.loads(line)
        if len(data) == 1:
            [(kind, inner)] = data.items()
            return _checked(_KINDS[kind](**inner))
        return _checked(Entry(**data))
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError from error


def _checked(line: Line) -> Line:
    if isinstance(line, Entry):
        right = (
            _short(line.id)
            and _is_digest(line.asked)
            and all(_is_paper(name, line.id) and _is_digest(made) for name, made in line.files.items())
            and all(len(fault) == 2 and all(_short(part) for part in fault) for fault in line.faults)  # noqa: PLR2004 - code, field
            and _is_table(line.table)
            and _is_table(line.printed_from)
        )
    elif isinstance(line, Sheet):
        right = (
            is_plain(line.name)
            and bool(_SHEET.fullmatch(line.name))
            and _is_digest(line.sha256)
            and _is_table(line.table)
            and all(map(_short, line.ids))
        )
    else:
        right = _is_table(line.digest) and bool(line.digest) and _short(line.name)
    if not right:
        raise ValueError("not a line of ours")
    return line


_SHEET = re.compile(r"(index|all)-.*\.pdf|failed(-\d+)?\.xlsx")


def _is_paper(name: object, identity: str) -> bool:
    return isinstance(name, str) and is_plain(name) and name.startswith(f"{identity}-") and name.endswith(".pdf")


def _short(value: object) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_ID


def _is_digest(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("[0-9a-f]{64}", value) is not None


def _is_table(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("([0-9a-f]{16})?", value) is not None

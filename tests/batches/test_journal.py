"""The journal takes no file that is not one of ours, believes no line that we would not write, and holds no value."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from outside_names import HOSTILE

from simforms.batches.journal import NAME, JournalError, journal
from simforms.batches.journal_lines import Entry, Sheet, TableName, read_line, written_line

KEY = bytes(range(16))
HEAD = json.dumps({"simforms": 1, "key": KEY.hex()})
ASKED = "0" * 64
FOREIGN = [
    b"",
    b"\n",
    b"my notes\n",
    b"id,carrier\nA,softbank\n",
    b'{"id": "A", "carrier": "softbank", "language": "en"}\n',
    b'{"id": "A", "carrier": "softbank"}\n{"id": "B"',
    b'{"simforms": 1}\n',
    b'{"key": "00", "simforms": 1}\n',
    json.dumps({"simforms": 2, "key": KEY.hex()}).encode() + b"\n",
    json.dumps({"simforms": 1, "key": KEY.hex(), "more": 1}).encode() + b"\n",
    HEAD.encode(),  # without its end: somebody's beginning of something else
    HEAD.encode() + b"\n[]\n",
    HEAD.encode() + b"\nmy notes\nmore",
    b"[" * 100_000 + b"\n",
    b"\xff\xfe\x00\n",
    b"PK\x03\x04 a workbook\n",
    b"%PDF-1.7\n" + b"x" * 100_000,
]


def _begun(folder: Path, *lines: object) -> Path:
    path = folder / NAME
    path.write_text("".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in (HEAD, *lines)))
    return path


@pytest.mark.parametrize("body", FOREIGN)
def test_a_file_that_is_not_a_journal_stays_as_it_is(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / NAME
    path.write_bytes(body)
    before = path.stat()
    with pytest.raises(JournalError, match="not the journal"), journal(tmp_path):
        pass

    assert path.read_bytes() == body
    assert path.stat().st_mtime_ns == before.st_mtime_ns


@pytest.mark.parametrize("kind", ["link", "dangling", "pipe", "folder"])
def test_what_is_not_a_plain_file_stays_as_it_is(tmp_path: Path, kind: str) -> None:
    path, target = tmp_path / NAME, tmp_path / "other"
    if kind == "link":
        target.write_text(f"{HEAD}\n{HEAD}")
        path.symlink_to(target)
    elif kind == "dangling":
        path.symlink_to(tmp_path / "nothing")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        path.mkdir()
    with pytest.raises(JournalError, match="not the journal"), journal(tmp_path):
        pass

    assert not (tmp_path / "nothing").exists()
    assert kind != "link" or target.read_text() == f"{HEAD}\n{HEAD}"


def _entry(**change: Any) -> dict[str, Any]:
    return {"id": "A", "asked": ASKED, "files": {"A-call-log-en.pdf": ASKED}, "faults": []} | change


FORGED = [
    *(_entry(files={name: ASKED}) for name in HOSTILE),
    *(_entry(files={f"A-{name}": ASKED}) for name in HOSTILE if "/" in name or "\\" in name or "\n" in name),
    _entry(files={"tax.pdf": ASKED}),
    _entry(files={"B-call-log-en.pdf": ASKED}),
    _entry(files={"A-call-log-en.txt": ASKED}),
    _entry(files={"A-call-log-en.pdf": "short"}),
    _entry(files={"A-call-log-en.pdf": None}),
    _entry(files=["A-call-log-en.pdf"]),
    _entry(asked="x"),
    _entry(id=7),
    _entry(id="A" * 1000),
    _entry(more="x"),
    _entry(table="/etc"),
    _entry(printed_from=1),
    _entry(faults=[["a"]]),
    _entry(faults=[[1, 2]]),
    _entry(faults="ab"),
    {"id": "A"},
    {"sheet": {"name": "tax.pdf", "sha256": ASKED, "table": "", "ids": ["A"]}},
    *({"sheet": {"name": name, "sha256": ASKED, "table": "", "ids": []}} for name in HOSTILE),
    *({"sheet": {"name": f"index-{name}", "sha256": ASKED, "table": "", "ids": []}} for name in HOSTILE if "/" in name),
    {"sheet": {"name": "failed.xlsx", "sha256": "x", "table": "", "ids": []}},
    {"sheet": {"name": "failed.xlsx", "sha256": ASKED, "table": "", "ids": [1]}},
    {"sheet": []},
    {"table": {"digest": "", "name": "x"}},
    {"table": {"digest": "../x", "name": "x"}},
    {"other": {}},
    [],
    "{",
    "null",
    "[" * 50_000,
]


@pytest.mark.parametrize("line", FORGED)
def test_a_line_that_we_would_not_write_is_refused_and_nothing_is_changed(tmp_path: Path, line: object) -> None:
    path = _begun(tmp_path, _entry(id="B", files={}), line)
    body = path.read_bytes()
    with pytest.raises(JournalError), journal(tmp_path):
        pass

    assert path.read_bytes() == body


@given(
    st.sampled_from(["", "0123456789abcdef"]),
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=40),
    st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=3),
)
def test_what_we_write_we_read(table: str, identity: str, faults: list[tuple[str, str]]) -> None:
    lines = [
        Entry(identity, ASKED, {f"{identity}-call-log-en.pdf": ASKED}, [list(fault) for fault in faults], table, table),
        Sheet("index-a.pdf", ASKED, table, [identity]),
        TableName("0123456789abcdef", "leavers.csv"),
    ]

    assert [read_line(written_line(line).rstrip(b"\n")) for line in lines] == lines


def test_a_journal_that_is_too_large_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = _begun(tmp_path, _entry())
    monkeypatch.setattr("simforms.batches.journal.LARGEST", path.stat().st_size - 1)
    with pytest.raises(JournalError), journal(tmp_path):
        pass


def test_a_new_journal_is_there_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("os.fsync", killed)
        with pytest.raises(KeyboardInterrupt), journal(tmp_path):
            pass
    assert list(tmp_path.iterdir()) == []
    with journal(tmp_path) as opened:
        opened.note(Entry("A", ASKED))
    with journal(tmp_path) as opened:
        assert opened.entries["A"].asked == ASKED


def test_references_of_a_journal_are_random_and_kept(tmp_path: Path) -> None:
    found: list[str] = []
    for folder in ("a", "a", "b"):
        (tmp_path / folder).mkdir(exist_ok=True)
        with journal(tmp_path / folder) as opened:
            found += [opened.reference("S-1"), opened.reference("S-2")]

    assert found[:2] == found[2:4]
    assert len({*found}) == 4
    assert not any(hashlib.sha256(b"S-1").hexdigest().startswith(one[3:7].lower()) for one in found)

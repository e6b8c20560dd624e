"""The manifest next to each paper: what it was made from, to check later whether it is unaltered and still valid.

A manifest contains no value of the case except its reference, which says nothing about the person: it contains digests of our
own files, versions, and the last date on which the carrier's facts count as confirmed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from simforms.knowledge.evidence import LIMIT
from simforms.messages import Message, say
from simforms.pdf import fonts
from simforms.pdf.native import pango_version
from simforms.planning.plan import Plan
from simforms.read import opened, refused
from simforms.write import digest as file_digest
from simforms.write import read_plain

SUFFIX = ".manifest.json"
VERSION = 1
"""Of the format of a manifest: also what 0.1 wrote."""
ENGINES = ("weasyprint", "pydyf", "uharfbuzz", "jinja2", "babel", "pypdfium2", "pillow")


def manifest(plan: Plan, names: Iterable[str], body: bytes) -> bytes:
    """Return the manifest of a file: `names` are the documents in it, `body` its bytes."""
    folders = [plan.content / "templates" / name for name in (*names, "shared")]
    catalogs = sorted((plan.content / "locales").glob("*/LC_MESSAGES/*.po"))
    used = {"ja", "ja_Hira", plan.language.replace("-", "_")}
    entry = {
        "version": VERSION,
        "reference": plan.reference,
        **({"lines_of": plan.lines_of} if plan.lines_of else {}),
        "sha256": hashlib.sha256(body).hexdigest(),
        "documents": list(names),
        "language": plan.language,
        "date": plan.date.isoformat(),
        "carrier": plan.carrier.slug or None,
        "facts_until": (until := _facts_until(plan)) and until.isoformat(),
        "content": {
            "templates": digest(path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()),
            "vocabulary": digest([plan.content / "templates" / "fields.toml"]),
            "catalogs": {path.parts[-3]: digest([path]) for path in catalogs if path.parts[-3] in used},
            "record": digest([Path(plan.carrier.file)]) if plan.carrier.file else None,
        },
        "fonts": {file: sha256 for (_, file), sha256 in fonts.FACES.items()},
        "made_with": {name: version(name) for name in ("simforms", *ENGINES)} | {"pango": pango_version()},
    }
    return (json.dumps(entry, indent=2) + "\n").encode()


def _facts_until(plan: Plan) -> date | None:
    """Return the last date on which all recent facts about the carrier are still recent; None if there are none."""
    known = [fact for _, fact in plan.carrier.facts() if fact.printable]
    latest = [max(days) for fact in known if (days := [page.latest for page in fact.counting if page.latest])]
    recent = [day for day in latest if plan.today - day <= LIMIT]
    return min(recent) + LIMIT if recent else None


def digest(paths: Iterable[Path]) -> str:
    """Return the SHA-256 of the names and contents of files, in hexadecimal."""
    checksum = hashlib.sha256()
    for path in paths:
        checksum.update(path.name.encode() + b"\0" + path.read_bytes())
    return checksum.hexdigest()


def verify(path: Path, today: date) -> tuple[bool, Message]:
    """Return whether a paper is unaltered and still valid, and the message to show.

    Raises CaseError, OSError if it cannot be read.
    """
    with opened(path) as file:  # a pipe or a device would hold its reader
        try:
            found = hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise refused(path, error) from None
    try:
        entry: Any = json.loads(read_plain(manifest_path(path), LARGEST))
        later = int(entry["version"]) > VERSION
        sha256, until = str(entry["sha256"]), entry["facts_until"] and date.fromisoformat(entry["facts_until"])
    except FileNotFoundError:
        return False, say("there is no manifest next to it")
    except (OSError, ValueError, ArithmeticError, KeyError, TypeError, RecursionError):
        return False, say("its manifest cannot be read")
    if later:
        return False, say("its manifest was written by a later version of simforms; update simforms")
    if found != sha256:
        return False, say("it was altered after it was made")
    if until and today > until:
        return False, say("unaltered, but the carrier's facts have needed checking again since %(day)s", day=until.isoformat())
    return True, say("fine: unaltered")


LIMIT_OF_VERIFYING = say(
    "this check shows accidental changes, not forgery: anyone who can alter a paper can also alter its manifest"
)
"""Manifests have no signature: see docs/decisions/unsigned-manifests.md."""


def manifest_path(path: Path) -> Path:
    """Return the path of a paper's manifest."""
    return path.with_name(path.name + SUFFIX)


LARGEST = 1_000_000
"""Bytes of a manifest."""


def read_manifest(path: Path) -> dict[str, Any] | None:
    """Return what a manifest says; None where the file is not a manifest of ours."""
    try:
        entry = json.loads(read_plain(path, LARGEST))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(entry, dict) or not entry.keys() >= _NEEDED:
        return None
    return entry if all(_plain(name, entry.get(name)) for name in _NAMED) else None


_NEEDED = {"version", "sha256", "documents", "made_with"}
_NAMED = ("sha256", "replaces", "reference", "lines_of")


def _plain(name: str, value: object) -> bool:
    """Return whether a value is a text, or left out where it may be."""
    return isinstance(value, str) or (value is None and name not in _NEEDED)


def is_manifest(path: Path) -> bool:
    """Return whether a file is a manifest of ours."""
    return read_manifest(path) is not None


def made_here(path: Path) -> bool:
    """Return whether a file is a paper as simforms made it: its manifest next to it has its digest.

    Of a paper that was just being replaced, the manifest has both digests.
    """
    entry = read_manifest(manifest_path(path))
    return entry is not None and file_digest(path) in {entry["sha256"], entry.get("replaces")}


def replacing(manifest: bytes, path: Path) -> bytes:
    """Return the manifest of a paper that is about to replace the one at a path: it names the digest of that one too."""
    entry = {**json.loads(manifest), "replaces": file_digest(path)}
    return (json.dumps(entry, indent=2) + "\n").encode()


def owner(entry: Mapping[str, Any]) -> tuple[str, str]:
    """Return whose a paper is by its manifest: its reference, and that of the case whose line it is about, or nothing."""
    return str(entry.get("reference") or ""), str(entry.get("lines_of") or "")


def owner_of(manifest: bytes) -> tuple[str, str]:
    """Return the same of a manifest that is not yet saved."""
    return owner(json.loads(manifest))

"""What a paper was made from, beside it in a file of its own: enough to see later whether it is unchanged and still holds.

A manifest holds no value of the case: digests of our own files, versions, and the day until which the carrier's facts count
as confirmed.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from importlib.metadata import version
from pathlib import Path
from typing import Any

from simforms.knowledge.evidence import LIMIT
from simforms.messages import Message, say
from simforms.pdf import fonts
from simforms.pdf.native import pango_version
from simforms.planning.plan import Plan

SUFFIX = ".manifest.json"
ENGINES = ("weasyprint", "pydyf", "uharfbuzz", "jinja2", "babel", "pypdfium2", "pillow")


def manifest(plan: Plan, names: Iterable[str], body: bytes) -> bytes:
    """Return the manifest of a file: `names` are the documents in it, `body` its bytes."""
    folders = [plan.content / "templates" / name for name in (*names, "shared")]
    catalogs = sorted((plan.content / "locales").glob("*/LC_MESSAGES/*.po"))
    used = {"ja", "ja_Hira", plan.language.replace("-", "_")}
    entry = {
        "version": 1,
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
        "fonts": {file: checksum for (_, file), checksum in fonts.FACES.items()},
        "made_with": {name: version(name) for name in ("simforms", *ENGINES)} | {"pango": pango_version()},
    }
    return (json.dumps(entry, indent=2) + "\n").encode()


def _facts_until(plan: Plan) -> date | None:
    """Return the last day on which every recent fact about the carrier is still recent; None without any."""
    known = [fact for _, fact in plan.carrier.facts() if fact.printable]
    latest = [max(days) for fact in known if (days := [page.latest for page in fact.counting if page.latest])]
    recent = [day for day in latest if plan.today - day <= LIMIT]
    return min(recent) + LIMIT if recent else None


def digest(paths: Iterable[Path]) -> str:
    """Return a SHA-256 over the names and bytes of files."""
    found = hashlib.sha256()
    for path in paths:
        found.update(path.name.encode() + b"\0" + path.read_bytes())
    return found.hexdigest()


def verify(path: Path, today: date) -> tuple[bool, Message]:
    """Return whether a paper is as it was made and still holds, and what to tell. Raises OSError where it cannot be read."""
    body = path.read_bytes()
    try:
        entry: Any = json.loads(manifest_path(path).read_bytes())
        sha256, until = str(entry["sha256"]), entry["facts_until"] and date.fromisoformat(entry["facts_until"])
    except FileNotFoundError:
        return False, say("no manifest stands beside it")
    except (ValueError, KeyError, TypeError):
        return False, say("its manifest cannot be read")
    if hashlib.sha256(body).hexdigest() != sha256:
        return False, say("it was altered after it was made")
    if until and today > until:
        return False, say("unaltered, but the carrier's facts must be checked again since %(day)s", day=until.isoformat())
    return True, say("fine: unaltered")


def manifest_path(path: Path) -> Path:
    """Return where the manifest of a paper stands."""
    return path.with_name(path.name + SUFFIX)

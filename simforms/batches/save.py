"""The papers of a record are written to the folder, and only what a batch made there is replaced or removed."""

from __future__ import annotations

import dataclasses
import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from simforms.batches.journal import Journal
from simforms.batches.journal_lines import Entry
from simforms.batches.outcome import Crashed, Made, Outcome, Refused
from simforms.errors import Location, Problem
from simforms.file_names import is_plain
from simforms.knowledge.content import content
from simforms.knowledge.problem_codes import code
from simforms.knowledge.vocabulary import vocabulary
from simforms.messages import say
from simforms.papers.manifest import is_manifest, made_here, manifest_path
from simforms.write import digest, write

MOST_FAULTS = 50
"""Of a record, in the journal."""
LONGEST_CODE = 100
"""Characters."""


def save(journal: Journal, stem: str, entry: Entry, outcome: Outcome, location: Location) -> Outcome:
    """Write the papers of a record, then its entry; return the outcome, Refused where files of others have their names.

    A record that failed keeps the papers that another table made of it. Raises OSError.
    """
    old = journal.entries.get(entry.id)
    files = {f"{stem}-{paper.name}.pdf": paper for paper in outcome.papers}
    changed = next((name for name in files if _is_changed(journal.folder / name, old)), "")
    if changed:
        what = say("%(file)s was changed after it was made", file=changed)
        outcome, files = Refused((Problem(location, "", what, say("move it to another folder")),)), {}
    elif foreign := [name for name in files if not _is_free(journal.folder / name, old)]:
        what = say("%(file)s already exists and was not made by this batch", file=foreign[0])
        outcome, files = Refused((Problem(location, "", what, say("move it to another folder")),)), {}
    if changed or (outcome.failed and old and old.files and old.printed_from != entry.printed_from):
        return outcome
    for name, made in (old.files if old else {}).items():
        if name not in files:
            _remove(journal.folder / name, made)
    for name, paper in files.items():
        write(manifest_path(journal.folder / name), paper.manifest)  # first: it shows later that the paper is ours
        write(journal.folder / name, paper.body)
    digests = {name: hashlib.sha256(paper.body).hexdigest() for name, paper in files.items()}
    journal.note(dataclasses.replace(entry, files=digests, faults=tuple(_faults(outcome))))
    return outcome


def _is_changed(path: Path, old: Entry | None) -> bool:
    """Return whether a paper that this batch made was changed since: that is somebody's work."""
    made = old.files.get(path.name) if old else None
    return made is not None and path.is_file() and not path.is_symlink() and digest(path) != made and not made_here(path)


def _is_free(path: Path, old: Entry | None) -> bool:
    """Return whether a paper may be written here: the name is plain, and nothing is there, or a paper of ours."""
    manifest = manifest_path(path)
    if not is_plain(path.name) or not is_plain(manifest.name):
        return False
    if old and path.name in old.files and not path.is_symlink():
        return True
    if os.path.lexists(manifest) and not is_manifest(manifest):
        return False
    return not os.path.lexists(path) or made_here(path)


def _remove(path: Path, made: str) -> None:
    """Remove a paper that a batch made, then its manifest; leave a file that somebody has put there or changed."""
    if os.path.lexists(path) and digest(path) != made and not made_here(path):
        return
    path.unlink(missing_ok=True)
    if is_manifest(manifest_path(path)):
        manifest_path(path).unlink()


def _faults(outcome: Outcome) -> Iterator[tuple[str, str]]:
    """Yield the code and the field of each error: no name that is not a field of ours."""
    if isinstance(outcome, Crashed):
        yield code(outcome.reason)[:LONGEST_CODE], ""
    elif not isinstance(outcome, Made):
        words = vocabulary(content())
        errors = [problem for problem in outcome.problems if problem.severity == "error"]
        for problem in errors[:MOST_FAULTS]:
            yield code(problem.what)[:LONGEST_CODE], words.known_part(problem.name)

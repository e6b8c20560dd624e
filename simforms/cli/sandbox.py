"""Templates of somebody else are used in a process of their own, which may read little and write nothing.

`print_foreign` reads the folder (no links, nothing large), lays it over a copy of our own content, and has
`simforms.cli.sandbox_child` print with it. The papers come back through a pipe; what they may be called is worked out here.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
import signal
import subprocess
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from simforms import processes
from simforms.cases.answers import override
from simforms.cases.check import check
from simforms.cases.written_case import read_case
from simforms.cli import foreign_folder
from simforms.cli.foreign_folder import ForeignError
from simforms.errors import CaseError, SimformsError
from simforms.knowledge.documents import MANIFEST
from simforms.knowledge.vocabulary import vocabulary
from simforms.language.catalogs import ENGLISH
from simforms.messages import Message, say
from simforms.papers.files import BLANK, SUFFIXES, OutputFormat
from simforms.papers.manifest import owner
from simforms.planning.plan import case_reference
from simforms.planning.several_lines import each_line
from simforms.texts import EMPTY, Section
from simforms.write import workplace

SECONDS = 30
MEGABYTE = 1024**2
MEMORY = 2048 * MEGABYTE
MOST_PAPERS = 500
MOST_BYTES = 100 * MEGABYTE
"""Of all papers together."""
MOST_TOLD = 20_000
"""Bytes of what the process may say."""
LARGEST_MANIFEST = 64 * 1024
NO_MEMORY, NOT_ALLOWED = 70, 71
"""How the process ends where it lacks memory, or wanted what it may not have."""


@dataclass(frozen=True)
class Order:
    """What is to be printed."""

    cases: tuple[str, ...] = ()
    """Paths."""
    documents: tuple[str, ...] = ()
    language: str = ""
    given: tuple[tuple[str, str], ...] = ()
    """Names of fields with values that override the cases' own."""
    form: OutputFormat = OutputFormat()  # noqa: RUF009 - it is frozen
    blank: bool = False
    masked: bool = False
    ui: str = ""
    """The language to talk in."""

    @classmethod
    def read(cls, text: bytes) -> Order:
        """Return an order as `written` writes it."""
        entry = json.loads(text)
        named = {name: tuple(entry[name]) for name in ("cases", "documents")}
        return cls(**{**entry, **named, "given": tuple(map(tuple, entry["given"])), "form": OutputFormat(**entry["form"])})

    def written(self) -> bytes:
        """Return the order as JSON: on a command line others could read it."""
        return json.dumps(dataclasses.asdict(self)).encode()


@dataclass(frozen=True)
class Printed:
    """What came of an order."""

    code: int
    """As `render` ends: 0 made, 1 correct the case, 2 wrong command line, 3 a fault."""
    told: str = ""
    files: Mapping[str, tuple[bytes, bytes]] = field(default_factory=dict)
    """By its name, each file with its manifest."""


def print_foreign(folder: Path, content: Path, order: Order) -> Printed:
    """Print with the templates and catalogs of a folder, laid over our own. Raises ForeignError."""
    files = foreign_folder.own(content) | foreign_folder.read(folder)
    with workplace() as place:
        foreign_folder.write(files, place)
        code, body, told = _run(place, order)
    made = _parted(body) if code == 0 else {}
    owners = _owners(order, content)
    expected = _expected(order, owners, files)
    for name, (paper, manifest) in made.items():
        if not (expected.fullmatch(name) and _is_what_it_says(order.form, owners, name, paper, manifest)):
            raise ForeignError(NOT_OURS)
    return Printed(code, told, made)


NOT_OURS = say("the templates tried something that is not allowed, and nothing was printed; do not use them")


def _run(place: Path, order: Order) -> tuple[int, bytes, str]:
    """Return how the process ended, what it made, and what it wrote to stderr. Raises ForeignError."""
    command, pipe = [*processes.python("simforms.cli.sandbox_child"), str(place)], subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, cwd=place, start_new_session=True) as process:  # noqa: S603 - ourselves
        try:
            made, told = _Listener(process, process.stdout, MOST_BYTES), _Listener(process, process.stderr, MOST_TOLD)
            with suppress(BrokenPipeError):
                process.stdin.write(order.written())  # type: ignore[union-attr] # it is a pipe
                process.stdin.close()  # type: ignore[union-attr] # the same
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            raise ForeignError(_too_long()) from None
        finally:
            process.kill()
    made.join()
    told.join()
    if made.over or told.over:
        most = MOST_BYTES // MEGABYTE
        raise ForeignError(
            say(
                "the output of the templates was larger than %(count)s MB, so they were stopped; print fewer papers at once",
                count=most,
            )
        )
    if wrong := _why(process.returncode):
        raise ForeignError(wrong)
    return process.returncode, bytes(made.body), visible(told.body.decode(errors="replace"))


def _too_long() -> Message:
    return say(
        "the templates took longer than %(count)s seconds and were stopped; simplify them, or print fewer papers at once",
        count=SECONDS,
    )


def _why(code: int) -> Message | None:
    """Return why the process did not come to its end; None where it did."""
    if 0 <= code <= SimformsError.exit_code:
        return None
    if code == NOT_ALLOWED:
        return NOT_OURS
    name = signal.Signals(-code).name if -code in set(signal.Signals) else str(code)
    if name == "SIGXCPU":
        return _too_long()
    if code == NO_MEMORY or name == "SIGKILL":
        return say(
            "the templates needed more than %(count)s MB of memory and were stopped; simplify them, or print "
            "fewer papers at once",
            count=MEMORY // MEGABYTE,
        )
    return say("the templates failed (%(reason)s); correct them", reason=name)


class _Listener(threading.Thread):
    """Takes what a process writes, and stops it where that is too much."""

    def __init__(self, process: subprocess.Popen[bytes], stream: Any, most: int) -> None:
        super().__init__(daemon=True)
        self.process, self.stream, self.most = process, stream, most
        self.body = bytearray()
        self.over = False
        self.start()

    def run(self) -> None:
        """Listen until the process closes the stream."""
        while not self.over and (piece := self.stream.read1(65536)):
            self.body += piece
            self.over = len(self.body) > self.most
        if self.over:
            self.process.kill()


def framed(name: str, paper: bytes, manifest: bytes) -> bytes:
    """Return a file as it goes through the pipe: a line of JSON with its name and both sizes, the file, its manifest."""
    return json.dumps([name, len(paper), len(manifest)]).encode() + b"\n" + paper + manifest


def _parted(body: bytes) -> dict[str, tuple[bytes, bytes]]:
    """Return what `framed` put together. Raises ForeignError for anything else."""
    found: dict[str, tuple[bytes, bytes]] = {}
    while body:
        head, _, body = body.partition(b"\n")
        try:
            name, paper, manifest = json.loads(head)
        except (ValueError, TypeError, RecursionError):
            raise ForeignError(NOT_OURS) from None
        sizes = (paper, manifest)
        right = isinstance(name, str) and all(isinstance(size, int) and 0 < size <= len(body) for size in sizes)
        if not right or sum(sizes) > len(body) or name in found or len(found) >= MOST_PAPERS:
            raise ForeignError(NOT_OURS)
        found[name] = body[:paper], body[paper : paper + manifest]
        body = body[paper + manifest :]
    return found


def _expected(order: Order, references: Iterable[str], files: Mapping[str, bytes]) -> re.Pattern[str]:
    """Return what the files may be called: references by our own rules, documents and languages that there are."""
    languages = {name.split("/")[1].replace("_", "-") for name in files if name.startswith("locales/")} | {ENGLISH}
    known = {name.split("/")[1] for name in files if name.endswith(f"/{MANIFEST}")}
    documents = {"packet"} if order.form.packet else known & set(order.documents or known)
    parts = (set(references), documents, languages)
    stem = "-".join(f"(?:{'|'.join(map(re.escape, sorted(part)))})" for part in parts)
    return re.compile(rf"{stem}{'-[1-9][0-9]{0,2}' if order.form.name == 'png' else ''}\.{SUFFIXES[order.form.name]}")


def _owners(order: Order, content: Path) -> dict[str, str]:
    """Return the references of the cases, each with that of the case whose line it is, or nothing."""
    found = {} if order.cases else dict.fromkeys((BLANK, *_reference(content, override(EMPTY, order.given), order)), "")
    for path in order.cases:
        with suppress(CaseError):  # the process says what is wrong with it
            for case in each_line(content, read_case(Path(path)).overridden(order.given)):
                found |= dict.fromkeys(_reference(content, case.section, order), case.lines_of)
    return found


def _reference(content: Path, case: Section, order: Order) -> Iterator[str]:
    values, _ = check(case, vocabulary(content))
    found = case_reference(values) if not order.blank or "line.number" in values else BLANK
    if re.fullmatch(r"[^\W_][\w .-]{0,99}", found):
        yield found


def _is_what_it_says(form: OutputFormat, owners: Mapping[str, str], name: str, paper: bytes, manifest: bytes) -> bool:
    """Return whether a file begins as its kind does, and its manifest is one of it and of one of the cases."""
    try:
        says = json.loads(manifest) if len(manifest) <= LARGEST_MANIFEST else None
        text = paper.decode() if form.name in {"html", "text"} else ""
    except (ValueError, RecursionError):
        return False
    begins = {"pdf": b"%PDF-1.7", "png": b"\x89PNG\r\n\x1a\n"}.get(form.name, b"")
    right = isinstance(says, dict) and says.get("sha256") == hashlib.sha256(paper).hexdigest()
    reference, lines_of = owner(says) if right and says else ("", "")
    right = right and owners.get(reference or BLANK) == lines_of and name.startswith(f"{reference or BLANK}-")
    return right and paper.startswith(begins) and visible(text) == text


def visible(text: str) -> str:
    r"""Return a text whose control characters do nothing to a terminal: they are named.

    >>> visible("a\x1b[2J\n")
    'aU+001B[2J\n'
    """
    return re.sub(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", lambda found: f"U+{ord(found[0]):04X}", text)

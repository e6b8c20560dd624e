"""What a worker answers goes to the parent as bytes: plain data and papers, checked before any of it is used.

An answer is a line of JSON, then the papers, each followed by its manifest. Nothing in it is run, and no name or place in it is
taken over: the parent knows what papers can be called, and which record it asked for.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from simforms.batches.job import Job
from simforms.batches.outcome import Answer, Crashed, Made, PrintedFile, Refused, Stopped
from simforms.batches.plain_problems import as_count, as_text, message_data, problem_data, read_message, read_problem
from simforms.errors import Location

MOST_BYTES = 64_000_000
"""Of an answer."""
MOST_PAPERS = 100
MOST_HEAD = 8_000_000
"""Bytes of the line of JSON: 200 problems take 100,000."""
MOST_MANIFEST = 64_000
"""Bytes."""


class AnswerError(ValueError):
    """A worker answered what cannot be used."""


@dataclass(frozen=True)
class Expected:
    """What the parent knows of an answer before it comes."""

    names: Collection[str]
    """What the papers can be called."""
    languages: Collection[str]
    printed: bool
    """Whether the papers have a body; else they are only named."""


def packed(work: Callable[[Job, Any], Answer], job: Job, record: Any) -> bytes:
    """Print a record, or whatever `work` does with it, and return the answer as bytes. Runs in a worker."""
    answer = work(job, record)
    papers = getattr(answer, "papers", ())
    head: dict[str, Any] = {"is": type(answer).__name__}
    if isinstance(answer, Made | Refused):
        head |= {"language": answer.language, "problems": [problem_data(problem) for problem in answer.problems]}
    if isinstance(answer, Made):
        head |= {"layouts": dict(answer.layouts)}
        head |= {"papers": [[paper.name, len(paper.body), len(paper.manifest)] for paper in answer.papers]}
    if isinstance(answer, Crashed | Stopped):
        head |= {"reason": message_data(answer.reason)}
    return b"".join([json.dumps(head).encode(), b"\n", *(part for paper in papers for part in (paper.body, paper.manifest))])


def unpacked(body: object, expected: Expected, location: Location) -> Answer:
    """Return the answer about the record at a place. Raises AnswerError where it is not one that `packed` gives."""
    if not isinstance(body, bytes) or len(body) > MOST_BYTES:
        raise AnswerError("bytes")
    line, _, rest = body.partition(b"\n")
    if len(line) > MOST_HEAD:
        raise AnswerError("head")
    try:
        return _answer(json.loads(line), rest, expected, location)
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise AnswerError(type(error).__name__) from None


def _answer(head: Any, rest: bytes, expected: Expected, location: Location) -> Answer:
    kind = head["is"]
    if kind != "Made" and rest:
        raise AnswerError("rest")
    if kind == "Crashed":
        return Crashed(read_message(head["reason"]))
    if kind == "Stopped":
        return Stopped(read_message(head["reason"]))
    language, problems = head["language"], tuple(read_problem(one, location.file) for one in head["problems"])
    if language not in expected.languages:
        raise AnswerError("language")
    has_errors = any(problem.severity == "error" for problem in problems)
    if kind == "Refused" and has_errors:
        return Refused(problems, language)
    if kind == "Made" and not has_errors:
        layouts = {as_text(why): as_count(count) for why, count in head["layouts"].items()}
        return Made(_papers(head["papers"], rest, expected), problems, language, layouts)
    raise AnswerError("kind")


def _papers(listed: Any, rest: bytes, expected: Expected) -> tuple[PrintedFile, ...]:
    if len(listed) > MOST_PAPERS or len({name for name, _, _ in listed}) != len(listed):
        raise AnswerError("papers")
    papers, begin = [], 0
    for name, size, of_manifest in listed:
        end = begin + as_count(size)
        paper = PrintedFile(name, rest[begin:end], rest[end : end + as_count(of_manifest)])
        begin = end + of_manifest
        if name not in expected.names or not (_is_printed(paper) if expected.printed else begin == 0):
            raise AnswerError("paper")
        papers.append(paper)
    if begin != len(rest):
        raise AnswerError("sizes")
    return tuple(papers)


def _is_printed(paper: PrintedFile) -> bool:
    """Return whether the body is a PDF file and the manifest one of it."""
    if not paper.body.startswith(b"%PDF-") or len(paper.manifest) > MOST_MANIFEST:
        return False
    return bool(json.loads(paper.manifest)["sha256"] == hashlib.sha256(paper.body).hexdigest())

"""One record is printed, in a worker: whatever happens becomes an answer."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path
from typing import TYPE_CHECKING

from simforms.batches.job import Job
from simforms.batches.outcome import Answer, Made, PrintedFile, Refused, Stopped
from simforms.errors import CaseError, Problem, RenderError, SimformsError, error_message
from simforms.knowledge.content import content
from simforms.messages import Message, say

if TYPE_CHECKING:
    from simforms.batches.tables.reader import Record

MOST_UNKNOWN = 200
"""Names in a record that are not fields. With more, each would be compared with every field for seconds."""


def check_record(job: Job, record: Record) -> Answer:
    """Return what would be made of a record, without printing it: papers without a body."""
    return _answer(job, record, body=False)


def print_record(job: Job, record: Record) -> Answer:
    """Print a record."""
    return _answer(job, record, body=True)


def _answer(job: Job, record: Record, *, body: bool) -> Answer:
    from simforms.pdf import press as pdf  # noqa: PLC0415 - only a worker loads the engine

    before = dict(pdf.layout_counts()) if body else {}
    try:
        made = _made(job, record, body=body)
    except CaseError as error:
        return Refused(error.problems, error.language)
    except MemoryError:
        return _not_printed(record, say("it used more memory than is allowed"))
    except (OSError, SimformsError) as error:
        if isinstance(error, RenderError) and _can_print():
            return _not_printed(record, say("it cannot be printed (%(reason)s)", reason=error.message))
        return Stopped(error_message(error))
    except Exception as error:  # a fault of ours costs one record, and is reported without its values
        return _not_printed(record, say("it cannot be printed (%(reason)s)", reason=type(error).__name__))
    after = pdf.layout_counts() if body else {}
    return dataclasses.replace(made, layouts={why: count - before.get(why, 0) for why, count in after.items()})


AGAIN = say("run the batch again; if it fails again, print this row on its own")


def _not_printed(record: Record, what: Message) -> Refused:
    return Refused((Problem(record.case.location, "", what, AGAIN),))


def _can_print() -> bool:
    from simforms.pdf import press as pdf  # noqa: PLC0415 - see _answer

    try:
        pdf.preload()
    except (OSError, SimformsError):
        return False
    return True


READY, OTHER, BROKEN = "ready", "other", "broken"
"""What a worker can be: able to print, with other templates or another version than the parent, unable."""


def probe(job: Job, digest: str) -> str:
    """Return READY, OTHER or BROKEN: whether a worker can print the job of this digest."""
    if job.digest != digest:
        return OTHER
    return READY if _can_print() else BROKEN


def _made(job: Job, record: Record, *, body: bool) -> Made:
    from simforms.batches.tables.shifted import shifted  # noqa: PLC0415 - the same
    from simforms.cases.written_case import WrittenCase  # noqa: PLC0415 - the same
    from simforms.knowledge.vocabulary import vocabulary  # noqa: PLC0415 - the same
    from simforms.papers.files import planned_papers  # noqa: PLC0415 - only a worker loads what makes papers
    from simforms.papers.manifest import manifest  # noqa: PLC0415 - the same
    from simforms.planning.plan_case import plan_case  # noqa: PLC0415 - the same
    from simforms.planning.remarks import cautions, warnings  # noqa: PLC0415 - the same

    if record.problems and not record.case.entries:
        raise CaseError(record.problems)  # nothing of it could be read
    _refuse_floods(record)
    case = WrittenCase(record.case, record.problems)
    try:
        found = plan_case(case, job.today, wanted=job.wanted, language=job.language)
    except CaseError as error:
        moved = shifted(vocabulary(content()), record, error.problems)
        raise CaseError([moved], error.language) if moved else error from None
    doubtful = [problem for problem in warnings(found) if problem.severity == "warning"]
    doubtful += [dataclasses.replace(problem, location=record.case.location) for problem in cautions(Path(), found)]
    made = [
        PrintedFile(paper.label, file, manifest(found, paper.documents, file) if body else b"")
        for paper in planned_papers(found, job.form)
        for file in (paper.make_files().values() if body else [b""])
    ]
    return Made(tuple(made), tuple(doubtful), found.language)


def _refuse_floods(record: Record) -> None:
    """Raise CaseError where a record has so many names that are not fields that looking for what was meant takes too long."""
    from simforms.knowledge.vocabulary import vocabulary  # noqa: PLC0415 - see _made

    words = vocabulary(content())
    unknown = sum(re.sub(r"\.(\d+)\.", r"[\1].", name) not in words for name, _ in record.case.leaves())
    if unknown > MOST_UNKNOWN:
        what = say("%(count)s names in this row are not fields", count=unknown)
        suggestion = say("delete it, or see `simforms new my.yaml --empty` for all fields")
        raise CaseError([Problem(record.case.location, "", what, suggestion)])

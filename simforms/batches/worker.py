"""One record is printed, in a worker: whatever happens becomes an outcome."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from simforms.errors import CaseError, RenderError, SimformsError, error_message
from simforms.knowledge.content import content
from simforms.messages import Message, say

if TYPE_CHECKING:
    from simforms.batches.tables.reader import Record
from simforms.batches.job import Job, Outcome, Paper


def checked(job: Job, record: Record) -> Outcome:
    """Say what would be made of a record, without printing it: papers without a body."""
    return _outcome(job, record, body=False)


def printed(job: Job, record: Record) -> Outcome:
    """Print a record. Runs in a worker: whatever happens becomes an outcome."""
    return _outcome(job, record, body=True)


def _outcome(job: Job, record: Record, *, body: bool) -> Outcome:
    from simforms.pdf import press as pdf  # noqa: PLC0415 - a worker's affair

    before = dict(pdf.layout_counts()) if body else {}
    try:
        made = _made(job, record, body=body)
    except CaseError as error:
        return Outcome(problems=error.problems, language=error.language)
    except MemoryError:
        return Outcome(fault=say("it takes more memory than it may have"))
    except (OSError, SimformsError) as error:
        if isinstance(error, RenderError) and _can_print():
            return Outcome(fault=say("it cannot be printed (%(reason)s)", reason=error.message))
        return Outcome(stop=error_message(error))
    except Exception as error:  # a fault of ours costs one record, and is told without its values
        return Outcome(fault=say("it cannot be printed (%(reason)s)", reason=type(error).__name__))
    after = pdf.layout_counts() if body else {}
    return dataclasses.replace(made, layouts={why: count - before.get(why, 0) for why, count in after.items()})


def _can_print() -> bool:
    from simforms.pdf import press as pdf  # noqa: PLC0415 - see _outcome

    try:
        pdf.preload()
    except (OSError, SimformsError):
        return False
    return True


def probe(job: Job, digest: str) -> Message | None:
    """Return why a worker can print nothing of a job; None where it can."""
    if job.digest != digest:
        return say("a worker has other templates or another version than this machine; install the same there")
    return None if _can_print() else _NOTHING


_NOTHING = say("nothing can be printed; run `simforms doctor`")


def _made(job: Job, record: Record, *, body: bool) -> Outcome:
    from simforms.papers.files import planned_papers  # noqa: PLC0415
    from simforms.papers.manifest import manifest  # noqa: PLC0415
    from simforms.planning.plan import plan  # noqa: PLC0415
    from simforms.planning.remarks import doubts, told_with_papers  # noqa: PLC0415 - see _outcome

    if record.problems and not record.case.entries:
        raise CaseError(record.problems)  # nothing of it could be read
    found = plan(content(), record.case, job.today, wanted=job.wanted, language=job.language, noticed=record.problems)
    doubtful = [problem for problem in doubts(found) if problem.severity == "warning"]
    doubtful += [dataclasses.replace(problem, location=record.case.location) for problem in told_with_papers(Path(), found)]
    made = [
        Paper(paper.name.removeprefix(f"{found.reference}-"), file, manifest(found, paper.documents, file) if body else b"")
        for paper in planned_papers(found, job.form)
        for file in (paper.files().values() if body else [b""])
    ]
    return Outcome(tuple(made), tuple(doubtful), found.language)
